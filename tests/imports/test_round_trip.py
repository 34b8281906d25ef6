"""What we export, we import again: all that the formats can carry."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from planner.formats import schedule_json, schedule_xml
from planner.programme.document import Programme, decode, digest_of, encode
from planner.programme.published import Published
from planner.programme.vocabulary import Stage, Status
from planner.releases.operations import publish
from tests.examples import PROGRAMME
from tests.imports.plans import dump, event_of, take
from tests.imports.schedules import GUID, as_json, event

_Format = Callable[[Published, str], bytes]
_BASE_URL = "https://programme.example"
_FORMATS = pytest.mark.parametrize(
    "document", [schedule_xml.document, schedule_json.document], ids=["xml", "json"]
)


def _published(programme: Programme) -> Published:
    return Published(programme, digest_of(encode(programme)))


def _carried(slug: str, *, names_only: bool) -> dict[str, Any]:
    """Return what both formats carry of a plan: by guid, because keys and codes are new.

    Of a name in several languages, they carry the first.
    """
    plan = dump(slug)
    rooms = {slug: next(iter(name.values())) for slug, name, _ in plan["rooms"]}
    themes = {slug: (name, colour) for slug, name, colour in plan["themes"]}
    people = {key: texts for key, (_, texts) in plan["speakers"].items()}
    return {
        "themes": list(themes.values()),
        "rooms": list(rooms.values()),
        "days": [plan["event"][name] for name in ("first_day", "last_day", "day_from", "day_to")],
        "name": (plan["event"]["name"], plan["event"]["time_zone"]),
        "sessions": {
            entry["guid"]: {
                **{name: entry[name] for name in ("kind", "minutes", "starts_at", "texts")},
                "languages": entry["spoken_languages"],
                "room": rooms.get(entry["room"]),
                "theme": themes.get(entry["theme"]),
                "people": [
                    [text["display_name"] for text in people[key].values() if text["display_name"]]
                    if names_only
                    else (sorted(people[key].items()), role)
                    for key, role in entry["people"]
                ],
            }
            for entry in plan["sessions"].values()
        },
    }


@_FORMATS
def test_a_small_plan_comes_back(app: Flask, document: _Format) -> None:
    people = [{"id": "7", "name": "شهرزاد", "biography": "تحكي *ألف* ليلة.", "role": "moderator"}]
    code = "```\nif water:\n    flow()\n```\n\n- a\n    - b"
    take(
        as_json(
            event(1, people=people, track="Work", type="plenary", title="Title", abstract="Title"),
            event(2, language="ckb, ar", title="مافی ئاو", abstract=code, type="sport"),
            event(3, date="2017-01-19T01:00:00+03:00", start="01:00", duration="25:00"),
            event(4, listed="قاعة الفرات", title="A &amp; B", people=[], track=""),
        )
    )
    source = _published(decode(publish("river-days", Stage.FINAL).document))
    take(document(source, _BASE_URL), "copy")
    is_xml = document is schedule_xml.document
    assert _carried("copy", names_only=is_xml) == _carried("river-days", names_only=is_xml)
    assert GUID.format(1) in _carried("copy", names_only=is_xml)["sessions"]


@_FORMATS
def test_the_example_in_three_languages_comes_back(app: Flask, document: _Format) -> None:
    report = take(document(_published(PROGRAMME), _BASE_URL), "copy")
    assert report.refused == 0
    shown = [s for s in PROGRAMME.sessions if s.status is not Status.CANCELLED]
    copies = {session.guid: session for session in event_of("copy").sessions}
    assert set(copies) == {session.guid for session in shown}
    for session in shown:
        copy = copies[session.guid]
        assert (copy.starts_at, copy.minutes) == (session.starts_at, session.minutes)
        assert (copy.kind, copy.online_url) == (session.kind, session.online_url)
        assert tuple(copy.spoken_languages) == session.spoken_languages
        # One text is carried, in the event's first language or the next best.
        (text,) = copy.texts.values()
        assert text.title in session.title.values()
        assert text.abstract in {"", *session.abstract.values()}
    themes = {theme.slug: theme.colour for theme in event_of("copy").themes}
    assert themes["women"].value == "rose"


def test_a_pseudonym_stays_the_only_trace_of_somebody(app: Flask) -> None:
    take(schedule_json.document(_published(PROGRAMME), _BASE_URL), "copy")
    names = [text.display_name for s in event_of("copy").speakers for text in s.texts.values()]
    assert sorted(filter(None, names)) == ["A voice", "Siduri of the Tavern"]


@pytest.mark.real_files
def test_33c3_comes_back(app: Flask, real_files: Path) -> None:
    take((real_files / "schedules" / "33c3-everything.schedule.xml").read_bytes())
    programme = decode(publish("river-days", Stage.FINAL).document)
    here = _carried("river-days", names_only=True)
    for name, document in (("xml", schedule_xml.document), ("json", schedule_json.document)):
        report = take(document(_published(programme), _BASE_URL), name)
        assert (report.in_file, report.refused) == (573, 0)
        assert _carried(name, names_only=True) == here
