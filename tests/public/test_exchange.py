"""What other programs read, as a program that tries to break it meets it."""

import json
import re

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis.strategies import one_of

from planner.formats import api
from tests.formats.test_api import BASE_URL, Shown

#: Made from the description alone; which application answers is said with every request.
DESCRIBED = schemathesis.openapi.from_dict(
    {**json.loads(api.openapi(BASE_URL)), "servers": [{"url": "/"}]}
)
OPERATIONS = [found.ok() for found in DESCRIBED.get_all_operations()]
PROGRAMME = "/api/v1/events/river-days/programme"


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    """Return a program that reads an installation with the example."""
    app.extensions["planner.programmes"] = Shown()
    return app.test_client()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.path)
def test_whatever_is_asked_is_answered_as_described(
    reader: FlaskClient, operation: schemathesis.schemas.APIOperation
) -> None:
    """Neither sense nor nonsense breaks an address, nor gets what the description does not say."""

    modes = schemathesis.GenerationMode

    @given(
        one_of(
            operation.as_strategy(generation_mode=modes.POSITIVE),
            operation.as_strategy(generation_mode=modes.NEGATIVE),
        )
    )
    @settings(max_examples=25, deadline=None)
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(app=reader.application)

    ask()


def test_a_script_of_another_site_may_ask_conditionally(reader: FlaskClient) -> None:
    """If-None-Match is no header that browsers let scripts send unasked."""
    asked = reader.options(
        PROGRAMME,
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )
    assert asked.status_code == 200
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    allowed = re.split(r",\s*", asked.headers["Access-Control-Allow-Headers"].lower())
    assert "if-none-match" in allowed
    got = reader.get(PROGRAMME)
    assert "ETag" in got.headers["Access-Control-Expose-Headers"]
    again = reader.get(PROGRAMME, headers={"If-None-Match": got.headers["ETag"]})
    assert (again.status_code, again.headers["Access-Control-Allow-Origin"]) == (304, "*")


def test_a_script_of_another_site_reads_why_nothing_came(reader: FlaskClient) -> None:
    missing = reader.get("/api/v1/events/no-such-event/programme")
    assert missing.status_code == 404
    assert missing.headers["Access-Control-Allow-Origin"] == "*"
