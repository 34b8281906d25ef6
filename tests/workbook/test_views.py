"""The page of spreadsheets: out, a look at what would change, and in."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from planner.accounts.models import MemberRole, User
from planner.extensions import db
from planner.journal.queries import entries
from planner.speakers.models import Visibility
from planner.workbook.reading import read_file
from tests.desks import organizer, went_by
from tests.imports.plans import event_of, rows
from tests.plans import ENKIDU, SLUG, WATER, ZIN, make_plan, plan_to_change
from tests.statements import statements
from tests.workbook.files import table_of

_PAGE = f"/desk/{SLUG}/spreadsheets"


@pytest.fixture(autouse=True)
def plan(app: Flask) -> None:
    """Make the small event, whose forms are sent without a page before them."""
    make_plan()
    app.config["WTF_CSRF_ENABLED"] = False


def _bring(client: FlaskClient, content: bytes, names: str = "withheld") -> TestResponse:
    file = (BytesIO(content), "../plan.csv")
    data = {"file": file, "names": names}
    response = client.post(_PAGE, data=data, content_type="multipart/form-data")
    # A long body is a file, which the client ends only where it follows redirections.
    response.request.input_stream.close()
    return response


def _agreed(page: TestResponse) -> str:
    found = re.search(r'name="agreed"[^>]*value="([0-9a-f]{64})"', page.text)
    assert found is not None
    return found[1]


def _kept(app: Flask) -> list[Path]:
    folder = Path(app.instance_path) / "uploads" / "imports"
    return sorted(folder.iterdir()) if folder.is_dir() else []


_CHANGE = table_of(
    {"code": WATER, "title_ar": "الماء للجميع", "title_en": "", "audience": 250, "theme": "-"},
    {"title_en": "Evening of poems", "title_ar": "مساء الشعر"},
)


def test_names_go_out_only_to_who_gave_the_password_of_late(app: Flask) -> None:
    """Rooms and themes tell nobody's name, and files without names need none either."""
    client = organizer(app)
    went_by(client, 11)
    verify = f"/desk/account/verify?next={_PAGE}"
    for file in ("plan.xlsx", "sessions.csv", "speakers.csv"):
        assert client.get(f"{_PAGE}/{file}").location == verify
    for file in ("rooms.csv", "themes.csv"):
        assert client.get(f"{_PAGE}/{file}").status_code == 200
    without = organizer(app, MemberRole.VIEWER, sees_names=False)
    went_by(without, 11)
    assert without.get(f"{_PAGE}/plan.xlsx").status_code == 200


def test_the_plan_goes_out_as_a_workbook_and_as_tables(app: Flask) -> None:
    client = organizer(app, MemberRole.VIEWER)
    response = client.get(f"{_PAGE}/plan.xlsx")
    assert response.headers["Content-Disposition"] == f'attachment; filename="{SLUG}.xlsx"'
    assert response.headers["Cache-Control"] == "no-store"
    assert [grid.name for grid in read_file(response.data).grids][:2] == ["Sessions", "Speakers"]
    for name in ("sessions", "speakers", "rooms", "themes"):
        response = client.get(f"{_PAGE}/{name}.csv")
        assert response.content_type == "text/csv; charset=utf-8"
        assert len(read_file(response.data).grids[0].rows) > 1
    assert client.get(f"{_PAGE}/budget.csv").status_code == 404


def test_without_the_names_no_file_holds_one(app: Flask) -> None:
    client = organizer(app, MemberRole.EDITOR, sees_names=False)
    for name in ("sessions.csv", "speakers.csv"):
        text = client.get(f"{_PAGE}/{name}").text
        assert ZIN in text
        assert not any(hidden in text for hidden in ("زین", "أنكيدو", "ابن البرية"))
    assert "Codes stand in place" in client.get(_PAGE).text


def test_who_only_views_is_not_asked_for_a_file(app: Flask) -> None:
    page = organizer(app, MemberRole.VIEWER).get(_PAGE).text
    assert "plan.xlsx" in page
    assert 'type="file"' not in page


def test_a_file_is_looked_at_and_then_taken(app: Flask) -> None:
    client = organizer(app, MemberRole.EDITOR)
    before = rows()
    response = _bring(client, _CHANGE)
    assert response.status_code == 302
    page = client.get(response.location)
    assert rows() == before
    for told in ("الماء للجميع", "حق الوصول إلى الماء", "Evening of poems", "taken out", "250"):
        assert told in page.text
    assert '<span lang="ar" dir="rtl">الماء للجميع</span>' in page.text
    response = client.post(response.location, data={"agreed": _agreed(page)})
    assert response.status_code == 302
    told = client.get(response.location).text
    assert "1 row is new, 1 row is changed" in told
    assert "Undo" in told
    assert event_of().sessions[1].texts["ar"].title == "الماء للجميع"
    user = db.session.scalars(select(User)).one()
    assert [entry.user_id for entry in entries(event_of().id)] == [user.id]
    assert _kept(app) == []


def test_the_whole_file_is_one_step_back(app: Flask) -> None:
    client = organizer(app, MemberRole.EDITOR)
    address = _bring(client, _CHANGE).location
    client.post(address, data={"agreed": _agreed(client.get(address))})
    (entry,) = entries(event_of().id)
    client.post(f"/desk/{SLUG}/history/{entry.id}/undo")
    db.session.expire_all()
    assert len(event_of().sessions) == 4


def test_when_the_plan_changed_meanwhile_the_look_is_taken_anew(app: Flask) -> None:
    client = organizer(app, MemberRole.EDITOR)
    address = _bring(client, _CHANGE).location
    agreed = _agreed(client.get(address))
    with plan_to_change() as changing:
        changing.sessions[WATER].texts["ar"].title = "الماء حق"
    before = rows()
    page = client.post(address, data={"agreed": agreed})
    assert page.status_code == 409
    assert "Somebody changed the plan" in page.text
    assert "الماء حق" in page.text
    assert rows() == before
    assert client.post(address, data={"agreed": _agreed(page)}).status_code == 302


def test_nothing_is_taken_that_nobody_agreed_to(app: Flask) -> None:
    client = organizer(app, MemberRole.EDITOR)
    address = _bring(client, _CHANGE).location
    before = rows()
    for data in ({}, {"agreed": ""}, {"agreed": "0" * 64}):
        assert client.post(address, data=data).status_code == 409
    assert rows() == before


def test_what_is_refused_is_told_and_cannot_be_taken(app: Flask) -> None:
    client = organizer(app, MemberRole.EDITOR)
    bad = table_of({"code": WATER, "title_ar": "الماء للجميع", "room": "<b>قاعة</b>"})
    address = _bring(client, bad).location
    page = client.get(address)
    assert "There is no room “<bdi>&lt;b&gt;قاعة&lt;/b&gt;</bdi>”" in page.text
    assert "row <bdi>2</bdi>, column <bdi>room</bdi>" in page.text
    assert "Take it all" not in page.text
    before = rows()
    assert client.post(address, data={"agreed": _agreed_of(page)}).status_code in {200, 409}
    assert rows() == before


def _agreed_of(page: TestResponse) -> str:
    return "0" * 64 if "agreed" not in page.text else _agreed(page)


def test_what_changes_nothing_says_so(app: Flask) -> None:
    client = organizer(app, MemberRole.EDITOR)
    content = client.get(f"{_PAGE}/plan.xlsx").data
    page = client.get(_bring(client, content).location)
    assert "The plan says all of this already" in page.text
    assert "Take it all" not in page.text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty."),
        (b"room,date\nx,y\n", "There is no column of titles"),
        (b"PK\x03\x04rubbish", "The file is damaged"),
        (b"<schedule/>", "The file is neither an Excel workbook"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_beside_the_field(
    app: Flask, content: bytes, told: str
) -> None:
    response = _bring(organizer(app, MemberRole.EDITOR), content)
    assert response.status_code == 422
    assert re.search(rf'id="file-errors"><li>{told}', response.text)
    assert _kept(app) == []


def test_no_file_is_told_beside_the_field(app: Flask) -> None:
    response = organizer(app, MemberRole.EDITOR).post(_PAGE, data={"names": "withheld"})
    assert response.status_code == 422
    assert "Choose a file first." in response.text


def test_a_file_of_six_megabytes_is_told_beside_the_field(app: Flask) -> None:
    client = organizer(app, MemberRole.EDITOR)
    response = _bring(client, b"x" * (6 * 1024 * 1024))
    assert response.status_code == 413
    assert 'id="file-errors"><li>The file is larger than 5 MB.' in response.text
    assert response.headers["Connection"] == "close"


def test_who_is_new_is_withheld_unless_one_says_otherwise(app: Flask) -> None:
    client = organizer(app, MemberRole.EDITOR)
    for name, visibility in (("Layla", "withheld"), ("Shirin", "public")):
        row = {"code": WATER, "title_ar": "", "speakers": name}
        address = _bring(client, table_of(row), visibility).location
        client.post(address, data={"agreed": _agreed(client.get(address))})
    new = [speaker.visibility for speaker in event_of().speakers[3:]]
    assert new == [Visibility.WITHHELD, Visibility.PUBLIC]


def test_the_file_of_another_organizer_is_not_there(app: Flask) -> None:
    address = _bring(organizer(app, MemberRole.EDITOR), _CHANGE).location
    other = organizer(app, MemberRole.OWNER)
    assert other.get(address).status_code == 404
    assert other.post(address).status_code == 404
    other.post(f"{address}/discard")
    assert len(_kept(app)) == 1


def test_a_file_can_be_given_up(app: Flask) -> None:
    client = organizer(app, MemberRole.EDITOR)
    address = _bring(client, _CHANGE).location
    before = rows()
    response = client.post(f"{address}/discard")
    assert (response.status_code, _kept(app)) == (302, [])
    assert client.get(address).status_code == 404
    assert rows() == before


def test_without_the_names_the_look_shows_none(app: Flask) -> None:
    client = organizer(app, MemberRole.EDITOR, sees_names=False)
    row = {"code": WATER, "title_ar": "", "speakers": f"{ENKIDU}; زين"}
    page = client.get(_bring(client, table_of(row)).location).text
    assert ENKIDU in page
    assert not any(hidden in page for hidden in ("أنكيدو", "زین"))


def test_long_texts_show_what_differs(app: Flask) -> None:
    client = organizer(app, MemberRole.EDITOR)
    told = " ".join(str(number) for number in range(400))
    with plan_to_change() as changing:
        changing.sessions[WATER].texts["ar"].abstract = told
    row = {"code": WATER, "title_ar": "", "abstract_ar": told.replace(" 200 ", " مئتان ")}
    page = client.get(_bring(client, table_of(row)).location).text
    assert "مئتان" in page
    assert " 100 101 " not in page
    assert " 199 " in page


def test_what_is_listed_has_the_comma_of_the_language(app: Flask) -> None:
    client = organizer(app, MemberRole.EDITOR, lang="ar")
    bad = table_of({"code": WATER, "title_ar": "", "state": "half"})
    page = client.get(_bring(client, bad).location).text
    assert "<bdi>proposed</bdi>، <bdi>accepted</bdi>" in page


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_the_pages_speak_the_language_of_the_desk(app: Flask, lang: str) -> None:
    client = organizer(app, MemberRole.EDITOR, lang=lang)
    assert f'<html lang="{lang}" dir="rtl">' in client.get(_PAGE).text
    assert client.get(_bring(client, _CHANGE).location).status_code == 200


def test_the_statements_of_a_look_do_not_grow_with_the_file(app: Flask) -> None:
    client = organizer(app, MemberRole.EDITOR)
    counts = []
    for size in (2, 60):
        rows_ = ({"title_en": f"Talk {n}", "speakers": f"Person {n}"} for n in range(size))
        address = _bring(client, table_of(*rows_)).location
        with statements() as sent:
            client.get(address)
        counts.append(len(sent))
    assert counts[0] == counts[1]
