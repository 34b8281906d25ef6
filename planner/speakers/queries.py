"""Reading speakers: who they are, as far as who asks may know."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from planner.extensions import db
from planner.i18n.content import LocalText
from planner.lib.text import fold
from planner.speakers.models import Speaker, SpeakerText, Visibility
from planner.speakers.naming import Person, called, is_known

_LABEL = re.compile(r"#?(\d{1,9})(?:\s*·.*)?\Z")


@dataclass(frozen=True)
class Known:
    """A speaker as somebody may know them: without their names where those are hidden."""

    id: int
    number: int
    code: str
    visibility: Visibility
    called: LocalText
    #: Names in all languages; none where they are hidden.
    names: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """By what one finds them in a search."""
        return (*self.names, self.called.value)

    @property
    def label(self) -> str:
        """What a field that asks for a speaker holds: «14 · Inanna»."""
        return f"{self.number} · {self.called}"


@dataclass(frozen=True)
class Directory:
    """All speakers of an event, as somebody may know them."""

    by_id: dict[int, Known] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Known]:
        return iter(self.by_id.values())

    def number(self, number: int) -> Known | None:
        """Return who has a number."""
        return next((known for known in self if known.number == number), None)

    def found(self, written: str) -> list[Known]:
        """Return whom somebody means by «14», «14 · Inanna», a code, or a name."""
        written = written.strip()
        label = _LABEL.match(written)
        if label:
            known = self.number(int(label[1]))
            return [known] if known else []
        by_code = [known for known in self if known.code == written.upper()]
        return by_code or (self.called(written) if written else [])

    def called(self, name: str) -> list[Known]:
        """Return those who have a name, however it is spelt, in any language."""
        wanted = fold(name)
        return [known for known in self if any(fold(told) == wanted for told in known.names)]


def directory_of(speakers: Iterable[Person], reader: str, *, sees_names: bool) -> Directory:
    """Return the directory of speakers that were read before."""
    return Directory(
        {speaker.id: _known(speaker, reader, sees_names=sees_names) for speaker in speakers}
    )


@dataclass(frozen=True)
class _Name:
    """What somebody is called in one language."""

    display_name: str


@dataclass(frozen=True)
class _Row:
    """A speaker, read without what a directory does not need."""

    id: int
    number: int
    code: str
    visibility: Visibility
    original_language: str | None
    texts: dict[str, _Name]


def directory(event_id: int, reader: str, *, sees_names: bool) -> Directory:
    """Return the directory of all speakers of an event, in two statements."""
    names: dict[int, dict[str, _Name]] = defaultdict(dict)
    for speaker_id, lang, name in db.session.execute(
        select(SpeakerText.speaker_id, SpeakerText.lang, SpeakerText.display_name)
        .join(Speaker, Speaker.id == SpeakerText.speaker_id)
        .where(Speaker.event_id == event_id)
    ):
        names[speaker_id][lang] = _Name(name)
    rows = db.session.execute(
        select(
            Speaker.id,
            Speaker.number,
            Speaker.code,
            Speaker.visibility,
            Speaker.original_language,
        )
        .where(Speaker.event_id == event_id)
        .order_by(Speaker.number)
    )
    speakers = (_Row(*row, names[row.id]) for row in rows)
    return directory_of(speakers, reader, sees_names=sees_names)


def _known(speaker: Person, reader: str, *, sees_names: bool) -> Known:
    names: tuple[str, ...] = ()
    if is_known(speaker, sees_names=sees_names):
        names = tuple(text.display_name for text in speaker.texts.values() if text.display_name)
    return Known(
        speaker.id,
        speaker.number,
        speaker.code,
        speaker.visibility,
        called(speaker, reader, sees_names=sees_names),
        names,
    )
