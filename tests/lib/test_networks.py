"""The networks of addresses."""

import pytest

from planner.lib.networks import network


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2::7", "2001:db8:1::/48"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("127.0.0.1", None),
        ("::1", None),
        ("::ffff:127.0.0.1", None),
        ("", "unknown"),
        (None, "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_networks_are_as_large_as_a_household_has_them(
    address: str | None, whole: str | None
) -> None:
    assert network(address) == whole
