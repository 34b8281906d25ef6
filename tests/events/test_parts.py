"""Rooms and themes: what may be changed, what depends on them, and what calendars know."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from planner.database import write_tx
from planner.events import parts
from planner.events.models import Event, LabelState, Room, TextState, Theme
from planner.events.operations import SlugTakenError
from planner.events.parts import ROOMS, THEMES, SlugReleasedError, Sort
from planner.events.queries import named_digest
from planner.extensions import db
from planner.journal.recording import GoneError, StaleError
from planner.journal.undoing import undo
from planner.lib.palette import Colour
from planner.sessions.models import Session
from tests.desks import make_user
from tests.plans import OPENING, SLUG, WATER, make_plan, released


@pytest.fixture
def event_id(app: Flask) -> int:
    """Return the number of the small event."""
    make_plan()
    return db.session.scalars(select(Event.id).where(Event.slug == SLUG)).one()


@pytest.fixture
def user_id(app: Flask) -> int:
    """Return the number of an organizer."""
    return make_user()


def slugs(sort: Sort) -> list[str]:
    """Return the slugs of all rooms or themes in their order."""
    return [part.slug for part in sort.of(db.session.scalars(select(Event)).one())]


def part(sort: Sort, slug: str) -> Room | Theme:
    """Return a room or theme as it is now."""
    db.session.expire_all()
    found: Room | Theme = db.session.scalars(
        select(sort.model).where(sort.model.slug == slug)  # type: ignore[arg-type]
    ).one()
    return found


@pytest.mark.parametrize(
    ("name", "given", "slug"),
    [
        ({"en": "Hall B", "ar": "القاعة"}, "", "hall-b"),
        ({"ar": "القاعة", "ckb": "Hola Helebce"}, "", "hola-helebce"),
        ({"ar": "القاعة"}, "", "room-3"),
        ({"ar": "القاعة 5"}, "", "room-3"),
        ({"ar": "القاعة"}, "park", "park"),
        ({"en": "Tigris"}, "", "tigris-2"),
        ({"en": "New"}, "", "new-2"),
    ],
)
def test_a_room_gets_its_slug_from_its_name_or_by_number(
    event_id: int, user_id: int, name: dict[str, str], given: str, slug: str
) -> None:
    assert parts.add(ROOMS, event_id, user_id, {"name": name, "slug": given}) == slug
    assert slugs(ROOMS) == ["tigris", "zagros", slug]


@pytest.mark.parametrize("slug", ["tigris", "new"])
def test_a_slug_is_taken_once(event_id: int, user_id: int, slug: str) -> None:
    with pytest.raises(SlugTakenError):
        parts.add(ROOMS, event_id, user_id, {"name": {"ar": "قاعة"}, "slug": slug})
    with pytest.raises(SlugTakenError):
        parts.change(ROOMS, event_id, user_id, "zagros", version=1, values={"slug": slug})


def test_a_theme_is_changed_and_that_is_undone(event_id: int, user_id: int) -> None:
    values: dict[str, Any] = {"name": {"ar": "المياه"}, "colour": Colour.ROSE, "slug": "rivers"}
    entry = parts.change(THEMES, event_id, user_id, "water", version=1, values=values)
    changed = part(THEMES, "rivers")
    assert (changed.name, changed.colour) == ({"ar": "المياه"}, Colour.ROSE)  # type: ignore[union-attr]
    assert entry is not None
    assert entry.facts == {"theme": {"texts": {"ar": "المياه"}, "original": None}}
    undo(event_id, user_id, entry.id)
    assert part(THEMES, "water").name == {"ar": "الماء", "ckb": "ئاو"}


def test_what_changes_nothing_is_no_change(event_id: int, user_id: int) -> None:
    values = {"name": part(ROOMS, "tigris").name, "slug": "", "capacity": 220}
    assert parts.change(ROOMS, event_id, user_id, "tigris", version=1, values=values) is None
    assert part(ROOMS, "tigris").version == 1


def test_a_stale_change_is_refused(event_id: int, user_id: int) -> None:
    parts.change(ROOMS, event_id, user_id, "tigris", version=1, values={"capacity": 100})
    with pytest.raises(StaleError):
        parts.change(ROOMS, event_id, user_id, "tigris", version=1, values={"capacity": 90})
    assert part(ROOMS, "tigris").capacity == 100  # type: ignore[union-attr]


def test_what_is_gone_cannot_be_changed(event_id: int, user_id: int) -> None:
    for work in (
        lambda: parts.change(ROOMS, event_id, user_id, "park", version=1, values={}),
        lambda: parts.copy(ROOMS, event_id, user_id, "park"),
        lambda: parts.move(ROOMS, event_id, user_id, "park", 1),
        lambda: parts.remove(ROOMS, event_id, user_id, "park", version=1, named=""),
        lambda: parts.add(ROOMS, event_id + 1, user_id, {"name": {"ar": "قاعة"}}),
    ):
        with pytest.raises(GoneError):
            work()


@pytest.mark.parametrize(("sort", "slug"), [(ROOMS, "tigris"), (THEMES, "water")])
def test_a_slug_that_was_released_stays(event_id: int, user_id: int, sort: Sort, slug: str) -> None:
    """Calendars are subscribed to by it, so nothing else may ever have it either."""
    released()
    with pytest.raises(SlugReleasedError):
        parts.change(sort, event_id, user_id, slug, version=1, values={"slug": "other"})
    parts.change(sort, event_id, user_id, slug, version=1, values={"name": {"ar": "آخر"}})
    named = named_digest(parts.dependants(sort, event_id, part(sort, slug).id))
    parts.remove(sort, event_id, user_id, slug, version=None, named=named)
    with pytest.raises(SlugTakenError):
        parts.add(sort, event_id, user_id, {"name": {"ar": "جديد"}, "slug": slug})
    assert parts.add(sort, event_id, user_id, {"name": {"en": slug}}) == f"{slug}-2"


def test_a_copy_stands_after_what_it_was_made_of(event_id: int, user_id: int) -> None:
    assert parts.copy(ROOMS, event_id, user_id, "tigris") == "tigris-2"
    assert parts.copy(ROOMS, event_id, user_id, "tigris") == "tigris-3"
    assert slugs(ROOMS) == ["tigris", "tigris-3", "tigris-2", "zagros"]
    copy = part(ROOMS, "tigris-3")
    assert copy.name == {"ar": "قاعة دجلة 3"}
    assert copy.capacity == 220  # type: ignore[union-attr]
    assert parts.copy(THEMES, event_id, user_id, "women") == "women-2"
    assert part(THEMES, "women-2").name == {"ar": "النساء 2", "ckb": "ژنان 2"}


@pytest.mark.parametrize(
    ("slug", "steps", "order"),
    [
        ("tigris", 1, ["zagros", "tigris", "park"]),
        ("park", -1, ["tigris", "park", "zagros"]),
        ("tigris", -1, ["tigris", "zagros", "park"]),
        ("park", 1, ["tigris", "zagros", "park"]),
    ],
)
def test_a_room_is_put_earlier_or_later(
    event_id: int, user_id: int, slug: str, steps: int, order: list[str]
) -> None:
    parts.add(ROOMS, event_id, user_id, {"name": {"en": "Park"}})
    entry = parts.move(ROOMS, event_id, user_id, slug, steps)
    db.session.expire_all()
    assert slugs(ROOMS) == order
    assert (entry is None) == (order == ["tigris", "zagros", "park"])


def test_a_room_that_is_deleted_leaves_its_sessions_unplaced(event_id: int, user_id: int) -> None:
    """What is held across all rooms keeps its hour; undo brings everything back."""
    tigris = part(ROOMS, "tigris")
    there = parts.dependants(ROOMS, event_id, tigris.id)
    assert [session.code for session in there] == [OPENING, WATER]
    assert str(there[1].title("ckb")) == "حق الوصول إلى الماء"
    entry = parts.remove(
        ROOMS, event_id, user_id, "tigris", version=tigris.version, named=named_digest(there)
    )
    db.session.expire_all()
    sessions = {session.code: session for session in db.session.scalars(select(Session))}
    assert (sessions[WATER].room, sessions[WATER].starts_at) == (None, None)
    assert sessions[OPENING].room is None
    assert sessions[OPENING].starts_at is not None
    assert slugs(ROOMS) == ["zagros"]
    assert entry is not None
    undo(event_id, user_id, entry.id)
    db.session.expire_all()
    assert slugs(ROOMS) == ["tigris", "zagros"]
    assert sessions[WATER].room is not None
    assert sessions[WATER].room.slug == "tigris"
    assert sessions[WATER].starts_at is not None


def test_a_theme_that_is_deleted_leaves_its_sessions_without_one(
    event_id: int, user_id: int
) -> None:
    water = part(THEMES, "water")
    with write_tx() as session:
        state = LabelState(
            event_id=event_id,
            subject=f"theme:{water.id}",
            field="name",
            lang="ar",
            state=TextState.REVIEWED,
        )
        session.add(state)
    named = named_digest(parts.dependants(THEMES, event_id, water.id))
    entry = parts.remove(THEMES, event_id, user_id, "water", version=1, named=named)
    db.session.expire_all()
    session_of_water = db.session.scalars(select(Session).where(Session.code == WATER)).one()
    assert session_of_water.theme is None
    assert list(db.session.scalars(select(LabelState.lang))) == []
    assert entry is not None
    undo(event_id, user_id, entry.id)
    db.session.expire_all()
    assert session_of_water.theme is not None
    assert list(db.session.scalars(select(LabelState.lang))) == ["ar"]


def test_nothing_goes_but_what_was_named(event_id: int, user_id: int) -> None:
    """A session that was put into the room after the question would become unplaced untold."""
    with pytest.raises(StaleError):
        parts.remove(ROOMS, event_id, user_id, "tigris", version=1, named=named_digest([]))
    assert slugs(ROOMS) == ["tigris", "zagros"]
