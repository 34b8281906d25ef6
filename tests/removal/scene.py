"""The small event with one name in it everywhere, and ways to look for it everywhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import Column, LargeBinary, String, cast, select, text, type_coerce

from planner.accounts.models import MemberRole
from planner.database import Model, write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.interpreting.models import Turn
from planner.journal.recording import recorded
from planner.letters.models import Told
from planner.lib.clock import now
from planner.lib.text import fold
from planner.links.models import Opens
from planner.links.operations import link_of
from planner.notices.models import Notice, NoticeKind
from planner.programme.document import encode
from planner.programme.vocabulary import Stage
from planner.releases.builder import build
from planner.releases.models import ScheduledRelease
from planner.releases.operations import publish
from planner.sessions.models import Session
from planner.sessions.operations import place
from planner.slots.models import Proposal, Request, Seen, Wish
from planner.speakers.models import Availability, Speaker, Visibility
from planner.speakers.operations import set_text
from planner.timetable.models import Acknowledgement
from planner.workbook.uploads import Uploads
from tests.desks import join, make_user
from tests.plans import (
    ENKIDU,
    FIRST,
    SIDURI,
    SLUG,
    WOMEN,
    at,
    make_plan,
    plan_to_change,
)
from tests.test_canary import addresses
from tests.traces import traces, unpacked

#: What somebody is called, and was called before; none is part of another word anywhere.
ARABIC, KURDISH, ENGLISH = "إنانا بنت الخابور", "ئینانای کچی خابوور", "Inanna bint al-Khabur"
FORMER, EMAIL, KEY = "عشتار بنت الزاب", "inanna.private@khabur.invalid", "inanna-bint-al-khabur-7"
SECRETS = (ARABIC, KURDISH, ENGLISH, FORMER, EMAIL, KEY)
#: What else is known of them, which goes only where they are erased.
OWN = ("منظمة بنات الخابور", "ولدت على ضفة الخابور وكتبت عنه", "تسكن عند خالتها في الحسكة")
PHOTO = "1a2b3c4d5e6f.jpg"
#: A name in other letters, with a particle before it, and across two lines.
_SPELT = f"مع انانا بنت\nالخابور وكذلك وإنَانا بنت الخابور، {KURDISH}، {ENGLISH}."


@dataclass(frozen=True)
class Scene:
    """The installation, and who did something in it."""

    app: Flask
    user_id: int

    @property
    def instance(self) -> Path:
        """The folder of the installation."""
        return Path(self.app.instance_path)


def make_scene(app: Flask) -> int:
    """Publish three releases with the name in them, and leave it in everything else there is.

    Return the number of who did it.
    """
    make_plan()
    user_id = make_user("enheduanna@desk.example", name="Enheduanna")
    join(user_id, MemberRole.OWNER)
    with plan_to_change() as plan:
        speaker = plan.speakers[SIDURI]
        set_text(speaker, "ar", display_name=FORMER, organisation=OWN[0])
        place(plan.sessions[WOMEN], starts_at=at(14), room=plan.rooms["zagros"])
        event_id = plan.event.id
    publish(SLUG, Stage.DRAFT, at=FIRST, note={"en": f"With {ENGLISH}"})
    _call(event_id, user_id)
    _mention(event_id, user_id)
    publish(SLUG, Stage.DRAFT, at=FIRST + timedelta(hours=1), note={"ar": f"أضيفت {ARABIC}"})
    _rename_a_session(event_id, user_id)
    publish(SLUG, Stage.FINAL, at=FIRST + timedelta(hours=2), user_id=user_id)
    _write_letters()
    _write_behind_links(event_id)
    _prepare(event_id, user_id)
    _put_files(app, event_id, user_id)
    db.session.rollback()
    return user_id


def _call(event_id: int, user_id: int) -> None:
    """Give the speaker the names by which they are known, and all else that one can know."""
    with recorded(event_id, user_id, "speaker.edited") as record:
        speaker = _one(record.database, Speaker, SIDURI)
        set_text(speaker, "ar", display_name=ARABIC, biography=OWN[1])
        set_text(speaker, "ckb", display_name=KURDISH)
        set_text(speaker, "en", display_name=ENGLISH)
        speaker.email, speaker.source_key, speaker.photo = EMAIL, KEY, PHOTO
        speaker.remark = f"{OWN[2]}. {ENGLISH}"
        speaker.free.append(Availability(starts_at=at(8), ends_at=at(18)))
        record.facts["note"] = f"Called {ENGLISH} by mistake"


def _mention(event_id: int, user_id: int) -> None:
    """Mention the name wherever somebody can write something."""
    with recorded(event_id, user_id, "session.edited") as record:
        session = _one(record.database, Session, WOMEN)
        session.texts["ar"].abstract = f"{_SPELT} https://x.invalid/{ENGLISH.replace(' ', '-')}"
        session.remark = f"Ask {ENGLISH}, {EMAIL}"
        session.online_url = f"https://meet.invalid/{ENGLISH.replace(' ', '-')}"
        enkidu = _one(record.database, Speaker, ENKIDU)
        enkidu.visibility = Visibility.PUBLIC
        set_text(enkidu, "ar", biography=f"كتب مع {ARABIC}", organisation=f"مجلس {ARABIC}")
        event = enkidu.event
        event.call = {"en": f"Come, says {ENGLISH}.", "ckb": f"وەرن، {KURDISH}"}
        event.principles = [{"ar": f"كما قالت {ARABIC}"}]
        event.supporters = [{"name": {"en": f"Friends of {ENGLISH}"}, "url": None}]
        for theme in event.themes:
            theme.description = {"ar": f"موضوع {ARABIC}"}
        event.rooms[1].floor = {"ckb": f"نهۆمی {KURDISH}"}
        record.database.add(
            Acknowledgement(
                event_id=event_id,
                conflict="person:1:2",
                facts="f",
                reason=f"{ENGLISH} agreed",
                user_id=user_id,
                at=now(),
            )
        )


def _rename_a_session(event_id: int, user_id: int) -> None:
    with recorded(event_id, user_id, "session.renamed") as record:
        text_ = _one(record.database, Session, WOMEN).texts["ar"]
        text_.title = f"لقاء مع {ARABIC}"
        record.facts["session"] = {"texts": {"ar": text_.title}, "original": "ar"}


def _write_letters() -> None:
    """Let an organizer change the letters of the release, which tell others the name as well."""
    with write_tx() as database:
        for letter in database.scalars(select(Notice)):
            letter.subject = f"With {ENGLISH}"
            letter.text = f"Dear friend,\n{_SPELT}\n"
            letter.last_error = f"550 no mailbox {EMAIL}"
            letter.sent_at, letter.due_at = now(), None
            for entry in letter.invitations or ():
                database.add(
                    Told(
                        speaker_id=letter.speaker_id,
                        session_code=entry["code"],
                        sequence=entry["sequence"],
                        is_cancelled=False,
                        facts=entry["facts"],
                        told_at=now(),
                    )
                )


def _write_behind_links(event_id: int) -> None:
    """Let the speaker, and another one, do everything that one can do behind a link."""
    with write_tx() as database:
        speaker, other = (_one(database, Speaker, code) for code in (SIDURI, ENKIDU))
        session = _one(database, Session, WOMEN)
        speaker.free_note = f"{OWN[2]}، {ARABIC}"
        session.speakers_note, session.equipment = f"Meet {ENGLISH}", f"A chair for {KURDISH}"
        database.add(
            Turn(
                session_id=session.id,
                speaker_id=speaker.id,
                into="ckb",
                spoken="ar",
                begins=0,
                ends=30,
            )
        )
        for person in (speaker, other):
            link_of(database, person.id, Opens.PAGE)
            fellows = [["speaker", SIDURI], ["speaker", ""]]
            seen = Seen(speaker_id=person.id, session_code=WOMEN, facts={"people": fellows})
            about = {"event_id": event_id, "speaker_id": person.id, "created_at": now()}
            answered = {"answer": f"{ENGLISH} says so", "answered_at": now()}
            texts = {"base": {"biography": {"ar": ""}}, "content": {"biography": {"ar": _SPELT}}}
            title = {"base": {"title": {}}, "content": {"title": {"ar": f"مع {ARABIC}"}}}
            database.add_all(
                [
                    seen,
                    Request(**about, wish=Wish.CO_SPEAKER, text=_SPELT, **answered),
                    Request(**about, wish=Wish.ERASURE, text=OWN[1] if person is speaker else ""),
                    Proposal(**about, **texts),
                    Proposal(**about, session_id=session.id, **title, **answered),
                    Notice(
                        kind=NoticeKind.REMINDER,
                        speaker_id=person.id,
                        language="ar",
                        created_at=now(),
                        last_error=f"550 no mailbox {EMAIL}",
                    ),
                ]
            )


def _prepare(event_id: int, user_id: int) -> None:
    """Put a release off, as if that had been reviewed with the name in it."""
    with write_tx() as database:
        event = database.get_one(Event, event_id)
        content = build(event, stage=Stage.FINAL, note={}, at=FIRST, previous=None)
        database.add(
            ScheduledRelease(
                event_id=event_id,
                publish_at=FIRST + timedelta(days=9),
                stage=Stage.FINAL,
                note={"ar": f"تعود {ARABIC}"},
                content=encode(content),
                after_number=3,
                overridden=[{"requirement": "confirmed", "reason": f"{ENGLISH} said so"}],
                user_id=user_id,
                created_at=now(),
            )
        )


def _put_files(app: Flask, event_id: int, user_id: int) -> None:
    uploads = Path(app.instance_path) / "uploads"
    uploads.mkdir(exist_ok=True)
    Image.new("RGB", (32, 24), "teal").save(uploads / PHOTO)
    waiting = Uploads(uploads / "imports", user_id=user_id, event_id=event_id)
    waiting.keep(f"name\n{ARABIC}\n".encode(), Visibility.WITHHELD, now())


def _one(database: Any, model: Any, code: str) -> Any:
    return database.scalars(select(model).where(model.code == code)).one()


def found_in_files(folder: Path, secrets: Iterable[str]) -> dict[str, list[str]]:
    """Return in which files of a folder something is found, also in other letters."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (told := found_in(path.read_bytes(), secrets)):
            found[path.name] = told
    return found


def found_in_relations(data: Path, secrets: Iterable[str]) -> list[str]:
    """Return in which tables' files of a PostgreSQL something is found, between rows as well."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        paths = connection.execute(
            text("SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 't')")
        ).scalars()
        files = {path: data / path for path in paths if path}
    secrets = tuple(secret.encode() for secret in secrets)
    return [
        path
        for path, file in files.items()
        if file.is_file() and any(secret in file.read_bytes() for secret in secrets)
    ]


def found_in_tables(secrets: Iterable[str], *, but: Iterable[str] = ()) -> dict[str, list[str]]:
    """Return in which tables something is found, whatever the database."""
    found = {}
    for table in Model.metadata.sorted_tables:
        if table.name in but:
            continue
        rows = db.session.execute(select(*map(_as_stored, table.columns))).all()
        content = "\n".join(
            bytes(part).decode("utf-8", "replace")
            if isinstance(part, bytes | memoryview)
            else str(part)
            for row in rows
            for part in row
        )
        if told := found_in(content.encode(), secrets):
            found[table.name] = told
    db.session.rollback()
    return found


def _as_stored(column: Column[Any]) -> Any:
    """Return a column as the database holds it: JSON as text."""
    if isinstance(column.type, LargeBinary):
        return column
    return type_coerce(cast(column, String), String)


def found_in(content: bytes, secrets: Iterable[str]) -> list[str]:
    """Return what is found in some octets, in every spelling that programs and people use."""
    secrets = tuple(secrets)
    folded = fold(content.decode("utf-8", "ignore"))
    return traces(content, *secrets) + [
        f"{secret} (folded)" for secret in secrets if fold(secret) in folded
    ]


def answers(
    app: Flask, client: FlaskClient, *, of_desk: bool, but: str = "account"
) -> Iterator[tuple[str, bytes]]:
    """Yield what every address that shows something answers, unpacked, but some."""
    for rule, address in addresses(app):
        if "GET" not in (rule.methods or ()) or str(rule).startswith("/desk") is not of_desk:
            continue
        if but in address:
            continue
        response = client.get(address, base_url="https://programme.example")
        assert response.status_code < 500, address
        yield address, unpacked(response.get_data())
        response.close()


def later(hours: float) -> datetime:
    """Return a moment so many hours after the first release."""
    return FIRST + timedelta(hours=hours)
