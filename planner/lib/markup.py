"""Texts in CommonMark: shown as safe HTML, told as plain text, and taken from HTML of others."""

import re
from functools import cache
from html.parser import HTMLParser

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from planner.lib.text import clean_text

_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"}
_TAGS |= {"h3", "h4", "h5", "h6"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
#: Where none of these stands, CommonMark is its own plain text, and parsing can be saved.
_MARKS = re.compile(r"[*_`\[\]<>&\\#~]|^(?:[-+=]|\d+[.)])|^[ \t]|[ \t]$|\n{3}", re.M)
_HTML_TAG = re.compile(
    r"</?(?:p|br|a|ul|ol|li|em|strong|b|i|u|s|div|span|h[1-6]|blockquote|code|pre|hr|img|table|"
    r"tr|td|th|tbody|thead|font|center|sup|sub|small|script|style|iframe|object|embed|form|input|"
    r"svg|math|video|audio)\b[^<>]*>",
    re.I,
)

#: Comments, declarations and instructions: they say nothing to readers, and Python's parser
#: fails on malformed ones, or reads the whole text again for each.
_DECLARATION = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*>?", re.S)
#: What begins no whole tag: Python's parser would look for its end in all of the text, each time.
_NO_TAG = re.compile(r"<(?!/?[a-z][^<>]*>)", re.I)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": False})


def html_of(markdown: str) -> Markup:
    """Return CommonMark as HTML that is safe to show: no raw HTML, images, scripts or styles.

    Headings are lowered to stand below the page's own.
    """
    rendered = _parser().render(markdown)
    rendered = re.sub(r"<(/?)h([12])>", r"<\1h3>", rendered)
    return Markup(  # noqa: S704 -- the one place where text becomes markup, after the sanitizer
        nh3.clean(
            rendered,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes=_SCHEMES,
            link_rel="noopener noreferrer nofollow",
            strip_comments=True,
        )
    )


def plain_of(markdown: str) -> str:
    """Return CommonMark as plain text: paragraphs apart by a blank line, links with address."""
    if not _MARKS.search(markdown):
        return re.sub(r"(?<!\n)\n(?!\n)", " ", markdown)
    return clean_text("".join(_plain_blocks(_parser().parse(markdown))))


def _plain_blocks(tokens: list[Token]) -> list[str]:
    pieces: list[str] = []
    lists: list[int | None] = []
    for token in tokens:
        if token.type == "bullet_list_open":
            lists.append(None)
        elif token.type == "ordered_list_open":
            lists.append(int(token.attrGet("start") or 1))
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
            pieces.append("\n")
        elif token.type == "list_item_open":
            number = lists[-1]
            indent = "  " * (len(lists) - 1)
            pieces.append(f"{indent}• " if number is None else f"{indent}{number}. ")
            if number is not None:
                lists[-1] = number + 1
        elif token.type == "inline":
            pieces.append(_plain_inline(token.children or []))
            pieces.append("\n" if lists else "\n\n")
        elif token.type in {"fence", "code_block"}:
            pieces.append(token.content + "\n")
    return pieces


def _plain_inline(tokens: list[Token]) -> str:
    pieces: list[str] = []
    addresses: list[tuple[str, int]] = []
    for token in tokens:
        if token.type in {"text", "code_inline"}:
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak":
            pieces.append("\n")
        elif token.type == "image":
            pieces.append(token.content)
        elif token.type == "link_open":
            addresses.append((str(token.attrGet("href") or ""), len(pieces)))
        elif token.type == "link_close":
            address, start = addresses.pop()
            if address and "".join(pieces[start:]) not in {
                address,
                address.removeprefix("mailto:"),
            }:
                pieces.append(f" ({address})")
    return "".join(pieces)


def holds_html(text: str) -> bool:
    """Tell whether text holds tags of HTML (and not merely a ``<``)."""
    return _HTML_TAG.search(text) is not None


def markdown_of_html(text: str) -> str:
    """Return HTML of others as CommonMark, without what could run, load or style anything."""
    reader = _Reader()
    reader.feed(_NO_TAG.sub("&lt;", _DECLARATION.sub("", text)))
    reader.close()
    return clean_text("".join(reader.pieces))


class _Reader(HTMLParser):
    """Turn the tags that carry meaning into CommonMark, drop the others and keep their text."""

    _BREAKS = {"p", "div", "ul", "ol", "blockquote", "pre", "table"}
    _BREAKS |= {"h1", "h2", "h3", "h4", "h5", "h6"}
    _SILENT = {"script", "style", "iframe", "object", "template", "noscript"}
    _WRAPS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
    #: Phrases within phrases beyond this mean nothing, and would only cost time.
    _DEEPEST = 16

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0
        self._lists: list[int | None] = []
        #: Phrases that are open: the tag, where the phrase begins, and what goes around it.
        self._phrases: list[tuple[str, int, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SILENT:
            self._silent += 1
        elif tag in {"ul", "ol"}:
            self._lists.append(1 if tag == "ol" else None)
            self.pieces.append("\n\n")
        elif tag in self._BREAKS:
            self.pieces.append("\n\n")
        elif tag in {"br", "tr", "hr"}:
            self.pieces.append("\n")
        elif tag == "li":
            number = self._lists[-1] if self._lists else None
            self.pieces.append("\n- " if number is None else f"\n{number}. ")
            if number is not None:
                self._lists[-1] = number + 1
        elif tag == "a":
            address = next((value for name, value in attrs if name == "href" and value), "")
            safe = re.match(r"(?:https?://|mailto:)[^\s<>]+$", address, re.I)
            around = ("[", f"](<{address}>)") if safe else ("", "")
            self._phrases.append((tag, len(self.pieces), *around))
        elif tag in self._WRAPS and len(self._phrases) < self._DEEPEST:
            mark = self._WRAPS[tag]
            self._phrases.append((tag, len(self.pieces), mark, mark))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in {"ul", "ol"}:
            if self._lists:
                self._lists.pop()
            self.pieces.append("\n\n")
        elif tag in self._BREAKS:
            self.pieces.append("\n\n")
        elif self._phrases and self._phrases[-1][0] == tag:
            _, start, *around = self._phrases.pop()
            self.pieces[start:] = [_marked("".join(self.pieces[start:]), *around)]

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(re.sub(r"\s*\n\s*", " ", data) if data.strip() else " ")


def _marked(phrase: str, opening: str, closing: str) -> str:
    """Return a phrase with its marks, which mean nothing around blanks or several paragraphs."""
    core = phrase.strip()
    if not core or re.search(r"\n\s*\n|(?:\A|\n) *(?:- |\d+\. )", core):
        return phrase
    start = phrase.index(core)
    return phrase[:start] + opening + core + closing + phrase[start + len(core) :]
