"""What went wrong in the desk is said in the desk."""

import re

import pytest
from flask import Flask

from planner.accounts.models import MemberRole
from tests.conftest import BASE_URL
from tests.desks import make_user, organizer, signed_in
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


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_a_form_without_its_token_is_refused_in_the_language_of_the_desk(
    app: Flask, lang: str
) -> None:
    answer = signed_in(app, make_user(), lang=lang).post("/desk/account/logout")
    assert answer.status_code == 400
    assert f'<html lang="{lang}"' in answer.text


@pytest.mark.parametrize(
    ("said", "status"),
    [("cross-site", 403), ("same-origin", 302), ("same-site", 302), ("none", 302), (None, 302)],
)
def test_a_form_that_another_site_sent_is_refused_whatever_its_token(
    app: Flask, said: str | None, status: int
) -> None:
    """Browsers say so by themselves; where one says nothing, the token decides."""
    client = signed_in(app, make_user())
    headers = {"Sec-Fetch-Site": said} if said else {}
    page = client.get("/desk/account/security", headers=headers)
    assert page.status_code == 200  # a link from elsewhere may lead here
    address = "/desk/account/logout"
    data = {"csrf_token": re.findall(r'name="csrf_token" value="([^"]+)"', page.text)[0]}
    referrer = {"Referer": f"{BASE_URL}/desk/account/security"}
    answer = client.post(address, data=data, headers={**headers, **referrer})
    assert answer.status_code == status
    refused = client.post(address, headers=headers)
    assert refused.status_code == (status if status == 403 else 400)


def test_a_method_that_is_not_taken_keeps_its_header(app: Flask) -> None:
    make_plan()
    answer = organizer(app).get(f"/desk/{SLUG}/history/1/undo")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_an_address_outside_of_the_desk_is_answered_as_to_readers(app: Flask) -> None:
    answer = app.test_client().get("/en/nothing/programme")
    assert answer.status_code == 404
    assert "/desk/" not in answer.text
