"""The changes of a programme as an Atom feed (RFC 4287): an entry for each release."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import render_template, url_for
from flask_babel import gettext

from planner import __version__
from planner.i18n.content import LocalText, localize
from planner.i18n.labels import stage_label
from planner.i18n.languages import language, name_of
from planner.lib.text import isolated
from planner.programme.published import Published
from planner.public.history import ReleaseHistory, history
from planner.public.layout import COMMAS
from planner.public.telling import summary, words_of_changes


@dataclass(frozen=True)
class Entry:
    """One release as feed readers meet it."""

    id: str
    title: str
    updated: str
    href: str
    summary: str
    told: ReleaseHistory


def feed_of_changes(
    published: Published, lang: str, releases: Iterable[Published], base_url: str
) -> bytes:
    """Return the feed of what releases, the newest first, changed.

    Needs an application context, in which ``lang`` is spoken. ``base_url`` is the origin of all
    links. What is no longer named in ``published`` is not named in entries of earlier releases.
    """
    releases = list(releases)
    event = published.event
    page = base_url + url_for("changes.changes", lang=lang, event=event.slug)
    # Of the day of the first release, when the host was the event's (RFC 4151, section 2.1).
    began = releases[-1].release.published_at.astimezone(UTC).date()
    named = f"tag:{event.uid_host},{began}:{event.slug}"
    entries = [
        _entry(told, f"{named}/releases/{told.number}/{lang}", page)
        for told in history(releases, lang)
    ]
    return render_template(
        "public/changes.xml",
        id=f"{named}/changes/{lang}",
        language=language(lang),
        language_name=lambda code: name_of(code, lang),
        comma=COMMAS[language(lang).direction],
        name=localize(event.name, lang, order=event.languages),
        updated=_instant(published.release.published_at),
        address=base_url + url_for("changes.atom", lang=lang, event=event.slug),
        page_address=page,
        base_url=base_url,
        version=__version__,
        entries=entries,
        published=published,
        way_to=url_for,
        **words_of_changes(published, lang),
    ).encode()


def _entry(told: ReleaseHistory, identity: str, page: str) -> Entry:
    title = gettext(
        "Release %(number)s: %(stage)s", number=told.number, stage=stage_label(told.stage)
    )
    lines = [summary(told), _isolated(told.note)]
    if told.became_final:
        lines.insert(0, gettext("With this release the programme became final."))
    return Entry(
        id=identity,
        title=title,
        updated=_instant(told.published_at),
        href=f"{page}#release-{told.number}",
        summary="\n".join(line for line in lines if line),
        told=told,
    )


def _isolated(note: LocalText) -> str:
    return isolated(note.value) if note else ""


def _instant(moment: datetime) -> str:
    """Return an instant as RFC 3339 writes it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
