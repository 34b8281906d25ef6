"""Letters to speakers: what a release changed for each of them, and what they answer by mail."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Let letters go out with the other mail, and add their pages to the desk."""
    from planner.letters import sending, views

    sending.init()
    app.register_blueprint(views.bp)
