"""The page on what is on now: true at its moment, kept until the next boundary and no longer."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import msgspec
import pytest
from flask.testing import FlaskClient
from lxml import html

from planner.programme.vocabulary import Status
from planner.public import now
from tests.crowds import crowded
from tests.examples import EVENT, PROGRAMME, SECOND, session
from tests.public.conftest import Programmes

ADDRESS = "/en/river-days/now"


class Clock:
    """What the clock says: 09:30 at the venue on the first day, until it is set."""

    def __init__(self) -> None:
        self.at = datetime(2017, 1, 18, 6, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the moment that was set."""
        return self.at

    def set(self, there: str) -> None:
        """Set it to an hour of January 2017 in Baghdad: ``18 10:30``."""
        self.at = datetime.fromisoformat(f"2017-01-{there}+03:00").astimezone(UTC)


@pytest.fixture(autouse=True)
def set_clock(monkeypatch: pytest.MonkeyPatch, programmes: Programmes) -> Clock:
    """Return the clock by which pages are made, with the example published."""
    found = Clock()
    monkeypatch.setattr(now, "present", found)
    programmes.release(PROGRAMME)
    return found


def main_of(client: FlaskClient, address: str = ADDRESS) -> html.HtmlElement:
    """Return the main part of a page."""
    answer = client.get(address)
    assert answer.status_code == 200
    (found,) = html.document_fromstring(answer.text).xpath("//main")
    return found


def text_of(element: html.HtmlElement) -> str:
    """Return the text of an element in one line."""
    return " ".join(element.text_content().split())


def rooms(client: FlaskClient, address: str = ADDRESS) -> dict[str, list[str]]:
    """Return the rooms in their order, each with its headings and the codes beneath them."""
    found = {}
    for room in main_of(client, address).xpath(".//section"):
        parts = room.xpath(".//h3 | .//li//a")
        found[text_of(room.xpath(".//h2")[0])] = [
            part.get("href").rpartition("/")[2] if part.tag == "a" else text_of(part)
            for part in parts
        ]
    return found


def test_it_tells_per_room_what_is_on_and_next(client: FlaskClient, set_clock: Clock) -> None:
    assert rooms(client) == {
        "All rooms": ["On now", "3CDFGH", "Next", "7CDFGH"],
        "Tigris Hall": ["Next", "4CDFGH"],
        "Zagros Room": ["Next", "6CDFGH", "No longer here", "4CDFGH"],
    }
    set_clock.set("18 10:00")
    assert rooms(client)["Tigris Hall"] == ["On now", "4CDFGH"]


def test_moved_and_cancelled_sessions_are_marked_in_words(client: FlaskClient) -> None:
    told = text_of(main_of(client))
    assert "Cancelled" in told
    assert "New time" in told
    assert "was 11:00–12:00, Zagros Room" in told
    assert "now: 10:00–11:00, Tigris Hall" in told


@pytest.mark.parametrize(
    ("there", "told", "first"),
    [
        ("10 12:00", "It begins on Wednesday 18 January at \u206809:00\u2069.", ["3CDFGH"]),
        ("17 12:00", "It begins tomorrow at \u206809:00\u2069.", ["3CDFGH"]),
        ("18 07:00", "It begins today at \u206809:00\u2069.", ["3CDFGH"]),
        ("18 12:00", "It begins tomorrow at \u206810:00\u2069.", ["9CDFGH"]),
        ("19 00:30", "It begins today at \u206810:00\u2069.", ["9CDFGH"]),
        ("19 12:00", "It is over. Thank you for being there.", []),
    ],
)
def test_before_between_and_after_it_says_so(
    client: FlaskClient, set_clock: Clock, there: str, told: str, first: list[str]
) -> None:
    set_clock.set(there)
    main = main_of(client)
    (phase,) = main.xpath(".//p[@class='phase']")
    assert text_of(phase) == told
    assert [link.get("href")[-6:] for link in main.xpath(".//li//h3/a")][:1] == first


def test_without_sessions_it_says_that_nothing_has_a_time(
    client: FlaskClient, programmes: Programmes
) -> None:
    programmes.release(msgspec.structs.replace(PROGRAMME, sessions=()))
    assert "Nothing has a time yet." in text_of(main_of(client))


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_user_texts_say_their_language(client: FlaskClient, lang: str) -> None:
    (title,) = main_of(client, f"/{lang}/river-days/now").xpath(
        ".//section[.//h2/a[contains(@href, 'tigris')]]//h4"
    )
    assert "حق الوصول" in text_of(title)
    spans = title.xpath(".//span[@lang='ar'][@dir='rtl']")
    assert bool(spans) is (lang != "ar")


def test_between_two_boundaries_it_is_the_same_for_everybody(
    client: FlaskClient, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    page = now._page
    monkeypatch.setattr(now, "_page", lambda *values: made.append(1) or page(*values))
    first = client.get(ADDRESS)
    set_clock.set("18 09:59")
    assert client.get(ADDRESS).data == first.data
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(ADDRESS, headers=known).status_code == 304
    assert len(made) == 1
    set_clock.set("18 10:00")
    assert client.get(ADDRESS, headers=known).status_code == 200
    assert len(made) == 2


def test_it_is_modified_when_something_begins(client: FlaskClient, set_clock: Clock) -> None:
    nine = datetime(2017, 1, 18, 6, 0, tzinfo=UTC)
    assert client.get(ADDRESS).headers["Last-Modified"] == format_datetime(nine, usegmt=True)
    since = {"If-Modified-Since": format_datetime(set_clock.at, usegmt=True)}
    assert client.get(ADDRESS, headers=since).status_code == 304
    set_clock.set("18 10:00")
    assert client.get(ADDRESS, headers=since).status_code == 200
    set_clock.at = SECOND + timedelta(hours=1)
    told = client.get(ADDRESS).headers["Last-Modified"]
    assert told == format_datetime(SECOND, usegmt=True)


@pytest.mark.parametrize(
    ("there", "seconds"),
    [("18 09:00", 60), ("18 09:59", 60), ("18 09:59:30", 30), ("18 09:59:59", 1), ("30 10:00", 60)],
)
@pytest.mark.parametrize("page", ["now", "screen", "screen.json"])
def test_nobody_keeps_it_beyond_the_next_boundary(
    client: FlaskClient, set_clock: Clock, page: str, there: str, seconds: int
) -> None:
    set_clock.set(there)
    address = f"/en/river-days/{page}"
    answer = client.get(address)
    assert answer.headers.getlist("Cache-Control") == [f"public, max-age={seconds}"]
    known = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert known.status_code == 304
    assert known.headers.getlist("Cache-Control") == [f"public, max-age={seconds}"]


def test_it_goes_by_the_clock_of_the_venue(
    client: FlaskClient, programmes: Programmes, set_clock: Clock
) -> None:
    lima = msgspec.structs.replace(EVENT, time_zone="America/Lima")
    programmes.release(msgspec.structs.replace(PROGRAMME, event=lima))
    assert "It begins today" in text_of(main_of(client))
    set_clock.at = datetime(2017, 1, 18, 15, 30, tzinfo=UTC)
    assert rooms(client)["Tigris Hall"] == ["On now", "4CDFGH"]


def test_it_says_until_when_it_is_right_and_leads_to_itself(client: FlaskClient) -> None:
    (valid,) = main_of(client).xpath(".//p[@class='valid']")
    assert text_of(valid) == "So it is 09:00–10:00. Look again"
    assert valid.xpath(".//a/@href") == [ADDRESS]
    (part,) = main_of(client).xpath(".//*[@id='now']")
    assert part.get("data-until") == "2017-01-18T07:00:00+00:00"
    assert part.get("data-told") == "1 session is on now."


def test_what_is_cancelled_is_not_counted_as_on(
    client: FlaskClient, programmes: Programmes
) -> None:
    gone = session("4CDFGH", starts_at=datetime(2017, 1, 18, 9), status=Status.CANCELLED)
    later = session("8CDFGH", starts_at=datetime(2017, 1, 18, 11))
    earlier = session("9CDFGH", starts_at=datetime(2017, 1, 18, 8))
    programmes.release(msgspec.structs.replace(PROGRAMME, sessions=(earlier, gone, later)))
    (part,) = main_of(client).xpath(".//*[@id='now']")
    assert part.get("data-told") == "Nothing is on just now."


def test_it_leads_to_the_screen_and_the_sheets(client: FlaskClient) -> None:
    links = main_of(client).xpath(".//p[contains(@class, 'hall')]//a/@href")
    assert links == ["/en/river-days/screen", "/en/river-days/sheets"]


def test_it_is_light(client: FlaskClient, programmes: Programmes) -> None:
    programmes.release(crowded(200, 8, 3))
    answer = client.get("/ar/crowd/now", headers={"Accept-Encoding": "gzip"})
    assert len(answer.data) < 15_000


def test_there_is_none_of_an_event_that_is_not_public(client: FlaskClient) -> None:
    for address in ("now", "screen", "screen.json", "sheets", "rooms/tigris/sheet"):
        assert client.get(f"/en/none/{address}").status_code == 404
