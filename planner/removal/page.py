"""The pages of removals: what stands where, in the words of who asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import abort, current_app
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.desk.layout import render_desk
from planner.events.models import Event
from planner.history.fields import FIELDS
from planner.i18n.content import LocalText, localize
from planner.i18n.formats import comma
from planner.i18n.labels import N_
from planner.programme.document import Programme
from planner.releases.queries import whole_plan
from planner.removal.forms import RemovalForm
from planner.removal.operations import in_place_of, programmes_of
from planner.removal.redaction import NameRedaction, SessionRedaction
from planner.removal.spots import Finding, Spot
from planner.removal.survey import releases_of, survey_of_item, survey_of_person
from planner.removal.sweeping import left
from planner.removal.targets import Item, NotThereError, Person, Way, item_of, person_of
from planner.speakers.naming import called_by

#: So many findings are shown of each kind; the others are counted.
MOST = 60
_KINDS = {
    "event": N_("Event"),
    "day": N_("Day"),
    "theme": N_("Theme"),
    "room": N_("Room"),
    "speaker": N_("Speaker"),
    "session": N_("Session"),
    "acknowledgement": N_("Accepted conflict"),
}
_FIELDS = {**FIELDS, "note": N_("Note of a release")}


@dataclass(frozen=True)
class Line:
    """Something found, in words: of what it is, and in which releases."""

    kind: str
    #: A title where it has one, else a code or slug.
    thing: LocalText
    field: str
    releases: str
    finding: Finding


def instance() -> Path:
    """Return the folder of the installation."""
    return Path(current_app.instance_path)


def name_page(access: Access, code: str, form: RemovalForm, status: int) -> Response:
    """Show where a name stands, what is going to be done, and what cannot be recalled."""
    plan, releases = _plan(access), releases_of(access.event_id)
    person = _person(plan, code)
    redaction = NameRedaction(person, Way.ERASE, in_place_of(plan))
    survey = survey_of_person(plan, person, redaction, releases)
    titles = _Titles(plan, releases)
    return render_desk(
        "removal/name.html",
        access,
        status=status,
        form=form,
        person=person,
        name=_name(person, plan),
        planned=any(speaker.code == code for speaker in plan.speakers),
        survey=survey,
        entries=spans(survey.entries),
        parts=titles.parts(survey.parts),
        aliases=titles.parts(survey.aliases),
        mentions=titles.lines(survey.mentions[:MOST]),
        by_hand=titles.lines(survey.by_hand[:MOST]),
        common=comma().join(survey.common),
        most=MOST,
    )


def session_page(access: Access, code: str, form: RemovalForm, status: int) -> Response:
    """Show where a session stands, what is going to be done, and what cannot be recalled."""
    plan, releases = _plan(access), releases_of(access.event_id)
    item = _item(plan, code)
    survey = survey_of_item(plan, item, SessionRedaction(item, Way.ERASE), releases)
    titles = _Titles(plan, releases)
    return render_desk(
        "removal/session.html",
        access,
        status=status,
        form=form,
        item=item,
        title=titles.of("session", code),
        survey=survey,
        entries=spans(survey.entries),
        by_hand=titles.lines(survey.by_hand[:MOST]),
        most=MOST,
    )


def unfinished_page(access: Access, status: int = 200) -> Response:
    """Say whether something is still to be swept up, and offer to do it."""
    is_left = left(instance()) is not None
    return render_desk("removal/unfinished.html", access, status=status, is_left=is_left)


def _plan(access: Access) -> Event:
    return whole_plan(access.event.slug) or abort(404)


def _person(plan: Event, code: str) -> Person:
    try:
        return person_of(plan, code, programmes_of(plan.id))
    except NotThereError:
        abort(404)


def _item(plan: Event, code: str) -> Item:
    try:
        return item_of(plan, code, programmes_of(plan.id))
    except NotThereError:
        abort(404)


def _name(person: Person, plan: Event) -> LocalText:
    for speaker in plan.speakers:
        if speaker.code == person.code:
            names = {lang: text.display_name for lang, text in speaker.texts.items()}
            return called_by(names, speaker.number, spoken().code)
    known = sorted(person.names)
    if known:
        return LocalText(known[0], plan.languages[0], False)
    return called_by({}, person.number or 0, spoken().code)


def spans(numbers: Iterable[int]) -> str:
    """Return numbers with those in a row as from and to: «1–3, 5»."""
    groups: list[list[int]] = []
    for number in sorted(set(numbers)):
        if groups and groups[-1][-1] == number - 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return ", ".join(
        f"{group[0]}–{group[-1]}" if len(group) > 1 else str(group[0]) for group in groups
    )


class _Titles:
    """Calls things by what they are called in the plan, or were called in the last release."""

    def __init__(self, plan: Event, releases: Iterable[tuple[int, Programme]]) -> None:
        self._reader = spoken().code
        self._texts: dict[tuple[str, str], tuple[Mapping[str, str], str | None]] = {}
        for _, programme in releases:
            for session in programme.sessions:
                told = (session.title, session.original_language)
                self._texts["session", session.code] = told
            for speaker in programme.speakers:
                self._texts["speaker", speaker.code] = (speaker.name, None)
        for planned in plan.sessions:
            titles = {lang: text.title for lang, text in planned.texts.items()}
            if any(titles.values()):
                self._texts["session", planned.code] = (titles, planned.original_language)

    def of(self, kind: str, key: str) -> LocalText:
        """Return a title, or the code or slug of what has none."""
        texts, original = self._texts.get((kind, key), ({}, None))
        return localize(texts, self._reader, original=original) or LocalText(key, "en", False)

    def parts(self, found: Mapping[str, list[int]]) -> list[tuple[LocalText, str]]:
        """Return sessions by their titles, each with the releases that it is about."""
        return [(self.of("session", code), spans(numbers)) for code, numbers in found.items()]

    def lines(self, findings: Iterable[Finding]) -> list[Line]:
        """Return findings in words."""
        return [self._line(finding.spot, finding) for finding in findings]

    def _line(self, spot: Spot, finding: Finding) -> Line:
        return Line(
            str(gettext(_KINDS.get(spot.kind, spot.kind))),
            self.of(spot.kind, spot.key),
            str(gettext(_FIELDS.get(spot.field, spot.field))),
            spans(finding.releases),
            finding,
        )
