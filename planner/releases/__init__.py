"""Releases: the only door from the plan to the programme."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Give the public pages their source of programmes."""
    from planner.releases.queries import ReleaseSource

    def forget(digest: str) -> None:
        """Drop what was rendered of a programme that is not the current one any more."""
        app.extensions["planner.shelf"].forget(digest)

    app.extensions["planner.programmes"] = ReleaseSource(forget=forget)
