"""Text that a spreadsheet would take for a formula, and how it is kept from that."""

import re

#: What spreadsheets take for the beginning of a formula, in both widths, after white space or
#: marks of direction that cannot be seen.
_FORMULA = re.compile(r"[\s\u200b-\u200f\u061c\u2060\u2066-\u2069]*[=+\-@|%＝＋－＠｜％]|[\t\r]")
_MARK = "'"


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: such text begins with ``'`` then."""
    return f"{_MARK}{text}" if _FORMULA.match(text) else text


def marked(text: str) -> str:
    """Return text like :func:`guarded`, from which :func:`unmarked` can tell what it was.

    Text that begins like guarded text gets the mark as well.
    """
    return f"{_MARK}{text}" if _FORMULA.match(text.lstrip(_MARK)) else text


def unmarked(text: str) -> str:
    """Return the text of which :func:`marked` or :func:`guarded` made this."""
    is_marked = text.startswith(_MARK) and _FORMULA.match(text.lstrip(_MARK))
    return text[1:] if is_marked else text
