"""What speakers are to be told after each release, and that nobody is told a thing twice."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from planner.extensions import db
from planner.journal.models import Entry
from planner.letters.composing import to_be_told
from planner.letters.differences import Difference
from planner.letters.operations import discard
from planner.notices.models import Notice, NoticeKind
from planner.notices.operations import claim, failed, sent
from planner.programme.vocabulary import Role, Stage
from planner.releases.queries import last_release, whole_plan
from planner.releases.review import review
from planner.sessions.models import Answer, State
from planner.sessions.operations import place, set_people
from tests.letters.outbox import answer_of, let_go, letter_to, letters, told_everybody
from tests.plans import (
    ENKIDU,
    OPENING,
    SIDURI,
    SLUG,
    WATER,
    WOMEN,
    ZIN,
    Plan,
    at,
    make_plan,
    plan_to_change,
    released,
)
from tests.statements import statements


@pytest.fixture(autouse=True)
def plan(app: Flask) -> None:
    """Make the small event, of which nothing is public yet."""
    make_plan()


def codes(letter: Notice) -> dict[str, tuple[str, int]]:
    """Return what a letter does with which session, and as which revision."""
    return {one["code"]: (one["method"], one["sequence"]) for one in letter.invitations or ()}


def changed(letter: Notice, code: str) -> list[str]:
    """Return what a letter says is different of a session."""
    return next(one["differences"] for one in letter.invitations or () if one["code"] == code)


def move(plan: Plan, code: str = WATER, hour: int = 12) -> None:
    """Move a session to another hour."""
    place(plan.sessions[code], starts_at=at(hour), room=plan.sessions[code].room)


def test_the_first_release_writes_to_each_speaker_once_with_all_their_sessions() -> None:
    released()
    assert len(letters()) == 3
    assert set(codes(letter_to(SIDURI))) == {OPENING, WATER}  # what is only proposed is not there
    assert set(codes(letter_to(ZIN))) == {WATER, WOMEN}
    assert codes(letter_to(ENKIDU)) == {WATER: ("REQUEST", 0)}
    for letter in letters():
        assert letter.kind is NoticeKind.SCHEDULE
        assert letter.due_at is None  # it waits for an organizer
        assert letter.release is not None
        assert letter.release.number == 1


def test_no_letter_holds_the_name_of_anybody() -> None:
    """Organizers read them who may know no names."""
    released(Stage.FINAL)
    for letter in letters():
        kept = f"{letter.subject} {letter.text} {letter.invitations}"
        for name in ("سيدوري", "أنكيدو", "زین", "ابن البرية", "people.invalid"):
            assert name not in kept
        assert "Hello {name}," in (letter.text or "")


def test_a_release_that_changes_nothing_for_somebody_writes_nothing_to_them() -> None:
    told_everybody()
    with plan_to_change() as plan:
        move(plan, WOMEN)
    released(hours=2)
    assert set(codes(letter_to(ZIN))) == {WOMEN}
    assert [letter.speaker.code for letter in letters() if letter.speaker] == [ZIN]


def test_moves_are_gathered_until_they_are_sent() -> None:
    """Three releases, one letter, and the difference is that to what was told."""
    told_everybody()
    for hours, hour in ((2, 12), (3, 14), (4, 16)):
        with plan_to_change() as plan:
            move(plan, hour=hour)
        released(hours=hours)
    letter = letter_to(ENKIDU)
    assert "16:00" in (letter.text or "")
    assert "(before: Wednesday, 18 January 2017 \u206610:00–11:00\u2069)" in (letter.text or "")
    assert "12:00" not in (letter.text or "")
    assert codes(letter) == {WATER: ("REQUEST", 3)}  # as often as calendars were told elsewhere
    assert len(letters()) == 3


def test_a_letter_whose_change_is_taken_back_goes_away() -> None:
    told_everybody()
    with plan_to_change() as plan:
        move(plan)
    released(hours=2)
    with plan_to_change() as plan:
        move(plan, hour=10)
    released(hours=3)
    assert letters() == []


@pytest.mark.parametrize("difference", list(Difference))
def test_each_difference_is_told(difference: Difference) -> None:
    if difference in {Difference.RESTORED, Difference.NEW}:
        with plan_to_change() as plan:
            plan.sessions[WATER].state = State.WITHDRAWN
    told_everybody()
    if difference is Difference.RESTORED:
        _bring_back_after_telling()
        return
    with plan_to_change() as plan:
        _CHANGES[difference](plan)
    released(hours=2)
    letter = letter_to(ENKIDU)
    method = "CANCEL" if difference in {Difference.CANCELLED, Difference.OFF} else "REQUEST"
    assert difference.value in changed(letter, WATER)
    assert codes(letter)[WATER][0] == method


def _bring_back_after_telling() -> None:
    with plan_to_change() as plan:
        plan.sessions[WATER].state = State.CONFIRMED
    told_everybody(hours=2)
    with plan_to_change() as plan:
        plan.sessions[WATER].state = State.WITHDRAWN
    told_everybody(hours=3)
    with plan_to_change() as plan:
        plan.sessions[WATER].state = State.CONFIRMED
    released(hours=4)
    assert changed(letter_to(ENKIDU), WATER) == ["restored"]
    assert codes(letter_to(ENKIDU)) == {WATER: ("REQUEST", 2)}


def _rename(plan: Plan) -> None:
    plan.sessions[WATER].texts["ar"].title = "الماء للجميع"


def _off(plan: Plan) -> None:
    set_people(plan.sessions[WATER], [(plan.speakers[ZIN], Role.INTERPRETER)])


_CHANGES = {
    Difference.NEW: lambda plan: setattr(plan.sessions[WATER], "state", State.CONFIRMED),
    Difference.CANCELLED: lambda plan: setattr(plan.sessions[WATER], "state", State.WITHDRAWN),
    Difference.OFF: _off,
    Difference.MOVED: move,
    Difference.ROOM: lambda plan: setattr(plan.sessions[WATER], "room", plan.rooms["zagros"]),
    Difference.LENGTH: lambda plan: setattr(plan.sessions[WATER], "minutes", 90),
    Difference.TITLE: _rename,
    Difference.LANGUAGES: lambda plan: setattr(plan.sessions[WATER], "spoken_languages", ["ar"]),
    Difference.PEOPLE: lambda plan: set_people(
        plan.sessions[WATER], [(plan.speakers[ENKIDU], Role.SPEAKER)]
    ),
}


def test_a_cancellation_is_told_once() -> None:
    told_everybody()
    with plan_to_change() as plan:
        plan.sessions[WATER].state = State.WITHDRAWN
    told_everybody(hours=2)
    released(Stage.FINAL, hours=3)
    assert letters() == []


def test_the_final_programme_is_no_news_for_who_knows_it_all() -> None:
    """Feeds say that it is certain now; where to be, and when, is as it was."""
    told_everybody()
    released(Stage.FINAL, hours=2)
    assert letters() == []


def test_who_confirmed_another_hour_is_asked_anew_in_an_entry_of_its_own() -> None:
    told_everybody()
    _answer(Answer.CONFIRMED)
    with plan_to_change() as plan:
        move(plan)
    released(hours=2)
    assert answer_of(WATER, ENKIDU) is Answer.ASKED
    assert "answer once more" in (letter_to(ENKIDU).text or "")
    assert "answer once more" not in (letter_to(SIDURI).text or "")
    entries = db.session.scalars(select(Entry).order_by(Entry.id.desc()).limit(2)).all()
    assert [entry.action for entry in entries] == ["speaker.asked_anew", "release.published"]
    (row,) = entries[0].rows
    assert (row.before, row.after) == ({"answer": "confirmed"}, {"answer": "asked"})


def test_who_was_asked_anew_has_confirmed_when_the_move_is_taken_back() -> None:
    told_everybody()
    _answer(Answer.CONFIRMED)
    for hours, hour in ((2, 12), (3, 14), (4, 10)):
        with plan_to_change() as plan:
            move(plan, hour=hour)
        released(hours=hours)
    assert answer_of(WATER, ENKIDU) is Answer.CONFIRMED
    assert letters() == []


def test_who_has_confirmed_the_new_hour_is_not_asked_again_for_it() -> None:
    told_everybody()
    _answer(Answer.CONFIRMED)
    with plan_to_change() as plan:
        move(plan)
    released(hours=2)
    _answer(Answer.CONFIRMED)  # by telephone, while the letter waits
    released(Stage.FINAL, hours=3)
    assert answer_of(WATER, ENKIDU) is Answer.CONFIRMED


def test_a_longer_session_asks_nobody_anew() -> None:
    told_everybody()
    _answer(Answer.CONFIRMED)
    with plan_to_change() as plan:
        plan.sessions[WATER].minutes = 90
    released(hours=2)
    assert answer_of(WATER, ENKIDU) is Answer.CONFIRMED


def test_who_declined_is_told_nothing_more() -> None:
    told_everybody()
    _answer(Answer.DECLINED)
    with plan_to_change() as plan:
        move(plan)
    released(hours=2)
    assert ENKIDU not in {letter.speaker.code for letter in letters() if letter.speaker}


def test_who_has_no_address_gets_no_letter_and_is_told_of_before() -> None:
    with plan_to_change() as plan:
        plan.speakers[ENKIDU].email = None
    event = whole_plan(SLUG)
    assert event is not None
    found = to_be_told(event, review(event, None).programme)
    assert [one.can_be_written_to for one in found] == [True, False, True]
    released()
    assert len(letters()) == 2


def test_what_would_be_told_is_known_before_and_nothing_is_written() -> None:
    told_everybody()
    with plan_to_change() as plan:
        move(plan)
    event = whole_plan(SLUG)
    assert event is not None
    previous = last_release(event.id)
    assert previous is not None
    with statements() as sent_statements:
        found = to_be_told(event, released_content(event))
    assert {one.speaker.code: one.differences for one in found} == {
        code: frozenset({Difference.MOVED}) for code in (SIDURI, ENKIDU, ZIN)
    }
    assert all(statement.startswith("SELECT") for statement in sent_statements)


def released_content(event):  # type: ignore[no-untyped-def]
    """Return what a release made now would publish."""
    from planner.programme.document import decode

    previous = last_release(event.id)
    assert previous is not None
    return review(event, decode(previous.document)).programme


def test_a_text_that_was_changed_stays_when_nothing_more_changes() -> None:
    told_everybody()
    with plan_to_change() as plan:
        move(plan)
    released(hours=2)
    letter = letter_to(ENKIDU)
    db.session.rollback()
    from planner.database import write_tx

    with write_tx() as database:
        database.get_one(Notice, letter.id).text = "Dear {name}, we are so sorry."
    with plan_to_change() as plan:
        move(plan, WOMEN)
    released(hours=3)
    kept = letter_to(ENKIDU)
    assert kept.text == "Dear {name}, we are so sorry."
    assert kept.release is not None
    assert kept.release.number == 3


def test_a_letter_that_is_held_stays_held_when_it_is_written_anew() -> None:
    from planner.letters.operations import hold

    told_everybody()
    with plan_to_change() as plan:
        move(plan)
        event_id = plan.event.id
    released(hours=2)
    hold(event_id, letter_to(ENKIDU).id, held=True)
    with plan_to_change() as plan:
        move(plan, hour=15)
    released(hours=3)
    assert letter_to(ENKIDU).is_held
    assert not letter_to(SIDURI).is_held


def test_a_letter_that_a_sender_has_counts_as_told_and_the_next_one_follows_it() -> None:
    """It may be with the speaker already; nothing may overtake it."""
    told_everybody()
    with plan_to_change() as plan:
        move(plan)
    released(hours=2)
    let_go(letter_to(ENKIDU).id)
    taken = claim()
    assert taken is not None
    with plan_to_change() as plan:
        move(plan, hour=15)
    released(hours=3)
    first, second = (one for one in letters() if one.speaker and one.speaker.code == ENKIDU)
    assert codes(first) == {WATER: ("REQUEST", 1)}
    assert codes(second) == {WATER: ("REQUEST", 2)}
    assert "12:00" in (second.text or "")
    let_go(second.id)
    failed(taken.number, "450 later", for_good=False)
    assert claim() is None  # the first is tried again before
    sent(taken.number)
    after = claim()
    assert after is not None
    assert after.number == second.id


def test_what_is_discarded_counts_as_told() -> None:
    told_everybody()
    with plan_to_change() as plan:
        move(plan)
        event_id = plan.event.id
    released(hours=2)
    from tests.desks import make_user

    discard(event_id, make_user(), letter_to(ENKIDU).id)
    released(Stage.FINAL, hours=3)
    assert len(letters()) == 2


def test_each_is_written_to_in_their_language() -> None:
    with plan_to_change() as plan:
        plan.speakers[SIDURI].original_language = "ar"
        plan.speakers[ENKIDU].spoken_languages = ["de", "ckb"]
        plan.speakers[ZIN].original_language = "de"
    released()
    assert letter_to(SIDURI).language == "ar"
    assert letter_to(ENKIDU).language == "ckb"
    assert letter_to(ZIN).language == "en"
    assert "مرحب" in (letter_to(SIDURI).text or "")


def _answer(answer: Answer, code: str = WATER, speaker: str = ENKIDU) -> None:
    with plan_to_change() as plan:
        for person in plan.sessions[code].people:
            if person.speaker.code == speaker:
                person.answer = answer


def test_a_release_of_many_asks_the_database_no_more_often() -> None:
    from tests.plans import FIRST

    told_everybody()
    counts = []
    for hours, sessions in ((2, [WATER]), (4, [WATER, WOMEN, OPENING])):
        with plan_to_change() as plan:
            for code in sessions:
                move(plan, code, hour=10 + hours)
        with statements() as asked:
            released(hours=hours)
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 2
    assert FIRST + timedelta(hours=4) > FIRST


def test_the_first_letter_says_how_settled_the_programme_is_by_then() -> None:
    released()
    assert "there is a draft" in (letter_to(ENKIDU).text or "")
    released(Stage.FINAL, hours=2)
    assert "is final" in (letter_to(ENKIDU).text or "")
    assert len(letters()) == 3
