"""What is sent, and to whom nothing needs to be sent."""

import gzip
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from flask import Flask, Response, session
from flask.testing import FlaskClient

from planner.public.delivery import Rendered, Representation, Shelf
from tests.examples import PROGRAMME, SECOND
from tests.public.conftest import Programmes

ADDRESS = "/ckb/river-days/programme"
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture(autouse=True)
def _released(programmes: Programmes) -> None:
    programmes.release(PROGRAMME)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "gzip"),
        ("gzip;q=1.0, identity;q=0.5", "gzip"),
        ("*;q=0.1", "gzip"),
        ("gzip;q=0", None),
        ("br", None),
        ("", None),
    ],
)
def test_it_compresses_for_those_who_take_it(
    client: FlaskClient, accepted: str, encoding: str | None
) -> None:
    answer = client.get(ADDRESS, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    body = gzip.decompress(answer.data) if encoding else answer.data
    assert body == client.get(ADDRESS).data


def test_each_encoding_has_its_own_tag(client: FlaskClient) -> None:
    plain, compressed = client.get(ADDRESS), client.get(ADDRESS, headers=GZIP)
    assert plain.headers["ETag"] != compressed.headers["ETag"]


@pytest.mark.parametrize("asked", ["{}", "W/{}", '"other", {}', "*"])
@pytest.mark.parametrize("asking", [{}, GZIP])
def test_who_has_it_in_any_encoding_is_sent_nothing(
    client: FlaskClient, asked: str, asking: dict[str, str]
) -> None:
    for known in (client.get(ADDRESS), client.get(ADDRESS, headers=GZIP)):
        tag = asked.format(known.headers["ETag"])
        answer = client.get(ADDRESS, headers={**asking, "If-None-Match": tag})
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == client.get(ADDRESS, headers=asking).headers["ETag"]
        assert answer.headers["Cache-Control"] == known.headers["Cache-Control"]
        assert not {"Content-Type", "Content-Length", "Content-Encoding"} & {*answer.headers.keys()}


def test_a_tag_counts_before_a_date(client: FlaskClient) -> None:
    headers = {"If-None-Match": '"other"', "If-Modified-Since": format_datetime(SECOND)}
    assert client.get(ADDRESS, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("since", "status"),
    [
        (SECOND, 304),
        (SECOND + timedelta(days=1), 304),
        (SECOND - timedelta(seconds=1), 200),
        (None, 200),
    ],
)
def test_who_has_it_since_the_release_is_sent_nothing(
    client: FlaskClient, since: datetime | None, status: int
) -> None:
    told = format_datetime(since, usegmt=True) if since else "yesterday"
    assert client.get(ADDRESS, headers={"If-Modified-Since": told}).status_code == status


def test_a_release_is_news_to_everybody(client: FlaskClient, programmes: Programmes) -> None:
    import msgspec

    tag = client.get(ADDRESS).headers["ETag"]
    release = msgspec.structs.replace(
        PROGRAMME.release, number=3, published_at=datetime(2017, 1, 9, tzinfo=UTC)
    )
    programmes.release(msgspec.structs.replace(PROGRAMME, release=release))
    answer = client.get(ADDRESS, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["Last-Modified"] == "Mon, 09 Jan 2017 00:00:00 GMT"


def test_head_tells_the_same_without_the_body(client: FlaskClient) -> None:
    got, told = client.get(ADDRESS), client.head(ADDRESS)
    assert told.data == b""
    assert dict(told.headers) == dict(got.headers)


def test_what_caches_may_keep_carries_no_session_whatever_a_hook_does(new_app: Flask) -> None:
    @new_app.before_request
    def remember() -> None:
        session["seen"] = True

    client = new_app.test_client()
    for _ in range(2):
        answer = client.get(ADDRESS)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers


def test_what_is_kept_is_sent_with_what_a_hook_adds(new_app: Flask) -> None:
    @new_app.after_request
    def mark(response: Response) -> Response:
        response.headers["X-Seen"] = "yes"
        return response

    client = new_app.test_client()
    for _ in range(2):
        assert client.get(ADDRESS).headers["X-Seen"] == "yes"


def rendered(octets: int) -> Rendered:
    """Return a body of so many octets."""
    return Rendered(Representation("", bytes(octets), [], []), None, SECOND, ())


def test_the_shelf_holds_no_more_than_its_limit_and_drops_the_longest_unused() -> None:
    shelf = Shelf(limit=100)
    made: list[str] = []

    def get(key: str) -> None:
        shelf.get(key, lambda: made.append(key) or rendered(40))  # type: ignore[func-returns-value]

    for key in ("a", "b", "a", "c", "a", "b"):
        get(key)
    assert made == ["a", "b", "c", "b"]


def test_the_shelf_forgets_what_was_made_from_a_programme_that_is_gone() -> None:
    shelf = Shelf(limit=100)
    made: list[object] = []

    def get(*key: str) -> None:
        shelf.get(key, lambda: made.append(key) or rendered(40))  # type: ignore[func-returns-value]

    get("old", "/en/days")
    get("new", "/en/days")
    shelf.forget("old")
    get("new", "/ar/days")  # there is room for it beside the other one
    get("new", "/en/days")
    assert made == [("old", "/en/days"), ("new", "/en/days"), ("new", "/ar/days")]
    for _ in range(2):  # nobody keeps what was being made from it meanwhile
        get("old", "/en/days")
    assert made[3:] == [("old", "/en/days")] * 2


def test_the_shelf_lets_one_make_what_many_ask_for_at_once() -> None:
    shelf = Shelf()
    made: list[int] = []
    gate = threading.Barrier(4)

    def make() -> Rendered:
        made.append(1)
        return rendered(1)

    def ask() -> None:
        gate.wait(10)
        shelf.get("key", make)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_the_shelf_asks_again_after_a_failure() -> None:
    shelf = Shelf()
    with pytest.raises(ZeroDivisionError):
        shelf.get("key", lambda: rendered(1 // 0))
    assert shelf.get("key", lambda: rendered(1)).size == 1
