"""The pages of an event, and of each of its parts."""

import gzip
import re

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from planner.programme.document import Programme
from planner.programme.vocabulary import Stage
from planner.public.delivery import Shelf
from planner.public.filters import MANY
from tests.conftest import BASE_URL
from tests.crowds import crowded
from tests.examples import PROGRAMME, session
from tests.public.conftest import Programmes

LANGUAGES = {"en": "ltr", "ar": "rtl", "ckb": "rtl"}
PAGES = ("", "programme", "sessions/4CDFGH", "speakers/CDFGHJ", "themes/water", "rooms/tigris")


@pytest.fixture(autouse=True)
def example(programmes: Programmes) -> None:
    """Publish the example."""
    programmes.release(PROGRAMME)


def page(client: FlaskClient, path: str, lang: str = "ckb") -> html.HtmlElement:
    """Return a page of the example."""
    answer = client.get(f"/{lang}/river-days/{path}")
    assert answer.status_code == 200, path
    return html.document_fromstring(answer.text)


def text_of(element: html.HtmlElement) -> str:
    """Return the text of an element in one line."""
    return " ".join(element.text_content().split())


def select(element: html.HtmlElement, css: str) -> list[html.HtmlElement]:
    """Return the elements of a selector made of tags, classes, attributes and blanks."""
    path = ""
    for step in css.split():
        path += "//" + (re.match(r"\w*", step)[0] or "*")  # type: ignore[index]
        for name in re.findall(r"\.([\w-]+)", step):
            path += f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
        for name, value in re.findall(r"\[(\w+)(?:=(\w+))?\]", step):
            path += f"[@{name}='{value}']" if value else f"[@{name}]"
    found: list[html.HtmlElement] = element.xpath("." + path)
    return found


def one(document: html.HtmlElement, css: str) -> html.HtmlElement:
    """Return the only element that is so."""
    (found,) = select(document, css)
    return found


def codes(document: html.HtmlElement) -> list[str]:
    """Return the codes of the sessions on a page, in order."""
    return [link.get("href").rpartition("/")[2] for link in select(document, ".card a")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_it_says_its_language_and_leads_to_the_others(
    client: FlaskClient, path: str, lang: str
) -> None:
    document = page(client, path, lang)
    assert document.get("lang") == lang
    assert document.get("dir") == LANGUAGES[lang]
    assert (
        one(document, "link[rel=canonical]").get("href") == f"{BASE_URL}/{lang}/river-days/{path}"
    )
    alternates = {
        link.get("hreflang"): link.get("href")
        for link in select(document, "link[rel=alternate][hreflang]")
    }
    assert alternates == {other: f"{BASE_URL}/{other}/river-days/{path}" for other in LANGUAGES}
    switcher = {
        link.get("hreflang"): (link.get("lang"), link.get("dir"), link.get("href"))
        for link in select(document, ".languages a")
    }
    assert switcher == {
        other: (other, direction, f"/{other}/river-days/{path}")
        for other, direction in LANGUAGES.items()
    }


@pytest.mark.parametrize("path", PAGES)
def test_it_carries_the_notice_and_the_release(client: FlaskClient, path: str) -> None:
    document = page(client, path, "en")
    assert text_of(one(document, ".notice")) == "This programme is invented."
    footer = text_of(one(document, "footer"))
    assert "Final programme, published on" in footer
    assert "Release 2" in footer
    assert "2017-01-08 09:30 UTC" in footer
    assert "Asia/Baghdad, UTC+03:00" in footer


@pytest.mark.parametrize("path", PAGES)
def test_it_holds_no_style_no_inline_script_and_nothing_of_others(
    client: FlaskClient, path: str
) -> None:
    document = page(client, path)
    assert document.xpath("//@style | //style | //*[@*[starts-with(name(), 'on')]]") == []
    scripts = document.xpath("//script[not(@type='application/ld+json')]")
    assert all(not script.text for script in scripts)
    loaded = document.xpath("//script/@src | //img/@src | //link[@rel='stylesheet']/@href")
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)


def test_the_event_tells_all_that_one_needs_to_come(client: FlaskClient) -> None:
    document = page(client, "", "en")
    main = text_of(one(document, "main"))
    for told in (
        "River Days; a conference",
        "Water, work and words",
        "House of Reeds",
        "Sulaymaniyah",
        "We call on everybody.",
        "Nonviolence",
        "The Reed Fund",
        "The Weavers",
        "Registration is open from",
        "Rooms are settled.",
    ):
        assert told in main
    assert document.xpath("//a[@href='geo:35.5613,45.4302']")
    assert document.xpath("//div[contains(@class, 'prose')]//em")


def test_a_draft_says_that_it_will_still_change(
    client: FlaskClient, programmes: Programmes
) -> None:
    release = msgspec.structs.replace(PROGRAMME.release, number=3, stage=Stage.DRAFT)
    programmes.release(msgspec.structs.replace(PROGRAMME, release=release))
    state = text_of(one(page(client, "programme", "en"), ".head .state"))
    assert state.startswith("Draft 3, published on ")
    assert "It will still change." in state


def test_a_text_in_another_language_is_marked(client: FlaskClient) -> None:
    document = page(client, "sessions/4CDFGH", "ckb")
    title = one(document, "h1 span[lang]")
    assert (title.get("lang"), title.get("dir")) == ("ar", "rtl")
    assert text_of(one(document, "h1 .badge")) == "عەرەبی"
    abstract = one(document, ".prose")
    assert (abstract.get("lang"), abstract.get("dir")) == ("ar", "rtl")
    english = page(client, "sessions/6CDFGH", "en")
    assert text_of(one(english, "h1")) == "Women and the covenant of peace"
    original = one(english, ".original span")
    assert (original.get("lang"), text_of(original)) == ("ckb", "ژنان و پەیمانی ئاشتی")


def test_a_session_tells_where_it_stood_before(client: FlaskClient) -> None:
    document = page(client, "sessions/4CDFGH", "en")
    head = text_of(one(document, ".leaf-head"))
    assert "New time New room was 11:00–12:00, Zagros Room" in head
    (card,) = page(client, "programme", "en").xpath("//li[.//a[contains(@href, '4CDFGH')]]")
    assert "was 11:00–12:00, Zagros Room" in text_of(card)


def test_an_address_that_could_run_a_script_is_no_link(
    client: FlaskClient, programmes: Programmes
) -> None:
    online = session("4CDFGH", online_url="javascript:alert(1)")
    programmes.release(msgspec.structs.replace(PROGRAMME, sessions=(online,)))
    assert "javascript" not in client.get("/ar/river-days/sessions/4CDFGH").text
    programmes.release(PROGRAMME)
    document = page(client, "sessions/9CDFGH")
    assert document.xpath("//a[@href='https://stream.example/9']")


def test_a_cancelled_session_says_so_in_words(client: FlaskClient) -> None:
    (card,) = page(client, "programme", "en").xpath("//li[.//a[contains(@href, '6CDFGH')]]")
    assert "is-cancelled" in card.get("class")
    assert "Cancelled" in text_of(card)


def test_people_are_called_what_the_document_calls_them(client: FlaskClient) -> None:
    document = page(client, "sessions/3CDFGH", "en")
    assert [text_of(item) for item in select(document, ".persons li")] == [
        "Moderator Siduri of the Tavern House of Tablets",
        "Speaker A voice",
        "Interpreter Name withheld",
    ]
    assert [link.get("href") for link in select(document, ".persons a")] == [
        "/en/river-days/speakers/CDFGHJ"
    ]


def test_a_session_leads_to_what_is_on_at_the_same_time(
    client: FlaskClient, programmes: Programmes
) -> None:
    beside = session("ACDFGH", room="zagros", minutes=30)
    after = session("CCDFGH", starts_at=PROGRAMME.sessions[3].starts_at)
    programmes.release(
        msgspec.structs.replace(PROGRAMME, sessions=(*PROGRAMME.sessions, beside, after))
    )
    document = page(client, "sessions/4CDFGH", "en")
    assert codes(document) == ["ACDFGH"]
    neighbours = [link.get("href")[-6:] for link in select(document, ".neighbours a")]
    assert neighbours.count("9CDFGH") + neighbours.count("CCDFGH") >= 1


def test_pages_of_themes_rooms_and_speakers_list_their_sessions(client: FlaskClient) -> None:
    assert codes(page(client, "themes/water")) == ["4CDFGH", "9CDFGH"]
    assert codes(page(client, "rooms/zagros")) == ["3CDFGH", "6CDFGH", "7CDFGH"]
    assert codes(page(client, "speakers/CDFGHJ")) == ["3CDFGH"]


@pytest.mark.parametrize(
    "path", ["sessions/XXXXXX", "speakers/XXXXXX", "themes/fire", "rooms/euphrates"]
)
def test_what_is_not_in_the_programme_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/ar/river-days/{path}").status_code == 404


def test_times_are_isolated_from_the_direction_around_them(client: FlaskClient) -> None:
    for hours in select(page(client, "programme", "ar"), ".card .hours"):
        assert hours.tag == "bdi"
        assert hours.get("dir") == "ltr"
        assert len(select(hours, "time[datetime]")) == 2


def test_days_are_lists_in_order_of_time(client: FlaskClient) -> None:
    document = page(client, "programme")
    days = select(document, ".day")
    assert [codes(day) for day in days] == [["3CDFGH", "4CDFGH", "6CDFGH", "7CDFGH"], ["9CDFGH"]]
    assert all(select(day, "ol.sessions") for day in days)


def test_the_form_keeps_what_was_asked_for(client: FlaskClient) -> None:
    document = page(client, "programme?theme=water&q=الماء", "ar")
    assert codes(document) == ["4CDFGH", "9CDFGH"]
    assert document.xpath("//select[@name='theme']/option[@selected]/@value") == ["water"]
    assert document.xpath("//input[@name='q']/@value") == ["الماء"]
    other = document.xpath("//a[contains(@class, 't-rose')]/@href")[0]
    assert "theme=women" in other
    assert "q=" in other
    assert "theme=water" in select(document, ".languages a")[0].get("href")


@pytest.mark.parametrize("query", ["theme=none", "q=xyzzy", "day=2030-01-01", "room=%00"])
def test_finding_nothing_offers_a_way_out(client: FlaskClient, query: str) -> None:
    document = page(client, f"programme?{query}", "en")
    assert codes(document) == []
    ways = one(document, ".empty a.button"), one(document, ".count a")
    assert {way.get("href") for way in ways} == {"/en/river-days/programme"}


def test_a_large_programme_shows_its_first_day_and_leads_to_all(
    client: FlaskClient, programmes: Programmes
) -> None:
    programmes.release(crowded(MANY + 1, 8, 3))
    first = html.document_fromstring(client.get("/ar/crowd/programme").text)
    assert len(select(first, ".day")) == 1
    every = first.xpath("//ul[@class='days']//a[contains(@href, 'day=all')]/@href")[0]
    assert len(select(html.document_fromstring(client.get(every).text), ".day")) == 3


def test_a_search_is_not_kept_and_a_filter_is(app: Flask, client: FlaskClient) -> None:
    shelf = app.extensions["planner.shelf"]
    assert isinstance(shelf, Shelf)

    def kept() -> int:
        return len(shelf._kept)

    client.get("/ar/river-days/programme?q=ماء")
    client.get("/ar/river-days/programme?theme=none")
    assert kept() == 0
    client.get("/ar/river-days/programme?theme=water&utm=1")
    client.get("/ar/river-days/programme?room=&theme=water")
    assert kept() == 1


def test_what_was_written_is_shown_and_never_run(
    client: FlaskClient, programmes: Programmes
) -> None:
    evil = "<script>alert(1)</script> %(x)s {{ 7 * 7 }}"
    hostile: Programme = msgspec.structs.replace(
        PROGRAMME,
        event=msgspec.structs.replace(PROGRAMME.event, notice={"ar": evil}, call={"ar": evil}),
        sessions=(
            session("4CDFGH", title={"ar": evil}, abstract={"ar": f"[x](javascript:1) {evil}"}),
        ),
    )
    programmes.release(hostile)
    for path in ("", "programme", "sessions/4CDFGH"):
        text = client.get(f"/ckb/river-days/{path}").text
        assert "<script>alert" not in text
        assert 'href="javascript:' not in text
        assert "{{ 7 * 7 }}" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_hundred_sessions_are_light(
    client: FlaskClient, programmes: Programmes, lang: str
) -> None:
    programmes.release(crowded(200, 8, 3))
    answer = client.get(f"/{lang}/crowd/programme")
    assert len(gzip.compress(answer.data, 9)) < 30_000
    assert len(select(html.document_fromstring(answer.text), ".card")) == 200


def test_the_list_of_events_leads_to_each(client: FlaskClient, programmes: Programmes) -> None:
    programmes.release(crowded(9, 3, 1))
    document = html.document_fromstring(client.get("/ckb/").text)
    assert [link.get("href") for link in select(document, ".event-list a")] == [
        "/ckb/river-days/",
        "/ckb/crowd/",
    ]
