"""Values of JSON that may be of any type, as the text, list or object that is wanted."""

from typing import Any


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
