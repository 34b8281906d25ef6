"""Making sense of a schedule: what each of its events is in the plan's words."""

import re
from collections import Counter
from datetime import datetime

from planner.imports.draft import Draft, DraftFrame, DraftSession
from planner.imports.frame import Slot, Span, days_of, drawn_hours, hours_of, span_of
from planner.imports.keys import Keys, where_of
from planner.imports.lengths import lengths_of
from planner.imports.names import Names
from planner.imports.persons import Persons
from planner.imports.report import BEFORE_EVENTS, Report
from planner.imports.source import SourceConference, SourceEvent, SourceTrack
from planner.imports.starts import clocks_of, date_of, start_of
from planner.imports.texts import joined, line_of, markdown_of, written_language
from planner.imports.words import kind_of_title, kind_of_type, languages_of, role_of
from planner.lib.text import clean_line, clean_text
from planner.programme.vocabulary import Kind, Role


def interpret(
    source: SourceConference,
    report: Report,
    *,
    time_zone: str | None = None,
    plan_zone: str | None = None,
) -> Draft:
    """Return the draft of a plan that a schedule amounts to, telling the report every decision.

    ``time_zone`` is the conference's, whatever the file says; ``plan_zone`` that of the event
    into which it is imported. Refused events are counted here, taken ones where they are taken.
    """
    return _Interpreter(source, report, time_zone, plan_zone).draft()


class _Interpreter:
    """What has to be known of the whole file to understand one of its events."""

    def __init__(
        self,
        source: SourceConference,
        report: Report,
        time_zone: str | None,
        plan_zone: str | None,
    ) -> None:
        self.source = source
        self.report = report
        self.main_language = _main_language(source, report)
        self.clocks = clocks_of(source, report, asked=time_zone, plan_zone=plan_zone)
        self.persons = Persons(source, self.main_language)
        self.names = Names(self.main_language, report)
        self.name = line_of(source.title) or line_of(source.acronym)
        self.keys = Keys(clean_line(source.acronym) or self.name, report)
        self._told_types: set[str] = set()

    def draft(self) -> Draft:
        """Return the draft."""
        events = [event for event in self.source.events if not event.fault]
        refused = [event for event in self.source.events if event.fault]
        for event in refused:
            self.report.refuse(event.number, where_of(event), event.fault)
        for room in self.source.rooms:
            if line_of(room.name):
                self.names.list_room(room)
        for track in self.source.tracks:
            self.names.theme(track)
        rooms = {event.number: self.names.room_of(event) for event in events}
        starts = {event.number: self._start(event) for event in events}
        span = span_of(self.source, [start for start in starts.values() if start], self.report)
        if span is not None:
            self._leave_out_far_ones(events, starts, span)
        minutes = lengths_of(events, starts, rooms, self.report)
        sessions = tuple(
            self._session(event, starts[event.number], rooms[event.number], minutes[event.number])
            for event in events
        )
        slots = [
            Slot(start, minutes[event.number], date_of(event.day) if event.day else None)
            for event in events
            if (start := starts[event.number]) is not None
        ]
        return Draft(
            frame=self._frame(span, slots, sessions) if span else None,
            rooms=self.names.rooms,
            themes=self.names.themes,
            persons=self.persons.found,
            sessions=sessions,
            refused_keys=frozenset(name for event in refused for name in self.keys.of(event).names),
            own_acronym=clean_line(self.source.acronym) if self.source.is_own else None,
        )

    def _start(self, event: SourceEvent) -> datetime | None:
        where = where_of(event)
        start = start_of(event, where, self.clocks, self.source.day_change, self.report)
        if start is None:
            self.report.change(
                event.number,
                where,
                "its date and hour cannot be understood, so it stands in the plan unplaced",
            )
        return start

    def _leave_out_far_ones(
        self, events: list[SourceEvent], starts: dict[int, datetime | None], span: Span
    ) -> None:
        for event in events:
            start = starts[event.number]
            if start is not None and span.is_far_from(start):
                starts[event.number] = None
                self.report.change(
                    event.number,
                    where_of(event),
                    f"its date {start:%Y-%m-%d} is far from the conference, "
                    "so it stands in the plan unplaced",
                )

    def _session(
        self, event: SourceEvent, start: datetime | None, room: str | None, minutes: int
    ) -> DraftSession:
        where = where_of(event)
        for remark in event.remarks:
            self.report.change(event.number, where, remark)
        key = self.keys.of(event)
        title = self._title(event, where)
        abstract = self._abstract(event, where, title)
        spoken, language = self._languages(event, where, f"{title}\n{abstract}")
        placed = start is not None and room is not None
        return DraftSession(
            number=event.number,
            where=where,
            key=key.key,
            id_key=key.id_key,
            guid=key.guid,
            kind=self._kind(event, where, title),
            theme=self.names.theme(SourceTrack(name=event.track)),
            room=room if placed else None,
            starts_at=start if placed else None,
            minutes=minutes,
            spoken_languages=spoken,
            language=language,
            title=title,
            abstract=abstract,
            online_url=_web_address(event.online_url),
            people=tuple(self._people(event, where, language)),
        )

    def _title(self, event: SourceEvent, where: str) -> str:
        title = clean_line(event.title) if self.source.is_own else line_of(event.title)
        if not title:
            self.report.guess(event.number, where, "it has no title; it is called “Untitled”")
            return "Untitled"
        if title != clean_line(event.title):
            self.report.change(event.number, where, f"its title was made plain: “{title}”")
        return title

    def _abstract(self, event: SourceEvent, where: str, title: str) -> str:
        if self.source.is_own:
            return clean_text(event.abstract)
        abstract, changed = markdown_of(event.abstract)
        description, changed_too = markdown_of(event.description)
        for change in dict.fromkeys((*changed, *changed_too)):
            self.report.change(event.number, where, f"in its abstract, {change}")
        return joined([line_of(event.subtitle), abstract, description], beside=title)

    def _languages(self, event: SourceEvent, where: str, text: str) -> tuple[tuple[str, ...], str]:
        """Return the languages that are spoken, and the one that the text is in."""
        told = clean_line(event.language)
        spoken, unknown = languages_of(told)
        if unknown:
            self.report.change(
                event.number, where, f"not all of its language “{told[:60]}” is known"
            )
        language = written_language(text, spoken, self.main_language)
        if language == "ckb":  # «ku» was said, which means Kurmanji elsewhere
            spoken = tuple("ckb" if code == "kmr" else code for code in spoken)
        if spoken and language not in spoken:
            self.report.guess(
                event.number,
                where,
                f"its language is {', '.join(spoken)}, but its text was taken for {language}",
            )
        return spoken, language

    def _kind(self, event: SourceEvent, where: str, title: str) -> Kind | None:
        kind = kind_of_type(event.type)
        if kind not in {None, Kind.OTHER}:
            return kind
        of_title = kind_of_title(title)
        if of_title is not None:
            self.report.guess(
                event.number, where, f"its title tells that it is of the kind {of_title.value}"
            )
            return of_title
        word = line_of(event.type)
        if kind is None and word and word.casefold() not in self._told_types:
            self._told_types.add(word.casefold())
            self.report.guess(
                event.number, f"type “{word}”", "no kind is called so; “other” was taken"
            )
        return kind

    def _people(
        self, event: SourceEvent, where: str, language: str
    ) -> list[tuple[str, Role | None]]:
        people = []
        for person in event.persons:
            key = self.persons.key_of(person, language)
            if key is None:
                self.report.change(event.number, where, "a person without a name was left out")
            else:
                people.append((key, role_of(person.role)))
        return people

    def _frame(
        self, span: Span, slots: list[Slot], sessions: tuple[DraftSession, ...]
    ) -> DraftFrame:
        # Ours begin and end their days as they are drawn, others when somebody opens the doors.
        drawn = drawn_hours(self.source, self.clocks) if self.source.is_own else None
        day_from, day_to = drawn or hours_of(slots)
        days = days_of(span, slots, day_to)
        languages = Counter(session.language for session in sessions)
        return DraftFrame(
            name=self.names.label(self.name),
            tagline=self.names.label(line_of(self.source.subtitle)),
            venue_name=self.names.label(line_of(self.source.venue)),
            venue_address=self.names.label(line_of(self.source.city)),
            languages=tuple(code for code, _ in languages.most_common()) or (self.main_language,),
            time_zone=self.clocks.plan_zone,
            first_day=days.first,
            last_day=days.last,
            day_from=day_from,
            day_to=day_to,
        )


def _web_address(written: str) -> str | None:
    """Return an address that a link may have, or None."""
    is_address = re.match(r"https?://[^\s<>\"]{3,1990}\Z", written)
    return written if is_address else None


def _main_language(source: SourceConference, report: Report) -> str:
    """Return the language that most events are in; where none says it, script decides."""
    told = Counter(
        languages[0]
        for event in source.events
        if (languages := languages_of(clean_line(event.language))[0])
    )
    if told:
        return told.most_common(1)[0][0]
    titles = " ".join(event.title[:100] for event in source.events[:200])
    guess = written_language(titles, (), "en")
    report.guess(BEFORE_EVENTS, "conference", f"no event says its language; {guess} was taken")
    return guess
