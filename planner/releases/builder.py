"""Making the programme from the plan: the privacy gate.

What is public is named here field by field. A speaker who is not public leaves no trace but a
role; one under a pseudonym, the pseudonym only; who declined is not there at all.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from planner.events import models as events
from planner.programme import document as programme
from planner.programme.differences import (
    RESCHEDULING,
    changes_between,
    placement_of,
    rendering_of,
)
from planner.programme.vocabulary import Change, Stage, Status
from planner.sessions.models import Answer, Session, SessionSpeaker, State
from planner.speakers.models import Speaker, Visibility

_PUBLIC_STATES = {State.ACCEPTED, State.CONFIRMED}


def build(
    plan: events.Event,
    *,
    stage: Stage,
    note: programme.Texts,
    at: datetime,
    previous: programme.Programme | None,
) -> programme.Programme:
    """Return the programme that a release of the plan at ``at`` (aware) would publish.

    ``previous`` is the programme that is public until then: from it follow each session's
    status, sequence, marks and stamps, and the sessions that are now cancelled.
    """
    public = [session for session in plan.sessions if _is_public(session)]
    speakers = {speaker.id: speaker for speaker in plan.speakers}
    sessions = [_session(session, speakers, stage, at) for session in public]
    if previous is not None:
        sessions += _cancelled(plan, previous, {session.code for session in sessions}, at)
    sessions.sort(key=_order(plan))
    named = {person.speaker for session in sessions for person in session.people}
    content = programme.Programme(
        schema=programme.SCHEMA,
        release=programme.Release(
            number=previous.release.number + 1 if previous else 1,
            stage=stage,
            published_at=at,
            note=_texts(note),
        ),
        event=_event(plan),
        themes=_with_former(
            [_theme(theme) for theme in plan.themes],
            previous.themes if previous else (),
            {session.theme for session in sessions},
        ),
        rooms=_with_former(
            [_room(room) for room in plan.rooms],
            previous.rooms if previous else (),
            {session.room for session in sessions},
        ),
        speakers=tuple(
            _speaker(speaker)
            for speaker in sorted(plan.speakers, key=lambda speaker: speaker.code)
            if speaker.code in named
        ),
        sessions=tuple(sessions),
    )
    return _revised(content, previous)


def same_content(one: programme.Programme, other: programme.Programme) -> bool:
    """Tell whether two programmes say the same to the public, whichever release they are."""
    return _content(one) == _content(other)


def content_digest(document: programme.Programme) -> str:
    """Return what names the content of a programme, whichever release it is: SHA-256."""
    return programme.digest_of(_content(document))


def _content(document: programme.Programme) -> bytes:
    release = msgspec.structs.replace(
        document.release, number=0, published_at=document.release.published_at.min, note={}
    )
    sessions = tuple(
        msgspec.structs.replace(
            session,
            sequence=0,
            created_at=session.created_at.min,
            changed_at=session.changed_at.min,
            changes=(),
            formerly=None,
        )
        for session in document.sessions
    )
    return programme.encode(msgspec.structs.replace(document, release=release, sessions=sessions))


def _is_public(session: Session) -> bool:
    return session.state in _PUBLIC_STATES and session.starts_at is not None


def _revised(
    content: programme.Programme, previous: programme.Programme | None
) -> programme.Programme:
    """Give each session its sequence, stamps and marks by comparing it with the one before."""
    former = {session.code: session for session in previous.sessions} if previous else {}
    return msgspec.structs.replace(
        content,
        sessions=tuple(
            _revised_session(content, session, previous, former.get(session.code))
            for session in content.sessions
        ),
    )


def _revised_session(
    content: programme.Programme,
    session: programme.Session,
    previous: programme.Programme | None,
    old: programme.Session | None,
) -> programme.Session:
    if previous is None:
        return session
    changes = changes_between(previous, old, content, session)
    if old is None:
        return msgspec.structs.replace(session, changes=changes)
    rescheduled = old.status is not session.status or bool(RESCHEDULING.intersection(changes))
    moved = {Change.MOVED, Change.ROOM, Change.LENGTH}.intersection(changes)
    altered = rescheduled or rendering_of(previous, old) != rendering_of(content, session)
    return msgspec.structs.replace(
        session,
        sequence=old.sequence + 1 if rescheduled else old.sequence,
        created_at=old.created_at,
        changed_at=session.changed_at if altered else old.changed_at,
        changes=changes,
        formerly=placement_of(old) if moved else None,
    )


def _cancelled(
    plan: events.Event, previous: programme.Programme, kept: set[str], at: datetime
) -> Iterable[programme.Session]:
    """Return what was public and is gone, as cancelled, until the event is over.

    People are left out: who no longer takes part need not be named.
    """
    if at.astimezone(ZoneInfo(plan.time_zone)).date() > plan.last_day:
        return
    for session in previous.sessions:
        if session.code not in kept:
            yield msgspec.structs.replace(
                session, status=Status.CANCELLED, people=(), online_url=None, changed_at=at
            )


def _order(plan: events.Event) -> Callable[[programme.Session], tuple[datetime, int, str]]:
    """Return the key that sorts sessions by time, then by the order of rooms, then by code."""
    positions = {room.slug: position for position, room in enumerate(plan.rooms)}

    def key(session: programme.Session) -> tuple[datetime, int, str]:
        position = positions.get(session.room or "", len(positions))
        return session.starts_at, -1 if session.across_rooms else position, session.code

    return key


def _event(plan: events.Event) -> programme.EventInfo:
    return programme.EventInfo(
        slug=plan.slug,
        uid_host=plan.uid_host,
        name=_texts(plan.name),
        tagline=_texts(plan.tagline),
        call=_texts(plan.call),
        notice=_texts(plan.notice),
        principles=tuple(_texts(principle) for principle in plan.principles),
        supporters=tuple(_supporter(supporter) for supporter in plan.supporters),
        partners=tuple(_supporter(partner) for partner in plan.partners),
        venue_name=_texts(plan.venue_name),
        venue_address=_texts(plan.venue_address),
        latitude=plan.latitude,
        longitude=plan.longitude,
        time_zone=plan.time_zone,
        languages=tuple(plan.languages),
        first_day=plan.first_day,
        last_day=plan.last_day,
        day_from=plan.day_from,
        day_to=plan.day_to,
        registration_opens=plan.registration_opens,
        registration_closes=plan.registration_closes,
        withheld_name=_texts(plan.withheld_name),
    )


def _supporter(entry: dict[str, programme.Texts | str | None]) -> programme.Supporter:
    return msgspec.convert(entry, type=programme.Supporter)


def _theme(theme: events.Theme) -> programme.Theme:
    return programme.Theme(
        slug=theme.slug,
        name=_texts(theme.name),
        description=_texts(theme.description),
        colour=theme.colour,
    )


def _room(room: events.Room) -> programme.Room:
    return programme.Room(
        slug=room.slug,
        name=_texts(room.name),
        floor=_texts(room.floor),
        capacity=room.capacity,
        booths=room.booths,
        step_free=room.step_free,
    )


def _session(
    session: Session, speakers: dict[int, Speaker], stage: Stage, at: datetime
) -> programme.Session:
    if session.starts_at is None:
        raise ValueError(f"session {session.code} is not placed")
    return programme.Session(
        code=session.code,
        guid=session.guid,
        kind=session.kind,
        theme=session.theme.slug if session.theme else None,
        starts_at=session.starts_at,
        minutes=session.minutes,
        room=session.room.slug if session.room else None,
        across_rooms=session.across_rooms,
        spoken_languages=tuple(session.spoken_languages),
        interpreted_languages=tuple(session.interpreted_languages),
        original_language=session.original_language,
        title=_texts({lang: text.title for lang, text in session.texts.items()}),
        abstract=_texts({lang: text.abstract for lang, text in session.texts.items()}),
        online_url=session.online_url,
        people=tuple(
            _appearance(person, speakers[person.speaker_id])
            for person in session.people
            if person.answer is not Answer.DECLINED
        ),
        status=Status.CONFIRMED if stage is Stage.FINAL else Status.TENTATIVE,
        sequence=0,
        created_at=at,
        changed_at=at,
    )


def _appearance(person: SessionSpeaker, speaker: Speaker) -> programme.Appearance:
    if speaker.visibility is Visibility.PUBLIC and _names(speaker):
        return programme.Appearance(role=person.role, speaker=speaker.code)
    if speaker.visibility is Visibility.PSEUDONYM:
        pseudonym = {lang: text.pseudonym for lang, text in speaker.texts.items()}
        return programme.Appearance(role=person.role, pseudonym=_texts(pseudonym))
    return programme.Appearance(role=person.role)


def _speaker(speaker: Speaker) -> programme.Speaker:
    return programme.Speaker(
        code=speaker.code,
        name=_names(speaker),
        organisation=_texts({lang: text.organisation for lang, text in speaker.texts.items()}),
        biography=_texts({lang: text.biography for lang, text in speaker.texts.items()}),
        spoken_languages=tuple(speaker.spoken_languages),
        photo=speaker.photo,
    )


def _names(speaker: Speaker) -> programme.Texts:
    return _texts({lang: text.display_name for lang, text in speaker.texts.items()})


def _texts(texts: programme.Texts) -> programme.Texts:
    """Return a map of texts without the empty ones: an absent text is a missing one."""
    return {lang: text for lang, text in sorted(texts.items()) if text.strip()}


_Named = TypeVar("_Named", programme.Theme, programme.Room)


def _with_former(
    now: list[_Named], former: tuple[_Named, ...], used: set[str | None]
) -> tuple[_Named, ...]:
    """Return themes or rooms of the plan, and those that only a cancelled session still needs."""
    known = {item.slug for item in now}
    return tuple(now + [item for item in former if item.slug in used - known])
