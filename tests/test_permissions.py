"""Who gets through where: every private address, with every method, for everybody there is.

An address that is new fails here until it has a row in :data:`ROWS`: the least that one must be
allowed to get through. See :data:`SAMPLES` for what stands for the variables of addresses.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from planner import create_app
from planner.accounts.access import Permission
from planner.accounts.links import new_link
from planner.accounts.models import Invitation, Login, MemberRole, User
from planner.agenda.keys import reading_token
from planner.agenda.operations import change_stars
from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.journal.recording import recorded
from planner.journal.undoing import undo
from planner.lib.clock import now
from planner.links.models import Opens
from planner.links.operations import link_of
from planner.notices.models import Notice
from planner.organizers.operations import Part, invite
from planner.participants.models import Participant
from planner.programme.vocabulary import Stage
from planner.public.headers import CONTENT_SECURITY_POLICY
from planner.registration.keys import token_of
from planner.sessions.models import Session
from planner.slots.models import Proposal, Request, Wish
from planner.timetable.models import Constraint, Relation
from tests.conftest import BASE_URL, TESTING
from tests.desks import Browser, join, make_user, signed_in
from tests.plans import DAY, SIDURI, SLUG, WATER, WOMEN, make_plan, released
from tests.registration.people import add, open_registration

VIEW, TRANSLATE, PLAN, RELEASE, OWN = Permission
#: Whoever is signed in, whatever their part; everybody, signed in or not; and who owns any event.
ACCOUNT, ANYBODY, SOME_OWNER = "account", "anybody", "owner of some event"

#: By blueprint and endpoint, what one must be allowed to; where GET and POST of one endpoint
#: differ, both in this order.
ROWS: dict[str, dict[str, str | tuple[str, str]]] = {
    "desk": {
        "index": ACCOUNT,
        "event": VIEW,
        "preview": ACCOUNT,
        "language": ANYBODY,
    },
    "accounts": {
        "sign_in": ANYBODY,
        "second_step": ANYBODY,
        "sign_out": ANYBODY,
        "verify": ACCOUNT,
        "forgotten": ANYBODY,
        "reset": ANYBODY,
        "invitation": ANYBODY,
        "security": ACCOUNT,
        "profile": ACCOUNT,
        "password": ACCOUNT,
        "second_factor": ACCOUNT,
        "second_factor_picture": ACCOUNT,
        "remove_second_factor": ACCOUNT,
        "recovery_codes": ACCOUNT,
        "end_browser": ACCOUNT,
        "sign_out_everywhere": ACCOUNT,
        "people": OWN,
        "invite": OWN,
        "renew_invitation": OWN,
        "withdraw_invitation": OWN,
        "member": OWN,
        "remove_member": OWN,
    },
    "events": {
        "create": SOME_OWNER,
        "settings": (VIEW, PLAN),
        "principles": (VIEW, PLAN),
        "limits": (VIEW, PLAN),
        "speakers": (VIEW, PLAN),
        "dates": (VIEW, PLAN),
        "security": OWN,
        "delete": OWN,
        "days": VIEW,
        "day": PLAN,
        "add_day": PLAN,
        "remove_day": PLAN,
        "rooms": VIEW,
        "room": PLAN,
        "add_room": PLAN,
        "copy_room": PLAN,
        "move_room": PLAN,
        "remove_room": PLAN,
        "themes": VIEW,
        "theme": PLAN,
        "add_theme": PLAN,
        "copy_theme": PLAN,
        "move_theme": PLAN,
        "remove_theme": PLAN,
    },
    "sessions": {
        "index": VIEW,
        "show": VIEW,
        "save": PLAN,
        "create": PLAN,
        "change": PLAN,
        "duplicate": PLAN,
        "withdraw": PLAN,
        "bring_back": PLAN,
        "delete": PLAN,
        "asked": PLAN,
        "ask": PLAN,
        "unask": PLAN,
    },
    "speakers": {
        "index": VIEW,
        "names": VIEW,
        "show": VIEW,
        "save": PLAN,
        "create": PLAN,
        "photo": VIEW,
        "upload": PLAN,
        "remove_photo": PLAN,
        "delete": PLAN,
        "merge": PLAN,
    },
    # Of those whose names one may know; its own tests say of the others.
    "proposals": {
        "index": VIEW,
        "show": VIEW,
        "decide": PLAN,
        "photo": VIEW,
    },
    "requests": {
        "index": VIEW,
        "settle": PLAN,
    },
    # Showing one asks besides for the permission to know names, which its own tests say.
    "links": {
        "index": RELEASE,
        "send_all": RELEASE,
        "remind": RELEASE,
        "renew_all": RELEASE,
        "end_all": RELEASE,
        "send": RELEASE,
        "show": RELEASE,
        "renew": RELEASE,
        "end": RELEASE,
    },
    "interpreting": {
        "index": VIEW,
        "day": VIEW,
        "print_sheets": VIEW,
        "propose": PLAN,
        "take_proposal": PLAN,
        "session": PLAN,
        "deal": PLAN,
    },
    # Besides, all but counts and settings ask for the permission to know names.
    "participants": {
        "index": VIEW,
        "export": VIEW,
        "show": VIEW,
        "confirm": PLAN,
        "put_first": PLAN,
        "cancelling": PLAN,
        "cancel": PLAN,
        "erasing": PLAN,
        "erase": PLAN,
        "settings": (VIEW, PLAN),
    },
    "registration": {"register": ANYBODY},
    "registered": {
        "lost": ANYBODY,
        "show": ANYBODY,
        "change": ANYBODY,
        "cancel": ANYBODY,
        "erase": ANYBODY,
        "erased": ANYBODY,
    },
    # Whose cookie, or whose link, opens it.
    "agenda": {
        "show": ANYBODY,
        "stars": ANYBODY,
        "stars_json": ANYBODY,
        "seen": ANYBODY,
        "empty": ANYBODY,
        "delete": ANYBODY,
        "take": ANYBODY,
        "shared": ANYBODY,
        "feed": ANYBODY,
    },
    "slots_calendar": {"feed": ANYBODY},
    # Whoever has the link: what else one is does not matter.
    "speak": {
        "lost": ANYBODY,
        "slots": ANYBODY,
        "calendar": ANYBODY,
        "rota": ANYBODY,
        "free": ANYBODY,
        "texts": ANYBODY,
        "session_texts": ANYBODY,
        "take_back": ANYBODY,
        "photo": ANYBODY,
        "give_photo": ANYBODY,
        "remove_photo": ANYBODY,
        "named": ANYBODY,
        "own_page": ANYBODY,
        "data": ANYBODY,
        "download": ANYBODY,
        "erasure": ANYBODY,
        "erasure_asked": ANYBODY,
    },
    "timetable": {
        "overview": VIEW,
        "board": VIEW,
        "news": VIEW,
        "present": VIEW,
        "costs": PLAN,
        "move": PLAN,
        "unplace": PLAN,
        "pin": PLAN,
        "swap": PLAN,
        "copy": PLAN,
        "shift": PLAN,
        "conflicts": VIEW,
        "accept_conflict": PLAN,
        "reopen_conflict": PLAN,
    },
    "translating": {
        "index": VIEW,
        "list": VIEW,
        "unit": VIEW,
        "next": VIEW,
        "save": TRANSLATE,
    },
    "readiness": {
        "index": VIEW,
        "bind": OWN,
    },
    "releases": {
        "index": VIEW,
        "publish": RELEASE,
        "show": VIEW,
        "take_back_to": RELEASE,
        "restore_into_plan": PLAN,
        "call_off_scheduled": RELEASE,
        "correct": RELEASE,
        "compare": VIEW,
    },
    "preview": {
        "event": VIEW,
        "programme": VIEW,
        "session": VIEW,
        "speaker": VIEW,
        "theme": VIEW,
        "room": VIEW,
        "changes": VIEW,
        "later": VIEW,
        "photo": VIEW,
    },
    "letters": {
        "index": VIEW,
        "show": VIEW,
        "change": RELEASE,
        "hold": RELEASE,
        "send": RELEASE,
        "discarding": RELEASE,
        "discard": RELEASE,
        "sending": RELEASE,
        "send_all": RELEASE,
    },
    # Those who may not know names get through to none of it, which its own tests say.
    "removal": {
        "name": RELEASE,
        "session": RELEASE,
        "unfinished": RELEASE,
        "finish": RELEASE,
    },
    "imports": {
        "spreadsheets": VIEW,
        "workbook": VIEW,
        "table": VIEW,
        "upload": PLAN,
        "proposal": PLAN,
        "confirm": PLAN,
        "discard": PLAN,
    },
    "journal": {
        "index": VIEW,
        # Of one's own; those of others need more, which tests of the history say.
        "undo": TRANSLATE,
        "redo": TRANSLATE,
    },
}
#: What stands for a variable, so that the address is one of something that exists; with the
#: endpoint before it where endpoints differ.
SAMPLES: dict[str, str] = {
    "sheet": "sessions",
    "participants.kind": "csv",
    "imports.token": "nothing",
    "event": SLUG,
    "code": WATER,
    "speakers.code": SIDURI,
    "links.code": SIDURI,
    "preview.speaker.code": SIDURI,
    "preview.theme.slug": "water",
    "filename": "portrait.jpg",
    "day": DAY.isoformat(),
    "slug": "tigris",
    "removal.name.code": SIDURI,
    "events.theme.slug": "water",
    "events.copy_theme.slug": "water",
    "events.move_theme.slug": "water",
    "events.remove_theme.slug": "water",
    "lang": "ckb",
    "unit": f"session-{WATER}",
}
#: Where the small event has nothing to show, so that who gets through is told so.
NOTHING_THERE = {
    "speak.photo",
    "speakers.photo",
    "preview.photo",
    "proposals.photo",
    "accounts.second_factor_picture",
    "imports.proposal",
    "imports.confirm",
    "imports.discard",
}
#: By endpoint, a query without which there is nothing to see.
QUERIES: dict[str, str] = {}
#: Answers that mean that somebody did not get through.
_REFUSALS = {401, 403, 404}
_ROLES = {role.value: role for role in MemberRole}
_STRANGER = "owner of another event"
COOKIE, _HOST = "__Host-barnama", BASE_URL.partition("://")[2]
PEOPLE = ("nobody", *reversed(_ROLES), _STRANGER)


def need(rule: Rule, method: str) -> str | None:
    """Return the row of an address, None when there is none."""
    blueprint, _, endpoint = rule.endpoint.rpartition(".")
    row = ROWS.get(blueprint, {}).get(endpoint)
    return row[method != "GET"] if isinstance(row, tuple) else row


def private_rules(app: Flask) -> list[Rule]:
    """Return the addresses whose pages are not made from published programmes alone."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if not app.view_functions[rule.endpoint].__module__.startswith("planner.public.")
    ]


def expected(needed: str, who: str, method: str) -> str:
    """Return what becomes of a request: ``through``, or how it is refused."""
    if needed == ANYBODY:
        return "through"
    if who == "nobody":
        return "sign in" if method == "GET" else "401"
    if needed == ACCOUNT:
        return "through"
    if needed == SOME_OWNER:
        return "through" if who in {"owner", _STRANGER} else "403"
    if who == _STRANGER:
        return "404"
    return "through" if Permission(needed) in GRANTS[_ROLES[who]] else "403"


#: What roles are for, written down once more: a slip in the table of the program shows here.
GRANTS = {
    MemberRole.OWNER: {VIEW, TRANSLATE, PLAN, RELEASE, OWN},
    MemberRole.EDITOR: {VIEW, TRANSLATE, PLAN, RELEASE},
    MemberRole.TRANSLATOR: {VIEW, TRANSLATE},
    MemberRole.VIEWER: {VIEW},
}


@dataclass
class House:
    """An application with an event and everybody who could ask for something."""

    app: Flask
    folder: Path
    cookies: dict[str, str | None]
    samples: dict[str, str]

    def keep(self) -> None:
        """Remember the database as it is now."""
        self._close()
        shutil.copy(self.folder / "planner.sqlite", self.folder / "kept.sqlite")

    def restore(self) -> None:
        """Undo everything since."""
        self._close()
        shutil.copy(self.folder / "kept.sqlite", self.folder / "planner.sqlite")

    def _close(self) -> None:
        db.session.remove()
        db.engine.dispose()

    def address(self, rule: Rule, who: str) -> str:
        """Return an address of something that exists."""
        blueprint = rule.endpoint.partition(".")[0]
        values = {
            name: self.samples.get(f"{who}.{name}")
            or self.samples.get(f"{who}.{rule.endpoint}.{name}")
            or self.samples.get(f"{rule.endpoint}.{name}")
            or self.samples.get(f"{blueprint}.{name}")
            or self.samples[name]
            for name in rule.arguments
            if name not in (rule.defaults or {})
        }
        built = rule.build({**values, **(rule.defaults or {})}, append_unknown=False)
        assert built is not None, rule
        return built[1] + QUERIES.get(rule.endpoint, "")

    def ask(self, who: str, method: str, rule: Rule, **given: object) -> TestResponse:
        """Ask for an address, in a browser that was not used before."""
        browser = Browser(self.app, self.app.response_class)
        cookie = self.cookies[who]
        if cookie is not None:
            browser.set_cookie(COOKIE, cookie, domain=_HOST, secure=True)
        return browser.open(self.address(rule, who), method=method, **given)

    def outcome(self, who: str, method: str, rule: Rule) -> str:
        """Return what became of a request, as :func:`expected` says it."""
        response = self.ask(who, method, rule)
        if response.status_code == 404 and rule.endpoint in NOTHING_THERE:
            return expected(str(need(rule, method)), who, method)
        if response.status_code in _REFUSALS:
            return str(response.status_code)
        if response.status_code >= 500:
            return f"broke ({response.status_code})"
        asked = method == "GET" and "/account/login" in response.headers.get("Location", "")
        return "sign in" if asked and need(rule, method) != ANYBODY else "through"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Return an application with one event, somebody in every role, and another one's owner."""
    folder = tmp_path_factory.mktemp("house")
    app = create_app({"PLANNER_INSTANCE": str(folder), "BASE_URL": BASE_URL}, config=TESTING)
    with app.app_context():
        flask_migrate.upgrade()
        make_plan()
        open_registration()
        released(Stage.FINAL, hours=1)
        make_plan("other-days", codes="X")
        cookies: dict[str, str | None] = {"nobody": None}
        samples = dict(SAMPLES)
        for who, role in (*_ROLES.items(), (_STRANGER, MemberRole.OWNER)):
            user_id = make_user(f"{who.replace(' ', '-')}@desk.example", name=who)
            slug = "other-days" if who == _STRANGER else SLUG
            join(user_id, role, slug=slug, languages=("ar", "en", "ckb"))
            cookies[who] = _cookie(signed_in(app, user_id))
            signed_in(app, user_id)
            samples["login"] = samples[f"{who}.login"] = str(
                db.session.scalars(select(func.max(Login.id))).one()
            )
            if who != _STRANGER:
                samples |= _entries(who, user_id)
        found = House(app, folder, cookies, {**samples, **_numbers()})
        found.keep()
        yield found
        db.session.remove()
        db.engine.dispose()


def _cookie(browser: FlaskClient) -> str:
    found = browser.get_cookie(COOKIE, domain=_HOST)
    assert found is not None
    return found.value


def _entries(who: str, user_id: int) -> dict[str, str]:
    """Let somebody change something, and take it back once, so that there is something to undo."""
    event_id = db.session.scalars(select(Event.id).where(Event.slug == SLUG)).one()
    numbers = []
    for remark in ("seen by", "read by"):
        with recorded(event_id, user_id, "session.remark") as record:
            found = record.database.scalars(select(Session).where(Session.code == WATER)).one()
            found.remark = f"{remark} {who}"
        assert record.entry is not None
        numbers.append(record.entry.id)
    undone = undo(event_id, user_id, numbers[1])
    return {
        f"{who}.journal.undo.entry": str(numbers[0]),
        f"{who}.journal.redo.entry": str(undone.id),
        "entry": str(numbers[0]),
    }


def _numbers() -> dict[str, str]:
    """Return samples for what is called as the database made it."""
    with write_tx() as database:
        viewer = database.scalars(select(User).where(User.email == "viewer@desk.example")).one()
        (own,) = viewer.memberships
        member, event_id = own.id, own.event_id
        reset = new_link(database, viewer, mailed=False)
        water, women = (
            database.scalars(select(Session).where(Session.code == code)).one()
            for code in (WATER, WOMEN)
        )
        asked = Constraint(
            event_id=event_id, relation=Relation.BEFORE, session_id=water.id, other_id=women.id
        )
        wanted = Request(
            event_id=event_id,
            speaker_id=water.people[0].speaker_id,
            session_id=water.id,
            wish=Wish.HOUR,
            text="Later, please",
            created_at=now(),
        )
        proposed = Proposal(
            event_id=event_id,
            speaker_id=water.people[0].speaker_id,
            base={"biography": {"ar": ""}},
            content={"biography": {"ar": "من النهر"}},
            created_at=now(),
        )
        database.add_all([asked, wanted, proposed])
        database.flush()
        number, wanted_number, proposed_number = asked.id, wanted.id, proposed.id
        page = link_of(database, wanted.speaker_id, Opens.PAGE)
        calendar = link_of(database, wanted.speaker_id, Opens.CALENDAR)
    participant = add(1)
    with write_tx() as database:
        registered = token_of(database, database.get_one(Participant, participant))
    agenda = change_stars(SLUG, None, language="ar", release=1, add=[WATER])
    part = Part(MemberRole.VIEWER)
    link = invite(event_id, None, email="new@desk.example", name="New", part=part)
    return {
        "member": str(member),
        "number": str(number),
        "releases.number": "1",
        "letters.number": str(
            db.session.scalars(select(Notice.id).where(Notice.text != "")).first()
        ),
        "requests.number": str(wanted_number),
        "proposals.number": str(proposed_number),
        "speak.token": page,
        "participants.number": str(participant),
        "registered.token": registered,
        "slots_calendar.token": calendar,
        "agenda.token": reading_token(agenda),
        "agenda.take.token": agenda,
        "invitation": str(db.session.scalars(select(Invitation.id)).one()),
        "accounts.reset.token": reset,
        "accounts.invitation.token": link.rpartition("/")[2],
    }


def is_behind_a_link(rule: Rule) -> bool:
    """Tell whether a page is somebody's own, whose secret is in its address, or for everybody."""
    links = ("speak.", "slots_calendar.", "registered.", "registration.", "agenda.")
    return rule.endpoint.startswith(links)


def requests(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Yield every private address with every method that it takes."""
    for rule in private_rules(app):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def test_every_private_address_has_a_row(house: House) -> None:
    """Say in ROWS what one must be allowed to, for whom a new page is."""
    lacking = {f"{rule} ({rule.endpoint})" for rule, m in requests(house.app) if not need(rule, m)}
    assert lacking == set()


def test_every_row_has_an_address(house: House) -> None:
    endpoints = {rule.endpoint for rule in private_rules(house.app)}
    rows = {f"{blueprint}.{name}" for blueprint, names in ROWS.items() for name in names}
    assert rows - endpoints == set()


def test_everything_below_the_desk_is_private(house: House) -> None:
    private = private_rules(house.app)
    rules = house.app.url_map.iter_rules()
    assert {str(rule) for rule in rules if str(rule).startswith("/desk")} == {
        str(rule) for rule in private if not is_behind_a_link(rule)
    }


def test_everybody_gets_through_where_they_may_and_nowhere_else(house: House) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    wrong = {}
    for rule, method in requests(house.app):
        needed = need(rule, method)
        if needed is None:
            continue
        for who in PEOPLE:
            outcome = house.outcome(who, method, rule)
            if outcome == "through" and method != "GET":
                house.restore()
            if outcome != (wanted := expected(needed, who, method)):
                wrong[f"{method} {rule} as {who}"] = f"{outcome} and not {wanted}"
    assert not wrong, "\n".join(f"{asked}: {found}" for asked, found in wrong.items())


def test_what_changes_something_needs_a_token_of_its_page(house: House) -> None:
    """Whoever signed in is safe from pages of others that send forms here."""
    house.app.config["WTF_CSRF_ENABLED"] = True
    unsafe = [
        (rule, method)
        for rule, method in requests(house.app)
        if method != "GET" and not is_behind_a_link(rule)
    ]
    taken = {
        f"{method} {rule} as {who}": response.status_code
        for rule, method in unsafe
        for who in ("owner", "nobody")
        if (response := house.ask(who, method, rule)).status_code != 400
    }
    assert unsafe
    assert taken == {}


def test_no_answer_of_the_desk_is_kept_or_found(house: House) -> None:
    """Whatever it is: a page, a way on, a refusal."""
    house.app.config["WTF_CSRF_ENABLED"] = True
    wrong = {}
    for rule, method in requests(house.app):
        if rule.endpoint in {"slots_calendar.feed", "agenda.feed", "registration.register"}:
            # A reader's program may keep the one for a minute, everybody may find the other:
            continue  # their own tests say that.
        for who in ("nobody", "viewer", "owner"):
            headers = house.ask(who, method, rule).headers
            told = {
                "Cache-Control": headers.get("Cache-Control"),
                "X-Robots-Tag": headers.get("X-Robots-Tag"),
                "Content-Security-Policy": headers.get("Content-Security-Policy"),
            }
            if told != {
                "Cache-Control": "no-store",
                "X-Robots-Tag": "noindex",
                "Content-Security-Policy": CONTENT_SECURITY_POLICY,
            }:
                wrong[f"{method} {rule} as {who}"] = told
    assert not wrong, "\n".join(f"{asked}: {found}" for asked, found in wrong.items())
