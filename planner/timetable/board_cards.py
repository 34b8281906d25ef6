"""Sessions as organizers meet them on the board: one card each, ready to be printed into HTML."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from flask import url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup, escape

from planner.i18n.content import LocalText, localize
from planner.i18n.formats import duration, short_date, time_range
from planner.i18n.labels import kind_label
from planner.i18n.languages import language, name_of
from planner.programme.vocabulary import Kind, Role
from planner.public.layout import COMMAS
from planner.sessions.labels import state_label
from planner.sessions.models import State
from planner.speakers.naming import called
from planner.timetable.conflicts import by_session
from planner.timetable.parts import Session, Speaker, Texts
from planner.timetable.plan import Plan
from planner.timetable.queries import troubles
from planner.timetable.registry import Conflict, Severity

#: Kinds that say nothing beside the title.
_SILENT = frozenset({Kind.BREAK, Kind.MEAL, Kind.OTHER})
#: So many people are named on a card; more are counted.
_NAMED = 2


@dataclass(frozen=True)
class Who:
    """Who reads: their language, and whether they may know the names of all."""

    reader: str
    sees_names: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A session on the board. What is empty is not shown."""

    session: Session
    #: Classes for theme, state and kind.
    classes: str
    title: Markup
    plain_title: str
    hours: Markup
    length: str
    #: State, theme and kind, as far as each says something.
    sort: Markup
    people: Markup
    languages: Markup
    errors: int
    warnings: int
    #: The errors and warnings in words.
    told: str
    #: Minutes from the midnight of the day at which it begins; none in the tray.
    start: int | None
    href: str
    move: str


class Cards:
    """Makes the cards of one plan for one reader, each name looked up once."""

    def __init__(self, plan: Plan, who: Who) -> None:
        self.plan = plan
        self.who = who
        self._comma = COMMAS[language(who.reader).direction]
        self._themes = {theme.slug: self.local(theme.name) for theme in plan.themes}
        self._colours = {theme.slug: theme.colour for theme in plan.themes}
        self._rooms = {room.slug: self.local(room.name) for room in plan.rooms}
        self._people: dict[int, Markup] = {}
        self._languages: dict[tuple[tuple[str, ...], tuple[str, ...]], Markup] = {}
        # Addresses differ in the code only: asking for each costs more than the rest of a card.
        self._show = url_for("sessions.show", event=plan.slug, code="CODE")
        self._move = url_for("timetable.move", event=plan.slug, code="CODE")

    @cached_property
    def _troubles(self) -> list[Conflict]:
        return troubles(self.plan)

    @cached_property
    def troubles(self) -> Mapping[str, list[Conflict]]:
        """The errors and warnings of each session; looked for once they are asked for."""
        return by_session(self._troubles)

    def local(self, texts: Texts, original: str | None = None) -> LocalText:
        """Return a text of the plan for the reader."""
        return localize(texts, self.who.reader, original=original, order=self.plan.languages)

    def title(self, session: Session) -> LocalText:
        """Return what a session is called: its code where it has no title yet."""
        found = self.local(session.titles, session.original_language)
        return found or LocalText(session.code, "en", False)

    def room(self, session: Session) -> Markup:
        """Return where a session is held."""
        if session.across_rooms:
            return escape(gettext("All rooms"))
        return self.room_name(session.room)

    def room_name(self, slug: str | None) -> Markup:
        """Return the name of a room; nothing for none."""
        return escape(self._rooms[slug]) if slug in self._rooms else Markup("")

    def place(self, session: Session) -> Markup:
        """Return where and when a session is held, in words."""
        if session.starts_at is None:
            return escape(gettext("Not placed yet"))
        day = short_date(self.plan.day_of(session.starts_at), self.who.reader)
        parts = [self.room(session), escape(day), time_range(session.start, session.minutes)]
        return self._comma.join(parts)

    def of(self, sessions: Iterable[Session], day: date) -> list[Card]:
        """Return the cards of sessions as they stand on a day."""
        midnight = datetime.combine(day, time())
        return [self.card(session, midnight) for session in sessions]

    def card(self, session: Session, midnight: datetime) -> Card:
        """Return the card of a session."""
        title = self.title(session)
        errors, warnings = self.counts(session)
        start = None
        if session.starts_at is not None:
            start = (session.starts_at - midnight) // timedelta(minutes=1)
        return Card(
            session=session,
            classes=self.classes(session),
            title=title.__html__() if title.lang != self.who.reader else escape(title.value),
            plain_title=title.value,
            hours=time_range(session.start, session.minutes) if session.starts_at else Markup(""),
            length=duration(session.minutes),
            sort=self._sort(session),
            people=self._named(session),
            languages=self._spoken(session),
            errors=errors,
            warnings=warnings,
            told=self.told_counts(errors, warnings),
            start=start,
            href=self._show.replace("CODE", session.code),
            move=self._move.replace("CODE", session.code),
        )

    def counts(self, session: Session) -> tuple[int, int]:
        """Return how many errors and warnings a session has."""
        severities = [found.severity for found in self.troubles.get(session.code, ())]
        return severities.count(Severity.ERROR), severities.count(Severity.WARNING)

    def totals(self, day: date, sessions: Iterable[Session]) -> tuple[int, int]:
        """Return how many errors and warnings a day has: its sessions', and those of none."""
        codes = {session.code for session in sessions}
        severities = [
            found.severity
            for found in self._troubles
            if found.day == day or not codes.isdisjoint(found.sessions)
        ]
        return severities.count(Severity.ERROR), severities.count(Severity.WARNING)

    def classes(self, session: Session) -> str:
        """Return the classes of a session, for its theme, state and kind."""
        colour = self._colours.get(session.theme or "")
        classes = [f"t-{colour}" if colour else "t-none", f"is-{session.state.value}"]
        if session.is_pause:
            classes.append("is-quiet")
        return " ".join(classes)

    def _sort(self, session: Session) -> Markup:
        parts = []
        if session.state is not State.CONFIRMED:
            state = state_label(session.state)
            parts.append(Markup('<span class="state">{}</span>').format(state))
        theme = self._themes.get(session.theme or "")
        if theme:
            parts.append(Markup("<b>{}</b>").format(theme))
        if session.kind not in _SILENT:
            parts.append(escape(kind_label(session.kind)))
        return Markup(" · ").join(parts)

    def _named(self, session: Session) -> Markup:
        """Return who speaks: the first by name, the others by number."""
        ids = list(
            dict.fromkeys(
                person.speaker_id
                for person in session.taking_part
                if person.role is not Role.INTERPRETER
            )
        )
        names = [self._name(self.plan.speaker_by_id[number]) for number in ids[:_NAMED]]
        told = self._comma.join(names)
        if len(ids) > _NAMED:
            told += Markup(' <bdi dir="ltr">+{}</bdi>').format(len(ids) - _NAMED)
        return told

    def _name(self, speaker: Speaker) -> Markup:
        if speaker.id not in self._people:
            name = called(speaker, self.who.reader, sees_names=self.who.sees_names)
            shown = name.__html__() if name.lang != self.who.reader else escape(name.value)
            self._people[speaker.id] = shown
        return self._people[speaker.id]

    def _spoken(self, session: Session) -> Markup:
        key = (session.spoken_languages, session.interpreted_languages)
        if key not in self._languages:
            spoken, into = (self._listed(codes) for codes in key)
            told = [spoken] if spoken else []
            if into:
                told.append(escape(gettext("interpreted into %(languages)s")) % {"languages": into})
            self._languages[key] = Markup(" · ").join(told)
        return self._languages[key]

    def _listed(self, codes: Sequence[str]) -> Markup:
        return self._comma.join(escape(name_of(code, self.who.reader)) for code in codes)

    def told_counts(self, errors: int, warnings: int) -> str:
        """Return numbers of errors and warnings in words; nothing for none."""
        told = []
        if errors:
            told.append(ngettext("%(num)d error", "%(num)d errors", errors))
        if warnings:
            told.append(ngettext("%(num)d warning", "%(num)d warnings", warnings))
        return self._comma.join(told)


def told_number(sessions: Iterable[Session]) -> str:
    """Return how many sessions there are in words; withdrawn ones do not count."""
    number = sum(not session.is_withdrawn for session in sessions)
    return str(ngettext("%(num)d session", "%(num)d sessions", number))
