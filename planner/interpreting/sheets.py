"""Sheets to print: the day of each interpreter, and the day of each booth."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from markupsafe import Markup

from planner.accounts.access import Access
from planner.i18n.content import LocalText
from planner.i18n.formats import comma, duration, long_date
from planner.i18n.languages import name_of
from planner.interpreting.seeing import hours_of, minutes_by_day, sessions_in_need
from planner.interpreting.voice import Voice, hours
from planner.timetable.parts import Session, Turn
from planner.timetable.plan import plan_of
from planner.timetable.queries import days_of

_Turn = tuple[Session, Turn]


@dataclass(frozen=True)
class Row:
    """A turn on a sheet."""

    hours: Markup
    title: LocalText
    room: LocalText | None
    languages: str
    #: Who interprets; on the sheet of an interpreter, with whom.
    people: tuple[LocalText, ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet of paper."""

    title: LocalText | str
    about: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Sheets:
    """The sheets of a day."""

    day: date
    heading: str
    by: str
    sheets: tuple[Sheet, ...]


def sheets(access: Access, day: date, by: str) -> Sheets | None:
    """Return the sheets of a day, by interpreter or by ``booth``; None of a day there is not."""
    plan = plan_of(access.event_id)
    if day not in days_of(plan):
        return None
    voice = Voice(plan, access)
    turns = [
        (session, turn)
        for session in sessions_in_need(plan, day)
        for turn in session.turns
        if turn.begins < session.minutes
    ]
    turns.sort(key=lambda item: hours_of(*item))
    made = _by_booth(voice, turns) if by == "booth" else _by_person(voice, turns, day)
    return Sheets(day, long_date(day, voice.reader), by, tuple(made))


def _by_person(voice: Voice, turns: list[_Turn], day: date) -> list[Sheet]:
    own: dict[int, list[_Turn]] = defaultdict(list)
    for session, turn in turns:
        own[turn.speaker_id].append((session, turn))
    found = []
    for who in voice.plan.speakers:
        if who.id in own:
            minutes = minutes_by_day(voice.plan, who.id).get(day, 0)
            found.append(
                Sheet(
                    voice.name(who),
                    gettext("Interpreting for %(length)s", length=duration(minutes)),
                    _rows(voice, own[who.id], partners=True),
                )
            )
    return found


def _by_booth(voice: Voice, turns: list[_Turn]) -> list[Sheet]:
    """Return a sheet for each booth: a room, and the language that one hears there."""
    booths: dict[tuple[str, str], list[_Turn]] = defaultdict(list)
    for session, turn in turns:
        booths[session.room or "", turn.into].append((session, turn))
    rooms = {room.slug: place for place, room in enumerate(voice.plan.rooms)}
    ordered = sorted(booths, key=lambda booth: (rooms.get(booth[0], -1), booth[1]))
    return [
        Sheet(
            voice.room(booths[booth][0][0]) or gettext("All rooms"),
            gettext("Booth: %(language)s", language=name_of(booth[1], voice.reader)),
            _rows(voice, booths[booth], partners=False),
        )
        for booth in ordered
    ]


def _rows(voice: Voice, turns: list[_Turn], *, partners: bool) -> tuple[Row, ...]:
    """Return the rows of a sheet; who hears two languages in one booth has one turn for both."""
    together: dict[tuple[str, int, int, int, str], list[_Turn]] = defaultdict(list)
    for session, turn in turns:
        key = (session.code, turn.begins, turn.ends, turn.speaker_id, turn.into)
        together[key].append((session, turn))
    return tuple(_row(voice, each, partners=partners) for each in together.values())


def _row(voice: Voice, turns: list[_Turn], *, partners: bool) -> Row:
    session, turn = turns[0]
    people = [turn.speaker_id]
    if partners:
        people = sorted(
            {
                other.speaker_id
                for other in session.turns
                if other.into == turn.into and other.speaker_id != turn.speaker_id
            }
        )
    return Row(
        hours(session.start, turn.begins, min(turn.ends, session.minutes)),
        voice.title(session),
        voice.room(session),
        comma().join(voice.direction(each.spoken, each.into) for _, each in turns),
        tuple(voice.name(voice.plan.speaker_by_id[number]) for number in people),
    )
