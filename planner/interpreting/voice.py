"""How the interpretation is told in the desk: sessions, languages, people, hours, troubles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext, ngettext
from markupsafe import Markup

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.i18n.content import LocalText, localize
from planner.i18n.formats import duration, time_range
from planner.i18n.labels import N_
from planner.i18n.languages import name_of
from planner.interpreting.seeing import Trouble, minutes_by_day
from planner.timetable.parts import Session, Speaker
from planner.timetable.plan import Plan
from planner.timetable.wording import name_of_speaker, title_of

_TROUBLES = {
    Trouble.OFF: N_("Not an interpreter of this session"),
    Trouble.LANGUAGES: N_("Does not speak both languages"),
    Trouble.NOT_FREE: N_("Not free then"),
    Trouble.ELSEWHERE: N_("In two places at once"),
    Trouble.BEYOND: N_("The session ends before"),
    Trouble.OVER_LIMIT: N_("Over the limit of the day"),
    Trouble.NO_REST: N_("No rest before"),
    Trouble.TOO_LONG: N_("Too long at a stretch"),
}


@dataclass(frozen=True)
class Voice:
    """What organizers read of a plan, in their language and with the names that they may know."""

    plan: Plan
    access: Access

    @property
    def reader(self) -> str:
        """The language that is spoken now."""
        return spoken().code

    def title(self, session: Session) -> LocalText:
        """Return what a session is called; by its code where it has no title."""
        return title_of(session, self.plan, self.reader)

    def room(self, session: Session) -> LocalText | None:
        """Return what the room of a session is called."""
        room = self.plan.room_by_slug.get(session.room or "")
        if room is None:
            return None
        return localize(room.name, self.reader, order=self.plan.languages)

    def name(self, speaker: Speaker) -> LocalText:
        """Return what somebody is called before who asks."""
        return name_of_speaker(speaker, self.reader, sees_names=self.access.sees_names)

    def pair(self, languages: Iterable[str]) -> str:
        """Return two languages, whichever is spoken."""
        one, other = self.in_order(languages)
        return gettext(
            "%(one)s ↔ %(other)s",
            one=name_of(one, self.reader),
            other=name_of(other, self.reader),
        )

    def in_order(self, languages: Iterable[str]) -> list[str]:
        """Return languages in the event's order."""
        order = {code: place for place, code in enumerate(self.plan.languages)}
        return sorted(languages, key=lambda code: (order.get(code, len(order)), code))

    def direction(self, told: str, into: str) -> str:
        """Return from which language into which."""
        return gettext(
            "%(spoken)s into %(into)s",
            spoken=name_of(told, self.reader),
            into=name_of(into, self.reader),
        )

    def workload(self, speaker: Speaker, day: date) -> str:
        """Return for how long somebody interprets on a day."""
        minutes = minutes_by_day(self.plan, speaker.id).get(day, 0)
        return duration(minutes) if minutes else gettext("nothing yet")

    def is_over(self, speaker: Speaker, day: date) -> bool:
        """Tell whether somebody interprets for longer than anybody should on a day."""
        return (
            minutes_by_day(self.plan, speaker.id).get(day, 0) > self.plan.limits.interpreter_a_day
        )


def hours(start: datetime, begins: int, ends: int) -> Markup:
    """Return the hours of a turn in a session that begins at ``start``."""
    return time_range(start + timedelta(minutes=begins), ends - begins)


def trouble_label(trouble: Trouble) -> str:
    """Return what is wrong with a turn, in a few words."""
    return str(gettext(_TROUBLES[trouble]))


def holes_told(count: int) -> str:
    """Return how many turns nobody takes."""
    if not count:
        return str(gettext("Every turn is taken"))
    return str(ngettext("%(num)d turn without anybody", "%(num)d turns without anybody", count))
