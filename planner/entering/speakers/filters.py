"""What the list of speakers was asked for, and the speakers that answer to it."""

from collections.abc import Callable
from dataclasses import dataclass

from planner.entering.lists import Asked, holds
from planner.entering.speakers.queries import Line
from planner.i18n.sorting import sort_key
from planner.lib.text import fold
from planner.sessions.models import Answer
from planner.speakers.naming import called, is_known

#: What one can sort by; the first is how the list comes.
SORTS = ("name", "number", "sessions")
#: What somebody may lack, or not have done.
EMAIL, SESSIONS, ANSWER = "email", "sessions", "answer"


@dataclass(frozen=True)
class Filters(Asked):
    """The query of the list of speakers; what is empty was not asked for."""

    role: str = ""
    visibility: str = ""
    #: Those without an e-mail address, without a session, or who have not answered.
    without: str = ""


def chosen(speakers: list[Line], filters: Filters, *, reader: str, sees_names: bool) -> list[Line]:
    """Return the speakers that were asked for, in the order asked for.

    Nobody is found by what who asks may not know of them.
    """
    words = fold(filters.q).split()

    def is_asked_for(line: Line) -> bool:
        return (
            filters.visibility in ("", line.visibility)
            and (not filters.role or any(part.role == filters.role for part in line.parts))
            and _lacks(line, filters.without, sees_names=sees_names)
            and (not words or holds(words, texts_of(line, reader, sees_names=sees_names)))
        )

    def name(line: Line) -> tuple[object, ...]:
        if not is_known(line, sees_names=sees_names):
            return True, "", line.number
        return False, sort_key(str(called(line, reader, sees_names=sees_names))), line.number

    keys: dict[str, Callable[[Line], tuple[object, ...]]] = {
        "number": lambda line: (line.number,),
        "sessions": lambda line: (-len(line.parts), *name(line)),
    }
    return sorted(filter(is_asked_for, speakers), key=keys.get(filters.sort, name))


def _lacks(line: Line, what: str, *, sees_names: bool) -> bool:
    match what:
        case "email":
            return is_known(line, sees_names=sees_names) and not line.email
        case "sessions":
            return not line.parts
        case "answer":
            return any(part.answer is Answer.ASKED for part in line.parts)
    return True


def texts_of(line: Line, reader: str, *, sees_names: bool) -> list[str]:
    """Return by what one can find a speaker, as far as one may know them."""
    found = [line.code, str(line.number), str(called(line, reader, sees_names=sees_names))]
    if is_known(line, sees_names=sees_names):
        for text in line.texts.values():
            found += [text.display_name, text.pseudonym, text.organisation]
        found.append(line.email or "")
    return found
