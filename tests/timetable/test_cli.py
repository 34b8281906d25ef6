"""The command ``planner check``: what the plan breaks, and what the shell is told of it."""

import json

import pytest
from click.testing import Result
from flask import Flask

from planner.timetable.acknowledging import acknowledge
from planner.timetable.plan import plan_of
from planner.timetable.standing import standing
from tests.desks import make_user
from tests.plans import SLUG, WATER, WOMEN, at, make_plan, plan_to_change


@pytest.fixture
def checked(app: Flask) -> Flask:
    """Return an application with the small event, in which somebody is in two places."""
    make_plan()
    with plan_to_change() as plan:
        plan.sessions[WATER].audience = 300
    return app


def check(app: Flask, *arguments: str) -> Result:
    """Run the command."""
    return app.test_cli_runner().invoke(args=["check", *arguments])


def test_an_error_ends_with_one_and_a_line_for_each_conflict(checked: Flask) -> None:
    result = check(checked, SLUG)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[:2] == [
        "Errors (1)",
        "  2017-01-18 person-twice: Speaker 3 takes part in “حق الوصول إلى الماء” (10:00–11:00) "
        "and in “ژنان و ئاشتی” (10:00–11:00) at the same time.",
    ]
    assert "Warnings (1)" in lines
    assert lines[-1] == "river-days: errors 1, warnings 1, for information 5, accepted 0."


def test_without_errors_it_ends_with_nothing_to_say_no_to(checked: Flask) -> None:
    with plan_to_change() as plan:
        plan.sessions[WOMEN].starts_at = at(14)
    assert check(checked, SLUG).exit_code == 0


def test_nobody_is_named_unless_that_is_asked_for(checked: Flask) -> None:
    assert "زین" not in check(checked, SLUG).stdout
    assert "زین" not in check(checked, SLUG, "--json").stdout
    assert "زین takes part in" in check(checked, SLUG, "--names").stdout


def test_programs_get_json(checked: Flask) -> None:
    plan = plan_of(1)
    warning = next(item for item in standing(plan).open if item.rule == "capacity")
    acknowledge(plan, make_user(), warning.key, digest=warning.digest, reason="الباب مفتوح")
    result = check(checked, SLUG, "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["event"] == SLUG
    assert told["open"] == {"error": 1, "warning": 0, "information": 5}
    assert told["accepted"] == 1
    first, last = told["conflicts"][0], told["conflicts"][-1]
    assert (first["rule"], first["severity"], first["accepted"]) == ("person-twice", "error", None)
    assert first["sessions"] == [WATER, WOMEN]
    assert first["day"] == "2017-01-18"
    assert (last["key"], last["accepted"]) == (f"capacity:{WATER}", "الباب مفتوح")


def test_sentences_can_be_in_another_language(checked: Flask) -> None:
    """What is not translated yet stands in English; the language of things changes."""
    result = check(checked, SLUG, "--language", "ckb")
    assert result.exit_code == 1
    assert "ژنان و ئاشتی" in result.stdout


def test_an_unknown_event_is_refused_in_one_line(app: Flask) -> None:
    result = check(app, "nowhere")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == ["Error: There is no event “nowhere”."]
