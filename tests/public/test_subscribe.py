"""The page on subscribing: every feed, in every form that a calendar program takes."""

import gzip
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from planner.i18n.interface import speaking
from planner.programme.document import Appearance, Programme
from planner.programme.vocabulary import Role
from planner.public.calendar_programs import instructions
from planner.public.feeds import feed_of, feeds_of, has_feed
from tests.conftest import BASE_URL
from tests.examples import PROGRAMME, published
from tests.public.conftest import Programmes

PAGE = "/ckb/river-days/subscribe"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def released(programmes: Programmes) -> None:
    """Publish the programme of the example."""
    programmes.release(PROGRAMME)


def page(client: FlaskClient, address: str = PAGE) -> html.HtmlElement:
    """Return a page that must be there, parsed."""
    answer = client.get(address)
    assert answer.status_code == 200
    return html.document_fromstring(answer.text)


def links(document: html.HtmlElement, beginning: str) -> list[str]:
    """Return the addresses of links that begin so, each once."""
    found = document.xpath(".//a/@href[starts-with(., $beginning)]", beginning=beginning)
    return list(dict.fromkeys(map(str, found)))


def text_of(element: html.HtmlElement) -> str:
    """Return the text of an element in one line."""
    return " ".join(element.text_content().split())


def with_speakers(count: int) -> Programme:
    """Return the programme with so many named speakers."""
    speakers = tuple(
        msgspec.structs.replace(PROGRAMME.speakers[0], code=f"S{number:05}", name={"ar": "شهرزاد"})
        for number in range(count)
    )
    people = tuple(Appearance(role=Role.SPEAKER, speaker=speaker.code) for speaker in speakers)
    opening = msgspec.structs.replace(PROGRAMME.sessions[0], people=people)
    return msgspec.structs.replace(
        PROGRAMME, speakers=speakers, sessions=(opening, *PROGRAMME.sessions[1:])
    )


def test_it_offers_every_feed_and_each_is_there(client: FlaskClient) -> None:
    feeds = [
        address.removeprefix("webcal://programme.example/ckb/river-days/calendar/")
        for address in links(page(client), "webcal:")
    ]

    assert feeds == [
        "programme.ics",
        "days/2017-01-18.ics",
        "days/2017-01-19.ics",
        "themes/water.ics",
        "themes/women.ics",
        "rooms/tigris.ics",
        "rooms/zagros.ics",
        "speakers/CDFGHJ.ics",
    ]
    for feed in feeds:
        answer = client.get(f"/ckb/river-days/calendar/{feed}")
        assert answer.content_type == "text/calendar; charset=utf-8"


def test_it_shows_the_address_of_every_feed_for_copying(client: FlaskClient) -> None:
    document = page(client)

    copied = [text_of(element) for element in document.xpath("//main//code[@dir='ltr']")]
    subscribed = [address.replace("webcal:", "https:", 1) for address in links(document, "webcal:")]

    assert copied == subscribed


def test_the_links_of_others_hold_the_address_in_the_form_that_each_takes(
    client: FlaskClient,
) -> None:
    document = page(client)
    (google,) = links(document, "https://calendar.google.com/")[:1]
    (outlook,) = links(document, "https://outlook.live.com/")[:1]

    assert parse_qs(urlsplit(google).query) == {
        "cid": ["webcal://programme.example/ckb/river-days/calendar/programme.ics"]
    }
    assert parse_qs(urlsplit(outlook).query) == {
        "url": [f"{BASE_URL}/ckb/river-days/calendar/programme.ics"],
        "name": ["ڕۆژانی ڕووبار"],
    }


def test_a_feed_can_be_downloaded_once_under_a_name_of_its_own(client: FlaskClient) -> None:
    names = page(client).xpath("//a[@download]/@download")

    assert names[:2] == ["river-days-programme.ics", "river-days-2017-01-18.ics"]
    assert len(set(names)) == len(names)


def test_names_are_in_the_language_of_the_reader_or_marked(client: FlaskClient) -> None:
    document = page(client)

    assert [text_of(name) for name in document.xpath("//h4")[:3]] == [
        "چوارشەممە، 18ی کانوونی دووەمی 2017",
        "پێنجشەممە، 19ی کانوونی دووەمی 2017",
        "ئاو",
    ]
    assert document.xpath("//h4[contains(., 'ئاو')]/span/@dir") == ["rtl"]


def test_the_feed_that_the_query_names_stands_first(client: FlaskClient) -> None:
    document = page(client, f"{PAGE}?feed=themes/women")

    first = document.xpath("//main//section")[0]
    assert text_of(first.xpath(".//h2")[0]) == "ژنان"
    assert links(first, "webcal:") == [
        "webcal://programme.example/ckb/river-days/calendar/themes/women.ics"
    ]
    assert any("calendar/programme.ics" in address for address in links(document, "webcal:"))
    assert document.xpath("//nav//a[@lang='ar']/@href")[0].endswith("?feed=themes/women")


@pytest.mark.parametrize("feed", ["sessions/4CDFGH", "speakers/CDFGHJ", "days/2017-01-19"])
def test_a_session_a_speaker_or_a_day_can_stand_first(client: FlaskClient, feed: str) -> None:
    first = page(client, f"{PAGE}?feed={feed}").xpath("//main//section")[0]

    assert links(first, "webcal:") == [
        f"webcal://programme.example/ckb/river-days/calendar/{feed}.ics"
    ]


@pytest.mark.parametrize("feed", ["", "themes", "themes/fire", "nobody/x", "days/2017-1-18", "🜄"])
def test_a_feed_that_is_not_there_leaves_the_page_as_it_is(client: FlaskClient, feed: str) -> None:
    plain = client.get(PAGE)

    answer = client.get(PAGE, query_string={"feed": feed})

    assert answer.data == plain.data
    assert answer.headers["ETag"] == plain.headers["ETag"]


def test_it_is_sent_once_and_then_known(client: FlaskClient) -> None:
    first = client.get(PAGE)

    again = client.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert "Set-Cookie" not in first.headers


def test_codes_are_drawings_without_style_or_script(client: FlaskClient) -> None:
    pictures = page(client).xpath("//figure/img/@src")

    assert f"{PAGE}/themes/water.svg" in pictures
    for address in pictures:
        answer = client.get(address)
        assert answer.content_type == "image/svg+xml"
        root = ElementTree.fromstring(answer.data)
        assert {element.tag for element in root.iter()} == {f"{SVG}svg", f"{SVG}path"}
        assert not any("style" in element.attrib for element in root.iter())


def test_codes_of_different_feeds_differ_and_the_same_one_stays(client: FlaskClient) -> None:
    water, women = (client.get(f"{PAGE}/themes/{name}.svg").data for name in ("water", "women"))

    assert water != women
    assert client.get(f"{PAGE}/themes/water.svg").data == water


@pytest.mark.parametrize("feed", ["themes/fire", "calendar", "themes", "speakers/3CDFGH"])
def test_what_is_not_a_feed_has_no_code(client: FlaskClient, feed: str) -> None:
    assert client.get(f"{PAGE}/{feed}.svg").status_code == 404


def test_pictures_of_folded_feeds_are_fetched_only_when_they_are_seen(client: FlaskClient) -> None:
    assert set(page(client).xpath("//figure/img/@loading")) == {"lazy"}


def test_it_names_the_six_programs_and_what_to_press_in_each(client: FlaskClient) -> None:
    programs = page(client, "/en/river-days/subscribe").xpath("//details[ol]")

    told = [text_of(program) for program in programs]
    for name in ("Google", "iPhone", "Mac", "Outlook", "Thunderbird", "ICSx⁵"):
        assert any(name in each for each in told), name
    assert all(len(program.xpath("ol/li")) >= 2 for program in programs)


def test_buttons_are_called_as_the_program_calls_them_and_marked_where_that_is_english(
    app: Flask,
) -> None:
    with speaking("ar"):
        steps = {program.key: "\n".join(map(str, program.steps)) for program in instructions("ar")}

    assert '<bdi lang="ar" dir="rtl">تقاويم أخرى</bdi>' in steps["google"]
    assert '<bdi lang="ar" dir="rtl">ابحث عن تقويمات</bdi>' in steps["thunderbird"]
    assert '<bdi lang="en" dir="ltr">Account Settings</bdi>' in steps["outlook-classic"]


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_every_sentence_of_the_instructions_has_what_it_needs(app: Flask, lang: str) -> None:
    with speaking(lang):
        for program in instructions(lang):
            for sentence in (*program.steps, program.asks):
                assert sentence
                assert "%" not in sentence


@pytest.mark.parametrize(("speakers", "limit"), [(45, 30_000), (500, 60_000)])
def test_it_stays_small(
    client: FlaskClient, programmes: Programmes, speakers: int, limit: int
) -> None:
    programmes.release(with_speakers(speakers))

    answer = client.get(PAGE)

    assert len(links(html.document_fromstring(answer.text), "webcal:")) == 7 + speakers
    assert len(gzip.compress(answer.data)) < limit


def test_it_needs_no_style_in_elements_and_no_script_in_the_page(client: FlaskClient) -> None:
    document = page(client)

    assert not document.xpath("//@style | //style | //script[not(@src)] | //@onclick")


def test_a_withheld_speaker_has_no_feed(app: Flask) -> None:
    everything = published()

    with app.test_request_context(), speaking("ar"):
        feeds = feeds_of(everything, "ar")

    assert [feed.key for feed in feeds.speakers] == ["speakers/CDFGHJ"]


def test_speakers_stand_in_the_order_of_their_names(app: Flask) -> None:
    named = [
        msgspec.structs.replace(PROGRAMME.speakers[0], code=code, name={"ckb": name})
        for code, name in (("A", "کاوە"), ("B", "پەری"), ("C", "بابەک"))
    ]
    programme = msgspec.structs.replace(PROGRAMME, speakers=tuple(named))

    with app.test_request_context(), speaking("ckb"):
        feeds = feeds_of(published(programme), "ckb")

    assert [feed.name.value for feed in feeds.speakers] == ["بابەک", "پەری", "کاوە"]


def test_asking_for_a_feed_that_is_not_there_is_an_error(app: Flask) -> None:
    assert not has_feed(published(), "themes/fire")
    with app.test_request_context(), speaking("ar"), pytest.raises(KeyError):
        feed_of(published(), "ar", "themes/fire")


def test_an_unknown_event_has_no_page(client: FlaskClient) -> None:
    assert client.get("/ckb/sea-days/subscribe").status_code == 404
