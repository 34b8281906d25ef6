"""Reading what calendar programs answer to invitations (METHOD:REPLY), from whoever sends it.

Everybody can write to the address. Whatever is not one answer to one invitation is refused with
one clear line that repeats nothing of it.
"""

import re
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from urllib.parse import unquote

from icalendar import Calendar, Component

from planner.sessions.models import Answer

#: A message with somebody's picture below it is larger than an answer needs to be.
LONGEST_MESSAGE = 2 * 1024 * 1024
_LONGEST_CALENDAR = 128 * 1024
_MOST_PARTS = 50
_MOST_LINES = 2000
_UID = re.compile(r"session-([0-9A-Z]{1,12})@([^\s@]{1,253})\Z")
_ANSWERS = {
    "ACCEPTED": Answer.CONFIRMED,
    "DECLINED": Answer.DECLINED,
    "TENTATIVE": Answer.ASKED,
}


class UnreadableError(ValueError):
    """What was given is no answer that can be used; the message says why, and names nobody."""


@dataclass(frozen=True)
class Reply:
    """What somebody answered to the invitation to one session."""

    code: str
    uid_host: str
    #: Whose answer it is, as a calendar program writes the address.
    email: str
    answer: Answer
    sequence: int


def reply_in(content: bytes) -> Reply:
    """Return the answer in a message (RFC 5322), or in a bare calendar.

    :raises UnreadableError: when there is none, or not just one.
    """
    if len(content) > LONGEST_MESSAGE:
        raise UnreadableError("the message is too large")
    if not content.strip():
        raise UnreadableError("the message is empty")
    found = {_reply(calendar) for calendar in _calendars(content)} - {None}
    if not found:
        raise UnreadableError("there is no answer of a calendar program in it (METHOD:REPLY)")
    if len(found) > 1:
        raise UnreadableError("there are several answers in it")
    (reply,) = found
    if reply is None:
        raise UnreadableError("there is no answer in it")
    return reply


def _calendars(content: bytes) -> list[bytes]:
    """Return what may be calendars, each within its limits.

    :raises UnreadableError: when a message cannot be taken apart.
    """
    bare = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare[:15].upper() == b"BEGIN:VCALENDAR":
        found = [bare]
    else:
        try:
            found = _attached(BytesParser(policy=compat32).parsebytes(content))
        except (LookupError, RecursionError, TypeError, ValueError):
            raise UnreadableError("the message cannot be taken apart") from None
    if any(len(calendar) > _LONGEST_CALENDAR for calendar in found):
        raise UnreadableError("the calendar in it is too large")
    return found


def _attached(message: Message) -> list[bytes]:
    """Return the parts of a message that say they are calendars, one level after the other."""
    found, waiting, seen = [], [message], 0
    while waiting:
        part = waiting.pop()
        seen += 1
        if seen > _MOST_PARTS:
            raise UnreadableError("the message has too many parts")
        if part.is_multipart():
            waiting += [inner for inner in part.get_payload() if isinstance(inner, Message)]
        elif part.get_content_type() in {"text/calendar", "application/ics"}:
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                found.append(payload)
    return found


def _reply(content: bytes) -> Reply | None:
    """Return the answer in a calendar; None when it is none, but for example an invitation.

    :raises UnreadableError: when it is one that cannot be understood.
    """
    calendar = _parsed(content)
    if str(calendar.get("METHOD", "")).strip().upper() != "REPLY":
        return None
    events = [part for part in calendar.subcomponents if part.name == "VEVENT"]
    if len(events) != 1:
        raise UnreadableError("the answer is not to one session")
    uid = _UID.match(_one(events[0], "UID"))
    if uid is None:
        raise UnreadableError("the answer is to an invitation of somebody else")
    attendee = events[0].get("ATTENDEE")
    if attendee is None or isinstance(attendee, list):
        raise UnreadableError("the answer is not that of one person")
    said = str(getattr(attendee, "params", {}).get("PARTSTAT", "")).upper()
    if said not in _ANSWERS:
        raise UnreadableError("the answer is neither yes nor no nor perhaps")
    scheme, _, address = str(attendee).partition(":")
    if scheme.lower() != "mailto" or "@" not in address:
        raise UnreadableError("the answer says not whose it is")
    return Reply(
        code=uid[1],
        uid_host=uid[2].casefold(),
        email=unquote(address).strip().casefold(),
        answer=_ANSWERS[said],
        sequence=_sequence(events[0]),
    )


def _parsed(content: bytes) -> Component:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError("the calendar in it is not written in UTF-8") from None
    if text.count("\n") > _MOST_LINES:
        raise UnreadableError("the calendar in it is too large")
    try:
        found = Calendar.from_ical(text, multiple=True)
    except Exception:
        raise UnreadableError("the calendar in it cannot be read") from None
    if len(found) != 1 or found[0].name != "VCALENDAR":
        raise UnreadableError("there is not one calendar in it")
    return found[0]


def _one(event: Component, name: str) -> str:
    found = event.get(name)
    if found is None or isinstance(found, list):
        raise UnreadableError(f"the answer has not one {name}")
    return str(found).strip()


def _sequence(event: Component) -> int:
    """Return the revision that is answered; programs may leave out the first one."""
    if event.get("SEQUENCE") is None:
        return 0
    written = _one(event, "SEQUENCE")
    if not written.isascii() or not written.isdigit() or len(written) > 9:
        raise UnreadableError("the answer says not to which revision it is")
    return int(written)
