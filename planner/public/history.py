"""What changed from release to release, for readers of one language."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from planner.i18n.content import LocalText, localize
from planner.lib.rewording import Fate, reworded
from planner.programme.differences import SessionDifference, differences
from planner.programme.document import Appearance, Programme, Session, Texts
from planner.programme.published import Published
from planner.programme.vocabulary import Change, Role, Stage
from planner.public.discretion import Discretion, Identity, identity_of

#: Chooses a text for the reader: ``(texts, original=None)``.
_Reader = Callable[..., LocalText]


class Group(StrEnum):
    """Under which heading a changed session is told: its gravest change decides."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    NEW = "new"
    RESTORED = "restored"
    OTHER = "other"


@dataclass(frozen=True)
class Place:
    """Where and when a session stands in one release."""

    starts_at: datetime
    minutes: int
    #: None when it is held in no particular room, or in all of them.
    room: LocalText | None
    across_rooms: bool


@dataclass(frozen=True)
class Words:
    """Some words of a title, and whether they stayed, went or came."""

    text: LocalText
    change: Fate


@dataclass(frozen=True)
class Person:
    """Somebody who joined or left a session, and has a name that may be told."""

    role: Role
    name: LocalText


@dataclass(frozen=True)
class SessionChange:
    """One session that a release changed. What did not change is empty."""

    code: str
    title: LocalText
    #: Whether the current programme has a page about it.
    has_page: bool
    group: Group
    changes: tuple[Change, ...]
    place: Place
    former_place: Place | None
    #: The title word by word, where it changed for this reader.
    rewording: tuple[Words, ...]
    #: Codes of the languages in which the title or the abstract changed.
    text_languages: tuple[str, ...]
    joined: tuple[Person, ...]
    left: tuple[Person, ...]
    spoken: tuple[str, ...]
    interpreted: tuple[str, ...]
    theme: LocalText | None
    former_theme: LocalText | None


@dataclass(frozen=True)
class ReleaseHistory:
    """One release and what it changed, grave things first, then in order of time."""

    number: int
    stage: Stage
    published_at: datetime
    #: Empty when it holds a name that is gone.
    note: LocalText
    #: Whether nothing was published before.
    is_first: bool
    #: Whether it turned a draft into the final programme.
    became_final: bool
    #: The time zone, where it is another than before.
    time_zone: str | None
    sessions: tuple[SessionChange, ...]

    def of(self, group: Group) -> tuple[SessionChange, ...]:
        """Return the changes that stand under one heading."""
        return tuple(change for change in self.sessions if change.group is group)


@dataclass(frozen=True)
class Note:
    """What organizers said of a release, and when they published it."""

    published_at: datetime
    text: LocalText


@dataclass(frozen=True)
class DayHistory:
    """What the releases of one day changed together, for those who knew the programme before."""

    #: The newest first.
    notes: tuple[Note, ...]
    #: Sessions that are elsewhere than they were, grave things first, then in order of time.
    sessions: tuple[SessionChange, ...]

    @property
    def size(self) -> int:
        """About how many octets it takes in memory."""
        return 500 * (1 + len(self.notes)) + 3000 * len(self.sessions)


#: What somebody who knows where to go must hear of on the day.
_URGENT = frozenset(
    {Change.CANCELLED, Change.MOVED, Change.ROOM, Change.LENGTH, Change.NEW, Change.RESTORED}
)


def history_of_day(releases: Iterable[Published], lang: str, day: date) -> DayHistory:
    """Return what the releases of a day, by the venue's calendar, changed; the newest come first.

    Nothing is told of a day on which the event was published for the first time.
    """
    programmes = [published.programme for published in releases]
    zone = ZoneInfo(programmes[0].event.time_zone)
    dates = [p.release.published_at.astimezone(zone).date() for p in programmes]
    of_day = [p for p, published_on in zip(programmes, dates, strict=True) if published_on == day]
    earlier = [p for p, published_on in zip(programmes, dates, strict=True) if published_on < day]
    if not of_day or not earlier:
        return DayHistory((), ())
    return _Teller(programmes, lang).together(of_day, earlier[0])


def history(releases: Iterable[Published], lang: str) -> tuple[ReleaseHistory, ...]:
    """Return what each release changed, the newest first, as ``releases`` are given."""
    programmes = [published.programme for published in releases]
    if not programmes:
        return ()
    teller = _Teller(programmes, lang)
    told = [teller.release(after, before) for after, before in pairwise(programmes)]
    return (*told, teller.release(programmes[-1], None))


class _Teller:
    """Tells what changed between releases, in the texts for one reader."""

    def __init__(self, programmes: list[Programme], lang: str) -> None:
        self._lang = lang
        self._current = programmes[0]
        self._sessions = {session.code: session for session in self._current.sessions}
        self._discretion = Discretion(programmes)

    def release(self, after: Programme, before: Programme | None) -> ReleaseHistory:
        """Return what a release changed; ``before`` is None for the first one."""
        stages = (before.release.stage if before else None, after.release.stage)
        zone = after.event.time_zone
        return ReleaseHistory(
            number=after.release.number,
            stage=after.release.stage,
            published_at=after.release.published_at,
            note=self._note(after),
            is_first=before is None,
            became_final=stages == (Stage.DRAFT, Stage.FINAL),
            time_zone=zone if before and before.event.time_zone != zone else None,
            sessions=tuple(self._session_changes(before, after)) if before else (),
        )

    def together(self, releases: list[Programme], before: Programme) -> DayHistory:
        """Return what releases, the newest first, changed since ``before``."""
        notes = [Note(each.release.published_at, self._note(each)) for each in releases]
        return DayHistory(
            notes=tuple(note for note in notes if note.text),
            sessions=tuple(
                change
                for change in self._session_changes(before, releases[0])
                if _URGENT.intersection(change.changes)
            ),
        )

    def _session_changes(self, before: Programme, after: Programme) -> list[SessionChange]:
        told = [self._session(before, after, found) for found in differences(before, after)]
        return sorted(told, key=lambda change: list(Group).index(change.group))

    def _note(self, programme: Programme) -> LocalText:
        note = self._reader(programme)(programme.release.note)
        if programme is self._current or self._discretion.allows(note.value):
            return note
        return LocalText("", self._lang, False)

    def _session(
        self, before: Programme, after: Programme, found: SessionDifference
    ) -> SessionChange:
        old, new = found.before, found.after
        changed = frozenset(found.changes)
        read_old, read_new = self._reader(before), self._reader(after)
        reworded = old if Change.TEXT in changed else None
        regrouped = old if Change.PEOPLE in changed else None
        return SessionChange(
            code=new.code,
            title=self._title(new, read_new),
            has_page=new.code in self._sessions,
            group=_group_of(changed),
            changes=found.changes,
            place=_place(after, new, read_new),
            former_place=_place(before, old, read_old) if old and changed & _MOVES else None,
            rewording=self._rewording(
                read_old(reworded.title, reworded.original_language),
                read_new(new.title, new.original_language),
            )
            if reworded
            else (),
            text_languages=_text_languages(reworded, new) if reworded else (),
            joined=self._people(new, regrouped, read_new) if regrouped else (),
            left=self._people(regrouped, new, read_new) if regrouped else (),
            spoken=new.spoken_languages if Change.LANGUAGES in changed else (),
            interpreted=new.interpreted_languages if Change.LANGUAGES in changed else (),
            theme=_theme(after, new, read_new) if Change.THEME in changed else None,
            former_theme=_theme(before, old, read_old) if old and Change.THEME in changed else None,
        )

    def _reader(self, programme: Programme) -> _Reader:
        order = programme.event.languages

        def read(texts: Texts, original: str | None = None) -> LocalText:
            return localize(texts, self._lang, original=original, order=order)

        return read

    def _title(self, session: Session, read: _Reader) -> LocalText:
        """Return the title that the session has now, or its last one if that may be told."""
        shown = self._sessions.get(session.code)
        title = read((shown or session).title, (shown or session).original_language)
        if title and (shown or self._discretion.allows(title.value)):
            return title
        return LocalText(session.code, "en", False)

    def _rewording(self, old: LocalText, new: LocalText) -> tuple[Words, ...]:
        if old == new or not self._discretion.allows(f"{old} {new}"):
            return ()
        if old.lang != new.lang:
            told = ((old, Fate.GONE), (new, Fate.NEW))
            return tuple(Words(text, fate) for text, fate in told if text)
        return tuple(_reworded(old, new))

    def _people(self, one: Session, other: Session, read: _Reader) -> tuple[Person, ...]:
        """Return who takes part in one version of a session and not in the other."""
        others = Counter(map(_part, other.people))
        found = []
        for person in one.people:
            if others[_part(person)]:
                others[_part(person)] -= 1
            elif name := self._discretion.name_of(person):
                found.append(Person(person.role, read(name)))
        return tuple(found)


_MOVES = frozenset({Change.MOVED, Change.ROOM, Change.LENGTH})


def _group_of(changed: frozenset[Change]) -> Group:
    if Change.CANCELLED in changed:
        return Group.CANCELLED
    if Change.NEW in changed:
        return Group.NEW
    if Change.RESTORED in changed:
        return Group.RESTORED
    return Group.MOVED if changed & _MOVES else Group.OTHER


def _place(programme: Programme, session: Session, read: _Reader) -> Place:
    room = next((room for room in programme.rooms if room.slug == session.room), None)
    return Place(
        starts_at=session.starts_at,
        minutes=session.minutes,
        room=read(room.name) if room and not session.across_rooms else None,
        across_rooms=session.across_rooms,
    )


def _theme(programme: Programme, session: Session, read: _Reader) -> LocalText | None:
    theme = next((theme for theme in programme.themes if theme.slug == session.theme), None)
    return read(theme.name) if theme else None


def _text_languages(old: Session, new: Session) -> tuple[str, ...]:
    written = {**old.title, **old.abstract, **new.title, **new.abstract}
    return tuple(
        lang
        for lang in written
        if (old.title.get(lang), old.abstract.get(lang))
        != (new.title.get(lang), new.abstract.get(lang))
    )


def _reworded(old: LocalText, new: LocalText) -> Iterator[Words]:
    """Yield the words of two titles in the same language: kept, gone and new ones."""
    for fate, words in reworded(old.value, new.value):
        of = new if fate is Fate.NEW else old
        yield Words(LocalText(words, of.lang, of.is_fallback), fate)


def _part(person: Appearance) -> tuple[Role, Identity]:
    return person.role, identity_of(person)
