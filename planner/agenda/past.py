"""Where sessions stood in earlier releases, as far as the reader of an agenda saw it.

Nothing of people is told from there, and of titles only those that may still be told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from planner.agenda.queries import Kept
from planner.programme.document import Placement, Session, Texts
from planner.programme.published import Published
from planner.programme.vocabulary import Change, Status
from planner.public.delivery import shelf
from planner.public.discretion import Discretion
from planner.public.programmes import releases_until


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a session stood in a release."""

    starts_at: datetime
    minutes: int
    room: str | None
    across_rooms: bool
    is_cancelled: bool
    time_zone: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A session that is no longer in the programme; its title where that may be told."""

    code: str
    title: Texts
    original_language: str
    starts_at: datetime | None


@dataclass(frozen=True)
class Past:
    """Every release of an event up to the one that is public: by number, then by code."""

    spots: Mapping[int, Mapping[str, Spot]]
    gone: Mapping[str, Gone]

    @property
    def size(self) -> int:
        """About how many octets it takes in memory."""
        return 250 * sum(map(len, self.spots.values())) + 500 * len(self.gone)


def told_since(published: Published, kept: Kept) -> list[Session]:
    """Return the sessions of an agenda that are in the programme, in order of time.

    What happened to each is told since its reader saw it, instead of since the last release.
    """
    own = [session for session in published.sessions if session.code in kept.seen]
    current = published.release.number
    old = any(kept.seen[session.code] < current for session in own)
    spots = _past(published).spots if old else {}
    zone = published.event.time_zone
    return [
        _told(session, spots.get(kept.seen[session.code], {}).get(session.code), zone)
        for session in own
    ]


def gone_from(published: Published, kept: Kept) -> list[Gone]:
    """Return what of an agenda is no longer in the programme."""
    codes = sorted(kept.seen.keys() - published.session_by_code.keys())
    if not codes:
        return []
    known = _past(published).gone
    return [known.get(code, Gone(code, {}, "en", None)) for code in codes]


def _told(session: Session, spot: Spot | None, time_zone: str) -> Session:
    """Return a session with what happened to it since it stood on a spot."""
    changes: tuple[Change, ...] = ()
    formerly = None
    if spot is not None:
        changes = tuple(_changes(session, spot, time_zone))
        if {Change.MOVED, Change.ROOM, Change.LENGTH}.intersection(changes):
            formerly = Placement(starts_at=spot.starts_at, minutes=spot.minutes, room=spot.room)
    return msgspec.structs.replace(session, changes=changes, formerly=formerly)


def _changes(session: Session, spot: Spot, time_zone: str) -> Iterable[Change]:
    if session.status is Status.CANCELLED:
        if not spot.is_cancelled:
            yield Change.CANCELLED
        return
    if spot.is_cancelled:
        yield Change.RESTORED
    if (spot.starts_at, spot.time_zone) != (session.starts_at, time_zone):
        yield Change.MOVED
    if (spot.room, spot.across_rooms) != (session.room, session.across_rooms):
        yield Change.ROOM
    if spot.minutes != session.minutes:
        yield Change.LENGTH


def _past(published: Published) -> Past:
    """Return the releases of an event, read once for each that becomes public."""
    return shelf().get((published.digest, "past of agendas"), lambda: _read(published))


def _read(published: Published) -> Past:
    releases = releases_until(published)
    discretion = Discretion([release.programme for release in releases])
    gone: dict[str, Gone] = {}
    for release in releases:  # the newest first
        for session in release.sessions:
            if session.code not in published.session_by_code and session.code not in gone:
                gone[session.code] = _gone(session, discretion)
    return Past(
        spots={
            release.release.number: {
                session.code: _spot(session, release.event.time_zone)
                for session in release.sessions
            }
            for release in releases
        },
        gone=gone,
    )


def _spot(session: Session, time_zone: str) -> Spot:
    return Spot(
        session.starts_at,
        session.minutes,
        session.room,
        session.across_rooms,
        session.status is Status.CANCELLED,
        time_zone,
    )


def _gone(session: Session, discretion: Discretion) -> Gone:
    title = {lang: text for lang, text in session.title.items() if discretion.allows(text)}
    return Gone(session.code, title, session.original_language, session.starts_at)
