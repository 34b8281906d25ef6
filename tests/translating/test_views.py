"""The pages of the translation desk."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from planner.accounts.models import MemberRole
from planner.events.models import LabelState, TextState, Theme
from planner.extensions import db
from planner.journal.models import Entry
from planner.journal.recording import recorded
from planner.journal.words import action
from planner.sessions.models import Session
from planner.sessions.operations import set_text as set_session_text
from tests.desks import organizer
from tests.plans import OPENING, SIDURI, SLUG, WATER, WOMEN, ZIN, make_plan, plan_to_change

DESK = f"/desk/{SLUG}/translations"
UNIT = f"{DESK}/en/session-{WATER}"


@pytest.fixture
def translator(app: Flask) -> FlaskClient:
    """Return the browser of a translator into English, who may know nobody."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    return organizer(app, MemberRole.TRANSLATOR, languages=("en",), sees_names=False)


def _hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input[^>]* name="(base|source)"[^>]* value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def _save(
    client: FlaskClient, address: str = UNIT, *, page: str = "", **entered: str
) -> TestResponse:
    """Send the form of a page as it was read, with something entered."""
    page = page or client.get(address).text
    return client.post(
        address, data={**_hidden(page), "title": "", "abstract": "", "state": "draft", **entered}
    )


def test_the_overview_leads_to_what_is_left(translator: FlaskClient) -> None:
    """Languages, with numbers in words, and the way to the list."""
    page = translator.get(DESK)
    assert page.status_code == 200
    assert "0 of 10 reviewed" in page.text
    assert f'href="{DESK}/en?state=todo"' in page.text
    assert f'href="{DESK}/en?kind=session&amp;state=missing"' in page.text


def test_the_list_finds_words_however_they_are_spelt(translator: FlaskClient) -> None:
    """A hamza that nobody types is none that one must type."""
    page = translator.get(f"{DESK}/en?q=الى الماء")
    assert f"{DESK}/en/session-{WATER}" in page.text
    assert WOMEN not in page.text
    assert "No text is like that" in translator.get(f"{DESK}/en?q=xyzzy").text


def test_the_list_filters_by_kind_and_standing(translator: FlaskClient) -> None:
    """What is no word of the filter filters nothing."""
    assert "session-" not in translator.get(f"{DESK}/en?kind=theme").text.split("<table")[1]
    assert "No text is like that" in translator.get(f"{DESK}/en?state=stale").text
    assert translator.get(f"{DESK}/en?kind=nonsense&state=nonsense&page=x").status_code == 200


def test_a_translation_is_saved_beside_its_original(translator: FlaskClient) -> None:
    """The original is shown in its language and direction, and the text is kept."""
    page = translator.get(UNIT).text
    assert '<div class="told" lang="ar" dir="rtl">حق الوصول إلى الماء</div>' in page
    answer = _save(translator, page=page, title="The right to water", abstract="From the spring.")
    assert answer.status_code == 302
    assert answer.location == UNIT
    page = translator.get(UNIT).text
    assert 'value="The right to water"' in page
    entry = db.session.scalars(select(Entry)).one()
    assert entry.action == "text.translated"
    assert entry.facts["language"] == {"language": "en"}


def test_save_and_next_goes_on_to_the_next_that_is_to_be_done(translator: FlaskClient) -> None:
    """In the same filter, around its end, until nothing is left there."""
    first = f"{DESK}/en/session-{OPENING}?kind=session"
    answer = _save(translator, first, title="Opening", abstract="From.", then="next")
    assert answer.location == f"{DESK}/en/session-{WATER}?kind=session"
    theme = f"{DESK}/en/theme-women?kind=theme"
    page = translator.get(theme).text
    answer = translator.post(
        theme, data={**_hidden(page), "name": "Women", "state": "reviewed", "then": "next"}
    )
    assert answer.location == f"{DESK}/en/theme-water?kind=theme"
    page = translator.get(answer.location).text
    answer = translator.post(
        answer.location, data={**_hidden(page), "name": "Water", "state": "draft", "then": "next"}
    )
    assert answer.location == f"{DESK}/en?kind=theme"
    assert "Nothing else is left to do here." in translator.get(answer.location).text


def test_skipping_changes_nothing(translator: FlaskClient) -> None:
    """It only goes on."""
    answer = translator.get(f"{UNIT}/next?kind=session")
    assert answer.location == f"{DESK}/en/session-{WOMEN}?kind=session"
    assert db.session.scalars(select(Entry)).all() == []


def test_a_translator_writes_only_their_languages_and_no_original(translator: FlaskClient) -> None:
    """They can read the others."""
    kurdish = UNIT.replace("/en/", "/ckb/")
    assert "<textarea" not in translator.get(kurdish).text
    assert translator.post(kurdish, data={"title": "ئاو"}).status_code == 403
    assert translator.post(UNIT.replace("/en/", "/ar/"), data={"title": "x"}).status_code == 403
    assert db.session.scalars(select(Entry)).all() == []


def test_nobody_changes_an_original_here(app: Flask) -> None:
    """Not even an owner: it is changed where it is entered."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    client = organizer(app)
    arabic = UNIT.replace("/en/", "/ar/")
    page = client.get(arabic).text
    assert "it is the original" in page
    assert "<textarea" not in page
    assert client.post(arabic, data={"title": "x", "state": "draft"}).status_code == 403


def test_viewers_read_only(app: Flask) -> None:
    """They see where every text stands, and no form."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    client = organizer(app, MemberRole.VIEWER)
    assert client.get(DESK).status_code == 200
    assert client.get(f"{DESK}/en").status_code == 200
    assert "<textarea" not in client.get(UNIT).text
    assert client.post(UNIT).status_code == 403


def test_what_is_not_there_is_not_found(translator: FlaskClient) -> None:
    """Neither a language that the event has not, nor a speaker whom one may not know."""
    for address in (
        f"{DESK}/de",
        f"{DESK}/de/session-{WATER}",
        f"{DESK}/de/session-{WATER}/next",
        f"{DESK}/en/session-ZZZZZZ",
        f"{DESK}/en/speaker-{ZIN}",
        f"{DESK}/en/day-2017-01-18",
        f"{DESK}/en/day-nonsense",
        f"{DESK}/en/event-principle-1",
        f"{DESK}/en/nonsense",
    ):
        assert translator.get(address).status_code == 404, address
    assert translator.get(f"{DESK}/en/speaker-{SIDURI}").status_code == 200


def test_two_translators_of_two_languages_do_not_meet(app: Flask) -> None:
    """The session's version has changed, but nothing that the other one read."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    client = organizer(app)
    kurdish = UNIT.replace("/en/", "/ckb/")
    page, other = client.get(UNIT).text, client.get(kurdish).text
    assert _save(client, page=page, title="Water").status_code == 302
    assert _save(client, kurdish, page=other, title="ئاو").status_code == 302


def test_two_translators_of_one_language_lose_nothing(app: Flask) -> None:
    """The second one sees what both wrote, and saves again knowingly."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    client = organizer(app)
    page = client.get(UNIT).text
    _save(client, page=page, title="Water for all", abstract="Theirs.")
    answer = _save(client, page=page, title="The right to water")
    assert answer.status_code == 409
    assert 'value="The right to water"' in answer.text
    assert "Water for all" in answer.text
    assert "Theirs." in answer.text  # taken over: only they wrote it
    answer = _save(client, page=answer.text, title="The right to water", abstract="Theirs.")
    assert answer.status_code == 302
    assert 'value="The right to water"' in client.get(UNIT).text


def test_an_original_that_changed_while_one_wrote_is_shown_before_saving(
    translator: FlaskClient,
) -> None:
    """What was translated is another text by now."""
    page = translator.get(UNIT).text
    with plan_to_change() as plan:
        set_session_text(plan.sessions[WATER], "ar", title="الماء للجميع", state=TextState.REVIEWED)
    answer = _save(translator, page=page, title="The right to water")
    assert answer.status_code == 409
    assert "الماء للجميع" in answer.text
    assert "The original was changed while you wrote" in answer.text
    assert 'value="The right to water"' in answer.text
    assert _save(translator, page=answer.text, title="Water for all").status_code == 302


def test_what_is_incomplete_is_not_reviewed(translator: FlaskClient) -> None:
    """It says what is missing, and keeps what was typed."""
    answer = _save(translator, title="The right to water", state="reviewed")
    assert answer.status_code == 422
    assert "Something is missing still: Abstract." in answer.text
    assert 'value="The right to water"' in answer.text


def test_what_a_translation_lost_is_said_gently(translator: FlaskClient) -> None:
    """Addresses and numbers; it is saved all the same."""
    with plan_to_change() as plan:
        set_session_text(
            plan.sessions[WATER],
            "ar",
            title="الماء",
            abstract="منذ ١٩٩١، انظر https://water.example/اهوار.",
            state=TextState.REVIEWED,
        )
    answer = _save(translator, title="Water", abstract="Since 1990.", then="next")
    assert answer.status_code == 302
    assert "https://water.example/اهوار, 1991" in translator.get(answer.location).text
    assert 'id="abstract-lost"' in translator.get(UNIT).text


def test_a_stale_translation_shows_what_changed_and_can_be_confirmed(app: Flask) -> None:
    """By whom the original was changed, word by word, with a way to say that all is right."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    client = organizer(app)
    _save(client, title="The right to water", abstract="From.", state="reviewed")
    user_id = db.session.scalars(select(Entry.user_id)).one()
    event_id = db.session.scalars(select(Entry.event_id)).one()
    with recorded(event_id, user_id, action("session.edited-in-test", "Edited")) as record:
        session = record.database.scalars(select(Session).where(Session.code == WATER)).one()
        session.texts["ar"].title = "حق الوصول إلى الماء للجميع"
    page = client.get(UNIT).text
    assert "The original has changed since it was translated" in page
    assert re.search(r"<ins>.*للجميع.*</ins>", page)
    assert "<del>" not in page
    assert "Owner" in page
    assert "Original changed" in client.get(f"{DESK}/en?state=stale").text
    answer = _save(
        client, title="The right to water", abstract="From.", state="reviewed", then="right"
    )
    assert answer.status_code == 302
    assert "The original has changed" not in client.get(UNIT).text
    newest = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert newest is not None
    assert newest.action == "text.confirmed"


def test_a_preview_saves_nothing(translator: FlaskClient) -> None:
    """Without script the page comes back with the text as it will look."""
    answer = _save(translator, title="Water", abstract="From *the* spring.", preview="abstract")
    assert answer.status_code == 200
    assert "<em>the</em>" in answer.text
    assert 'value="Water"' in answer.text
    assert db.session.scalars(select(Entry)).all() == []


def test_a_speaker_is_a_number_in_the_journal(app: Flask) -> None:
    """The name stands in no fact, and the page of those who may know it has it."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    client = organizer(app)
    address = f"{DESK}/en/speaker-{ZIN}"
    page = client.get(address).text
    assert "زین" in page
    answer = client.post(
        address,
        data={**_hidden(page), "display_name": "Zin", "organisation": "", "state": "machine"},
    )
    assert answer.status_code == 302
    entry = db.session.scalars(select(Entry)).one()
    assert entry.action == "text.speaker_translated"
    assert entry.facts == {"title": {"speaker": 3}, "language": {"language": "en"}}


def test_what_changed_is_shown_for_labels_too(app: Flask) -> None:
    """Of a theme, whose name stands in a map among others."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    client = organizer(app)
    address = f"{DESK}/en/theme-water"
    page = client.get(address).text
    client.post(address, data={**_hidden(page), "name": "Water", "state": "reviewed"})
    entry = db.session.scalars(select(Entry)).one()
    with recorded(entry.event_id, entry.user_id, action("theme.tried", "Tried")) as record:
        theme = record.database.scalars(select(Theme).where(Theme.slug == "water")).one()
        theme.name = {**theme.name, "ar": "الماء والأنهار"}
    page = client.get(address).text
    assert re.search(r"<ins>.*والأنهار.*</ins>", page)
    with recorded(entry.event_id, entry.user_id, action("theme.tried", "Tried")) as record:
        state = record.database.scalars(select(LabelState).where(LabelState.lang == "en")).one()
        state.source_digest = "0" * 64
    assert "Nobody noted what it was before" in client.get(address).text


def test_emptying_all_fields_takes_a_translation_away(translator: FlaskClient) -> None:
    """And undo would bring it back."""
    _save(translator, title="Water", abstract="From.")
    answer = _save(translator)
    assert answer.status_code == 302
    newest = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert newest is not None
    assert newest.action == "text.removed"
    assert "Missing" in translator.get(UNIT).text


def test_what_was_typed_for_a_text_that_is_gone_is_kept(
    app: Flask, translator: FlaskClient
) -> None:
    page = translator.get(UNIT).text
    organizer(app).post(f"/desk/{SLUG}/sessions/{WATER}/delete")
    gone = _save(translator, page=page, title="Water for all")
    assert gone.status_code == 409
    assert "Water for all</textarea>" in gone.text
    assert "deleted (<bdi>Owner</bdi>, just now)" in gone.text
