"""Putting a draft into the plan: finding what is there already, changing it, adding the rest.

What is in the plan and did not come from a file is never touched, nor is what a file cannot
say: visibility, translations, interpretation, expected audience, answers of speakers.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from planner.events.models import Event, Room, TextState, Theme
from planner.events.operations import add_room, add_theme
from planner.imports import own
from planner.imports.draft import Draft, DraftRoom, DraftSession, DraftTheme
from planner.imports.people import merge_people
from planner.imports.report import AFTER_EVENTS, Report
from planner.lib.codes import new_code
from planner.lib.text import slug_of
from planner.programme.vocabulary import Kind, Role
from planner.sessions.models import Session, State
from planner.sessions.operations import add_session, place, set_people, set_text, unplace
from planner.speakers.models import Speaker, Visibility

#: Told how many of how many sessions are done.
Progress = Callable[[int, int], None]


class Codes:
    """Codes that are in use nowhere in the installation."""

    def __init__(self, in_use: set[str]) -> None:
        self._in_use = in_use

    def new(self) -> str:
        """Return a code that was not in use, and is now."""
        code = new_code()
        while code in self._in_use:
            code = new_code()
        self._in_use.add(code)
        return code


def merge(
    event: Event,
    draft: Draft,
    report: Report,
    *,
    names: Visibility,
    codes: Codes,
    progress: Progress | None,
) -> None:
    """Make the plan of an event say what a draft says, and tell of each session what happened.

    ``names`` is the visibility of speakers who are not in the plan yet.
    """
    rooms = _merge_rooms(event, draft.rooms)
    themes = _merge_themes(event, draft.themes)
    is_own = own.came_from(event, draft)
    unnamed = own.pseudonym_keys(event) if is_own else set()
    persons = {key: person for key, person in draft.persons.items() if key not in unnamed}
    known = own.speakers_by_key(event) if is_own else {}
    speakers = merge_people(event, persons, report, names=names, new_code=codes.new, known=known)
    _Sessions(event, draft, report, rooms=rooms, themes=themes, speakers=speakers).merge(
        codes, progress
    )


def _merge_rooms(event: Event, drafts: Mapping[str, DraftRoom]) -> dict[str, Room]:
    known = {name.casefold(): room for room in event.rooms for name in room.name.values()}
    slugs = {room.slug for room in event.rooms}
    rooms = {}
    for key, draft in drafts.items():
        room = next(
            (known[name.casefold()] for name in draft.name.values() if name.casefold() in known),
            None,
        )
        if room is None:
            slug = slug_of(next(iter(draft.name.values())), slugs, "room")
            slugs.add(slug)
            room = add_room(event, slug=slug, name=draft.name, floor=draft.floor)
        if room.capacity is None:
            room.capacity = draft.capacity
        rooms[key] = room
    return rooms


def _merge_themes(event: Event, drafts: Mapping[str, DraftTheme]) -> dict[str, Theme]:
    known = {name.casefold(): theme for theme in event.themes for name in theme.name.values()}
    slugs = {theme.slug for theme in event.themes}
    themes = {}
    for key, draft in drafts.items():
        theme = known.get(key)
        if theme is None:
            slug = slug_of(next(iter(draft.name.values())), slugs, "theme")
            slugs.add(slug)
            theme = add_theme(event, slug=slug, name=draft.name, colour=draft.colour)
        themes[key] = theme
    return themes


class _Sessions:
    """The sessions of a draft on their way into the plan."""

    def __init__(
        self,
        event: Event,
        draft: Draft,
        report: Report,
        *,
        rooms: Mapping[str, Room],
        themes: Mapping[str, Theme],
        speakers: Mapping[str, Speaker],
    ) -> None:
        self.event = event
        self.draft = draft
        self.report = report
        self.rooms = rooms
        self.themes = themes
        self.speakers = speakers
        self.imported = {
            session.source_key: session for session in event.sessions if session.source_key
        }
        self.made_here = {session.guid for session in event.sessions if not session.source_key}
        self.is_own = own.came_from(event, draft)

    def merge(self, codes: Codes, progress: Progress | None) -> None:
        """Update, add and withdraw."""
        known = self._found()
        for done, draft in enumerate(self.draft.sessions, start=1):
            session = known.get(draft.key)
            if session is not None:
                changes = self._update(session, draft)
                what = f"updated: {', '.join(changes)}" if changes else "as it was"
                self.report.take(draft.number, draft.where, what)
            elif draft.guid in self.made_here:
                self.report.refuse(
                    draft.number, draft.where, "the event has it already, and not from a file"
                )
            else:
                self._add(draft, codes.new())
                self.report.take(draft.number, draft.where, "new")
            self._check_day(draft)
            if progress is not None:
                progress(done, len(self.draft.sessions))
        self._withdraw({session.id for session in known.values()})

    def _found(self) -> dict[str, Session]:
        """Return the sessions that are in the plan, by the keys that the draft has for them."""
        found = {
            draft.key: self.imported[draft.key]
            for draft in self.draft.sessions
            if draft.key in self.imported
        }
        claimed = {session.id for session in found.values()}
        # What came without a UUID was given one, which our own files tell.
        by_guid = {session.guid: session for session in self.imported.values()}
        for draft in self.draft.sessions:
            session = self.imported.get(draft.id_key) or by_guid.get(draft.guid)
            if draft.key not in found and session is not None and session.id not in claimed:
                found[draft.key] = session
                claimed.add(session.id)
        return found

    def _add(self, draft: DraftSession, code: str) -> None:
        session = add_session(
            self.event,
            code=code,
            guid=draft.guid,
            source_key=draft.key,
            kind=draft.kind or Kind.OTHER,
            theme=self.themes[draft.theme] if draft.theme else None,
            minutes=draft.minutes,
            original_language=draft.language,
            spoken_languages=list(draft.spoken_languages),
            online_url=draft.online_url,
            state=State.CONFIRMED,
        )
        self._place(session, draft)
        self._write_text(session, draft)
        set_people(session, self._people(session, draft))

    def _update(self, session: Session, draft: DraftSession) -> list[str]:
        """Change a session where the file says something else; return what was changed."""
        theme = self.themes[draft.theme] if draft.theme else None
        steps = {
            "state": self._bring_back(session),
            "kind": _set(session, "kind", draft.kind or session.kind),
            "theme": _set(session, "theme", theme),
            "length": _set(session, "minutes", draft.minutes),
            "languages": _set(session, "spoken_languages", list(draft.spoken_languages)),
            # Organizers may have given an address where the file has none.
            "address": _set(session, "online_url", draft.online_url or session.online_url),
            "place": self._place(session, draft),
            "text": self._write_text(session, draft),
            "people": self._update_people(session, draft),
        }
        return [name for name, changed in steps.items() if changed]

    def _bring_back(self, session: Session) -> bool:
        if session.state is not State.WITHDRAWN:
            return False
        session.state = State.CONFIRMED
        return True

    def _place(self, session: Session, draft: DraftSession) -> bool:
        before = session.starts_at, session.room
        if draft.starts_at is None or draft.room is None:
            unplace(session)
        else:
            place(session, starts_at=draft.starts_at, room=self.rooms[draft.room])
        return before != (session.starts_at, session.room)

    def _write_text(self, session: Session, draft: DraftSession) -> bool:
        if self.is_own and session.texts:
            return own.write_text(self.event, session, draft)
        former = session.texts.get(session.original_language)
        text = session.texts.get(draft.language)
        if text and (text.title, text.abstract) == (draft.title, draft.abstract):
            return _set(session, "original_language", draft.language)
        set_text(
            session,
            draft.language,
            title=draft.title,
            abstract=draft.abstract,
            state=TextState.DRAFT,
        )
        if session.original_language != draft.language:
            # What stood there as the original came from the file, unless somebody reviewed it.
            if former is not None and former.state is not TextState.REVIEWED:
                del session.texts[session.original_language]
            session.original_language = draft.language
        return True

    def _people(self, session: Session, draft: DraftSession) -> list[tuple[Speaker, Role]]:
        """Return the people of the file, and then those whom organizers added.

        Where the file says no role, the one that somebody has in the plan stays.
        """
        if self.is_own:
            told = [
                (self.speakers[key], role) for key, role in draft.people if key in self.speakers
            ]
            return own.people_with(session, told)
        former = {person.speaker: person.role for person in session.people}
        people = []
        for key, role in draft.people:
            speaker = self.speakers[key]
            people.append((speaker, role or former.get(speaker) or Role.SPEAKER))
        people += [
            (person.speaker, person.role)
            for person in session.people
            if person.speaker.source_key is None
        ]
        return people

    def _update_people(self, session: Session, draft: DraftSession) -> bool:
        before = [(person.speaker, person.role) for person in session.people]
        set_people(session, self._people(session, draft))
        return before != [(person.speaker, person.role) for person in session.people]

    def _check_day(self, draft: DraftSession) -> None:
        if draft.starts_at is None:
            return
        after_midnight = timedelta(days=self.event.day_to > 24 * 60)
        if (
            not self.event.first_day
            <= draft.starts_at.date()
            <= self.event.last_day + after_midnight
        ):
            self.report.guess(
                draft.number,
                draft.where,
                f"its date {draft.starts_at:%Y-%m-%d} was believed, though it lies outside the "
                "days of the event",
            )

    def _withdraw(self, found: set[int]) -> None:
        for key in sorted(self.imported):
            session = self.imported[key]
            gone = session.id not in found and key not in self.draft.refused_keys
            if self.is_own and not own.is_told(session):
                continue
            if gone and session.state is not State.WITHDRAWN:
                session.state = State.WITHDRAWN
                text = session.texts.get(session.original_language)
                title = f" “{text.title[:80]}”" if text else ""
                self.report.change(
                    AFTER_EVENTS, f"session {key}{title}", "is no longer in the file: withdrawn"
                )


def _set(session: Session, name: str, value: object) -> bool:
    """Set an attribute only where it differs; tell whether it did."""
    if getattr(session, name) == value:
        return False
    setattr(session, name, value)
    return True
