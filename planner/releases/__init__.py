"""Releases: the only door from the plan to the programme."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Give the public pages their source of programmes."""
    from planner.releases.queries import ReleaseSource

    app.extensions["planner.programmes"] = ReleaseSource()
