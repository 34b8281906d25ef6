"""Following labels to their new places: items of lists, such as principles, can change theirs.

The states of labels are kept by place (``principle-2``), so they go where their item goes.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session as DatabaseSession

from planner.events.models import LabelState
from planner.translating.building import Label, States

#: A label with its texts.
_Told = tuple[Label, Mapping[str, str]]
#: What tells that a label was another one before; the first rule that finds one decides.
_RULES: tuple[Callable[[_Told, _Told], bool], ...] = (
    lambda new, old: new[1] == old[1],
    lambda new, old: bool(new[1].items() & old[1].items()),
    lambda new, old: new[0].field == old[0].field,
)


def former_labels(
    labels: Iterable[Label], now: Mapping[str, Any], former: Iterable[Label], was: Mapping[str, Any]
) -> dict[str, Label]:
    """Return by the field of each label which one it was before; those that are new are left out.

    ``now`` and ``was`` are the columns that hold their texts.
    """
    found: dict[str, Label] = {}
    left = [(label, _texts(label, was)) for label in former]
    told = [(label, _texts(label, now)) for label in labels]
    for is_the_same in _RULES:
        for new in told:
            if new[0].field in found:
                continue
            alike = (old for old in left if _column(old) == _column(new) and is_the_same(new, old))
            old = next(alike, None)
            if old:
                found[new[0].field] = old[0]
                left.remove(old)
    return found


def _column(told: _Told) -> str | int:
    return told[0].parts[0].path[0]


def _texts(label: Label, row: Mapping[str, Any]) -> Mapping[str, str]:
    return {lang: text for lang, text in (label.parts[0].found(row) or {}).items() if text}


def move_states(
    database: DatabaseSession, states: States, former: Mapping[str, Label]
) -> dict[tuple[str, str], LabelState]:
    """Give each label the states of the one that it was before, and return the states that stay.

    Rows keep their places and exchange what they hold, because no two may have one place.
    """
    by_field = {label.field: field for field, label in former.items()}
    told = [
        (by_field[state.field], state, state.state, state.source_digest)
        for state in states.values()
        if state.field in by_field
    ]
    kept: dict[tuple[str, str], LabelState] = {}
    for field, old, value, digest in told:
        state = states.get((field, old.lang))
        if state is None:
            state = LabelState(
                event_id=old.event_id, subject=old.subject, field=field, lang=old.lang
            )
            database.add(state)
        state.state, state.source_digest = value, digest
        kept[field, old.lang] = state
    for key in states.keys() - kept.keys():
        database.delete(states[key])  # its item is gone, or elsewhere
    return kept
