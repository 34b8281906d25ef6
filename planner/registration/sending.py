"""Messages to participants on their way: each carries their private link, and nothing they typed.

Whoever typed the address may not be whose it is, so not even the name is in them.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage

from flask import current_app, render_template
from flask_babel import gettext
from sqlalchemy.orm import Session as DatabaseSession

from planner.i18n.content import localize
from planner.i18n.formats import quoted
from planner.i18n.interface import speaking
from planner.i18n.labels import N_
from planner.lib.text import clean_line
from planner.notices import operations
from planner.notices.composing import plain_message
from planner.notices.models import Notice, NoticeKind
from planner.participants.models import Participant
from planner.registration.keys import address_of, token_of
from planner.registration.operations import TO_CONFIRM

#: A server that puts off a message is asked about so often: for some three days.
_ATTEMPTS = 20
_SUBJECTS = {
    NoticeKind.CONFIRMING: N_("%(event)s: please confirm your registration"),
    NoticeKind.REGISTRATION: N_("%(event)s: your registration"),
    NoticeKind.MOVED_UP: N_("%(event)s: you have a place"),
    NoticeKind.CALLED_OFF: N_("%(event)s: your registration is cancelled"),
}
#: After so long a message helps nobody any more.
_LIFETIMES = {NoticeKind.CONFIRMING: TO_CONFIRM}
_USUAL_LIFETIME = timedelta(days=7)


@dataclass(frozen=True)
class RegistrationMessage:
    """A message to a participant that one sender has taken."""

    number: int
    kind: NoticeKind
    language: str
    email: str
    event: str
    #: Whoever has it can cancel, so it is in nothing that may be logged.
    link: str = field(repr=False)

    def written(self, sender: Address) -> EmailMessage:
        """Return the message.

        :raises ValueError: when the address is none, or a header would hold a line break.
        """
        called = Address(self.event, addr_spec=sender.addr_spec)
        with speaking(self.language):
            text = render_template(
                f"mail/{self.kind}.txt",
                event=quoted(self.event),
                link=self.link,
                lost=f"{current_app.config['BASE_URL']}/registration/",
            )
            subject = clean_line(gettext(_SUBJECTS[self.kind], event=self.event))
        return plain_message(called, self.email, subject, text, self.language)


def commission(database: DatabaseSession, notice: Notice) -> RegistrationMessage:
    """Return a message for a sender, within the transaction in which they take it."""
    participant = database.get_one(Participant, notice.participant_id)
    event, language = participant.event, participant.language
    notice.language = language
    return RegistrationMessage(
        number=notice.id,
        kind=notice.kind,
        language=language,
        email=participant.email,
        event=clean_line(localize(event.name, language, order=event.languages).value),
        link=address_of(token_of(database, participant)),
    )


def init() -> None:
    """Let messages to participants go out with the other mail."""
    for kind in _SUBJECTS:
        operations.BRANCHES[kind] = operations.Branch(
            commission,
            lambda _database, _notice: None,
            _ATTEMPTS,
            _LIFETIMES.get(kind, _USUAL_LIFETIME),
        )
