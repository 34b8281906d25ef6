"""What a browser would send back of a form besides what somebody enters."""

import html
import re

from werkzeug.test import TestResponse

_HIDDEN = re.compile(r'<input id="(\w+)" name="\w+" type="hidden" value="([^"]*)"')


def hidden(page: TestResponse) -> dict[str, str]:
    """Return the hidden fields of a page of the desk, by name."""
    return {name: html.unescape(value) for name, value in _HIDDEN.findall(page.text)}
