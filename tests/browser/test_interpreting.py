"""An interpreter's day: organizers deal out turns, and the interpreter reads them on a phone."""

import pytest
from playwright.sync_api import expect

from planner.programme.vocabulary import Role
from planner.sessions.operations import set_people
from planner.speakers.models import Visibility
from planner.speakers.operations import add_speaker, set_text
from tests.browser.desk import Desk, DeskEvent, desk, desk_site  # noqa: F401 -- fixtures
from tests.browser.looking import check, check_in, fits
from tests.browser.test_entering import event  # noqa: F401 -- the fixture
from tests.browser.test_slots import Phone, phone  # noqa: F401 -- the fixture
from tests.plans import DAY, WATER, WOMEN, ZIN, plan_to_change
from tests.slots.speaking import link

pytestmark = pytest.mark.browser
NISABA = "GHJKMN"


def _prepare(event: DeskEvent) -> None:  # noqa: F811 -- the fixture
    """Let the panel on water be interpreted by two who can."""
    with event.desk.app.app_context(), plan_to_change(event.slug) as plan:
        plan.event.shows_plan = True
        water, women = plan.sessions[event.code(WATER)], plan.sessions[event.code(WOMEN)]
        water.spoken_languages, water.interpreted_languages = ["ar"], ["ckb"]
        women.starts_at = women.room = None
        zin = plan.speakers[event.code(ZIN)]
        zin.spoken_languages = ["ckb", "ar"]
        nisaba = add_speaker(plan.event, code=event.code(NISABA), visibility=Visibility.PUBLIC)
        set_text(nisaba, "ar", display_name="نيسابا")
        nisaba.spoken_languages = ["ar", "ckb"]
        people = [(person.speaker, person.role) for person in water.people]
        set_people(water, [*people, (nisaba, Role.INTERPRETER)])


def test_turns_are_proposed_put_right_and_read_on_a_phone_without_script(
    phone: Phone,  # noqa: F811 -- the fixture
) -> None:
    event = phone.event  # noqa: F811 -- its event
    _prepare(event)
    page = event.open("/interpretation", event.organizer(), script=False)
    expect(page.get_by_text("2 turns without anybody").first).to_be_visible()
    page.get_by_role("link", name="Propose who fills this day…").click()
    page.get_by_role("button", name="Fill 2 turns").click()
    expect(page.get_by_text("2 turns filled.")).to_be_visible()
    expect(page.get_by_text("Every turn is taken").first).to_be_visible()
    page.get_by_role("link", name="Deal out the turns…").click()
    page.get_by_label("To", exact=True).first.fill("10:20")
    page.get_by_label("From", exact=True).nth(1).fill("10:20")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("10:20–11:00")).to_be_visible()
    rota = phone.open(ZIN, "ckb", script=False)
    rota.goto(rota.url.replace("?", "/rota?"))
    expect(rota.locator("html")).to_have_attribute("dir", "rtl")
    expect(rota.get_by_text("10:00–10:20")).to_be_visible()
    expect(rota.get_by_text("نيسابا")).to_be_visible()
    fits(rota)
    assert event.desk.complaints == []


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_no_page_has_barriers(
    phone: Phone,  # noqa: F811 -- the fixture
    lang: str,
) -> None:
    event = phone.event  # noqa: F811 -- its event
    _prepare(event)
    day, user = f"/interpretation/{DAY.isoformat()}", event.organizer()
    turns = f"/interpretation/sessions/{event.code(WATER)}"
    page = event.open(f"{day}/proposal", user, lang=lang)
    look = check if lang == "ar" else lambda page: check_in(lang, page)
    look(page)
    page.locator("form.buttons button").click()
    look(page)
    for path in (turns, f"{day}/sheets", f"{day}/sheets?by=booth"):
        page.goto(f"{event.desk.address}/desk/{event.slug}{path}")
        look(page)
    own = phone.open(ZIN, lang)
    with event.desk.app.app_context():
        token = link(event.code(ZIN))
    for part in ("rota", "calendar"):
        own.goto(f"{event.desk.address}/speak/{token}/{part}?lang={lang}")
        look(own)
    own.locator("main form button").click()
    expect(own.locator("a[href^='webcal:']")).to_be_visible()
    look(own)
    assert event.desk.complaints == []
