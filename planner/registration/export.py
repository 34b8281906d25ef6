"""All registrations as a file for spreadsheets, in the organizer's language."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext

from planner.i18n.languages import language, name_of
from planner.lib.formulas import guarded
from planner.registration.desk_queries import Line
from planner.registration.labels import standing_label
from planner.workbook import separated as tables

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BETWEEN = "; "


def separated(lines: Iterable[Line], reader: str, zone: ZoneInfo) -> bytes:
    """Return registrations as CSV, in which no cell begins a formula."""
    return tables.written([_headings(), *_rows(lines, reader, zone)])


def workbook(lines: Iterable[Line], reader: str, zone: ZoneInfo) -> bytes:
    """Return registrations as a workbook (.xlsx), in which no cell is a formula."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = "Barnama"
    sheet: Any = book.create_sheet(gettext("Participants"))
    sheet.sheet_view.rightToLeft = language(reader).direction == "rtl"
    sheet.freeze_panes = "B2"
    for row in [_headings(), *_rows(lines, reader, zone)]:
        cells = [WriteOnlyCell(sheet, guarded(text)) for text in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _headings() -> list[str]:
    return [
        gettext("Standing"),
        gettext("Name"),
        gettext("E-mail address"),
        gettext("Organisation"),
        gettext("Follows sessions in"),
        gettext("Needs interpretation into"),
        gettext("Needs to take part"),
        gettext("Written to in"),
        gettext("Registered at"),
        gettext("Confirmed at"),
    ]


def _rows(lines: Iterable[Line], reader: str, zone: ZoneInfo) -> Iterable[list[str]]:
    def names(codes: Iterable[str]) -> str:
        return _BETWEEN.join(name_of(code, reader) for code in codes)

    for line in lines:
        yield [
            standing_label(line.standing),
            line.name,
            line.email,
            line.organisation,
            names(line.languages),
            names(line.interpretation),
            line.access_needs,
            name_of(line.language, reader),
            f"{line.created_at.astimezone(zone):%Y-%m-%d %H:%M}",
            f"{line.confirmed_at.astimezone(zone):%Y-%m-%d %H:%M}" if line.confirmed_at else "",
        ]
