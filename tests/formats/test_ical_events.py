"""One session as a calendar event: its properties, its hours, its stamps."""

from collections.abc import Callable
from datetime import date, datetime

import msgspec
import pytest

from planner.formats.ical import events_of
from planner.formats.ical_texts import Wording
from planner.programme.differences import rendering_of
from planner.programme.document import Appearance, Programme, Session
from planner.programme.vocabulary import Change, Kind, Role, Status
from tests.examples import EVENT, PROGRAMME, SECOND, published, session
from tests.formats.feeds import BASE_URL, feed_of, values_of, with_sessions

pytestmark = pytest.mark.usefixtures("interface")


def _value(told: Session, name: str, lang: str = "ckb", **event: object) -> str:
    """Return what stands after the name of a property in the event of a session."""
    (value,) = _values(told, name, lang, **event)
    return value


def _values(told: Session, name: str, lang: str = "ckb", **event: object) -> list[str]:
    content = feed_of(with_sessions(told, **event), lang)
    return values_of(content[content.index(b"BEGIN:VEVENT") :], name)


def test_it_is_known_by_the_code_and_a_host_that_never_changes() -> None:
    assert _value(session("4CDFGH"), "UID") == ":session-4CDFGH@river-days.example"


def test_its_stamps_and_revision_are_those_of_the_programme() -> None:
    told = session("4CDFGH", changed_at=SECOND, sequence=3)
    assert _value(told, "DTSTAMP") == ":20170108T093000Z"
    assert _value(told, "LAST-MODIFIED") == ":20170108T093000Z"
    assert _value(told, "CREATED") == ":20161221T150000Z"
    assert _value(told, "SEQUENCE") == ":3"


@pytest.mark.parametrize("status", list(Status))
def test_it_says_how_settled_it_is_and_keeps_nobody_busy(status: Status) -> None:
    told = session("4CDFGH", status=status)
    assert _value(told, "STATUS") == f":{status.upper()}"
    assert _value(told, "TRANSP") == ":TRANSPARENT"
    outlook = [":TENTATIVE"] if status is Status.TENTATIVE else []
    assert _values(told, "X-MICROSOFT-CDO-BUSYSTATUS") == outlook


def test_it_tells_its_hours_by_the_venues_clock() -> None:
    told = session("4CDFGH", starts_at=datetime(2017, 1, 18, 23, 30), minutes=90)
    assert _value(told, "DTSTART") == ";TZID=Asia/Baghdad:20170118T233000"
    assert _value(told, "DTEND") == ";TZID=Asia/Baghdad:20170119T010000"


@pytest.mark.parametrize(
    ("zone", "starts_at", "start", "end"),
    [
        # Skipped by the clocks, and shown twice by them.
        ("Europe/Berlin", datetime(2026, 3, 29, 2, 30), ":20260329T013000Z", ":20260329T023000Z"),
        ("Europe/Berlin", datetime(2026, 10, 25, 2, 30), ":20261025T003000Z", ":20261025T013000Z"),
        # An hour on the clock more, or less, than elapses.
        ("Europe/Berlin", datetime(2026, 3, 29, 1, 30), ":20260329T003000Z", ":20260329T013000Z"),
        ("Europe/Berlin", datetime(2026, 10, 25, 1, 30), ":20261024T233000Z", ":20261025T003000Z"),
        # No simple rule, and no region.
        ("Africa/Cairo", datetime(2026, 7, 1, 9), ":20260701T060000Z", ":20260701T070000Z"),
        ("UTC", datetime(2026, 7, 1, 9), ":20260701T090000Z", ":20260701T100000Z"),
        # Long before the event: the zone is defined for the event and the years after it.
        ("Asia/Baghdad", datetime(2005, 7, 1, 9), ":20050701T050000Z", ":20050701T060000Z"),
    ],
)
def test_it_tells_its_hours_in_utc_where_the_clock_could_be_misread(
    zone: str, starts_at: datetime, start: str, end: str
) -> None:
    days = {"first_day": date(2026, 1, 1), "last_day": date(2026, 12, 31)}
    told = session("4CDFGH", starts_at=starts_at)
    assert _value(told, "DTSTART", time_zone=zone, **days) == start
    assert _value(told, "DTEND", time_zone=zone, **days) == end
    content = feed_of(with_sessions(told, time_zone=zone, **days))
    assert b"VTIMEZONE" not in content


def test_it_ends_after_it_starts_even_without_any_length() -> None:
    told = session("4CDFGH", minutes=0)
    assert _value(told, "DTEND") == ";TZID=Asia/Baghdad:20170118T100100"


def test_it_points_to_its_page_and_tells_the_venues_coordinates() -> None:
    told = session("4CDFGH")
    assert _value(told, "URL") == f":{BASE_URL}/ckb/river-days/sessions/4CDFGH"
    assert _value(told, "GEO") == ":35.5613;45.4302"
    assert _values(told, "GEO", latitude=None) == []


def test_it_is_sorted_under_its_theme_and_kind() -> None:
    told = session("4CDFGH", kind=Kind.WORKSHOP, theme="water")
    assert _value(told, "CATEGORIES", "en") == r";LANGUAGE=en:Water\, land,Workshop"
    assert _value(told, "COLOR") == ":teal"
    unthemed = session("4CDFGH", kind=Kind.MEAL, theme=None)
    assert _value(unthemed, "CATEGORIES", "en") == ";LANGUAGE=en:Meal"
    assert _values(unthemed, "COLOR") == []


def test_categories_in_two_languages_claim_neither() -> None:
    theme = msgspec.structs.replace(PROGRAMME.themes[0], name={"ar": "الماء"})
    programme = msgspec.structs.replace(with_sessions(session("4CDFGH")), themes=(theme,))
    assert values_of(feed_of(programme, "en"), "CATEGORIES") == [":الماء,Panel"]


def test_it_links_what_is_shown_online() -> None:
    told = session("4CDFGH", online_url="https://stream.example/4")
    expected = ";FEATURE=VIDEO;VALUE=URI:https://stream.example/4"
    assert _value(told, "CONFERENCE") == expected
    assert _values(session("4CDFGH", online_url="javascript:x()"), "CONFERENCE") == []


def test_a_session_whose_texts_cannot_be_written_keeps_its_hours(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(wording: Wording, told: Session) -> None:
        if told.code == "4CDFGH":
            raise RecursionError

    monkeypatch.setattr(Wording, "summary", fail)
    content = feed_of(with_sessions(session("4CDFGH", status=Status.CANCELLED)), "en")
    assert values_of(content, "SUMMARY") == [";LANGUAGE=en:Cancelled: Panel"]
    assert values_of(content, "DTSTART")[1:] == [";TZID=Asia/Baghdad:20170118T100000"]
    assert values_of(content, "STATUS") == [":CANCELLED"]
    assert "session 4CDFGH cannot be written" in caplog.text


def test_a_language_that_is_no_tag_does_not_become_a_parameter() -> None:
    told = session("4CDFGH", title={"e\x07": "كلمة"}, original_language="ar")
    assert _value(told, "SUMMARY", "en") == ":كلمة"


def _change(**fields: object) -> Callable[[Programme], Programme]:
    """Return a release in which the first session has other fields."""

    def apply(programme: Programme) -> Programme:
        first, *others = programme.sessions
        changed = msgspec.structs.replace(first, **fields)
        return msgspec.structs.replace(programme, sessions=(changed, *others))

    return apply


def _change_event(**fields: object) -> Callable[[Programme], Programme]:
    def apply(programme: Programme) -> Programme:
        event = msgspec.structs.replace(programme.event, **fields)
        return msgspec.structs.replace(programme, event=event)

    return apply


def _change_first(part: str, **fields: object) -> Callable[[Programme], Programme]:
    """Return a release in which the first theme, room or speaker has other fields."""

    def apply(programme: Programme) -> Programme:
        first, *others = getattr(programme, part)
        changed = (msgspec.structs.replace(first, **fields), *others)
        return msgspec.structs.replace(programme, **{part: changed})

    return apply


#: The first session, with somebody of each visibility, is in the first theme and room.
TOLD = msgspec.structs.replace(
    PROGRAMME,
    sessions=(
        session(
            "4CDFGH",
            title={"en": "Rivers", "ar": "الأنهار"},
            people=(
                Appearance(role=Role.SPEAKER, speaker="CDFGHJ"),
                Appearance(role=Role.MODERATOR, pseudonym={"ar": "صوت"}),
                Appearance(role=Role.INTERPRETER),
            ),
        ),
        session("6CDFGH", room="zagros", theme="women"),
    ),
)

RENDERED = {
    "title": _change(title={"en": "Rivers", "ar": "الأنهر"}),
    "abstract": _change(abstract={"ar": "من النبع إلى البحر."}),
    "original language": _change(original_language="en"),
    "kind": _change(kind=Kind.WORKSHOP),
    "hour": _change(starts_at=datetime(2017, 1, 18, 10, 30)),
    "length": _change(minutes=45),
    "room": _change(room="zagros"),
    "theme": _change(theme="women"),
    "status": _change(status=Status.TENTATIVE),
    "spoken languages": _change(spoken_languages=("ckb",)),
    "interpreted languages": _change(interpreted_languages=()),
    "online address": _change(online_url="https://stream.example/4"),
    "people": _change(people=()),
    "pseudonym": _change(
        people=(
            *TOLD.sessions[0].people[:1],
            Appearance(role=Role.MODERATOR, pseudonym={"ar": "صدى"}),
        )
    ),
    "name of a speaker": _change_first("speakers", name={"ar": "سيدوري صاحبة الحانة"}),
    "organisation of a speaker": _change_first("speakers", organisation={}),
    "name of the theme": _change_first("themes", name={"ar": "المياه"}),
    "colour of the theme": _change_first("themes", colour=PROGRAMME.themes[1].colour),
    "name of the room": _change_first("rooms", name={"ckb": "هۆڵی فورات"}),
    "floor of the room": _change_first("rooms", floor={"ckb": "نهۆمی یەکەم"}),
    "venue": _change_event(venue_name={"ar": "بيت النهر"}),
    "address": _change_event(venue_address={"ar": "أربيل"}),
    "coordinates": _change_event(latitude=35.0),
    "time zone": _change_event(time_zone="Asia/Tehran"),
    "words for a withheld name": _change_event(withheld_name={"ckb": "ناو نەوتراوە"}),
    "slug": _change_event(slug="river-days-2017"),
    "year": _change_event(first_day=date(2018, 1, 17), last_day=date(2018, 1, 18)),
}
NOT_RENDERED = {
    "capacity of the room": _change_first("rooms", capacity=12),
    "booths of the room": _change_first("rooms", booths=0),
    "description of the theme": _change_first("themes", description={"ar": "أنهار وأهوار"}),
    "biography of a speaker": _change_first("speakers", biography={"ar": "صاحبة حانة"}),
    "days": _change_event(first_day=date(2017, 1, 17)),
    "call": _change_event(call={"ar": "ندعو الجميع إلى النهر."}),
    "tagline": _change_event(tagline={}),
    "supporters": _change_event(supporters=()),
    "another room": lambda programme: msgspec.structs.replace(programme, rooms=programme.rooms[:1]),
    "another session": lambda programme: msgspec.structs.replace(
        programme, sessions=programme.sessions[:1]
    ),
    "mark of the release before": _change(changes=(Change.TEXT,)),
}


def _events(programme: Programme) -> list[bytes]:
    """Return the first session's event in each language."""
    return [events_of(published(programme), lang, BASE_URL)["4CDFGH"] for lang in EVENT.languages]


@pytest.mark.parametrize("name", RENDERED)
def test_what_changes_an_event_counts_as_a_change_of_the_session(name: str) -> None:
    after = RENDERED[name](TOLD)
    assert _events(after) != _events(TOLD)
    assert rendering_of(after, after.sessions[0]) != rendering_of(TOLD, TOLD.sessions[0])


@pytest.mark.parametrize("name", NOT_RENDERED)
def test_what_changes_no_event_does_not_count_as_a_change_of_the_session(name: str) -> None:
    after = NOT_RENDERED[name](TOLD)
    assert _events(after) == _events(TOLD)
    assert rendering_of(after, after.sessions[0]) == rendering_of(TOLD, TOLD.sessions[0])
