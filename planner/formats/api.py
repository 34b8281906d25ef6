"""The programme document as an API: the document itself, its JSON Schema, OpenAPI around both."""

from functools import cache
from typing import Any

import msgspec

from planner.formats.api_fields import DESCRIPTIONS, WALL_TIMES
from planner.formats.openapi import description
from planner.programme.document import SCHEMA, Programme, encode
from planner.programme.published import Published

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: ISO 8601 without an offset, which no format of JSON Schema is.
_WALL_TIME = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?$"
_Object = dict[str, Any]


def programme_document(published: Published, _base_url: str) -> bytes:
    """Return the document as it was released: canonical JSON in UTF-8, which has no addresses."""
    return encode(published.programme)


@cache
def schema() -> bytes:
    """Return the JSON Schema (2020-12) of the programme document."""
    told = {
        "$schema": _DIALECT,
        "title": "Programme of a conference",
        "description": "The document that Barnama publishes, from which all its pages are made.",
        "$ref": "#/$defs/Programme",
        "$defs": _types("#/$defs/{name}"),
    }
    return msgspec.json.encode(told)


def openapi(base_url: str) -> bytes:
    """Return the description (OpenAPI 3.1) of the addresses that other programs may read."""
    return msgspec.json.encode(description(base_url, _types("#/components/schemas/{name}")))


def _types(reference: str) -> dict[str, _Object]:
    """Return the schema of each type of the document, its fields described."""
    _, types = msgspec.json.schema_components([Programme], ref_template=reference)
    for name, fields in DESCRIPTIONS.items():
        properties = types[name]["properties"]
        for field, told in fields.items():
            properties[field]["description"] = told
            if field in WALL_TIMES:
                properties[field]["pattern"] = _WALL_TIME
    for own in types.values():
        own["description"] = _as_markdown(own["description"])
    types["Programme"]["properties"]["schema"]["const"] = SCHEMA
    return types


def _as_markdown(docstring: str) -> str:
    """Return the docstring of a type as readers of the API see it: one paragraph, in Markdown."""
    return " ".join(docstring.split()).replace("``", "`")
