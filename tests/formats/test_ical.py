"""Feeds as a whole, read with the parsers of others."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.formats.ical import Feed, events_of, feed
from planner.programme.document import Programme
from planner.programme.vocabulary import Stage, Status
from tests.examples import PROGRAMME, SECOND, published, session
from tests.formats.feeds import (
    BASE_URL,
    PARSERS,
    Reading,
    about,
    feed_of,
    lines_of,
    read_with_icalendar,
    values_of,
    with_sessions,
)

pytestmark = [
    pytest.mark.usefixtures("interface"),
    # The parsers are others' work: what they warn of is theirs to mend.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
GOLDEN = Path(__file__).parent / "golden"
BAGHDAD = ZoneInfo("Asia/Baghdad")


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_it_writes_the_example_as_it_was_approved(lang: str, tmp_path: Path) -> None:
    written = feed_of(lang=lang)
    (tmp_path / "written.ics").write_bytes(written)
    approved = (GOLDEN / f"river-days-{lang}.ics").read_bytes()
    assert written == approved, f"compare with {tmp_path / 'written.ics'}"


@pytest.mark.parametrize("read", PARSERS)
@pytest.mark.parametrize("lang", ["en", "ckb"])
def test_every_parser_reads_the_sessions_of_the_programme(
    read: Callable[[bytes], Reading], lang: str
) -> None:
    reading = read(feed_of(lang=lang))
    assert set(reading) == {f"session-{s.code}@river-days.example" for s in PROGRAMME.sessions}
    for told in PROGRAMME.sessions:
        start, end, status, sequence, summary = reading[f"session-{told.code}@river-days.example"]
        begin = told.starts_at.replace(tzinfo=BAGHDAD).astimezone(UTC)
        assert start == begin.isoformat()
        assert end == (begin + timedelta(minutes=told.minutes)).isoformat()
        assert (status, sequence) == (told.status.upper(), told.sequence)
        assert (told.title.get(lang) or told.title["ar"]) in summary


@pytest.mark.parametrize(
    ("zone", "year"),
    [
        ("Europe/Berlin", 2026),
        ("America/New_York", 2026),
        ("Australia/Lord_Howe", 2026),
        ("America/Santiago", 2026),
        ("Africa/Cairo", 2026),
        ("Asia/Gaza", 2026),
        ("UTC", 2026),
    ],
)
@pytest.mark.parametrize("read", PARSERS)
def test_every_parser_reads_the_right_instants_all_year(
    read: Callable[[bytes], Reading], zone: str, year: int
) -> None:
    mornings = [datetime(year, 1, 2, 9, 30) + timedelta(days=6) * week for week in range(60)]
    sessions = [session(f"{n:06d}", starts_at=morning) for n, morning in enumerate(mornings)]
    first, last = date(year, 1, 1), date(year, 12, 31)
    programme = with_sessions(*sessions, time_zone=zone, first_day=first, last_day=last)
    starts = {told[0] for told in read(feed_of(programme)).values()}
    assert starts == {
        morning.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).isoformat() for morning in mornings
    }


def test_the_same_programme_gives_the_same_bytes() -> None:
    assert feed_of() == feed_of()


def test_a_session_is_the_same_event_in_every_feed() -> None:
    public = published()
    events = events_of(public, "ar", BASE_URL)
    told = public.sessions[1]
    for sessions in (public.sessions, [told]):
        content = feed(public, "ar", BASE_URL, sessions, about(public, "ar"), events)
        assert events[told.code] in content


def test_it_says_what_it_is_and_how_often_to_ask() -> None:
    head = lines_of(feed_of(lang="en"))
    head = head[: head.index("BEGIN:VTIMEZONE")]
    page = f"{BASE_URL}/en/river-days"
    assert head == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Barnama//planner//EN",
        r"DESCRIPTION:Water\, work and words",
        r"X-WR-CALDESC:Water\, work and words",
        r"NAME:River Days\; a conference",
        r"X-WR-CALNAME:River Days\; a conference",
        "COLOR:teal",
        "LAST-MODIFIED:20170108T093000Z",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        f"SOURCE;VALUE=URI:{page}/calendar/programme.ics",
        f"URL:{page}/programme",
        "X-PUBLISHED-TTL:PT1H",
        "X-WR-TIMEZONE:Asia/Baghdad",
    ]


def test_its_stamp_is_that_of_the_last_change_among_its_sessions() -> None:
    early, late = datetime(2017, 1, 2, tzinfo=UTC), datetime(2017, 1, 5, tzinfo=UTC)
    sessions = [session("4CDFGH", changed_at=late), session("6CDFGH", changed_at=early)]
    assert "LAST-MODIFIED:20170105T000000Z" in lines_of(feed_of(with_sessions(*sessions)))[:12]


def test_a_feed_without_name_and_description_is_called_by_the_events_slug() -> None:
    public = published()
    plain = Feed(" ", "\n", f"{BASE_URL}/en/", f"{BASE_URL}/en/feed.ics")
    content = feed(
        public, "en", BASE_URL, public.sessions, plain, events_of(public, "en", BASE_URL)
    )
    head = content[: content.index(b"BEGIN:VTIMEZONE")]
    assert values_of(head, "NAME") == values_of(head, "X-WR-CALNAME") == [":river-days"]
    assert values_of(head, "DESCRIPTION") == values_of(head, "COLOR") == []


@pytest.mark.parametrize("read", PARSERS)
def test_a_feed_without_sessions_holds_the_days_of_the_conference(
    read: Callable[[bytes], Reading],
) -> None:
    reading = read(feed_of(lang="ckb", sessions=[]))
    assert reading == {
        "event-river-days@river-days.example": (
            "2017-01-18",
            "2017-01-20",
            "CONFIRMED",
            2,
            "ڕۆژانی ڕووبار",
        )
    }


def test_the_days_of_the_conference_are_stamped_by_the_release_and_keep_nobody_busy() -> None:
    content = feed_of(sessions=[])
    assert values_of(content, "DTSTAMP") == [":20170108T093000Z"]
    assert values_of(content, "TRANSP") == [":TRANSPARENT"]
    assert b"VTIMEZONE" not in content


def test_the_days_of_the_conference_are_tentative_in_a_draft() -> None:
    release = msgspec.structs.replace(PROGRAMME.release, stage=Stage.DRAFT)
    content = feed_of(msgspec.structs.replace(PROGRAMME, release=release), sessions=[])
    assert values_of(content, "STATUS") == [":TENTATIVE"]


def test_the_days_of_the_conference_stand_only_where_there_are_no_sessions() -> None:
    assert b"event-river-days" not in feed_of(sessions=PROGRAMME.sessions[:1])


def test_it_writes_to_nobody_and_invites_nobody() -> None:
    content = feed_of()
    names = {line.partition(":")[0].partition(";")[0] for line in lines_of(content)}
    assert not names & {"METHOD", "ORGANIZER", "ATTENDEE", "CONTACT"}
    assert b"VALARM" not in content
    assert content.count(b"\r\nUID:") == len(PROGRAMME.sessions)


def test_a_session_without_any_possible_hour_costs_only_itself(
    caplog: pytest.LogCaptureFixture,
) -> None:
    timeless = session("6CDFGH", starts_at=datetime(9999, 12, 31, 23, 59))
    reading = read_with_icalendar(feed_of(with_sessions(session("4CDFGH"), timeless)))
    assert list(reading) == ["session-4CDFGH@river-days.example"]
    assert "session 6CDFGH cannot be written" in caplog.text


HOSTILE = st.text(
    st.characters(exclude_categories=["Cs"])
    | st.sampled_from('\\,;:\n\r\t"^%()<>نNnەۆ\u200c\u2028\u2066\u2069\u202e\u202c\x00\x85\ufeff'),
    max_size=300,
)


@settings(max_examples=60, deadline=None)
@given(title=HOSTILE, other=HOSTILE, is_cancelled=st.booleans())
def test_no_text_breaks_a_feed(title: str, other: str, is_cancelled: bool) -> None:
    content = feed_of(_hostile(title, other, is_cancelled), "ar")
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"\r\nEND:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n")[:-1]:
        assert 0 < len(line) <= 75
        assert line.strip()
        assert not set(line.decode()) & set(map(chr, [*range(9), *range(10, 32), *range(127, 160)]))
    readings = [read(content) for read in PARSERS]
    assert all(reading == readings[0] for reading in readings)
    assert list(readings[0]) == [
        f"session-{code}@river-days.example" for code in ("4CDFGH", "6CDFGH")
    ]
    for _, _, _, _, summary in readings[0].values():
        assert summary.strip()
        assert len(summary.encode()) <= 255


def _hostile(title: str, other: str, is_cancelled: bool) -> Programme:
    status = Status.CANCELLED if is_cancelled else Status.TENTATIVE
    told = session("4CDFGH", title={"en": title}, abstract={"en": other}, status=status)
    harmless = session("6CDFGH", starts_at=datetime(2017, 1, 18, 12), changed_at=SECOND)
    return msgspec.structs.replace(
        with_sessions(told, harmless, name={"ar": other}, venue_name={"ckb": title}),
        rooms=(msgspec.structs.replace(PROGRAMME.rooms[0], name={"ar": other}),),
        themes=(msgspec.structs.replace(PROGRAMME.themes[0], name={"ar": title}),),
    )
