"""The programme document as an API, and whether what describes it is true."""

import json
from collections.abc import Iterable
from typing import Any

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from werkzeug.test import TestResponse

from planner.formats import api
from planner.formats.api_fields import DESCRIPTIONS
from planner.programme import document
from planner.programme.document import Programme, decode
from planner.programme.published import Published
from tests.examples import PROGRAMME, published
from tests.formats.invented import programmes

BASE_URL = "https://programme.example"
SCHEMA = json.loads(api.schema())
OPENAPI = json.loads(api.openapi(BASE_URL))
PATHS = sorted(OPENAPI["paths"])
EXAMPLE = json.loads(document.encode(PROGRAMME))
DIALECT = jsonschema.Draft202012Validator


class Shown:
    """A source of one programme."""

    def current(self, slug: str) -> Published | None:
        return published() if slug == PROGRAMME.event.slug else None

    def history(self, slug: str) -> Iterable[Published]:
        return [published()] if slug == PROGRAMME.event.slug else []

    def events(self) -> Iterable[Published]:
        return [published()]

    def answers(self) -> bool:
        return True


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    """Return a program that reads the API of an installation with the example."""
    app.extensions["planner.programmes"] = Shown()
    return app.test_client()


def faults(told: object) -> list[str]:
    """Return what the schema says against a document."""
    return [error.message for error in DIALECT(SCHEMA).iter_errors(told)]


def address_of(path: str, event: str = PROGRAMME.event.slug) -> str:
    """Return an address of a path."""
    return path.format(event=event, lang="ckb")


def resolved(told: dict[str, Any]) -> dict[str, Any]:
    """Return what a reference of the description refers to."""
    while "$ref" in told:
        found: Any = OPENAPI
        for step in told["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        told = found
    return told


def check_answer(path: str, answer: TestResponse) -> None:
    """Hold an answer against what the description promises for its status."""
    promised = resolved(OPENAPI["paths"][path]["get"]["responses"][str(answer.status_code)])
    assert {answer.mimetype or ""} == set(promised.get("content", {"": None}))
    for name, header in promised.get("headers", {}).items():
        assert resolved(header)["required"] is True
        jsonschema.validate(answer.headers[name], resolved(header)["schema"])


def test_the_document_is_given_as_it_was_released() -> None:
    content = api.programme_document(published(), BASE_URL)
    assert content == document.encode(PROGRAMME)
    assert decode(content) == PROGRAMME


@given(programmes())
@settings(max_examples=20, deadline=None)
def test_every_document_is_valid_by_the_schema(programme: Programme) -> None:
    assert faults(json.loads(api.programme_document(published(programme), BASE_URL))) == []


def test_the_schema_is_one_of_json_schema() -> None:
    assert SCHEMA["$schema"] == DIALECT.META_SCHEMA["$id"]
    DIALECT.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"organizers": []},
        {"release": {**EXAMPLE["release"], "stage": "secret"}},
        {"event": {**EXAMPLE["event"], "registration_opens": "2016-11-20"}},
        {"sessions": [{"code": "4CDFGH"}]},
    ],
)
def test_the_schema_refuses_what_is_no_programme(change: dict[str, Any]) -> None:
    assert faults(EXAMPLE) == []
    assert faults({**EXAMPLE, **change})


def test_the_schema_refuses_an_offset_where_the_hour_is_that_of_the_wall() -> None:
    moved = {**EXAMPLE["sessions"][0], "starts_at": "2017-01-18T09:00:00+03:00"}
    assert len(faults({**EXAMPLE, "sessions": [moved]})) == 1


def test_every_field_is_described_and_no_other() -> None:
    types = {
        name: set(told["properties"])
        for name, told in SCHEMA["$defs"].items()
        if "properties" in told
    }
    assert {name: set(fields) for name, fields in DESCRIPTIONS.items()} == types
    for name, told in SCHEMA["$defs"].items():
        assert told["description"], name
        assert "``" not in told["description"]
        for field, about in told.get("properties", {}).items():
            assert about["description"], f"{name}.{field}"


def test_every_hour_on_the_wall_has_the_pattern_of_one() -> None:
    """The types say which moments have no offset; the schema cannot say it by a format."""
    for name, fields in DESCRIPTIONS.items():
        annotations = getattr(document, name).__annotations__
        for field in fields:
            has_pattern = "pattern" in SCHEMA["$defs"][name]["properties"][field]
            assert has_pattern is ("tz=False" in str(annotations[field])), f"{name}.{field}"


def test_references_of_the_description_lead_somewhere() -> None:
    def references(told: object) -> Iterable[str]:
        if isinstance(told, dict):
            if "$ref" in told:
                yield told["$ref"]
            for value in told.values():
                yield from references(value)
        elif isinstance(told, list):
            for value in told:
                yield from references(value)

    found = set(references(OPENAPI))
    assert "#/components/schemas/Session" in found
    for reference in found:
        assert resolved({"$ref": reference})


def test_what_is_described_is_named_once_and_nothing_is_described_for_nobody() -> None:
    operations = [OPENAPI["paths"][path]["get"]["operationId"] for path in PATHS]
    assert len(set(operations)) == len(operations)
    text = json.dumps(OPENAPI)
    for kind in ("parameters", "headers", "responses", "schemas"):
        for name in OPENAPI["components"][kind]:
            assert f"#/components/{kind}/{name}" in text, name


def test_the_description_names_the_server() -> None:
    assert OPENAPI["openapi"].startswith("3.1.")
    assert OPENAPI["servers"] == [{"url": BASE_URL}]


@pytest.mark.parametrize("path", PATHS)
def test_every_address_answers_as_described(reader: FlaskClient, path: str) -> None:
    answer = reader.get(address_of(path))
    assert answer.status_code == 200
    check_answer(path, answer)
    assert answer.data
    head = reader.head(address_of(path))
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == answer.headers["ETag"]


@pytest.mark.parametrize("path", PATHS)
def test_every_address_says_when_nothing_changed(reader: FlaskClient, path: str) -> None:
    known = reader.get(address_of(path)).headers
    answer = reader.get(address_of(path), headers={"If-None-Match": known["ETag"]})
    assert (answer.status_code, answer.data) == (304, b"")
    check_answer(path, answer)
    other = reader.get(address_of(path), headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


@pytest.mark.parametrize("path", [path for path in PATHS if "{event}" in path])
def test_every_address_of_an_event_takes_the_date_for_an_answer_too(
    reader: FlaskClient, path: str
) -> None:
    known = reader.get(address_of(path)).headers["Last-Modified"]
    answer = reader.get(address_of(path), headers={"If-Modified-Since": known})
    assert answer.status_code == 304
    check_answer(path, answer)


@pytest.mark.parametrize("path", [path for path in PATHS if "{event}" in path])
def test_an_event_that_is_not_public_is_not_found(reader: FlaskClient, path: str) -> None:
    answer = reader.get(address_of(path, event="no-such-event"))
    assert answer.status_code == 404
    check_answer(path, answer)


def test_the_addresses_give_what_the_formats_make(reader: FlaskClient) -> None:
    assert reader.get("/api/v1/events/river-days/programme").data == document.encode(PROGRAMME)
    assert reader.get("/api/v1/schema").json == SCHEMA
    assert reader.get("/api/v1/openapi.json").json == OPENAPI
