"""The form in which the turns of one session are dealt out."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from flask_babel import gettext
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from planner.accounts.access import Access
from planner.desk.forms import DeskForm
from planner.i18n.content import LocalText
from planner.i18n.formats import clock, long_date, time_range
from planner.interpreting.operations import Wanted
from planner.interpreting.seeing import (
    barred_from,
    holes_of,
    interpreter_of,
    interpreters_of,
    limits_of,
    troubles_of,
    wanted,
)
from planner.interpreting.voice import Voice, trouble_label
from planner.timetable.parts import Session, Speaker
from planner.timetable.plan import plan_of

#: More than a day of the shortest turns between any languages has; what is longer is no form.
_MOST_ROWS = 2000


class TurnsForm(DeskForm):
    """Turns are rows of their own; the form itself holds the version that was seen."""


@dataclass
class Row:
    """A turn as one enters it: hours by the clock, who by their number in the database."""

    pair: str
    begins: str = ""
    ends: str = ""
    who: str = ""
    id: str = ""
    error: str = ""
    troubles: tuple[str, ...] = ()

    @property
    def is_hole(self) -> bool:
        """Whether nobody takes this turn yet."""
        return bool(self.begins) and not self.who


@dataclass(frozen=True)
class Choice:
    """Somebody who may be chosen, and what is to be known before."""

    value: str
    name: LocalText
    about: str


@dataclass(frozen=True)
class Part:
    """Two languages of a session: its turns, and who may be chosen."""

    key: str
    label: str
    rows: list[Row]
    interpreters: tuple[Choice, ...]
    others: tuple[Choice, ...]


@dataclass(frozen=True)
class SessionPage:
    """A session with its turns."""

    code: str
    title: LocalText
    hours: Markup
    day: date
    day_label: str
    room: LocalText | None
    version: int
    parts: tuple[Part, ...]


@dataclass
class Sheet:
    """What was sent: rows as they were entered, and turns if nothing was wrong."""

    rows: list[Row] = field(default_factory=list)
    turns: list[Wanted] = field(default_factory=list)

    @property
    def is_valid(self) -> bool:
        """Whether nothing was wrong."""
        return not any(row.error for row in self.rows)


@dataclass(frozen=True)
class Dealing:
    """One session, and what is needed to deal out its turns."""

    voice: Voice
    session: Session
    turn_minutes: int

    def read(self, sent: MultiDict[str, str]) -> Sheet:
        """Return what was sent."""
        columns = [sent.getlist(name) for name in ("pair", "begins", "ends", "who", "id")]
        sheet = Sheet([Row(*told) for told in zip(*columns, strict=False)][:_MOST_ROWS])
        for row in sheet.rows:
            if row.who:
                turn = self._turn(row)
                if turn:
                    sheet.turns.append(turn)
        return sheet

    def page(self, rows: list[Row] | None = None) -> SessionPage:
        """Return the page, with what was entered or what there is."""
        voice, session = self.voice, self.session
        shown = self._rows() if rows is None else rows
        day = voice.plan.day_of(session.start)
        return SessionPage(
            code=session.code,
            title=voice.title(session),
            hours=time_range(session.start, session.minutes),
            day=day,
            day_label=long_date(day, voice.reader),
            room=voice.room(session),
            version=session.version,
            parts=tuple(
                self._part(key, [row for row in shown if row.pair == key]) for key in self._pairs()
            ),
        )

    def _pairs(self) -> dict[str, tuple[str, str]]:
        """Return the languages that are promised, and those that turns have, by what names them."""
        found = {frozenset(pair): pair for pair in wanted(self.session)}
        for turn in self.session.turns:
            found.setdefault(frozenset((turn.spoken, turn.into)), (turn.spoken, turn.into))
        return {f"{spoken} {into}": (spoken, into) for spoken, into in found.values()}

    def _key(self, spoken: str, into: str) -> str:
        return next(key for key, pair in self._pairs().items() if set(pair) == {spoken, into})

    def _clock(self, minutes: int) -> str:
        return clock(self.session.start + timedelta(minutes=minutes))

    def _rows(self) -> list[Row]:
        session = self.session
        limits = limits_of(self.voice.plan, self.turn_minutes)
        troubles = troubles_of(self.voice.plan, self.turn_minutes)
        found = [
            (
                turn.begins,
                Row(
                    self._key(turn.spoken, turn.into),
                    self._clock(turn.begins),
                    self._clock(turn.ends),
                    str(turn.speaker_id),
                    str(turn.id),
                    troubles=tuple(trouble_label(each) for each in troubles.get(turn.id, ())),
                ),
            )
            for turn in session.turns
        ]
        for need, (begins, ends) in holes_of(self.voice.plan, session, limits):
            key = self._key(need.spoken, need.into)
            found.append((begins, Row(key, self._clock(begins), self._clock(ends))))
        rows = [row for _, row in sorted(found, key=lambda each: each[0])]
        return [*rows, *(Row(key) for key in self._pairs())]

    def _part(self, key: str, rows: list[Row]) -> Part:
        pair = self._pairs()[key]
        chosen = {row.who for row in rows}
        barred = barred_from(self.session)
        able = [
            who
            for who in self.voice.plan.speakers
            if (set(pair) <= set(who.spoken_languages) and who.id not in barred)
            or str(who.id) in chosen
        ]
        known = {who.id for who in interpreters_of(self.voice.plan)}
        return Part(
            key=key,
            label=self.voice.direction(*pair),
            rows=rows,
            interpreters=tuple(self._choice(who) for who in able if who.id in known),
            others=tuple(self._choice(who) for who in able if who.id not in known),
        )

    def _choice(self, who: Speaker) -> Choice:
        session, plan = self.session, self.voice.plan
        timeline = plan.of_speaker.get(who.id)
        near = timeline.near(session.start, session.end) if timeline else ()
        if not interpreter_of(who).is_free(session.start, session.end):
            about = gettext("not free then")
        elif any(
            other.code != session.code and other.start < session.end and session.start < other.end
            for other in near
        ):
            about = gettext("in another session then")
        else:
            told = self.voice.workload(who, plan.day_of(session.start))
            about = gettext("on that day: %(length)s", length=told)
        return Choice(str(who.id), self.voice.name(who), about)

    def _turn(self, row: Row) -> Wanted | None:
        pair = self._pairs().get(row.pair)
        who = int(row.who) if row.who.isascii() and row.who.isdigit() else 0
        begins, ends = self._minute(row.begins), self._minute(row.ends)
        own = {turn.id: turn for turn in self.session.turns}
        number = int(row.id) if row.id.isascii() and row.id.isdigit() else None
        if pair is None or who not in self.voice.plan.speaker_by_id:
            row.error = gettext("Choose who interprets.")
        elif begins is None or ends is None:
            row.error = gettext("Say from when until when.")
        elif begins >= self.session.minutes or not begins < ends <= self.session.minutes:
            row.error = gettext(
                "A turn begins and ends within the session: %(hours)s.",
                hours=f"{self._clock(0)}–{self._clock(self.session.minutes)}",
            )
        elif who in barred_from(self.session) and (
            number not in own or own[number].speaker_id != who
        ):
            row.error = gettext("They do something else in this session, or declined.")
        else:
            return Wanted(number if number in own else None, *pair, begins, ends, who)
        return None

    def _minute(self, told: str) -> int | None:
        """Return so many minutes after the start of the session an hour of the clock is."""
        try:
            moment = datetime.strptime(told, "%H:%M")  # noqa: DTZ007 -- the venue's wall clock
        except ValueError:
            return None
        start = self.session.start
        passed = (moment.hour - start.hour) * 60 + moment.minute - start.minute
        return passed % (24 * 60)


def dealing(access: Access, code: str) -> Dealing | None:
    """Return what is needed to deal out the turns of a session, or None if it cannot be."""
    plan = plan_of(access.event_id)
    session: Session | None = plan.by_code.get(code)
    if session is None or session.is_withdrawn or session.starts_at is None:
        return None
    return Dealing(Voice(plan, access), session, access.event.turn_minutes)
