"""One session as a calendar event (RFC 5545, section 3.6.1)."""

import logging
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Event, vCategory, vDate, vDatetime, vGeo, vInt, vText

from planner.formats import time_zones
from planner.formats.ical_lines import serialised, text_value, uri_value, web_address
from planner.formats.ical_texts import Wording
from planner.i18n.content import LocalText
from planner.lib.palette import CSS3_NAMES
from planner.programme.document import EventInfo, Session
from planner.programme.published import Published
from planner.programme.vocabulary import Kind, Stage, Status

_log = logging.getLogger(__name__)


class SessionEvents:
    """Writes the sessions of one programme as events, in the words of one language."""

    def __init__(self, published: Published, wording: Wording) -> None:
        self._published = published
        self._wording = wording
        self._of_place = cache(self._place)
        self._of_subject = cache(self._subject)
        self._zone = ZoneInfo(published.event.time_zone)
        has_rules = time_zones.definition_of(published.event) is not None
        self._years_in_zone = time_zones.years_told(published.event) if has_rules else range(0)

    def serialised(self, session: Session) -> bytes | None:
        """Return a session as the lines of its event.

        One session must never cost the others their feed: a session that cannot be told in full
        is told without its texts, and one that has no hours on any clock is left out (None).
        """
        for write in (self.full, self.bare):
            try:
                return serialised(write(session))
            except Exception:
                _log.exception("session %s cannot be written as an event", session.code)
        return None

    def full(self, session: Session) -> Event:
        """Return a session as an event, with all that is told of it."""
        event = self.bare(session)
        event["SUMMARY"] = _value(self._wording.summary(session))
        event["DESCRIPTION"] = _value(self._wording.description(session))
        event.update(self._of_place(session.room))
        event.update(self._of_subject(session.theme, session.kind))
        address = web_address(session.online_url or "")
        if address:
            event["CONFERENCE"] = uri_value(address, VALUE="URI", FEATURE="VIDEO")
        return event

    def _place(self, room_slug: str | None) -> dict[str, vText | vGeo]:
        return _place_properties(self._published.event, self._wording.place(room_slug))

    def _subject(self, theme_slug: str | None, kind: Kind) -> dict[str, vText | vCategory]:
        """Return the properties that tell theme and kind: what calendars sort and colour by."""
        properties: dict[str, vText | vCategory] = {}
        categories = [self._wording.kind(kind)]
        theme = self._published.theme_by_slug.get(theme_slug or "")
        if theme:
            properties["COLOR"] = text_value(CSS3_NAMES[theme.colour])
            categories.insert(0, self._wording.theme(theme.slug))
        categories = [category for category in categories if category]
        # One property, though more are allowed and each could have its language: the parser
        # ics reads one only.
        properties["CATEGORIES"] = vCategory([text_value(each.value) for each in categories])
        languages = {category.lang for category in categories}
        if len(languages) == 1:
            properties["CATEGORIES"].params["LANGUAGE"] = languages.pop()
        return properties

    def bare(self, session: Session) -> Event:
        """Return a session as an event with nothing in it that people wrote."""
        event = Event()
        event["UID"] = text_value(f"session-{session.code}@{self._published.event.uid_host}")
        event["CREATED"] = _in_utc(session.created_at)
        _put_state(event, session.changed_at, session.sequence, session.status)
        event["URL"] = uri_value(self._wording.address_of(session))
        event["DTSTART"], event["DTEND"] = self._hours(session)
        event["SUMMARY"] = _value(self._wording.bare_summary(session))
        return event

    def _hours(self, session: Session) -> tuple[vDatetime, vDatetime]:
        """Return start and end by the venue's clock, or in UTC where that could be misread.

        That is where its zone has no rules that calendars understand, and around the hour in
        which the clocks are changed.
        """
        start = time_zones.in_zone(session.starts_at, self._zone)
        end = time_zones.later(start, max(session.minutes, 1))
        if self._is_told_in_zone(start) and self._is_told_in_zone(end):
            return self._by_clock(start), self._by_clock(end)
        return _in_utc(start), _in_utc(end)

    def _is_told_in_zone(self, moment: datetime) -> bool:
        return moment.year in self._years_in_zone and not time_zones.is_near_change(moment)

    def _by_clock(self, moment: datetime) -> vDatetime:
        value = vDatetime(moment.replace(tzinfo=None))
        value.params["TZID"] = self._zone.key
        return value


def conference_days(published: Published, wording: Wording) -> bytes:
    """Return the days of the conference as one event, for a feed that holds no session.

    Its stamps and its revision are the release's: nothing else tells when it changed.
    """
    about, release = published.event, published.release
    status = Status.CONFIRMED if release.stage is Stage.FINAL else Status.TENTATIVE
    event = Event()
    event["UID"] = text_value(f"event-{about.slug}@{about.uid_host}")
    _put_state(event, release.published_at, release.number, status)
    event["URL"] = uri_value(wording.address_of_event())
    event["DTSTART"] = vDate(about.first_day, params={"VALUE": "DATE"})
    event["DTEND"] = vDate(about.last_day + timedelta(days=1), params={"VALUE": "DATE"})
    event["SUMMARY"] = _value(wording.event_name())
    event["DESCRIPTION"] = _value(wording.nothing_yet())
    event.update(_place_properties(about, wording.place(None)))
    return serialised(event)


def _put_state(event: Event, changed_at: datetime, sequence: int, status: Status) -> None:
    """Put into an event when it was last changed, which revision it is, and how settled it is."""
    event["DTSTAMP"] = event["LAST-MODIFIED"] = _in_utc(changed_at)
    event["SEQUENCE"] = vInt(sequence)
    event["STATUS"] = text_value(status.upper())
    if status is Status.TENTATIVE:
        # Outlook reads STATUS only where neither TRANSP nor this is there.
        event["X-MICROSOFT-CDO-BUSYSTATUS"] = text_value("TENTATIVE")
    # A feed holds rooms that run side by side: whoever subscribes to it is not busy all day
    # long. The same event stands in every feed, so no feed may say otherwise of it.
    event["TRANSP"] = text_value("TRANSPARENT")
    event["CLASS"] = text_value("PUBLIC")


def _place_properties(about: EventInfo, place: LocalText) -> dict[str, vText | vGeo]:
    """Return what tells where an event is, as far as it is known."""
    properties: dict[str, vText | vGeo] = {}
    if place:
        properties["LOCATION"] = _value(place)
    if about.latitude is not None and about.longitude is not None:
        properties["GEO"] = vGeo((about.latitude, about.longitude))
    return properties


def _value(text: LocalText) -> vText:
    return text_value(text.value, text.lang)


def _in_utc(moment: datetime) -> vDatetime:
    return vDatetime(moment.astimezone(UTC))
