"""The rota of an interpreter: their turns day by day, with whom they alternate, and their rest."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy import select

from planner.extensions import db
from planner.i18n.content import LocalText
from planner.i18n.formats import comma, duration, long_date, time_range
from planner.i18n.languages import name_of
from planner.interpreting.models import Turn
from planner.programme.vocabulary import Role
from planner.releases.builder import appearance_of
from planner.sessions.models import Answer
from planner.slots.frame import Visit
from planner.slots.queries import shown_to
from planner.slots.slots_content import Content, Standing


@dataclass(frozen=True)
class Stretch:
    """A turn, or a whole session of which nobody has dealt out turns yet."""

    starts_at: datetime
    minutes: int
    hours: Markup
    title: LocalText | str
    room: LocalText | None
    floor: LocalText | None
    #: From which language into which; empty where no turns are dealt out.
    languages: str
    partners: tuple[LocalText | str, ...]
    is_turn: bool
    is_plan: bool
    #: What comes between this and the next one of the day: a rest, or nothing.
    rest: str = ""
    is_tight: bool = False


@dataclass(frozen=True)
class RotaDay:
    """A day of an interpreter."""

    day: date
    heading: str
    total: str
    stretches: tuple[Stretch, ...]


def rota_of(visitor: Visit) -> list[RotaDay]:
    """Return the days of an interpreter, as far as they may know where sessions stand."""
    contents = [
        content
        for content in shown_to(visitor.speaker)
        if content.starts_at and not content.is_cancelled and _interprets(content)
    ]
    turns = _turns([content.people[0].session_id for content in contents])
    by_day: dict[date, list[Stretch]] = defaultdict(list)
    for content in contents:
        for stretch in _stretches(visitor, content, turns[content.people[0].session_id]):
            by_day[stretch.starts_at.date()].append(stretch)
    return [_day(visitor, day, found) for day, found in sorted(by_day.items())]


def _interprets(content: Content) -> bool:
    return any(
        person.role is Role.INTERPRETER and person.answer is not Answer.DECLINED
        for person in content.people
    )


def _turns(session_ids: Iterable[int]) -> dict[int, list[Turn]]:
    found: dict[int, list[Turn]] = defaultdict(list)
    rows = select(Turn).where(Turn.session_id.in_(list(session_ids)))
    for turn in db.session.scalars(rows.order_by(Turn.begins, Turn.id)):
        found[turn.session_id].append(turn)
    return found


def _stretches(visitor: Visit, content: Content, turns: list[Turn]) -> Iterable[Stretch]:
    # Who hears two languages in one booth has one turn for both.
    own: dict[tuple[int, int], list[Turn]] = defaultdict(list)
    for turn in turns:
        if turn.speaker_id == visitor.speaker.id and turn.begins < content.minutes:
            own[turn.begins, min(turn.ends, content.minutes)].append(turn)
    for (begins, ends), together in own.items():
        booths = {turn.into for turn in together}
        others = {each.speaker_id for each in turns if each.into in booths}
        told = comma().join(
            gettext(
                "%(spoken)s into %(into)s",
                spoken=name_of(turn.spoken, visitor.lang),
                into=name_of(turn.into, visitor.lang),
            )
            for turn in together
        )
        partners = _partners(visitor, content, others - {visitor.speaker.id})
        yield _stretch(visitor, content, begins, ends, told, partners)
    if not turns:
        yield _stretch(visitor, content, 0, content.minutes, "", ())


def _stretch(  # noqa: PLR0917 -- each is something that is told
    visitor: Visit,
    content: Content,
    begins: int,
    ends: int,
    languages: str,
    partners: tuple[LocalText | str, ...],
) -> Stretch:
    assert content.starts_at is not None  # noqa: S101 -- chosen so
    starts_at = content.starts_at + timedelta(minutes=begins)
    return Stretch(
        starts_at=starts_at,
        minutes=ends - begins,
        hours=time_range(starts_at, ends - begins),
        title=visitor.local(dict(content.title), content.original_language)
        or gettext("No title yet"),
        room=visitor.local(dict(content.room_name)) or None,
        floor=visitor.local(dict(content.floor)) or None,
        languages=languages,
        partners=partners,
        is_turn=bool(languages),
        is_plan=content.standing in {Standing.PLAN, Standing.PROPOSED},
    )


def _partners(visitor: Visit, content: Content, others: set[int]) -> tuple[LocalText | str, ...]:
    """Return with whom an interpreter alternates, as they want to be known now and in public."""
    named = {fellow.code: fellow.name for fellow in content.fellows if fellow.code}
    aliases = [fellow.name for fellow in content.fellows if not fellow.code]
    withheld = visitor.local(visitor.event.withheld_name) or gettext("Name withheld")
    found: dict[int, LocalText | str] = {}
    for person in content.people[0].session.people:
        if person.answer is Answer.DECLINED:
            continue
        if person.speaker_id in others and person.speaker_id not in found:
            told = appearance_of(person)
            texts = named.get(told.speaker or "") or (
                told.pseudonym if told.pseudonym in aliases else {}
            )
            found[person.speaker_id] = visitor.local(dict(texts)) or withheld
    return tuple(found.values())


def _day(visitor: Visit, day: date, found: list[Stretch]) -> RotaDay:
    ordered = sorted(found, key=lambda each: (each.starts_at, each.minutes))
    told = [
        _with_rest(visitor, stretch, following)
        for stretch, following in zip(ordered, [*ordered[1:], None], strict=True)
    ]
    minutes = _minutes(stretch for stretch in ordered if stretch.is_turn)
    total = gettext("Interpreting for %(length)s", length=duration(minutes)) if minutes else ""
    return RotaDay(day, long_date(day, visitor.lang), total, tuple(told))


def _minutes(stretches: Iterable[Stretch]) -> int:
    """Return for how many minutes one works; two languages in one booth are heard at once."""
    total = 0
    until: datetime | None = None
    for each in stretches:
        ends = each.starts_at + timedelta(minutes=each.minutes)
        begins = max(each.starts_at, until or each.starts_at)
        if ends > begins:
            total += int((ends - begins).total_seconds()) // 60
            until = ends
    return total


def _with_rest(visitor: Visit, stretch: Stretch, following: Stretch | None) -> Stretch:
    if following is None:
        return stretch
    ends = stretch.starts_at + timedelta(minutes=stretch.minutes)
    gap = int((following.starts_at - ends).total_seconds()) // 60
    if gap <= 0:
        return stretch
    told = gettext("Rest: %(length)s", length=duration(gap))
    return replace(stretch, rest=told, is_tight=gap < visitor.event.turn_minutes)
