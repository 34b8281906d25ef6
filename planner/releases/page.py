"""The page of the releases in the desk: what there is, and what the next one would change."""

from collections.abc import Callable, Iterable, Mapping
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
from planner.i18n.content import localize
from planner.i18n.formats import clock, plain_date, short_date, time_range
from planner.i18n.labels import stage_label
from planner.journal.models import Entry
from planner.letters.queries import waiting_count
from planner.programme.document import Programme, Session, decode
from planner.programme.vocabulary import Stage
from planner.readiness.labels import requirement_label
from planner.readiness.state import PlanState
from planner.readiness.weighing import Finding, Readiness, weigh
from planner.releases.labels import missed_label, origin_label
from planner.releases.models import Appointment
from planner.releases.queries import (
    PAGE,
    last_release,
    last_scheduled,
    releases_of,
    whole_plan,
)
from planner.releases.review import Review, review
from planner.timetable.conflicts import described
from planner.timetable.plan import Plan
from planner.timetable.registry import Severity
from planner.timetable.standing import Standing

#: So many open conflicts are told before one is sent to the page of all of them.
_TOLD = 4


@dataclass(frozen=True)
class Preview:
    """What the next release would change, in words, and what speaks against it."""

    review: Review
    standing: Standing
    #: The worst conflicts that stand, and how many more there are.
    conflicts: tuple[tuple[Severity, Markup], ...]
    #: What stands between the plan and each stage.
    readiness: Mapping[Stage, Readiness]

    @property
    def errors(self) -> int:
        """How many errors stand."""
        return self.standing.count(Severity.ERROR)

    @property
    def warnings(self) -> int:
        """How many warnings stand."""
        return self.standing.count(Severity.WARNING)

    @property
    def unbound_errors(self) -> int:
        """How many errors stand where they do not bind: publishing needs a word, no reason."""
        binds = any(found.requirement.key == "errors" for found in self.hindrances)
        return 0 if binds else self.errors

    @property
    def hindrances(self) -> tuple[Finding, ...]:
        """The requirements that bind and are not met, of either stage."""
        return self.readiness[Stage.FINAL].hindrances


def preview_of(access: Access) -> Preview:
    """Return what a release made now would change and what speaks against it."""
    found = review_of(access)
    state = PlanState(access.event)
    plan, stands = state.plan, state.standing
    return Preview(
        found,
        stands,
        tuple(_worst(access, plan, stands)),
        {stage: weigh(access.event, stage, state) for stage in Stage},
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
    return {
        "releases": found[:PAGE],
        "older": found[PAGE - 1].number if len(found) > PAGE else None,
        "is_first_page": before is None,
        "letters_waiting": waiting_count(access.event_id),
        "there": there(access),
        "origin_label": origin_label,
        "waiting": waiting_release(access),
        "public": url_for("pages.programme", lang=reader, event=access.event.slug),
        "changes": url_for("changes.changes", lang=reader, event=access.event.slug),
        "stage_label": stage_label,
        "requirement_label": requirement_label,
    }


def there(access: Access) -> Callable[[datetime], str]:
    """Return what tells a moment by the calendar and the clock of the venue."""
    return partial(_at_the_venue, zone=ZoneInfo(access.event.time_zone), reader=spoken().code)


@dataclass(frozen=True)
class Waiting:
    """A release that waits for its hour, or was missed at it."""

    id: int
    publish_at: datetime
    stage: Stage
    note: Mapping[str, str]
    by: str | None
    #: Whether it publishes whatever the plan says then.
    is_latest: bool
    #: Why it was not, or will not be, published.
    missed: str | None
    #: Whether it still waits.
    is_waiting: bool


def waiting_release(access: Access) -> Waiting | None:
    """Return the release that waits for its hour, or one that was missed after the last release."""
    found = last_scheduled(access.event_id)
    if found is None:
        return None
    last = last_release(access.event_id)
    number = last.number if last else 0
    missed = found.missed
    if not found.is_latest and number != found.after_number and missed is None:
        missed = {"why": "released", "number": number}
    return Waiting(
        id=found.id,
        publish_at=found.publish_at,
        stage=found.stage,
        note=found.note,
        by=found.user.name if found.user else None,
        is_latest=found.is_latest,
        missed=missed_label(missed) if missed else None,
        is_waiting=found.state is Appointment.WAITING,
    )


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


def place_of(programme: Programme, session: Session) -> Markup:
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
