"""The command ``planner check``: what the plan breaks and lacks, and what the shell is told."""

import json

import pytest
from click.testing import Result
from flask import Flask

from planner.timetable.acknowledging import acknowledge
from planner.timetable.plan import plan_of
from planner.timetable.standing import standing
from tests.desks import make_user
from tests.plans import PROPOSED, SLUG, WATER, WOMEN, at, make_plan, plan_to_change
from tests.readiness.plans import make_ready


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
    assert "river-days: errors 1, warnings 1, for information 5, accepted 0." in lines


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


def test_each_stage_is_told_with_what_is_missing(checked: Flask) -> None:
    lines = check(checked, SLUG).stdout.splitlines()
    told = lines[lines.index("Draft: 2 of 3 requirements met. Not met:") :]
    assert told[1] == "  errors: No error stands (1 missing)"
    assert told[2] == "Final: 4 of 10 requirements met. Not met:"
    assert "  placed: Every session is placed (1 missing)" in told
    assert told[told.index("  placed: Every session is placed (1 missing)") + 1] == "    اقتراح"
    assert "    Speaker 3" in told
    assert any(line.startswith("    … and ") for line in told)


def test_a_stage_is_weighed_alone_and_what_binds_ends_with_one(checked: Flask) -> None:
    make_ready()
    with plan_to_change() as plan:
        plan.event.binding = ["warnings"]
    draft, final = (check(checked, SLUG, "--stage", stage) for stage in ("draft", "final"))
    assert draft.exit_code == 0
    assert "Draft: ready, 3 of 3 requirements met." in draft.stdout
    assert "Final" not in draft.stdout
    assert final.exit_code == 1
    assert "  warnings: Every warning is mended or accepted (1 missing, binds)" in final.stdout
    assert check(checked, SLUG).exit_code == 0
    with plan_to_change() as plan:
        plan.event.binding = []
    assert check(checked, SLUG, "--stage", "final").exit_code == 0


def test_programs_get_the_stages_as_json(checked: Flask) -> None:
    told = json.loads(check(checked, SLUG, "--json").stdout)["readiness"]
    assert [told[stage]["ready"] for stage in ("draft", "final")] == [False, False]
    found = {asked["key"]: asked for asked in told["final"]["requirements"]}
    assert found["rooms"] == {
        "key": "rooms",
        "label": "The rooms are set",
        "stage": "draft",
        "binds": False,
        "met": True,
        "missing": [],
    }
    assert found["placed"]["missing"] == [
        {"kind": "session", "key": PROPOSED, "language": None, "text": "اقتراح"}
    ]
    assert set(found) > {asked["key"] for asked in told["draft"]["requirements"]}


def test_sentences_can_be_in_another_language(checked: Flask) -> None:
    """What is not translated yet stands in English; the language of things changes."""
    result = check(checked, SLUG, "--language", "ckb")
    assert result.exit_code == 1
    assert "ژنان و ئاشتی" in result.stdout


def test_an_unknown_event_is_refused_in_one_line(app: Flask) -> None:
    result = check(app, "nowhere")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == ["Error: There is no event “nowhere”."]
