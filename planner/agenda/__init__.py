"""Participants' own agendas: a random token and a set of codes, over the released programme."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add the addresses of agendas to the application."""
    from planner.agenda import (  # noqa: F401 -- they add to the blueprint
        feed_views,
        models,
        private,
        sharing_views,
        views,
    )
    from planner.agenda.frame import bp
    from planner.extensions import csrf

    csrf.exempt(bp)  # readers have no session; see planner.agenda.private
    app.register_blueprint(bp)
