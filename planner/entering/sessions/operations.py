"""Entering and changing sessions in the desk; every change is journaled whole."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session as DatabaseSession

from planner.entering.fields import kept_order
from planner.events.models import Event, TextState, Theme
from planner.i18n.labels import N_
from planner.interpreting.models import Turn
from planner.journal import words
from planner.journal.models import Entry, Row
from planner.journal.recording import GoneError, check_version, recorded
from planner.programme.vocabulary import Kind, Role
from planner.sessions.models import TRANSITIONS, Answer, Session, State
from planner.sessions.operations import add_session, set_people, set_text
from planner.sessions.texts import keep_digests, original_digest, title_fact
from planner.speakers.models import Speaker
from planner.speakers.operations import add_speaker, next_number
from planner.speakers.operations import set_text as set_speaker_text
from planner.timetable.models import Constraint

ADDED = words.action("session.added", N_("Session “%(session)s” added"))
CHANGED = words.action("session.changed", N_("Session “%(session)s” changed"))
DUPLICATED = words.action("session.duplicated", N_("Session “%(session)s” duplicated"))
WITHDRAWN = words.action("session.withdrawn", N_("Session “%(session)s” withdrawn"))
BROUGHT_BACK = words.action("session.brought_back", N_("Session “%(session)s” brought back"))
DELETED = words.action("session.deleted", N_("Session “%(session)s” deleted"))
SEVERAL = {
    State.PROPOSED: words.action(
        "session.several_proposed", N_("Several sessions back to proposed: %(count)s")
    ),
    State.ACCEPTED: words.action(
        "session.several_accepted", N_("Several sessions accepted: %(count)s")
    ),
    State.CONFIRMED: words.action(
        "session.several_confirmed", N_("Several sessions confirmed: %(count)s")
    ),
    State.WITHDRAWN: words.action(
        "session.several_withdrawn", N_("Several sessions withdrawn: %(count)s")
    ),
}
THEMED = words.action(
    "session.several_themed", N_("Several sessions put into the theme “%(theme)s”: %(count)s")
)
UNTHEMED = words.action(
    "session.several_unthemed", N_("Several sessions taken out of their themes: %(count)s")
)


def create_session(event_id: int, user_id: int, values: Mapping[str, Any]) -> str:
    """Add a session with what the form says, and return its code."""
    with recorded(event_id, user_id, ADDED) as record:
        event = record.database.get_one(Event, event_id)
        session = add_session(
            event,
            kind=Kind(values["kind"]),
            minutes=values["minutes"],
            original_language=values["original_language"],
            state=State(values["state"]),
        )
        record.database.flush()
        _fill(record.database, session, values, fits=())
        record.facts["session"] = title_fact(session)
        return session.code


def update_session(
    event_id: int,
    user_id: int,
    code: str,
    values: Mapping[str, Any],
    *,
    version: int | None,
    fits: Collection[str] = (),
) -> Entry | None:
    """Make a session what the form says; ``fits`` are languages whose text still fits.

    :raises GoneError: when it is gone.
    :raises StaleError: when it is not of this version any more.
    :raises planner.sessions.models.TransitionError: when its state cannot follow.
    """
    with recorded(event_id, user_id, CHANGED) as record:
        session = _session(record.database, event_id, code)
        check_version(session, version)
        _fill(record.database, session, values, fits=fits)
        record.facts["session"] = title_fact(session)
    return record.entry


def duplicate_session(event_id: int, user_id: int, code: str) -> str:
    """Add a session like another, unplaced and proposed, and return its code.

    :raises GoneError: when the other is gone.
    """
    with recorded(event_id, user_id, DUPLICATED) as record:
        session = _session(record.database, event_id, code)
        copy = add_session(
            session.event,
            kind=session.kind,
            minutes=session.minutes,
            original_language=session.original_language,
            theme=session.theme,
            across_rooms=session.across_rooms,
            spoken_languages=list(session.spoken_languages),
            interpreted_languages=list(session.interpreted_languages),
            audience=session.audience,
            needs_step_free=session.needs_step_free,
            online_url=session.online_url,
            remark=session.remark,
            speakers_note=session.speakers_note,
            equipment=session.equipment,
        )
        for lang, text in session.texts.items():
            told = set_text(copy, lang, title=text.title, abstract=text.abstract, state=text.state)
            told.source_digest = text.source_digest
        set_people(copy, [(person.speaker, person.role) for person in session.people])
        record.facts["session"] = title_fact(session)
        return copy.code


def withdraw_session(event_id: int, user_id: int, code: str) -> Entry | None:
    """Withdraw a session; it keeps its place in the plan.

    :raises GoneError: when it is gone.
    """
    with recorded(event_id, user_id, WITHDRAWN) as record:
        session = _session(record.database, event_id, code)
        session.state = State.WITHDRAWN
        record.facts["session"] = title_fact(session)
    return record.entry


def bring_back_session(event_id: int, user_id: int, code: str) -> State:
    """Give a withdrawn session the state that it had before, and return that.

    :raises GoneError: when it is gone.
    """
    with recorded(event_id, user_id, BROUGHT_BACK) as record:
        session = _session(record.database, event_id, code)
        if session.state is State.WITHDRAWN:
            session.state = _state_before(record.database, session)
        record.facts["session"] = title_fact(session)
        return session.state


def _state_before(database: DatabaseSession, session: Session) -> State:
    """Return from which state a session was withdrawn, as the journal tells it."""
    rows = database.scalars(
        select(Row)
        .where(Row.subject == f"session:{session.id}", Row.table == Session.__tablename__)
        .order_by(Row.id.desc())
        .limit(100)
    )
    for row in rows:
        if row.before and row.after and row.after.get("state") == State.WITHDRAWN:
            return State(row.before["state"])
    return State.PROPOSED


def delete_session(event_id: int, user_id: int, code: str) -> Entry | None:
    """Delete a session with its texts, its people's parts, and what was asked of it.

    :raises GoneError: when it is gone already.
    """
    with recorded(event_id, user_id, DELETED) as record:
        session = _session(record.database, event_id, code)
        record.facts["session"] = title_fact(session)
        asked = select(Constraint).where(
            or_(Constraint.session_id == session.id, Constraint.other_id == session.id)
        )
        for constraint in record.database.scalars(asked).all():
            record.database.delete(constraint)
        turns = select(Turn).where(Turn.session_id == session.id)
        for turn in record.database.scalars(turns).all():
            record.database.delete(turn)
        record.database.flush()
        record.database.delete(session)
    return record.entry


def change_states(
    event_id: int, user_id: int, codes: Collection[str], state: State
) -> tuple[int, int]:
    """Give several sessions a state, as one change; return how many changed, and could not."""
    changed = refused = 0
    with recorded(event_id, user_id, SEVERAL[state]) as record:
        for session in _sessions(record.database, event_id, codes):
            if session.state is state:
                continue
            if state in TRANSITIONS[session.state]:
                session.state = state
                changed += 1
            else:
                refused += 1
        record.facts["count"] = changed
    return changed, refused


def change_themes(event_id: int, user_id: int, codes: Collection[str], slug: str) -> int:
    """Put several sessions into a theme, or in none, as one change; return how many changed.

    :raises GoneError: when there is no such theme.
    """
    changed = 0
    with recorded(event_id, user_id, THEMED if slug else UNTHEMED) as record:
        theme = _theme(record.database, event_id, slug)
        for session in _sessions(record.database, event_id, codes):
            if session.theme_id != (theme.id if theme else None):
                session.theme = theme
                changed += 1
        record.facts["count"] = changed
        if theme:
            record.facts["theme"] = words.texts(theme.name)
    return changed


def _fill(
    database: DatabaseSession,
    session: Session,
    values: Mapping[str, Any],
    *,
    fits: Collection[str],
) -> None:
    session.kind = Kind(values["kind"])
    session.theme = _theme(database, session.event_id, values["theme"])
    session.minutes = values["minutes"]
    session.state = State(values["state"])
    session.spoken_languages = kept_order(
        values["spoken_languages"], session.spoken_languages or ()
    )
    session.interpreted_languages = kept_order(
        values["interpreted_languages"], session.interpreted_languages or ()
    )
    session.audience = values["audience"]
    session.needs_step_free = values["needs_step_free"]
    session.online_url = values["online_url"] or None
    session.pinned = values["pinned"]
    session.across_rooms = values["across_rooms"]
    session.speakers_note = values["speakers_note"]
    session.equipment = values["equipment"]
    session.remark = values["remark"]
    _fill_texts(session, values, fits)
    _fill_people(database, session, values["people"])


def _fill_texts(session: Session, values: Mapping[str, Any], fits: Collection[str]) -> None:
    """Write the texts, and note what each translation was made from."""
    before = original_digest(session)
    translated = set(fits)
    for lang in session.event.languages:
        title, abstract = values["title"].get(lang, ""), values["abstract"].get(lang, "")
        text = session.texts.get(lang)
        if not title and not abstract:
            session.texts.pop(lang, None)
            continue
        is_new = text is None or (text.title, text.abstract) != (title, abstract)
        state = TextState(values["text_state"].get(lang) or TextState.DRAFT)
        if not title:
            state = TextState.MISSING
        elif is_new and state is TextState.MACHINE and text and text.state is state:
            state = TextState.DRAFT  # a machine's text that somebody mended
        if is_new or (state is TextState.REVIEWED and text and text.state is not state):
            translated.add(lang)
        set_text(session, lang, title=title, abstract=abstract, state=state)
    if session.original_language != values["original_language"]:
        session.original_language = values["original_language"]
        for text in session.texts.values():
            text.source_digest = None
    after = original_digest(session)
    if after != before:
        keep_digests(session, before)
    for lang in translated & session.texts.keys():
        is_original = lang == session.original_language
        session.texts[lang].source_digest = None if is_original else after


def _fill_people(
    database: DatabaseSession, session: Session, told: Iterable[Mapping[str, Any]]
) -> None:
    """Give a session its people; rows that name nobody yet become new speakers, withheld."""
    rows = list(told)
    numbers = {row["speaker"] for row in rows if "speaker" in row}
    found = {
        speaker.number: speaker
        for speaker in database.scalars(
            select(Speaker).where(Speaker.event_id == session.event_id, Speaker.number.in_(numbers))
        )
    }
    if numbers - found.keys():
        raise GoneError("speaker")
    wanted = [
        (
            found[row["speaker"]] if "speaker" in row else _new_speaker(session, row["text"]),
            Role(row["role"]),
            Answer(row["answer"]),
        )
        for row in rows
    ]
    set_people(session, [(speaker, role) for speaker, role, _ in wanted])
    answers = {(speaker, role): answer for speaker, role, answer in wanted}
    for person in session.people:
        answer = answers[person.speaker, person.role]
        if person.answer is not answer:
            person.answer, person.answered_for = answer, ""


def _new_speaker(session: Session, name: str) -> Speaker:
    speaker = add_speaker(
        session.event,
        number=next_number(session.event),
        original_language=session.original_language,
    )
    set_speaker_text(speaker, session.original_language, display_name=name)
    return speaker


def _session(database: DatabaseSession, event_id: int, code: str) -> Session:
    session = database.scalar(
        select(Session).where(Session.event_id == event_id, Session.code == code)
    )
    if session is None:
        raise GoneError(code)
    return session


def _sessions(database: DatabaseSession, event_id: int, codes: Collection[str]) -> list[Session]:
    return list(
        database.scalars(
            select(Session).where(Session.event_id == event_id, Session.code.in_(codes))
        )
    )


def _theme(database: DatabaseSession, event_id: int, slug: str) -> Theme | None:
    if not slug:
        return None
    theme = database.scalar(select(Theme).where(Theme.event_id == event_id, Theme.slug == slug))
    if theme is None:
        raise GoneError(slug)
    return theme
