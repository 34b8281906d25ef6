"""What speakers answer and ask for on their pages, and what organizers answer to that."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session as DatabaseSession

from planner.database import write_tx
from planner.extensions import db
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.recording import GoneError, StaleError, note_down, recorded
from planner.lib.clock import now
from planner.links.models import Opens, SpeakerLink
from planner.notices.models import NoticeKind
from planner.notices.operations import let_go
from planner.sessions.models import Answer, Session
from planner.sessions.texts import title_fact
from planner.slots.models import Outcome, Request, Seen, Wish
from planner.slots.queries import shown_to
from planner.slots.slots_content import Content, digest_of
from planner.speakers.models import Speaker

ANSWERED = {
    Answer.CONFIRMED: words.action(
        "speaker.confirmed", N_("%(speaker)s answered on their page: yes to “%(session)s”")
    ),
    Answer.DECLINED: words.action(
        "speaker.declined", N_("%(speaker)s answered on their page: no to “%(session)s”")
    ),
}
ASKED = words.action("speaker.asked", N_("Request of %(speaker)s: “%(session)s”"))
ASKED_AT_LARGE = words.action("speaker.asked_at_large", N_("Request of %(speaker)s"))
TAKEN_BACK = words.action("speaker.request_withdrawn", N_("Request of %(speaker)s taken back"))
SETTLED = {
    Outcome.ACCEPTED: words.action(
        "speaker.request_accepted", N_("Request of %(speaker)s accepted")
    ),
    Outcome.REFUSED: words.action("speaker.request_refused", N_("Request of %(speaker)s refused")),
}
#: So many requests of one speaker may be open, and so many made within a day.
MOST_OPEN = 30
MOST_A_DAY = 60


class ChangedError(Exception):
    """What was answered is not any more as it was shown: nothing was written."""


class TooManyError(Exception):
    """A speaker has asked for more than anybody could answer."""


def answer(speaker_id: int, code: str, said: Answer, *, holds_for: str, reason: str = "") -> None:
    """Keep a speaker's answer to a session; a reason is kept as a request beside it.

    ``holds_for`` is the hour and room that were shown.

    :raises ChangedError: when they are others now, or it was cancelled, or is theirs no more.
    :raises TooManyError: when they gave too many reasons.
    """
    with recorded(_event_of(speaker_id), None, ANSWERED[said]) as record:
        speaker = record.database.get_one(Speaker, speaker_id)
        shown = shown_to(speaker)
        content = next((content for content in shown if content.code == code), None)
        if content is None or not content.can_be_answered or content.holds_for != holds_for:
            raise ChangedError(code)
        if said is Answer.CONFIRMED and not holds_for:
            raise ChangedError(code)  # there is no hour yet for which a yes would hold
        session = content.people[0].session
        for person in content.people:
            person.answer = said
            person.answered_for = holds_for if said is Answer.CONFIRMED else ""
        record.facts |= {
            "speaker": words.speaker(speaker.number),
            "session": title_fact(session),
        }
        if reason:
            _ask(record.database, speaker, session, Wish.OTHER, reason)
        _keep_seen(record.database, speaker_id, content, shown)
        if not any(told.waits for told in shown):
            let_go(record.database, [NoticeKind.REMINDER], [speaker_id])
        _note_use(record.database, speaker_id)


def see(speaker_id: int, digest: str) -> None:
    """Note that a speaker has seen everything as it is.

    :raises ChangedError: when it is not any more as ``digest`` says it was shown.
    """
    with write_tx() as database:
        contents = shown_to(database.get_one(Speaker, speaker_id))
        if digest_of(contents) != digest:
            raise ChangedError(digest)
        codes = {content.code for content in contents}
        for seen in database.scalars(select(Seen).where(Seen.speaker_id == speaker_id)):
            if seen.session_code not in codes:
                database.delete(seen)
        _keep_all_seen(database, speaker_id, contents)
        _note_use(database, speaker_id)


def ask(speaker_id: int, code: str | None, wish: Wish, text: str) -> None:
    """Keep what a speaker asks for, of one of their sessions or at large.

    Asking for the same twice asks once.

    :raises ChangedError: when the session is theirs no more.
    :raises TooManyError: when they ask for too much.
    """
    with write_tx() as database:
        speaker = database.get_one(Speaker, speaker_id)
        session = None
        if code is not None:
            shown = shown_to(speaker)
            content = next((content for content in shown if content.code == code), None)
            if content is None or not content.people:
                raise ChangedError(code)
            session = content.people[0].session
            _keep_seen(database, speaker_id, content, shown)
        if _ask(database, speaker, session, wish, text):
            facts = {"speaker": words.speaker(speaker.number)}
            if session is not None:
                facts["session"] = title_fact(session)
            action = ASKED if session is not None else ASKED_AT_LARGE
            note_down(database, speaker.event_id, None, action, facts)
        _note_use(database, speaker_id)


def take_back(speaker_id: int, number: int) -> None:
    """Let a speaker take back what they asked for; twice is as good as once.

    :raises ChangedError: when it was answered meanwhile, or there is no such request of theirs.
    """
    with write_tx() as database:
        request = database.scalar(
            select(Request).where(Request.id == number, Request.speaker_id == speaker_id)
        )
        if request is not None and request.outcome is Outcome.WITHDRAWN:
            return
        if request is None or request.outcome is not Outcome.OPEN:
            raise ChangedError(number)
        request.outcome, request.answered_at = Outcome.WITHDRAWN, now()
        facts = {"speaker": words.speaker(request.speaker.number)}
        note_down(database, request.event_id, None, TAKEN_BACK, facts)
        _note_use(database, speaker_id)


def settle(
    event_id: int, user_id: int, number: int, outcome: Outcome, text: str, *, was: str
) -> None:
    """Answer a request; ``was`` is how it stood before whoever answers (see :func:`state_of`).

    :raises GoneError: when it is gone.
    :raises StaleError: when it was taken back, or answered by somebody else meanwhile.
    """
    with write_tx() as database:
        request = database.scalar(
            select(Request).where(Request.id == number, Request.event_id == event_id)
        )
        if request is None:
            raise GoneError(number)
        if state_of(request) != was or request.outcome is Outcome.WITHDRAWN:
            raise StaleError(number)
        request.outcome, request.answer = outcome, text
        request.answered_by_id, request.answered_at = user_id, now()
        facts = {"speaker": words.speaker(request.speaker.number)}
        note_down(database, event_id, user_id, SETTLED[outcome], facts)


def state_of(request: Request) -> str:
    """Return what tells how a request stands from how it stood before."""
    at = request.answered_at
    return f"{request.outcome.value} {at.isoformat() if at else ''}".strip()


def _event_of(speaker_id: int) -> int:
    return db.session.scalars(select(Speaker.event_id).where(Speaker.id == speaker_id)).one()


def _ask(
    database: DatabaseSession, speaker: Speaker, session: Session | None, wish: Wish, text: str
) -> bool:
    """Add a request; tell whether it is new."""
    mine = select(func.count()).select_from(Request).where(Request.speaker_id == speaker.id)
    is_open = Request.outcome == Outcome.OPEN
    session_id = session.id if session else None
    same = (Request.session_id.is_not_distinct_from(session_id), Request.wish == wish)
    if database.scalars(mine.where(is_open, Request.text == text, *same)).one():
        return False
    made_today = Request.created_at > now() - timedelta(days=1)
    if database.scalars(mine.where(is_open)).one() >= MOST_OPEN:
        raise TooManyError(speaker.id)
    if database.scalars(mine.where(made_today)).one() >= MOST_A_DAY:
        raise TooManyError(speaker.id)
    database.add(
        Request(
            event_id=speaker.event_id,
            speaker_id=speaker.id,
            session_id=session_id,
            wish=wish,
            text=text,
            created_at=now(),
        )
    )
    return True


def _keep_seen(
    database: DatabaseSession, speaker_id: int, content: Content, shown: Iterable[Content]
) -> None:
    """Note that a speaker has seen a session; the first time that they say so, all of them."""
    if database.get(Seen, (speaker_id, content.code)) is not None:
        _keep_all_seen(database, speaker_id, [content])
        return
    is_first = not database.scalars(select(Seen).where(Seen.speaker_id == speaker_id)).first()
    _keep_all_seen(database, speaker_id, shown if is_first else [content])


def _keep_all_seen(database: DatabaseSession, speaker_id: int, shown: Iterable[Content]) -> None:
    for content in shown:
        seen = database.get(Seen, (speaker_id, content.code))
        if seen is None:
            seen = Seen(speaker_id=speaker_id, session_code=content.code)
            database.add(seen)
        seen.facts = content.kept()


def _note_use(database: DatabaseSession, speaker_id: int) -> None:
    """Note that the link was used, and not only opened."""
    database.execute(
        update(SpeakerLink)
        .where(SpeakerLink.speaker_id == speaker_id, SpeakerLink.opens == Opens.PAGE)
        .values(used_at=now())
    )
