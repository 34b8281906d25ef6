"""What went wrong in the desk is said in the desk."""

import pytest
from flask import Flask

from planner.accounts.models import MemberRole
from tests.desks import organizer
from tests.plans import SLUG, make_plan


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_a_page_that_is_not_there_leads_back_to_the_desk(app: Flask, lang: str) -> None:
    make_plan()
    answer = organizer(app, lang=lang).get(f"/desk/{SLUG}/nothing/here")
    assert answer.status_code == 404
    assert f'lang="{lang}"' in answer.text
    assert 'href="/desk/"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_one_may_not_do_is_said_with_whom_to_ask(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    answer = organizer(app, MemberRole.VIEWER).post(f"/desk/{SLUG}/history/1/undo")
    assert answer.status_code == 403
    assert "Ask one of its owners" in answer.text


def test_a_method_that_is_not_taken_keeps_its_header(app: Flask) -> None:
    make_plan()
    answer = organizer(app).get(f"/desk/{SLUG}/history/1/undo")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_an_address_outside_of_the_desk_is_answered_as_to_readers(app: Flask) -> None:
    answer = app.test_client().get("/en/nothing/programme")
    assert answer.status_code == 404
    assert "/desk/" not in answer.text
