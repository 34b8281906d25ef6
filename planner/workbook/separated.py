"""Tables with separated columns (CSV): written for spreadsheets, and read as these write them."""

import csv
import re
from collections.abc import Iterable
from io import StringIO

from planner.i18n.labels import N_
from planner.lib.formulas import marked, unmarked
from planner.workbook.grids import File, Grid, Value
from planner.workbook.limits import MOST_COLUMNS, MOST_ROWS, too_many_rows
from planner.workbook.telling import Told, UnreadableWorkbookError, told

#: Without it Excel takes UTF-8 for the code page of its country.
_BYTE_ORDER_MARK = "\ufeff"
_SEPARATORS = ",;\t"
#: A first line in which Excel says the separator.
_SAYS_SEPARATOR = re.compile(r"\ufeff?sep=(.)\r?\n", re.I)
#: Octets above 127, in runs and one by one between Latin letters.
_IN_RUNS = re.compile(rb"[\x80-\xff]{2,}")
_AMONG_LATIN = re.compile(rb"(?<=[A-Za-z])[\x80-\xff](?=[A-Za-z\s,;.]|\Z)")
#: What programs leave of letters that a code page lacks: of Kurdish among the Arabic ones, of all.
_LOST_LETTERS = re.compile(r"[\u0620-\u06ff]\?[\u0620-\u06ff]|\?{2,} \?{2,}")
#: Octets that are letters in neither of the two code pages, or controls.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def written(rows: Iterable[Iterable[str]]) -> bytes:
    """Return rows of texts as CSV (RFC 4180) in UTF-8, in which no cell begins a formula."""
    table = StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow([marked(cell) for cell in row])
    return (_BYTE_ORDER_MARK + table.getvalue()).encode()


def read_separated(content: bytes) -> File:
    """Return what a table holds, in whichever encoding and with whichever separator.

    :raises UnreadableWorkbookError: when it is no table, or holds too much.
    """
    text, notes = _decoded(content)
    # Where nothing could be lost, people wrote the question marks.
    if (notes or content.isascii()) and _LOST_LETTERS.search(text):
        raise UnreadableWorkbookError(
            N_(
                "Letters were lost when the file was saved: “?” stands in their place. "
                "Save it as “CSV UTF-8”."
            )
        )
    separator = None
    if says := _SAYS_SEPARATOR.match(text):
        separator, text = says[1], "\n" + text[says.end() :]  # rows keep their numbers
    text = text.removeprefix(_BYTE_ORDER_MARK)
    if _NO_TEXT.search(text[:10_000]):
        raise UnreadableWorkbookError(N_("The file is no table: it holds no text."))
    rows = list(_rows(text, separator or _separator_of(text)))
    return File([Grid(name="", rows=rows)], notes)


def _rows(text: str, separator: str) -> Iterable[tuple[int, tuple[Value, ...]]]:
    lines = StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    found = 0
    try:
        for cells in reader:
            number += 1
            if not any(cell.strip() for cell in cells):
                continue
            found += 1
            if found > MOST_ROWS:
                raise too_many_rows("")
            yield number, tuple(unmarked(cell) or None for cell in cells[:MOST_COLUMNS])
    except csv.Error as error:
        if "field larger" in str(error):
            raise UnreadableWorkbookError(
                N_("A cell of row %(row)s is longer than any text; is a quotation mark open?"),
                row=number + 1,
            ) from None
        raise UnreadableWorkbookError(
            N_("Row %(row)s cannot be read: its quotation marks do not pair up."), row=number + 1
        ) from None


def _separator_of(text: str) -> str:
    """Return the separator that is most frequent in the first line that has any."""
    for line in text.splitlines():
        bare = re.sub(r'"[^"]*"', "", line)
        if not bare.strip() and not line.strip():
            continue
        counts = {separator: bare.count(separator) for separator in _SEPARATORS}
        best = max(_SEPARATORS, key=lambda separator: counts[separator])
        return best if counts[best] else ","
    raise UnreadableWorkbookError(N_("The file is empty."))


def _decoded(content: bytes) -> tuple[str, list[Told]]:
    """Return the text of a file; how it was read is told where it is a guess."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _text(content, encoding), []
    if content[:200].count(b"\0") > len(content[:200]) // 4:
        return _text(content, "utf-16-be" if content[:1] == b"\0" else "utf-16-le"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        encoding = _code_page(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise _unknown_encoding() from None
    name = {"cp1256": "Windows-1256", "cp1252": "Windows-1252"}[encoding]
    words = N_(
        "The file says no encoding; it was read as %(name)s. Look whether letters are right."
    )
    return text, [told(words, name=name)]


def _text(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise _unknown_encoding() from None


def _code_page(content: bytes) -> str:
    """Return the code page of Windows that octets are likely in, Arabic or Western European.

    Arabic letters follow one another; accented ones stand among letters without accents.
    """
    in_runs = sum(len(run) for run in _IN_RUNS.findall(content))
    among_latin = len(_AMONG_LATIN.findall(content))
    return "cp1256" if in_runs > among_latin else "cp1252"


def _unknown_encoding() -> UnreadableWorkbookError:
    return UnreadableWorkbookError(
        N_("The encoding of the file cannot be told. Save it as “CSV UTF-8”.")
    )
