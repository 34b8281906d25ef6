"""Putting into a letter's text what it does not hold: names, and the private link."""

import re
from collections.abc import Mapping
from typing import Protocol

from flask import current_app

from planner.formats.ical_texts import Wording
from planner.i18n.content import localize
from planner.i18n.interface import speaking
from planner.letters.facts import Myself, fellows_of
from planner.letters.wording import LINK, NAME
from planner.lib.text import clean_line, isolated
from planner.programme.published import Published
from planner.programme.vocabulary import Role

_PLACES = re.compile(rf"{re.escape(NAME)}|{re.escape(LINK)}|\{{people ([0-9A-Z]{{1,12}})\}}")
#: What stands for what is not known, or not shown.
UNSAID = "…"


class Recipient(Protocol):
    """Whom a letter is to, as far as the programme may know them."""

    @property
    def code(self) -> str:
        """Their code."""

    @property
    def pseudonym(self) -> Mapping[str, str]:
        """Their pseudonym by language, empty without one."""

    @property
    def entries(self) -> tuple[Mapping[str, object], ...]:
        """The sessions that the letter tells of."""


def name_in(names: Mapping[str, str], language: str) -> str:
    """Return what a speaker is called in a language, to stand in a text of its own direction."""
    return localize({lang: name for lang, name in names.items() if name.strip()}, language).value


def filled(  # noqa: PLR0917 -- all that fills it
    text: str,
    published: Published,
    language: str,
    recipient: Recipient,
    name: str,
    link: str = UNSAID,
) -> str:
    """Return a letter's text with names: the recipient's ``name``, and others as public.

    ``link`` opens the recipient's page; without one the text says that it is not shown.
    """
    roles = {str(entry["code"]): _roles(entry) for entry in recipient.entries}
    with speaking(language):
        wording = Wording(published, language, current_app.config["BASE_URL"])

        def said(found: re.Match[str]) -> str:
            if found[0] == NAME:
                return isolated(clean_line(name)) if name else UNSAID
            if found[0] == LINK:
                return link
            session = published.session_by_code.get(found[1])
            if session is None:
                return UNSAID
            me = Myself(recipient.code, dict(recipient.pseudonym), roles.get(found[1], ()))
            return "; ".join(map(wording.person, fellows_of(session, me))) or UNSAID

        # All in one go: what a name says is not filled in once more.
        return _PLACES.sub(said, text)


def _roles(entry: Mapping[str, object]) -> tuple[Role, ...]:
    facts = entry["facts"]
    return tuple(Role(role) for role in facts["roles"]) if isinstance(facts, dict) else ()
