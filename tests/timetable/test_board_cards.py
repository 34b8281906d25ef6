"""What the board says of a day: how many sessions it has, and what is wrong with it."""

from flask import Flask

from planner.accounts.models import MemberRole
from planner.sessions.models import State
from planner.timetable.board_cards import told_number
from planner.timetable.plan import plan_of
from planner.timetable.queries import sessions_on
from tests.desks import organizer
from tests.plans import DAY, PROPOSED, WATER, WOMEN, at, make_plan, plan_to_change

DESK = "/desk/river-days"


def test_a_day_is_also_wrong_in_what_no_session_of_it_is_to_blame_for(app: Flask) -> None:
    """Two sessions on water, none on the second day: that day lacks the theme."""
    make_plan()
    with plan_to_change() as plan:
        water, other = plan.sessions[WATER], plan.sessions[PROPOSED]
        other.theme, other.starts_at, other.room = water.theme, at(14), water.room
        plan.sessions[WOMEN].starts_at = at(10, days=1)
    viewer = organizer(app, MemberRole.VIEWER)
    link = f'class="mark is-warning" href="{DESK}/conflicts?day=2017-01-19">1 warning</a>'
    assert link in viewer.get(f"{DESK}/board/2017-01-19").text
    assert link in viewer.get(f"{DESK}/board/").text


def test_what_is_withdrawn_is_drawn_but_not_counted(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        plan.sessions[WOMEN].state = State.WITHDRAWN
    sessions = sessions_on(plan_of(1), DAY)
    assert len(sessions) == 3
    assert told_number(sessions) == "2 sessions"
