"""The page of the releases in the desk: what there is, and what the next one would change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.history.account import Words
from planner.i18n.content import LocalText, localize
from planner.i18n.formats import clock, plain_date, short_date, time_range
from planner.i18n.labels import change_label, stage_label
from planner.journal.models import Entry
from planner.programme.differences import SessionDifference
from planner.programme.document import Programme, Session, decode
from planner.programme.vocabulary import Change
from planner.releases.queries import PAGE, last_release, releases_of, whole_plan
from planner.releases.review import Review, review
from planner.timetable.conflicts import described
from planner.timetable.plan import Plan, plan_of
from planner.timetable.registry import Severity
from planner.timetable.standing import Standing, standing

#: So many open conflicts are told before one is sent to the page of all of them.
_TOLD = 4
_PLACING = {Change.MOVED, Change.ROOM, Change.LENGTH}


@dataclass(frozen=True)
class Line:
    """A session that a release would change: its title, and where it was and would be."""

    code: str
    title: LocalText
    #: Whether it still is in the plan, where one could look at it.
    known: bool
    before: Markup | None = None
    after: Markup | None = None


@dataclass(frozen=True)
class Preview:
    """What the next release would change, in words, and what speaks against it."""

    review: Review
    standing: Standing
    changes: tuple[tuple[str, list[Line]], ...]
    #: The worst conflicts that stand, and how many more there are.
    conflicts: tuple[tuple[Severity, Markup], ...]

    @property
    def errors(self) -> int:
        """How many errors stand."""
        return self.standing.count(Severity.ERROR)

    @property
    def warnings(self) -> int:
        """How many warnings stand."""
        return self.standing.count(Severity.WARNING)


def preview_of(access: Access) -> Preview:
    """Return what a release made now would change and what speaks against it."""
    found = review_of(access)
    plan = plan_of(access.event_id)
    stands = standing(plan)
    return Preview(
        found,
        stands,
        tuple(
            (change_label(change), _lines(found, told, change, plan))
            for change, told in found.by_change.items()
        ),
        tuple(_worst(access, plan, stands)),
    )


def review_of(access: Access) -> Review:
    """Return what a release made now would publish, beside what is public."""
    event = whole_plan(access.event.slug)
    if event is None:
        raise LookupError(access.event.slug)
    last = last_release(event.id)
    return review(event, decode(last.document) if last else None)


def releases_page(access: Access, before: int | None) -> Mapping[str, Any]:
    """Return what the page shows besides the form."""
    found = releases_of(access.event_id, before=before)
    reader = spoken().code
    zone = ZoneInfo(access.event.time_zone)
    return {
        "releases": found[:PAGE],
        "older": found[PAGE - 1].number if len(found) > PAGE else None,
        "is_first_page": before is None,
        "there": partial(_at_the_venue, zone=zone, reader=reader),
        "public": url_for("pages.programme", lang=reader, event=access.event.slug),
        "changes": url_for("changes.changes", lang=reader, event=access.event.slug),
        "stage_label": stage_label,
    }


def told(access: Access, entries: Iterable[Entry]) -> list[tuple[Entry, Markup]]:
    """Return entries of the journal with what they did in words."""
    entries = list(entries)
    words = Words(access, entries)
    return [(entry, words.of(entry)) for entry in entries]


def _worst(access: Access, plan: Plan, stands: Standing) -> Iterable[tuple[Severity, Markup]]:
    link = partial(_session_address, access.event.slug)
    against = [item for item in stands.open if item.severity is not Severity.INFORMATION]
    for conflict in against[:_TOLD]:
        words = described(conflict, plan, spoken().code, sees_names=access.sees_names, link=link)
        yield conflict.severity, words


def _session_address(slug: str, code: str) -> str:
    return url_for("sessions.show", event=slug, code=code)


def _lines(
    found: Review, differences: Iterable[SessionDifference], change: Change, plan: Plan
) -> list[Line]:
    return [_line(found, difference, change, plan) for difference in differences]


def _line(found: Review, difference: SessionDifference, change: Change, plan: Plan) -> Line:
    reader = spoken().code
    after = difference.after
    title = localize(after.title, reader, original=after.original_language)
    line = partial(
        Line,
        after.code,
        title or LocalText(after.code, "en", False),
        after.code in plan.by_code,
    )
    if change in _PLACING and difference.before and found.previous:
        return line(_place(found.previous, difference.before), _place(found.programme, after))
    if change in {Change.NEW, Change.RESTORED, Change.CANCELLED}:
        return line(None, _place(found.programme, after))
    return line()


def _place(programme: Programme, session: Session) -> Markup:
    """Return when and where a session stands."""
    reader = spoken().code
    room = next((room for room in programme.rooms if room.slug == session.room), None)
    parts: list[Any] = [time_range(session.starts_at, session.minutes)]
    if programme.event.first_day != programme.event.last_day:
        parts.insert(0, short_date(session.starts_at.date(), reader))
    if session.across_rooms:
        parts.append(gettext("All rooms"))
    elif room is not None:
        parts.append(localize(room.name, reader))
    return Markup(" · ").join(parts)


def _at_the_venue(moment: datetime, *, zone: ZoneInfo, reader: str) -> str:
    """Return a moment as the calendar and the clock of the venue tell it."""
    there = moment.astimezone(zone)
    return str(
        gettext("%(date)s, %(time)s", date=plain_date(there.date(), reader), time=clock(there))
    )
