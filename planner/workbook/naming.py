"""What sheets and columns are called in files of others: in three languages, in any spelling."""

from collections.abc import Iterator

from planner.lib.text import fold
from planner.workbook.columns import COLUMNS, END, Column, Heading, SheetKind
from planner.workbook.words import language_called

_SHEETS = {
    SheetKind.SESSIONS: "session/programme/program/schedule/agenda/timetable/talks/"
    "الجلسات/جلسات/البرنامج/برنامج/الجدول/دانیشتنەکان/دانیشتن/پرۆگرام/بەرنامە/خشتە",
    SheetKind.SPEAKERS: "speaker/people/persons/participants/المتحدثون/المتحدثين/متحدثون/"
    "المشاركون/المشاركون والمشاركات/قسەکەران/بەشداربووان",
    SheetKind.ROOMS: "room/halls/venues/places/القاعات/الغرف/قاعات/غرف/ژوورەکان/هۆڵەکان/هۆڵ",
    SheetKind.THEMES: "theme/tracks/topics/المحاور/محاور/المسارات/المواضيع/بابەتەکان/تەوەرەکان",
}
_KEYS = "id/الرمز/رمز/کۆد/كود"
_REMARKS = "remarks/note/notes/comment/comments/ملاحظة/ملاحظات/تێبینی"
_STEP_FREE = "accessible/wheelchair/بلا درج/بدون درج/بێ پلیکانە"
_COLUMNS = {
    SheetKind.SESSIONS: {
        "code": _KEYS,
        "kind": "type/session type/format/النوع/نوع/نوع الجلسة/جۆر/جۆری دانیشتن",
        "theme": "track/topic/المحور/محور/المسار/الموضوع/بابەت/تەوەر",
        "room": "hall/place/location/venue/القاعة/قاعة/الغرفة/المكان/ژوور/هۆڵ/شوێن",
        "date": "day/التاريخ/تاريخ/اليوم/بەروار/ڕێکەوت/ڕۆژ",
        "start": "starts/starts at/start time/begin/begins/time/from/hour/hours/"
        "وقت البداية/البداية/الوقت/الساعة/من/کاتی دەستپێک/دەستپێک/کات",
        "minutes": "duration/length/min/mins/المدة/مدة/المدة بالدقائق/الدقائق/دقائق/"
        "ماوە/ماوە بە خولەک/خولەک",
        "title": "session title/العنوان/عنوان/عنوان الجلسة/ناونیشان/سەردێڕ",
        "abstract": "description/summary/about/الملخص/ملخص/الوصف/وصف/پوختە/وەسف",
        "spoken": "language/languages/spoken language/spoken languages/اللغة/لغة/اللغات/"
        "لغة الجلسة/زمان/زمانەکان/زمانی دانیشتن",
        "interpreted": "interpretation/interpreted into/الترجمة/ترجمة/ترجمة فورية/"
        "ترجمة فورية إلى/الترجمة الفورية/وەرگێڕان/وەرگێڕانی هاوکات/وەرگێڕانی هاوکات بۆ",
        "audience": "expected/attendance/expected audience/الحضور/الحضور المتوقع/ئامادەبووان",
        "state": "status/الحالة/حالة/دۆخ/ڕەوش",
        "speakers": "speaker/people/persons/with/المتحدثون/المتحدثين/المتحدث/المشاركون/"
        "المشاركون والمشاركات/قسەکەران/قسەکەر/بەشداربووان",
        "original": "original language/لغة الأصل/اللغة الأصلية/زمانی بنەڕەت",
        "all_rooms": "across rooms/for all/جميع القاعات/كل القاعات/هەموو ژوورەکان/هەموو هۆڵەکان",
        "pinned": "fixed/مثبت/مثبتة/جێگیر",
        "step_free": _STEP_FREE,
        "online": "online url/stream/البث/رابط البث/پەخش",
        "remark": _REMARKS,
        "end": "ends/ends at/end time/until/to/وقت النهاية/النهاية/إلى/حتى/کاتی کۆتایی/کۆتایی",
    },
    SheetKind.SPEAKERS: {
        "code": _KEYS,
        "visibility": "public/الظهور/العلنية/دەرکەوتن",
        "name": "display name/full name/speaker/الاسم/اسم/الاسم الكامل/ناو/ناوی تەواو",
        "pseudonym": "alias/الاسم المستعار/اسم مستعار/نازناو/ناوی خوازراو",
        "organisation": "organization/affiliation/company/المنظمة/منظمة/الجهة/ڕێکخراو",
        "biography": "bio/about/السيرة/السيرة الشخصية/نبذة/ژیاننامە",
        "email": "e mail/mail/البريد/البريد الإلكتروني/ئیمەیڵ",
        "spoken": "language/languages/spoken languages/اللغة/اللغات/زمان/زمانەکان",
        "original": "original language/لغة الأصل/اللغة الأصلية/زمانی بنەڕەت",
        "remark": _REMARKS,
    },
    SheetKind.ROOMS: {
        "slug": f"code/key/{_KEYS}",
        "name": "room/hall/الاسم/اسم/القاعة/اسم القاعة/ناو/ژوور/هۆڵ",
        "floor": "level/الطابق/طابق/نهۆم",
        "site": "building/venue/الموقع/المبنى/بینا/شوێن",
        "capacity": "seats/places/السعة/سعة/عدد المقاعد/جێگا/توانا",
        "booths": "interpretation booths/كبائن الترجمة/الكبائن/کابینەی وەرگێڕان",
        "step_free": _STEP_FREE,
        "opens": "open from/open/تفتح/يفتح/دەکرێتەوە",
        "closes": "open until/close/تغلق/يغلق/دادەخرێت",
    },
    SheetKind.THEMES: {
        "slug": f"code/key/{_KEYS}",
        "name": "theme/track/topic/الاسم/اسم/المحور/المسار/ناو/بابەت/تەوەر",
        "description": "about/abstract/الوصف/وصف/وەسف",
        "colour": "color/اللون/لون/ڕەنگ",
    },
}
#: One of these columns a sheet must have, so that its rows can be told from one another.
_NEEDED = {
    SheetKind.SESSIONS: {"title"},
    SheetKind.SPEAKERS: {"code", "name"},
    SheetKind.ROOMS: {"slug", "name"},
    SheetKind.THEMES: {"slug", "name"},
}


def _folded(written: str) -> str:
    return fold(written).replace("_", " ").strip()


def _known_columns(kind: SheetKind) -> dict[str, Column]:
    columns = (*COLUMNS[kind], END) if kind is SheetKind.SESSIONS else COLUMNS[kind]
    known: dict[str, Column] = {}
    for column in columns:
        known[_folded(column.name)] = column
    for column in columns:
        for called in _COLUMNS[kind].get(column.name, "").split("/"):
            known.setdefault(_folded(called), column)
    return known


_KNOWN_SHEETS = {
    _folded(called): kind
    for kind, others in _SHEETS.items()
    for called in (kind.value, *others.split("/"))
}
_KNOWN_COLUMNS = {kind: _known_columns(kind) for kind in SheetKind}


def sheet_called(name: str) -> SheetKind | None:
    """Return what a sheet of this name holds, or None."""
    return _KNOWN_SHEETS.get(_folded(name))


def heading_called(kind: SheetKind, written: str, languages: tuple[str, ...]) -> Heading | None:
    """Return the column of a sheet that is headed so, or None.

    ``languages`` are those of the event. A column of texts whose heading names no language has
    ``""`` for it: then what is written in each cell tells.
    """
    words = _folded(written).split()
    for column, rest in _readings(_KNOWN_COLUMNS[kind], words):
        if not column.per_language:
            if not rest:
                return Heading(column)
            continue
        if not rest:
            return Heading(column, "")
        lang = _language(rest, languages)
        if lang:
            return Heading(column, lang)
    return None


def _readings(known: dict[str, Column], words: list[str]) -> Iterator[tuple[Column, list[str]]]:
    """Yield columns that words may be called, and the words left over; the longest name first."""
    for length in range(len(words), 0, -1):
        for first in {0, len(words) - length}:
            column = known.get(" ".join(words[first : first + length]))
            if column is not None:
                yield column, [*words[:first], *words[first + length :]]


#: Words between a text and its language: «title in Arabic», «العنوان باللغة العربية».
_BETWEEN = {"in", "ب", "باللغه", "اللغه", "به", "زمانی", "language"}


def _language(words: list[str], languages: tuple[str, ...]) -> str | None:
    left = [word for word in words if word not in _BETWEEN]
    # «بالعربية» is «in Arabic», in one word.
    candidates = [" ".join(left), "-".join(left)]
    if len(left) == 1 and left[0].startswith("بال"):
        candidates.append(left[0][1:])
    found = (language_called(candidate, languages) for candidate in candidates if candidate)
    return next((lang for lang in found if lang), None)


def has_needed(kind: SheetKind, found: list[Heading]) -> bool:
    """Tell whether a sheet has a column without which nothing of it can be taken."""
    return any(heading.column.name in _NEEDED[kind] for heading in found)
