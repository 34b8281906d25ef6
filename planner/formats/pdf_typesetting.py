"""Setting a page of HTML as PDF with WeasyPrint, in a process of its own.

Hundreds of pages take a minute of computing and up to a gigabyte of memory: in the server's own
process everybody else would wait, and the memory would never come back.
"""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from planner.formats.pdf_booklet import folded

#: Seconds after which a document is given up; one of 250 pages takes a minute of computing, and
#: steps back behind all else.
_LIMIT = 1800
#: How far it steps back behind whatever else the machine does.
_KINDNESS = 10
#: The scheme of addresses within a document: files of the package, and pictures made for it.
SCHEME = "barnama:"
_TYPES = {".svg": "image/svg+xml", ".woff2": "font/woff2"}


class TypesettingError(RuntimeError):
    """WeasyPrint could not make the document, or not in time."""


class Manuscript(msgspec.Struct):
    """What a document is made from: its page, its pictures by name, and its identifier."""

    html: str
    pictures: dict[str, bytes]
    #: The folder of the package's fonts and pictures.
    files: str
    identifier: str
    #: Whether its pages, of A5, are put on sheets of A4 to be folded.
    is_booklet: bool = False
    #: Whether it is read, and bound, from the right.
    from_right: bool = False
    #: Whether nobody waits for it, so that whatever else the machine does comes first.
    behind: bool = False


def typeset(manuscript: Manuscript) -> bytes:
    """Return the document, tagged (PDF/UA-1) if it is no booklet, made by another process.

    :raises TypesettingError: when it cannot be made.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "planner.formats.pdf_typesetting"],
            input=msgspec.msgpack.encode(manuscript),
            capture_output=True,
            timeout=_LIMIT,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise TypesettingError(f"it took more than {_LIMIT} s") from None
    except subprocess.CalledProcessError as error:
        raise TypesettingError(error.stderr.decode(errors="replace")[-2000:]) from None
    return done.stdout


def written(manuscript: Manuscript) -> bytes:
    """Return the document, made in this process.

    Nothing is fetched but the package's own files, whatever the page asks for.
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    files = Path(manuscript.files)
    known = {
        SCHEME + path.relative_to(files).as_posix(): path
        for path in files.rglob("*")
        if path.suffix in _TYPES
    }
    pictures = {SCHEME + name: content for name, content in manuscript.pictures.items()}

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if url not in pictures and url not in known:
                raise ValueError(f"not a file of the package: {url}")
            body = pictures[url] if url in pictures else known[url].read_bytes()
            return URLFetcherResponse(url, body, {"Content-Type": _TYPES[Path(url).suffix]})

    page = HTML(string=manuscript.html, base_url=SCHEME, url_fetcher=OwnFiles())
    identifier = manuscript.identifier.encode()
    if manuscript.is_booklet:
        set_as_a5: bytes = page.write_pdf(pdf_identifier=identifier)
        return folded(set_as_a5, from_right=manuscript.from_right)
    content: bytes = page.write_pdf(
        pdf_variant="pdf/ua-1",
        pdf_identifier=identifier,
        finisher=partial(_finish, manuscript.from_right),
    )
    return content


def _finish(from_right: bool, _document: Any, pdf: Any) -> None:
    """Say from which side a document is read, so that pairs of its pages are shown rightly."""
    if from_right:
        pdf.catalog.setdefault("ViewerPreferences", {})["Direction"] = "/R2L"


if __name__ == "__main__":
    manuscript = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Manuscript)
    if manuscript.behind:
        os.nice(_KINDNESS)
    sys.stdout.buffer.write(written(manuscript))
