"""The days of an agenda: its sessions by time, what clashes, and what is on in between."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext
from markupsafe import Markup, escape

from planner.i18n.formats import duration, short_date, time_range
from planner.i18n.languages import name_of
from planner.lib.intervals import Interval, merged, overlap, without
from planner.programme.document import Session
from planner.programme.published import Published, day_of, ends_at
from planner.programme.vocabulary import Kind, Status
from planner.public.addresses import way_to
from planner.public.cards import Card, Cards

#: A gap is worth telling from this length on.
_WORTH = timedelta(minutes=30)
#: So many sessions are offered for a gap.
_OFFERED = 4


@dataclass(frozen=True)
class Clash:
    """Another session of the agenda that is on at the same time."""

    card: Card
    #: The hours that both take, where these are not all hours of the other one.
    shared: Markup
    #: Whether it is told here what to do about it, and not at the other one of the two.
    is_first: bool
    #: What may help to decide; empty where nothing is known.
    advice: Markup


@dataclass(frozen=True)
class Gap:
    """Time between sessions, and what could be heard in it."""

    hours: Markup
    length: str
    cards: tuple[Card, ...]
    #: How many more there are.
    more: int


@dataclass(frozen=True)
class Item:
    """A session of the agenda, after the gap before it."""

    gap: Gap | None
    card: Card
    clashes: tuple[Clash, ...]


@dataclass(frozen=True)
class AgendaDay:
    """A day of the conference, as one goes through it."""

    key: str
    heading: str
    items: tuple[Item, ...]
    #: What could be heard after the last session.
    gap: Gap | None
    #: The programme of the day.
    href: str


def days_of(published: Published, lang: str, own: Sequence[Session]) -> list[AgendaDay]:
    """Return every day on which something takes place, with the sessions of an agenda.

    ``own`` are these sessions, in order of time. The language must be spoken.
    """
    cards = Cards(published, lang)
    base = way_to("pages.programme", lang=lang, event=published.event.slug)
    days = []
    for day, sessions in published.sessions_by_day.items():
        on = [session for session in sessions if takes_place(session)]
        of_day = [each for each in own if day_of(published.event, each.starts_at) == day]
        if on or of_day:
            items, after = _items(of_day, on, cards, lang)
            heading = short_date(day, lang)
            days.append(
                AgendaDay(day.isoformat(), heading, items, after, f"{base}?day={day.isoformat()}")
            )
    return days


def takes_place(session: Session) -> bool:
    """Tell whether one can go to a session: it is not cancelled, and neither break nor meal."""
    return session.status is not Status.CANCELLED and session.kind not in {Kind.BREAK, Kind.MEAL}


def clashes_in(sessions: Iterable[Session]) -> int:
    """Return how many pairs of sessions take place at the same time."""
    on = [session for session in sessions if session.status is not Status.CANCELLED]
    return sum(_meet(one, other) for n, one in enumerate(on) for other in on[n + 1 :])


def _meet(one: Session, other: Session) -> bool:
    return overlap(one.starts_at, ends_at(one), other.starts_at, ends_at(other))


def _items(
    own: Sequence[Session], on: Sequence[Session], cards: Cards, lang: str
) -> tuple[tuple[Item, ...], Gap | None]:
    if not own:
        return (), None
    gaps = list(_gaps(own, on, cards, lang))
    items = []
    for session in own:
        before = next((gap for end, gap in gaps if end <= session.starts_at), None)
        gaps = [(end, gap) for end, gap in gaps if end > session.starts_at]
        items.append(Item(before, cards.card(session), tuple(_clashes(session, own, cards, lang))))
    return tuple(items), gaps[0][1] if gaps else None


def _clashes(session: Session, own: Sequence[Session], cards: Cards, lang: str) -> Iterator[Clash]:
    if session.status is Status.CANCELLED:
        return
    for other in own:
        if other is session or other.status is Status.CANCELLED or not _meet(session, other):
            continue
        begins = max(session.starts_at, other.starts_at)
        minutes = (min(ends_at(session), ends_at(other)) - begins) // timedelta(minutes=1)
        yield Clash(
            card=cards.card(other),
            shared=time_range(begins, minutes) if minutes < other.minutes else Markup(""),
            is_first=own.index(session) < own.index(other),
            advice=_advice(session, other, cards, lang),
        )


def _advice(session: Session, other: Session, cards: Cards, lang: str) -> Markup:
    """Return in which of two sessions the reader's language is heard, if that is only one."""
    understood = [each for each in (session, other) if _is_heard(each, lang)]
    if len(understood) != 1:
        return Markup("")
    told = gettext("Of the two, only %(title)s can be followed in %(language)s.")
    title = Markup("<q>{}</q>").format(cards.title(understood[0]))
    return escape(told) % {"title": title, "language": name_of(lang, lang)}


def _is_heard(session: Session, lang: str) -> bool:
    return lang in session.spoken_languages or lang in session.interpreted_languages


def _gaps(
    own: Sequence[Session], on: Sequence[Session], cards: Cards, lang: str
) -> Iterator[tuple[datetime, Gap]]:
    """Yield gaps in which something else could be heard from beginning to end, with their ends."""
    taken = merged(
        (each.starts_at, ends_at(each)) for each in own if each.status is not Status.CANCELLED
    )
    others = [each for each in on if each.code not in {mine.code for mine in own}]
    if not others:
        return
    free: list[Interval] = [(min(each.starts_at for each in on), max(ends_at(each) for each in on))]
    for start, end in taken:
        free = without(free, start, end)
    for start, end in free:
        fitting = [each for each in others if start <= each.starts_at and ends_at(each) <= end]
        if fitting and end - start >= _WORTH:
            first = sorted(fitting, key=lambda each: not _is_heard(each, lang))[:_OFFERED]
            first.sort(key=lambda each: each.starts_at)
            minutes = (end - start) // timedelta(minutes=1)
            gap = Gap(
                hours=time_range(start, minutes),
                length=duration(minutes),
                cards=tuple(cards.of(first)),
                more=len(fitting) - len(first),
            )
            yield end, gap
