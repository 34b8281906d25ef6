"""The differences between two programmes as an organizer reads them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask_babel import gettext
from markupsafe import Markup

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.events.models import Event
from planner.history.fields import FIELDS
from planner.i18n.content import LocalText, localize
from planner.i18n.labels import N_, change_label, kind_label, role_label
from planner.i18n.languages import language, name_of
from planner.lib.rewording import Piece, reworded
from planner.programme.document import Appearance, Programme, Session, Speaker, Texts
from planner.programme.vocabulary import Change
from planner.public.layout import COMMAS
from planner.public.programmes import source
from planner.releases.compare import (
    Comparison,
    Group,
    SessionComparison,
    ThingComparison,
    came_and_went,
    compare,
)
from planner.releases.compare_naming import Naming
from planner.releases.page import place_of
from planner.releases.review import Review

_GROUPS = {
    Group.CANCELLED: N_("Cancelled"),
    Group.GONE: N_("No longer in the programme"),
    Group.MOVED: N_("Moved"),
    Group.NEW: N_("New"),
    Group.RESTORED: N_("Back in the programme"),
    Group.OTHER: N_("Changed otherwise"),
}
_FIELDS = {
    **FIELDS,
    "photo": N_("Photo"),
    "slug": N_("Address of the pages"),
    "uid_host": N_("Name for calendars"),
}
_REORDERED = {
    "rooms": N_("The order of rooms changed"),
    "themes": N_("The order of themes changed"),
}
#: So many sessions a page holds.
PAGE = 50
_MOVES = {Change.MOVED, Change.ROOM, Change.LENGTH}


@dataclass(frozen=True)
class Row:
    """One thing that changed of a session: before and after; None where there was nothing."""

    label: str
    before: Markup | LocalText | str | None
    after: Markup | LocalText | str | None


@dataclass(frozen=True)
class Reworded:
    """A text of a session in one language, word by word; without pieces it may not be shown."""

    label: str
    lang: str
    direction: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class SessionTold:
    """A session that is not the same in two programmes, in words."""

    code: str
    title: LocalText
    #: Whether the plan still has it, where one could look at it.
    known: bool
    changes: tuple[str, ...]
    #: Where it stands, for what has no place before to compare it with.
    place: Markup | None
    rows: tuple[Row, ...]
    texts: tuple[Reworded, ...]


@dataclass(frozen=True)
class ThingTold:
    """A room, theme or speaker that is not the same, and what of it changed."""

    name: LocalText
    #: ``new``, ``gone`` or ``changed``.
    fate: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """Everything in which two programmes differ, in words."""

    count: int
    #: Headings with their sessions; as many as a page holds.
    groups: tuple[tuple[str, tuple[SessionTold, ...]], ...]
    event: tuple[str, ...]
    rooms: tuple[ThingTold, ...]
    themes: tuple[ThingTold, ...]
    speakers: tuple[ThingTold, ...]
    reordered: tuple[str, ...]

    @property
    def is_cut(self) -> bool:
        """Whether there are more sessions than are told."""
        return sum(len(sessions) for _, sessions in self.groups) < self.count

    @property
    def has_others(self) -> bool:
        """Whether anything but sessions changed."""
        return bool(self.event or self.rooms or self.themes or self.speakers or self.reordered)

    def __bool__(self) -> bool:
        return bool(self.count or self.has_others)


def told_of(
    access: Access, plan: Event, found: Comparison, *, start: int = 0, stop: int | None = None
) -> Told:
    """Return the differences in words, with the sessions from ``start`` to ``stop``."""
    return _Teller(access, plan, found).told(found.sessions[start:stop])


def told_of_next(access: Access, found: Review) -> Told | None:
    """Return what a release made now would change; None for the first one, in which all is new."""
    if found.previous is None:
        return None
    # The event of the access is the plan that was reviewed, in the same database session.
    return told_of(access, access.event, compare(found.previous, found.programme), stop=PAGE)


class _Teller:
    """Tells one organizer in what two programmes differ."""

    def __init__(self, access: Access, plan: Event, found: Comparison) -> None:
        self._reader = spoken().code
        self._found = found
        self._planned = {session.code for session in plan.sessions}
        shown = sorted(
            (found.after, found.before), key=lambda each: each.release.number, reverse=True
        )
        released: list[Programme] = []
        if not access.sees_names:  # what is gone can be known only by all that was public
            released = [each.programme for each in source().history(plan.slug)]
        self._naming = Naming(access, plan, [*shown, *released], self._reader)

    def told(self, sessions: Iterable[SessionComparison]) -> Told:
        """Return everything, with these sessions."""
        found = self._found
        by_group: dict[Group, list[SessionTold]] = {group: [] for group in Group}
        for session in sessions:
            by_group[session.group].append(self._session(session))
        return Told(
            count=len(found.sessions),
            groups=tuple(
                (str(gettext(_GROUPS[group])), tuple(items))
                for group, items in by_group.items()
                if items
            ),
            event=_labels(found.event),
            rooms=tuple(map(self._thing, found.rooms)),
            themes=tuple(map(self._thing, found.themes)),
            speakers=tuple(map(self._thing, found.speakers)),
            reordered=tuple(str(gettext(_REORDERED[name])) for name in found.reordered),
        )

    def _session(self, found: SessionComparison) -> SessionTold:
        session = found.session
        programme = self._found.after if found.after else self._found.before
        before, after = found.before, found.after
        rows = list(self._rows(found, before, after)) if before and after else []
        has_moved = bool(_MOVES.intersection(found.changes))
        return SessionTold(
            code=session.code,
            title=self._title(session),
            known=session.code in self._planned,
            changes=tuple(map(change_label, found.changes)) if rows else (),
            place=None if has_moved else place_of(programme, session),
            rows=tuple(rows),
            texts=tuple(self._texts(before, after))
            if Change.TEXT in found.changes and before and after
            else (),
        )

    def _title(self, session: Session) -> LocalText:
        title = localize(session.title, self._reader, original=session.original_language)
        if title and (session.code in self._planned or self._naming.allows(title.value)):
            return title
        return LocalText(session.code, "en", False)

    def _rows(self, found: SessionComparison, before: Session, after: Session) -> Iterator[Row]:
        changes = set(found.changes)
        old, new = self._found.before, self._found.after
        if changes & _MOVES:
            yield Row(gettext("When and where"), place_of(old, before), place_of(new, after))
        if Change.THEME in changes:
            yield Row(gettext("Theme"), self._theme(old, before), self._theme(new, after))
        if Change.LANGUAGES in changes:
            for label, of in (
                (gettext("Spoken"), "spoken_languages"),
                (gettext("Interpreted into"), "interpreted_languages"),
            ):
                if getattr(before, of) != getattr(after, of):
                    yield Row(label, *(self._languages(getattr(s, of)) for s in (before, after)))
        if Change.PEOPLE in changes:
            yield from self._people(before, after)
        yield from self._details(found.details, before, after)

    def _details(self, fields: Iterable[str], before: Session, after: Session) -> Iterator[Row]:
        words: dict[str, Callable[[Any], str | Markup | None]] = {
            "kind": kind_label,
            "online_url": _address,
            "original_language": partial(name_of, reader=self._reader),
        }
        for name in fields:
            told = (words[name](getattr(session, name)) for session in (before, after))
            yield Row(gettext(_FIELDS[name]), *told)

    def _people(self, before: Session, after: Session) -> Iterator[Row]:
        came, went = came_and_went(before, after)
        old, new = self._found.before, self._found.after
        if came:
            yield Row(gettext("Joined"), None, self._named(new, came))
        if went:
            yield Row(gettext("No longer takes part"), self._named(old, went), None)
        former = {speaker.code: speaker for speaker in old.speakers}
        present = {speaker.code: speaker for speaker in new.speakers}
        for person in after.people:
            one, other = former.get(person.speaker or ""), present.get(person.speaker or "")
            if one and other and one.name != other.name and person in before.people:
                names = self._naming.speaker(one), self._naming.speaker(other)
                yield Row(gettext("Name"), *names)
        if not came and not went and before.people != after.people:
            yield Row(
                gettext("Order of people"),
                *(self._named(of, session.people) for of, session in ((old, before), (new, after))),
            )

    def _named(self, programme: Programme, people: Iterable[Appearance]) -> Markup:
        return self._joined(
            Markup("{} ({})").format(
                self._naming.appearance(programme, person), role_label(person.role)
            )
            for person in people
        )

    def _theme(self, programme: Programme, session: Session) -> LocalText | None:
        theme = next((theme for theme in programme.themes if theme.slug == session.theme), None)
        return localize(theme.name, self._reader) if theme else None

    def _languages(self, codes: Iterable[str]) -> Markup | None:
        return self._joined(Markup.escape(name_of(code, self._reader)) for code in codes) or None

    def _joined(self, parts: Iterable[Markup]) -> Markup:
        return COMMAS[language(self._reader).direction].join(parts)

    def _texts(self, before: Session, after: Session) -> Iterator[Reworded]:
        fields: tuple[tuple[str, Texts, Texts], ...] = (
            (gettext("Title"), before.title, after.title),
            (gettext("Abstract"), before.abstract, after.abstract),
        )
        order = [*self._found.after.event.languages, *after.title, *before.title]
        for label, old, new in fields:
            for lang in dict.fromkeys([*order, *new, *old]):
                former, present = old.get(lang, ""), new.get(lang, "")
                if former != present:
                    may = self._naming.allows(former, present)
                    yield Reworded(
                        f"{label} ({name_of(lang, self._reader)})",
                        lang,
                        language(lang).direction,
                        tuple(reworded(former, present)) if may else (),
                    )

    def _thing(self, found: ThingComparison) -> ThingTold:
        thing = found.thing
        fate = "changed" if found.before and found.after else "new" if found.after else "gone"
        if isinstance(thing, Speaker):
            known = all(
                self._naming.knows(each)
                for each in (found.before, found.after)
                if isinstance(each, Speaker)
            )
            fields = _labels(found.fields) if known else ()
            return ThingTold(self._naming.speaker(thing), fate, fields)
        return ThingTold(localize(thing.name, self._reader), fate, _labels(found.fields))


def _address(url: str | None) -> Markup | None:
    return Markup('<bdi dir="ltr">{}</bdi>').format(url) if url else None


def _labels(fields: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(gettext(_FIELDS[name])) for name in fields)
