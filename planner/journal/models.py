"""Tables of the journal. Nothing in it changes but the marks of what was undone.

Only a removal (planner.removal) rewrites what was written, so that it holds a name no more.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.database import AwareDateTime, Model, closed_set

if TYPE_CHECKING:
    from planner.accounts.models import User


class Way(StrEnum):
    """Whether an entry did something, took it back, or did it once more."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


class Entry(Model):
    """One change of a plan, whole: somebody's one action, with all rows that it changed."""

    __tablename__ = "journal_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    #: Nobody where a command of the machine did it.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(AwareDateTime)
    way: Mapped[Way] = mapped_column(closed_set(Way, "way"), default=Way.DO)
    #: What was done, as the key of its words: ``session.moved``.
    action: Mapped[str] = mapped_column(String(64))
    #: What its words need: codes, numbers, hours and labels, but never a speaker's name.
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    #: Of an undo the entry that it took back, of a redo the undo that it took back.
    of_id: Mapped[int | None] = mapped_column(ForeignKey("journal_entry.id", ondelete="SET NULL"))
    #: The entry that took this one back, as long as that holds.
    undone_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("journal_entry.id", ondelete="SET NULL")
    )
    #: Whether it can be taken back no more, because that could bring back what had to go.
    is_lasting: Mapped[bool] = mapped_column(default=False, server_default=false())

    user: Mapped[User | None] = relationship()
    rows: Mapped[list[Row]] = relationship(
        back_populates="entry", order_by="Row.id", cascade="all, delete-orphan"
    )

    __table_args__ = (
        Index("ix_journal_entry_event_id_id", "event_id", "id"),
        {"sqlite_autoincrement": True},
    )


class Row(Model):
    """What an entry did to one row of one table."""

    __tablename__ = "journal_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(
        ForeignKey("journal_entry.id", ondelete="CASCADE"), index=True
    )
    #: The table, and the primary key there as JSON.
    table: Mapped[str] = mapped_column("table_name", String(40))
    key: Mapped[list[Any]] = mapped_column(JSON)
    #: What it belongs to, as one filters for it: ``session:12``.
    subject: Mapped[str] = mapped_column(String(40), index=True)
    #: The second one where it belongs to two: the speaker of a session.
    also: Mapped[str | None] = mapped_column(String(40), index=True)
    #: The columns as they were and as they became: all of a row that is new or gone, and of a
    #: changed one those that changed.
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    entry: Mapped[Entry] = relationship(back_populates="rows")

    __table_args__ = ({"sqlite_autoincrement": True},)
