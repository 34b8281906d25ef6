"""Where events stand: the first pages of the desk. They know all packages, and none knows them."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add the first pages of the desk, which are called as its own."""
    from planner.overview import views

    app.add_url_rule("/desk/", "desk.index", views.index)
    app.add_url_rule("/desk/<event>/", "desk.event", views.event)
