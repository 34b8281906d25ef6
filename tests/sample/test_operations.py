"""The sample event: what is in it, and that it can be made again and again."""

from collections import Counter
from datetime import date, time, timedelta
from itertools import combinations
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from planner.database import Model, write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.interpreting.proposing import propose
from planner.interpreting.seeing import holes_of, limits_of, task_of, troubles_of
from planner.lib.codes import ALPHABET
from planner.lib.intervals import overlap
from planner.programme.document import Programme, decode
from planner.programme.published import ends_at
from planner.programme.vocabulary import Change, Kind, Role, Stage, Status
from planner.releases.models import Release
from planner.sample import operations
from planner.sample.operations import OtherEventsError, fill
from planner.sessions.models import Session
from planner.speakers.models import Speaker, Visibility
from planner.timetable.plan import plan_of
from tests.plans import make_plan

_LANGUAGES = {"en", "ar", "ckb"}


def releases() -> list[Programme]:
    """Return every release of the sample, the first one first."""
    db.session.rollback()
    documents = db.session.scalars(select(Release.document).order_by(Release.number))
    return [decode(document) for document in documents]


def content() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    db.session.rollback()
    return {
        table.name: sorted((tuple(row) for row in db.session.execute(select(table))), key=repr)
        for table in Model.metadata.sorted_tables
    }


@pytest.fixture
def final(app: Flask) -> Programme:
    """Make the sample and return its final programme."""
    fill()
    return releases()[-1]


def test_it_has_the_size_of_a_day_in_four_rooms(final: Programme) -> None:
    held = [session for session in final.sessions if session.status is not Status.CANCELLED]
    assert 34 <= len(held) <= 38
    assert len(final.rooms) == 4
    assert len(final.themes) == 8
    assert final.event.first_day == final.event.last_day == date(2017, 1, 18)
    assert final.event.time_zone == "Asia/Baghdad"
    assert min(session.starts_at for session in held).time() == time(8, 30)
    assert max(ends_at(session) for session in held).time() == time(19, 0)


def test_forty_five_people_take_part_six_of_them_withheld_and_two_under_a_pseudonym(
    final: Programme,
) -> None:
    found = Counter(db.session.scalars(select(Speaker.visibility)))
    assert found == {Visibility.PUBLIC: 37, Visibility.WITHHELD: 6, Visibility.PSEUDONYM: 2}
    assert len(final.speakers) == 37
    speakers = db.session.scalars(select(Speaker)).all()
    assert all(speaker.texts["en"].display_name for speaker in speakers)
    assert all(str(speaker.email).endswith(".invalid") for speaker in speakers)
    people = [person for session in final.sessions for person in session.people]
    assert {person.role for person in people} == set(Role)
    assert any(not person.speaker and not person.pseudonym for person in people)
    pseudonyms = {str(person.pseudonym) for person in people if person.pseudonym}
    assert len(pseudonyms) == 2


def test_nobody_withheld_is_in_the_document(final: Programme) -> None:
    hidden = db.session.scalars(select(Speaker).where(Speaker.visibility != Visibility.PUBLIC))
    document = db.session.scalars(
        select(Release.document).order_by(Release.number.desc()).limit(1)
    ).one()
    for speaker in hidden:
        for text in speaker.texts.values():
            for secret in (text.display_name, text.biography, text.organisation):
                assert not secret or secret.encode() not in document
        assert speaker.code.encode() not in document


def test_every_sort_of_item_that_the_day_needs_is_there(final: Programme) -> None:
    kinds = Counter(session.kind for session in final.sessions)
    assert kinds[Kind.TESTIMONY] == 1
    assert kinds[Kind.MEAL] == 1
    assert kinds[Kind.BREAK] >= 2
    assert kinds[Kind.PLENARY] >= 2
    assert kinds[Kind.SPORT] >= 1
    assert kinds[Kind.PERFORMANCE] >= 1
    assert min(kinds[Kind.PANEL], kinds[Kind.WORKSHOP]) >= 8
    for session in final.sessions:
        if session.kind in {Kind.PLENARY, Kind.BREAK, Kind.MEAL}:
            assert session.across_rooms
    assert {session.theme for session in final.sessions} - {None} == {
        theme.slug for theme in final.themes
    }
    for theme in final.themes:
        kept = {session.kind for session in final.sessions if session.theme == theme.slug}
        assert len(kept) >= 2, theme.slug
    last = max(
        (session for session in final.sessions if session.kind is Kind.PLENARY),
        key=lambda session: session.starts_at,
    )
    assert "declaration" in last.title["en"].lower() + last.abstract["en"].lower()


def test_everything_is_in_three_languages_but_for_six_sessions(final: Programme) -> None:
    event = final.event
    for texts in (
        event.name, event.tagline, event.call, event.notice, event.venue_name,
        event.venue_address, event.withheld_name, final.release.note, *event.principles,
        *(text for room in final.rooms for text in (room.name, room.floor)),
        *(text for theme in final.themes for text in (theme.name, theme.description)),
        *(speaker.name for speaker in final.speakers),
        *(speaker.biography for speaker in final.speakers),
    ):  # fmt: skip
        assert set(texts) == _LANGUAGES
    untranslated = [s for s in final.sessions if set(s.title) != _LANGUAGES]
    assert len(untranslated) == 6
    assert {frozenset(_LANGUAGES - set(s.title)) for s in untranslated} >= {
        frozenset({language}) for language in _LANGUAGES
    }
    for session in final.sessions:
        assert session.original_language in session.title
        assert set(session.abstract) == set(session.title)
    assert len(event.principles) == 5
    assert len(event.supporters) == 3


def test_it_says_that_it_is_invented(final: Programme) -> None:
    assert "invented" in final.event.notice["en"]


def test_sessions_are_spoken_and_interpreted(final: Programme) -> None:
    spoken = {language for session in final.sessions for language in session.spoken_languages}
    heard = {lang for session in final.sessions for lang in session.interpreted_languages}
    assert spoken == heard == _LANGUAGES
    booths = {room.slug: room.booths for room in final.rooms}
    for session in final.sessions:
        assert not set(session.spoken_languages) & set(session.interpreted_languages)
        if session.room and not session.across_rooms:
            assert len(session.interpreted_languages) <= booths[session.room]


def test_turns_of_interpreters_hold_and_one_is_left_to_be_filled(app: Flask) -> None:
    slug = fill()
    number, turn = db.session.execute(
        select(Event.id, Event.turn_minutes).where(Event.slug == slug)
    ).one()
    plan = plan_of(number)
    limits = limits_of(plan, turn)
    assert troubles_of(plan, turn) == {}
    open_ = [hole for session in plan.placed for hole in holes_of(plan, session, limits)]
    assert len(open_) == 1
    assert len(propose(task_of(plan, turn))) == 1


def test_codes_have_no_look_alikes(final: Programme) -> None:
    codes = [*db.session.scalars(select(Session.code)), *db.session.scalars(select(Speaker.code))]
    assert all(len(code) == 6 and set(code) <= set(ALPHABET) for code in codes)
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("which", [0, 1], ids=["draft", "final"])
def test_no_room_and_no_person_is_needed_twice_at_once(app: Flask, which: int) -> None:
    fill()
    programme = releases()[which]
    held = [s for s in programme.sessions if s.status is not Status.CANCELLED]
    for one, other in combinations(held, 2):
        if overlap(one.starts_at, ends_at(one), other.starts_at, ends_at(other)):
            assert not one.across_rooms, (one.code, other.code)
            assert not other.across_rooms, (one.code, other.code)
            assert one.room != other.room, (one.code, other.code)


def test_nobody_is_in_two_places_at_once(final: Programme) -> None:
    """Seen from the plan, which knows also who is withheld."""
    public = {session.code for session in final.sessions if session.status is Status.CONFIRMED}
    found = db.session.scalars(select(Session).where(Session.code.in_(public)))
    busy: dict[int, list[Session]] = {}
    for session in found:
        for speaker in {person.speaker_id for person in session.people}:
            busy.setdefault(speaker, []).append(session)
    for sessions in busy.values():
        for one, other in combinations(sessions, 2):
            assert one.starts_at is not None
            assert other.starts_at is not None
            ends = [s.starts_at + timedelta(minutes=s.minutes) for s in (one, other) if s.starts_at]
            assert not overlap(one.starts_at, ends[0], other.starts_at, ends[1]), one.code


def test_no_room_holds_more_than_are_expected(final: Programme) -> None:
    for session in db.session.scalars(select(Session)):
        if session.room and session.audience and not session.across_rooms:
            assert session.room.capacity is not None
            assert session.audience <= session.room.capacity, session.code


def test_a_draft_came_first_and_then_something_moved_was_cancelled_and_was_new(app: Flask) -> None:
    fill()
    draft, final = releases()
    assert (draft.release.stage, final.release.stage) == (Stage.DRAFT, Stage.FINAL)
    assert draft.release.published_at < final.release.published_at
    assert final.release.published_at.date() < final.event.first_day
    assert {session.status for session in draft.sessions} == {Status.TENTATIVE}
    changed = [session for session in final.sessions if session.changes]
    assert sorted(session.changes for session in changed) == [
        (Change.CANCELLED,),
        (Change.MOVED, Change.ROOM),
        (Change.NEW,),
    ]
    assert [session.status for session in final.sessions].count(Status.CANCELLED) == 1
    assert all(session.formerly for session in changed if Change.MOVED in session.changes)


def test_making_it_twice_changes_nothing(app: Flask) -> None:
    assert fill() == "icssi-2017"
    before = content()
    assert fill() == "icssi-2017"
    assert content() == before


def test_two_installations_get_the_same_programme(final: Programme) -> None:
    """Its codes and its moments are written down, so its addresses and feeds are the same."""
    assert final.sessions[0].code == "66GDQ4"
    assert final.release.published_at.isoformat() == "2017-01-08T09:30:00+00:00"


def test_it_does_not_touch_an_installation_with_other_events(app: Flask) -> None:
    make_plan()
    before = content()
    with pytest.raises(OtherEventsError, match="river-days"):
        fill()
    assert content() == before


@pytest.mark.parametrize("step", ["_make_plan", "publish", "_settle"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_what_was_interrupted_is_taken_up_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    fill()
    whole = [_without_guids(programme) for programme in releases()]
    counts = {name: len(rows) for name, rows in content().items()}
    _empty()
    do = getattr(operations, step)

    def interrupted(*given: Any, **named: Any) -> None:
        if after:
            do(*given, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(operations, step, interrupted)
        fill()
    fill()
    assert [_without_guids(programme) for programme in releases()] == whole
    assert {name: len(rows) for name, rows in content().items()} == counts


def _without_guids(programme: Programme) -> str:
    told = repr(programme)
    for session in programme.sessions:
        told = told.replace(session.guid, "")
    return told


def _empty() -> None:
    with write_tx() as session:
        for event in session.scalars(select(Event)):
            session.delete(event)
    assert db.session.scalar(select(func.count()).select_from(Session)) == 0
