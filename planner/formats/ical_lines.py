"""Content lines of iCalendar: harmless texts and addresses, folding (RFC 5545, section 3.1).

Components are built and written by icalendar; only its folding, which looks at every letter, is
done here, by octets.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from icalendar import Component, vText, vUri

_LIMIT = 75
_END_OF_LINE = b"\r\n"
#: What programs were seen to misread within text. A backslash before these begins an escape for
#: those that undo escapes one kind after another, and icalendar itself takes ``\\N`` for a line
#: break; ts-ics takes the beginning of a component for one wherever it stands.
_TREACHEROUS = re.compile(r"\\(?=[nN,;\n])|(?:BEGIN|END)(?=:V)")
_WORD_JOINER = "\u2060"
#: More blanks than anybody means; a folded line could consist of nothing else.
_FIVE_BLANKS = 5 * " "
_LONG_BLANKS = re.compile(r"[ \t]{5,}|\t")
#: The library writes parameters as they are, control characters included.
_LANGUAGE_TAG = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*\Z")
_URI_CHARACTERS = "%/:=&?~#+!$,;'@()*[]"
_NO_ADDRESS = re.compile(r"[\s\x00-\x20\x7f<>\"\\^`{|}]")


def text_value(text: str, lang: str | None = None) -> vText:
    """Return a TEXT value of a clean text (planner.lib.text) and the language it is written in."""
    has_language = lang is not None and _LANGUAGE_TAG.match(lang)
    return vText(harmless(text), params={"LANGUAGE": lang} if has_language else None)


def harmless(text: str) -> str:
    """Return text that all programs read alike: an invisible joiner parts what some misread."""
    # Expressions look at every letter, and hardly any text needs them.
    if _FIVE_BLANKS in text or "\t" in text:
        text = _LONG_BLANKS.sub("    ", text)
    if "\\" in text or ":V" in text:
        text = _TREACHEROUS.sub(r"\g<0>" + _WORD_JOINER, text)
    return text


def web_address(written: str) -> str | None:
    """Return an http(s) address in the ASCII that a URI value needs, or None if it is not one."""
    address = written.strip()
    try:
        parts = urlsplit(address)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    if not is_address or _NO_ADDRESS.search(address):
        return None
    try:
        return quote(address, safe=_URI_CHARACTERS)
    except UnicodeEncodeError:
        return None


def uri_value(address: str, **parameters: str) -> vUri:
    """Return a URI value with its parameters."""
    return vUri(address, params=parameters)


def serialised(component: Component) -> bytes:
    """Return a component and what it contains as folded lines, each with its line end."""
    lines = (line.encode() for line in component.content_lines() if line)
    return b"".join(folded(line) + _END_OF_LINE for line in lines)


def folded(line: bytes) -> bytes:
    """Return one content line as lines of at most 75 octets.

    No letter and no escape is split: some programs decode or unescape before they unfold.
    """
    if len(line) <= _LIMIT:
        return line
    return b"\r\n ".join(_pieces(line))


def _pieces(line: bytes) -> Iterator[bytes]:
    start, room = 0, _LIMIT
    while len(line) - start > room:
        end = start + room
        while line[end] & 0xC0 == 0x80:  # within a letter (UTF-8)
            end -= 1
        if _ends_within_escape(line, start, end):
            end -= 1
        yield line[start:end]
        start, room = end, _LIMIT - 1  # the blank that marks a continued line counts
    yield line[start:]


def _ends_within_escape(line: bytes, start: int, end: int) -> bool:
    r"""Tell whether a cut before ``end`` parts a ``\`` or ``^`` (RFC 6868) from what it escapes."""
    escapes = end
    while escapes > start and line[escapes - 1] in b"\\^":
        escapes -= 1
    return (end - escapes) % 2 == 1
