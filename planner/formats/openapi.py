"""The description of the public addresses for other programs (OpenAPI 3.1.1)."""

from typing import Any

from planner import __version__
from planner.i18n.languages import INTERFACE

_Object = dict[str, Any]
_ABOUT = (
    "What is public of a conference's programme, to read. Everything is made from the last "
    "release and changes only with the next one, so ask with `If-None-Match`: the answer is `304` "
    "and costs next to nothing. Every address answers `HEAD` too, compresses with gzip, needs no "
    "key, sets no cookie and may be read by scripts of other sites."
)


def description(base_url: str, types: dict[str, _Object]) -> _Object:
    """Return the description as an object; ``types`` are the schemas of the document's types.

    They refer to one another as ``#/components/schemas/…``.
    """
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Barnama",
            "summary": "The programme of a conference",
            "description": _ABOUT,
            "version": __version__,
        },
        "servers": [{"url": base_url}],
        "tags": [
            {"name": "programme", "description": "The programme of an event"},
            {"name": "descriptions", "description": "What describes this API"},
        ],
        "paths": _event_paths() | _description_paths(),
        "components": {
            "schemas": types,
            "parameters": _PARAMETERS,
            "headers": _HEADERS,
            "responses": _RESPONSES,
        },
    }


def _event_paths() -> _Object:
    return {
        "/api/v1/events/{event}/programme": _of_event(
            "programme",
            "The programme document",
            "Everything that is public, in all languages, as it was released. The `ETag` changes "
            "with every release and with every version of Barnama.",
            "application/json",
            {"$ref": "#/components/schemas/Programme"},
        ),
        "/{event}/schedule.json": _of_event(
            "scheduleJson",
            "The programme as schedule.json",
            "Version 1 of c3voc's format, in the event's first language, without cancelled "
            "sessions: the format cannot tell that they are.",
            "application/json",
            {"type": "object", "required": ["schedule"]},
        ),
        "/{event}/schedule.xml": _of_event(
            "scheduleXml",
            "The programme as schedule.xml",
            "c3voc's format, in the event's first language, without cancelled sessions: the "
            "format cannot tell that they are.",
            "application/xml",
            {"type": "string"},
        ),
        "/{lang}/{event}/programme.csv": _of_event(
            "programmeCsv",
            "The programme as a table",
            "CSV in UTF-8 (RFC 4180), a row for each session, in the language of the address.",
            "text/csv",
            {"type": "string"},
            parameters=("Language",),
        ),
    }


def _of_event(
    operation: str,
    summary: str,
    told: str,
    media_type: str,
    schema: _Object,
    *,
    parameters: tuple[str, ...] = (),
) -> _Object:
    """Return the path of something that is made from the current programme of an event."""
    return {
        "parameters": _references("parameters", *parameters, "Event"),
        "get": {
            "operationId": operation,
            "summary": summary,
            "description": told,
            "tags": ["programme"],
            "security": [],
            "parameters": _references("parameters", "IfNoneMatch", "IfModifiedSince"),
            "responses": {
                "200": {
                    "description": summary,
                    "headers": _named_headers(
                        "ETag", "Last-Modified", "Cache-Control", "Vary", _ORIGIN
                    ),
                    "content": {media_type: {"schema": schema}},
                },
                "304": _reference("responses", "NotModified"),
                "404": _reference("responses", "NotFound"),
            },
        },
    }


def _description_paths() -> _Object:
    return {
        "/api/v1/schema": _constant(
            "schema",
            "The JSON Schema of the programme document",
            "application/schema+json",
        ),
        "/api/v1/openapi.json": _constant("openapi", "This description", "application/json"),
    }


def _constant(operation: str, summary: str, media_type: str) -> _Object:
    """Return the path of something that changes with versions of Barnama only."""
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "tags": ["descriptions"],
            "security": [],
            "parameters": _references("parameters", "IfNoneMatch"),
            "responses": {
                "200": {
                    "description": summary,
                    "headers": _named_headers("ETag", "Cache-Control", _ORIGIN),
                    "content": {media_type: {"schema": {"type": "object"}}},
                },
                "304": _reference("responses", "DescriptionNotModified"),
            },
        },
    }


def _reference(kind: str, name: str) -> _Object:
    return {"$ref": f"#/components/{kind}/{name}"}


def _references(kind: str, *names: str) -> list[_Object]:
    return [_reference(kind, name) for name in names]


def _named_headers(*names: str) -> _Object:
    return {name: _reference("headers", name) for name in names}


_ORIGIN = "Access-Control-Allow-Origin"
_PARAMETERS: _Object = {
    "Event": {
        "name": "event",
        "in": "path",
        "required": True,
        "description": "The slug of the event, as in the addresses of its pages.",
        "schema": {"type": "string", "pattern": "^[a-z0-9-]+$"},
        "example": "icssi-2017",
    },
    "Language": {
        "name": "lang",
        "in": "path",
        "required": True,
        "description": "The language to read in; what is not translated is in another.",
        "schema": {"type": "string", "enum": list(INTERFACE)},
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "The `ETag` of the answer that is known already (RFC 9110, 13.1.2).",
        "schema": {"type": "string"},
    },
    "IfModifiedSince": {
        "name": "If-Modified-Since",
        "in": "header",
        "description": "The `Last-Modified` of the answer that is known already; "
        "`If-None-Match` is more exact, and is all that counts where both are there.",
        "schema": {"type": "string"},
    },
}
_HEADERS: _Object = {
    "ETag": {
        "description": "Names this content in this encoding (RFC 9110, 8.8.3).",
        "required": True,
        "schema": {"type": "string"},
    },
    "Last-Modified": {
        "description": "When the release was published (RFC 9110, 8.8.2).",
        "required": True,
        "schema": {"type": "string"},
    },
    "Cache-Control": {
        "description": "How long the answer may be used without asking again.",
        "required": True,
        "schema": {"type": "string"},
    },
    "Vary": {
        "description": "The content is the same with and without compression, its octets not.",
        "required": True,
        "schema": {"type": "string"},
    },
    _ORIGIN: {
        "description": "Scripts of every site may read this.",
        "required": True,
        "schema": {"type": "string", "const": "*"},
    },
}
_RESPONSES: _Object = {
    "NotModified": {
        "description": "The answer that is known already still holds.",
        "headers": _named_headers("ETag", "Cache-Control", "Vary", _ORIGIN),
    },
    "DescriptionNotModified": {
        "description": "The answer that is known already still holds.",
        "headers": _named_headers("ETag", "Cache-Control", _ORIGIN),
    },
    "NotFound": {
        "description": "There is no such event, or nothing of it is public.",
        "content": {"text/plain": {"schema": {"type": "string"}}},
    },
}
