"""Links that work once, for one purpose, for a while."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from planner.accounts import links
from planner.accounts.links import (
    DeadLinkError,
    address_of,
    new_link,
    opened_invitation,
    opened_reset,
    used_for_invitation,
    used_for_reset,
)
from planner.accounts.models import AccountLink, Invitation, MemberRole, Purpose, User
from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.lib.clock import now
from planner.organizers.operations import Part, invite
from tests.conftest import BASE_URL
from tests.desks import make_user
from tests.plans import make_plan


@pytest.fixture
def user(app: Flask) -> User:
    """Return an organizer."""
    return db.session.get_one(User, make_user())


def link(user: User, *, mailed: bool = False) -> str:
    """Make a link to set a password anew; return its token."""
    number = user.id
    with write_tx() as database:
        return new_link(database, database.get_one(User, number), mailed=mailed)


def test_a_link_opens_as_often_as_one_likes_and_is_used_once(user: User) -> None:
    """A program that looks into mail opens links too; it must not use them up."""
    token = link(user)
    for _ in range(3):
        assert opened_reset(token).id == user.id
    with write_tx() as database:
        assert used_for_reset(database, token).id == user.id
    for use in (opened_reset, opened_invitation):
        with pytest.raises(DeadLinkError):
            use(token)
    with write_tx() as database, pytest.raises(DeadLinkError):
        used_for_reset(database, token)


def test_the_database_holds_no_token(user: User) -> None:
    token = link(user)
    (kept,) = db.session.scalars(select(AccountLink)).all()
    assert token not in repr(vars(kept))
    assert len(token) == 43
    assert len(kept.digest) == 64


def test_a_link_is_for_its_purpose_only(app: Flask, user: User) -> None:
    make_plan()
    event_id = db.session.scalars(select(Event.id)).one()
    address = invite(
        event_id, None, email="new@x.example", name="ليان", part=Part(MemberRole.OWNER)
    )
    token = address.rpartition("/")[2]
    assert address == address_of(Purpose.INVITATION, token)
    assert address.startswith(f"{BASE_URL}/desk/account/invitation/")
    assert opened_invitation(token).email == "new@x.example"
    with pytest.raises(DeadLinkError):
        opened_reset(token)
    with write_tx() as database, pytest.raises(DeadLinkError):
        used_for_reset(database, token)
    with pytest.raises(DeadLinkError):
        opened_invitation(link(user))


@pytest.mark.parametrize(
    ("purpose", "lifetime"),
    [(Purpose.RESET, timedelta(hours=1)), (Purpose.INVITATION, timedelta(days=7))],
)
def test_a_link_works_for_a_while(
    app: Flask, user: User, monkeypatch: pytest.MonkeyPatch, purpose: Purpose, lifetime: timedelta
) -> None:
    if purpose is Purpose.RESET:
        token, opened = link(user), opened_reset
    else:
        make_plan()
        event_id = db.session.scalars(select(Event.id)).one()
        part = Part(MemberRole.VIEWER)
        address = invite(event_id, None, email="new@x.example", name="ليان", part=part)
        token, opened = address.rpartition("/")[2], opened_invitation
    start = now()
    monkeypatch.setattr(links, "now", lambda: start + lifetime - timedelta(seconds=5))
    opened(token)
    monkeypatch.setattr(links, "now", lambda: start + lifetime + timedelta(seconds=5))
    with pytest.raises(DeadLinkError):
        opened(token)
    with write_tx() as database, pytest.raises(DeadLinkError):
        (used_for_reset if purpose is Purpose.RESET else used_for_invitation)(database, token)


def test_a_new_link_ends_the_former_one_of_its_way(user: User) -> None:
    """One that is passed on by hand lives beside one that is mailed; using either ends both."""
    first, mailed = link(user), link(user, mailed=True)
    second = link(user)
    with pytest.raises(DeadLinkError):
        opened_reset(first)
    assert opened_reset(mailed).id == opened_reset(second).id == user.id
    with write_tx() as database:
        used_for_reset(database, mailed)
    with pytest.raises(DeadLinkError):
        opened_reset(second)


def test_links_of_others_live_on(app: Flask, user: User) -> None:
    other = db.session.get_one(User, make_user("other@desk.example"))
    mine, theirs = link(user), link(other)
    with write_tx() as database:
        used_for_reset(database, mine)
    assert opened_reset(theirs).id == other.id


def test_of_many_requests_with_one_link_one_gets_through(app: Flask, user: User) -> None:
    token = link(user)

    def one(_: int) -> bool:
        with app.app_context():
            try:
                with write_tx() as database:
                    used_for_reset(database, token)
            except DeadLinkError:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(one, range(8))) == [False] * 7 + [True]


def test_whoever_is_gone_takes_their_links_along(user: User) -> None:
    token = link(user)
    with write_tx() as database:
        database.delete(database.get_one(User, user.id))
    with pytest.raises(DeadLinkError):
        opened_reset(token)
    assert db.session.scalars(select(Invitation)).all() == []
