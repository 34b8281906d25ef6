"""The sheet of a workbook that explains the others, in the language spoken now."""

from collections.abc import Iterable, Iterator

from flask_babel import gettext

from planner.i18n.formats import comma
from planner.i18n.labels import N_, kind_label, role_label
from planner.programme.vocabulary import Kind, Role
from planner.sessions.labels import state_label
from planner.sessions.models import State
from planner.speakers.labels import visibility_label
from planner.speakers.models import Visibility
from planner.workbook.columns import COLUMNS, EMPTIED, ROLES, Column, SheetKind

READ_ME = "Read me"
#: What drop-downs offer; nobody needs to see it.
LISTS = "Lists"
#: Sheets that Barnama writes for people and not for itself.
OWN_SHEETS = frozenset({READ_ME, LISTS})

_INTRODUCTION = (
    N_("Change what you like, add rows, and bring the file back in the desk under “Spreadsheets”."),
    N_("Before anything is written you see every change, and what cannot be taken and why."),
    N_("Rows are found by their code or slug. A row without one is new."),
    N_("Rows that you take out stay in the plan: sessions are withdrawn by their state."),
    N_("An empty cell leaves the plan as it is. To take something out, write %(mark)s."),
    N_("Columns may be left out, put elsewhere, and called in English, Arabic or Kurdish."),
    N_("A code in place of a name stands for somebody whose name you may not read."),
)


def explanations(languages: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield the rows of the sheet: sheet, column, what one writes there, and the allowed words.

    ``languages`` are those of the event.
    """
    for words in _INTRODUCTION:
        yield "", "", gettext(words, mark=EMPTIED), ""
    yield "", "", "", ""
    yield gettext("Sheet"), gettext("Column"), gettext("What to write"), gettext("Allowed words")
    order = tuple(languages)
    for kind in SheetKind:
        for column in COLUMNS[kind]:
            about = gettext(column.about, roles=comma().join(map(_role, ROLES)))
            yield kind.value, _names(column, order), about, _words(column)


def _names(column: Column, languages: tuple[str, ...]) -> str:
    if not column.per_language:
        return column.name
    return ", ".join(f"{column.name}_{lang}" for lang in languages)


def _words(column: Column) -> str:
    return comma().join(map(_word, column.words))


def _word(word: str) -> str:
    """Return a word with what the interface calls it, where that is another one."""
    match word:
        case Kind():
            label = kind_label(word)
        case State():
            label = state_label(word)
        case Visibility():
            label = visibility_label(word)
        case _:
            return str(word)
    return _with_label(str(word.value), label)


def _role(role: Role) -> str:
    return _with_label(role.value, role_label(role))


def _with_label(word: str, label: str) -> str:
    return word if label.casefold() == word else f"{word} ({label})"
