"""Conflicts that concern a speaker, told to them: nothing but their own sessions is named."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext

from planner.i18n.formats import clock, duration, quoted
from planner.i18n.labels import N_
from planner.slots.slots_content import Content
from planner.speakers.models import Speaker
from planner.timetable.conflicts import Conflict, conflicts_of
from planner.timetable.parts import Session
from planner.timetable.plan import Plan, plan_of

#: What rules about people say to the one whom they are about.
_WORDS = {
    "person-twice": N_("At the same time you are also in %(session)s, until %(end)s (%(room)s)."),
    "unavailable": N_("You said that you are not free at this hour."),
    "changeover": N_(
        "There are only %(gap)s between this and %(session)s (%(room)s); the way takes %(needed)s."
    ),
    "many-sessions": N_("You are in many sessions on this day: %(count)s."),
    "long-interpreting": N_("You interpret for %(total)s on this day; the limit is %(limit)s."),
}


@dataclass(frozen=True)
class Concern:
    """A conflict in words that say “you”."""

    key: str
    words: str


def concerns(
    speaker: Speaker, contents: Iterable[Content], called: Callable[[Content], str], local: Any
) -> dict[str, list[Concern]]:
    """Return the conflicts of a speaker, by the codes of sessions as they see them.

    Judged is what they see, and not what the plan may have become where they do not see that.
    """
    shown = {
        content.code: content
        for content in contents
        if content.starts_at is not None and content.can_be_answered
    }
    if not shown:
        return {}
    plan = plan_of(speaker.event_id)
    mine = replace(
        plan,
        sessions=tuple(
            _as_shown(session, shown[session.code])
            for session in plan.sessions
            if session.code in shown
        ),
    )
    return {
        code: [
            Concern(found.key, _said(found, code, mine, shown, called, local))
            for found in conflicts_of(mine, code)
            if found.rule in _WORDS and speaker.id in found.speakers
        ]
        for code in shown
        if code in mine.by_code
    }


def _as_shown(session: Session, content: Content) -> Session:
    return replace(
        session,
        starts_at=content.starts_at,
        minutes=content.minutes,
        room=content.room,
        across_rooms=content.across_rooms,
    )


def _said(  # noqa: PLR0917 -- all that words need
    conflict: Conflict,
    code: str,
    plan: Plan,
    shown: Mapping[str, Content],
    called: Callable[[Content], str],
    local: Any,
) -> str:
    facts = {name: fact[1] for name, fact in conflict.facts if len(fact) > 1}
    told: dict[str, Any] = {
        name: duration(int(facts[name]))  # type: ignore[call-overload]
        for name in ("gap", "needed", "total", "limit")
        if name in facts
    }
    if "count" in facts:
        told["count"] = facts["count"]
    other = next((item for item in conflict.sessions if item != code), None)
    if other is not None:
        content = shown[other]
        told |= {
            "session": quoted(called(content)),
            "end": clock(plan.by_code[other].end),
            "room": local(content.room_name).value or gettext("all rooms"),
        }
    return str(gettext(_WORDS[conflict.rule], **told))
