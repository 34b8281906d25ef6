"""The page on which speakers say when they are free."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from planner.accounts.models import MemberRole
from planner.events.models import Event
from planner.extensions import db
from planner.journal.models import Entry
from planner.journal.undoing import undo
from planner.speakers.models import Availability, Speaker
from tests.conftest import BASE_URL
from tests.desks import make_user, organizer
from tests.plans import ENKIDU, SIDURI, SLUG, WATER, ZIN, at, make_plan, plan_to_change
from tests.slots.speaking import link
from tests.statements import statements


@pytest.fixture(autouse=True)
def plan(app: Flask) -> None:
    """Let there be the small event."""
    make_plan()


class Page:
    """The page in a browser without script and cookies."""

    def __init__(self, app: Flask, code: str = SIDURI, lang: str = "en") -> None:
        self.client = app.test_client(use_cookies=False)
        self.address = f"/speak/{link(code)}/free?lang={lang}"
        self.text = self.look()

    def look(self) -> str:
        """Read the page anew."""
        self.text = self.client.get(self.address, base_url=BASE_URL).text
        return self.text

    @property
    def boxes(self) -> dict[str, bool]:
        """The hours, and whether they are marked."""
        found = re.findall(r'name="cells" value="([^"]+)"( checked)?', self.text)
        return {value: bool(marked) for value, marked in found}

    def send(self, *, without: tuple[str, ...] = (), **more: object) -> int:
        """Send the form as it was read, but for some hours; return the status."""
        hidden = re.findall(r'type="hidden" value="([^"]*)"|name="(?:version|base)"', self.text)
        assert hidden
        data = {
            "version": _value(self.text, "version"),
            "base": _value(self.text, "base"),
            "cells": [
                value
                for value, marked in self.boxes.items()
                if marked and not value.endswith(without or "never")
            ],
            "note": "",
            **more,
        }
        response = self.client.post(self.address, data=data, base_url=BASE_URL)
        self.text = response.text
        return response.status_code


def _value(page: str, name: str) -> str:
    import html

    (tag,) = re.findall(rf'<input[^>]* name="{name}"[^>]*>', page)
    return html.unescape(re.search(r'value="([^"]*)"', tag)[1])  # type: ignore[index]


def free(code: str = SIDURI) -> list[tuple[str, str]]:
    """Return when somebody is free."""
    db.session.rollback()
    rows = db.session.execute(
        select(Availability.starts_at, Availability.ends_at)
        .join(Speaker, Speaker.id == Availability.speaker_id)
        .where(Speaker.code == code)
        .order_by(Availability.starts_at)
    )
    return [(f"{row.starts_at:%d %H:%M}", f"{row.ends_at:%d %H:%M}") for row in rows]


def entries() -> list[str]:
    """Return what the journal has."""
    db.session.rollback()
    return list(db.session.scalars(select(Entry.action).order_by(Entry.id)))


def test_who_said_nothing_sees_every_hour_marked(app: Flask) -> None:
    page = Page(app)
    assert len(page.boxes) == 24
    assert all(page.boxes.values())
    assert "you are free at all times" in page.text


def test_opening_the_page_changes_nothing(app: Flask) -> None:
    Page(app)
    assert entries() == []


def test_clearing_hours_makes_intervals_that_conflicts_use_at_once(app: Flask) -> None:
    desk = organizer(app, MemberRole.VIEWER)
    conflicts = f"/desk/{SLUG}/conflicts"
    assert "not free" not in desk.get(conflicts).text
    page = Page(app)
    assert page.send(without=("18T10:00",), note="I come by the night bus.") == 303
    assert free() == [
        ("18 08:00", "18 10:00"),
        ("18 11:00", "18 20:00"),
        ("19 08:00", "19 20:00"),
    ]
    assert entries() == ["speaker.said_free"]
    assert "not free" in desk.get(conflicts).text
    assert "night bus" in desk.get(f"/desk/{SLUG}/speakers/{SIDURI}").text
    assert page.look().count(" checked") == 23


def test_sending_the_page_as_it_was_changes_nothing(app: Flask) -> None:
    with plan_to_change() as plan:
        plan.speakers[SIDURI].free = [Availability(starts_at=at(6), ends_at=at(10, 20))]
    page = Page(app)
    assert page.boxes["2017-01-18T10:00"]
    assert "in a part only" in page.text
    assert "outside of the hours" in page.text
    assert page.send() == 303
    assert free() == [("18 06:00", "18 10:20")]
    assert entries() == []


def test_free_at_all_times_takes_every_interval_away(app: Flask) -> None:
    with plan_to_change() as plan:
        plan.speakers[SIDURI].free = [Availability(starts_at=at(6), ends_at=at(10, 20))]
    assert Page(app).send(always="1") == 303
    assert free() == []


def test_nobody_is_never_free(app: Flask) -> None:
    """No interval at all would mean all times."""
    page = Page(app)
    assert page.send(cells=[], note="Never!") == 422
    assert "Mark one hour at least" in page.text
    assert "Never!" in page.text
    assert entries() == []


def test_nothing_is_called_saved_that_was_not(app: Flask) -> None:
    """One comes back from saving to an address that says so, and may enter something else there."""
    page = app.test_client(use_cookies=False).get(
        f"/speak/{link(SIDURI)}/free?lang=en&done=saved", base_url=BASE_URL
    )
    assert "Saved." in page.text
    assert re.search(r'method="post" action="/speak/[^"?]+/free\?lang=en"', page.text)


def test_two_who_clear_different_hours_meet(app: Flask) -> None:
    """Nothing that was marked is lost; what the other side changed is shown as such."""
    first, second = Page(app), Page(app)
    assert first.send(without=("18T10:00",)) == 303
    assert second.send(without=("19T15:00",), note="Typed") == 409
    assert "saved this meanwhile" in second.text
    assert not second.boxes["2017-01-18T10:00"]
    assert not second.boxes["2017-01-19T15:00"]
    assert sum(second.boxes.values()) == 22
    assert second.text.count("is-changed") == 1
    assert second.send(note="Typed") == 303
    assert ("18 08:00", "18 10:00") in free()


def test_what_is_sent_twice_is_kept_once_and_meets_nobody(app: Flask) -> None:
    """Lines are slow, and buttons are pressed again."""
    page = Page(app)
    before = page.text
    for _ in "12":
        page.text = before
        assert page.send(without=("18T10:00",), note="By bus") == 303
    assert entries() == ["speaker.said_free"]


def test_what_a_speaker_said_can_be_undone_in_the_desk(app: Flask) -> None:
    Page(app).send(without=("18T10:00",), note="Bus")
    event_id = db.session.scalars(select(Event.id)).one()
    entry = db.session.scalars(select(Entry.id)).one()
    db.session.rollback()
    undo(event_id, make_user(), entry)
    assert free() == []


def test_the_note_of_who_is_withheld_is_for_those_who_may_know_them(app: Flask) -> None:
    assert Page(app, ZIN).send(note="My sister Berfin drives me.") == 303
    knows = organizer(app, MemberRole.EDITOR)
    assert "Berfin" in knows.get(f"/desk/{SLUG}/speakers/{ZIN}").text
    other = organizer(app, MemberRole.VIEWER, sees_names=False)
    assert "Berfin" not in other.get(f"/desk/{SLUG}/speakers/{ZIN}").text


def test_a_dead_link_opens_nothing(app: Flask) -> None:
    client = app.test_client(use_cookies=False)
    assert client.get("/speak/nothing/free", base_url=BASE_URL).status_code == 404
    assert client.post("/speak/nothing/free", base_url=BASE_URL).status_code == 404


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_the_page_costs_few_statements_and_sets_no_cookie(app: Flask, lang: str) -> None:
    address = f"/speak/{link(ENKIDU)}/free?lang={lang}"
    client = app.test_client(use_cookies=False)
    with statements() as sent:
        response = client.get(address, base_url=BASE_URL)
    assert response.status_code == 200
    assert len(sent) <= 4
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    assert f'<html lang="{lang}"' in response.text
    assert WATER not in response.text
