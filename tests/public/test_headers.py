"""What every answer carries, and what a request may not do without a token."""

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from planner import create_app
from planner.public.headers import CONTENT_SECURITY_POLICY
from tests.examples import PROGRAMME
from tests.public.conftest import Programmes


@pytest.fixture(autouse=True)
def _released(programmes: Programmes) -> None:
    programmes.release(PROGRAMME)


@pytest.mark.parametrize(
    ("address", "caching", "shared"),
    [
        ("/ar/river-days/programme", "public, max-age=60", "same-origin"),
        ("/ar/river-days/calendar/programme.ics", "public, max-age=300", "cross-origin"),
        ("/static/barnama.css", "public, max-age=300", "same-origin"),
        ("/nowhere/at/all", "no-store", "same-origin"),
        ("/healthz", "no-store", "same-origin"),
    ],
)
def test_every_answer_carries_them_once(
    client: FlaskClient, address: str, caching: str, shared: str
) -> None:
    for _ in range(2):
        headers = client.get(address).headers
        assert headers.getlist("Content-Security-Policy") == [CONTENT_SECURITY_POLICY]
        assert headers.getlist("X-Content-Type-Options") == ["nosniff"]
        assert headers.getlist("Referrer-Policy") == ["same-origin"]
        assert headers.getlist("Strict-Transport-Security") == ["max-age=31536000"]
        assert headers.getlist("Cache-Control") == [caching]
        assert headers.getlist("Cross-Origin-Resource-Policy") == [shared]
        assert "Set-Cookie" not in headers


def test_nobody_is_bound_to_https_by_a_server_without_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    instance = tmp_path_factory.mktemp("instance")
    app = create_app({"PLANNER_INSTANCE": str(instance), "BASE_URL": "http://127.0.0.1:5000"})
    assert "Strict-Transport-Security" not in app.test_client().get("/robots.txt").headers


def test_an_answer_may_have_a_policy_of_its_own(new_app: Flask) -> None:
    policy = "default-src 'none'; frame-ancestors *"
    new_app.add_url_rule(
        "/embedded", view_func=lambda: Response("", headers={"Content-Security-Policy": policy})
    )
    answer = new_app.test_client().get("/embedded")
    assert answer.headers.getlist("Content-Security-Policy") == [policy]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_what_could_change_something_needs_a_token(new_app: Flask, method: str) -> None:
    new_app.add_url_rule("/change", view_func=lambda: "changed", methods=["GET", method])
    client = new_app.test_client()
    assert client.get("/change").status_code == 200
    assert client.open("/change", method=method).status_code == 400


def test_a_cookie_that_nobody_signed_opens_no_session(new_app: Flask) -> None:
    from flask import session

    new_app.add_url_rule("/desk/who", view_func=lambda: str(dict(session)))
    client = new_app.test_client()
    client.set_cookie("session", "eyJ1c2VyIjoxfQ.forged.signature")
    assert client.get("/desk/who").text == "{}"
    with client.session_transaction("/desk/") as opened:
        opened["user"] = "شهرزاد"
    assert client.get("/desk/who").text == "{'user': 'شهرزاد'}"
