"""The search for secrets finds them in every disguise, and nothing where there is none."""

import base64
import hashlib
import html
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest

from tests.traces import traces

_NAME = "زینی بۆتان, <Zin> of Bötan"


@pytest.mark.parametrize(
    "hide",
    [
        str,
        str.upper,
        str.casefold,
        quote,
        quote_plus,
        html.escape,
        json.dumps,
        lambda name: f"<!-- {name} -->",
        lambda name: name.replace(",", "\\,"),
        lambda name: "".join(f"&#{ord(character)};" for character in name),
        lambda name: base64.b64encode(name.encode()).decode(),
        lambda name: base64.b64encode(f"x{name}".encode()).decode(),
        lambda name: base64.b64encode(f"xy{name}zzz".encode()).decode(),
        lambda name: hashlib.md5(name.encode(), usedforsecurity=False).hexdigest(),
        lambda name: hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest().upper(),
        lambda name: hashlib.sha256(name.lower().encode()).hexdigest(),
    ],
)
def test_a_secret_is_found_however_it_is_written(hide: Callable[[str], str]) -> None:
    page = f"BEGIN\r\n{hide(_NAME)}\r\nEND".encode()
    assert traces(page, _NAME)
    assert traces(page, "Enheduanna") == []


def test_a_slug_and_a_transliteration_are_found() -> None:
    assert traces(b"/speakers/zin-of-botan", "Zin of Bötan")
    assert traces(b"Zin of Botan", "Zin of Bötan")


def test_nothing_is_found_where_nothing_is() -> None:
    assert traces("زین و مەم, Kawa".encode(), _NAME, "FGHJKM", "زین بۆتان") == []
