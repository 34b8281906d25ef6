"""Browsers in which somebody is signed in: their cookie, their end, and the end of all."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from planner import create_app
from planner.accounts import logins
from planner.accounts.logins import IDLE, LONGEST, TOKEN
from planner.accounts.models import Login, User
from planner.database import write_tx
from planner.extensions import db
from planner.lib.clock import now
from tests.conftest import BASE_URL
from tests.desks import PASSWORD, Browser, join, make_user, signed_in
from tests.plans import DAY, SLUG, make_plan
from tests.statements import statements

ACCOUNT = "/desk/account/security"


@pytest.fixture
def user_id(app: Flask) -> int:
    """Return the number of an organizer, in an application whose forms need no token."""
    app.config["WTF_CSRF_ENABLED"] = False
    return make_user()


def sign_in(app: Flask, *, email: str = "inanna@desk.example") -> Browser:
    """Sign in by the page for it."""
    browser = Browser(app, app.response_class)
    answer = browser.post("/desk/account/login", data={"email": email, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def is_in(browser: Browser) -> bool:
    """Tell whether a browser is signed in."""
    return browser.get(ACCOUNT).status_code == 200


def test_the_cookie_is_for_us_alone(app: Flask, user_id: int) -> None:
    answer = Browser(app, app.response_class).post(
        "/desk/account/login", data={"email": "inanna@desk.example", "password": PASSWORD}
    )
    name, _, rest = answer.headers["Set-Cookie"].partition("=")
    parts = {part.strip() for part in rest.split(";")[1:]}
    assert name == "__Host-barnama"
    assert parts == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_without_https_the_cookie_goes_without_its_prefix(environ: dict[str, str]) -> None:
    app = create_app({**environ, "BASE_URL": "http://127.0.0.1:5000"})
    with app.app_context():
        answer = app.test_client().get("/desk/account/login")
        db.session.remove()
        db.engine.dispose()
    assert answer.headers["Set-Cookie"].startswith("barnama=")
    assert "Secure" not in answer.headers["Set-Cookie"]


def test_signing_in_begins_a_session_that_shares_nothing_with_the_one_before(
    app: Flask, user_id: int
) -> None:
    """Nobody can prepare a session for somebody else, nor keep a token of a form."""
    app.config["WTF_CSRF_ENABLED"] = True
    browser = Browser(app, app.response_class)
    page = browser.get("/desk/account/login").get_data(as_text=True)
    token = page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    with browser.session_transaction("/desk/", base_url=BASE_URL) as before:
        before["planted"] = "by somebody else"
        before["lang"] = "ckb"
        first = dict(before)
    data = {"email": "inanna@desk.example", "password": PASSWORD, "csrf_token": token}
    answer = browser.post("/desk/account/login", data=data, headers={"Referer": f"{BASE_URL}/"})
    assert answer.status_code == 302
    with browser.session_transaction("/desk/", base_url=BASE_URL) as after:
        assert "planted" not in after
        assert after.get("csrf_token") != first["csrf_token"]
        assert after["lang"] == "ckb"
        assert len(after[TOKEN]) == 43


def test_signing_out_ends_copies_of_the_cookie_as_well(app: Flask, user_id: int) -> None:
    browser = sign_in(app)
    cookie = browser.get_cookie("__Host-barnama", domain="programme.example")
    assert cookie is not None
    assert browser.post("/desk/account/logout").status_code == 302
    thief = Browser(app, app.response_class)
    thief.set_cookie("__Host-barnama", cookie.value, domain="programme.example", secure=True)
    assert not is_in(browser)
    assert not is_in(thief)


def test_each_browser_is_one_of_its_own(app: Flask, user_id: int) -> None:
    one, other = sign_in(app), sign_in(app)
    one.post("/desk/account/logout")
    assert is_in(other)


@pytest.mark.parametrize(("spent", "stays"), [(IDLE, False), (IDLE - timedelta(minutes=6), True)])
def test_a_browser_that_is_not_used_is_signed_out(
    app: Flask, user_id: int, spent: timedelta, stays: bool
) -> None:
    browser = sign_in(app)
    with write_tx() as database:
        database.execute(update(Login).values(seen_at=now() - spent))
    assert is_in(browser) is stays
    assert is_in(browser) is stays


def test_a_browser_that_is_always_used_is_signed_out_in_the_end(app: Flask, user_id: int) -> None:
    browser = sign_in(app)
    with write_tx() as database:
        database.execute(update(Login).values(created_at=now() - LONGEST))
    assert not is_in(browser)


def test_the_time_of_a_visit_is_kept_now_and_then(app: Flask, user_id: int) -> None:
    browser = sign_in(app)
    long_ago = now() - timedelta(hours=1)
    for seen_at, kept in ((long_ago, False), (now() - timedelta(minutes=1), True)):
        with write_tx() as database:
            database.execute(update(Login).values(seen_at=seen_at))
            database.execute(update(User).values(seen_at=seen_at))
        browser.get(ACCOUNT)
        db.session.expire_all()
        assert (db.session.scalars(select(Login.seen_at)).one() == seen_at) is kept
        assert (db.session.scalars(select(User.seen_at)).one() == seen_at) is kept


def test_a_page_that_asks_for_news_by_itself_does_not_keep_its_reader_signed_in(
    app: Flask, user_id: int
) -> None:
    """A board that stays open on a table would never be signed out."""
    make_plan()
    join(user_id)
    browser = signed_in(app, user_id)
    long_ago = now() - timedelta(hours=1)
    with write_tx() as database:
        database.execute(update(Login).values(seen_at=long_ago))
    day = f"/desk/{SLUG}/board/{DAY}"
    assert browser.get(f"{day}/news?since=0").status_code < 400
    assert browser.post(f"{day}/present").status_code < 400
    db.session.rollback()
    assert db.session.scalars(select(Login.seen_at)).one() == long_ago
    browser.get(day)
    db.session.rollback()
    assert db.session.scalars(select(Login.seen_at)).one() > long_ago


def test_old_browsers_are_forgotten_when_somebody_signs_in(app: Flask, user_id: int) -> None:
    sign_in(app)
    with write_tx() as database:
        database.execute(update(Login).values(seen_at=now() - IDLE))
    sign_in(app)
    assert db.session.scalar(select(func.count(Login.id))) == 1


def test_an_account_that_is_ended_is_out_at_once(app: Flask, user_id: int) -> None:
    browser = sign_in(app)
    with write_tx() as database:
        database.execute(update(User).values(active=False))
    assert not is_in(browser)


@pytest.mark.parametrize("forged", ["", "x", "x" * 43])
def test_a_session_without_the_right_token_is_nobody(app: Flask, user_id: int, forged: str) -> None:
    """Even to whom knows the secret that signs sessions, or has an old cookie."""
    browser = signed_in(app, user_id)
    with browser.session_transaction("/desk/", base_url=BASE_URL) as session:
        session[TOKEN] = forged
    assert browser.get(ACCOUNT).status_code == 302


def test_nobody_gets_in_by_a_token_in_an_address_or_a_header(app: Flask, user_id: int) -> None:
    """The library could; we have no use for it."""
    user = db.session.get_one(User, user_id)
    with app.test_request_context():
        token = user.get_auth_token()
    browser = Browser(app, app.response_class)
    assert browser.get(f"{ACCOUNT}?auth_token={token}").status_code == 302
    assert browser.get(ACCOUNT, headers={"Authentication-Token": token}).status_code == 302


def test_who_asks_is_found_in_one_statement(app: Flask, user_id: int) -> None:
    make_plan()
    browser = signed_in(app, user_id)
    browser.get("/desk/")
    with statements() as seen:
        browser.get("/desk/")
    about_accounts = [one for one in seen if "login" in one.lower()]
    assert len(about_accounts) == 1


def test_a_cookie_says_nothing_about_its_owner(app: Flask, user_id: int) -> None:
    browser = sign_in(app)
    with browser.session_transaction("/desk/", base_url=BASE_URL) as session:
        told = repr(dict(session))
    assert "inanna" not in told.lower()
    assert logins.digest(str(session[TOKEN])) not in told
