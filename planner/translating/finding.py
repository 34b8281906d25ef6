"""Finding units in the list of a language: the filter of the list, and what comes next in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planner.lib.text import fold
from planner.translating.units import TO_DO, Standing, Unit, UnitKind

#: How many units a page of the list shows.
PAGE = 50
#: In the filter for all of :data:`planner.translating.units.TO_DO`.
ALL_TO_DO = "todo"


@dataclass(frozen=True)
class Filter:
    """What a list shows; empty where everything is wanted."""

    kind: UnitKind | None = None
    standings: frozenset[Standing] | None = None
    words: str = ""

    @property
    def state(self) -> str:
        """How the standings are called in addresses."""
        if self.standings is None:
            return ""
        return ALL_TO_DO if self.standings == TO_DO else next(iter(self.standings)).value

    @property
    def kinds(self) -> frozenset[UnitKind]:
        """The kinds of units that can be in the list."""
        return frozenset(UnitKind) if self.kind is None else frozenset({self.kind})

    @property
    def query(self) -> dict[str, Any]:
        """The filter as the query of an address has it."""
        told = {"kind": self.kind or "", "state": self.state, "q": self.words}
        return {name: str(value) for name, value in told.items() if value}


def filter_of(asked: Mapping[str, str]) -> Filter:
    """Return the filter that a query asks for; what is no word of ours filters nothing."""
    kind, state = asked.get("kind", ""), asked.get("state", "")
    standings = TO_DO if state == ALL_TO_DO else None
    if state in set(Standing):
        standings = frozenset({Standing(state)})
    return Filter(
        UnitKind(kind) if kind in set(UnitKind) else None, standings, asked.get("q", "").strip()
    )


def listed(units: Sequence[Unit], lang: str, wanted: Filter) -> list[Unit]:
    """Return the units whose translation into a language the list shows."""
    words = fold(wanted.words).split()
    return [
        unit
        for unit in units
        if _is_in(unit, lang, wanted) and (not words or _speaks_of(unit, lang, words))
    ]


def following(units: Sequence[Unit], lang: str, wanted: Filter, present: str) -> Unit | None:
    """Return what a translator does next in a list, after the unit of this id; around its end.

    It is the next unit of the list where something is to be done, or where the translation
    stands as the filter asks. None when there is no other one.
    """
    order = {unit.id: place for place, unit in enumerate(units)}
    here = order.get(present, -1)
    open_ones = [
        unit
        for unit in listed(units, lang, wanted)
        if unit.id != present and (wanted.standings is not None or unit.standing(lang) in TO_DO)
    ]
    later = (unit for unit in open_ones if order[unit.id] > here)
    return next(later, open_ones[0] if open_ones else None)


def _is_in(unit: Unit, lang: str, wanted: Filter) -> bool:
    if wanted.kind is not None and unit.kind is not wanted.kind:
        return False
    standing = unit.standing(lang)
    return standing is not None and (wanted.standings is None or standing in wanted.standings)


def _speaks_of(unit: Unit, lang: str, words: Sequence[str]) -> bool:
    """Tell whether all words stand in the original, the translation, or a title anywhere."""
    told = [
        unit.key,
        *unit.title.values(),
        *unit.text(unit.original).values.values(),
        *unit.text(lang).values.values(),
    ]
    text = fold("\n".join(told))
    return all(word in text for word in words)
