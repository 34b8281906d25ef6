"""How organizers get in: signing in, the second step, links to reset a password, invitations."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Answer dead links and too many attempts with pages of their own, wherever they happen."""
    from planner.accounts.links import DeadLinkError
    from planner.accounts.throttling import TooManyAttemptsError
    from planner.entrance import views

    app.register_error_handler(DeadLinkError, views.dead_link)
    app.register_error_handler(TooManyAttemptsError, views.too_many)
