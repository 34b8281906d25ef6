"""Publishing: what a release says about the one before it."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import StatementError

from planner import create_app
from planner.database import write_tx
from planner.events.models import Event, TextState
from planner.events.operations import add_room
from planner.extensions import db
from planner.programme.document import (
    Placement,
    Programme,
    Session,
    decode,
    digest_of,
    encode,
)
from planner.programme.vocabulary import Change, Kind, Role, Stage, Status
from planner.releases.issuing import UnknownEventError
from planner.releases.models import Release
from planner.releases.operations import NothingToPublishError, publish
from planner.sessions.models import State
from planner.sessions.operations import place, set_people, set_text, unplace
from planner.speakers.models import Visibility
from tests.plans import (
    FIRST,
    OPENING,
    PROPOSED,
    SIDURI,
    SLUG,
    WATER,
    WOMEN,
    ZIN,
    Plan,
    at,
    make_plan,
    plan_to_change,
    released,
)

_AFTER_THE_EVENT = datetime(2017, 1, 19, 21, 0, tzinfo=UTC)  # midnight in Baghdad


def sessions_of(programme: Programme) -> dict[str, Session]:
    """Return the sessions of a programme by their codes."""
    return {session.code: session for session in programme.sessions}


def numbers() -> list[int]:
    """Return the numbers of all releases that there are."""
    db.session.rollback()
    return list(db.session.scalars(select(Release.number).order_by(Release.number)))


def change(**fields: Any) -> None:
    """Change columns of the session on water."""
    with plan_to_change() as plan:
        for name, value in fields.items():
            setattr(plan.sessions[WATER], name, value)


class TestARelease:
    """The row, the document, and the first of them."""

    def test_the_first_has_number_one_and_marks_nothing(self, app: Flask) -> None:
        make_plan()
        programme = released()
        assert programme.release.number == 1
        assert programme.release.stage is Stage.DRAFT
        assert programme.release.published_at == FIRST
        for session in programme.sessions:
            assert (session.sequence, session.changes, session.formerly) == (0, (), None)
            assert session.created_at == session.changed_at == FIRST
            assert session.status is Status.TENTATIVE

    def test_it_keeps_the_document_with_its_digest(self, app: Flask) -> None:
        make_plan()
        release = publish(SLUG, Stage.FINAL, note={"ar": "نهائي", "en": " "}, at=FIRST)
        programme = decode(release.document)
        assert encode(programme) == release.document
        assert release.digest == digest_of(release.document)
        assert release.published_at == FIRST
        assert programme.release.note == {"ar": "نهائي"}

    def test_it_is_published_now_unless_somebody_says_when(self, app: Flask) -> None:
        make_plan()
        before = datetime.now(UTC).replace(microsecond=0)
        release = publish(SLUG, Stage.DRAFT)
        assert before <= release.published_at <= datetime.now(UTC)
        assert decode(release.document).release.published_at == release.published_at

    def test_an_event_that_is_not_there_cannot_be_published(self, app: Flask) -> None:
        with pytest.raises(UnknownEventError):
            publish("no-days", Stage.DRAFT)

    def test_an_event_without_sessions_can_be_published(self, app: Flask) -> None:
        make_plan()
        with plan_to_change() as plan:
            plan.event.sessions.clear()
        assert released().sessions == ()

    def test_a_moment_without_an_offset_is_refused_and_leaves_nothing(self, app: Flask) -> None:
        make_plan()
        with pytest.raises(StatementError, match="offset"):
            publish(SLUG, Stage.DRAFT, at=datetime(2017, 1, 1))
        assert numbers() == []


class TestNothingNew:
    """Publishing what is public already."""

    def test_the_same_twice_is_refused_and_writes_nothing(self, app: Flask) -> None:
        make_plan()
        released()
        with pytest.raises(NothingToPublishError):
            released(hours=1)
        assert numbers() == [1]

    def test_a_note_alone_is_nothing_new(self, app: Flask) -> None:
        make_plan()
        released()
        with pytest.raises(NothingToPublishError):
            publish(SLUG, Stage.DRAFT, note={"en": "Only this note is new."})

    @pytest.mark.parametrize(
        "alter",
        [
            lambda plan: setattr(plan.sessions[PROPOSED], "minutes", 5),
            lambda plan: setattr(plan.sessions[WATER], "audience", 900),
            lambda plan: setattr(plan.speakers[SIDURI], "email", "other@people.invalid"),
            lambda plan: setattr(plan.speakers[ZIN].texts["ar"], "display_name", "کەسێکی تر"),
            lambda plan: setattr(plan.sessions[WATER], "source_key", "17"),
            lambda plan: setattr(plan.sessions[WATER].texts["ar"], "state", TextState.REVIEWED),
            lambda plan: setattr(plan.sessions[WATER], "state", State.ACCEPTED),
        ],
    )
    def test_what_the_public_does_not_read_is_nothing_new(
        self, app: Flask, alter: Callable[[Plan], None]
    ) -> None:
        make_plan()
        released()
        with plan_to_change() as plan:
            alter(plan)
        with pytest.raises(NothingToPublishError):
            released(hours=1)

    def test_the_marks_of_the_last_release_are_not_new_by_fading(self, app: Flask) -> None:
        make_plan()
        released()
        change(minutes=90)
        released(hours=1)
        with pytest.raises(NothingToPublishError):
            released(hours=2)

    def test_the_end_of_the_event_is_nothing_new(self, app: Flask) -> None:
        """Though its cancelled sessions would not be told any more."""
        make_plan()
        released()
        change(state=State.WITHDRAWN)
        released(hours=1)
        with pytest.raises(NothingToPublishError):
            publish(SLUG, Stage.DRAFT, at=_AFTER_THE_EVENT)

    @pytest.mark.parametrize(
        ("first", "then"), [(Stage.DRAFT, Stage.FINAL), (Stage.FINAL, Stage.DRAFT)]
    )
    def test_another_stage_is_new(self, app: Flask, first: Stage, then: Stage) -> None:
        make_plan()
        released(first)
        programme = released(then, hours=1)
        assert numbers() == [1, 2]
        for session in programme.sessions:
            assert session.status is _STATUS[then]
            assert session.sequence == 1
            assert session.changed_at == FIRST + timedelta(hours=1)
            assert (session.changes, session.formerly) == ((), None)


_STATUS = {Stage.DRAFT: Status.TENTATIVE, Stage.FINAL: Status.CONFIRMED}


class TestRevisions:
    """SEQUENCE, LAST-MODIFIED and the marks of what changed."""

    @pytest.mark.parametrize(
        ("fields", "sequence", "changes"),
        [
            ({"starts_at": at(11)}, 1, (Change.MOVED,)),
            ({"minutes": 45}, 1, (Change.LENGTH,)),
            ({"across_rooms": True}, 1, (Change.ROOM,)),
            ({"spoken_languages": ["ckb"]}, 0, (Change.LANGUAGES,)),
            ({"interpreted_languages": ["en"]}, 0, (Change.LANGUAGES,)),
            ({"theme": None}, 0, (Change.THEME,)),
            ({"online_url": "https://stream.example/1"}, 0, ()),
            ({"kind": Kind.WORKSHOP}, 0, ()),
        ],
    )
    def test_the_sequence_rises_for_hour_room_and_length_only(
        self, app: Flask, fields: dict[str, Any], sequence: int, changes: tuple[Change, ...]
    ) -> None:
        make_plan()
        first = sessions_of(released())
        change(**fields)
        second = sessions_of(released(hours=1))
        assert second[WATER].sequence == sequence
        assert second[WATER].changes == changes
        assert second[WATER].changed_at == FIRST + timedelta(hours=1)
        assert second[WATER].created_at == FIRST
        assert second[WOMEN] == first[WOMEN]
        assert second[OPENING] == first[OPENING]

    def test_another_room_raises_the_sequence_and_says_where_it_was(self, app: Flask) -> None:
        make_plan()
        released()
        with plan_to_change() as plan:
            place(plan.sessions[WATER], starts_at=at(12), room=plan.rooms["zagros"])
        moved = sessions_of(released(hours=1))[WATER]
        assert moved.changes == (Change.MOVED, Change.ROOM)
        assert moved.sequence == 1
        assert moved.formerly == Placement(starts_at=at(10), minutes=60, room="tigris")

    def test_marks_are_those_of_the_last_release_only(self, app: Flask) -> None:
        make_plan()
        released()
        change(minutes=45)
        released(hours=1)
        with plan_to_change() as plan:
            plan.sessions[WOMEN].minutes = 45
        sessions = sessions_of(released(hours=2))
        assert (sessions[WATER].changes, sessions[WATER].formerly) == ((), None)
        assert sessions[WATER].sequence == 1
        assert sessions[WATER].changed_at == FIRST + timedelta(hours=1)
        assert sessions[WOMEN].changes == (Change.LENGTH,)

    def test_what_was_not_there_is_new(self, app: Flask) -> None:
        make_plan()
        released()
        with plan_to_change() as plan:
            plan.sessions[PROPOSED].state = State.CONFIRMED
            place(plan.sessions[PROPOSED], starts_at=at(12), room=plan.rooms["tigris"])
        new = sessions_of(released(hours=1))[PROPOSED]
        assert new.changes == (Change.NEW,)
        assert new.sequence == 0
        assert new.created_at == new.changed_at == FIRST + timedelta(hours=1)

    @pytest.mark.parametrize(
        ("alter", "codes"),
        [
            (lambda plan: _rename(plan.rooms["tigris"]), {OPENING, WATER}),
            (lambda plan: setattr(plan.rooms["zagros"], "floor", {"ar": "الأول"}), {WOMEN}),
            (lambda plan: _rename(plan.themes["women"]), {WOMEN}),
            (lambda plan: setattr(plan.themes["water"], "colour", "rose"), {WATER}),
            (lambda plan: _name(plan, SIDURI, "سيدوري الجديدة"), {OPENING, WATER}),
            (lambda plan: _show(plan, ZIN), {WATER, WOMEN}),
            (lambda plan: setattr(plan.event, "venue_name", {"ar": "بيت آخر"}), None),
            (lambda plan: setattr(plan.event, "venue_address", {"ar": "شارع آخر"}), None),
            (lambda plan: setattr(plan.event, "latitude", 35.0), None),
            (lambda plan: setattr(plan.event, "name", {"ar": "أيام أخرى"}), set()),
            (lambda plan: setattr(plan.event, "time_zone", "Asia/Tehran"), None),
            (lambda plan: setattr(plan.event, "withheld_name", {"ar": "محفوظ"}), None),
            (lambda plan: _retitle(plan, "حق الماء"), {WATER}),
            (lambda plan: setattr(plan.rooms["tigris"], "capacity", 12), set()),
            (lambda plan: setattr(plan.event, "tagline", {"ar": "ماء"}), set()),
            (lambda plan: setattr(plan.event, "day_to", 1300), set()),
            (lambda plan: setattr(plan.speakers[SIDURI], "photo", "siduri.jpg"), set()),
        ],
    )
    def test_everything_that_is_told_with_a_session_moves_its_stamp_and_no_other(
        self, app: Flask, alter: Callable[[Plan], None], codes: set[str] | None
    ) -> None:
        make_plan()
        before = sessions_of(released())
        with plan_to_change() as plan:
            alter(plan)
        after = sessions_of(released(hours=1))
        moved = {code for code in after if after[code].changed_at != FIRST}
        assert moved == (set(after) if codes is None else codes)
        for code in set(after) - moved:
            assert after[code] == before[code]

    def test_another_time_zone_is_another_hour(self, app: Flask) -> None:
        make_plan()
        released()
        with plan_to_change() as plan:
            plan.event.time_zone = "Europe/Berlin"
        for session in released(hours=1).sessions:
            assert session.changes == (Change.MOVED,)
            assert session.sequence == 1

    def test_a_stamp_moves_also_between_two_releases_of_one_second(self, app: Flask) -> None:
        make_plan()
        released()
        change(minutes=45)
        second = released()
        change(minutes=30)
        third = publish(SLUG, Stage.DRAFT, at=FIRST - timedelta(days=1))
        assert second.release.published_at == FIRST + timedelta(seconds=1)
        assert third.published_at == FIRST + timedelta(seconds=2)
        assert sessions_of(decode(third.document))[WATER].changed_at == third.published_at


def _rename(part: Any) -> None:
    part.name = {**part.name, "en": "Renamed"}


def _name(plan: Plan, code: str, name: str) -> None:
    plan.speakers[code].texts["ar"].display_name = name


def _show(plan: Plan, code: str) -> None:
    plan.speakers[code].visibility = Visibility.PUBLIC


def _retitle(plan: Plan, title: str) -> None:
    set_text(plan.sessions[WATER], "ar", title=title, state=TextState.DRAFT)


def _withdraw(plan: Plan) -> None:
    plan.sessions[WATER].state = State.WITHDRAWN


def _unplace(plan: Plan) -> None:
    unplace(plan.sessions[WATER])


def _delete(plan: Plan) -> None:
    plan.event.sessions.remove(plan.sessions[WATER])


class TestCancelledSessions:
    """What was public and is gone stays, cancelled, until the event is over."""

    @pytest.mark.parametrize("remove", [_withdraw, _unplace, _delete])
    def test_what_was_public_and_is_gone_is_cancelled(
        self, app: Flask, remove: Callable[[Plan], None]
    ) -> None:
        make_plan()
        before = sessions_of(released(Stage.FINAL))[WATER]
        with plan_to_change() as plan:
            remove(plan)
        after = sessions_of(released(Stage.FINAL, hours=1))[WATER]
        assert after == msgspec.structs.replace(
            before,
            status=Status.CANCELLED,
            sequence=1,
            changed_at=FIRST + timedelta(hours=1),
            changes=(Change.CANCELLED,),
            people=(),
        )

    def test_it_loses_the_address_at_which_one_could_listen(self, app: Flask) -> None:
        make_plan()
        change(online_url="https://stream.example/1")
        released()
        change(state=State.WITHDRAWN)
        assert sessions_of(released(hours=1))[WATER].online_url is None

    def test_it_stays_as_it_is_while_other_things_change(self, app: Flask) -> None:
        make_plan()
        released()
        change(state=State.WITHDRAWN)
        cancelled = sessions_of(released(hours=1))[WATER]
        with plan_to_change() as plan:
            plan.sessions[WOMEN].minutes = 30
        later = sessions_of(released(hours=2))[WATER]
        assert later == msgspec.structs.replace(cancelled, changes=())

    def test_it_stays_cancelled_when_the_programme_becomes_final(self, app: Flask) -> None:
        make_plan()
        released()
        change(state=State.WITHDRAWN)
        cancelled = sessions_of(released(hours=1))[WATER]
        final = sessions_of(released(Stage.FINAL, hours=2))[WATER]
        assert final == msgspec.structs.replace(cancelled, changes=())

    def test_what_was_never_public_is_not_cancelled(self, app: Flask) -> None:
        make_plan()
        released()
        with plan_to_change() as plan:
            plan.sessions[PROPOSED].state = State.WITHDRAWN
            plan.sessions[WOMEN].minutes = 30
        assert PROPOSED not in sessions_of(released(hours=1))

    def test_what_comes_back_is_restored_with_its_people(self, app: Flask) -> None:
        make_plan()
        first = sessions_of(released())[WATER]
        change(state=State.WITHDRAWN)
        released(hours=1)
        change(state=State.CONFIRMED)
        back = sessions_of(released(hours=2))[WATER]
        assert back == msgspec.structs.replace(
            first,
            sequence=2,
            changed_at=FIRST + timedelta(hours=2),
            changes=(Change.RESTORED,),
        )

    def test_it_is_told_until_the_last_day_is_over_at_the_venue(self, app: Flask) -> None:
        make_plan()
        released()
        change(state=State.WITHDRAWN)
        released(hours=1)
        with plan_to_change() as plan:
            plan.sessions[WOMEN].minutes = 30
        last_minute = publish(SLUG, Stage.DRAFT, at=_AFTER_THE_EVENT - timedelta(minutes=1))
        assert WATER in sessions_of(decode(last_minute.document))
        with plan_to_change() as plan:
            plan.sessions[WOMEN].minutes = 20
        over = publish(SLUG, Stage.DRAFT, at=_AFTER_THE_EVENT)
        assert WATER not in sessions_of(decode(over.document))

    def test_it_keeps_the_theme_and_the_room_that_were_deleted(self, app: Flask) -> None:
        make_plan()
        with plan_to_change() as plan:
            add_room(plan.event, slug="annex", name={"ar": "الملحق"})
            db.session.flush()
            place(plan.sessions[WATER], starts_at=at(10), room=plan.event.rooms[-1])
        released()
        with plan_to_change() as plan:
            _delete(plan)
            db.session.flush()
            plan.event.themes.remove(plan.themes["water"])
            plan.event.rooms.remove(plan.rooms["annex"])
        second = released(hours=1)
        assert [theme.slug for theme in second.themes] == ["women", "water"]
        assert [room.slug for room in second.rooms] == ["tigris", "zagros", "annex"]
        with plan_to_change() as plan:
            plan.sessions[WOMEN].minutes = 30
        third = released(hours=2)
        assert (third.themes, third.rooms) == (second.themes, second.rooms)
        cancelled = sessions_of(third)[WATER]
        assert (cancelled.theme, cancelled.room) == ("water", "annex")

    def test_rooms_and_themes_that_nothing_needs_are_gone_with_their_deletion(
        self, app: Flask
    ) -> None:
        make_plan()
        released()
        with plan_to_change() as plan:
            place(plan.sessions[WOMEN], starts_at=at(12), room=plan.rooms["tigris"])
            plan.sessions[WOMEN].theme = None
            db.session.flush()
            plan.event.rooms.remove(plan.rooms["zagros"])
            plan.event.themes.remove(plan.themes["women"])
        programme = released(hours=1)
        assert [room.slug for room in programme.rooms] == ["tigris"]
        assert [theme.slug for theme in programme.themes] == ["water"]
        assert sessions_of(programme)[WOMEN].formerly == Placement(
            starts_at=at(10), minutes=60, room="zagros"
        )


def test_two_who_publish_at_once_get_two_numbers(app: Flask, environ: dict[str, str]) -> None:
    make_plan()
    outcomes: list[str] = []
    barrier = threading.Barrier(3)
    other = create_app(environ)

    def publish_one(stage: Stage) -> None:
        with other.app_context():
            barrier.wait()
            try:
                outcomes.append(str(publish(SLUG, stage, at=FIRST).number))
            except NothingToPublishError:
                outcomes.append("nothing")

    stages = (Stage.DRAFT, Stage.FINAL, Stage.FINAL)
    threads = [threading.Thread(target=publish_one, args=(stage,)) for stage in stages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with other.app_context():
        db.engine.dispose()
    assert len(outcomes) == 3
    kept = numbers()
    assert kept == list(range(1, len(kept) + 1))
    assert sorted(outcome for outcome in outcomes if outcome != "nothing") == list(map(str, kept))
    assert 2 <= len(kept) <= 3


class Edits:
    """Ways in which organizers change a plan, chosen at random."""

    def hour(self, plan: Plan, code: str, number: int) -> None:
        item = plan.sessions[code]
        place(item, starts_at=at(9 + number), room=plan.rooms["tigris"])

    def length(self, plan: Plan, code: str, number: int) -> None:
        plan.sessions[code].minutes = 15 + number

    def state(self, plan: Plan, code: str, number: int) -> None:
        item = plan.sessions[code]
        item.state = State.WITHDRAWN if number % 2 else State.ACCEPTED

    def title(self, plan: Plan, code: str, number: int) -> None:
        set_text(plan.sessions[code], "ckb", title=f"ناونیشان {number}", state=TextState.DRAFT)

    def people(self, plan: Plan, code: str, number: int) -> None:
        chosen = list(plan.speakers.values())[: number % 4]
        set_people(plan.sessions[code], [(speaker, Role.SPEAKER) for speaker in chosen])

    def visibility(self, plan: Plan, code: str, number: int) -> None:
        plan.speakers[SIDURI].visibility = list(Visibility)[number % 3]

    def room_name(self, plan: Plan, code: str, number: int) -> None:
        plan.rooms["zagros"].name = {"ckb": f"ژوور {number}"}

    def venue(self, plan: Plan, code: str, number: int) -> None:
        plan.event.venue_name = {"ar": f"بيت {number % 2}"}

    def unplacing(self, plan: Plan, code: str, number: int) -> None:
        unplace(plan.sessions[code])


_EDITS = [name for name in vars(Edits) if not name.startswith("_")]
_rounds = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(_EDITS),
            st.sampled_from([OPENING, WATER, WOMEN, PROPOSED]),
            st.integers(0, 5),
        ),
        max_size=4,
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_rounds)
def test_the_laws_of_revisions_hold_whatever_organizers_do(
    app: Flask, rounds: list[list[tuple[str, str, int]]]
) -> None:
    _start_anew()
    before = released()
    for hour, edits in enumerate(rounds, start=1):
        with plan_to_change() as plan:
            for name, code, number in edits:
                getattr(Edits(), name)(plan, code, number)
        try:
            after = released(hours=hour)
        except NothingToPublishError:
            continue
        _check_laws(before, after)
        before = after


def _start_anew() -> None:
    with write_tx() as session:
        for event in session.scalars(select(Event)):
            session.delete(event)
    make_plan()


def _check_laws(before: Programme, after: Programme) -> None:
    assert after.release.number == before.release.number + 1
    former, now = sessions_of(before), sessions_of(after)
    assert set(former) <= set(now)  # the event is not over, so nothing just disappears
    named = {speaker.code for speaker in after.speakers}
    for code, session in now.items():
        assert {person.speaker for person in session.people} - {None} <= named
        old = former.get(code)
        if old is None:
            assert (session.changes, session.sequence) == ((Change.NEW,), 0)
            continue
        assert session.created_at == old.created_at
        assert session.changed_at >= old.changed_at
        rescheduled = _when_and_where(old) != _when_and_where(session)
        assert session.sequence == old.sequence + rescheduled
        if session.changed_at == old.changed_at:
            assert _without_marks(session) == _without_marks(old)
        else:
            assert session.changed_at == after.release.published_at
        if session.changes:
            assert session.changed_at == after.release.published_at
    # The same plan would give the same bytes.
    assert encode(decode(encode(after))) == encode(after)
    with pytest.raises(NothingToPublishError):
        publish(SLUG, after.release.stage)


def _when_and_where(session: Session) -> tuple[object, ...]:
    placed = (session.starts_at, session.minutes, session.room, session.across_rooms)
    return (*placed, session.status) if session.status is not Status.CANCELLED else ("cancelled",)


def _without_marks(session: Session) -> Session:
    return msgspec.structs.replace(session, changes=(), formerly=None)


def test_the_same_plan_gives_the_same_bytes(app: Flask) -> None:
    make_plan()
    first = publish(SLUG, Stage.DRAFT, at=FIRST).document
    with write_tx() as session:
        for release in session.scalars(select(Release)):
            session.delete(release)
    assert publish(SLUG, Stage.DRAFT, at=FIRST).document == first
    assert db.session.scalar(select(func.count()).select_from(Release)) == 1
