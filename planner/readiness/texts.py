"""Which texts of a plan the public will read, and which of them are not there yet."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from planner.readiness.state import Missing, PlanState
from planner.speakers.models import Visibility
from planner.translating.units import Standing, Unit, UnitKind


def missing_texts(state: PlanState) -> Iterator[Missing]:
    """Yield what is not there, or not reviewed where the event asks for that."""
    written = {unit.key for unit in state.units if unit.kind is UnitKind.SESSION}
    for session in state.plan.active:
        if session.code not in written:
            yield Missing("text", f"{UnitKind.SESSION}-{session.code}")
    for unit in _read(state):
        for lang in state.event.languages:
            if not is_there(unit, lang, reviewed=state.event.reviews_texts):
                yield Missing("text", unit.id, lang)


def is_there(unit: Unit, lang: str, *, reviewed: bool) -> bool:
    """Tell whether a text is there in a language; the original always is."""
    stands = unit.standing(lang)
    if stands is None:
        return True
    return stands is Standing.REVIEWED if reviewed else stands is not Standing.MISSING


def _read(state: PlanState) -> Iterable[Unit]:
    """Yield the units that the public reads, each with the parts that it reads."""
    taking_part = {who for session in state.plan.active for who in session.speaker_ids}
    visibilities = {
        speaker.code: speaker.visibility
        for speaker in state.plan.speakers
        if speaker.id in taking_part
    }
    for unit in state.units:
        if unit.kind is not UnitKind.SPEAKER:
            yield unit
            continue
        match visibilities.get(unit.key):
            case Visibility.PUBLIC:
                yield unit
            case Visibility.PSEUDONYM:
                parts = tuple(part for part in unit.parts if part.name == "pseudonym")
                yield replace(unit, parts=parts)
