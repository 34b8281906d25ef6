"""The programme as CSV."""

import csv
from io import StringIO
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.formats.spreadsheet import csv_document
from planner.lib.formulas import guarded
from planner.programme.document import Appearance, Programme
from planner.programme.vocabulary import Role, Status
from tests.examples import EVENT, PROGRAMME, published, session

pytestmark = pytest.mark.usefixtures("interface")
BASE_URL = "https://programme.example"
GOLDEN = Path(__file__).parent / "golden" / "river-days-ckb.csv"


def rows_of(programme: Programme, lang: str) -> list[dict[str, str]]:
    """Return the rows of a programme's table by their headings, as any reader of CSV sees them."""
    content = csv_document(published(programme), lang, BASE_URL).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(content, newline=""), strict=True))


def the_row(lang: str = "ar", **changes: object) -> dict[str, str]:
    """Return the row of the only session of a programme."""
    programme = msgspec.structs.replace(PROGRAMME, sessions=(session("4CDFGH", **changes),))
    (row,) = rows_of(programme, lang)
    return row


def test_it_writes_the_example_as_it_was_approved(tmp_path: Path) -> None:
    content = csv_document(published(), "ckb", BASE_URL)
    (tmp_path / "written.csv").write_bytes(content)
    assert content == GOLDEN.read_bytes(), f"compare with {tmp_path / 'written.csv'}"


def test_it_begins_with_a_byte_order_mark_and_ends_its_lines_as_rfc_4180_wants() -> None:
    content = csv_document(published(), "ar", BASE_URL)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b'"\r\n')
    assert content.count(b"\xef\xbb\xbf") == 1


def test_every_session_has_a_row_and_cancelled_ones_say_so() -> None:
    rows = rows_of(PROGRAMME, "ar")
    assert [row["Code"] for row in rows] == [told.code for told in PROGRAMME.sessions]
    assert {row["Code"] for row in rows if row["Status"] == "Cancelled"} == {"6CDFGH"}


def test_a_row_is_in_the_language_of_the_reader_or_the_next_best() -> None:
    row = the_row("ckb", theme="women", title={"ar": "السلام", "en": "Peace"})
    assert (row["Room"], row["Theme"], row["Title"]) == ("هۆڵی دیجلە", "ژنان", "السلام")
    assert row["Spoken languages"] == "عەرەبی"
    assert row["Interpreted into"] == "کوردی (سۆرانی); ئینگلیزی"
    assert row["Web address"] == f"{BASE_URL}/ckb/river-days/sessions/4CDFGH"


def test_the_abstract_is_plain_text() -> None:
    row = the_row(abstract={"ar": "من **النبع**:\n\n* أ\n* ب"})
    assert row["Abstract"] == "من النبع:\n\n• أ\n• ب"


def test_names_stand_with_their_roles_and_withheld_ones_in_the_words_of_the_event() -> None:
    people = (
        Appearance(role=Role.MODERATOR, speaker="CDFGHJ"),
        Appearance(role=Role.SPEAKER, pseudonym={"ar": "صوت"}),
        Appearance(role=Role.INTERPRETER),
    )
    assert the_row(people=people)["People"] == (
        "سيدوري (Moderator); صوت (Speaker); الاسم محفوظ (Interpreter)"
    )


def test_an_event_without_words_for_withheld_names_has_ours() -> None:
    programme = msgspec.structs.replace(
        PROGRAMME,
        event=msgspec.structs.replace(EVENT, withheld_name={}),
        sessions=(session("4CDFGH", people=(Appearance(role=Role.SPEAKER),)),),
    )
    assert rows_of(programme, "ar")[0]["People"] == "Name withheld (Speaker)"


@pytest.mark.parametrize(
    ("room", "across", "told"),
    [("zagros", False, "غرفة زاگروس"), ("tigris", True, "قاعة دجلة"), (None, True, "All rooms")],
)
def test_a_session_across_all_rooms_says_so_unless_it_has_one(
    room: str | None, across: bool, told: str
) -> None:
    assert the_row(room=room, across_rooms=across)["Room"] == told


def test_hours_are_those_on_the_wall() -> None:
    row = the_row(starts_at=PROGRAMME.sessions[0].starts_at.replace(hour=23), minutes=90)
    assert (row["Date"], row["Starts at"], row["Ends at"], row["Minutes"]) == (
        "2017-01-18",
        "23:00",
        "00:30",
        "90",
    )


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-5",
        "@SUM(A1)",
        "|cmd",
        "%0A",
        " =1",
        "\t=1",
        "\tقاعة",
        "\rقاعة",
        "\u00a0=1",
        "\u200f=1",
        "＝1",
        "＋1",
        "－1",
        "＠1",
    ],
)
def test_what_could_be_a_formula_is_told_to_be_text(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "قاعة دجلة", "1 + 1 = 2", "'=1", "(‎=1)", "ڕۆژ - شەو"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@given(st.text(alphabet="=+-@|%\t\r\n ＝－'\";,ا\u200f\u2067\u2069", max_size=8))
@settings(max_examples=200, deadline=None)
def test_no_cell_begins_as_a_formula_and_no_row_is_torn(text: str) -> None:
    texts = {"ar": text}
    people = (Appearance(role=Role.SPEAKER, pseudonym=texts),)
    row = the_row(title=texts, abstract=texts, people=people, status=Status.TENTATIVE)
    assert len(row) == 15
    for cell in row.values():
        visible = cell.lstrip(" \t\r\n\u200f\u2067\u2069")
        assert visible[:1] not in set("=+-@|%＝－")
