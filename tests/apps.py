"""An authenticator app, and what a form of the desk was told."""

import re
from datetime import UTC, datetime

from passlib.totp import TOTP


def code_of(key: str, *, later: int = 0) -> str:
    """Return the code that an app shows for a key, now or so many steps later."""
    moment = datetime.now(UTC).timestamp() + 30 * later
    return str(TOTP(key.replace("-", ""), format="base32").generate(time=moment).token)


def key_on(page: str) -> str:
    """Return the key that a page shows for an app."""
    found = re.search(r'class="key">([A-Z2-7-]+)<', page)
    assert found is not None
    return found[1]


def codes_on(page: str) -> list[str]:
    """Return the recovery codes that a page shows."""
    return re.findall(r"<li><code>([^<]+)</code>", page)


def without_tokens(page: str) -> str:
    """Return a page without the tokens of its forms, which hold the time."""
    return re.sub(r'name="csrf_token"[^>]*>', "", page)
