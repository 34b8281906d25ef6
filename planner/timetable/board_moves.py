"""Trying a change of the board, and what to tell whoever tried: done, refused, or too late."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from markupsafe import Markup, escape
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.extensions import db
from planner.journal import words
from planner.journal.models import Entry, Way
from planner.journal.recording import GoneError, StaleError
from planner.speakers.models import Speaker
from planner.speakers.naming import names_by_number
from planner.timetable.board_cards import Cards, Who
from planner.timetable.operations import ImpossibleError, NothingToDoError
from planner.timetable.parts import Session
from planner.timetable.plan import Plan, plan_of
from planner.timetable.queries import last_change
from planner.timetable.registry import Conflict
from planner.timetable.rules.rooms import room_overlap
from planner.timetable.wording import described

_STATUSES = {"done": 200, "stale": 409, "impossible": 422, "gone": 409, "nothing": 422}


@dataclass(frozen=True)
class Outcome:
    """What came of trying: ``kind`` is done, stale, impossible, gone or nothing."""

    kind: str
    message: Markup
    reasons: tuple[Markup, ...] = ()
    #: The present version of the session where somebody else changed it.
    version: int | None = None
    #: The one session that stands in the way and may change places: ``CODE:version``, and title.
    swap: tuple[str, str] | None = None

    @property
    def status(self) -> int:
        """The status of the answer."""
        return _STATUSES[self.kind]

    @property
    def as_json(self) -> dict[str, Any]:
        """What the script gets."""
        return {
            "ok": self.kind == "done",
            "status": self.kind,
            "message": str(self.message),
            "reasons": [str(reason) for reason in self.reasons],
            "version": self.version,
            "swap": self.swap,
        }


def attempt(access: Access, code: str, change: Callable[[], Entry | None]) -> Outcome:
    """Make a change that concerns a session, and tell what came of it."""
    try:
        entry = change()
    except StaleError:
        return _stale(access, code)
    except ImpossibleError as error:
        plan = plan_of(access.event_id)
        reader = spoken().code
        reasons = tuple(
            described(conflict, plan, reader, sees_names=access.sees_names)
            for conflict in error.conflicts
        )
        message = escape(gettext("That place is impossible:"))
        swap = _swap(access, plan, code, error.conflicts)
        return Outcome("impossible", message, reasons, swap=swap)
    except GoneError:
        return Outcome("gone", escape(gettext("Somebody deleted that meanwhile.")))
    except NothingToDoError:
        return Outcome("nothing", escape(gettext("There is nothing that this would change.")))
    if entry is None:
        return Outcome("done", escape(gettext("It was so already.")))
    return Outcome("done", told(access, entry))


def told(access: Access, entry: Entry) -> Markup:
    """Return what an entry of the journal did, in words."""
    names = names_by_number((), spoken().code, sees_names=False)
    if any(isinstance(fact, dict) and "speaker" in fact for fact in entry.facts.values()):
        names = _names(access)
    did = words.described(entry.action, entry.facts, spoken().code, names)
    if entry.way is Way.UNDO:
        return Markup("{} {}").format(gettext("Undone:"), did)
    if entry.way is Way.REDO:
        return Markup("{} {}").format(gettext("Done once more:"), did)
    return did


def told_news(access: Access, entries: Iterable[Entry]) -> Markup:
    """Return what others did, each with the name of who did it, the newest first."""
    theirs = [entry for entry in entries if entry.user_id != access.user_id]
    lines = Markup("").join(
        Markup("<p><b><bdi>{}</bdi></b>: {}</p>").format(words.who_did(entry), told(access, entry))
        for entry in theirs[:_SHOWN]
    )
    more = len(theirs) - _SHOWN
    if more > 0:
        lines += Markup("<p>{}</p>").format(gettext("and more: +%(num)s", num=more))
    return lines


_SHOWN = 3


def _stale(access: Access, code: str) -> Outcome:
    """Return who changed a session meanwhile, what they did, and where it stands now."""
    plan = plan_of(access.event_id)
    session = plan.by_code.get(code)
    if session is None:
        return Outcome("gone", escape(gettext("Somebody deleted that meanwhile.")))
    reasons = []
    entry = last_change(access.event_id, session.id)
    if entry is not None:
        reasons.append(
            Markup("<b><bdi>{}</bdi></b>: {}").format(words.who_did(entry), told(access, entry))
        )
    reasons.append(where_now(access, plan, session))
    message = escape(gettext("Somebody else changed it meanwhile; nothing of yours was done."))
    return Outcome("stale", message, tuple(reasons), session.version)


def _swap(
    access: Access, plan: Plan, code: str, conflicts: Iterable[Conflict]
) -> tuple[str, str] | None:
    """Return what a session may change places with: the only other one that wants its room."""
    rivals = {
        other
        for conflict in conflicts
        if conflict.rule == room_overlap.name
        for other in conflict.sessions
        if other != code
    }
    if len(rivals) != 1:
        return None
    rival = plan.by_code[rivals.pop()]
    if rival.pinned or rival.across_rooms:
        return None
    cards = Cards(plan, Who(spoken().code, access.sees_names))
    return f"{rival.code}:{rival.version}", cards.title(rival).value


def where_now(access: Access, plan: Plan, session: Session) -> Markup:
    """Return where a session stands now, in words."""
    cards = Cards(plan, Who(spoken().code, access.sees_names))
    return escape(gettext("Now: %(place)s")) % {"place": cards.place(session)}


def _names(access: Access) -> Callable[[int], str]:
    speakers = db.session.scalars(
        select(Speaker)
        .where(Speaker.event_id == access.event_id)
        .options(selectinload(Speaker.texts))
    )
    return names_by_number(speakers, spoken().code, sees_names=access.sees_names)
