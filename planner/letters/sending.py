"""Letters on their way: written out for the recipient, with invitations, and noted as told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import lru_cache
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession

from planner.extensions import db, metadata
from planner.formats.ical_invitations import Invitation, Method, Participation, invitation
from planner.i18n.content import localize
from planner.letters.facts import Facts, facts_from
from planner.letters.filling import filled, name_in
from planner.letters.models import Told
from planner.lib.clock import now
from planner.lib.text import clean_line
from planner.links.models import Opens
from planner.links.operations import address_of, link_of
from planner.notices import operations
from planner.notices.composing import host, plain_message
from planner.notices.models import Notice, NoticeKind
from planner.programme.document import Session, decode
from planner.programme.published import Published
from planner.programme.vocabulary import Status
from planner.sessions.models import Answer, SessionSpeaker
from planner.sessions.models import Session as PlannedSession
from planner.speakers.models import Speaker

#: A server that puts off a letter is asked about so often: for some three days.
_ATTEMPTS = 20
_PARTICIPATION = {
    Answer.ASKED: Participation.NEEDS_ACTION,
    Answer.CONFIRMED: Participation.ACCEPTED,
    Answer.DECLINED: Participation.DECLINED,
}


@dataclass(frozen=True)
class Letter:
    """A letter that one sender has taken: the text as it is kept, and what fills it."""

    number: int
    kind: NoticeKind
    language: str
    email: str
    subject: str
    text: str
    #: What the speaker is called, by language.
    names: Mapping[str, str]
    code: str
    pseudonym: Mapping[str, str]
    entries: tuple[Mapping[str, Any], ...]
    #: The release that it is about, and the digest by which it is known.
    release: tuple[int, str]
    composed_at: datetime
    #: What they answered, by the codes of sessions.
    answers: Mapping[str, Answer]
    #: Opens the speaker's page for whoever has it, so it is in nothing that may be logged.
    link: str = field(repr=False)

    def written(self, sender: Address) -> EmailMessage:
        """Return the letter with its invitations (RFC 6047): plain text first.

        :raises ValueError: when it has no address, or a header would hold a line break.
        """
        if not self.email:
            raise ValueError("there is no address")
        published = published_as(*self.release)
        event = localize(published.event.name, self.language, order=published.event.languages)
        called = Address(clean_line(event.value), addr_spec=sender.addr_spec)
        name = name_in(self.names, self.language)
        text = filled(self.text, published, self.language, self, name, self.link)
        message = plain_message(called, self.email, self.subject, text, self.language)
        # The same in every attempt, so that a mailbox that has it already can tell.
        del message["Message-ID"]
        message["Message-ID"] = f"<letter-{self.number}.{self.composed_at:%Y%m%d%H%M%S}@{host()}>"
        _enclose(message, list(self._invitations(published, called)))
        return message

    def _invitations(
        self, published: Published, organizer: Address
    ) -> Iterable[tuple[str, Method, bytes]]:
        base_url = current_app.config["BASE_URL"]
        for entry in self.entries:
            facts, method = facts_from(entry["facts"]), Method(entry["method"])
            session = (
                _gone(entry["code"], facts, self.composed_at)
                if method is Method.CANCEL
                else published.session_by_code.get(entry["code"])
            )
            if session is None:
                continue
            answer = self.answers.get(entry["code"], Answer.ASKED)
            about = Invitation(
                method=method,
                sequence=entry["sequence"],
                stamp=self.composed_at,
                organizer=organizer.addr_spec,
                organizer_name=organizer.display_name,
                attendee=self.email,
                roles=facts.roles,
                participation=_PARTICIPATION[answer],
            )
            lines = invitation(published, session, self.language, base_url, about)
            yield entry["code"], method, lines


def _enclose(message: EmailMessage, invitations: list[tuple[str, Method, bytes]]) -> None:
    """Put invitations into a message: one as another form of it, several as files of it.

    An iTIP object holds one session (RFC 5546, section 3.2), so each has a part of its own.
    """
    if len(invitations) == 1:
        message.make_alternative()
    elif invitations:
        message.make_mixed()
    for code, method, lines in invitations:
        part = EmailMessage(policy=SMTP)
        part.set_content(
            lines.decode(), subtype="calendar", cte="base64", params={"method": method.value}
        )
        del part["MIME-Version"]  # the message has it
        if len(invitations) > 1:
            part.add_header("Content-Disposition", "attachment", filename=f"{code}.ics")
        message.attach(part)


def _gone(code: str, facts: Facts, at: datetime) -> Session:
    """Return a session that is no more, as it was told: the programme may not have it."""
    return Session(
        code=code,
        guid="",
        kind=facts.kind,
        theme=None,
        starts_at=facts.starts_at,
        minutes=facts.minutes,
        room=facts.room,
        across_rooms=facts.across_rooms,
        spoken_languages=(),
        interpreted_languages=(),
        original_language=facts.original_language,
        title=facts.title,
        abstract={},
        online_url=None,
        people=(),
        status=Status.CANCELLED,
        sequence=0,
        created_at=at,
        changed_at=at,
    )


@lru_cache(maxsize=8)
def published_as(release_id: int, digest: str) -> Published:
    """Return the programme of a release; ``digest`` changes when a name had to go from it.

    :raises LookupError: when there is no such release.
    """
    releases = metadata.tables["release"]
    content = db.session.scalar(select(releases.c.document).where(releases.c.id == release_id))
    if content is None:
        raise LookupError(release_id)
    return Published(decode(content), digest)


def commission(database: DatabaseSession, notice: Notice) -> Letter:
    """Return a letter for a sender, within the transaction in which they take it."""
    speaker = database.get_one(Speaker, notice.speaker_id)
    releases = metadata.tables["release"]
    digest = database.scalar(select(releases.c.digest).where(releases.c.id == notice.release_id))
    answers = database.execute(
        select(PlannedSession.code, SessionSpeaker.answer)
        .join(SessionSpeaker.session)
        .where(SessionSpeaker.speaker_id == speaker.id)
    )
    return Letter(
        number=notice.id,
        kind=notice.kind,
        language=notice.language,
        email=speaker.email or "",
        subject=notice.subject or "",
        text=notice.text or "",
        names={lang: text.display_name for lang, text in speaker.texts.items()},
        code=speaker.code,
        pseudonym={lang: t.pseudonym for lang, t in speaker.texts.items() if t.pseudonym.strip()},
        entries=tuple(notice.invitations or ()),
        release=(notice.release_id or 0, digest or ""),
        composed_at=notice.created_at,
        answers={row.code: row.answer for row in answers},
        link=address_of(link_of(database, speaker.id, Opens.PAGE)),
    )


def note_as_told(database: DatabaseSession, notice: Notice) -> None:
    """Keep what a letter tells its speaker as what they were told last."""
    known = {
        told.session_code: told
        for told in database.scalars(select(Told).where(Told.speaker_id == notice.speaker_id))
    }
    for entry in notice.invitations or ():
        told = known.get(entry["code"])
        if told is None:
            told = Told(speaker_id=notice.speaker_id, session_code=entry["code"])
            database.add(told)
        told.sequence = entry["sequence"]
        told.is_cancelled = entry["method"] == Method.CANCEL
        told.facts = entry["facts"]
        told.told_at = now()


def init() -> None:
    """Let letters go out with the other mail."""
    operations.BRANCHES[NoticeKind.SCHEDULE] = operations.Branch(
        commission, note_as_told, _ATTEMPTS
    )
