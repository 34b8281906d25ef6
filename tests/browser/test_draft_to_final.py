"""The road from draft to final in the browser: from a plan with faults to a release taken back."""

import re
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from planner.accounts.models import MemberRole
from planner.extensions import db
from planner.lib.clock import now
from planner.programme.vocabulary import Stage
from planner.releases.models import ScheduledRelease
from planner.releases.operations import publish
from tests.browser.desk import Desk, DeskEvent, desk, desk_site  # noqa: F401 -- fixtures
from tests.browser.looking import check_in
from tests.plans import DAY, WATER, WOMEN, plan_to_change

pytestmark = pytest.mark.browser

_BAGHDAD = ZoneInfo("Asia/Baghdad")
_TITLE = {"en": "Water belongs to all", "ar": "نهر لكل قرية"}


@pytest.fixture
def event(desk: Desk) -> DeskEvent:  # noqa: F811 -- the fixture
    """Make the small event, in which somebody is in two places at once; it begins today.

    A first draft was published the day before yesterday.
    """
    made = desk.event()
    today = now().astimezone(_BAGHDAD).date()
    with desk.app.app_context(), plan_to_change(made.slug) as plan:
        plan.event.first_day, plan.event.last_day = today, today + timedelta(days=1)
        for session in plan.sessions.values():
            if session.starts_at is not None:
                session.starts_at += today - DAY
    with desk.app.app_context():
        publish(made.slug, Stage.DRAFT, at=now() - timedelta(days=2))
    return made


@dataclass
class Road:
    """An owner on the road from draft to final."""

    event: DeskEvent
    page: Page
    lang: str

    def go(self, path: str) -> None:
        """Open a page of the event's desk."""
        self.page.goto(f"{self.event.desk.address}/desk/{self.event.slug}{path}")

    def submit(self) -> None:
        """Press the main button of the page's form, and wait for what was done."""
        self.page.locator("main form button.button:not(.is-plain, .is-small)").last.click()
        expect(self.page.locator(".message.is-done").first).to_be_visible()

    def see_in_public(self, words: str) -> None:
        """Open the public programme until it says something: it is a second behind at most."""
        self.page.goto(f"{self.event.desk.address}/{self.lang}/{self.event.slug}/programme")
        for _ in range(20):
            if self.page.get_by_text(words).count():
                return
            self.page.wait_for_timeout(250)
            self.page.reload()
        raise AssertionError(f"the public does not read {words}")

    def mend(self) -> None:
        """Find who is in two places at once where readiness says so, and place one elsewhere."""
        women = self.event.code(WOMEN)
        self.go("/readiness")
        check_in(self.lang, self.page)
        fault = self.page.locator(f"main a[href*='{women}']").first
        fault.click()
        expect(self.page).to_have_url(re.compile(women))
        self.go(f"/sessions/{women}/move")
        self.page.fill("[name=start]", "14:00")
        self.page.locator("main form button.button:not(.is-plain)").first.click()
        self.page.wait_for_url(re.compile("/board/"))

    def publish_a_draft(self) -> None:
        """Publish the plan as a draft."""
        self.go("/releases")
        self.page.check("input[name=stage][value=draft]")
        self.submit()
        self.see_in_public("حق الوصول إلى الماء")

    def take_a_comment(self) -> None:
        """Change a title, since a reader of the draft asked for it."""
        self.go(f"/sessions/{self.event.code(WATER)}")
        self.page.fill(f"[name=title-{self.lang}]", _TITLE[self.lang])
        self.submit()

    def review(self) -> None:
        """See the title word by word, as it would be read, and between any two releases."""
        words = self.page.locator("ins").filter(has_text=_TITLE[self.lang])
        renamed = self.page.locator("main").locator(words).first
        wording = self.page.locator("details").filter(has=words).last.locator("summary").last
        self.go("/releases")
        wording.click()
        expect(renamed).to_be_visible()
        check_in(self.lang, self.page)
        self.go(f"/releases/next/{self.lang}/programme")
        expect(self.page.get_by_text(_TITLE[self.lang]).first).to_be_visible()
        self.go("/releases/compare?from=2&to=next")
        wording.click()
        expect(renamed).to_be_visible()

    def put_off(self) -> None:
        """Let the final programme be published tomorrow, and let tomorrow come."""
        tomorrow = now().astimezone(_BAGHDAD) + timedelta(days=1)
        self.go("/releases")
        self.page.check("input[name=stage][value=final]")
        self.page.locator("details.later summary").click()
        self.page.fill("[name=day]", tomorrow.date().isoformat())
        self.page.fill("[name=hour]", "9:00")
        self.page.locator("button[name=later]").click()
        expect(self.page.locator(".message.is-done").first).to_be_visible()
        check_in(self.lang, self.page)
        app = self.event.desk.app
        with app.app_context():
            with plan_to_change(self.event.slug) as plan:
                asked = select(ScheduledRelease).where(ScheduledRelease.event_id == plan.event.id)
                db.session.scalars(asked).one().publish_at = now()
            assert app.test_cli_runner().invoke(args=["tick"]).exit_code == 0
        self.see_in_public(_TITLE[self.lang])

    def put_right(self) -> None:
        """Move a session on the day; the programme begins with that."""
        self.go(f"/sessions/{self.event.code(WATER)}/correct")
        check_in(self.lang, self.page)
        self.page.fill("[name=start]", "16:40")
        self.page.fill(f"[name=note-{self.lang}]", "16:40!")
        self.submit()
        self.see_in_public("16:40!")
        expect(self.page.locator(".today")).to_contain_text(_TITLE[self.lang])
        check_in(self.lang, self.page)

    def take_back(self) -> None:
        """Make the release before public again."""
        self.go("/releases/3/take-back")
        check_in(self.lang, self.page)
        self.submit()
        self.go("/releases/5")
        check_in(self.lang, self.page)
        self.page.goto(f"{self.event.desk.address}/{self.lang}/{self.event.slug}/programme")
        self.page.reload()  # the browser may show for a minute what it has
        card = self.page.locator("main article, main .card").filter(has_text=_TITLE[self.lang])
        expect(card.locator("time").first).to_contain_text("10:00")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_from_a_plan_with_faults_to_a_release_that_is_taken_back(
    event: DeskEvent, lang: str
) -> None:
    owner = event.organizer(role=MemberRole.OWNER)
    road = Road(event, event.open("/", owner, lang=lang), lang)
    road.mend()
    road.publish_a_draft()
    road.take_a_comment()
    road.review()
    road.put_off()
    road.put_right()
    road.take_back()
    assert event.desk.complaints == []
