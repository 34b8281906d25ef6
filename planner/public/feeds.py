"""What can be subscribed to: every feed of a programme, with the links that programs take."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urlsplit

from flask import current_app, url_for
from flask_babel import gettext

from planner.i18n.content import LocalText, localize
from planner.i18n.formats import long_date
from planner.i18n.sorting import sort_key
from planner.lib.palette import Colour
from planner.programme.document import Room, Session, Speaker, Theme
from planner.programme.published import Published

#: What the feed of everything is called in addresses, where others are «themes/water».
WHOLE = "programme"


@dataclass(frozen=True)
class Feed:
    """One feed as readers meet it."""

    #: What it is called in addresses: ``programme``, ``themes/<slug>``, ``days/<date>`` …
    key: str
    name: LocalText
    #: What a calendar program calls it when it asks the reader to agree.
    title: str
    #: Where the calendar is fetched, from the scheme on.
    address: str
    file_name: str
    colour: Colour | None = None

    @property
    def webcal(self) -> str:
        """The address in the form that hands it to the calendar program of the device."""
        return f"webcal:{self.address.removeprefix(urlsplit(self.address).scheme + ':')}"

    @property
    def google(self) -> str:
        """The page of Google Calendar that subscribes; it refuses https addresses."""
        return f"https://calendar.google.com/calendar/r?cid={quote(self.webcal, safe='')}"

    @property
    def outlook(self) -> str:
        """The page of Outlook.com that subscribes; it does not know webcal addresses."""
        named = f"url={quote(self.address, safe='')}&name={quote(self.title, safe='')}"
        return f"https://outlook.live.com/calendar/0/addfromweb?{named}"


@dataclass(frozen=True)
class Feeds:
    """Every feed of a programme but those of single sessions."""

    whole: Feed
    days: tuple[Feed, ...]
    themes: tuple[Feed, ...]
    rooms: tuple[Feed, ...]
    speakers: tuple[Feed, ...]


@dataclass(frozen=True)
class _Part:
    """A sort of part of the programme that has feeds: their endpoint, and the parts by name."""

    endpoint: str
    argument: str
    items: Callable[[Published], Mapping[str, date | Theme | Room | Session | Speaker]]


_PARTS = {
    "days": _Part(
        "calendars.day",
        "day",
        lambda published: {day.isoformat(): day for day in published.sessions_by_day},
    ),
    "themes": _Part("calendars.theme", "slug", lambda published: published.theme_by_slug),
    "rooms": _Part("calendars.room", "slug", lambda published: published.room_by_slug),
    "speakers": _Part("calendars.speaker", "code", lambda published: published.speaker_by_code),
    "sessions": _Part("calendars.session", "code", lambda published: published.session_by_code),
}


def feeds_of(published: Published, lang: str) -> Feeds:
    """Return the feeds of a programme for a reader; speakers in the order of their names.

    Needs an application context, in which ``lang`` is spoken.
    """
    parts = {
        kind: tuple(
            _feed(published, lang, kind, name, item)
            for name, item in _PARTS[kind].items(published).items()
        )
        for kind in ("days", "themes", "rooms", "speakers")
    }
    return Feeds(
        whole=_whole(published, lang),
        days=parts["days"],
        themes=parts["themes"],
        rooms=parts["rooms"],
        speakers=tuple(sorted(parts["speakers"], key=lambda feed: sort_key(feed.name.value))),
    )


def has_feed(published: Published, key: str) -> bool:
    """Tell whether a feed is called ``key``; single sessions have theirs too."""
    kind, _, name = key.partition("/")
    return key == WHOLE or (kind in _PARTS and name in _PARTS[kind].items(published))


def feed_of(published: Published, lang: str, key: str) -> Feed:
    """Return the feed that is called ``key``.

    Needs an application context, in which ``lang`` is spoken.

    :raises KeyError: when there is none.
    """
    if key == WHOLE:
        return _whole(published, lang)
    kind, _, name = key.partition("/")
    return _feed(published, lang, kind, name, _PARTS[kind].items(published)[name])


def _whole(published: Published, lang: str) -> Feed:
    event = published.event
    return Feed(
        key=WHOLE,
        name=LocalText(gettext("The whole programme"), lang, False),
        title=localize(event.name, lang, order=event.languages).value,
        address=_address("calendars.programme", lang=lang, event=event.slug),
        file_name=f"{event.slug}-programme.ics",
    )


def _feed(
    published: Published,
    lang: str,
    kind: str,
    name: str,
    item: date | Theme | Room | Session | Speaker,
) -> Feed:
    event = published.event
    told = _name_of(item, lang, event.languages)
    part = _PARTS[kind]
    arguments = {"lang": lang, "event": event.slug, part.argument: name}
    return Feed(
        key=f"{kind}/{name}",
        name=told,
        title=gettext(
            "%(part)s – %(event)s",
            part=told.value,
            event=localize(event.name, lang, order=event.languages).value,
        ),
        address=_address(part.endpoint, **arguments),
        file_name=f"{event.slug}-{name}.ics",
        colour=item.colour if isinstance(item, Theme) else None,
    )


def _name_of(
    item: date | Theme | Room | Session | Speaker, lang: str, order: tuple[str, ...]
) -> LocalText:
    if isinstance(item, date):
        return LocalText(long_date(item, lang), lang, False)
    if isinstance(item, Session):
        return localize(item.title, lang, original=item.original_language, order=order)
    return localize(item.name, lang, order=order)


def _address(endpoint: str, **arguments: Any) -> str:
    base_url: str = current_app.config["BASE_URL"]
    return base_url + url_for(endpoint, **arguments)
