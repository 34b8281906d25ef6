"""A speaker's calendar, as three parsers read it through every change of a slot."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from planner.database import write_tx
from planner.entering.sessions.operations import CHANGED, delete_session
from planner.events.models import Event
from planner.extensions import db
from planner.interpreting.operations import Wanted, set_turns
from planner.journal.models import Entry
from planner.journal.recording import recorded
from planner.journal.undoing import undo
from planner.links.models import Opens, SpeakerLink
from planner.links.operations import revoke
from planner.programme.vocabulary import Role, Stage
from planner.removal.operations import remove_name
from planner.removal.targets import Way
from planner.sessions.models import Answer, Session, State
from planner.sessions.operations import set_people
from planner.slots import calendar
from planner.speakers.models import Speaker, Visibility
from tests.calendars.reading import Read, Reading, with_ical, with_ics, with_vobject
from tests.conftest import BASE_URL
from tests.formats.feeds import values_of
from tests.plans import (
    ENKIDU,
    FIRST,
    OPENING,
    PROPOSED,
    SIDURI,
    SLUG,
    WATER,
    WOMEN,
    ZIN,
    at,
    make_plan,
    plan_to_change,
    released,
)
from tests.slots.speaking import link, show_plan
from tests.statements import statements

UID = f"session-{WATER}@river-days.example"
START = datetime(2017, 1, 18, 7, tzinfo=UTC)


class Subscriber:
    """A calendar program that asks again and again."""

    def __init__(self, app: Flask, code: str, lang: str = "ar") -> None:
        self.token = link(code, Opens.CALENDAR)
        with write_tx() as database:
            for made in database.scalars(select(SpeakerLink)):
                made.created_at = FIRST - timedelta(days=1)
        self.address = f"/{lang}/{SLUG}/calendar/slots/{self.token}.ics"
        self.client = app.test_client(use_cookies=False)
        self.last: Reading = {}

    def get(self, **headers: str) -> TestResponse:
        """Ask for the calendar."""
        return self.client.get(self.address, base_url=BASE_URL, headers=headers)

    def read(self) -> Reading:
        """Return what it holds, the same for every parser; stamps and revisions never go back."""
        response = self.get()
        assert response.status_code == 200
        found = with_vobject(response.data)
        assert found == with_ics(response.data) == with_ical(response.data)
        for uid, event in found.items():
            before = self.last.get(uid)
            if before is not None and _told(before) != _told(event):
                assert event.sequence > before.sequence
                assert event.modified > before.modified
        self.last = found
        return found


def _told(event: Read) -> tuple[object, ...]:
    return event.start, event.end, event.status, event.summary, event.location


@pytest.fixture
def house(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Return an application on the eve of the small event, which shows nothing of its plan."""
    monkeypatch.setattr(calendar, "now", lambda: datetime(2017, 1, 17, tzinfo=UTC))
    make_plan()
    return app


def _event_id() -> int:
    return db.session.scalars(select(Event.id)).one()


_hours = iter(range(1, 1000))


def _later() -> None:
    """Let the newest entry of the journal be of an hour of its own."""
    with write_tx() as database:
        entry = database.scalars(select(Entry).order_by(Entry.id.desc())).first()
        assert entry is not None
        entry.at = FIRST + timedelta(hours=next(_hours))


def _release(stage: Stage = Stage.DRAFT) -> None:
    released(stage, hours=next(_hours))


def _change(**values: object) -> None:
    """Change the panel on water, as organizers do."""
    with recorded(_event_id(), None, CHANGED) as record:
        session = record.database.scalars(select(Session).where(Session.code == WATER)).one()
        for name, value in values.items():
            setattr(session, name, value)
    _later()


def test_a_slot_is_followed_from_the_plan_to_its_end(house: Flask) -> None:
    siduri = Subscriber(house, SIDURI)
    assert values_of(siduri.get().data, "UID") == [f":event-{SLUG}@river-days.example"]
    with recorded(_event_id(), None, CHANGED) as record:
        record.database.scalars(select(Event)).one().shows_plan = True
    _later()
    first = siduri.read()
    assert first[UID].status.upper() == "TENTATIVE"
    assert first[UID].start == START
    _change(starts_at=at(14))
    assert siduri.read()[UID].start == START + timedelta(hours=4)
    _release()
    assert siduri.read()[UID].status.upper() == "TENTATIVE"
    _release(Stage.FINAL)
    _change(audience=50)
    assert siduri.read()[UID].status.upper() == "CONFIRMED"
    _change(starts_at=at(15))
    moved = siduri.read()[UID]
    assert (moved.status.upper(), moved.start) == ("TENTATIVE", START + timedelta(hours=5))
    _release(Stage.FINAL)
    _change(state=State.WITHDRAWN)
    assert siduri.read()[UID].status.upper() == "CANCELLED"
    _release(Stage.FINAL)
    assert siduri.read()[UID].status.upper() == "CANCELLED"


def test_only_what_is_published_is_there_while_the_plan_is_not_shown(house: Flask) -> None:
    _release(Stage.FINAL)
    siduri = Subscriber(house, SIDURI)
    found = siduri.read()
    assert set(found) == {UID, f"session-{OPENING}@river-days.example"}
    _change(starts_at=at(15))
    assert siduri.read()[UID].start == START


def test_a_proposed_slot_without_an_hour_is_not_there(house: Flask) -> None:
    show_plan()
    assert not [uid for uid in Subscriber(house, SIDURI).read() if PROPOSED in uid]


def test_who_declined_does_not_have_it(house: Flask) -> None:
    _release()
    with plan_to_change() as plan:
        for person in plan.sessions[WATER].people:
            person.answer = Answer.DECLINED
    assert UID not in Subscriber(house, SIDURI).read()


def test_what_they_knew_of_and_was_deleted_stays_as_cancelled_until_the_event_is_over(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _release()
    siduri = Subscriber(house, SIDURI)
    page = house.test_client(use_cookies=False)
    address = f"/speak/{link(SIDURI)}"
    shown = page.get(address, base_url=BASE_URL).text
    digest = shown.partition('name="holds_for" value="')[2].partition('"')[0]
    page.post(address, data={"do": "seen", "holds_for": digest}, base_url=BASE_URL)
    assert siduri.read()[UID].status.upper() == "TENTATIVE"
    with recorded(_event_id(), None, CHANGED) as record:
        found = record.database.scalars(select(Session).where(Session.code == WATER)).one()
        record.database.delete(found)
    _later()
    _release()
    assert siduri.read()[UID].status.upper() == "CANCELLED"
    monkeypatch.setattr(calendar, "now", lambda: datetime(2017, 1, 25, tzinfo=UTC))
    response = siduri.get()
    assert response.status_code == 200
    assert UID not in with_vobject(response.data)


def test_what_was_deleted_outright_stays_as_cancelled_though_nobody_was_told(
    house: Flask,
) -> None:
    _release(Stage.FINAL)
    siduri, zin = Subscriber(house, SIDURI), Subscriber(house, ZIN)
    _change(audience=50)
    assert siduri.read()[UID].status.upper() == zin.read()[UID].status.upper() == "CONFIRMED"
    gone = delete_session(_event_id(), None, WATER)  # type: ignore[arg-type]
    assert gone is not None
    number = gone.id
    _later()
    # The public was told who speaks, but not who interprets: theirs it is no more.
    assert siduri.read()[UID].status.upper() == "CONFIRMED"
    assert zin.read()[UID].status.upper() == "CANCELLED"
    _release(Stage.FINAL)
    assert siduri.read()[UID].status.upper() == zin.read()[UID].status.upper() == "CANCELLED"
    undo(_event_id(), None, number)  # type: ignore[arg-type]
    _later()
    _release(Stage.FINAL)
    assert siduri.read()[UID].status.upper() == zin.read()[UID].status.upper() == "CONFIRMED"


def test_who_is_taken_out_of_a_session_reads_that_it_is_off(house: Flask) -> None:
    _release(Stage.FINAL)
    siduri = Subscriber(house, SIDURI)
    before = siduri.get()
    assert siduri.read()[UID].status.upper() == "CONFIRMED"
    with recorded(_event_id(), None, CHANGED) as record:
        water = record.database.scalars(select(Session).where(Session.code == WATER)).one()
        people = [(person.speaker, person.role) for person in water.people]
        set_people(water, [each for each in people if each[0].code != SIDURI])
    _later()
    _release(Stage.FINAL)
    assert siduri.read()[UID].status.upper() == "CANCELLED"
    assert siduri.get().last_modified > before.last_modified  # type: ignore[operator]
    late = Subscriber(house, SIDURI)
    with write_tx() as database:
        for made in database.scalars(select(SpeakerLink)):
            made.created_at = FIRST + timedelta(days=90)
    assert UID not in late.read()


def test_a_name_that_is_removed_from_a_plan_moves_the_stamp(house: Flask, tmp_path: Path) -> None:
    show_plan()
    siduri = Subscriber(house, SIDURI)
    released(hours=next(_hours))
    with plan_to_change() as plan:
        plan.speakers[ENKIDU].visibility = Visibility.PUBLIC
    _change(starts_at=at(15))
    first = siduri.read()[UID]
    assert "أنكيدو" in siduri.get().text
    remove_name(SLUG, ENKIDU, Way.WITHHOLD, instance=tmp_path)
    _later()
    assert "أنكيدو" not in siduri.get().text
    second = siduri.read()[UID]
    assert second.modified > first.modified
    assert second.sequence > first.sequence


def test_what_a_copy_of_it_says_leads_nobody_to_its_address(house: Flask) -> None:
    _release()
    siduri = Subscriber(house, SIDURI)
    told = siduri.get()
    assert siduri.token not in told.text
    assert b"SOURCE" not in told.data
    assert b"CREATED" not in told.data
    assert told.last_modified is not None


def test_turns_are_events_of_their_own(house: Flask) -> None:
    _release()
    zin = db.session.scalars(select(Speaker.id).where(Speaker.code == ZIN)).one()
    turns = [
        Wanted(None, "ar", "ckb", 0, 30, zin),
        Wanted(None, "en", "ckb", 0, 30, zin),
        Wanted(None, "ar", "ckb", 30, 60, zin),
    ]
    set_turns(_event_id(), None, WATER, turns, version=None)  # type: ignore[arg-type]
    _later()
    reader = Subscriber(house, ZIN, "en")
    found = reader.read()
    own = {uid: event for uid, event in found.items() if uid.startswith("turn-")}
    assert [(event.start, event.end) for event in own.values()] == [
        (START, START + timedelta(minutes=30)),
        (START + timedelta(minutes=30), START + timedelta(minutes=60)),
    ]
    assert all("Interpreting:" in event.summary for event in own.values())
    assert UID in found
    other = Subscriber(house, SIDURI).read()
    assert not [uid for uid in other if uid.startswith("turn-")]


def test_what_is_told_to_the_speaker_alone_stands_in_it(house: Flask) -> None:
    show_plan()
    _change(speakers_note="Come a **quarter** of an hour before.", equipment="A beamer")
    told = "".join(values_of(Subscriber(house, SIDURI, "en").get().data, "DESCRIPTION"))
    assert "Come a quarter of an hour before." in told
    assert "A beamer" in told
    assert "Your part: Speaker" in told
    assert "زین" not in told
    assert f"/sessions/{WATER}" not in told


def test_it_is_for_one_reader_and_rings_no_bell(house: Flask) -> None:
    _release()
    siduri = Subscriber(house, SIDURI)
    response = siduri.get()
    assert response.headers["Cache-Control"] == "private, max-age=60"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.content_type == "text/calendar; charset=utf-8"
    assert b"VALARM" not in response.data
    assert b"METHOD" not in response.data
    assert set(values_of(response.data, "CLASS")) == {":PRIVATE"}
    again = siduri.get(**{"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Cache-Control"] == "private, max-age=60"
    assert siduri.get().data == response.data


def test_a_dead_address_answers_as_one_that_never_was(house: Flask) -> None:
    _release()
    siduri = Subscriber(house, SIDURI)
    page = link(SIDURI)
    never = siduri.client.get(f"/ar/{SLUG}/calendar/slots/{'x' * 43}.ics", base_url=BASE_URL)
    with write_tx() as database:
        number = database.scalars(select(Speaker.id).where(Speaker.code == SIDURI)).one()
        revoke(database, [number], Opens.CALENDAR)
    dead = siduri.get()
    wrong = siduri.client.get(f"/ar/{SLUG}/calendar/slots/{page}.ics", base_url=BASE_URL)
    assert dead.status_code == never.status_code == wrong.status_code == 404
    assert dead.data == never.data == wrong.data
    assert sorted(dead.headers) == sorted(never.headers) == sorted(wrong.headers)


def test_the_token_of_the_calendar_opens_no_page_and_no_other_event(house: Flask) -> None:
    siduri = Subscriber(house, SIDURI)
    page = siduri.client.get(f"/speak/{siduri.token}", base_url=BASE_URL)
    assert page.status_code == 404
    make_plan("other-days", codes="4")
    wrong = siduri.address.replace(SLUG, "other-days")
    assert siduri.client.get(wrong, base_url=BASE_URL).status_code == 404


def test_one_subscribes_on_a_page_and_renews_the_address_there(house: Flask) -> None:
    client = house.test_client(use_cookies=False)
    address = f"/speak/{link(SIDURI)}/calendar?lang=en"
    assert "webcal:" not in client.get(address, base_url=BASE_URL).text
    assert client.post(address, base_url=BASE_URL).status_code == 303
    first = client.get(address, base_url=BASE_URL).text
    assert first.count("webcal:") == 1
    assert first == client.get(address, base_url=BASE_URL).text
    token = first.partition("/calendar/slots/")[2].partition(".ics")[0]
    feed = f"/en/{SLUG}/calendar/slots/{token}.ics"
    assert client.get(feed, base_url=BASE_URL).status_code == 200
    client.post(address, base_url=BASE_URL)
    assert client.get(feed, base_url=BASE_URL).status_code == 404
    assert token not in client.get(address, base_url=BASE_URL).text


def test_it_takes_the_same_statements_however_much_there_is(house: Flask) -> None:
    show_plan()
    siduri = Subscriber(house, SIDURI)

    def asked() -> int:
        with statements() as sent:
            siduri.get()
        return len(sent)

    asked()
    few = asked()
    with plan_to_change() as plan:
        siduri_herself = plan.speakers[SIDURI]
        for code in (PROPOSED, WOMEN):
            session = plan.sessions[code]
            set_people(
                session, [(siduri_herself, Role.SPEAKER), (plan.speakers[ZIN], Role.SPEAKER)]
            )
            session.starts_at, session.room = at(12), plan.rooms["zagros"]
    assert asked() == few
