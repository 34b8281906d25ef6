"""The page of a speaker's slots: each session with everything that they may know of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from planner.i18n.content import LocalText
from planner.i18n.formats import duration, short_date, time_range
from planner.i18n.labels import N_, kind_label, role_label
from planner.i18n.languages import name_of
from planner.lib.markup import html_of
from planner.programme.published import Published
from planner.programme.vocabulary import Kind, Role
from planner.sessions.models import Answer
from planner.slots.frame import Visit, render_visit
from planner.slots.models import Outcome, Request, Wish
from planner.slots.queries import contents_of, published_now, requests_of, seen_by
from planner.slots.slots_changes import changes, when
from planner.slots.slots_conflicts import Concern, concerns
from planner.slots.slots_content import Content, Fellow, Standing, digest_of
from planner.slots.slots_forms import WISHES
from planner.slots.wording import outcome_label, wish_label

_STANDINGS = {
    Standing.PROPOSED: N_("Proposed: not accepted yet"),
    Standing.PLAN: N_("Still a plan: hour and room may change"),
    Standing.DRAFT: N_("Published as a draft: it may change"),
    Standing.FINAL: N_("Final"),
    Standing.CANCELLED: N_("Cancelled"),
}
#: What the page says after something was done, by the word in its address.
_DONE = {
    "confirmed": N_("Thank you. The organizers know that you come."),
    "declined": N_("The organizers know that you cannot come, and why."),
    "asked": N_("Your request is with the organizers. Their answer will stand here."),
    "taken-back": N_("Your request is taken back."),
    "seen": N_("What changes from now on will be marked."),
}


@dataclass(frozen=True)
class Entered:
    """What was sent and could not be done: it is shown once more, with what is wrong with it."""

    do: str = ""
    code: str = ""
    text: str = ""
    wish: str = Wish.HOUR.value
    #: Beside the field.
    errors: Sequence[str] = ()
    #: Above everything.
    alert: str = ""

    def of(self, do: str, code: str) -> "Entered | None":
        """Return it for the form that it was sent with, and None for all others."""
        return self if (self.do, self.code) == (do, code) else None


@dataclass(frozen=True)
class Person:
    """Somebody in a session, as the speaker reads of them."""

    name: LocalText | str
    organisation: LocalText | None
    role: str


@dataclass(frozen=True)
class Asked:
    """A request, with what became of it."""

    number: int
    wish: str
    text: str
    is_open: bool
    outcome: str
    answer: str


@dataclass(frozen=True)
class Card:
    """A session as the speaker reads it."""

    content: Content
    title: LocalText | str
    standing: str
    day: str
    hours: Markup | None
    #: The moment of its start in UTC, and by how many minutes the venue's clock is ahead of that.
    instant: str
    offset: int
    room: LocalText | None
    floor: LocalText | None
    theme: LocalText | None
    kind: str
    length: str
    roles: list[str]
    moderators: list[Person]
    fellows: list[Person]
    interpreters: list[Person]
    spoken: list[str]
    interpreted: list[str]
    note: Markup
    equipment: Markup
    is_new: bool
    changes: list[Markup]
    concerns: list[Concern]
    requests: list[Asked] = field(default_factory=list)

    @property
    def is_asked_anew(self) -> bool:
        """Whether they confirmed another hour or room before."""
        return self.content.answer is Answer.ASKED and any(
            person.answered_for for person in self.content.people
        )

    def told(self, concern: Concern) -> bool:
        """Whether organizers were told of a conflict already."""
        return any(asked.is_open and asked.text == concern.words for asked in self.requests)


@dataclass(frozen=True)
class Gone:
    """A session that was among the speaker's when they looked last."""

    title: LocalText | None
    when: Markup | None


def slots_page(visitor: Visit, status: int = 200, entered: Entered | None = None) -> Response:
    """Show a speaker what they take part in; ``entered`` is what could not be done."""
    speaker = visitor.speaker
    published = published_now(speaker)
    contents, seen = contents_of(speaker, published), seen_by(speaker)
    told = _requests(requests_of(speaker))
    worries = concerns(
        speaker, contents, lambda content: str(_title(visitor, content)), visitor.local
    )
    room_called = partial(_room, visitor, published)
    cards = [
        _card(
            visitor,
            content,
            _marks(visitor, content, seen, room_called),
            worries.get(content.code, []),
            told.get(content.code, []),
        )
        for content in contents
    ]
    shown = {content.code for content in contents}
    return render_visit(
        "speak/slots.html",
        visitor,
        status=status,
        cards=cards,
        gone=[
            _gone(visitor, published, code, facts)
            for code, facts in seen.items()
            if code not in shown and facts["standing"] != Standing.CANCELLED
        ],
        at_large=[asked for code, found in told.items() if code not in shown for asked in found],
        digest=digest_of(contents),
        is_first=not seen,
        is_changed=any(card.is_new or card.changes for card in cards) or bool(seen.keys() - shown),
        entered=entered or Entered(),
        done=gettext(_DONE[said]) if (said := request.args.get("done", "")) in _DONE else "",
        wishes=[(wish.value, wish_label(wish)) for wish in WISHES],
        venue=visitor.local(visitor.event.venue_name),
        venue_address=visitor.local(visitor.event.venue_address),
    )


def _requests(found: Sequence[Request]) -> dict[str, list[Asked]]:
    """Return requests by the code of their session; those at large without one."""
    by_code: dict[str, list[Asked]] = {}
    for asked in found:
        if asked.outcome is Outcome.WITHDRAWN:
            continue
        by_code.setdefault(asked.session.code if asked.session else "", []).append(
            Asked(
                asked.id,
                wish_label(asked.wish),
                asked.text,
                asked.outcome is Outcome.OPEN,
                outcome_label(asked.outcome),
                asked.answer,
            )
        )
    return by_code


def _title(visitor: Visit, content: Content) -> LocalText | str:
    return visitor.local(content.title, content.original_language) or gettext("No title yet")


def _card(
    visitor: Visit,
    content: Content,
    marks: tuple[bool, list[Markup]],
    worries: list[Concern],
    requests: list[Asked],
) -> Card:
    reader, local, starts_at = visitor.lang, visitor.local, content.starts_at
    zoned = starts_at.replace(tzinfo=ZoneInfo(visitor.event.time_zone)) if starts_at else None
    ahead = zoned.utcoffset() if zoned else None
    people = [(fellow.role, _person(visitor, fellow)) for fellow in content.fellows]
    return Card(
        content=content,
        title=_title(visitor, content),
        standing=gettext(_STANDINGS[content.standing]),
        day=short_date(starts_at.date(), reader) if starts_at else "",
        hours=time_range(starts_at, content.minutes) if starts_at else None,
        instant=zoned.astimezone(UTC).isoformat() if zoned else "",
        offset=int(ahead.total_seconds() // 60) if ahead is not None else 0,
        room=local(content.room_name) or None,
        floor=local(content.floor) or None,
        theme=local(content.theme_name) or None,
        kind=kind_label(content.kind) if content.kind is not Kind.OTHER else "",
        length=duration(content.minutes),
        roles=[role_label(role) for role in content.roles],
        moderators=[one for role, one in people if role is Role.MODERATOR],
        fellows=[one for role, one in people if role not in {Role.MODERATOR, Role.INTERPRETER}],
        interpreters=[one for role, one in people if role is Role.INTERPRETER],
        spoken=[name_of(code, reader) for code in content.spoken],
        interpreted=[name_of(code, reader) for code in content.interpreted],
        note=html_of(content.note),
        equipment=html_of(content.equipment),
        is_new=marks[0],
        changes=marks[1],
        concerns=worries,
        requests=requests,
    )


def _person(visitor: Visit, fellow: Fellow) -> Person:
    withheld = visitor.local(visitor.event.withheld_name) or gettext("Name withheld")
    return Person(
        visitor.local(fellow.name) or withheld,
        visitor.local(fellow.organisation) or None,
        role_label(fellow.role),
    )


def _marks(
    visitor: Visit,
    content: Content,
    seen: Mapping[str, Mapping[str, Any]],
    room_called: Callable[[str], str],
) -> tuple[bool, list[Markup]]:
    """Tell whether a session is new to a speaker, and else what differs from how they saw it."""
    before = seen.get(content.code)
    if before is None:
        return bool(seen), []
    return False, changes(before, content, visitor.lang, room_called)


def _room(visitor: Visit, published: Published | None, slug: str) -> Markup:
    """Return what a room is called that is public; others are not named."""
    room = published.room_by_slug.get(slug) if published else None
    return visitor.local(room.name).__html__() if room else Markup("")


def _gone(visitor: Visit, published: Published | None, code: str, facts: Mapping[str, Any]) -> Gone:
    told = published.session_by_code.get(code) if published else None
    title = visitor.local(told.title, told.original_language) if told else None
    return Gone(title, when(facts, visitor.lang))
