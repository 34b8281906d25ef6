"""The order of names in lists, in Latin and in Arabic script."""

import unicodedata

#: Arabic and Kurdish letters in one order, variants of a letter together. By their code points
#: پ, چ, ڕ, ڤ and گ would come after all the others.
_LETTERS = (
    "ء ئ اأإآٱ ب پ ت ث ج چ ح خ د ذ ر ڕ ز ژ س ش ص ض ط ظ ع غ ف ڤ ق كک گ ل ڵ م ن هھەة وؤ ۆ ىيی ێ"
)
_POSITIONS = {
    letter: chr(0xE000 + position)
    for position, letters in enumerate(_LETTERS.split())
    for letter in letters
}
#: Vowel marks, joiners and tatweel do not count.
_UNCOUNTED = {"Mn", "Cf", "Lm"}


def sort_key(name: str) -> str:
    """Return the key by which a name stands in a list; Latin script comes before Arabic."""
    return "".join(map(_position, unicodedata.normalize("NFC", name)))


def _position(character: str) -> str:
    if character in _POSITIONS:
        return _POSITIONS[character]
    base = unicodedata.normalize("NFKD", character)[0]
    return "" if unicodedata.category(base) in _UNCOUNTED else base.casefold()
