"""The banner of what changed today, on the days of the event and by the venue's calendar."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import msgspec
import pytest
from flask.testing import FlaskClient
from lxml import html

from planner.programme.document import Appearance, Programme, Session
from planner.programme.vocabulary import Role, Status
from planner.public import pages
from tests.examples import EVENT, PROGRAMME, session
from tests.public.conftest import Programmes

#: Nine o'clock at the venue, on the first day and on the second.
MORNING = datetime(2017, 1, 18, 6, 0, tzinfo=UTC)
NEXT_MORNING = MORNING + timedelta(days=1)
ADDRESS = "/en/river-days/programme"
BEFORE = (
    session("4CDFGH"),
    session("6CDFGH", room="zagros", title={"ckb": "ژنان و ئاشتی"}),
    session("9CDFGH", starts_at=datetime(2017, 1, 19, 10, 0)),
)


def release(number: int, at: datetime, *sessions: Session, **changes: object) -> Programme:
    """Return a release of these sessions."""
    told = msgspec.structs.replace(
        PROGRAMME.release, number=number, published_at=at, note=changes.pop("note", {})
    )
    return msgspec.structs.replace(PROGRAMME, release=told, sessions=sessions, **changes)


EVE = release(1, MORNING - timedelta(hours=14), *BEFORE)
MOVED = session("4CDFGH", starts_at=datetime(2017, 1, 18, 12, 0), room="zagros")
TODAY = release(
    2,
    MORNING,
    MOVED,
    msgspec.structs.replace(BEFORE[1], status=Status.CANCELLED),
    BEFORE[2],
    note={"ar": "القاعة باردة."},
)


class Clock:
    """What the clock says."""

    def __init__(self) -> None:
        self.at = MORNING + timedelta(minutes=5)

    def __call__(self) -> datetime:
        """Return the moment that was set."""
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock by which pages are made."""
    found = Clock()
    monkeypatch.setattr(pages, "now", found)
    return found


def banner(client: FlaskClient, address: str = ADDRESS) -> html.HtmlElement | None:
    """Return the banner of the programme page, if there is one."""
    answer = client.get(address)
    assert answer.status_code == 200
    found = html.document_fromstring(answer.text).xpath("//main//aside[@aria-labelledby='today']")
    return found[0] if found else None


def text_of(element: html.HtmlElement) -> str:
    """Return the text of an element in one line."""
    return " ".join(element.text_content().split())


def test_it_tells_what_the_releases_of_today_changed_with_their_notes(
    client: FlaskClient, programmes: Programmes, clock: Clock
) -> None:
    programmes.release(EVE, TODAY)
    told = banner(client)
    assert told is not None
    assert text_of(told.xpath(".//h2")[0]) == "Changed today"
    (note,) = told.xpath(".//p[@class='note']")
    assert text_of(note).startswith("09:00 القاعة باردة.")
    assert note.xpath(".//span[@lang='ar'][@dir='rtl']")
    cancelled, moved = told.xpath(".//li")
    assert "Cancelled" in text_of(cancelled)
    assert "ژنان و ئاشتی" in text_of(cancelled)
    assert [text_of(sign) for sign in moved.xpath(".//strong")] == ["New time", "New room"]
    assert "12:00–13:00, Zagros Room" in text_of(moved)
    assert text_of(moved.xpath(".//del")[0]).endswith("10:00–11:00, Tigris Hall")
    assert told.xpath(".//a/@href") == [
        "/en/river-days/sessions/6CDFGH",
        "/en/river-days/sessions/4CDFGH",
        "/en/river-days/changes",
    ]


@pytest.mark.parametrize("query", ["?day=2017-01-19", "?theme=water", "?q=peace", "?room=zagros"])
def test_every_view_of_the_programme_has_it(
    client: FlaskClient, programmes: Programmes, clock: Clock, query: str
) -> None:
    programmes.release(EVE, TODAY)
    assert banner(client, f"{ADDRESS}{query}") is not None


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_it_is_in_every_language(
    client: FlaskClient, programmes: Programmes, clock: Clock, lang: str
) -> None:
    programmes.release(EVE, TODAY)
    assert banner(client, f"/{lang}/river-days/programme") is not None


def test_all_releases_of_a_day_are_told_as_one(
    client: FlaskClient, programmes: Programmes, clock: Clock
) -> None:
    """What was moved and moved back did not change for who knew the programme of yesterday."""
    back = release(
        3, MORNING + timedelta(hours=1), *BEFORE, session("ACDFGH"), note={"en": "Back."}
    )
    programmes.release(EVE, TODAY, back)
    clock.at = MORNING + timedelta(hours=2)
    told = banner(client)
    assert told is not None
    assert [text_of(sign) for sign in told.xpath(".//li//strong")] == ["New"]
    notes = [text_of(note) for note in told.xpath(".//p[@class='note']")]
    assert [note.split()[0] for note in notes] == ["10:00", "09:00"]


@pytest.mark.parametrize(
    ("published_at", "seen_at"),
    [
        (MORNING - timedelta(days=1), MORNING - timedelta(days=1)),  # the day before the first
        (MORNING, NEXT_MORNING),
        (MORNING + timedelta(days=2), MORNING + timedelta(days=2)),  # the day after the last
    ],
)
def test_there_is_none_on_other_days(
    client: FlaskClient,
    programmes: Programmes,
    clock: Clock,
    published_at: datetime,
    seen_at: datetime,
) -> None:
    early = msgspec.structs.replace(EVE.release, published_at=MORNING - timedelta(days=9))
    late = msgspec.structs.replace(TODAY.release, published_at=published_at)
    programmes.release(
        msgspec.structs.replace(EVE, release=early), msgspec.structs.replace(TODAY, release=late)
    )
    clock.at = seen_at
    assert banner(client) is None


def test_it_goes_by_the_calendar_of_the_venue(
    client: FlaskClient, programmes: Programmes, clock: Clock
) -> None:
    """At half past midnight in Baghdad it is still the day before in UTC."""
    after_midnight = datetime(2017, 1, 18, 21, 30, tzinfo=UTC)
    moved = msgspec.structs.replace(TODAY.release, published_at=after_midnight)
    programmes.release(EVE, msgspec.structs.replace(TODAY, release=moved))
    clock.at = after_midnight + timedelta(hours=20)
    assert banner(client) is not None
    clock.at = after_midnight + timedelta(hours=24)
    assert banner(client) is None


def test_the_first_release_of_all_changes_nothing(
    client: FlaskClient, programmes: Programmes, clock: Clock
) -> None:
    programmes.release(TODAY)
    assert banner(client) is None


def test_what_sends_nobody_elsewhere_is_not_told(
    client: FlaskClient, programmes: Programmes, clock: Clock
) -> None:
    reworded = msgspec.structs.replace(BEFORE[0], title={"ar": "الماء للجميع"})
    programmes.release(EVE, release(2, MORNING, reworded, *BEFORE[1:]))
    assert banner(client) is None


def test_after_midnight_the_page_is_another_for_everybody_who_has_it(
    client: FlaskClient, programmes: Programmes, clock: Clock
) -> None:
    programmes.release(EVE, TODAY)
    seen = client.get(ADDRESS)
    by_tag = {"If-None-Match": seen.headers["ETag"]}
    by_date = {"If-Modified-Since": seen.headers["Last-Modified"]}
    for known in (by_tag, by_date):
        assert client.get(ADDRESS, headers=known).status_code == 304
    clock.at = NEXT_MORNING
    for known in (by_tag, by_date):
        assert client.get(ADDRESS, headers=known).status_code == 200
    midnight = datetime(2017, 1, 18, 21, 0, tzinfo=UTC)
    assert client.get(ADDRESS).headers["Last-Modified"] == format_datetime(midnight, usegmt=True)
    since = {"If-Modified-Since": format_datetime(midnight, usegmt=True)}
    assert client.get(ADDRESS, headers=since).status_code == 304


def test_names_that_are_gone_do_not_come_back(
    client: FlaskClient, programmes: Programmes, clock: Clock
) -> None:
    """Neither in the note of an earlier release of the day nor in a title."""
    named = msgspec.structs.replace(
        session("4CDFGH", title={"ar": "لقاء مع سيدوري"}),
        people=(Appearance(role=Role.SPEAKER, speaker="CDFGHJ"),),
    )
    eve = release(1, EVE.release.published_at, named, *BEFORE[1:])
    first = release(2, MORNING, named, *BEFORE[1:], note={"en": "Siduri arrives late."})
    last = release(3, MORNING + timedelta(hours=1), MOVED, *BEFORE[1:], speakers=())
    programmes.release(eve, first, last)
    clock.at = MORNING + timedelta(hours=2)
    text = client.get(ADDRESS).text
    assert banner(client) is not None
    for name in ("سيدوري", "Siduri"):
        assert name not in text


def test_many_changes_are_folded_up(
    client: FlaskClient, programmes: Programmes, clock: Clock
) -> None:
    many = tuple(session(f"{letter}DDFGH") for letter in "CDFGHJKMNPQR")
    programmes.release(EVE, release(2, MORNING, *BEFORE, *many))
    told = banner(client)
    assert told is not None
    assert len(told.xpath("./ul/li")) == 8
    assert text_of(told.xpath("./details/summary")[0]) == "4 more"


def test_releases_are_read_once_for_all_views(
    client: FlaskClient, programmes: Programmes, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    programmes.release(EVE, TODAY)
    asked = []
    history = programmes.history
    monkeypatch.setattr(programmes, "history", lambda slug: asked.append(slug) or history(slug))
    for query in ("", "?day=2017-01-19", "?theme=water"):
        assert banner(client, f"{ADDRESS}{query}") is not None
    assert asked == [EVENT.slug]
