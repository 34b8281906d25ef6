"""An agenda as a calendar: the events of the public feeds, joined.

They are the same octets under the same UIDs, so whoever has both sees each session once, and they
are written once per release and language, however many agendas hold them.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import current_app, url_for
from flask_babel import gettext

from planner.agenda.queries import Kept
from planner.formats import ical
from planner.i18n.content import localize
from planner.i18n.interface import speaking
from planner.programme.document import Session
from planner.programme.published import Published
from planner.public.calendars import events_by_code
from planner.public.delivery import shelf
from planner.public.feeds import Feed


def calendar_of(published: Published, lang: str, kept: Kept) -> bytes:
    """Return the calendar of an agenda, as lines. Needs an application context.

    Cancelled sessions are told as cancelled. Those that are gone from the programme are left
    out, as in the public feeds, and so vanish from calendars that follow. It is never empty.
    """
    base_url: str = current_app.config["BASE_URL"]
    return ical.joined(
        published,
        lang,
        base_url,
        _sessions(published, kept),
        partial(_head, published, lang),
        events_by_code(published, lang, base_url),
    )


def _sessions(published: Published, kept: Kept) -> list[Session]:
    """Return the sessions of an agenda in order of time, without a look at all the others."""
    known = published.session_by_code
    found = [known[code] for code in kept.seen if code in known]
    return sorted(found, key=lambda session: (session.starts_at, session.code))


def changed_at(published: Published, kept: Kept) -> datetime:
    """Return when the calendar became what it is: by a release, or by its reader."""
    return max(published.release.published_at, kept.touched_at)


def links_of(published: Published, lang: str, token: str) -> Feed:
    """Return the calendar that a token reads with the links that programs take.

    Needs an application context, in which ``lang`` is spoken.
    """
    event = published.event
    return Feed(
        key="agenda",
        name=localize({lang: gettext("My agenda")}, lang),
        title=_title(published, lang),
        address=current_app.config["BASE_URL"]
        + url_for("agenda.feed", lang=lang, event=event.slug, token=token),
        file_name=f"{event.slug}-agenda.ics",
    )


@dataclass(frozen=True)
class _Head:
    octets: bytes

    @property
    def size(self) -> int:
        return len(self.octets)


def _head(published: Published, lang: str, moment: datetime) -> bytes:
    """Return what every agenda's calendar says of itself whose sessions changed last then."""

    def make() -> _Head:
        with speaking(lang):
            page = url_for("agenda.show", lang=lang, event=published.event.slug)
            about = ical.Feed(
                title=_title(published, lang),
                description="",
                page_url=current_app.config["BASE_URL"] + page,
                feed_url=None,
            )
        return _Head(ical.head(published, about, moment))

    return shelf().get((published.digest, "head of agendas", lang, moment), make).octets


def _title(published: Published, lang: str) -> str:
    event = localize(published.event.name, lang, order=published.event.languages)
    return str(gettext("My agenda – %(event)s", event=event.value))
