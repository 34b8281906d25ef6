"""The text of messages: plain, in the recipient's language, one message to one recipient."""

import textwrap
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from urllib.parse import urlsplit

from flask import current_app, render_template
from flask_babel import gettext

from planner.accounts.links import address_of
from planner.accounts.models import Purpose
from planner.i18n.content import localize
from planner.i18n.formats import quoted
from planner.i18n.interface import speaking
from planner.i18n.labels import N_
from planner.lib.clock import now
from planner.lib.text import clean_line
from planner.notices.models import NoticeKind

_SUBJECTS = {
    NoticeKind.INVITATION: N_("Invitation: plan %(event)s with us"),
    NoticeKind.RESET: N_("A new password for your account"),
    NoticeKind.PASSWORD: N_("Your password was changed"),
    NoticeKind.SECOND_FACTOR: N_("Your second factor was removed"),
}
_WIDTH = 72
_PURPOSES = {NoticeKind.INVITATION: Purpose.INVITATION, NoticeKind.RESET: Purpose.RESET}


@dataclass(frozen=True)
class Errand:
    """A message that one sender has taken: what to say to whom."""

    number: int
    kind: NoticeKind
    language: str
    email: str
    name: str
    #: What the link in it is made of, where there is one.
    token: str | None = None
    #: Of an invitation: the event's name by language, its languages, and who invites.
    event: dict[str, str] | None = None
    languages: tuple[str, ...] = ()
    by: str | None = None

    def written(self, sender: Address) -> EmailMessage:
        """Return the message that says it.

        :raises ValueError: when a header would hold a line break.
        """
        return composed(self, sender)


def composed(errand: Errand, sender: Address) -> EmailMessage:
    """Return the message. Line breaks within a header are refused by the library.

    :raises ValueError: when a header would hold one.
    """
    with speaking(errand.language):
        event = localize(errand.event or {}, errand.language, order=errand.languages)
        text = render_template(
            f"mail/{errand.kind}.txt",
            name=_quoted(errand.name),
            event=_quoted(event.value),
            by=_quoted(errand.by) if errand.by else None,
            link=_link(errand),
            site=current_app.config["BASE_URL"],
        )
        subject = gettext(_SUBJECTS[errand.kind], event=clean_line(event.value))
    return plain_message(sender, errand.email, subject, text, errand.language)


def plain_message(
    sender: Address, email: str, subject: str, text: str, language: str
) -> EmailMessage:
    """Return a message of plain text to one recipient.

    :raises ValueError: when a header would hold a line break, or the address is none.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = Address(addr_spec=email)
    message["Subject"] = subject
    message["Date"] = format_datetime(now())
    message["Message-ID"] = make_msgid(domain=host())
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence need be told
    message.set_content(_wrapped(text))
    message["Content-Language"] = language
    return message


def _wrapped(text: str) -> str:
    """Return text in lines that every program shows whole; addresses are never broken."""
    lines = (
        textwrap.fill(line, _WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in text.strip().splitlines()
    )
    return "\n".join(lines) + "\n"


def _link(errand: Errand) -> str | None:
    purpose = _PURPOSES.get(errand.kind)
    return address_of(purpose, errand.token) if purpose and errand.token else None


def host() -> str:
    """Return the host of this installation, as it stands in headers."""
    return urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"


def _quoted(text: str) -> str:
    """Return what somebody wrote so that it can be taken for nothing else."""
    return quoted(clean_line(text))
