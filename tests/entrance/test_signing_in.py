"""Signing in: the two steps, what is told to whom, and where it leads."""

from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from planner import create_app
from planner.accounts.keys import sealed
from planner.accounts.models import Attempt, MemberRole, User
from planner.accounts.second_factor import enable, key_of, new_secret
from planner.database import write_tx
from planner.desk.pages import safe_next
from planner.entrance import steps
from planner.events.models import Event
from planner.extensions import db
from planner.lib.clock import now
from planner.own_account.operations import sign_out_everywhere
from tests.apps import code_of, without_tokens
from tests.conftest import BASE_URL, TESTING
from tests.desks import PASSWORD, Browser, join, make_user, signed_in, went_by
from tests.plans import SLUG, make_plan

EMAIL = "inanna@desk.example"
LOGIN, CODE, RECOVERY = (f"/desk/account/login{end}" for end in ("", "/code", "/recovery"))


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Return a browser without a session, in an application whose forms need no token."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_user(EMAIL)
    return Browser(app, app.response_class)


def password(browser: Browser, told: str = PASSWORD, **more: str) -> "tuple[int, str]":
    """Give an address and a password; return the status, and where it leads."""
    answer = browser.post(LOGIN, data={"email": EMAIL, "password": told, **more})
    return answer.status_code, answer.headers.get("Location", "")


def with_second_factor(email: str = EMAIL) -> tuple[str, list[str]]:
    """Turn the second factor of somebody on; return its key, and recovery codes."""
    user = db.session.query(User).filter_by(email=email).one()
    secret = new_secret()
    return key_of(secret), enable(user, secret, None)


def is_in(browser: Browser) -> bool:
    """Tell whether a browser is signed in."""
    return browser.get("/desk/").status_code == 200


def test_a_password_opens_the_desk(browser: Browser) -> None:
    assert browser.get("/desk/").headers["Location"] == f"{LOGIN}?next=/desk/"
    assert browser.get(LOGIN).status_code == 200
    assert password(browser) == (302, "/desk/")
    assert is_in(browser)
    assert browser.get(LOGIN).headers["Location"] == "/desk/"


def test_an_address_is_the_same_in_capitals(browser: Browser) -> None:
    assert password(browser, email=" Inanna@DESK.example ") == (302, "/desk/")


@pytest.mark.parametrize("ended", [False, True])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    app: Flask, browser: Browser, ended: bool
) -> None:
    """In all that one can see: the status, the page, the headers."""
    given = [(EMAIL, "wrong"), ("nobody@x.org", "wrong"), ("no address", "wrong")]
    if ended:
        given.append((EMAIL, PASSWORD))
        with write_tx() as database:
            database.execute(update(User).values(active=False))
    answers = []
    for email, told in given:
        data = {"email": email, "password": told}
        answer = Browser(app, app.response_class).post(LOGIN, data=data)
        text = answer.get_data(as_text=True).replace(email, "…")
        answers.append((answer.status_code, without_tokens(text), sorted(answer.headers.keys())))
    assert answers[0][0] == 422
    assert all(answer == answers[0] for answer in answers)
    assert "The e-mail address or the password is wrong." in answers[0][1]


def test_no_answer_writes_a_password_back(browser: Browser) -> None:
    answer = browser.post(LOGIN, data={"email": EMAIL, "password": "five reeds and more"})
    assert "five reeds and more" not in answer.get_data(as_text=True)


def test_the_sixth_attempt_of_a_minute_waits(app: Flask, browser: Browser) -> None:
    assert [password(browser, "wrong")[0] for _ in range(5)] == [422] * 5
    answer = browser.post(LOGIN, data={"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert "Nothing is locked" in answer.get_data(as_text=True)
    assert not is_in(browser)
    with write_tx() as database:
        database.query(Attempt).delete()
    assert password(browser) == (302, "/desk/")


@pytest.mark.parametrize(
    ("proxies", "sent", "counted"),
    [
        (None, "198.51.100.7", "203.0.113.0/24"),
        ("1", "198.51.100.7", "198.51.100.0/24"),
        ("1", "192.0.2.1, 198.51.100.7", "198.51.100.0/24"),
        ("2", "192.0.2.1, 198.51.100.7", "192.0.2.0/24"),
        ("1", None, "203.0.113.0/24"),
    ],
)
def test_attempts_count_for_the_network_that_a_trusted_proxy_names(
    environ: dict[str, str], proxies: str | None, sent: str | None, counted: str
) -> None:
    """Without the setting, what anybody can write into a header changes nothing."""
    setting = {"TRUSTED_PROXIES": proxies} if proxies else {}
    app = create_app({**environ, **setting}, config={**TESTING, "WTF_CSRF_ENABLED": False})
    with app.app_context():
        browser = Browser(app, app.response_class)
        answer = browser.post(
            LOGIN,
            data={"email": EMAIL, "password": "wrong"},
            headers={"X-Forwarded-For": sent} if sent else {},
            environ_base={"REMOTE_ADDR": "203.0.113.9"},
        )
        assert answer.status_code == 422
        keys = set(db.session.scalars(select(Attempt.key)))
        assert sealed("attempts", f"network {counted}") in keys
        db.session.remove()
        db.engine.dispose()


def test_an_unknown_account_waits_as_well(browser: Browser) -> None:
    for _ in range(5):
        assert password(browser, "wrong", email="nobody@x.org")[0] == 422
    assert password(browser, "wrong", email="NOBODY@x.org")[0] == 429


@pytest.mark.parametrize(
    "strange",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil.example\t",
        "javascript:alert(1)",
        "desk",
        "/desk\r\nX: y",
        "https:/evil.example",
        "http:evil.example",
    ],
)
def test_signing_in_leads_nowhere_else(browser: Browser, strange: str) -> None:
    assert password(browser, next=strange) == (302, "/desk/")


def test_signing_in_leads_back_to_where_one_was(browser: Browser) -> None:
    wanted = f"/desk/{SLUG}/history?kind=session&user=3"
    asked = browser.get(wanted)
    assert asked.status_code == 302
    page = browser.get(asked.headers["Location"]).get_data(as_text=True)
    assert f'value="/desk/{SLUG}/history?kind=session&amp;user=3"' in page
    assert password(browser, next=wanted) == (302, wanted)


@given(st.text(max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_taken_as_a_way_on_stays_on_this_site(written: str) -> None:
    taken = safe_next(written)
    if taken is not None:
        assert urlsplit(urljoin(f"{BASE_URL}/desk/", taken)).netloc == "programme.example"


def test_with_a_second_factor_the_password_is_not_enough(browser: Browser) -> None:
    key, _ = with_second_factor()
    assert password(browser, next="/desk/new") == (302, f"{CODE}?next=/desk/new")
    assert not is_in(browser)
    page = browser.get(f"{CODE}?next=/desk/new").get_data(as_text=True)
    assert 'name="next" type="hidden" value="/desk/new"' in page
    assert browser.post(CODE, data={"code": "000000"}).status_code == 422
    assert not is_in(browser)
    answer = browser.post(CODE, data={"code": code_of(key), "next": "/desk/new"})
    assert answer.headers["Location"] == "/desk/new"
    assert is_in(browser)


def test_a_code_that_signed_somebody_in_signs_nobody_in_again(app: Flask, browser: Browser) -> None:
    key, _ = with_second_factor()
    code = code_of(key)
    password(browser)
    assert browser.post(CODE, data={"code": code}).status_code == 302
    other = Browser(app, app.response_class)
    password(other)
    assert other.post(CODE, data={"code": code}).status_code == 422
    assert not is_in(other)


def test_a_recovery_code_signs_in_once_and_says_how_many_are_left(
    app: Flask, browser: Browser
) -> None:
    _, (code, *_) = with_second_factor()
    password(browser)
    assert browser.get(RECOVERY).status_code == 200
    assert browser.post(RECOVERY, data={"code": code}).status_code == 302
    assert "9 recovery codes are left." in browser.get("/desk/").get_data(as_text=True)
    other = Browser(app, app.response_class)
    password(other)
    assert other.post(RECOVERY, data={"code": code}).status_code == 422


def test_codes_are_held_back_after_five_of_a_minute(browser: Browser) -> None:
    key, (recovery, *_) = with_second_factor()
    password(browser)
    for number in range(5):
        page = RECOVERY if number % 2 else CODE
        assert browser.post(page, data={"code": f"00000{number}"}).status_code == 422
    assert browser.post(CODE, data={"code": code_of(key)}).status_code == 429
    assert browser.post(RECOVERY, data={"code": recovery}).status_code == 429
    assert not is_in(browser)


def test_without_the_password_there_is_no_second_step(browser: Browser) -> None:
    key, _ = with_second_factor()
    for page in (CODE, RECOVERY):
        assert browser.get(page).headers["Location"].startswith(LOGIN)
        answer = browser.post(page, data={"code": code_of(key)})
        assert answer.headers["Location"].startswith(LOGIN)
    assert not is_in(browser)


def test_the_code_must_follow_within_ten_minutes(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, _ = with_second_factor()
    password(browser)
    late = now() + timedelta(minutes=11)
    monkeypatch.setattr(steps, "now", lambda: late)
    assert browser.post(CODE, data={"code": code_of(key)}).headers["Location"] == LOGIN
    assert not is_in(browser)


def test_a_password_that_was_changed_meanwhile_ends_the_second_step(
    app: Flask, browser: Browser
) -> None:
    key, _ = with_second_factor()
    password(browser)
    sign_out_everywhere(db.session.query(User).one())
    assert browser.post(CODE, data={"code": code_of(key)}).headers["Location"].startswith(LOGIN)


def test_an_event_that_asks_for_a_second_factor_lets_nobody_in_without(
    app: Flask, browser: Browser
) -> None:
    """Also not in a browser that was signed in before there was one."""
    make_plan()
    join(db.session.query(User).one().id, MemberRole.EDITOR)
    password(browser)
    assert browser.get(f"/desk/{SLUG}/").status_code == 200
    with write_tx() as database:
        database.execute(update(Event).values(requires_second_factor=True))
    page = f"/desk/account/security?needed={SLUG}"
    for address in (f"/desk/{SLUG}/", f"/desk/{SLUG}/sessions"):
        assert browser.get(address).headers["Location"] == page
    assert browser.post(f"/desk/{SLUG}/sessions/new").headers["Location"] == page
    assert "asks its organizers for a second factor" in browser.get(page).get_data(as_text=True)

    key, _ = with_second_factor()
    assert browser.get(f"/desk/{SLUG}/").headers["Location"] == page
    told = browser.get(page).get_data(as_text=True)
    assert "you did not give yours in this browser yet" in told
    step = f"{CODE}?next=/desk/{SLUG}/"
    assert step in told
    assert browser.get(step).status_code == 200
    answer = browser.post(step, data={"code": code_of(key), "next": f"/desk/{SLUG}/"})
    assert answer.headers["Location"] == f"/desk/{SLUG}/"
    assert browser.get(f"/desk/{SLUG}/").status_code == 200
    assert "You have what" in browser.get(page).get_data(as_text=True)


def test_the_explanation_names_only_events_of_ones_own(app: Flask, browser: Browser) -> None:
    make_plan()
    with write_tx() as database:
        database.execute(update(Event).values(requires_second_factor=True))
    password(browser)
    page = browser.get(f"/desk/account/security?needed={SLUG}").get_data(as_text=True)
    assert "River Days" not in page


def test_the_language_can_be_chosen_before_signing_in_and_stays(browser: Browser) -> None:
    data = {"language": "ar", "next": f"{LOGIN}?next=/desk/new"}
    answer = browser.post("/desk/account/language", data=data)
    assert answer.headers["Location"] == f"{LOGIN}?next=/desk/new"
    assert '<html lang="ar" dir="rtl">' in browser.get(LOGIN).get_data(as_text=True)
    password(browser)
    assert '<html lang="ar" dir="rtl">' in browser.get("/desk/").get_data(as_text=True)


def test_what_concerns_accounts_asks_for_the_password_once_more(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    user_id = make_user(EMAIL)
    join(user_id)
    browser = signed_in(app, user_id)
    invite = f"/desk/{SLUG}/organizers/invite"
    assert browser.get(invite).status_code == 200
    went_by(browser, 8)  # a form that is opened leaves time to fill it in
    assert browser.post(invite).status_code == 422
    verify = f"/desk/account/verify?next={invite}"
    assert browser.get(invite).headers["Location"] == verify
    went_by(browser, 11)
    assert browser.post(invite).headers["Location"] == verify
    assert browser.post(verify, data={"password": "wrong", "next": invite}).status_code == 422
    assert browser.get(invite).headers["Location"] == verify
    answer = browser.post(verify, data={"password": PASSWORD, "next": invite})
    assert answer.headers["Location"] == invite
    assert browser.get(invite).status_code == 200


def test_giving_the_password_once_more_is_held_back_as_signing_in_is(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    browser = signed_in(app, make_user(EMAIL))
    for _ in range(5):
        browser.post("/desk/account/verify", data={"password": "wrong"})
    assert browser.post("/desk/account/verify", data={"password": PASSWORD}).status_code == 429


def test_a_page_of_the_public_does_not_know_who_is_signed_in(app: Flask, browser: Browser) -> None:
    password(browser)
    answer = browser.get("/en/")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
