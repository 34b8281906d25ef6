"""Reading where events stand, in a fixed number of statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, func, select, tuple_

from planner.events.models import Room, Theme
from planner.extensions import db, metadata
from planner.programme.vocabulary import Stage
from planner.releases.models import Release
from planner.sessions.models import Session, State


@dataclass(frozen=True)
class Public:
    """The release of an event that is public."""

    number: int
    stage: Stage
    published_at: datetime


def public_of(event_ids: Iterable[int]) -> dict[int, Public]:
    """Return what is public of events, in one statement."""
    newest = (
        select(Release.event_id, func.max(Release.number))
        .where(Release.event_id.in_(list(event_ids)))
        .group_by(Release.event_id)
    )
    found = db.session.execute(
        select(Release.event_id, Release.number, Release.stage, Release.published_at).where(
            tuple_(Release.event_id, Release.number).in_(newest)
        )
    )
    return {row.event_id: Public(row.number, row.stage, row.published_at) for row in found}


@dataclass(frozen=True)
class Contents:
    """How many rooms, themes and sessions an event has, and how far the sessions have come."""

    rooms: int
    themes: int
    states: Mapping[State, int]
    #: Of the sessions that take part: how many are placed.
    placed: int
    #: What speakers asked for, and texts that they proposed, that nobody has answered yet.
    requests: int = 0
    proposals: int = 0

    @property
    def sessions(self) -> int:
        """How many sessions take part: those that are not withdrawn."""
        return sum(count for state, count in self.states.items() if state is not State.WITHDRAWN)

    @property
    def unplaced(self) -> int:
        """How many sessions take part and wait for a place."""
        return self.sessions - self.placed


def contents_of(event_id: int) -> Contents:
    """Return what an event holds, in two statements."""
    rooms, themes = (
        select(func.count()).select_from(model).where(model.event_id == event_id).scalar_subquery()
        for model in (Room, Theme)
    )
    requests, proposals = (
        _open_in(name, event_id) for name in ("speaker_request", "speaker_proposal")
    )
    counts = db.session.execute(select(rooms, themes, requests, proposals)).one()
    found = db.session.execute(
        select(Session.state, func.count(), func.count(Session.starts_at))
        .where(Session.event_id == event_id)
        .group_by(Session.state)
    ).all()
    return Contents(
        rooms=counts[0],
        themes=counts[1],
        states={state: count for state, count, _ in found},
        placed=sum(placed for state, _, placed in found if state is not State.WITHDRAWN),
        requests=counts[2],
        proposals=counts[3],
    )


def _open_in(name: str, event_id: int) -> ScalarSelect[int]:
    """Return how many rows are open in a table of a package that stands above this one."""
    table = metadata.tables[name]
    is_open = (table.c.event_id == event_id) & (table.c.outcome == "open")
    return select(func.count()).select_from(table).where(is_open).scalar_subquery()
