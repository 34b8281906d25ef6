"""The history of an event as organizers read it: what was done, by whom, and taking it back."""

from typing import Any

from flask import Flask


def init_app(app: Flask) -> None:
    """Let pages of the desk offer what can be taken back next, and say who deleted something."""
    from planner.history.account import deletion_of, steps_of

    def helpers() -> dict[str, Any]:
        return {"deletion_of": deletion_of, "steps_of": steps_of}

    app.context_processor(helpers)
