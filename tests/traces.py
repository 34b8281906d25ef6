"""Looking for something secret in what was written, however it may be spelt there."""

import base64
import gzip
import hashlib
import html
import io
import json
import unicodedata
import zipfile
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


def unpacked(content: bytes) -> bytes:
    """Return octets with everything in them that was compressed, folded or put into a file."""
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    parts = [content]
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts += [name.encode() + unpacked(archive.read(name)) for name in archive.namelist()]
    if content.startswith(b"%PDF"):
        parts.append(_text_of_pdf(content))
    if content.startswith(b"BEGIN:VCALENDAR"):
        unfolded = content.replace(b"\r\n ", b"")
        parts += [unfolded, unfolded.replace(b"\\,", b",").replace(b"\\;", b";")]
    return b"\n".join(parts)


def _text_of_pdf(content: bytes) -> bytes:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    told = [str(reader.metadata), *(page.extract_text() for page in reader.pages)]
    return "\n".join(told).encode("utf-8", "ignore")
