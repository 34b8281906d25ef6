"""Looking for something secret in what was written, however it may be spelt there."""

import base64
import hashlib
import html
import json
import unicodedata
from urllib.parse import quote, quote_plus

#: Fewer octets than this are found by chance.
_SHORTEST = 6


def spellings(secret: str) -> dict[str, bytes]:
    """Return a secret in every form in which programs write what they know, by its name."""
    octets = secret.encode()
    ascii_only = unicodedata.normalize("NFKD", secret).encode("ascii", "ignore").decode()
    forms = {
        "plain": octets,
        "folded": secret.casefold().encode(),
        "decomposed": unicodedata.normalize("NFD", secret).encode(),
        "without accents": ascii_only.encode() if ascii_only.strip() else b"",
        "as a slug": "-".join(ascii_only.split()).encode(),
        "percent-encoded": quote(secret, safe="").encode(),
        "as a form": quote_plus(secret).encode(),
        "escaped for HTML": html.escape(secret).encode(),
        "as numbers for HTML": "".join(f"&#{ord(c)};" for c in secret).encode(),
        "as hexadecimal numbers for HTML": "".join(f"&#x{ord(c):x};" for c in secret).encode(),
        "escaped for JSON": json.dumps(secret)[1:-1].encode(),
        "in UTF-16": secret.encode("utf-16-le"),
        "escaped for calendars": secret.replace(",", "\\,").replace(";", "\\;").encode(),
    }
    for name in ("md5", "sha1", "sha256"):
        forms[name] = hashlib.new(name, octets, usedforsecurity=False).hexdigest().encode()
        lowered = hashlib.new(name, secret.strip().lower().encode(), usedforsecurity=False)
        forms[f"{name} in small letters"] = lowered.hexdigest().encode()
    for offset in range(3):
        forms[f"base64 at {offset}"] = _inner_base64(octets, offset)
    return {name: form.lower() for name, form in forms.items() if len(form) >= _SHORTEST}


def traces(content: bytes, *secrets: str) -> list[str]:
    """Return which of these secrets are in some octets, and how; case makes no difference."""
    folded = content.lower() + content.decode("utf-8", "ignore").casefold().encode()
    return [
        f"{secret} ({form})"
        for secret in secrets
        for form, spelling in spellings(secret).items()
        if spelling in folded
    ]


def _inner_base64(octets: bytes, offset: int) -> bytes:
    """Return what stands in base64 wherever these octets begin at an offset within three."""
    encoded = base64.b64encode(b"\0" * offset + octets).rstrip(b"=")
    begin = (0, 2, 3)[offset]
    return encoded[begin : len(encoded) - (1 if (offset + len(octets)) % 3 else 0)]
