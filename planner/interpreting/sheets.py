"""Sheets to print: the day of each interpreter, and the day of each booth."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from markupsafe import Markup

from planner.accounts.access import Access
from planner.i18n.content import LocalText
from planner.i18n.formats import duration, long_date
from planner.i18n.languages import name_of
from planner.interpreting.seeing import hours_of, minutes_by_day, sessions_in_need
from planner.interpreting.voice import Voice, hours
from planner.timetable.parts import Session, Turn
from planner.timetable.plan import plan_of
from planner.timetable.queries import days_of


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


def _by_person(voice: Voice, turns: list[tuple[Session, Turn]], day: date) -> list[Sheet]:
    own: dict[int, list[tuple[Session, Turn]]] = defaultdict(list)
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
                    tuple(_row(voice, *item, partners=True) for item in own[who.id]),
                )
            )
    return found


def _by_booth(voice: Voice, turns: list[tuple[Session, Turn]]) -> list[Sheet]:
    """Return a sheet for each booth: a room, and the language that one hears there."""
    booths: dict[tuple[str, str], list[tuple[Session, Turn]]] = defaultdict(list)
    for session, turn in turns:
        booths[session.room or "", turn.into].append((session, turn))
    rooms = {room.slug: place for place, room in enumerate(voice.plan.rooms)}
    ordered = sorted(booths, key=lambda booth: (rooms.get(booth[0], -1), booth[1]))
    return [
        Sheet(
            voice.room(booths[booth][0][0]) or gettext("All rooms"),
            gettext("Booth: %(language)s", language=name_of(booth[1], voice.reader)),
            tuple(_row(voice, *item, partners=False) for item in booths[booth]),
        )
        for booth in ordered
    ]


def _row(voice: Voice, session: Session, turn: Turn, *, partners: bool) -> Row:
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
        voice.direction(turn.spoken, turn.into),
        tuple(voice.name(voice.plan.speaker_by_id[number]) for number in people),
    )
