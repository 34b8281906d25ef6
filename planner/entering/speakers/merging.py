"""Joining two entries of the same person: one stays, and takes over what the other has."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession

from planner.i18n.labels import N_
from planner.interpreting.models import Turn
from planner.journal import words
from planner.journal.models import Entry
from planner.journal.recording import GoneError, check_version, recorded
from planner.sessions.models import SessionSpeaker
from planner.speakers.models import Availability, Speaker, Visibility
from planner.speakers.operations import set_text
from planner.speakers.texts import FIELDS

JOINED = words.action(
    "speaker.joined", N_("%(other)s joined with %(speaker)s, as one and the same person")
)
#: The one that shows less of a person stays.
_STRICTNESS = (Visibility.PUBLIC, Visibility.PSEUDONYM, Visibility.WITHHELD)
#: What gives the one that stays what other packages keep of the one that goes; they add to it.
TAKING_OVER: list[Callable[[DatabaseSession, Speaker, Speaker], None]] = []


def join_speakers(
    event_id: int, user_id: int, code: str, other: str, *, version: int | None = None
) -> Entry | None:
    """Give a speaker the parts of another, and what they lack of the other's texts; delete that.

    Of visibilities the stricter one stays.

    :raises GoneError: when one of them is gone, or both are the same.
    :raises StaleError: when the first is not of this version any more.
    """
    with recorded(event_id, user_id, JOINED) as record:
        found = {
            speaker.code: speaker
            for speaker in record.database.scalars(
                select(Speaker).where(Speaker.event_id == event_id, Speaker.code.in_({code, other}))
            )
        }
        if len(found) != 2:
            raise GoneError(other)
        kept, going = found[code], found[other]
        check_version(kept, version)
        record.facts |= {
            "speaker": words.speaker(kept.number),
            "other": words.speaker(going.number),
        }
        parts = select(SessionSpeaker).where(SessionSpeaker.speaker_id.in_({kept.id, going.id}))
        present = record.database.scalars(parts).all()
        own = {(part.session_id, part.role) for part in present if part.speaker_id == kept.id}
        for part in present:
            if part.speaker_id != going.id:
                continue
            if (part.session_id, part.role) not in own:
                record.database.add(
                    SessionSpeaker(
                        session_id=part.session_id,
                        speaker_id=kept.id,
                        role=part.role,
                        position=part.position,
                        answer=part.answer,
                        answered_for=part.answered_for,
                    )
                )
            record.database.delete(part)
        turns = select(Turn).where(Turn.speaker_id == going.id)
        for turn in record.database.scalars(turns).all():
            turn.speaker_id = kept.id
        _take_over(kept, going)
        for take_over in TAKING_OVER:
            take_over(record.database, kept, going)
        record.database.flush()
        record.database.delete(going)
    return record.entry


def _take_over(kept: Speaker, going: Speaker) -> None:
    for lang, text in going.texts.items():
        own = kept.texts.get(lang)
        lacking = {
            name: getattr(text, name)
            for name in FIELDS
            if getattr(text, name) and not (own and getattr(own, name))
        }
        if lacking:
            set_text(kept, lang, **lacking)
            if own is None:
                kept.texts[lang].state = text.state
    kept.email = kept.email or going.email
    kept.photo = kept.photo or going.photo
    kept.original_language = kept.original_language or going.original_language
    kept.spoken_languages = list(dict.fromkeys([*kept.spoken_languages, *going.spoken_languages]))
    kept.remark = "\n\n".join(remark for remark in (kept.remark, going.remark) if remark)
    chosen = [each for each in (kept.chosen_visibility, going.chosen_visibility) if each]
    kept.chosen_visibility = max(chosen, key=_STRICTNESS.index, default=None)
    kept.visibility = max(kept.visibility, going.visibility, key=_STRICTNESS.index)
    if not kept.free:
        for span in going.free:
            kept.free.append(Availability(starts_at=span.starts_at, ends_at=span.ends_at))
