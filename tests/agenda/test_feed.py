"""The calendar of an agenda, as three parsers read it through every change of the programme."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from planner.events.models import TextState
from planner.programme.vocabulary import Stage
from planner.sessions.models import State
from planner.sessions.operations import place, set_text
from tests.agenda.reading import Reader, public
from tests.calendars.reading import Reading, with_ical, with_ics, with_vobject
from tests.conftest import BASE_URL
from tests.formats.feeds import values_of
from tests.plans import FIRST, OPENING, SLUG, WATER, WOMEN, at, plan_to_change, released
from tests.statements import statements

UID = "session-{}@river-days.example"
DAYS = "event-river-days@river-days.example"


class Subscriber:
    """A calendar program that asks again and again, without cookies."""

    def __init__(self, app: Flask, reader: Reader) -> None:
        self.address = reader.feed
        self.client = app.test_client(use_cookies=False)
        self.last: Reading = {}

    def get(self, **headers: str):  # type: ignore[no-untyped-def]
        """Ask for the calendar."""
        return self.client.get(self.address, base_url=BASE_URL, headers=headers)

    def read(self) -> Reading:
        """Return what it holds, the same for every parser; stamps and revisions never go back."""
        answer = self.get()
        assert answer.status_code == 200
        found = with_vobject(answer.data)
        assert found == with_ics(answer.data) == with_ical(answer.data)
        for uid, event in found.items():
            before = self.last.get(uid)
            if before is not None and before != event:
                assert event.modified > before.modified
            if before is not None and before[:3] != event[:3]:
                assert event.sequence > before.sequence
        self.last = found
        return found


@pytest.fixture
def reader(app: Flask) -> Reader:
    """Publish the small event; return somebody with two stars."""
    public(app)
    somebody = Reader(app, "ar")
    somebody.star(WATER, WOMEN)
    return somebody


@pytest.fixture
def subscriber(app: Flask, reader: Reader) -> Subscriber:
    """Return a program that follows the agenda."""
    return Subscriber(app, reader)


def test_it_follows_the_programme_and_its_reader(reader: Reader, subscriber: Subscriber) -> None:
    assert set(subscriber.read()) == {UID.format(WATER), UID.format(WOMEN)}
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(15), room=plan.rooms["zagros"])
    released(hours=1)
    moved = subscriber.read()[UID.format(WATER)]
    assert moved.start == datetime(2017, 1, 18, 12, tzinfo=UTC)
    with plan_to_change() as plan:
        plan.sessions[WOMEN].state = State.WITHDRAWN
        set_text(plan.sessions[WATER], "ar", title="الماء حق", abstract="", state=TextState.DRAFT)
    released(hours=2)
    read = subscriber.read()
    assert read[UID.format(WOMEN)].status == "CANCELLED"
    assert "الماء حق" in read[UID.format(WATER)].summary
    released(Stage.FINAL, hours=3)
    assert subscriber.read()[UID.format(WATER)].status == "CONFIRMED"
    reader.star(OPENING)
    reader.post("/stars", {"off": WATER})
    assert set(subscriber.read()) == {UID.format(OPENING), UID.format(WOMEN)}


def test_its_events_are_the_octets_of_the_public_feeds(
    reader: Reader, subscriber: Subscriber
) -> None:
    whole = reader.client.get(f"{reader.base}/calendar/sessions/{WATER}.ics").data
    event = whole[whole.index(b"BEGIN:VEVENT") : whole.index(b"END:VCALENDAR")]
    assert event in subscriber.get().data


def test_it_is_never_empty(reader: Reader, subscriber: Subscriber) -> None:
    """An empty calendar would leave the former sessions standing in GNOME."""
    reader.post("/empty")
    assert values_of(subscriber.get().data, "UID") == [f":{DAYS}"]


def test_a_session_that_is_gone_from_the_programme_is_gone_from_it(
    reader: Reader, subscriber: Subscriber
) -> None:
    """As in the public feeds, when the event is over: no calendar keeps what nobody tells of."""
    with plan_to_change() as plan:
        plan.sessions[WOMEN].state = State.WITHDRAWN
    released(hours=1)
    assert UID.format(WOMEN) in subscriber.read()
    with plan_to_change() as plan:
        plan.event.tagline = {"en": "Thanks to all"}
    released(hours=24 * 40)
    assert set(subscriber.read()) == {UID.format(WATER)}
    reader.post("/stars", {"off": WATER})
    assert values_of(subscriber.get().data, "UID") == [f":{DAYS}"]


def test_it_is_asked_for_conditionally(reader: Reader, subscriber: Subscriber) -> None:
    for encoding in ("identity", "gzip"):
        first = subscriber.get(**{"Accept-Encoding": encoding})
        assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert first.headers["Cache-Control"] == "private, max-age=300"
        assert "Set-Cookie" not in first.headers
        again = subscriber.get(
            **{"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]}
        )
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
    plain, packed = subscriber.get(), subscriber.get(**{"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    since = subscriber.get(**{"If-Modified-Since": plain.headers["Last-Modified"]})
    assert since.status_code == 304
    reader.post("/stars", {"off": WATER})
    assert subscriber.get(**{"If-None-Match": plain.headers["ETag"]}).status_code == 200


def test_a_release_that_changes_none_of_its_sessions_leaves_it_known(
    reader: Reader, subscriber: Subscriber
) -> None:
    known = subscriber.get().headers["ETag"]
    with plan_to_change() as plan:
        place(plan.sessions[OPENING], starts_at=at(8), room=plan.rooms["tigris"])
    released(hours=1)
    assert subscriber.get(**{"If-None-Match": known}).status_code == 304


def test_its_date_is_that_of_the_later_change(
    app: Flask, reader: Reader, subscriber: Subscriber, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = FIRST + timedelta(hours=5)
    monkeypatch.setattr("planner.agenda.operations.now", lambda: moment)
    reader.star(OPENING)
    assert subscriber.get().last_modified == moment
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(15), room=plan.rooms["tigris"])
    released(hours=6)
    assert subscriber.get().last_modified == FIRST + timedelta(hours=6)


def test_a_dead_address_is_not_found_and_no_page(reader: Reader, subscriber: Subscriber) -> None:
    reader.post("/delete")
    unknown = reader.client.get(f"{reader.base}/calendar/agenda/{'A' * 43}.ics")
    assert subscriber.get().data == unknown.data
    assert subscriber.get().status_code == 404
    assert subscriber.get().mimetype == "text/plain"


def test_the_key_opens_no_calendar_and_the_calendar_tells_no_token(
    reader: Reader, subscriber: Subscriber
) -> None:
    address = f"{reader.base}/calendar/agenda/{reader.key}.ics"
    assert reader.client.get(address).status_code == 404
    token = subscriber.address.rsplit("/", 1)[1].removesuffix(".ics").encode()
    body = subscriber.get().data.replace(b"\r\n ", b"")
    assert token not in body
    assert b"SOURCE" not in body


def test_it_costs_one_statement_besides_that_for_the_release(subscriber: Subscriber) -> None:
    subscriber.get()
    with statements() as sent:
        subscriber.get()
    assert len(sent) == 2
    assert sum("agenda" in statement for statement in sent) == 1


def test_who_reads_it_in_another_language_gets_the_same_sessions(
    app: Flask, reader: Reader, subscriber: Subscriber
) -> None:
    subscriber.address = subscriber.address.replace("/ar/", "/ckb/")
    assert set(subscriber.read()) == {UID.format(WATER), UID.format(WOMEN)}
    assert SLUG in subscriber.address
