"""Making units of translation out of what the plan holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from planner.events.models import Day, Event, LabelState, Room, TextState, Theme
from planner.speakers.models import Visibility
from planner.speakers.texts import FIELDS
from planner.translating.units import Part, Text, Unit, UnitKind, digest_of, original_of

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


def label_units(thing: Theme | Room | Day | Event, states: States, event: Event) -> list[Unit]:
    """Return the units of a thing whose texts are labels; those without any text are left out."""
    found = (_label_unit(label, thing, states, event.languages) for label in _labels(thing))
    return [unit for unit in found if unit is not None]


def _labels(thing: Theme | Room | Day | Event) -> Iterator["_Label"]:
    match thing:
        case Theme():
            yield _Label(UnitKind.THEME, thing.slug, f"theme:{thing.id}", WHOLE, _THEME)
        case Room():
            yield _Label(UnitKind.ROOM, thing.slug, f"room:{thing.id}", WHOLE, _ROOM)
        case Day():
            yield _Label(UnitKind.DAY, thing.date.isoformat(), f"day:{thing.id}", WHOLE, _DAY)
        case Event():
            for key, parts in _event_parts(thing):
                yield _Label(UnitKind.EVENT, key, f"event:{thing.id}", key, parts)


def _event_parts(event: Event) -> Iterator[tuple[str, tuple[Part, ...]]]:
    yield from _EVENT.items()
    for name, column, rest in _LISTS:
        for place in range(len(getattr(event, column) or [])):
            yield f"{name}-{place + 1}", (Part(name, (column, place, *rest)),)


@dataclass(frozen=True)
class _Label:
    """What there is to know of a unit of labels, but its texts."""

    kind: UnitKind
    key: str
    subject: str
    field: str
    parts: tuple[Part, ...]


def _label_unit(label: _Label, thing: Any, states: States, order: Iterable[str]) -> Unit | None:
    row = {part.path[0]: getattr(thing, str(part.path[0])) for part in label.parts}
    told = _label_texts(label, row, states)
    chosen = original_of(told, order)
    if chosen is None:
        return None
    digest = digest_of(told[chosen].values.values())
    return Unit(
        label.kind,
        label.key,
        label.subject,
        label.parts,
        chosen,
        digest,
        told,
        label.parts,
        label.field,
    )


def _label_texts(label: _Label, row: Mapping[Any, Any], states: States) -> dict[str, Text]:
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
