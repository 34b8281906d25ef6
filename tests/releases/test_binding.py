"""Publishing while requirements that bind are not met: refused, or for a reason that is kept."""

import re

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from planner.accounts.models import MemberRole
from planner.extensions import db
from planner.programme.vocabulary import Stage
from planner.readiness.binding import NotReadyError
from planner.releases.models import Release
from planner.releases.operations import publish
from planner.sessions.operations import place
from tests.desks import organizer
from tests.forms import hidden
from tests.plans import SLUG, WOMEN, at, make_plan, plan_to_change

PATH = f"/desk/{SLUG}/releases"
WHY = "القاعة الثانية تُفتح غدًا"


@pytest.fixture(autouse=True)
def _plan(app: Flask) -> None:
    """Make an event in which errors bind, and that all is placed; an error stands."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    with plan_to_change() as plan:
        plan.event.binding = ["errors", "placed"]


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    """Return the browser of an editor."""
    return organizer(app, MemberRole.EDITOR)


def releases() -> list[Release]:
    """Return what was published."""
    db.session.rollback()
    return list(db.session.scalars(select(Release).order_by(Release.number)))


def test_what_binds_must_be_met_or_somebody_says_why() -> None:
    with pytest.raises(NotReadyError) as refused:
        publish(SLUG, Stage.FINAL, reasons={"placed": "  "})
    assert refused.value.requirements == ("errors", "placed")
    assert releases() == []
    publish(SLUG, Stage.FINAL, reasons={"errors": WHY, "placed": " يأتي ", "texts": "no need"})
    (release,) = releases()
    assert release.overridden == [
        {"requirement": "errors", "reason": WHY},
        {"requirement": "placed", "reason": "يأتي"},
    ]


def test_a_draft_needs_no_reason_for_what_only_a_final_programme_asks() -> None:
    publish(SLUG, Stage.DRAFT, reasons={"errors": WHY, "placed": "…"})
    (release,) = releases()
    assert release.overridden == [{"requirement": "errors", "reason": WHY}]


def test_the_page_asks_for_a_reason_beside_each_and_keeps_what_was_typed(
    desk: FlaskClient,
) -> None:
    page = desk.get(PATH)
    assert 'name="reasons-errors"' in page.text
    assert 'name="reasons-placed"' in page.text
    assert "only for a final programme" in page.text
    assert 'name="despite"' not in page.text
    sent = {**hidden(page), "stage": "final", "reasons-errors": WHY, "note-ar": "مسودة"}
    refused = desk.post(PATH, data=sent)
    assert refused.status_code == 422
    assert f'name="reasons-errors" value="{WHY}"' in refused.text
    assert 'value="مسودة"' in refused.text
    assert re.findall(r'id="reasons-(\w+)-errors"', refused.text) == ["placed"]
    assert releases() == []
    done = desk.post(PATH, data={**sent, **hidden(refused), "reasons-placed": "يأتي"})
    assert done.status_code == 302
    told = desk.get(PATH).text
    assert f"Published although not met: No error stands <q><bdi>{WHY}</bdi></q>" in told


def test_a_reason_has_an_end(desk: FlaskClient) -> None:
    sent = {**hidden(desk.get(PATH)), "stage": "draft", "reasons-errors": "ا" * 501}
    refused = desk.post(PATH, data=sent)
    assert refused.status_code == 422
    assert "At most 500 letters" in refused.text


def test_errors_that_do_not_bind_need_a_word_and_no_reason(desk: FlaskClient) -> None:
    with plan_to_change() as plan:
        plan.event.binding = ["placed"]
    page = desk.get(PATH)
    assert 'name="despite"' in page.text
    assert 'name="reasons-errors"' not in page.text
    sent = {**hidden(page), "stage": "draft"}
    assert desk.post(PATH, data=sent).status_code == 422
    assert desk.post(PATH, data={**sent, "despite": "y"}).status_code == 302


def test_nothing_is_asked_where_all_that_binds_is_met(desk: FlaskClient) -> None:
    with plan_to_change() as plan:
        plan.event.binding = ["errors"]
        place(plan.sessions[WOMEN], starts_at=at(14), room=plan.rooms["zagros"])
    page = desk.get(PATH)
    assert "What binds and is not met" not in page.text
    assert desk.post(PATH, data={**hidden(page), "stage": "final"}).status_code == 302
    assert releases()[0].overridden == []


def release(app: Flask, *arguments: str) -> Result:
    """Run the command."""
    return app.test_cli_runner().invoke(args=["release", SLUG, *arguments])


def test_the_command_says_what_hinders_and_takes_reasons(app: Flask) -> None:
    refused = release(app, "--stage", "final", "--override", f"errors={WHY}")
    assert refused.exit_code == 1
    assert refused.stderr.splitlines() == [
        "Not published: what binds is not met, and no reason is given.",
        "  placed: Every session is placed (1 missing, binds)",
        "Mend it, or say why for each: --override KEY=REASON",
    ]
    assert releases() == []
    done = release(
        app, "--stage", "final", "--override", f"errors={WHY}", "--override", "placed=a=b"
    )
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == (
        "Not met, and not binding: confirmed, answered, texts. See: planner check river-days"
    )
    assert [told["reason"] for told in releases()[0].overridden] == [WHY, "a=b"]


@pytest.mark.parametrize(
    ("written", "told"),
    [("sunshine=yes", "There is no requirement “sunshine”"), ("errors=", "Say why “errors”")],
)
def test_an_override_is_a_requirement_and_a_reason(app: Flask, written: str, told: str) -> None:
    refused = release(app, "--stage", "draft", "--override", written)
    assert refused.exit_code == 2
    assert told in refused.stderr
