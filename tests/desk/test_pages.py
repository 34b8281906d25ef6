"""The pages that belong to no event: the preview of texts, and the language of the desk."""

import re

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from planner.desk.forms import DeskForm, TextsField
from planner.desk.pages import safe_next
from planner.i18n.languages import language
from tests.conftest import BASE_URL
from tests.desks import make_user, signed_in

PREVIEW = "/desk/account/preview"
CALL = "**الماء** حقٌّ للجميع\n\n<script>alert(1)</script>"


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    """Return the browser of somebody who is signed in, and need not send tokens."""
    app.config["WTF_CSRF_ENABLED"] = False
    return signed_in(app, make_user())


def test_a_text_is_shown_as_it_will_look(desk: FlaskClient) -> None:
    answer = desk.post(PREVIEW, data={"text": CALL})
    assert answer.status_code == 200
    assert "<strong>الماء</strong>" in answer.text
    assert "<script" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_nobody_else_has_texts_rendered(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    assert client.post(PREVIEW, data={"text": CALL}).status_code == 401


class CallForm(DeskForm):
    """A form with one long text."""

    call = TextsField("Call", lines=6)


def test_without_script_the_form_comes_back_with_what_a_text_will_look_like(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    sent = {"call-ar": CALL, "call-en": "*Water*", "preview": "call-ar"}
    with app.test_request_context("/desk/", method="POST", data=sent):
        form = CallForm(languages=("en", "ar"))
        assert not form.validate_on_submit()
        assert form.errors == {}
        page = render_template_string(
            '{% from "components/forms.html" import texts with context %}{{ texts(form, "call") }}',
            form=form,
            language=language,
            language_name=str,
        )
    shown = re.findall(r'<div class="preview prose"[^>]*>', page)
    assert ["hidden" in tag for tag in shown] == [True, False]
    assert '<div class="preview prose" lang="ar" dir="rtl" tabindex="-1" autofocus>' in page
    assert "<strong>الماء</strong>" in page
    assert "<em>Water</em>" not in page


def test_the_desk_speaks_the_language_that_was_chosen(desk: FlaskClient) -> None:
    answer = desk.post("/desk/account/language", data={"language": "ckb", "next": "/desk/"})
    assert answer.location == "/desk/"
    assert '<html lang="ckb" dir="rtl">' in desk.get("/desk/").text


@pytest.mark.parametrize("code", ["", "de", "../en"])
def test_a_language_that_the_desk_does_not_speak_is_refused(desk: FlaskClient, code: str) -> None:
    assert desk.post("/desk/account/language", data={"language": code}).status_code == 400


@pytest.mark.parametrize("address", ["/desk/", "/desk/river-days/?day=2017-01-18", "/desk/#undo"])
def test_one_is_sent_on_within_this_site(address: str) -> None:
    assert safe_next(address) == address


@pytest.mark.parametrize(
    "address",
    ["", "desk/", "//evil.example", "/\\evil.example", BASE_URL, "javascript:alert(1)", "/a\n/b"],
)
def test_nobody_is_sent_on_to_elsewhere(address: str) -> None:
    assert safe_next(address) is None
