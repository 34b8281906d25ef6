"""In what two programmes differ, whichever is the later one."""

from datetime import datetime

import msgspec
import pytest

from planner.programme.document import Appearance, Programme, Session
from planner.programme.vocabulary import Change, Kind, Role, Status
from planner.releases.compare import Comparison, Group, came_and_went, compare
from tests.examples import DRAFT, EVENT, PROGRAMME, session

SIDURI = Appearance(role=Role.SPEAKER, speaker="CDFGHJ")


def programme(*sessions: Session, **changes: object) -> Programme:
    """Return a programme of these sessions."""
    return msgspec.structs.replace(PROGRAMME, sessions=sessions, **changes)


def told(found: Comparison) -> dict[str, tuple[Group, tuple[Change, ...]]]:
    """Return what became of each session."""
    return {each.session.code: (each.group, each.changes) for each in found.sessions}


def test_a_programme_does_not_differ_from_itself() -> None:
    assert not compare(PROGRAMME, PROGRAMME)


def test_that_a_draft_became_final_changes_no_session() -> None:
    final = programme(session("A"))
    assert not compare(programme(session("A", status=Status.TENTATIVE)), final)


def test_sessions_are_told_by_their_gravest_change() -> None:
    assert told(compare(DRAFT, PROGRAMME)) == {
        "6CDFGH": (Group.CANCELLED, (Change.CANCELLED,)),
        "4CDFGH": (Group.MOVED, (Change.MOVED, Change.ROOM)),
        "7CDFGH": (Group.NEW, (Change.NEW,)),
    }


def test_they_are_compared_backwards_just_as_well() -> None:
    assert told(compare(PROGRAMME, DRAFT)) == {
        "7CDFGH": (Group.GONE, ()),
        "4CDFGH": (Group.MOVED, (Change.MOVED, Change.ROOM)),
        "6CDFGH": (Group.RESTORED, (Change.RESTORED,)),
    }


def test_what_came_and_went_between_the_two_is_cancelled() -> None:
    found = compare(programme(), programme(session("A", status=Status.CANCELLED)))
    assert told(found) == {"A": (Group.CANCELLED, (Change.CANCELLED,))}


def test_what_was_cancelled_already_and_is_not_told_any_more_changed_nothing() -> None:
    assert not compare(programme(session("A", status=Status.CANCELLED)), programme())


@pytest.mark.parametrize(
    ("after", "details"),
    [
        (session("A", kind=Kind.WORKSHOP), ("kind",)),
        (session("A", online_url="https://stream.example/a"), ("online_url",)),
        (session("A", original_language="ckb"), ("original_language",)),
    ],
)
def test_details_that_are_no_change_of_their_own_are_told(
    after: Session, details: tuple[str, ...]
) -> None:
    (found,) = compare(programme(session("A")), programme(after)).sessions
    assert (found.group, found.changes, found.details) == (Group.OTHER, (), details)


def test_fields_of_the_event_that_changed_are_named() -> None:
    event = msgspec.structs.replace(EVENT, tagline={"ar": "ماء"}, day_to=21 * 60)
    assert compare(PROGRAMME, msgspec.structs.replace(PROGRAMME, event=event)).event == (
        "tagline",
        "day_to",
    )


def test_rooms_themes_and_speakers_that_changed_came_or_went_are_named() -> None:
    tigris, zagros = PROGRAMME.rooms
    after = msgspec.structs.replace(
        PROGRAMME,
        rooms=(
            msgspec.structs.replace(tigris, capacity=7),
            msgspec.structs.replace(zagros, slug="hall"),
        ),
        themes=PROGRAMME.themes[:1],
        speakers=(msgspec.structs.replace(PROGRAMME.speakers[0], biography={}, photo="a.jpg"),),
    )
    found = compare(PROGRAMME, after)
    assert [
        (each.thing.slug, bool(each.before), bool(each.after), each.fields)  # type: ignore[union-attr]
        for each in (*found.rooms, *found.themes)
    ] == [
        ("tigris", True, True, ("capacity",)),
        ("zagros", True, False, ()),
        ("hall", False, True, ()),
        ("women", True, False, ()),
    ]
    assert [each.fields for each in found.speakers] == [("biography", "photo")]
    assert found.reordered == ()


def test_another_order_of_rooms_is_told() -> None:
    after = msgspec.structs.replace(PROGRAMME, rooms=PROGRAMME.rooms[::-1])
    found = compare(PROGRAMME, after)
    assert (found.rooms, found.reordered) == ((), ("rooms",))
    assert found


def test_who_came_and_who_went_is_told_with_their_parts() -> None:
    moderating = msgspec.structs.replace(SIDURI, role=Role.MODERATOR)
    unnamed = Appearance(role=Role.SPEAKER)
    before = session("A", people=(SIDURI, unnamed, unnamed))
    after = session("A", people=(moderating, unnamed))
    assert came_and_went(before, after) == ((moderating,), (SIDURI, unnamed))
    assert came_and_went(before, before) == ((), ())


def test_sessions_of_a_group_stand_in_order_of_time() -> None:
    late, early = (
        session(code, starts_at=datetime(2017, 1, 18, hour)) for code, hour in (("A", 15), ("B", 9))
    )
    found = compare(programme(), programme(early, late))
    assert [each.session.code for each in found.sessions] == ["B", "A"]
