"""No page of another site changes an agenda, and robots do not fill the database."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from planner.agenda import frame
from planner.agenda.models import Agenda
from planner.extensions import db
from planner.lib.buckets import Buckets
from tests.agenda.reading import Reader, public, stars_on
from tests.conftest import BASE_URL
from tests.plans import OPENING, WATER


@pytest.fixture
def reader(app: Flask) -> Reader:
    """Publish the small event; return somebody with a star."""
    public(app)
    somebody = Reader(app)
    somebody.star(WATER)
    return somebody


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": BASE_URL}, 403),
        ({"Origin": BASE_URL}, 303),
        ({"Origin": "https://other.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_only_our_own_pages_change_an_agenda(
    reader: Reader, headers: dict[str, str], status: int
) -> None:
    assert reader.post("/stars", {"code": OPENING}, **headers).status_code == status
    assert (OPENING in stars_on(reader.page())) is (status == 303)
    for path in ("/empty", "/delete", "/seen", reader.taken, reader.shared):
        if status == 403:
            assert reader.post(path, None, **headers).status_code == 403
    assert reader.key is not None


def test_agendas_are_made_no_faster_than_a_hall_full_of_people_makes_them(
    app: Flask, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame, "_FROM_ONE", Buckets(3))
    monkeypatch.setattr(frame, "_FROM_ALL", Buckets(5))
    statuses = []
    for address in ("203.0.113.1", "203.0.113.2", "198.51.100.1"):
        for _ in range(3):
            newcomer = Reader(app)
            newcomer.client.environ_base["REMOTE_ADDR"] = address
            answer = newcomer.star(WATER)
            statuses.append(answer.status_code)
    assert statuses == [303, 303, 303, 429, 429, 429, 429, 429, 429]
    assert int(answer.headers["Retry-After"]) > 0
    assert db.session.scalar(select(func.count()).select_from(Agenda)) == 4
    assert reader.star(OPENING).status_code == 303  # who has one is not held back


def test_a_key_that_opens_nothing_makes_a_new_agenda(reader: Reader) -> None:
    reader.client.set_cookie("agenda-river-days", "A" * 43, domain="programme.example")
    assert "Nothing is in your agenda yet." in reader.page()
    reader.star(OPENING)
    assert reader.key != "A" * 43
    assert stars_on(reader.page()) == [OPENING]
    for nonsense in ("", "x", "A" * 4000):
        reader.client.set_cookie("agenda-river-days", nonsense, domain="programme.example")
        assert "Nothing is in your agenda yet." in reader.page()
