"""CommonMark: as safe HTML, as plain text, and made from the HTML of others."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.lib import markup
from planner.lib.markup import holds_html, html_of, markdown_of_html, plain_of
from planner.lib.text import clean_text

_ALLOWED = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"}
_ALLOWED |= {"h3", "h4", "h5", "h6"}


class Elements(HTMLParser):
    """What stands in a piece of HTML: its elements and their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def assert_is_safe(html: str) -> None:
    """Check that HTML holds nothing that runs, loads, styles or names."""
    for tag, attributes in Elements(html).found:
        assert tag in _ALLOWED, html
        assert set(attributes) <= {"href", "rel", "start", "title", "lang"}, html
        address = attributes.get("href")
        assert address is None or not address.lower().lstrip().startswith(
            ("javascript", "data", "vb")
        )


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![tracker](https://spy.example/pixel.gif)",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "<javascript:alert(1)>",
    '<a href="https://x" onclick="y">z</a>',
    "<style>*{display:none}</style>",
    "<svg/onload=alert(1)>",
    "<iframe src=//spy.example></iframe>",
    '[a](https://x "\\" onmouseover=alert(1) ")',
    "`<script>`",
    "[x]: javascript:alert(1)\n\n[x]",
    "<!-- comment --><base href=//spy.example>",
]


@pytest.mark.parametrize("written", HOSTILE)
def test_nothing_that_runs_loads_or_styles_comes_through(written: str) -> None:
    assert_is_safe(html_of(written))
    assert_is_safe(html_of(markdown_of_html(written)))


@given(
    st.lists(
        st.sampled_from([*HOSTILE, "<", ">", '"', "&lt;", "*", "ماء", "\n", "<b>", "</p>"]),
        max_size=8,
    )
)
def test_no_mixture_of_hostile_pieces_comes_through(pieces: list[str]) -> None:
    assert_is_safe(html_of("".join(pieces)))
    assert_is_safe(html_of(markdown_of_html("".join(pieces))))


def test_marks_become_elements() -> None:
    assert html_of("*ماء* و**أرض**") == "<p><em>ماء</em> و<strong>أرض</strong></p>\n"
    assert html_of("- ئاو\n- خاک") == "<ul>\n<li>ئاو</li>\n<li>خاک</li>\n</ul>\n"


@pytest.mark.parametrize("address", ["ftp://x.example/a", "steam://run/1", "tel:123"])
def test_links_lead_to_the_web_or_to_mail_only(address: str) -> None:
    assert "href" not in html_of(f"[a]({address})")


def test_headings_stand_below_those_of_the_page() -> None:
    assert html_of("# One\n\n## Two\n\n### Three") == "<h3>One</h3>\n<h3>Two</h3>\n<h3>Three</h3>\n"


def test_links_tell_nobody_where_the_reader_came_from() -> None:
    assert 'rel="noopener noreferrer nofollow"' in html_of("[a](https://x.example)")


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("من النبع\nإلى المدينة", "من النبع إلى المدينة"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("one\n\n\n\ntwo", "one\n\ntwo"),
        ("line  \nbreak", "line\nbreak"),
        ("*ئاو* و `کار`", "ئاو و کار"),
        ("# Title\n\ntext", "Title\n\ntext"),
        ("- a\n- b\n\nc", "• a\n• b\n\nc"),
        ("- a\n  - b", "• a\n  • b"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("[النص](https://x.example)", "النص (https://x.example)"),
        ("<https://x.example>", "https://x.example"),
        ("<mem@x.example>", "mem@x.example"),
        ("![alt](https://x.example/i.png)", "alt"),
        ("    code", "code"),
        ("a &amp; b", "a & b"),
        ("2 \\* 3", "2 * 3"),
        ("", ""),
    ],
)
def test_plain_text_says_the_same_without_marks(markdown: str, plain: str) -> None:
    assert plain_of(markdown) == plain


@given(st.text(alphabet="ab اء.!\n1)-*#>", max_size=16).map(clean_text))
def test_the_short_way_to_plain_text_leads_where_the_long_one_does(text: str) -> None:
    parsed = markup._plain_blocks(markup._parser().parse(text))
    assert plain_of(text) == clean_text("".join(parsed))


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Water<br>land</p><p>ماء</p>", "Water\nland\n\nماء"),
        ("<b>Foo </b>bar <i>baz</i>", "**Foo** bar *baz*"),
        ("<b></b>x<em> </em>y", "x y"),
        ("<strong><p>x</p></strong>", "**x**"),
        ("<a href='https://x.example/a'>ھەواڵ</a>", "[ھەواڵ](<https://x.example/a>)"),
        ("<a href='https://x.example'>a<p>b</p></a>", "a\n\nb"),
        ("<a href='javascript:x'>k</a><a>l</a>", "kl"),
        ("<a href='https://x.example'></a>", ""),
        ("<ul><li>a<li>b</ul>c", "- a\n- b\n\nc"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<b><ul><li>a</li></ul></b>", "- a"),
        ("<h6>T</h6>t", "T\n\nt"),
        ("<script>x</script><style>y</style>z", "z"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("a\n   b\n\n\nc", "a b c"),
        ("<b>never closed", "never closed"),
        ("</b></a></ul>closed never opened", "closed never opened"),
    ],
)
def test_html_of_others_becomes_commonmark(html: str, markdown: str) -> None:
    assert markdown_of_html(html) == markdown


@pytest.mark.timeout(60)
def test_deep_nesting_costs_no_more_than_it_is_long() -> None:
    deep = "<b>" * 200_000 + "x" * 200_000 + "</b>" * 200_000
    assert "x" * 200_000 in markdown_of_html(deep)


@pytest.mark.parametrize(
    "text", ["<p>a</p>", "a<br/>b", "<A HREF='x'>", "x <em>y</em>", "<img src=x>"]
)
def test_html_is_recognised(text: str) -> None:
    assert holds_html(text)


@pytest.mark.parametrize(
    "text", ["a < b > c", "<3", "x <https://x.example>", "<paper>", "if a<b:", "ماء"]
)
def test_what_only_looks_like_html_is_not_taken_for_it(text: str) -> None:
    assert not holds_html(text)
