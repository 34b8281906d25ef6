"""Texts of others: titles of one line, abstracts in CommonMark, and the language they are in."""

import html
import re

from planner.i18n.languages import language
from planner.lib.markup import holds_html, markdown_of_html, plain_of
from planner.lib.text import clean_line, clean_text, fold

LONGEST_LINE = 300
_LONGEST_TEXT = 60_000
#: More than that is not even looked at: markup is longer than what it says, but not by so much.
_LONGEST_WRITTEN_LINE = 5_000
_LONGEST_WRITTEN_TEXT = 200_000
#: Tags that stand in pairs around something: a title about «<video>» is not HTML.
_MARKED_UP = re.compile(
    r"<(b|i|em|strong|u|span|sup|sub|a|p|div|font|code)\b[^<>]*>.*</\1>|<br\b", re.I | re.S
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\d{1,6}|#x[\da-f]{1,6});", re.I)
_BLOCKS = re.compile(r"<(?:p|br|div|ul|ol|li|h[1-6]|table|pre)\b", re.I)
_LIST_LINE = re.compile(r"\n(?=[ \t]*(?:[-*+•]|\d+[.)])[ \t])")
_LIST_MARK = re.compile(r"([-*+]|\d+[.)])[ \t]+")
_TYPED_BULLET = re.compile(r"[•‣◦][ \t]*")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
_CODE_INDENT = re.compile(r"(?m)^(?: {4}|\t)[ \t]*\S")
_ARABIC_SCRIPT = re.compile(
    "[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]"
)
_LATIN_SCRIPT = re.compile("[A-Za-z\u00c0-\u024f]")
#: Letters that Sorani has and Arabic has not, and the other way round.
_SORANI_LETTERS = re.compile("[ێۆڕڵەپچژگڤ]")
_ARABIC_LETTERS = re.compile("[ةىثذصضطظأإؤ]")


def line_of(written: str) -> str:
    """Return text of one line without markup, cut where it is longer than a title can be."""
    written = written[:_LONGEST_WRITTEN_LINE]
    if _MARKED_UP.search(written):
        written = plain_of(markdown_of_html(written))
    elif _ENTITY.search(written):
        written = html.unescape(written)
    line = clean_line(written)
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1].rstrip() + "…"


def markdown_of(written: str) -> tuple[str, tuple[str, ...]]:
    """Return text of several lines as CommonMark, and what was changed in it, in words."""
    changes = []
    text = clean_text(written[:_LONGEST_WRITTEN_TEXT])
    if holds_html(text):
        text = markdown_of_html(_with_paragraphs(text))
        changes.append("HTML was turned into plain paragraphs, lists and links")
    elif _CODE_INDENT.search(text):
        changes.append("indentation was taken out")
    text = clean_text(_without_indentation(text))
    if len(text) > _LONGEST_TEXT or len(written) > _LONGEST_WRITTEN_TEXT:
        text = text[: _LONGEST_TEXT - 1].rstrip() + "…"
        changes.append(f"text after {_LONGEST_TEXT} characters was cut off")
    return text, tuple(changes)


def _with_paragraphs(text: str) -> str:
    """Mark the line ends of text that holds tags besides: HTML itself would ignore them."""
    text = re.sub(r"\n[ \t]*\n\s*", "<p>", text)
    if _BLOCKS.search(text.replace("<p>", "")):
        return _LIST_LINE.sub("<br>", text)
    return text.replace("\n", "<br>")


def _without_indentation(text: str) -> str:
    """Take out what stands before lines, which would make code of them, but for fenced code."""
    lines, fenced = [], False
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        lines.append(line if fenced else _flush_left(line))
    return "\n".join(lines)


def _flush_left(line: str) -> str:
    """Return a line without indentation, also after the mark of a list, which may be a bullet."""
    line = line.lstrip()
    for start, written in ((_TYPED_BULLET, "- "), (_LIST_MARK, r"\1 ")):
        if start.match(line):
            line = start.sub(written, line, count=1)
    return line


def joined(parts: list[str], *, beside: str) -> str:
    """Return parts as paragraphs, without those that another, or ``beside``, says already."""
    kept: list[str] = []
    said = [f" {fold(beside)} "] + [f" {fold(part)} " for part in parts]
    for index, part in enumerate(parts, start=1):
        before, longer = said[:index], [other for other in said if len(other) > len(said[index])]
        if part and said[index] not in before and not any(said[index] in other for other in longer):
            kept.append(part)
    return "\n\n".join(kept)


def written_language(text: str, declared: tuple[str, ...], main: str) -> str:
    """Return the language that a text is in: the one declared, unless its script contradicts.

    ``declared`` are the codes that the file gives for it, the likeliest first, ``main`` the
    language to fall back to.
    """
    candidates = (*declared, main)
    arabic = len(_ARABIC_SCRIPT.findall(text))
    latin = len(_LATIN_SCRIPT.findall(text))
    if arabic > latin:
        return _language_in_arabic_script(text, candidates)
    if latin > arabic:
        return next((code for code in candidates if language(code).direction == "ltr"), "en")
    return candidates[0]


def _language_in_arabic_script(text: str, candidates: tuple[str, ...]) -> str:
    """Tell Arabic from Sorani by the letters that only one of them has."""
    # «ku» says Kurdish, and Kurdish in Arabic script is Sorani.
    sorted_out = ["ckb" if code == "kmr" else code for code in candidates]
    fitting = [code for code in sorted_out if language(code).direction == "rtl"]
    sorani = len(_SORANI_LETTERS.findall(text))
    arabic = len(_ARABIC_LETTERS.findall(text))
    if sorani > arabic:
        return next((code for code in fitting if code != "ar"), "ckb")
    if arabic > sorani:
        return next((code for code in fitting if code != "ckb"), "ar")
    return fitting[0] if fitting else "ar"
