"""What a speaker is told of one session, as it is kept to see later what differs from it."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from planner.programme.document import Appearance, Session, Texts, WallTime
from planner.programme.published import Published
from planner.programme.vocabulary import Kind, Role

#: Somebody in a session, as it is compared: a role, and the code of who is named.
Fellow = tuple[Role, str]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """A session as it was told. Nobody's name is in it: who is named is there by a code."""

    kind: Kind
    starts_at: WallTime
    zone: str
    minutes: int
    room: str | None
    across_rooms: bool
    room_name: Texts
    title: Texts
    original_language: str
    spoken_languages: tuple[str, ...]
    interpreted_languages: tuple[str, ...]
    #: Who else takes part, in no order that means anything.
    fellows: tuple[Fellow, ...]
    #: What the speaker does there.
    roles: tuple[Role, ...]

    @property
    def moment(self) -> tuple[object, ...]:
        """The day and the hour, with the clock that shows it."""
        return (self.starts_at, self.zone)

    @property
    def place(self) -> tuple[object, ...]:
        """The room, or all rooms at once."""
        return (self.room, self.across_rooms)

    def plain(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        return found


def facts_from(plain: Mapping[str, Any]) -> Facts:
    """Return what :meth:`Facts.plain` gave.

    :raises msgspec.ValidationError: when it is nothing of the kind.
    """
    return msgspec.convert(plain, Facts)


def facts_of(published: Published, session: Session, roles: Iterable[Role], me: "Myself") -> Facts:
    """Return what a speaker who does ``roles`` in a session is told of it."""
    room = published.room_by_slug.get(session.room or "")
    return Facts(
        kind=session.kind,
        starts_at=session.starts_at,
        zone=published.event.time_zone,
        minutes=session.minutes,
        room=session.room,
        across_rooms=session.across_rooms,
        room_name=room.name if room else {},
        title=session.title,
        original_language=session.original_language,
        spoken_languages=session.spoken_languages,
        interpreted_languages=session.interpreted_languages,
        fellows=tuple(
            sorted((person.role, person.speaker or "") for person in fellows_of(session, me))
        ),
        roles=tuple(sorted(set(roles))),
    )


class Myself(msgspec.Struct, frozen=True):
    """How a speaker stands in the programme: by their code, their pseudonym, or by a role only."""

    code: str
    pseudonym: Texts
    roles: tuple[Role, ...]


def fellows_of(session: Session, me: Myself) -> list[Appearance]:
    """Return who else takes part in a session, as the public may know them.

    An appearance without a name is taken for the speaker's own where they have that role.
    """
    fellows = [person for person in session.people if person.speaker != me.code]
    if len(fellows) < len(session.people):
        return fellows
    for role in me.roles:
        own = _unnamed(fellows, role, me.pseudonym) or _unnamed(fellows, role, {})
        if own is not None:
            fellows.remove(own)
    return fellows


def _unnamed(people: Iterable[Appearance], role: Role, pseudonym: Texts) -> Appearance | None:
    for person in people:
        if person.role is role and not person.speaker and person.pseudonym == pseudonym:
            return person
    return None
