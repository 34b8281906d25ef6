"""The commands for who runs an installation."""

import re

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from planner.accounts.links import opened_invitation, opened_reset
from planner.accounts.models import MemberRole, User
from planner.accounts.second_factor import enable, new_secret
from planner.extensions import db
from tests.conftest import BASE_URL
from tests.desks import join, make_user
from tests.plans import SLUG, make_plan


def run(app: Flask, *arguments: str) -> Result:
    """Run ``planner user``."""
    return app.test_cli_runner().invoke(args=["user", *arguments])


def token_in(result: Result, purpose: str) -> str:
    """Return the token of the link that was printed."""
    found = re.search(rf"^{BASE_URL}/desk/account/{purpose}/(\S+)$", result.output, re.M)
    assert found is not None, result.output
    return found[1]


@pytest.fixture
def plan(app: Flask) -> Flask:
    """Return an application with an event."""
    make_plan()
    return app


def test_the_first_owner_comes_in_by_a_link(plan: Flask) -> None:
    done = run(plan, "add", "Inanna@Desk.example", "--role", "owner", "--event", SLUG, "--names")
    assert done.exit_code == 0
    offered = opened_invitation(token_in(done, "invitation"))
    assert (offered.email, offered.name, offered.role, offered.sees_names, offered.invited_by) == (
        "inanna@desk.example",
        "Inanna",
        MemberRole.OWNER,
        True,
        None,
    )


def test_a_translator_has_languages_of_the_event(plan: Flask) -> None:
    add = ("add", "zin@x.example", "--role", "translator", "--event", SLUG, "--name", "زین")
    done = run(plan, *add, "--languages", "ar, sorani")
    assert opened_invitation(token_in(done, "invitation")).languages == ["ar", "ckb"]
    for wrong, reason in (((), "--languages"), (("--languages", "ar,de"), "no language de")):
        done = run(plan, *add, *wrong)
        assert done.exit_code == 2
        assert reason in done.output


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("no-address", "--role", "owner", "--event", SLUG), "no e-mail address"),
        (("a@b.example", "--role", "owner", "--event", "nowhere"), "no event “nowhere”"),
        (("a@b.example", "--role", "king", "--event", SLUG), "king"),
        (("inanna@desk.example", "--role", "owner", "--event", SLUG), "has a part"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    plan: Flask, arguments: tuple[str, ...], reason: str
) -> None:
    join(make_user())
    done = run(plan, "add", *arguments)
    assert done.exit_code == 2
    assert reason in done.output


def test_the_list_has_accounts_parts_and_invitations(plan: Flask) -> None:
    user_id = make_user("zin@x.example", name="زین")
    join(user_id, MemberRole.TRANSLATOR, languages=("ar",), sees_names=False)
    enable(db.session.get_one(User, user_id), new_secret(), None)
    run(plan, "add", "new@x.example", "--role", "viewer", "--event", SLUG)
    told = run(plan, "list").output
    assert told == (
        "zin@x.example  زین  (second factor, last seen never)\n"
        f"  {SLUG}: translator, ar\n"
        "new@x.example  new  (invited)\n"
        f"  {SLUG}: viewer\n"
    )


def test_a_password_is_set_anew_by_a_link(plan: Flask) -> None:
    make_user()
    done = run(plan, "reset", "INANNA@desk.example")
    assert opened_reset(token_in(done, "reset")).email == "inanna@desk.example"
    done = run(plan, "reset", "nobody@x.example")
    assert done.exit_code == 2
    assert "no account" in done.output


def test_who_lost_phone_and_codes_is_helped(plan: Flask) -> None:
    user = db.session.get_one(User, make_user())
    enable(user, new_secret(), None)
    run(plan, "reset", "inanna@desk.example")
    db.session.expire_all()
    assert user.has_second_factor
    run(plan, "reset", "inanna@desk.example", "--second-factor")
    db.session.expire_all()
    assert not db.session.scalars(select(User)).one().has_second_factor
