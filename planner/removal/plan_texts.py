"""What becomes of the plan: the person or session itself, and every text that speaks of them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession
from sqlalchemy.orm.attributes import flag_modified

from planner.events.models import Event, TextState
from planner.removal.redaction import TEXT_COLUMNS, Redaction
from planner.removal.targets import Item, Person, Way
from planner.sessions.models import Session, State
from planner.speakers.models import Speaker, Visibility
from planner.timetable.models import Acknowledgement


def withhold(plan: Event, person: Person, way: Way, *, keeps_pseudonym: bool) -> None:
    """Let the public know a speaker no more, and with ``Way.ERASE`` nobody."""
    for speaker in plan.speakers:
        if speaker.code not in person.codes:
            continue
        if not (keeps_pseudonym and speaker.visibility is Visibility.PSEUDONYM):
            speaker.visibility = Visibility.WITHHELD
        speaker.photo = None
        if way is Way.ERASE:
            speaker.email = speaker.source_key = speaker.original_language = None
            speaker.remark = speaker.free_note = ""
            speaker.texts.clear()
            speaker.free.clear()


def withdraw(plan: Event, item: Item, way: Way) -> None:
    """Take a session out of what is published next, and with ``Way.ERASE`` all that it said."""
    for session in plan.sessions:
        if session.code != item.code:
            continue
        session.state = State.WITHDRAWN
        if way is Way.ERASE:
            session.source_key = session.online_url = None
            session.remark = session.speakers_note = session.equipment = ""
            for text in session.texts.values():
                text.title = text.abstract = ""
                text.state, text.source_digest = TextState.MISSING, None


def rewrite(database: DatabaseSession, plan: Event, redaction: Redaction) -> None:
    """Rewrite the texts of everything else in the plan.

    Forms that are open meanwhile are stale afterwards, so that they bring nothing back.
    """
    things = list(things_of(database, plan))
    for thing in things:
        if not redaction.is_own(*identity(thing)):
            _rewrite(thing, redaction)
    for thing in things:
        if isinstance(thing, Session | Speaker) and _is_stale(database, thing, redaction):
            flag_modified(thing, "remark")  # counts one version more
    database.flush()


def _is_stale(database: DatabaseSession, thing: Session | Speaker, redaction: Redaction) -> bool:
    return redaction.is_own(*identity(thing)) or any(
        database.is_modified(text) for text in thing.texts.values()
    )


def things_of(database: DatabaseSession, plan: Event) -> Iterator[Any]:
    """Yield every row of the plan that holds a text."""
    yield plan
    yield from plan.days
    yield from plan.themes
    yield from plan.rooms
    for speaker in plan.speakers:
        yield speaker
        yield from speaker.texts.values()
    for session in plan.sessions:
        yield session
        yield from session.texts.values()
    yield from database.scalars(select(Acknowledgement).where(Acknowledgement.event_id == plan.id))


def columns_of(thing: Any) -> list[str]:
    """Return the columns of a row that hold texts."""
    return [column.name for column in thing.__table__.columns if column.name in TEXT_COLUMNS]


def _rewrite(thing: Any, redaction: Redaction) -> None:
    for name in columns_of(thing):
        value = getattr(thing, name)
        found = redaction.column(name, value, getattr(thing, "lang", None))
        if found != value:
            setattr(thing, name, found)


def identity(thing: Any) -> tuple[str, str]:
    """Return the table of a row, and to what it belongs, as the journal calls it."""
    table = thing.__table__.name
    kind = table.removesuffix("_text")
    number = thing.id if kind == table else getattr(thing, f"{kind}_id")
    return table, f"{kind}:{number}"
