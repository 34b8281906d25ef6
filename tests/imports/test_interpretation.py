"""What events of a schedule become, and what the report says of each decision."""

from datetime import date, datetime

import pytest

from planner.imports.draft import Draft
from planner.imports.interpretation import interpret
from planner.imports.reading import read_schedule
from planner.imports.report import Report
from planner.lib.palette import HEX_VALUES, Colour
from planner.programme.vocabulary import Kind, Role
from tests.imports.schedules import GUID, Table, as_json, event, lines_about, xml


def _draft(*events: Table, **written: object) -> tuple[Draft, Report]:
    source = read_schedule(xml(*events, **written))  # type: ignore[arg-type]
    report = Report(len(source.events))
    return interpret(source, report), report


def test_a_plain_event_is_taken_as_it_is() -> None:
    draft, report = _draft(event(type="workshop"))
    (session,) = draft.sessions
    assert (session.key, session.id_key, session.guid) == (
        f"guid:{GUID.format(1)}",
        "id:1",
        GUID.format(1),
    )
    assert (session.kind, session.minutes, session.language) == (Kind.WORKSHOP, 45, "ar")
    assert draft.rooms[session.room or ""].name == {"ar": "قاعة دجلة"}
    assert draft.themes[session.theme or ""].name == {"ar": "الماء"}
    assert [draft.persons[key].name for key, _ in session.people] == ["شهرزاد"]
    assert report.lines == []


def test_xml_and_json_of_the_same_schedule_give_the_same_draft_and_report() -> None:
    events = (
        event(1),
        event(2, listed="قاعة الفرات", duration="0:00", type="lecture"),
        event(2, language="", title="کۆبوونەوەی ڕووبار"),
        event(0, guid=None, people=[{"id": "0", "name": "زین"}]),
    )
    drafts = []
    for content in (xml(*events), as_json(*events)):
        report = Report(4)
        drafts.append((interpret(read_schedule(content), report), report.as_json()))
    # The order of rooms within the day is that of the file in both.
    assert {s.key: s for s in drafts[0][0].sessions}.keys() == {
        s.key: s for s in drafts[1][0].sessions
    }.keys()
    assert drafts[0][0].persons == drafts[1][0].persons
    assert drafts[0][0].frame == drafts[1][0].frame
    assert len(drafts[0][1]["lines"]) == len(drafts[1][1]["lines"])


# Rooms


def test_the_room_that_it_is_listed_under_goes_before_what_an_event_says() -> None:
    draft, report = _draft(event(room="قاعة الفرات"))
    assert draft.sessions[0].room == "قاعة دجلة"
    assert lines_about(report.lines, "listed under") == [
        "changed: it is listed under the room “قاعة دجلة” and says “قاعة الفرات”; "
        "“قاعة دجلة” was taken"
    ]


def test_a_room_without_a_name_is_said_to_be_unknown_and_keeps_its_events_placed() -> None:
    draft, report = _draft(event(1, room=""), event(2), room="")
    nameless, named = draft.sessions
    assert nameless.starts_at == datetime(2017, 1, 18, 10, 0)
    assert draft.rooms[nameless.room or ""].name["en"] == "Room not announced"
    assert draft.rooms[named.room or ""].name == {"ar": "قاعة دجلة"}
    assert len(lines_about(report.lines, "its room has no name")) == 1


def test_without_any_room_a_session_is_unplaced() -> None:
    draft, report = _draft(event(room=None), room=None)
    assert (draft.sessions[0].room, draft.sessions[0].starts_at) == (None, None)
    assert lines_about(report.lines, "it has no room")


# Lengths


@pytest.mark.parametrize(
    ("duration", "minutes"), [("0:00", 5), (None, 30), ("soon", 30), ("25:00", 1500)]
)
def test_a_length_that_is_missing_is_guessed_from_the_next_in_the_room(
    duration: str | None, minutes: int
) -> None:
    draft, report = _draft(
        event(1, duration=duration),
        event(2, date="2017-01-18T10:10:00+03:00", start="10:10", listed="قاعة الفرات", room=None),
        event(3, date="2017-01-18T10:30:00+03:00", start="10:30"),
    )
    assert draft.sessions[0].minutes == minutes
    assert bool(lines_about(report.lines, f"{minutes} minutes were taken")) is (minutes < 1500)


def test_a_length_that_nothing_tells_is_an_hour() -> None:
    late = event(2, date="2017-01-18T20:00:00+03:00", start="20:00", duration=None)
    draft, _ = _draft(event(1, duration=None), late)
    assert [session.minutes for session in draft.sessions] == [60, 60]


# Keys


def test_events_that_are_called_the_same_are_all_taken_under_keys_of_their_own() -> None:
    draft, report = _draft(event(1), event(1), event(1), event(4, guid=None), event(4, guid=None))
    first, second, third, *without_guid = draft.sessions
    assert [first.key, second.key, third.key] == [
        f"guid:{GUID.format(1)}",
        f"guid:{GUID.format(1)}#2",
        f"guid:{GUID.format(1)}#3",
    ]
    assert [session.key for session in without_guid] == ["id:4", "id:4#2"]
    assert len({session.guid for session in draft.sessions}) == 5
    assert len(lines_about(report.lines, "stands in the file")) == 3


def test_guids_that_are_no_uuids_and_ids_of_nothing_still_give_stable_identities() -> None:
    events = (event("ABC", guid="not-a-uuid"), event("0", guid=None), event("-4", title="زین"))
    one, other = _draft(*events)[0], _draft(*events)[0]
    assert [s.guid for s in one.sessions] == [s.guid for s in other.sessions]
    assert [s.key for s in one.sessions] == [
        "guid:not-a-uuid",
        "title:حق الوصول الی الماء",
        "title:زین",
    ]


def test_a_key_of_endless_length_is_shortened_to_one_of_its_own() -> None:
    draft, _ = _draft(event(1, guid="g" * 5000 + "1"), event(2, guid="g" * 5000 + "2"))
    keys = [session.key for session in draft.sessions]
    assert all(len(key) < 200 for key in keys)
    assert len(set(keys)) == 2


# Texts


def test_an_event_without_a_title_is_called_untitled() -> None:
    draft, report = _draft(event(title=" "))
    assert draft.sessions[0].title == "Untitled"
    assert lines_about(report.lines, "it has no title")


def test_subtitle_abstract_and_description_become_one_text() -> None:
    draft, report = _draft(
        event(
            subtitle="ماء وعمل", abstract="من النبع.", description="<p>من النبع. إلى المدينة.</p>"
        )
    )
    assert draft.sessions[0].abstract == "ماء وعمل\n\nمن النبع. إلى المدينة."
    assert lines_about(report.lines, "in its abstract, HTML")


def test_a_text_in_another_script_than_its_language_says_so() -> None:
    draft, report = _draft(
        event(1, language="en"), event(2, language="ku", title="مافی ئاو", abstract="بۆ هەمووان")
    )
    arabic, sorani = draft.sessions
    assert (arabic.language, arabic.spoken_languages) == ("ar", ("en",))
    assert (sorani.language, sorani.spoken_languages) == ("ckb", ("ckb",))
    assert lines_about(report.lines, "its language is en, but its text was taken for ar")


def test_a_language_that_nobody_knows_is_told() -> None:
    draft, report = _draft(event(language="ar, Klingonisch"))
    assert draft.sessions[0].spoken_languages == ("ar",)
    assert lines_about(report.lines, "“ar, Klingonisch”")


def test_where_no_event_says_a_language_it_is_guessed_once() -> None:
    draft, report = _draft(event(1, language=""), event(2, language=""))
    assert [s.spoken_languages for s in draft.sessions] == [(), ()]
    assert lines_about(report.lines, "no event says its language") == [
        "guessed: no event says its language; ar was taken"
    ]


def test_a_type_that_is_no_kind_is_told_once() -> None:
    draft, report = _draft(event(1, type="lecture"), event(2, type="Lecture"), event(3, type=""))
    assert [session.kind for session in draft.sessions] == [None, None, None]
    assert [line.where for line in report.lines] == ["type “lecture”"]


def test_a_lunch_is_a_meal_whatever_its_type() -> None:
    draft, report = _draft(event(type="other", title="Lunch", language="en"))
    assert draft.sessions[0].kind is Kind.MEAL
    assert lines_about(report.lines, "its title tells")


def test_no_track_is_no_theme_and_tracks_keep_the_order_of_the_list() -> None:
    head = (
        f"<tracks><track color='{HEX_VALUES[Colour.ROSE]}'>Work</track>"
        "<track color='#123456'>Water</track></tracks>"
    )
    draft, _ = _draft(event(1, track="Water"), event(2, track="No Track"), head=head)
    assert [session.theme for session in draft.sessions] == ["water", None]
    assert [(theme.name, theme.colour) for theme in draft.themes.values()] == [
        ({"en": "Work"}, Colour.ROSE),
        ({"en": "Water"}, None),
    ]


# Persons


def test_an_id_of_zero_is_nobody_s_and_an_id_of_several_is_told_apart_by_name() -> None:
    draft, _ = _draft(
        event(1, people=[{"id": "0", "name": "مەم"}, {"id": "0", "name": "زین"}]),
        event(2, people=[{"id": "85", "name": "شهرزاد"}, {"id": "0", "name": "زين"}]),
        event(3, people=[{"id": "85", "name": "سيدوري"}, {"id": "85", "name": " شهرزاد "}]),
        event(4, people=[{"id": "9", "name": "Kawa"}, {"id": "9", "name": "kawa"}]),
    )
    names = [[draft.persons[key].name for key, _ in s.people] for s in draft.sessions]
    assert names == [["مەم", "زین"], ["شهرزاد", "زین"], ["سيدوري", "شهرزاد"], ["Kawa", "Kawa"]]
    assert list(draft.persons) == ["name:مهم", "name:زین", "id:85/شهرزاد", "id:85/سیدوری", "id:9"]


def test_a_guid_tells_a_person_and_who_has_no_name_is_left_out() -> None:
    draft, report = _draft(
        event(1, people=[{"guid": "P-1", "id": "3", "name": "مەم", "role": "moderator"}]),
        event(2, people=[{"guid": "p-1", "name": "مەم"}, {"guid": "p-2", "name": " "}]),
    )
    assert list(draft.persons) == ["guid:p-1"]
    assert draft.sessions[0].people == (("guid:p-1", Role.MODERATOR),)
    assert draft.sessions[1].people == (("guid:p-1", None),)
    assert len(lines_about(report.lines, "without a name")) == 1


# The event as a whole


def test_the_frame_covers_all_sessions_with_those_after_midnight() -> None:
    draft, _ = _draft(
        event(1),
        event(2, date="2017-01-19T01:30:00+03:00", start="01:30"),
        event(
            3,
            date="2017-01-18T08:45:00+03:00",
            start="08:45",
            language="en",
            title="Reeds",
            abstract="Of reeds.",
        ),
    )
    frame = draft.frame
    assert frame is not None
    assert (frame.first_day, frame.last_day) == (date(2017, 1, 18), date(2017, 1, 19))
    assert (frame.day_from, frame.day_to) == (8 * 60, 27 * 60)
    assert frame.languages == ("ar", "en")
    assert (frame.name, frame.time_zone) == ({"ar": "أيام النهر"}, "Asia/Baghdad")


def test_a_day_is_never_longer_than_a_day() -> None:
    draft, _ = _draft(
        event(1, date="2017-01-18T09:00:00+03:00", start="09:00"),
        event(2, date="2017-01-19T08:30:00+03:00", start="08:30", duration="02:00"),
        event(3, duration="25:00"),
    )
    assert draft.frame is not None
    assert (draft.frame.day_from, draft.frame.day_to) == (9 * 60, 33 * 60)


def test_days_that_make_no_sense_are_those_of_the_events() -> None:
    draft, report = _draft(event(1), conference={"start": "2017-01-18", "end": "2107-01-19"})
    assert draft.frame is not None
    assert (draft.frame.first_day, draft.frame.last_day) == (date(2017, 1, 18),) * 2
    assert lines_about(report.lines, "too far apart")


def test_events_before_and_after_the_days_that_are_said_stretch_them() -> None:
    draft, _ = _draft(
        event(1, date="2017-01-17T10:00:00+03:00"),
        event(2, date="2017-01-21T10:00:00+03:00"),
        event(3, date="2017-01-22T01:00:00+03:00", start="01:00"),
    )
    assert draft.frame is not None
    assert draft.frame.first_day == date(2017, 1, 17)
    assert draft.frame.last_day == date(2017, 1, 22)


def test_without_any_day_there_is_no_frame() -> None:
    nowhen = event(date=None, start=None)
    draft, _ = _draft(
        nowhen,
        conference={"start": None, "end": None},
        day={"date": None, "start": None, "end": None},
    )
    assert draft.frame is None


def test_lines_stand_in_the_order_of_the_file_and_counts_add_up() -> None:
    content = xml(event(1, duration=None), event(2, type="lecture")).replace(
        b"</day>", b"<event/></day>"
    )
    source = read_schedule(content)
    report = Report(len(source.events))
    draft = interpret(source, report)
    for session in reversed(draft.sessions):
        report.take(session.number, session.where, "new")
    assert [(line.kind.value, line.where[:7]) for line in report.lines] == [
        ("taken", "event 1"),
        ("guessed", "event 1"),
        ("taken", "event 2"),
        ("guessed", "type “l"),
        ("refused", "event n"),
    ]
    assert report.as_json()["sessions"] == {"in_file": 3, "taken": 2, "refused": 1}
