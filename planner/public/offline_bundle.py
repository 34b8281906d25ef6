"""All pages of an event in one file, small enough to be fetched after the first visit.

Of each page there are its title, what its head has besides that of every page, and its middle; a
worker puts them into the frame of another page. Cards of sessions stand on many pages, and here
once: a page has their number in the list of cards.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from planner.programme.published import Published
from planner.public import details
from planner.public.call import call_page
from planner.public.changes import changes_page
from planner.public.days import programme_page
from planner.public.filters import EVERY_DAY, Filters
from planner.public.layout import render_page
from planner.public.programmes import releases_until

_TITLE = re.compile(r"<title>(.*?)</title>", re.S)
_MAIN = re.compile(r"<main\b.*</main>", re.S)
_BLANK_LINES = re.compile(r"\n\s*\n+")
#: What a page loads besides what every page does.
_LOADED = re.compile(r'<link rel="stylesheet"[^>]*>|<script [^>]*\bsrc=[^>]*></script>')
_SESSION = re.compile(r'href="[^"]*/(sessions/[^"/]+)"')
#: A card without the tag that says where in the grid it stands.
_CARD = re.compile(r'(?<=<li class="card )([^>]*>)(.*?</li>)', re.S)


def bundle_of(published: Published, lang: str) -> bytes:
    """Return the pages as JSON; the language must be spoken already.

    A list of cards, ``[number, html]``, and pages, ``[path and query, title, head, main]``, where
    \\x01, a number and a semicolon stand for a card. Cards of a session stand just before its
    page, which says the same: so they are compressed together.
    """
    cards: dict[str, int] = {}
    of_all = set(_LOADED.findall(frame(published, lang).decode()))
    pages = {path: _parts(make(), cards, of_all) for path, make in _pages(published, lang)}
    before = defaultdict(list)
    for card, number in cards.items():
        told = _SESSION.search(card)
        before[told[1] if told else ""].append((number, card))
    items: list[tuple[object, ...]] = []
    for path, parts in pages.items():
        items += [*before.pop(path, ()), (path, *parts)]
    items += [card for left in before.values() for card in left]
    return msgspec.json.encode(items)


def frame(published: Published, lang: str) -> bytes:
    """Return the page that stands for those that are not kept; the language must be spoken."""
    return render_page("public/offline.html", lang, published)


def _pages(published: Published, lang: str) -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "", partial(details.event_page, published, lang)
    yield "call", partial(call_page, published, lang)
    yield "changes", partial(changes_page, published, lang, releases_until(published))
    yield from _days(published, lang)
    for session in published.sessions:
        yield f"sessions/{session.code}", partial(details.session_page, published, lang, session)
    for speaker in published.programme.speakers:
        yield f"speakers/{speaker.code}", partial(details.speaker_page, published, lang, speaker)
    for theme in published.programme.themes:
        yield f"themes/{theme.slug}", partial(details.theme_page, published, lang, theme)
    for room in published.programme.rooms:
        yield f"rooms/{room.slug}", partial(details.room_page, published, lang, room)


def _days(published: Published, lang: str) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the programme, and where that has one day only because there are many, each of them."""
    whole = Filters()
    yield "programme", partial(programme_page, published, lang, whole)
    days = [day.isoformat() for day, sessions in published.sessions_by_day.items() if sessions]
    if whole.settled(published) != whole:
        days.append(EVERY_DAY)
    if len(days) > 1:
        for day in days:
            asked = Filters(day=day)
            yield f"programme?{asked.query}", partial(programme_page, published, lang, asked)


def _parts(page: bytes, cards: dict[str, int], of_all: set[str]) -> tuple[str, str, str]:
    text = page.decode()
    head, _, _ = text.partition("</head>")
    (title,), (main,) = _TITLE.findall(head), _MAIN.findall(text)

    def numbered(card: re.Match[str]) -> str:
        return f"{card[1]}\x01{cards.setdefault(card[2], len(cards))};"

    middle = _CARD.sub(numbered, main.replace("\x01", ""))
    around = text.replace(main, "")
    loaded = "".join(tag for tag in _LOADED.findall(around) if tag not in of_all)
    return title, loaded, _BLANK_LINES.sub("\n", middle)
