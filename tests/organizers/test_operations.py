"""Who may do what in an event: what changes it, and what must never happen to it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from planner.accounts.links import DeadLinkError, opened_invitation
from planner.accounts.models import Invitation, MemberRole, Membership, User
from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.i18n.interface import speaking
from planner.journal.models import Entry, Row
from planner.journal.queries import steps
from planner.journal.recording import GoneError, StaleError
from planner.journal.words import described
from planner.lib.clock import now
from planner.notices.models import Notice
from planner.organizers import queries
from planner.organizers.operations import (
    LastOwnerError,
    MemberAlreadyError,
    Part,
    change,
    invite,
    remove,
    renew,
    withdraw,
)
from tests.desks import join, make_user
from tests.plans import make_plan

EDITOR = Part(MemberRole.EDITOR, (), True)
VIEWER = Part(MemberRole.VIEWER)
OWNER = Part(MemberRole.OWNER)


@pytest.fixture
def event_id(app: Flask) -> int:
    """Return the number of an event with one owner."""
    make_plan()
    join(make_user("owner@desk.example", name="هوزان"))
    return db.session.scalars(select(Event.id)).one()


def owner_id() -> int:
    """Return the number of the owner."""
    return db.session.scalars(select(User.id).where(User.email == "owner@desk.example")).one()


def part_of(email: str) -> Membership:
    """Return the part of somebody, as it is now."""
    db.session.expire_all()
    return db.session.scalars(select(Membership).join(User).where(User.email == email)).one()


def add(email: str, role: MemberRole) -> int:
    """Give somebody a part; return its number."""
    join(make_user(email, name="زين"), role)
    return part_of(email).id


def told() -> list[tuple[str, dict[str, object]]]:
    """Return what the journal says."""
    return [(e.action, e.facts) for e in db.session.scalars(select(Entry).order_by(Entry.id))]


def send(event_id: int, email: str = "layla@x.example", part: Part = EDITOR, **more: str) -> str:
    """Invite somebody; return the token of the link."""
    link = invite(event_id, owner_id(), email=email, name="ليلى", part=part, **more)
    return link.rpartition("/")[2]


def test_an_invitation_waits_without_an_account(event_id: int) -> None:
    token = send(event_id, language="ckb")
    offered = opened_invitation(token)
    assert (offered.email, offered.role, offered.sees_names) == (
        "layla@x.example",
        MemberRole.EDITOR,
        True,
    )
    assert db.session.scalar(select(func.count(User.id))) == 1
    (notice,) = db.session.scalars(select(Notice)).all()
    assert (notice.invitation_id, notice.language) == (offered.id, "ckb")


def test_a_command_sends_no_message_by_itself(event_id: int) -> None:
    send(event_id)
    assert db.session.scalars(select(Notice)).all() == []


def test_an_invitation_does_the_same_whether_there_is_an_account_or_not(event_id: int) -> None:
    make_user("known@x.example", name="Known")
    for email in ("known@x.example", "unknown@x.example"):
        send(event_id, email, language="en")
    one, other = queries.invitations(event_id)
    hidden = {"id", "email", "_sa_instance_state", "created_at"}
    assert {k: v for k, v in vars(one).items() if k not in hidden} == {
        k: v for k, v in vars(other).items() if k not in hidden
    }


def test_a_second_invitation_replaces_the_first_with_its_link(event_id: int) -> None:
    first = send(event_id, language="en")
    second = send(event_id, " Layla@X.example", part=VIEWER, language="en")
    with pytest.raises(DeadLinkError):
        opened_invitation(first)
    assert opened_invitation(second).role is MemberRole.VIEWER
    assert len(db.session.scalars(select(Notice)).all()) == 1


def test_who_has_a_part_is_not_invited(event_id: int) -> None:
    with pytest.raises(MemberAlreadyError):
        send(event_id, "Owner@desk.example")
    assert told() == []


def test_an_invitation_is_sent_again_with_a_new_link(event_id: int) -> None:
    first = send(event_id)
    number = opened_invitation(first).id
    with write_tx() as database:
        database.execute(update(Invitation).values(created_at=now() - timedelta(days=9)))
    found, link = renew(event_id, number, "ar")
    assert found.id == number
    assert now() - found.created_at < timedelta(minutes=1)
    with pytest.raises(DeadLinkError):
        opened_invitation(first)
    assert opened_invitation(link.rpartition("/")[2]).id == number
    assert len(db.session.scalars(select(Notice)).all()) == 1


def test_a_withdrawn_invitation_takes_its_link_and_its_message_along(event_id: int) -> None:
    token = send(event_id, language="en")
    number = opened_invitation(token).id
    withdraw(event_id, owner_id(), number)
    with pytest.raises(DeadLinkError):
        opened_invitation(token)
    assert db.session.scalars(select(Notice)).all() == []
    for gone in (
        lambda: withdraw(event_id, owner_id(), number),
        lambda: renew(event_id, number, "en"),
    ):
        with pytest.raises(GoneError):
            gone()


def test_parts_are_changed_and_counted(event_id: int) -> None:
    number = add("zin@x.example", MemberRole.VIEWER)
    change(event_id, owner_id(), number, Part(MemberRole.TRANSLATOR, ("ar",), True), version=1)
    part = part_of("zin@x.example")
    assert (part.role, part.languages, part.sees_names) == (MemberRole.TRANSLATOR, ["ar"], True)
    with pytest.raises(StaleError):
        change(event_id, owner_id(), number, VIEWER, version=1)
    assert part_of("zin@x.example").role is MemberRole.TRANSLATOR


def test_saving_what_is_so_already_is_not_journaled(event_id: int) -> None:
    number = add("zin@x.example", MemberRole.VIEWER)
    change(event_id, owner_id(), number, Part(MemberRole.VIEWER, (), True), version=1)
    assert told() == []


def test_the_last_owner_stays_one(event_id: int) -> None:
    number = part_of("owner@desk.example").id
    for wrong in (
        lambda: change(event_id, owner_id(), number, EDITOR, version=None),
        lambda: remove(event_id, owner_id(), number),
    ):
        with pytest.raises(LastOwnerError):
            wrong()
    assert part_of("owner@desk.example").role is MemberRole.OWNER
    second = add("zin@x.example", MemberRole.OWNER)
    change(event_id, owner_id(), number, EDITOR, version=None)
    with pytest.raises(LastOwnerError):
        remove(event_id, owner_id(), second)
    assert told() != []


def test_of_two_owners_who_remove_one_another_at_once_one_stays(app: Flask, event_id: int) -> None:
    numbers = [part_of("owner@desk.example").id, add("zin@x.example", MemberRole.OWNER)]
    by = owner_id()

    def one(number: int) -> bool:
        with app.app_context():
            try:
                remove(event_id, by, number)
            except LastOwnerError:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(one, numbers)) == [False, True]
    db.session.rollback()
    assert db.session.scalar(select(func.count(Membership.id))) == 1


def test_who_is_removed_keeps_their_account(event_id: int) -> None:
    number = add("zin@x.example", MemberRole.EDITOR)
    remove(event_id, owner_id(), number)
    assert db.session.scalars(select(User.email).order_by(User.email)).all() == [
        "owner@desk.example",
        "zin@x.example",
    ]
    with pytest.raises(GoneError):
        remove(event_id, owner_id(), number)


def test_parts_of_other_events_are_out_of_reach(event_id: int) -> None:
    make_plan("other-days", codes="X")
    user_id = make_user("stranger@x.example")
    join(user_id, slug="other-days")
    number = part_of("stranger@x.example").id
    for wrong in (
        lambda: change(event_id, owner_id(), number, VIEWER, version=None),
        lambda: remove(event_id, owner_id(), number),
    ):
        with pytest.raises(GoneError):
            wrong()
    assert queries.member(event_id, number) is None


def test_the_journal_has_every_step_in_the_readers_language_and_nothing_to_undo(
    app: Flask, event_id: int
) -> None:
    token = send(event_id)
    withdraw(event_id, owner_id(), opened_invitation(token).id)
    number = add("zin@x.example", MemberRole.VIEWER)
    change(event_id, owner_id(), number, EDITOR, version=None)
    remove(event_id, owner_id(), number)
    assert [action for action, _ in told()] == [
        "member.invited",
        "member.withdrawn",
        "member.changed",
        "member.removed",
    ]
    assert "@" not in str(told())
    with speaking("en"):
        said = [str(described(key, facts, "en", str)) for key, facts in told()]
    role = '<span lang="en" dir="ltr">Editor</span>'
    assert said[0] == f"<bdi>ليلى</bdi> invited as: {role}"
    assert said[2] == f"Part of <bdi>زين</bdi> changed: {role}"
    assert db.session.scalars(select(Row)).all() == []
    assert steps(event_id, owner_id()).undo is None
