"""Values of JSON that may be of any type, as the text, list or object that is wanted."""

from typing import Any

from planner.imports.source import SourceRoom, SourceTrack

_LARGEST_ROOM = 1_000_000


def text(value: object) -> str:
    """Return a value as text; of a map of languages the English or else the first text.

    What is neither text nor number is empty.
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        texts = {key: entry for key, entry in value.items() if isinstance(entry, str) and entry}
        return str(texts.get("en") or next(iter(texts.values()), "")).strip()
    return ""


def listed(value: object) -> list[Any]:
    """Return a list as it is, and an empty one for anything else."""
    return value if isinstance(value, list) else []


def table(value: object) -> dict[str, Any]:
    """Return an object as it is, and an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def name_in(value: object) -> str:
    """Return the name of a room or track, which some write as text and some as an object."""
    if isinstance(value, dict) and isinstance(value.get("name"), str | dict):
        return text(value["name"])
    return text(value)


def room_in(value: object) -> SourceRoom:
    """Return a room of the conference's list."""
    capacity = table(value).get("capacity")
    is_number = isinstance(capacity, int) and 0 < capacity <= _LARGEST_ROOM
    return SourceRoom(
        name=name_in(value),
        capacity=capacity if is_number else None,
        floor=text(table(value).get("description")),
    )


def track_in(value: object) -> SourceTrack:
    """Return a track of the conference's list."""
    return SourceTrack(name=name_in(value), colour=text(table(value).get("color")))
