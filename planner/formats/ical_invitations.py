"""One session as an invitation to somebody who takes part, or its end (RFC 5546).

The event is that of the feeds, under the same UID, so that a calendar that has both shows it
once. Who else takes part is no ATTENDEE: nobody's address is in anybody else's invitation.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import quote

from icalendar import Calendar, Event, vCalAddress, vDatetime, vInt

from planner.formats import time_zones
from planner.formats.ical_events import SessionEvents
from planner.formats.ical_lines import serialised, text_value
from planner.formats.ical_texts import Wording
from planner.i18n.interface import speaking
from planner.lib.text import clean_line
from planner.programme.document import Session
from planner.programme.published import Published
from planner.programme.vocabulary import Role

_PRODUCT = "-//Barnama//planner//EN"
_HEAD_END = b"END:VCALENDAR\r\n"
_IN_ZONE = b"\r\nDTSTART;TZID="
_MAILTO_CHARACTERS = "@!$&'*+-/=^_`{|}~."


class Method(StrEnum):
    """What an invitation does (RFC 5546, sections 3.2.2 and 3.2.5)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Participation(StrEnum):
    """What somebody answered (RFC 5545, section 3.2.12)."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"


@dataclass(frozen=True)
class Invitation:
    """Who invites whom, how, and which revision it is."""

    method: Method
    sequence: int
    #: When it was made: the same in every attempt to send it.
    stamp: datetime
    organizer: str
    organizer_name: str
    attendee: str
    roles: tuple[Role, ...]
    participation: Participation


def invitation(
    published: Published, session: Session, lang: str, base_url: str, about: Invitation
) -> bytes:
    """Return an invitation to a session, or its end, as lines. Needs an application context.

    :raises ValueError: when the session cannot be written at all.
    """
    with speaking(lang):
        events = SessionEvents(published, Wording(published, lang, base_url))
        event = _event(events, session)
    _address(event, about)
    body = serialised(event)
    zone = time_zones.definition_of(published.event) if _IN_ZONE in body else None
    return b"".join((_head(about.method), zone or b"", body, _HEAD_END))


def _event(events: SessionEvents, session: Session) -> Event:
    for write in (events.full, events.bare):
        try:
            event = write(session)
            serialised(event)
        except (ArithmeticError, LookupError, TypeError, ValueError):
            continue
        return event
    raise ValueError(f"session {session.code} has no hours on any clock")


def _address(event: Event, about: Invitation) -> None:
    """Put into an event who invites whom, and which revision it is."""
    event["DTSTAMP"] = vDatetime(about.stamp.astimezone(UTC))
    event["SEQUENCE"] = vInt(about.sequence)
    organizer = _mailto(about.organizer)
    organizer.params["CN"] = clean_line(about.organizer_name).replace('"', "'")
    event["ORGANIZER"] = organizer
    attendee = _mailto(about.attendee)
    attendee.params["CUTYPE"] = "INDIVIDUAL"
    attendee.params["ROLE"] = "CHAIR" if Role.MODERATOR in about.roles else "REQ-PARTICIPANT"
    if about.method is Method.REQUEST:
        attendee.params["PARTSTAT"] = about.participation.value
        attendee.params["RSVP"] = "TRUE"
        # In the feeds nobody is busy; who takes part is.
        event["TRANSP"] = text_value("OPAQUE")
    event["ATTENDEE"] = attendee


def _mailto(address: str) -> vCalAddress:
    return vCalAddress(f"mailto:{quote(address, safe=_MAILTO_CHARACTERS)}")


def _head(method: Method) -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    return serialised(calendar).removesuffix(_HEAD_END)
