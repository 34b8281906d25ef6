"""The principles that people agree to: each wording is kept once, and known by its digest."""

import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session as DatabaseSession

from planner.lib.clock import now
from planner.participants.models import Principles

Wording = Sequence[dict[str, str]]


def digest_of(wording: Wording) -> str:
    """Return the SHA-256 of principles in all their languages, in hexadecimal."""
    told = json.dumps(list(wording), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def kept(database: DatabaseSession, event_id: int, wording: Wording) -> Principles:
    """Return the row of a wording, which is made if there is none, within a transaction."""
    known_by = digest_of(wording)
    found = database.scalar(
        select(Principles).where(Principles.event_id == event_id, Principles.digest == known_by)
    )
    if found is None:
        texts = [dict(texts) for texts in wording]
        found = Principles(event_id=event_id, digest=known_by, texts=texts, since=now())
        database.add(found)
        database.flush()
    return found
