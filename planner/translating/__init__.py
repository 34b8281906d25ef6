"""The translation desk: what is to be translated, each text beside its original."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add the pages, and let what translations were made from be noted."""
    from planner.translating import digests, views

    digests.watch()
    app.register_blueprint(views.bp)
