"""The pages of rooms and themes."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from planner.accounts.models import MemberRole
from planner.events.models import Event, Room, Theme
from planner.events.operations import add_room, add_theme
from planner.extensions import db
from planner.lib.palette import Colour
from planner.sessions.models import Session
from planner.sessions.operations import place
from tests.desks import organizer
from tests.forms import hidden
from tests.plans import SLUG, WATER, at, make_plan, plan_to_change, released
from tests.statements import statements

DESK = f"/desk/{SLUG}"


@pytest.fixture(autouse=True)
def _plan(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    """Return the browser of an editor."""
    return organizer(app, MemberRole.EDITOR)


def slugs(sort: str) -> list[str]:
    """Return the slugs of all rooms or themes in their order."""
    db.session.expire_all()
    event = db.session.scalars(select(Event)).one()
    return [part.slug for part in (event.rooms if sort == "rooms" else event.themes)]


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
@pytest.mark.parametrize(
    "page",
    [
        *("rooms", "rooms/new", "rooms/tigris", "rooms/tigris/remove"),
        *("themes", "themes/new", "themes/water", "themes/water/remove"),
    ],
)
def test_every_page_speaks_the_language_of_the_desk(app: Flask, page: str, lang: str) -> None:
    answer = organizer(app, lang=lang).get(f"{DESK}/{page}")
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text


def test_lists_say_how_many_sessions_each_has(desk: FlaskClient) -> None:
    rooms = desk.get(f"{DESK}/rooms").text
    assert re.findall(r'data-label="Sessions">.*?>(\d+)<', rooms) == ["2", "1"]
    assert '<span lang="ar" dir="rtl">قاعة دجلة</span>' in rooms
    themes = desk.get(f"{DESK}/themes").text
    assert re.findall(r'data-label="Sessions">.*?>(\d+)<', themes) == ["1", "1"]
    assert "Terracotta" in themes


@pytest.mark.parametrize("page", ["rooms", "themes"])
def test_lists_that_are_empty_say_what_belongs_there(desk: FlaskClient, page: str) -> None:
    with plan_to_change() as plan:
        for session in plan.sessions.values():
            session.room = session.starts_at = session.theme = None
        plan.event.rooms.clear()
        plan.event.themes.clear()
    text = desk.get(f"{DESK}/{page}").text
    assert "There are no" in text
    assert f"{page}/new" in text


@pytest.mark.parametrize("page", ["rooms", "themes"])
@pytest.mark.parametrize("more", [5, 80])
def test_lists_take_as_many_statements_however_long_they_are(
    desk: FlaskClient, page: str, more: int
) -> None:
    with plan_to_change() as plan:
        for number in range(more):
            add_room(plan.event, slug=f"r{number}", name={"ckb": f"ژووری {number}"})
            add_theme(plan.event, slug=f"t{number}", name={"ckb": f"بابەتی {number}"})
    with statements() as sent:
        assert desk.get(f"{DESK}/{page}").text.count("<tr") == more + 3
    own = [line for line in sent if re.search(r"FROM (room|theme|session)\b", line)]
    assert len(own) == 2


def test_long_lists_are_searched_however_one_types(desk: FlaskClient) -> None:
    assert 'type="search"' not in desk.get(f"{DESK}/rooms").text
    with plan_to_change() as plan:
        for number in range(12):
            add_room(plan.event, slug=f"r{number}", name={"ckb": f"ژووری {number}"})
    assert 'type="search"' in desk.get(f"{DESK}/rooms").text
    found = desk.get(f"{DESK}/rooms?q=ژوورى زاگرۆس").text
    assert "زاگرۆس" in found
    assert "قاعة دجلة" not in found
    assert "Put later" not in found
    assert "No room is called so" in desk.get(f"{DESK}/rooms?q=nowhere").text


def test_viewers_see_lists_and_change_nothing(app: Flask) -> None:
    viewer = organizer(app, MemberRole.VIEWER)
    text = viewer.get(f"{DESK}/rooms").text
    assert "قاعة دجلة" in text
    assert "Duplicate" not in text
    assert "rooms/new" not in text
    for address in ("rooms/new", "rooms/tigris", "rooms/tigris/remove", "themes/water"):
        assert viewer.get(f"{DESK}/{address}").status_code == 403
    for address in ("rooms/tigris/copy", "rooms/tigris/move", "themes/new"):
        assert viewer.post(f"{DESK}/{address}").status_code == 403


def test_a_room_is_added(desk: FlaskClient) -> None:
    sent = {
        "name-ar": "قاعة الفرات",
        "name-en": "Euphrates Hall",
        "capacity": "48",
        "step_free": "y",
        "site": "  المتحف ",
        "opens": "09:00",
        "closes": "18:30",
        "floor-ckb": "نهۆمی یەکەم",
    }
    answer = desk.post(f"{DESK}/rooms/new", data=sent)
    assert answer.location == f"{DESK}/rooms"
    room = db.session.scalars(select(Room).where(Room.slug == "euphrates-hall")).one()
    assert (room.capacity, room.booths, room.step_free, room.site) == (48, 0, True, "المتحف")
    assert f"{room.opens}–{room.closes}" == "09:00:00–18:30:00"
    assert room.floor == {"ckb": "نهۆمی یەکەم"}
    assert "09:00–18:30" in desk.get(f"{DESK}/rooms").text


def test_a_theme_gets_a_colour_that_few_have(desk: FlaskClient) -> None:
    page = desk.get(f"{DESK}/themes/new").text
    assert re.search(r"checked[^>]*value=\"olive\"", page)
    sent = {"name-ckb": "مافی کرێکاران", "colour": "rose", "description-ar": "**العمل**"}
    assert desk.post(f"{DESK}/themes/new", data=sent).status_code == 302
    theme = db.session.scalars(select(Theme).where(Theme.slug == "theme-3")).one()
    assert (theme.colour, theme.description) == (Colour.ROSE, {"ar": "**العمل**"})


@pytest.mark.parametrize(
    ("address", "wrong", "said"),
    [
        ("rooms/new", {"name-ar": ""}, "in one language at least"),
        ("rooms/new", {"name-ar": "قاعة", "slug": "tigris"}, "Something else has this address"),
        ("rooms/new", {"name-ar": "قاعة", "slug": "قاعة"}, "small Latin letters"),
        ("rooms/new", {"name-ar": "قاعة", "capacity": "0"}, "between 1 and"),
        ("rooms/new", {"name-ar": "قاعة", "opens": "9 o'clock"}, "Not a valid time value."),
        ("rooms/zagros", {"name-ar": "قاعة", "slug": "tigris"}, "Something else has this address"),
        ("themes/new", {"name-ar": "محور", "colour": "black"}, "Invalid Choice"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    desk: FlaskClient, address: str, wrong: dict[str, str], said: str
) -> None:
    known = hidden(desk.get(f"{DESK}/{address}"))
    answer = desk.post(f"{DESK}/{address}", data={"colour": "rose", **known, **wrong})
    assert answer.status_code == 422
    assert said in answer.text
    assert slugs("rooms") == ["tigris", "zagros"]


def test_a_room_is_changed(desk: FlaskClient) -> None:
    sent = {**hidden(desk.get(f"{DESK}/rooms/tigris")), "name-ar": "قاعة دجلة", "slug": "hall-a"}
    assert desk.post(f"{DESK}/rooms/tigris", data=sent).status_code == 302
    assert slugs("rooms") == ["hall-a", "zagros"]
    assert desk.get(f"{DESK}/rooms/tigris").location == f"{DESK}/rooms/hall-a"


def test_two_edits_of_one_room_meet(app: Flask, desk: FlaskClient) -> None:
    address = f"{DESK}/rooms/tigris"
    other = organizer(app, MemberRole.OWNER)
    seen: dict[str, Any] = {**hidden(desk.get(address)), "name-ar": "قاعة دجلة", "slug": "tigris"}
    assert other.post(address, data={**seen, "capacity": "200"}).status_code == 302
    mine = {**seen, "capacity": "180", "booths": "2"}
    answer = desk.post(address, data=mine)
    assert answer.status_code == 409
    assert '<p class="theirs"><bdi>200</bdi></p>' in answer.text
    assert re.search(r'name="capacity"[^>]*value="180"', answer.text)
    again = {**hidden(answer), "name-ar": "قاعة دجلة", "capacity": "190", "booths": "2"}
    assert desk.post(address, data=again).status_code == 302
    room = db.session.scalars(select(Room).where(Room.slug == "tigris")).one()
    assert (room.capacity, room.booths) == (190, 2)


def test_a_form_is_saved_though_others_changed_the_order_meanwhile(
    app: Flask, desk: FlaskClient
) -> None:
    address = f"{DESK}/rooms/tigris"
    seen = {**hidden(desk.get(address)), "name-ar": "قاعة دجلة", "capacity": "100"}
    organizer(app).post(f"{address}/move", data={"where": "later"})
    assert slugs("rooms") == ["zagros", "tigris"]
    assert desk.post(address, data=seen).status_code == 302
    assert db.session.scalars(select(Room.capacity).where(Room.slug == "tigris")).one() == 100


@pytest.mark.parametrize(("page", "slug"), [("rooms", "tigris"), ("themes", "water")])
def test_the_address_of_what_was_released_stays(desk: FlaskClient, page: str, slug: str) -> None:
    released()
    answer = desk.get(f"{DESK}/{page}/{slug}")
    assert re.search(r'<input[^>]*name="slug"[^>]* readonly', answer.text)
    assert "calendars that people subscribed to" in answer.text
    sent = {**hidden(answer), "name-ar": "غيره", "colour": "rose", "slug": "other"}
    assert desk.post(f"{DESK}/{page}/{slug}", data=sent).status_code == 422
    assert slug in slugs(page)


@pytest.mark.parametrize(("page", "slug"), [("rooms", "tigris"), ("themes", "water")])
def test_a_copy_is_made_and_shown(desk: FlaskClient, page: str, slug: str) -> None:
    answer = desk.post(f"{DESK}/{page}/{slug}/copy")
    assert answer.location == f"{DESK}/{page}/{slug}-2"
    assert slugs(page)[:2] == [slug, f"{slug}-2"]
    assert desk.post(f"{DESK}/{page}/none/copy").status_code == 404


@pytest.mark.parametrize(("page", "slug"), [("rooms", "tigris"), ("themes", "water")])
def test_the_order_is_changed(desk: FlaskClient, page: str, slug: str) -> None:
    before = slugs(page)
    desk.post(f"{DESK}/{page}/{slug}/move", data={"where": "later"})
    assert slugs(page) == before[::-1]
    desk.post(f"{DESK}/{page}/{slug}/move", data={"where": "earlier"})
    assert slugs(page) == before
    assert desk.post(f"{DESK}/{page}/none/move").status_code == 404


def test_a_room_is_deleted_once_its_sessions_were_named(desk: FlaskClient) -> None:
    asked = desk.get(f"{DESK}/rooms/tigris/remove")
    assert "2 sessions are placed in it and become unplaced" in asked.text
    assert "حق الوصول إلى الماء" in asked.text
    answer = desk.post(f"{DESK}/rooms/tigris/remove", data=hidden(asked))
    assert answer.location == f"{DESK}/rooms"
    assert slugs("rooms") == ["zagros"]
    assert db.session.scalars(select(Session.room_id).where(Session.code == WATER)).one() is None
    assert desk.post(f"{DESK}/rooms/tigris/remove", data=hidden(asked)).status_code == 404


def test_a_room_that_was_filled_meanwhile_is_asked_about_again(desk: FlaskClient) -> None:
    asked = desk.get(f"{DESK}/rooms/zagros/remove")
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(14), room=plan.rooms["zagros"])
    again = desk.post(f"{DESK}/rooms/zagros/remove", data=hidden(asked))
    assert again.status_code == 409
    assert "This changed meanwhile" in again.text
    assert "2 sessions are placed in it" in again.text
    assert desk.post(f"{DESK}/rooms/zagros/remove", data=hidden(again)).status_code == 302
    assert slugs("rooms") == ["tigris"]


def test_a_theme_is_deleted_once_its_sessions_were_named(desk: FlaskClient) -> None:
    asked = desk.get(f"{DESK}/themes/water/remove")
    assert "1 session belongs to it" in asked.text
    assert desk.post(f"{DESK}/themes/water/remove", data=hidden(asked)).status_code == 302
    assert slugs("themes") == ["women"]


@pytest.mark.parametrize(
    ("sort", "slug", "kept"),
    [("room", "tigris", {"site": "Old town"}), ("theme", "water", {"description-ar": "ماء"})],
)
def test_what_was_typed_for_a_part_that_is_gone_can_be_a_new_one(
    app: Flask, desk: FlaskClient, sort: str, slug: str, kept: dict[str, str]
) -> None:
    page = desk.get(f"{DESK}/{sort}s/{slug}")
    other = organizer(app)
    asked = hidden(other.get(f"{DESK}/{sort}s/{slug}/remove"))
    other.post(f"{DESK}/{sort}s/{slug}/remove", data=asked)
    typed = {"name-ar": "أرز", "colour": "teal", **kept}
    gone = desk.post(f"{DESK}/{sort}s/{slug}", data={**hidden(page), **typed})
    assert gone.status_code == 409
    assert f"This {sort} was deleted while you wrote" in gone.text
    assert "deleted (<bdi>Owner</bdi>, just now)" in gone.text
    assert all(text in gone.text for text in kept.values())
    assert f'action="{DESK}/{sort}s/new"' in gone.text
    saved = desk.post(f"{DESK}/{sort}s/new", data={**hidden(gone), **typed})
    assert saved.status_code == 302


def test_a_form_finds_what_has_another_address_by_now(desk: FlaskClient) -> None:
    page = desk.get(f"{DESK}/rooms/tigris")
    typed = {**hidden(page), "name-ar": "قاعة دجلة"}
    desk.post(f"{DESK}/rooms/tigris", data={**typed, "slug": "dijla"})
    met = desk.post(
        f"{DESK}/rooms/tigris",
        data={**typed, "slug": "tigris", "site": "Old town"},
        follow_redirects=True,
    )
    assert met.status_code == 409
    assert "Old town" in met.text
