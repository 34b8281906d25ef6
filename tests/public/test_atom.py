"""The feed of changes, as the schema of Atom, two parsers and its readers see it."""

from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from flask.testing import FlaskClient
from lxml import etree, html

from planner import __version__
from planner.programme.document import Programme
from planner.programme.vocabulary import Status
from tests.examples import DRAFT, PROGRAMME, session
from tests.public.conftest import Programmes

GOLDEN = Path(__file__).parent / "golden" / "river-days-changes-en.atom"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
ATOM = {"a": "http://www.w3.org/2005/Atom", "h": "http://www.w3.org/1999/xhtml"}
AFTER = msgspec.structs.replace(
    PROGRAMME,
    release=msgspec.structs.replace(PROGRAMME.release, number=3, note={}),
    speakers=(),
    sessions=tuple(
        msgspec.structs.replace(each, people=(), title={"ar": "<ماء> & «ملح»"})
        for each in PROGRAMME.sessions
    ),
)


def fed(
    client: FlaskClient, programmes: Programmes, *releases: Programme, lang: str = "ckb"
) -> etree._Element:
    """Return the feed after these releases."""
    programmes.release(*releases)
    answer = client.get(f"/{lang}/river-days/changes.atom")
    assert answer.status_code == 200
    return etree.fromstring(answer.data)


def texts(feed: etree._Element, path: str) -> list[str]:
    """Return the texts of elements, or attributes, in one line each."""
    found = feed.xpath(path, namespaces=ATOM)
    return [" ".join((item if isinstance(item, str) else item.text).split()) for item in found]


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
@pytest.mark.parametrize("releases", [(DRAFT,), (DRAFT, PROGRAMME), (DRAFT, PROGRAMME, AFTER)])
def test_it_is_valid_atom_in_every_language(
    client: FlaskClient, programmes: Programmes, lang: str, releases: tuple[Programme, ...]
) -> None:
    feed = fed(client, programmes, *releases, lang=lang)
    SCHEMA.assertValid(feed)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == lang
    again = ElementTree.fromstring(client.get(f"/{lang}/river-days/changes.atom").data)
    assert len(again.findall("a:entry", ATOM)) == len(releases)


def test_the_same_releases_give_the_same_feed(client: FlaskClient, programmes: Programmes) -> None:
    programmes.release(DRAFT, PROGRAMME)
    answer = client.get("/en/river-days/changes.atom")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    told = answer.text.replace(f'version="{__version__}"', 'version="0"')
    assert told == GOLDEN.read_text(encoding="utf-8")


def test_each_release_has_an_entry_that_is_always_the_same_one(
    client: FlaskClient, programmes: Programmes
) -> None:
    first = texts(fed(client, programmes, DRAFT), "//a:id")
    feed = fed(client, programmes, PROGRAMME, AFTER)
    assert texts(feed, "//a:id") == [
        "tag:river-days.example,2016-12-21:river-days/changes/ckb",
        *(f"tag:river-days.example,2016-12-21:river-days/releases/{n}/ckb" for n in (3, 2, 1)),
    ]
    assert first == [texts(feed, "//a:id")[index] for index in (0, 3)]
    assert texts(feed, "//a:entry/a:updated")[1:] == [
        "2017-01-08T09:30:00Z",
        "2016-12-21T15:00:00Z",
    ]
    assert texts(feed, "/a:feed/a:updated") == ["2017-01-08T09:30:00Z"]


def test_it_leads_to_itself_and_to_the_pages(client: FlaskClient, programmes: Programmes) -> None:
    feed = fed(client, programmes, DRAFT, PROGRAMME)
    page = "https://programme.example/ckb/river-days/changes"
    assert texts(feed, "/a:feed/a:link[@rel='self']/@href") == [f"{page}.atom"]
    assert texts(feed, "//a:link[@rel='alternate']/@href") == [
        page,
        f"{page}#release-2",
        f"{page}#release-1",
    ]
    inner = texts(feed, "//h:a/@href")
    assert inner
    assert all(href.startswith("https://programme.example/ckb/river-days/") for href in inner)


def test_it_says_in_a_line_what_a_release_changed(
    client: FlaskClient, programmes: Programmes
) -> None:
    feed = fed(client, programmes, DRAFT, PROGRAMME, lang="en")
    assert texts(feed, "//a:entry/a:title") == ["Release 2: Final", "Release 1: Draft"]
    assert texts(feed, "//a:summary") == [
        "With this release the programme became final. Cancelled: 1 · Moved: 1 · New: 1"
        " \u2068Rooms are settled.\u2069",
        "This is the first release: everything in it was new. \u2068ڕەشنووس، بۆ سەرنجی ئێوە.\u2069",
    ]


def test_it_tells_just_what_the_page_tells(client: FlaskClient, programmes: Programmes) -> None:
    feed = fed(client, programmes, DRAFT, PROGRAMME, AFTER)
    page = html.document_fromstring(client.get("/ckb/river-days/changes").text)

    def lists(document: etree._Element, path: str) -> list[list[str]]:
        return [
            " ".join("".join(item.itertext()).split())
            for item in document.xpath(path, namespaces=ATOM)
        ]

    assert lists(feed, "//h:li") == lists(page, "//main//li")


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_nothing_in_it_names_somebody_who_is_no_longer_named(
    client: FlaskClient, programmes: Programmes, lang: str
) -> None:
    titled = msgspec.structs.replace(
        DRAFT, sessions=(session("4CDFGH", title={"ar": "لقاء مع سيدوري"}), *DRAFT.sessions[2:])
    )
    gone = msgspec.structs.replace(AFTER, sessions=(session("9CDFGH"),))
    fed(client, programmes, titled, PROGRAMME, gone, lang=lang)
    text = client.get(f"/{lang}/river-days/changes.atom").text
    for name in ("Siduri", "سيدوري", "سیدوری", "CDFGHJ", "A voice", "صوت"):
        assert name not in text


def test_who_has_it_is_sent_nothing_until_the_next_release(
    client: FlaskClient, programmes: Programmes
) -> None:
    fed(client, programmes, DRAFT)
    answer = client.get("/ckb/river-days/changes.atom")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    known = {"If-None-Match": answer.headers["ETag"]}
    assert client.get("/ckb/river-days/changes.atom", headers=known).status_code == 304
    programmes.release(PROGRAMME)
    assert client.get("/ckb/river-days/changes.atom", headers=known).status_code == 200


def test_the_page_of_changes_leads_to_it(client: FlaskClient, programmes: Programmes) -> None:
    programmes.release(DRAFT)
    page = html.document_fromstring(client.get("/ckb/river-days/changes").text)
    (link,) = page.xpath("//head/link[@type='application/atom+xml']")
    assert (link.get("rel"), link.get("href")) == ("alternate", "/ckb/river-days/changes.atom")
    assert page.xpath("//main//a[@href='/ckb/river-days/changes.atom']")


def test_who_asks_for_one_that_is_not_there_is_told_so_in_plain_text(client: FlaskClient) -> None:
    answer = client.get("/ckb/sea-days/changes.atom")
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")


def test_a_cancelled_session_is_told_where_it_was_to_be(
    client: FlaskClient, programmes: Programmes
) -> None:
    cancelled = msgspec.structs.replace(
        PROGRAMME,
        sessions=tuple(
            msgspec.structs.replace(each, status=Status.CANCELLED) for each in PROGRAMME.sessions
        ),
    )
    feed = fed(client, programmes, DRAFT, cancelled, lang="en")
    assert "It was to be" in "".join(feed.itertext())


def test_a_release_of_this_very_second_waits_for_the_next_feed(
    client: FlaskClient, programmes: Programmes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is current may be known a second late, and the feed must be of one mind."""
    programmes.release(DRAFT)
    known = programmes.current("river-days")
    monkeypatch.setattr(programmes, "current", lambda _slug: known)
    assert texts(fed(client, programmes, PROGRAMME), "//a:entry/a:id") == [
        "tag:river-days.example,2016-12-21:river-days/releases/1/ckb"
    ]
