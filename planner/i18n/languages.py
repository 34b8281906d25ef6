"""The table of languages: code in addresses, direction, locale of formats, own name.

The interface speaks the languages of :data:`INTERFACE`; content may be in any language that
has a code (BCP 47), because imported conferences speak theirs.
"""

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError


@dataclass(frozen=True)
class Language:
    """A language as pages and feeds need it."""

    code: str
    name: str
    direction: str
    #: The locale of dates and numbers. ar_IQ says «كانون الثاني» where ar says «يناير».
    locale: str
    #: Where a text is missing, these languages are the next best for its readers.
    fallbacks: tuple[str, ...]


INTERFACE = {
    "en": Language("en", "English", "ltr", "en_GB", ("ar", "ckb")),
    "ar": Language("ar", "العربية", "rtl", "ar_IQ", ("en", "ckb")),
    "ckb": Language("ckb", "کوردیی ناوەندی", "rtl", "ckb_IQ", ("ar", "en")),
}

#: What other programs and people write for a language that the table calls otherwise.
_ALIASES = {
    "eng": "en",
    "english": "en",
    "ara": "ar",
    "arabic": "ar",
    "ku-iq": "ckb",
    "ku-arab": "ckb",
    "ku-arab-iq": "ckb",
    "sdh": "ckb",
    "sorani": "ckb",
    "kurdish": "ckb",
    "ku": "kmr",
    "ku-latn": "kmr",
    "ku-tr": "kmr",
    "de-de": "de",
    "ger": "de",
    "deu": "de",
    "german": "de",
    "deutsch": "de",
    "cs-cz": "cs",
}
_CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*\Z")
_RIGHT_TO_LEFT = {"ar", "ckb", "fa", "he", "ur", "syr", "yi", "ps", "sd", "ug", "azb", "aii", "arc"}


def canonical_code(written: str) -> str | None:
    """Return the code for a language as others write it, or None when it is not one."""
    code = written.strip().lower().replace("_", "-")
    code = _ALIASES.get(code, code)
    if not _CODE.match(code):
        return None
    primary = code.split("-", maxsplit=1)[0]
    return primary if primary in {"en", "ar", "ckb", "kmr"} else code


@cache
def language(code: str) -> Language:
    """Return what is known of the language with this code; every code has an answer."""
    known = INTERFACE.get(code)
    if known is not None:
        return known
    primary = code.split("-", maxsplit=1)[0]
    direction = "rtl" if primary in _RIGHT_TO_LEFT else "ltr"
    locale = _locale("ku" if primary == "kmr" else code)
    name = (locale.get_display_name() if locale else None) or code
    return Language(code, name, direction, str(locale or "en_GB"), ("en", "ar", "ckb"))


def name_of(code: str, reader: str) -> str:
    """Return the name of the language ``code`` in the language of ``reader``."""
    own = _OWN_NAMES.get(reader, {}).get(code)
    if own:
        return own
    locale = _locale(language(reader).locale)
    name = locale.languages.get("ku" if code == "kmr" else code) if locale else None
    return name or language(code).name


#: Names that CLDR lacks or spells otherwise than the region does.
_OWN_NAMES = {
    "en": {"ckb": "Kurdish (Sorani)", "kmr": "Kurdish (Kurmanji)"},
    "ar": {"en": "الإنكليزية", "ckb": "الكردية (السورانية)", "kmr": "الكردية (الكرمانجية)"},
    "ckb": {
        "ckb": "کوردی (سۆرانی)",
        "kmr": "کوردی (کورمانجی)",
        "ar": "عەرەبی",
        "en": "ئینگلیزی",
    },
}


@cache
def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="_" if "_" in code else "-")
    except (UnknownLocaleError, ValueError):
        return None
