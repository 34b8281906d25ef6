"""The desk's pages of sessions and speakers as a browser shows them."""

import os
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from planner.sessions.models import Session
from tests.browser.desk import Desk, DeskEvent, desk, desk_site  # noqa: F401 -- fixtures
from tests.browser.looking import check_in
from tests.plans import PROPOSED, SIDURI, WATER, WOMEN, ZIN, released

pytestmark = pytest.mark.browser


@pytest.fixture
def event(desk: Desk) -> DeskEvent:  # noqa: F811 -- the fixture
    """Make a small event."""
    return desk.event()


@pytest.mark.parametrize(
    ("lang", "sees_names"), [("en", True), ("en", False), ("ar", True), ("ckb", False)]
)
def test_they_have_no_barriers_and_never_scroll_sideways(
    event: DeskEvent, lang: str, sees_names: bool
) -> None:
    with event.desk.app.app_context():
        released(slug=event.slug)
    water, siduri, zin = (event.code(code) for code in (WATER, SIDURI, ZIN))
    page = event.open("/sessions", event.organizer(sees_names=sees_names), lang=lang)
    for path in (
        *("/sessions", "/sessions?q=nothing+like+this", "/sessions?sort=title&missing=en"),
        *("/sessions/new", f"/sessions/{water}", f"/sessions/{water}/asked"),
        *(f"/sessions/{water}/delete", "/speakers", "/speakers?q=nothing", "/speakers/new"),
        *(f"/speakers/{siduri}", f"/speakers/{zin}", f"/speakers/{siduri}/join"),
        f"/speakers/{zin}/delete",
    ):
        answer = page.goto(f"{event.desk.address}/desk/{event.slug}{path}")
        assert answer is not None
        assert answer.status == 200, path
        check_in(lang, page)
    assert event.desk.complaints == []


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_what_met_the_edit_of_another_and_what_is_wrong_is_shown_without_barriers(
    event: DeskEvent, lang: str
) -> None:
    path = f"/sessions/{event.code(WATER)}"
    mine = event.open(path, event.organizer("Inanna"), lang=lang)
    theirs = event.open(path, event.organizer("Enkidu"), lang=lang)
    theirs.locator('[name="title-ar"]').fill("الماء للجميع")
    theirs.locator('[name="kind"]').select_option("workshop")
    theirs.locator('[name="title-ar"]').press("Enter")
    expect(theirs.locator(".message.is-done")).to_be_visible()
    mine.locator('[name="title-ar"]').fill("ماء النهر")
    mine.locator('[name="kind"]').select_option("plenary")
    mine.locator('[name="title-ar"]').press("Enter")
    expect(mine.locator(".clash .theirs").first).to_have_text("الماء للجميع")
    expect(mine.locator('[name="title-ar"]')).to_have_value("ماء النهر")
    check_in(lang, mine)
    mine.locator('[name="people-0-speaker"]').fill("نينسون")
    mine.locator('[name="title-ar"]').fill("")
    mine.locator(".buttons.is-sticky button").click()
    expect(mine.locator(".errors").first).to_be_visible()
    check_in(lang, mine)


def rows(page: Page) -> list[str]:
    """Return whom the rows of a form name, without the empty ones."""
    fields = page.locator('[name^="people-"][name$="-speaker"]')
    return [value for value in (field.input_value() for field in fields.all()) if value]


def people(session: Session) -> list[int]:
    """Return the numbers of who takes part."""
    return [part.speaker.number for part in session.people]


@pytest.mark.parametrize("script", [True, False])
def test_people_are_moved_added_and_taken_out(event: DeskEvent, script: bool) -> None:
    page = event.open(f"/sessions/{event.code(WATER)}", script=script)
    page.locator('[name="title-ckb"]').fill("ئاو")
    page.locator(".rows > li").nth(2).locator('button[value^="up"]').click()
    assert [value[0] for value in rows(page)] == ["1", "3", "2"]
    page.locator(".rows > li").nth(0).locator('button[value^="remove"]').click()
    page.locator('#people button[value="add"]').click()
    page.locator(".rows > li").last.locator("input").first.fill("1")
    assert [value[0] for value in rows(page)] == ["3", "2", "1"]
    expect(page.locator('[name="title-ckb"]')).to_have_value("ئاو")
    page.locator(".buttons.is-sticky button").click()
    expect(page.locator(".message.is-done")).to_be_visible()
    with event.session(WATER) as session:
        assert people(session) == [3, 2, 1]
        assert session.texts["ckb"].title == "ئاو"
    assert event.desk.complaints == []


def test_rows_are_moved_with_the_keyboard_and_keep_the_focus(event: DeskEvent) -> None:
    page = event.open(f"/sessions/{event.code(WATER)}")
    up = page.locator(".rows > li").nth(2).locator('button[value^="up"]')
    up.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert [value[0] for value in rows(page)] == ["3", "1", "2"]
    assert page.evaluate("document.activeElement.name") == "people-2-speaker"
    assert page.evaluate("document.activeElement.value").startswith("3")


@pytest.mark.parametrize("script", [True, False])
def test_a_new_speaker_is_added_from_the_form_of_a_session(event: DeskEvent, script: bool) -> None:
    page = event.open(f"/sessions/{event.code(PROPOSED)}", script=script)
    page.locator(".rows > li").last.locator("input").first.fill("نينسون")
    page.locator(".buttons.is-sticky button").click()
    page.locator('.rows [type="checkbox"]').check()
    page.locator(".buttons.is-sticky button").click()
    expect(page.locator(".message.is-done")).to_be_visible()
    with event.session(PROPOSED) as session:
        assert session.people[-1].speaker.texts["ar"].display_name == "نينسون"


@pytest.mark.parametrize("script", [True, False])
def test_hours_are_added_and_taken_out(event: DeskEvent, script: bool) -> None:
    page = event.open(f"/speakers/{event.code(ZIN)}", script=script)
    page.locator(".rows select").first.select_option(index=1)
    page.locator('#free button[value="add"]').click()
    page.locator(".rows > li").last.locator("select").select_option(index=2)
    page.locator(".rows > li").last.locator('[name$="-end"]').fill("12:00")
    page.locator(".buttons.is-sticky button").click()
    expect(page.locator(".message.is-done")).to_be_visible()
    expect(page.locator(".rows > li")).to_have_count(3)
    expect(page.locator(".rows > li").nth(1).locator('[name$="-end"]')).to_have_value("12:00")
    assert event.desk.complaints == []


@pytest.mark.parametrize("script", [True, False])
def test_several_sessions_are_chosen_and_changed_on_a_phone(event: DeskEvent, script: bool) -> None:
    page = event.open("/sessions?theme=water", script=script, width=360)
    page.locator('[name="session"]').check()
    page.locator('select[name="state"]').last.select_option("accepted")
    page.locator('button[name="do"][value="state"]').click()
    expect(page.locator(".message.is-done")).to_contain_text("1")
    assert page.url.endswith("/sessions?theme=water")
    page.locator(".steps button").first.click()
    with event.session(WATER) as session:
        assert session.state == "confirmed"


def test_the_filters_are_in_the_address_and_can_be_cleared(event: DeskEvent) -> None:
    page = event.open("/sessions", script=False)
    page.locator('[name="q"]').fill("اشتي")
    page.locator('[name="q"]').press("Enter")
    assert "q=" in page.url
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody th a")).to_contain_text("ئاشتی")
    page.get_by_role("link", name="Clear the filters").click()
    expect(page.locator("tbody tr")).to_have_count(4)


def test_a_photo_is_made_small_before_it_is_sent(event: DeskEvent, tmp_path: Path) -> None:
    large = Image.frombytes("RGB", (3000, 2000), os.urandom(18_000_000))
    exif = Image.Exif()
    exif[0x010F] = "secret-of-the-camera"
    large.save(tmp_path / "large.jpg", quality=95, exif=exif)
    assert (tmp_path / "large.jpg").stat().st_size > 5 * 1024 * 1024
    page = event.open(f"/speakers/{event.code(SIDURI)}")
    page.locator("#photo-file").set_input_files(tmp_path / "large.jpg")
    page.locator("#photo button.button:not(.is-small)").click()
    expect(page.locator(".message.is-done")).to_be_visible()
    shown = page.locator("#photo img")
    expect(shown).to_be_visible()
    size = shown.evaluate(
        "image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])"
    )
    assert size == [640, 427]
    assert event.desk.complaints == []


def test_a_photo_that_is_too_large_is_refused_in_words_without_a_script(
    event: DeskEvent, tmp_path: Path
) -> None:
    (tmp_path / "huge.jpg").write_bytes(os.urandom(9_000_000))
    page = event.open(f"/speakers/{event.code(SIDURI)}", script=False)
    page.locator("#photo-file").set_input_files(tmp_path / "huge.jpg")
    page.locator("#photo button.button:not(.is-small)").click()
    expect(page.locator(".message.is-error")).to_contain_text("5 MB")


def test_a_session_is_deleted_after_asking_and_brought_back(event: DeskEvent) -> None:
    page = event.open(f"/sessions/{event.code(WOMEN)}", script=False)
    page.get_by_role("link", name="Delete…").click()
    expect(page.locator(".depends")).to_contain_text("10:00")
    page.get_by_role("button", name="Delete the session").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    page.locator(".steps button").first.click()
    expect(page.locator("tbody tr")).to_have_count(4)
