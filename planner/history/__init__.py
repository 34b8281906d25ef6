"""The history of an event as organizers read it: what was done, by whom, and taking it back."""

from typing import Any

from flask import Flask


def init_app(app: Flask) -> None:
    """Let every page of the desk offer what can be taken back next."""
    from planner.history.account import steps_of

    def helpers() -> dict[str, Any]:
        return {"steps_of": steps_of}

    app.context_processor(helpers)
