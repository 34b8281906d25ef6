"""Style sheets, scripts and fonts: named by their content, so that they are fetched once."""

import gzip
import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, current_app, request
from werkzeug.wrappers import Response as AnyResponse

bp = Blueprint("assets", __name__)
_YEAR = 365 * 24 * 3600
_COMPRESSIBLE = {".css", ".js", ".svg", ".txt", ".webmanifest"}


@dataclass(frozen=True)
class Asset:
    """One file, read once."""

    body: bytes
    compressed: bytes | None
    content_type: str
    digest: str


class Assets:
    """All files that pages may ask for, kept in memory; nothing else can be asked for."""

    def __init__(self, folder: Path) -> None:
        self._assets = _content(folder)

    def get(self, name: str) -> Asset | None:
        """Return the file of this name, or None."""
        return self._assets.get(name)

    def body(self, name: str) -> bytes:
        """Return the content of a file.

        :raises KeyError: when there is no such file.
        """
        return self._assets[name].body

    def version(self, name: str) -> str:
        """Return what names the content of a file.

        :raises KeyError: when there is no such file.
        """
        return self._assets[name].digest

    def digest(self) -> str:
        """Return what names the content of all files."""
        told = " ".join(f"{name}={asset.digest}" for name, asset in sorted(self._assets.items()))
        return hashlib.sha256(told.encode()).hexdigest()


@cache
def _content(folder: Path) -> dict[str, Asset]:
    return dict(_read(folder))


def _read(folder: Path) -> Iterator[tuple[str, Asset]]:
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        body = path.read_bytes()
        content_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if path.suffix == ".woff2":
            content_type = "font/woff2"
        elif content_type.startswith("text/") or path.suffix == ".js":
            content_type += "; charset=utf-8"
        compressed = gzip.compress(body, 9, mtime=0) if path.suffix in _COMPRESSIBLE else None
        name = path.relative_to(folder).as_posix()
        yield name, Asset(body, compressed, content_type, hashlib.sha256(body).hexdigest()[:12])


@bp.get("/static/<path:filename>", endpoint="file")
def file(filename: str) -> AnyResponse:
    """Send a file; for ever when the address names its content."""
    asset = assets().get(filename)
    if asset is None:
        abort(404)
    named = request.args.get("v") == asset.digest or "/vendor/" in f"/{filename}"
    compress = asset.compressed is not None and "gzip" in request.headers.get("Accept-Encoding", "")
    headers = [
        ("Content-Type", asset.content_type),
        (
            "Cache-Control",
            f"public, max-age={_YEAR}, immutable" if named else "public, max-age=300",
        ),
        ("ETag", f'"{asset.digest}{"-gz" if compress else ""}"'),
        ("Vary", "Accept-Encoding"),
    ]
    if compress:
        headers.append(("Content-Encoding", "gzip"))
    response = Response(asset.compressed if compress else asset.body, headers=headers)
    return response.make_conditional(request)


def assets() -> Assets:
    """Return the files of this application."""
    found: Assets = current_app.extensions["planner.assets"]
    return found


def add_version(endpoint: str, values: dict[str, Any]) -> None:
    """Name the content of a file in its address."""
    if endpoint == "assets.file" and "v" not in values:
        values["v"] = assets().version(values["filename"])
