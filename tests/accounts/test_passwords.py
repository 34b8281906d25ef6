"""Passwords: which are refused, how they are kept, and that none tells who exists."""

from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from passlib.hash import argon2

from planner import create_app
from planner.accounts import passwords
from planner.accounts.models import User
from planner.accounts.passwords import hashed, is_common, problems, user_with_password
from planner.database import write_tx
from planner.extensions import db
from tests.desks import PASSWORD, make_user


@pytest.fixture
def app_in_use(environ: dict[str, str]) -> Iterator[Flask]:
    """Return an application as it is without what tests configure, within its context."""
    app = create_app(environ)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(
    "password",
    [
        "password123456789",
        "PasswordPassword1!",
        "qwertyuiop123456",
        "12345678901234567890",
        "aaaaaaaaaaaaaaaaaaaa",
        "Kurdistan2024!!",
        "سليمانية سليمانية 2024",
        "کوردستان۱۲۳۴۵۶۷",
        "P@ssw0rdpassword",
        "zaynab.zaynab.2024",
        "ababababababababab",
    ],
)
def test_what_everybody_tries_first_is_refused(app: Flask, password: str) -> None:
    assert len(problems(password, "zaynab@desk.example", "زينب")) == 1


@pytest.mark.parametrize(
    "password",
    [
        "five reeds beside the river",
        "خمس قصبات على ضفة النهر",
        "پێنج قامیش لە کەناری ڕووبار",
        "correct horse battery staple",
        "tG7#qLm2!vXw9zBp",
    ],
)
def test_several_words_are_good_enough_in_any_script(app: Flask, password: str) -> None:
    assert problems(password, "zaynab@desk.example", "زينب") == []


def test_a_password_needs_fourteen_characters_as_one_counts_them(app: Flask) -> None:
    """Marks that are typed apart from their letter do not make it longer."""
    (told,) = problems("قصب بجنب نهر")
    assert "14" in told
    assert problems("ااا" + "\u064e" * 20)
    assert problems("x" * 257) != []


@given(st.text(max_size=300))
def test_any_text_can_be_judged(password: str) -> None:
    assert is_common(password) in {True, False}


def test_passwords_are_kept_by_argon2id_with_64_mib(app_in_use: Flask) -> None:
    kept = hashed(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=1$")


def test_letters_that_look_the_same_are_the_same(app: Flask) -> None:
    """A keyboard that sends «é» as two characters opens the account as well."""
    make_user("inanna@desk.example")
    with write_tx() as session:
        user = session.query(User).one()
        user.password = hashed("pâté de foie, réservé")
    assert user_with_password(
        "INANNA@desk.example ", "pa\u0302te\u0301 de foie, re\u0301serve\u0301"
    )


def test_a_hash_of_less_effort_is_made_anew_when_its_owner_signs_in(
    app_in_use: Flask,
) -> None:
    make_user()
    weak = argon2.using(type="ID", memory_cost=8, time_cost=1, parallelism=1).hash(PASSWORD)
    with write_tx() as session:
        session.query(User).one().password = weak
    assert user_with_password("inanna@desk.example", PASSWORD) is not None
    db.session.expire_all()
    assert db.session.query(User).one().password.startswith("$argon2id$v=19$m=65536,t=3,p=1$")


@pytest.mark.parametrize("case", ["unknown", "wrong", "without password", "ended"])
def test_a_refusal_costs_one_hash_whoever_is_asked_for(
    app: Flask, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    """What takes its time is done once in every case, so the time tells nothing."""
    make_user()
    with write_tx() as session:
        user = session.query(User).one()
        if case == "without password":
            user.password = None
        if case == "ended":
            user.active = False
    context = app.extensions["security"].pwd_context
    done: list[str] = []
    for name in ("hash", "verify"):
        real = getattr(context, name)

        def counted(*given: str, _real: object = real, **named: str) -> object:
            done.append("")
            return _real(*given, **named)  # type: ignore[operator]

        monkeypatch.setattr(context, name, counted)
    email = "nobody@desk.example" if case == "unknown" else "inanna@desk.example"
    assert passwords.user_with_password(email, "three reeds beside the river") is None
    assert len(done) == 1
