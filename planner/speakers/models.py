"""Tables of speakers and their texts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import (
    Mapped,
    attribute_keyed_dict,
    mapped_column,
    relationship,
    validates,
)

from planner.database import Model, closed_set
from planner.events.models import Event, TextState


class Visibility(StrEnum):
    """How the public may know a speaker. Withheld unless somebody chose otherwise."""

    PUBLIC = "public"
    PSEUDONYM = "pseudonym"
    WITHHELD = "withheld"

    def shows_more_than(self, other: Visibility) -> bool:
        """Tell whether the public learns more of somebody than with another."""
        return _STRICTNESS.index(self) < _STRICTNESS.index(other)


_STRICTNESS = (Visibility.PUBLIC, Visibility.PSEUDONYM, Visibility.WITHHELD)


class Speaker(Model):
    """A person who takes part in sessions."""

    __tablename__ = "speaker"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(12), unique=True)
    #: What they are called in the file that they were imported from.
    source_key: Mapped[str | None] = mapped_column(String(300))
    email: Mapped[str | None] = mapped_column(String(320))
    #: What those are told who may not know the name: «Speaker 14».
    number: Mapped[int]
    visibility: Mapped[Visibility] = mapped_column(
        closed_set(Visibility, "visibility"),
        default=Visibility.WITHHELD,
        server_default=Visibility.WITHHELD.value,
    )
    #: What they chose themselves, through their link: nothing makes more of them public, unless
    #: an organizer says that they asked for it, which empties this.
    chosen_visibility: Mapped[Visibility | None] = mapped_column(
        closed_set(Visibility, "chosen_visibility")
    )
    spoken_languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: The file's name among the uploads of the instance.
    photo: Mapped[str | None] = mapped_column(String(100))
    #: The language that the texts are translated from.
    original_language: Mapped[str | None] = mapped_column(String(16))
    #: For organizers only.
    remark: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    #: What the speaker says of when they are free: arrival, prayer, travel.
    free_note: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    version: Mapped[int] = mapped_column()

    event: Mapped[Event] = relationship(back_populates="speakers")
    texts: Mapped[dict[str, SpeakerText]] = relationship(
        collection_class=attribute_keyed_dict("lang"), cascade="all, delete-orphan"
    )
    free: Mapped[list[Availability]] = relationship(
        order_by="Availability.starts_at", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("event_id", "source_key"),
        UniqueConstraint("event_id", "number"),
        CheckConstraint(
            "chosen_visibility IS NULL OR chosen_visibility IN ('public', visibility)"
            " OR visibility = 'withheld'",
            name="no_more_than_chosen",
        ),
        {"sqlite_autoincrement": True},
    )

    @validates("visibility")
    def _no_more_than_chosen(self, _name: str, wished: Visibility) -> Visibility:
        """Keep to what they chose, whatever a form, a file or a program says."""
        chosen = self.chosen_visibility
        return chosen if chosen is not None and wished.shows_more_than(chosen) else wished


class SpeakerText(Model):
    """How a speaker is called and described, in one language."""

    __tablename__ = "speaker_text"

    speaker_id: Mapped[int] = mapped_column(
        ForeignKey("speaker.id", ondelete="CASCADE"), primary_key=True
    )
    lang: Mapped[str] = mapped_column(String(16), primary_key=True)
    display_name: Mapped[str] = mapped_column(Text, default="")
    pseudonym: Mapped[str] = mapped_column(Text, default="")
    organisation: Mapped[str] = mapped_column(Text, default="")
    #: CommonMark.
    biography: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[TextState] = mapped_column(
        closed_set(TextState, "text_state"),
        default=TextState.DRAFT,
        server_default=TextState.DRAFT.value,
    )
    #: What names the original that this was translated from; another one has changed since.
    source_digest: Mapped[str | None] = mapped_column(String(64))


class Availability(Model):
    """When a speaker is free, by the venue's wall clock. Who has none is free at all times."""

    __tablename__ = "availability"

    id: Mapped[int] = mapped_column(primary_key=True)
    speaker_id: Mapped[int] = mapped_column(
        ForeignKey("speaker.id", ondelete="CASCADE"), index=True
    )
    starts_at: Mapped[datetime] = mapped_column(DateTime)
    ends_at: Mapped[datetime] = mapped_column(DateTime)

    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="order"),
        {"sqlite_autoincrement": True},
    )
