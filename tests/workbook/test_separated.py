"""Tables of other programs: separators, encodings, quotation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.workbook.grids import Value
from planner.workbook.separated import read_separated, written
from planner.workbook.telling import UnreadableWorkbookError

_ROWS = [("title_ar", "room"), ("الماء للجميع", "قاعة دجلة")]
_TEXT = "title_ar{0}room\r\nالماء للجميع{0}قاعة دجلة\r\n"


def _rows(content: bytes) -> list[tuple[Value, ...]]:
    (grid,) = read_separated(content).grids
    return [cells for _, cells in grid.rows]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"]
)
def test_separators_and_encodings_are_found_out(separator: str, encoding: str) -> None:
    assert _rows(_TEXT.format(separator).encode(encoding)) == _ROWS


def test_utf_16_with_its_mark_is_read_from_either_end() -> None:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert _rows(mark + _TEXT.format(";").encode(encoding)) == _ROWS


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("title_ar,room\nورشة عمل,قاعة\n", "cp1256", "Windows-1256"),
        ("title_fr,room\nL’eau à l’école,Hôtel Séché\n", "cp1252", "Windows-1252"),
        ("title_de,room\nFür die Bäume,Größe\n", "cp1252", "Windows-1252"),
    ],
)
def test_a_code_page_of_windows_is_a_guess_and_told(text: str, encoding: str, name: str) -> None:
    file = read_separated(text.encode(encoding))
    assert file.grids[0].rows[1][1] == tuple(text.splitlines()[1].split(","))
    assert [note.facts["name"] for note in file.notes] == [name]


def test_a_first_line_may_say_the_separator_and_rows_keep_their_numbers() -> None:
    content = "sep=;\r\ntitle_ar;room\r\nالماء, الهواء;1\r\n".encode()
    (grid,) = read_separated(content).grids
    assert grid.rows[1] == (3, ("الماء, الهواء", "1"))


def test_quoted_cells_hold_separators_quotes_and_lines() -> None:
    assert _rows(b'a,b\n"1, ""2""","3\n4"\n') == [("a", "b"), ('1, "2"', "3\n4")]


def test_empty_rows_are_left_out_and_counted() -> None:
    (grid,) = read_separated(b"a,b\n,\n\n1,2\n").grids
    assert grid.rows == [(1, ("a", "b")), (4, ("1", "2"))]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'a,b\n"1,2\n', "Row 2 cannot be read"),
        (b'a,b\n"1"x,2\n', "Row 2 cannot be read"),
        (b'a\n"' + b"x" * 200_000 + b'"\n', "longer than any text"),
        (b"a,b\x00\x01\x02\x03" * 9, "encoding|no table"),
        (b"a\n" + b"x\n" * 5001, "more than 5000 rows"),
        (b"\xff\xfea", "encoding"),
        (b"\n\n\n", "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableWorkbookError) as error:
        read_separated(content)
    told = error.value.told.words
    for name, fact in error.value.told.facts.items():
        told = told.replace(f"%({name})s", str(fact))
    assert any(part in told for part in reason.split("|"))
    assert "\n" not in told


_CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r", exclude_categories=("Cc", "Cs"))
    | st.sampled_from("\n\"';,=+-@\t\u200f\u2067"),
    max_size=20,
)


@given(st.lists(st.lists(_CELLS, min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_we_write_we_read(rows: list[list[str]]) -> None:
    content = written([["code", "title_ar"], *rows])
    read = _rows(content)[1:]
    held = [row for row in rows if any(cell.strip() for cell in row)]
    assert read == [tuple(cell or None for cell in row) for row in held]


@given(_CELLS)
def test_no_cell_that_we_write_begins_a_formula(cell: str) -> None:
    text = written([[cell]]).decode("utf-8-sig")
    assert not text.startswith(('"=', '"+', '"-', '"@', '"\t'))


@pytest.mark.parametrize("encoding", ["cp1256", "cp1252"])
def test_kurdish_that_a_code_page_lacks_is_not_taken_as_question_marks(encoding: str) -> None:
    content = "title_ckb,title_en\nتۆمارکردنی ناو و چا,Coffee\n".encode(encoding, "replace")
    with pytest.raises(UnreadableWorkbookError) as error:
        _rows(content)
    assert "Letters were lost" in str(error.value.told)


def test_question_marks_that_people_write_are_taken() -> None:
    for title in ("Who? What? Why??", "https://a.example/watch?v=b", "???"):
        assert _rows(f"title_en\n{title}\n".encode())[1] == (title,)
