"""The pages on which speakers write of themselves and of their sessions."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask, current_app
from PIL import Image
from sqlalchemy import select

from planner.events.models import TextState
from planner.extensions import db
from planner.journal.models import Entry
from planner.programme.vocabulary import Role
from planner.sessions.models import Session
from planner.sessions.operations import set_people
from planner.sessions.texts import is_outdated as is_session_outdated
from planner.slots.models import Outcome, Proposal
from planner.speakers.models import Speaker
from planner.speakers.operations import set_text
from planner.speakers.texts import is_outdated
from tests.conftest import BASE_URL
from tests.plans import (
    ENKIDU,
    OPENING,
    PROPOSED,
    SIDURI,
    WATER,
    WOMEN,
    ZIN,
    make_plan,
    plan_to_change,
)
from tests.slots.writing import Page
from tests.statements import statements


@pytest.fixture(autouse=True)
def plan(app: Flask) -> None:
    """Let there be the small event."""
    make_plan()


def take_at_once() -> None:
    """Let the event take what speakers write."""
    with plan_to_change() as plan:
        plan.event.takes_texts = True


def speaker(code: str = SIDURI) -> Speaker:
    """Return a speaker as the plan has them."""
    db.session.rollback()
    return db.session.scalars(select(Speaker).where(Speaker.code == code)).one()


def session(code: str = WATER) -> Session:
    """Return a session as the plan has it."""
    db.session.rollback()
    return db.session.scalars(select(Session).where(Session.code == code)).one()


def proposals() -> list[Proposal]:
    """Return all proposals."""
    db.session.rollback()
    return list(db.session.scalars(select(Proposal).order_by(Proposal.id)))


def actions() -> list[str]:
    """Return what the journal has."""
    db.session.rollback()
    return list(db.session.scalars(select(Entry.action).order_by(Entry.id)))


def picture(colour: str = "red") -> BytesIO:
    """Return a photo to upload."""
    found = BytesIO()
    Image.new("RGB", (900, 700), colour).save(found, "PNG")
    found.seek(0)
    return found


def test_what_a_speaker_writes_is_a_proposal_and_changes_nothing(app: Flask) -> None:
    page = Page(app, SIDURI)
    assert page.values["display_name-ar"] == ["سيدوري"]
    assert page.send(display_name__ar="سيدوري بنت البحر", biography__ckb="ژنێکی *ئازا*") == 303
    (found,) = proposals()
    assert found.base == {"display_name": {"ar": "سيدوري"}, "biography": {"ckb": ""}}
    assert found.content == {
        "display_name": {"ar": "سيدوري بنت البحر"},
        "biography": {"ckb": "ژنێکی *ئازا*"},
    }
    assert speaker().texts["ar"].display_name == "سيدوري"
    assert actions() == ["speaker.proposed"]
    assert "What you propose" in page.look()
    assert "<ins>بنت البحر</ins>" in page.text
    assert page.values["display_name-ar"] == ["سيدوري بنت البحر"]


def test_a_new_proposal_takes_the_place_of_the_one_before(app: Flask) -> None:
    page = Page(app, SIDURI)
    page.send(organisation__en="House of Reeds")
    page.look()
    page.send(organisation__en="House of Rivers")
    (found,) = proposals()
    assert found.content == {"organisation": {"en": "House of Rivers"}}


def test_proposing_what_is_there_already_takes_the_proposal_back(app: Flask) -> None:
    page = Page(app, SIDURI)
    page.send(organisation__en="House of Reeds")
    page.look()
    assert page.send(organisation__en="") == 303
    assert proposals() == []


@pytest.mark.parametrize("at_once", [False, True])
def test_what_is_sent_twice_is_kept_once_and_meets_nobody(app: Flask, at_once: bool) -> None:
    """Lines are slow, and buttons are pressed again."""
    with plan_to_change() as plan:
        plan.event.takes_texts = at_once
    for path, told in (("/texts", "biography-en"), (f"/sessions/{WATER}/texts", "title-en")):
        page = Page(app, SIDURI, path)
        values = {**page.values, told: "Reeds"}
        done = [page.post("", values).headers["Location"].rpartition("done=")[2] for _ in "12"]
        assert done == (["taken"] if at_once else ["proposed"]) * 2
        assert page.post("", {**values, told: "Rivers"}).status_code == 409
    assert len(proposals()) == (0 if at_once else 2)


def test_a_proposal_can_be_taken_back(app: Flask) -> None:
    page = Page(app, SIDURI)
    page.send(organisation__en="House of Reeds")
    (found,) = proposals()
    other = Page(app, ENKIDU)
    assert other.post("/back", {"proposal": found.id}).status_code == 303
    assert len(proposals()) == 1  # nobody else takes it back
    sent = page.post("/back", {"proposal": found.id, "session": "../elsewhere"})
    assert sent.status_code == 303
    assert sent.headers["Location"].startswith(f"{page.base}/texts?")
    assert proposals() == []
    assert "What you propose" not in page.look()


def test_where_the_event_takes_texts_they_are_in_the_plan_at_once(app: Flask) -> None:
    with plan_to_change() as plan:
        siduri = plan.speakers[SIDURI]
        siduri.original_language = "ar"
        set_text(siduri, "ar", biography="حياة").state = TextState.REVIEWED
        set_text(siduri, "en", display_name="Siduri").state = TextState.REVIEWED
        plan.event.takes_texts = True
    page = Page(app, SIDURI)
    assert page.send(biography__ar="حياة أخرى", spoken_languages=["ckb", "ar"]) == 303
    found = speaker()
    assert found.texts["ar"].biography == "حياة أخرى"
    assert found.texts["ar"].state is TextState.DRAFT
    assert found.texts["en"].state is TextState.REVIEWED
    assert is_outdated(found, "en")
    assert set(found.spoken_languages) == {"ar", "ckb"}
    assert proposals() == []
    assert actions() == ["speaker.wrote"]
    assert (
        "Saved." in page.client.get(f"{page.base}/texts?done=taken&lang=en", base_url=BASE_URL).text
    )


def test_what_waits_from_before_is_taken_with_what_is_written_then(app: Flask) -> None:
    page = Page(app, SIDURI)
    page.send(organisation__en="House of Reeds")
    take_at_once()
    page.look()
    assert page.send(display_name__en="Siduri") == 303
    assert speaker().texts["en"].organisation == "House of Reeds"
    assert proposals() == []


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(app: Flask) -> None:
    page = Page(app, SIDURI)
    assert page.send(display_name__ar="", biography__en="What I typed") == 422
    assert "Give the name, in one language at least." in page.text
    assert "What I typed" in page.text
    assert page.send(display_name__ar="x" * 300) == 422
    assert "At most 200 letters" in page.text
    assert actions() == []


def test_when_organizers_changed_it_meanwhile_both_are_shown(app: Flask) -> None:
    page = Page(app, SIDURI)
    with plan_to_change() as plan:
        plan.speakers[SIDURI].texts["ar"].display_name = "سيدوري الأولى"
        plan.speakers[SIDURI].remark = "counts one version more"
    assert page.send(display_name__ar="سيدوري بنت البحر", biography__en="Typed") == 409
    assert "saved this meanwhile" in page.text
    assert "سيدوري الأولى" in page.text
    assert page.values["display_name-ar"] == ["سيدوري بنت البحر"]
    assert page.values["biography-en"] == ["Typed"]
    assert proposals() == []
    assert page.send() == 303
    (found,) = proposals()
    assert found.base["display_name"] == {"ar": "سيدوري الأولى"}


def test_two_windows_of_one_speaker_meet_as_well(app: Flask) -> None:
    first, second = Page(app, SIDURI), Page(app, SIDURI)
    assert first.send(organisation__en="Reeds") == 303
    assert second.send(organisation__en="Rivers", biography__en="Typed") == 409
    assert "Reeds" in second.text
    assert second.send() == 303
    (found,) = proposals()
    assert found.content == {"organisation": {"en": "Rivers"}, "biography": {"en": "Typed"}}


def test_a_biography_is_previewed_by_the_server(app: Flask) -> None:
    page = Page(app, SIDURI)
    said = page.send(biography__en="A **brave** <script>one", preview="biography-en")
    assert said == 200
    assert "<strong>brave</strong>" in page.text
    assert "<script>one" not in page.text
    assert proposals() == []


def test_titles_and_abstracts_are_proposed_for_ones_own_sessions_only(app: Flask) -> None:
    page = Page(app, SIDURI, f"/sessions/{WATER}/texts")
    assert page.send(title__en="Right to water") == 303
    (found,) = proposals()
    assert (found.session.code, found.content) == (WATER, {"title": {"en": "Right to water"}})  # type: ignore[union-attr]
    assert actions() == ["session.speaker_proposed"]
    assert "Right to water" in page.look()
    other = page.client.get(f"{page.base}/sessions/{WOMEN}/texts", base_url=BASE_URL)
    assert other.status_code == 404
    with plan_to_change() as plan:
        plan.sessions[WATER].state = "withdrawn"  # type: ignore[assignment]
    gone = page.client.get(f"{page.base}/sessions/{WATER}/texts", base_url=BASE_URL)
    assert gone.status_code == 404


@pytest.mark.parametrize(
    ("code", "who", "is_taken"),
    [(PROPOSED, SIDURI, True), (OPENING, SIDURI, False), (WATER, ZIN, False)],
)
def test_who_only_moderates_or_interprets_always_proposes(
    app: Flask, code: str, who: str, is_taken: bool
) -> None:
    take_at_once()
    page = Page(app, who, f"/sessions/{code}/texts")
    assert page.send(title__ckb="ناونیشان", abstract__ckb="") == 303
    assert ("ckb" in session(code).texts) is is_taken
    assert bool(proposals()) is not is_taken


def test_a_changed_original_leaves_its_translations_behind(app: Flask) -> None:
    take_at_once()
    page = Page(app, SIDURI, f"/sessions/{PROPOSED}/texts")
    page.send(title__en="A proposal")
    page.look()
    assert not is_session_outdated(session(PROPOSED), "en")
    page.send(title__ar="اقتراح جديد")
    found = session(PROPOSED)
    assert found.texts["ar"].state is TextState.DRAFT
    assert is_session_outdated(found, "en")


def test_a_photo_is_drawn_anew_and_proposed_and_taken_out_at_once(app: Flask) -> None:
    page = Page(app, ENKIDU)
    sent = page.post("/photo", {"photo": (picture(), "me.png")})
    assert sent.status_code == 303
    (found,) = proposals()
    name = found.content["photo"]
    kept = Path(current_app.instance_path) / "uploads" / name
    with Image.open(kept) as image:
        assert (image.format, image.size) == ("JPEG", (640, 498))
    assert speaker(ENKIDU).photo is None
    photo = f"{page.base}/texts/photo"
    assert page.client.get(photo, base_url=BASE_URL).status_code == 404
    taken = page.client.get(f"{page.base}/data/download", base_url=BASE_URL)
    assert taken.json is not None
    assert taken.json["proposed_photo"]["name"] == name
    shown = page.client.get(f"{photo}?proposed=1", base_url=BASE_URL)
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    assert shown.headers["Cache-Control"] == "no-store"
    # Texts that are proposed afterwards leave it in its place.
    page.look()
    page.send(organisation__en="Steppe")
    (found,) = proposals()
    assert found.content == {"photo": name, "organisation": {"en": "Steppe"}}
    take_at_once()
    page.post("/photo", {"photo": (picture("blue"), "me.png")})
    assert speaker(ENKIDU).photo not in (None, name)
    assert speaker(ENKIDU).texts["en"].organisation == "Steppe"
    assert page.client.get(photo, base_url=BASE_URL).status_code == 200
    assert page.post("/photo/remove", {}).status_code == 303
    assert speaker(ENKIDU).photo is None


def test_what_is_no_photo_is_refused_and_said_beside_the_field(app: Flask) -> None:
    page = Page(app, SIDURI)
    assert page.post("/photo", {"photo": (BytesIO(b"GIF89a"), "x.png")}).status_code == 422
    assert "This is not a photo" in page.text
    assert page.post("/photo", {}).status_code == 422
    assert "Choose a file first." in page.text
    large = page.client.post(
        f"{page.base}/texts/photo",
        data=b"x" * 6_000_000,
        content_type="multipart/form-data; boundary=reed",
        base_url=BASE_URL,
    )
    assert large.status_code == 303
    assert "larger than 5 MB" in page.client.get(large.headers["Location"], base_url=BASE_URL).text


def test_a_dead_link_opens_none_of_it(app: Flask) -> None:
    client = app.test_client(use_cookies=False)
    for path in ("texts", "texts/photo", f"sessions/{WATER}/texts"):
        assert client.get(f"/speak/nothing/{path}", base_url=BASE_URL).status_code == 404
    for path in ("texts", "texts/back", "texts/photo", "texts/photo/remove"):
        assert client.post(f"/speak/nothing/{path}", base_url=BASE_URL).status_code == 404


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_the_pages_cost_few_statements(app: Flask, lang: str) -> None:
    with plan_to_change() as plan:
        for item in plan.sessions.values():
            set_people(item, [(plan.speakers[ENKIDU], Role.SPEAKER)])
    page = Page(app, ENKIDU)
    for path, most in (("texts", 6), (f"sessions/{WATER}/texts", 7)):
        with statements() as sent:
            response = page.client.get(f"{page.base}/{path}?lang={lang}", base_url=BASE_URL)
        assert response.status_code == 200
        assert len(sent) <= most, sent
        assert "Set-Cookie" not in response.headers


def test_what_was_decided_is_told_with_the_answer(app: Flask) -> None:
    page = Page(app, SIDURI)
    page.send(organisation__en="Reeds", display_name__en="Siduri")
    with plan_to_change():
        found = db.session.scalars(select(Proposal)).one()
        found.outcome, found.answer = Outcome.ACCEPTED, "Thank you!"
        found.taken = ["display_name.en"]
    page.look()
    assert "What the organizers said last" in page.text
    assert "Thank you!" in page.text
    assert "Name (English): accepted" in page.text
    assert "Organisation (English): not accepted" in page.text
