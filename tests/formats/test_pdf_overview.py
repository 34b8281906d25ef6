"""The tables that give a day at a glance."""

from datetime import date, datetime

import msgspec
from hypothesis import given

from planner.formats.pdf_overview import Table, tables
from planner.programme.document import Programme, Session
from tests.examples import PROGRAMME, published, session
from tests.formats.invented import programmes

DAY = date(2017, 1, 18)


def tables_of(*sessions: Session) -> tuple[Table, ...]:
    """Return the tables of the example's first day, with these sessions only."""
    programme = msgspec.structs.replace(PROGRAMME, sessions=sessions)
    return tables(published(programme), DAY, widest=5)


def at(code: str, hour: int, minute: int = 0, **changes: object) -> Session:
    """Return a session at a time of the first day."""
    return session(code, starts_at=datetime(2017, 1, 18, hour, minute), **changes)


def drawn(table: Table) -> list[str]:
    """Return a table as lines: a session's last letter wherever it goes on, a dot where none is."""
    lines = [["" for _ in table.rooms] for _ in table.rows]
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            first = lines[number].index("")
            sign = "".join(each.code[0] for each in cell.sessions) or "."
            for line in lines[number : number + cell.rows]:
                assert line[first : first + cell.columns] == [""] * cell.columns
                line[first : first + cell.columns] = [sign] * cell.columns
    assert all(all(line) for line in lines)
    return [" ".join(line) for line in lines]


def test_a_session_goes_on_until_it_ends_or_something_begins_in_its_room() -> None:
    (table,) = tables_of(
        at("3CDFGH", 9, minutes=90, room="tigris"),
        at("4CDFGH", 9, minutes=30, room="zagros"),
        at("6CDFGH", 9, 30, minutes=30, room="zagros"),
        at("7CDFGH", 10, minutes=60, room="zagros"),
        at("9CDFGH", 10, 15, minutes=30, room="tigris"),
    )
    assert table.rooms == ("tigris", "zagros")
    assert drawn(table) == ["3 4", "3 6", "3 7", "9 7"]
    assert [f"{row.starts_at:%H:%M}" for row in table.rows] == ["09:00", "09:30", "10:00", "10:15"]


def test_what_is_held_across_rooms_spans_them_and_has_a_row_of_its_own() -> None:
    (table,) = tables_of(
        at("3CDFGH", 9, minutes=60, room="tigris"),
        at("4CDFGH", 10, room=None, across_rooms=True),
        at("6CDFGH", 10, room="zagros"),
    )
    assert drawn(table) == ["3 .", "4 4", ". 6"]


def test_sessions_at_one_time_in_one_room_share_a_cell() -> None:
    (table,) = tables_of(at("3CDFGH", 9, room="tigris"), at("4CDFGH", 9, room="tigris"))
    assert drawn(table) == ["34"]


def test_sessions_without_a_room_have_a_column_after_the_rooms() -> None:
    (table,) = tables_of(at("3CDFGH", 9, room=None), at("4CDFGH", 9, room="zagros"))
    assert table.rooms == ("zagros", None)
    assert drawn(table) == ["4 3"]


def test_rooms_that_are_not_used_on_the_day_are_left_out() -> None:
    (table,) = tables_of(at("4CDFGH", 9, room="zagros"))
    assert table.rooms == ("zagros",)


def test_many_rooms_are_shared_out_to_tables_that_fit_a_page() -> None:
    rooms = tuple(
        msgspec.structs.replace(PROGRAMME.rooms[0], slug=f"room-{number}") for number in range(11)
    )
    sessions = tuple(at(f"{number}CDFGH", 9, room=room.slug) for number, room in enumerate(rooms))
    opening = at("XCDFGH", 8, room=None, across_rooms=True)
    programme = msgspec.structs.replace(PROGRAMME, rooms=rooms, sessions=(opening, *sessions))
    found = tables(published(programme), DAY, widest=5)
    assert [len(table.rooms) for table in found] == [3, 4, 4]
    assert [table.rows[0].cells[0].sessions for table in found] == [(opening,)] * 3


def test_a_day_without_sessions_has_no_table() -> None:
    assert tables_of() == ()


@given(programmes())
def test_every_session_stands_once_in_a_full_table(programme: Programme) -> None:
    read = published(programme)
    for day, sessions in read.sessions_by_day.items():
        found = tables(read, day, widest=5)
        for table in found:
            drawn(table)
        told = [
            each.code
            for table in found
            for row in table.rows
            for cell in row.cells
            for each in cell.sessions
        ]
        for each in sessions:
            in_tables = len(found) if each.across_rooms else 1
            assert told.count(each.code) == in_tables
