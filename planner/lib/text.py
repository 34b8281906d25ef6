"""Cleaning of text that people and other programs wrote, folding of it for search, and slugs."""

import re
import unicodedata

#: Characters that break feeds, files or the direction of a line: C0 and C1 controls (but tab and
#: newline), the Unicode line and paragraph separators, non-characters, the replacement character.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd\ufffe\uffff\ud800-\udfff]"
)
_EMBEDDINGS = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: What closes each bidirectional embedding, override and isolate.
_CLOSES = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c")
_CLOSES |= dict.fromkeys("\u2066\u2067\u2068", "\u2069")
_BLANK_LINES = re.compile(r"\n{3,}")

#: Letters of the Arabic script that are typed in several ways, each mapped to one (a search
#: for one finds the others), and marks that carry no letter.
_FOLDED_LETTERS = str.maketrans(
    {
        "ھ": "ه",
        "ہ": "ه",
        "ە": "ه",
        "ة": "ه",
        "ك": "ک",
        "ي": "ی",
        "ى": "ی",
        "ێ": "ی",
        "ئ": "ی",
        "ۀ": "ه",
        "ۂ": "ه",
        "ې": "ی",
        "ۆ": "و",
        "ۇ": "و",
        "ۊ": "و",
        "ؤ": "و",
        "ڤ": "ف",
        "ڕ": "ر",
        "ڵ": "ل",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ـ": None,
        **{chr(code): None for code in (*range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6DD))},
        **{chr(code): None for code in (0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x61C)},
        **{chr(code): None for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
        **{chr(0x660 + digit): str(digit) for digit in range(10)},
        **{chr(0x6F0 + digit): str(digit) for digit in range(10)},
    }
)
#: Latin letters that are no letter with a mark, and yet are typed as one.
_LATIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_NO_WORD = re.compile(r"[^\w]+")


def isolated(text: str) -> str:
    """Return text that keeps to its own direction within another: a first-strong isolate."""
    return f"\u2068{text}\u2069"


def clean_text(text: str) -> str:
    """Return text of several lines without control characters, with ``\\n`` as its line end.

    Runs of blank lines become one, unbalanced bidirectional embeddings are taken out.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = text.replace("\u2029", "\n\n").replace("\x85", "\n")
    text = unicodedata.normalize("NFC", _UNWANTED.sub("", text))
    lines = (_balanced(line).rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def clean_line(text: str) -> str:
    """Return text of one line: like :func:`clean_text`, every run of white space one blank."""
    return _balanced(re.sub(r"\s+", " ", clean_text(text))).strip()


def _balanced(line: str) -> str:
    """Return a line without its bidirectional controls when they do not pair up.

    One that is left open would turn around what a page or feed says after the line.
    """
    awaited: list[str] = []
    for control in _EMBEDDINGS.findall(line):
        if control in _CLOSES:
            awaited.append(_CLOSES[control])
        elif not awaited or awaited.pop() != control:
            return _EMBEDDINGS.sub("", line)
    return _EMBEDDINGS.sub("", line) if awaited else line


def fold(text: str) -> str:
    """Return text in the form that search compares: one spelling for letters typed in many.

    Case, Latin accents, Arabic vowel marks, tatweel, joiners and direction marks are dropped;
    Arabic and Kurdish variants of a letter become one; digits become Latin ones.
    """
    text = text.replace("ه\u200c", "ه")
    text = unicodedata.normalize("NFKC", text).translate(_FOLDED_LETTERS).casefold()
    text = _LATIN_MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_LATIN_LETTERS)
    return _NO_WORD.sub(" ", unicodedata.normalize("NFC", text)).strip()


def slug_of(text: str, taken: set[str], default: str) -> str:
    """Return a slug of Latin letters, digits and hyphens for ``text`` that is not in ``taken``.

    Text without Latin letters gives ``default``; a number is added where the slug is taken.
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")[:48].strip("-") or default
    slug, number = stem, 2
    while slug in taken:
        slug = f"{stem}-{number}"
        number += 1
    return slug
