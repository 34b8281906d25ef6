"""The rows of a file by the columns of the plan, however these are called and ordered."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from planner.i18n.labels import N_
from planner.imports.texts import written_language
from planner.workbook.account import Account, RowAccount
from planner.workbook.columns import Heading, SheetKind
from planner.workbook.grids import File, Grid, Value, letter_of
from planner.workbook.guide import OWN_SHEETS
from planner.workbook.naming import has_needed, heading_called, sheet_called
from planner.workbook.telling import UnreadableWorkbookError
from planner.workbook.values import plain, text_of

#: In so many rows that hold something the headings are looked for: titles may stand above them.
_FIRST_ROWS = 10
_LONGEST_CODE = 16
_LONGEST_HEADING = 80


@dataclass(frozen=True)
class Record:
    """One row: its cells that hold something, by column and language."""

    account: RowAccount
    cells: dict[tuple[str, str | None], Value]

    def cell(self, column: str, lang: str | None = None) -> Value:
        """Return what stands in a column, None where nothing does."""
        return self.cells.get((column, lang))

    def texts(self, column: str) -> dict[str, Value]:
        """Return what stands in a column of texts, by language."""
        return {
            lang: value for (name, lang), value in self.cells.items() if name == column and lang
        }


@dataclass
class Records:
    """All rows of a file by what they are, and the languages in which it holds titles."""

    by_kind: dict[SheetKind, list[Record]] = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    def of(self, kind: SheetKind) -> list[Record]:
        """Return the rows that hold things of one kind."""
        return self.by_kind.get(kind, [])


def records_of(file: File, account: Account, languages: tuple[str, ...] | None) -> Records:
    """Return the rows of a file, telling the account what was left out.

    ``languages`` are those of the event, None when it is to be made in those of the file.

    :raises UnreadableWorkbookError: when nothing in it can be taken for the plan.
    """
    for note in file.notes:
        account.note("", note.words, **note.facts)
    sheets = _sheets(file, account, languages)
    own = languages or _languages_of(sheets)
    found = Records(languages=own)
    for kind in SheetKind:
        if kind in sheets:
            sheet = sheets[kind]
            _tell_unknown(sheet, account, own)
            found.by_kind[kind] = list(_records(sheet, account, own))
    return found


@dataclass
class _Sheet:
    """A sheet whose headings were understood: by their places, and the row they stand in."""

    kind: SheetKind
    grid: Grid
    row: int
    headings: dict[int, Heading]
    unknown: dict[int, str]


def _sheets(
    file: File, account: Account, languages: tuple[str, ...] | None
) -> dict[SheetKind, _Sheet]:
    found: dict[SheetKind, _Sheet] = {}
    unnamed: list[Grid] = []
    for grid in file.grids:
        kind = sheet_called(grid.name)
        if grid.name in OWN_SHEETS or not grid.rows:
            continue
        if kind is None:
            unnamed.append(grid)
        elif grid.is_hidden:
            account.note(grid.name, N_("The sheet is hidden and was left out."))
        elif kind in found:
            account.note(
                grid.name,
                N_("The sheet was left out, because %(other)s holds the same."),
                other=found[kind].grid.name,
            )
        else:
            found[kind] = _understood(grid, kind, languages)
    if SheetKind.SESSIONS not in found:
        _take_unnamed(unnamed, found, languages)
    for grid in unnamed:
        if not grid.is_hidden and all(sheet.grid is not grid for sheet in found.values()):
            account.note(grid.name, N_("The sheet holds nothing of the plan and was left out."))
    if not found:
        raise UnreadableWorkbookError(N_("The file is empty."))
    for sheet in found.values():
        _check_needed(sheet)
    return found


def _take_unnamed(
    unnamed: list[Grid], found: dict[SheetKind, _Sheet], languages: tuple[str, ...] | None
) -> None:
    """Take the sheet whose name says nothing, but its headings: for what most of them fit.

    A table of which as many fit sessions as anything else is one of sessions.
    """
    best: _Sheet | None = None
    for grid in unnamed:
        if grid.is_hidden:
            continue
        for kind in SheetKind:
            if kind in found:
                continue
            sheet = _understood(grid, kind, languages)
            if best is None or len(sheet.headings) > len(best.headings):
                best = sheet
    if best is None:
        return
    if not found or has_needed(best.kind, list(best.headings.values())):
        found[best.kind] = best


def _understood(grid: Grid, kind: SheetKind, languages: tuple[str, ...] | None) -> _Sheet:
    """Return a sheet with its headings, which stand in the row in which most are understood."""
    best: _Sheet | None = None
    for number, cells in grid.rows[:_FIRST_ROWS]:
        headings: dict[int, Heading] = {}
        unknown: dict[int, str] = {}
        for place, cell in enumerate(cells):
            written = text_of(cell, lines=False)[:_LONGEST_HEADING]
            heading = heading_called(kind, written, languages or ()) if written else None
            if heading is not None and len(heading.lang or "") <= _LONGEST_CODE:
                headings[place] = heading
            elif written:
                unknown[place] = written
        if best is None or len(headings) > len(best.headings):
            best = _Sheet(kind, grid, number, headings, unknown)
    assert best is not None  # noqa: S101 -- sheets without a row were left out
    return best


def _check_needed(sheet: _Sheet) -> None:
    """Refuse a sheet that lacks what it must have, or says one thing in two columns."""
    names = [heading.name for heading in sheet.headings.values()]
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        places = [letter_of(at) for at, found in sheet.headings.items() if found.name == twice[0]]
        raise UnreadableWorkbookError(
            N_("Two columns are %(column)s: %(places)s. Take one of them out."),
            column=twice[0],
            places=places,
        )
    if has_needed(sheet.kind, list(sheet.headings.values())):
        return
    if sheet.kind is SheetKind.SESSIONS:
        raise UnreadableWorkbookError(
            N_(
                "There is no column of titles: call it title_ and the language, "
                "such as title_en or title_ar."
            )
        )
    raise UnreadableWorkbookError(
        N_("The sheet %(sheet)s has no column of names: call it name_ and the language."),
        sheet=sheet.grid.name,
    )


def _languages_of(sheets: dict[SheetKind, _Sheet]) -> tuple[str, ...]:
    """Return the languages of the titles, as the headings say them or as the titles are written."""
    sheet = sheets.get(SheetKind.SESSIONS)
    if sheet is None:
        return ()
    titles = {
        place: heading.lang
        for place, heading in sheet.headings.items()
        if heading.column.name == "title"
    }
    said = tuple(dict.fromkeys(lang for lang in titles.values() if lang))
    if said:
        return said
    counted: Counter[str] = Counter()
    for number, cells in sheet.grid.rows:
        for place in titles:
            written = text_of(cells[place], lines=False) if place < len(cells) else ""
            if number > sheet.row and written:
                counted[written_language(written, (), "en")] += 1
    return tuple(lang for lang, _ in counted.most_common())


def _tell_unknown(sheet: _Sheet, account: Account, languages: tuple[str, ...]) -> None:
    """Name the columns that say nothing to the plan, and leave out those of other languages."""
    for place, heading in list(sheet.headings.items()):
        if heading.lang and heading.lang not in languages:
            sheet.unknown[place] = heading.name
            del sheet.headings[place]
    if sheet.unknown:
        names = [f"{name} ({letter_of(place)})" for place, name in sorted(sheet.unknown.items())]
        account.note(
            sheet.grid.name,
            N_("Columns that are not known were left out: %(columns)s."),
            columns=names,
        )


def _records(sheet: _Sheet, account: Account, languages: tuple[str, ...]) -> Iterator[Record]:
    for number, cells in sheet.grid.rows:
        if number <= sheet.row:
            continue
        row = RowAccount(sheet.kind, sheet.grid.name, number)
        found: dict[tuple[str, str | None], Value] = {}
        for place, heading in sheet.headings.items():
            value = _value(sheet.grid, row, place, heading.name, cells)
            if value is None or (isinstance(value, str) and not value.strip()):
                continue
            lang = heading.lang
            if lang == "":
                lang = _language_of(value, languages)
            found.setdefault((heading.column.name, lang), value)
        if found:
            account.rows.append(row)
            yield Record(row, found)


def _value(grid: Grid, row: RowAccount, place: int, column: str, cells: tuple[Value, ...]) -> Value:
    value = cells[place] if place < len(cells) else None
    formula = grid.formulas.get((row.number, place))
    if formula is not None:
        if value is None:
            row.guess(column, N_("A formula stands there without a result; its text was taken."))
            return formula
        row.guess(column, N_("A formula stands there; what it shows was taken."))
    if value is None and (row.number, place) in grid.merged:
        value = grid.merged[row.number, place]
        row.guess(
            column,
            N_("The cell is merged with the ones above; “%(value)s” was taken."),
            value=plain(value),
        )
    return value


def _language_of(value: Value, languages: tuple[str, ...]) -> str:
    """Return the language of the event in which a text is, by its script."""
    found = written_language(text_of(value, lines=True), languages, languages[0])
    return found if found in languages else languages[0]
