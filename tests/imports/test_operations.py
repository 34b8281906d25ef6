"""Schedules on their way into the plan: once, again, and in a newer form."""

from datetime import datetime

import pytest

from planner.database import write_tx
from planner.entering.speakers.operations import delete_speaker
from planner.events.models import TextState
from planner.events.operations import InvalidEventError
from planner.imports.source import UnreadableFileError
from planner.journal.queries import entries
from planner.programme.vocabulary import Kind, Role
from planner.releases.issuing import UnknownEventError
from planner.sessions.models import State
from planner.sessions.operations import add_session, set_people, set_text
from planner.speakers.models import Visibility
from planner.speakers.operations import add_speaker
from tests.desks import make_user
from tests.imports.plans import dump, event_of, rows, session_of, take
from tests.imports.schedules import GUID, as_json, event, lines_about, xml
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("app")

_KEY = f"guid:{GUID.format(1)}"
_ZIN = {"id": "8", "name": "زین"}


def test_an_event_is_made_from_the_file() -> None:
    report = take(xml(event(1), event(2, people=[_ZIN])))
    made = event_of()
    assert (made.name, made.uid_host) == ({"ar": "أيام النهر"}, "river.example")
    assert made.withheld_name["ckb"] == "ناوی پارێزراوە"
    assert [session.state for session in made.sessions] == [State.CONFIRMED] * 2
    assert [text.state for text in made.sessions[0].texts.values()] == [TextState.DRAFT]
    assert (report.in_file, report.taken, report.refused) == (2, 2, 0)
    assert [line.what for line in report.lines] == ["new", "new"]
    assert {speaker.visibility for speaker in made.speakers} == {Visibility.PUBLIC}


def test_without_create_an_event_must_be_there() -> None:
    with pytest.raises(UnknownEventError):
        take(xml(event()), create=False)
    assert rows()["event"] == []


@pytest.mark.parametrize("slug", ["desk", "Grand Event", ""])
def test_an_event_cannot_take_every_slug(slug: str) -> None:
    with pytest.raises(InvalidEventError):
        take(xml(event()), slug)


def test_no_event_can_be_made_of_a_file_without_a_day() -> None:
    nowhen = xml(
        event(date=None, start=None),
        conference={"start": None, "end": None},
        day={"date": None, "start": None, "end": None},
    )
    with pytest.raises(InvalidEventError, match="names no day"):
        take(nowhen)


def test_withheld_names_are_asked_for() -> None:
    take(xml(event()), names=Visibility.WITHHELD)
    assert event_of().speakers[0].visibility is Visibility.WITHHELD


def test_the_same_file_again_writes_nothing() -> None:
    content = xml(event(1), event(1), event(2, guid=None, room=None), event(3, type="lecture"))
    take(content)
    before = rows()
    with statements() as sent:
        take(content)
    assert [line for line in sent if not line.startswith("SELECT")] == []
    assert rows() == before


def test_the_same_schedule_as_json_writes_nothing() -> None:
    events = (event(1), event(2, people=[_ZIN]))
    take(xml(*events))
    before = rows()
    report = take(as_json(*events))
    assert rows() == before
    assert [line.what for line in report.lines] == ["as it was", "as it was"]


def test_a_number_of_statements_does_not_grow_with_the_sessions_that_are_as_they_were() -> None:
    few, many = (xml(*map(event, range(1, count))) for count in (5, 60))
    take(few, "few")
    take(many, "many")
    with statements() as for_few:
        take(few, "few")
    with statements() as for_many:
        take(many, "many")
    assert len(for_few) == len(for_many)


def test_a_newer_file_updates_by_guid_and_keeps_codes() -> None:
    take(xml(event(1), event(2)))
    code = session_of(_KEY).code
    report = take(
        xml(
            event(
                1, title="الماء للجميع", date="2017-01-18T12:00:00+03:00", start="12:00", id="77"
            ),
            event(2, listed="قاعة الفرات", room=None, people=[_ZIN]),
        )
    )
    assert [line.what for line in report.lines] == [
        "updated: place, text",
        "updated: place, people",
    ]
    moved = session_of(_KEY)
    assert moved.code == code
    assert moved.starts_at == datetime(2017, 1, 18, 12, 0)
    assert moved.texts["ar"].title == "الماء للجميع"
    assert moved.version == 2


def test_without_guids_the_id_is_what_tells() -> None:
    take(xml(event(1, guid=None)))
    code = session_of("id:1").code
    take(xml(event(1, guid=None, title="الماء للجميع")))
    assert session_of("id:1").code == code
    report = take(xml(event(1, title="الأرض")))  # the software has learnt to write guids
    assert session_of("id:1").code == code
    assert [line.what for line in report.lines] == ["updated: text"]


def test_what_is_gone_from_the_file_is_withdrawn_and_may_come_back() -> None:
    take(xml(event(1), event(2)))
    report = take(xml(event(2)))
    assert session_of(_KEY).state is State.WITHDRAWN
    assert lines_about(report.lines, "no longer in the file") == [
        "changed: is no longer in the file: withdrawn"
    ]
    assert lines_about(take(xml(event(2))).lines, "no longer") == []
    report = take(xml(event(1), event(2)))
    assert session_of(_KEY).state is State.CONFIRMED
    assert lines_about(report.lines, "updated") == ["taken: updated: state"]


def test_an_event_that_is_refused_now_is_not_withdrawn() -> None:
    take(as_json(event(1), event(2)))
    emptied = as_json(event(2)).replace(b'"rooms": {', b'"rooms": {"x": [{}], ')
    report = take(emptied)
    assert (report.in_file, report.taken, report.refused) == (2, 1, 1)
    content = xml(event(2)).replace(b"</day>", b"<event id='1'/></day>")
    take(xml(event(1, guid=None), event(2)), "other")
    take(content, "other")
    assert session_of("id:1", "other").state is State.CONFIRMED


def test_what_organizers_made_and_wrote_stays() -> None:
    take(xml(event(1)))
    with write_tx() as database:
        made = event_of()
        session = made.sessions[0]
        set_text(session, "en", title="Water", state=TextState.REVIEWED)
        session.interpreted_languages = ["ckb"]
        session.audience = 40
        session.state = State.ACCEPTED
        interpreter = add_speaker(made, visibility=Visibility.WITHHELD)
        speaker = session.people[0].speaker
        speaker.visibility = Visibility.WITHHELD
        set_people(session, [(speaker, Role.MODERATOR), (interpreter, Role.INTERPRETER)])
        own = add_session(made, kind=Kind.SPORT, minutes=90, original_language="ar")
        set_text(own, "ar", title="كرة القدم", state=TextState.DRAFT)
        database.flush()
    report = take(xml(event(1, title="الأرض", people=[{"id": "7", "name": "شهرزاد"}, _ZIN])))
    session = session_of(_KEY)
    assert session.texts["en"].title == "Water"
    assert session.texts["en"].state is TextState.REVIEWED
    assert (session.interpreted_languages, session.audience) == (["ckb"], 40)
    assert session.state is State.ACCEPTED
    assert [person.role for person in session.people] == [
        Role.MODERATOR,
        Role.SPEAKER,
        Role.INTERPRETER,
    ]
    visibilities = [person.speaker.visibility for person in session.people]
    assert visibilities == [Visibility.WITHHELD, Visibility.PUBLIC, Visibility.WITHHELD]
    assert {own.kind: own.state for own in event_of().sessions if not own.source_key} == {
        Kind.SPORT: State.PROPOSED
    }
    assert [line.what for line in report.lines] == ["updated: text, people"]


def test_what_was_made_here_is_not_taken_from_a_file_again() -> None:
    take(xml(event(1)))
    with write_tx():
        event_of().sessions[0].source_key = None
    before = rows()
    report = take(xml(event(1)))
    assert (report.in_file, report.taken, report.refused) == (1, 0, 1)
    assert rows()["session"] == before["session"]


def test_a_speaker_who_changed_their_name_stays_who_they_are() -> None:
    take(xml(event(people=[_ZIN])), names=Visibility.WITHHELD)
    code = event_of().speakers[0].code
    report = take(xml(event(people=[{"id": "8", "name": "زین خان"}])), names=Visibility.PUBLIC)
    (speaker,) = event_of().speakers
    assert (speaker.code, speaker.visibility) == (code, Visibility.WITHHELD)
    assert {text.display_name for text in speaker.texts.values()} == {"زین خان"}
    assert lines_about(report.lines, "name updated")


def test_nobody_gets_the_row_of_somebody_else_when_an_id_becomes_shared() -> None:
    mem = {"id": "8", "name": "مەم"}
    take(xml(event(1, people=[_ZIN])), names=Visibility.WITHHELD)
    take(xml(event(1, people=[mem]), event(2, people=[_ZIN])), names=Visibility.PUBLIC)
    named = {
        next(iter(speaker.texts.values())).display_name: speaker.visibility
        for speaker in event_of().speakers
    }
    assert named == {"زین": Visibility.WITHHELD, "مەم": Visibility.PUBLIC}
    take(xml(event(2, people=[mem])), names=Visibility.PUBLIC)
    names = [text.display_name for s in event_of().speakers for text in s.texts.values()]
    assert sorted(names) == sorted(["زین", "مەم"])


def test_nobody_gets_the_number_of_somebody_who_is_gone() -> None:
    """The journal tells of people by their numbers."""
    mem = {"id": "9", "name": "مەم"}
    take(xml(event(people=[_ZIN, mem])))
    code = next(speaker.code for speaker in event_of().speakers if speaker.number == 2)
    delete_speaker(event_of().id, make_user(), code)
    take(xml(event(people=[_ZIN, {"id": "10", "name": "Siduri"}])))
    assert sorted(speaker.number for speaker in event_of().speakers) == [1, 3]


def test_a_biography_is_taken_and_not_lost_by_a_file_without_it() -> None:
    told = {**_ZIN, "biography": "<p>من بوتان.</p>"}
    take(as_json(event(people=[told])))
    take(as_json(event(people=[_ZIN])))
    assert event_of().speakers[0].texts["ar"].biography == "من بوتان."


def test_a_text_whose_language_was_mistaken_moves_to_the_right_one() -> None:
    take(xml(event(title="33C3", abstract="", language="en")))
    take(xml(event(title="33C3", abstract="", language="de")))
    session = session_of(_KEY)
    assert (session.original_language, list(session.texts)) == ("de", ["de"])


def test_sessions_outside_of_the_days_of_an_event_are_told() -> None:
    take(xml(event(1)))
    late = event(2, date="2017-01-25T10:00:00+03:00")
    report = take(xml(event(1), late, conference={"end": "2017-01-25"}))
    assert len(lines_about(report.lines, "outside the days of the event")) == 1


def test_capacity_and_floor_are_taken_where_they_are_known() -> None:
    listed = [{"name": "قاعة دجلة", "capacity": 220, "description": "الطابق الأرضي"}]
    take(as_json(event(), conference={"rooms": listed}))
    (room,) = event_of().rooms
    assert (room.capacity, room.floor) == (220, {"ar": "الطابق الأرضي"})


def test_a_dry_run_says_the_same_and_changes_nothing() -> None:
    content = xml(event(1), event(2, duration=None))
    before = rows()
    dry = take(content, dry_run=True)
    assert rows() == before
    assert dry.as_json() == take(content).as_json()


def test_a_file_that_cannot_be_read_changes_nothing() -> None:
    take(xml(event(1)))
    before = rows()
    with pytest.raises(UnreadableFileError):
        take(xml(event(1, title="الأرض"))[:-20])
    assert rows() == before


def test_an_import_that_is_interrupted_changes_nothing() -> None:
    before = rows()

    def interrupt(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(xml(event(1), event(2)), progress=interrupt)
    assert rows() == before


def test_progress_is_told_for_every_session() -> None:
    told: list[tuple[int, int]] = []
    take(xml(event(1), event(2)), progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_codes_that_are_in_use_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    take(xml(event(1)), "first")
    first = session_of(_KEY, "first").code
    drawn = iter([first, first, "NNNNNN", "NNNNNN", "MMMMMM"])
    monkeypatch.setattr("planner.imports.merging.new_code", lambda: next(drawn))
    take(xml(event(1)))
    assert [session_of(_KEY).code, event_of().speakers[0].code] == ["MMMMMM", "NNNNNN"]


def test_xml_and_json_make_the_same_plan() -> None:
    events = (event(1), event(1, listed="قاعة الفرات", room=None), event(3, duration="0:00"))
    take(xml(*events))
    take(as_json(*events), "other")
    assert dump() == dump("other")


def test_an_import_into_an_event_is_one_change_of_its_journal() -> None:
    take(xml(event(1)))
    assert entries(event_of().id) == []  # an event is no change of a plan when it is made
    take(xml(event(1, title="الأرض"), event(2)))
    (entry,) = entries(event_of().id)
    assert (entry.action, entry.user_id) == ("import.schedule", None)
    take(xml(event(1, title="الأرض"), event(2)))
    take(xml(event(1, title="الماء")), dry_run=True)
    assert len(entries(event_of().id)) == 1
