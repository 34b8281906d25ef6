"""The canary walk: what must stay in the plan is looked for in every answer of the application.

People, sessions and an event that must not be public have words of their own in every field.
Every address is asked for, in every language and in several ways; answers are unpacked, and then
searched in every spelling that programs use.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from urllib.parse import quote

import flask_migrate
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.routing import Rule

from planner import create_app
from planner.database import write_tx
from planner.events.models import TextState
from planner.events.operations import create_event
from planner.extensions import db
from planner.formats import pdf
from planner.i18n.languages import INTERFACE
from planner.lib.clock import now
from planner.participants.models import Standing
from planner.programme.vocabulary import Kind, Role, Stage
from planner.public.headers import CONTENT_SECURITY_POLICY
from planner.sessions.models import Answer as SpeakerAnswer
from planner.sessions.models import Session, State
from planner.sessions.operations import add_session, place, set_people, set_text
from planner.speakers.models import Speaker, Visibility
from planner.speakers.operations import add_speaker
from planner.speakers.operations import set_text as set_speaker_text
from tests.conftest import BASE_URL
from tests.plans import (
    DAY,
    OPENING,
    PROPOSED,
    SIDURI,
    SLUG,
    WATER,
    WOMEN,
    Plan,
    at,
    make_plan,
    plan_to_change,
    released,
)
from tests.registration.people import add, open_registration
from tests.traces import traces, unpacked

#: Everything that was put somewhere from where it must not come out.
SECRETS: list[str] = []
_PSEUDONYM = "ابن البرية الذي يروي"
_HIDDEN_SLUG = "hidden-canary-days"
_WITHHELD, _ALIASED, _FORMER, _DECLINED, _ELSEWHERE = (
    "QXQXQX",
    "QXQXQY",
    "QXQXQW",
    "QXQXQV",
    "QXQXQT",
)
_UNPUBLISHED = "QXQXQR"
#: The photo of who is named in public.
_PORTRAIT = "5ad071.jpg"


def secret(text: str) -> str:
    """Return a text that must not be found anywhere in public."""
    if text not in SECRETS:
        SECRETS.append(text)
    return text


@dataclass(frozen=True)
class Reply:
    """What came back for one request, unpacked."""

    request: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes


@pytest.fixture(scope="module")
def canary_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return an application that publishes an event in whose plan canaries sit everywhere."""
    instance = tmp_path_factory.mktemp("canary")
    app = create_app({"PLANNER_INSTANCE": str(instance), "BASE_URL": BASE_URL})
    with app.app_context():
        flask_migrate.upgrade()
        make_plan()
        with plan_to_change() as plan:
            _hide_people(plan)
            _hide_sessions(plan)
        _hide_participants()
        open_registration()
        with plan_to_change() as plan:
            _change(plan)
        released(Stage.FINAL, hours=1)
        _hide_event()
        _put_photos(Path(app.instance_path) / "uploads")
        yield app
        db.session.remove()
        db.engine.dispose()


def _put_photos(folder: Path) -> None:
    """Put the photos of everybody among the uploads; only one of them may be sent."""
    folder.mkdir()
    Image.new("RGB", (32, 24), "teal").save(folder / _PORTRAIT)
    for code in (_WITHHELD, _ALIASED, _FORMER, _DECLINED, _ELSEWHERE):
        name = _photo_of(code)
        (folder / name).write_bytes(b"\xff\xd8" + name.encode())


def _photo_of(code: str) -> str:
    return f"portrait-{code.lower()}.jpg"


def _hide_people(plan: Plan) -> None:
    withheld = _canary(plan, _WITHHELD, Visibility.WITHHELD, "زینی بۆتان المخفية")
    aliased = _canary(plan, _ALIASED, Visibility.PSEUDONYM, "Enkidu Canarybird")
    for text in aliased.texts.values():
        text.pseudonym = _PSEUDONYM
    former = _canary(plan, _FORMER, Visibility.PUBLIC, "Shamhat Formerly")
    declined = _canary(plan, _DECLINED, Visibility.PUBLIC, "Humbaba Declines")
    _canary(plan, _ELSEWHERE, Visibility.PUBLIC, "Utnapishtim Farawayly")
    plan.speakers[SIDURI].email = secret("siduri.private@canary.invalid")
    plan.speakers[SIDURI].source_key = secret("person-of-siduri-90017")
    plan.speakers[SIDURI].visibility = Visibility.PUBLIC
    plan.speakers[SIDURI].photo = _PORTRAIT
    people = [withheld, aliased, former, declined]
    for code in (OPENING, WATER, WOMEN):
        item = plan.sessions[code]
        kept = [(person.speaker, person.role) for person in item.people]
        set_people(item, [*kept, *((somebody, Role.SPEAKER) for somebody in people)])
        for person in item.people:
            if person.speaker is declined:
                person.answer = SpeakerAnswer.DECLINED


def _canary(plan: Plan, code: str, visibility: Visibility, name: str) -> Speaker:
    """Add somebody with words of their own in every field."""
    mark = code.lower()
    speaker = add_speaker(
        plan.event,
        code=secret(code),
        visibility=visibility,
        email=secret(f"{mark}@canary.invalid"),
        photo=secret(_photo_of(code)),
        source_key=secret(f"imported-{mark}"),
        spoken_languages=[secret(f"q{mark}")],
    )
    for lang in ("en", "ar", "ckb"):
        set_speaker_text(
            speaker,
            lang,
            display_name=secret(name),
            pseudonym=secret(f"alias, unused; of {mark}"),
            organisation=secret(f"ڕێکخراوی <{mark}> & sons"),
            biography=secret(f"حياة «{mark}» في سطر"),
        )
    return speaker


def _hide_participants() -> None:
    """Let people have registered, while everybody can: nothing of them is public."""
    words = {
        "name": "شمخات المسجَّلة",
        "organisation": "ڕێکخراوی participant & sons",
        "access_needs": "a ramp for canaries",
    }
    standings: list[dict[str, object]] = [
        {"standing": Standing.UNCONFIRMED},
        {"standing": Standing.REGISTERED, "confirmed_at": now(), "position": 1},
        {"standing": Standing.WAITING, "confirmed_at": now(), "position": 2},
        {"standing": Standing.CANCELLED},
    ]
    for number, how in enumerate(standings):
        told = {name: secret(f"{text} {number}") for name, text in words.items()}
        add(number, email=secret(f"participant-{number}@canary.invalid"), **told, **how)


def _hide_sessions(plan: Plan) -> None:
    unplaced = _canary_session(plan, "unplaced", State.CONFIRMED)
    proposed = _canary_session(plan, "proposed", State.PROPOSED)
    withdrawn = _canary_session(plan, "withdrawn", State.WITHDRAWN)
    place(proposed, starts_at=at(14), room=plan.rooms["tigris"])
    place(withdrawn, starts_at=at(15), room=plan.rooms["tigris"])
    for item in (unplaced, proposed, withdrawn):
        set_people(item, [(plan.event.speakers[-1], Role.SPEAKER)])
    for item in plan.sessions.values():
        item.source_key = secret(f"imported-session-{item.code}")
        item.audience = 8_675_309
    secret("8675309")
    place(plan.sessions[PROPOSED], starts_at=at(16), room=plan.rooms["zagros"])
    secret("اقتراح لم يُقبل")
    set_text(plan.sessions[PROPOSED], "ar", title="اقتراح لم يُقبل", state=TextState.DRAFT)
    # What is on water was announced with the name of somebody who later withdrew it.
    title = "Water, with Shamhat Formerly"
    set_text(plan.sessions[WATER], "en", title=title, abstract=title, state=TextState.DRAFT)


def _canary_session(plan: Plan, mark: str, state: State) -> Session:
    item = add_session(
        plan.event,
        kind=Kind.PANEL,
        minutes=30,
        original_language="ar",
        state=state,
        online_url=secret(f"https://stream.example/{mark}-canary"),
        theme=plan.themes["water"],
    )
    secret(item.code)
    set_text(
        item,
        "ar",
        title=secret(f"جلسة خفية ({mark})"),
        abstract=secret(f"نص خفي <b>{mark}</b>"),
        state=TextState.DRAFT,
    )
    return item


def _change(plan: Plan) -> None:
    """Change the plan so that something of everything is told on the page of changes."""
    plan.speakers[_FORMER].visibility = Visibility.WITHHELD
    set_text(plan.sessions[WATER], "en", title="Water", abstract="Water", state=TextState.DRAFT)
    place(plan.sessions[WATER], starts_at=at(12), room=plan.rooms["zagros"])
    plan.sessions[WOMEN].state = State.WITHDRAWN
    plan.sessions[WOMEN].online_url = secret("https://stream.example/was-never-public")


def _hide_event() -> None:
    with write_tx() as session:
        event = create_event(
            session,
            slug=_HIDDEN_SLUG,
            time_zone="Asia/Baghdad",
            uid_host=secret("hidden-host.canary.example"),
            languages=["ar"],
            first_day=DAY,
            last_day=DAY,
            name={"ar": secret("أيام لم يُعلن عنها بعد"), "en": secret("Days Not Announced")},
        )
        add_session(
            event, code=secret(_UNPUBLISHED), kind=Kind.PANEL, minutes=5, original_language="ar"
        )


#: What stands for each variable of an address, among it what is not there.
_SAMPLES: dict[str, list[str]] = {
    "lang": list(INTERFACE),
    "event": [SLUG, "no-days"],
    "day": [DAY.isoformat(), "2017-01-19", "2017-13-99"],
    "code": [OPENING, WATER, WOMEN, SIDURI, "GGGGGG"],
    "slug": ["tigris", "zagros", "water", "women", "nothing"],
    "feed": ["programme", "themes/water", f"sessions/{WATER}", "speakers/nobody"],
    "filename": ["barnama.css", "nothing.js", _PORTRAIT],
    "token": ["no-link"],
}
#: Behind a link that is dead everything is as if it were not; what is behind one that is not, its
#: own tests say.
_BEHIND_LINKS = "token"
#: The desk is walked by somebody who has no part in it; there is no more to see with more samples.
_DESK = "/desk"
_DESK_SAMPLES = {"event": SLUG, "lang": "ckb", "day": DAY.isoformat(), "code": WATER}
#: All that the desk may answer to whom it does not know.
_DESK_STATUSES = {200, 302, 308, 400, 401, 404, 405}
_QUERIES = {
    "pages.programme": [
        "?day=2017-01-18",
        "?theme=water&room=zagros",
        "?language=ckb",
        "?q=%D8%A7%D9%84%D9%85%D8%A7%D8%A1",
        "?q=nothing+like+this",
    ],
    "registration.register": ["?sent=1"],
    "subscribe.subscribe": ["?feed=themes/water", f"?feed=sessions/{WATER}"],
    "screen.screen": ["?room=tigris", "?page=1"],
    "screen.data": ["?room=tigris"],
}
_WAYS: list[tuple[str, dict[str, str]]] = [
    ("GET", {}),
    ("GET", {"Accept": "text/html", "Accept-Encoding": "gzip, br", "Accept-Language": "ckb"}),
    ("GET", {"Accept": "application/json", "Accept-Language": "ar-IQ,en;q=0.1"}),
    ("GET", {"Accept": "text/calendar", "Cookie": "session=x", "Range": "bytes=0-99"}),
    ("HEAD", {"Accept-Encoding": "gzip"}),
    ("OPTIONS", {}),
    ("POST", {"Content-Type": "application/x-www-form-urlencoded"}),
]
#: What takes seconds, and how the addresses begin of which it is asked for.
_SLOW = {
    "documents.pdf": "/ckb/",
    "documents.booklet": "/ar/",
    "documents.pdf_of_all": "/",
    "documents.booklet_of_all": "/",
}


def addresses(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Yield every address of the application, with every sample of its variables."""
    for rule in app.url_map.iter_rules():
        fixed = rule.defaults or {}
        names = sorted(rule.arguments - set(fixed))
        for values in product(*(_samples(rule, name) for name in names)):
            given = {**fixed, **dict(zip(names, values, strict=True))}
            built = rule.build(given, append_unknown=False)
            assert built is not None, rule
            yield rule, built[1]
            for query in _QUERIES.get(rule.endpoint, ()):
                yield rule, built[1] + query


def _samples(rule: Rule, name: str) -> list[str]:
    if str(rule).startswith(_DESK):
        return [_DESK_SAMPLES.get(name, "1")]
    return _SAMPLES[name] if _BEHIND_LINKS not in rule.arguments else _SAMPLES.get(name, ["1"])


@pytest.fixture(scope="module")
def replies(canary_app: Flask) -> list[Reply]:
    """Ask for every address in every way."""
    client = canary_app.test_client()
    return [
        _reply(client, method, address, headers)
        for rule, address in addresses(canary_app)
        if rule.endpoint not in _SLOW or address.startswith(_SLOW[rule.endpoint])
        for method, headers in (_WAYS[:1] if rule.endpoint in _SLOW else _WAYS)
    ] + [
        _reply(client, "GET", address, headers)
        for address in (
            "/nothing",
            "/en",
            "/en/nothing/at/all",
            "/desk/",
            "/speak/x",
            "/%00",
            "/api/v1/",
        )
        for _, headers in _WAYS[:4]
    ]


def _reply(client: FlaskClient, method: str, address: str, headers: dict[str, str]) -> Reply:
    response = client.open(address, method=method, headers=headers, base_url=BASE_URL)
    told = f"{method} {address} {headers or ''}"
    try:
        content = response.get_data()
        return Reply(told, response.status_code, tuple(response.headers.items()), unpacked(content))
    finally:
        response.close()


def _is_of_the_desk(reply: Reply) -> bool:
    return reply.request.split()[1].startswith(_DESK)


def test_every_route_has_samples_for_its_variables(canary_app: Flask) -> None:
    """A route without samples would not be walked."""
    rules = [rule for rule in canary_app.url_map.iter_rules() if not str(rule).startswith(_DESK)]
    variables = {name for rule in rules for name in rule.arguments}
    assert variables <= set(_SAMPLES)


def test_every_route_answers_with_something_for_some_sample(
    canary_app: Flask, replies: list[Reply]
) -> None:
    """The samples are such that there is something to search, at every address."""
    answered = {reply.request.split()[1] for reply in replies if reply.status in {200, 302}}
    asked = {str(rule) for rule, _ in addresses(canary_app) if _BEHIND_LINKS not in rule.arguments}
    silent = asked - {str(rule) for rule, address in addresses(canary_app) if address in answered}
    if not pdf.is_possible():
        silent = {rule for rule in silent if not rule.endswith(".pdf")}
    assert {rule for rule in silent if not rule.startswith(_DESK)} == set()


def test_the_desk_lets_nobody_in_whom_it_does_not_know(
    canary_app: Flask, replies: list[Reply]
) -> None:
    """Its only pages for everybody are those for signing in."""
    asked = [reply for reply in replies if _is_of_the_desk(reply)]
    assert len(asked) > len([rule for rule, _ in addresses(canary_app) if _DESK in str(rule)])
    assert {reply.status for reply in asked} <= _DESK_STATUSES
    open_to_all = {
        reply.request.split()[1]
        for reply in asked
        if reply.status == 200 and reply.request.startswith("GET")
    }
    assert open_to_all <= {"/desk/account/login", "/desk/account/forgotten"}


def test_nothing_breaks(replies: list[Reply]) -> None:
    assert [reply.request for reply in replies if reply.status >= 500] == []


def test_no_answer_holds_anything_that_must_stay_in_the_plan(replies: list[Reply]) -> None:
    assert len(SECRETS) > 40
    leaks = {}
    for content, request in {reply.content: reply.request for reply in replies}.items():
        if found := traces(content, *SECRETS):
            leaks[request] = found
    assert leaks == {}


def test_no_header_holds_anything_that_must_stay_in_the_plan(replies: list[Reply]) -> None:
    told = {f"{name}: {value}": reply.request for reply in replies for name, value in reply.headers}
    leaks = {line: found for line in told if (found := traces(line.encode(), *SECRETS))}
    assert leaks == {}


def test_the_walk_would_find_what_is_public(replies: list[Reply]) -> None:
    """The same search finds the pseudonym, and the name of who may be named, where they belong."""
    pages = [reply for reply in replies if f"sessions/{WATER}" in reply.request]
    for public in (_PSEUDONYM, "سيدوري"):
        found = [reply.request for reply in pages if traces(reply.content, public)]
        assert any(".ics" in request for request in found)
        assert any(".ics" not in request for request in found)
    kinds = {
        extension: [r for r in replies if f"{SLUG}/{extension}" in r.request.replace("/en/", "/")]
        for extension in ("schedule.xml", "schedule.json", "programme.csv")
    }
    for extension, found_in in kinds.items():
        assert any(traces(reply.content, _PSEUDONYM) for reply in found_in), extension


@pytest.mark.parametrize(
    ("page", "hidden", "unknown"),
    [
        ("/{lang}/river-days/speakers/{}", _WITHHELD, "GGGGGG"),
        ("/{lang}/river-days/speakers/{}", _ALIASED, "GGGGGG"),
        ("/{lang}/river-days/speakers/{}", _FORMER, "GGGGGG"),
        ("/{lang}/river-days/speakers/{}", _DECLINED, "GGGGGG"),
        ("/{lang}/river-days/speakers/{}", _ELSEWHERE, "GGGGGG"),
        ("/{lang}/river-days/calendar/speakers/{}.ics", _WITHHELD, "GGGGGG"),
        ("/{lang}/river-days/subscribe/speakers/{}.svg", _WITHHELD, "GGGGGG"),
        ("/{lang}/river-days/subscribe?feed=speakers/{}", _FORMER, "GGGGGG"),
        ("/{lang}/river-days/sessions/{}", PROPOSED, "GGGGGG"),
        ("/{lang}/river-days/calendar/sessions/{}.ics", PROPOSED, "GGGGGG"),
        ("/{lang}/{}/", _HIDDEN_SLUG, "unknown-canary-days"),
        ("/{lang}/{}/programme", _HIDDEN_SLUG, "unknown-canary-days"),
        ("/{lang}/{}/sessions/" + _UNPUBLISHED, _HIDDEN_SLUG, "unknown-canary-days"),
        ("/{}/schedule.xml", _HIDDEN_SLUG, "unknown-canary-days"),
        *(
            ("/photos/river-days/{}", _photo_of(code), "portrait-gggggg.jpg")
            for code in (_WITHHELD, _ALIASED, _FORMER, _DECLINED, _ELSEWHERE)
        ),
        ("/api/v1/events/{}/programme", _HIDDEN_SLUG, "unknown-canary-days"),
        ("/{lang}/river-days/programme?q={}", "Shamhat Formerly", "Nobody Everlived"),
        ("/{lang}/river-days/programme?q={}", "زینی بۆتان", "سینی شۆتان"),
        ("/{lang}/river-days/programme?q={}", "جلسة خفية", "جلسة عابرة"),
        ("/{lang}/river-days/programme?language={}", f"q{_WITHHELD.lower()}", "qgggggg"),
    ],
)
@pytest.mark.parametrize("lang", INTERFACE)
def test_what_is_hidden_answers_just_as_what_is_not_there(
    canary_app: Flask, lang: str, page: str, hidden: str, unknown: str
) -> None:
    """Also whoever guesses a code, a slug or a name learns nothing from the answer."""
    client = canary_app.test_client()
    answers = []
    for asked in (hidden, unknown):
        address = page.replace("{lang}", lang).replace("{}", quote(asked))
        response = client.get(address, base_url=BASE_URL)
        text = response.get_data(as_text=True)
        for form in (asked, quote(asked), quote(asked).replace("%20", "+")):
            text = text.replace(form, "…")
        etag = {"ETag", "Content-Length"}
        answers.append(
            (response.status_code, text, [h for h in response.headers if h[0] not in etag])
        )
    assert answers[0] == answers[1]


def test_no_answer_sets_a_cookie_or_depends_on_one(replies: list[Reply]) -> None:
    for reply in replies:
        if _is_of_the_desk(reply):
            continue
        names = {name.lower() for name, _ in reply.headers}
        assert "set-cookie" not in names, reply.request
        vary = ",".join(value for name, value in reply.headers if name.lower() == "vary")
        assert "cookie" not in vary.lower(), reply.request


def test_every_answer_carries_the_headers_that_keep_readers_safe(replies: list[Reply]) -> None:
    for reply in replies:
        headers = [(name.lower(), value) for name, value in reply.headers]
        for name in (
            "content-security-policy",
            "x-content-type-options",
            "referrer-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "permissions-policy",
            "strict-transport-security",
            "cache-control",
        ):
            assert len([value for key, value in headers if key == name]) == 1, (reply.request, name)
        kept = dict(headers)
        assert kept["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert kept["x-content-type-options"] == "nosniff"
        assert "server" not in kept
        assert "x-powered-by" not in kept


def test_no_page_asks_a_third_party_for_anything(replies: list[Reply]) -> None:
    """Links may lead anywhere; what a browser loads on its own may not."""
    loaded = re.compile(
        rb"<(?:script|img|iframe|source|video|audio|embed|object|use|image)\b[^>]*\s(?:src|href|data)=\"([^\"]*)\""
        rb"|<link\b(?=[^>]*rel=\"(?:stylesheet|icon|preload|preconnect|dns-prefetch|manifest)[^\"]*\")[^>]*href=\"([^\"]*)\""
        rb"|url\(([^)]*)\)"
    )
    pages = [reply for reply in replies if b"<html" in reply.content[:300]]
    assert any(loaded.search(reply.content) for reply in pages)
    for reply in pages:
        for groups in loaded.findall(reply.content):
            address = b"".join(groups).strip(b"\"' ")
            own = address.startswith((b"/", b"data:", BASE_URL.encode())) and address[:2] != b"//"
            assert own, (reply.request, address)
