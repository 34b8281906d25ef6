"""People who register for the small event, and browsers without script or cookies."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.lib.clock import now
from planner.notices.models import Notice
from planner.participants.models import Participant, Standing
from planner.registration import guards
from planner.registration.keys import new_key, token_of
from planner.registration.principles import kept
from planner.releases.queries import ReleaseSource
from tests.conftest import BASE_URL
from tests.plans import SLUG, make_plan, plan_to_change, released

PRINCIPLES = [
    {"en": "Nobody is left out.", "ar": "لا يُستثنى أحد.", "ckb": "کەس بەجێ ناهێڵرێت."},
    {"en": "We listen.", "ar": "نصغي.", "ckb": "گوێ دەگرین."},
]
KEPT_UNTIL = date(2090, 1, 1)


def wall(moment: datetime) -> datetime:
    """Return an instant on the clock of the venue."""
    return moment.astimezone(ZoneInfo("Asia/Baghdad")).replace(tzinfo=None)


def open_registration(
    *, places: int | None = None, opens: float = -24, closes: float | None = 24, slug: str = SLUG
) -> None:
    """Let registration be open from and until so many hours from now, and publish that."""
    with plan_to_change(slug) as plan:
        event = plan.event
        event.registration_opens = wall(now() + timedelta(hours=opens))
        event.registration_closes = None
        if closes is not None:
            event.registration_closes = wall(now() + timedelta(hours=closes))
        event.registration_places = places
        event.participants_kept_until = KEPT_UNTIL
        event.principles = PRINCIPLES
        event.call = {"en": "Come **all**.", "ar": "تعالوا جميعاً."}
    released(slug=slug)


def make_registration(app: Flask, **how: object) -> None:
    """Make the small event with registration, on an installation that sends mail."""
    app.extensions["planner.programmes"] = ReleaseSource(seconds=0)
    make_plan()
    open_registration(**how)  # type: ignore[arg-type]
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    app.config["DOCUMENTS_AHEAD"] = False  # which would take seconds


def add(number: int, *, languages: Sequence[str] = ("ar",), **other: Any) -> int:
    """Add somebody who has not confirmed yet; return their number."""
    into, slug = other.pop("into", ()), other.pop("slug", SLUG)
    with write_tx() as database:
        event_id = database.scalars(select(Event.id).where(Event.slug == slug)).one()
        nonce, digest = new_key(event_id)
        fields = {
            "standing": Standing.UNCONFIRMED,
            "name": f"إنسان {number}",
            "email": f"person-{number}@people.invalid",
            "language": "ar",
            **other,
        }
        person = Participant(
            event_id=event_id,
            languages=list(languages),
            interpretation=list(into),
            nonce=nonce,
            digest=digest,
            principles=kept(database, event_id, []),
            consented_at=now(),
            created_at=now(),
            **fields,
        )
        database.add(person)
        database.flush()
        return person.id


class Registrant:
    """Somebody who registers."""

    def __init__(self, app: Flask, email: str = "ninsun@people.invalid", lang: str = "en") -> None:
        self.client: FlaskClient = app.test_client(use_cookies=False)
        self.email = email
        self.lang = lang
        self.address = f"/{lang}/{SLUG}/registration"

    def look(self, query: str = "") -> TestResponse:
        """Return the page with the form."""
        return self.client.get(self.address + query, base_url=BASE_URL)

    def fields(self, **other: object) -> dict[str, object]:
        """Return what a person sends who has read the page; None leaves a field out."""
        agreed = re.search(r'name="agreed_to"[^>]*value="(\w*)"', self.look().text)
        fields = {
            "name": "نينسون",
            "email": self.email,
            "organisation": "",
            "follow": ["ar", "ckb"],
            "interpretation": ["ar"],
            "access_needs": "",
            "agree": "y",
            "agreed_to": agreed[1] if agreed else "",
            "stamp": guards.stamp(SLUG, ago=timedelta(seconds=20)),
            **other,
        }
        return {name: value for name, value in fields.items() if value is not None}

    def send(self, headers: dict[str, str] | None = None, **other: object) -> TestResponse:
        """Send the form."""
        return self.client.post(
            self.address, base_url=BASE_URL, data=self.fields(**other), headers=headers
        )

    def register(self) -> "Registrant":
        """Register, as far as the message with the link."""
        assert self.send().status_code == 303
        return self

    def confirmed(self) -> "Registrant":
        """Register, and confirm the address."""
        self.register()
        assert self.do().status_code == 303
        return self

    @property
    def link(self) -> str:
        """The path of their private page."""
        with write_tx() as database:
            return f"/registration/{token_of(database, self._row(database))}"

    def own(self, path: str = "", lang: str = "en") -> TestResponse:
        """Return a page behind their link."""
        return self.client.get(f"{self.link}{path}?lang={lang}", base_url=BASE_URL)

    def do(self, path: str = "", **fields: object) -> TestResponse:
        """Press a button behind their link."""
        return self.client.post(f"{self.link}{path}", base_url=BASE_URL, data=fields)

    @property
    def standing(self) -> Standing:
        """How their registration stands."""
        return self.row.standing

    @property
    def row(self) -> Participant:
        """Their registration as it is now."""
        db.session.rollback()
        db.session.expire_all()
        return self._row(db.session())

    def _row(self, database: object) -> Participant:
        wanted = select(Participant).where(Participant.email == self.email)
        found: Participant = database.scalars(wanted).one()  # type: ignore[attr-defined]
        return found


def several(app: Flask, number: int) -> list[Registrant]:
    """Let so many people register and confirm, one after the other."""
    return [Registrant(app, f"person-{n}@people.invalid").confirmed() for n in range(number)]


def messages() -> list[tuple[str, str]]:
    """Return what was put into the outbox for whom, in its order."""
    db.session.rollback()
    notices = db.session.scalars(
        select(Notice).where(Notice.participant_id.is_not(None)).order_by(Notice.id)
    )
    return [(n.kind.value, n.participant.email) for n in notices if n.participant]
