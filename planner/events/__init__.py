"""Events, their days, rooms and themes."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add the desk's pages of events."""
    from planner.events import day_views, part_views, views  # noqa: F401 -- they add addresses
    from planner.events.blueprint import bp

    app.register_blueprint(bp)
