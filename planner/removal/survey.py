"""What a removal would change, before anything happens: where a name or a session stands."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from planner.events.models import Event
from planner.extensions import db
from planner.journal.models import Entry, Row
from planner.lib.mentions import Mentions, words_of
from planner.lib.text import fold
from planner.notices.models import Notice
from planner.programme.document import Programme, decode
from planner.releases.models import Appointment, Release, ScheduledRelease
from planner.removal.redaction import NameRedaction, Redaction, Told
from planner.removal.spots import Finding, Gathering, Spot, planned_spots, spots_of
from planner.removal.targets import Item, Person
from planner.speakers.models import Speaker

#: A word of a name in more texts than this is one of the language.
_MANY = 20


@dataclass
class Survey:
    """Where something stands."""

    #: The numbers of the releases that name the speaker, or have the session.
    entries: list[int] = field(default_factory=list)
    #: By the code of a session: the releases in which they take part by their name.
    parts: dict[str, list[int]] = field(default_factory=dict)
    #: The same, under a pseudonym.
    aliases: dict[str, list[int]] = field(default_factory=dict)
    #: Mentions in texts of releases and of the plan, which are replaced.
    mentions: list[Finding] = field(default_factory=list)
    #: What is not replaced: words of the name, or mentions of a title.
    by_hand: list[Finding] = field(default_factory=list)
    #: Words of the name that stand in so many texts that they give nobody away.
    common: list[str] = field(default_factory=list)
    #: Whether a release waits for its hour.
    is_prepared: bool = False
    #: How many entries of the journal, and letters, are rewritten, and entries made to last.
    history: int = 0
    lasting: int = 0
    letters: int = 0

    @property
    def is_published(self) -> bool:
        """Whether any release has to be rewritten."""
        mentioned = any(finding.releases for finding in self.mentions)
        return bool(self.entries or self.parts or self.aliases or mentioned)


def releases_of(event_id: int) -> list[tuple[int, Programme]]:
    """Return every release of an event, with its number."""
    found = db.session.execute(
        select(Release.number, Release.document)
        .where(Release.event_id == event_id)
        .order_by(Release.number)
    )
    return [(number, decode(document)) for number, document in found]


def survey_of_person(
    plan: Event,
    person: Person,
    redaction: NameRedaction,
    releases: Iterable[tuple[int, Programme]],
) -> Survey:
    """Return where a person stands."""
    found = Survey()
    spots: list[tuple[Spot, int | None]] = []
    for number, programme in releases:
        _add_appearances(found, person, number, programme)
        spots += [
            (spot, number)
            for spot in spots_of(programme)
            if spot.kind != "speaker" or spot.key not in person.codes
        ]
    spots += [(spot, None) for spot in planned_spots(plan, redaction)]
    words = words_of(person.names)
    found.common = sorted(_common(words, {spot.text for spot, _ in spots}))
    replaced = Gathering(redaction.mentions)
    alone = Gathering(Mentions(words.difference(found.common)), without=redaction.mentions)
    for spot, release in spots:
        replaced.add(spot, release)
        alone.add(spot, release)
    found.mentions, found.by_hand = replaced.found(), alone.found()
    _count(found, plan, redaction)
    return found


def _common(words: set[str], texts: Iterable[str]) -> set[str]:
    """Return the words that stand in many texts, as «the» does."""
    counts = Counter(word for text in texts for word in words.intersection(fold(text).split()))
    return {word for word, count in counts.items() if count > _MANY}


def _add_appearances(found: Survey, person: Person, number: int, programme: Programme) -> None:
    if any(speaker.code in person.codes for speaker in programme.speakers):
        found.entries.append(number)
    for session in programme.sessions:
        for told in session.people:
            if told.speaker in person.codes:
                _add(found.parts, session.code, number)
            elif not person.pseudonyms.isdisjoint(told.pseudonym.values()):
                _add(found.aliases, session.code, number)


def survey_of_item(
    plan: Event, item: Item, redaction: Redaction, releases: Iterable[tuple[int, Programme]]
) -> Survey:
    """Return where a session stands."""
    found = Survey()
    mentioned = Gathering(Mentions(item.titles))
    for number, programme in releases:
        if any(session.code == item.code for session in programme.sessions):
            found.entries.append(number)
        for spot in spots_of(programme):
            if spot.key != item.code:
                mentioned.add(spot, number)
    for spot in planned_spots(plan, redaction):
        mentioned.add(spot)
    found.by_hand = mentioned.found()
    _count(found, plan, redaction)
    return found


def _add(known: dict[str, list[int]], code: str, number: int) -> None:
    numbers = known.setdefault(code, [])
    if number not in numbers:
        numbers.append(number)


def _count(found: Survey, plan: Event, redaction: Redaction) -> None:
    """Count what of the journal and of letters is touched."""
    found.is_prepared = bool(
        db.session.scalar(
            select(func.count()).where(
                ScheduledRelease.event_id == plan.id,
                ScheduledRelease.state == Appointment.WAITING,
            )
        )
    )
    _count_entries(found, plan, redaction)
    _count_letters(found, plan, redaction)


def _count_entries(found: Survey, plan: Event, redaction: Redaction) -> None:
    touched, lasting = set[int](), set[int]()
    for row in db.session.execute(
        select(Row.entry_id, Row.table, Row.key, Row.subject, Row.before, Row.after)
        .join(Row.entry)
        .where(Entry.event_id == plan.id)
    ):
        became = redaction.row(Told(row.table, row.key, row.subject, row.before, row.after))
        if (became.before, became.after) != (row.before, row.after):
            touched.add(row.entry_id)
        if became.is_lasting:
            lasting.add(row.entry_id)
    for number, facts in _facts(plan.id):
        if redaction.facts(facts) != facts:
            touched.add(number)
    found.history, found.lasting = len(touched), len(lasting)


def _count_letters(found: Survey, plan: Event, redaction: Redaction) -> None:
    people = select(Speaker.id).where(Speaker.event_id == plan.id)
    for letter in db.session.scalars(select(Notice).where(Notice.speaker_id.in_(people))):
        if redaction.letter([letter.subject, letter.text]) != [letter.subject, letter.text]:
            found.letters += 1


def _facts(event_id: int) -> Iterable[tuple[int, dict[str, Any]]]:
    found = db.session.execute(select(Entry.id, Entry.facts).where(Entry.event_id == event_id))
    return [(number, facts) for number, facts in found]
