"""Private links of those who registered: 256 bits, of which the database has only the digest.

The token is made again from a nonce and the application's secret, so that every message carries
the same link. Who has the database only has no token.
"""

import base64
import hmac
import secrets

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession
from sqlalchemy.orm import joinedload

from planner.accounts.keys import derived, digest
from planner.extensions import db
from planner.participants.models import Participant


def opened(token: str) -> Participant | None:
    """Return whose link this is, in one statement; opening it changes nothing."""
    return db.session.scalar(
        select(Participant)
        .where(Participant.digest == digest(token))
        .options(joinedload(Participant.event), joinedload(Participant.principles))
    )


def new_key(event_id: int) -> tuple[str, str]:
    """Return a new nonce, and what its token is known by."""
    nonce = secrets.token_urlsafe(32)
    return nonce, digest(_token(event_id, nonce))


def token_of(database: DatabaseSession, participant: Participant) -> str:
    """Return the token of somebody's link, within a transaction.

    When the application's secret has changed since, it is a new one.
    """
    token = _token(participant.event_id, participant.nonce)
    if digest(token) != participant.digest:
        participant.nonce, participant.digest = new_key(participant.event_id)
        database.flush()
        token = _token(participant.event_id, participant.nonce)
    return token


def address_of(token: str) -> str:
    """Return the whole address of somebody's page."""
    base: str = current_app.config["BASE_URL"]
    return f"{base}/registration/{token}"


def _token(event_id: int, nonce: str) -> str:
    """Return 256 bits in the letters of addresses (RFC 4648, section 5)."""
    made = hmac.digest(derived("registration"), f"{event_id} {nonce}".encode(), "sha256")
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
