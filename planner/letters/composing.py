"""Letters of a release: who is to be told what, and the letters that say so.

They are composed with the release, in its transaction, and wait for an organizer to send them.
What was composed for an earlier release and is not sent yet gives way, so that each speaker hears
of all changes once.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any

from flask import current_app
from sqlalchemy import insert, select
from sqlalchemy.orm import Session as DatabaseSession

from planner.events.models import Event
from planner.extensions import db
from planner.i18n.interface import speaking
from planner.letters.answers import Asked, ask_anew
from planner.letters.differences import (
    Concerned,
    LastTold,
    concerned_by,
    told_in,
)
from planner.letters.facts import facts_from
from planner.letters.wording import Wording
from planner.lib.clock import now
from planner.notices.models import Notice, NoticeKind
from planner.programme.document import Programme
from planner.speakers.models import Speaker

REQUEST, CANCEL = "REQUEST", "CANCEL"


def to_be_told(plan: Event, programme: Programme) -> list[Concerned]:
    """Return whom a release of a programme would write to, and of what; nothing is written.

    Those without an address are among them: see :attr:`Concerned.can_be_written_to`.
    """
    letters = unsent(db.session(), plan.id)
    return concerned_by(plan, programme, _known(db.session(), plan.id, letters))


def compose(
    database: DatabaseSession,
    plan: Event,
    programme: Programme,
    release_id: int,
    *,
    user_id: int | None = None,
) -> int:
    """Write the letters of a release, within its transaction; return how many there are.

    Speakers who confirmed what is now at another hour or in another room are asked anew.
    """
    letters = unsent(database, plan.id, lock=True)
    known = _known(database, plan.id, letters)
    waiting = {letter.speaker_id: letter for letter in letters if not is_under_way(letter)}
    held = {speaker_id for speaker_id, letter in waiting.items() if letter.is_held}
    everybody = concerned_by(plan, programme, known)
    asked = ask_anew(database, plan, user_id, everybody, waiting, programme)
    concerned = [found for found in everybody if found.can_be_written_to]
    invitations = {found.speaker.id: _invitations(found, asked) for found in concerned}
    fresh = []
    for found in concerned:
        letter = waiting.get(found.speaker.id)
        enclosed = invitations[found.speaker.id]
        if letter is not None and _still_holds(letter, found, enclosed, programme):
            letter.release_id, letter.invitations = release_id, enclosed
            del waiting[found.speaker.id]
        else:
            fresh.append(found)
    worded = _worded(programme, fresh, asked)
    moment = now()
    written = [
        {
            "kind": NoticeKind.SCHEDULE,
            "speaker_id": found.speaker.id,
            "release_id": release_id,
            "subject": worded[found.speaker.id][0],
            "text": worded[found.speaker.id][1],
            "invitations": invitations[found.speaker.id],
            "is_held": found.speaker.id in held,
            "language": found.language,
            "created_at": moment,
        }
        for found in fresh
    ]
    for letter in waiting.values():
        database.delete(letter)
    if written:
        database.execute(insert(Notice), written)
    database.flush()
    return len(concerned)


def _worded(
    programme: Programme, concerned: Iterable[Concerned], asked: Asked
) -> dict[int, tuple[str, str]]:
    """Return the subject and the text of each letter, by speaker."""
    found = {}
    by_language = sorted(concerned, key=attrgetter("language"))
    for language, group in groupby(by_language, key=attrgetter("language")):
        with speaking(language):
            wording = Wording(programme, language, current_app.config["BASE_URL"])
            for one in group:
                is_asked = any(asked.get((one.speaker.id, part.code)) for part in one.parts)
                text = wording.text(one, is_asked_anew=is_asked)
                found[one.speaker.id] = (wording.subject(one), text)
    return found


def unsent(database: DatabaseSession, event_id: int, *, lock: bool = False) -> list[Notice]:
    """Return the letters of an event that were not sent yet, the oldest first.

    ``lock`` keeps senders away from them until the end of the transaction.
    """
    wanted = (
        select(Notice)
        .join(Speaker, Speaker.id == Notice.speaker_id)
        .where(
            Speaker.event_id == event_id,
            Notice.kind == NoticeKind.SCHEDULE,
            Notice.sent_at.is_(None),
        )
        .order_by(Notice.id)
    )
    return list(database.scalars(wanted.with_for_update(of=Notice) if lock else wanted))


def is_under_way(letter: Notice) -> bool:
    """Tell whether a sender has a letter, so that it may be with the speaker already."""
    return letter.due_at is not None and letter.attempts > 0 and letter.last_error is None


def _known(
    database: DatabaseSession, event_id: int, letters: Iterable[Notice]
) -> dict[int, dict[str, LastTold]]:
    """Return what speakers were told, and what letters under way are telling them."""
    known = told_in(database, event_id)
    for letter in letters:
        if is_under_way(letter) and letter.speaker_id is not None:
            for entry in letter.invitations or ():
                known[letter.speaker_id][entry["code"]] = LastTold(
                    entry["sequence"], entry["method"] == CANCEL, facts_from(entry["facts"])
                )
    return known


def _invitations(concerned: Concerned, asked: Asked) -> list[dict[str, Any]]:
    """Return what is kept of each session with its letter."""
    return [
        {
            "code": part.code,
            "method": CANCEL if part.is_gone else REQUEST,
            "sequence": part.sequence,
            "differences": [difference.value for difference in part.differences],
            "asked_anew": asked.get((concerned.speaker.id, part.code), []),
            "facts": part.facts.plain(),
        }
        for part in concerned.parts
    ]


def _still_holds(
    letter: Notice,
    concerned: Concerned,
    invitations: Iterable[Mapping[str, Any]],
    programme: Programme,
) -> bool:
    """Tell whether a letter that waits says what is to be told, so that its text may stay.

    The first letter to somebody says besides how settled the programme is.
    """
    release = letter.release
    if concerned.is_first and (release is None or release.stage is not programme.release.stage):
        return False
    return _say_the_same(letter.invitations or (), invitations)


def _say_the_same(one: Iterable[Mapping[str, Any]], other: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether two letters tell the same, whichever revisions they are."""

    def told(entry: Mapping[str, Any]) -> tuple[Any, ...]:
        facts = facts_from(entry["facts"])
        return entry["code"], entry["method"], entry["differences"], facts

    return list(map(told, one)) == list(map(told, other))
