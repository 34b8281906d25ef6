"""How far a plan has come: placed, confirmed and translated, in all, by theme and by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planner.readiness.state import PlanState
from planner.readiness.texts import is_there
from planner.sessions.models import State
from planner.timetable.parts import Session, Texts, Theme
from planner.translating.units import UnitKind


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    done: int
    total: int

    @property
    def percent(self) -> float:
        """How much of it is done, in hundredths; 0 where there is nothing to do."""
        return 100 * self.done / self.total if self.total else 0.0


@dataclass(frozen=True)
class Way:
    """How far some sessions have come; ``translated`` counts languages of sessions."""

    placed: Share
    confirmed: Share
    translated: Share


@dataclass(frozen=True)
class Progress:
    """How far the sessions that are not withdrawn have come."""

    whole: Way
    #: By theme in the organizers' order; None are those without one, if there are any.
    themes: tuple[tuple[Theme | None, Way], ...]
    #: By day with its name; None are those without a place, if there are any.
    days: tuple[tuple[date | None, Texts, Way], ...]


def progress_of(state: PlanState) -> Progress:
    """Return how far a plan has come."""
    plan = state.plan
    translated = _translated(state)

    def way(sessions: Iterable[Session]) -> Way:
        found = list(sessions)
        texts = [translated[session.code] for session in found if session.code in translated]
        return Way(
            Share(sum(item.starts_at is not None for item in found), len(found)),
            Share(sum(item.state is State.CONFIRMED for item in found), len(found)),
            Share(sum(text.done for text in texts), sum(text.total for text in texts)),
        )

    of_theme: dict[str | None, list[Session]] = {theme.slug: [] for theme in plan.themes}
    of_day: dict[date | None, list[Session]] = {day.date: [] for day in plan.days}
    for session in plan.active:
        of_theme.setdefault(session.theme, []).append(session)
        day = plan.day_of(session.starts_at) if session.starts_at else None
        of_day.setdefault(day, []).append(session)
    names = {day.date: day.name for day in plan.days}
    # Days that are none of the event's stand in their place, what has no place at the end.
    days = sorted(of_day, key=lambda day: (day is None, day or date.max))
    return Progress(
        way(plan.active),
        tuple((plan.theme_by_slug.get(slug or ""), way(of_theme[slug])) for slug in of_theme),
        tuple((day, names.get(day, {}) if day else {}, way(of_day[day])) for day in days),
    )


def _translated(state: PlanState) -> dict[str, Share]:
    """Return of each session into how many languages it is translated, as the event asks for it."""
    reviewed = state.event.reviews_texts
    found = {session.code: Share(0, len(state.event.languages)) for session in state.plan.active}
    for unit in state.units:
        if unit.kind is UnitKind.SESSION:
            wanted = [lang for lang in state.event.languages if lang != unit.original]
            done = sum(is_there(unit, lang, reviewed=reviewed) for lang in wanted)
            found[unit.key] = Share(done, len(wanted))
    return found
