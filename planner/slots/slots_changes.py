"""What differs from how a speaker saw a session last, in words of the language spoken now."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext
from markupsafe import Markup

from planner.i18n.formats import short_date, time_range
from planner.i18n.labels import N_
from planner.slots.slots_content import Content, Standing

#: What is said of a difference in these facts, where nothing is told of how it was.
_WORDS = {
    "minutes": N_("Another length"),
    "title": N_("Another title"),
    "kind": N_("Another kind of session"),
    "theme": N_("Another theme"),
    "roles": N_("Your part is another"),
    "people": N_("Other people take part"),
    "languages": N_("Other languages"),
    "audience": N_("Another number of people expected"),
    "equipment": N_("Other equipment"),
    "note": N_("The organizers’ note is new or changed"),
}
_STANDINGS = {
    Standing.CANCELLED: N_("Cancelled"),
    Standing.FINAL: N_("Final now"),
    Standing.DRAFT: N_("Published now, as a draft"),
    Standing.PLAN: N_("Only planned now: not yet published like this"),
    Standing.PROPOSED: N_("Only proposed now"),
}


def changes(
    before: Mapping[str, Any], content: Content, reader: str, room_called: Callable[[str], str]
) -> list[Markup]:
    """Return what of a session is otherwise than it was seen; ``room_called`` names by slug."""
    now = content.kept()
    differs = {name for name in now if now[name] != before.get(name)}
    found = []
    if "standing" in differs:
        is_back = before["standing"] == Standing.CANCELLED
        words = N_("Takes place again") if is_back else _STANDINGS[content.standing]
        found.append(Markup.escape(gettext(words)))
        if content.is_cancelled:
            return found
    if "at" in differs:
        found.append(_moved(before, reader))
    if differs & {"room", "across"}:
        name = room_called(before.get("room") or "")
        found.append(
            _with(gettext("Another room; it was: %(room)s"), name)
            if name
            else Markup.escape(gettext("Another room"))
        )
    found += [Markup.escape(gettext(words)) for name, words in _WORDS.items() if name in differs]
    return found


def when(facts: Mapping[str, Any], reader: str) -> Markup | None:
    """Return the day and the hours that a session had, or None when it had none."""
    if not facts.get("at"):
        return None
    at = datetime.fromisoformat(facts["at"])
    return Markup("{} {}").format(short_date(at.date(), reader), time_range(at, facts["minutes"]))


def _moved(before: Mapping[str, Any], reader: str) -> Markup:
    former = when(before, reader)
    if former is None:
        return Markup.escape(gettext("It has an hour and a room now"))
    return _with(gettext("Another hour; it was: %(when)s"), former)


def _with(words: str, told: str) -> Markup:
    """Return words, which are ours, with something in their one place."""
    before, _, rest = words.partition("%(")
    return Markup.escape(before) + told + Markup.escape(rest.partition(")s")[2])
