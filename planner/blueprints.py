"""The desk's addresses, gathered from the packages of the things that they are about."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, request


def init_app(app: Flask) -> None:
    """Add the desk to the application."""
    from planner import (
        accounts,
        agenda,
        desk,
        entrance,
        events,
        history,
        letters,
        links,
        overview,
        translating,
    )
    from planner.accounts.blueprint import bp as accounts_bp
    from planner.entering.sessions import views as sessions_views
    from planner.entering.speakers import views as speakers_views
    from planner.history import views as history_views
    from planner.interpreting import models as interpreting_models  # noqa: F401 -- known tables
    from planner.interpreting import views as interpreting_views
    from planner.journal import recording
    from planner.organizers import views as organizers_views  # noqa: F401 -- adds to accounts_bp
    from planner.own_account import views as own_account_views  # noqa: F401 -- the same
    from planner.participants import models as participants_models  # noqa: F401 -- known tables
    from planner.readiness import views as readiness_views
    from planner.registration import frame as registration
    from planner.releases import (  # noqa: F401 -- but for the preview they add to views
        compare_views,
        correction_views,
        preview_views,
        release_views,
    )
    from planner.releases import views as releases_views
    from planner.removal import views as removal_views
    from planner.slots import frame as slots
    from planner.slots import models as slots_models  # noqa: F401 -- known tables
    from planner.timetable import conflict_views, views  # noqa: F401 -- they add to timetable_bp
    from planner.timetable.blueprint import bp as timetable_bp
    from planner.workbook import views as workbook_views

    recording.watch()
    with _kept_to_the_desk(app):
        accounts.init_app(app)
        desk.init_app(app)
    entrance.init_app(app)
    app.register_blueprint(accounts_bp)
    events.init_app(app)
    history.init_app(app)
    app.register_blueprint(history_views.bp)
    app.register_blueprint(timetable_bp)
    app.register_blueprint(sessions_views.bp)
    app.register_blueprint(speakers_views.bp)
    translating.init_app(app)
    app.register_blueprint(readiness_views.bp)
    app.register_blueprint(releases_views.bp)
    letters.init_app(app)
    links.init_app(app)
    app.register_blueprint(preview_views.bp)
    app.register_blueprint(interpreting_views.bp)
    app.register_blueprint(workbook_views.bp)
    app.register_blueprint(removal_views.bp)
    overview.init_app(app)
    slots.init_app(app)
    agenda.init_app(app)
    registration.init_app(app)


@contextmanager
def _kept_to_the_desk(app: Flask) -> Iterator[None]:
    """Let what is registered meanwhile to run with every request do so in the desk only.

    The libraries of accounts look for a session with every request; readers have none.
    """
    kinds: tuple[dict[Any, list[Any]], ...] = (
        app.before_request_funcs,
        app.after_request_funcs,
        app.teardown_request_funcs,
    )
    known = [len(kind.get(None, ())) for kind in kinds]
    yield
    for kind, before in zip(kinds, known, strict=True):
        hooks = kind.setdefault(None, [])
        hooks[before:] = [_in_the_desk(hook) for hook in hooks[before:]]


def _in_the_desk(hook: Callable[..., Any]) -> Callable[..., Any]:
    """Return a hook that leaves answers outside of the desk as they are."""

    def kept(*arguments: Any) -> Any:
        if request.environ["PATH_INFO"].startswith("/desk/"):
            return hook(*arguments)
        return arguments[0] if arguments else None

    return kept
