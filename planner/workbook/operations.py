"""Taking a workbook or table into the plan of an event: all of it, or nothing."""

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession

from planner.database import write_tx
from planner.events.models import Event
from planner.events.operations import WITHHELD_NAME, create_event
from planner.extensions import db
from planner.i18n.labels import N_
from planner.imports.queries import codes_in_use
from planner.journal import words
from planner.journal.recording import recorded
from planner.releases.issuing import UnknownEventError
from planner.releases.queries import whole_plan
from planner.workbook.account import Account, Outcome
from planner.workbook.columns import SheetKind
from planner.workbook.framing import Frame, frame_of
from planner.workbook.grids import File
from planner.workbook.labels import take_rooms_or_themes
from planner.workbook.persons import take_speakers
from planner.workbook.records import Records, records_of
from planner.workbook.scene import Options, Scene
from planner.workbook.sessions import take_sessions

IMPORTED = words.action(
    "import.workbook", N_("Spreadsheet taken in: %(new)s new rows, %(changed)s changed")
)


class PlanChangedError(Exception):
    """The file would change other things than those that were agreed to."""


def proposal(file: File, slug: str, options: Options) -> Account:
    """Return what taking a file would change in the plan of an event; nothing is written.

    :raises UnknownEventError: when there is no such event.
    :raises planner.workbook.telling.UnreadableWorkbookError: when nothing in the file is for it.
    """
    try:
        with db.session.no_autoflush:
            plan = whole_plan(slug)
            if plan is None:
                raise UnknownEventError(slug)
            return _take(file, plan, options)
    finally:
        # The plan in memory is what it would be; nobody may see or write that.
        db.session.rollback()


def take(
    file: File, slug: str, options: Options, *, user_id: int | None, agreed: str | None = None
) -> Account:
    """Take a file into the plan of an event, as one change of the journal.

    Nothing is written when anything in it is refused. ``agreed`` is the digest of the account
    that somebody has read and agreed to.

    :raises UnknownEventError: when there is no such event.
    :raises PlanChangedError: when the account is another one by now.
    :raises planner.workbook.telling.UnreadableWorkbookError: when nothing in the file is for it.
    """
    account = proposal(file, slug, options)
    if agreed is not None and account.digest != agreed:
        raise PlanChangedError(slug)
    if account.is_refused or not account.changes_something:
        return account
    event_id = db.session.scalar(select(Event.id).where(Event.slug == slug)) or 0
    with recorded(event_id, user_id, IMPORTED) as record, record.database.no_autoflush:
        plan = whole_plan(slug)
        if plan is None:
            raise UnknownEventError(slug)
        taken = _take(file, plan, options)
        if taken.digest != account.digest:  # somebody has changed the plan in between
            raise PlanChangedError(slug)
        outcomes = Counter(row.outcome for row in taken.rows)
        record.facts |= {"new": outcomes[Outcome.NEW], "changed": outcomes[Outcome.CHANGED]}
    return taken


def make_event(
    file: File,
    slug: str,
    options: Options,
    *,
    host: str,
    time_zone: str | None,
    dry_run: bool,
) -> Account:
    """Make an event of a file, with ``host`` in the UIDs of its sessions.

    Nothing is written when anything in the file is refused, or after a ``dry_run``.

    :raises InvalidEventError: when no event can be made of that slug or of the file.
    :raises planner.workbook.telling.UnreadableWorkbookError: when nothing in the file is for it.
    """
    with write_tx() as database:
        account = Account()
        records = records_of(file, account, None)
        plan = _event(database, slug, host, frame_of(records, account, time_zone))
        with database.no_autoflush:
            scene = Scene(
                plan,
                account,
                options,
                codes_in_use(),
                is_new=True,
                unlisted=frozenset(set(SheetKind) - set(records.by_kind)),
            )
            _take_records(records, scene)
        if dry_run or account.is_refused:
            database.rollback()
    return account


def _event(database: DatabaseSession, slug: str, host: str, frame: Frame) -> Event:
    return create_event(
        database,
        slug=slug,
        uid_host=host,
        name={frame.languages[0]: slug},
        withheld_name=WITHHELD_NAME,
        time_zone=frame.time_zone,
        languages=frame.languages,
        first_day=frame.first_day,
        last_day=frame.last_day,
        day_from=frame.day_from,
        day_to=frame.day_to,
    )


def _take(file: File, plan: Event, options: Options) -> Account:
    account = Account()
    records = records_of(file, account, tuple(plan.languages))
    _take_records(records, Scene(plan, account, options, codes_in_use()))
    return account


def _take_records(records: Records, scene: Scene) -> None:
    """Take all rows: first what sessions refer to, so that they find it."""
    for kind in (SheetKind.ROOMS, SheetKind.THEMES):
        take_rooms_or_themes(kind, records.of(kind), scene)
    take_speakers(records.of(SheetKind.SPEAKERS), scene)
    take_sessions(records.of(SheetKind.SESSIONS), scene)
