"""What is answered when something went wrong."""

import json

import pytest
from flask import Flask, Response, abort
from flask.testing import FlaskClient
from lxml import html
from werkzeug.exceptions import ServiceUnavailable

from tests.examples import PROGRAMME
from tests.public.conftest import Programmes


@pytest.fixture(autouse=True)
def released(programmes: Programmes) -> None:
    """Publish the programme of the example."""
    programmes.release(PROGRAMME)


def heading(answer: Response) -> str:
    """Return the heading of a page."""
    (found,) = html.document_fromstring(answer.get_data(as_text=True)).xpath("//h1")
    return str(found.text_content())


def test_a_missing_page_of_an_event_keeps_its_look_and_leads_back(client: FlaskClient) -> None:
    answer = client.get("/ckb/river-days/sessions/nothing")

    document = html.document_fromstring(answer.text)
    assert answer.status_code == 404
    assert document.get("lang") == "ckb"
    assert document.get("dir") == "rtl"
    assert "ڕۆژانی ڕووبار" in document.xpath("//header")[0].text_content()
    assert document.xpath("//main//a/@href") == ["/ckb/river-days/programme", "/ckb/river-days/"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_missing_event_leads_to_the_list_of_events(client: FlaskClient) -> None:
    answer = client.get("/ar/sea-days/programme")

    document = html.document_fromstring(answer.text)
    assert answer.status_code == 404
    assert document.get("lang") == "ar"
    assert document.xpath("//main//a/@href") == ["/ar/"]


def test_an_address_without_a_language_is_answered_in_the_readers(client: FlaskClient) -> None:
    answer = client.get("/river-days/nothing", headers={"Accept-Language": "ku-Arab-IQ, en;q=0.5"})

    assert html.document_fromstring(answer.text).get("lang") == "ckb"
    assert answer.headers["Content-Language"] == "ckb"


@pytest.mark.parametrize(
    "address",
    [
        "/ckb/river-days/calendar/themes/fire.ics",
        "/sea-days/schedule.xml",
        "/sea-days/schedule.json",
        "/api/v1/events/sea-days/programme",
        "/ar/river-days/subscribe/themes/fire.svg",
        "/static/nothing.css",
    ],
)
def test_a_missing_file_is_answered_in_plain_text(client: FlaskClient, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 404
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.text.startswith("404 ")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_method_that_is_not_allowed_names_those_that_are(client: FlaskClient) -> None:
    answer = client.delete("/healthz")

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_what_an_error_says_in_its_headers_is_kept(new_app: Flask) -> None:
    def unavailable() -> None:
        raise ServiceUnavailable(retry_after=120)

    new_app.add_url_rule("/en/unavailable", view_func=unavailable)

    answer = new_app.test_client().get("/en/unavailable")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "120"
    assert answer.headers.getlist("Content-Type") == ["text/html; charset=utf-8"]


@pytest.mark.parametrize("code", [400, 403, 404, 405, 410, 413, 418, 429, 500, 501, 503])
@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_every_error_has_a_page_in_every_language(new_app: Flask, code: int, lang: str) -> None:
    def fail() -> None:
        abort(code)

    new_app.add_url_rule(f"/{lang}/river-days/fails", view_func=fail)

    answer = new_app.test_client().get(f"/{lang}/river-days/fails")

    document = html.document_fromstring(answer.text)
    assert answer.status_code == code
    assert document.get("lang") == lang
    assert heading(answer)
    assert document.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert document.xpath("//main//a/@href")


def test_a_fault_of_ours_is_noted_and_tells_nothing_of_itself(
    new_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down() -> None:
        raise RuntimeError("the secret of Enkidu")

    new_app.config["PROPAGATE_EXCEPTIONS"] = False
    new_app.add_url_rule("/ar/river-days/breaks", view_func=break_down)

    answer = new_app.test_client().get("/ar/river-days/breaks")

    assert answer.status_code == 500
    assert "Enkidu" not in answer.text
    assert "Traceback" not in answer.text
    assert "the secret of Enkidu" in caplog.text
    assert "Content-Security-Policy" in answer.headers


def test_a_fault_of_ours_is_told_even_when_no_programme_can_be_had(
    app: Flask, client: FlaskClient
) -> None:
    class Broken(Programmes):
        def current(self, slug: str) -> None:
            raise ConnectionError(slug)

    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.extensions["planner.programmes"] = Broken()

    answer = client.get("/ckb/river-days/programme")

    assert answer.status_code == 500
    assert heading(answer)


def test_an_answer_that_was_made_elsewhere_is_left_as_it_is(new_app: Flask) -> None:
    def refuse() -> None:
        abort(Response(json.dumps({"refused": True}), 403, content_type="application/json"))

    new_app.add_url_rule("/en/refused", view_func=refuse)

    answer = new_app.test_client().get("/en/refused")

    assert (answer.status_code, answer.json) == (403, {"refused": True})


def test_sending_readers_on_is_no_error(client: FlaskClient) -> None:
    answer = client.get("/ckb/river-days")

    assert answer.status_code == 308
    assert answer.headers["Location"].endswith("/ckb/river-days/")


def test_a_head_request_has_no_body(client: FlaskClient) -> None:
    answer = client.head("/ckb/river-days/nothing")

    assert (answer.status_code, answer.data) == (404, b"")
