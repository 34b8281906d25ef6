"""The pages that show where a name stands, and take it out."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from planner.accounts.models import MemberRole
from planner.database import BusyError
from planner.extensions import db
from planner.releases.models import Release
from planner.removal import sweeping
from planner.removal.sweeping import left
from planner.speakers.models import Speaker
from tests.desks import join, make_user, signed_in, went_by
from tests.plans import ENKIDU, SIDURI, SLUG, WATER, plan_to_change
from tests.removal.scene import ARABIC, EMAIL, ENGLISH, FORMER, KURDISH, Scene
from tests.statements import statements

NAME = f"/desk/{SLUG}/speakers/{SIDURI}/remove"
SESSION = f"/desk/{SLUG}/sessions/{WATER}/remove"


@pytest.fixture
def desk(scene: Scene) -> FlaskClient:
    """Return the browser of the owner, who may know names."""
    scene.app.config["WTF_CSRF_ENABLED"] = False
    return signed_in(scene.app, scene.user_id)


def number_of_releases() -> int:
    """Return how many releases there are."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Release)) or 0


def words(page: str) -> str:
    """Return what a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_they_speak_the_language_of_the_desk(scene: Scene, lang: str) -> None:
    browser = signed_in(scene.app, scene.user_id, lang=lang)
    for address in (NAME, SESSION, f"/desk/{SLUG}/removals"):
        page = browser.get(address)
        assert page.status_code == 200
        assert f'<html lang="{lang}"' in page.text


def test_the_page_shows_where_the_name_stands_before_anything_happens(desk: FlaskClient) -> None:
    told = words(desk.get(NAME).text)
    for name in (ARABIC, KURDISH, ENGLISH, FORMER, EMAIL):
        assert name in told
    assert "Among the speakers, with a page of their own: releases 1–3" in told
    assert f"Session لقاء مع {ARABIC}, Title (Arabic): releases 3" in told
    assert "Event, Call (English): releases 2–3" in told
    assert "Event, Note of a release (Arabic): releases 2" in told
    assert "Session لقاء مع إنانا بنت الخابور, Remark: the plan" in told
    assert "The release that waits for its hour is rewritten as well" in told
    assert "3 entries of the history are rewritten." in told
    assert "1 entry of the history can then be undone no more." in told
    assert "What cannot be recalled" in told
    assert "Backups that were made before" in told
    assert number_of_releases() == 3


def test_words_of_the_name_alone_are_told_and_left(desk: FlaskClient) -> None:
    with plan_to_change() as plan:
        plan.sessions[WATER].texts["ar"].abstract = "رواية عن الخابور"
    told = words(desk.get(NAME).text)
    assert "رواية عن الخابور" in told.partition("For you to look at")[2]
    desk.post(NAME, data={"way": "erase", "understood": "y"})
    with plan_to_change() as plan:
        assert plan.sessions[WATER].texts["ar"].abstract == "رواية عن الخابور"


def test_words_that_stand_everywhere_are_not_listed(desk: FlaskClient) -> None:
    with plan_to_change() as plan:
        plan.event.principles = [{"ar": f"رواية {number} عن الخابور"} for number in range(21)]
        plan.sessions[WATER].texts["ar"].abstract = "الخابور وإنانا"
    told = words(desk.get(NAME).text).partition("For you to look at")[2]
    assert "رواية 3 عن الخابور" not in told
    assert "الخابور وإنانا" in told
    assert "Not listed, because too many texts have it: الخابور" in told


def test_it_removes_a_name(scene: Scene, desk: FlaskClient) -> None:
    fields = {"way": "erase", "understood": "y"}
    answer = desk.post(NAME, data=fields)
    assert answer.headers["Location"] == f"/desk/{SLUG}/releases"
    assert number_of_releases() == 4
    assert left(scene.instance) is None
    for page in ("history", f"speakers/{SIDURI}", "releases", "speakers"):
        assert ARABIC not in desk.get(f"/desk/{SLUG}/{page}").text
    assert "Name of speaker <bdi>1</bdi> removed" in desk.get(f"/desk/{SLUG}/history").text


def test_it_removes_a_session(desk: FlaskClient) -> None:
    fields = {"way": "withhold", "understood": "y"}
    answer = desk.post(SESSION, data=fields)
    assert answer.headers["Location"] == f"/desk/{SLUG}/releases"
    assert number_of_releases() == 4
    assert f"Session <bdi>{WATER}</bdi> removed" in desk.get(f"/desk/{SLUG}/history").text


@pytest.mark.parametrize(
    "fields", [{}, {"way": "erase"}, {"understood": "y", "way": "burn"}, {"way": "withhold"}]
)
@pytest.mark.parametrize("address", [NAME, SESSION])
def test_nothing_happens_before_its_reader_has_read(
    desk: FlaskClient, address: str, fields: dict[str, str]
) -> None:
    answer = desk.post(address, data=fields)
    assert answer.status_code == 422
    assert "Nothing was removed yet" in answer.text
    assert number_of_releases() == 3


def test_it_asks_for_a_token(scene: Scene, desk: FlaskClient) -> None:
    scene.app.config["WTF_CSRF_ENABLED"] = True
    assert desk.post(NAME, data={"way": "erase", "understood": "y"}).status_code == 400
    assert desk.post(f"/desk/{SLUG}/removals").status_code == 400
    assert number_of_releases() == 3


def test_it_asks_for_the_password_again(desk: FlaskClient) -> None:
    fields = {"way": "erase", "understood": "y"}
    went_by(desk, 11)
    for address in (NAME, SESSION, f"/desk/{SLUG}/removals"):
        assert "/account/verify" in desk.get(address).headers["Location"]
    assert "/account/verify" in desk.post(NAME, data=fields).headers["Location"]
    assert number_of_releases() == 3


@pytest.mark.parametrize(
    ("role", "sees_names"),
    [
        (MemberRole.OWNER, False),
        (MemberRole.EDITOR, False),
        (MemberRole.TRANSLATOR, True),
        (MemberRole.VIEWER, True),
    ],
)
def test_who_may_not_know_names_or_publish_gets_nowhere(
    scene: Scene, role: MemberRole, sees_names: bool
) -> None:
    user_id = make_user("other@desk.example")
    join(user_id, role, sees_names=sees_names)
    browser = signed_in(scene.app, user_id)
    scene.app.config["WTF_CSRF_ENABLED"] = False
    for address in (NAME, SESSION, f"/desk/{SLUG}/removals"):
        assert browser.get(address).status_code == 403
        assert browser.post(address, data={"way": "erase", "understood": "y"}).status_code == 403
    assert NAME not in browser.get(f"/desk/{SLUG}/speakers/{SIDURI}").text
    assert number_of_releases() == 3


def test_the_pages_of_speakers_and_sessions_lead_there(desk: FlaskClient) -> None:
    assert NAME in desk.get(f"/desk/{SLUG}/speakers/{SIDURI}").text
    assert NAME in desk.get(f"/desk/{SLUG}/speakers/{SIDURI}/delete").text
    assert SESSION in desk.get(f"/desk/{SLUG}/sessions/{WATER}").text


@pytest.mark.parametrize("address", ["speakers/GGGGGG/remove", "sessions/GGGGGG/remove"])
def test_what_was_never_there_is_not_found(desk: FlaskClient, address: str) -> None:
    assert desk.get(f"/desk/{SLUG}/{address}").status_code == 404


def test_a_pseudonym_is_asked_about(desk: FlaskClient) -> None:
    assert 'name="pseudonym"' not in desk.get(NAME).text
    with plan_to_change() as plan:
        plan.speakers[ENKIDU].texts["ar"].pseudonym = "ابن البرية"
    assert 'name="pseudonym"' in desk.get(f"/desk/{SLUG}/speakers/{ENKIDU}/remove").text


def test_where_sweeping_fails_it_says_so_and_offers_to_do_it_again(
    scene: Scene, desk: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy() -> None:
        raise BusyError("somebody reads")

    fields = {"way": "erase", "understood": "y"}
    with monkeypatch.context() as patched:
        patched.setattr(sweeping, "scrub", busy)
        answer = desk.post(NAME, data=fields)
        assert answer.headers["Location"] == f"/desk/{SLUG}/removals"
        page = desk.get(f"/desk/{SLUG}/removals").text
        assert "may still hold it between their pages" in page
        again = desk.post(f"/desk/{SLUG}/removals")
        assert again.status_code == 409
    done = desk.post(f"/desk/{SLUG}/removals")
    assert done.headers["Location"] == f"/desk/{SLUG}/releases"
    assert left(scene.instance) is None
    assert "Nothing is left" in desk.get(f"/desk/{SLUG}/removals").text


def test_the_page_asks_the_database_as_often_for_many_mentions(
    scene: Scene, desk: FlaskClient
) -> None:
    with statements() as few:
        desk.get(NAME)
    with plan_to_change() as plan:
        for session in plan.sessions.values():
            session.remark = f"{ENGLISH}, once more"
    with statements() as many:
        desk.get(NAME)
    assert len(many) == len(few)


def test_a_speaker_who_was_deleted_is_still_found_there(scene: Scene, desk: FlaskClient) -> None:
    scene.app.config["WTF_CSRF_ENABLED"] = False
    assert desk.post(f"/desk/{SLUG}/speakers/{SIDURI}/delete").status_code == 302
    db.session.rollback()
    assert db.session.scalar(select(Speaker).where(Speaker.code == SIDURI)) is None
    told = words(desk.get(NAME).text)
    assert "releases 1–3" in told
    answer = desk.post(NAME, data={"way": "erase", "understood": "y"})
    assert answer.status_code == 302
    for page in (f"history?speaker={SIDURI}", "history", "releases"):
        assert ARABIC not in desk.get(f"/desk/{SLUG}/{page}").text
