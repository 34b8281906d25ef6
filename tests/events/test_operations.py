"""Making events, themes and rooms."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from planner.database import write_tx
from planner.events import operations
from planner.events.models import RESERVED_SLUGS, Event
from planner.events.operations import InvalidEventError, add_room, add_theme, create_event
from planner.extensions import db
from planner.lib.palette import Colour
from planner.speakers.operations import add_speaker
from tests.plans import DAY, make_plan, plan_to_change


def create(**fields: Any) -> Event:
    """Make an event of one day."""
    given = {
        "slug": "marsh-days",
        "time_zone": "Asia/Baghdad",
        "uid_host": "marsh.example",
        "languages": ["ar"],
        "first_day": DAY,
        "last_day": DAY,
        "name": {"ar": "أيام الأهوار"},
    }
    with write_tx() as session:
        return create_event(session, **{**given, **fields})


def test_an_event_is_made_with_what_is_known_of_it(app: Flask) -> None:
    create()
    event = db.session.scalars(select(Event)).one()
    assert event.slug == "marsh-days"
    assert (event.tagline, event.principles, event.supporters) == ({}, [], [])
    assert (event.day_from, event.day_to) == (8 * 60, 20 * 60)


@pytest.mark.parametrize("slug", ["a", "33c3", "icssi-2017", "x" * 64])
def test_a_slug_may_hold_small_letters_digits_and_hyphens(app: Flask, slug: str) -> None:
    assert create(slug=slug).slug == slug


@pytest.mark.parametrize(
    "slug",
    ["", "-a", "a-", "A", "a b", "a/b", "a.b", "أيام", "x" * 65, "a\n", *sorted(RESERVED_SLUGS)],
)
def test_a_slug_that_cannot_stand_in_an_address_is_refused(app: Flask, slug: str) -> None:
    with pytest.raises(InvalidEventError, match="slug"):
        create(slug=slug)
    assert db.session.scalars(select(Event)).all() == []


@pytest.mark.parametrize("zone", ["", "Baghdad", "UTC+3", "+03:00", "Asia/Hewler", "../etc/passwd"])
def test_a_time_zone_that_nobody_knows_is_refused(app: Flask, zone: str) -> None:
    with pytest.raises(InvalidEventError, match="time zone"):
        create(time_zone=zone)


def test_a_slug_can_be_taken_once(app: Flask) -> None:
    create()
    with pytest.raises(InvalidEventError, match="already"):
        create()


def test_themes_and_rooms_stand_in_the_order_in_which_they_were_added(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        add_theme(plan.event, slug="a", name={"ar": "الأرض"})
        add_room(plan.event, slug="a", name={"ar": "الساحة"}, step_free=True)
    event = db.session.scalars(select(Event)).one()
    assert [theme.slug for theme in event.themes] == ["water", "women", "a"]
    assert [room.slug for room in event.rooms] == ["tigris", "zagros", "a"]
    assert event.rooms[-1].step_free


def test_themes_take_the_colours_of_the_palette_in_turn(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        for number in range(8):
            add_theme(plan.event, slug=f"theme-{number}", name={"ar": "محور"})
        given = add_theme(plan.event, slug="rose", name={"ar": "محور"}, colour=Colour.ROSE)
        colours = [theme.colour for theme in plan.event.themes]
    assert colours[:8] == list(Colour)
    assert colours[8:10] == list(Colour)[:2]
    assert given.colour is Colour.ROSE


def test_a_code_that_is_taken_is_not_given_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    create()
    drawn = iter(["3CDFGH", "3CDFGH", "4CDFGH"])
    monkeypatch.setattr(operations, "new_code", lambda: next(drawn))
    with write_tx() as session:
        event = session.scalars(select(Event)).one()
        codes = [add_speaker(event).code for _ in range(2)]
    assert codes == ["3CDFGH", "4CDFGH"]
