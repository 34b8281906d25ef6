"""The board as one works with it: by mouse, by finger, by key, without script, and in company."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from planner.accounts.models import MemberRole
from tests.browser.desk import Desk, DeskEvent, desk, desk_site  # noqa: F401 -- fixtures
from tests.browser.looking import barriers
from tests.plans import PROPOSED, WATER, WOMEN, at

pytestmark = pytest.mark.browser

BOARD = "/board/2017-01-18"
LANGUAGES = ("en", "ar")

#: Where the page has a room's hour: the middle of the column, at the top of the row.
_SPOT = """([room, minute]) => {
    const body = document.querySelector(`.column[data-room="${room}"] .column-body`);
    const board = document.querySelector(".board");
    const box = body.getBoundingClientRect();
    const row = box.height / board.dataset.rows;
    return [box.left + box.width / 2, box.top + (minute - board.dataset.origin) / 5 * row, row];
}"""


@pytest.fixture
def event(desk: Desk) -> DeskEvent:  # noqa: F811 -- pytest's way
    """Make a small event in the desk."""
    return desk.event()


def spot(page: Page, room: str, hour: int, minute: int = 0) -> tuple[float, float, float]:
    """Return where an hour of a room is on the screen, and how high a row is."""
    x, y, row = page.evaluate(_SPOT, [room, hour * 60 + minute])
    return x, y, row


def drag(page: Page, event: DeskEvent, code: str, room: str, *hour: int) -> None:
    """Drag a card by its upper edge to an hour of a room, with the mouse."""
    box = page.locator(f"#session-{event.code(code)}").bounding_box()
    assert box is not None
    x, y, row = spot(page, room, *hour)
    page.mouse.move(box["x"] + 40, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 20)
    page.mouse.move(x, y + 4 + row / 4, steps=4)
    page.mouse.up()


def lift(page: Page, event: DeskEvent, code: str) -> None:
    """Lift a card with the keyboard, and wait for what places cost."""
    page.locator(f"#session-{event.code(code)} .lift").focus()
    page.keyboard.press("Enter")
    page.locator(".has-costs").wait_for()


def where(event: DeskEvent, code: str) -> tuple[str | None, datetime | None, int]:
    """Return the room, start and length of a session in the database."""
    with event.session(code) as session:
        return session.room.slug if session.room else None, session.starts_at, session.minutes


def eventually(is_so: Callable[[], Any], page: Page, *, seconds: float = 3) -> None:
    """Wait until something holds."""
    for _ in range(int(seconds * 20)):
        if is_so():
            return
        page.wait_for_timeout(50)
    assert is_so()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_card_is_dragged_to_another_room_and_hour(event: DeskEvent, lang: str) -> None:
    """It lands in the room that is under the mouse, whichever way the rooms run."""
    page = event.open(BOARD, lang=lang)
    first, second = spot(page, "tigris", 10)[0], spot(page, "zagros", 10)[0]
    assert (first < second) is (lang == "en")
    drag(page, event, WOMEN, "tigris", 15, 10)
    expect(page.locator("#board-news")).to_contain_text("قاعة دجلة")
    assert where(event, WOMEN) == ("tigris", at(15, 10), 60)
    expect(page.locator('.column[data-room="tigris"] .piece')).to_have_count(2)
    assert event.desk.complaints == []


def test_a_card_is_dragged_from_the_tray_and_back(event: DeskEvent) -> None:
    page = event.open(BOARD)
    drag(page, event, PROPOSED, "zagros", 14)
    expect(page.locator(".tray-empty")).to_be_visible()
    assert where(event, PROPOSED) == ("zagros", at(14), 60)
    card = page.locator(f"#session-{event.code(PROPOSED)}").bounding_box()
    tray = page.locator(".tray-count").bounding_box()
    assert card is not None
    assert tray is not None
    page.mouse.move(card["x"] + 40, card["y"] + 10)
    page.mouse.down()
    page.mouse.move(tray["x"] + 20, tray["y"] + 5, steps=5)
    expect(page.locator(".tray.is-target")).to_be_visible()
    page.mouse.up()
    expect(page.locator(".tray .piece")).to_have_count(1)
    assert where(event, PROPOSED) == (None, None, 60)


def test_a_card_is_dragged_to_all_rooms_and_keeps_its_own(event: DeskEvent) -> None:
    page = event.open(BOARD)
    drag(page, event, WOMEN, "", 15)
    expect(page.locator(f".spanning #session-{event.code(WOMEN)}")).to_be_visible()
    with event.session(WOMEN) as session:
        assert session.across_rooms
        assert session.room is not None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_finger_drags_by_the_handle(event: DeskEvent, lang: str) -> None:
    page = event.open(BOARD, lang=lang, touch=True, width=1024)
    handle = page.locator(f"#session-{event.code(WOMEN)} .lift").bounding_box()
    assert handle is not None
    assert min(handle["width"], handle["height"]) >= 24
    x, y, row = spot(page, "tigris", 15)
    line = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        touched = [{"x": x, "y": y} for x, y in points]
        line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    start = handle["x"] + 12, handle["y"] + 12
    touch("touchStart", start)
    touch("touchMove", (start[0] + 10, start[1] + 10))
    touch("touchMove", (x, y + 14 + row / 4))
    expect(page.locator('.column[data-room="tigris"] .ghost')).to_be_visible()
    touch("touchEnd")
    expect(page.locator(".column[data-room=tigris] .piece")).to_have_count(2)
    assert where(event, WOMEN) == ("tigris", at(15), 60)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_keyboard_lifts_moves_and_drops(event: DeskEvent, lang: str) -> None:
    """Arrow keys go where they point: the second room is at the right, in Arabic at the left."""
    page = event.open(BOARD, lang=lang)
    lift(page, event, WATER)
    said = page.locator("#board-said")
    towards, away = ("ArrowRight", "ArrowLeft") if lang == "en" else ("ArrowLeft", "ArrowRight")
    for key in ("Shift+ArrowDown",) * 4 + ("ArrowDown",) * 3 + ("ArrowUp", towards):
        page.keyboard.press(key)
    expect(said).to_contain_text("ژووری زاگرۆس")
    expect(said).to_contain_text("14:10")
    expect(page.locator('.column[data-room="zagros"] .ghost')).to_be_visible()
    page.keyboard.press(away)
    expect(said).to_contain_text("قاعة دجلة")
    page.keyboard.press(towards)
    page.keyboard.press("Enter")
    expect(said).to_contain_text("ژووری زاگرۆس")
    eventually(lambda: where(event, WATER) == ("zagros", at(14, 10), 60), page)
    expect(page.locator(f"#session-{event.code(WATER)} .lift")).to_be_focused()
    assert event.desk.complaints == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_escape_gives_up_and_delete_goes_to_the_tray(event: DeskEvent, lang: str) -> None:
    page = event.open(BOARD, lang=lang)
    lift(page, event, WATER)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator(".ghost, .cost")).to_have_count(0)
    expect(page.locator(f"#session-{event.code(WATER)} .lift")).to_be_focused()
    assert where(event, WATER) == ("tigris", at(10), 60)
    lift(page, event, WATER)
    page.keyboard.press("Delete")
    expect(page.locator(".tray .piece")).to_have_count(2)
    assert where(event, WATER) == (None, None, 60)


def test_the_keyboard_places_what_is_in_the_tray_and_changes_its_length(event: DeskEvent) -> None:
    page = event.open(BOARD)
    lift(page, event, PROPOSED)
    for key in ("+", "+", "-", "PageDown", "PageDown", "PageDown", "ArrowRight"):
        page.keyboard.press(key)
    expect(page.locator("#board-said")).to_contain_text("11:00")
    page.keyboard.press("Enter")
    eventually(lambda: where(event, PROPOSED) == ("zagros", at(11), 65), page)


def test_every_place_says_what_it_would_cost(event: DeskEvent) -> None:
    """Impossible, warning and free differ by more than colour; the reason is said."""
    page = event.open(BOARD)
    lift(page, event, PROPOSED)
    for room in ("tigris", "zagros", ""):
        assert page.locator(f'.column[data-room="{room}"] .cost').count() >= 3, room
    kinds = page.evaluate(
        """() => [...document.querySelectorAll(".cost")].map(cost =>
            [cost.className, getComputedStyle(cost, "::before").content,
             getComputedStyle(cost).backgroundImage])"""
    )
    looks = {name: (sign, image) for name, sign, image in kinds}
    assert {"cost is-free", "cost is-error"} <= set(looks)
    assert len(set(looks.values())) == len(looks)
    page.keyboard.press("ArrowDown")
    for _ in range(2):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("ArrowRight")
    said = page.locator("#board-said")
    expect(said).to_contain_text("impossible")
    expect(said).to_contain_text("ژنان و ئاشتی")
    expect(page.locator(".ghost.is-error")).to_be_visible()
    best = page.locator(".bar-best button")
    expect(best).to_have_count(5)
    best.first.click()
    eventually(lambda: where(event, PROPOSED)[1] is not None, page)


def test_an_impossible_place_asks_and_is_taken_anyway(event: DeskEvent) -> None:
    page = event.open(BOARD)
    drag(page, event, PROPOSED, "zagros", 10, 15)
    ask = page.locator(".bar-ask")
    expect(ask).to_be_visible()
    expect(ask).to_contain_text("ژنان و ئاشتی")
    assert where(event, PROPOSED)[1] is None
    page.get_by_role("button", name="Give up").last.click()
    expect(ask).to_be_hidden()
    assert where(event, PROPOSED)[1] is None
    drag(page, event, PROPOSED, "zagros", 10, 15)
    page.get_by_role("button", name="Place it anyway").click()
    eventually(lambda: where(event, PROPOSED) == ("zagros", at(10, 15), 60), page)
    expect(page.locator(f"#session-{event.code(PROPOSED)} .mark.is-error")).to_be_visible()


def test_two_sessions_change_places_where_one_is_dropped_on_the_other(event: DeskEvent) -> None:
    page = event.open(BOARD)
    drag(page, event, PROPOSED, "tigris", 10)
    page.get_by_role("button", name=re.compile("Swap with")).click()
    eventually(lambda: where(event, PROPOSED) == ("tigris", at(10), 60), page)
    assert where(event, WATER)[1] is None


def test_the_lower_edge_of_a_card_changes_its_length(event: DeskEvent) -> None:
    page = event.open(BOARD)
    card = page.locator(f"#session-{event.code(WOMEN)}")
    box = card.bounding_box()
    assert box is not None
    x, y, row = spot(page, "zagros", 11, 30)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 3)
    page.mouse.down()
    page.mouse.move(x, y - row, steps=4)
    page.mouse.move(x, y + row / 4)
    page.mouse.up()
    eventually(lambda: where(event, WOMEN)[2] == 90, page)
    assert where(event, WOMEN) == ("zagros", at(10), 90)


def test_what_somebody_else_does_appears_with_their_name(event: DeskEvent) -> None:
    """Within three seconds, and neither the place where one is nor the tray's search is lost."""
    mine, theirs = event.organizer("Inanna"), event.organizer("Enki")
    other = event.open(BOARD, theirs)
    other.wait_for_timeout(300)
    page = event.open(BOARD, mine)
    expect(page.locator(".board-present")).to_contain_text("Enki")
    page.locator(f"#session-{event.code(WOMEN)} .title").focus()
    drag(other, event, PROPOSED, "tigris", 16)
    expect(other.locator(".tray-empty")).to_be_visible()
    expect(page.locator("#board-news")).to_contain_text("Enki")
    expect(page.locator("#board-news")).to_contain_text("اقتراح")
    expect(page.locator(".column[data-room=tigris] .piece")).to_have_count(2)
    expect(page.locator(f"#session-{event.code(WOMEN)} .title")).to_be_focused()


def test_news_do_not_disturb_who_holds_a_card_and_a_stale_drop_asks(event: DeskEvent) -> None:
    mine, theirs = event.organizer("Inanna"), event.organizer("Enki")
    page = event.open(BOARD, mine)
    other = event.open(BOARD, theirs)
    lift(page, event, WATER)
    page.keyboard.press("Shift+ArrowDown")
    drag(other, event, WATER, "zagros", 17)
    expect(page.locator("#board-news")).to_contain_text("Enki")
    expect(page.locator('.column[data-room="tigris"] .ghost')).to_be_visible()
    page.keyboard.press("Enter")
    ask = page.locator(".bar-ask")
    expect(ask).to_contain_text("Enki")
    expect(ask).to_contain_text("17:00")
    page.get_by_role("button", name="Move it all the same").click()
    eventually(lambda: where(event, WATER) == ("tigris", at(11), 60), page)


def test_the_board_scrolls_while_one_drags_near_its_edge(event: DeskEvent) -> None:
    page = event.open(BOARD, height=700)
    card = page.locator(f"#session-{event.code(WOMEN)}").bounding_box()
    frame = page.locator(".board-scroll").bounding_box()
    assert card is not None
    assert frame is not None
    page.mouse.move(card["x"] + 40, card["y"] + 4)
    page.mouse.down()
    page.mouse.move(card["x"] + 40, card["y"] + 40)
    bar = page.locator("#board-bar").bounding_box()
    assert bar is not None
    edge = frame["y"] + frame["height"] if bar["y"] < 10 else bar["y"]
    page.mouse.move(card["x"] + 40, min(edge, 700) - 12, steps=3)
    eventually(lambda: page.locator(".board-scroll").evaluate("it => it.scrollTop") > 700, page)
    page.mouse.move(card["x"] + 40, 400)
    page.mouse.up()
    eventually(lambda: (where(event, WOMEN)[1] or at(0)) > at(13), page)


def test_escape_gives_up_a_drag_and_opens_no_link(event: DeskEvent) -> None:
    page = event.open(BOARD)
    title = page.locator(f"#session-{event.code(WOMEN)} .title").bounding_box()
    assert title is not None
    page.mouse.move(title["x"] + 5, title["y"] + 5)
    page.mouse.down()
    page.mouse.move(title["x"] + 25, title["y"] + 45, steps=3)
    expect(page.locator(".ghost")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".ghost")).to_have_count(0)
    page.mouse.move(title["x"] + 5, title["y"] + 5)
    page.mouse.up()
    assert page.url.endswith(BOARD)
    assert where(event, WOMEN) == ("zagros", at(10), 60)


def test_a_broken_line_puts_the_card_back_and_loses_nothing(event: DeskEvent) -> None:
    page = event.open(BOARD)
    page.context.set_offline(True)
    drag(page, event, WOMEN, "tigris", 15)
    expect(page.locator("#board-news.is-error")).to_contain_text("Nothing was moved")
    expect(page.locator('.column[data-room="zagros"] .piece')).to_have_count(1)
    page.context.set_offline(False)
    drag(page, event, WOMEN, "tigris", 15)
    eventually(lambda: where(event, WOMEN) == ("tigris", at(15), 60), page)


def test_the_form_moves_a_session_without_script(event: DeskEvent) -> None:
    page = event.open(BOARD, script=False)
    page.locator(f"#session-{event.code(WOMEN)} .move").click()
    page.get_by_label("Begins at").fill("15:30")
    page.get_by_label("Room", exact=True).select_option("tigris")
    page.get_by_role("button", name="Place", exact=True).click()
    assert page.url.endswith(f"{BOARD}#session-{event.code(WOMEN)}")
    assert where(event, WOMEN) == ("tigris", at(15, 30), 60)
    page.get_by_label("Search").fill("xyzzy")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".tray-empty")).to_be_visible()


def test_the_tray_is_searched_while_one_types(event: DeskEvent) -> None:
    page = event.open(BOARD)
    page.get_by_label("Search").fill("xyzzy")
    expect(page.locator(".tray-empty")).to_be_visible()
    assert "q=xyzzy" in page.url
    page.get_by_label("Search").fill("اقتراح")
    expect(page.locator(".tray .piece")).to_have_count(1)
    expect(page.get_by_label("Search")).to_be_focused()


@pytest.mark.parametrize("script", [True, False])
def test_a_phone_shows_one_room_at_a_time(event: DeskEvent, script: bool) -> None:
    page = event.open(BOARD, width=360, height=780, script=script, touch=True)
    columns = page.locator(".column-body:visible")
    expect(columns).to_have_count(1)
    expect(page.locator(f"#session-{event.code(WATER)}")).to_be_visible()
    page.locator('.room-links a[data-room="zagros"]').click()
    expect(page.locator(f"#session-{event.code(WOMEN)}")).to_be_visible()
    expect(page.locator(f"#session-{event.code(WATER)}")).to_be_hidden()
    assert page.locator(f"#session-{event.code(WOMEN)} .move").is_visible()


def test_a_place_that_is_pressed_is_where_a_lifted_card_goes(event: DeskEvent) -> None:
    """Two presses and no dragging: on a phone, or for a hand that cannot hold."""
    page = event.open(BOARD, width=360, height=2400, touch=True)
    page.locator(f"#session-{event.code(WATER)} .lift").tap()
    page.locator(".has-costs").wait_for()
    x, y, _ = spot(page, "tigris", 12)
    page.touchscreen.tap(x, y)
    expect(page.locator(".bar-where")).to_contain_text("12:00")
    page.get_by_role("button", name="Later").tap()
    page.get_by_role("button", name="Put down here").tap()
    eventually(lambda: where(event, WATER) == ("tigris", at(12, 5), 60), page)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "dark"), [(1440, False), (360, True)])
def test_the_pages_of_the_board_have_no_barriers(
    event: DeskEvent, lang: str, width: int, dark: bool
) -> None:
    user = event.organizer()
    page = event.open(BOARD, user, lang=lang, width=width, dark=dark, height=900)
    assert barriers(page) == []
    sizes = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    for path in ("/board/", f"/sessions/{event.code(WATER)}/move", f"{BOARD}/shift"):
        page.goto(f"{event.desk.address}/desk/{event.slug}{path}")
        assert barriers(page) == [], path
        measured = page.evaluate(sizes)
        assert measured[0] <= measured[1], path
    page.goto(f"{event.desk.address}/desk/{event.slug}{BOARD}")
    page.locator(".board .lift:visible").first.focus()
    page.keyboard.press("Enter")
    page.locator(".has-costs").wait_for()
    assert barriers(page) == []
    assert event.desk.complaints == []


def test_a_viewer_sees_the_board_move_and_has_no_handles(event: DeskEvent) -> None:
    looking, moving = event.organizer("Zin", MemberRole.VIEWER), event.organizer("Enki")
    page = event.open(BOARD, looking)
    assert page.locator(".lift, .move, .stretch").count() == 0
    other = event.open(BOARD, moving)
    drag(other, event, PROPOSED, "tigris", 16)
    expect(page.locator("#board-news")).to_contain_text("Enki")
    assert event.desk.complaints == []
