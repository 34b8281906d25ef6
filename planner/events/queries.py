"""Reading what belongs to events: how many sessions each part has, and which depend on it.

Sessions come after events in the order of packages, so their tables are read by name.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import msgspec
from sqlalchemy import ColumnElement, Table, func, select
from sqlalchemy.orm import joinedload, selectinload

from planner.accounts.models import MemberRole, Membership
from planner.events.models import Event, Room, Theme
from planner.extensions import db, metadata
from planner.i18n.content import LocalText, localize


@dataclass(frozen=True)
class Named:
    """A session that something depends on, with its title in every language."""

    code: str
    titles: Mapping[str, str]
    original: str
    starts_at: datetime | None
    minutes: int
    room_id: int | None
    across_rooms: bool

    def title(self, reader: str) -> LocalText:
        """Return what a reader is told that it is called: its code, where it has no title."""
        found = localize(self.titles, reader, original=self.original)
        return found or LocalText(self.code, "en", False)


def sessions_where(event_id: int, *conditions: ColumnElement[bool]) -> list[Named]:
    """Return sessions of an event in order of time, in two statements."""
    session, text = table("session"), table("session_text")
    chosen = (session.c.event_id == event_id, *conditions)
    titles: dict[int, dict[str, str]] = {}
    for number, lang, title in db.session.execute(
        select(text.c.session_id, text.c.lang, text.c.title).join(session).where(*chosen)
    ):
        if title:
            titles.setdefault(number, {})[lang] = title
    found = db.session.execute(
        select(session).where(*chosen).order_by(session.c.starts_at, session.c.code)
    )
    return [
        Named(
            code=row.code,
            titles=titles.get(row.id, {}),
            original=row.original_language,
            starts_at=row.starts_at,
            minutes=row.minutes,
            room_id=row.room_id,
            across_rooms=row.across_rooms,
        )
        for row in found
    ]


def placed(event_id: int) -> list[Named]:
    """Return the sessions that have an hour, in order of time, in two statements."""
    return sessions_where(event_id, table("session").c.starts_at.is_not(None))


def starts(event_id: int) -> list[datetime]:
    """Return when the sessions begin that have an hour, in one statement."""
    session = table("session")
    return list(
        db.session.scalars(
            select(session.c.starts_at).where(
                session.c.event_id == event_id, session.c.starts_at.is_not(None)
            )
        )
    )


def session_counts(event_id: int, column: str) -> dict[int, int]:
    """Return how many sessions there are by their room or theme, in one statement.

    ``column`` is ``room_id`` or ``theme_id``.
    """
    session = table("session")
    part = session.c[column]
    found = db.session.execute(
        select(part, func.count())
        .where(session.c.event_id == event_id, part.is_not(None))
        .group_by(part)
    )
    return {row[0]: row[1] for row in found}


def named_digest(sessions: Iterable[Named], *more: object) -> str:
    """Return what names the sessions that somebody was told of, and what they were told."""
    told = [session.code for session in sessions], more
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def texts_in(event_id: int, languages: Iterable[str]) -> dict[str, int]:
    """Return how many sessions have a title in each of some languages, in one statement."""
    session, text = table("session"), table("session_text")
    found = db.session.execute(
        select(text.c.lang, func.count())
        .join(session)
        .where(session.c.event_id == event_id, text.c.title != "", text.c.lang.in_(languages))
        .group_by(text.c.lang)
    )
    counts = dict.fromkeys(languages, 0)
    return counts | {row[0]: row[1] for row in found}


@dataclass(frozen=True)
class Contents:
    """How much of each kind an event holds."""

    sessions: int
    speakers: int
    releases: int
    members: int


def contents(event_id: int) -> Contents:
    """Return how much would go with an event, in one statement."""
    counts = [
        select(func.count())
        .select_from(table(name))
        .where(table(name).c.event_id == event_id)
        .scalar_subquery()
        for name in ("session", "speaker", "release", "membership")
    ]
    return Contents(*db.session.execute(select(*counts)).one())


class _Slugged(msgspec.Struct):
    slug: str


class _Slugs(msgspec.Struct):
    rooms: list[_Slugged]
    themes: list[_Slugged]


def released_slugs(event_id: int) -> dict[str, set[str]]:
    """Return what was called how in any release: ``{"room": slugs, "theme": slugs}``.

    Calendars that people subscribed to know rooms and themes by these. One statement; only the
    slugs are read from the documents.
    """
    release = table("release")
    found: dict[str, set[str]] = {"room": set(), "theme": set()}
    documents = db.session.scalars(select(release.c.document).where(release.c.event_id == event_id))
    for document in documents:
        slugs = msgspec.json.decode(document, type=_Slugs)
        found["room"].update(room.slug for room in slugs.rooms)
        found["theme"].update(theme.slug for theme in slugs.themes)
    return found


class _Pictured(msgspec.Struct):
    photo: str | None = None


class _Pictures(msgspec.Struct):
    speakers: list[_Pictured]


def photos_of(event_id: int) -> set[str]:
    """Return the names of all uploads that speakers of an event have, or had in a release."""
    release, speaker = table("release"), table("speaker")
    named = set(db.session.scalars(select(speaker.c.photo).where(speaker.c.event_id == event_id)))
    for document in db.session.scalars(
        select(release.c.document).where(release.c.event_id == event_id)
    ):
        pictures = msgspec.json.decode(document, type=_Pictures)
        named |= {pictured.photo for pictured in pictures.speakers}
    return {name for name in named if name}


def owns_some(user_id: int) -> bool:
    """Tell whether somebody owns an event, so that they may make others."""
    return (
        db.session.scalar(
            select(Membership.id)
            .where(Membership.user_id == user_id, Membership.role == MemberRole.OWNER)
            .limit(1)
        )
        is not None
    )


def with_days(event_id: int) -> Event:
    """Return an event with its days, in two statements."""
    return db.session.scalars(
        select(Event)
        .where(Event.id == event_id)
        .options(selectinload(Event.days))
        .execution_options(populate_existing=True)
    ).one()


def part_of(model: type[Room] | type[Theme], event_id: int, slug: str) -> Room | Theme | None:
    """Return a room or theme of an event by its slug, read anew, or None."""
    found: Any = db.session.scalar(
        select(model)
        .where(model.event_id == event_id, model.slug == slug)
        .options(joinedload(model.event))
        .execution_options(populate_existing=True)
    )
    return cast("Room | Theme | None", found)


def parts_of(model: type[Room] | type[Theme], event_id: int) -> list[Room | Theme]:
    """Return the rooms or themes of an event in their order, in one statement."""
    return list(
        db.session.scalars(
            select(model).where(model.event_id == event_id).order_by(model.position, model.id)
        )
    )


def table(name: str) -> Table:
    """Return a table by its name."""
    return metadata.tables[name]
