"""Reading plans and releases: in how many statements, and what is served meanwhile."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from planner import create_app
from planner.database import write_tx
from planner.events.models import TextState
from planner.extensions import db
from planner.programme.document import decode
from planner.programme.vocabulary import Role, Stage
from planner.releases.builder import build
from planner.releases.operations import publish
from planner.releases.queries import ReleaseSource, last_release, whole_plan
from planner.sessions.models import State
from planner.sessions.operations import add_session, place, set_people, set_text
from planner.speakers.models import Visibility
from planner.speakers.operations import add_speaker
from planner.speakers.operations import set_text as set_speaker_text
from tests.plans import FIRST, SLUG, WATER, at, make_plan, plan_to_change, released
from tests.statements import statements


def grow(sessions: int) -> None:
    """Add so many sessions to the plan, with texts and people of their own."""
    with plan_to_change() as plan:
        rooms, themes = list(plan.rooms.values()), list(plan.themes.values())
        for number in range(sessions):
            speaker = add_speaker(plan.event, visibility=Visibility.PUBLIC)
            set_speaker_text(speaker, "ckb", display_name=f"کەسی {number}")
            session = add_session(
                plan.event,
                kind=plan.sessions[WATER].kind,
                minutes=30,
                original_language="ckb",
                state=State.CONFIRMED,
                theme=themes[number % 2],
            )
            for lang in ("ar", "ckb"):
                set_text(session, lang, title=f"جلسة {number}", state=TextState.DRAFT)
            place(session, starts_at=at(8) + timedelta(minutes=number), room=rooms[number % 2])
            set_people(session, [(speaker, Role.SPEAKER)])


@pytest.mark.parametrize("sessions", [20, 200])
def test_a_plan_is_read_in_as_many_statements_however_large_it_is(
    app: Flask, sessions: int
) -> None:
    make_plan()
    grow(sessions)
    db.session.remove()
    with statements() as sent:
        plan = whole_plan(SLUG)
        assert plan is not None
        programme = build(plan, stage=Stage.DRAFT, note={}, at=FIRST, previous=None)
    assert len(programme.sessions) == sessions + 3
    assert len(sent) == 8


def test_a_plan_that_is_not_there_is_none(app: Flask) -> None:
    assert whole_plan("no-days") is None


def test_the_last_release_is_the_one_with_the_highest_number(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        event_id = plan.event.id
    assert last_release(event_id) is None
    released()
    released(Stage.FINAL, hours=1)
    last = last_release(event_id)
    assert last is not None
    assert last.number == 2


def test_the_current_programme_is_asked_for_once_in_a_while(app: Flask) -> None:
    make_plan()
    released()
    source = ReleaseSource(seconds=60)
    with statements() as sent:
        first = source.current(SLUG)
        assert len(sent) == 2
        assert [source.current(SLUG) for _ in range(5)] == [first] * 5
    assert len(sent) == 2
    assert first is not None
    assert first.release.number == 1


def test_what_is_still_current_is_asked_for_in_one_statement_and_not_read_again(app: Flask) -> None:
    make_plan()
    released()
    source = ReleaseSource(seconds=0)
    first = source.current(SLUG)
    with statements() as sent:
        assert source.current(SLUG) is first
    assert len(sent) == 1
    assert "document" not in sent[0].partition("FROM")[0]


def test_a_new_release_is_seen_when_the_while_is_over(app: Flask) -> None:
    make_plan()
    released()
    patient, impatient = ReleaseSource(seconds=60), ReleaseSource(seconds=0)
    before = patient.current(SLUG)
    impatient.current(SLUG)
    released(Stage.FINAL, hours=1)
    assert patient.current(SLUG) is before
    now = impatient.current(SLUG)
    assert now is not None
    assert now.release.number == 2
    assert now.digest == publish_digest()


def publish_digest() -> str:
    """Return the digest of what is public in the database."""
    return str(db.session.scalar(text("select digest from release order by number desc limit 1")))


def test_an_event_without_a_release_is_not_there(app: Flask) -> None:
    make_plan()
    source = ReleaseSource()
    assert source.current(SLUG) is None
    assert source.current("no-days") is None
    released()
    assert source.current(SLUG) is not None


def test_an_event_that_was_deleted_is_not_there_any_more(app: Flask) -> None:
    make_plan()
    released()
    source = ReleaseSource(seconds=0)
    assert source.current(SLUG) is not None
    with plan_to_change() as plan:
        db.session.delete(plan.event)
    assert source.current(SLUG) is None


def test_the_last_good_programme_is_served_while_the_database_fails(app: Flask) -> None:
    """A feed that turns into an error page is switched off by calendar programs."""
    make_plan()
    released()
    source = ReleaseSource(seconds=0)
    good = source.current(SLUG)
    assert source.answers()
    with write_tx() as session:
        session.execute(text("alter table release rename to release_gone"))
    assert source.current(SLUG) is good
    with pytest.raises(SQLAlchemyError):
        ReleaseSource().current(SLUG)
    db.session.rollback()
    with write_tx() as session:
        session.execute(text("alter table release_gone rename to release"))
    assert source.current(SLUG) is good


def test_a_database_that_cannot_be_reached_does_not_answer(tmp_path: Path) -> None:
    environ = {
        "PLANNER_INSTANCE": f"{tmp_path}/instance",
        "DATABASE_URL": f"sqlite:///{tmp_path}/no/such/folder/planner.sqlite",
    }
    with create_app(environ).app_context():
        assert not ReleaseSource().answers()
        db.session.remove()
        db.engine.dispose()


def test_the_history_is_read_in_one_statement_the_newest_first(app: Flask) -> None:
    make_plan()
    for hour in range(4):
        with plan_to_change() as plan:
            plan.sessions[WATER].minutes = 30 + hour
        released(hours=hour)
    with statements() as sent:
        history = list(ReleaseSource().history(SLUG))
    assert [published.release.number for published in history] == [4, 3, 2, 1]
    assert len(sent) == 1
    assert list(ReleaseSource().history("no-days")) == []


def test_events_are_listed_the_latest_first_and_only_with_a_release(app: Flask) -> None:
    make_plan()
    make_plan("later-days", codes="9")
    make_plan("hidden-days", codes="8")
    with plan_to_change("later-days") as plan:
        plan.event.first_day += timedelta(days=1)
    released()
    released(slug="later-days")
    listed = [published.event.slug for published in ReleaseSource().events()]
    assert listed == ["later-days", SLUG]


def test_only_some_events_are_kept_and_the_others_are_read_again(app: Flask) -> None:
    make_plan()
    make_plan("later-days", codes="9")
    released()
    released(slug="later-days")
    source = ReleaseSource(seconds=60, kept=1)
    first = source.current(SLUG)
    source.current("later-days")
    with statements() as sent:
        again = source.current(SLUG)
    assert len(sent) == 2
    assert first is not again
    assert first is not None
    assert again is not None
    assert first.digest == again.digest


def test_what_is_not_current_any_more_is_forgotten(app: Flask) -> None:
    make_plan()
    make_plan("later-days", codes="9")
    released()
    released(slug="later-days")
    forgotten: list[str] = []
    source = ReleaseSource(seconds=0, kept=1, forget=forgotten.append)
    first = source.current(SLUG)
    assert first is not None
    source.current(SLUG)
    assert forgotten == []
    released(Stage.FINAL, hours=1)
    second = source.current(SLUG)
    assert second is not None
    assert forgotten == [first.digest]
    source.current("later-days")
    assert forgotten == [first.digest, second.digest]


def test_of_many_threads_that_ask_at_once_one_asks_the_database(
    app: Flask, environ: dict[str, str]
) -> None:
    make_plan()
    published = publish(SLUG, Stage.DRAFT, at=FIRST)
    document = decode(published.document)
    threaded = create_app(environ)
    source = ReleaseSource(seconds=60)
    barrier = threading.Barrier(6)
    found: list[object] = []

    def ask() -> None:
        with threaded.app_context():
            barrier.wait()
            found.append(source.current(SLUG))
            db.session.remove()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    with threaded.app_context(), statements() as sent:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        db.engine.dispose()
    assert len({id(item) for item in found}) == 1
    assert found[0].programme == document  # type: ignore[attr-defined]
    assert len([s for s in sent if s.startswith("SELECT")]) == 2
