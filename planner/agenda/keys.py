"""The two tokens of an agenda: one changes it, and from that comes one that only reads it.

The database has neither, only what they are known by: who has it opens no agenda with it.
"""

import base64
import hashlib
import hmac
import re
import secrets

#: 256 bits in the letters of addresses (RFC 4648, section 5).
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}\Z")
_READING = b"reads an agenda"


def new_key() -> str:
    """Return the token of a new agenda, with which it is changed."""
    return secrets.token_urlsafe(32)


def reading_token(key: str) -> str:
    """Return the token that only reads the agenda of a key. It does not tell the key."""
    made = hmac.digest(key.encode(), _READING, "sha256")
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def is_token(text: str) -> bool:
    """Tell whether something may be a token at all."""
    return _TOKEN.match(text) is not None


def digest(token: str) -> str:
    """Return what the database knows a token by: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
