"""Links on their way: written out for the speaker whose link it is, and kept nowhere."""

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
from planner.lib.text import clean_line, isolated
from planner.links.models import Opens
from planner.links.operations import address_of, link_of
from planner.notices import operations
from planner.notices.composing import plain_message
from planner.notices.models import Notice, NoticeKind
from planner.speakers.languages import language_of
from planner.speakers.models import Speaker

#: A server that puts off a message is asked about so often: for some three days.
_ATTEMPTS = 20
_LIFETIME = timedelta(days=7)
_SUBJECTS = {
    NoticeKind.LINK: N_("%(event)s: your page"),
    NoticeKind.REMINDER: N_("%(event)s: please answer"),
}


@dataclass(frozen=True)
class LinkMessage:
    """A message with a link that one sender has taken."""

    number: int
    kind: NoticeKind
    language: str
    email: str
    name: str
    event: str
    #: Whoever has it can answer for the speaker, so it is in nothing that may be logged.
    link: str = field(repr=False)

    def written(self, sender: Address) -> EmailMessage:
        """Return the message.

        :raises ValueError: when it has no address, or a header would hold a line break.
        """
        if not self.email:
            raise ValueError("there is no address")
        called = Address(self.event, addr_spec=sender.addr_spec)
        with speaking(self.language):
            text = render_template(
                f"mail/{self.kind}.txt",
                name=isolated(self.name) if self.name else None,
                event=quoted(self.event),
                link=self.link,
                lost=f"{current_app.config['BASE_URL']}/speak/",
            )
            subject = clean_line(gettext(_SUBJECTS[self.kind], event=self.event))
        return plain_message(called, self.email, subject, text, self.language)


def commission(database: DatabaseSession, notice: Notice) -> LinkMessage:
    """Return a message for a sender, within the transaction in which they take it."""
    speaker = database.get_one(Speaker, notice.speaker_id)
    event = speaker.event
    language = notice.language = language_of(speaker, event.languages)
    names = {lang: text.display_name for lang, text in speaker.texts.items()}
    called = localize({lang: name for lang, name in names.items() if name.strip()}, language)
    return LinkMessage(
        number=notice.id,
        kind=notice.kind,
        language=language,
        email=speaker.email or "",
        name=clean_line(called.value),
        event=clean_line(localize(event.name, language, order=event.languages).value),
        link=address_of(link_of(database, speaker.id, Opens.PAGE)),
    )


def init() -> None:
    """Let links and reminders go out with the other mail."""
    for kind in _SUBJECTS:
        operations.BRANCHES[kind] = operations.Branch(
            commission, lambda _database, _notice: None, _ATTEMPTS, _LIFETIME
        )
