"""The second factor: codes of an app, each once, and recovery codes, each once."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from planner import create_app
from planner.accounts import second_factor
from planner.accounts.models import User
from planner.accounts.second_factor import (
    address_of,
    disable,
    enable,
    key_of,
    new_secret,
    take_recovery_code,
    takes,
)
from planner.database import write_tx
from planner.extensions import db
from tests.apps import code_of
from tests.desks import make_user


@pytest.fixture
def user(app: Flask) -> User:
    """Return somebody whose second factor is on."""
    number = make_user()
    found = db.session.get_one(User, number)
    enable(found, new_secret(), None)
    return found


def key(user: User) -> str:
    """Return the key that the app of somebody holds."""
    assert user.totp_secret is not None
    return key_of(user.totp_secret)


def test_a_code_works_once(user: User) -> None:
    code = code_of(key(user))
    assert takes(user, code)
    assert not takes(user, code)


def test_a_code_from_before_the_last_one_works_no_more(user: User) -> None:
    assert takes(user, code_of(key(user), later=1))
    assert not takes(user, code_of(key(user)))


def test_a_clock_may_be_wrong_by_half_a_minute_and_no_more(user: User) -> None:
    for later in (-3, 3):
        assert not takes(user, code_of(key(user), later=later))
    assert takes(user, code_of(key(user), later=-1))


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "０" * 6, "1234567", "x" * 40, "\x00"])
def test_what_is_no_code_is_refused(user: User, typed: str) -> None:
    assert not takes(user, typed)


def test_codes_may_be_typed_in_arabic_digits_and_with_blanks(user: User) -> None:
    code = code_of(key(user)).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert takes(user, f" {code[:3]} {code[3:]} ")


def test_of_many_requests_with_one_code_one_gets_through(app: Flask, user: User) -> None:
    number, code = user.id, code_of(key(user))

    def one(_: int) -> bool:
        with app.app_context():
            try:
                return takes(db.session.get_one(User, number), code)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(one, range(8))) == [False] * 7 + [True]


def test_of_many_requests_with_one_recovery_code_one_gets_through(app: Flask) -> None:
    number = make_user()
    code, *_ = enable(db.session.get_one(User, number), new_secret(), None)

    def one(_: int) -> bool:
        with app.app_context():
            try:
                return take_recovery_code(number, code)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(one, range(8))) == [False] * 7 + [True]


def test_recovery_codes_are_ten_each_works_once_however_it_is_typed(app: Flask) -> None:
    user = db.session.get_one(User, make_user())
    codes = enable(user, new_secret(), None)
    assert len(set(codes)) == 10
    assert take_recovery_code(user.id, codes[0].lower().replace("-", " "))
    assert not take_recovery_code(user.id, codes[0])
    assert not take_recovery_code(user.id, "")
    assert take_recovery_code(user.id, codes[1].replace("-", ""))
    assert len(db.session.get_one(User, user.id).recovery_codes) == 8


def test_the_database_holds_neither_the_key_nor_a_code(app: Flask) -> None:
    user = db.session.get_one(User, make_user())
    codes = enable(user, new_secret(), None)
    kept = json.dumps([user.totp_secret, user.recovery_codes])
    plain = key(user).replace("-", "")
    assert plain not in kept
    for code in codes:
        assert code not in kept
        assert code.replace("-", "") not in kept


def test_a_copy_of_the_database_is_of_no_use_without_the_secret(
    user: User, environ: dict[str, str]
) -> None:
    """Another SECRET_KEY opens nothing, and says no more than that the code is wrong."""
    code = code_of(key(user))
    number = user.id
    other = create_app({**environ, "SECRET_KEY": "another secret of 32 letters, made up"})
    with other.app_context():
        assert not takes(db.session.get_one(User, number), code)
        db.session.remove()
        db.engine.dispose()


def test_taking_it_off_leaves_nothing(user: User) -> None:
    number, code = user.id, code_of(key(user))
    with write_tx() as database:
        disable(database, database.get_one(User, number))
    user = db.session.get_one(User, number)
    assert (user.totp_secret, user.totp_step, user.recovery_codes) == (None, None, [])
    assert not user.has_second_factor
    assert not takes(user, code)


def test_an_app_reads_who_it_is_for(user: User) -> None:
    assert user.totp_secret is not None
    address = address_of(user.totp_secret, user)
    assert address.startswith("otpauth://totp/Barnama:inanna@desk.example?")
    assert f"secret={key(user).replace('-', '')}" in address
    assert "issuer=Barnama" in address


def test_no_recovery_code_has_letters_that_look_alike(app: Flask) -> None:
    codes, _ = second_factor._new_recovery_codes()
    assert not set("".join(codes)) & set("01258OIBSZ")
