"""The page of all conflicts: finding them, accepting one, and opening it again."""

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from planner.accounts.access import Access
from planner.accounts.models import MemberRole, Membership
from planner.extensions import db
from planner.programme.vocabulary import Kind
from planner.sessions.models import State
from planner.sessions.operations import add_session
from planner.timetable.conflict_page import SIZE, conflicts_told
from planner.timetable.plan import plan_of
from planner.timetable.standing import standing
from tests.desks import organizer
from tests.plans import DAY, PROPOSED, SLUG, WATER, WOMEN, ZIN, make_plan, plan_to_change
from tests.statements import statements

HERE = f"/desk/{SLUG}/conflicts"
REASON = "الباب مفتوح"


@pytest.fixture
def editor(app: Flask) -> FlaskClient:
    """Return the browser of an editor of a plan in which a panel expects too many people."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    with plan_to_change() as plan:
        plan.sessions[WATER].audience = 300
    return organizer(app, MemberRole.EDITOR)


def told(page: TestResponse) -> str:
    """Return the content of a page without markup, each run of white space one blank."""
    main = page.text[page.text.index("<main") :]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", main)).split())


def facts_of(key: str) -> str:
    """Return the digest of an open conflict."""
    db.session.rollback()
    return next(item.digest for item in standing(plan_of(1)).open if item.key == key)


def accept(browser: FlaskClient, key: str, **fields: str) -> TestResponse:
    """Accept a conflict in a browser."""
    sent = {"key": key, "facts": facts_of(key), "reason": REASON, **fields}
    return browser.post(f"{HERE}/accept", data=sent)


def test_it_lists_what_the_plan_breaks_by_severity_with_ways_on(editor: FlaskClient) -> None:
    page = editor.get(HERE)
    assert page.status_code == 200
    words = told(page)
    assert "Errors 1 A person in two places" in words
    assert "Room too small Expected audience of “حق الوصول إلى الماء”: 300." in words
    heads = [words.index(head) for head in ("Errors 1 A", "Warnings 1 ", "For information 5 ")]
    assert heads == sorted(heads)
    for address in (f"sessions/{WATER}", f"sessions/{WATER}/move", f"board/{DAY}"):
        assert f'href="/desk/{SLUG}/{address}"' in page.text


def test_it_asks_the_database_the_same_however_much_is_wrong(editor: FlaskClient) -> None:
    editor.get(HERE)
    with statements() as sent:
        editor.get(HERE)
    few = [statement for statement in sent if statement != "BEGIN"]
    with plan_to_change() as plan:
        for session in plan.sessions.values():
            session.audience = 999
            session.needs_step_free = True
    with statements() as sent:
        editor.get(HERE)
    assert [statement for statement in sent if statement != "BEGIN"] == few


@pytest.mark.parametrize(
    ("query", "found", "missing"),
    [
        ("severity=error", "A person in two places", "Room too small"),
        ("severity=warning", "Room too small", "A person in two places"),
        ("rule=capacity", "Expected audience of", "takes part in"),
        ("theme=women", "ژنان و ئاشتی", "Expected audience of"),
        (f"session={WATER}", "Only those of the session “حق الوصول إلى الماء”", "الافتتاح” has"),
        (f"session={WOMEN}", "takes part in", "Expected audience of"),
        (f"speaker={ZIN}", "Only those of زین", "الافتتاح” has"),
        ("q=الما", "Expected audience of", "الافتتاح” has"),
        ("q=زين", "takes part in", "الافتتاح” has"),
        (f"day={DAY}", "Expected audience of", "nothing"),
        ("day=2017-01-19", "No open conflict is like that.", "Expected audience of"),
    ],
)
def test_it_can_be_narrowed(editor: FlaskClient, query: str, found: str, missing: str) -> None:
    words = told(editor.get(f"{HERE}?{query}")).partition("Clear the filters")[2]
    assert found in words
    assert missing not in words


@pytest.mark.parametrize(
    "query",
    ["rule=none", "severity=worst", "day=soon", "theme=none", "page=99", "page=-1", "q=%00"],
)
def test_what_makes_no_sense_is_no_error(editor: FlaskClient, query: str) -> None:
    assert editor.get(f"{HERE}?{query}").status_code == 200


def test_a_long_list_comes_a_page_at_a_time(editor: FlaskClient) -> None:
    with plan_to_change() as plan:
        for _ in range(SIZE):
            add_session(
                plan.event,
                kind=Kind.BREAK,
                minutes=30,
                original_language="ar",
                state=State.CONFIRMED,
            )
    first = editor.get(HERE)
    assert first.text.count('<li class="conflict') == SIZE
    assert 'rel="next"' in first.text
    second = editor.get(f"{HERE}?page=2&severity=information")
    assert 'rel="prev" href="/desk/river-days/conflicts?severity=information&amp;page=1"' in (
        second.text
    )


def test_who_may_not_know_names_finds_and_reads_numbers(app: Flask, editor: FlaskClient) -> None:
    viewer = organizer(app, MemberRole.VIEWER, sees_names=False)
    words = told(viewer.get(HERE))
    assert "Speaker 3 takes part in" in words
    assert "زین" not in words
    assert "takes part in" not in told(viewer.get(f"{HERE}?q=زین"))
    assert "Speaker 3 takes part in" in told(viewer.get(f"{HERE}?q=speaker+3"))
    asked = viewer.get(f"{HERE}?speaker={ZIN}")
    assert "Only those of Speaker 3" in told(asked)
    assert "زین" not in asked.text


def test_who_may_only_look_is_offered_nothing_to_change(app: Flask, editor: FlaskClient) -> None:
    page = organizer(app, MemberRole.VIEWER).get(HERE)
    assert "Accept" not in told(page)
    assert "/move" not in page.text


def test_a_warning_is_accepted_with_a_reason_and_stands_below(editor: FlaskClient) -> None:
    done = accept(editor, f"capacity:{WATER}", back=f"{HERE}?severity=warning")
    assert (done.status_code, done.location) == (302, f"{HERE}?severity=warning")
    words = told(editor.get(HERE))
    assert "Accepted. It stands below with its reason." in words
    accepted = words.partition("Accepted 1 ")[2]
    assert accepted.startswith("Room too small Expected audience")
    assert "Accepted by Editor, " in accepted
    assert REASON in accepted
    assert "Open again" in accepted


def test_one_is_sent_on_within_the_site_only(editor: FlaskClient) -> None:
    done = accept(editor, f"capacity:{WATER}", back="//elsewhere.example/")
    assert done.location == HERE


def test_without_a_reason_the_form_says_so_and_stays_open(editor: FlaskClient) -> None:
    page = accept(editor, f"capacity:{WATER}", reason="  ")
    assert page.status_code == 422
    assert "Say why this may stay as it is." in told(page)
    assert page.text.count('<details class="accept" open>') == 1


def test_a_reason_that_is_too_long_is_kept_as_it_was_typed(editor: FlaskClient) -> None:
    page = accept(editor, f"capacity:{WATER}", reason="ب" * 501)
    assert page.status_code == 422
    assert "ب" * 501 in page.text


def test_what_has_changed_meanwhile_is_looked_at_again(editor: FlaskClient) -> None:
    seen = facts_of(f"capacity:{WATER}")
    with plan_to_change() as plan:
        plan.sessions[WATER].audience = 400
    page = accept(editor, f"capacity:{WATER}", facts=seen)
    assert page.status_code == 409
    assert "What this conflict is about has changed meanwhile." in told(page)
    assert f'value="{REASON}"' in page.text


def test_what_was_accepted_before_it_changed_is_told_with_its_reason(editor: FlaskClient) -> None:
    accept(editor, f"capacity:{WATER}")
    with plan_to_change() as plan:
        plan.sessions[WATER].audience = 400
    words = told(editor.get(f"{HERE}?rule=capacity"))
    assert "This was accepted before it changed.Accepted by Editor, " in words
    assert REASON in words


def test_an_error_is_not_accepted(editor: FlaskClient) -> None:
    page = editor.get(f"{HERE}?severity=error")
    assert "Accept with a reason" not in told(page)
    key = next(item.key for item in standing(plan_of(1)).open if item.rule == "person-twice")
    assert accept(editor, key).status_code == 400


def test_what_is_gone_is_told_to_be_gone(editor: FlaskClient) -> None:
    seen = facts_of(f"capacity:{WATER}")
    with plan_to_change() as plan:
        plan.sessions[WATER].audience = None
    sent = {"key": f"capacity:{WATER}", "facts": seen, "reason": REASON}
    done = editor.post(f"{HERE}/accept", data=sent, follow_redirects=True)
    assert "This conflict is gone already." in told(done)
    done = editor.post(f"{HERE}/reopen", data=sent, follow_redirects=True)
    assert "This conflict is gone already." in told(done)


def test_an_accepted_one_is_opened_again(editor: FlaskClient) -> None:
    accept(editor, f"capacity:{WATER}")
    sent = {"key": f"capacity:{WATER}", "back": HERE}
    done = editor.post(f"{HERE}/reopen", data=sent, follow_redirects=True)
    assert "The conflict is among the open ones again." in told(done)
    assert "Open again" not in told(editor.get(HERE))


def test_a_plan_without_conflicts_has_a_friendly_page(editor: FlaskClient) -> None:
    with plan_to_change() as plan:
        for session in list(plan.event.sessions):
            plan.event.sessions.remove(session)
    words = told(editor.get(HERE))
    assert "The plan breaks no rule." in words


def test_the_page_speaks_arabic_from_the_right(app: Flask, editor: FlaskClient) -> None:
    page = organizer(app, MemberRole.OWNER, lang="ar").get(HERE)
    assert '<html lang="ar" dir="rtl">' in page.text
    assert page.status_code == 200


def test_hostile_titles_and_reasons_stay_text(editor: FlaskClient) -> None:
    with plan_to_change() as plan:
        plan.sessions[WATER].texts["ar"].title = "<script>x</script>"
    accept(editor, f"capacity:{WATER}", reason='"><script>y</script>')
    page = editor.get(f"{HERE}?q=%22%3E%3Cscript%3Ez")
    assert "<script>" not in page.text
    assert "<script>" not in editor.get(HERE).text


def test_a_session_is_told_its_own_conflicts(app: Flask, editor: FlaskClient) -> None:
    accept(editor, f"capacity:{WATER}")
    membership = db.session.scalars(select(Membership)).one()
    access = Access(membership.user, membership, membership.event)
    with app.test_request_context():
        items = conflicts_told(access, WATER)
    assert {item.severity for item in items} == {"error", "warning", "information"}
    assert [item.acceptance is not None for item in items] == [False] * (len(items) - 1) + [True]
    with app.test_request_context(), pytest.raises(KeyError):
        conflicts_told(access, "NOBODY")
    with app.test_request_context():
        assert conflicts_told(access, PROPOSED) == ()
