"""The printed programme, read with pypdf."""

import io
import re
import threading
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from hypothesis import given, settings
from pypdf import PdfReader

from planner import create_app
from planner.formats import pdf, pdf_typesetting
from planner.formats.pdf_editions import Edition
from planner.formats.pdf_patterns import patterns
from planner.formats.pdf_typesetting import Manuscript, TypesettingError, typeset
from planner.lib.palette import Colour
from planner.programme.document import Session
from planner.programme.published import Published
from planner.programme.vocabulary import Stage
from planner.sample.operations import fill
from tests.conftest import BASE_URL, unavailable
from tests.examples import PROGRAMME, published, session
from tests.formats.invented import programmes

FILES = Path(pdf_typesetting.__file__).parent.parent / "static"
SPEAKERS = Path(pdf_typesetting.__file__).parent.parent / "sample/data/speakers.toml"
pytestmark = pytest.mark.pdf


@pytest.fixture(scope="module")
def printing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return an application without a database, where documents can be made."""
    if not pdf.is_possible():
        unavailable("WeasyPrint or Pango")
    instance = tmp_path_factory.mktemp("instance")
    app = create_app({"PLANNER_INSTANCE": str(instance), "BASE_URL": BASE_URL})
    with app.app_context():
        yield app


@pytest.fixture(scope="module")
def documents(printing: Flask) -> dict[str, bytes]:
    """Return the example in every language, made once."""
    return {lang: made(published(), lang) for lang in ("en", "ar", "ckb")}


def made(read: Published, *languages: str) -> bytes:
    """Return a programme as PDF."""
    return pdf.document(read, Edition(languages or ("en",)), BASE_URL, FILES)


def page_of(read: Published, *languages: str) -> str:
    """Return the HTML that a document is made from."""
    return pdf.page(read, Edition(languages), BASE_URL)


def text_of(content: bytes) -> str:
    """Return all that a document says, each white space as one blank."""
    pages = PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def with_sessions(*sessions: Session) -> Published:
    """Return the example with these sessions only."""
    return published(msgspec.structs.replace(PROGRAMME, sessions=sessions))


def manuscript(html: str) -> Manuscript:
    """Return a page to be made into a document."""
    return Manuscript(
        html=f'<html lang="en"><title>Page</title>{html}',
        pictures={},
        files=str(FILES),
        identifier="0",
    )


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ["Opening", "Women and the covenant of peace", "Siduri of the Tavern", "Tea"]),
        ("ar", ["الافتتاح", "حق الوصول إلى الماء", "سيدوري", "قاعة دجلة", "استراحة"]),
        ("ckb", ["کردنەوە", "ژنان و پەیمانی ئاشتی", "سیدوری", "هۆڵی دیجلە", "پشووی چا"]),
    ],
)
def test_it_tells_titles_rooms_and_names_in_the_order_of_reading(
    documents: dict[str, bytes], lang: str, told: list[str]
) -> None:
    text = text_of(documents[lang])
    assert [words for words in told if words not in text] == []


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_hours_and_the_address_are_never_reversed(documents: dict[str, bytes], lang: str) -> None:
    text = text_of(documents[lang])
    assert "09:00–10:00" in text
    assert "10:00–09:00" not in text
    assert f"{BASE_URL}/{lang}/river-days/programme" in text


def test_it_tells_what_is_not_translated_in_its_own_language(documents: dict[str, bytes]) -> None:
    assert "حق الوصول إلى الماء" in text_of(documents["en"])


def test_it_tells_a_pseudonym_and_the_words_for_a_withheld_name(
    documents: dict[str, bytes],
) -> None:
    text = text_of(documents["en"])
    assert "A voice" in text
    assert "Interpretation: Name withheld" in text


def test_it_prints_no_name_that_the_plan_withholds(app: Flask) -> None:
    if not pdf.is_possible():
        unavailable("WeasyPrint or Pango")
    slug = fill()
    text = text_of(made(app.extensions["planner.programmes"].current(slug)))
    names: dict[str, set[str]] = {"public": set(), "pseudonym": set(), "withheld": set()}
    for speaker in tomllib.loads(SPEAKERS.read_text(encoding="utf-8"))["speaker"]:
        names[speaker["visibility"]].add(speaker["name"]["en"])
    assert names["public"] - {name for name in names["public"] if name in text} == set()
    assert [name for name in names["withheld"] | names["pseudonym"] if name in text] == []


def test_it_tells_changes_and_where_a_session_was(documents: dict[str, bytes]) -> None:
    text = text_of(documents["en"])
    assert "Cancelled" in text
    assert "New time" in text
    assert "was 11:00–12:00, Zagros Room" in text


def test_themes_are_told_by_words_too(documents: dict[str, bytes]) -> None:
    assert text_of(documents["en"]).count("Water, land") > 1


def test_it_says_which_release_it_is(documents: dict[str, bytes]) -> None:
    text = text_of(documents["en"])
    assert "Release 2" in text
    assert published().digest[:12] in text
    assert "Final programme" in text


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_it_is_tagged_and_has_a_title_a_language_and_an_outline(
    documents: dict[str, bytes], lang: str
) -> None:
    reader = PdfReader(io.BytesIO(documents[lang]))
    root = reader.root_object
    assert root["/Lang"] == lang
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert reader.metadata is not None
    assert (reader.metadata.title or "").startswith(PROGRAMME.event.name[lang])
    assert reader.metadata.creation_date == PROGRAMME.release.published_at
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert len(reader.outline) > 3


def test_it_has_a_cover_contents_a_table_per_day_sessions_and_an_index(
    documents: dict[str, bytes],
) -> None:
    assert [len(PdfReader(io.BytesIO(documents[lang])).pages) for lang in ("en", "ar", "ckb")] == [
        7,
        7,
        7,
    ]


def test_page_numbers_lead_to_the_pages(documents: dict[str, bytes]) -> None:
    reader = PdfReader(io.BytesIO(documents["en"]))
    contents = re.sub(r"[\s.]+", " ", reader.pages[1].extract_text())
    last = len(reader.pages)
    assert f"Speakers {last}" in contents
    index = re.sub(r"[\s.]+", " ", reader.pages[last - 1].extract_text())
    (session_page,) = re.findall(r"Siduri of the Tavern House of Tablets Opening (\d+)", index)
    assert "Welcome, to all" in reader.pages[int(session_page) - 1].extract_text()


def test_the_same_release_gives_the_same_octets(documents: dict[str, bytes]) -> None:
    assert made(published(), "ckb") == documents["ckb"]


@pytest.fixture(scope="module")
def shared(printing: Flask) -> bytes:
    """Return the example in all its languages together, made once."""
    return made(published(), "en", "ar", "ckb")


def test_the_document_for_all_tells_each_session_in_every_language_that_it_has(
    shared: bytes,
) -> None:
    text = text_of(shared)
    told = ["Opening", "الافتتاح", "کردنەوە", "Siduri of the Tavern", "سيدوري", "سیدوری"]
    told += ["Tigris Hall", "قاعة دجلة", "هۆڵی دیجلە", "Contents", "Speakers"]
    assert [words for words in told if words not in text] == []
    assert "10:00–09:00" not in text
    # What has an abstract in one language only tells it once.
    assert text.count("من النبع إلى المدينة.") == 1


def test_the_document_for_all_is_tagged_and_leads_readers_of_each_language(
    shared: bytes,
) -> None:
    reader = PdfReader(io.BytesIO(shared))
    assert reader.root_object["/Lang"] == "en"
    assert reader.root_object["/StructTreeRoot"]
    titles = [each["/Title"] for each in reader.outline if isinstance(each, dict)]
    assert sum("18" in str(title) for title in titles) >= 4  # three overviews, and the day
    assert {"Contents", "Speakers"} <= set(map(str, titles))


def test_a_booklet_has_a5_pages_on_a4_and_its_cover_outside(printing: Flask) -> None:
    content = pdf.document(published(), Edition(("ckb",), is_booklet=True), BASE_URL, FILES)
    reader = PdfReader(io.BytesIO(content))
    assert {tuple(map(round, page.mediabox[2:])) for page in reader.pages} == {(842, 595)}
    assert len(reader.pages) % 2 == 0
    (name,) = (name for name in _pages_shown(reader, 0) if name == "/P0")
    # It is bound on the other side, so the first page stands on the first half of its sheet.
    (moved,) = re.findall(rb"1 0 0 1 ([\d.]+) 0 cm " + name.encode(), _drawn(reader, 0))
    assert float(moved) == 0
    assert "ڕۆژانی ڕووبار" in reader.pages[0].extract_text()
    assert reader.root_object["/Lang"] == "ckb"


def _pages_shown(reader: PdfReader, side: int) -> list[str]:
    return list(reader.pages[side]["/Resources"]["/XObject"])


def _drawn(reader: PdfReader, side: int) -> bytes:
    contents = reader.pages[side].get_contents()
    assert contents is not None
    return contents.get_data()


def test_documents_that_are_read_from_the_right_say_so(documents: dict[str, bytes]) -> None:
    told = {
        lang: PdfReader(io.BytesIO(content)).root_object["/ViewerPreferences"].get("/Direction")
        for lang, content in documents.items()
    }
    assert told == {"en": None, "ar": "/R2L", "ckb": "/R2L"}


def test_themes_have_a_pattern_besides_their_colour(printing: Flask) -> None:
    page = page_of(published(), "en")
    assert 'class="t-teal patterned"' in page
    assert 'url("barnama:pattern-teal.svg")' in page
    assert len(set(patterns().values())) == len(Colour) + 1


def test_a_draft_says_on_every_page_that_it_is_one(printing: Flask) -> None:
    release = msgspec.structs.replace(PROGRAMME.release, stage=Stage.DRAFT)
    page = page_of(published(msgspec.structs.replace(PROGRAMME, release=release)), "en")
    head = page[page.index('class="running-head"') :][:200]
    assert "Draft 2" in head
    assert "Not final" in page
    assert "Not final" not in page_of(published(), "en")


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """Return the address of a server, and the paths that somebody asked it for."""
    paths: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()
        thread.join()


def test_it_fetches_nothing_that_texts_ask_for(
    printing: Flask, asked: tuple[str, list[str]]
) -> None:
    address, paths = asked
    hostile = (
        f'<img src="{address}/1"> <img src="file:///etc/passwd"> ![x]({address}/2) '
        f"<style>@import url({address}/3);</style> <link rel=stylesheet href={address}/4>"
    )
    read = with_sessions(session("3CDFGH", title={"en": hostile}, abstract={"en": hostile}))
    text = text_of(made(read))
    assert paths == []
    assert "root:" not in text
    assert "<img src=" in text


def test_no_page_whatever_it_holds_makes_it_fetch(
    printing: Flask, asked: tuple[str, list[str]]
) -> None:
    address, paths = asked
    tags = "".join(
        f'<img src="{target}"><link rel=stylesheet href="{target}"><object data="{target}">'
        f'<link rel=attachment href="{target}"><a rel=attachment href="{target}">x</a>'
        f'<p style="background:url(\'{target}\')">x</p><svg><image href="{target}"/></svg>'
        for target in (
            f"{address}/x",
            "file:///etc/passwd",
            "barnama:../../pyproject.toml",
            "barnama:../formats/pdf.py",
            "/etc/passwd",
            "data:text/css,p%7Bfont-size:72pt%7D",
        )
    )
    content = typeset(manuscript(f"{tags}<style>@import '{address}/y';</style>"))
    assert paths == []
    assert PdfReader(io.BytesIO(content)).attachments == {}
    assert b"root:" not in content


@pytest.mark.parametrize(("name", "value"), [("sys.executable", "/bin/false"), ("_LIMIT", 0)])
def test_it_says_when_a_document_cannot_be_made(
    monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    monkeypatch.setattr(f"planner.formats.pdf_typesetting.{name}", value)
    with pytest.raises(TypesettingError):
        typeset(manuscript("a page"))


@settings(max_examples=20)
@given(read=programmes().map(published))
def test_every_programme_has_a_page(printing: Flask, read: Published) -> None:
    page = page_of(read, "ar")
    assert page.count("<article") == len(read.sessions)


def test_what_nobody_writes_on_purpose_is_printed_all_the_same(printing: Flask) -> None:
    strange = "\x00\x0b\u202e</style></title><script>" + "a" * 3000 + "ڕێ" * 900
    read = with_sessions(
        session("3CDFGH", title={"en": strange}, abstract={"en": strange * 3}),
        session("4CDFGH", title={}, abstract={}, minutes=100_000),
    )
    assert "Panel" in text_of(made(read))
