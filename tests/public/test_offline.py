"""What a device keeps for when there is no line."""

import json
import random
import re
from typing import Any

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.programme.document import Programme
from planner.public.offline_bundle import bundle_of
from tests.crowds import crowded
from tests.examples import DRAFT, PROGRAMME, published
from tests.public.conftest import Programmes
from tools import icons

BASE = "/ckb/river-days"
#: Octets over the wire after a first visit, for 200 sessions that have much to say.
_LIMIT = 150_000


@pytest.fixture(autouse=True)
def example(programmes: Programmes) -> None:
    """Publish the example, in two releases."""
    programmes.release(DRAFT, PROGRAMME)


def about(client: FlaskClient, base: str = BASE) -> dict[str, object]:
    """Return what a worker is told."""
    told = re.match(r"const HERE = (\{.*\});\n", client.get(f"{base}/worker.js").text)
    assert told is not None
    found: dict[str, object] = json.loads(told[1])
    return found


def bundle(client: FlaskClient, base: str = BASE) -> tuple[dict[int, str], dict[str, list[str]]]:
    """Return the cards and the pages of a bundle."""
    return unpacked(client.get(f"{base}/offline.json").json)


def unpacked(items: Any) -> tuple[dict[int, str], dict[str, list[str]]]:
    """Return cards by number and pages by path, as a worker reads them."""
    cards = {key: rest[0] for key, *rest in items if isinstance(key, int)}
    return cards, {key: rest for key, *rest in items if isinstance(key, str)}


def test_the_worker_keeps_to_the_event_in_one_language(client: FlaskClient) -> None:
    answer = client.get(f"{BASE}/worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "public, max-age=0"
    assert "Service-Worker-Allowed" not in answer.headers
    assert about(client)["scope"] == f"{BASE}/"


def test_it_is_another_one_with_each_release_and_knows_those_before(
    client: FlaskClient, programmes: Programmes
) -> None:
    digests = [published(programme).digest[:12] for programme in (PROGRAMME, DRAFT)]
    assert about(client)["releases"] == digests
    assert str(about(client)["version"]).startswith(f"{digests[0]}-")
    former = client.get(f"{BASE}/worker.js").headers["ETag"]
    release = msgspec.structs.replace(PROGRAMME.release, number=PROGRAMME.release.number + 1)
    programmes.release(msgspec.structs.replace(PROGRAMME, release=release))
    assert client.get(f"{BASE}/worker.js").headers["ETag"] != former
    assert about(client)["releases"][1:] == digests  # type: ignore[index]


def test_a_release_that_was_rewritten_is_none_that_may_be_kept(
    client: FlaskClient, programmes: Programmes
) -> None:
    """What devices have of it holds what must not be known any more."""
    former = about(client)["releases"]
    release = msgspec.structs.replace(PROGRAMME.release, number=PROGRAMME.release.number + 1)
    named = msgspec.structs.replace(PROGRAMME.speakers[0], name={"en": "Nobody"})
    rewritten = msgspec.structs.replace(PROGRAMME, speakers=(named, *PROGRAMME.speakers[1:]))
    programmes._releases.clear()
    programmes.release(rewritten, msgspec.structs.replace(rewritten, release=release))
    assert not set(former) & set(about(client)["releases"])  # type: ignore[call-overload]


def test_an_event_that_is_gone_has_no_worker(client: FlaskClient, programmes: Programmes) -> None:
    """So the worker that a device has learns that it is to end."""
    programmes._releases.clear()
    assert client.get(f"{BASE}/worker.js").status_code == 404


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_the_files_that_are_kept_are_there(client: FlaskClient, lang: str) -> None:
    told = about(client, f"/{lang}/river-days")
    files = [str(address) for address in told["files"]]  # type: ignore[attr-defined]
    for address in (*files, str(told["shell"]), str(told["bundle"])):
        assert client.get(address).status_code == 200, address
    assert any("vazirmatn" in address for address in files) is (lang != "en")


def test_the_bundle_holds_each_page_as_it_is_read_with_a_line(client: FlaskClient) -> None:
    cards, pages = bundle(client)
    for path, (title, head, main) in pages.items():
        text = client.get(f"{BASE}/{path}").text
        whole = re.sub("\x01(\\d+);", lambda found: cards[int(found[1])], main)
        assert whole == re.sub(r"\n\s*\n+", "\n", re.search(r"<main\b.*</main>", text, re.S)[0])  # type: ignore[index]
        assert f"<title>{title}</title>" in text
        assert all(f"{tag}>" in text for tag in head.split(">") if tag)
    assert {"", "call", "changes", "programme", "programme?day=2017-01-18"} <= set(pages)
    assert {"sessions/4CDFGH", "speakers/CDFGHJ", "themes/water", "rooms/tigris"} <= set(pages)


def test_no_page_says_it_is_offline_until_a_worker_unveils_it(client: FlaskClient) -> None:
    text = client.get(f"{BASE}/").text
    assert text.count('id="offline" hidden') == 1
    assert f'data-worker="{BASE}/worker.js"' in text
    assert 'id="offline"' not in client.get("/ckb/").text


def _spoken(programme: Programme) -> Programme:
    """Return a programme whose abstracts are as long as those of real conferences."""
    chance = random.Random(33)  # noqa: S311 -- no secret
    letters = "ابتثجحخدرزسشصضطظعغفقکلمنهوی"

    def abstract() -> dict[str, str]:
        words = ("".join(chance.choices(letters, k=chance.randint(2, 7))) for _ in range(75))
        return {"ar": " ".join(words)}

    return msgspec.structs.replace(
        programme,
        sessions=tuple(
            msgspec.structs.replace(session, abstract=abstract()) for session in programme.sessions
        ),
    )


def test_the_rest_of_a_large_programme_is_light(
    client: FlaskClient, programmes: Programmes
) -> None:
    programmes.release(_spoken(crowded(200, 8, 3)))
    for lang in ("en", "ar", "ckb"):
        answer = client.get(f"/{lang}/crowd/offline.json", headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert len(answer.data) < _LIMIT


def test_a_card_stands_in_the_bundle_once(app: Flask) -> None:
    with app.test_request_context("/en/crowd/offline.json"):
        cards, _ = unpacked(msgspec.json.decode(bundle_of(published(crowded(20, 2, 1)), "en")))
    assert len(cards) == 2 * 20  # in the programme, and beneath the days of a theme


def test_the_home_screen_is_told_the_events_name_in_each_language(client: FlaskClient) -> None:
    for lang, direction, name in (("en", "ltr", "River Days"), ("ckb", "rtl", "ڕۆژانی ڕووبار")):
        answer = client.get(f"/{lang}/river-days/manifest.webmanifest")
        assert answer.mimetype == "application/manifest+json"
        told = json.loads(answer.text)
        assert (told["lang"], told["dir"]) == (lang, direction)
        assert told["name"].startswith(name)
        assert told["scope"] == f"/{lang}/river-days/"
        assert told["start_url"] == f"/{lang}/river-days/programme"
        for icon in told["icons"]:
            assert client.get(icon["src"]).mimetype == "image/png"
        assert [icon["purpose"] for icon in told["icons"]].count("maskable") == 2
    page = client.get("/ckb/river-days/programme").text
    assert '<link rel="manifest" href="/ckb/river-days/manifest.webmanifest">' in page


@pytest.mark.parametrize(("name", "width", "share", "behind"), icons.ICONS)
def test_the_icons_are_drawn_from_the_mark(
    name: str, width: int, share: float, behind: str | None
) -> None:
    drawn = icons.draw(width, share, behind).convert("RGBA")
    with icons.Image.open(icons.FOLDER / name) as kept:
        assert kept.convert("RGBA").tobytes() == drawn.tobytes()
