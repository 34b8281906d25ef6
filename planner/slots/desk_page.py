"""The page of requests in the desk: who asks for what, and what is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.desk.layout import reader_of, render_desk
from planner.entering.lists import page_of
from planner.i18n.content import LocalText
from planner.i18n.formats import clock, short_date
from planner.letters.queries import hidden_names
from planner.lib.mentions import Mentions
from planner.sessions.labels import answer_label
from planner.slots.desk_forms import ANSWERS, Filters
from planner.slots.desk_queries import count_of, requests_in
from planner.slots.models import Outcome, Request, Wish
from planner.slots.operations import state_of
from planner.slots.wording import outcome_label, wish_label
from planner.speakers.naming import called


@dataclass(frozen=True)
class Line:
    """A request as organizers read it."""

    number: int
    who: LocalText
    speaker: str
    #: The session that it is about, by code and title, and what the speaker answered to that.
    session: str | None
    title: LocalText | None
    said: str
    wish: str
    text: str
    day: str
    outcome: str
    mark: str
    answer: str
    #: The same, to be changed; nothing where a name was taken out of it.
    to_change: str
    by: str
    state: str
    is_open: bool
    can_be_answered: bool
    #: Whether they ask to be erased, which is done elsewhere.
    is_erasure: bool = False


@dataclass(frozen=True)
class Typed:
    """An answer that could not be kept: it is shown once more, with what is wrong with it."""

    number: int
    text: str
    errors: tuple[str, ...] = ()
    alert: str = ""


_MARKS = {Outcome.OPEN: "is-warning", Outcome.ACCEPTED: "is-good"}


def requests_page(
    access: Access, filters: Filters, *, status: int = 200, typed: Typed | None = None
) -> Response:
    """Show a page of the list."""
    found = requests_in(access.event_id, filters)
    page = page_of(found, filters.page, total=count_of(access.event_id))
    shown = _shown(access) if page.items else str
    return render_desk(
        "slots/requests.html",
        access,
        status=status,
        filters=filters,
        page=page,
        lines=[_line(access, asked, shown) for asked in page.items],
        typed=typed,
        wishes=[(wish.value, wish_label(wish)) for wish in Wish],
        outcomes=[(outcome.value, outcome_label(outcome)) for outcome in Outcome],
        answers=[(ANSWERS[0].value, gettext("Accept")), (ANSWERS[1].value, gettext("Refuse"))],
    )


def _shown(access: Access) -> Callable[[str], str]:
    """Return what shows the words of people: names that one may not know are taken out."""
    if access.sees_names:
        return str
    mentions = Mentions(hidden_names(access.event_id))
    return lambda text: mentions.replaced(text, "…")


def _line(access: Access, asked: Request, shown: Callable[[str], str]) -> Line:
    reader, session = spoken().code, asked.session
    titles = {lang: text.title for lang, text in session.texts.items()} if session else {}
    said = [
        answer_label(person.answer)
        for person in (session.people if session else ())
        if person.speaker_id == asked.speaker_id
    ]
    at = asked.created_at.astimezone(ZoneInfo(access.event.time_zone))
    answer = shown(asked.answer)
    return Line(
        number=asked.id,
        who=called(asked.speaker, reader, sees_names=access.sees_names),
        speaker=asked.speaker.code,
        session=session.code if session else None,
        title=reader_of(access)(titles, session.original_language) if session else None,
        said=said[0] if said else "",
        wish=wish_label(asked.wish),
        text=shown(asked.text),
        day=f"{short_date(at.date(), reader)} {clock(at)}",
        outcome=outcome_label(asked.outcome),
        mark=_MARKS.get(asked.outcome, ""),
        answer=answer,
        to_change=answer if answer == asked.answer else "",
        by=asked.answered_by.name if asked.answered_by else "",
        state=state_of(asked),
        is_open=asked.outcome is Outcome.OPEN,
        can_be_answered=asked.outcome is not Outcome.WITHDRAWN,
        is_erasure=asked.wish is Wish.ERASURE and asked.outcome is not Outcome.WITHDRAWN,
    )
