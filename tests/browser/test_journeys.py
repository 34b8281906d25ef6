"""A whole conference by hand in the browser: with the mouse, with the keys alone, on a phone.

Each journey signs in, makes an event with rooms and themes, enters sessions and takes the rest from
a spreadsheet, places some on the board, translates, accepts a warning, publishes, and finds it all
in the public programme; in English and in Arabic.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.desk import served
from tests.desks import PASSWORD, join, make_user
from tests.plans import make_plan

pytestmark = pytest.mark.browser

SLUG = "reed-days"
DAY = "2027-01-18"
EMAIL = "inanna@desk.example"
#: Entered by hand in each journey; with those of the spreadsheet there are sixty.
TITLES = [
    ("Who owns the spring", "لمن النبع"),
    ("A loom for everybody", "نول لكل واحد"),
    ("Letters that arrive", "رسائل تصل"),
]
_IN_SHEET = 57
_ROOMS = [("Reed Hall", "قاعة القصب"), ("Loom Room", "غرفة النول")]
_THEMES = [("Water", "الماء"), ("Youth", "الشباب")]


@dataclass
class Desk:
    """A browser at the desk, and how its user works: by mouse, by keys or by finger."""

    page: Page
    address: str
    lang: str
    press: Callable[[Locator], None]
    write: Callable[[Locator, str], None]

    def go(self, path: str) -> None:
        """Open a page of the event."""
        self.page.goto(f"{self.address}/desk/{SLUG}{path}")

    def fill(self, name: str, value: str) -> None:
        """Write into the input of this name."""
        self.write(self.page.locator(f'main [name="{name}"]:not([type=hidden])').first, value)

    def save(self) -> None:
        """Send the page's form, and wait for what comes of it."""
        before = self.page.url
        button = self.page.locator("main form .buttons button.button:not(.is-small, .is-plain)")
        self.press(button.last)
        self.page.wait_for_url(lambda address: address != before)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Serve an installation with one organizer, who owns another event; return its address."""
    make_plan()
    join(make_user(EMAIL))
    with served(app) as found:
        yield found


@pytest.fixture(params=["en", "ar"])
def lang(request: pytest.FixtureRequest) -> str:
    """Return the language of the desk."""
    found: str = request.param
    return found


def click(target: Locator) -> None:
    """Press something with the mouse."""
    target.click()


def tap(target: Locator) -> None:
    """Press something with a finger."""
    target.tap()


def press_key(target: Locator) -> None:
    """Press something with the keys alone."""
    target.focus()
    target.press("Enter")


def type_text(target: Locator, value: str) -> None:
    """Write with the keys, over what stands there."""
    target.focus()
    target.press("Control+A")
    target.page.keyboard.insert_text(value)


def fill_in(target: Locator, value: str) -> None:
    """Write into something."""
    target.fill(value)


def sign_in(desk: Desk) -> None:
    """Choose the language of the desk, and sign in."""
    desk.page.goto(f"{desk.address}/desk/")
    desk.press(desk.page.locator(f'button[name="language"][value="{desk.lang}"]'))
    expect(desk.page.locator("html")).to_have_attribute("lang", desk.lang)
    desk.fill("email", EMAIL)
    desk.fill("password", PASSWORD)
    desk.save()


def make_event(desk: Desk) -> None:
    """Make the event, its rooms and its themes."""
    desk.page.goto(f"{desk.address}/desk/new")
    desk.fill("name-en", "Reed Days")
    desk.fill("name-ar", "أيام القصب")
    desk.fill("slug", SLUG)
    for name in ("first_day", "last_day"):
        desk.page.locator(f'[name="{name}"]').fill(DAY)
    desk.save()
    for kind, names in (("rooms", _ROOMS), ("themes", _THEMES)):
        for english, arabic in names:
            desk.go(f"/{kind}/new")
            desk.fill("name-en", english)
            desk.fill("name-ar", arabic)
            desk.save()
            expect(desk.page.locator(".message.is-done").first).to_be_visible()


def enter_sessions(desk: Desk) -> None:
    """Enter three sessions by hand, and bring the others from a spreadsheet."""
    for english, arabic in TITLES:
        desk.go("/sessions/new")
        desk.fill("title-en", english)
        desk.fill("title-ar", arabic)
        desk.fill("minutes", "20")
        desk.page.locator('select[name="state"]').select_option("confirmed")
        desk.save()
    desk.go("/spreadsheets")
    desk.page.locator('input[name="file"]').set_input_files(
        {"name": "sessions.csv", "mimeType": "text/csv", "buffer": spreadsheet()}
    )
    desk.save()
    desk.press(desk.page.locator("main .buttons form button.button:not(.is-plain)"))
    expect(desk.page.locator(".message.is-done").first).to_be_visible()
    desk.go("/sessions")
    expect(desk.page.locator("main")).to_contain_text("60")


def spreadsheet() -> bytes:
    """Return a table of the other sessions, one after the other in both rooms from nine o'clock."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(["kind", "theme", "room", "date", "start", "minutes", "title_en", "title_ar"])
    for number in range(_IN_SHEET):
        room, theme = _ROOMS[number % 2][0], _THEMES[number % 2][0]
        hour, minute = divmod(9 * 60 + number // 2 * 20, 60)
        start = f"{hour:02}:{minute:02}"
        titles = (f"Thread {number}", f"خيط {number}")
        rows.writerow(["workshop", theme, room, DAY, start, 20, *titles])
    return written.getvalue().encode()


def translate(desk: Desk) -> None:
    """Translate the first text that is to do into Kurdish."""
    desk.go("/translations/ckb?kind=session&q=spring")
    desk.press(desk.page.locator('main a[href*="/translations/ckb/session-"]').first)
    desk.page.locator('input[name="title"]').wait_for()
    desk.fill("title", "کانی هی کێیە")
    radio = desk.page.locator('input[name="state"][value="reviewed"]')
    radio.focus()
    desk.page.keyboard.press("Space")
    desk.press(desk.page.locator("form.translation button.button.is-plain:not(.is-small)").last)
    expect(desk.page.locator(".message.is-done").first).to_be_visible()


def accept_a_conflict(desk: Desk) -> None:
    """Let one of the open conflicts be, with a reason."""
    desk.go("/conflicts")
    expect(desk.page.locator("main")).not_to_contain_text("error.")
    accept = desk.page.locator('form[action*="/conflicts/accept"]').first
    folded = desk.page.locator("details:has(form[action*='/conflicts/accept'])").first
    desk.press(folded.locator("summary"))
    desk.write(accept.locator('input[name="reason"]'), "Both were asked")
    desk.press(accept.locator("button"))
    expect(desk.page.locator("main")).to_contain_text("Both were asked")


def publish(desk: Desk) -> None:
    """Publish a draft, and find the placed sessions in the public programme."""
    desk.go("/releases")
    desk.page.locator('input[name="stage"][value="draft"]').check()
    desk.press(desk.page.locator("form.publish .buttons button:not(.is-plain)"))
    expect(desk.page.locator(".message.is-done").first).to_be_visible()
    desk.page.goto(f"{desk.address}/{desk.lang}/{SLUG}/programme")
    for titles in (*TITLES[:2], ("Thread 56", "خيط 56")):
        expect(desk.page.locator("main")).to_contain_text(titles[desk.lang == "ar"])
    desk.page.goto(f"{desk.address}/ckb/{SLUG}/programme?q=کانی")
    expect(desk.page.locator("main")).to_contain_text("کانی هی کێیە")


def whole(desk: Desk, place: Callable[[Desk, str, str], None]) -> None:
    """Go the whole way; ``place`` puts the session of a title (English) into a room."""
    sign_in(desk)
    make_event(desk)
    enter_sessions(desk)
    for (english, arabic), room in zip(TITLES, ("reed-hall", "loom-room"), strict=False):
        place(desk, arabic if desk.lang == "ar" else english, room)
    translate(desk)
    accept_a_conflict(desk)
    publish(desk)


def open_board(desk: Desk, title: str) -> Locator:
    """Open the board, and return the card of an unplaced session."""
    desk.go(f"/board/{DAY}")
    card = desk.page.locator(f'.piece[data-title="{title}"]')
    card.scroll_into_view_if_needed()
    return card


def placed(desk: Desk, title: str, room: str) -> None:
    """Wait until a session stands in a room."""
    expect(desk.page.locator(f'.piece[data-title="{title}"]')).to_have_attribute("data-room", room)


def drag(desk: Desk, title: str, room: str) -> None:
    """Take a session from the tray with the mouse, and let it go near the top of a room."""
    card = open_board(desk, title).bounding_box()
    head = desk.page.locator(f"#head-{room}").bounding_box()
    assert card is not None
    assert head is not None
    mouse = desk.page.mouse
    mouse.move(card["x"] + 40, card["y"] + 6)
    mouse.down()
    mouse.move(card["x"] + 60, card["y"] + 20)
    mouse.move(head["x"] + head["width"] / 2, head["y"] + head["height"] + 30, steps=6)
    mouse.up()
    placed(desk, title, room)


def by_form(desk: Desk, title: str, room: str) -> None:
    """Put a session into a room by the form behind its card."""
    card = open_board(desk, title)
    desk.press(card.locator("a.move"))
    desk.page.locator('select[name="room"]').select_option(room)
    desk.fill("start", "08:10")
    desk.press(desk.page.locator(".move-page form .buttons button").first)
    placed(desk, title, room)


def test_with_the_mouse(browser: Browser, address: str, lang: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 1400})
    whole(Desk(context.new_page(), address, lang, click, fill_in), drag)
    context.close()


def test_with_the_keys_alone(browser: Browser, address: str, lang: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 1400})
    whole(Desk(context.new_page(), address, lang, press_key, type_text), by_keys)
    context.close()


def by_keys(desk: Desk, title: str, room: str) -> None:
    """Lift a session by its handle, carry it to a room with the arrow keys, put it down."""
    card = open_board(desk, title)
    handle = card.locator("button.lift")
    handle.focus()
    desk.page.keyboard.press("Enter")
    desk.page.locator(".has-costs").wait_for()
    across = "ArrowLeft" if desk.lang == "ar" else "ArrowRight"
    for _ in range(0 if room == "reed-hall" else 1):
        desk.page.keyboard.press(across)
    desk.page.keyboard.press("Enter")
    placed(desk, title, room)


def test_on_a_phone(browser: Browser, address: str, lang: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, has_touch=True)
    whole(Desk(context.new_page(), address, lang, tap, fill_in), by_form)
    context.close()
