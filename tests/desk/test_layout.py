"""What every page of the desk carries around its content."""

import re

import pytest
from flask import Flask

from planner.accounts.models import MemberRole
from tests.desks import organizer
from tests.plans import SLUG, WATER, make_plan


@pytest.mark.parametrize(
    ("page", "way"),
    [
        ("", "Overview"),
        (f"sessions/{WATER}", "Sessions"),
        ("board/2017-01-18", "Board"),
        ("rooms/tigris", "Rooms"),
        ("settings", "Settings"),
        ("settings/dates", "Settings"),
        ("releases", "Releases"),
    ],
)
def test_the_way_to_which_a_page_belongs_is_marked(app: Flask, page: str, way: str) -> None:
    make_plan()
    shown = organizer(app).get(f"/desk/{SLUG}/{page}").text
    assert re.findall(r'aria-current="page">([^<]+)</a></li>', shown) == [way]


def test_ways_lead_only_where_one_may_go(app: Flask) -> None:
    make_plan()
    owner = organizer(app).get(f"/desk/{SLUG}/").text
    viewer = organizer(app, MemberRole.VIEWER).get(f"/desk/{SLUG}/").text
    assert ">Organizers</a></li>" in owner
    assert ">Organizers</a></li>" not in viewer
    assert ">Settings</a></li>" in viewer
