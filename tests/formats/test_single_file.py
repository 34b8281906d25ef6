"""The programme as one file: it loads nothing, runs nothing but its own, and is small."""

import base64
import hashlib
import re
from pathlib import Path

import msgspec
import pytest
from flask import Flask
from lxml import html

from planner.formats.single_file import document
from planner.i18n.interface import speaking
from planner.programme.document import Programme, Texts
from tests.conftest import BASE_URL
from tests.crowds import crowded
from tests.examples import PROGRAMME, published

_LIMIT = 300_000
_LANGUAGES = ("en", "ar", "ckb")


def made(app: Flask, programme: Programme, lang: str) -> str:
    """Return the file of a programme."""
    with app.test_request_context("/"), speaking(lang):
        files = Path(app.root_path) / "static"
        return document(published(programme), lang, BASE_URL, files).decode()


def told(programme: Programme, abstract: Texts, biography: Texts) -> Programme:
    """Return a programme in which every session and speaker has something to say."""
    return msgspec.structs.replace(
        programme,
        sessions=tuple(
            msgspec.structs.replace(session, abstract=abstract) for session in programme.sessions
        ),
        speakers=tuple(
            msgspec.structs.replace(speaker, biography=biography) for speaker in programme.speakers
        ),
    )


@pytest.mark.parametrize("lang", _LANGUAGES)
def test_it_loads_nothing_and_allows_only_what_is_in_it(app: Flask, lang: str) -> None:
    text = made(app, PROGRAMME, lang)
    document = html.document_fromstring(text)
    assert document.xpath("//link | //img | //iframe | //*[@src] | //*[@style]") == []
    assert "url(" not in text
    assert "@import" not in text
    (policy,) = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.S)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert content
        assert f"{tag}-src 'sha256-{digest}'" in policy


@pytest.mark.parametrize("lang", _LANGUAGES)
def test_it_says_which_release_it_is_and_where_the_newest_stands(app: Flask, lang: str) -> None:
    document = html.document_fromstring(made(app, PROGRAMME, lang))
    assert document.get("lang") == lang
    assert document.xpath("//header//a/@href") == [f"{BASE_URL}/{lang}/river-days/programme"]
    (footer,) = document.xpath("//footer")
    assert "2017-01-08 09:30 UTC" in footer.text_content()
    assert published(PROGRAMME).digest[:12] in footer.text_content()
    codes = [session.code for session in PROGRAMME.sessions]
    assert document.xpath("//article/@id") == codes


def test_texts_in_other_languages_are_marked(app: Flask) -> None:
    document = html.document_fromstring(made(app, PROGRAMME, "ckb"))
    (title,) = document.xpath("//article[@id='4CDFGH']//h3/span")
    assert (title.get("lang"), title.get("dir")) == ("ar", "rtl")
    (abstract,) = document.xpath("//article[@id='4CDFGH']//details/div")
    assert abstract.get("lang") == "ar"


def test_what_people_wrote_is_text(app: Flask) -> None:
    hostile = {"en": "</script><script>alert(1)</script><!--script--><img src=x>"}
    name = msgspec.structs.replace(PROGRAMME.event, name=hostile, venue_name=hostile)
    programme = told(msgspec.structs.replace(PROGRAMME, event=name), hostile, hostile)
    document = html.document_fromstring(made(app, programme, "en"))
    assert len(document.xpath("//script")) == 1
    assert document.xpath("//img") == []


@pytest.mark.parametrize("lang", _LANGUAGES)
def test_it_is_small_enough_for_a_message(app: Flask, lang: str) -> None:
    crowd = crowded(200, 8, 3)
    usual = told(crowd, {"ar": "كلمة " * 80}, {})
    text = made(app, usual, lang)
    assert text.count("كلمة") == 200 * 80
    assert len(text.encode()) < _LIMIT


def test_too_much_is_left_out_or_shortened(app: Flask) -> None:
    crowd = crowded(200, 8, 3)
    with_people = made(app, told(crowd, {}, {"ar": "كلمة"}), "ar")
    assert with_people.count('class="person"') == 200
    talkative = made(app, told(crowd, {"ar": "كلمة " * 80}, {"ar": "نص " * 200}), "ar")
    assert 'class="person"' not in talkative
    assert talkative.count("كلمة") == 200 * 80
    endless = made(app, told(crowd, {"ar": "كلمة " * 900}, {}), "ar")
    assert len(endless.encode()) < _LIMIT
    assert f"{BASE_URL}/ar/crowd/sessions/" in endless
