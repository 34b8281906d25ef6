"""Who may not know the names of people who are withheld finds them on no page of the desk.

They have words of their own in every field. Every page is asked for by an editor without the
permission, whatever there is at the end; files are unpacked, and searched in every spelling.
"""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import quote, quote_plus

import flask_migrate
import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from planner import create_app
from planner.accounts.models import MemberRole
from planner.events.models import Event
from planner.extensions import db
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.recording import recorded
from planner.journal.undoing import undo
from planner.lib.clock import now
from planner.participants.models import Standing
from planner.programme.vocabulary import Role
from planner.sessions.operations import place, set_people
from planner.slots.models import Outcome, Proposal
from planner.speakers.models import Speaker, Visibility
from planner.speakers.operations import add_speaker, set_text
from tests.conftest import BASE_URL, TESTING
from tests.desks import join, make_user, signed_in
from tests.plans import (
    DAY,
    OPENING,
    SIDURI,
    SLUG,
    WATER,
    WOMEN,
    Plan,
    at,
    make_plan,
    plan_to_change,
)
from tests.registration.people import add
from tests.traces import traces, unpacked

_WITHHELD, _ALIASED = "QXQXQX", "QXQXQY"
#: A word for each of them that is in all that must not be found.
_WORDS = {_WITHHELD: "qorvexan", _ALIASED: "zumbrilek"}
_PSEUDONYM = "ابن البرية الذي يروي"
DESCRIBED = words.action("speaker.hidden", N_("%(speaker)s described"))
#: All that only those may read who see names.
MARKS: list[str] = []


def mark(text: str) -> str:
    """Return a text that the editor must not find."""
    if text not in MARKS:
        MARKS.append(text)
    return text


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return an application whose plan has withheld people in everything that pages tell."""
    instance = tmp_path_factory.mktemp("names")
    app = create_app({"PLANNER_INSTANCE": str(instance), "BASE_URL": BASE_URL}, config=TESTING)
    with app.app_context():
        flask_migrate.upgrade()
        make_plan()
        with plan_to_change() as plan:
            _hide(plan)
        add(1, name=mark("Nidaba the participant"), email=mark("nidaba@hidden.invalid"))
        add(
            2,
            name=mark("Nidaba qorvexan of the hall"),
            standing=Standing.WAITING,
            confirmed_at=now(),
            position=1,
            organisation=mark("ڕێکخراوی zumbrilek of the hall"),
            access_needs=mark("qorvexan needs a ramp"),
        )
        _make_history(make_user("owner@desk.example", name="Owner"))
        yield app
        db.session.remove()
        db.engine.dispose()


def _hide(plan: Plan) -> None:
    """Put two people who are not public into sessions, against what each rule asks."""
    uploads = Path(current_app.instance_path) / "uploads"
    uploads.mkdir()
    people = []
    for code, visibility in ((_WITHHELD, Visibility.WITHHELD), (_ALIASED, Visibility.PSEUDONYM)):
        low = _WORDS[code]
        speaker = add_speaker(
            plan.event,
            code=code,
            visibility=visibility,
            email=mark(f"{low}@hidden.invalid"),
            photo=mark(f"portrait-{low}.jpg"),
            source_key=mark(f"imported-{low}"),
            remark=mark(f"remark on {low} only"),
        )
        (uploads / f"portrait-{low}.jpg").write_bytes(mark(f"face of {low}").encode())
        for lang in ("en", "ar", "ckb"):
            set_text(
                speaker,
                lang,
                display_name=mark(f"Nidaba {low} of {lang}"),
                pseudonym=_PSEUDONYM if visibility is Visibility.PSEUDONYM else mark(f"as {low}"),
                organisation=mark(f"ڕێکخراوی <{low}> & sons"),
                biography=mark(f"حياة «{low}» في سطر"),
            )
        people.append(speaker)
    for code in (OPENING, WATER, WOMEN):
        item = plan.sessions[code]
        kept = [(person.speaker, person.role) for person in item.people]
        set_people(item, [*kept, *((somebody, Role.SPEAKER) for somebody in people)])
    # In two places at once, so that conflicts and the costs of slots tell who.
    place(plan.sessions[WATER], starts_at=at(10), room=plan.rooms["tigris"])
    place(plan.sessions[WOMEN], starts_at=at(10), room=plan.rooms["zagros"])


def _make_history(user_id: int) -> None:
    """Change what is told of the hidden ones, so that the history has it before and after."""
    event_id = db.session.scalars(select(Event.id)).one()
    numbers = []
    for step in ("once", "twice"):
        with recorded(event_id, user_id, DESCRIBED) as record:
            for code in (_WITHHELD, _ALIASED):
                found = record.database.scalars(select(Speaker).where(Speaker.code == code)).one()
                text = found.texts["ar"]
                text.display_name = mark(f"Nidaba {step} {_WORDS[code]}")
                text.biography = mark(f"حياة {step} {_WORDS[code]}")
                found.email = mark(f"{step}-{_WORDS[code]}@hidden.invalid")
                found.remark = mark(f"remark {step} on {_WORDS[code]}")
                found.free_note = mark(f"{_WORDS[code]} is free {step}")
                record.database.add(_proposal(found, step))
                record.facts["speaker"] = words.speaker(found.number)
        assert record.entry is not None
        numbers.append(record.entry.id)
    undo(event_id, user_id, numbers[-1])


def _proposal(speaker: Speaker, step: str) -> Proposal:
    """Return what a hidden person would like to have in their texts."""
    word = _WORDS[speaker.code]
    return Proposal(
        event_id=speaker.event_id,
        speaker=speaker,
        base={"biography": {"ar": mark(f"سيرة سابقة {step} {word}")}},
        content={
            "biography": {"ar": mark(f"سيرة مقترحة {step} {word}")},
            "photo": f"portrait-{word}.jpg",
        },
        created_at=now(),
        outcome=Outcome.OPEN if step == "once" else Outcome.ACCEPTED,
        answer=mark(f"thanks {step} to {word}"),
    )


#: What stands for each variable of an address; the blueprint before it where blueprints differ.
_SAMPLES: dict[str, list[str]] = {
    "event": [SLUG],
    "day": [DAY.isoformat()],
    "code": [OPENING, WATER, WOMEN],
    "speakers.code": [_WITHHELD, _ALIASED, SIDURI],
    "slug": ["tigris", "water"],
    "lang": ["en", "ar", "ckb"],
    "unit": [
        *(f"speaker-{code}" for code in (_WITHHELD, _ALIASED, SIDURI)),
        *(f"session-{code}" for code in (OPENING, WATER)),
    ],
    "entry": ["1", "2", "3"],
    "proposals.number": ["1", "2", "3", "4"],
    "participants.number": ["1", "2"],
    "kind": ["csv", "xlsx"],
    "sheet": ["sessions", "speakers", "rooms", "themes"],
}
#: Asked for with every page: what lists, searches and filters take.
_QUERIES: tuple[tuple[str, dict[str, str]], ...] = (
    ("", {}),
    ("", {"Accept": "application/json", "Accept-Encoding": "gzip"}),
    ("?q=speaker", {}),
    (f"?speaker={_WITHHELD}", {}),
)


def _addresses(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Yield every address of the desk that can be asked for, for every sample."""
    for rule in app.url_map.iter_rules():
        if not str(rule).startswith("/desk") or "GET" not in (rule.methods or ()):
            continue
        fixed = rule.defaults or {}
        names = sorted(rule.arguments - set(fixed))
        blueprint = rule.endpoint.partition(".")[0]
        choices = (
            _SAMPLES.get(f"{blueprint}.{name}") or _SAMPLES.get(name, ["1"]) for name in names
        )
        for values in product(*choices):
            given = {**fixed, **dict(zip(names, values, strict=True))}
            built = rule.build(given, append_unknown=False)
            assert built is not None, rule
            yield rule, built[1]


def _browser(app: Flask, *, sees_names: bool, lang: str = "en") -> FlaskClient:
    user_id = make_user(f"editor-{sees_names}-{lang}@desk.example", name="Editor")
    join(user_id, MemberRole.OWNER, sees_names=sees_names)
    return signed_in(app, user_id, lang=lang)


def _found(app: Flask, browser: FlaskClient, queries: int) -> dict[str, list[str]]:
    """Return which marks are where, of all that the browser may see, with so many queries."""
    leaks = {}
    for _, address in _addresses(app):
        for query, headers in _QUERIES[:queries]:
            response = browser.get(address + query, headers=headers)
            assert response.status_code < 500, address + query
            content = unpacked(response.get_data())
            response.close()
            told = "\n".join(f"{name}: {value}" for name, value in response.headers)
            if found := traces(content + told.encode(), *MARKS):
                leaks[address + query] = found
    return leaks


# What is found does not depend on the language of the page, only how it is told.
@pytest.mark.parametrize(("lang", "queries"), [("en", len(_QUERIES)), ("ar", 1)])
def test_who_may_not_know_the_names_finds_them_on_no_page(
    desk: Flask, lang: str, queries: int
) -> None:
    leaks = _found(desk, _browser(desk, sees_names=False, lang=lang), queries)
    assert not leaks, "\n".join(f"{address}: {found}" for address, found in leaks.items())


def test_who_may_know_them_finds_them(desk: Flask) -> None:
    """The same walk would find them, were they there."""
    leaks = _found(desk, _browser(desk, sees_names=True), 1)
    found = {trace.rpartition(" (")[0] for traces_here in leaks.values() for trace in traces_here}
    assert {text for text in MARKS if "Nidaba" in text} <= found
    assert len(leaks) > 10


def test_a_search_does_not_tell_that_a_name_is_there(desk: Flask) -> None:
    """Searching for a name answers as searching for what nobody is called."""
    browser = _browser(desk, sees_names=False, lang="ckb")
    told = {}
    for _, address in _addresses(desk):
        for wanted in (f"Nidaba {_WORDS[_WITHHELD]} of en", f"{_WORDS[_ALIASED]}@hidden.invalid"):
            nonsense = "".join("w" if letter.isalpha() else letter for letter in wanted)
            answers = [_searched(browser, address, text) for text in (wanted, nonsense)]
            if answers[0] != answers[1]:
                told[address] = wanted
    assert told == {}


def _searched(browser: FlaskClient, address: str, wanted: str) -> tuple[int, str]:
    response = browser.get(address, query_string={"q": wanted})
    text = (
        response.get_data(as_text=True) if response.is_json or "html" in response.mimetype else ""
    )
    response.close()
    for form in (wanted, quote(wanted), quote(wanted, safe=""), quote_plus(wanted), wanted.lower()):
        text = text.replace(form, "…")
    # What a page before had to tell stands on whichever comes next.
    text = re.sub(r'<div class="messages".*?</div>\s*', "", text, flags=re.S)
    # A token is another one with each second.
    return response.status_code, re.sub(
        r'(name="csrf_token"[^>]*value|data-csrf)="[^"]*"', "", text
    )
