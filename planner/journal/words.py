"""What entries of the journal say, in the reader's language.

Each package says what its actions are called, beside the operation: ``action(key, words)``. Words
name the thing and not the doer, as in «“%(session)s” moved to %(room)s», because a verb for a
doer needs a gender in Arabic. What stands in their place comes from the facts of the entry.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext
from markupsafe import Markup

from planner.i18n.content import localize
from planner.i18n.formats import clock, short_date
from planner.i18n.languages import name_of as name_of_language
from planner.journal.models import Entry

#: The name of a speaker by their number, for whoever reads.
NameOf = Callable[[int], str]
_WORDS: dict[str, str] = {}


def action(key: str, words: str) -> str:
    """Say what an action is called; ``words`` is a msgid marked with ``N_``. Return the key.

    :raises ValueError: when another action has that key.
    """
    if _WORDS.setdefault(key, words) != words:
        raise ValueError(f"there is an action {key} already")
    return key


def texts(told: Mapping[str, str], original: str | None = None) -> dict[str, Any]:
    """Return a fact: a text in several languages."""
    return {"texts": {lang: text for lang, text in told.items() if text}, "original": original}


def speaker(number: int) -> dict[str, Any]:
    """Return a fact: a speaker, whose name is found when it is read, and only by who may."""
    return {"speaker": number}


def moment(starts_at: datetime) -> dict[str, Any]:
    """Return a fact: a day and an hour of the venue."""
    return {"moment": starts_at.isoformat(timespec="minutes")}


def day(told: date) -> dict[str, Any]:
    """Return a fact: a day."""
    return {"day": told.isoformat()}


def language(code: str) -> dict[str, Any]:
    """Return a fact: a language, told by its name."""
    return {"language": code}


def described(key: str, facts: Mapping[str, Any], reader: str, name_of: NameOf) -> Markup:
    """Return what an action did, in the language spoken now, which is the reader's."""
    words = _WORDS.get(key)
    if words is None:
        return Markup.escape(key)
    told = {name: _told(fact, reader, name_of) for name, fact in facts.items()}
    # The words are ours; what is put into them is escaped by the template of markup.
    return _filled(gettext(words), told)


def who_did(entry: Entry) -> str:
    """Return who did something: an organizer, a speaker, or a command of the machine.

    What has no organizer and is about a speaker was done by them, behind their link or by mail.
    """
    if entry.user:
        return entry.user.name
    return str(gettext("the speaker") if "speaker" in entry.facts else gettext("command line"))


def _filled(words: str, told: Mapping[str, Markup]) -> Markup:
    pieces = words.split("%(")
    done = Markup.escape(pieces[0])
    for piece in pieces[1:]:
        name, _, rest = piece.partition(")s")
        done += told.get(name, Markup("…")) + rest
    return done


def _told(fact: Any, reader: str, name_of: NameOf) -> Markup:
    match fact:
        case {"texts": found, **rest}:
            chosen = localize(
                found, reader, original=str(rest["original"]) if rest.get("original") else None
            )
            return chosen.__html__() if chosen else Markup("…")
        case {"speaker": number}:
            return _isolated(name_of(number))
        case {"moment": written}:
            found = datetime.fromisoformat(written)
            return Markup('{} <bdi dir="ltr">{}</bdi>').format(
                short_date(found.date(), reader), clock(found)
            )
        case {"day": written}:
            return Markup.escape(short_date(date.fromisoformat(written), reader))
        case {"language": code}:
            return Markup.escape(name_of_language(code, reader))
    return _isolated("…" if fact is None else str(fact))


def _isolated(text: str) -> Markup:
    return Markup("<bdi>{}</bdi>").format(text)
