"""Keeping when speakers are free, as they say themselves."""

from collections.abc import Collection

from sqlalchemy.orm import Session as DatabaseSession

from planner.events.hours import hours_of
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.models import Entry
from planner.journal.recording import GoneError, check_version, recorded
from planner.lib.intervals import Interval, merged
from planner.links.operations import used
from planner.slots.free import become, grid_of
from planner.speakers.models import Availability, Speaker

SAID = words.action("speaker.said_free", N_("Said by %(speaker)s: when they are free"))


def say_free(
    event_id: int,
    speaker_id: int,
    cells: Collection[str],
    note: str,
    *,
    always: bool,
    version: int | None,
) -> Entry | None:
    """Make a speaker free in these cells of the grid, or at all times.

    :raises GoneError: when they are gone.
    :raises StaleError: when they are not of this version any more.
    """
    with recorded(event_id, None, SAID) as record:
        speaker = speaker_by(record.database, event_id, speaker_id)
        check_version(speaker, version)
        _keep(speaker, [] if always else cells, always=always)
        speaker.free_note = note
        record.facts["speaker"] = words.speaker(speaker.number)
    used(speaker_id)
    return record.entry


def speaker_by(database: DatabaseSession, event_id: int, speaker_id: int) -> Speaker:
    """Return a speaker of an event, within a transaction.

    :raises GoneError: when they are gone.
    """
    speaker = database.get(Speaker, speaker_id)
    if speaker is None or speaker.event_id != event_id:
        raise GoneError(str(speaker_id))
    return speaker


def _keep(speaker: Speaker, cells: Collection[str], *, always: bool) -> None:
    """Give a speaker the hours of cells; where that changes nothing, rows stay as they are."""
    present: list[Interval] = [(span.starts_at, span.ends_at) for span in speaker.free]
    wanted = [] if always else become(grid_of(hours_of(speaker.event)), present, cells)
    if wanted == merged(present):
        return
    kept = [span for span in speaker.free if (span.starts_at, span.ends_at) in wanted]
    known = {(span.starts_at, span.ends_at) for span in kept}
    for span in [span for span in speaker.free if span not in kept]:
        speaker.free.remove(span)
    for starts_at, ends_at in wanted:
        if (starts_at, ends_at) not in known:
            speaker.free.append(Availability(starts_at=starts_at, ends_at=ends_at))
