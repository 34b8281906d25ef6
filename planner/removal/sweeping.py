"""Sweeping up after a removal: files, and what the database holds between its pages.

That may fail while others use the database. A note in the instance folder, written before the
removal is committed, tells what is still to do until it is done, whoever does it.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import msgspec
from sqlalchemy import func, select

from planner.database import BusyError, scrub
from planner.events.models import Event
from planner.extensions import db
from planner.programme.document import decode
from planner.public.printed import keep_only
from planner.releases.models import Release
from planner.speakers.models import Speaker
from planner.workbook.uploads import forget_all

_NOTE = "removal-unfinished.json"


@dataclass
class Unfinished:
    """What is still to be swept up."""

    #: The events of which files that were brought for import go: they may hold anything.
    events: set[int]
    #: Names of photos, which go unless somebody is still shown by them.
    photos: set[str]


def begin(instance: Path, unfinished: Unfinished) -> None:
    """Note what is to be swept up, besides what is noted already."""
    known = left(instance) or Unfinished(set(), set())
    content = {
        "events": sorted(known.events | unfinished.events),
        "photos": sorted(known.photos | unfinished.photos),
    }
    draft = (instance / _NOTE).with_suffix(".draft")
    draft.write_text(json.dumps(content))
    draft.replace(instance / _NOTE)


def left(instance: Path) -> Unfinished | None:
    """Return what is still to be swept up, None when nothing is."""
    try:
        content = json.loads((instance / _NOTE).read_text())
    except FileNotFoundError:
        return None
    return Unfinished(set(content["events"]), set(content["photos"]))


def sweep(instance: Path) -> bool:
    """Sweep up, outside of any transaction; tell whether nothing is left to do."""
    unfinished = left(instance)
    if unfinished is None:
        return True
    keep_only(instance, _current())
    folder = instance / "uploads"
    for event_id in unfinished.events:
        forget_all(folder / "imports", event_id=event_id)
    for name in unfinished.photos - _in_use(unfinished.photos):
        path = folder / name
        if path.name == name:
            path.unlink(missing_ok=True)
    try:
        scrub()
    except BusyError:
        return False
    if left(instance) == unfinished:  # nothing was removed meanwhile
        (instance / _NOTE).unlink(missing_ok=True)
    return True


def _current() -> set[str]:
    """Return the digests of what is public now: documents of nothing else are kept."""
    newest = (
        select(Release.event_id, func.max(Release.number).label("number"))
        .group_by(Release.event_id)
        .subquery()
    )
    digests = select(Release.digest).join(
        newest, (Release.event_id == newest.c.event_id) & (Release.number == newest.c.number)
    )
    found = set(db.session.scalars(digests))
    db.session.rollback()
    return found


def _in_use(photos: set[str]) -> set[str]:
    """Return the photos by which a speaker is shown, in some plan or in public."""
    if not photos:
        return set()
    planned = db.session.scalars(select(Speaker.photo).where(Speaker.photo.in_(photos)))
    found = {name for name in planned if name}
    newest = select(Release.document).order_by(Release.number.desc()).limit(1)
    for event_id in db.session.scalars(select(Event.id)).all():
        document = db.session.scalar(newest.where(Release.event_id == event_id))
        if document is not None:
            found |= _shown(document) & photos
    db.session.rollback()
    return found


def _shown(document: bytes) -> set[str]:
    try:
        return {speaker.photo for speaker in decode(document).speakers if speaker.photo}
    except msgspec.ValidationError:
        return set()
