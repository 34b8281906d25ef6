"""Private links of speakers, which open their page or their calendar to whoever has them."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Let links go out with the other mail, and add their pages to the desk."""
    from planner.links import sending, views

    sending.init()
    app.register_blueprint(views.bp)
