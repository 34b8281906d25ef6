"""A booklet: pages of A5 two by two on sheets of A4, in the order in which they are folded.

The sheets are printed on both sides, turned over at their short edge, folded together in the
middle and stapled there.
"""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

#: A4 on its side, and half of it, in points.
_WIDTH, _HEIGHT = 841.89, 595.28
_HALF = _WIDTH / 2


def sides(pages: int, *, from_right: bool) -> Iterator[tuple[int | None, int | None]]:
    """Yield for each side of each sheet which pages stand on its left and on its right half.

    Pages are counted from 0; None is an empty half, of which there are up to three at the end.
    ``from_right`` is for scripts that are written so: those books are bound on the other side.
    """
    places = -(-pages // 4) * 4
    for number in range(places // 2):
        outer, inner = places - 1 - number, number
        first, second = (inner, outer) if number % 2 else (outer, inner)
        if from_right:
            first, second = second, first
        yield _page(first, pages), _page(second, pages)


def _page(number: int, pages: int) -> int | None:
    return number if number < pages else None


def folded(content: bytes, *, from_right: bool) -> bytes:
    """Return a document of A5 as a booklet. Tags and links, which paper has not, are left out."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject

    reader, writer = PdfReader(io.BytesIO(content)), PdfWriter()
    names = [_put_by(page, writer) for page in reader.pages]
    for halves in sides(len(names), from_right=from_right):
        side = writer.add_blank_page(_WIDTH, _HEIGHT)
        shown = {
            f"/P{number}": (names[number], place * _HALF)
            for place, number in enumerate(halves)
            if number is not None
        }
        _show(side, writer, shown)
    if reader.metadata:
        told = {key: str(value) for key, value in reader.metadata.items() if key != "/Producer"}
        writer.add_metadata(told)
    writer.root_object[NameObject("/Lang")] = reader.root_object["/Lang"]
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _put_by(page: "PageObject", writer: "PdfWriter") -> Any:
    """Put a page into a document as a picture that can be shown anywhere."""
    from pypdf.generic import DecodedStreamObject, NameObject

    contents = page.get_contents()
    picture = DecodedStreamObject()
    picture.set_data(contents.get_data() if contents is not None else b"")
    packed = picture.flate_encode()
    packed[NameObject("/Type")] = NameObject("/XObject")
    packed[NameObject("/Subtype")] = NameObject("/Form")
    packed[NameObject("/BBox")] = page.mediabox.clone(writer)
    if "/Resources" in page:  # as a reference: all pages may have the same
        packed[NameObject("/Resources")] = page.raw_get("/Resources").clone(writer)
    return writer._add_object(packed)


def _show(side: "PageObject", writer: "PdfWriter", shown: dict[str, tuple[Any, float]]) -> None:
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    told = DecodedStreamObject()
    told.set_data(
        "".join(
            f"q 1 0 0 1 {edge:.2f} 0 cm {name} Do Q\n" for name, (_, edge) in shown.items()
        ).encode()
    )
    pictures = DictionaryObject({NameObject(name): kept for name, (kept, _) in shown.items()})
    side[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): pictures})
    side[NameObject("/Contents")] = writer._add_object(told)
