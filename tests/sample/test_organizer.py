"""The organizer of the sample: ready to sign in, with a password that is new each time."""

from flask import Flask
from sqlalchemy import select

from planner.accounts.models import MemberRole, Membership
from planner.accounts.passwords import problems, user_with_password
from planner.extensions import db
from planner.sample.organizer import EMAIL, renew_organizer
from tests.plans import SLUG, make_plan


def test_the_organizer_owns_the_sample_and_has_a_new_password_at_each_start(app: Flask) -> None:
    make_plan()
    first, second = renew_organizer(SLUG), renew_organizer(SLUG)
    assert user_with_password(EMAIL, first) is None
    assert user_with_password(EMAIL, second) is not None
    assert problems(second, EMAIL) == []
    (part,) = db.session.scalars(select(Membership)).all()
    assert (part.role, part.sees_names) == (MemberRole.OWNER, True)
