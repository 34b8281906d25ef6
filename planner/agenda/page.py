"""The pages of an agenda. The language must be spoken already."""

from dataclasses import dataclass
from typing import Any

import segno
from flask import current_app, url_for
from flask_babel import gettext
from markupsafe import Markup, escape

from planner.agenda.days import clashes_in, days_of
from planner.agenda.feed import links_of
from planner.agenda.frame import Own
from planner.agenda.operations import KEPT_DAYS, MOST_STARS
from planner.agenda.past import gone_from, told_since
from planner.agenda.queries import Kept
from planner.i18n.formats import long_date
from planner.i18n.labels import N_
from planner.programme.document import Session
from planner.programme.published import Published, day_of
from planner.public.cards import Card, Cards
from planner.public.layout import reader, render_page

#: Dark on light in dark surroundings too, because cameras want it so.
_INK, _PAPER = "#221e1a", "#ffffff"
#: The light margin that a reader of codes needs, in modules (ISO/IEC 18004, section 5.3.8).
_QUIET_ZONE = 4
#: What was done, as the address of the page says it.
_DONE = {
    "joined": N_("The sessions were added to your agenda."),
    "taken": N_("This device has the agenda now. What changes on one device changes on the other."),
    "emptied": N_("Your agenda is empty now."),
    "deleted": N_("Your agenda is deleted, and this browser knows nothing of it any more."),
    "full": N_("An agenda holds no more than %(most)d sessions, so this was not added."),
}
#: Said where the cookie did not come back.
_FORGOTTEN = N_(
    "Your browser did not keep the star: it refuses the cookie that holds your agenda. Allow "
    "cookies for this site, and set the star once more."
)


@dataclass(frozen=True)
class Message:
    """What was just done, and to which session."""

    text: str
    card: Card | None = None
    #: Whether the session was taken out, and can be put back.
    is_out: bool = False
    is_refusal: bool = False


def agenda_page(published: Published, lang: str, own: Own | None, query: dict[str, str]) -> bytes:
    """Return the page of one's agenda; ``query`` says what was just done."""
    mine = told_since(published, own.kept) if own else []
    cards = Cards(published, lang)
    return render_page(
        "agenda/show.html",
        lang,
        published,
        own=own,
        message=_message(published, cards, own, query),
        news=[
            (card, long_date(day_of(published.event, card.session.starts_at), lang))
            for card in cards.of(session for session in mine if session.changes)
        ],
        gone=_gone(published, lang, own.kept) if own else [],
        clashes=clashes_in(mine),
        codes=" ".join(sorted(own.kept.seen)) if own else "",
        **_of_days(published, lang, mine),
        **(_links(published, lang, own) if own else {}),
    )


def _of_days(published: Published, lang: str, sessions: list[Session]) -> dict[str, Any]:
    return {"days": days_of(published, lang, sessions), "count": len(sessions)}


def _gone(published: Published, lang: str, kept: Kept) -> list[tuple[str, Markup, str]]:
    """Return code, title and day of what is no longer in the programme."""
    local, cards = reader(lang, published), Cards(published, lang)
    told = []
    for gone in gone_from(published, kept):
        title = cards.phrase(local(gone.title, gone.original_language))
        day = long_date(gone.starts_at.date(), lang) if gone.starts_at else ""
        told.append((gone.code, title or escape(gettext("A session")), day))
    return told


def _links(published: Published, lang: str, own: Own) -> dict[str, Any]:
    event = published.event.slug
    shared = _whole(url_for("agenda.shared", lang=lang, event=event, token=own.token))
    taken = _whole(url_for("agenda.take", lang=lang, event=event, token=own.key))
    return {
        "feed": links_of(published, lang, own.token),
        "shared": shared,
        "shared_code": _code(shared),
        "taken": taken,
        "taken_code": _code(taken),
        "kept_days": KEPT_DAYS,
    }


def _whole(path: str) -> str:
    return f"{current_app.config['BASE_URL']}{path}"


def _code(address: str) -> str:
    """Return a QR code of an address as one of its own: nobody else is asked for it."""
    made = segno.make_qr(address, error="m")
    return made.svg_data_uri(border=_QUIET_ZONE, dark=_INK, light=_PAPER, omitsize=True)


def _message(
    published: Published, cards: Cards, own: Own | None, query: dict[str, str]
) -> Message | None:
    code = query.get("added") or query.get("removed") or ""
    session = published.session_by_code.get(code)
    if session is not None:
        card, is_in = cards.card(session), bool(own and code in own.kept.seen)
        if "added" in query and own is None:
            return Message(gettext(_FORGOTTEN), card, is_refusal=True)
        if "added" in query and is_in:
            return Message(gettext("In your agenda now:"), card)
        if "removed" in query and not is_in:
            return Message(gettext("Taken out of your agenda:"), card, is_out=True)
    done = query.get("done", "")
    if done not in _DONE:
        return None
    return Message(gettext(_DONE[done], most=MOST_STARS), is_refusal=done == "full")


def shared_page(published: Published, lang: str, kept: Kept, token: str, *, is_own: bool) -> bytes:
    """Return the page on which others read an agenda, and add it to theirs."""
    return render_page(
        "agenda/shared.html",
        lang,
        published,
        is_own=is_own,
        feed=links_of(published, lang, token),
        **_of_days(published, lang, _in(published, kept)),
    )


def take_page(
    published: Published, lang: str, kept: Kept, own: Own | None, *, is_own: bool
) -> bytes:
    """Return the page that asks whether this device should have an agenda."""
    cards = Cards(published, lang)
    return render_page(
        "agenda/take.html",
        lang,
        published,
        is_own=is_own,
        cards=cards.of(_in(published, kept)),
        others=len(own.kept.seen) if own else 0,
    )


def sure_page(published: Published, lang: str, own: Own, what: str) -> bytes:
    """Return the page that asks before an agenda is emptied or deleted (``what``)."""
    return render_page("agenda/sure.html", lang, published, what=what, count=len(own.kept.seen))


def _in(published: Published, kept: Kept) -> list[Session]:
    return [session for session in published.sessions if session.code in kept.seen]
