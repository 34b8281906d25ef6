"""The page of changes between releases."""

import msgspec
import pytest
from flask.testing import FlaskClient
from lxml import html

from planner.programme.document import Programme
from planner.programme.vocabulary import Stage, Status
from tests.examples import EVENT, FIRST, PROGRAMME, published, session
from tests.public.conftest import Programmes

DRAFT = msgspec.structs.replace(
    PROGRAMME,
    release=msgspec.structs.replace(
        PROGRAMME.release,
        number=1,
        stage=Stage.DRAFT,
        published_at=FIRST,
        note={"ckb": "یەکەم ڕەشنووس"},
    ),
    sessions=(
        session("4CDFGH", room="zagros", status=Status.TENTATIVE),
        session("6CDFGH", title={"ckb": "ژنان و پەیمانی ئاشتی"}, status=Status.TENTATIVE),
        session("9CDFGH", title={"ar": "ماء النهر"}, status=Status.TENTATIVE),
    ),
)
FINAL = msgspec.structs.replace(
    DRAFT,
    release=msgspec.structs.replace(PROGRAMME.release, number=2, note={}),
    sessions=(
        session("4CDFGH", room="tigris"),
        session("6CDFGH", title={"ckb": "ژنان و پەیمانی ئاشتی"}, status=Status.CANCELLED),
        session("9CDFGH", title={"ar": "ماء البحر"}),
        session("ACDFGH", title={"ckb": "چا"}),
    ),
)


def released(
    client: FlaskClient, programmes: Programmes, *releases: Programme, lang: str = "ckb"
) -> html.HtmlElement:
    """Return the page after these releases."""
    programmes.release(*releases)
    answer = client.get(f"/{lang}/river-days/changes")
    assert answer.status_code == 200
    return html.document_fromstring(answer.text)


def text_of(element: html.HtmlElement) -> str:
    """Return the text of an element in one line."""
    return " ".join(element.text_content().split())


def change(document: html.HtmlElement, code: str) -> html.HtmlElement:
    """Return what the page tells of one session."""
    (found,) = document.xpath("//li[h4/a[contains(@href, $code)]]", code=code)
    return found


def test_releases_stand_newest_first_with_stage_moment_and_note(
    client: FlaskClient, programmes: Programmes
) -> None:
    document = released(client, programmes, DRAFT, FINAL, lang="en")

    assert [text_of(heading) for heading in document.xpath("//main//h2")] == [
        "Release 2: Final",
        "Release 1: Draft",
    ]
    moments = document.xpath("//main//h2/following-sibling::p/time")
    assert [text_of(moment) for moment in moments] == [
        "8 January 2017, 12:30",
        "21 December 2016, 18:00",
    ]
    assert moments[0].get("datetime") == "2017-01-08T09:30:00+00:00"
    (note,) = document.xpath("//section[@id='release-1']//p/span[@lang='ckb']")
    assert (note.get("dir"), text_of(note)) == ("rtl", "یەکەم ڕەشنووس")


def test_the_first_release_says_that_it_is_the_first(
    client: FlaskClient, programmes: Programmes
) -> None:
    document = released(client, programmes, DRAFT, lang="en")

    assert "first release" in text_of(document.xpath("//section[@id='release-1']")[0])
    assert not document.xpath("//main//h3")


def test_a_release_without_changes_says_so(client: FlaskClient, programmes: Programmes) -> None:
    final = msgspec.structs.replace(
        FINAL,
        sessions=tuple(
            msgspec.structs.replace(each, status=Status.CONFIRMED) for each in DRAFT.sessions
        ),
    )

    told = text_of(
        released(client, programmes, DRAFT, final, lang="en").xpath("//section[@id='release-2']")[0]
    )

    assert "No session changed." in told
    assert "became final" in told


def test_each_session_stands_under_what_became_of_it(
    client: FlaskClient, programmes: Programmes
) -> None:
    document = released(client, programmes, DRAFT, FINAL, lang="en")

    assert [text_of(heading) for heading in document.xpath("//main//h3")] == [
        "Cancelled 1",
        "Moved 1",
        "New 1",
        "Changed otherwise 1",
    ]


def test_a_move_is_told_from_where_to_where(client: FlaskClient, programmes: Programmes) -> None:
    moved = change(released(client, programmes, DRAFT, FINAL), "4CDFGH")

    day = "چوارشەممە، 18ی کانوونی دووەم"
    assert [text_of(place) for place in moved.xpath(".//del")] == [
        f"{day}، 10:00–11:00، ژووری زاگرۆس"
    ]
    assert [text_of(place) for place in moved.xpath(".//ins")] == [
        f"{day}، 10:00–11:00، هۆڵی دیجلە"
    ]
    assert len(moved.xpath(".//bdi[@dir='ltr']")) == 2


def test_an_event_of_one_day_is_told_without_the_day(
    client: FlaskClient, programmes: Programmes
) -> None:
    event = msgspec.structs.replace(EVENT, last_day=EVENT.first_day)
    releases = [msgspec.structs.replace(each, event=event) for each in (DRAFT, FINAL)]

    moved = change(released(client, programmes, *releases), "4CDFGH")

    assert text_of(moved.xpath(".//del")[0]) == "10:00–11:00، ژووری زاگرۆس"


def test_words_of_a_title_that_changed_are_marked_in_its_own_direction(
    client: FlaskClient, programmes: Programmes
) -> None:
    reworded = change(released(client, programmes, DRAFT, FINAL, lang="en"), "9CDFGH")

    (line,) = reworded.xpath(".//dd[@lang='ar'][@dir='rtl']")
    assert text_of(line) == "ماء النهر البحر"
    assert [text_of(word) for word in line.xpath("del")] == ["النهر"]
    assert [text_of(word) for word in line.xpath("ins")] == ["البحر"]


def test_a_session_that_the_programme_no_longer_holds_is_told_without_a_link(
    client: FlaskClient, programmes: Programmes
) -> None:
    after = msgspec.structs.replace(
        FINAL,
        release=msgspec.structs.replace(FINAL.release, number=3),
        sessions=FINAL.sessions[:3],
    )

    document = released(client, programmes, DRAFT, FINAL, after)

    assert "چا" in {text_of(title) for title in document.xpath("//h4[not(a)]")}


def test_a_change_of_the_time_zone_is_told(client: FlaskClient, programmes: Programmes) -> None:
    elsewhere = msgspec.structs.replace(
        FINAL, event=msgspec.structs.replace(EVENT, time_zone="Asia/Beirut")
    )

    document = released(client, programmes, DRAFT, elsewhere, lang="en")

    assert "Asia/Beirut" in text_of(document.xpath("//section[@id='release-2']")[0])


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_nothing_in_it_names_somebody_who_is_no_longer_named(
    client: FlaskClient, programmes: Programmes, lang: str
) -> None:
    before = msgspec.structs.replace(
        PROGRAMME, release=msgspec.structs.replace(PROGRAMME.release, number=1)
    )
    after = msgspec.structs.replace(
        PROGRAMME,
        speakers=(),
        sessions=tuple(msgspec.structs.replace(each, people=()) for each in PROGRAMME.sessions),
    )

    told = text_of(released(client, programmes, before, after, lang=lang))

    for name in ("Siduri", "سيدوري", "سیدوری", "CDFGHJ", "A voice", "صوت"):
        assert name not in told


def test_a_new_release_gives_a_new_page_and_the_old_one_is_known(
    client: FlaskClient, programmes: Programmes
) -> None:
    programmes.release(DRAFT)
    first = client.get("/ckb/river-days/changes")
    known = {"If-None-Match": first.headers["ETag"]}

    assert client.get("/ckb/river-days/changes", headers=known).status_code == 304
    programmes.release(FINAL)
    assert client.get("/ckb/river-days/changes", headers=known).status_code == 200
    assert published(FINAL).digest != published(DRAFT).digest


def test_an_unknown_event_has_no_changes(client: FlaskClient) -> None:
    assert client.get("/ckb/sea-days/changes").status_code == 404
