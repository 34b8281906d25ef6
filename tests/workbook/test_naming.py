"""Sheets and columns, whatever they are called."""

import pytest

from planner.workbook.columns import COLUMNS, SheetKind
from planner.workbook.naming import heading_called, sheet_called

pytestmark = pytest.mark.usefixtures("app")
_LANGUAGES = ("en", "ar", "ckb")


@pytest.mark.parametrize("kind", SheetKind)
def test_our_own_headings_are_understood(kind: SheetKind) -> None:
    for column in COLUMNS[kind]:
        for lang in _LANGUAGES if column.per_language else ("",):
            name = f"{column.name}_{lang}" if lang else column.name
            heading = heading_called(kind, name, _LANGUAGES)
            assert heading is not None, name
            assert heading.name == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Title EN", "title_en"),
        (" TITLE-ar ", "title_ar"),
        ("Title (English)", "title_en"),
        ("Title in Arabic", "title_ar"),
        ("English title", "title_en"),
        ("العنوان بالعربية", "title_ar"),
        ("العنوان (العربية)", "title_ar"),
        ("العنوان باللغة الكردية", "title_ckb"),
        ("ناونیشان کوردی", "title_ckb"),
        ("ناونیشان (ئینگلیزی)", "title_en"),
        ("title_ku", "title_ckb"),
        ("title_de", "title_de"),
        ("الملخص بالإنجليزية", "abstract_en"),
        ("Title", "title"),
        ("القاعة", "room"),
        ("ژوور", "room"),
        ("وقت البداية", "start"),
        ("Starts at", "start"),
        ("Ends at", "end"),
        ("المتحدثون", "speakers"),
        ("Spoken languages", "spoken"),
        ("all rooms", "all_rooms"),
        ("title_zz", None),
        ("Budget", None),
        ("", None),
    ],
)
def test_headings_of_others_are_understood(written: str, name: str | None) -> None:
    heading = heading_called(SheetKind.SESSIONS, written, _LANGUAGES)
    assert (heading.name if heading else None) == name


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("sessions", SheetKind.SESSIONS),
        ("الجلسات", SheetKind.SESSIONS),
        ("دانیشتنەکان", SheetKind.SESSIONS),
        ("القاعات", SheetKind.ROOMS),
        ("قسەکەران", SheetKind.SPEAKERS),
        ("Tracks", SheetKind.THEMES),
        ("Sheet1", None),
    ],
)
def test_sheets_are_understood(written: str, kind: SheetKind | None) -> None:
    assert sheet_called(written) is kind
