"""The table of what each speaker was told last, from which follows what is still to be told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from planner.database import AwareDateTime, Model


class Told(Model):
    """What a speaker was told last of one session. It holds nobody's name."""

    __tablename__ = "told"

    speaker_id: Mapped[int] = mapped_column(
        ForeignKey("speaker.id", ondelete="CASCADE"), primary_key=True
    )
    #: The code of the session, which may not be in the plan any more.
    session_code: Mapped[str] = mapped_column(String(12), primary_key=True)
    #: The revision of the invitation (RFC 5545, section 3.8.7.4).
    sequence: Mapped[int]
    #: Whether it was told that the session, or their part in it, is no more.
    is_cancelled: Mapped[bool]
    #: The session as it was told: hours, room, texts, languages.
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    told_at: Mapped[datetime] = mapped_column(AwareDateTime)
