"""A programme as schedule.xml and schedule.json see it: days, rooms, events, in one language.

Both formats hold one language and no status. Texts are in the event's first language, or in the
next best; sessions that are cancelled are left out, because a reader could not tell that they
are. Who is withheld leaves nothing. Neither roles (in XML) nor the languages that a session is
interpreted into have a place.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from math import gcd
from zoneinfo import ZoneInfo

from planner.formats import schedule_ids as ids
from planner.formats.ical_lines import web_address
from planner.formats.schedule_parts import Day, Event, Person, Place, Track
from planner.formats.time_zones import in_zone, later
from planner.i18n.content import localize
from planner.i18n.languages import INTERFACE
from planner.lib.palette import HEX_VALUES
from planner.lib.text import clean_line, clean_text
from planner.programme.document import Appearance, EventInfo, Room, Session, Speaker, Texts
from planner.programme.published import Published
from planner.programme.vocabulary import Role, Status

#: The name under which the formats know their maker.
GENERATOR = "Barnama"
_USUAL_SLOT = 5
_HOUR = 60


class Schedule:
    """What both formats say of a programme. Addresses begin with ``base_url``, a bare origin."""

    def __init__(self, published: Published, base_url: str) -> None:
        self._published = published
        self._event = published.event
        self._zone = ZoneInfo(published.event.time_zone)
        self._language = next(iter(published.event.languages), "en")
        shown = (code for code in published.event.languages if code in INTERFACE)
        self.base_url = base_url
        self.page = f"{base_url}/{next(shown, 'en')}/{published.event.slug}"

    @cached_property
    def title(self) -> str:
        """The event's name."""
        return self._line(self._event.name) or self._event.slug

    @cached_property
    def tagline(self) -> str:
        """The event's tagline; may be empty."""
        return self._line(self._event.tagline)

    @cached_property
    def acronym(self) -> str:
        """The event's slug as both formats can take it."""
        return ids.acronym_of(self._event.slug)

    @property
    def version(self) -> str:
        """The release's number and stage."""
        release = self._published.release
        return f"{release.number} ({release.stage})"

    @cached_property
    def timeslot(self) -> int:
        """The minutes of the grid on which every session begins and ends; at most an hour."""
        counted = (
            number
            for session in self._sessions
            for number in (session.starts_at.minute, session.minutes)
        )
        return gcd(_HOUR, *counted) if self._sessions else _USUAL_SLOT

    @cached_property
    def tracks(self) -> tuple[Track, ...]:
        """The themes, each with a name of its own."""
        themes = self._published.theme_by_slug
        return tuple(
            Track(slug=slug, name=name, colour=HEX_VALUES[themes[slug].colour])
            for slug, name in self._track_names.items()
        )

    @cached_property
    def rooms(self) -> tuple[Place, ...]:
        """The rooms, each with a name of its own, and what stands for one if that is needed."""
        return tuple(self._places.values())

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """Every day of the event, and others on which there are sessions."""
        event = self._event
        days = (
            (day, tuple(filter(_takes_place, sessions)))
            for day, sessions in self._published.sessions_by_day.items()
        )
        kept = (
            (day, sessions)
            for day, sessions in days
            if sessions or event.first_day <= day <= event.last_day
        )
        return tuple(self._day(index, *told) for index, told in enumerate(kept, start=1))

    @cached_property
    def _sessions(self) -> tuple[Session, ...]:
        return tuple(filter(_takes_place, self._published.sessions))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return ids.numbers_of(session.code for session in self._sessions)

    @cached_property
    def _guids(self) -> dict[str, str]:
        guids = {session.code: session.guid for session in self._sessions}
        return ids.guids_of(guids, self._event.uid_host)

    @cached_property
    def _person_numbers(self) -> dict[str, int]:
        named = self._published.speaker_by_code
        others = (
            ids.pseudonym_key(session.code, position)
            for session in self._sessions
            for position, person in enumerate(session.people)
            if person.pseudonym
        )
        return ids.numbers_of((*named, *others))

    @cached_property
    def _track_names(self) -> dict[str, str]:
        themes = self._published.theme_by_slug.values()
        return ids.distinct({theme.slug: self._line(theme.name) or theme.slug for theme in themes})

    @cached_property
    def _places(self) -> dict[str | None, Place]:
        rooms = self._published.room_by_slug
        names = {slug: self._line(room.name) or slug for slug, room in rooms.items()}
        everywhere = self._line(self._event.venue_name) or self.title
        # A slug is never empty, so this cannot be a room's.
        distinct = ids.distinct({**names, "": everywhere})
        places: dict[str | None, Place] = {
            slug: self._place(room, distinct[slug]) for slug, room in rooms.items()
        }
        if any(session.room not in rooms for session in self._sessions):
            places[None] = Place(name=distinct[""], guid=self._guid_of("venue"))
        return places

    def _place(self, room: Room, name: str) -> Place:
        return Place(
            name=name,
            guid=self._guid_of(f"room-{room.slug}"),
            slug=room.slug,
            floor=self._line(room.floor),
            capacity=room.capacity,
        )

    def _guid_of(self, name: str) -> str:
        """Return a UUID for what has a name within the event only."""
        return ids.made_guid(f"{name}-{self._event.slug}", self._event.uid_host)

    def _day(self, index: int, day: date, sessions: Iterable[Session]) -> Day:
        events: dict[Place, list[Event]] = {place: [] for place in self.rooms}
        for session in sessions:
            place = self._places.get(session.room) or self._places[None]
            events[place].append(self._event_of(session, place))
        told = [event for listed in events.values() for event in listed]
        opens, closes = _drawn_hours(self._event, day)
        return Day(
            index=index,
            date=day,
            starts_at=min(
                (in_zone(opens, self._zone), *(event.starts_at for event in told)), key=_instant
            ),
            ends_at=max(
                (in_zone(closes, self._zone), *(event.ends_at for event in told)), key=_instant
            ),
            rooms=tuple(
                (place, tuple(listed)) for place, listed in events.items() if listed or place.slug
            ),
        )

    def _event_of(self, session: Session, place: Place) -> Event:
        number = self._numbers[session.code]
        starts_at = in_zone(session.starts_at, self._zone)
        return Event(
            number=number,
            guid=self._guids[session.code],
            code=session.code if ids.is_code(session.code) else None,
            slug=ids.slug_of_session(self.acronym, session.code, number),
            url=f"{self.page}/sessions/{session.code}",
            title=self._line(session.title, session.original_language) or session.code,
            abstract=self._block(session.abstract, session.original_language),
            kind=session.kind.value,
            track=self._track_names.get(session.theme or "", ""),
            language=", ".join(session.spoken_languages),
            room=place.name,
            starts_at=starts_at,
            ends_at=later(starts_at, session.minutes),
            minutes=session.minutes,
            persons=self._persons(session),
            online_url=web_address(session.online_url or ""),
        )

    def _persons(self, session: Session) -> tuple[Person, ...]:
        """Return the people of a session, each once, whatever roles they have."""
        persons: dict[str, Person] = {}
        for position, appearance in enumerate(session.people):
            speaker = self._published.speaker_by_code.get(appearance.speaker or "")
            if speaker is not None:
                person: Person | None = self._named(speaker, appearance.role)
            else:
                person = self._pseudonymous(appearance, session.code, position)
            if person is not None:
                persons.setdefault(person.guid, person)
        return tuple(persons.values())

    def _named(self, speaker: Speaker, role: Role) -> Person:
        return Person(
            number=self._person_numbers[speaker.code],
            guid=ids.guid_of_speaker(speaker.code, self._event.uid_host),
            name=self._line(speaker.name) or speaker.code,
            role=role,
            code=speaker.code if ids.is_code(speaker.code) else None,
            url=f"{self.page}/speakers/{speaker.code}",
            biography=self._block(speaker.biography),
        )

    def _pseudonymous(self, appearance: Appearance, code: str, position: int) -> Person | None:
        """Return a person under a pseudonym, who has no identity beyond this appearance."""
        name = self._line(appearance.pseudonym)
        if not name:
            return None
        return Person(
            number=self._person_numbers[ids.pseudonym_key(code, position)],
            guid=ids.guid_of_pseudonym(code, position, self._event.uid_host),
            name=name,
            role=appearance.role,
        )

    def _line(self, texts: Texts, original: str | None = None) -> str:
        return clean_line(self._text(texts, original))

    def _block(self, texts: Texts, original: str | None = None) -> str:
        return clean_text(self._text(texts, original))

    def _text(self, texts: Texts, original: str | None) -> str:
        order = self._event.languages
        return localize(texts, self._language, original=original, order=order).value


def _drawn_hours(event: EventInfo, day: date) -> tuple[datetime, datetime]:
    """Return the wall-clock moments between which a day is drawn."""
    midnight = datetime.combine(day, time())
    return (
        midnight + timedelta(minutes=event.day_from),
        midnight + timedelta(minutes=event.day_to),
    )


def hours_and_minutes(minutes: int) -> str:
    """Return a length as ``01:30``."""
    return "{:02d}:{:02d}".format(*divmod(minutes, _HOUR))


def _takes_place(session: Session) -> bool:
    return session.status is not Status.CANCELLED


def _instant(moment: datetime) -> datetime:
    """Return a moment as it is compared: clocks that are put back repeat an hour."""
    return moment.astimezone(UTC)
