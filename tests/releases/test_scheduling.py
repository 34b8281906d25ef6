"""Publishing at an hour what was reviewed, by the command ``planner tick``."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from planner import create_app
from planner.events.models import TextState
from planner.extensions import db
from planner.programme.document import Programme, decode
from planner.programme.vocabulary import Stage
from planner.readiness.binding import NotReadyError
from planner.releases import issuing, scheduling
from planner.releases.issuing import OtherwiseReviewedError
from planner.releases.models import Appointment, Release, ScheduledRelease
from planner.releases.operations import NothingToPublishError, publish
from planner.releases.queries import last_release, whole_plan
from planner.releases.review import review
from planner.releases.scheduling import (
    PastError,
    UnknownAppointmentError,
    call_off,
    publish_due,
    schedule,
)
from planner.sessions.operations import place, set_text
from planner.speakers.models import Visibility
from tests.desks import make_user
from tests.plans import FIRST, SIDURI, SLUG, WATER, WOMEN, at, make_plan, plan_to_change, released

HOUR = FIRST + timedelta(days=1)
_SECRET = "سر"


@pytest.fixture(autouse=True)
def clock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Stop the clock at the first release; return what sets it."""

    def tell(moment: datetime) -> None:
        monkeypatch.setattr(scheduling, "now", lambda: moment)
        monkeypatch.setattr(issuing, "now", lambda: moment)

    tell(FIRST)
    make_plan()
    with plan_to_change() as plan:
        # Its people are in two places at once otherwise.
        place(plan.sessions[WOMEN], starts_at=at(14), room=plan.rooms["zagros"])
    return tell


def reviewed() -> str:
    """Return the digest of what a release would publish now."""
    db.session.rollback()
    plan = whole_plan(SLUG)
    assert plan is not None
    last = last_release(plan.id)
    return review(plan, decode(last.document) if last else None).digest


def put_off(stage: Stage = Stage.DRAFT, *, is_latest: bool = False) -> ScheduledRelease:
    """Put a release off to the hour."""
    return schedule(
        SLUG,
        stage,
        HOUR,
        reviewed=reviewed(),
        user_id=make_user(f"{stage}-{is_latest}@desk.example"),
        note={"ar": "بعد قليل"},
        is_latest=is_latest,
    )


def rename() -> None:
    """Change the plan in a way that nobody has reviewed."""
    with plan_to_change() as plan:
        set_text(plan.sessions[WATER], "ar", title=_SECRET, state=TextState.DRAFT)


def public() -> list[Programme]:
    """Return what was published, the newest last."""
    db.session.rollback()
    found = db.session.scalars(select(Release).order_by(Release.number))
    return [decode(release.document) for release in found]


def test_it_waits_for_its_hour_and_is_published_once(clock: Callable[[datetime], None]) -> None:
    put_off(Stage.FINAL)
    assert publish_due() == []
    clock(HOUR + timedelta(minutes=1))
    (outcome,) = publish_due()
    assert (outcome.slug, outcome.number) == (SLUG, 1)
    assert publish_due() == []
    (programme,) = public()
    assert programme.release.published_at == HOUR + timedelta(minutes=1)
    assert programme.release.stage is Stage.FINAL
    assert programme.release.note == {"ar": "بعد قليل"}


def test_what_was_reviewed_is_published_and_nothing_newer(
    clock: Callable[[datetime], None],
) -> None:
    put_off()
    rename()
    clock(HOUR)
    publish_due()
    (programme,) = public()
    assert _SECRET not in str(programme)


def test_whatever_the_plan_says_then_is_published_where_that_was_asked_for(
    clock: Callable[[datetime], None],
) -> None:
    put_off(is_latest=True)
    rename()
    clock(HOUR)
    publish_due()
    (programme,) = public()
    assert _SECRET in str(programme)


def test_it_survives_the_end_of_the_program(
    environ: dict[str, str], clock: Callable[[datetime], None]
) -> None:
    put_off()
    clock(HOUR)
    other = create_app(environ)
    with other.app_context():
        assert [outcome.number for outcome in publish_due()] == [1]
        db.session.remove()
        db.engine.dispose()


def test_who_asked_meanwhile_not_to_be_named_is_not_named(
    clock: Callable[[datetime], None],
) -> None:
    put_off()
    with plan_to_change() as plan:
        plan.speakers[SIDURI].visibility = Visibility.WITHHELD
    clock(HOUR)
    publish_due()
    (programme,) = public()
    assert programme.speakers == ()


def test_another_release_before_the_hour_is_not_undone(clock: Callable[[datetime], None]) -> None:
    put_off()
    rename()
    publish(SLUG, Stage.DRAFT)
    clock(HOUR)
    (outcome,) = publish_due()
    assert (outcome.number, outcome.missed) == (None, "released")
    assert len(public()) == 1
    found = db.session.scalars(select(ScheduledRelease)).one()
    assert (found.state, found.content) == (Appointment.MISSED, None)


def test_a_second_one_takes_the_place_of_the_first(clock: Callable[[datetime], None]) -> None:
    put_off(Stage.DRAFT)
    put_off(Stage.FINAL)
    clock(HOUR)
    assert [outcome.number for outcome in publish_due()] == [1]
    (programme,) = public()
    assert programme.release.stage is Stage.FINAL


def test_it_can_be_called_off_once(clock: Callable[[datetime], None]) -> None:
    waiting = put_off()
    call_off(waiting.event_id, waiting.user_id or 0, waiting.id)
    with pytest.raises(UnknownAppointmentError):
        call_off(waiting.event_id, waiting.user_id or 0, waiting.id)
    clock(HOUR)
    assert publish_due() == []
    assert public() == []


def test_one_of_another_event_is_not_found() -> None:
    waiting = put_off()
    with pytest.raises(UnknownAppointmentError):
        call_off(waiting.event_id + 1, waiting.user_id or 0, waiting.id)


def test_what_binds_is_asked_when_it_is_put_off_and_again_for_a_newer_plan(
    clock: Callable[[datetime], None],
) -> None:
    with plan_to_change() as plan:
        plan.event.binding = ["errors"]
    put_off(is_latest=True)
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(14), room=plan.rooms["zagros"])
    with pytest.raises(NotReadyError):
        put_off(Stage.FINAL)
    clock(HOUR)
    (outcome,) = publish_due()
    assert (outcome.number, outcome.missed) == (None, "unmet")


def test_what_cannot_be_put_off_is_told(clock: Callable[[datetime], None]) -> None:
    user = make_user()
    with pytest.raises(OtherwiseReviewedError):
        schedule(SLUG, Stage.DRAFT, HOUR, reviewed="something else", user_id=user)
    with pytest.raises(PastError):
        schedule(SLUG, Stage.DRAFT, FIRST, reviewed=reviewed(), user_id=user)
    released()
    with pytest.raises(NothingToPublishError):
        schedule(SLUG, Stage.DRAFT, HOUR, reviewed=reviewed(), user_id=user)
    schedule(SLUG, Stage.DRAFT, HOUR, reviewed=reviewed(), user_id=user, is_latest=True)
    clock(HOUR)
    assert [outcome.missed for outcome in publish_due()] == ["nothing"]


def test_content_of_another_version_is_missed_and_not_fatal(
    clock: Callable[[datetime], None],
) -> None:
    waiting = put_off()
    with plan_to_change():
        found = db.session.get_one(ScheduledRelease, waiting.id)
        found.content = b'{"schema": 7}'
    clock(HOUR)
    assert [outcome.missed for outcome in publish_due()] == ["unreadable"]


def test_the_command_says_what_it_did(app: Flask, clock: Callable[[datetime], None]) -> None:
    run = app.test_cli_runner()
    put_off()
    assert run.invoke(args=["tick"]).output == ""
    clock(HOUR)
    done = run.invoke(args=["tick"])
    assert done.exit_code == 0
    assert done.output == f"{SLUG}: the release due 2016-12-22 15:00 UTC is public as release 1.\n"
    clock(FIRST)
    put_off(Stage.FINAL)
    publish(SLUG, Stage.FINAL)
    clock(datetime(2016, 12, 24, tzinfo=UTC))
    missed = run.invoke(args=["tick"])
    assert missed.exit_code == 1
    assert "was not published (released)" in missed.output
