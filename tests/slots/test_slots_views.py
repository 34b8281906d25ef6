"""The page of a speaker's slots, and what can be said on it."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from planner.database import write_tx
from planner.extensions import db
from planner.journal.models import Entry
from planner.journal.undoing import redo, undo
from planner.notices.models import Notice, NoticeKind
from planner.notices.operations import put_to
from planner.programme.vocabulary import Role, Stage
from planner.sessions.models import Answer, State
from planner.sessions.operations import place
from planner.slots.models import Outcome, Request, Seen
from planner.slots.operations import MOST_OPEN
from planner.speakers.models import Availability, Speaker, Visibility
from planner.timetable.operations import move
from planner.timetable.queries import Slot
from tests.desks import make_user
from tests.plans import (
    ENKIDU,
    OPENING,
    PROPOSED,
    SIDURI,
    WATER,
    WOMEN,
    ZIN,
    at,
    make_plan,
    plan_to_change,
    released,
)
from tests.slots.speaking import Visitor, answers, show_plan
from tests.statements import statements

WATER_PLACE = "2017-01-18T10:00 tigris"


@pytest.fixture(autouse=True)
def plan(app: Flask) -> None:
    """Let there be the small event."""
    make_plan()


def test_before_anything_is_published_or_shown_there_is_nothing_to_see(app: Flask) -> None:
    """The plan is the organizers' own until they say otherwise."""
    page = Visitor(app, SIDURI).look()
    assert "Nothing to see yet" in page
    assert "الافتتاح" not in page


def test_a_session_is_shown_with_all_that_its_speaker_may_know(app: Flask) -> None:
    """Day, hour, room, theme, kind, length, role, people, languages, audience, note, equipment."""
    with plan_to_change() as plan:
        water = plan.sessions[WATER]
        water.audience, water.equipment = 80, "Two microphones"
        water.speakers_note = "Come **early**."
        water.spoken_languages, water.interpreted_languages = ["ar"], ["ckb", "en"]
        plan.rooms["tigris"].floor = {"en": "Second floor"}
        plan.event.venue_address = {"en": "River Road 5"}
    released()
    page = Visitor(app, SIDURI).look()
    for told in (
        "حق الوصول إلى الماء",
        "Wednesday 18 January",
        'datetime="2017-01-18T10:00"',
        "قاعة دجلة",
        "Second floor",
        "River Road 5",
        "الماء",
        "Panel",
        "1 hour",
        "Speaker",
        "ابن البرية",
        "Name withheld",
        "Interpreters",
        "Arabic",
        "Kurdish",
        ">80<",
        "Two microphones",
        "<strong>early</strong>",
        "Published as a draft",
        'data-instant="2017-01-18T07:00:00+00:00" data-offset="180"',
    ):
        assert told in page, told


def test_nobody_reads_who_is_withheld_or_behind_a_pseudonym(app: Flask) -> None:
    """Fellow speakers are known as the public knows them, in the plan as well as published."""
    show_plan()
    for published in (False, True):
        if published:
            released()
        page = Visitor(app, SIDURI).look()
        assert "ابن البرية" in page
        assert "أنكيدو" not in page
        assert "زین" not in page


def test_what_changed_in_the_plan_is_not_seen_before_it_is_published(app: Flask) -> None:
    """Where speakers do not see the plan, they see the programme that is public."""
    released()
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(15), room=plan.rooms["zagros"])
    page = Visitor(app, ENKIDU).look()
    assert 'datetime="2017-01-18T10:00"' in page
    assert "15:00" not in page
    show_plan()
    page = Visitor(app, ENKIDU).look()
    assert 'datetime="2017-01-18T15:00"' in page
    assert "Still a plan" in page


def test_each_session_says_how_settled_it_is(app: Flask) -> None:
    """Proposed, planned, draft, final, cancelled."""
    show_plan()
    assert "Proposed: not accepted yet" in Visitor(app, SIDURI).look()
    assert "Still a plan" in Visitor(app, ENKIDU).look()
    released()
    assert "Published as a draft" in Visitor(app, ENKIDU).look()
    released(Stage.FINAL, hours=1)
    assert '<p class="standing quiet">Final' in Visitor(app, ENKIDU).look()
    with plan_to_change() as plan:
        plan.sessions[WATER].state = State.WITHDRAWN
    assert "Cancelled" in Visitor(app, ENKIDU).look()
    show_plan(shown=False)
    assert "Cancelled" not in Visitor(app, ENKIDU).look()
    released(Stage.FINAL, hours=2)
    page = Visitor(app, ENKIDU).look()
    assert "Cancelled" in page
    assert "I confirm" not in page


def test_opening_the_page_changes_nothing(app: Flask) -> None:
    """Mail scanners open links."""
    released()
    visitor = Visitor(app, SIDURI)
    db.session.rollback()
    with statements() as sent:
        visitor.look()
    assert not [one for one in sent if not one.lstrip().startswith(("SELECT", "WITH"))]


def test_the_page_asks_as_many_statements_for_few_sessions_as_for_many(app: Flask) -> None:
    """No session costs a statement of its own."""
    show_plan()
    counted = []
    for visitor in (Visitor(app, ENKIDU), Visitor(app, SIDURI)):
        visitor.look()
        with statements() as sent:
            visitor.look()
        counted.append(len(sent))
    assert counted[0] == counted[1] <= 26


def test_confirming_is_kept_and_journaled_and_can_be_undone(app: Flask) -> None:
    """The journal has the speaker by number; organizers can take it back."""
    released()
    visitor = Visitor(app, SIDURI)
    assert f'name="holds_for" value="{WATER_PLACE}"' in visitor.look()
    response = visitor.say("confirm", WATER, holds_for=WATER_PLACE)
    assert response.status_code == 303
    assert response.location.endswith(f"?lang=en&done=confirmed#session-{WATER}")
    assert answers(WATER, SIDURI) == {Answer.CONFIRMED}
    assert answers(OPENING, SIDURI) == {Answer.ASKED}
    assert "You confirmed this." in visitor.look()
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.user_id) == ("speaker.confirmed", None)
    assert entry.facts["speaker"] == {"speaker": 1}
    undo(entry.event_id, make_user(), entry.id)
    assert answers(WATER, SIDURI) == {Answer.ASKED}


def test_declining_needs_a_reason_that_organizers_read_as_a_request(app: Flask) -> None:
    """Without one nothing is kept; the error stands beside the field."""
    released()
    visitor = Visitor(app, ENKIDU)
    response = visitor.say("decline", WATER, holds_for=WATER_PLACE, text="  ")
    assert response.status_code == 422
    assert f'id="decline-{WATER}-errors"' in response.text
    assert answers(WATER, ENKIDU) == {Answer.ASKED}
    response = visitor.say("decline", WATER, holds_for=WATER_PLACE, text="في السفر")
    assert response.status_code == 303
    assert answers(WATER, ENKIDU) == {Answer.DECLINED}
    (kept,) = db.session.scalars(select(Request))
    assert (kept.text, kept.outcome) == ("في السفر", Outcome.OPEN)
    page = visitor.look()
    assert "You said that you cannot come." in page
    assert "في السفر" in page


def test_who_has_answered_everything_is_not_reminded_any_more(app: Flask) -> None:
    """The reminder may have to wait until mail goes out."""
    released()
    with write_tx() as database:
        put_to(database, NoticeKind.REMINDER, Speaker.code.in_([SIDURI, ZIN]))
    visitor = Visitor(app, SIDURI)
    visitor.say("confirm", WATER, holds_for=WATER_PLACE)
    assert reminded() == {SIDURI, ZIN}
    (opening,) = re.findall(r'name="holds_for" value="(2017-01-18T09:00[^"]*)"', visitor.look())[:1]
    assert visitor.say("decline", OPENING, holds_for=opening, text="Ill").status_code == 303
    assert reminded() == {ZIN}


def reminded() -> set[str]:
    """Return to whom a reminder waits."""
    db.session.rollback()
    waiting = db.session.scalars(select(Notice).where(Notice.kind == NoticeKind.REMINDER))
    return {notice.speaker.code for notice in waiting if notice.speaker}


def test_an_answer_holds_for_what_was_shown(app: Flask) -> None:
    """Who answers to another hour is shown the present one, with what they wrote."""
    released()
    visitor = Visitor(app, ENKIDU)
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(15), room=plan.rooms["tigris"])
    released(hours=1)
    response = visitor.say("decline", WATER, holds_for=WATER_PLACE, text="I travel then.")
    assert response.status_code == 409
    assert "I travel then." in response.text
    assert 'datetime="2017-01-18T15:00"' in response.text
    assert answers(WATER, ENKIDU) == {Answer.ASKED}
    assert visitor.say("confirm", WATER, holds_for=WATER_PLACE).status_code == 409
    assert visitor.say("confirm", WOMEN, holds_for=WATER_PLACE).status_code == 409
    assert visitor.say("confirm", "NOTONE", holds_for="").status_code == 409


def test_whoever_confirmed_is_asked_anew_when_a_release_moves_the_session(app: Flask) -> None:
    """Also who has no address, and so gets no letter."""
    with plan_to_change() as plan:
        plan.speakers[ENKIDU].email = None
    released()
    for code in (ENKIDU, SIDURI):
        Visitor(app, code).say("confirm", WATER, holds_for=WATER_PLACE)
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(15), room=plan.rooms["tigris"])
    assert answers(WATER, ENKIDU) == {Answer.CONFIRMED}
    released(hours=1)
    for code in (ENKIDU, SIDURI):
        assert answers(WATER, code) == {Answer.ASKED}
        assert "please answer anew" in Visitor(app, code).look()


def test_whoever_sees_the_plan_is_asked_anew_at_once_and_not_twice(app: Flask) -> None:
    """A release that publishes what they confirmed in the plan asks nobody."""
    show_plan()
    released()
    visitor = Visitor(app, SIDURI)
    visitor.say("confirm", WATER, holds_for=WATER_PLACE)
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(15), room=plan.rooms["tigris"])
    assert answers(WATER, SIDURI) == {Answer.ASKED}
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(10), room=plan.rooms["tigris"])
    assert answers(WATER, SIDURI) == {Answer.CONFIRMED}
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(15), room=plan.rooms["tigris"])
    assert visitor.say("confirm", WATER, holds_for="2017-01-18T15:00 tigris").status_code == 303
    released(hours=1)
    assert answers(WATER, SIDURI) == {Answer.CONFIRMED}


def test_taking_a_move_back_asks_anew_who_confirmed_it_since(app: Flask) -> None:
    """Doing it once more lets them have confirmed again."""
    show_plan()
    with plan_to_change() as plan:
        event_id, version = plan.event.id, plan.sessions[WATER].version
    user_id = make_user()
    moved = move(
        event_id, user_id, WATER, Slot(starts_at=at(15), minutes=60, room="tigris"), version=version
    )
    assert moved is not None
    number = moved.id
    Visitor(app, SIDURI).say("confirm", WATER, holds_for="2017-01-18T15:00 tigris")
    assert answers(WATER, SIDURI) == {Answer.CONFIRMED}
    taken_back = undo(event_id, user_id, number).id
    assert answers(WATER, SIDURI) == {Answer.ASKED}
    redo(event_id, user_id, taken_back)
    assert answers(WATER, SIDURI) == {Answer.CONFIRMED}


def test_what_changed_since_the_last_visit_is_marked_until_it_was_seen(app: Flask) -> None:
    """Only saying so counts as having seen it."""
    released()
    visitor = Visitor(app, ENKIDU)
    page = visitor.look()
    assert "Changed<" not in page
    assert visitor.say("seen", holds_for=_digest(page)).status_code == 303
    assert "I have seen it" not in visitor.look()
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(15), room=plan.rooms["zagros"])
        plan.sessions[WATER].speakers_note = "Bring a map."
    released(hours=1)
    for _ in range(2):
        page = visitor.look()
        assert "Another hour; it was: Wednesday 18 January" in page
        assert "Another room; it was: " in page
        assert "note is new or changed" in page
    assert visitor.say("seen", holds_for="other").status_code == 409
    visitor.say("seen", holds_for=_digest(page))
    assert "Another hour" not in visitor.look().replace(">Another hour</option>", "")


def test_a_session_that_is_not_theirs_any_more_is_told_once(app: Flask) -> None:
    """What is kept of what was seen holds no text and no name."""
    released()
    visitor = Visitor(app, SIDURI)
    visitor.say("seen", holds_for=_digest(visitor.look()))
    kept = repr(list(db.session.scalars(select(Seen.facts))))
    assert not re.search("[\u0600-\u06ff]", kept)
    with plan_to_change() as plan:
        plan.sessions[WATER].people = [
            person for person in plan.sessions[WATER].people if person.speaker.code != SIDURI
        ]
    released(hours=1)
    page = visitor.look()
    assert "This is not among your sessions any more." in page
    visitor.say("seen", holds_for=_digest(page))
    assert "This is not among your sessions any more." not in visitor.look()


def test_conflicts_are_told_to_the_one_whom_they_concern(app: Flask) -> None:
    """With their own sessions only, and a way to tell the organizers."""
    released()
    visitor = Visitor(app, ZIN)
    page = visitor.look()
    words = re.search(r"<p>(At the same time you are also in [^<]*)", page)
    assert words is not None
    assert "until 11:00" in words[1]
    said = re.search(r'name="text" value="(At the same time[^"]*)"', page)
    assert said is not None
    assert visitor.say("ask", WATER, wish="other", text=said[1]).status_code == 303
    assert "You told the organizers." in visitor.look()
    with plan_to_change() as plan:
        plan.speakers[ENKIDU].free.append(Availability(starts_at=at(13), ends_at=at(16)))
    assert "You said that you are not free at this hour." in Visitor(app, ENKIDU).look()
    assert "At the same time" not in Visitor(app, SIDURI).look()


def test_a_request_can_be_made_once_and_taken_back(app: Flask) -> None:
    """Pressing twice asks once."""
    released()
    visitor = Visitor(app, ENKIDU)
    for _ in range(2):
        response = visitor.say("ask", WATER, wish="equipment", text="A projector")
        assert response.status_code == 303
    assert visitor.say("ask", "", text="A visa letter").status_code == 303
    at_large, asked = db.session.scalars(select(Request).order_by(Request.id.desc()))
    assert (asked.wish, at_large.session_id) == ("equipment", None)
    assert "A projector" in visitor.look()
    stranger = Visitor(app, SIDURI)
    assert stranger.say("take-back", number=asked.id).status_code == 409
    for _ in range(2):
        assert visitor.say("take-back", number=asked.id).status_code == 303
    page = visitor.look()
    assert "A projector" not in page
    assert "A visa letter" in page


def test_nobody_asks_for_more_than_can_be_answered(app: Flask) -> None:
    """What was typed is kept all the same."""
    released()
    visitor = Visitor(app, ENKIDU)
    for number in range(MOST_OPEN):
        assert visitor.say("ask", WATER, wish="hour", text=f"{number}").status_code == 303
    response = visitor.say("ask", WATER, wish="hour", text="one more")
    assert response.status_code == 429
    assert "one more</textarea>" in response.text


@pytest.mark.parametrize(
    "fields", [{"do": "nothing"}, {"do": ""}, {}], ids=["unknown", "empty", "none"]
)
def test_what_no_form_sends_is_refused(app: Flask, fields: dict[str, str]) -> None:
    """It is no fault of the speaker's, so there is nothing to correct."""
    visitor = Visitor(app, ENKIDU)
    response = visitor.client.post(visitor.address, data=fields)
    assert response.status_code == 400
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_the_page_speaks_every_language_of_the_interface(app: Flask, lang: str) -> None:
    """And keeps what was chosen in the ways on and in what is sent."""
    released()
    page = Visitor(app, SIDURI, lang).look()
    assert f'<html lang="{lang}" dir="{"ltr" if lang == "en" else "rtl"}">' in page
    assert f"?lang={lang}" in page
    assert len(page.encode()) < 25_000


def test_whoever_became_public_or_withheld_since_finds_their_sessions(app: Flask) -> None:
    """The document knows them as they were; they are still themselves."""
    released()
    with plan_to_change() as plan:
        plan.speakers[SIDURI].visibility = Visibility.WITHHELD
        plan.speakers[ZIN].visibility = Visibility.PUBLIC
    assert "حق الوصول إلى الماء" in Visitor(app, SIDURI).look()
    assert "حق الوصول إلى الماء" in Visitor(app, ZIN).look()


def test_a_session_without_an_hour_can_be_declined_but_not_confirmed(app: Flask) -> None:
    """There is nothing yet that a yes would hold for."""
    show_plan()
    visitor = Visitor(app, SIDURI)
    page = visitor.look()
    assert "nothing to confirm" in page
    assert visitor.say("confirm", PROPOSED, holds_for="").status_code == 409
    assert visitor.say("decline", PROPOSED, text="No time").status_code == 303
    assert answers(PROPOSED, SIDURI) == {Answer.DECLINED}


def test_one_answer_holds_for_all_roles(app: Flask) -> None:
    """Nobody comes as a speaker and stays away as a moderator."""
    with plan_to_change() as plan:
        from planner.sessions.operations import set_people

        siduri = plan.speakers[SIDURI]
        set_people(plan.sessions[WATER], [(siduri, Role.SPEAKER), (siduri, Role.MODERATOR)])
    released()
    Visitor(app, SIDURI).say("confirm", WATER, holds_for=WATER_PLACE)
    assert answers(WATER, SIDURI) == {Answer.CONFIRMED}


def _digest(page: str) -> str:
    found = re.search(r'name="do" value="seen">.*?name="holds_for" value="([0-9a-f]+)"', page)
    assert found is not None
    return found[1]
