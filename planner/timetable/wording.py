"""What conflicts say, in the language spoken now, naming their parties.

Facts are ``(kind, value…)``. Titles and names stand in the language and direction that they are
in; people are named only before those who may know them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from flask_babel import gettext, ngettext
from markupsafe import Markup

from planner.i18n.content import LocalText, localize
from planner.i18n.formats import clock, duration, short_date, time_range
from planner.i18n.languages import name_of
from planner.speakers.naming import called
from planner.timetable.parts import Session, Speaker, Texts
from planner.timetable.plan import Plan
from planner.timetable.registry import Conflict, Fact, Rule, rules


def label_of(rule: Rule) -> str:
    """Return what a rule looks for, in a few words."""
    return str(gettext(rule.label))


def described(
    conflict: Conflict,
    plan: Plan,
    reader: str,
    *,
    sees_names: bool,
    link: Callable[[str], str] | None = None,
) -> Markup:
    """Return the sentence of a conflict, with all its parties.

    ``link`` gives the address of a session by its code, where titles are to be links.
    """
    voice = _Voice(plan, reader, sees_names, link)
    return _filled(gettext(rules()[conflict.rule].words), dict(conflict.facts), voice)


def reasoned(conflict: Conflict, plan: Plan, code: str, reader: str, *, sees_names: bool) -> Markup:
    """Return what stands against a slot, for somebody who holds the session ``code``.

    The conflict is one of :func:`planner.timetable.costs.costs`; the plan is the present one,
    in which the others stand where they do.
    """
    told = dict(conflict.facts)
    others = [plan.by_code[item] for item in conflict.sessions if item != code]
    told["others"] = ("hours_of", *((other.code, other.start, other.minutes) for other in others))
    if len(conflict.sessions) == _PAIR:
        told |= _facts_of(others[0])
    rule = rules()[conflict.rule]
    return _filled(gettext(rule.reason or rule.words), told, _Voice(plan, reader, sees_names))


_PAIR = 2
#: So many sessions are named in one sentence; more are counted.
_NAMED = 6


def _facts_of(other: Session) -> dict[str, Fact]:
    return {
        "other": ("session", other.code),
        "other_room": ("room", other.room),
        "other_hours": ("hours", other.start, other.minutes),
        "other_end": ("clock", other.end),
    }


def _filled(words: str, facts: dict[str, Fact], voice: "_Voice") -> Markup:
    facts = {"room": ("room", None)} | facts
    told = {
        name: voice.said(kind, *values)
        for name, (kind, *values) in facts.items()
        if f"%({name})s" in words
    }
    return _with(words, told)


def _with(words: str, told: Mapping[str, Markup]) -> Markup:
    """Return words, which are ours, with markup in their places."""
    pieces = words.split("%(")
    done = Markup.escape(pieces[0])
    for piece in pieces[1:]:
        name, _, rest = piece.partition(")s")
        done += told.get(name, Markup("…")) + rest
    return done


@dataclass(frozen=True)
class _Voice:
    """Who reads, and the plan in which things have their names."""

    plan: Plan
    reader: str
    sees_names: bool
    link: Callable[[str], str] | None = None

    def said(self, kind: object, *values: Any) -> Markup:
        """Return a fact in words: the kind is the name of the method that knows how."""
        said: Markup = getattr(self, str(kind))(*values)
        return said

    def session(self, code: str) -> Markup:
        session = self.plan.by_code.get(code)
        title = title_of(session, self.plan, self.reader) if session else None
        told = title.__html__() if title else Markup("<bdi>{}</bdi>").format(code)
        if self.link is None or session is None:
            return told
        return Markup('<a href="{}">{}</a>').format(self.link(code), told)

    def sessions(self, *codes: str) -> Markup:
        return _some(len(codes), (self._quoted(code) for code in codes))

    def hours_of(self, *items: tuple[str, datetime, int]) -> Markup:
        return _some(
            len(items),
            (
                Markup("{} ({})").format(self._quoted(code), self.hours(start, minutes))
                for code, start, minutes in items
            ),
        )

    def _quoted(self, code: str) -> Markup:
        return _with(gettext("“%(title)s”"), {"title": self.session(code)})

    def speaker(self, speaker_id: int) -> Markup:
        speaker = self.plan.speaker_by_id.get(speaker_id)
        if speaker is None:
            return Markup("…")
        return name_of_speaker(speaker, self.reader, sees_names=self.sees_names).__html__()

    def room(self, slug: str | None) -> Markup:
        if slug is None:
            return Markup.escape(gettext("all rooms"))
        room = self.plan.room_by_slug.get(slug)
        return self._named(room.name) if room else Markup("…")

    def theme(self, slug: str) -> Markup:
        theme = self.plan.theme_by_slug.get(slug)
        return self._named(theme.name) if theme else Markup("…")

    def _named(self, texts: Texts) -> Markup:
        return localize(texts, self.reader, order=self.plan.languages).__html__()

    def hours(self, start: datetime, minutes: int) -> Markup:
        return time_range(start, minutes)

    def clock(self, moment: datetime | None) -> Markup:
        return Markup('<bdi dir="ltr">{}</bdi>').format(clock(moment) if moment else "…")

    def day(self, day: date) -> Markup:
        return Markup.escape(short_date(day, self.reader))

    def minutes(self, minutes: int) -> Markup:
        return Markup.escape(duration(minutes))

    def languages(self, *codes: str) -> Markup:
        return _listed(Markup.escape(name_of(code, self.reader)) for code in codes)

    def pairs(self, *pairs: tuple[str, str]) -> Markup:
        return _listed(
            Markup.escape(
                gettext(
                    "%(spoken)s into %(into)s",
                    spoken=name_of(spoken, self.reader),
                    into=name_of(into, self.reader),
                )
            )
            for spoken, into in pairs
        )

    def number(self, number: int) -> Markup:
        return Markup("<bdi>{}</bdi>").format(number)


def title_of(session: Session, plan: Plan, reader: str) -> LocalText:
    """Return what a session is called before a reader; empty when it has no title at all."""
    return localize(
        session.titles, reader, original=session.original_language, order=plan.languages
    )


def name_of_speaker(speaker: Speaker, reader: str, *, sees_names: bool) -> LocalText:
    """Return what somebody is called before a reader; see :mod:`planner.speakers.naming`."""
    return called(speaker, reader, sees_names=sees_names)


def _some(count: int, pieces: Iterable[Markup]) -> Markup:
    """Return the first of so many pieces as one list, and how many more there are."""
    # One more is named as briefly as counted.
    if count <= _NAMED + 1:
        return _listed(pieces)
    told = _listed(islice(pieces, _NAMED))
    more = ngettext("and %(num)s more", "and %(num)s more", count - _NAMED)
    return Markup("{} {}").format(told, more)


def _listed(pieces: Iterable[Markup]) -> Markup:
    """Return pieces as one list, separated as the language does it."""
    found = list(pieces)
    done = found[0] if found else Markup("")
    for piece in found[1:]:
        done = _with(gettext("%(list)s, %(item)s"), {"list": done, "item": piece})
    return done
