"""The pages of letters in the desk: whom they are to, what they say, how far they have come."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.desk.layout import reader_of
from planner.i18n.content import LocalText
from planner.i18n.formats import clock, plain_time_range, short_date
from planner.i18n.labels import N_
from planner.letters.differences import Difference
from planner.letters.facts import Facts, facts_from
from planner.letters.filling import filled
from planner.letters.operations import state_of_text
from planner.letters.queries import PAGE, State, counts, letters_of, newest_waiting, state_of
from planner.letters.sending import published_as
from planner.letters.wording import difference_label
from planner.notices.models import Notice
from planner.speakers.models import Speaker
from planner.speakers.naming import called

_STATES = {
    State.WAITING: N_("waits for you"),
    State.HELD: N_("held back"),
    State.DUE: N_("will be sent"),
    State.UNDER_WAY: N_("being sent"),
    State.FAILED: N_("not taken yet, tried again"),
    State.GIVEN_UP: N_("given up"),
    State.SENT: N_("sent"),
}
#: Marks of the desk: what asks for somebody, what went well, what did not.
_MARKS = {
    State.WAITING: "is-warning",
    State.SENT: "is-good",
    State.FAILED: "is-warning",
    State.GIVEN_UP: "is-error",
}
#: Letters in these states can still be changed, held, sent or discarded.
OPEN = frozenset(State) - {State.SENT, State.UNDER_WAY}


@dataclass(frozen=True)
class Line:
    """A letter as the list has it."""

    number: int
    to: LocalText
    code: str
    subject: LocalText
    state: State
    error: str | None
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """A letter as one reads it: whole, with names as far as who reads may know them."""

    line: Line
    #: Only for who may know names.
    email: str | None
    text: LocalText
    release: int
    when: str | None
    #: The invitations that go with it: what each does, the title, and the hour.
    invitations: tuple[tuple[str, LocalText, str], ...]

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.line.state in OPEN


@dataclass(frozen=True)
class _Recipient:
    code: str
    pseudonym: Mapping[str, str]
    entries: tuple[Mapping[str, object], ...]


def state_label(state: State) -> str:
    """Return how far a letter has come, in words."""
    return str(gettext(_STATES[state]))


def outbox(access: Access, state: State | None, page: int) -> Mapping[str, Any]:
    """Return what the list of letters shows."""
    found = letters_of(access.event_id, state, page)
    line = partial(_line, access)
    by_release = groupby(found[:PAGE], key=lambda letter: letter.release)
    return {
        "groups": [
            (release.number if release else None, [line(letter) for letter in letters])
            for release, letters in by_release
        ],
        "counts": counts(access.event_id),
        "states": State,
        "state": state,
        "state_label": state_label,
        "marks": _MARKS,
        "page": page,
        "has_more": len(found) > PAGE,
        "newest": newest_waiting(access.event_id),
    }


def read(access: Access, letter: Notice) -> Read:
    """Return a letter to be read."""
    speaker = _speaker(letter)
    zone = ZoneInfo(access.event.time_zone)
    when = letter.sent_at.astimezone(zone) if letter.sent_at else None
    return Read(
        _line(access, letter),
        speaker.email if access.sees_names else None,
        LocalText(_text(access, letter, speaker), letter.language, False),
        letter.release.number if letter.release else 0,
        f"{short_date(when.date(), spoken().code)} {clock(when)}" if when else None,
        tuple(_invitation(access, entry) for entry in letter.invitations or ()),
    )


def form_values(letter: Notice) -> dict[str, str]:
    """Return what the form that changes a letter shows."""
    return {
        "subject": letter.subject or "",
        "text": letter.text or "",
        "read": state_of_text(letter),
    }


def recipient_of(access: Access, letter: Notice) -> LocalText:
    """Return what the speaker is called before who asks."""
    return called(_speaker(letter), spoken().code, sees_names=access.sees_names)


def _text(access: Access, letter: Notice, speaker: Speaker) -> str:
    release = letter.release
    if release is None:
        return letter.text or ""
    name = called(speaker, letter.language, sees_names=access.sees_names)
    pseudonym = {lang: text.pseudonym for lang, text in speaker.texts.items() if text.pseudonym}
    recipient = _Recipient(speaker.code, pseudonym, tuple(letter.invitations or ()))
    published = published_as(release.id, release.digest)
    return filled(letter.text or "", published, letter.language, recipient, name.value)


def _line(access: Access, letter: Notice) -> Line:
    entries = letter.invitations or ()
    found = {name for entry in entries for name in entry["differences"]}
    return Line(
        letter.id,
        recipient_of(access, letter),
        _speaker(letter).code,
        LocalText(letter.subject or "", letter.language, False),
        state_of(letter),
        letter.last_error,
        tuple(difference_label(one) for one in Difference if one.value in found),
    )


def _invitation(access: Access, entry: Mapping[str, Any]) -> tuple[str, LocalText, str]:
    facts = facts_from(entry["facts"])
    does = gettext("Cancellation") if entry["method"] == "CANCEL" else gettext("Invitation")
    title = reader_of(access)(facts.title, facts.original_language)
    return does, title or LocalText(entry["code"], "en", False), _hours(facts)


def _hours(facts: Facts) -> str:
    day = short_date(facts.starts_at.date(), spoken().code)
    return f"{day} {plain_time_range(facts.starts_at, facts.minutes)}"


def _speaker(letter: Notice) -> Speaker:
    if letter.speaker is None:
        raise LookupError(f"letter {letter.id} is to nobody")
    return letter.speaker
