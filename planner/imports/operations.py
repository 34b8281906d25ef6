"""Importing a schedule into the plan of an event."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession

from planner.database import write_tx
from planner.events.models import Event
from planner.events.operations import WITHHELD_NAME, InvalidEventError, create_event
from planner.extensions import db
from planner.i18n.labels import N_
from planner.imports.draft import DraftFrame
from planner.imports.interpretation import interpret
from planner.imports.merging import Codes, Progress, merge
from planner.imports.queries import codes_in_use
from planner.imports.reading import read_schedule
from planner.imports.report import Report
from planner.journal import words
from planner.journal.recording import recorded
from planner.releases.issuing import UnknownEventError
from planner.releases.queries import whole_plan
from planner.speakers.models import Visibility

IMPORTED = words.action("import.schedule", N_("Schedule of other software taken in"))


def import_schedule(
    content: bytes,
    *,
    slug: str,
    create: bool,
    names: Visibility,
    dry_run: bool,
    host: str,
    time_zone: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Take a schedule.xml or schedule.json into the plan of an event, as one change of the journal.

    With ``create`` an event that is missing is made from the file, with ``host`` in the UIDs of
    its sessions. ``names`` is the visibility of the speakers who are new. ``time_zone`` is the
    conference's, whatever the file says. After a ``dry_run`` nothing is changed.

    :raises planner.imports.source.UnreadableFileError: when the file as a whole cannot be taken.
    :raises UnknownEventError: when there is no such event and it is not to be made.
    :raises InvalidEventError: when no event can be made of that slug or of the file.
    """
    source = read_schedule(content)
    event_id = db.session.scalar(select(Event.id).where(Event.slug == slug))
    with _transaction(event_id) as session:
        event = whole_plan(slug)
        if event is None and not create:
            raise UnknownEventError(slug)
        report = Report(in_file=len(source.events))
        plan_zone = event.time_zone if event else None
        draft = interpret(source, report, time_zone=time_zone, plan_zone=plan_zone)
        if event is None:
            event = _make_event(session, slug, host, draft.frame)
        with session.no_autoflush:
            codes = Codes(codes_in_use())
            merge(event, draft, report, names=names, codes=codes, progress=progress)
        session.flush()
        if dry_run:
            session.rollback()
    return report


@contextmanager
def _transaction(event_id: int | None) -> Iterator[DatabaseSession]:
    """Open the transaction; of an event that is made in it, nothing is journaled."""
    if event_id is None:
        with write_tx() as session:
            yield session
        return
    with recorded(event_id, None, IMPORTED) as record:
        yield record.database


def _make_event(session: DatabaseSession, slug: str, host: str, frame: DraftFrame | None) -> Event:
    if frame is None:
        raise InvalidEventError(
            "the file names no day on which the event could be; make the event first"
        )
    return create_event(
        session,
        slug=slug,
        time_zone=frame.time_zone,
        uid_host=host,
        name=frame.name or {frame.languages[0]: slug},
        tagline=frame.tagline,
        venue_name=frame.venue_name,
        venue_address=frame.venue_address,
        languages=list(frame.languages),
        first_day=frame.first_day,
        last_day=frame.last_day,
        day_from=frame.day_from,
        day_to=frame.day_to,
        withheld_name=WITHHELD_NAME,
    )
