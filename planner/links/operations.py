"""Private links of speakers: 256 bits, bound to what they open, made anew or ended by organizers.

The database keeps what a token is known by, and a nonce. From the nonce and the application's
secret the same token can be made again, so that a letter can carry it and no letter ends the link
of the one before. Who has the database only has no token.
"""

import base64
import hmac
import secrets
from collections.abc import Iterable

from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session as DatabaseSession
from sqlalchemy.orm import joinedload

from planner.accounts.keys import derived, digest
from planner.database import write_tx
from planner.extensions import db
from planner.lib.clock import now
from planner.links.models import Opens, SpeakerLink
from planner.speakers.models import Speaker


class DeadLinkError(LookupError):
    """A link was ended, or replaced, or never was one: nobody can tell which."""


def opened(token: str, opens: Opens) -> Speaker:
    """Return whose link this is, in one statement; nothing is changed by opening it.

    :raises DeadLinkError: when it opens nothing, or something else.
    """
    link = db.session.scalar(
        select(SpeakerLink)
        .where(SpeakerLink.digest == digest(token), SpeakerLink.opens == opens)
        .options(joinedload(SpeakerLink.speaker).joinedload(Speaker.event))
    )
    if link is None:
        raise DeadLinkError(opens.value)
    return link.speaker


def link_of(database: DatabaseSession, speaker_id: int, opens: Opens) -> str:
    """Return the token of a speaker's link, which is made if there is none, within a transaction.

    When the application's secret has changed since, it is a new one.
    """
    link = database.scalar(
        select(SpeakerLink).where(SpeakerLink.speaker_id == speaker_id, SpeakerLink.opens == opens)
    )
    if link is not None:
        token = _token(speaker_id, opens, link.nonce)
        if digest(token) == link.digest:
            return token
    return renew(database, speaker_id, opens)


def known(speaker_id: int, opens: Opens) -> str | None:
    """Return the token of a speaker's link that is there, in one statement, and make none."""
    nonce, known_by = db.session.execute(
        select(SpeakerLink.nonce, SpeakerLink.digest).where(
            SpeakerLink.speaker_id == speaker_id, SpeakerLink.opens == opens
        )
    ).one_or_none() or (None, None)
    token = _token(speaker_id, opens, nonce) if nonce else None
    return token if token and digest(token) == known_by else None


def renew(database: DatabaseSession, speaker_id: int, opens: Opens) -> str:
    """Make a speaker a new link, within a transaction; return its token, and end the former one."""
    revoke(database, [speaker_id], opens)
    nonce = secrets.token_urlsafe(32)
    token = _token(speaker_id, opens, nonce)
    database.add(
        SpeakerLink(
            speaker_id=speaker_id,
            opens=opens,
            nonce=nonce,
            digest=digest(token),
            created_at=now(),
        )
    )
    database.flush()
    return token


def revoke(
    database: DatabaseSession, speaker_ids: Iterable[int], opens: Opens | None = None
) -> None:
    """End the links of speakers, or those for one thing, within a transaction."""
    ended = delete(SpeakerLink).where(SpeakerLink.speaker_id.in_(list(speaker_ids)))
    database.execute(ended if opens is None else ended.where(SpeakerLink.opens == opens))


def used(speaker_id: int) -> None:
    """Note that a speaker did something on their page."""
    with write_tx() as database:
        database.execute(
            update(SpeakerLink)
            .where(SpeakerLink.speaker_id == speaker_id, SpeakerLink.opens == Opens.PAGE)
            .values(used_at=now())
        )


def address_of(token: str) -> str:
    """Return the whole address of a speaker's page."""
    base: str = current_app.config["BASE_URL"]
    return f"{base}/speak/{token}"


def _token(speaker_id: int, opens: Opens, nonce: str) -> str:
    """Return 256 bits in the letters of addresses (RFC 4648, section 5)."""
    told = f"{speaker_id} {opens.value} {nonce}".encode()
    made = hmac.digest(derived("speaker link"), told, "sha256")
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
