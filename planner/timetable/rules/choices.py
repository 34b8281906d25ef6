"""Rules of what people can choose: themes and languages should not compete with themselves."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest

from planner.i18n.labels import N_
from planner.lib.intervals import overlap
from planner.programme.vocabulary import Kind
from planner.timetable.parts import EMPTY, Session
from planner.timetable.plan import Plan
from planner.timetable.registry import Conflict, Place, Severity, rule, rule_of_plan
from planner.timetable.rules.edges import around, dates_around, day_changes
from planner.timetable.rules.rooms import overlapping


def _is_chosen(session: Session) -> bool:
    """Tell whether a session is one of several that people choose from."""
    return not (session.is_pause or session.across_rooms or session.kind is Kind.CEREMONY)


def _theme_edges(plan: Plan, session: Session) -> Iterator[datetime]:
    return around(session, plan.of_theme.get(session.theme or "", EMPTY).sessions)


@rule(
    "theme-overlap",
    Severity.WARNING,
    N_("One theme at the same time"),
    N_("Sessions of the theme %(theme)s are at the same time: %(sessions)s."),
    N_("Of the same theme, at the same time: %(others)s."),
    place=Place.TIME,
    edges=_theme_edges,
)
def theme_overlap(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find sessions of one theme at the same time: who cares for it must miss all but one.

    All that share a moment are one conflict. Pauses, ceremonies and what is held across all
    rooms are no choice.
    """
    if not session.theme or not _is_chosen(session):
        return
    rivals = [
        other
        for other in plan.of_theme.get(session.theme, EMPTY).near(session.start, session.end)
        if other.code != session.code and _is_chosen(other) and overlapping(session, other)
    ]
    for group in _together(session, rivals):
        yield theme_overlap.of_group(plan, group, theme=session.theme)


def _together(session: Session, rivals: Sequence[Session]) -> Iterator[list[Session]]:
    """Yield the groups that share a moment of a session, but those that are part of another."""
    moments = sorted({max(session.start, rival.start) for rival in rivals})
    for moment, following in zip_longest(moments, moments[1:]):
        group = [rival for rival in rivals if rival.start <= moment < rival.end]
        # At the following moment somebody joins; nobody is missed if all are still there.
        if following is None or any(rival.end <= following for rival in group):
            yield [session, *group]


@rule_of_plan(
    "theme-missing",
    Severity.WARNING,
    N_("A day without a theme"),
    N_("Nothing of the theme %(theme)s is placed on %(day)s."),
)
def theme_missing(plan: Plan) -> Iterator[Conflict]:
    """Find days on which a theme has nothing, although it has sessions enough for every day.

    Only days count on which something else is placed already: a plan grows day by day. Pauses
    and ceremonies belong to no theme.
    """
    days = defaultdict(set)
    counts: dict[str, int] = defaultdict(int)
    for session in plan.placed:
        if session.is_pause or session.kind is Kind.CEREMONY:
            continue
        day = plan.day_of(session.start)
        if day in plan.day_by_date:
            days[day].add(session.theme)
            if session.theme:
                counts[session.theme] += 1
    for theme in plan.themes:
        if len(days) > 1 and counts[theme.slug] >= len(days):
            for day in sorted(days):
                if theme.slug not in days[day]:
                    yield theme_missing.of_day(day, by=theme.slug, theme=theme.slug)


def _choice_edges(plan: Plan, session: Session) -> Iterator[datetime]:
    yield from day_changes(plan, session)
    for lang in _counted_languages(plan, session):
        for day in dates_around(session):
            if shared := plan.of_language.get((lang, day), EMPTY).shared(session.code):
                yield from (shared[0] - session.length, shared[1])


def _counted_languages(plan: Plan, session: Session) -> Iterator[str]:
    if len(plan.languages) > 1 and not session.is_pause:
        yield from (lang for lang in session.languages if lang in plan.languages)


@rule(
    "language-clash",
    Severity.WARNING,
    N_("All sessions of a language at the same hour"),
    N_(
        "All sessions of %(day)s in %(language)s are at the same hour, so that one can follow "
        "only one of them: %(sessions)s."
    ),
    N_("All sessions of that day in %(language)s would be at the same hour."),
    place=Place.TIME,
    edges=_choice_edges,
)
def language_clash(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find languages whose sessions of a day all happen at one moment.

    Who speaks only that language can then follow one session on that day. Sessions count that
    are held in the language or interpreted into it, two at least, and plenaries as well; pauses
    do not. Events of one language offer no such choice.
    """
    day = plan.day_of(session.start)
    for lang in _counted_languages(plan, session):
        group = plan.of_language.get((lang, day), EMPTY)
        shared = group.shared(session.code)
        if shared and overlap(session.start, session.end, *shared):
            others = [item for item in group.sessions if item.code != session.code]
            yield language_clash.of_day(
                day, [*others, session], by=lang, language=("languages", lang)
            )
