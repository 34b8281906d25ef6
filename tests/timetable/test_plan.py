"""The picture of a plan: what is in the database, read in a fixed number of statements."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from planner.database import write_tx
from planner.events.models import Day, Event
from planner.extensions import db
from planner.programme.vocabulary import Kind, Role
from planner.sessions.models import Answer, Session, State
from planner.speakers.models import Availability, Visibility
from planner.timetable.models import Constraint, Relation
from planner.timetable.parts import Timeline, joined
from planner.timetable.plan import Plan, plan_of
from tests.plans import (
    DAY,
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
)
from tests.statements import statements
from tests.timetable import pictures
from tests.timetable.pictures import session


def read() -> Plan:
    """Return the picture of the small event."""
    return plan_of(db.session.scalars(select(Event.id)).one())


@pytest.mark.usefixtures("app")
def test_it_shows_sessions_with_their_place_texts_and_people() -> None:
    make_plan()
    plan = read()
    panel = plan.by_code[WATER]
    assert (panel.room, panel.starts_at, panel.end) == ("tigris", at(10), at(11))
    assert (panel.theme, panel.kind, panel.state) == ("water", Kind.PANEL, State.CONFIRMED)
    assert panel.titles == {"ar": "حق الوصول إلى الماء"}
    roles = [(plan.speaker_by_id[who.speaker_id].code, who.role) for who in panel.people]
    assert roles == [
        (SIDURI, Role.SPEAKER),
        (ENKIDU, Role.SPEAKER),
        (ZIN, Role.INTERPRETER),
    ]
    assert [item.code for item in plan.placed] == [OPENING, WATER, WOMEN]
    assert plan.by_code[PROPOSED].starts_at is None


@pytest.mark.usefixtures("app")
def test_it_shows_the_event_its_rooms_themes_and_speakers() -> None:
    make_plan()
    plan = read()
    assert (plan.slug, plan.languages) == ("river-days", ("en", "ar", "ckb"))
    assert [(room.slug, room.capacity, room.booths) for room in plan.rooms] == [
        ("tigris", 220, 0),
        ("zagros", None, 1),
    ]
    assert [theme.slug for theme in plan.themes] == ["water", "women"]
    told = {person.code: (person.number, person.visibility) for person in plan.speakers}
    assert told[ZIN] == (3, Visibility.WITHHELD)
    assert plan.limits.changeover == 10


@pytest.mark.usefixtures("app")
def test_each_day_has_its_own_hours_or_those_of_the_event() -> None:
    make_plan()
    with plan_to_change() as plan:
        plan.event.days = [Day(date=DAY, day_from=10 * 60, day_to=26 * 60)]
    first, second = read().days
    assert (first.starts_at, first.ends_at) == (at(10), at(2, days=1))
    assert (second.starts_at, second.ends_at) == (at(8, days=1), at(20, days=1))


@pytest.mark.usefixtures("app")
def test_hours_that_touch_are_joined_and_constraints_know_codes() -> None:
    make_plan()
    with plan_to_change() as plan, db.session.no_autoflush:
        plan.speakers[ZIN].free = [
            Availability(starts_at=at(10), ends_at=at(12)),
            Availability(starts_at=at(9), ends_at=at(10)),
        ]
        ids = plan.sessions[WATER].id, plan.sessions[WOMEN].id
        db.session.add(
            Constraint(
                event_id=plan.event.id,
                relation=Relation.BEFORE,
                session_id=ids[0],
                other_id=ids[1],
            )
        )
    found = read()
    assert [person.free for person in found.speakers if person.code == ZIN] == [((at(9), at(12)),)]
    asked = [(item.relation, item.first, item.second) for item in found.constraints]
    assert asked == [(Relation.BEFORE, WATER, WOMEN)]


@pytest.mark.usefixtures("app")
def test_it_takes_thirteen_statements_however_much_there_is() -> None:
    make_plan()
    event_id = db.session.scalars(select(Event.id)).one()
    db.session.rollback()
    with statements() as sent:
        plan_of(event_id)
    few = [statement for statement in sent if statement != "BEGIN"]
    assert len(few) == 13
    _add_sessions(event_id)
    with statements() as sent:
        plan_of(event_id)
    assert [statement for statement in sent if statement != "BEGIN"] == few


def _add_sessions(event_id: int) -> None:
    with write_tx() as database:
        for number in range(20):
            database.add(
                Session(
                    event_id=event_id,
                    code=f"MORE{number}",
                    guid=f"guid {number}",
                    kind=Kind.PANEL,
                    minutes=30,
                    original_language="ar",
                )
            )


@pytest.mark.usefixtures("app")
def test_another_event_is_not_in_it() -> None:
    make_plan()
    make_plan("other-days", codes="X")
    event_id = db.session.scalars(select(Event.id).where(Event.slug == "river-days")).one()
    plan = plan_of(event_id)
    assert {item.code[0] for item in (*plan.sessions, *plan.speakers)}.isdisjoint({"X"})
    assert len(plan.rooms) == 2


@pytest.mark.usefixtures("app")
def test_no_event_has_no_plan() -> None:
    with pytest.raises(NoResultFound):
        plan_of(1)


def test_who_declined_takes_no_part() -> None:
    declined = pictures.Person(4, Role.INTERPRETER, Answer.DECLINED)
    item = session("A", None, None, 3, declined)
    assert item.speaker_ids == {3}
    assert item.interpreters == frozenset()
    assert len(item.people) == 2


def test_what_is_unplaced_has_no_end() -> None:
    with pytest.raises(ValueError, match="session A is not placed"):
        _ = session("A").end
    with pytest.raises(ValueError, match="session A is not placed"):
        _ = session("A").start


def test_a_timeline_gives_what_is_near_and_what_all_share() -> None:
    items = [session(str(hour), at(hour), "tigris", minutes=150) for hour in (9, 10, 11, 15)]
    timeline = Timeline(items)
    assert [item.code for item in timeline.near(at(11, 15), at(12))] == ["9", "10", "11"]
    assert timeline.shared("15") == (at(11), at(11, 30))
    assert timeline.shared("9") is None
    assert Timeline(()).shared("9") is None


def test_intervals_are_joined_where_they_touch_or_overlap() -> None:
    spans = [(at(9), at(10)), (at(12), at(13)), (at(10), at(11)), (at(12, 30), at(12, 40))]
    assert joined(spans) == ((at(9), at(11)), (at(12), at(13)))
