"""Invitations that are taken up, and passwords that are set anew: pages and what they change."""

import pytest
from flask import Flask
from sqlalchemy import select

from planner.accounts.links import new_link
from planner.accounts.models import AccountLink, Invitation, MemberRole, Membership, User
from planner.accounts.operations import add_user
from planner.accounts.second_factor import enable, new_secret
from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.journal.models import Entry
from planner.notices.models import Notice, NoticeKind
from planner.organizers.operations import Part, invite, withdraw
from tests.apps import without_tokens
from tests.conftest import BASE_URL
from tests.desks import PASSWORD, Browser, join, make_user, signed_in
from tests.plans import SLUG, make_plan

NEW = "seven boats on the marsh"
EMAIL = "layla@desk.example"


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Return a browser without a session; there is an event with an owner."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    join(make_user("owner@desk.example", name="هوزان"))
    return Browser(app, app.response_class)


def event_id() -> int:
    """Return the number of the event."""
    return db.session.scalars(select(Event.id).where(Event.slug == SLUG)).one()


def invitation(
    email: str = EMAIL, part: Part | None = None, *, by: str | None = "owner@desk.example"
) -> str:
    """Invite somebody; return the path of the link."""
    by_id = db.session.scalars(select(User.id).where(User.email == by)).one()
    part = part or Part(MemberRole.TRANSLATOR, ("ar", "ckb"))
    return invite(event_id(), by_id, email=email, name="ليلى", part=part)[len(BASE_URL) :]


def accept(browser: Browser, link: str, **more: str) -> "tuple[int, str, str]":
    """Make an account by a link; return the status, where it leads, and the page."""
    data = {"name": "ليلى الجبوري", "new_password": NEW, "again": NEW, **more}
    answer = browser.post(link, data=data)
    page = answer.get_data(as_text=True)
    return answer.status_code, answer.headers.get("Location", ""), page


def test_an_invitation_makes_an_account_with_the_part_that_was_offered(browser: Browser) -> None:
    link = invitation()
    assert db.session.scalars(select(User.email)).all() == ["owner@desk.example"]
    page = browser.get(link).get_data(as_text=True)
    for told in ("River Days", "هوزان", "Translator", "Arabic", EMAIL, 'value="ليلى"'):
        assert told in page
    assert accept(browser, link)[:2] == (302, f"/desk/{SLUG}/")
    assert browser.get(f"/desk/{SLUG}/").status_code == 200
    user = db.session.scalars(select(User).where(User.email == EMAIL)).one()
    (part,) = user.memberships
    assert user.name == "ليلى الجبوري"
    assert (part.role, part.languages, part.sees_names) == (
        MemberRole.TRANSLATOR,
        ["ar", "ckb"],
        False,
    )
    assert db.session.scalars(select(Invitation)).all() == []
    assert db.session.scalars(select(AccountLink)).all() == []


def test_the_history_tells_who_joined_and_never_an_address(app: Flask, browser: Browser) -> None:
    accept(browser, invitation())
    entries = db.session.scalars(select(Entry).order_by(Entry.id)).all()
    assert [entry.action for entry in entries] == ["member.invited", "member.joined"]
    assert all("@" not in str(entry.facts) for entry in entries)
    assert (
        entries[1].user_id == db.session.scalars(select(User.id).where(User.email == EMAIL)).one()
    )
    page = browser.get(f"/desk/{SLUG}/history").get_data(as_text=True)
    assert "ليلى الجبوري" in page
    assert "joined as" in page
    assert EMAIL not in page


def test_opening_the_link_uses_nothing_up(browser: Browser) -> None:
    link = invitation()
    for _ in range(3):
        assert browser.get(link).status_code == 200
        assert browser.head(link).status_code == 200
    assert accept(browser, link, again="something else that is long")[0] == 422
    assert accept(browser, link, name=" ")[0] == 422
    assert accept(browser, link)[0] == 302


@pytest.mark.parametrize("case", ["used", "withdrawn", "replaced", "unknown", "cut off"])
def test_a_dead_link_says_what_to_do_and_never_why_it_is_dead(
    app: Flask, browser: Browser, case: str
) -> None:
    link = invitation()
    if case == "used":
        accept(Browser(app, app.response_class), link)
    elif case == "withdrawn":
        number = db.session.scalars(select(Invitation.id)).one()
        withdraw(event_id(), db.session.scalars(select(User.id)).one(), number)
    elif case == "replaced":
        invitation()
    elif case == "unknown":
        link = "/desk/account/invitation/" + "x" * 43
    else:
        link = link[:-1]
    never = browser.get("/desk/account/invitation/nothing")
    for answer in (browser.get(link), browser.post(link, data={"name": "x"})):
        assert answer.status_code == 404
        assert "This link works no more" in answer.get_data(as_text=True)
        assert answer.headers["Cache-Control"] == "no-store"
    assert browser.get(link).data.count(b"<p>") == never.data.count(b"<p>")


def test_who_has_an_account_signs_in_and_takes_the_invitation_up(
    app: Flask, browser: Browser
) -> None:
    make_user(EMAIL, name="Layla")
    link = invitation()
    login = f"/desk/account/login?next={link}"
    assert login in browser.get(link).get_data(as_text=True)
    answer = browser.post(login, data={"email": EMAIL, "password": PASSWORD, "next": link})
    assert answer.headers["Location"] == link
    page = browser.get(link).get_data(as_text=True)
    assert "You are signed in as" in page
    assert 'name="new_password"' not in page
    assert browser.post(link).headers["Location"] == f"/desk/{SLUG}/"
    assert browser.get(f"/desk/{SLUG}/").status_code == 200


def test_an_invitation_never_sets_the_password_of_an_account_that_is_there(
    app: Flask, browser: Browser
) -> None:
    """Owners see links: they must not come by the accounts of those whom they invite."""
    make_user(EMAIL, name="Layla")
    before = db.session.scalars(select(User.password).where(User.email == EMAIL)).one()
    link = invitation()
    status, _, page = accept(browser, link)
    assert status == 422
    assert "This address has an account already" in page
    db.session.expire_all()
    assert db.session.scalars(select(User.password).where(User.email == EMAIL)).one() == before
    assert db.session.scalar(select(Membership).join(User).where(User.email == EMAIL)) is None
    assert browser.get(link).status_code == 200  # it was not used up


def test_the_page_of_a_link_looks_the_same_whether_there_is_an_account_or_not(
    browser: Browser,
) -> None:
    link = invitation()
    before = without_tokens(browser.get(link).get_data(as_text=True))
    make_user(EMAIL, name="Layla")
    assert without_tokens(browser.get(link).get_data(as_text=True)) == before


def test_an_invitation_to_one_event_opens_no_other(app: Flask, browser: Browser) -> None:
    """Whoever makes an account by a link gets what that link offers, and nothing that waits."""
    make_plan("other-days", codes="X")
    other = db.session.scalars(select(Event.id).where(Event.slug == "other-days")).one()
    invite(other, None, email=EMAIL, name="ليلى", part=Part(MemberRole.OWNER))
    accept(browser, invitation())
    assert browser.get(f"/desk/{SLUG}/").status_code == 200
    assert browser.get("/desk/other-days/").status_code == 404
    assert db.session.scalars(select(Invitation.event_id)).all() == [other]


def test_who_has_a_part_already_keeps_it(app: Flask, browser: Browser) -> None:
    owner = db.session.scalars(select(User.id)).one()
    link = invitation(part=Part(MemberRole.VIEWER))
    assert signed_in(app, owner).post(link).status_code == 302
    db.session.expire_all()
    assert db.session.scalars(select(Membership.role)).one() is MemberRole.OWNER
    assert db.session.scalars(select(Invitation)).all() == []


def test_links_are_held_back_as_passwords_are(browser: Browser) -> None:
    make_user(EMAIL, name="Layla")
    link = invitation()
    assert [accept(browser, link)[0] for _ in range(5)] == [422] * 5
    assert accept(browser, link)[0] == 429


def ask(browser: Browser, email: str) -> "tuple[int, str]":
    """Ask for a link for a new password; return the status and the page."""
    answer = browser.post("/desk/account/forgotten", data={"email": email})
    return answer.status_code, without_tokens(answer.get_data(as_text=True))


def test_asking_for_a_password_says_the_same_to_all_and_sends_to_accounts_only(
    browser: Browser,
) -> None:
    make_user(EMAIL, name="Layla")
    known, unknown = ask(browser, f" {EMAIL.upper()} "), ask(browser, "nobody@desk.example")
    assert known == unknown
    assert known[0] == 200
    (notice,) = db.session.scalars(select(Notice)).all()
    assert notice.kind is NoticeKind.RESET
    assert notice.user is not None
    assert notice.user.email == EMAIL
    assert db.session.scalars(select(AccountLink)).all() == []  # made when it is sent


def test_asking_twice_sends_once(browser: Browser) -> None:
    make_user(EMAIL)
    ask(browser, EMAIL)
    ask(browser, EMAIL)
    assert len(db.session.scalars(select(Notice)).all()) == 1


def test_asking_for_a_password_is_held_back(browser: Browser) -> None:
    assert [ask(browser, "nobody@desk.example")[0] for _ in range(6)] == [200] * 5 + [429]
    assert ask(browser, "no address")[0] == 422


def test_who_has_no_mail_is_told_whom_to_ask(app: Flask, browser: Browser) -> None:
    told = "This installation sends no mail"
    assert told in browser.get("/desk/account/forgotten").get_data(as_text=True)
    app.config["SMTP_URL"] = "smtp://localhost"
    assert told not in browser.get("/desk/account/forgotten").get_data(as_text=True)


def reset_link(email: str) -> str:
    """Return the path of a link to set a password anew."""
    with write_tx() as database:
        user = database.scalars(select(User).where(User.email == email)).one()
        return f"/desk/account/reset/{new_link(database, user, mailed=True)}"


def test_a_link_sets_a_new_password_and_signs_out_everywhere(app: Flask, browser: Browser) -> None:
    user_id = make_user(EMAIL)
    elsewhere = signed_in(app, user_id)
    link = reset_link(EMAIL)
    assert EMAIL in browser.get(link).get_data(as_text=True)
    data = {"new_password": NEW, "again": NEW}
    assert browser.post(link, data={**data, "again": "other"}).status_code == 422
    assert browser.post(link, data=data).headers["Location"] == "/desk/account/login"
    assert elsewhere.get("/desk/").status_code == 302
    assert browser.post(link, data=data).status_code == 404
    for told, status in ((PASSWORD, 422), (NEW, 302)):
        data = {"email": EMAIL, "password": told}
        assert browser.post("/desk/account/login", data=data).status_code == status


@pytest.mark.parametrize("poor", ["short", "layla layla layla", "password password"])
def test_a_poor_password_is_refused_with_a_reason(browser: Browser, poor: str) -> None:
    make_user(EMAIL, name="Layla")
    link = reset_link(EMAIL)
    answer = browser.post(link, data={"new_password": poor, "again": poor})
    assert answer.status_code == 422
    assert 'id="new_password-errors"' in answer.get_data(as_text=True)
    assert browser.get(link).status_code == 200


def test_setting_a_password_leaves_the_second_factor_on(app: Flask, browser: Browser) -> None:
    """Whoever reads somebody's mail does not come by the desk with it."""
    user = db.session.get_one(User, make_user(EMAIL))
    enable(user, new_secret(), None)
    browser.post(reset_link(EMAIL), data={"new_password": NEW, "again": NEW})
    answer = browser.post("/desk/account/login", data={"email": EMAIL, "password": NEW})
    assert "/login/code" in answer.headers["Location"]


def test_an_account_without_a_password_cannot_be_opened(browser: Browser) -> None:
    with write_tx() as database:
        add_user(database, email=EMAIL, name="ليلى")
    for told in ("", PASSWORD):
        data = {"email": EMAIL, "password": told}
        assert browser.post("/desk/account/login", data=data).status_code == 422
