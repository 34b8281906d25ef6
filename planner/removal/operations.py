"""Removing a name or a session: everything that holds it is rewritten, in one transaction.

Nothing of it can be undone. What the database still holds between its pages afterwards is taken
out by :mod:`planner.removal.sweeping`, which is begun here and finished outside of the transaction.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession
from sqlalchemy.orm import undefer

from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.i18n.content import localize
from planner.i18n.interface import speaking
from planner.i18n.labels import N_
from planner.i18n.languages import INTERFACE
from planner.journal import words
from planner.journal.recording import note_down
from planner.letters.operations import forget, forget_session
from planner.programme.document import Programme, decode, digest_of, encode
from planner.programme.succession import succeed
from planner.releases.builder import release_after
from planner.releases.gate import gated
from planner.releases.issuing import Ground, ground, issue
from planner.releases.models import Appointment, Origin, Release, ScheduledRelease
from planner.removal import correspondence, history, plan_texts, requests
from planner.removal.documents import touched
from planner.removal.redaction import InPlace, NameRedaction, Redaction, SessionRedaction
from planner.removal.sweeping import Unfinished, begin
from planner.removal.targets import Way, item_of, person_of

NAME_REMOVED = words.action("release.name_removed", N_("Name of speaker %(number)s removed"))
SESSION_REMOVED = words.action("release.session_removed", N_("Session %(code)s removed"))


@dataclass(frozen=True)
class Removed:
    """What was done."""

    #: The release that is public since; None where nothing had been published.
    number: int | None
    #: How many releases were rewritten.
    rewritten: int
    #: The codes of sessions that calendars take anew.
    sessions: frozenset[str]


def remove_name(
    slug: str,
    code: str,
    way: Way,
    *,
    instance: Path,
    with_pseudonym: bool = True,
    user_id: int | None = None,
    at: datetime | None = None,
) -> Removed:
    """Take the name of a speaker out of every release, and out of whatever else holds it.

    ``with_pseudonym`` is whether what they were called instead goes as well; where something is
    erased it does. ``instance`` is the folder where it is noted what is left to do.

    :raises UnknownEventError: when there is no such event.
    :raises NotThereError: when nothing knows this speaker.
    """
    with write_tx() as database:
        return remove_name_within(
            database,
            slug,
            code,
            way,
            instance=instance,
            with_pseudonym=with_pseudonym,
            user_id=user_id,
            at=at,
        )


def remove_name_within(
    database: DatabaseSession,
    slug: str,
    code: str,
    way: Way,
    *,
    instance: Path,
    with_pseudonym: bool = True,
    user_id: int | None = None,
    at: datetime | None = None,
) -> Removed:
    """Do what :func:`remove_name` does within a transaction that is open."""
    on = ground(database, slug)
    person = person_of(on.plan, code, programmes_of(on.plan.id))
    redaction = NameRedaction(person, way, in_place_of(on.plan), with_pseudonym=with_pseudonym)
    plan_texts.withhold(on.plan, person, way, keeps_pseudonym=not redaction.pseudonyms)
    if way is Way.ERASE:
        forget(database, person.ids)
        person.photos |= requests.photos_of(database, person.ids)
        requests.forget(database, person.ids)
    done = _rewrite(on, redaction, user_id=user_id, at=at)
    facts = {"number": person.number or person.code}
    note_down(database, on.plan.id, user_id, NAME_REMOVED, facts)
    database.flush()
    begin(instance, Unfinished(events={on.plan.id}, photos=person.photos))
    return done


def is_told(plan: Event, code: str, *, with_pseudonym: bool = True) -> bool:
    """Tell whether anything that was published, or waits for its hour, names a speaker.

    :raises NotThereError: when nothing knows them.
    """
    programmes = programmes_of(plan.id)
    person = person_of(plan, code, programmes)
    redaction = NameRedaction(
        person, Way.WITHHOLD, in_place_of(plan), with_pseudonym=with_pseudonym
    )
    return any(redaction.document(programme) != programme for programme in programmes)


def remove_session(
    slug: str,
    code: str,
    way: Way,
    *,
    instance: Path,
    user_id: int | None = None,
    at: datetime | None = None,
) -> Removed:
    """Take a session out of every release: nothing stays but that it is cancelled, and its hour.

    :raises UnknownEventError: when there is no such event.
    :raises NotThereError: when nothing knows this session.
    """
    with write_tx() as database:
        on = ground(database, slug)
        item = item_of(on.plan, code, programmes_of(on.plan.id))
        redaction = SessionRedaction(item, way)
        plan_texts.withdraw(on.plan, item, way)
        forget_session(database, on.plan.id, code)
        requests.forget_session(database, on.plan.id, item, way)
        done = _rewrite(on, redaction, user_id=user_id, at=at)
        note_down(database, on.plan.id, user_id, SESSION_REMOVED, {"code": code})
        database.flush()
        begin(instance, Unfinished(events={on.plan.id}, photos=set()))
    return done


def programmes_of(event_id: int) -> list[Programme]:
    """Return every programme of an event that is kept: published, or prepared for some hour."""
    published = db.session.scalars(
        select(Release.document).where(Release.event_id == event_id).order_by(Release.number)
    )
    prepared = db.session.scalars(
        select(ScheduledRelease.content).where(
            ScheduledRelease.event_id == event_id, ScheduledRelease.content.is_not(None)
        )
    )
    found = [decode(content) for content in published]
    for content in prepared:
        with suppress(msgspec.ValidationError):  # of another version of the program: it goes
            found.append(decode(content or b""))
    return found


def in_place_of(plan: Event) -> InPlace:
    """Return what stands in place of a name that is withheld, in every language."""
    texts = {}
    for lang in dict.fromkeys([*plan.languages, *INTERFACE]):
        own = localize(plan.withheld_name, lang, order=plan.languages).value
        with speaking(lang if lang in INTERFACE else "en"):
            texts[lang] = own or str(gettext("Name withheld"))
    return InPlace(texts, texts[plan.languages[0]])


def _rewrite(
    on: Ground, redaction: Redaction, *, user_id: int | None, at: datetime | None
) -> Removed:
    """Rewrite all that speaks of what is removed, and publish what is left as a new release."""
    plan_texts.rewrite(on.database, on.plan, redaction)
    history.rewrite(on.database, on.plan.id, redaction)
    correspondence.rewrite(on.database, on.plan.id, redaction)
    requests.rewrite(on.database, on.plan.id, redaction)
    on.database.flush()
    number, codes = _rewrite_releases(on, redaction)
    found = None
    if number and on.previous is not None:
        found = _publish(on, redaction, codes, user_id=user_id, at=at)
    _rewrite_prepared(on, redaction, found)
    return Removed(found, number, frozenset(codes))


def _rewrite_releases(on: Ground, redaction: Redaction) -> tuple[int, set[str]]:
    """Return how many releases said something else, and of which sessions calendars must know."""
    number, codes = 0, set[str]()
    for release in on.database.scalars(
        select(Release).where(Release.event_id == on.plan.id).options(undefer(Release.document))
    ):
        release.overridden = redaction.plain(release.overridden)
        before = decode(release.document)
        after = redaction.document(before)
        if after == before:
            continue
        number += 1
        codes |= touched(before, after)
        release.document = encode(after)
        release.digest = digest_of(release.document)
    on.database.flush()
    return number, codes


def _publish(
    on: Ground,
    redaction: Redaction,
    codes: set[str],
    *,
    user_id: int | None,
    at: datetime | None,
) -> int:
    """Publish what was public without what is removed, and return the number of the release.

    The pages of the changes are made from former releases, so that they become others with it.
    """
    if on.previous is None:
        raise ValueError("nothing was published")
    previous = redaction.document(on.previous)
    release = release_after(previous, previous.release.stage, {}, on.moment(at))
    programme = succeed(gated(previous, on.plan), previous, release=release, revised=codes)
    issue(on, programme, user_id=user_id, origin=Origin.REMOVAL)
    return release.number


def _rewrite_prepared(on: Ground, redaction: Redaction, number: int | None) -> None:
    """Rewrite releases that were prepared for some hour; those that wait follow the new one."""
    for prepared in on.database.scalars(
        select(ScheduledRelease)
        .where(ScheduledRelease.event_id == on.plan.id)
        .options(undefer(ScheduledRelease.content))
    ):
        prepared.note = redaction.plain(prepared.note)
        prepared.overridden = redaction.plain(prepared.overridden)
        prepared.missed = redaction.plain(prepared.missed)
        if prepared.content is not None:
            prepared.content = _anew(prepared.content, redaction)
        is_waiting = prepared.state is Appointment.WAITING
        if is_waiting and number is not None and prepared.after_number == on.number:
            prepared.after_number = number
    on.database.flush()


def _anew(content: bytes, redaction: Redaction) -> bytes:
    try:
        return encode(redaction.document(decode(content)))
    except msgspec.ValidationError:
        return b"{}"  # another version of the program prepared it; nobody can publish it
