"""Everything in which two programmes differ: of sessions, of the event, of what surrounds them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from planner.programme.differences import changes_between
from planner.programme.document import Appearance, Part, Programme, Room, Session, Speaker, Theme
from planner.programme.vocabulary import Change, Status

_MOVES = frozenset({Change.MOVED, Change.ROOM, Change.LENGTH})


class Group(StrEnum):
    """Under which heading a session is told: its gravest change decides, in this order."""

    CANCELLED = "cancelled"
    #: It is in the earlier programme alone, not even as cancelled.
    GONE = "gone"
    MOVED = "moved"
    NEW = "new"
    RESTORED = "restored"
    OTHER = "other"


@dataclass(frozen=True)
class SessionComparison:
    """One session that is not the same in two programmes, and how it changed."""

    #: As it is now, or as it was last.
    session: Session
    before: Session | None
    after: Session | None
    changes: tuple[Change, ...]
    #: Fields that are no change of their own: ``kind``, ``online_url``, ``original_language``.
    details: tuple[str, ...] = ()

    @property
    def group(self) -> Group:
        """The heading under which it is told."""
        if self.after is None:
            return Group.GONE
        for change, group in (
            (Change.CANCELLED, Group.CANCELLED),
            (Change.NEW, Group.NEW),
            (Change.RESTORED, Group.RESTORED),
        ):
            if change in self.changes:
                return group
        return Group.MOVED if _MOVES.intersection(self.changes) else Group.OTHER


Thing = Room | Theme | Speaker


@dataclass(frozen=True)
class ThingComparison:
    """A room, theme or speaker that is not the same: before, after, and which fields changed."""

    thing: Thing
    before: Thing | None
    after: Thing | None
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Everything in which one programme differs from another."""

    before: Programme
    after: Programme
    #: The gravest first, those of one group in order of time.
    sessions: tuple[SessionComparison, ...]
    event: tuple[str, ...]
    rooms: tuple[ThingComparison, ...]
    themes: tuple[ThingComparison, ...]
    speakers: tuple[ThingComparison, ...]
    #: ``rooms`` and ``themes``, where nothing but their order changed.
    reordered: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(
            self.sessions
            or self.event
            or self.rooms
            or self.themes
            or self.speakers
            or self.reordered
        )


def compare(before: Programme, after: Programme) -> Comparison:
    """Return what is otherwise in ``after`` than in ``before``; either may be the later one."""
    return Comparison(
        before=before,
        after=after,
        sessions=tuple(
            sorted(_sessions(before, after), key=lambda found: list(Group).index(found.group))
        ),
        event=_fields(before.event, after.event),
        rooms=tuple(_things(before.rooms, after.rooms)),
        themes=tuple(_things(before.themes, after.themes)),
        speakers=tuple(_things(before.speakers, after.speakers)),
        reordered=tuple(_reordered(before, after)),
    )


def came_and_went(
    before: Session, after: Session
) -> tuple[tuple[Appearance, ...], tuple[Appearance, ...]]:
    """Return who takes part in a session now and did not before, and the other way round."""
    return _without(after, before), _without(before, after)


def _without(one: Session, other: Session) -> tuple[Appearance, ...]:
    others = Counter(msgspec.json.encode(person) for person in other.people)
    found = []
    for person in one.people:
        key = msgspec.json.encode(person)
        if others[key]:
            others[key] -= 1
        else:
            found.append(person)
    return tuple(found)


def _sessions(before: Programme, after: Programme) -> Iterator[SessionComparison]:
    former = {session.code: session for session in before.sessions}
    for session in after.sessions:
        old = former.pop(session.code, None)
        found = SessionComparison(
            session, old, session, _changes(before, old, after, session), _details(old, session)
        )
        if found.changes or found.details:
            yield found
    for session in former.values():
        if session.status is not Status.CANCELLED:
            yield SessionComparison(session, session, None, ())


def _changes(
    before: Programme, old: Session | None, after: Programme, new: Session
) -> tuple[Change, ...]:
    if old is None and new.status is Status.CANCELLED:
        return (Change.CANCELLED,)  # it came and went between the two
    return changes_between(before, old, after, new)


def _details(old: Session | None, new: Session) -> tuple[str, ...]:
    if old is None or Status.CANCELLED in {old.status, new.status}:
        return ()
    names = ("kind", "online_url", "original_language")
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def _things(before: Sequence[Thing], after: Sequence[Thing]) -> Iterator[ThingComparison]:
    former, now = ({_key(thing): thing for thing in things} for things in (before, after))
    for key, thing in {**former, **now}.items():
        old, new = former.get(key), now.get(key)
        fields = _fields(old, new) if old and new else ()
        if fields or old is None or new is None:
            yield ThingComparison(thing, old, new, fields)


def _fields(old: Part, new: Part) -> tuple[str, ...]:
    """Return the names of the fields that differ."""
    names = type(old).__struct_fields__
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def _reordered(before: Programme, after: Programme) -> Iterator[str]:
    for name in ("rooms", "themes"):
        former, now = ([_key(thing) for thing in getattr(of, name)] for of in (before, after))
        if former != now and set(former) == set(now):
            yield name


def _key(thing: Thing) -> str:
    return thing.code if isinstance(thing, Speaker) else thing.slug
