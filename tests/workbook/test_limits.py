"""Workbooks that were made to exhaust memory or patience: refused in one line."""

from collections.abc import Callable

import pytest

from planner.workbook.operations import proposal
from planner.workbook.reading import read_file
from planner.workbook.telling import UnreadableWorkbookError
from tests.plans import SLUG, make_plan
from tests.workbook.files import book, options
from tests.workbook.hostile import ENDLESS, REFUSED

# How long they take is measured elsewhere; here a parser that is caught in one must end.
pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.timeout(30)]


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_in_one_line(make: Callable[[], bytes]) -> None:
    make_plan()
    content = make()
    with pytest.raises(UnreadableWorkbookError) as error:
        proposal(read_file(content), SLUG, options())
    told = str(error.value.told)
    assert told.endswith(".")
    assert "\n" not in told


def test_a_workbook_that_is_protected_says_so() -> None:
    content = bytearray(book({"Sessions": [["title_ar"]]}))
    place = content.find(b"PK\x01\x02")
    while place >= 0:  # the flag of each entry in the directory
        content[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 4)
    with pytest.raises(UnreadableWorkbookError) as error:
        read_file(bytes(content))
    assert "password" in str(error.value.told)


@pytest.mark.parametrize("content", ENDLESS.values(), ids=ENDLESS.keys())
def test_cells_that_go_on_and_on_catch_nobody(content: bytes) -> None:
    make_plan()
    proposal(read_file(content), SLUG, options())
