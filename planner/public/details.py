"""The pages of an event itself, and of each of its sessions, speakers, themes and rooms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import current_app
from flask_babel import gettext
from markupsafe import Markup

from planner.i18n.content import LocalText
from planner.i18n.formats import duration, long_date, plain_date
from planner.i18n.labels import change_label, kind_label, role_label, status_label
from planner.i18n.languages import name_of
from planner.lib.intervals import overlap
from planner.lib.markup import html_of
from planner.programme.document import Appearance, EventInfo, Room, Session, Speaker, Theme
from planner.programme.published import Published, day_of, ends_at
from planner.programme.vocabulary import Status
from planner.public import linked_data
from planner.public.addresses import way_to
from planner.public.cards import Card, Cards, Mark
from planner.public.days import Day, days_of
from planner.public.filters import Filters
from planner.public.layout import event_frame, reader, render_page, web_address
from planner.public.photos import picture_of

#: So many of the sessions that are on at the same time are shown on a session's page.
_ALSO_ON = 12


@dataclass(frozen=True)
class Prose:
    """A text of several paragraphs, as HTML, with the language that it is really in."""

    html: Markup
    text: LocalText


@dataclass(frozen=True)
class Person:
    """Somebody's part in a session, as far as the public may know."""

    role: str
    name: Markup
    href: str
    organisation: LocalText | None


@dataclass(frozen=True)
class Neighbour:
    """The session before or after, in the same room or theme."""

    label: str
    card: Card


def event_list(lang: str, events: Iterable[Published]) -> bytes:
    """Return the list of events."""
    frames = [event_frame(lang, published) for published in events]
    return render_page("public/events.html", lang, frames=frames)


def event_page(published: Published, lang: str) -> bytes:
    """Return the page of an event."""
    event, local = published.event, reader(lang, published)
    counts = [len(published.sessions_of_theme(slug)) for slug in published.theme_by_slug]
    return render_page(
        "public/event.html",
        lang,
        published,
        event=event,
        tagline=local(event.tagline),
        call=_prose(local(event.call)),
        address=local(event.venue_address),
        note=local(published.release.note),
        principles=[local(principle) for principle in event.principles],
        supporters=[(local(entry.name), web_address(entry.url)) for entry in event.supporters],
        partners=[(local(entry.name), web_address(entry.url)) for entry in event.partners],
        themes=list(zip(Cards(published, lang).themes, counts, strict=True)),
        registration=_registration(event, lang),
        linked_data=linked_data.of_event(published, lang, current_app.config["BASE_URL"]),
    )


def _prose(text: LocalText) -> Prose:
    return Prose(html_of(text.value), text)


def _registration(event: EventInfo, lang: str) -> str:
    """Return when one can register; never whether one still can, because pages are kept."""
    opens, closes = event.registration_opens, event.registration_closes
    first = plain_date(opens.date(), lang) if opens else ""
    last = plain_date(closes.date(), lang) if closes else ""
    if first and last:
        return str(
            gettext("Registration is open from %(first)s to %(last)s.", first=first, last=last)
        )
    if first:
        return str(gettext("Registration opens on %(first)s.", first=first))
    if last:
        return str(gettext("Registration is open until %(last)s.", last=last))
    return ""


def session_page(published: Published, lang: str, session: Session) -> bytes:
    """Return the page of a session."""
    local, cards = reader(lang, published), Cards(published, lang)
    title = local(session.title, session.original_language)
    room = published.room_by_slug.get(session.room or "")
    theme = published.theme_by_slug.get(session.theme or "")
    return render_page(
        "public/session.html",
        lang,
        published,
        session=session,
        card=cards.card(session),
        title=title,
        original=_original(session, title),
        abstract=_prose(local(session.abstract, session.original_language)),
        date=long_date(day_of(published.event, session.starts_at), lang),
        day_query=Filters(day=day_of(published.event, session.starts_at).isoformat()).query,
        length=duration(session.minutes),
        kind=kind_label(session.kind),
        room=None if session.across_rooms else room,
        floor=local(room.floor) if room else None,
        spoken=[name_of(code, lang) for code in session.spoken_languages],
        interpreted=[name_of(code, lang) for code in session.interpreted_languages],
        people=[person_in(published, cards, lang, person) for person in session.people],
        status=status_label(session.status),
        online_url=web_address(session.online_url),
        changes=_changes(session),
        meanwhile=cards.of(_meanwhile(published, session)),
        neighbours=_neighbours(published, cards, session),
        linked_data=linked_data.of_session(
            published, session, lang, current_app.config["BASE_URL"]
        ),
        picture=theme.colour.value if theme else "",
    )


def _original(session: Session, shown: LocalText) -> LocalText | None:
    """Return the title in the session's own language, where another one is shown."""
    value = session.title.get(session.original_language)
    if not value or value == shown.value:
        return None
    return LocalText(value, session.original_language, True)


def _changes(session: Session) -> list[Mark]:
    """Return everything that happened to a session since the release before, in words."""
    return [Mark(change.value, change_label(change)) for change in session.changes]


def person_in(published: Published, cards: Cards, lang: str, person: Appearance) -> Person:
    """Return somebody's part in a session as its page shows it."""
    speaker = published.speaker_by_code.get(person.speaker or "")
    if speaker is None:
        return Person(role_label(person.role), cards.person(person), "", None)
    return Person(
        role=role_label(person.role),
        name=cards.person(person),
        href=way_to("pages.speaker", lang=lang, event=published.event.slug, code=speaker.code),
        organisation=cards.local(speaker.organisation),
    )


def _meanwhile(published: Published, session: Session) -> list[Session]:
    """Return what else one could go to at that time."""
    start, end = session.starts_at, ends_at(session)
    return [
        other
        for other in published.sessions
        if other.code != session.code
        and other.status is not Status.CANCELLED
        and overlap(start, end, other.starts_at, ends_at(other))
    ][:_ALSO_ON]


def _neighbours(published: Published, cards: Cards, session: Session) -> list[Neighbour]:
    """Return the sessions before and after in the room, and in the theme."""
    found: list[tuple[str, Session]] = []
    if session.room and not session.across_rooms:
        before, after = _around(published.sessions_in_room(session.room), session)
        found += [(gettext("Before, in this room"), item) for item in before]
        found += [(gettext("After, in this room"), item) for item in after]
    if session.theme:
        before, after = _around(published.sessions_of_theme(session.theme), session)
        found += [(gettext("Before, on this theme"), item) for item in before]
        found += [(gettext("After, on this theme"), item) for item in after]
    return [Neighbour(label, cards.card(item)) for label, item in found]


def _around(
    sessions: tuple[Session, ...], session: Session
) -> tuple[tuple[Session, ...], tuple[Session, ...]]:
    """Return the session before this one and the one after it, where there are such."""
    standing = [item for item in sessions if item.status is not Status.CANCELLED or item is session]
    place = standing.index(session)
    return tuple(standing[max(0, place - 1) : place]), tuple(standing[place + 1 : place + 2])


def speaker_page(published: Published, lang: str, speaker: Speaker) -> bytes:
    """Return the page of somebody who is named."""
    local = reader(lang, published)
    return render_page(
        "public/speaker.html",
        lang,
        published,
        speaker=speaker,
        name=local(speaker.name),
        organisation=local(speaker.organisation),
        biography=_prose(local(speaker.biography)),
        photo=picture_of(published, speaker),
        languages=[name_of(code, lang) for code in speaker.spoken_languages],
        days=_by_day(published, lang, published.sessions_with(speaker.code)),
    )


def theme_page(published: Published, lang: str, theme: Theme) -> bytes:
    """Return the page of a theme."""
    local = reader(lang, published)
    return render_page(
        "public/theme.html",
        lang,
        published,
        theme=theme,
        picture=theme.colour.value,
        name=local(theme.name),
        description=_prose(local(theme.description)),
        days=_by_day(published, lang, published.sessions_of_theme(theme.slug)),
    )


def room_page(published: Published, lang: str, room: Room) -> bytes:
    """Return the page of a room."""
    local = reader(lang, published)
    sessions = [
        session
        for session in published.sessions
        if session.room == room.slug or session.across_rooms
    ]
    return render_page(
        "public/room.html",
        lang,
        published,
        room=room,
        name=local(room.name),
        floor=local(room.floor),
        days=_by_day(published, lang, sessions),
    )


def _by_day(published: Published, lang: str, sessions: Iterable[Session]) -> list[Day]:
    def day(session: Session) -> date:
        return day_of(published.event, session.starts_at)

    ordered = sorted(sessions, key=lambda session: (day(session), session.starts_at))
    days = {key: list(items) for key, items in groupby(ordered, key=day)}
    return days_of(Cards(published, lang), days, lang)
