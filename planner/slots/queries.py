"""Reading what speakers see of their sessions, and what they asked for."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from planner.extensions import db
from planner.programme.document import decode
from planner.programme.published import Published
from planner.public.programmes import source
from planner.releases.models import Release
from planner.releases.queries import release_numbered
from planner.sessions.models import Session, SessionSpeaker, State
from planner.slots.models import Request, Seen
from planner.slots.slots_content import (
    Content,
    Standing,
    from_document,
    from_plan,
    is_told_in,
)
from planner.speakers.models import Speaker


def published_now(speaker: Speaker) -> Published | None:
    """Return the programme that is public of a speaker's event, or None.

    That of the public pages may be a second old, and an answer must not be to what was before.
    """
    newest = db.session.execute(
        select(Release.number, Release.digest)
        .where(Release.event_id == speaker.event_id)
        .order_by(Release.number.desc())
        .limit(1)
    ).first()
    if newest is None:
        return None
    known = source().current(speaker.event.slug)
    if known is not None and known.digest == newest.digest:
        return known
    release = release_numbered(speaker.event_id, newest.number)
    return Published(decode(release.document), release.digest) if release else None


def contents_of(speaker: Speaker, published: Published | None) -> list[Content]:
    """Return the sessions of a speaker as they may know them, in order of time.

    ``published`` is what is public (see :func:`published_now`). Where they do not see the plan, it
    is that, whatever organizers changed since. A fixed number of statements.
    """
    sessions = {session.code: session for session in whole_sessions(speaker)}
    if speaker.event.shows_plan:
        found = _of_plan(speaker, published, sessions)
    else:
        found = _of_document(speaker, published, sessions)
    # What has no hour yet comes last.
    return sorted(found, key=lambda content: (str(content.starts_at or "~"), content.code))


def shown_to(speaker: Speaker) -> list[Content]:
    """Return the sessions of a speaker as they may know them now, in order of time."""
    return contents_of(speaker, published_now(speaker))


def whole_sessions(speaker: Speaker) -> list[Session]:
    """Return the sessions of a speaker in the plan, with all that is told of them."""
    return list(
        db.session.scalars(
            select(Session)
            .where(
                Session.event_id == speaker.event_id,
                Session.people.any(SessionSpeaker.speaker_id == speaker.id),
            )
            .options(
                selectinload(Session.texts),
                selectinload(Session.people)
                .joinedload(SessionSpeaker.speaker)
                .selectinload(Speaker.texts),
                joinedload(Session.room),
                joinedload(Session.theme),
            )
        )
    )


def _of_plan(
    speaker: Speaker, published: Published | None, sessions: Mapping[str, Session]
) -> list[Content]:
    told = published.session_by_code if published else {}
    return [
        from_plan(session, speaker, published)
        for session in sessions.values()
        # What was withdrawn before anybody heard of it is none of theirs.
        if session.state is not State.WITHDRAWN or session.code in told
    ]


def _of_document(
    speaker: Speaker, published: Published | None, sessions: Mapping[str, Session]
) -> list[Content]:
    found = []
    for told in published.sessions if published else ():
        session = sessions.get(told.code)
        mine = [one for one in session.people if one.speaker_id == speaker.id] if session else []
        if published and is_told_in(told, speaker, mine):
            found.append(from_document(told, published, speaker, session))
    return found


def seen_by(speaker: Speaker) -> dict[str, dict[str, Any]]:
    """Return how sessions stood when a speaker said that they had seen them, by their codes."""
    rows = db.session.execute(
        select(Seen.session_code, Seen.facts).where(Seen.speaker_id == speaker.id)
    )
    return {code: facts for code, facts in rows if facts.get("standing") in set(Standing)}


def requests_of(speaker: Speaker) -> list[Request]:
    """Return what a speaker asked for, the newest first, with what was answered."""
    return list(
        db.session.scalars(
            select(Request)
            .where(Request.speaker_id == speaker.id)
            .options(joinedload(Request.session))
            .order_by(Request.id.desc())
        )
    )
