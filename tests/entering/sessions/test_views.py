"""The form of a session, and what one can do with it as a whole."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import func, select

from planner.events.models import TextState
from planner.extensions import db
from planner.journal.models import Entry, Row
from planner.journal.undoing import redo, undo
from planner.sessions.models import Answer, Session, SessionSpeaker, State
from planner.sessions.texts import is_outdated
from planner.speakers.models import Speaker, Visibility
from planner.timetable.models import Constraint
from tests.entering.pages import errors, filled, form_of, save
from tests.plans import (
    ENKIDU,
    OPENING,
    PROPOSED,
    SIDURI,
    SLUG,
    WATER,
    WOMEN,
    ZIN,
    plan_to_change,
    released,
)

SESSIONS = f"/desk/{SLUG}/sessions"


def session(code: str = WATER) -> Session:
    """Return a session as it is in the database now."""
    db.session.expire_all()
    return db.session.scalars(select(Session).where(Session.code == code)).one()


def last() -> Entry:
    """Return the newest entry of the journal."""
    return db.session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()


def people(code: str = WATER) -> list[tuple[str, str]]:
    """Return who takes part in a session, in order."""
    return [(part.speaker.code, part.role.value) for part in session(code).people]


def test_a_form_that_is_sent_back_as_it_came_changes_nothing(editor: FlaskClient) -> None:
    version = session().version
    answer = save(editor, f"{SESSIONS}/{WATER}", "title-ar")
    assert answer.status_code == 302
    assert session().version == version
    assert db.session.scalar(select(func.count(Entry.id))) == 0


def test_a_session_is_entered_with_texts_people_and_needs(editor: FlaskClient) -> None:
    answer = save(
        editor,
        f"{SESSIONS}/new",
        "title-ar",
        title__ar="الخبز والورد",
        abstract__ar="من الفرن إلى **الحديقة**.",
        title__ckb="نان و گوڵ",
        original_language="ar",
        kind="workshop",
        theme="water",
        minutes="75",
        state="accepted",
        spoken_languages=["ar", "kmr"],
        interpreted_languages=["en"],
        people__0__speaker="1 · سيدوري",
        people__0__role="facilitator",
        people__0__answer="confirmed",
        audience="40",
        needs_step_free="y",
        online_url="https://stream.example/bread",
        pinned="y",
        remark="قرب الباب",
    )
    assert answer.status_code == 302
    made = session(answer.location.rsplit("/", maxsplit=1)[1])
    assert {lang: (text.title, text.state) for lang, text in made.texts.items()} == {
        "ar": ("الخبز والورد", TextState.DRAFT),
        "ckb": ("نان و گوڵ", TextState.DRAFT),
    }
    assert (made.kind, made.theme.slug, made.minutes, made.state) == (
        "workshop",
        "water",
        75,
        State.ACCEPTED,
    )
    assert (made.spoken_languages, made.interpreted_languages) == (["ar", "kmr"], ["en"])
    assert (made.audience, made.needs_step_free, made.pinned, made.across_rooms) == (
        40,
        True,
        True,
        False,
    )
    assert (made.online_url, made.remark) == ("https://stream.example/bread", "قرب الباب")
    assert [(p.speaker.code, p.role, p.answer) for p in made.people] == [
        (SIDURI, "facilitator", Answer.CONFIRMED)
    ]
    assert last().action == "session.added"


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(editor: FlaskClient) -> None:
    page = save(
        editor,
        f"{SESSIONS}/new",
        "title-ar",
        title__ckb="نان و گوڵ",
        abstract__en="No title",
        original_language="ar",
        minutes="0",
        online_url="javascript:alert(1)",
        people__0__speaker="Ninsun",
    )
    assert page.status_code == 422
    told = " ".join(errors(page))
    for part in ("original language", "without a title", "javascript", "Ninsun"):
        assert part in told
    form = form_of(page, "title-ckb")
    assert form["title-ckb"] == "نان و گوڵ"
    assert form["people-0-speaker"] == "Ninsun"
    assert form["online_url"] == "javascript:alert(1)"
    assert db.session.scalar(select(func.count(Session.id))) == 4


def test_a_stale_form_is_joined_field_by_field_and_loses_nothing(editor: FlaskClient) -> None:
    mine = form_of(editor.get(f"{SESSIONS}/{WATER}"), "title-ar")
    save(
        editor,
        f"{SESSIONS}/{WATER}",
        "title-ar",
        title__ar="الماء للجميع",
        title__ckb="ئاو بۆ هەمووان",
        minutes="90",
    )
    page = editor.post(
        f"{SESSIONS}/{WATER}",
        data=filled(mine, title__ar="ماء النهر", title__en="River water", audience="70"),
    )
    assert page.status_code == 409
    form = form_of(page, "title-ar")
    assert form["title-ar"] == "ماء النهر"  # both wrote: mine stays in the field, theirs beside it
    assert "الماء للجميع" in page.text
    assert form["title-ckb"] == "ئاو بۆ هەمووان"  # only they wrote
    assert form["title-en"] == "River water"  # only I wrote
    assert (form["minutes"], form["audience"]) == ("90", "70")
    assert session().texts["ar"].title == "الماء للجميع"
    assert editor.post(f"{SESSIONS}/{WATER}", data=form).status_code == 302
    joined = session()
    assert (joined.texts["ar"].title, joined.texts["en"].title) == ("ماء النهر", "River water")
    assert (joined.minutes, joined.audience) == (90, 70)


def test_a_form_without_a_version_overwrites_nobody(editor: FlaskClient) -> None:
    form = form_of(editor.get(f"{SESSIONS}/{WATER}"), "title-ar")
    answer = editor.post(f"{SESSIONS}/{WATER}", data=filled(form, version=None, minutes="5"))
    assert answer.status_code == 409
    assert session().minutes == 60


def test_people_whom_both_changed_are_shown_in_both_ways(editor: FlaskClient) -> None:
    mine = form_of(editor.get(f"{SESSIONS}/{WATER}"), "title-ar")
    save(editor, f"{SESSIONS}/{WATER}", "title-ar", people__0__role="moderator")
    page = editor.post(f"{SESSIONS}/{WATER}", data=filled(mine, people__1__role="moderator"))
    assert page.status_code == 409
    assert "سيدوري · Moderator" in page.text
    form = form_of(page, "title-ar")
    assert (form["people-0-role"], form["people-1-role"]) == ("speaker", "moderator")


def test_what_was_written_for_a_deleted_session_can_be_a_new_one(editor: FlaskClient) -> None:
    mine = form_of(editor.get(f"{SESSIONS}/{WATER}"), "title-ar")
    editor.post(f"{SESSIONS}/{WATER}/delete")
    page = editor.post(f"{SESSIONS}/{WATER}", data=filled(mine, title__en="Kept"))
    assert page.status_code == 409
    assert "deleted while you wrote" in page.text
    assert "deleted (<bdi>Editor</bdi>, just now)" in page.text
    kept = form_of(page, "title-en")
    assert kept["title-en"] == "Kept"
    assert editor.post(f"{SESSIONS}/new", data=kept).status_code == 302


def test_a_translation_falls_behind_when_the_original_changes(editor: FlaskClient) -> None:
    save(editor, f"{SESSIONS}/{WATER}", "title-ar", title__ckb="ئاو", title__en="Water")
    assert not is_outdated(session(), "ckb")
    save(editor, f"{SESSIONS}/{WATER}", "title-ar", title__ar="ماء آخر", title__en="Other water")
    assert is_outdated(session(), "ckb")
    assert not is_outdated(session(), "en")  # written together with the original
    page = editor.get(f"{SESSIONS}/{WATER}")
    assert "the original has changed since" in page.text
    form = form_of(page, "title-ar")
    editor.post(f"{SESSIONS}/{WATER}", data=filled(form, fits="ckb"))
    assert not is_outdated(session(), "ckb")


def test_who_mends_the_text_of_a_machine_makes_it_a_draft(editor: FlaskClient) -> None:
    save(editor, f"{SESSIONS}/{WATER}", "title-ar", title__en="Watter")
    with plan_to_change() as plan:
        plan.sessions[WATER].texts["en"].state = TextState.MACHINE
    form = form_of(editor.get(f"{SESSIONS}/{WATER}"), "title-ar")
    assert form["text_state-en"] == "machine"
    editor.post(f"{SESSIONS}/{WATER}", data=filled(form, title__en="Water"))
    assert session().texts["en"].state is TextState.DRAFT
    save(editor, f"{SESSIONS}/{WATER}", "title-ar", text_state__en="reviewed")
    assert session().texts["en"].state is TextState.REVIEWED


def test_an_emptied_text_is_missing_again(editor: FlaskClient) -> None:
    save(editor, f"{SESSIONS}/{WATER}", "title-ar", title__en="Water")
    save(editor, f"{SESSIONS}/{WATER}", "title-ar", title__en="")
    assert set(session().texts) == {"ar"}


def test_people_are_found_by_number_code_and_name_however_it_is_spelt(
    editor: FlaskClient,
) -> None:
    save(
        editor,
        f"{SESSIONS}/{PROPOSED}",
        "title-ar",
        people__0__speaker="3",
        people__1__speaker=ENKIDU.lower(),
    )
    assert people(PROPOSED) == [(ZIN, "speaker"), (ENKIDU, "speaker")]
    save(editor, f"{SESSIONS}/{PROPOSED}", "title-ar", people__0__speaker="سِيدوري")
    assert people(PROPOSED) == [(SIDURI, "speaker"), (ENKIDU, "speaker")]


def test_a_name_that_nobody_has_is_asked_about_before_it_becomes_a_speaker(
    editor: FlaskClient,
) -> None:
    page = save(editor, f"{SESSIONS}/{PROPOSED}", "title-ar", people__1__speaker="نينسون")
    assert page.status_code == 422
    form = form_of(page, "title-ar")
    answer = editor.post(f"{SESSIONS}/{PROPOSED}", data=filled(form, people__1__new="1"))
    assert answer.status_code == 302
    new = session(PROPOSED).people[1].speaker
    assert (new.texts["ar"].display_name, new.visibility, new.number) == (
        "نينسون",
        Visibility.WITHHELD,
        4,
    )
    assert "نينسون" not in str(last().facts)


def test_rows_of_people_move_without_a_script_and_save_nothing_yet(editor: FlaskClient) -> None:
    form = form_of(editor.get(f"{SESSIONS}/{WATER}"), "title-ar")
    form["title-en"] = "Not saved yet"
    page = editor.post(f"{SESSIONS}/{WATER}", data=filled(form, do="up-1"))
    assert page.status_code == 200
    moved = form_of(page, "title-ar")
    assert moved["title-en"] == "Not saved yet"
    assert moved["people-0-speaker"].startswith("2 ·")
    page = editor.post(f"{SESSIONS}/{WATER}", data=filled(moved, do="remove-2"))
    page = editor.post(f"{SESSIONS}/{WATER}", data=filled(form_of(page, "title-ar"), do="add"))
    rest = form_of(page, "title-ar")
    assert [rest[f"people-{row}-speaker"][:1] for row in range(3)] == ["2", "1", ""]
    assert "en" not in session().texts
    editor.post(f"{SESSIONS}/{WATER}", data=rest)
    assert people() == [(ENKIDU, "speaker"), (SIDURI, "speaker")]


def test_a_text_is_shown_as_it_will_look_without_being_saved(editor: FlaskClient) -> None:
    form = form_of(editor.get(f"{SESSIONS}/{WATER}"), "title-ar")
    form["abstract-ar"] = "**مهم** <script>alert(1)</script>"
    page = editor.post(f"{SESSIONS}/{WATER}", data=filled(form, preview="abstract-ar"))
    assert page.status_code == 200
    assert "<strong>مهم</strong>" in page.text
    assert "<script>alert" not in page.text
    assert session().texts["ar"].abstract == "من النبع إلى المدينة."


def test_a_state_that_cannot_follow_is_refused_in_words(editor: FlaskClient) -> None:
    page = save(editor, f"{SESSIONS}/{WATER}", "title-ar", state="proposed")
    assert page.status_code == 422
    assert any("cannot follow" in told for told in errors(page))
    assert session().state is State.CONFIRMED


def test_what_is_held_for_everybody_without_a_room_stays_so(editor: FlaskClient) -> None:
    with plan_to_change() as plan:
        plan.sessions[OPENING].room = None
    page = save(editor, f"{SESSIONS}/{OPENING}", "title-ar", across_rooms=None)
    assert page.status_code == 422
    assert any("no room" in told for told in errors(page))


def test_the_page_tells_of_the_hour_the_conflicts_and_the_public_page(
    editor: FlaskClient,
) -> None:
    released()
    page = editor.get(f"{SESSIONS}/{WATER}").text
    assert "10:00" in page
    assert "قاعة دجلة" in page
    assert f"{SESSIONS}/{WATER}/move" in page
    assert f"/en/{SLUG}/sessions/{WATER}" in page
    assert "زین" in page  # who is in two rooms at once
    assert f"/en/{SLUG}/sessions/" not in editor.get(f"{SESSIONS}/{PROPOSED}").text


def test_a_copy_is_unplaced_and_proposed(editor: FlaskClient) -> None:
    answer = editor.post(f"{SESSIONS}/{WATER}/duplicate")
    code = answer.location.rsplit("/", maxsplit=1)[1]
    copy = session(code)
    assert (copy.starts_at, copy.room_id, copy.state) == (None, None, State.PROPOSED)
    assert copy.texts["ar"].title == session().texts["ar"].title
    assert people(code) == people()
    assert {part.answer for part in copy.people} == {Answer.ASKED}


def test_a_withdrawn_session_comes_back_as_it_was(editor: FlaskClient) -> None:
    editor.post(f"{SESSIONS}/{WATER}/withdraw")
    assert session().state is State.WITHDRAWN
    assert "Bring it back" in editor.get(f"{SESSIONS}/{WATER}").text
    editor.post(f"{SESSIONS}/{WATER}/bring-back")
    assert session().state is State.CONFIRMED
    assert session().starts_at is not None


def test_deleting_names_what_goes_and_can_be_undone(editor: FlaskClient) -> None:
    released()
    editor.post(f"{SESSIONS}/{WATER}/asked", data={"relation": "before", "other": WOMEN})
    page = editor.get(f"{SESSIONS}/{WATER}/delete").text
    for part in ("10:00", "3 people", "ژنان و ئاشتی", "shows it there as cancelled"):
        assert part in page
    editor.post(f"{SESSIONS}/{WATER}/delete")
    assert db.session.scalar(select(Session).where(Session.code == WATER)) is None
    assert db.session.scalar(select(func.count(Constraint.id))) == 0
    entry = last()
    undo(entry.event_id, entry.user_id or 0, entry.id)
    assert session().texts["ar"].title == "حق الوصول إلى الماء"
    assert len(people()) == 3
    assert db.session.scalar(select(func.count(Constraint.id))) == 1


def test_everything_of_a_save_is_undone_and_done_again_at_once(editor: FlaskClient) -> None:
    form = form_of(editor.get(f"{SESSIONS}/{WATER}"), "title-ar")
    changed = filled(
        form,
        title__en="Water",
        minutes="45",
        people__0__speaker="نينسون",
        people__0__new="1",
    )
    editor.post(f"{SESSIONS}/{WATER}", data=changed)
    entry = last()
    done = undo(entry.event_id, entry.user_id or 0, entry.id)
    assert (set(session().texts), session().minutes) == ({"ar"}, 60)
    assert people()[0] == (SIDURI, "speaker")
    assert db.session.scalar(select(func.count(Speaker.id))) == 3
    redo(entry.event_id, entry.user_id or 0, done.id)
    assert session().texts["en"].title == "Water"
    assert session().people[0].speaker.texts["ar"].display_name == "نينسون"


def test_several_sessions_change_as_one(editor: FlaskClient) -> None:
    answer = editor.post(
        f"{SESSIONS}/change?state=confirmed&page=1",
        data={"session": [WATER, WOMEN, PROPOSED], "do": "state", "state": "accepted"},
    )
    assert answer.location == f"{SESSIONS}?state=confirmed"
    assert [session(code).state for code in (WATER, WOMEN, PROPOSED)] == [State.ACCEPTED] * 3
    entry = last()
    assert entry.facts == {"count": 3}
    undo(entry.event_id, entry.user_id or 0, entry.id)
    assert session(WATER).state is State.CONFIRMED
    assert session(PROPOSED).state is State.PROPOSED


def test_what_cannot_change_with_the_others_is_told(editor: FlaskClient) -> None:
    page = editor.post(
        f"{SESSIONS}/change",
        data={"session": [WATER, PROPOSED], "do": "state", "state": "proposed"},
        follow_redirects=True,
    ).text
    assert "0 sessions changed" in page
    assert "1 session cannot go there" in page


def test_several_sessions_get_a_theme(editor: FlaskClient) -> None:
    chosen = {"session": [WATER, PROPOSED], "do": "theme"}
    editor.post(f"{SESSIONS}/change", data={**chosen, "theme": "women"})
    assert {session(code).theme.slug for code in (WATER, PROPOSED)} == {"women"}
    editor.post(f"{SESSIONS}/change", data={**chosen, "theme": "none"})
    assert session().theme is None
    assert editor.post(f"{SESSIONS}/change", data={**chosen, "theme": "no"}).status_code == 404
    page = editor.post(f"{SESSIONS}/change", data={"do": "theme"}, follow_redirects=True)
    assert "Check the sessions first" in page.text


@pytest.mark.parametrize(
    ("relation", "label", "turned"),
    [
        ("before", "before", "after"),
        ("after", "after", "before"),
        ("apart", "not at the same time as", "not at the same time as"),
        ("same_room", "in the same room as", "in the same room as"),
    ],
)
def test_something_is_asked_of_two_sessions_and_dropped(
    editor: FlaskClient, relation: str, label: str, turned: str
) -> None:
    asked = f"{SESSIONS}/{WATER}/asked"
    told = {"relation": relation, "other": f"{WOMEN} · ژنان و ئاشتی"}
    assert editor.post(asked, data=told).status_code == 302
    for code, words in ((WATER, label), (WOMEN, turned)):
        entries = html.fromstring(editor.get(f"{SESSIONS}/{code}/asked").text)
        (entry,) = entries.xpath("//li[@class='entry']/span")
        assert entry.text_content().strip().startswith(words)
    assert "already" in editor.post(asked, data=told).text
    number = db.session.scalars(select(Constraint.id)).one()
    editor.post(f"{SESSIONS}/{WATER}/asked/{number}/drop")
    assert db.session.scalar(select(func.count(Constraint.id))) == 0


def test_nothing_is_asked_of_what_is_not_there(editor: FlaskClient) -> None:
    asked = f"{SESSIONS}/{WATER}/asked"
    for other in ("GGGGGG", WATER, ""):
        page = editor.post(asked, data={"relation": "apart", "other": other})
        assert page.status_code == 422
        assert "Choose another session" in page.text
    assert editor.post(asked, data={"relation": "x", "other": WOMEN}).status_code == 422
    assert editor.post(f"{asked}/77/drop").status_code == 404


def test_who_may_not_plan_reads_the_session(viewer: FlaskClient) -> None:
    page = viewer.get(f"{SESSIONS}/{WATER}")
    assert page.status_code == 200
    assert "<textarea" not in page.text
    assert "حق الوصول إلى الماء" in page.text
    assert "Speaker 3" in page.text
    assert viewer.post(f"{SESSIONS}/{WATER}").status_code == 403


def test_who_sees_no_names_plans_with_numbers(blind: FlaskClient) -> None:
    page = blind.get(f"{SESSIONS}/{WATER}")
    assert "3 · Speaker 3" in page.text
    assert "سيدوري" in page.text
    assert "زین" not in page.text
    assert "أنكيدو" not in page.text
    page = save(blind, f"{SESSIONS}/{WATER}", "title-ar", people__0__speaker="زین")
    assert any("Nobody is called" in told for told in errors(page))
    assert save(blind, f"{SESSIONS}/{WATER}", "title-ar", minutes="45").status_code == 302
    assert people() == [(SIDURI, "speaker"), (ENKIDU, "speaker"), (ZIN, "interpreter")]


def test_saving_again_what_stands_already_keeps_answers(editor: FlaskClient) -> None:
    with plan_to_change() as plan:
        plan.sessions[WATER].people[1].answer = Answer.DECLINED
    save(editor, f"{SESSIONS}/{WATER}", "title-ar", minutes="45")
    assert session().people[1].answer is Answer.DECLINED
    rows = db.session.scalars(select(Row).where(Row.entry_id == last().id)).all()
    assert [row.table for row in rows] == ["session"]
    assert db.session.scalar(select(func.count(SessionSpeaker.speaker_id))) == 6


def test_the_pages_speak_arabic_and_kurdish(editor: FlaskClient, app: Flask) -> None:
    for lang in ("ar", "ckb"):
        editor.post("/desk/account/language", data={"language": lang})
        for path in ("", "/new", f"/{WATER}", f"/{WATER}/delete", f"/{WATER}/asked"):
            page = editor.get(f"{SESSIONS}{path}")
            assert page.status_code == 200
            assert f'<html lang="{lang}" dir="rtl">' in page.text
