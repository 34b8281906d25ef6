"""The form of a speaker, and what one can do with them as a whole."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import func, select

from planner.accounts.models import MemberRole
from planner.extensions import db
from planner.journal.models import Entry
from planner.journal.undoing import undo
from planner.programme.vocabulary import Role
from planner.sessions.models import Answer, Session, SessionSpeaker
from planner.sessions.operations import set_people
from planner.speakers.models import Availability, Speaker, Visibility
from planner.speakers.operations import set_text
from planner.speakers.texts import is_outdated
from tests.desks import organizer
from tests.entering.crowd import SPEAKERS as MANY
from tests.entering.crowd import make_crowd
from tests.entering.pages import errors, filled, form_of, save
from tests.plans import (
    DAY,
    ENKIDU,
    SIDURI,
    SLUG,
    WATER,
    WOMEN,
    ZIN,
    at,
    plan_to_change,
    released,
)
from tests.statements import statements

SPEAKERS = f"/desk/{SLUG}/speakers"


def speaker(code: str = ZIN) -> Speaker:
    """Return a speaker as they are in the database now."""
    db.session.expire_all()
    return db.session.scalars(select(Speaker).where(Speaker.code == code)).one()


def last() -> Entry:
    """Return the newest entry of the journal."""
    return db.session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()


def take_back(entry: Entry) -> None:
    """Undo an entry as who made it."""
    undo(entry.event_id, entry.user_id or 0, entry.id)


def free(code: str = ZIN) -> list[tuple[object, object]]:
    """Return when a speaker is free."""
    return [(span.starts_at, span.ends_at) for span in speaker(code).free]


def listed(client: FlaskClient, query: str = "") -> list[str]:
    """Return the codes of the speakers that the list shows, in order."""
    page = html.fromstring(client.get(f"{SPEAKERS}?{query}").text)
    found = page.xpath("//table//th[@scope='row']/a/@href")
    return [address.rsplit("/", maxsplit=1)[1] for address in found]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [ENKIDU, ZIN, SIDURI]),
        ("sort=number", [SIDURI, ENKIDU, ZIN]),
        ("sort=sessions", [SIDURI, ZIN, ENKIDU]),
        ("q=زين", [ZIN]),
        ("q=ابن البريه", [ENKIDU]),
        ("q=منظمه", [ENKIDU, ZIN, SIDURI]),
        (f"q={SIDURI.lower()}", [SIDURI]),
        ("q=@people", [ENKIDU, ZIN, SIDURI]),
        ("role=interpreter", [ZIN]),
        ("visibility=withheld", [ZIN]),
        ("without=email", []),
        ("without=sessions", []),
        ("without=answer", [ENKIDU, ZIN, SIDURI]),
        ("q=nobody", []),
    ],
)
def test_the_address_says_who_is_listed_and_how(
    editor: FlaskClient, query: str, found: list[str]
) -> None:
    assert listed(editor, query) == found


def test_what_is_open_is_found(editor: FlaskClient) -> None:
    with plan_to_change() as plan:
        plan.speakers[ZIN].email = None
        for session in plan.sessions.values():
            for person in session.people:
                person.answer = Answer.CONFIRMED
            set_people(
                session,
                [(p.speaker, p.role) for p in session.people if p.speaker.code != ENKIDU],
            )
    assert listed(editor, "without=email") == [ZIN]
    assert listed(editor, "without=sessions") == [ENKIDU]
    assert listed(editor, "without=answer") == []
    assert "No speaker is like that" in editor.get(f"{SPEAKERS}?without=answer").text


def test_who_sees_no_names_lists_numbers_and_finds_nobody_by_what_is_hidden(
    blind: FlaskClient,
) -> None:
    page = blind.get(SPEAKERS).text
    assert "Speaker 3" in page
    assert "سيدوري" in page
    for hidden in ("زین", "أنكيدو", "ابن البرية"):
        assert hidden not in page
    for query in ("q=زین", "q=أنكيدو", "q=منظمة زین", f"q={ZIN}@people", "q=البرية"):
        assert listed(blind, query) == []
    assert listed(blind, "q=منظمة") == [SIDURI]
    assert listed(blind, "q=Speaker+2") == [ENKIDU]
    assert listed(blind, "without=email") == []
    assert "without=email" not in page


def test_names_are_suggested_as_far_as_one_may_know_them(
    editor: FlaskClient, blind: FlaskClient
) -> None:
    assert editor.get(f"{SPEAKERS}/names?q=زي").json == {"names": ["3 · زین"]}
    assert blind.get(f"{SPEAKERS}/names?q=زي").json == {"names": []}
    assert blind.get(f"{SPEAKERS}/names?q=speaker 3").json == {"names": ["3 · Speaker 3"]}
    assert blind.get(f"{SPEAKERS}/names?q=").json == {"names": []}


def test_a_form_that_is_sent_back_as_it_came_changes_nothing(editor: FlaskClient) -> None:
    with plan_to_change() as plan:
        plan.speakers[ZIN].original_language = "ar"
        plan.speakers[ZIN].free.append(Availability(starts_at=at(9), ends_at=at(12)))
        plan.speakers[ZIN].spoken_languages = ["kmr", "ar"]
    version = speaker().version
    assert save(editor, f"{SPEAKERS}/{ZIN}", "email").status_code == 302
    assert speaker().version == version
    assert db.session.scalar(select(func.count(Entry.id))) == 0


def test_a_speaker_is_entered_whole_and_withheld_unless_one_says_otherwise(
    editor: FlaskClient,
) -> None:
    answer = save(
        editor,
        f"{SPEAKERS}/new",
        "email",
        display_name__ar="نينسون",
        display_name__ckb="نینسوون",
        organisation__ar="بيت البقرات البرية",
        biography__ar="أم **جلجامش**.",
        original_language="ar",
        spoken_languages=["ar", "ckb"],
        email="ninsun@people.invalid",
        free__0__day=DAY.isoformat(),
        free__0__begin="09:00",
        free__0__end="11:30",
        remark="نباتية",
    )
    code = answer.location.rsplit("/", maxsplit=1)[1]
    made = speaker(code)
    assert (made.number, made.visibility, made.original_language) == (4, Visibility.WITHHELD, "ar")
    assert made.texts["ar"].biography == "أم **جلجامش**."
    assert made.texts["ckb"].display_name == "نینسوون"
    assert (made.email, made.remark) == ("ninsun@people.invalid", "نباتية")
    assert free(code) == [(at(9), at(11, 30))]
    assert last().facts == {"speaker": {"speaker": 4}}


def test_a_number_is_never_given_out_again(editor: FlaskClient) -> None:
    first = save(editor, f"{SPEAKERS}/new", "email", display_name__ar="نينسون")
    editor.post(f"{first.location}/delete")
    second = save(editor, f"{SPEAKERS}/new", "email", display_name__ar="ليلى")
    assert speaker(second.location.rsplit("/", maxsplit=1)[1]).number == 5


def test_what_is_wrong_stands_beside_its_field(editor: FlaskClient) -> None:
    page = save(
        editor,
        f"{SPEAKERS}/new",
        "email",
        visibility="pseudonym",
        email="no address",
        free__0__day=DAY.isoformat(),
        free__0__begin="14:00",
        free__0__end="10:00",
    )
    assert page.status_code == 422
    told = " ".join(errors(page))
    for part in ("Give the name", "Give the pseudonym", "not an e-mail", "end must come after"):
        assert part in told
    assert form_of(page, "email")["free-0-begin"] == "14:00"


def test_rows_of_hours_come_and_go_without_a_script(editor: FlaskClient) -> None:
    form = form_of(editor.get(f"{SPEAKERS}/{ZIN}"), "email")
    changed = filled(form, free__0__day=DAY.isoformat(), email="x@y.example", do="add")
    page = editor.post(f"{SPEAKERS}/{ZIN}", data=changed)
    assert page.status_code == 200
    more = form_of(page, "email")
    assert more["email"] == "x@y.example"
    changed = filled(more, free__1__day=DAY.isoformat(), free__1__end="10:00")
    page = editor.post(f"{SPEAKERS}/{ZIN}", data=filled(changed, do="remove-0"))
    rest = form_of(page, "email")
    assert (rest["free-0-end"], rest["free-1-day"]) == ("10:00", "")
    assert speaker().email == f"{ZIN}@people.invalid"
    editor.post(f"{SPEAKERS}/{ZIN}", data=rest)
    assert free() == [(at(8), at(10))]
    save(editor, f"{SPEAKERS}/{ZIN}", "email", free__0__day="")
    assert len(free()) == 1  # hours without a day are refused, not dropped
    save(
        editor,
        f"{SPEAKERS}/{ZIN}",
        "email",
        free__0__day="",
        free__0__begin="",
        free__0__end="",
    )
    assert free() == []
    take_back(last())
    assert free() == [(at(8), at(10))]


def test_a_stale_form_is_joined_and_loses_nothing(editor: FlaskClient) -> None:
    mine = form_of(editor.get(f"{SPEAKERS}/{ZIN}"), "email")
    save(
        editor,
        f"{SPEAKERS}/{ZIN}",
        "email",
        display_name__ar="زين الجزيرة",
        visibility="public",
        free__0__day=DAY.isoformat(),
    )
    changed = filled(mine, display_name__ar="زين بوتان", biography__ckb="کچی بۆتان", remark="!")
    page = editor.post(f"{SPEAKERS}/{ZIN}", data=changed)
    assert page.status_code == 409
    form = form_of(page, "email")
    assert form["display_name-ar"] == "زين بوتان"
    assert "زين الجزيرة" in page.text
    assert (form["visibility"], form["free-0-day"]) == ("public", DAY.isoformat())
    assert (form["biography-ckb"], form["remark"]) == ("کچی بۆتان", "!")
    assert editor.post(f"{SPEAKERS}/{ZIN}", data=form).status_code == 302
    assert speaker().texts["ar"].display_name == "زين بوتان"
    assert speaker().visibility is Visibility.PUBLIC


def test_hours_that_rows_say_only_roughly_stay_as_they_are(editor: FlaskClient) -> None:
    """What another program gave, such as hours before a day begins, survives a form."""
    odd = [(at(0), at(0, 7)), (at(9), at(17, days=3))]
    with plan_to_change() as plan:
        plan.event.day_to = 26 * 60
        for starts_at, ends_at in odd:
            plan.speakers[ZIN].free.append(Availability(starts_at=starts_at, ends_at=ends_at))
    form = form_of(editor.get(f"{SPEAKERS}/{ZIN}"), "email")
    more = max(int(name.split("-")[1]) for name in form if name.endswith("-day"))
    changed = {f"free__{more}__day": DAY.isoformat(), f"free__{more}__end": "10:00"}
    editor.post(f"{SPEAKERS}/{ZIN}", data=filled(form, **changed))
    assert free() == [odd[0], (at(8), at(10)), odd[1]]


def test_translations_fall_behind_when_the_original_changes(editor: FlaskClient) -> None:
    save(editor, f"{SPEAKERS}/{ZIN}", "email", biography__ckb="کچی بۆتان", original_language="ar")
    assert not is_outdated(speaker(), "ckb")
    save(editor, f"{SPEAKERS}/{ZIN}", "email", biography__ar="ابنة بوتان")
    assert is_outdated(speaker(), "ckb")
    form = form_of(editor.get(f"{SPEAKERS}/{ZIN}"), "email")
    editor.post(f"{SPEAKERS}/{ZIN}", data=filled(form, fits="ckb"))
    assert not is_outdated(speaker(), "ckb")


def test_the_page_tells_of_sessions_and_of_what_the_public_reads(editor: FlaskClient) -> None:
    released()
    page = editor.get(f"{SPEAKERS}/{SIDURI}").text
    assert "حق الوصول إلى الماء" in page
    assert "10:00" in page
    assert "The name:" in page
    assert f"/en/{SLUG}/speakers/{SIDURI}" in page
    assert "ابن البرية" in editor.get(f"{SPEAKERS}/{ENKIDU}").text
    assert "Name withheld" in editor.get(f"{SPEAKERS}/{ZIN}").text
    save(editor, f"{SPEAKERS}/{SIDURI}", "email", visibility="withheld")
    page = editor.get(f"{SPEAKERS}/{SIDURI}").text
    assert "still names this person" in page


def test_who_sees_no_names_changes_only_what_names_nobody(blind: FlaskClient) -> None:
    with plan_to_change() as plan:
        set_text(plan.speakers[ZIN], "ckb", biography="کچی بۆتان")
        plan.speakers[ZIN].remark = "سري"
    page = blind.get(f"{SPEAKERS}/{ZIN}")
    assert "needs a permission of its own" in page.text
    for hidden in ("زین", "منظمة", "بۆتان", "سري", f"{ZIN}@people", 'name="email"'):
        assert hidden not in page.text
    answer = save(
        blind,
        f"{SPEAKERS}/{ZIN}",
        "free-0-day",
        spoken_languages=["kmr"],
        free__0__day=DAY.isoformat(),
    )
    assert answer.status_code == 302
    kept = speaker()
    assert (kept.spoken_languages, kept.remark) == (["kmr"], "سري")
    assert kept.email == f"{ZIN}@people.invalid"
    assert kept.texts["ckb"].biography == "کچی بۆتان"
    # What is no field of the form changes nothing, whatever is sent.
    form = form_of(blind.get(f"{SPEAKERS}/{ZIN}"), "free-0-day")
    blind.post(f"{SPEAKERS}/{ZIN}", data=filled(form, visibility="public", email="x@y.example"))
    assert (speaker().visibility, speaker().email) == (
        Visibility.WITHHELD,
        f"{ZIN}@people.invalid",
    )


def test_a_stale_form_shows_nobody_what_is_hidden(blind: FlaskClient) -> None:
    form = form_of(blind.get(f"{SPEAKERS}/{SIDURI}"), "email")
    with plan_to_change() as plan:
        plan.speakers[SIDURI].visibility = Visibility.WITHHELD
        plan.speakers[SIDURI].remark = "سري جدا"
    page = blind.post(f"{SPEAKERS}/{SIDURI}", data=filled(form, remark="mine"))
    assert "سري جدا" not in page.text
    assert "منظمة سيدوري" not in page.text
    assert speaker(SIDURI).visibility is Visibility.WITHHELD


def test_who_sees_no_names_may_add_somebody_and_sees_a_number_then(blind: FlaskClient) -> None:
    assert "you see a number in place of the name" in blind.get(f"{SPEAKERS}/new").text
    answer = save(blind, f"{SPEAKERS}/new", "email", display_name__ar="نينسون")
    page = blind.get(answer.location).text
    assert "Speaker 4" in page
    assert "نينسون" not in page


def test_a_viewer_reads_what_they_may_know(viewer: FlaskClient) -> None:
    page = viewer.get(f"{SPEAKERS}/{SIDURI}").text
    assert '<form class="form"' not in page
    assert "منظمة سيدوري" in page
    hidden = viewer.get(f"{SPEAKERS}/{ZIN}").text
    assert "Speaker 3" in hidden
    assert "زین" not in hidden
    assert viewer.post(f"{SPEAKERS}/{SIDURI}").status_code == 403


def test_deleting_names_the_sessions_and_can_be_undone(editor: FlaskClient) -> None:
    page = editor.get(f"{SPEAKERS}/{ZIN}/delete").text
    assert "2 sessions" in page
    assert "ژنان و ئاشتی" in page
    assert editor.post(f"{SPEAKERS}/{ZIN}/delete").status_code == 302
    assert db.session.scalar(select(func.count(SessionSpeaker.speaker_id))) == 4
    assert "زین" not in str(last().facts)
    take_back(last())
    assert speaker().texts["ar"].display_name == "زین"
    assert db.session.scalar(select(func.count(SessionSpeaker.speaker_id))) == 6


def test_two_entries_of_one_person_are_joined_and_parted_again(editor: FlaskClient) -> None:
    with plan_to_change() as plan:
        set_text(plan.speakers[ZIN], "ckb", display_name="زینێ")
        set_text(plan.speakers[SIDURI], "ckb", biography="خاوەنی مەیخانە")
    page = editor.get(f"{SPEAKERS}/{SIDURI}/join?other=3+·+زین").text
    assert "This entry goes" in page
    assert editor.post(f"{SPEAKERS}/{SIDURI}/join", data={"other": ZIN}).status_code == 302
    kept = speaker(SIDURI)
    assert kept.visibility is Visibility.WITHHELD  # the one that shows less
    assert kept.texts["ar"].display_name == "سيدوري"
    assert (kept.texts["ckb"].display_name, kept.texts["ckb"].biography) == (
        "زینێ",
        "خاوەنی مەیخانە",
    )
    parts = db.session.scalars(select(SessionSpeaker)).all()
    water = db.session.scalars(select(Session).where(Session.code == WATER)).one()
    women = db.session.scalars(select(Session).where(Session.code == WOMEN)).one()
    assert {(p.session_id, p.role) for p in parts if p.speaker_id == kept.id} >= {
        (water.id, Role.SPEAKER),
        (water.id, Role.INTERPRETER),
        (women.id, Role.SPEAKER),
    }
    assert db.session.scalar(select(func.count(Speaker.id))) == 2
    take_back(last())
    assert speaker().texts["ckb"].display_name == "زینێ"
    assert speaker(SIDURI).visibility is Visibility.PUBLIC
    assert db.session.scalar(select(func.count(SessionSpeaker.speaker_id))) == 6


@pytest.mark.parametrize("other", ["1", "77", "nobody", ""])
def test_nobody_is_joined_with_themselves_or_nobody(editor: FlaskClient, other: str) -> None:
    answer = editor.post(f"{SPEAKERS}/{SIDURI}/join", data={"other": other})
    assert answer.status_code == 422
    assert db.session.scalar(select(func.count(Speaker.id))) == 3


def test_who_sees_no_names_joins_nobody_whom_they_do_not_know(blind: FlaskClient) -> None:
    assert blind.get(f"{SPEAKERS}/{ZIN}/join").status_code == 404
    page = blind.get(f"{SPEAKERS}/{SIDURI}/join?other=3")
    assert page.status_code == 422
    assert "زین" not in page.text


def test_seven_hundred_speakers_are_listed_in_a_fixed_number_of_statements(app: Flask) -> None:
    make_crowd()
    client = organizer(app, MemberRole.EDITOR)
    client.get(SPEAKERS)
    counts = []
    for query in ("", "?page=9", "?q=انهيدوانا", "?sort=sessions&role=speaker"):
        with statements() as sent:
            assert client.get(SPEAKERS + query).status_code == 200
        counts.append(len(sent))
    assert max(counts) <= 14
    assert max(counts) == min(counts)
    assert f"of {MANY} speakers" in client.get(f"{SPEAKERS}?visibility=public").text


def test_a_session_of_a_large_event_asks_for_names_as_one_writes(app: Flask) -> None:
    make_crowd(sessions=10)
    client = organizer(app, MemberRole.EDITOR)
    page = client.get(f"/desk/{SLUG}/sessions/C00001")
    assert page.text.count("<option") < 200
    assert f'data-names="{SPEAKERS}/names"' in page.text
