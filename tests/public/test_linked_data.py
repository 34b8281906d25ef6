"""What search engines read of an event and of a session."""

import json
from typing import Any

import msgspec
import pytest
from flask.testing import FlaskClient
from lxml import html

from planner.programme.document import Placement
from planner.programme.vocabulary import Change
from tests.conftest import BASE_URL
from tests.examples import PROGRAMME, session
from tests.public.conftest import Programmes


@pytest.fixture(autouse=True)
def _published(programmes: Programmes) -> None:
    programmes.release(PROGRAMME)


def told(client: FlaskClient, path: str, lang: str = "en") -> Any:
    """Return the data that a page holds."""
    document = html.fromstring(client.get(f"/{lang}/river-days/{path}").text)
    (script,) = document.xpath("//script[@type='application/ld+json']")
    return json.loads(script.text)


def test_an_event_says_when_and_where_it_is(client: FlaskClient) -> None:
    data = told(client, "", "ckb")
    assert data["@type"] == "Event"
    assert data["name"] == "ڕۆژانی ڕووبار"
    assert (data["startDate"], data["endDate"]) == ("2017-01-18", "2017-01-19")
    assert data["location"]["name"] == "ماڵی قامیش"
    assert data["location"]["geo"]["latitude"] == 35.5613
    assert data["organizer"] == [{"@type": "Organization", "name": "چنەران"}]
    assert data["url"] == f"{BASE_URL}/ckb/river-days/"


def test_a_session_says_its_hours_with_the_venues_offset(client: FlaskClient) -> None:
    data = told(client, "sessions/3CDFGH")
    (found,) = (each for each in PROGRAMME.sessions if each.code == "3CDFGH")
    assert data["startDate"] == f"{found.starts_at.isoformat()}+03:00"
    assert data["endDate"].endswith("+03:00")
    assert data["url"] == f"{BASE_URL}/en/river-days/sessions/3CDFGH"
    assert data["superEvent"]["name"] == "River Days; a conference"


def test_only_people_who_are_named_perform(client: FlaskClient) -> None:
    """Neither a pseudonym nor a withheld name is a person to search engines."""
    assert told(client, "sessions/3CDFGH")["performer"] == [
        {
            "@type": "Person",
            "name": "Siduri of the Tavern",
            "affiliation": "House of Tablets",
        }
    ]


def test_a_session_that_moved_says_from_when(client: FlaskClient, programmes: Programmes) -> None:
    moved = session(
        "4CDFGH",
        changes=(Change.MOVED,),
        formerly=Placement(
            starts_at=PROGRAMME.sessions[0].starts_at.replace(hour=7), minutes=60, room=None
        ),
    )
    programmes.release(msgspec.structs.replace(PROGRAMME, sessions=(moved,)))
    data = told(client, "sessions/4CDFGH")
    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert "T07:00:00+03:00" in data["previousStartDate"]


def test_a_cancelled_session_says_so(client: FlaskClient) -> None:
    assert told(client, "sessions/6CDFGH")["eventStatus"] == "https://schema.org/EventCancelled"


def test_what_people_wrote_cannot_end_the_data(client: FlaskClient, programmes: Programmes) -> None:
    title = "</script><script>alert(1)</script> & <b>"
    hostile = session("4CDFGH", title={"ar": title})
    programmes.release(msgspec.structs.replace(PROGRAMME, sessions=(hostile,)))
    assert told(client, "sessions/4CDFGH")["name"] == title
    assert "<script>alert" not in client.get("/ar/river-days/sessions/4CDFGH").text


@pytest.mark.parametrize(
    ("path", "picture"),
    [("", "event"), ("programme", "event"), ("themes/water", PROGRAMME.themes[0].colour.value)],
)
def test_a_link_that_is_passed_on_has_a_picture(
    client: FlaskClient, path: str, picture: str
) -> None:
    document = html.fromstring(client.get(f"/en/river-days/{path}").text)
    (address,) = document.xpath("//meta[@property='og:image']/@content")
    assert address.startswith(f"{BASE_URL}/static/cards/{picture}.png?")
    sent = client.get(address.removeprefix(BASE_URL))
    assert (sent.status_code, sent.mimetype) == (200, "image/png")
    locales = document.xpath("//meta[@property='og:locale:alternate']/@content")
    assert locales == ["ar_IQ", "ckb_IQ"]
