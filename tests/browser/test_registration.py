"""Registering on a phone: before it opens, while it is open, when it is full, when it has ended."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from planner.extensions import db
from planner.notices.delivery import server_of
from planner.notices.sending import send_all
from planner.participants.models import Participant, Standing
from tests.browser.desk import Desk, DeskEvent, desk, desk_site  # noqa: F401 -- fixtures
from tests.browser.looking import check_in, fits
from tests.browser.test_entering import event  # noqa: F401 -- the fixture
from tests.notices.servers import Postbox, mail_server
from tests.registration.people import add, open_registration

pytestmark = pytest.mark.browser

_OPEN = "Registration is open"


class Phone:
    """A phone 360 pixels wide, without script."""

    def __init__(self, event: DeskEvent) -> None:  # noqa: F811 -- the fixture
        self.event = event
        self.context: BrowserContext = event.desk.browser.new_context(
            viewport={"width": 360, "height": 780}, java_script_enabled=False
        )
        event.desk.contexts.append(self.context)

    def open(self, address: str) -> Page:
        """Open an address of the site."""
        page = self.context.new_page()
        page.on("console", lambda message: self.event.desk.complaints.append(message.text))
        page.goto(address if "://" in address else self.event.desk.address + address)
        return page

    def form(self, lang: str) -> Page:
        """Open the page of registration."""
        return self.open(f"/{lang}/{self.event.slug}/registration")

    def standing(self, email: str) -> Standing:
        """Return how somebody stands."""
        with self.event.desk.app.app_context():
            wanted = select(Participant.standing).where(Participant.email == email)
            return db.session.scalars(wanted).one()

    def link_sent_to(self, email: str) -> str:
        """Send the outbox through a real mail server, and return the link that came."""
        app, box = self.event.desk.app, Postbox()
        with mail_server(box) as port, app.app_context():
            send_all(server_of(f"smtp://127.0.0.1:{port}", "127.0.0.1"), lambda _told: None)
        letters = dict(zip([to for (to,) in box.recipients], box.letters, strict=True))
        found = re.search(r"http://\S+/registration/[\w-]{43}", letters[email].get_content())
        assert found is not None
        return found[0]


@pytest.fixture
def phone(event: DeskEvent) -> Iterator[Phone]:  # noqa: F811 -- the fixture
    """Return a phone, where the installation sends mail."""
    with _sends_mail(event):
        yield Phone(event)


@contextmanager
def _sends_mail(event: DeskEvent) -> Iterator[None]:  # noqa: F811 -- the fixture
    config = event.desk.app.config
    config["SMTP_URL"] = "smtp://127.0.0.1:1"
    yield
    config["SMTP_URL"] = None


def _open(event: DeskEvent, **how: object) -> None:  # noqa: F811 -- the fixture
    with event.desk.app.app_context():
        open_registration(slug=event.slug, **how)  # type: ignore[arg-type]


def test_somebody_registers_in_kurdish_confirms_from_the_mail_changes_and_cancels(
    phone: Phone,
) -> None:
    _open(phone.event)
    email = f"azad@{phone.event.slug}.invalid"
    page = phone.form("ckb")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    fits(page)
    page.set_viewport_size({"width": 360, "height": 780})
    page.locator("form .button").click()
    expect(page.locator(".errors")).to_have_count(4)
    page.locator("[name=name]").fill("ئازاد")
    page.locator("[name=email]").fill(email)
    page.locator("[name=follow][value=ckb]").check()
    page.locator("[name=interpretation][value=ckb]").check()
    page.locator("[name=access_needs]").fill("بەبێ قادرمە")
    page.locator("[name=agree]").check()
    page.locator("form .button").click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "ckb")
    assert phone.standing(email) is Standing.UNCONFIRMED

    own = phone.open(phone.link_sent_to(email))
    expect(own.locator("html")).to_have_attribute("lang", "ckb")
    expect(own.get_by_text("بەبێ قادرمە")).to_be_visible()
    assert phone.standing(email) is Standing.UNCONFIRMED, "opening it confirms nothing"
    own.locator("form .button").click()
    expect(own.get_by_role("status")).to_be_visible()
    assert phone.standing(email) is Standing.REGISTERED

    own.locator("main .buttons a").first.click()
    own.locator("[name=name]").fill("ئازاد م.")
    own.locator("[name=interpretation][value=ckb]").uncheck()
    own.locator("form .button").first.click()
    expect(own.get_by_text("ئازاد م.")).to_be_visible()
    own.locator("main .buttons a").last.click()
    own.locator("form .button").first.click()
    expect(own.locator(".standing.is-no")).to_be_visible()
    assert phone.standing(email) is Standing.CANCELLED
    assert [one for one in phone.event.desk.complaints if "422" not in one] == []


def test_who_comes_when_all_places_are_taken_waits_and_moves_up(phone: Phone) -> None:
    _open(phone.event, places=1)
    links = []
    for name in ("first", "second"):
        email = f"{name}@{phone.event.slug}.invalid"
        page = phone.form("en")
        if name == "second":
            expect(page.get_by_text("All places are taken.")).to_be_visible()
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("E-mail address").fill(email)
        page.locator("[name=follow][value=en]").check()
        page.get_by_label("I agree with these principles.").check()
        page.get_by_role("button", name="Register").click()
        # Nobody types as quickly, so the form asks for another press of the button.
        expect(page.get_by_text("Please press the button once more")).to_be_visible()
        page.get_by_role("button", name="Register").click()
        expect(page.get_by_text("Look into your mail")).to_be_visible()
        links.append(phone.link_sent_to(email))
        page.goto(links[-1])
        page.get_by_role("button", name="Yes, register me").click()
    expect(page.get_by_text("You are the next.")).to_be_visible()
    first = phone.open(links[0])
    expect(first.get_by_text("You are registered for")).to_be_visible()
    first.get_by_role("link", name="Cancel my registration").click()
    first.get_by_role("button", name="Cancel my registration").click()
    assert phone.link_sent_to(f"second@{phone.event.slug}.invalid") == links[1]
    page.reload()
    expect(page.get_by_text("You are registered for")).to_be_visible()
    assert [one for one in phone.event.desk.complaints if "422" not in one] == []


def test_it_says_when_it_opens_and_that_it_has_ended(phone: Phone) -> None:
    _open(phone.event, opens=30, closes=60)
    page = phone.form("en")
    expect(page.get_by_text("Registration opens on")).to_be_visible()
    expect(page.get_by_text("Asia/Baghdad, UTC+03:00").first).to_be_visible()
    expect(page.locator("form")).to_have_count(0)
    other = phone.event.desk.event()
    _open(other, opens=-60, closes=-1)
    page.goto(f"{phone.event.desk.address}/en/{other.slug}/registration")
    expect(page.get_by_text("Registration has ended. Thank you")).to_be_visible()
    expect(page.locator("form")).to_have_count(0)


def test_the_pages_have_no_barriers(phone: Phone) -> None:
    _open(phone.event, places=1)
    context = phone.event.desk.browser.new_context()
    phone.event.desk.contexts.append(context)
    page = context.new_page()
    page.on("console", lambda message: phone.event.desk.complaints.append(message.text))
    address = phone.event.desk.address
    with phone.event.desk.app.app_context():
        number = add(1, slug=phone.event.slug, email=f"one@{phone.event.slug}.invalid")
    for lang, path in (("en", "call"), ("en", "registration"), ("ar", "registration")):
        page.goto(f"{address}/{lang}/{phone.event.slug}/{path}")
        check_in(lang, page)
    page.locator("form .button").click()
    expect(page.locator(".errors").first).to_be_visible()
    check_in("ar", page)
    small = page.evaluate(
        "[...document.querySelectorAll('main :is(button, input, textarea, summary)')]"
        ".filter(one => one.checkVisibility()"
        " && one.closest('label, .field, .buttons').getBoundingClientRect().height < 24).length"
    )
    assert small == 0
    organizer = phone.event.organizer()
    check_in("en", phone.event.open("/participants", organizer))
    check_in("ckb", phone.event.open(f"/participants/{number}", organizer))
    check_in("ckb", phone.event.open("/settings/participants", organizer))
    assert [one for one in phone.event.desk.complaints if "422" not in one] == []
