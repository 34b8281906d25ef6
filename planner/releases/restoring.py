"""Bringing what a release said back into the plan, as one change that can be undone.

A release knows of people only what was public: who is unnamed in it stays as the plan has them.
What it says of the event itself is left alone.
"""

from collections.abc import Mapping

from planner.events.models import Event, Room, TextState, Theme
from planner.events.operations import add_room, add_theme
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.models import Entry
from planner.journal.recording import recorded
from planner.programme import document
from planner.programme.document import Appearance, Programme, decode
from planner.programme.vocabulary import Role, Status
from planner.releases.builder import appearances_of, is_named, is_public
from planner.releases.operations import UnknownReleaseError
from planner.releases.queries import release_numbered, whole_plan
from planner.sessions.models import Session, State
from planner.sessions.operations import add_session, place, set_people, set_text, unplace
from planner.speakers.models import Speaker

RESTORED = words.action("release.restored", N_("Release %(number)s brought back into the plan"))


def restore(event_id: int, user_id: int, slug: str, number: int) -> Entry | None:
    """Make the sessions, rooms and themes of the plan say what a release said; None if they do.

    Sessions that the release has not are taken out of their places, and those that it tells as
    cancelled are withdrawn. What was deleted since is made anew under its old name.

    :raises UnknownReleaseError: when the event has no such release.
    """
    with recorded(event_id, user_id, RESTORED, {"number": number}) as record:
        found = release_numbered(event_id, number)
        plan = whole_plan(slug)
        if found is None or plan is None:
            raise UnknownReleaseError(number)
        programme = decode(found.document)
        restoring = _Restoring(plan, programme)
        record.database.flush()  # themes and rooms that are new have their keys from here on
        restoring.sessions()
    return record.entry


class _Restoring:
    """Brings a programme back into a plan."""

    def __init__(self, plan: Event, programme: Programme) -> None:
        self._plan = plan
        self._programme = programme
        self._themes = {theme.slug: theme for theme in plan.themes}
        self._rooms = {room.slug: room for room in plan.rooms}
        self._speakers = {speaker.code: speaker for speaker in plan.speakers}
        for theme in programme.themes:
            self._themes[theme.slug] = self._theme(theme)
        for room in programme.rooms:
            self._rooms[room.slug] = self._room(room)

    def sessions(self) -> None:
        """Bring the sessions back."""
        told = {session.code: session for session in self._programme.sessions}
        present = {session.code: session for session in self._plan.sessions}
        for code, session in told.items():
            if session.status is not Status.CANCELLED:
                self._session(session, present.get(code))
            elif code in present and is_public(present[code]):
                present[code].state = State.WITHDRAWN
        for code, planned in present.items():
            if code not in told and is_public(planned):
                unplace(planned)

    def _theme(self, told: document.Theme) -> Theme:
        known = self._themes.get(told.slug)
        if known is None:
            return add_theme(
                self._plan,
                slug=told.slug,
                name=dict(told.name),
                description=dict(told.description),
                colour=told.colour,
            )
        _set(known, name=told.name, description=told.description, colour=told.colour)
        return known

    def _room(self, told: document.Room) -> Room:
        fields = {
            "floor": told.floor,
            "capacity": told.capacity,
            "booths": told.booths,
            "step_free": told.step_free,
        }
        known = self._rooms.get(told.slug)
        if known is None:
            return add_room(self._plan, slug=told.slug, name=dict(told.name), **fields)
        _set(known, name=told.name, **fields)
        return known

    def _session(self, told: document.Session, known: Session | None) -> None:
        session = known or add_session(
            self._plan,
            kind=told.kind,
            minutes=told.minutes,
            original_language=told.original_language,
            code=told.code,
            guid=told.guid,
        )
        if not is_public(session) and session.state not in {State.ACCEPTED, State.CONFIRMED}:
            session.state = State.ACCEPTED
        _set(
            session,
            kind=told.kind,
            minutes=told.minutes,
            original_language=told.original_language,
            across_rooms=told.across_rooms,
            spoken_languages=list(told.spoken_languages),
            interpreted_languages=list(told.interpreted_languages),
            online_url=told.online_url,
        )
        session.theme = self._themes.get(told.theme or "")
        place(session, starts_at=told.starts_at, room=self._rooms.get(told.room or ""))
        _write(session, told)
        if appearances_of(session, self._plan) != told.people:
            set_people(session, self._people(session, told.people))

    def _people(self, session: Session, told: tuple[Appearance, ...]) -> list[tuple[Speaker, Role]]:
        """Return who takes part: named people as told, the others as the plan has them."""
        named = [
            (self._speakers[person.speaker], person.role)
            for person in told
            if person.speaker in self._speakers
        ]
        others = [
            (person.speaker, person.role)
            for person in session.people
            if not is_named(person.speaker)
        ]
        return named + others


def _write(session: Session, told: document.Session) -> None:
    """Give a session the texts that were told, in their languages only."""
    for lang in set(session.texts) - set(told.title) - set(told.abstract):
        del session.texts[lang]
    for lang in sorted({*told.title, *told.abstract}):
        title, abstract = told.title.get(lang, ""), told.abstract.get(lang, "")
        known = session.texts.get(lang)
        if known is None or (known.title, known.abstract) != (title, abstract):
            state = TextState.DRAFT if title else TextState.MISSING
            set_text(session, lang, title=title, abstract=abstract, state=state)


def _set(thing: Theme | Room | Session, **values: object) -> None:
    """Set columns that differ."""
    for name, value in values.items():
        plain = dict(value) if isinstance(value, Mapping) else value
        if getattr(thing, name) != plain:
            setattr(thing, name, plain)
