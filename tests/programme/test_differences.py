"""What differs between two programmes."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.programme.differences import (
    RESCHEDULING,
    changes_between,
    differences,
    placement_of,
    rendering_of,
)
from planner.programme.document import Appearance, Placement, Programme, Session
from planner.programme.vocabulary import Change, Role, Status
from tests.examples import EVENT, FIRST, PROGRAMME, SECOND, session

_AT_TEN = session("4CDFGH", people=(Appearance(role=Role.SPEAKER, speaker="CDFGHJ"),))
_NAMED = Appearance(role=Role.SPEAKER, speaker="CDFGHJ")


def programme(*sessions: Session, **fields: Any) -> Programme:
    """Return the example with other sessions."""
    return msgspec.structs.replace(PROGRAMME, sessions=sessions, **fields)


def changes_of(**fields: Any) -> tuple[Change, ...]:
    """Return what happens to a session when these fields change."""
    new = msgspec.structs.replace(_AT_TEN, **fields)
    return changes_between(programme(_AT_TEN), _AT_TEN, programme(new), new)


@pytest.mark.parametrize(
    ("fields", "change"),
    [
        ({"starts_at": datetime(2017, 1, 18, 10, 5)}, Change.MOVED),
        ({"starts_at": datetime(2017, 1, 19, 10, 0)}, Change.MOVED),
        ({"room": "zagros"}, Change.ROOM),
        ({"across_rooms": True}, Change.ROOM),
        ({"minutes": 45}, Change.LENGTH),
        ({"title": {"ar": "الماء"}}, Change.TEXT),
        ({"title": {**_AT_TEN.title, "ckb": "مافی ئاو"}}, Change.TEXT),
        ({"abstract": {}}, Change.TEXT),
        ({"people": ()}, Change.PEOPLE),
        ({"people": (_NAMED, Appearance(role=Role.INTERPRETER))}, Change.PEOPLE),
        ({"people": (Appearance(role=Role.MODERATOR, speaker="CDFGHJ"),)}, Change.PEOPLE),
        ({"people": (Appearance(role=Role.SPEAKER, pseudonym={"ar": "صوت"}),)}, Change.PEOPLE),
        ({"spoken_languages": ("ckb",)}, Change.LANGUAGES),
        ({"interpreted_languages": ()}, Change.LANGUAGES),
        ({"theme": "women"}, Change.THEME),
        ({"theme": None}, Change.THEME),
        ({"status": Status.CANCELLED}, Change.CANCELLED),
    ],
)
def test_every_change_is_called_by_its_name(fields: dict[str, Any], change: Change) -> None:
    assert changes_of(**fields) == (change,)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"status": Status.TENTATIVE},
        {"sequence": 4, "changed_at": SECOND, "created_at": SECOND},
        {"changes": (Change.NEW,), "formerly": placement_of(_AT_TEN)},
    ],
)
def test_what_is_no_change_of_the_session_is_not_told(fields: dict[str, Any]) -> None:
    assert changes_of(**fields) == ()


def test_several_changes_are_all_told_in_one_order() -> None:
    later = _AT_TEN.starts_at + timedelta(hours=1)
    assert changes_of(theme=None, minutes=30, room="zagros", starts_at=later) == (
        Change.MOVED,
        Change.ROOM,
        Change.LENGTH,
        Change.THEME,
    )


def test_a_session_that_was_not_there_is_new_whatever_else_it_is() -> None:
    assert changes_between(PROGRAMME, None, PROGRAMME, _AT_TEN) == (Change.NEW,)


def test_what_is_cancelled_is_not_also_changed() -> None:
    assert changes_of(status=Status.CANCELLED, people=(), room="zagros") == (Change.CANCELLED,)


def test_what_stays_cancelled_does_not_change() -> None:
    gone = msgspec.structs.replace(_AT_TEN, status=Status.CANCELLED)
    assert changes_between(programme(gone), gone, programme(gone), gone) == ()


def test_what_comes_back_is_restored_and_not_said_to_have_new_people() -> None:
    gone = msgspec.structs.replace(_AT_TEN, status=Status.CANCELLED, people=())
    back = changes_between(programme(gone), gone, programme(_AT_TEN), _AT_TEN)
    assert back == (Change.RESTORED,)


def test_what_comes_back_elsewhere_is_restored_and_moved() -> None:
    gone = msgspec.structs.replace(_AT_TEN, status=Status.CANCELLED, people=())
    new = msgspec.structs.replace(_AT_TEN, room="zagros")
    assert changes_between(programme(gone), gone, programme(new), new) == (
        Change.RESTORED,
        Change.ROOM,
    )


def test_another_name_of_a_speaker_changes_the_people_of_their_sessions_only() -> None:
    other = session("6CDFGH")
    renamed = msgspec.structs.replace(PROGRAMME.speakers[0], name={"ar": "سيدوري الجديدة"})
    found = differences(programme(_AT_TEN, other), programme(_AT_TEN, other, speakers=(renamed,)))
    assert [(difference.after.code, difference.changes) for difference in found] == [
        ("4CDFGH", (Change.PEOPLE,))
    ]


def test_another_time_zone_moves_every_session() -> None:
    abroad = msgspec.structs.replace(EVENT, time_zone="Europe/Berlin")
    found = differences(programme(_AT_TEN), programme(_AT_TEN, event=abroad))
    assert [difference.changes for difference in found] == [(Change.MOVED,)]


def test_differences_hold_before_and_after_in_the_order_of_the_programme() -> None:
    moved = msgspec.structs.replace(_AT_TEN, minutes=90)
    new = session("9CDFGH")
    found = differences(programme(_AT_TEN), programme(new, moved))
    assert [(d.before, d.after) for d in found] == [(None, new), (_AT_TEN, moved)]


def test_a_programme_does_not_differ_from_itself() -> None:
    assert differences(PROGRAMME, PROGRAMME) == ()


def test_a_placement_is_where_and_when() -> None:
    assert placement_of(_AT_TEN) == Placement(
        starts_at=_AT_TEN.starts_at, minutes=60, room="tigris"
    )


def test_calendars_take_an_event_anew_for_hour_room_length_and_status() -> None:
    assert set(RESCHEDULING) == {
        Change.MOVED,
        Change.ROOM,
        Change.LENGTH,
        Change.CANCELLED,
        Change.RESTORED,
    }


_STAMPS = {
    "sequence": 7,
    "created_at": SECOND,
    "changed_at": FIRST,
    "changes": (Change.NEW,),
    "formerly": Placement(starts_at=datetime(2017, 1, 1), minutes=1, room=None),
}


@given(st.sets(st.sampled_from(sorted(_STAMPS))))
def test_stamps_and_marks_are_not_rendered(names: set[str]) -> None:
    stamped = msgspec.structs.replace(_AT_TEN, **{name: _STAMPS[name] for name in names})
    assert rendering_of(PROGRAMME, stamped) == rendering_of(PROGRAMME, _AT_TEN)


@pytest.mark.parametrize("field", [f for f in Session.__struct_fields__ if f not in _STAMPS])
def test_every_other_field_of_a_session_is_rendered(field: str) -> None:
    """Also a field that is added later: who forgets it here would see calendars stand still."""
    values: dict[str, Any] = {
        "kind": "sport",
        "starts_at": datetime(2017, 1, 18, 10, 1),
        "minutes": 61,
        "across_rooms": True,
        "status": Status.TENTATIVE,
    }
    before = getattr(_AT_TEN, field)
    value = values.get(field, {"xx": "x"} if isinstance(before, dict) else ("x",))
    if isinstance(before, str | None) and field not in values:
        value = "other"
    changed = msgspec.structs.replace(_AT_TEN, **{field: value})
    if field == "people":
        changed = msgspec.structs.replace(_AT_TEN, people=())
    assert rendering_of(PROGRAMME, changed) != rendering_of(PROGRAMME, _AT_TEN)


@pytest.mark.parametrize(
    "field",
    ["venue_name", "venue_address", "withheld_name", "time_zone", "latitude", "languages"],
)
def test_what_every_calendar_event_tells_of_the_event_is_rendered(field: str) -> None:
    values: dict[str, Any] = {"time_zone": "Europe/Berlin", "latitude": 1.5, "languages": ("ar",)}
    event = msgspec.structs.replace(EVENT, **{field: values.get(field, {"en": "Other"})})
    changed = msgspec.structs.replace(PROGRAMME, event=event)
    assert rendering_of(changed, _AT_TEN) != rendering_of(PROGRAMME, _AT_TEN)


@pytest.mark.parametrize(
    ("parts", "fields"),
    [
        ("rooms", {"name": {"ar": "قاعة الفرات"}}),
        ("rooms", {"floor": {"ar": "الطابق الأول"}}),
        ("themes", {"name": {"ar": "الأرض"}}),
        ("themes", {"colour": "olive"}),
        ("speakers", {"name": {"ar": "سيدوري الجديدة"}}),
        ("speakers", {"organisation": {"ar": "بيت الطين"}}),
    ],
)
def test_names_that_a_session_is_told_with_are_rendered_with_it_only(
    parts: str, fields: dict[str, Any]
) -> None:
    first, *rest = getattr(PROGRAMME, parts)
    changed = msgspec.structs.replace(
        PROGRAMME, **{parts: (msgspec.structs.replace(first, **fields), *rest)}
    )
    elsewhere = session("6CDFGH", room="zagros", theme="women")
    assert rendering_of(changed, _AT_TEN) != rendering_of(PROGRAMME, _AT_TEN)
    assert rendering_of(changed, elsewhere) == rendering_of(PROGRAMME, elsewhere)
