"""The programme as calendar feeds (RFC 5545, RFC 7986).

Each session is written once per release and language; every feed that holds it joins the same
bytes. What programs that subscribe make of a feed decided much that looks like taste here: no
METHOD (nobody is invited), no ORGANIZER and ATTENDEE (nobody is written to), no UID of the whole
(khal would take the feed for one event), no stamp that depends on the hour of asking (it would
change every event for everybody, every hour).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from icalendar import Calendar, vDuration

from planner.formats import time_zones
from planner.formats.ical_events import SessionEvents, conference_days
from planner.formats.ical_lines import serialised, text_value, uri_value
from planner.formats.ical_texts import Wording
from planner.i18n.interface import speaking
from planner.lib.palette import CSS3_NAMES, Colour
from planner.lib.text import clean_line, clean_text
from planner.programme.document import Session
from planner.programme.published import Published

_PRODUCT = "-//Barnama//planner//EN"
#: How often programs may ask, at most. Longer, and a session moved in the morning reaches nobody.
_REFRESH = timedelta(hours=1)
_TAIL = b"END:VCALENDAR\r\n"
_IN_ZONE = b"\r\nDTSTART;TZID="


@dataclass(frozen=True)
class Feed:
    """What the bytes of a feed depend on besides its release: its name and its addresses.

    Texts are in the reader's language, addresses absolute.
    """

    title: str
    description: str
    #: The page that shows the same to people.
    page_url: str
    #: The feed itself; None where its address is a secret, which would go on with every copy.
    feed_url: str | None
    colour: Colour | None = None


def events_of(published: Published, lang: str, base_url: str) -> dict[str, bytes]:
    """Return the event of each session in a language, by the session's code, as lines.

    Needs an application context. A session that cannot be written at all is left out and logged.

    :raises zoneinfo.ZoneInfoNotFoundError: when the event's time zone is not known here.
    """
    with speaking(lang):
        events = SessionEvents(published, Wording(published, lang, base_url))
        written = ((session.code, events.serialised(session)) for session in published.sessions)
        return {code: lines for code, lines in written if lines is not None}


def feed(  # noqa: PLR0917 -- each is something that the bytes depend on
    published: Published,
    lang: str,
    base_url: str,
    sessions: Iterable[Session],
    about: Feed,
    events: Mapping[str, bytes],
) -> bytes:
    """Return the feed of some sessions; ``events`` is what :func:`events_of` gave.

    It always holds an event: an empty calendar would leave the former ones standing in GNOME.
    Without sessions that is the days of the conference, which needs an application context.
    """
    heading = partial(head, published, about)
    return joined(published, lang, base_url, sessions, heading, events)


def joined(  # noqa: PLR0917 -- the same
    published: Published,
    lang: str,
    base_url: str,
    sessions: Iterable[Session],
    heading: Callable[[datetime], bytes],
    events: Mapping[str, bytes],
) -> bytes:
    """Return the same, under what ``heading`` gives for the moment of the last change.

    For many feeds that differ in nothing but their sessions, so that nothing is written anew.
    """
    told = [session for session in sessions if session.code in events]
    if told:
        body = b"".join([events[session.code] for session in told])
        changed_at = max(session.changed_at for session in told)
    else:
        with speaking(lang):
            body = conference_days(published, Wording(published, lang, base_url))
        changed_at = published.release.published_at
    zone = time_zones.definition_of(published.event) if _IN_ZONE in body else None
    return b"".join((heading(changed_at), zone or b"", body, _TAIL))


def head(published: Published, about: Feed, changed_at: datetime) -> bytes:
    """Return what a calendar says of itself, up to its components.

    The names that RFC 7986 gave these properties stand beside those that programs read.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    title = clean_line(about.title) or published.event.slug
    calendar["NAME"] = calendar["X-WR-CALNAME"] = text_value(title)
    description = clean_text(about.description)
    if description:
        calendar["DESCRIPTION"] = calendar["X-WR-CALDESC"] = text_value(description)
    calendar["URL"] = uri_value(about.page_url)
    if about.feed_url:
        calendar["SOURCE"] = uri_value(about.feed_url, VALUE="URI")
    calendar.add("last-modified", changed_at)
    calendar["REFRESH-INTERVAL"] = vDuration(_REFRESH, params={"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = vDuration(_REFRESH)
    calendar["X-WR-TIMEZONE"] = text_value(published.event.time_zone)
    if about.colour:
        calendar["COLOR"] = text_value(CSS3_NAMES[about.colour])
    return serialised(calendar).removesuffix(_TAIL)
