"""Finding the speakers of a draft among those of the plan, and adding the others."""

from collections.abc import Callable, Mapping
from itertools import count

from planner.events.models import Event
from planner.imports.draft import DraftPerson
from planner.imports.report import BEFORE_EVENTS, Report
from planner.lib.text import fold
from planner.speakers.models import Speaker, Visibility
from planner.speakers.operations import add_speaker, next_number, set_text


def merge_people(
    event: Event,
    persons: Mapping[str, DraftPerson],
    report: Report,
    *,
    names: Visibility,
    new_code: Callable[[], str],
    known: Mapping[str, Speaker],
) -> dict[str, Speaker]:
    """Return the speakers of the plan for all persons of a draft, by the persons' keys.

    Speakers who are there keep their visibility; new ones get ``names``. ``known`` are some of
    whom is certain by their keys who they are.
    """
    imported = {speaker.source_key: speaker for speaker in event.speakers if speaker.source_key}
    found = _found(imported, persons, known)
    numbers = count(next_number(event))
    speakers = {}
    for key, person in persons.items():
        speaker = found.get(key)
        if speaker is None:
            speaker = add_speaker(
                event,
                code=new_code(),
                number=next(numbers),
                visibility=names,
                source_key=_free_key(imported, key),
            )
            _name(speaker, person)
            imported[speaker.source_key or key] = speaker
        else:
            _update(speaker, person, report)
        speakers[key] = speaker
    return speakers


def _found(
    imported: Mapping[str, Speaker],
    persons: Mapping[str, DraftPerson],
    known: Mapping[str, Speaker],
) -> dict[str, Speaker]:
    """Return who is in the plan already.

    Where ids are shared, a name goes before an id: nobody may get the row, and with it the
    visibility, of somebody else.
    """
    found = {key: known[key] for key in persons if key in known}
    claimed = {speaker.id for speaker in found.values()}
    for by_name in (True, False):
        for key, person in persons.items():
            if key in found:
                continue
            for candidate in (key, *person.former_keys) if by_name else (key,):
                speaker = imported.get(candidate)
                if speaker is None or speaker.id in claimed:
                    continue
                if not by_name or _is_called(speaker, person.name):
                    found[key] = speaker
                    claimed.add(speaker.id)
                    break
    return found


def _is_called(speaker: Speaker, name: str) -> bool:
    return any(fold(text.display_name) == fold(name) for text in speaker.texts.values())


def _free_key(taken: Mapping[str, Speaker], key: str) -> str:
    number = 1
    free = key
    while free in taken:
        number += 1
        free = f"{key}#{number}"
    return free


def _name(speaker: Speaker, person: DraftPerson) -> None:
    set_text(speaker, person.name_language, display_name=person.name)
    if person.biography:
        set_text(speaker, person.biography_language, biography=person.biography)


def _update(speaker: Speaker, person: DraftPerson, report: Report) -> None:
    named = [text for text in speaker.texts.values() if text.display_name]
    if all(text.display_name != person.name for text in named):
        former = f", who was “{named[0].display_name}”" if named else ""
        report.change(BEFORE_EVENTS, f"person “{person.name}”{former}", "name updated")
        set_text(speaker, person.name_language, display_name=person.name)
    told = {text.biography for text in speaker.texts.values()}
    if person.biography and person.biography not in told:
        report.change(BEFORE_EVENTS, f"person “{person.name}”", "biography updated")
        set_text(speaker, person.biography_language, biography=person.biography)
