"""Where and when a row puts a session: room, date, start and length, taken together."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from planner.events.models import Room
from planner.i18n.labels import N_
from planner.imports.frame import FAR_AWAY
from planner.lib.text import fold
from planner.sessions.models import Session
from planner.workbook.account import Shown
from planner.workbook.columns import NO, YES, SheetKind
from planner.workbook.fields import yes_no
from planner.workbook.labels import make_label
from planner.workbook.lookup import only
from planner.workbook.moments import Day, Hours, day_of, hours_of
from planner.workbook.records import Record
from planner.workbook.scene import Scene
from planner.workbook.taking import cannot_be_emptied, says_the_same
from planner.workbook.telling import CellError
from planner.workbook.values import checked_text, is_emptied, minutes_of, plain, truth_of

_DAY = 24 * 60
#: Where neither plan nor file says how long a new session is.
_ASSUMED = 60
#: In place of a room: for everybody.
_ALL_ROOMS = frozenset(
    map(fold, ("all rooms", "all", "جميع القاعات", "كل القاعات", "هەموو ژوورەکان", "هەموو هۆڵەکان"))
)


@dataclass
class _Wanted:
    """A placement on its way."""

    day: date | None
    minute: int | None
    room: Room | None
    across: bool
    minutes: int

    @property
    def starts_at(self) -> datetime | None:
        """The start, where day and hour are known."""
        if self.day is None or self.minute is None:
            return None
        return datetime.combine(self.day, time()) + timedelta(minutes=self.minute)


def take_placement(record: Record, session: Session, scene: Scene) -> None:
    """Take room, date, start and length of a row; what cannot be is told to its account."""
    start = session.starts_at
    wanted = _Wanted(
        day=start.date() if start else None,
        minute=start.hour * 60 + start.minute if start else None,
        room=session.room,
        across=session.across_rooms,
        minutes=session.minutes,
    )
    taker = _Taker(record, session, scene, wanted)
    for column, take in (
        ("all_rooms", taker.all_rooms),
        ("room", taker.room),
        ("date", taker.date),
        ("start", taker.start),
        ("end", taker.end),
        ("minutes", taker.minutes),
    ):
        if column == "minutes" or record.cell(column) is not None:
            try:
                take()
            except CellError as error:
                record.account.refuse(column, error.told)
    if not record.account.refusals:
        taker.settle()


class _Taker:
    """The cells of one row, one after the other."""

    def __init__(self, record: Record, session: Session, scene: Scene, wanted: _Wanted) -> None:
        self.record = record
        self.account = record.account
        self.session = session
        self.scene = scene
        self.wanted = wanted
        self.is_taken_out = False
        #: The length that the hours tell.
        self.told_minutes: int | None = None

    def all_rooms(self) -> None:
        """Take whether it is for everybody."""
        value = self.record.cell("all_rooms")
        self.wanted.across = False if is_emptied(value) else truth_of(value)

    def room(self) -> None:
        """Take the room."""
        value = self.record.cell("room")
        if is_emptied(value):
            self.wanted.room = None
            self.is_taken_out = not self.wanted.across
            return
        written = plain(value)
        found = self.scene.rooms.found(written)
        if not found and fold(written) in _ALL_ROOMS:
            self.wanted.across, self.wanted.room = True, None
            return
        room = only(found, lambda candidate: candidate is self.session.room)
        if not found and SheetKind.ROOMS in self.scene.unlisted:
            room = make_label(SheetKind.ROOMS, checked_text(value, lines=False), self.scene)
        if room is None:
            raise missing(written, found, self.scene.rooms.nearest(written), N_ROOM)
        self.wanted.room = room

    def date(self) -> None:
        """Take the day, and the hour beside it where no column has one."""
        value = self.record.cell("date")
        start = self.session.starts_at
        if start is not None and says_the_same(value, start.date()):
            return
        if is_emptied(value):
            self.is_taken_out = True
            return
        day = day_of(value)
        self._take_day(day, "date")
        if day.minute is not None and self.record.cell("start") is None:
            self.wanted.minute = day.minute

    def start(self) -> None:
        """Take the hour, and the length and the day where it says them."""
        value = self.record.cell("start")
        start = self.session.starts_at
        if start is not None and says_the_same(value, start.time()):
            return
        if is_emptied(value):
            self.is_taken_out = True
            return
        hours = hours_of(value)
        if hours.day is not None:
            self._take_day_beside(hours)
        self.wanted.minute = hours.start
        self.told_minutes = hours.minutes

    def end(self) -> None:
        """Take the length from the hour at which it ends."""
        value = self.record.cell("end")
        if is_emptied(value) or self.wanted.minute is None:
            return
        hours = hours_of(value)
        told = (hours.start - self.wanted.minute) % _DAY
        if self.told_minutes is None and told:
            self.told_minutes = told

    def minutes(self) -> None:
        """Take the length: of two that differ, the one that is not in the plan already."""
        value = self.record.cell("minutes")
        told = self.told_minutes
        if value is None:
            if told is not None:
                self.wanted.minutes = told
            elif self.account.is_new:
                self.wanted.minutes = _ASSUMED
                self.account.guess(
                    "minutes",
                    N_("The length is not said; %(minutes)s minutes were taken."),
                    minutes=_ASSUMED,
                )
            return
        if is_emptied(value):
            raise cannot_be_emptied()
        minutes = minutes_of(value)
        if told is None or told == minutes:
            self.wanted.minutes = minutes
        elif minutes == self.session.minutes and not self.account.is_new:
            self.wanted.minutes = told
        else:
            raise CellError(
                N_("The hours tell %(told)s minutes, the length is %(minutes)s."),
                told=told,
                minutes=minutes,
            )

    def _take_day(self, day: Day, column: str) -> None:
        first, last = self.scene.plan.first_day, self.scene.plan.last_day
        if not first - FAR_AWAY <= day.day <= last + FAR_AWAY:
            raise CellError(
                N_("%(day)s is far from the event, which is from %(first)s to %(last)s."),
                day=day.day,
                first=first,
                last=last,
            )
        written = plain(self.record.cell(column))
        after_midnight = timedelta(days=self.scene.plan.day_to > _DAY)
        if day.month_first or (day.other and first - FAR_AWAY <= day.other <= last + FAR_AWAY):
            self.account.guess(
                column,
                N_("“%(written)s” was read as %(day)s."),
                written=written,
                day=day.day,
            )
        elif not first <= day.day <= last + after_midnight:
            self.account.guess(column, N_("%(day)s is outside the days of the event."), day=day.day)
        self.wanted.day = day.day

    def _take_day_beside(self, hours: Hours) -> None:
        """Take the day that stands with the hour, unless another column says another."""
        if hours.day is None:
            return
        if self.record.cell("date") is None:
            self._take_day(hours.day, "start")
        elif hours.day.day != self.wanted.day:
            raise CellError(
                N_("The start says %(day)s, but the date is another one."), day=hours.day.day
            )

    def settle(self) -> None:
        """Put the session where the row wants it, as far as the plan can hold that."""
        wanted, session = self.wanted, self.session
        starts_at = None if self.is_taken_out else wanted.starts_at
        has_place = wanted.room is not None or wanted.across
        if starts_at is None or not has_place:
            if not self.is_taken_out and session.starts_at is None:
                self._tell_half()
            starts_at, wanted.room = None, None
        self._tell_changes(starts_at)
        if session.minutes != wanted.minutes:
            session.minutes = wanted.minutes
        if session.across_rooms != wanted.across:
            session.across_rooms = wanted.across
        if (session.starts_at, session.room) != (starts_at, wanted.room):
            session.starts_at, session.room = starts_at, wanted.room

    def _tell_half(self) -> None:
        """Say of a row that tells a part of a placement that the plan holds none of it."""
        wanted = self.wanted
        if wanted.starts_at is not None:
            self.account.guess(
                "room", N_("It has a date and an hour but no room, so it stands unplaced.")
            )
        elif wanted.room is not None or wanted.day is not None or wanted.minute is not None:
            self.account.guess(
                "start", N_("Room, date and start go together, so it stands unplaced.")
            )

    def _tell_changes(self, starts_at: datetime | None) -> None:
        before, wanted = self.session, self.wanted
        label = self.scene.label
        pairs = (
            ("room", label(before.room), label(wanted.room)),
            ("date", _day(before.starts_at), _day(starts_at)),
            ("start", _hour(before.starts_at), _hour(starts_at)),
            ("minutes", _number(before.minutes), _number(wanted.minutes)),
            ("all_rooms", yes_no(before.across_rooms), yes_no(wanted.across)),
        )
        for column, old, new in pairs:
            if old != new and not (self.account.is_new and {old, new} == {YES, NO} and new == NO):
                self.account.change(column, Shown(old), Shown(new))


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""


def _hour(moment: datetime | None) -> str:
    return f"{moment:%H:%M}" if moment else ""


def _number(minutes: int | None) -> str:
    return "" if minutes is None else str(minutes)


@dataclass(frozen=True)
class Missing:
    """What is said where no thing, or more than one, is called as a cell says."""

    none: str
    none_like_it: str
    several: str


N_ROOM = Missing(
    none=N_("There is no room “%(written)s”. The nearest: %(nearest)s."),
    none_like_it=N_("There is no room “%(written)s”. Add it in the desk, or in a sheet Rooms."),
    several=N_("“%(written)s” is the name of several rooms: write the slug, one of %(slugs)s."),
)
N_THEME = Missing(
    none=N_("There is no theme “%(written)s”. The nearest: %(nearest)s."),
    none_like_it=N_("There is no theme “%(written)s”. Add it in the desk, or in a sheet Themes."),
    several=N_("“%(written)s” is the name of several themes: write the slug, one of %(slugs)s."),
)


def missing(written: str, found: list, nearest: list[str], said: Missing) -> CellError:  # type: ignore[type-arg]
    """Return why a cell finds nothing."""
    if found:
        slugs = [thing.slug for thing in found]
        return CellError(said.several, written=written, slugs=slugs)
    if nearest:
        return CellError(said.none, written=written[:100], nearest=nearest)
    return CellError(said.none_like_it, written=written[:100])
