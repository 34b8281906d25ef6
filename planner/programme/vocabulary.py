"""The words that the plan and the programme share, as closed sets."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of item a session is."""

    PLENARY = "plenary"
    PANEL = "panel"
    WORKSHOP = "workshop"
    TESTIMONY = "testimony"
    PERFORMANCE = "performance"
    SPORT = "sport"
    CEREMONY = "ceremony"
    BREAK = "break"
    MEAL = "meal"
    OTHER = "other"


class Role(StrEnum):
    """What a person does in a session."""

    SPEAKER = "speaker"
    MODERATOR = "moderator"
    FACILITATOR = "facilitator"
    PERFORMER = "performer"
    INTERPRETER = "interpreter"


class Stage(StrEnum):
    """How settled a release is."""

    DRAFT = "draft"
    FINAL = "final"


class Status(StrEnum):
    """How settled a session of the programme is (RFC 5545, section 3.8.1.11)."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class Change(StrEnum):
    """What happened to a session between two releases."""

    NEW = "new"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    MOVED = "moved"
    ROOM = "room"
    LENGTH = "length"
    TEXT = "text"
    PEOPLE = "people"
    LANGUAGES = "languages"
    THEME = "theme"
