"""Places and the waiting list: never more than there are, and in the order of confirmation."""

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from planner.accounts.models import User
from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.participants.models import Participant, Standing
from planner.participants.queries import Needs, counts, needs
from planner.registration import desk_operations
from planner.registration.operations import (
    Answers,
    UnknownError,
    cancel,
    confirm,
    erase,
    fill_all,
    register,
)
from tests.desks import join, make_user
from tests.plans import SLUG, make_plan
from tests.registration.people import KEPT_UNTIL, add, messages


@pytest.fixture(autouse=True)
def plan(app: Flask) -> None:
    """Let there be the small event."""
    make_plan()


def set_places(places: int | None) -> None:
    """Give so many places as organizers do."""
    event = _event()
    values = {
        "registration_places": places,
        "participants_kept_until": KEPT_UNTIL,
        "may_be_embedded": False,
    }
    desk_operations.change_settings(event.id, _user(), version=event.version, values=values)


def _event() -> Event:
    db.session.rollback()
    return db.session.scalars(select(Event)).one()


def _user() -> int:
    found = db.session.scalar(select(User.id))
    if found is None:
        found = make_user()
        join(found)
    return found


def standings() -> dict[int, Standing]:
    """Return how everybody stands."""
    db.session.rollback()
    rows = db.session.execute(select(Participant.id, Participant.standing).order_by(Participant.id))
    return {number: standing for number, standing in rows}  # noqa: C416 -- rows are no pairs


class Truth:
    """What should be, beside the database: who has a place, and who waits in which order."""

    def __init__(self, app: Flask, people: Sequence[int], places: int) -> None:
        self.instance = Path(app.instance_path)
        self.people = people
        self.places: int | None = places
        self.registered: list[int] = []
        self.waiting: list[int] = []
        #: Who cancelled, or was erased.
        self.past: set[int] = set()
        self.erased: set[int] = set()

    def take(self, step: str, value: int | None) -> None:
        """Do one step in both."""
        if step == "places":
            self.give(value)
        elif (number := self.people[value or 0]) not in self.erased:
            getattr(self, step)(number)
        while self.waiting and (self.places is None or len(self.registered) < self.places):
            self.registered.append(self.waiting.pop(0))

    def give(self, places: int | None) -> None:
        """Give so many places, unless more are taken."""
        if places is not None and places < len(self.registered) and places != self.places:
            with pytest.raises(desk_operations.TooFewPlacesError):
                set_places(places)
        else:
            set_places(places)
            self.places = places

    def confirm(self, number: int) -> None:
        """Confirm."""
        confirm(number)
        if number not in {*self.registered, *self.waiting, *self.past}:
            self.waiting.append(number)

    def cancel(self, number: int) -> None:
        """Cancel."""
        cancel(number)
        self._leave(number)

    def erase(self, number: int) -> None:
        """Erase."""
        erase(number, instance=self.instance)
        self.erased.add(number)
        self._leave(number)

    def first(self, number: int) -> None:
        """Put first."""
        desk_operations.put_first(_event().id, _user(), number)
        if number in self.waiting:
            self.waiting.remove(number)
            self.waiting.insert(0, number)

    def _leave(self, number: int) -> None:
        self.past.add(number)
        for held in (self.registered, self.waiting):
            if number in held:
                held.remove(number)


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["confirm", "cancel", "erase", "first"]), st.integers(0, 7)),
        st.tuples(st.just("places"), st.one_of(st.none(), st.integers(1, 5))),
    ),
    max_size=12,
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_STEPS)
def test_places_are_never_overrun_and_who_waits_keeps_their_turn(
    app: Flask, steps: list[tuple[str, int | None]]
) -> None:
    with write_tx() as database:
        for person in database.scalars(select(Participant)):
            database.delete(person)
        database.scalars(select(Event)).one().registration_places = 2
    truth = Truth(app, [add(number) for number in range(8)], 2)
    for step, value in steps:
        truth.take(step, value)
        found = standings()
        registered = {n for n, standing in found.items() if standing is Standing.REGISTERED}
        assert registered == set(truth.registered)
        assert truth.places is None or len(registered) <= truth.places
        assert _waiting() == truth.waiting


def _waiting() -> list[int]:
    wanted = select(Participant.id).where(Participant.standing == Standing.WAITING)
    return list(db.session.scalars(wanted.order_by(Participant.position, Participant.id)))


def test_many_at_once_never_get_more_places_than_there_are(app: Flask) -> None:
    set_places(3)
    people = [add(number) for number in range(12)]
    errors: list[BaseException] = []
    begun = threading.Barrier(6)

    def go(mine: Sequence[int]) -> None:
        with app.app_context():
            begun.wait()
            try:
                for number in mine:
                    confirm(number)
                    if number % 4 == 0:
                        cancel(number)
            except BaseException as error:
                errors.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=go, args=(people[n::6],)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert counts(_event().id)[Standing.REGISTERED] == 3
    positions = db.session.scalars(
        select(Participant.position).where(Participant.position.is_not(None))
    ).all()
    assert len(set(positions)) == len(positions)


def test_many_at_once_with_one_address_are_one_registration(app: Flask) -> None:
    answers = Answers("نينسون", "", ("ar",), (), "")
    begun = threading.Barrier(4)
    errors: list[BaseException] = []

    def go() -> None:
        with app.test_request_context("/", environ_base={"REMOTE_ADDR": "203.0.113.1"}):
            begun.wait()
            try:
                register(SLUG, "ninsun@people.invalid", answers, agreed_to=[], language="ar")
            except BaseException as error:
                errors.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(standings()) == 1
    assert len(messages()) == 1


def test_who_moves_up_is_told_and_who_gets_a_place_at_once_is_not(app: Flask) -> None:
    set_places(1)
    one, two, three = add(1), add(2), add(3)
    for number in (one, three, two):
        confirm(number)
    assert messages() == []
    cancel(one)
    assert messages() == [("moved_up", "person-3@people.invalid")]
    set_places(5)
    assert messages()[1:] == [("moved_up", "person-2@people.invalid")]


def test_confirming_twice_and_cancelling_twice_is_as_once(app: Flask) -> None:
    set_places(1)
    one, two = add(1), add(2)
    for _ in range(2):
        confirm(one)
        confirm(two)
    assert standings() == {one: Standing.REGISTERED, two: Standing.WAITING}
    cancel(two)
    cancel(two)
    confirm(two)
    assert standings()[two] is Standing.CANCELLED


def test_a_place_that_undo_frees_is_given_by_the_timer(app: Flask) -> None:
    set_places(1)
    one, two = add(1), add(2)
    confirm(one)
    confirm(two)
    with write_tx() as database:  # as undo writes columns back
        database.scalars(select(Event)).one().registration_places = None
    assert fill_all() == 1
    assert fill_all() == 0
    assert standings() == {one: Standing.REGISTERED, two: Standing.REGISTERED}


def test_cancelling_leaves_only_whose_it_was(app: Flask) -> None:
    one = add(1, into=("ckb",))
    confirm(one)
    cancel(one)
    row = db.session.get_one(Participant, one)
    assert (row.languages, row.interpretation, row.access_needs) == ([], [], "")
    assert row.email == "person-1@people.invalid"


def test_what_is_gone_cannot_be_confirmed(app: Flask) -> None:
    one = add(1)
    erase(one, instance=Path(app.instance_path))
    for act in (confirm, cancel):
        with pytest.raises(UnknownError):
            act(one)
    assert db.session.scalar(select(func.count(Participant.id))) == 0


def test_needs_are_counted_of_those_who_have_a_place(app: Flask) -> None:
    set_places(2)
    for number, (languages, into) in enumerate(
        [(("ar", "ckb"), ()), (("en",), ("ar", "en")), (("ckb",), ("ckb",))]
    ):
        confirm(add(number, languages=languages, into=into))
    add(9)
    event_id = _event().id
    assert needs(event_id) == Needs(2, {"ar": 1, "ckb": 1, "en": 1}, {"ar": 1, "en": 1})
    assert counts(event_id) == {
        Standing.REGISTERED: 2,
        Standing.WAITING: 1,
        Standing.UNCONFIRMED: 1,
        Standing.CANCELLED: 0,
    }
