"""Measure how fast it is: publishing, renderings, cached requests, importing, planning, lists.

Everything is processor time of this process in milliseconds, the least of several runs, so that
figures can be compared although the machine has other work. ``floor`` is a bare Flask view that
returns the same octets, measured in turn with ours.
"""

import argparse
import random
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask, Response
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select
from werkzeug.test import EnvironBuilder

from planner import create_app
from planner.accounts.logins import TOKEN, open_login
from planner.accounts.models import MemberRole, Membership
from planner.accounts.operations import add_user
from planner.agenda.keys import digest, new_key, reading_token
from planner.agenda.models import Agenda, Star
from planner.agenda.operations import change_stars
from planner.agenda.queries import stars
from planner.database import write_tx
from planner.events.models import Event
from planner.events.operations import add_room, add_theme, create_event
from planner.extensions import db
from planner.imports.operations import import_schedule
from planner.lib.codes import new_code
from planner.notices.models import Notice
from planner.programme.vocabulary import Kind, Role, Stage
from planner.public.delivery import Shelf
from planner.public.filters import Filters, tally
from planner.public.search import Index
from planner.releases.operations import publish
from planner.sessions.models import Session, State, TextState
from planner.sessions.operations import add_session, place, set_people
from planner.sessions.operations import set_text as set_session_text
from planner.speakers.models import Speaker, Visibility
from planner.speakers.operations import add_speaker
from planner.speakers.operations import set_text as set_speaker_text
from planner.timetable.conflicts import conflicts
from planner.timetable.costs import best_slots, costs
from planner.timetable.plan import plan_of
from planner.workbook.reading import read_file
from planner.workbook.telling import UnreadableWorkbookError
from tests.statements import statements
from tests.workbook.hostile import ENDLESS, REFUSED

SAMPLE = Path(__file__).resolve().parent.parent / "planner/sample/data/sessions.toml"
LANGUAGES = ("en", "ar", "ckb")
KINDS = (Kind.PANEL, Kind.WORKSHOP, Kind.TESTIMONY, Kind.PERFORMANCE)
THEMES, ROOMS, SLOTS, SPEAKERS_PER_SESSION = 8, 12, 10, 3
FIRST_DAY = date(2017, 1, 18)
FIRST_HOUR = datetime.fromisoformat("2017-01-18T09:00")
PUBLISHED_AT = datetime(2017, 1, 8, 9, 30, tzinfo=UTC)
BATCHES, REQUESTS, RENDERINGS = 15, 200, 3
LISTED = {"sessions": 900, "speakers": 700}
AGENDAS, STARS = 10_000, 20
SEARCHED = "الماء"

Environ = dict[str, Any]
WSGI = Callable[..., Iterable[bytes]]


@dataclass
class Cost:
    """What a cached request costs, and what the bare view does."""

    ours: float
    floor: float

    @property
    def ratio(self) -> float:
        """How many times the floor it costs."""
        return self.ours / self.floor


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", default="200,1000", help="sizes of the events to measure")
    parser.add_argument("--large", type=int, default=5000, help="size to compare caching with")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.sessions.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder))
        measure_publishing(app, 20)
        measure_renderings(app, 20)  # what is made once per process is made now
        for size in sizes:
            measure(app, size)
        measure_agendas(app, sizes[0])
        measure_lists(app)
        measure_letters(app)
        measure_refusals()
        if arguments.large:
            say(f"\n{arguments.large} sessions: the cost of a cached request stays the same")
            measure_publishing(app, arguments.large)
            measure_cached(app, arguments.large)


def make_app(folder: Path) -> Flask:
    """Return an application with an empty database of its own."""
    app = create_app(
        {
            "PLANNER_INSTANCE": str(folder),
            "BASE_URL": "https://bench.example",
            "DOCUMENTS": "on-request",  # no other process is to run beside what is measured
        }
    )
    with app.app_context():
        flask_migrate.upgrade()
    return app


def measure(app: Flask, size: int) -> None:
    """Measure everything for an event of that many sessions."""
    say(f"\n{size} sessions")
    seconds = measure_publishing(app, size)
    say(f"  publish                              {seconds * 1000:9.1f} ms")
    for name, milliseconds in measure_renderings(app, size):
        say(f"  first rendering of the {name:14}{milliseconds:9.1f} ms")
    for name, milliseconds in measure_search(app, size):
        say(f"  {name:37}{milliseconds:9.1f} ms")
    measure_offline(app, size)
    say(f"  import of its schedule.xml           {measure_import(app, size):9.1f} ms")
    for name, milliseconds in measure_timetable(app, size):
        say(f"  {name:37}{milliseconds:9.1f} ms")
    measure_cached(app, size)


def measure_publishing(app: Flask, size: int) -> float:
    """Make the plan of an event and publish it; return the seconds of processor that took."""
    with app.app_context():
        make_plan(slug_of(size), size)
    with app.app_context():
        begun = time.process_time()
        publish(slug_of(size), Stage.DRAFT, at=PUBLISHED_AT)
        return time.process_time() - begun


def measure_renderings(app: Flask, size: int) -> list[tuple[str, float]]:
    """Return for page and feed in each language the milliseconds of a rendering."""
    call(app.wsgi_app, environ_of(app, f"/en/{slug_of(size)}/"))  # reads the release once
    found = []
    for lang in LANGUAGES:
        for name, address in addresses(size, lang).items():
            environ = environ_of(app, address)
            found.append(
                (f"{name} ({lang})", min(rendering(app, environ) for _ in range(RENDERINGS)))
            )
    return sorted(found)


def rendering(app: Flask, environ: Environ) -> float:
    """Return the milliseconds of an answer that nothing is kept for."""
    app.extensions["planner.shelf"] = Shelf()
    begun = time.process_time()
    call(app.wsgi_app, environ)
    return (time.process_time() - begun) * 1000


def measure_offline(app: Flask, size: int) -> None:
    """Print what is made for when there is no line: milliseconds, and octets as they are sent."""
    for name, file in (
        ("pages for a device", "offline.json"),
        ("programme as one file", "programme.html"),
    ):
        for lang in LANGUAGES:
            address = f"/{lang}/{slug_of(size)}/{file}"
            taken = rendering(app, environ_of(app, address))
            whole = call(app.wsgi_app, environ_of(app, address))
            sent = call(app.wsgi_app, environ_of(app, address, {"Accept-Encoding": "gzip"}))
            what = f"{name} ({lang})"
            say(f"  {what:37}{taken:9.1f} ms {len(sent):9} of {len(whole)} octets")


def measure_search(app: Flask, size: int) -> Iterable[tuple[str, float]]:
    """Yield what it takes to make the index of a programme, and to find by words with it."""
    with app.app_context():
        published = app.extensions["planner.programmes"].current(slug_of(size))
        yield "the index of its words", least(lambda: Index(published))
        index, filters = Index(published), Filters(q=SEARCHED)

        def find() -> None:
            index.find.cache_clear()
            index.find(SEARCHED)

        yield f"finding {len(index.find(SEARCHED).codes)} sessions", least(find)
        yield "counting what else there would be", least(lambda: tally(published, filters))
    environ = environ_of(app, f"/ar/{slug_of(size)}/programme?{filters.query}")
    yield "the page of what is found", least(lambda: call(app.wsgi_app, environ))


def measure_cached(app: Flask, size: int) -> None:
    """Print what cached requests cost, beside the floor."""
    say("  cached request                 octets   ours, ms  floor, ms  ratio")
    for name, address in addresses(size, "ar").items():
        compressed = {"Accept-Encoding": "gzip"}
        told, _ = headers_and_body(app.wsgi_app, environ_of(app, address, compressed))
        variants: dict[str, dict[str, str]] = {
            "identity": {},
            "gzip": compressed,
            "304": {**compressed, "If-None-Match": told["ETag"]},
        }
        for variant, headers in variants.items():
            environ = environ_of(app, address, headers)
            told, body = headers_and_body(app.wsgi_app, environ)
            cost = compare(app.wsgi_app, environ, bare(body, told["status"]))
            say(
                f"  {name}, {variant:10}{len(body):20,} {cost.ours:10.3f} {cost.floor:10.3f}"
                f" {cost.ratio:6.2f}"
            )


def compare(ours: WSGI, environ: Environ, floor: WSGI) -> Cost:
    """Return the cost of a request, and of one to the bare view: the least of turns of each."""
    plain = EnvironBuilder("/").get_environ()
    turns = [(batch(ours, environ), batch(floor, plain)) for _ in range(BATCHES)]
    return Cost(min(turn[0] for turn in turns), min(turn[1] for turn in turns))


def batch(app: WSGI, environ: Environ) -> float:
    """Return the milliseconds of one request, measured over many."""
    begun = time.process_time()
    for _ in range(REQUESTS):
        call(app, environ)
    return (time.process_time() - begun) * 1000 / REQUESTS


def bare(body: bytes, status: str) -> WSGI:
    """Return an application whose one view answers with these octets."""
    app = Flask("floor")

    @app.get("/")
    def view() -> Response:
        return Response(body, status=status)

    return app.wsgi_app


def call(app: WSGI, environ: Environ) -> bytes:
    """Answer a request as a server does, and return the body."""
    answer = app(environ.copy(), lambda *_: None)
    try:
        return b"".join(answer)
    finally:
        answer.close()  # type: ignore[attr-defined]


def headers_and_body(app: WSGI, environ: Environ) -> tuple[dict[str, str], bytes]:
    """Return the headers of an answer, its status among them, and its body."""
    told: dict[str, str] = {}

    def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> None:
        told.update(headers, status=status)

    answer = app(environ.copy(), start_response)
    try:
        return told, b"".join(answer)
    finally:
        answer.close()  # type: ignore[attr-defined]


def environ_of(app: Flask, address: str, headers: dict[str, str] | None = None) -> Environ:
    """Return the request as a server would pass it on."""
    told = list((headers or {}).items())
    return EnvironBuilder(address, app.config["BASE_URL"], headers=told).get_environ()


def measure_import(app: Flask, size: int) -> float:
    """Return the milliseconds in which our own schedule.xml becomes the plan of a new event."""
    content = call(app.wsgi_app, environ_of(app, f"/{slug_of(size)}/schedule.xml"))
    with app.app_context():
        begun = time.process_time()
        import_schedule(
            content,
            slug=f"imported-{size}",
            create=True,
            names=Visibility.PUBLIC,
            dry_run=True,
            host="bench.example",
        )
        return (time.process_time() - begun) * 1000


def measure_timetable(app: Flask, size: int) -> Iterable[tuple[str, float]]:
    """Yield what it takes to read the plan, to find its conflicts, and to price a session's day."""
    with app.app_context():
        event_id = db.session.scalars(select(Event.id).where(Event.slug == slug_of(size))).one()
        yield "reading its plan", least(lambda: plan_of(event_id))
        plan = plan_of(event_id)
        code, day = plan.sessions[0].code, plan.days[0].date
        # Each time a plan of its own: what a plan has found out once, it remembers.
        found = len(conflicts(plan))
        yield f"its {found} conflicts", least(lambda: conflicts(replace(plan)))
        yield "what a day costs one session", least(lambda: costs(replace(plan), code, day))
        yield "the best slots for one session", least(lambda: best_slots(replace(plan), code))


def measure_agendas(app: Flask, size: int) -> None:
    """Print what a participant's own agenda costs among thousands: its calendar, and a star."""
    say(f"\n{AGENDAS:,} agendas of {STARS} stars, over {size} sessions")
    slug = slug_of(size)
    with app.app_context():
        key, another = make_agendas(slug)
    address = f"/ar/{slug}/calendar/agenda/{reading_token(key)}.ics"
    for variant, headers in {"identity": {}, "gzip": {"Accept-Encoding": "gzip"}}.items():
        environ = environ_of(app, address, headers)
        told, body = headers_and_body(app.wsgi_app, environ)
        known = environ_of(app, address, {**headers, "If-None-Match": told["ETag"]})
        name = f"calendar, {variant}, {len(body):,} octets"
        say(f"  {name:37}{min(batch(app.wsgi_app, environ) for _ in range(BATCHES)):9.3f} ms")
        name = f"the same, asked conditionally, {variant}"
        say(f"  {name:37}{min(batch(app.wsgi_app, known) for _ in range(BATCHES)):9.3f} ms")
    with app.app_context():
        changes = ({"add": [another]}, {"drop": [another]})
        taken = least(
            lambda: [
                change_stars(slug, key, language="ar", release=1, **change) for change in changes
            ]
        ) / len(changes)
        say(f"  {'setting a star, or taking it out':37}{taken:9.3f} ms")
        say(f"  {'counting all stars':37}{least(lambda: stars(slug)):9.1f} ms")


def make_agendas(slug: str) -> tuple[str, str]:
    """Make agendas of an event; return the key of the last one, and a session not in it."""
    draw = random.Random(STARS)  # noqa: S311 -- the same agendas each time
    codes = sorted(
        db.session.scalars(select(Session.code).join(Session.event).where(Event.slug == slug))
    )
    agendas, starred, key, chosen = [], [], "", []
    for number in range(1, AGENDAS + 1):
        key, chosen = new_key(), draw.sample(codes, STARS)
        agendas.append(
            {
                "id": number,
                "event": slug,
                "digest": digest(key),
                "shared_digest": digest(reading_token(key)),
                "language": LANGUAGES[number % len(LANGUAGES)],
                "touched_at": PUBLISHED_AT,
            }
        )
        starred += [{"agenda_id": number, "code": code, "seen": 1} for code in chosen]
    with write_tx() as session:
        session.execute(insert(Agenda), agendas)
        session.execute(insert(Star), starred)
    return key, next(code for code in codes if code not in chosen)


def measure_lists(app: Flask) -> None:
    """Print what the long lists of the desk cost an editor: whole, and searched."""
    told = " and ".join(f"{size} {name}" for name, size in LISTED.items())
    say(f"\nlists of {told}")
    with app.app_context():
        make_plan("lists", LISTED["sessions"], LISTED["speakers"])
        client = editor_of(app, "lists")
    for name in LISTED:
        for what, query in (("page of", ""), ("search in", f"?q={SEARCHED}")):
            address = f"/desk/lists/{name}{query}"
            get(client, address)  # what is made once per process is made now
            taken = least(lambda address=address: get(client, address))  # type: ignore[misc]
            say(f"  {f'{what} {name}':37}{taken:9.1f} ms")


def measure_letters(app: Flask) -> None:
    """Print what releases of the event of the lists cost, with a letter to everybody."""
    say("  the same, published                      ms  letters  statements")
    with app.app_context():
        for what, at in (("for the first time", PUBLISHED_AT), ("an hour later", None)):
            with statements() as sent:
                begun = time.process_time()
                release = publish("lists", Stage.DRAFT, at=at)
                taken = (time.process_time() - begun) * 1000
            count = select(func.count(Notice.id)).where(Notice.release_id == release.id)
            letters = db.session.scalar(count)
            say(f"  {what:33}{taken:9.1f} {letters:8} {len(sent):11}")
            make_later("lists")


def make_later(slug: str) -> None:
    """Move every session of an event by an hour."""
    with write_tx() as session:
        found = session.scalars(select(Session).join(Session.event).where(Event.slug == slug))
        for item in found:
            if item.starts_at is not None:
                item.starts_at += timedelta(hours=1)


def measure_refusals() -> None:
    """Print what it costs to refuse workbooks that were built to exhaust memory."""
    say("\nrefusing the hostile workbooks of the tests")
    refuse(b"title_en\nx\n")  # what is made once per process is made now
    content = {name: make() for name, make in REFUSED.items()} | ENDLESS
    for name in sorted(content):
        taken = least(lambda name=name: refuse(content[name]))  # type: ignore[misc]
        say(f"  {name:37}{taken:9.1f} ms")


def refuse(content: bytes) -> None:
    """Read a file of sessions, whether it can be read or not."""
    with suppress(UnreadableWorkbookError):
        read_file(content)


def editor_of(app: Flask, slug: str) -> FlaskClient:
    """Return the browser of a new organizer who edits an event."""
    with write_tx() as session:
        user = add_user(session, email="editor@bench.example", name="Editor")
        event = session.scalars(select(Event).where(Event.slug == slug)).one()
        session.add(
            Membership(event_id=event.id, user_id=user.id, role=MemberRole.EDITOR, sees_names=True)
        )
    token = open_login(user.id, second_factor=False)
    client = app.test_client()
    with client.session_transaction("/desk/", base_url=app.config["BASE_URL"]) as cookie:
        cookie |= {"_user_id": user.fs_uniquifier, "_fresh": True, TOKEN: token}
    return client


def get(client: FlaskClient, address: str) -> None:
    """Ask for a page that must be there."""
    answer = client.get(address, base_url=client.application.config["BASE_URL"])
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status}")


def least(measured: Callable[[], object]) -> float:
    """Return the milliseconds that something takes, the least of several runs."""
    found = []
    for _ in range(RENDERINGS):
        begun = time.process_time()
        measured()
        found.append((time.process_time() - begun) * 1000)
    return min(found)


def addresses(size: int, lang: str) -> dict[str, str]:
    """Return what is measured, by name."""
    event = f"/{lang}/{slug_of(size)}"
    return {"page": f"{event}/programme", "feed": f"{event}/calendar/programme.ics"}


def slug_of(size: int) -> str:
    """Return the slug of the event of that many sessions."""
    return f"bench-{size}"


def make_plan(slug: str, size: int, people: int | None = None) -> None:
    """Make an event with so many sessions and people, or as many people as sessions.

    Its texts are drawn from the words of the sample.
    """
    draw = random.Random(size)  # noqa: S311 -- the same event each time
    words = sample_words()
    days = -(-size // (ROOMS * SLOTS))
    with write_tx() as session:
        event = create_event(
            session,
            slug=slug,
            time_zone="Asia/Baghdad",
            uid_host="bench.example",
            languages=list(LANGUAGES),
            first_day=FIRST_DAY,
            last_day=FIRST_DAY + timedelta(days=days - 1),
            name=texts(draw, words, 5),
            venue_name=texts(draw, words, 3),
            withheld_name=texts(draw, words, 2),
        )
        for number in range(THEMES):
            add_theme(event, slug=f"theme-{number}", name=texts(draw, words, 3))
        for number in range(ROOMS):
            add_room(event, slug=f"room-{number}", name=texts(draw, words, 2))
        codes = distinct_codes(2 * size)
        speakers = [add_person(event, codes.pop(), draw, words) for _ in range(people or size)]
        for number in range(size):
            add_item(event, number, code=codes.pop(), speakers=speakers, draw=draw, words=words)


def distinct_codes(count: int) -> set[str]:
    """Return so many codes; of thousands that are drawn at random, two may be the same."""
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(new_code())
    return codes


def add_person(
    event: Event, code: str, draw: random.Random, words: dict[str, list[str]]
) -> Speaker:
    """Add somebody with a name and an organisation in every language."""
    speaker = add_speaker(
        event,
        code=code,
        visibility=Visibility.PUBLIC,
        spoken_languages=["ar"],
        email=f"{code}@people.invalid",
    )
    names, organisations = texts(draw, words, 2), texts(draw, words, 3)
    for lang in LANGUAGES:
        set_speaker_text(speaker, lang, display_name=names[lang], organisation=organisations[lang])
    return speaker


def add_item(
    event: Event,
    number: int,
    *,
    code: str,
    speakers: list[Speaker],
    draw: random.Random,
    words: dict[str, list[str]],
) -> None:
    """Add a session, placed side by side with others."""
    item = add_session(
        event,
        code=code,
        kind=KINDS[number % len(KINDS)],
        minutes=45,
        original_language=LANGUAGES[number % len(LANGUAGES)],
        state=State.CONFIRMED,
        theme=event.themes[number % THEMES],
        spoken_languages=[LANGUAGES[number % len(LANGUAGES)]],
        interpreted_languages=[LANGUAGES[(number + 1) % len(LANGUAGES)]],
    )
    day, hour = divmod(number // ROOMS, SLOTS)
    starts_at = FIRST_HOUR + timedelta(days=day, hours=hour)
    place(item, starts_at=starts_at, room=event.rooms[number % ROOMS])
    titles, abstracts = texts(draw, words, 6), texts(draw, words, 50)
    for lang in LANGUAGES:
        set_session_text(
            item, lang, title=titles[lang], abstract=abstracts[lang], state=TextState.REVIEWED
        )
    set_people(
        item, [(speaker, Role.SPEAKER) for speaker in draw.sample(speakers, SPEAKERS_PER_SESSION)]
    )


def sample_words() -> dict[str, list[str]]:
    """Return the words of the sample's abstracts by language."""
    sessions = tomllib.loads(SAMPLE.read_text(encoding="utf-8"))["session"]
    return {
        lang: [word for each in sessions for word in each.get("abstract", {}).get(lang, "").split()]
        for lang in LANGUAGES
    }


def texts(draw: random.Random, words: dict[str, list[str]], length: int) -> dict[str, str]:
    """Return a text of so many words in every language."""
    return {lang: " ".join(draw.choices(words[lang], k=length)) for lang in LANGUAGES}


def say(line: str) -> None:
    """Print a line at once."""
    print(line)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
