"""What rows of all sheets have in common: taking the cells of a row into a thing of the plan."""

from collections.abc import Iterator
from typing import Any

from planner.i18n.content import localize
from planner.i18n.labels import N_
from planner.lib.text import clean_text
from planner.speakers.models import Visibility
from planner.workbook.account import Shown
from planner.workbook.columns import SheetKind
from planner.workbook.fields import FIELDS, LABELS, REQUIRED, TEXTS, Field
from planner.workbook.grids import Value
from planner.workbook.records import Record
from planner.workbook.scene import Scene
from planner.workbook.tables import text_of as text_in_plan
from planner.workbook.telling import CellError
from planner.workbook.values import checked_text, is_emptied, text_of
from planner.workbook.writing import LONGEST_CELL, cut

#: So much of a text that was cut tells that a cell holds the same text still.
_TELLING = 1000


def says_the_same(value: Value, ours: Value) -> bool:
    """Tell whether a cell still holds what we would write there."""
    return ours is not None and text_of(value, lines=True) == text_of(ours, lines=True)


def take_fields(kind: SheetKind, record: Record, thing: Any, scene: Scene) -> None:
    """Take the columns of one value each; what cannot be taken is told to the row's account."""
    for field in FIELDS[kind]:
        value = record.cell(field.column)
        if value is None:
            continue
        try:
            _take_field(field, record, thing, scene)
        except CellError as error:
            record.account.refuse(field.column, error.told)


def _take_field(field: Field, record: Record, thing: Any, scene: Scene) -> None:
    value = record.cell(field.column)
    if says_the_same(value, field.value(thing)):
        return
    old = getattr(thing, field.attribute)
    if is_emptied(value):
        if field.emptied is REQUIRED:
            raise cannot_be_emptied()
        new = list(field.emptied) if isinstance(field.emptied, list) else field.emptied
    else:
        new = field.parse(value, scene.languages, None if record.account.is_new else thing)
    if new == old:
        return
    if field.attribute == "visibility" and _is_more_than_chosen(thing, new):
        raise CellError(N_("This is more than they chose themselves. Change it on their own page."))
    record.account.change(field.column, Shown(field.shown(old)), Shown(field.shown(new)))
    setattr(thing, field.attribute, new)


def _is_more_than_chosen(speaker: Any, wished: Any) -> bool:
    chosen = speaker.chosen_visibility
    return chosen is not None and bool(Visibility(wished).shows_more_than(chosen))


def new_texts(
    kind: SheetKind, record: Record, thing: Any
) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the texts that a row changes: attribute, column, language, old and new.

    Those that cannot be taken are told to the row's account.
    """
    for column, attribute, lines in (*LABELS.get(kind, ()), *TEXTS.get(kind, ())):
        for lang, value in record.texts(column).items():
            old = text_in_plan(kind, thing, column, lang)
            try:
                new = _new_text(value, old, lines=lines)
            except CellError as error:
                record.account.refuse(f"{column}_{lang}", error.told)
                continue
            if new != old:
                yield attribute, f"{column}_{lang}", lang, old, new


def _new_text(value: Value, old: str, *, lines: bool) -> str:
    written = text_of(value, lines=lines)
    if written == old or written == clean_text(cut(old)):
        return old
    if is_emptied(value):
        return ""
    if len(old) > LONGEST_CELL and written[:_TELLING] == old[:_TELLING]:
        raise CellError(
            N_("The text is too long for a cell, so the end of it was cut. Change it in the desk.")
        )
    return checked_text(value, lines=lines)


def take_labels(kind: SheetKind, record: Record, thing: Any) -> None:
    """Take the texts of a room or theme, which are kept as maps."""
    for attribute, column, lang, old, new in new_texts(kind, record, thing):
        texts = {**getattr(thing, attribute), lang: new}
        record.account.change(column, Shown(old, lang), Shown(new, lang))
        setattr(thing, attribute, {code: text for code, text in texts.items() if text})


def title_of(texts: dict[str, str], scene: Scene, original: str | None = None) -> Shown:
    """Return what a row is called in the account."""
    told = localize(texts, scene.options.reader, original=original, order=scene.languages)
    return Shown(told.value, told.lang) if told else Shown("")


def cannot_be_emptied() -> CellError:
    """Return what is said of a cell that must hold something."""
    return CellError(N_("This must not be empty."))
