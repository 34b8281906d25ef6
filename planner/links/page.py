"""The pages of links in the desk: who has one, who has used it, who has answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import segno
from flask_babel import gettext

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.history.account import ago
from planner.i18n.content import LocalText
from planner.i18n.labels import N_
from planner.lib.clock import now
from planner.links.queries import Line
from planner.notices.models import NoticeKind
from planner.speakers.naming import called, is_known


class Choice(StrEnum):
    """Which speakers the list shows."""

    TO_ANSWER = "to-answer"
    ANSWERED = "answered"
    UNUSED = "unused"
    NO_LINK = "no-link"
    NO_ADDRESS = "no-address"


_CHOICES = {
    Choice.TO_ANSWER: N_("Not answered yet"),
    Choice.ANSWERED: N_("Answered"),
    Choice.UNUSED: N_("Link never used"),
    Choice.NO_LINK: N_("No link"),
    Choice.NO_ADDRESS: N_("No e-mail address"),
}


@dataclass(frozen=True)
class Row:
    """A speaker in the list."""

    line: Line
    name: LocalText
    #: Whether there is an address; None before those who may not know.
    has_address: bool | None
    made: str | None
    used: str | None

    @property
    def waits(self) -> bool:
        """Whether a message to them is on its way."""
        return bool(self.line.waiting)


def choice_label(choice: Choice) -> str:
    """Return which speakers are meant, in words."""
    return str(gettext(_CHOICES[choice]))


def chosen(access: Access, lines: Iterable[Line], choice: Choice | None) -> list[Line]:
    """Return the speakers that are meant; who has no address only as far as one may know."""
    match choice:
        case Choice.TO_ANSWER:
            return [line for line in lines if line.has_to_answer]
        case Choice.ANSWERED:
            return [line for line in lines if line.has_answered]
        case Choice.UNUSED:
            return [line for line in lines if line.made_at and not line.used_at]
        case Choice.NO_LINK:
            return [line for line in lines if not line.made_at]
        case Choice.NO_ADDRESS:
            return [line for line in lines if _has_address(access, line) is False]
    return list(lines)


def rows(access: Access, lines: Iterable[Line]) -> list[Row]:
    """Return speakers as the list shows them."""
    return [
        Row(
            line,
            name_of(access, line),
            _has_address(access, line),
            _since(line.made_at),
            _since(line.used_at),
        )
        for line in lines
    ]


def name_of(access: Access, line: Line) -> LocalText:
    """Return what a speaker is called before who asks."""
    return called(line, spoken().code, sees_names=access.sees_names)


def to_send(lines: Iterable[Line]) -> list[Line]:
    """Return to whom a link can be sent: who takes part, has an address, and waits for none."""
    return [
        line
        for line in lines
        if line.takes_part and line.email and NoticeKind.LINK not in line.waiting
    ]


def to_remind(lines: Iterable[Line]) -> list[Line]:
    """Return who can be reminded: who has not answered, has an address, and waits for none."""
    return [
        line
        for line in lines
        if line.has_to_answer and line.email and NoticeKind.REMINDER not in line.waiting
    ]


def picture_of(address: str) -> str:
    """Return a QR code as an address of its own, so that no other page has to know the link."""
    return str(segno.make_qr(address, error="m").svg_data_uri(scale=4, border=4, light="#fff"))


def _has_address(access: Access, line: Line) -> bool | None:
    return bool(line.email) if is_known(line, sees_names=access.sees_names) else None


def _since(moment: datetime | None) -> str | None:
    return ago(moment, now()) if moment else None
