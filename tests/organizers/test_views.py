"""The page of organizers, and those behind it."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from planner.accounts.models import Invitation, MemberRole, Membership, User
from planner.database import write_tx
from planner.extensions import db
from planner.lib.clock import now
from planner.notices.models import Notice
from tests.apps import without_tokens
from tests.conftest import BASE_URL
from tests.desks import join, make_user, organizer, signed_in
from tests.plans import SLUG, make_plan
from tests.statements import statements

PEOPLE = f"/desk/{SLUG}/organizers"
INVITED = {"email": "layla@x.example", "name": "ليلى", "role": "editor", "sees_names": "y"}


@pytest.fixture
def owner(app: Flask) -> FlaskClient:
    """Return the browser of the only owner, in an application whose forms need no token."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    return organizer(app)


def page(browser: FlaskClient, path: str = "", status: int = 200) -> str:
    """Return a page."""
    answer = browser.get(PEOPLE + path)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def part(email: str) -> Membership:
    """Return the part of somebody, as it is now."""
    db.session.rollback()
    return db.session.scalars(select(Membership).join(User).where(User.email == email)).one()


def test_the_list_says_who_may_do_what_and_who_was_here_when(owner: FlaskClient) -> None:
    join(make_user("zin@x.example", name="زین"), MemberRole.TRANSLATOR, languages=("ar", "ckb"))
    told = page(owner)
    row = next(row for row in told.split("<tr>") if "زین" in row)
    for part_of_row in ("zin@x.example", "Translator", "Arabic · Kurdish", "sees them", "never"):
        assert part_of_row in re.sub(r"\s+", " ", row)
    assert "just now" in told
    assert "No invitation is open." in told


def test_the_list_costs_the_same_for_many(owner: FlaskClient) -> None:
    page(owner)
    with statements() as before:
        page(owner)
    for number in range(5):
        join(make_user(f"m{number}@x.example"), MemberRole.VIEWER)
        owner.post(f"{PEOPLE}/invite", data={**INVITED, "email": f"i{number}@x.example"})
    with statements() as after:
        page(owner)
    assert len(after) == len(before)


def test_whoever_is_invited_waits_in_the_list_and_the_link_is_shown_once(
    owner: FlaskClient,
) -> None:
    told = owner.post(f"{PEOPLE}/invite", data=INVITED).get_data(as_text=True)
    found = re.search(rf"{BASE_URL}(/desk/account/invitation/[\w-]+)", told)
    assert found is not None
    assert owner.get(found[1]).status_code == 200
    waiting = page(owner)
    assert "layla@x.example" in waiting
    assert found[1] not in waiting
    assert db.session.scalars(select(Notice)).one().language == "en"


def test_inviting_somebody_with_an_account_looks_the_same(owner: FlaskClient) -> None:
    make_user("known@x.example", name="Known")
    pages = []
    for email in ("known@x.example", "nobody@x.example"):
        told = owner.post(f"{PEOPLE}/invite", data={**INVITED, "email": email}).get_data(True)
        pages.append(without_tokens(re.sub(r"invitation/[\w-]+", "…", told)))
    assert pages[0] == pages[1]
    with write_tx() as database:
        database.execute(update(Invitation).values(created_at=now()))
    rows = [row for row in page(owner).split("<tr>") if "ليلى" in row]
    plain = [
        re.sub(r"\w+@x\.example|invitations/\d+|datetime=\S+", "…", without_tokens(row))
        for row in rows
    ]
    assert len(plain) == 2
    assert plain[0].partition("</tr>")[0] == plain[1].partition("</tr>")[0]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": "a@b"}, "email"),
        ({"email": "a@x.example\r\nBcc: b@x.example"}, "email"),
        ({"email": "OWNER@desk.example"}, "email"),
        ({"name": "  "}, "name"),
        ({"role": "king"}, "role"),
        ({"role": "translator"}, "translates"),
        ({"role": "translator", "translates": "de"}, "translates"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_is_kept(
    owner: FlaskClient, wrong: dict[str, str], field: str
) -> None:
    answer = owner.post(f"{PEOPLE}/invite", data={**INVITED, **wrong})
    told = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'id="{field}-errors"' in told
    if field != "name":
        assert 'value="ليلى"' in told
    assert db.session.scalars(select(Invitation)).all() == []


def test_an_invitation_is_sent_again_or_withdrawn(owner: FlaskClient) -> None:
    owner.post(f"{PEOPLE}/invite", data=INVITED)
    number = db.session.scalars(select(Invitation.id)).one()
    with write_tx() as database:
        database.execute(update(Invitation).values(created_at=now().replace(year=2016)))
    assert "run out" in page(owner)
    told = owner.post(f"{PEOPLE}/invitations/{number}/renew").get_data(as_text=True)
    assert "/desk/account/invitation/" in told
    assert "run out" not in page(owner)
    for step, status in (("withdraw", 302), ("withdraw", 404), ("renew", 404)):
        answer = owner.post(f"{PEOPLE}/invitations/{number}/{step}")
        assert answer.status_code == status


def test_a_part_is_changed(owner: FlaskClient) -> None:
    join(make_user("zin@x.example", name="زین"), MemberRole.VIEWER)
    number = part("zin@x.example").id
    told = page(owner, f"/{number}")
    assert 'checked id="role-3"' in told
    data = {"role": "translator", "translates": ["ar", "ckb"], "version": "1"}
    assert owner.post(f"{PEOPLE}/{number}", data=data).headers["Location"] == PEOPLE
    changed = part("zin@x.example")
    assert (changed.role, changed.languages, changed.sees_names) == (
        MemberRole.TRANSLATOR,
        ["ar", "ckb"],
        False,
    )


def test_of_two_who_change_a_part_the_second_sees_what_the_first_did(owner: FlaskClient) -> None:
    join(make_user("zin@x.example", name="زین"), MemberRole.VIEWER)
    number = part("zin@x.example").id
    base = re.search(r'name="base" type="hidden" value="([^"]*)"', page(owner, f"/{number}"))
    assert base is not None
    mine = {"role": "editor", "sees_names": "y", "version": "1", "base": unescape(base[1])}
    owner.post(f"{PEOPLE}/{number}", data={**mine, "role": "owner"})
    answer = owner.post(f"{PEOPLE}/{number}", data=mine)
    assert answer.status_code == 409
    assert "Somebody else changed this while you wrote" in answer.get_data(as_text=True)
    assert part("zin@x.example").role is MemberRole.OWNER


def test_the_last_owner_is_told_why_they_stay(owner: FlaskClient) -> None:
    number = part("owner@desk.example").id
    change = owner.post(f"{PEOPLE}/{number}", data={"role": "viewer", "version": "1"})
    remove = owner.post(f"{PEOPLE}/{number}/remove")
    for answer in (change, remove):
        assert answer.status_code == 422
        assert "This is the only owner" in answer.get_data(as_text=True)
    assert part("owner@desk.example").role is MemberRole.OWNER


def test_who_gives_up_being_an_owner_is_led_to_what_they_may_still_see(
    app: Flask, owner: FlaskClient
) -> None:
    second = make_user("zin@x.example", name="زین")
    join(second)
    number = part("owner@desk.example").id
    data = {"role": "editor", "version": "1"}
    answer = owner.post(f"{PEOPLE}/{number}", data=data)
    assert answer.headers["Location"] == f"/desk/{SLUG}/"
    answer = signed_in(app, second).post(f"{PEOPLE}/{number}/remove")
    assert answer.headers["Location"] == PEOPLE
    assert owner.get(f"/desk/{SLUG}/").status_code == 404


def test_leaving_leads_to_ones_other_events(owner: FlaskClient) -> None:
    join(make_user("zin@x.example", name="زین"))
    number = part("owner@desk.example").id
    assert "Owner" in page(owner, f"/{number}/remove")
    assert owner.post(f"{PEOPLE}/{number}/remove").headers["Location"] == "/desk/"


def test_a_part_that_is_not_there_is_not_found(owner: FlaskClient) -> None:
    for path in ("/999", "/999/remove"):
        page(owner, path, 404)
        assert owner.post(PEOPLE + path, data={"role": "editor"}).status_code == 404
