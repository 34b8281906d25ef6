"""An agenda on other devices, and with other people."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from planner.agenda import operations
from planner.agenda.models import Agenda
from planner.extensions import db
from tests.agenda.reading import Reader, public, stars_on
from tests.plans import OPENING, WATER, WOMEN


@pytest.fixture
def reader(app: Flask) -> Reader:
    """Publish the small event; return somebody with two stars."""
    public(app)
    somebody = Reader(app)
    somebody.star(WATER, WOMEN)
    return somebody


def test_a_friend_reads_and_subscribes_and_changes_nothing(app: Flask, reader: Reader) -> None:
    friend = Reader(app)
    page = friend.page(reader.shared)
    assert f"/sessions/{WATER}" in page
    assert "Add all of these to my agenda" in page
    assert reader.feed in page
    assert stars_on(page) == []
    assert reader.key is not None
    assert reader.key not in page
    assert friend.key is None
    assert "This is your own agenda, as others see it." in reader.page(reader.shared)


def test_a_friend_adds_all_of_them_to_an_agenda_of_their_own(app: Flask, reader: Reader) -> None:
    friend = Reader(app, "ckb")
    friend.star(OPENING)
    answer = friend.post(reader.shared.replace("/en/", "/ckb/"))
    assert answer.location == f"{friend.base}/agenda?done=joined"
    assert sorted(stars_on(friend.page())) == [OPENING, WATER, WOMEN]
    assert sorted(stars_on(reader.page())) == [WATER, WOMEN]
    newcomer = Reader(app)
    newcomer.post(reader.shared)
    assert sorted(stars_on(newcomer.page())) == [WATER, WOMEN]
    assert len({reader.key, friend.key, newcomer.key}) == 3


def test_another_device_is_asked_and_then_has_the_same_agenda(app: Flask, reader: Reader) -> None:
    phone = Reader(app)
    page = phone.page(reader.taken)
    assert "2 sessions are in it." in page
    assert phone.key is None
    assert "Use this agenda here" in page
    phone.post(reader.taken)
    assert phone.key == reader.key
    phone.star(OPENING)
    assert sorted(stars_on(reader.page())) == [OPENING, WATER, WOMEN]
    assert "This device has this agenda already." in phone.page(reader.taken)


def test_what_was_on_the_other_device_is_joined(app: Flask, reader: Reader) -> None:
    phone = Reader(app)
    phone.star(OPENING)
    feed = phone.feed
    assert "This device has an agenda already, with 1 session." in phone.page(reader.taken)
    phone.post(reader.taken, {"how": "join"})
    assert phone.key == reader.key
    assert sorted(stars_on(phone.page())) == [OPENING, WATER, WOMEN]
    assert reader.get(feed).status_code == 200  # somebody may have subscribed to it


def test_or_it_is_replaced_and_deleted(app: Flask, reader: Reader) -> None:
    phone = Reader(app)
    phone.star(OPENING)
    feed = phone.feed
    phone.post(reader.taken, {"how": "replace"})
    assert sorted(stars_on(phone.page())) == [WATER, WOMEN]
    assert reader.get(feed).status_code == 404
    assert db.session.scalar(select(func.count()).select_from(Agenda)) == 1


def test_taking_what_one_has_deletes_nothing(reader: Reader) -> None:
    reader.post(reader.taken, {"how": "replace"})
    assert sorted(stars_on(reader.page())) == [WATER, WOMEN]


def test_what_does_not_fit_together_leaves_both_as_they_are(
    app: Flask, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = Reader(app)
    phone.star(OPENING)
    own = phone.key
    monkeypatch.setattr(operations, "MOST_STARS", 2)
    for path in (reader.taken, reader.shared):
        assert phone.post(path, {"how": "join"}).location.endswith("?done=full")
        assert phone.key == own
        assert stars_on(phone.page()) == [OPENING]


def test_links_that_open_nothing_are_not_found(reader: Reader) -> None:
    for token in ("A" * 43, "nothing", "stars", "seen"):
        assert reader.get(f"/{token}").status_code == 404
        assert reader.get(f"/take/{token}").status_code == 404
        assert reader.post(f"/take/{token}").status_code == 404
    assert reader.get(reader.shared.replace("/agenda/", "/agenda/take/")).status_code == 404
    assert reader.get(reader.taken.replace("/agenda/take/", "/agenda/")).status_code == 404


def test_addresses_with_a_token_are_told_to_no_page(reader: Reader) -> None:
    for path in (reader.shared, reader.taken):
        answer = reader.get(path)
        assert answer.headers["Referrer-Policy"] == "strict-origin"
        assert answer.headers["Cache-Control"] == "no-store"
        assert '<meta name="robots" content="noindex">' in answer.text
    assert reader.get(reader.feed).headers["Referrer-Policy"] == "no-referrer"
