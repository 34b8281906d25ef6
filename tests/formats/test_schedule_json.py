"""The programme as schedule.json, and what the schema of c3voc says to it."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from planner import __version__
from planner.formats import schedule_json
from planner.programme.document import Programme
from planner.programme.vocabulary import Status
from tests.examples import EVENT, PROGRAMME, published, session
from tests.formats.invented import programmes

BASE_URL = "https://programme.example"
GOLDEN = Path(__file__).parent / "golden" / "river-days.schedule.json"
ARABIC = msgspec.structs.replace(
    PROGRAMME, event=msgspec.structs.replace(EVENT, languages=("ar", "ckb", "en"))
)


def written(programme: Programme = ARABIC) -> bytes:
    """Return a programme as schedule.json."""
    return schedule_json.document(published(programme), BASE_URL)


def conference(programme: Programme = ARABIC) -> dict[str, Any]:
    """Return the conference of a schedule.json."""
    told: dict[str, Any] = json.loads(written(programme))["schedule"]["conference"]
    return told


def the_event(**changes: object) -> dict[str, Any]:
    """Return how the only session of a programme is told."""
    programme = msgspec.structs.replace(ARABIC, sessions=(session("4CDFGH", **changes),))
    (event,) = events_of(conference(programme))
    return event


def events_of(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all events of a conference."""
    return [event for day in told["days"] for events in day["rooms"].values() for event in events]


def faults(content: bytes, real_files: Path) -> list[str]:
    """Return what the schema says against a document."""
    schema = json.loads((real_files / "validators" / "voc-schema-v1.json").read_bytes())
    checker = jsonschema.FormatChecker()
    validator = jsonschema.Draft6Validator(schema, format_checker=checker)
    return [error.message for error in validator.iter_errors(json.loads(content))]


def test_it_writes_the_example_as_it_was_approved(tmp_path: Path) -> None:
    content = msgspec.json.format(written(), indent=1) + b"\n"
    content = content.replace(f'"version": "{__version__}"'.encode(), b'"version": "VERSION"')
    (tmp_path / "written.json").write_bytes(content)
    assert content == GOLDEN.read_bytes(), f"compare with {tmp_path / 'written.json'}"


@pytest.mark.real_files
def test_the_schema_takes_the_example(real_files: Path) -> None:
    assert faults(written(), real_files) == []


@pytest.mark.real_files
@given(programmes())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_schema_takes_every_programme(real_files: Path, programme: Programme) -> None:
    assert faults(written(programme), real_files) == []


@given(programmes())
@settings(max_examples=30, deadline=None)
def test_the_same_programme_gives_the_same_bytes_and_no_event_is_lost_among_rooms(
    programme: Programme,
) -> None:
    assert written(programme) == written(programme)
    told = conference(programme)
    assert len(events_of(told)) == sum(
        session.status is not Status.CANCELLED for session in programme.sessions
    )
    names = [room["name"] for room in told["rooms"]]
    assert {event["room"] for event in events_of(told)} <= set(names)


def test_cancelled_sessions_are_left_out() -> None:
    codes = {event["code"] for event in events_of(conference())}
    assert codes == {"3CDFGH", "4CDFGH", "7CDFGH", "9CDFGH"}


def test_what_there_is_not_is_null() -> None:
    event = the_event(theme=None, spoken_languages=(), people=(), online_url=None)
    assert (event["track"], event["language"]) == (None, None)
    assert (event["persons"], event["links"]) == ([], [])


def test_people_have_roles_and_those_who_are_named_a_biography() -> None:
    (opening,) = [event for event in events_of(conference()) if event["code"] == "3CDFGH"]
    named, pseudonymous = opening["persons"]
    assert (named["name"], named["role"], named["code"]) == ("سيدوري", "moderator", "CDFGHJ")
    assert named["biography"] == "Keeps a *tavern* at the edge of the sea."
    assert set(pseudonymous) == {"id", "guid", "name", "role"}
    assert "public_name" not in named


@pytest.mark.parametrize(
    ("zone", "told"),
    [("Asia/Baghdad", "Asia/Baghdad"), ("UTC", "UTC"), ("EST5EDT", None), ("Etc/GMT+3", None)],
)
def test_a_zone_whose_name_the_schema_refuses_is_told_by_offsets_only(
    zone: str, told: str | None
) -> None:
    programme = msgspec.structs.replace(
        ARABIC, event=msgspec.structs.replace(ARABIC.event, time_zone=zone)
    )
    assert conference(programme).get("time_zone_name") == told


def test_a_length_of_days_is_told_in_full() -> None:
    assert the_event(minutes=7000)["duration"] == "116:40"
