"""The closed words of the plan, as people write them in a cell, in three languages."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from typing import TypeVar

from planner.i18n.interface import speaking
from planner.i18n.labels import kind_label, role_label
from planner.i18n.languages import INTERFACE, canonical_code, language, name_of
from planner.imports.words import kind_of_type, role_of
from planner.lib.text import fold
from planner.programme.vocabulary import Kind, Role
from planner.sessions.labels import state_label
from planner.sessions.models import State
from planner.speakers.labels import visibility_label
from planner.speakers.models import Visibility

_Word = TypeVar("_Word", bound=StrEnum)

_KINDS = {
    Kind.PLENARY: "عامة/جلسة رئيسية/گشتی/پانێلی گشتی/وتاری سەرەکی",
    Kind.PANEL: "ندوة/حلقة نقاشية/نقاش/مائدة مستديرة/گفتوگۆ/مێزی گرد/کۆڕ",
    Kind.WORKSHOP: "ورشة/ورشة عمل/تدريب/راهێنان",
    Kind.TESTIMONY: "شهادات/شایەتیدان",
    Kind.PERFORMANCE: "عرض/أداء/فیلم/فيلم/موسيقى/مسرح/نمایشی هونەری/شانۆ/مۆسیقا",
    Kind.SPORT: "الرياضة/مباراة/یاری",
    Kind.CEREMONY: "افتتاح/الافتتاح/حفل الافتتاح/ختام/الختام/کردنەوە/داخستن",
    Kind.BREAK: "فاصل/قهوة/پشوودان",
    Kind.MEAL: "غداء/الغداء/عشاء/فطور/نان/نانی نیوەڕۆ/نانی ئێوارە",
    Kind.OTHER: "session/talk/أخرى/آخر/محاضرة/هیتر/دیکە",
}
_ROLES = {
    Role.SPEAKER: "متحدث/متحدثة/متكلم/متكلمة/محاضر/محاضرة/مشارك/مشاركة/وتاربێژ",
    Role.MODERATOR: "مدير الجلسة/مديرة الجلسة/مدير جلسة/ميسر الحوار/بەڕێوەبەر/بەڕێوەبەری کۆڕ",
    Role.FACILITATOR: "ميسر/ميسرة/مدرب/مدربة/ڕاهێنەر",
    Role.PERFORMER: "فنان/فنانة/مؤدي/مؤدية/هونەرمەند",
    Role.INTERPRETER: "مترجم/مترجمة/مترجم فوري/مترجمة فورية/وەرگێڕی هاوکات",
}
_STATES = {
    State.PROPOSED: "submitted/suggested/new/مقترح/مقترحة/اقتراح/پێشنیار/پێشنیارکراو",
    State.ACCEPTED: "approved/tentative/مقبول/مقبولة/قبول/پەسەند/پەسەندکراو/وەرگیراو",
    State.CONFIRMED: "final/sure/مؤكد/مؤكدة/تأكيد/پشتڕاست/پشتڕاستکراو/دڵنیا",
    State.WITHDRAWN: "cancelled/canceled/rejected/declined/مسحوب/مسحوبة/ملغى/ملغاة/ملغي/"
    "کشاوە/کشێنرایەوە/هەڵوەشاوە/هەڵوەشێنرایەوە",
}
_VISIBILITIES = {
    Visibility.PUBLIC: "open/named/علني/عام/معلن/ئاشکرا/گشتی",
    Visibility.PSEUDONYM: "alias/اسم مستعار/مستعار/نازناو/ناوی خوازراو",
    Visibility.WITHHELD: "hidden/secret/private/محفوظ/محجوب/سري/مخفي/پارێزراو/شاراوە",
}
_TRUTHS = {
    True: "yes/y/true/1/x/✓/✔/نعم/أجل/صح/بەڵێ/بەلێ",
    False: "no/n/false/0/لا/كلا/خطأ/نەخێر/نا",
}
_LANGUAGES = {
    "en": "english/الإنجليزية/الإنكليزية/انجليزي/انكليزي/إنجليزية/إنكليزية/ئینگلیزی/ئینگلیزیی",
    "ar": "arabic/العربية/عربي/عربية/عەرەبی/عەرەبیی",
    "ckb": "kurdish/sorani/kurdish sorani/central kurdish/الكردية/كردي/كردية/الكردية السورانية/"
    "السورانية/سوراني/کوردی/سۆرانی/کوردیی سۆرانی/کوردی سۆرانی/کوردیی ناوەندی",
    "kmr": "kurmanji/kurmanci/الكرمانجية/کرمانجی/کورمانجی/کوردیی باکوور",
}


def _table(synonyms: Mapping[_Word, str], label: Callable[[_Word], str]) -> dict[str, _Word]:
    """Return the members of a closed set by all that they are called, folded.

    ``label`` is what the interface calls them; needs an application context.
    """
    found: dict[str, _Word] = {}
    for word, others in synonyms.items():
        labels = []
        for lang in INTERFACE:
            with speaking(lang):
                labels.append(label(word))
        for called in (word.value, *labels, *others.split("/")):
            found.setdefault(fold(called), word)
    return found


@cache
def _kinds() -> dict[str, Kind]:
    return _table(_KINDS, kind_label)


@cache
def _roles() -> dict[str, Role]:
    return _table(_ROLES, role_label)


@cache
def _states() -> dict[str, State]:
    return _table(_STATES, state_label)


@cache
def _visibilities() -> dict[str, Visibility]:
    return _table(_VISIBILITIES, visibility_label)


@cache
def _truths() -> dict[str, bool]:
    return {
        fold(called) or called: truth
        for truth, words in _TRUTHS.items()
        for called in words.split("/")
    }


def kind_called(written: str) -> Kind | None:
    """Return the kind of session that is called so, or None."""
    return _kinds().get(fold(written)) or kind_of_type(written)


def role_called(written: str) -> Role | None:
    """Return the role that is called so, or None."""
    return _roles().get(fold(written)) or role_of(written)


def state_called(written: str) -> State | None:
    """Return the state of a session that is called so, or None."""
    return _states().get(fold(written))


def visibility_called(written: str) -> Visibility | None:
    """Return how the public may know somebody, where it is called so, or None."""
    return _visibilities().get(fold(written))


def truth_called(written: str) -> bool | None:
    """Return whether a word says yes or no, or None."""
    return _truths().get(fold(written) or written.strip())


@lru_cache(maxsize=4096)
def language_called(written: str, known: tuple[str, ...] = ()) -> str | None:
    """Return the code of the language that is called so, or None.

    ``known`` are codes of languages that are looked for first, by code and by name.
    """
    order = tuple(dict.fromkeys([*known, *INTERFACE, "kmr"]))
    folded = fold(written)
    for code in order:
        names = {code, language(code).name, *(name_of(code, reader) for reader in INTERFACE)}
        if folded in {fold(name) for name in names} or folded in _folded_languages()[code]:
            return code
    coded = canonical_code(written)
    if coded is None or not _is_language(coded):
        return None
    # «ku» says Kurdish; where the event speaks Sorani and no Kurmanji, that is meant.
    return "ckb" if coded == "kmr" and "kmr" not in known and "ckb" in known else coded


class _FoldedLanguages(dict[str, frozenset[str]]):
    """Names of languages, folded; a language of which none are listed has none."""

    def __missing__(self, _code: str) -> frozenset[str]:
        return frozenset()


@cache
def _folded_languages() -> _FoldedLanguages:
    return _FoldedLanguages(
        {code: frozenset(map(fold, names.split("/"))) for code, names in _LANGUAGES.items()}
    )


@lru_cache(maxsize=1024)
def _is_language(code: str) -> bool:
    return code in {"en", "ar", "ckb", "kmr"} or language(code).name != code
