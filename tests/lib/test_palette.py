"""The palette of themes."""

from planner.lib.palette import CSS3_NAMES, Colour


def test_there_are_eight_colours_each_with_a_name_that_calendars_know() -> None:
    assert len(Colour) == 8
    assert set(CSS3_NAMES) == set(Colour)
    assert len(set(CSS3_NAMES.values())) == 8
    assert all(name.isalpha() and name.islower() for name in CSS3_NAMES.values())
