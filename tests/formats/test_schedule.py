"""What schedule.xml and schedule.json have in common: which events, when, where, with whom."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings

from planner.formats.schedule import Schedule
from planner.formats.schedule_parts import Event
from planner.lib.palette import HEX_VALUES
from planner.programme.document import Appearance, Programme, Session, Texts
from planner.programme.published import day_of
from planner.programme.vocabulary import Role, Status
from tests.examples import EVENT, PROGRAMME, published, session
from tests.formats.invented import programmes

BASE_URL = "https://programme.example"
STYLESHEET = Path(__file__).parents[2] / "planner" / "static" / "barnama.css"


def schedule_of(*sessions: Session, **event: object) -> Schedule:
    """Return the schedule of the example with other sessions, and an event somewhat changed."""
    programme = msgspec.structs.replace(
        PROGRAMME, sessions=sessions, event=msgspec.structs.replace(EVENT, **event)
    )
    return Schedule(published(programme), BASE_URL)


def events_of(schedule: Schedule) -> list[Event]:
    """Return all events of a schedule."""
    return [event for day in schedule.days for _, events in day.rooms for event in events]


def the_event_of(schedule: Schedule) -> Event:
    """Return the only event of a schedule."""
    (event,) = events_of(schedule)
    return event


@given(programmes())
@settings(max_examples=60, deadline=None)
def test_every_session_that_takes_place_is_told_once_on_its_day(programme: Programme) -> None:
    schedule = Schedule(published(programme), BASE_URL)
    told = sorted(
        (event.url.rsplit("/", 1)[1], day.date)
        for day in schedule.days
        for _, events in day.rooms
        for event in events
    )
    assert told == sorted(
        (session.code, day_of(programme.event, session.starts_at))
        for session in programme.sessions
        if session.status is not Status.CANCELLED
    )


@given(programmes())
@settings(max_examples=60, deadline=None)
def test_nothing_that_must_be_unique_is_there_twice(programme: Programme) -> None:
    schedule = Schedule(published(programme), BASE_URL)
    events = events_of(schedule)
    for identities in (
        [event.number for event in events],
        [event.guid for event in events],
        [event.slug for event in events],
        [day.index for day in schedule.days],
        [day.date for day in schedule.days],
        [track.name for track in schedule.tracks],
        [room.name for room in schedule.rooms],
        [room.guid for room in schedule.rooms],
    ):
        assert len(set(identities)) == len(identities)
    people = {(person.number, person.guid) for event in events for person in event.persons}
    assert len(people) == len({number for number, _ in people}) == len({g for _, g in people})


@given(programmes())
@settings(max_examples=60, deadline=None)
def test_moments_have_the_offset_of_the_zone_and_days_enclose_their_events(
    programme: Programme,
) -> None:
    zone = ZoneInfo(programme.event.time_zone)
    sessions = {session.code: session for session in programme.sessions}
    for day in Schedule(published(programme), BASE_URL).days:
        for _, events in day.rooms:
            for event in events:
                session = sessions[event.url.rsplit("/", 1)[1]]
                shown = session.starts_at.replace(tzinfo=zone)
                assert event.starts_at.timestamp() == shown.timestamp()
                assert event.starts_at.utcoffset() == zone.utcoffset(event.starts_at)
                length = event.ends_at.timestamp() - event.starts_at.timestamp()
                assert length == session.minutes * 60
                assert day.starts_at.timestamp() <= event.starts_at.timestamp()
                assert event.ends_at.timestamp() <= day.ends_at.timestamp()


@pytest.mark.parametrize(
    ("starts_at", "told", "until"),
    [
        (datetime(2026, 3, 28, 12, 0), "2026-03-28T12:00:00+01:00", "2026-03-28T14:00:00+01:00"),
        (datetime(2026, 3, 29, 1, 0), "2026-03-29T01:00:00+01:00", "2026-03-29T04:00:00+02:00"),
        (datetime(2026, 3, 29, 12, 0), "2026-03-29T12:00:00+02:00", "2026-03-29T14:00:00+02:00"),
        (datetime(2026, 10, 25, 1, 0), "2026-10-25T01:00:00+02:00", "2026-10-25T02:00:00+01:00"),
    ],
)
def test_offsets_are_right_where_clocks_are_changed(
    starts_at: datetime, told: str, until: str
) -> None:
    schedule = schedule_of(
        session("4CDFGH", starts_at=starts_at, minutes=120),
        time_zone="Europe/Berlin",
        first_day=starts_at.date(),
        last_day=starts_at.date(),
    )
    event = the_event_of(schedule)
    assert (event.starts_at.isoformat(), event.ends_at.isoformat()) == (told, until)


def test_a_day_ends_with_its_last_event_though_clocks_show_an_earlier_hour() -> None:
    """At three they were put back to two: ten past two is 45 minutes after 02:25."""
    first_day = date(2026, 10, 24)
    schedule = schedule_of(
        session("4CDFGH", starts_at=datetime(2026, 10, 25, 2, 25), minutes=45),
        time_zone="Europe/Berlin",
        first_day=first_day,
        last_day=first_day,
        day_to=26 * 60 + 30,
    )
    (day,) = schedule.days
    assert the_event_of(schedule).ends_at.isoformat() == "2026-10-25T02:10:00+01:00"
    assert day.ends_at.isoformat() == "2026-10-25T02:10:00+01:00"


def test_the_small_hours_belong_to_the_day_before_and_keep_their_date() -> None:
    late = session("4CDFGH", starts_at=datetime(2017, 1, 19, 1, 30))
    first, second = schedule_of(late, day_to=26 * 60).days
    assert [event.starts_at.isoformat() for _, events in first.rooms for event in events] == [
        "2017-01-19T01:30:00+03:00"
    ]
    assert not any(events for _, events in second.rooms)
    assert first.ends_at.isoformat() == "2017-01-19T02:30:00+03:00"
    assert second.starts_at.isoformat() == "2017-01-19T08:00:00+03:00"


def test_days_are_those_of_the_event_and_others_with_sessions() -> None:
    schedule = schedule_of(
        session("4CDFGH", starts_at=datetime(2017, 1, 21, 10, 0)),
        session("6CDFGH", starts_at=datetime(2017, 1, 23, 10, 0), status=Status.CANCELLED),
    )
    assert [(day.index, day.date) for day in schedule.days] == [
        (1, date(2017, 1, 18)),
        (2, date(2017, 1, 19)),
        (3, date(2017, 1, 21)),
    ]


def test_a_programme_without_anything_still_has_its_days() -> None:
    empty = msgspec.structs.replace(PROGRAMME, rooms=(), themes=(), speakers=(), sessions=())
    schedule = Schedule(published(empty), BASE_URL)
    assert [day.rooms for day in schedule.days] == [(), ()]
    assert (schedule.tracks, schedule.rooms, schedule.timeslot) == ((), (), 5)


def test_a_session_without_a_room_is_at_the_venue() -> None:
    everywhere = session("7CDFGH", room=None, across_rooms=True)
    schedule = schedule_of(everywhere, languages=("ar", "en"))
    assert the_event_of(schedule).room == "بيت القصب"
    assert [room.name for room in schedule.rooms] == ["قاعة دجلة", "غرفة زاگروس", "بيت القصب"]
    nameless = schedule_of(everywhere, languages=("ar",), venue_name={})
    assert the_event_of(nameless).room == "أيام النهر"


def test_the_venue_is_no_room_where_every_session_has_one() -> None:
    assert [room.name for room in schedule_of(session("4CDFGH")).rooms] == [
        "Tigris Hall",
        "Zagros Room",
    ]


def test_the_venue_is_told_from_a_room_of_the_same_name() -> None:
    schedule = schedule_of(
        session("4CDFGH"),
        session("7CDFGH", room=None, across_rooms=True),
        venue_name={"en": "Tigris Hall"},
    )
    assert sorted(event.room for event in events_of(schedule)) == [
        "Tigris Hall",
        "Tigris Hall (2)",
    ]


@pytest.mark.parametrize(
    ("title", "languages", "told"),
    [
        ({"en": "Peace", "ckb": "ئاشتی"}, ("ckb", "en"), "ئاشتی"),
        ({"en": "Peace", "ar": "سلام"}, ("ckb", "en"), "سلام"),
        ({"de": "Frieden"}, ("ckb", "en"), "Frieden"),
        ({"ar": "سلام\x00\u202e\nوخبز"}, ("ar",), "سلام وخبز"),
        ({}, ("ar",), "4CDFGH"),
    ],
)
def test_texts_are_in_the_first_language_of_the_event_or_the_next_best(
    title: Texts, languages: tuple[str, ...], told: str
) -> None:
    schedule = schedule_of(session("4CDFGH", title=title), languages=languages)
    assert the_event_of(schedule).title == told


@pytest.mark.parametrize(
    ("languages", "page"), [(("ckb", "en"), "ckb"), (("de", "ar"), "ar"), (("de",), "en")]
)
def test_links_lead_to_pages_that_exist(languages: tuple[str, ...], page: str) -> None:
    event = the_event_of(schedule_of(session("4CDFGH"), languages=languages))
    assert event.url == f"{BASE_URL}/{page}/river-days/sessions/4CDFGH"


def test_who_is_withheld_leaves_nothing_and_who_is_named_is_there_once() -> None:
    people = (
        Appearance(role=Role.MODERATOR, speaker="CDFGHJ"),
        Appearance(role=Role.SPEAKER),
        Appearance(role=Role.SPEAKER, pseudonym={"ar": "صوت"}),
        Appearance(role=Role.SPEAKER, speaker="CDFGHJ"),
    )
    event = the_event_of(schedule_of(session("4CDFGH", people=people), languages=("ar",)))
    assert [(person.name, person.role) for person in event.persons] == [
        ("سيدوري", Role.MODERATOR),
        ("صوت", Role.SPEAKER),
    ]


def test_nobody_can_tell_whether_two_pseudonyms_are_one_person() -> None:
    voice = (Appearance(role=Role.SPEAKER, pseudonym={"ar": "صوت"}),)
    one, other = events_of(
        schedule_of(
            session("4CDFGH", people=voice),
            session("6CDFGH", people=voice, starts_at=datetime(2017, 1, 18, 12, 0)),
        )
    )
    assert one.persons[0].name == other.persons[0].name
    assert one.persons[0].guid != other.persons[0].guid
    assert one.persons[0].number != other.persons[0].number
    assert (one.persons[0].code, one.persons[0].url, one.persons[0].biography) == (None, None, "")


def test_a_person_is_the_same_in_every_session_and_release() -> None:
    siduri = (Appearance(role=Role.SPEAKER, speaker="CDFGHJ"),)
    events = events_of(
        schedule_of(session("4CDFGH", people=siduri), session("9CDFGH", people=siduri))
    )
    alone = the_event_of(schedule_of(session("4CDFGH", people=siduri)))
    assert {event.persons for event in (*events, alone)} == {alone.persons}


def test_only_addresses_of_the_web_become_links() -> None:
    unsafe = session("4CDFGH", online_url="javascript:alert(1)")
    assert the_event_of(schedule_of(unsafe)).online_url is None
    online = session("4CDFGH", online_url="https://stream.example/قاعة")
    assert the_event_of(schedule_of(online)).online_url == (
        "https://stream.example/%D9%82%D8%A7%D8%B9%D8%A9"
    )


def test_a_cancelled_session_gives_its_guid_to_the_one_that_replaces_it() -> None:
    guid = "b8e0eb47-4832-4726-bc9b-9015bd96becf"
    schedule = schedule_of(
        session("3CDFGH", guid=guid, status=Status.CANCELLED), session("4CDFGH", guid=guid)
    )
    assert the_event_of(schedule).guid == guid


@pytest.mark.parametrize(
    ("minute", "minutes", "slot"), [(0, 60, 60), (30, 90, 30), (45, 15, 15), (7, 60, 1)]
)
def test_the_timeslot_is_the_grid_on_which_all_sessions_stand(
    minute: int, minutes: int, slot: int
) -> None:
    starts_at = datetime(2017, 1, 18, 10, 0) + timedelta(minutes=minute)
    assert schedule_of(session("4CDFGH", starts_at=starts_at, minutes=minutes)).timeslot == slot


def test_colours_of_tracks_are_those_of_the_stylesheet() -> None:
    light = STYLESHEET.read_text().partition("prefers-color-scheme: dark")[0]
    bars = dict(re.findall(r"\.t-(\w+) \{.*?--bar: (#[0-9a-f]{6})", light))
    assert {colour.value: value for colour, value in HEX_VALUES.items()} == bars
