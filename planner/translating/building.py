"""Making units of translation out of what the plan holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from planner.events.models import Day, Event, LabelState, Room, TextState, Theme
from planner.speakers.models import Visibility
from planner.speakers.texts import FIELDS
from planner.translating.units import Part, Text, Unit, UnitKind, digest_of, original_of

#: What has labels for texts.
Labelled = Theme | Room | Day | Event
#: Where the states of the labels of one thing are found: by the key of the unit and language.
States = Mapping[tuple[str, str], LabelState]
#: The states of the labels of the event's own texts belong to this.
EVENT = "event"
#: The one unit of a theme, room or day.
WHOLE = "name"

_SESSION = (Part("title", ("title",)), Part("abstract", ("abstract",), lines=10))
_SPEAKER = {
    "display_name": Part("display_name", ("display_name",)),
    "pseudonym": Part("pseudonym", ("pseudonym",)),
    "organisation": Part("organisation", ("organisation",)),
    "biography": Part("biography", ("biography",), lines=8),
}
_NAME = Part("name", ("name",))
_THEME = (_NAME, Part("description", ("description",), lines=6))
_ROOM = (_NAME, Part("floor", ("floor",)))
_DAY = (_NAME,)
_EVENT: Mapping[str, tuple[Part, ...]] = {
    "name": (_NAME,),
    "tagline": (Part("tagline", ("tagline",)),),
    "call": (Part("call", ("call",), lines=16),),
    "notice": (Part("notice", ("notice",)),),
    "venue": (Part("venue_name", ("venue_name",)), Part("venue_address", ("venue_address",))),
    "withheld": (Part("withheld_name", ("withheld_name",)),),
}
#: Lists of texts of the event: how their units are called, and what leads to the map of each.
_LISTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("principle", "principles", ()),
    ("supporter", "supporters", ("name",)),
    ("partner", "partners", ("name",)),
)


#: The columns of a thing that hold labels.
COLUMNS: Mapping[type[Labelled], tuple[str, ...]] = {
    Theme: ("name", "description"),
    Room: ("name", "floor"),
    Day: ("name",),
    Event: (
        *("name", "tagline", "call", "notice", "venue_name", "venue_address", "withheld_name"),
        *("principles", "supporters", "partners"),
    ),
}


def session_unit(
    number: int, code: str, original: str, texts: Mapping[str, Any], order: Iterable[str]
) -> Unit | None:
    """Return the unit of a session with these rows of texts, None when it has no text at all."""
    told = {lang: _text(row, ("title", "abstract")) for lang, row in texts.items()}
    chosen = original_of(told, order, original)
    if chosen is None:
        return None
    digest = digest_of(told[chosen].values.values())
    subject = f"session:{number}"
    return Unit(UnitKind.SESSION, code, subject, _SESSION, chosen, digest, told, _SESSION)


def speaker_unit(speaker: Any, texts: Mapping[str, Any], order: Iterable[str]) -> Unit | None:
    """Return the unit of a speaker, whom the reader may know, with these rows of texts.

    A pseudonym is translated where it is in use. None when there is no text at all.
    """
    names = [
        name for name in FIELDS if name != "pseudonym" or speaker.visibility is Visibility.PSEUDONYM
    ]
    told = {lang: _text(row, names) for lang, row in texts.items()}
    chosen = original_of(told, order, speaker.original_language)
    if chosen is None:
        return None
    return Unit(
        UnitKind.SPEAKER,
        speaker.code,
        f"speaker:{speaker.id}",
        tuple(_SPEAKER[name] for name in names),
        chosen,
        digest_of(getattr(texts[chosen], name) or "" for name in FIELDS),
        told,
        tuple(_SPEAKER[name] for name in FIELDS),
    )


@dataclass(frozen=True)
class Label:
    """What there is to know of a unit of labels, but its texts."""

    kind: UnitKind
    key: str
    subject: str
    #: What its states are kept under, among those of the thing.
    field: str
    parts: tuple[Part, ...]


def label_units(thing: Labelled, states: States, order: Iterable[str]) -> list[Unit]:
    """Return the units of a thing whose texts are labels; those without any text are left out."""
    row = row_of(thing)
    found = (_label_unit(label, row, states, order) for label in labels_of(thing, row))
    return [unit for unit in found if unit is not None]


def row_of(thing: Labelled) -> dict[str, Any]:
    """Return the columns of a thing that hold labels."""
    return {column: getattr(thing, column) for column in COLUMNS[type(thing)]}


def labels_of(thing: Labelled, row: Mapping[str, Any]) -> Iterator[Label]:
    """Yield the units that a thing has when its columns are these."""
    match thing:
        case Theme():
            yield Label(UnitKind.THEME, thing.slug, f"theme:{thing.id}", WHOLE, _THEME)
        case Room():
            yield Label(UnitKind.ROOM, thing.slug, f"room:{thing.id}", WHOLE, _ROOM)
        case Day():
            yield Label(UnitKind.DAY, thing.date.isoformat(), f"day:{thing.id}", WHOLE, _DAY)
        case Event():
            for key, parts in _event_parts(row):
                yield Label(UnitKind.EVENT, key, f"event:{thing.id}", key, parts)


def state_subject(unit: Unit | Label) -> str:
    """Return the subject that the states of labels have for a unit's thing."""
    return EVENT if unit.kind is UnitKind.EVENT else unit.subject


def _event_parts(row: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Part, ...]]]:
    yield from _EVENT.items()
    for name, column, rest in _LISTS:
        for place in range(len(row[column] or [])):
            yield f"{name}-{place + 1}", (Part(name, (column, place, *rest)),)


def _label_unit(
    label: Label, row: Mapping[str, Any], states: States, order: Iterable[str]
) -> Unit | None:
    told = label_texts(label, row, states)
    chosen = original_of(told, order)
    if chosen is None:
        return None
    return Unit(
        label.kind,
        label.key,
        label.subject,
        label.parts,
        chosen,
        digest_of(told[chosen].values.values()),
        told,
        label.parts,
        label.field,
    )


def label_texts(label: Label, row: Mapping[str, Any], states: States) -> dict[str, Text]:
    """Return the texts that a row holds in maps, by language, each with its state."""
    maps = {part.name: part.found(row) or {} for part in label.parts}
    told = {}
    for lang in dict.fromkeys(lang for texts in maps.values() for lang in texts):
        kept = states.get((label.field, lang))
        told[lang] = Text(
            {name: texts.get(lang) or "" for name, texts in maps.items()},
            kept.state if kept else TextState.DRAFT,
            kept.source_digest if kept else None,
        )
    return told


def _text(row: Any, names: Iterable[str]) -> Text:
    return Text({name: getattr(row, name) or "" for name in names}, row.state, row.source_digest)
