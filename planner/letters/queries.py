"""Reading letters for the desk."""

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from planner.extensions import db
from planner.notices.models import Notice, NoticeKind
from planner.speakers.models import Speaker

#: How many letters a page lists.
PAGE = 50


class State(StrEnum):
    """How far a letter has come."""

    WAITING = "waiting"
    HELD = "held"
    #: It is sent with the next run of the sender.
    DUE = "due"
    #: A sender has it.
    UNDER_WAY = "under_way"
    #: It was not taken, and is tried again.
    FAILED = "failed"
    GIVEN_UP = "given_up"
    SENT = "sent"


_state: ColumnElement[str] = case(
    (Notice.sent_at.is_not(None), State.SENT.value),
    (Notice.is_held, State.HELD.value),
    (and_(Notice.due_at.is_(None), Notice.attempts > 0), State.GIVEN_UP.value),
    (Notice.due_at.is_(None), State.WAITING.value),
    (Notice.attempts == 0, State.DUE.value),
    (Notice.last_error.is_(None), State.UNDER_WAY.value),
    else_=State.FAILED.value,
)


def state_of(letter: Notice) -> State:
    """Return how far a letter has come."""
    if letter.sent_at is not None:
        return State.SENT
    if letter.is_held:
        return State.HELD
    if letter.due_at is None:
        return State.GIVEN_UP if letter.attempts else State.WAITING
    if not letter.attempts:
        return State.DUE
    return State.FAILED if letter.last_error else State.UNDER_WAY


def counts(event_id: int) -> Mapping[State, int]:
    """Return how many letters of an event have come how far, in one statement."""
    told = _state.label("state")
    found = db.session.execute(
        select(told, func.count())
        .join(Speaker, Speaker.id == Notice.speaker_id)
        .where(*_of(event_id))
        .group_by(told)
    )
    return {State(state): count for state, count in found}


def waiting_count(event_id: int) -> int:
    """Return how many letters of an event wait for an organizer, held ones apart."""
    return counts(event_id).get(State.WAITING, 0)


def letters_of(event_id: int, state: State | None, page: int) -> list[Notice]:
    """Return a page of letters, those of the newest release first, and one more if there is."""
    wanted = _with_names().where(*_of(event_id))
    if state is not None:
        wanted = wanted.where(_state == state.value)
    return list(
        db.session.scalars(
            wanted.order_by(Notice.release_id.desc(), Notice.id)
            .offset((page - 1) * PAGE)
            .limit(PAGE + 1)
        )
    )


def letter_numbered(event_id: int, number: int) -> Notice | None:
    """Return a letter of an event, or None."""
    return db.session.scalar(_with_names().where(*_of(event_id), Notice.id == number))


def newest_waiting(event_id: int) -> int:
    """Return the highest number among the letters that wait, 0 without any."""
    return (
        db.session.scalar(
            select(func.max(Notice.id))
            .join(Speaker, Speaker.id == Notice.speaker_id)
            .where(*_of(event_id), _state == State.WAITING.value)
        )
        or 0
    )


def hidden_names(event_id: int) -> list[str]:
    """Return the names of an event's speakers that nobody may read in a letter."""
    speakers = db.session.scalars(
        select(Speaker).where(Speaker.event_id == event_id).options(selectinload(Speaker.texts))
    )
    return [
        text.display_name
        for speaker in speakers
        if speaker.visibility != "public"
        for text in speaker.texts.values()
        if text.display_name.strip()
    ]


def _of(event_id: int) -> tuple[ColumnElement[bool], ...]:
    return (Speaker.event_id == event_id, Notice.kind == NoticeKind.SCHEDULE)


def _with_names() -> Select[Notice]:
    return (
        select(Notice)
        .join(Speaker, Speaker.id == Notice.speaker_id)
        .options(joinedload(Notice.speaker).selectinload(Speaker.texts), joinedload(Notice.release))
    )
