"""The desk's addresses, gathered from the packages of the things that they are about."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add the desk to the application."""
    from planner import accounts, desk, history
    from planner.history import views as history_views
    from planner.journal import recording
    from planner.timetable import models as timetable_models  # noqa: F401 -- its tables

    recording.watch()
    accounts.init_app(app)
    desk.init_app(app)
    history.init_app(app)
    app.register_blueprint(history_views.bp)
