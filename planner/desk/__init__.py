"""The desk: what the organizers' pages have in common. The pages are in the packages of things."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Let the desk speak the language of whoever uses it."""
    from planner.desk import errors, language, pages

    language.init_app(app)
    errors.init_app(app)
    app.register_blueprint(pages.bp)
