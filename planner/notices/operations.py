"""Putting messages into the outbox, and taking them out again, each by one sender at a time.

A message is claimed before it is sent, and marked afterwards. Whoever dies in between leaves a
claim that runs out, so that it is sent once more rather than not at all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Protocol

from sqlalchemy import ColumnElement, delete, exists, func, insert, literal, select, text, update
from sqlalchemy.orm import Session as DatabaseSession
from sqlalchemy.orm import aliased

from planner.accounts.links import new_link
from planner.accounts.models import Invitation, User
from planner.database import AwareDateTime, write_tx
from planner.extensions import db
from planner.lib.clock import now
from planner.notices.composing import Errand
from planner.notices.models import Notice, NoticeKind
from planner.speakers.models import Speaker

#: How long a sender may take for one message before another one takes it up.
CLAIM = timedelta(minutes=10)
#: After so long a message helps nobody any more.
_LIFETIMES = {
    NoticeKind.INVITATION: timedelta(days=7),
    NoticeKind.RESET: timedelta(hours=1),
    NoticeKind.PASSWORD: timedelta(days=7),
    NoticeKind.SECOND_FACTOR: timedelta(days=7),
}
_MINUTE = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)
#: For how long it is kept that a message was sent.
_KEPT = timedelta(days=30)
_LONGEST_ERROR = 500


def put(
    database: DatabaseSession, kind: NoticeKind, recipient: User | Invitation, language: str
) -> None:
    """Put a message into the outbox, within a transaction; one that waits already is enough."""
    is_invitation = isinstance(recipient, Invitation)
    column = Notice.invitation_id if is_invitation else Notice.user_id
    waiting = database.scalar(
        select(Notice).where(
            Notice.kind == kind, column == recipient.id, Notice.due_at.is_not(None)
        )
    )
    moment = now()
    if waiting is not None:
        waiting.created_at, waiting.language = moment, language
        return
    database.add(
        Notice(
            kind=kind,
            user_id=None if is_invitation else recipient.id,
            invitation_id=recipient.id if is_invitation else None,
            language=language,
            created_at=moment,
            due_at=moment,
        )
    )


def put_to(database: DatabaseSession, kind: NoticeKind, wanted: ColumnElement[bool]) -> int:
    """Put a message to each of the wanted speakers into the outbox, within a transaction.

    Only those with an address get one, and one that waits already is enough. It is one statement,
    whoever is wanted. The language is found when it is sent. Return how many there are.
    """
    moment = now()
    waiting = exists().where(
        Notice.speaker_id == Speaker.id, Notice.kind == kind, Notice.due_at.is_not(None)
    )
    found = select(
        literal(kind.value),
        Speaker.id,
        literal(""),
        literal(moment, AwareDateTime),
        literal(moment, AwareDateTime),
        literal(0),
    ).where(wanted, has_address(), ~waiting)
    columns = ["kind", "speaker_id", "language", "created_at", "due_at", "attempts"]
    made = database.execute(
        insert(Notice).from_select(columns, found, include_defaults=False).returning(Notice.id)
    )
    return len(made.all())


def let_go(
    database: DatabaseSession, kinds: Iterable[NoticeKind], speaker_ids: Iterable[int]
) -> None:
    """Forget messages to speakers that wait, within a transaction: they are needless now."""
    database.execute(
        delete(Notice).where(
            Notice.kind.in_(list(kinds)),
            Notice.speaker_id.in_(list(speaker_ids)),
            Notice.due_at.is_not(None),
        )
    )


def has_address() -> ColumnElement[bool]:
    """Return whether a speaker can be written to."""
    return func.coalesce(Speaker.email, "") != ""


class Commission(Protocol):
    """What a sender has taken: a message that can be written."""

    @property
    def number(self) -> int:
        """The number of the message in the outbox."""

    @property
    def kind(self) -> NoticeKind:
        """What it says."""

    @property
    def email(self) -> str:
        """To whom."""

    def written(self, sender: Address) -> EmailMessage:
        """Return the message.

        :raises ValueError: when it cannot be written.
        """


@dataclass(frozen=True)
class Pause:
    """Nothing may be sent for so long, because the server takes only so many in a minute."""

    seconds: float


@dataclass(frozen=True)
class Branch:
    """What another package sends through the outbox: how, and what follows when it was sent."""

    commission: Callable[[DatabaseSession, Notice], Commission]
    sent: Callable[[DatabaseSession, Notice], None]
    #: After so many attempts it is given up.
    attempts: int
    #: After so long it helps nobody any more, and is forgotten; None for what waits for somebody.
    lifetime: timedelta | None = None


#: By kinds that are not of this package; they add themselves.
BRANCHES: dict[NoticeKind, Branch] = {}


def claim(per_minute: int | None = None) -> Commission | Pause | None:
    """Take the next message that is due; links are made now. None when there is none.

    At most ``per_minute`` are taken within a minute, by all senders together. Letters to one
    person are sent in their order.
    """
    moment = now()
    with write_tx() as database:
        if per_minute:
            _take_turns(database)
        notice = database.scalar(
            select(Notice)
            .where(Notice.due_at <= moment, ~_has_earlier_one())
            .order_by(Notice.due_at, Notice.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if notice is None:
            return None
        if per_minute and (wait := _wait(database, moment, per_minute)):
            return Pause(wait.total_seconds())
        notice.attempts += 1
        notice.claimed_at, notice.due_at, notice.last_error = moment, moment + CLAIM, None
        branch = BRANCHES.get(notice.kind)
        return branch.commission(database, notice) if branch else _errand(database, notice)


def _has_earlier_one() -> ColumnElement[bool]:
    """Return whether a letter to the same speaker is on its way, and must come first."""
    earlier = aliased(Notice)
    return exists().where(
        earlier.speaker_id == Notice.speaker_id,
        earlier.id < Notice.id,
        earlier.due_at.is_not(None),
    )


def _take_turns(database: DatabaseSession) -> None:
    """Let one sender after the other count and take (on PostgreSQL; SQLite does)."""
    if database.get_bind().dialect.name == "postgresql":
        database.execute(text("LOCK TABLE outbox IN SHARE ROW EXCLUSIVE MODE"))


def _wait(database: DatabaseSession, moment: datetime, per_minute: int) -> timedelta | None:
    """Return how long to wait until the server may be given one more; None for not at all."""
    taken = database.scalar(
        select(Notice.claimed_at)
        .where(Notice.claimed_at > moment - _MINUTE)
        .order_by(Notice.claimed_at.desc())
        .offset(per_minute - 1)
        .limit(1)
    )
    return taken + _MINUTE - moment if taken else None


def _errand(database: DatabaseSession, notice: Notice) -> Errand:
    if notice.invitation is not None:
        invitation = notice.invitation
        return Errand(
            number=notice.id,
            kind=notice.kind,
            language=notice.language,
            email=invitation.email,
            name=invitation.name,
            token=new_link(database, invitation, mailed=True),
            event=dict(invitation.event.name),
            languages=tuple(invitation.event.languages),
            by=invitation.invited_by.name if invitation.invited_by else None,
        )
    user = database.get_one(User, notice.user_id)
    return Errand(
        number=notice.id,
        kind=notice.kind,
        language=notice.language,
        email=user.email,
        name=user.name,
        token=new_link(database, user, mailed=True) if notice.kind is NoticeKind.RESET else None,
    )


def sent(number: int) -> None:
    """Note that a message was sent."""
    with write_tx() as database:
        notice = database.get(Notice, number)
        if notice is not None:
            notice.sent_at, notice.due_at, notice.last_error = now(), None, None
            if notice.kind in BRANCHES:
                BRANCHES[notice.kind].sent(database, notice)


def failed(number: int, reason: str, *, for_good: bool) -> timedelta | None:
    """Note why a message was not sent; return after how long it is tried again, None if never.

    ``for_good`` is whether the other side said that it will never take it.
    """
    moment = now()
    with write_tx() as database:
        notice = database.get(Notice, number)
        if notice is None:
            return None
        notice.last_error = reason[:_LONGEST_ERROR]
        wait = min(timedelta(minutes=2 ** (notice.attempts - 1)), _LONGEST_WAIT)
        if for_good or _is_hopeless(notice, moment + wait):
            notice.due_at = None
            return None
        notice.due_at = moment + wait
        return wait


def _is_hopeless(notice: Notice, again_at: datetime) -> bool:
    branch = BRANCHES.get(notice.kind)
    if branch is not None and notice.attempts >= branch.attempts:
        return True
    lifetime = _lifetimes().get(notice.kind)
    return lifetime is not None and again_at - notice.created_at > lifetime


def _lifetimes() -> dict[NoticeKind, timedelta]:
    others = {kind: branch.lifetime for kind, branch in BRANCHES.items() if branch.lifetime}
    return {**_LIFETIMES, **others}


def clear() -> int:
    """Give up messages that would come too late, and forget old ones; return how many came late."""
    moment, lifetimes = now(), _lifetimes()
    with write_tx() as database:
        # What has no lifetime may wait for long until somebody lets it go.
        is_old = (Notice.created_at <= moment - _KEPT) & Notice.kind.in_(lifetimes)
        database.execute(delete(Notice).where(is_old | (Notice.sent_at <= moment - _KEPT)))
        late = 0
        for kind, lifetime in lifetimes.items():
            given_up = database.execute(
                update(Notice)
                .where(
                    Notice.kind == kind,
                    Notice.due_at <= moment,
                    Notice.created_at <= moment - lifetime,
                )
                .values(due_at=None, last_error="too late to be of use")
                .returning(Notice.id)
            )
            late += len(given_up.all())
        return late


def waiting() -> int:
    """Return how many messages wait to be sent."""
    return db.session.scalar(select(func.count(Notice.id)).where(Notice.due_at.is_not(None))) or 0
