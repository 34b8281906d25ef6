"""Speakers of a file on their way into the plan, and who takes part in a session."""

import re

from planner.i18n.labels import N_
from planner.imports.texts import written_language
from planner.lib.text import clean_line, fold
from planner.programme.vocabulary import Role
from planner.sessions.models import Session
from planner.sessions.operations import set_people
from planner.speakers.models import Speaker, SpeakerText, Visibility
from planner.speakers.operations import add_speaker
from planner.speakers.texts import keep_digests, original_digest
from planner.workbook.account import Shown
from planner.workbook.columns import SheetKind
from planner.workbook.fields import BETWEEN
from planner.workbook.lookup import only
from planner.workbook.records import Record
from planner.workbook.scene import Scene, code_in
from planner.workbook.tables import people_cell
from planner.workbook.taking import new_texts, says_the_same, take_fields, title_of
from planner.workbook.telling import CellError
from planner.workbook.values import checked_text, is_emptied, text_of
from planner.workbook.words import role_called

_BETWEEN = re.compile(r"[;؛\n]+")
_WITH_ROLE = re.compile(r"(.*\S)\s*[(（]([^()（）]*)[)）]\Z", re.S)
#: Without a vowel it is no name either, though it has no digit.
_LOOKS_LIKE_CODE = re.compile(r"(?=.*\d|[^AEIOU]*\Z)[0-9A-Z]{6}\Z")
_LONGEST_NAME = 300
_MOST_PEOPLE = 100


def take_speakers(records: list[Record], scene: Scene) -> None:
    """Take all rows of the sheet of speakers."""
    for record in records:
        try:
            speaker = _found(record, scene) or _new(record, scene)
            scene.claim(record, speaker)
        except CellError as error:
            record.account.refuse("", error.told)
            continue
        if not scene.may_know(speaker) and not record.account.is_new:
            _refuse_hidden(record, speaker)
            continue
        _take(record, speaker, scene)


def _found(record: Record, scene: Scene) -> Speaker | None:
    """Return the speaker whom a row is about, None when it is a new one.

    :raises CellError: when the plan has no such code, or knows the name already.
    """
    code = code_in(record)
    if code:
        speaker = scene.speakers.by_key(code)
        if speaker is None and not scene.is_new:
            raise CellError(
                N_(
                    "The event has no speaker with the code “%(code)s”. "
                    "Leave the code empty to add somebody."
                ),
                code=code,
            )
        return speaker
    for value in record.texts("name").values():
        for speaker in scene.speakers.named(text_of(value, lines=False)):
            raise CellError(
                N_(
                    "A speaker of this name is in the plan: write the code %(code)s to change them."
                ),
                code=speaker.code,
            )
    return None


def _new(record: Record, scene: Scene) -> Speaker:
    names = [value for value in record.texts("name").values() if not is_emptied(value)]
    code = code_in(record)
    # An event of a file that was written without the names gets people who have none.
    if not names and not (scene.is_new and code):
        raise CellError(N_("A new speaker needs a name."))
    record.account.is_new = True
    speaker = _add(scene, code, None if names else Visibility.WITHHELD)
    if code:
        scene.speakers.add(speaker, [code], [])
    return speaker


def _add(scene: Scene, code: str = "", visibility: Visibility | None = None) -> Speaker:
    return add_speaker(
        scene.plan,
        code=scene.new_code(code),
        number=scene.new_number(),
        visibility=visibility or scene.options.names,
        spoken_languages=[],
        remark="",
    )


def _refuse_hidden(record: Record, speaker: Speaker) -> None:
    record.account.label = Shown(speaker.code)
    for column, lang in record.cells:
        if column != "code":
            name = f"{column}_{lang}" if lang else column
            reason = CellError(N_("You may neither read nor change who this is.")).told
            record.account.refuse(name, reason)


def _take(record: Record, speaker: Speaker, scene: Scene) -> None:
    before, was_named = original_digest(speaker), _is_named(speaker)
    changed: set[str] = set()
    for attribute, column, lang, old, new in new_texts(SheetKind.SPEAKERS, record, speaker):
        record.account.change(column, Shown(old, lang), Shown(new, lang))
        text = speaker.texts.get(lang)
        if text is None:
            text = speaker.texts[lang] = _empty_text(lang)
        setattr(text, attribute, new)
        changed.add(lang)
    take_fields(SheetKind.SPEAKERS, record, speaker, scene)
    is_new_to_public = record.account.is_new and speaker.visibility is Visibility.PUBLIC
    if (was_named or is_new_to_public) and not _is_named(speaker):
        record.account.refuse("name", CellError(N_("A speaker needs a name.")).told)
    if original_digest(speaker) != before:
        keep_digests(speaker, before)
    for lang in changed - {speaker.original_language}:
        speaker.texts[lang].source_digest = original_digest(speaker)
    names = {lang: text.display_name for lang, text in speaker.texts.items()}
    record.account.label = title_of(names, scene, speaker.original_language)
    scene.add_speaker(speaker)


def _is_named(speaker: Speaker) -> bool:
    return any(text.display_name for text in speaker.texts.values())


def _empty_text(lang: str) -> SpeakerText:
    return SpeakerText(lang=lang, display_name="", pseudonym="", organisation="", biography="")


def take_people(record: Record, session: Session, scene: Scene) -> None:
    """Take the people of a session from the cell that lists them."""
    value = record.cell("speakers")
    if value is None:
        return
    old = people_cell(session, scene.called)
    if says_the_same(value, old or None):
        return
    try:
        people = [] if is_emptied(value) else _people(text_of(value, lines=True), session, scene)
    except CellError as error:
        record.account.refuse("speakers", error.told)
        return
    if people == [(person.speaker, person.role) for person in session.people]:
        return
    new = BETWEEN.join(f"{scene.called[speaker]} ({role.value})" for speaker, role in people)
    record.account.change("speakers", Shown(old), Shown(new))
    set_people(session, people)


def _people(written: str, session: Session, scene: Scene) -> list[tuple[Speaker, Role]]:
    """Return the people whom a cell lists, each with a role; names that are new become speakers.

    :raises CellError: when somebody cannot be found, or a role is unknown.
    """
    people: dict[tuple[Speaker, Role], None] = {}
    parts = _BETWEEN.split(written)
    if len(parts) > _MOST_PEOPLE:
        raise CellError(N_("More than %(most)s people cannot be on a session."), most=_MOST_PEOPLE)
    for part in parts:
        told = clean_line(part)
        if not told:
            continue
        # Parentheses may belong to a name.
        name, role = (told, Role.SPEAKER) if scene.speakers.named(told) else _name_and_role(told)
        people[_speaker(name, session, scene), role] = None
    return list(people)


def _name_and_role(told: str) -> tuple[str, Role]:
    found = _WITH_ROLE.match(told)
    if found is None:
        return told, Role.SPEAKER
    role = role_called(found[2])
    if role is None:
        raise CellError(
            N_("“%(role)s” is no role: %(roles)s."), role=found[2], roles=[*map(str, Role)]
        )
    return found[1], role


def _speaker(written: str, session: Session, scene: Scene) -> Speaker:
    named = scene.speakers.found(written)
    here = {person.speaker for person in session.people}
    speaker = only(named, lambda candidate: candidate in here)
    if speaker is not None:
        return speaker
    if named:
        raise CellError(
            N_("“%(name)s” is the name of several speakers: write a code, one of %(codes)s."),
            name=written,
            codes=[candidate.code for candidate in named],
        )
    if _LOOKS_LIKE_CODE.match(written):
        if SheetKind.SPEAKERS in scene.unlisted:
            speaker = _add(scene, written, Visibility.WITHHELD)
            scene.add_speaker(speaker, written)
            return speaker
        raise CellError(N_("The event has no speaker with the code “%(code)s”."), code=written)
    name = checked_text(written, lines=False)
    if not fold(name) or len(name) > _LONGEST_NAME:
        raise CellError(N_("“%(name)s” is not a name."), name=name[:100])
    speaker = _add(scene)
    lang = written_language(name, scene.languages, scene.languages[0])
    text = _empty_text(lang if lang in scene.languages else scene.languages[0])
    text.display_name = name
    speaker.texts[text.lang] = text
    scene.add_speaker(speaker)
    return speaker
