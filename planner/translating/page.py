"""What the pages of the translation desk show."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext

from planner.accounts.access import Access, Permission
from planner.events.models import TextState
from planner.i18n.formats import clock, short_date
from planner.i18n.labels import N_
from planner.journal.words import who_did
from planner.sessions.labels import text_state_label
from planner.translating import labels
from planner.translating.changes import difference, former_original, lost
from planner.translating.finding import ALL_TO_DO, PAGE, Filter, listed
from planner.translating.forms import UnitForm
from planner.translating.queries import Found
from planner.translating.units import Standing, Unit, UnitKind, counts

#: The words that templates need for what units are and where they stand.
WORDS: dict[str, Any] = {
    "kind_label": labels.kind_label,
    "standing_label": labels.standing_label,
    "part_label": labels.part_label,
    "sort_label": labels.sort_label,
    "standings": tuple(Standing),
}
#: Where the things are entered: the endpoint, what it calls the unit's key, and the way there.
_ENTERED_AT = {
    UnitKind.SESSION: ("sessions.show", "code", N_("Open the session")),
    UnitKind.SPEAKER: ("speakers.show", "code", N_("Open the speaker")),
    UnitKind.THEME: ("events.theme", "slug", N_("Open the theme")),
    UnitKind.ROOM: ("events.room", "slug", N_("Open the room")),
    UnitKind.DAY: ("events.day", "day", N_("Open the day")),
    UnitKind.EVENT: ("events.settings", None, N_("Open the settings")),
}
#: Pages of these are for everybody, those of the others for who may change them.
_SEEN_BY_ALL = {UnitKind.SESSION, UnitKind.SPEAKER, UnitKind.EVENT}
#: The texts of an event that are lists have a page of their own.
_IN_LISTS = ("principle", "supporter", "partner")


def overview_page(access: Access, units: Sequence[Unit]) -> dict[str, Any]:
    """Return what the overview shows; the languages that somebody may write come first."""
    languages = sorted(
        access.event.languages, key=lambda lang: not access.may(Permission.TRANSLATE, lang)
    )
    kinds = [kind for kind in UnitKind if any(unit.kind is kind for unit in units)]
    by_kind = {kind: [unit for unit in units if unit.kind is kind] for kind in kinds}
    return {
        **WORDS,
        "languages": languages,
        "counts": {lang: counts(units, lang) for lang in languages},
        "by_kind": {
            lang: {kind: counts(by_kind[kind], lang) for kind in kinds} for lang in languages
        },
        "number": len(units),
    }


def list_page(
    access: Access, lang: str, units: Sequence[Unit], wanted: Filter, page: int
) -> dict[str, Any]:
    """Return what a page of the list of one language shows; pages count from 1."""
    found = listed(units, lang, wanted)
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(1, page), pages)
    return {
        **WORDS,
        "lang": lang,
        "wanted": wanted,
        "todo": ALL_TO_DO,
        "kinds": tuple(UnitKind),
        "units": found[(page - 1) * PAGE : page * PAGE],
        "found": len(found),
        "originals": sum(
            unit.original == lang for unit in units if wanted.kind in (None, unit.kind)
        ),
        "page": page,
        "pages": pages,
        "may_write": access.may(Permission.TRANSLATE, lang),
    }


def unit_page(
    access: Access, lang: str, found: Found, form: UnitForm | None, wanted: Filter
) -> dict[str, Any]:
    """Return what the page of a unit shows; without a form one can only read."""
    unit = found.unit
    is_stale = unit.standing(lang) is Standing.STALE
    former = former_original(found, lang) if is_stale else None
    changes = [
        (part, difference(former.values[part.name], unit.value(unit.original, part)))
        for part in unit.parts
        if former and former.values[part.name] != unit.value(unit.original, part)
    ]
    return {
        **WORDS,
        "lang": lang,
        "unit": unit,
        "form": form,
        "wanted": wanted,
        "standing": unit.standing(lang),
        "is_stale": is_stale,
        "former": former,
        "who_did": who_did,
        "changes": changes,
        "when": _when,
        "lost": {part.name: _lost(unit, lang, part.name, form) for part in unit.parts},
        "others": [
            other
            for other in dict.fromkeys([*access.event.languages, *unit.texts])
            if other not in (lang, unit.original) and unit.text(other)
        ],
        "entered_at": _entered_at(access, unit),
        "state_label": lambda told: text_state_label(TextState(told)),
    }


def gone_page(lang: str, unit: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page of a unit that is gone shows: what somebody typed for it."""
    kind, _, key = unit.partition("-")
    texts = [(labels.text_label(name), typed[name]) for name in labels.TEXTS if typed.get(name)]
    return {"lang": lang, "kind": kind, "key": key, "texts": texts}


def losses(unit: Unit, lang: str) -> list[str]:
    """Return the addresses and numbers of an original that its translation lacks."""
    return [
        thing
        for part in unit.parts
        for thing in lost(unit.value(unit.original, part), unit.value(lang, part))
    ]


def _lost(unit: Unit, lang: str, name: str, form: UnitForm | None) -> list[str]:
    part = next(part for part in unit.parts if part.name == name)
    told = form[name].data if form is not None else unit.value(lang, part)
    return lost(unit.value(unit.original, part), told or "")


def _when(at: Any, reader: str) -> str:
    return f"{short_date(at.date(), reader)} {clock(at)} UTC"


def _entered_at(access: Access, unit: Unit) -> tuple[str, str] | None:
    """Return where the original of a unit is entered, and what the way there is called.

    None for those who may not see that page.
    """
    endpoint, name, words = _ENTERED_AT[unit.kind]
    if unit.kind not in _SEEN_BY_ALL and not access.may(Permission.PLAN):
        return None
    if unit.kind is UnitKind.EVENT and unit.key.startswith(_IN_LISTS):
        endpoint = "events.principles"
    place: dict[str, Any] = {"event": access.event.slug, **({name: unit.key} if name else {})}
    return url_for(endpoint, **place), str(gettext(words))
