"""What a row needs to know while it is taken: the plan, the file as a whole, and who asks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any

from planner.events.models import Event, Room, Theme
from planner.i18n.content import localize
from planner.i18n.labels import N_
from planner.lib.codes import ALPHABET, LENGTH, new_code
from planner.lib.text import clean_line
from planner.sessions.models import Session
from planner.speakers.models import Speaker, Visibility
from planner.speakers.naming import is_known
from planner.speakers.operations import next_number
from planner.workbook import tables
from planner.workbook.account import Account
from planner.workbook.columns import SheetKind
from planner.workbook.lookup import Lookup
from planner.workbook.records import Record
from planner.workbook.telling import CellError
from planner.workbook.values import plain

_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}\\Z")


@dataclass(frozen=True)
class Options:
    """How a file is to be taken, and by whom."""

    #: The visibility of speakers who are new.
    names: Visibility
    #: Whether they may know the names of people who are not public.
    sees_names: bool
    #: The language in which the account calls things.
    reader: str = "en"


@dataclass
class Scene:
    """The plan on its way to what a file says."""

    plan: Event
    account: Account
    options: Options
    #: The codes of the installation that are in use, or will be.
    codes: set[str]
    #: Whether the event is made from the file: then codes in it are the file's own.
    is_new: bool = False
    rooms: Lookup[Room] = field(default_factory=Lookup)
    themes: Lookup[Theme] = field(default_factory=Lookup)
    speakers: Lookup[Speaker] = field(default_factory=Lookup)
    sessions: Lookup[Session] = field(default_factory=Lookup)
    #: What speakers are called in cells.
    called: dict[Speaker, str] = field(default_factory=dict)
    #: Rows by the things that they are about, which no other row may be about.
    taken: dict[int, Record] = field(default_factory=dict)
    #: Kinds of which the file has no sheet: what cells name is made, when the event is.
    unlisted: frozenset[SheetKind] = frozenset()

    def __post_init__(self) -> None:
        for room in self.plan.rooms:
            self.rooms.add(room, [room.slug], room.name.values())
        for theme in self.plan.themes:
            self.themes.add(theme, [theme.slug], theme.name.values())
        for speaker in self.plan.speakers:
            self.speakers.add(speaker, [speaker.code], self._names(speaker))
        for session in self.plan.sessions:
            titles = (text.title for text in session.texts.values())
            self.sessions.add(session, [session.code], titles)
        self.called = tables.names(
            self.plan.speakers, self.options.reader, sees_names=self.options.sees_names
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """The event's languages in their order."""
        return tuple(self.plan.languages)

    def may_know(self, speaker: Speaker) -> bool:
        """Tell whether who asks may know who a speaker is."""
        return is_known(speaker, sees_names=self.options.sees_names)

    def label(self, thing: Any) -> str:
        """Return what a room or theme is called in the account, empty for none."""
        if thing is None:
            return ""
        name = localize(thing.name, self.options.reader, order=self.languages).value
        return clean_line(name) or str(thing.slug)

    def claim(self, record: Record, thing: Any) -> None:
        """Let a row have a thing.

        :raises CellError: when another row has it already.
        """
        other = self.taken.setdefault(id(thing), record)
        if other is not record:
            raise CellError(N_("Row %(row)s is about the same already."), row=other.account.number)

    def new_code(self, written: str = "") -> str:
        """Return an unused code: the one that is written where it may be one, else by lot."""
        code = written.strip().upper()
        if not _CODE.match(code) or code in self.codes:
            code = new_code()
            while code in self.codes:
                code = new_code()
        self.codes.add(code)
        return code

    def new_number(self) -> int:
        """Return the number of the next speaker, which nobody ever had."""
        return next(self._numbers)

    @cached_property
    def _numbers(self) -> Iterator[int]:
        return count(next_number(self.plan))

    def add_speaker(self, speaker: Speaker, *keys: str) -> None:
        """Make a new speaker known, also by the code that the file has for them."""
        self.speakers.add(speaker, [speaker.code, *keys], self._names(speaker))
        told = {lang: text.display_name for lang, text in speaker.texts.items()}
        name = localize(told, self.options.reader, order=self.languages).value
        self.called[speaker] = clean_line(name) or speaker.code

    def _names(self, speaker: Speaker) -> list[str]:
        """Return the names by which a cell may find a speaker: none of who is hidden."""
        if not self.may_know(speaker) and speaker.id is not None:
            return []
        return [text.display_name for text in speaker.texts.values()]


def code_in(record: Record) -> str:
    """Return the code that a row has, empty where it has none."""
    value = record.cell("code")
    return "" if value is None or plain(value) == "-" else plain(value).upper()
