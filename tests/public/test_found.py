"""What is found by words as pages show it: marked, with excerpts, and ways out of nothing."""

from pathlib import Path

import flask_migrate
import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from planner import create_app
from planner.extensions import db
from planner.imports.operations import import_schedule
from planner.programme.document import Session, decode
from planner.programme.published import Published
from planner.programme.vocabulary import Kind, Stage
from planner.public.search import found_by
from planner.releases.operations import publish
from planner.speakers.models import Visibility
from tests.conftest import BASE_URL
from tests.crowds import crowded
from tests.examples import PROGRAMME, published, session
from tests.public.conftest import Programmes
from tests.public.test_now import text_of


@pytest.fixture(autouse=True)
def example(programmes: Programmes) -> None:
    """Publish the example."""
    programmes.release(PROGRAMME)


def page(
    client: FlaskClient, query: str, lang: str = "en", event: str = "river-days"
) -> html.HtmlElement:
    """Return the programme that a query asks for."""
    answer = client.get(f"/{lang}/{event}/programme?{query}")
    assert answer.status_code == 200
    return html.document_fromstring(answer.text)


def codes(document: html.HtmlElement) -> list[str]:
    """Return the codes of the sessions on a page, in order."""
    return [link.get("href")[-6:] for link in document.xpath("//li//h2/a | //li//h3/a")]


def release(programmes: Programmes, *sessions: Session) -> None:
    """Publish the example with other sessions."""
    programmes.release(msgspec.structs.replace(PROGRAMME, sessions=sessions))


def test_what_matched_is_marked_in_the_title_in_its_language(client: FlaskClient) -> None:
    document = page(client, "q=الماء")
    assert codes(document) == ["4CDFGH", "9CDFGH"]
    (title,) = document.xpath("//a[contains(@href, '4CDFGH')]/span")
    assert (title.get("lang"), title.get("dir")) == ("ar", "rtl")
    assert [mark.text for mark in title.xpath(".//mark")] == ["الماء"]
    (title,) = page(client, "q=الماء", "ar").xpath("//a[contains(@href, '4CDFGH')]")
    assert title.xpath("./mark/text()") == ["الماء"]


def test_each_result_says_on_which_day_it_is(client: FlaskClient) -> None:
    dates = page(client, "q=الماء").xpath("//*[@class='date']")
    assert [text_of(date) for date in dates] == ["Wednesday 18 January", "Thursday 19 January"]


def test_an_excerpt_shows_the_abstract_around_what_matched(
    client: FlaskClient, programmes: Programmes
) -> None:
    abstract = f"{'before ' * 40}**the <reed>** _boat_ {'after ' * 40}"
    release(programmes, session("4CDFGH", abstract={"en": abstract}))
    (excerpt,) = page(client, "q=boats+boat").xpath("//p[@class='excerpt']")
    told = text_of(excerpt)
    assert excerpt.xpath("./mark/text()") == ["boat"]
    assert told.startswith("…before")
    assert "before the <reed boat after" in told
    assert told.endswith("after…")
    assert len(told) < 220


def test_an_excerpt_is_in_the_language_in_which_it_was_found(client: FlaskClient) -> None:
    (excerpt,) = page(client, "q=بەخێربێن").xpath("//p[@class='excerpt']/span")
    assert (excerpt.get("lang"), excerpt.get("dir")) == ("ckb", "rtl")
    assert excerpt.xpath("./mark/text()") == ["بەخێربێن"]
    (title,) = page(client, "q=covenant", "ckb").xpath("//p[@class='excerpt']/span")
    assert (title.get("lang"), text_of(title)) == ("en", "Women and the covenant of peace")


def test_names_are_marked_and_organisations_shown(client: FlaskClient) -> None:
    document = page(client, "q=tavern+tablets")
    assert document.xpath("//p[@class='people']/mark/text()") == ["Tavern"]
    assert document.xpath("//p[@class='excerpt']/mark/text()") == ["Tablets"]
    assert document.xpath("//dl[@class='also']//a/@href") == ["/en/river-days/speakers/CDFGHJ"]


def test_text_that_looks_like_markup_stays_text(
    client: FlaskClient, programmes: Programmes
) -> None:
    release(programmes, session("4CDFGH", title={"en": "<b>reed</b> & <script>boat</script>"}))
    (title,) = page(client, "q=boat").xpath("//h2/a")
    assert text_of(title) == "<b>reed</b> & <script>boat</script>"
    assert [child.tag for child in title] == ["mark"]


def test_a_way_leads_to_the_order_of_time_and_back(client: FlaskClient) -> None:
    document = page(client, "q=الماء")
    (by_time,) = document.xpath("//p[@class='ordering']/a/@href")
    assert by_time.endswith("&order=time")
    other = html.document_fromstring(client.get(by_time).text)
    assert len(other.xpath("//section[@class='day']")) == 2
    assert codes(other) == ["4CDFGH", "9CDFGH"]
    (back,) = other.xpath("//p[@class='ordering']/a/@href")
    assert codes(html.document_fromstring(client.get(back).text)) == codes(document)


def test_speakers_themes_and_rooms_stand_beside(client: FlaskClient) -> None:
    (also,) = page(client, "q=ئاو").xpath("//dl[@class='also']")
    assert text_of(also) == "ThemesWater, land"
    assert also.xpath(".//a/@href") == ["/en/river-days/themes/water"]
    assert page(client, "q=tigris").xpath("//dl[@class='also']//a/mark/text()") == ["Tigris"]


def test_it_says_when_no_session_has_all_the_words(client: FlaskClient) -> None:
    document = page(client, "q=ژنان+چا")
    assert "No session has all of these words" in text_of(
        document.xpath("//p[@class='partial']")[0]
    )
    assert page(client, "q=ژنان").xpath("//p[@class='partial']") == []


def test_finding_nothing_tells_what_there_would_be_without_each_filter(
    client: FlaskClient,
) -> None:
    document = page(client, "theme=women&room=tigris&day=2017-01-18")
    ways = {text_of(way): way.get("href") for way in document.xpath("//ul[@class='ways-out']//a")}
    address = "/en/river-days/programme"
    assert ways == {
        "3 sessions without the theme “\u2068Women\u2069”": f"{address}?day=2017-01-18&room=tigris",
        "1 session without the room “\u2068Tigris Hall\u2069”": (
            f"{address}?day=2017-01-18&theme=women"
        ),
    }
    words = page(client, "q=xyzzy&kind=break&language=de")
    assert words.xpath("//ul[@class='ways-out']") == []
    only = page(client, "q=xyzzy&kind=break").xpath("//ul[@class='ways-out']//a")
    assert [text_of(way) for way in only] == ["1 session without the words “\u2068xyzzy\u2069”"]
    other = page(client, "theme=water&day=2030-01-01").xpath("//ul[@class='ways-out']//a")
    assert [text_of(way)[:31] for way in other] == ["2 sessions on other days than “"]


def test_choices_say_how_many_there_are(client: FlaskClient) -> None:
    document = page(client, "room=zagros")
    themes = [text_of(option) for option in document.xpath("//select[@name='theme']/option")]
    assert themes == ["All themes", "Water, land (0)", "Women (1)"]
    kinds = [text_of(option) for option in document.xpath("//select[@name='kind']/option")]
    assert kinds == ["All kinds", "Plenary (1)", "Panel (1)", "Break (1)"]
    days = [text_of(option) for option in document.xpath("//select[@name='day']/option")]
    assert [day.rpartition(" ")[2] for day in days] == ["(3)", "(3)", "(0)"]


def test_very_many_are_shown_by_relevance_only_in_part(
    client: FlaskClient, programmes: Programmes
) -> None:
    programmes.release(crowded(200, 8, 3))
    document = page(client, "q=looms", event="crowd")
    found = len(codes(document))
    assert found == 40
    (more,) = document.xpath("//p[@class='more']/a")
    every = html.document_fromstring(client.get(more.get("href")).text)
    assert text_of(more).startswith(str(len(codes(every)) - found))
    answer = client.get("/ar/crowd/programme?q=looms", headers={"Accept-Encoding": "gzip"})
    assert len(answer.data) < 30_000


def test_a_search_by_kind_works_in_the_language_of_the_reader(
    client: FlaskClient, programmes: Programmes
) -> None:
    release(programmes, session("4CDFGH", kind=Kind.WORKSHOP), session("6CDFGH"))
    assert codes(page(client, "q=ورشة+عمل", "ar")) == ["4CDFGH"]


@pytest.fixture
def imported(real_files: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Published:
    """Return the programme of another conference, imported and released."""
    app: Flask = create_app({"PLANNER_INSTANCE": str(tmp_path), "BASE_URL": BASE_URL})
    content = (real_files / "schedules" / request.param).read_bytes()
    with app.app_context():
        flask_migrate.upgrade()
        import_schedule(
            content,
            slug="other",
            create=True,
            names=Visibility.PUBLIC,
            dry_run=False,
            host="other.example",
        )
        found = decode(publish("other", Stage.DRAFT).document)
        db.engine.dispose()
    return published(found)


@pytest.mark.real_files
@pytest.mark.parametrize(
    "imported", ["33c3-everything.schedule.xml", "36c3-stages.schedule.xml"], indirect=True
)
def test_sessions_and_people_of_other_conferences_are_found(imported: Published) -> None:
    """Each by its whole title, and each named speaker among those who are found by the name."""
    for each in imported.sessions:
        title = next(iter(each.title.values()))
        found = found_by(imported, title)
        assert not found.codes or each.code in found.codes, title
        assert not found.is_partial, title
    for speaker in imported.programme.speakers:
        name = next(iter(speaker.name.values()))
        found = found_by(imported, name)
        assert not found.words or speaker.code in [key for _, key in found.parts], name
