"""One's own account: the second factor, the password, the name, and other browsers."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from sqlalchemy import select, update

from planner.accounts.models import Login, MemberRole, User
from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.notices.models import Notice, NoticeKind
from tests.apps import code_of, codes_on, key_on
from tests.conftest import BASE_URL
from tests.desks import PASSWORD, Browser, join, make_user, signed_in
from tests.plans import SLUG, make_plan

ACCOUNT = "/desk/account"
NEW = "seven boats on the marsh"
EMAIL = "inanna@desk.example"


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """Return the browser of somebody, in an application whose forms need no token."""
    app.config["WTF_CSRF_ENABLED"] = False
    return signed_in(app, make_user(EMAIL, name="إنانا"))


def user() -> User:
    """Return the account as it is now."""
    db.session.expire_all()
    return db.session.scalars(select(User)).one()


def page(browser: FlaskClient, path: str, status: int = 200) -> str:
    """Return a page."""
    answer = browser.get(f"{ACCOUNT}{path}")
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def set_up(browser: FlaskClient) -> tuple[str, list[str]]:
    """Set the second factor up; return the key in the app, and the recovery codes."""
    key = key_on(page(browser, "/second-factor"))
    answer = browser.post(f"{ACCOUNT}/second-factor", data={"code": code_of(key)})
    assert answer.status_code == 200
    return key, codes_on(answer.get_data(as_text=True))


def test_the_second_factor_is_on_once_a_code_was_right(app: Flask, browser: FlaskClient) -> None:
    assert "Off" in page(browser, "/security")
    key, codes = set_up(browser)
    assert len(codes) == 10
    assert user().has_second_factor
    told = page(browser, "/security")
    assert "10 recovery codes are left." in told
    assert not any(code in told for code in codes)
    assert user().totp_step is not None  # the code that turned it on signs nobody in
    other = Browser(app, app.response_class)
    other.post("/desk/account/login", data={"email": EMAIL, "password": PASSWORD})
    assert other.post("/desk/account/login/code", data={"code": code_of(key)}).status_code == 422


def test_a_mistyped_code_changes_nothing_and_keeps_the_key(browser: FlaskClient) -> None:
    """Otherwise the app would hold a key that is no use any more."""
    key = key_on(page(browser, "/second-factor"))
    answer = browser.post(f"{ACCOUNT}/second-factor", data={"code": "000000"})
    assert answer.status_code == 422
    assert key_on(answer.get_data(as_text=True)) == key
    assert not user().has_second_factor


def test_the_browser_that_set_it_up_counts_as_one_with_it(app: Flask, browser: FlaskClient) -> None:
    other = signed_in(app, user().id)
    set_up(browser)
    factors = db.session.scalars(select(Login.second_factor).order_by(Login.id)).all()
    assert factors == [True, False]
    assert other.get("/desk/").status_code == 200


def test_the_picture_is_our_own_and_holds_the_key(browser: FlaskClient) -> None:
    assert browser.get(f"{ACCOUNT}/second-factor/code.svg").status_code == 404
    told = page(browser, "/second-factor")
    answer = browser.get(f"{ACCOUNT}/second-factor/code.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "no-store"
    assert etree.parse(io.BytesIO(answer.data)).getroot().tag.endswith("svg")
    assert 'src="/desk/account/second-factor/code.svg"' in told
    assert "http" not in answer.get_data(as_text=True).replace("http://www.w3.org/2000/svg", "")


def test_who_has_one_sets_up_no_other(browser: FlaskClient) -> None:
    set_up(browser)
    answer = browser.get(f"{ACCOUNT}/second-factor")
    assert answer.headers["Location"] == f"{ACCOUNT}/security"


def test_the_event_that_asked_for_it_is_next(browser: FlaskClient) -> None:
    make_plan()
    join(user().id, MemberRole.EDITOR)
    with write_tx() as database:
        database.execute(update(Event).values(requires_second_factor=True))
    assert browser.get(f"/desk/{SLUG}/").status_code == 302
    told = page(browser, f"/security?needed={SLUG}")
    assert f"/second-factor?needed={SLUG}" in told
    path = f"/second-factor?needed={SLUG}"
    code = code_of(key_on(page(browser, path)))
    answer = browser.post(f"{ACCOUNT}{path}", data={"code": code})
    assert f'href="/desk/{SLUG}/"' in answer.get_data(as_text=True)
    assert browser.get(f"/desk/{SLUG}/").status_code == 200


def test_taking_it_off_names_what_one_gets_into_no_more_and_is_told_by_mail(
    browser: FlaskClient,
) -> None:
    make_plan()
    join(user().id, MemberRole.EDITOR)
    set_up(browser)
    with write_tx() as database:
        database.execute(update(Event).values(requires_second_factor=True))
    told = page(browser, "/second-factor/remove")
    assert "River Days" in told
    assert user().has_second_factor
    assert browser.post(f"{ACCOUNT}/second-factor/remove").status_code == 302
    assert not user().has_second_factor
    assert browser.get(f"/desk/{SLUG}/").status_code == 302
    assert [n.kind for n in db.session.scalars(select(Notice))] == [NoticeKind.SECOND_FACTOR]


def test_new_recovery_codes_end_the_former_ones(browser: FlaskClient) -> None:
    assert browser.get(f"{ACCOUNT}/recovery-codes").status_code == 302
    _, former = set_up(browser)
    kept = user().recovery_codes
    assert "10 recovery codes are left." in page(browser, "/recovery-codes")
    assert user().recovery_codes == kept
    codes = codes_on(browser.post(f"{ACCOUNT}/recovery-codes").get_data(as_text=True))
    assert len(codes) == 10
    assert not set(codes) & set(former)
    assert not set(user().recovery_codes) & set(kept)


@pytest.mark.parametrize("path", ["/second-factor", "/second-factor/remove", "/recovery-codes"])
def test_all_of_it_asks_for_the_password_once_more(browser: FlaskClient, path: str) -> None:
    with browser.session_transaction("/desk/", base_url=BASE_URL) as session:
        del session["fs_paa"]
    for answer in (browser.get(f"{ACCOUNT}{path}"), browser.post(f"{ACCOUNT}{path}")):
        assert answer.headers["Location"] == f"{ACCOUNT}/verify?next={ACCOUNT}{path}"


def test_changing_the_password_signs_out_elsewhere_and_is_told_by_mail(
    app: Flask, browser: FlaskClient
) -> None:
    other = signed_in(app, user().id)
    data = {"password": PASSWORD, "new_password": NEW, "again": NEW}
    for wrong in ({"password": "wrong"}, {"again": "other"}, {"new_password": "x", "again": "x"}):
        assert browser.post(f"{ACCOUNT}/password", data={**data, **wrong}).status_code == 422
    assert other.get("/desk/").status_code == 200
    assert browser.post(f"{ACCOUNT}/password", data=data).status_code == 302
    assert other.get("/desk/").status_code == 302
    assert "Elsewhere you are signed out" in page(browser, "/security")
    assert [n.kind for n in db.session.scalars(select(Notice))] == [NoticeKind.PASSWORD]
    fresh = Browser(app, app.response_class)
    for told, status in ((PASSWORD, 422), (NEW, 302)):
        data = {"email": EMAIL, "password": told}
        assert fresh.post(f"{ACCOUNT}/login", data=data).status_code == status


def test_a_changed_password_keeps_the_second_factor_of_this_browser(browser: FlaskClient) -> None:
    set_up(browser)
    data = {"password": PASSWORD, "new_password": NEW, "again": NEW}
    assert browser.post(f"{ACCOUNT}/password", data=data).status_code == 302
    assert db.session.scalars(select(Login.second_factor)).all() == [True]


def test_guessing_the_present_password_is_held_back(browser: FlaskClient) -> None:
    data = {"password": "wrong", "new_password": NEW, "again": NEW}
    answers = [browser.post(f"{ACCOUNT}/password", data=data).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_no_form_writes_back_what_was_typed_as_a_password(browser: FlaskClient) -> None:
    data = {"password": PASSWORD, "new_password": NEW, "again": "other"}
    told = browser.post(f"{ACCOUNT}/password", data=data).get_data(as_text=True)
    assert PASSWORD not in told
    assert NEW not in told


def test_name_and_language_are_ones_own(browser: FlaskClient) -> None:
    assert 'value="إنانا"' in page(browser, "/profile")
    data = {"name": "  إنانا   السومرية ", "language": "ckb"}
    assert browser.post(f"{ACCOUNT}/profile", data=data).status_code == 302
    assert (user().name, user().language) == ("إنانا السومرية", "ckb")
    assert '<html lang="ckb" dir="rtl">' in page(browser, "/security")
    for wrong in ({"name": " "}, {"language": "tlh"}, {"name": "x" * 101}):
        assert browser.post(f"{ACCOUNT}/profile", data={**data, **wrong}).status_code == 422


def test_the_language_of_the_account_is_that_of_the_desk_wherever_one_signs_in(
    app: Flask, browser: FlaskClient
) -> None:
    browser.post(f"{ACCOUNT}/profile", data={"name": "إنانا", "language": "ar"})
    other = Browser(app, app.response_class)
    other.post(f"{ACCOUNT}/login", data={"email": EMAIL, "password": PASSWORD})
    answer = other.get("/desk/", headers={"Accept-Language": "en"})
    assert '<html lang="ar" dir="rtl">' in answer.get_data(as_text=True)


def test_another_browser_can_be_signed_out_from_here(app: Flask, browser: FlaskClient) -> None:
    other = signed_in(app, user().id)
    db.session.rollback()
    mine, theirs = db.session.scalars(select(Login.id).order_by(Login.id)).all()
    assert page(browser, "/security").count("Sign out there") == 1
    assert browser.post(f"{ACCOUNT}/browsers/{theirs}/end").status_code == 302
    assert other.get("/desk/").status_code == 302
    assert browser.post(f"{ACCOUNT}/browsers/{theirs}/end").status_code == 404
    assert browser.post(f"{ACCOUNT}/browsers/{mine}/end").status_code == 302
    assert browser.get("/desk/").status_code == 302


def test_browsers_of_others_are_out_of_reach(app: Flask, browser: FlaskClient) -> None:
    signed_in(app, make_user("other@desk.example"))
    (theirs,) = db.session.scalars(
        select(Login.id).join(User).where(User.email == "other@desk.example")
    ).all()
    assert browser.post(f"{ACCOUNT}/browsers/{theirs}/end").status_code == 404
    assert db.session.get(Login, theirs) is not None


def test_signing_out_everywhere_ends_every_session(app: Flask, browser: FlaskClient) -> None:
    other = signed_in(app, user().id)
    stranger = signed_in(app, make_user("other@desk.example"))
    answer = browser.post(f"{ACCOUNT}/sign-out-everywhere")
    assert answer.headers["Location"] == f"{ACCOUNT}/login"
    for each in (browser, other):
        assert each.get("/desk/").status_code == 302
    assert stranger.get("/desk/").status_code == 200
    assert "You are signed out everywhere." in page(browser, "/login")
