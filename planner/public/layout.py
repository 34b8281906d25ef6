"""What every page carries around its content: the event's name, ways on, languages, the release."""

from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup

from planner.formats.pdf_editions import languages_together
from planner.i18n.content import LocalText, localize
from planner.i18n.formats import clock, date_range, plain_date
from planner.i18n.labels import N_
from planner.i18n.languages import INTERFACE, Language, language, name_of
from planner.programme.document import EventInfo, Texts
from planner.programme.published import Published
from planner.programme.vocabulary import Stage
from planner.public.addresses import Preview, preview, way_to

#: Ways on within an event: endpoint and words.
_WAYS = {
    "pages.event": N_("The event"),
    "pages.programme": N_("Programme"),
    "agenda.show": N_("My agenda"),
    "now.now": N_("Now"),
    "changes.changes": N_("Changes"),
    "subscribe.subscribe": N_("Subscribe"),
    "registration.register": N_("Registration"),
}
#: Those that lead somewhere while a programme is only previewed.
_PREVIEWED = frozenset({"pages.event", "pages.programme", "changes.changes", "subscribe.subscribe"})
#: What stands between the parts of a list, by the direction of the text.
COMMAS = {"ltr": Markup(", "), "rtl": Markup("، ")}


@dataclass(frozen=True)
class Link:
    """A way on, and whether it leads to where the reader is."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class Layout:
    """What the base template shows; without an event its parts are absent."""

    language: Language
    #: The same page in every language of the interface, with the path of each.
    languages: tuple[tuple[Language, str], ...]
    base_url: str
    canonical: str
    #: Where the name in the header leads.
    home: str
    event: "EventFrame | None" = None
    #: Says that the page is not public.
    preview: Preview | None = None


@dataclass(frozen=True)
class EventFrame:
    """What the pages of one event have in common."""

    name: LocalText
    href: str
    when: str
    venue: LocalText
    notice: LocalText
    zone: Markup
    ways: tuple[Link, ...]
    files: tuple[Link, ...]
    #: Where stars are sent; empty where none can be set.
    stars: str
    #: How settled the programme is, in a sentence or two.
    state: str
    release: str
    published_at: datetime
    published_there: str
    published_utc: str
    digest: str


def render_page(
    template: str,
    lang: str,
    published: Published | None = None,
    *,
    query: str = "",
    **context: Any,
) -> bytes:
    """Return a page as HTML; the language must be spoken already.

    ``query`` is the canonical query of the page, kept when the reader changes the language.
    Templates get ``page`` (the layout), ``way_to(endpoint, **values)``, which gives addresses,
    ``local(texts, original)``, which chooses a text for the reader, ``marked(text)``, which adds
    the name of its language where that is another, ``language_name(code)``, and ``comma``, which
    stands between the parts of a list.
    """
    return render_template(
        template,
        page=_layout(lang, published, query),
        way_to=way_to,
        published=published,
        local=reader(lang, published),
        marked=partial(marked, lang),
        language_name=partial(name_of, reader=lang),
        comma=COMMAS[language(lang).direction],
        **context,
    ).encode()


def web_address(url: str | None) -> str | None:
    """Return an address that a page may lead to; what could run a script is none."""
    return url if url and url.startswith(("https://", "http://")) else None


def marked(lang: str, text: LocalText) -> Markup:
    """Return a text with its language, and the name of that where it is not the reader's."""
    if not text.is_fallback:
        return text.__html__()
    return Markup('{} <span class="badge">{}</span>').format(text, name_of(text.lang, lang))


def reader(lang: str, published: Published | None) -> partial[LocalText]:
    """Return what chooses among texts for a reader of this language: ``(texts, original=None)``."""
    order = published.event.languages if published else ()
    return partial(_localize, lang, order)


def _localize(
    lang: str, order: tuple[str, ...], texts: Texts, original: str | None = None
) -> LocalText:
    return localize(texts, lang, original=original, order=order)


def _layout(lang: str, published: Published | None, query: str) -> Layout:
    base_url = current_app.config["BASE_URL"]
    suffix = f"?{query}" if query else ""
    return Layout(
        language=language(lang),
        languages=tuple(
            (other, f"{_same_page(code)}{suffix}") for code, other in INTERFACE.items()
        ),
        base_url=base_url,
        canonical=f"{base_url}{request.path}",
        home=way_to("pages.event", lang=lang, event=published.event.slug)
        if published
        else url_for("front.events", lang=lang),
        event=event_frame(lang, published) if published else None,
        preview=preview(),
    )


def _same_page(lang: str) -> str:
    """Return the address of the page that was asked for in another language."""
    arguments = request.view_args or {}
    if request.endpoint is None or ("lang" not in arguments and preview() is None):
        return url_for("front.events", lang=lang)
    return url_for(request.endpoint, **{**arguments, "lang": lang})


def event_frame(lang: str, published: Published) -> EventFrame:
    """Return what the pages of an event have in common, in the language spoken now."""
    event, release = published.event, published.release
    local = reader(lang, published)
    there = release.published_at.astimezone(ZoneInfo(event.time_zone))
    date = plain_date(there.date(), lang)
    return EventFrame(
        name=local(event.name),
        href=way_to("pages.event", lang=lang, event=event.slug),
        when=date_range(event.first_day, event.last_day, lang),
        venue=local(event.venue_name),
        notice=local(event.notice),
        zone=_zone(published),
        ways=_ways(lang, published),
        files=() if preview() else _files(lang, event),
        stars=stars_of(lang, published),
        state=_state(published, date),
        release=gettext("Release %(number)s", number=release.number),
        published_at=release.published_at,
        published_there=gettext("%(date)s, %(time)s", date=date, time=clock(there)),
        published_utc=f"{release.published_at:%Y-%m-%d %H:%M} UTC",
        digest=published.digest[:12],
    )


def stars_of(lang: str, published: Published) -> str:
    """Return where the stars of sessions are sent; empty where none can be set."""
    if preview() is not None:
        return ""
    return url_for("agenda.stars", lang=lang, event=published.event.slug)


def _zone(published: Published) -> Markup:
    """Return the time zone as it is on the first day."""
    event = published.event
    return zone_told(event.time_zone, datetime.combine(event.first_day, time(12)))


def zone_told(name: str, there: datetime) -> Markup:
    """Return a time zone with its offset at an hour of its clock: «Asia/Baghdad, UTC+03:00»."""
    offset = there.replace(tzinfo=ZoneInfo(name)).isoformat()[-6:]
    return Markup('<bdi class="zone" dir="ltr">{}, UTC{}</bdi>').format(
        name.replace("_", " "), offset
    )


def _ways(lang: str, published: Published) -> tuple[Link, ...]:
    shown = [endpoint for endpoint in _WAYS if _leads_on(endpoint, published)]
    way = partial(way_to, lang=lang, event=published.event.slug)
    return tuple(
        Link(gettext(_WAYS[endpoint]), way(endpoint), way(endpoint) == request.path)
        for endpoint in shown
    )


def _leads_on(endpoint: str, published: Published) -> bool:
    if endpoint == "registration.register" and not published.event.registration_opens:
        return False
    return endpoint in _PREVIEWED or preview() is None


def _files(lang: str, event: EventInfo) -> tuple[Link, ...]:
    slug = event.slug
    files = [
        Link("schedule.xml", url_for("exchange.xml", event=slug)),
        Link("schedule.json", url_for("exchange.json", event=slug)),
        Link("CSV", url_for("exchange.csv", lang=lang, event=slug)),
        Link(gettext("One file (HTML)"), url_for("offline.single_file", lang=lang, event=slug)),
    ]
    if current_app.extensions.get("planner.pdf"):
        files += _printed(lang, event)
    return tuple(files)


def _printed(lang: str, event: EventInfo) -> list[Link]:
    """Return the documents for printing: on A4 and as a booklet, in one language and in all."""
    links = [
        Link(gettext("PDF, A4"), url_for("documents.pdf", lang=lang, event=event.slug)),
        Link(
            gettext("PDF, booklet to fold"),
            url_for("documents.booklet", lang=lang, event=event.slug),
        ),
    ]
    if len(languages_together(event)) > 1:
        links += [
            Link(gettext("PDF, all languages"), url_for("documents.pdf_of_all", event=event.slug)),
            Link(
                gettext("PDF, booklet in all languages"),
                url_for("documents.booklet_of_all", event=event.slug),
            ),
        ]
    return links


def _state(published: Published, date: str) -> str:
    release = published.release
    if release.stage is Stage.FINAL:
        return str(gettext("Final programme, published on %(date)s.", date=date))
    return str(
        gettext(
            "Draft %(number)s, published on %(date)s. It will still change.",
            number=release.number,
            date=date,
        )
    )
