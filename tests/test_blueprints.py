"""The desk's addresses beside the public ones: readers pay nothing for organizers' sessions."""

from flask import Flask

from tests.desks import organizer
from tests.plans import SLUG, make_plan, released


def test_a_public_page_looks_for_no_session_even_where_there_is_one(app: Flask) -> None:
    make_plan()
    released()
    client = organizer(app)
    answer = client.get(f"/en/{SLUG}/programme")
    assert answer.status_code == 200
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "Set-Cookie" not in answer.headers


def test_a_page_of_the_desk_depends_on_the_session(app: Flask) -> None:
    make_plan()
    answer = organizer(app).get(f"/desk/{SLUG}/history")
    assert answer.status_code == 200
    assert "Cookie" in answer.headers["Vary"]
    assert answer.headers["Cache-Control"] == "no-store"
