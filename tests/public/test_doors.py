"""Sheets for the doors of rooms."""

import msgspec
import pytest
from flask.testing import FlaskClient
from lxml import html

from planner.programme.vocabulary import Status
from tests.examples import PROGRAMME, session
from tests.public.conftest import Programmes
from tests.public.test_now import text_of


@pytest.fixture(autouse=True)
def example(programmes: Programmes) -> None:
    """Publish the example."""
    programmes.release(PROGRAMME)


def sheets(client: FlaskClient, address: str) -> list[html.HtmlElement]:
    """Return the sheets of a page."""
    answer = client.get(address)
    assert answer.status_code == 200
    return list(html.document_fromstring(answer.text).xpath("//article"))


def test_each_room_has_a_sheet_for_each_day_on_which_it_is_used(client: FlaskClient) -> None:
    told = [
        text_of(sheet.xpath(".//header")[0]) for sheet in sheets(client, "/en/river-days/sheets")
    ]
    assert [text[:11] for text in told] == ["Tigris Hall", "Tigris Hall", "Zagros Room"]
    assert "Wednesday, 18 January 2017" in told[0]
    assert "19 كانون الثاني 2017" in told[1]


def test_a_sheet_speaks_every_language_of_the_event(client: FlaskClient) -> None:
    first, _ = sheets(client, "/ckb/river-days/rooms/tigris/sheet")
    names = [(name.get("lang"), name.text) for name in first.xpath(".//h2/span")]
    assert names == [("ckb", "هۆڵی دیجلە"), ("en", "Tigris Hall"), ("ar", "قاعة دجلة")]
    titles = [title.text for title in first.xpath(".//li[1]//*[@class='titles']//span")]
    assert titles == ["کردنەوە", "Opening", "الافتتاح"]


def test_it_lists_what_is_held_there_and_in_all_rooms_in_order(client: FlaskClient) -> None:
    first, second = sheets(client, "/en/river-days/rooms/tigris/sheet")
    hours = [text_of(item)[:11] for item in first.xpath(".//li")]
    assert hours == ["09:00–10:00", "10:00–11:00", "11:00–11:15"]
    assert "interpreted into Kurdish (Sorani), English" in text_of(second)


def test_what_was_cancelled_or_moved_away_is_told_at_the_door(client: FlaskClient) -> None:
    (sheet,) = sheets(client, "/en/river-days/rooms/zagros/sheet")
    told = [text_of(item) for item in sheet.xpath(".//li[@class='is-gone']")]
    assert told[0].endswith("Cancelled")
    assert told[1].startswith("11:00–12:00 حق الوصول إلى الماء No longer here")
    assert told[1].endswith("now: 10:00–11:00, Tigris Hall")


def test_it_says_of_which_release_it_is(client: FlaskClient) -> None:
    (sheet,) = sheets(client, "/en/river-days/rooms/zagros/sheet")
    assert "Release 2 · 8 January 2017, 12:30" in text_of(sheet)


def test_codes_lead_to_the_page_and_the_calendar_of_the_room(client: FlaskClient) -> None:
    (sheet,) = sheets(client, "/ar/river-days/rooms/zagros/sheet")
    page, calendar = sheet.xpath(".//img/@src")
    assert page == "/ar/river-days/rooms/zagros/sheet.svg"
    assert calendar == "/ar/river-days/subscribe/rooms/zagros.svg"
    answers = [client.get(address) for address in (page, calendar)]
    assert [answer.content_type for answer in answers] == ["image/svg+xml"] * 2
    assert answers[0].data != answers[1].data
    for address in ("rooms/none/sheet", "rooms/none/sheet.svg"):
        assert client.get(f"/ar/river-days/{address}").status_code == 404


def test_without_sessions_there_is_no_sheet(client: FlaskClient, programmes: Programmes) -> None:
    nowhere = session("4CDFGH", room=None, status=Status.CONFIRMED)
    programmes.release(msgspec.structs.replace(PROGRAMME, sessions=(nowhere,)))
    assert sheets(client, "/en/river-days/sheets") == []
    assert "Nothing has a place in a room yet." in client.get("/en/river-days/sheets").text


def test_rooms_and_calendars_lead_to_the_sheets(client: FlaskClient) -> None:
    assert "/en/river-days/rooms/tigris/sheet" in client.get("/en/river-days/rooms/tigris").text
    assert "/en/river-days/sheets" in client.get("/en/river-days/subscribe").text
