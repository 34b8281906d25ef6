"""What keeps robots out of the form, without asking people to solve anything.

A form carries the moment when it was made, signed: what comes back too soon, or much too late, is
shown once more and needs another press of the button. So is one whose field that people cannot see
was filled in. Nothing is asked of the browser: no script, no cookie.
"""

import hmac
from datetime import timedelta

from flask import request

from planner.accounts.keys import sealed
from planner.lib.clock import now

#: Nobody reads the principles and fills in the form in less.
SOONEST = timedelta(seconds=3)
LATEST = timedelta(hours=24)
#: A field that programs fill in.
TRAP = "homepage"


def stamp(event: str, *, ago: timedelta = timedelta()) -> str:
    """Return the signed moment at which a form for an event is made, or was made so long ago."""
    made = str(int((now() - ago).timestamp()))
    return f"{made}.{_signature(event, made)}"


def is_by_hand(event: str, written: str) -> bool:
    """Tell whether a form was filled in at a person's pace, and is one of ours."""
    made, _, signature = written.partition(".")
    if not hmac.compare_digest(_signature(event, made).encode(), signature.encode()):
        return False
    if not (made.isascii() and made.isdigit()) or request.form.get(TRAP):
        return False
    age = now().timestamp() - int(made)
    return SOONEST.total_seconds() <= age <= LATEST.total_seconds()


def is_of_another_site() -> bool:
    """Tell whether the browser says that a page of another site sent this."""
    return request.headers.get("Sec-Fetch-Site") == "cross-site"


def _signature(event: str, made: str) -> str:
    return sealed("registration form", f"{event} {made}")
