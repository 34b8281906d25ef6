"""The plan as rules see it: a frozen picture of an event, read in a fixed number of statements.

Sessions that were withdrawn are in it, but take part in nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import select

from planner.agenda.queries import stars as stars_of
from planner.events import models as events
from planner.extensions import db
from planner.journal.rows import table_of
from planner.sessions import models as sessions
from planner.speakers import models as speakers
from planner.timetable import models as timetable
from planner.timetable.parts import (
    Cast,
    Constraint,
    Day,
    Interval,
    Limits,
    Name,
    Person,
    Room,
    Session,
    Speaker,
    Theme,
    Timeline,
    Turn,
    day_with_hours,
    joined,
    placed,
)

Key = TypeVar("Key")


@dataclass(frozen=True)
class Plan:
    """An event with all that rules look at. Rooms and themes are in the organizers' order."""

    event_id: int
    slug: str
    languages: tuple[str, ...]
    #: Minutes after midnight: the hours of days that have none of their own.
    day_from: int
    day_to: int
    limits: Limits
    days: tuple[Day, ...]
    rooms: tuple[Room, ...]
    themes: tuple[Theme, ...]
    sessions: tuple[Session, ...]
    speakers: tuple[Speaker, ...]
    constraints: tuple[Constraint, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Session]:
        """All sessions, withdrawn ones as well."""
        return {session.code: session for session in self.sessions}

    @cached_property
    def room_by_slug(self) -> Mapping[str, Room]:
        """The rooms."""
        return {room.slug: room for room in self.rooms}

    @cached_property
    def theme_by_slug(self) -> Mapping[str, Theme]:
        """The themes."""
        return {theme.slug: theme for theme in self.themes}

    @cached_property
    def speaker_by_id(self) -> Mapping[int, Speaker]:
        """The speakers."""
        return {speaker.id: speaker for speaker in self.speakers}

    @cached_property
    def day_by_date(self) -> Mapping[date, Day]:
        """The days of the event."""
        return {day.date: day for day in self.days}

    @cached_property
    def active(self) -> tuple[Session, ...]:
        """The sessions that take part: those that are not withdrawn."""
        return tuple(session for session in self.sessions if not session.is_withdrawn)

    @cached_property
    def placed(self) -> tuple[Session, ...]:
        """The sessions that take part and have a start, in their order."""
        found = [session for session in self.active if session.starts_at is not None]
        return tuple(sorted(found, key=lambda session: (session.start, session.code)))

    @cached_property
    def timeline(self) -> Timeline:
        """All that is placed."""
        return Timeline(self.placed)

    @cached_property
    def in_room(self) -> Mapping[str, Timeline]:
        """What is placed in each room, also what is held across all rooms from there."""
        return _timelines((session.room, session) for session in self.placed if session.room)

    @cached_property
    def across_rooms(self) -> Timeline:
        """What is placed and held across all rooms."""
        return Timeline([session for session in self.placed if session.across_rooms])

    @cached_property
    def of_speaker(self) -> Mapping[int, Timeline]:
        """What is placed of each speaker who takes part."""
        return _timelines((who, item) for item in self.placed for who in item.speaker_ids)

    @cached_property
    def of_theme(self) -> Mapping[str, Timeline]:
        """What is placed of each theme."""
        return _timelines((session.theme, session) for session in self.placed if session.theme)

    @cached_property
    def of_language(self) -> Mapping[tuple[str, date], Timeline]:
        """What is placed in each language on each day, interpreted or not, but for pauses."""
        return _timelines(
            ((lang, self.day_of(session.start)), session)
            for session in self.placed
            if not session.is_pause
            for lang in session.languages
        )

    @cached_property
    def constraints_of(self) -> Mapping[str, tuple[Constraint, ...]]:
        """What is asked of each session, by its code."""
        found = defaultdict(list)
        for constraint in self.constraints:
            found[constraint.first].append(constraint)
            found[constraint.second].append(constraint)
        return {code: tuple(asked) for code, asked in found.items()}

    @cached_property
    def open_hours(self) -> tuple[Interval, ...]:
        """The hours of all days, joined where they touch."""
        return joined((day.starts_at, day.ends_at) for day in self.days)

    def hours(self, day: date) -> Day:
        """Return the hours of a day; one that is none of the event's has the usual hours."""
        return self.day_by_date.get(day) or day_with_hours(day, self.day_from, self.day_to)

    def day_of(self, moment: datetime) -> date:
        """Return the day to which what begins then belongs: at night it may be the day before."""
        day = moment.date()
        own = self.day_by_date.get(day)
        if own is None or moment < own.starts_at:
            before = self.day_by_date.get(day - timedelta(days=1))
            if before is not None and moment < before.ends_at:
                return before.date
        return day

    def without(self, code: str) -> "Plan":
        """Return the plan as it is without one session."""
        return replace(
            self, sessions=tuple(session for session in self.sessions if session.code != code)
        )

    def with_placed(
        self, code: str, *, room: str | None, starts_at: datetime | None, minutes: int | None = None
    ) -> "Plan":
        """Return the plan as it would be with a session placed elsewhere, or unplaced."""
        moved = placed(self.by_code[code], room=room, starts_at=starts_at, minutes=minutes)
        return replace(
            self,
            sessions=tuple(moved if item.code == code else item for item in self.sessions),
        )


def _timelines(entries: Iterable[tuple[Key, Session]]) -> Mapping[Key, Timeline]:
    found = defaultdict(list)
    for key, session in entries:
        found[key].append(session)
    return {key: Timeline(sessions) for key, sessions in found.items()}


def plan_of(event_id: int) -> Plan:
    """Return the plan of an event, in twelve statements.

    :raises sqlalchemy.exc.NoResultFound: when there is no such event.
    """
    event = db.session.execute(select(*_EVENT).where(events.Event.id == event_id)).one()
    rooms = _rows(_of(event_id, events.Room).order_by(events.Room.position, events.Room.id))
    themes = _rows(_of(event_id, events.Theme).order_by(events.Theme.position, events.Theme.id))
    items = _rows(_of(event_id, sessions.Session).order_by(sessions.Session.id))
    codes = {item.id: item.code for item in items}
    return Plan(
        event_id=event_id,
        slug=event.slug,
        languages=tuple(event.languages),
        day_from=event.day_from,
        day_to=event.day_to,
        limits=Limits(
            changeover=event.changeover_minutes,
            site_changeover=event.site_changeover_minutes,
            sessions_a_day=event.most_sessions_a_day,
            interpreter_a_day=event.interpreter_minutes_a_day,
            interpreter_alone=event.interpreter_minutes_alone,
        ),
        days=_days(event, _rows(_of(event_id, events.Day))),
        rooms=tuple(_room(room) for room in rooms),
        themes=tuple(Theme(theme.id, theme.slug, theme.name, theme.colour) for theme in themes),
        sessions=_sessions(event, event_id, items, rooms, themes),
        speakers=_speakers(event_id),
        constraints=tuple(
            Constraint(row.id, row.relation, codes[row.session_id], codes[row.other_id])
            for row in _rows(_of(event_id, timetable.Constraint).order_by(timetable.Constraint.id))
            if row.session_id in codes and row.other_id in codes
        ),
    )


_EVENT = (
    events.Event.slug,
    events.Event.languages,
    events.Event.first_day,
    events.Event.last_day,
    events.Event.day_from,
    events.Event.day_to,
    events.Event.changeover_minutes,
    events.Event.site_changeover_minutes,
    events.Event.most_sessions_a_day,
    events.Event.interpreter_minutes_a_day,
    events.Event.interpreter_minutes_alone,
)


def _of(event_id: int, model: Any) -> Any:
    return select(model.__table__).where(model.event_id == event_id)


def _rows(statement: Any) -> Sequence[Any]:
    return db.session.execute(statement).all()


def _grouped(statement: Any, by: str) -> Mapping[int, list[Any]]:
    found = defaultdict(list)
    for row in _rows(statement):
        found[getattr(row, by)].append(row)
    return found


def _days(event: Any, own: Sequence[Any]) -> tuple[Day, ...]:
    known = {row.date: row for row in own}
    count = (event.last_day - event.first_day).days + 1
    return tuple(
        day_with_hours(day, row.day_from, row.day_to, row.name)
        if (row := known.get(day))
        else day_with_hours(day, event.day_from, event.day_to)
        for day in (event.first_day + timedelta(days=number) for number in range(count))
    )


def _room(row: Any) -> Room:
    return Room(
        id=row.id,
        slug=row.slug,
        name=row.name,
        site=row.site.strip().casefold(),
        capacity=row.capacity,
        booths=row.booths,
        step_free=row.step_free,
        opens=_minutes(row.opens),
        closes=_minutes(row.closes),
    )


def _minutes(told: time | None) -> int | None:
    return told.hour * 60 + told.minute if told is not None else None


def _sessions(
    event: Any, event_id: int, rows: Sequence[Any], rooms: Sequence[Any], themes: Sequence[Any]
) -> tuple[Session, ...]:
    texts = _grouped(
        select(
            sessions.SessionText.session_id,
            sessions.SessionText.lang,
            sessions.SessionText.title,
            sessions.SessionText.state,
        )
        .join(sessions.Session, sessions.Session.id == sessions.SessionText.session_id)
        .where(sessions.Session.event_id == event_id),
        "session_id",
    )
    people = _grouped(
        select(sessions.SessionSpeaker.__table__)
        .join(sessions.Session, sessions.Session.id == sessions.SessionSpeaker.session_id)
        .where(sessions.Session.event_id == event_id)
        .order_by(sessions.SessionSpeaker.position),
        "session_id",
    )
    # By name: the package of turns is built on this one.
    turn = table_of("interpreting_turn")
    turns = _grouped(
        select(turn)
        .join(sessions.Session, sessions.Session.id == turn.c.session_id)
        .where(sessions.Session.event_id == event_id)
        .order_by(turn.c.begins, turn.c.id),
        "session_id",
    )
    stars = stars_of(event.slug)
    room_slugs = {room.id: room.slug for room in rooms}
    theme_slugs = {theme.id: theme.slug for theme in themes}
    return tuple(
        Session(
            id=row.id,
            code=row.code,
            kind=row.kind,
            theme=theme_slugs.get(row.theme_id),
            room=room_slugs.get(row.room_id),
            starts_at=row.starts_at,
            minutes=row.minutes,
            across_rooms=row.across_rooms,
            spoken_languages=tuple(row.spoken_languages),
            interpreted_languages=tuple(row.interpreted_languages),
            original_language=row.original_language,
            audience=row.audience,
            state=row.state,
            pinned=row.pinned,
            needs_step_free=row.needs_step_free,
            version=row.version,
            titles={text.lang: text.title for text in texts.get(row.id, ()) if text.title},
            text_states={text.lang: text.state for text in texts.get(row.id, ())},
            cast=Cast(
                tuple(
                    Person(person.speaker_id, person.role, person.answer)
                    for person in people.get(row.id, ())
                )
            ),
            turns=tuple(
                Turn(each.id, each.speaker_id, each.spoken, each.into, each.begins, each.ends)
                for each in turns.get(row.id, ())
            ),
            stars=sum(stars.get(row.code, {}).values()),
        )
        for row in rows
    )


def _speakers(event_id: int) -> tuple[Speaker, ...]:
    names = _grouped(
        select(
            speakers.SpeakerText.speaker_id,
            speakers.SpeakerText.lang,
            speakers.SpeakerText.display_name,
        )
        .join(speakers.Speaker, speakers.Speaker.id == speakers.SpeakerText.speaker_id)
        .where(speakers.Speaker.event_id == event_id),
        "speaker_id",
    )
    free = _grouped(
        select(speakers.Availability.__table__)
        .join(speakers.Speaker, speakers.Speaker.id == speakers.Availability.speaker_id)
        .where(speakers.Speaker.event_id == event_id),
        "speaker_id",
    )
    wanted = select(
        speakers.Speaker.id,
        speakers.Speaker.code,
        speakers.Speaker.number,
        speakers.Speaker.visibility,
        speakers.Speaker.spoken_languages,
        speakers.Speaker.original_language,
    ).where(speakers.Speaker.event_id == event_id)
    return tuple(
        Speaker(
            id=row.id,
            code=row.code,
            number=row.number,
            visibility=row.visibility,
            spoken_languages=tuple(row.spoken_languages),
            original_language=row.original_language,
            texts={name.lang: Name(name.display_name) for name in names.get(row.id, ())},
            free=joined((span.starts_at, span.ends_at) for span in free.get(row.id, ())),
        )
        for row in _rows(wanted.order_by(speakers.Speaker.number))
    )
