"""What every page of the desk carries around its content: the event, ways on, undo, the user."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import make_response, render_template, request, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission
from planner.accounts.models import User
from planner.desk.language import spoken
from planner.i18n.content import LocalText, localize
from planner.i18n.labels import N_
from planner.i18n.languages import INTERFACE, Language, language, name_of

#: Ways on within an event: words, endpoint, and what one must be allowed to do there.
_WAYS = (
    (N_("Overview"), "desk.event", Permission.VIEW),
    (N_("Board"), "timetable.overview", Permission.VIEW),
    (N_("Conflicts"), "timetable.conflicts", Permission.VIEW),
    (N_("Sessions"), "sessions.index", Permission.VIEW),
    (N_("Speakers"), "speakers.index", Permission.VIEW),
    (N_("Requests"), "requests.index", Permission.VIEW),
    (N_("Translations"), "translating.index", Permission.VIEW),
    (N_("Readiness"), "readiness.index", Permission.VIEW),
    (N_("Releases"), "releases.index", Permission.VIEW),
    (N_("Letters"), "letters.index", Permission.VIEW),
    (N_("History"), "journal.index", Permission.VIEW),
)
_MORE_WAYS = (
    (N_("Proposals"), "proposals.index", Permission.VIEW),
    (N_("Interpretation"), "interpreting.index", Permission.VIEW),
    (N_("Links"), "links.index", Permission.RELEASE),
    (N_("Participants"), "participants.index", Permission.VIEW),
    (N_("Themes"), "events.themes", Permission.VIEW),
    (N_("Rooms"), "events.rooms", Permission.VIEW),
    (N_("Days"), "events.days", Permission.VIEW),
    (N_("Spreadsheets"), "imports.spreadsheets", Permission.VIEW),
    (N_("Settings"), "events.settings", Permission.VIEW),
    (N_("Organizers"), "accounts.people", Permission.OWN),
)


@dataclass(frozen=True)
class Way:
    """A way on, and whether it leads to where the organizer is."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Desk:
    """What the base template of the desk shows; without an event its parts are absent."""

    language: Language
    languages: tuple[Language, ...]
    user: User | None
    access: Access | None = None
    name: LocalText | None = None
    ways: tuple[Way, ...] = ()
    more_ways: tuple[Way, ...] = ()


def render_desk(
    template: str, access: Access | None = None, *, status: int = 200, **context: Any
) -> Response:
    """Return a page of the desk, which no cache may keep.

    Templates get ``desk`` (see :class:`Desk`), ``access``, ``may`` (what asks for a
    :class:`Permission` by name), ``local(texts, original)``, ``language(code)`` and
    ``language_name(code)``.
    """
    reader = spoken()
    page = render_template(
        template,
        desk=_desk(reader, access),
        access=access,
        may=partial(_may, access),
        local=reader_of(access),
        language=language,
        language_name=partial(name_of, reader=reader.code),
        **context,
    )
    response = make_response(page, status)
    response.headers["Content-Language"] = reader.code
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def reader_of(access: Access | None) -> partial[LocalText]:
    """Return what chooses among texts for who asks: ``(texts, original=None)``."""
    order = tuple(access.event.languages) if access else ()
    return partial(_localize, spoken().code, order)


def _localize(
    reader: str, order: tuple[str, ...], texts: dict[str, str], original: str | None = None
) -> LocalText:
    return localize(texts, reader, original=original, order=order)


def _may(access: Access | None, permission: str, lang: str | None = None) -> bool:
    return access is not None and access.may(Permission(permission), lang)


def _desk(reader: Language, access: Access | None) -> Desk:
    user = current_user._get_current_object() if current_user.is_authenticated else None
    languages = tuple(INTERFACE.values())
    if access is None:
        return Desk(reader, languages, user)
    return Desk(
        reader,
        languages,
        user,
        access=access,
        name=reader_of(access)(access.event.name),
        ways=_ways(access, _WAYS),
        more_ways=_ways(access, _MORE_WAYS),
    )


def _ways(access: Access, ways: tuple[tuple[str, str, Permission], ...]) -> tuple[Way, ...]:
    found = []
    for label, endpoint, permission in ways:
        if access.may(permission):
            address = url_for(endpoint, event=access.event.slug)
            found.append(Way(gettext(label), address, _is_here(endpoint, address)))
    return tuple(found)


def _is_here(endpoint: str, address: str) -> bool:
    """Tell whether a page belongs to a way: it is the way's own, or below it."""
    if endpoint == "desk.event":  # every page is below this one
        return request.endpoint == endpoint
    return f"{request.path}/".startswith(f"{address.rstrip('/')}/")
