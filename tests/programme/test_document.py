"""The document: what goes in comes out, and the same gives the same bytes."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.programme.document import (
    Appearance,
    Placement,
    Programme,
    Session,
    decode,
    digest_of,
    encode,
)
from planner.programme.vocabulary import Role
from tests.examples import EVENT, PROGRAMME, session

_texts = st.dictionaries(
    st.sampled_from(["en", "ar", "ckb", "de"]), st.text(st.characters(codec="utf-8"), max_size=20)
)
_walls = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1))
_people = st.builds(
    Appearance,
    role=st.sampled_from(Role),
    speaker=st.none() | st.just("CDFGHJ"),
    pseudonym=_texts,
)
_sessions = st.builds(
    session,
    st.text("34679CDFGH", min_size=6, max_size=6),
    title=_texts,
    abstract=_texts,
    starts_at=_walls,
    minutes=st.integers(1, 1440),
    people=st.lists(_people, max_size=3).map(tuple),
    formerly=st.none() | st.builds(Placement, starts_at=_walls, minutes=st.just(5), room=st.none()),
)


def changed(**fields: Any) -> bytes:
    """Return the example as JSON with some of its fields put in place of others."""
    return json.dumps({**json.loads(encode(PROGRAMME)), **fields}).encode()


def test_what_goes_in_comes_out() -> None:
    assert decode(encode(PROGRAMME)) == PROGRAMME


@given(st.lists(_sessions, max_size=3).map(tuple))
def test_every_document_comes_out_as_it_went_in(sessions: tuple[Session, ...]) -> None:
    programme = msgspec.structs.replace(PROGRAMME, sessions=sessions)
    content = encode(programme)
    assert decode(content) == programme
    assert encode(decode(content)) == content


@given(st.permutations(["ckb", "ar", "en", "de"]))
def test_the_order_in_which_texts_were_written_makes_no_difference(order: list[str]) -> None:
    name = {lang: f"in {lang}" for lang in order}
    event = msgspec.structs.replace(EVENT, name=name)
    programme = msgspec.structs.replace(PROGRAMME, event=event)
    assert b'"name":{"ar":"in ar","ckb":"in ckb","de":"in de","en":"in en"}' in encode(programme)


def test_it_is_json_in_utf_8_without_escapes_for_letters() -> None:
    content = encode(PROGRAMME)
    assert "حق الوصول إلى الماء".encode() in content
    assert json.loads(content)["release"]["published_at"] == "2017-01-08T09:30:00Z"
    assert json.loads(content)["sessions"][0]["starts_at"] == "2017-01-18T09:00:00"


def test_the_digest_is_the_sha_256_of_the_bytes() -> None:
    content = encode(PROGRAMME)
    assert digest_of(content) == hashlib.sha256(content).hexdigest()


def test_what_nobody_asked_for_is_not_written() -> None:
    (unnamed,) = (p for p in PROGRAMME.sessions[0].people if p.role is Role.INTERPRETER)
    assert msgspec.json.encode(unnamed) == b'{"role":"interpreter"}'


def test_a_part_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        PROGRAMME.event.slug = "other"  # type: ignore[misc]


def test_a_document_of_another_schema_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="schema"):
        decode(changed(schema=2))


def test_a_field_that_is_not_of_the_schema_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="email"):
        decode(changed(email="siduri@example.invalid"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("starts_at", "2017-01-18T09:00:00Z"),
        ("changed_at", "2017-01-18T09:00:00"),
        ("kind", "party"),
        ("status", "maybe"),
        ("minutes", "60"),
        ("title", ["a"]),
    ],
)
def test_a_session_of_the_wrong_kind_is_refused(field: str, value: object) -> None:
    first = {**json.loads(encode(PROGRAMME))["sessions"][0], field: value}
    with pytest.raises(msgspec.ValidationError, match=field):
        decode(changed(sessions=[first]))


def test_an_instant_means_the_same_whatever_its_offset() -> None:
    noon = datetime(2017, 1, 8, 12, 30, tzinfo=timezone(timedelta(hours=3)))
    release = msgspec.structs.replace(PROGRAMME.release, published_at=noon)
    programme = decode(encode(msgspec.structs.replace(PROGRAMME, release=release)))
    assert programme.release.published_at == datetime(2017, 1, 8, 9, 30, tzinfo=UTC)


def test_the_type_of_the_document_is_closed() -> None:
    """Every part refuses unknown fields, so nothing can travel in one unseen."""
    schema = msgspec.json.schema(Programme)
    assert all(part["additionalProperties"] is False for part in _objects(schema["$defs"]))


def _objects(definitions: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for part in definitions.values() if part.get("type") == "object"]
