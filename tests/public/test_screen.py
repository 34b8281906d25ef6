"""The screen in the hall: whole without script, and with data to go on without a line."""

import re
from datetime import datetime
from typing import Any

import msgspec
import pytest
from flask.testing import FlaskClient
from lxml import html

from planner.programme.vocabulary import Status
from planner.public import now
from tests.crowds import crowded
from tests.examples import PROGRAMME, session
from tests.public.conftest import Programmes
from tests.public.test_now import Clock, text_of

ADDRESS = "/en/river-days/screen"


@pytest.fixture(autouse=True)
def set_clock(monkeypatch: pytest.MonkeyPatch, programmes: Programmes) -> Clock:
    """Return the clock by which pages are made, with the example published."""
    found = Clock()
    monkeypatch.setattr(now, "present", found)
    programmes.release(PROGRAMME)
    return found


def tiles(client: FlaskClient, address: str = ADDRESS) -> list[str]:
    """Return the texts of the tiles."""
    document = html.document_fromstring(client.get(address).text)
    return [text_of(tile) for tile in document.xpath("//section[@class='tile']")]


def data_of(client: FlaskClient, query: str = "", lang: str = "en") -> dict[str, Any]:
    """Return the data with which the screen goes on."""
    answer = client.get(f"/{lang}/river-days/screen.json{query}")
    assert answer.content_type == "application/json"
    found: dict[str, Any] = answer.get_json()
    return found


def test_without_script_it_shows_what_is_on_in_the_language_of_its_address(
    client: FlaskClient,
) -> None:
    assert tiles(client) == [
        "All rooms On now 09:00–10:00 Opening Next 11:00–11:15 Tea",
        "Tigris Hall Next 10:00–11:00 حق الوصول إلى الماء",
    ]
    assert "پشووی چا" in tiles(client, "/ckb/river-days/screen")[0]
    (title,) = html.document_fromstring(client.get(ADDRESS).text).xpath(
        "//section[2]//p[@class='title']/span"
    )
    assert (title.get("lang"), title.get("dir")) == ("ar", "rtl")


def test_without_script_it_turns_its_pages_by_itself(
    client: FlaskClient, programmes: Programmes
) -> None:
    programmes.release(crowded(200, 8, 3))

    def following(address: str) -> str:
        found = re.search(r'content="20; url=([^"]+)"', client.get(address).text)
        assert found
        return found[1]

    first = "/en/crowd/screen"
    second = following(first)
    assert second == "/en/crowd/screen?page=1"
    assert following(second) == first
    assert set(tiles(client, first)).isdisjoint(tiles(client, second))
    assert len(tiles(client, first)) == len(tiles(client, second)) == 4


@pytest.mark.parametrize(
    ("there", "told"),
    [("17 12:00", "It begins tomorrow at \u206809:00\u2069."), ("19 12:00", "It is over.")],
)
def test_before_and_after_it_says_so(
    client: FlaskClient, set_clock: Clock, there: str, told: str
) -> None:
    set_clock.set(there)
    document = html.document_fromstring(client.get(ADDRESS).text)
    assert told in text_of(document.xpath("//p[@class='phase']")[0])
    assert tiles(client) == []


def test_the_screen_of_a_room_shows_that_and_what_is_held_in_all(client: FlaskClient) -> None:
    assert [
        tile.split(" On")[0].split(" Next")[0] for tile in tiles(client, f"{ADDRESS}?room=tigris")
    ] == [
        "All rooms",
        "Tigris Hall",
    ]
    places = {session["place"] for session in data_of(client, "?room=tigris")["sessions"]}
    assert places == {"*", "tigris"}
    assert client.get(f"{ADDRESS}?room=none").status_code == 404
    assert client.get("/en/river-days/screen.json?room=none").status_code == 404


def test_the_data_are_of_this_day_and_the_next_in_every_language(
    client: FlaskClient, set_clock: Clock
) -> None:
    data = data_of(client)
    assert data["zone"] == "Asia/Baghdad"
    assert data["languages"] == [["en", "ltr"], ["ar", "rtl"], ["ckb", "rtl"]]
    assert set(data["words"]) == {"en", "ar", "ckb"}
    assert [session["day"] for session in data["sessions"]] == ["2017-01-18"] * 4 + ["2017-01-19"]
    assert data["more"] is False
    opening = data["sessions"][0]
    assert (opening["from"], opening["to"]) == ("2017-01-18T09:00", "2017-01-18T10:00")
    assert opening["title"]["ckb"] == ["کردنەوە", "ckb", "rtl"]
    assert data["sessions"][1]["title"]["en"] == ["حق الوصول إلى الماء", "ar", "rtl"]
    assert [place for place, _ in data["places"]] == ["*", "tigris", "zagros", ""]
    set_clock.set("19 10:00")
    assert data_of(client)["sessions"][-1]["day"] == "2017-01-19"


def test_the_data_say_whether_there_is_more_to_come(
    client: FlaskClient, programmes: Programmes
) -> None:
    programmes.release(crowded(40, 5, 4))
    data = client.get("/en/crowd/screen.json").get_json()
    assert data["more"] is True
    assert {session["day"] for session in data["sessions"]} == {"2017-01-18", "2017-01-19"}


def test_every_hour_in_words_has_its_place(client: FlaskClient) -> None:
    for words in data_of(client)["words"].values():
        for told in (words["today"], words["tomorrow"], words["noLine"], *words["days"].values()):
            assert "\u2066{time}\u2069" in told


def test_it_names_nobody(client: FlaskClient) -> None:
    """What hangs in a hall is photographed."""
    for address in (ADDRESS, f"{ADDRESS}.json", "/en/river-days/sheets"):
        text = client.get(address).text
        assert "Siduri" not in text
        assert "A voice" not in text


def test_a_session_without_a_title_is_called_by_its_code(
    client: FlaskClient, programmes: Programmes
) -> None:
    bare = msgspec.structs.replace(PROGRAMME.sessions[0], title={})
    programmes.release(msgspec.structs.replace(PROGRAMME, sessions=(bare,)))
    assert "3CDFGH" in tiles(client)[0]
    assert data_of(client)["sessions"][0]["title"] == {"en": ["3CDFGH", "en", "ltr"]}


def test_the_data_of_many_sessions_are_light(client: FlaskClient, programmes: Programmes) -> None:
    programmes.release(crowded(200, 8, 3))
    answer = client.get("/en/crowd/screen.json", headers={"Accept-Encoding": "gzip"})
    assert len(answer.data) < 15_000


def test_of_many_at_once_in_one_place_two_are_told_cancelled_ones_last(
    client: FlaskClient, programmes: Programmes
) -> None:
    nine = datetime(2017, 1, 18, 9)
    gone = session("3CDFGH", starts_at=nine, title={"en": "Gone"}, status=Status.CANCELLED)
    others = [session(f"{n}CDFGH", starts_at=nine, title={"en": f"On {n}"}) for n in (4, 6)]
    programmes.release(msgspec.structs.replace(PROGRAMME, sessions=(gone, *others)))
    assert tiles(client) == ["Tigris Hall On now 09:00–10:00 On 4 On now 09:00–10:00 On 6"]
