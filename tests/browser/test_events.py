"""The desk's pages of events, rooms, themes, days and releases as a browser shows them."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from planner.accounts.models import MemberRole
from planner.events.models import TextState
from planner.lib.clock import now
from planner.programme.vocabulary import Stage
from planner.releases.operations import publish
from planner.sessions.operations import place, set_people, set_text
from tests.browser.desk import Desk, DeskEvent, desk, desk_site  # noqa: F401 -- fixtures
from tests.browser.looking import check_in
from tests.plans import DAY, SIDURI, WATER, at, plan_to_change, released

pytestmark = pytest.mark.browser

PAGES = (
    *("/", "/releases", "/rooms", "/rooms/new", "/rooms/tigris", "/rooms/tigris/remove"),
    *("/themes", "/themes/new", "/themes/water", "/themes/water/remove"),
    *("/days", "/days/2017-01-18", "/days/2017-01-18/remove"),
    *("/settings", "/settings/principles", "/settings/dates", "/settings/limits"),
    *("/settings/owner", "/settings/delete", "/readiness"),
)


@pytest.fixture
def event(desk: Desk) -> DeskEvent:  # noqa: F811 -- the fixture
    """Make a small event."""
    return desk.event()


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_they_have_no_barriers_and_never_scroll_sideways(event: DeskEvent, lang: str) -> None:
    owner = event.organizer(role=MemberRole.OWNER)
    with event.desk.app.app_context():
        released(slug=event.slug)
    page = event.open("/", owner, lang=lang)
    for path in ("/desk/", "/desk/new", *(f"/desk/{event.slug}{path}" for path in PAGES)):
        answer = page.goto(event.desk.address + path)
        assert answer is not None
        assert answer.status == 200, path
        check_in(lang, page)
    assert event.desk.complaints == []


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_readiness_is_told_without_barriers_and_bars_begin_where_lines_begin(
    event: DeskEvent, lang: str
) -> None:
    with event.desk.app.app_context(), plan_to_change(event.slug) as plan:
        plan.event.binding = ["texts"]
    editor = event.organizer(role=MemberRole.EDITOR)
    page = event.open("/readiness", editor, lang=lang)
    for closed in page.locator("main details > summary").all():
        closed.click()
    check_in(lang, page)
    whole = page.locator(".chart .bars").first
    track, placed = (whole.locator(f"rect{name}").first for name in (".track", ".is-placed"))
    all_of_it, done = track.bounding_box(), placed.bounding_box()
    assert all_of_it is not None
    assert done is not None
    assert 0 < done["width"] < all_of_it["width"]
    ends = (box["x"] + (box["width"] if lang == "ar" else 0) for box in (all_of_it, done))
    assert len({round(end) for end in ends}) == 1
    assert event.desk.complaints == []


@pytest.mark.parametrize("script", [True, False])
def test_a_text_is_shown_as_it_will_look_and_nothing_is_saved(
    event: DeskEvent, script: bool
) -> None:
    page = event.open("/settings", script=script)
    page.locator('[name="call-ar"]').fill("**الماء** حقٌّ للجميع")
    page.locator('[name="tagline-ar"]').fill("من النبع")
    page.locator('button[value="call-ar"]').click()
    shown = page.locator(".preview:visible")
    expect(shown.locator("strong")).to_have_text("الماء")
    expect(shown).to_have_attribute("dir", "rtl")
    expect(page.locator('[name="tagline-ar"]')).to_have_value("من النبع")
    page.reload() if script else page.goto(page.url)
    expect(page.locator('[name="tagline-ar"]')).to_have_value("")
    assert event.desk.complaints == []


@pytest.mark.parametrize("script", [True, False])
def test_enter_saves_and_does_not_press_another_button(event: DeskEvent, script: bool) -> None:
    page = event.open("/settings", script=script)
    page.locator('[name="tagline-ckb"]').fill("لە کانییەوە بۆ شار")
    page.locator('[name="tagline-ckb"]').press("Enter")
    expect(page.locator(".message.is-done").first).to_be_visible()
    expect(page.locator('[name="tagline-ckb"]')).to_have_value("لە کانییەوە بۆ شار")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_what_met_the_edit_of_another_is_shown_without_barriers(
    event: DeskEvent, lang: str
) -> None:
    mine = event.open("/rooms/tigris", event.organizer("Inanna"), lang=lang)
    theirs = event.open("/rooms/tigris", event.organizer("Enkidu"), lang=lang)
    theirs.locator('[name="name-ar"]').fill("القاعة الكبرى")
    theirs.locator('[name="name-ar"]').press("Enter")
    theirs.wait_for_url("**/rooms")
    mine.locator('[name="name-ar"]').fill("قاعة النهر")
    mine.locator('[name="name-ar"]').press("Enter")
    expect(mine.locator(".clash .theirs")).to_have_text("القاعة الكبرى")
    expect(mine.locator('[name="name-ar"]')).to_have_value("قاعة النهر")
    check_in(lang, mine)
    mine.locator('[name="name-ar"]').press("Enter")
    mine.wait_for_url("**/rooms")
    expect(mine.locator("main")).to_contain_text("قاعة النهر")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_release_is_refused_when_the_plan_changed_meanwhile(event: DeskEvent, lang: str) -> None:
    page = event.open("/releases", event.organizer("Inanna"), lang=lang)
    other = event.open(f"/sessions/{event.code(WATER)}", event.organizer("Enkidu"), lang=lang)
    other.locator('[name="title-ar"]').fill("الماء للجميع")
    other.locator('[name="title-ar"]').press("Enter")
    other.wait_for_load_state()
    page.locator('[name="note-ar"]').fill("مسودة أولى")
    despite = page.locator('[name="despite"]')
    if despite.count():
        despite.check()
    page.locator(".publish button.button:visible").last.click()
    expect(page.locator(".message.is-warning")).to_contain_text("Enkidu")
    expect(page.locator('[name="note-ar"]')).to_have_value("مسودة أولى")
    check_in(lang, page)
    page.locator(".publish button.button:visible").last.click()
    expect(page.locator(".mark.is-good")).to_be_visible()
    expect(page.locator("main")).to_contain_text("مسودة أولى")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_what_a_release_would_change_is_compared_and_previewed_without_barriers(
    event: DeskEvent, lang: str
) -> None:
    with event.desk.app.app_context():
        released(slug=event.slug)
        with plan_to_change(event.slug) as plan:
            water = plan.sessions[event.code(WATER)]
            place(water, starts_at=at(11), room=plan.rooms["zagros"])
            set_text(
                water, "ar", title="حق الجميع", abstract="إلى البحر.\n\nثم.", state=TextState.DRAFT
            )
            set_people(water, [])
            plan.rooms["tigris"].capacity = 7
            plan.event.tagline = {"ckb": "ئاو، کار و وشە"}
    page = event.open("/releases/compare", lang=lang)
    page.locator(".difference details summary").click()
    line = page.locator(".rewording").first
    expect(line.locator("ins")).to_have_text("الجميع")
    expect(line).to_have_attribute("dir", "rtl")
    check_in(lang, page)
    page.goto(f"{event.desk.address}/desk/{event.slug}/releases")
    check_in(lang, page)
    page.locator(f'.preview-links a[lang="{lang}"]').click()
    expect(page.locator(".preview-bar")).to_be_visible()
    check_in(lang, page)
    page.locator(f'.card a[href*="{event.code(WATER)}"]').click()
    expect(page.locator("h1")).to_have_text("حق الجميع" + (" Arabic" if lang == "en" else ""))
    expect(page.locator(".preview-bar")).to_be_visible()
    for path in ("changes", "later", "rooms/tigris", f"speakers/{event.code(SIDURI)}"):
        page.goto(f"{event.desk.address}/desk/{event.slug}/releases/next/{lang}/{path}")
        check_in(lang, page)
    page.locator(".preview-bar a").click()
    page.wait_for_url("**/releases")
    assert event.desk.complaints == []


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_what_changed_today_stands_above_the_programme(event: DeskEvent, lang: str) -> None:
    today = now().astimezone(ZoneInfo("Asia/Baghdad")).date()
    with event.desk.app.app_context():
        with plan_to_change(event.slug) as plan:
            plan.event.first_day, plan.event.last_day = today, today
            for session in plan.sessions.values():
                if session.starts_at:
                    session.starts_at += today - DAY
        publish(event.slug, Stage.FINAL, at=now() - timedelta(days=1))
        with plan_to_change(event.slug) as plan:
            water = plan.sessions[event.code(WATER)]
            place(water, starts_at=water.starts_at, room=plan.rooms["zagros"])
        publish(event.slug, Stage.FINAL, note={"ar": "القاعة باردة."})
    page = event.desk.open(f"/{lang}/{event.slug}/programme", event.organizer(), script=False)
    expect(page.locator(".today li")).to_have_count(1)
    expect(page.locator(".today .note")).to_contain_text("القاعة باردة.")
    page.emulate_media(media="print")
    expect(page.locator(".today li")).to_be_visible()
    page.emulate_media(media="screen")
    scripted = event.desk.open(f"/{lang}/{event.slug}/programme", event.organizer("Enkidu"))
    check_in(lang, scripted)
    assert event.desk.complaints == []


def test_a_room_is_deleted_and_brought_back(event: DeskEvent) -> None:
    page = event.open("/rooms/tigris/remove", script=False)
    page.locator("main button.is-danger").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    with event.session(WATER) as session:
        assert session.room is None
    page.locator(".steps button").first.click()
    expect(page.locator("tbody tr")).to_have_count(2)
    with event.session(WATER) as session:
        assert session.room is not None
