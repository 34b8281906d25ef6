"""Words of other programs for kinds of session, roles and languages."""

import re

from planner.i18n.languages import canonical_code
from planner.lib.text import fold
from planner.programme.vocabulary import Kind, Role

#: Words of an event's type, folded. The first kind that has any of them is taken, so that a
#: «lunch break» is a meal and an «opening plenary» a plenary.
_KINDS = {
    Kind.PLENARY: "keynote keynotes plenary plenum plenaries",
    Kind.WORKSHOP: "workshop workshops tutorial tutorials training hands masterclass lab",
    Kind.PANEL: "panel panels podium podiumsdiskussion discussion diskussion debate roundtable bof",
    Kind.TESTIMONY: "testimony testimonies testimonial",
    Kind.PERFORMANCE: "performance performances concert konzert djset dj film movie screening "
    "theatre theater music musik show dance poetry auffuhrung",
    Kind.SPORT: "sport sports football",
    Kind.CEREMONY: "ceremony opening closing awards",
    Kind.MEAL: "meal meals lunch dinner breakfast supper brunch",
    Kind.BREAK: "break pause coffee tea",
    Kind.OTHER: "other",
}
#: Titles that tell a kind where the type does not.
_TELLING_TITLES = {
    Kind.MEAL: re.compile(r"(?:breakfast|lunch|dinner|supper|brunch)(?: break)?\Z"),
    Kind.BREAK: re.compile(r"(?:(?:coffee |tea |short )?break|coffee|tea|pause)\Z"),
    Kind.CEREMONY: re.compile(r"(?:\w+ )?(?:opening|closing) (?:ceremony|session)\Z"),
}
_ROLES = {
    Role.MODERATOR: "moderator moderation host chair herald",
    Role.FACILITATOR: "facilitator trainer",
    Role.PERFORMER: "performer artist musician dj",
    Role.INTERPRETER: "interpreter translator",
    Role.SPEAKER: "speaker presenter contributor author panelist panellist",
}
_BETWEEN_LANGUAGES = re.compile(r"[\s,;/|+&()]+|\band\b|\bund\b")
#: Codes that say that there is no one language (ISO 639-2), and words between languages.
_NO_LANGUAGE = {"mul", "und", "zxx", "mis"}
#: The longest code that the plan has room for.
_LONGEST_CODE = 16
#: What stands for "no track".
_NO_TRACK = {"", "no track", "none", "n a"}


def kind_of_type(written: str) -> Kind | None:
    """Return the kind that an event's type tells, or None."""
    return next((kind for kind, known in _KINDS.items() if _has_word(written, known)), None)


def kind_of_title(title: str) -> Kind | None:
    """Return the kind that a title such as «Lunch» tells, or None."""
    folded = fold(title)
    return next((kind for kind, known in _TELLING_TITLES.items() if known.match(folded)), None)


def role_of(written: str) -> Role | None:
    """Return the role that a person is said to have, or None."""
    return next((role for role, known in _ROLES.items() if _has_word(written, known)), None)


def _has_word(written: str, known: str) -> bool:
    return not set(fold(written).replace("_", " ").split()).isdisjoint(known.split())


def is_no_track(written: str) -> bool:
    """Tell whether a track says that there is none."""
    return fold(written) in _NO_TRACK


def languages_of(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes of the languages in a text such as «de, en», and what was no language."""
    codes: dict[str, None] = {}
    unknown: list[str] = []
    for word in _BETWEEN_LANGUAGES.split(written.lower()):
        if not word or word in _NO_LANGUAGE:
            continue
        code = canonical_code(word)
        if code is None:
            unknown.append(word)
        else:
            codes[code if len(code) <= _LONGEST_CODE else code.partition("-")[0]] = None
    return tuple(codes), tuple(unknown)
