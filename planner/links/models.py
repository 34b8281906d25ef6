"""The table of private links of speakers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.database import AwareDateTime, Model, closed_set

if TYPE_CHECKING:
    from planner.speakers.models import Speaker


class Opens(StrEnum):
    """What a link opens; a link for one thing opens no other."""

    PAGE = "page"
    CALENDAR = "calendar"


class SpeakerLink(Model):
    """A private link of a speaker. Its token is not kept, only what it is known by."""

    __tablename__ = "speaker_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speaker.id", ondelete="CASCADE"))
    opens: Mapped[Opens] = mapped_column(closed_set(Opens, "opens"))
    #: From this and the application's secret the token can be made again, to be sent once more.
    nonce: Mapped[str] = mapped_column(String(43))
    #: SHA-256 of the token, in hexadecimal.
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(AwareDateTime)
    #: When somebody pressed something on the page: opening it says nothing, programs do that.
    used_at: Mapped[datetime | None] = mapped_column(AwareDateTime)

    speaker: Mapped[Speaker] = relationship()

    __table_args__ = (
        # One of each: a new link ends the former one.
        UniqueConstraint("speaker_id", "opens"),
        {"sqlite_autoincrement": True},
    )
