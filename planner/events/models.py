"""Tables of events, their days, themes and rooms."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    String,
    Time,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from planner.database import Model, closed_set
from planner.lib.palette import Colour

if TYPE_CHECKING:
    from planner.releases.models import Release
    from planner.sessions.models import Session
    from planner.speakers.models import Speaker

#: First parts of addresses that no event may take for its slug.
RESERVED_SLUGS = frozenset(
    {
        *("api", "ar", "ckb", "desk", "en", "events", "healthz", "kmr", "ku", "photos", "speak"),
        "registration",
        "static",
        *("account", "new"),  # below /desk/
    }
)


class TextState(StrEnum):
    """How far a text in one language has come."""

    MISSING = "missing"
    MACHINE = "machine"
    DRAFT = "draft"
    REVIEWED = "reviewed"


class Event(Model):
    """One edition of a conference. Its texts are maps from language code to text."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    #: The host in the UIDs of its sessions, fixed when it is made: calendars know them by it.
    uid_host: Mapped[str] = mapped_column(String(253))
    name: Mapped[dict[str, str]] = mapped_column(JSON)
    tagline: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    call: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    #: A remark on every page of the programme, for example that it is a sample.
    notice: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    principles: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    #: Each ``{"name": {language: text}, "url": address or None}``.
    supporters: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    partners: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    venue_name: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    venue_address: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    time_zone: Mapped[str] = mapped_column(String(64))
    languages: Mapped[list[str]] = mapped_column(JSON)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    #: Minutes after midnight; the end passes 1440 where a day goes on after midnight.
    day_from: Mapped[int] = mapped_column(default=8 * 60)
    day_to: Mapped[int] = mapped_column(default=20 * 60)
    registration_opens: Mapped[datetime | None] = mapped_column(DateTime)
    registration_closes: Mapped[datetime | None] = mapped_column(DateTime)
    #: What the public reads in place of a name that is withheld.
    withheld_name: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    #: Minutes that a person needs from one room to another, and from one site to another.
    changeover_minutes: Mapped[int] = mapped_column(default=10, server_default="10")
    site_changeover_minutes: Mapped[int] = mapped_column(default=30, server_default="30")
    #: More sessions than this on one day are too many for anybody.
    most_sessions_a_day: Mapped[int] = mapped_column(default=4, server_default="4")
    #: Minutes that an interpreter works on one day at most, and without a colleague at a stretch.
    interpreter_minutes_a_day: Mapped[int] = mapped_column(default=240, server_default="240")
    interpreter_minutes_alone: Mapped[int] = mapped_column(default=30, server_default="30")
    #: Whether organizers must have a second factor to see anything of the event.
    requires_second_factor: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Requirements without which nothing is published unless somebody says why.
    binding: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: Whether a final programme needs texts that were reviewed, not only written.
    reviews_texts: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Whether speakers see where their sessions stand before that is published.
    shows_plan: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Whether what speakers write of themselves is taken at once, not only proposed.
    takes_texts: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Minutes after which interpreters take turns.
    turn_minutes: Mapped[int] = mapped_column(default=30, server_default="30")
    #: How many may register; none for as many as come.
    registration_places: Mapped[int | None]
    #: From which day on nothing is kept of those who registered; none while nobody has said.
    participants_kept_until: Mapped[date | None] = mapped_column(Date)
    #: Whether pages of other sites may show the programme in a frame.
    may_be_embedded: Mapped[bool] = mapped_column(default=False, server_default=false())
    version: Mapped[int] = mapped_column(Integer)

    days: Mapped[list[Day]] = relationship(
        back_populates="event", order_by="Day.date", cascade="all, delete-orphan"
    )
    themes: Mapped[list[Theme]] = relationship(
        back_populates="event", order_by="Theme.position", cascade="all, delete-orphan"
    )
    rooms: Mapped[list[Room]] = relationship(
        back_populates="event", order_by="Room.position", cascade="all, delete-orphan"
    )
    sessions: Mapped[list[Session]] = relationship(
        back_populates="event", cascade="all, delete-orphan"
    )
    speakers: Mapped[list[Speaker]] = relationship(
        back_populates="event", cascade="all, delete-orphan"
    )
    releases: Mapped[list[Release]] = relationship(
        back_populates="event", order_by="Release.number", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days"),
        CheckConstraint("day_from >= 0 AND day_from < 1440", name="day_from"),
        CheckConstraint("day_to > day_from AND day_to <= day_from + 1440", name="day_to"),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
        CheckConstraint(
            "registration_closes IS NULL OR registration_opens IS NULL "
            "OR registration_closes >= registration_opens",
            name="registration",
        ),
        CheckConstraint(
            "changeover_minutes >= 0 AND site_changeover_minutes >= 0 "
            "AND most_sessions_a_day > 0 AND interpreter_minutes_a_day > 0 "
            "AND interpreter_minutes_alone > 0 AND turn_minutes > 0 "
            "AND (registration_places IS NULL OR registration_places > 0)",
            name="limits",
        ),
        {"sqlite_autoincrement": True},
    )


class Day(Model):
    """A day whose hours or name are its own; the event's hours hold on all the others."""

    __tablename__ = "day"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    date: Mapped[date] = mapped_column(Date)
    #: What organizers call it, for example «Day of the youth».
    name: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    #: Minutes after midnight; the end passes 1440 where the day goes on after midnight.
    day_from: Mapped[int]
    day_to: Mapped[int]
    version: Mapped[int] = mapped_column(Integer)

    event: Mapped[Event] = relationship(back_populates="days")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("event_id", "date"),
        CheckConstraint("day_from >= 0 AND day_from < 1440", name="day_from"),
        CheckConstraint("day_to > day_from AND day_to <= day_from + 1440", name="day_to"),
        {"sqlite_autoincrement": True},
    )


class LabelState(Model):
    """How far the translation of a label has come: a name, a description, a text of the event.

    Labels themselves are maps in their own tables; one without a row here is a draft.
    """

    __tablename__ = "label_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    #: ``event``, or a theme, room or day: ``theme:12``.
    subject: Mapped[str] = mapped_column(String(40))
    field: Mapped[str] = mapped_column(String(40))
    lang: Mapped[str] = mapped_column(String(16))
    state: Mapped[TextState] = mapped_column(closed_set(TextState, "text_state"))
    #: What names the original that this was translated from; another one has changed since.
    source_digest: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        UniqueConstraint("event_id", "subject", "field", "lang"),
        {"sqlite_autoincrement": True},
    )


class Theme(Model):
    """A subject that sessions belong to."""

    __tablename__ = "theme"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(64))
    name: Mapped[dict[str, str]] = mapped_column(JSON)
    description: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    colour: Mapped[Colour] = mapped_column(closed_set(Colour, "colour"))
    position: Mapped[int]
    version: Mapped[int] = mapped_column(Integer, server_default="1")

    event: Mapped[Event] = relationship(back_populates="themes")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (UniqueConstraint("event_id", "slug"), {"sqlite_autoincrement": True})


class Room(Model):
    """A place that holds one session at a time."""

    __tablename__ = "room"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(64))
    name: Mapped[dict[str, str]] = mapped_column(JSON)
    #: The floor, building or site on which it is found.
    floor: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    #: Rooms of one site are near one another; the name is the organizers' own.
    site: Mapped[str] = mapped_column(String(100), default="", server_default=text("''"))
    capacity: Mapped[int | None]
    #: How many interpretation booths it has.
    booths: Mapped[int] = mapped_column(default=0)
    step_free: Mapped[bool] = mapped_column(default=False)
    opens: Mapped[time | None] = mapped_column(Time)
    closes: Mapped[time | None] = mapped_column(Time)
    position: Mapped[int]
    version: Mapped[int] = mapped_column(Integer, server_default="1")

    event: Mapped[Event] = relationship(back_populates="rooms")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("event_id", "slug"),
        CheckConstraint("capacity > 0", name="capacity"),
        CheckConstraint("booths >= 0", name="booths"),
        {"sqlite_autoincrement": True},
    )
