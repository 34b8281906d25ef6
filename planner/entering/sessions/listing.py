"""The list of sessions, as the page shows it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.desk.layout import reader_of
from planner.entering.conflicts import Counts, counts, troubled
from planner.entering.lists import Page, page_of
from planner.entering.sessions.filters import Filters, chosen
from planner.i18n.content import LocalText
from planner.i18n.formats import time_range
from planner.speakers.queries import Directory, directory_of
from planner.timetable.parts import Session, Theme
from planner.timetable.plan import Plan
from planner.timetable.registry import Severity

#: So many people are named in a list; of the others their number is told.
_NAMED = 3


@dataclass(frozen=True)
class Row:
    """A session in the list."""

    session: Session
    title: LocalText
    day: date | None
    hours: Markup | None
    room: LocalText | None
    theme: Theme | None
    theme_name: LocalText | None
    people: list[LocalText]
    further: int
    #: Languages of the event in which it has no title.
    missing: list[str]
    #: How many errors and warnings it has a part in.
    errors: int
    warnings: int


def sessions_page(access: Access, plan: Plan, filters: Filters) -> Page[Row]:
    """Return a page of the list."""
    reader = spoken().code
    people = directory_of(plan.speakers, reader, sees_names=access.sees_names)
    codes = troubled(plan) if filters.conflicts else frozenset()
    found = chosen(plan, filters, people, reader=reader, troubled=codes)
    page = page_of(found, filters.page, total=len(plan.sessions))
    counted = counts(plan, (session.code for session in page.items))
    rows = list(_rows(access, plan, page.items, people, counted))
    return Page(rows, page.number, page.pages, page.found, page.total)


def _rows(
    access: Access,
    plan: Plan,
    shown: Iterable[Session],
    people: Directory,
    counted: Mapping[str, Counts],
) -> Iterator[Row]:
    local = reader_of(access)
    rooms = {room.slug: local(dict(room.name)) for room in plan.rooms}
    for session in shown:
        theme = plan.theme_by_slug.get(session.theme or "")
        ids = list(dict.fromkeys(person.speaker_id for person in session.people))
        severities = counted.get(session.code, {})
        yield Row(
            session,
            local(dict(session.titles), session.original_language),
            plan.day_of(session.starts_at) if session.starts_at else None,
            time_range(session.starts_at, session.minutes) if session.starts_at else None,
            rooms.get(session.room or ""),
            theme,
            local(dict(theme.name)) if theme else None,
            [people.by_id[speaker_id].called for speaker_id in ids[:_NAMED]],
            len(ids[_NAMED:]),
            [lang for lang in plan.languages if lang not in session.titles],
            severities.get(Severity.ERROR, 0),
            severities.get(Severity.WARNING, 0),
        )
