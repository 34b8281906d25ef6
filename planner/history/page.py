"""The page of the history: which entries it shows, and by what they can be filtered."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from planner.accounts.access import Access
from planner.accounts.models import User
from planner.extensions import db
from planner.history.account import Words
from planner.history.details import Details
from planner.i18n.labels import N_
from planner.journal.models import Entry
from planner.journal.queries import PAGE, entries, last_change
from planner.sessions.models import Session
from planner.speakers.models import Speaker

#: Kinds of things by the first part of their actions.
KINDS = {
    "event": N_("Event"),
    "day": N_("Days"),
    "room": N_("Rooms"),
    "theme": N_("Themes"),
    "session": N_("Sessions"),
    "speaker": N_("Speakers"),
    "text": N_("Translations"),
    "board": N_("Board"),
    "conflict": N_("Conflicts"),
    "import": N_("Imports"),
    "member": N_("Organizers"),
    "release": N_("Releases"),
}


def history_page(access: Access, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page shows for a query with session, speaker, kind, user and before."""
    kind = asked.get("kind", "")
    found = entries(
        access.event_id,
        subject=_subject(access, asked.get("session", ""), asked.get("speaker", "")),
        user_id=_number(asked.get("user")),
        kind=kind if kind in KINDS else None,
        before=_number(asked.get("before")),
    )
    shown = found[:PAGE]
    return {
        "entries": shown,
        "words": Words(access, shown),
        "details": Details(access, shown),
        "kinds": KINDS,
        "users": _users(access),
        "asked": {name: asked.get(name, "") for name in ("session", "speaker", "kind", "user")},
        "older": found[PAGE - 1].id if len(found) > PAGE else None,
    }


def _subject(access: Access, session: str, speaker: str) -> str | None:
    """Return what belongs to a session or speaker of the event; nothing matches an unknown one."""
    if session:
        return _subject_of(access, Session, session)
    if speaker:
        return _subject_of(access, Speaker, speaker)
    return None


def _subject_of(access: Access, model: type[Session] | type[Speaker], code: str) -> str:
    """Return how the journal calls what has a code, or had it before it was deleted."""
    name = model.__tablename__
    number = db.session.scalar(
        select(model.id).where(model.event_id == access.event_id, model.code == code)
    )
    if number is not None:
        return f"{name}:{number}"
    gone = last_change(access.event_id, name, "code", code)
    return gone.subject if gone else f"{name}:0"


def _users(access: Access) -> list[User]:
    """Return everybody who did something in the event."""
    doers = select(Entry.user_id).where(Entry.event_id == access.event_id).distinct()
    return list(db.session.scalars(select(User).where(User.id.in_(doers)).order_by(User.name)))


def _number(written: str | None) -> int | None:
    return int(written) if written and written.isascii() and written.isdecimal() else None
