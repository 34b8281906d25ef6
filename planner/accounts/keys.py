"""Keys of this package, each made from the application's secret for one use only."""

import hashlib
import hmac

from flask import current_app


def derived(use: str) -> bytes:
    """Return the key for a use."""
    secret = str(current_app.config["SECRET_KEY"])
    return hmac.digest(secret.encode(), f"planner {use}".encode(), "sha256")


def sealed(use: str, text: str) -> str:
    """Return the HMAC of a text in hexadecimal, which says nothing to who lacks the secret."""
    return hmac.new(derived(use), text.encode(), "sha256").hexdigest()


def digest(token: str) -> str:
    """Return the SHA-256 of a random token, in hexadecimal: what the database keeps of it."""
    return hashlib.sha256(token.encode()).hexdigest()
