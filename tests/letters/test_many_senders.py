"""Four hundred letters by four senders, two of which are killed while the server has one."""

import asyncio
import os
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select, update

from planner.database import write_tx
from planner.events.models import Event as PlannedEvent
from planner.extensions import db
from planner.letters.models import Told
from planner.lib.clock import now
from planner.notices.models import Notice, NoticeKind
from planner.releases.models import Release
from planner.speakers.models import Speaker
from tests.letters.outbox import letter_to
from tests.notices.servers import Postbox, mail_server
from tests.plans import ENKIDU, make_plan, released

_PLANNER = Path(sys.executable).parent / "planner"
_LETTERS = 400
_PATIENCE = 100


class _Counter(Postbox):
    """One way into the server, for one sender; ``doomed`` is which message it never answers.

    The others answer only when both doomed senders have got so far, however fast they are.
    """

    def __init__(self, everything: Postbox, others: list[Event], doomed: int | None) -> None:
        super().__init__()
        self.everything = everything
        self.others = others
        self.doomed = doomed
        self.count = 0
        self.holds = Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a message, or hold it until its sender is dead."""
        self.count += 1
        if self.count == self.doomed:
            self.holds.set()
            await asyncio.sleep(_PATIENCE)
        while self.doomed is None and not all(other.is_set() for other in self.others):
            await asyncio.sleep(0.02)
        return await self.everything.handle_DATA(server, session, envelope)


def _queue_letters() -> None:
    """Put letters to four hundred speakers into the outbox, as organizers let them go."""
    make_plan()
    released()
    invitations = letter_to(ENKIDU).invitations
    db.session.rollback()
    with write_tx() as database:
        event_id = database.scalars(select(PlannedEvent.id)).one()
        release_id = database.scalars(select(Release.id)).one()
        numbers = range(100, 100 + _LETTERS)
        database.execute(
            insert(Speaker),
            [
                {
                    "event_id": event_id,
                    "code": f"S{number}",
                    "number": number,
                    "email": f"s{number}@people.invalid",
                    "version": 1,
                }
                for number in numbers
            ],
        )
        speakers = database.scalars(select(Speaker.id).where(Speaker.code.startswith("S")))
        database.execute(
            insert(Notice),
            [
                {
                    "kind": NoticeKind.SCHEDULE,
                    "speaker_id": speaker_id,
                    "release_id": release_id,
                    "subject": "What changed",
                    "text": "Hello {name},",
                    "invitations": invitations,
                    "language": "en",
                    "created_at": now(),
                    "due_at": now(),
                }
                for speaker_id in speakers
            ],
        )


def _sender(environ: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [str(_PLANNER), "mail", "send"],
        env={"PATH": os.environ["PATH"], **environ, "SMTP_URL": f"smtp://127.0.0.1:{port}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_no_letter_is_lost_or_doubled_when_senders_are_killed(
    app: Flask, environ: dict[str, str]
) -> None:
    _queue_letters()
    everything = Postbox()
    held: list[Event] = []
    ways = [_Counter(everything, held, doomed) for doomed in (3, 8, None, None)]
    held += [way.holds for way in ways if way.doomed]
    with ExitStack() as stack:
        ports = [stack.enter_context(mail_server(way)) for way in ways]
        processes = [_sender(environ, port) for port in ports]
        stack.callback(lambda: [process.kill() for process in processes])
        for way, process in zip(ways[:2], processes, strict=False):
            assert way.holds.wait(_PATIENCE)
            process.kill()
            process.wait()
        for process in processes[2:]:
            assert process.wait(_PATIENCE) == 0
        assert len(everything.letters) == _LETTERS - 2
        db.session.rollback()
        claimed = db.session.scalars(select(Notice).where(Notice.due_at.is_not(None))).all()
        assert len(claimed) == 2  # those that the dead had, until their claims run out
        db.session.rollback()
        with write_tx() as database:
            waiting = update(Notice).where(Notice.due_at.is_not(None))
            database.execute(waiting.values(due_at=now() - timedelta(seconds=1)))
        assert _sender(environ, ports[2]).wait(_PATIENCE) == 0
    got = Counter(letter["To"] for letter in everything.letters)
    assert len(got) == _LETTERS
    assert set(got.values()) == {1}
    assert len({letter["Message-ID"] for letter in everything.letters}) == _LETTERS
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Told)) == _LETTERS
