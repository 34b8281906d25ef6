"""Making the programme from the plan: the privacy gate.

What is public is named here field by field. A speaker who is not public leaves no trace but a
role; one under a pseudonym, the pseudonym only; who declined is not there at all.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from planner.events import models as events
from planner.programme import document as programme
from planner.programme.succession import next_number, succeed
from planner.programme.vocabulary import Stage, Status
from planner.sessions.models import PUBLIC_STATES, Answer, Session, SessionSpeaker
from planner.speakers.models import Speaker, Visibility


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
    content = content_of(plan, at)
    return succeed(content, previous, release=release_after(previous, stage, note, at))


def release_after(
    previous: programme.Programme | None, stage: Stage, note: programme.Texts, at: datetime
) -> programme.Release:
    """Return what tells the next release from others."""
    return programme.Release(
        number=next_number(previous), stage=stage, published_at=at, note=texts_of(note)
    )


def content_of(plan: events.Event, at: datetime) -> programme.Programme:
    """Return what of a plan may be public now, as if nothing had been published before.

    Its sessions are tentative, and their stamps are all ``at`` (aware).
    """
    return content_among(plan, plan.sessions, plan.speakers, at)


def content_among(
    plan: events.Event, sessions: Iterable[Session], speakers: Iterable[Speaker], at: datetime
) -> programme.Programme:
    """Return what may be public now of some sessions of a plan.

    ``speakers`` are at least those who take part in them, as they are to be taken.
    """
    people = {speaker.id: speaker for speaker in speakers}
    public = [session for session in sessions if is_public(session)]
    return programme.Programme(
        schema=programme.SCHEMA,
        release=release_after(None, Stage.DRAFT, {}, at),
        event=event_of(plan),
        themes=tuple(_theme(theme) for theme in plan.themes),
        rooms=tuple(room_of(room) for room in plan.rooms),
        speakers=tuple(
            speaker_of(speaker)
            for speaker in sorted(people.values(), key=lambda speaker: speaker.code)
            if is_named(speaker)
        ),
        sessions=tuple(_session(session, people, at) for session in public),
    )


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


def is_public(session: Session) -> bool:
    """Tell whether the next release would have a session."""
    return session.state in PUBLIC_STATES and session.starts_at is not None


def event_of(plan: events.Event) -> programme.EventInfo:
    """Return what the public may know of an event."""
    return programme.EventInfo(
        slug=plan.slug,
        uid_host=plan.uid_host,
        name=texts_of(plan.name),
        tagline=texts_of(plan.tagline),
        call=texts_of(plan.call),
        notice=texts_of(plan.notice),
        principles=tuple(texts_of(principle) for principle in plan.principles),
        supporters=tuple(_supporter(supporter) for supporter in plan.supporters),
        partners=tuple(_supporter(partner) for partner in plan.partners),
        venue_name=texts_of(plan.venue_name),
        venue_address=texts_of(plan.venue_address),
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
        withheld_name=texts_of(plan.withheld_name),
        may_be_embedded=plan.may_be_embedded,
    )


def _supporter(entry: dict[str, programme.Texts | str | None]) -> programme.Supporter:
    return msgspec.convert(entry, type=programme.Supporter)


def _theme(theme: events.Theme) -> programme.Theme:
    return programme.Theme(
        slug=theme.slug,
        name=texts_of(theme.name),
        description=texts_of(theme.description),
        colour=theme.colour,
    )


def room_of(room: events.Room) -> programme.Room:
    """Return what the public may know of a room."""
    return programme.Room(
        slug=room.slug,
        name=texts_of(room.name),
        floor=texts_of(room.floor),
        capacity=room.capacity,
        booths=room.booths,
        step_free=room.step_free,
    )


def _session(session: Session, speakers: dict[int, Speaker], at: datetime) -> programme.Session:
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
        title=texts_of({lang: text.title for lang, text in session.texts.items()}),
        abstract=texts_of({lang: text.abstract for lang, text in session.texts.items()}),
        online_url=session.online_url,
        people=_people(session, speakers),
        status=Status.TENTATIVE,
        sequence=0,
        created_at=at,
        changed_at=at,
    )


def appearances_of(session: Session, plan: events.Event) -> tuple[programme.Appearance, ...]:
    """Return who takes part in a session, as the public may know them."""
    return _people(session, {speaker.id: speaker for speaker in plan.speakers})


def appearance_of(person: SessionSpeaker) -> programme.Appearance:
    """Return one who takes part in a session, as the public may know them."""
    return _appearance(person, person.speaker)


def _people(session: Session, speakers: dict[int, Speaker]) -> tuple[programme.Appearance, ...]:
    return tuple(
        _appearance(person, speakers[person.speaker_id])
        for person in session.people
        if person.answer is not Answer.DECLINED
    )


def _appearance(person: SessionSpeaker, speaker: Speaker) -> programme.Appearance:
    if is_named(speaker):
        return programme.Appearance(role=person.role, speaker=speaker.code)
    if speaker.visibility is Visibility.PSEUDONYM:
        return programme.Appearance(role=person.role, pseudonym=pseudonym_of(speaker))
    return programme.Appearance(role=person.role)


def is_named(speaker: Speaker) -> bool:
    """Tell whether the public may know a speaker by name."""
    return speaker.visibility is Visibility.PUBLIC and bool(_names(speaker))


def pseudonym_of(speaker: Speaker) -> programme.Texts:
    """Return what somebody is called who does not want to be known by name."""
    return texts_of({lang: text.pseudonym for lang, text in speaker.texts.items()})


def speaker_of(speaker: Speaker) -> programme.Speaker:
    """Return what the public may know of a speaker who is named."""
    return programme.Speaker(
        code=speaker.code,
        name=_names(speaker),
        organisation=texts_of({lang: text.organisation for lang, text in speaker.texts.items()}),
        biography=texts_of({lang: text.biography for lang, text in speaker.texts.items()}),
        spoken_languages=tuple(speaker.spoken_languages),
        photo=speaker.photo,
    )


def _names(speaker: Speaker) -> programme.Texts:
    return texts_of({lang: text.display_name for lang, text in speaker.texts.items()})


def texts_of(texts: programme.Texts) -> programme.Texts:
    """Return a map of texts without the empty ones: an absent text is a missing one."""
    return {lang: text for lang, text in sorted(texts.items()) if text.strip()}
