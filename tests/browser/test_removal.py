"""Removing a name, as a browser shows it."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk, DeskEvent, desk, desk_site  # noqa: F401 -- fixtures
from tests.browser.looking import check
from tests.browser.test_entering import event  # noqa: F401 -- the fixture
from tests.plans import SIDURI, WATER, released

pytestmark = pytest.mark.browser


def test_an_organizer_reads_what_it_means_and_removes_a_name(
    event: DeskEvent,  # noqa: F811 -- the fixture
) -> None:
    with event.desk.app.app_context():
        released(slug=event.slug)
    siduri, water = event.code(SIDURI), event.code(WATER)
    public = f"{event.desk.address}/ar/{event.slug}/speakers/{siduri}"
    page = event.open(f"/speakers/{siduri}", event.organizer())
    assert page.request.get(public).status == 200
    page.get_by_role("link", name="Remove this name from everything published…").click()
    check(page)
    expect(page.get_by_role("heading", name="What cannot be recalled")).to_be_visible()
    page.get_by_label("Out of the plan as well").check()
    page.get_by_role("button", name="Remove the name for good").click()
    expect(page).to_have_url(f"{event.desk.address}/desk/{event.slug}/speakers/{siduri}/remove")
    page.get_by_label("I have read what cannot be recalled.").check()
    page.get_by_role("button", name="Remove the name for good").click()
    expect(page.get_by_text("The name is removed from everything published.")).to_be_visible()
    page.wait_for_timeout(1100)  # what the server remembers of the release before runs out
    assert page.request.get(public).status == 404
    for path in (f"/sessions/{water}/remove", "/removals"):
        page.goto(f"{event.desk.address}/desk/{event.slug}{path}")
        check(page)
    assert event.desk.complaints == []


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_it_has_no_barriers_in_the_other_direction(
    event: DeskEvent,  # noqa: F811 -- the fixture
    lang: str,
) -> None:
    with event.desk.app.app_context():
        released(slug=event.slug)
    siduri = event.code(SIDURI)
    check(event.open(f"/speakers/{siduri}/remove", event.organizer(), lang=lang))
    assert event.desk.complaints == []
