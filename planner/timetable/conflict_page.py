"""The list of all conflicts as it is shown, and those of one session."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.i18n.content import LocalText, localize
from planner.i18n.formats import plain_date, short_date
from planner.i18n.labels import N_
from planner.timetable.conflict_filters import Filters, matching
from planner.timetable.conflicts import conflicts_of
from planner.timetable.parts import Session, Texts
from planner.timetable.plan import Plan, plan_of
from planner.timetable.registry import Conflict, Place, Severity, rules
from planner.timetable.rules.gaps import unplaced
from planner.timetable.standing import Acceptance, Standing, may_be_accepted, standing
from planner.timetable.wording import described, label_of, name_of_speaker, title_of

#: How many open conflicts a page shows.
SIZE = 50
_SEVERITIES = {
    Severity.ERROR: N_("Error"),
    Severity.WARNING: N_("Warning"),
    Severity.INFORMATION: N_("Information"),
}
_GROUPS = {
    Severity.ERROR: N_("Errors"),
    Severity.WARNING: N_("Warnings"),
    Severity.INFORMATION: N_("For information"),
}


@dataclass(frozen=True)
class Party:
    """A session that has a part in a conflict."""

    code: str
    title: LocalText | str
    is_placed: bool


@dataclass(frozen=True)
class Told:
    """One conflict as it is shown."""

    key: str
    digest: str
    #: ``error``, ``warning`` or ``information``, and the same in words.
    severity: str
    severity_label: str
    label: str
    words: Markup
    parties: tuple[Party, ...]
    #: The day of the board where one sees it, and its name.
    day: date | None
    day_label: str
    can_be_accepted: bool
    #: Whether one mends it by placing sessions, and not by editing them.
    is_of_place: bool
    #: Who accepted it; of an open one, before its facts changed.
    acceptance: Acceptance | None = None
    when: str = ""


@dataclass(frozen=True)
class Group:
    """Conflicts of one severity."""

    severity: str
    label: str
    #: How many there are on all pages.
    count: int
    items: tuple[Told, ...]


@dataclass(frozen=True)
class Choice:
    """One value of a filter."""

    value: str
    label: LocalText | str
    chosen: bool


@dataclass(frozen=True)
class Page:
    """A page of the list of conflicts."""

    filters: Filters
    groups: tuple[Group, ...]
    accepted: tuple[Told, ...]
    #: How many are open with these filters, and without any.
    found: int
    total: int
    number: int
    pages: int
    severities: tuple[Choice, ...]
    rules: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    days: tuple[Choice, ...]
    #: The session and the person that were asked for.
    session: LocalText | str
    speaker: LocalText | str


class Teller:
    """Makes conflicts into what a reader is shown."""

    def __init__(self, access: Access, plan: Plan) -> None:
        self.plan = plan
        self.reader = spoken().code
        self.sees_names = access.sees_names
        self._link = lambda code: url_for("sessions.show", event=plan.slug, code=code)
        self._zone = ZoneInfo(access.event.time_zone)

    def told(self, conflict: Conflict, acceptance: Acceptance | None = None) -> Told:
        """Return a conflict as it is shown."""
        rule = rules()[conflict.rule]
        return Told(
            key=conflict.key,
            digest=conflict.digest,
            severity=conflict.severity.word,
            severity_label=gettext(_SEVERITIES[conflict.severity]),
            label=label_of(rule),
            words=described(
                conflict, self.plan, self.reader, sees_names=self.sees_names, link=self._link
            ),
            parties=tuple(self._party(self.plan.by_code[code]) for code in conflict.sessions),
            day=conflict.day,
            day_label=short_date(conflict.day, self.reader) if conflict.day else "",
            can_be_accepted=may_be_accepted(conflict),
            is_of_place=rule.place is not Place.NOTHING or rule is unplaced,
            acceptance=acceptance,
            when=self._when(acceptance.at) if acceptance else "",
        )

    def title(self, session: Session) -> LocalText | str:
        """Return what a session is called, its code at least."""
        return title_of(session, self.plan, self.reader) or session.code

    def named(self, texts: Texts) -> LocalText:
        """Return what a theme or room is called."""
        return localize(texts, self.reader, order=self.plan.languages)

    def _party(self, session: Session) -> Party:
        return Party(session.code, self.title(session), session.starts_at is not None)

    def _when(self, instant: datetime) -> str:
        return plain_date(instant.astimezone(self._zone).date(), self.reader)


def conflict_page(access: Access, filters: Filters, number: int = 1) -> Page:
    """Return a page of the conflicts of an event, in twelve statements besides the access."""
    plan = plan_of(access.event_id)
    teller = Teller(access, plan)
    stand = standing(plan)
    found = _asked(teller, stand.open, filters)
    accepted = {conflict.key: acceptance for conflict, acceptance in stand.accepted}
    kept = _asked(teller, [conflict for conflict, _ in stand.accepted], filters)
    pages = max(1, -(-len(found) // SIZE))
    number = min(max(number, 1), pages)
    shown = found[(number - 1) * SIZE : number * SIZE]
    return Page(
        filters=filters,
        groups=tuple(_groups(teller, stand, found, shown)),
        accepted=tuple(teller.told(conflict, accepted[conflict.key]) for conflict in kept),
        found=len(found),
        total=len(stand.open),
        number=number,
        pages=pages,
        severities=tuple(_severities(teller, stand, filters)),
        rules=tuple(_rules(stand, filters)),
        themes=tuple(
            Choice(theme.slug, teller.named(theme.name), theme.slug == filters.theme)
            for theme in plan.themes
        ),
        days=tuple(
            Choice(
                day.date.isoformat(),
                short_date(day.date, teller.reader),
                day.date.isoformat() == filters.day,
            )
            for day in plan.days
        ),
        session=_session_asked(teller, filters),
        speaker=_speaker_asked(teller, filters),
    )


def conflicts_told(access: Access, code: str, plan: Plan | None = None) -> tuple[Told, ...]:
    """Return the conflicts that one session has a part in, the accepted ones last.

    They are shown by the macro of ``timetable/conflict_parts.html``.

    :raises KeyError: when there is no such session.
    """
    plan = plan or plan_of(access.event_id)
    teller = Teller(access, plan)
    stand = standing(plan, conflicts_of(plan, code))
    still_open = (teller.told(item, stand.formerly.get(item.key)) for item in stand.open)
    accepted = (teller.told(item, acceptance) for item, acceptance in stand.accepted)
    return (*still_open, *accepted)


def _asked(teller: Teller, found: Iterable[Conflict], filters: Filters) -> list[Conflict]:
    return matching(found, teller.plan, filters, teller.reader, sees_names=teller.sees_names)


def _groups(
    teller: Teller, stand: Standing, found: Iterable[Conflict], shown: Iterable[Conflict]
) -> Iterable[Group]:
    counts = Counter(conflict.severity for conflict in found)
    for severity, items in groupby(shown, key=lambda conflict: conflict.severity):
        yield Group(
            severity=severity.word,
            label=gettext(_GROUPS[severity]),
            count=counts[severity],
            items=tuple(teller.told(item, stand.formerly.get(item.key)) for item in items),
        )


def _severities(teller: Teller, stand: Standing, filters: Filters) -> Iterable[Choice]:
    counts = Counter(item.severity for item in _asked(teller, stand.open, filters.but(severity="")))
    for severity in Severity:
        label = f"{gettext(_GROUPS[severity])} ({counts[severity]})"
        yield Choice(severity.word, label, severity.word == filters.severity)


def _rules(stand: Standing, filters: Filters) -> Iterable[Choice]:
    """Yield the rules that are broken somewhere, and the one that was asked for."""
    broken = {conflict.rule for conflict in stand.open}
    broken |= {conflict.rule for conflict, _ in stand.accepted}
    for name, rule in rules().items():
        if name in broken or name == filters.rule:
            yield Choice(name, label_of(rule), name == filters.rule)


def _session_asked(teller: Teller, filters: Filters) -> LocalText | str:
    session = teller.plan.by_code.get(filters.session)
    return teller.title(session) if session else filters.session


def _speaker_asked(teller: Teller, filters: Filters) -> LocalText | str:
    for speaker in teller.plan.speakers:
        if speaker.code == filters.speaker:
            return name_of_speaker(speaker, teller.reader, sees_names=teller.sees_names)
    return filters.speaker
