"""The whole programme of one language as a file that loads nothing, to be passed on by hand.

It is opened from a disk or a messenger, so what styles it and what runs in it stands inside, and
a policy of its own lets nothing else run. It is as long as a message may be: biographies are left
out, and then abstracts shortened, where all of it would be too much.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import render_template
from flask_babel import gettext
from markupsafe import Markup, escape

from planner.formats.pdf_texts import Entry, Wording
from planner.i18n.content import LocalText, localize
from planner.i18n.formats import clock, date_range, plain_date, plain_time_range, short_date
from planner.i18n.languages import language
from planner.i18n.sorting import sort_key
from planner.lib.markup import html_of, plain_of
from planner.lib.text import clean_text
from planner.programme.document import Session
from planner.programme.published import Published

#: Octets of a programme of up to 200 sessions, and of each session of a larger one.
_LIMIT, _LIMIT_PER_SESSION = 290_000, 1_450
#: Letters of an abstract that is shortened.
_SHORT = 280
_ALL_ROOMS = "*"
_COMMENTS = re.compile(r"/\*.*?\*/|^\s*//[^\n]*$", re.S | re.M)


@dataclass(frozen=True)
class Item:
    """A session as the file tells it."""

    code: str
    entry: Entry
    hours: str
    theme: str
    #: A slug, or a star for a session in all rooms.
    room: str
    abstract: Markup
    #: Whether the abstract is in another language than the file.
    is_foreign: bool
    #: Theme, kind and languages in a line.
    sort: Markup


@dataclass(frozen=True)
class Day:
    """A day with its sessions."""

    key: str
    name: str
    entries: tuple[Item, ...]


@dataclass(frozen=True)
class Person:
    """Somebody who is named, with a biography."""

    name: LocalText
    biography: Markup
    language: LocalText


def document(published: Published, lang: str, base_url: str, files: Path) -> bytes:
    """Return the programme as HTML; ``lang`` must be spoken already.

    ``files`` is the folder where the style sheet and the script are.
    """
    limit = max(_LIMIT, _LIMIT_PER_SESSION * len(published.sessions))
    made = b""
    for is_short, has_people in ((False, True), (False, False), (True, False)):
        maker = _Maker(published, lang, base_url, is_short=is_short)
        made = _filled(maker.page(has_people=has_people), files)
        if len(made) <= limit:
            break
    return made


def _filled(page: str, files: Path) -> bytes:
    """Put style and script into a page, and a policy that lets only these be used."""
    style = _lean((files / "single_file.css").read_text(encoding="utf-8"))
    script = _lean((files / "single_file.js").read_text(encoding="utf-8"))
    policy = (
        f"default-src 'none'; style-src {_hash_of(style)}; script-src {_hash_of(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    for place, content in (
        ("policy", f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        ("style", f"<style>{style}</style>"),
        ("script", f"<script>{script}</script>"),
    ):
        page = page.replace(f"<!--{place}-->", content, 1)
    return re.sub(r"\n\s*\n*", "\n", page).encode()


def _lean(text: str) -> str:
    """Return a style sheet or a script without its comments and blank lines."""
    return re.sub(r"\n\s*", "\n", _COMMENTS.sub("", text)).strip()


def _hash_of(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


class _Maker:
    """Makes the page of one programme, in full or shortened."""

    def __init__(self, published: Published, lang: str, base_url: str, *, is_short: bool) -> None:
        self._published = published
        self._lang = lang
        self._is_short = is_short
        self._wording = Wording(published, lang, base_url)

    def page(self, *, has_people: bool) -> str:
        """Return the page, in which comments mark where style and script go."""
        published, wording, lang = self._published, self._wording, self._lang
        event = published.event
        at = published.release.published_at
        there = at.astimezone(ZoneInfo(event.time_zone))
        return render_template(
            "public/single_file.html",
            published=published,
            language=language(lang),
            wording=wording,
            name=wording.text(event.name),
            venue=wording.text(event.venue_name),
            dates=date_range(event.first_day, event.last_day, lang),
            days=[self._day(day, found) for day, found in published.sessions_by_day.items()],
            choices=self._choices(),
            people=list(self._people()) if has_people else [],
            moment=gettext(
                "%(date)s, %(time)s", date=plain_date(there.date(), lang), time=clock(there)
            ),
            moment_utc=f"{at:%Y-%m-%d %H:%M} UTC",
        )

    def _day(self, day: date, sessions: tuple[Session, ...]) -> Day:
        name = short_date(day, self._lang)
        return Day(f"d{day.isoformat()}", name, tuple(map(self._item, sessions)))

    def _item(self, session: Session) -> Item:
        entry = self._wording.entry(session)
        return Item(
            code=session.code,
            entry=entry,
            hours=plain_time_range(session.starts_at, session.minutes),
            theme=session.theme or "",
            room=_ALL_ROOMS if session.across_rooms else session.room or "",
            abstract=self._abstract(entry),
            is_foreign=entry.abstract_language.is_fallback,
            sort=_sort(entry),
        )

    def _abstract(self, entry: Entry) -> Markup:
        if not self._is_short or not entry.abstract:
            return entry.abstract
        text = " ".join(plain_of(clean_text(entry.abstract_language.value)).split())
        if len(text) > _SHORT:
            text = f"{text[:_SHORT].rsplit(' ', 1)[0]} …"
        link = Markup('<p>{} <a href="{}">→</a></p>')
        return link.format(text, entry.address)

    def _choices(self) -> list[tuple[str, str, str, list[tuple[str, LocalText]]]]:
        """Return the selects: key, label, word for everything, values with their names."""
        published, text = self._published, self._wording.text
        days = [
            (f"d{day.isoformat()}", LocalText(short_date(day, self._lang), self._lang, False))
            for day, sessions in published.sessions_by_day.items()
            if sessions
        ]
        themes = [(slug, text(theme.name)) for slug, theme in published.theme_by_slug.items()]
        rooms = [(slug, text(room.name)) for slug, room in published.room_by_slug.items()]
        return [
            ("day", gettext("Day"), gettext("All days"), days),
            ("theme", gettext("Theme"), gettext("All themes"), themes),
            ("room", gettext("Room"), gettext("All rooms"), rooms),
        ]

    def _people(self) -> Iterator[Person]:
        order = self._published.event.languages
        named = [
            (self._wording.text(speaker.name), localize(speaker.biography, self._lang, order=order))
            for speaker in self._published.programme.speakers
        ]
        for name, biography in sorted(named, key=lambda pair: sort_key(pair[0].value)):
            if biography:
                yield Person(name, html_of(clean_text(biography.value)), biography)


def _sort(entry: Entry) -> Markup:
    told = [escape(part) for part in (entry.theme, entry.kind, entry.spoken) if part]
    if entry.interpreted:
        into = gettext("interpreted into %(languages)s")
        told.append(escape(into) % {"languages": entry.interpreted})
    return Markup(" · ").join(told)
