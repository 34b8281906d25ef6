"""Booklets: the order of their pages, and what is put on their sheets."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from planner.formats.pdf_booklet import folded, sides

pages = st.integers(0, 400)
Side = tuple[int | None, int | None]


def leaves(order: list[Side]) -> list[tuple[int | None, int | None]]:
    """Return front and back of each leaf in the order of leafing, of a booklet bound on the left.

    Half of the sheets' fronts lie above one another with the rest beneath: the outermost sheet is
    the first, and what stands on its right half comes before all else.
    """
    fronts, backs = order[::2], order[1::2]
    first = [(front[1], back[0]) for front, back in zip(fronts, backs, strict=True)]
    second = [(back[1], front[0]) for front, back in zip(fronts, backs, strict=True)]
    return first + second[::-1]


@given(pages)
def test_who_leafs_through_a_folded_booklet_reads_all_pages_in_their_order(count: int) -> None:
    read = [page for leaf in leaves(list(sides(count, from_right=False))) for page in leaf]
    assert read[:count] == list(range(count))
    assert set(read[count:]) <= {None}


@given(pages)
def test_it_takes_as_few_whole_sheets_as_hold_its_pages(count: int) -> None:
    order = list(sides(count, from_right=False))
    assert len(order) % 2 == 0
    assert count <= len(order) * 2 < count + 4


@given(pages)
def test_a_booklet_that_is_read_from_the_right_is_bound_there(count: int) -> None:
    mirrored = [(right, left) for left, right in sides(count, from_right=False)]
    assert list(sides(count, from_right=True)) == mirrored


@pytest.fixture(scope="module")
def five() -> bytes:
    """Return a document of five pages of A5, each with its number, all with one dictionary."""
    writer = PdfWriter()
    for number in range(5):
        page = writer.add_blank_page(419.53, 595.28)
        stream = page.get_contents()
        assert stream is None
        _say(writer, page, f"page {number}")
    writer.add_metadata({"/Title": "ڕۆژانی ڕووبار"})
    writer.root_object[NameObject("/Lang")] = TextStringObject("ckb")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _say(writer: PdfWriter, page: object, text: str) -> None:
    from pypdf.generic import DecodedStreamObject, DictionaryObject

    stream = DecodedStreamObject()
    stream.set_data(f"BT /F 12 Tf 50 500 Td ({text}) Tj ET".encode())
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Contents")] = writer._add_object(stream)  # type: ignore[index]
    fonts = DictionaryObject({NameObject("/F"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})  # type: ignore[index]


def test_two_pages_stand_on_each_side_of_a4(five: bytes) -> None:
    reader = PdfReader(io.BytesIO(folded(five, from_right=False)))
    assert [tuple(map(round, page.mediabox[2:])) for page in reader.pages] == [(842, 595)] * 4
    told = [page.extract_text().split("\n") for page in reader.pages]
    assert told == [["page 0"], ["page 1"], ["page 2"], ["page 3page 4"]] or [
        sorted(" ".join(lines).replace("page", " page").split()) for lines in told
    ] == [["0", "page"], ["1", "page"], ["2", "page"], ["3", "4", "page", "page"]]


def test_a_booklet_keeps_its_title_and_its_language_and_is_the_same_again(five: bytes) -> None:
    content = folded(five, from_right=True)
    reader = PdfReader(io.BytesIO(content))
    assert reader.metadata is not None
    assert reader.metadata.title == "ڕۆژانی ڕووبار"
    assert reader.root_object["/Lang"] == "ckb"
    assert folded(five, from_right=True) == content
