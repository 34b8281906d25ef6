"""The programme in a frame of other sites."""

import msgspec
import pytest
from flask.testing import FlaskClient
from lxml import html

from planner.programme.document import Programme
from tests.conftest import BASE_URL
from tests.examples import PROGRAMME
from tests.public.conftest import Programmes


def allowing() -> Programme:
    """Return the example as an event that other sites may show."""
    event = msgspec.structs.replace(PROGRAMME.event, may_be_embedded=True)
    return msgspec.structs.replace(PROGRAMME, event=event)


def test_no_site_may_show_an_event_that_did_not_allow_it(
    client: FlaskClient, programmes: Programmes
) -> None:
    programmes.release(PROGRAMME)
    assert client.get("/en/river-days/embed").status_code == 404
    assert (
        "<iframe" not in html.fromstring(client.get("/en/river-days/subscribe").text).text_content()
    )


def test_every_site_may_show_one_that_did(client: FlaskClient, programmes: Programmes) -> None:
    programmes.release(allowing())
    answer = client.get("/ckb/river-days/embed?theme=water")
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "Set-Cookie" not in answer.headers
    document = html.fromstring(answer.text)
    assert (document.get("lang"), document.get("dir")) == ("ckb", "rtl")
    assert document.xpath("//base/@target") == ["_blank"]
    assert document.xpath("//form | //button | //nav | //script") == []
    titles = document.xpath("//li[contains(@class, 'card')]")
    assert 0 < len(titles) < len(PROGRAMME.sessions)


@pytest.mark.parametrize("path", ["", "programme", "sessions/4CDFGH"])
def test_no_other_page_may_be_shown_in_a_frame(
    client: FlaskClient, programmes: Programmes, path: str
) -> None:
    programmes.release(allowing())
    policy = client.get(f"/en/river-days/{path}").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy


def test_the_page_on_subscribing_tells_what_to_put_into_ones_own(
    client: FlaskClient, programmes: Programmes
) -> None:
    programmes.release(allowing())
    document = html.fromstring(client.get("/ar/river-days/subscribe").text)
    (code,) = document.xpath("//pre[contains(@class, 'snippet')]/code")
    frame = html.fragment_fromstring(code.text_content())
    assert frame.get("src") == f"{BASE_URL}/ar/river-days/embed"
    assert client.get("/ar/river-days/embed").status_code == 200


def test_nothing_found_is_said(client: FlaskClient, programmes: Programmes) -> None:
    programmes.release(allowing())
    answer = client.get("/en/river-days/embed?room=no-such-room")
    assert answer.status_code == 200
    assert "No session of the programme is like that." in answer.text
