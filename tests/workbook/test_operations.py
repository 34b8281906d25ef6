"""Taking a file as one change, agreed to by who has read it; and events made of files."""

from datetime import date, time

import pytest

from planner.events.operations import InvalidEventError
from planner.extensions import db
from planner.journal.queries import entries
from planner.journal.undoing import redo, undo
from planner.programme.vocabulary import Stage
from planner.releases.issuing import UnknownEventError
from planner.releases.operations import publish
from planner.sessions.models import State
from planner.workbook.account import Account
from planner.workbook.operations import PlanChangedError, make_event, proposal
from planner.workbook.operations import take as take_file
from planner.workbook.reading import read_file
from tests.desks import make_user
from tests.imports.plans import event_of, rows
from tests.plans import SLUG, WATER, make_plan, plan_to_change
from tests.workbook.files import book, options, propose, refused, table, table_of, take

pytestmark = pytest.mark.usefixtures("app")
_PLANNED = ("event", "room", "theme", "speaker", "speaker_text", "session_text")


def _contents() -> dict[str, list[tuple[object, ...]]]:
    """Return the plan without what counts changes."""
    return {name: found for name, found in rows().items() if name in _PLANNED}


def _many() -> bytes:
    return book(
        {
            "Rooms": [["slug", "name_ar", "capacity"], ["tigris", None, 90], [None, "الحديقة", 20]],
            "Speakers": [["code", "name_ckb"], [None, "شێرکۆ"]],
            "Sessions": [
                ["code", "title_ar", "room", "date", "start", "speakers"],
                [WATER, "الماء للجميع", "الحديقة", None, None, "شێرکۆ"],
                [None, "شعر", "tigris", "2017-01-19", "20:00", None],
            ],
        }
    )


def test_everything_in_a_file_is_one_change_that_can_be_undone_and_redone() -> None:
    make_plan()
    user_id = make_user()
    before = _contents()
    take_file(read_file(_many()), SLUG, options(), user_id=user_id)
    after = _contents()
    assert after != before
    event_id = event_of().id
    (entry,) = entries(event_id)
    assert (entry.action, entry.facts) == ("import.workbook", {"new": 3, "changed": 2})
    undone = undo(event_id, user_id, entry.id)
    assert _without_versions(_contents()) == _without_versions(before)
    redo(event_id, user_id, undone.id)
    assert _without_versions(_contents()) == _without_versions(after)


def _without_versions(
    contents: dict[str, list[tuple[object, ...]]],
) -> dict[str, list[tuple[object, ...]]]:
    columns = {name: list(db.metadata.tables[name].columns.keys()) for name in contents}
    return {
        name: [
            tuple(
                cell for cell, column in zip(row, columns[name], strict=True) if column != "version"
            )
            for row in found
        ]
        for name, found in contents.items()
    }


def test_what_changes_nothing_leaves_no_trace() -> None:
    make_plan()
    take(table_of({"code": WATER, "title_ar": "حق الوصول إلى الماء"}))
    assert entries(event_of().id) == []


def test_what_was_agreed_to_is_taken() -> None:
    make_plan()
    content = table_of({"code": WATER, "title_ar": "الماء للجميع"})
    agreed = propose(content).digest
    take_file(read_file(content), SLUG, options(), user_id=None, agreed=agreed)
    assert len(entries(event_of().id)) == 1


def test_what_would_be_something_else_by_now_is_not_taken() -> None:
    make_plan()
    content = table_of({"code": WATER, "title_ar": "الماء للجميع"})
    agreed = propose(content).digest
    with plan_to_change() as plan:
        plan.sessions[WATER].texts["ar"].title = "الماء حق"
    before = rows()
    with pytest.raises(PlanChangedError):
        take_file(read_file(content), SLUG, options(), user_id=None, agreed=agreed)
    assert rows() == before


def test_changes_elsewhere_do_not_matter() -> None:
    make_plan()
    content = table_of({"code": WATER, "title_ar": "الماء للجميع"})
    agreed = propose(content).digest
    with plan_to_change() as plan:
        plan.rooms["zagros"].capacity = 30
    take_file(read_file(content), SLUG, options(), user_id=None, agreed=agreed)


def test_an_event_must_be_there() -> None:
    with pytest.raises(UnknownEventError):
        proposal(read_file(table(["title_ar"], ["ماء"])), "no-days", options())


def _make(content: bytes, **given: object) -> Account:
    settings = {"host": "new.example", "time_zone": None, "dry_run": False, **given}
    return make_event(read_file(content), "new-days", options(), **settings)  # type: ignore[arg-type]


_HEADS = ["title_en", "title_ckb", "room", "theme", "date", "start", "minutes", "speakers"]


def test_a_table_makes_an_event_with_what_its_cells_name() -> None:
    account = _make(
        table(
            _HEADS,
            ["Opening", "کردنەوە", "Hall A", "", "18.1.2017", "9:00", 45, "Siduri (moderator)"],
            ["Water", "", "hall a", "Rivers", "19.1.2017", "10:30", 90, "Siduri; زین"],
            ["Dancing", "", "هۆڵ", "", "19.1.2017", "23:30", 120, ""],
        )
    )
    assert refused(account) == []
    made = event_of("new-days")
    assert (made.first_day, made.last_day) == (date(2017, 1, 18), date(2017, 1, 19))
    assert (made.languages, made.time_zone) == (["en", "ckb"], "Asia/Baghdad")
    assert (made.day_from, made.day_to) == (9 * 60, 26 * 60)
    assert (made.name, made.uid_host) == ({"en": "new-days"}, "new.example")
    assert made.withheld_name["ckb"] == "ناوی پارێزراوە"
    assert [room.name for room in made.rooms] == [{"en": "Hall A"}, {"ckb": "هۆڵ"}]
    assert [theme.name for theme in made.themes] == [{"en": "Rivers"}]
    assert len(made.speakers) == 2
    assert {session.state for session in made.sessions} == {State.CONFIRMED}
    assert entries(made.id) == []  # an event is no change of a plan when it is made
    publish("new-days", Stage.DRAFT)


def test_a_talk_in_the_small_hours_is_of_the_night_before() -> None:
    _make(
        table(
            _HEADS,
            ["Dancing", "", "A", "", "19.1.2017", "1:00", 60],
            ["Day", "", "A", "", "18.1.2017", "10:00"],
        )
    )
    made = event_of("new-days")
    assert (made.first_day, made.last_day) == (date(2017, 1, 18), date(2017, 1, 18))
    assert (made.day_from, made.day_to) == (10 * 60, 26 * 60)


def test_a_time_zone_that_is_not_said_is_told() -> None:
    rows_ = [["title_en", "date"], ["Opening", "18.1.2017"]]
    account = _make(table(*rows_))
    assert "UTC was taken" in " ".join(line.what for line in account.lines)
    with pytest.raises(InvalidEventError):
        _make(table(*rows_))  # there is one already


def test_an_event_needs_a_day() -> None:
    with pytest.raises(InvalidEventError, match="no column “date”"):
        _make(table(["title_en", "date"], ["Opening", "soon"]))
    assert rows()["event"] == []


def test_one_wrong_year_does_not_stretch_the_event() -> None:
    days = [["Talk", f"{day}.1.2017"] for day in (18, 18, 19)]
    account = _make(table(["title_en", "date"], *days, ["Lost", "18.1.2071"]))
    (line,) = refused(account)
    assert line.startswith("row 5, column date: 2071-01-18 is far from the event")
    assert rows()["event"] == []


def test_codes_of_a_file_are_kept_where_they_can_be() -> None:
    make_plan()
    sheets = {
        "Speakers": [["code", "name_en"], ["P1", "Siduri"], ["QQ4444", "Zin"]],
        "Rooms": [["slug", "name_en"], ["hall", "Hall"]],
        "Sessions": [
            ["code", "title_en", "date", "start", "room", "speakers"],
            [
                "S1",
                "Opening",
                date(2017, 1, 18),
                time(9),
                "hall",
                "p1; QQ4444",
            ],
            [WATER, "Water", date(2017, 1, 18), time(9), "hall", "Siduri"],
        ],
    }
    assert refused(_make(book(sheets))) == []
    made = event_of("new-days")
    first, second = made.sessions
    assert len(first.people) == 2
    assert {len(first.code), len(second.code)} == {6}
    assert WATER not in {first.code, second.code}  # the small event has it
    assert [speaker.code for speaker in made.speakers][1] == "QQ4444"


def test_a_sheet_of_rooms_says_which_there_are() -> None:
    sheets = {
        "Rooms": [["slug", "name_en"], ["hall", "Hall"]],
        "Sessions": [["title_en", "date", "room"], ["Opening", "18.1.2017", "Halle"]],
    }
    (line,) = refused(_make(book(sheets)))
    assert "There is no room “Halle”. The nearest: Hall." in line


def test_a_dry_run_makes_nothing() -> None:
    before = rows()
    account = _make(table(["title_en", "date"], ["Opening", "18.1.2017"]), dry_run=True)
    assert (account.in_file, account.taken, account.refused) == (1, 1, 0)
    assert rows() == before
