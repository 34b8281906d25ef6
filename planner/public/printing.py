"""Making printed programmes: ahead of their readers, in a process of its own, one at a time."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from flask import current_app

from planner.formats import pdf
from planner.formats.pdf_editions import Edition, editions
from planner.formats.pdf_typesetting import TypesettingError
from planner.programme.published import Published
from planner.public.printed import Place, keep_only, place_of, typesetter
from planner.public.programmes import source

#: Seconds that a reader waits for the document that somebody else is having made.
_PATIENCE = 60
_GLANCE = 0.2
_held_back: ContextVar[bool] = ContextVar("held_back", default=False)


class BusyError(Exception):
    """Another document is being made, and takes its time."""


def printed(published: Published, edition: Edition) -> bytes:
    """Return a document: as it is kept, or else made now.

    :raises BusyError: when others are being made for too long.
    :raises TypesettingError: when it cannot be made.
    """
    place = place_of(published, edition)
    until = time.monotonic() + _PATIENCE
    while (kept := place.read()) is None:
        with typesetter(_instance()) as is_free:
            if is_free:
                kept = place.read()
                return kept if kept is not None else _made(published, edition, place)
        if time.monotonic() > until:
            raise BusyError
        time.sleep(_GLANCE)
    return kept


def make_missing(*, seconds: float | None = None) -> Iterator[str]:
    """Make what the current programmes of all events lack, and remove what is of others.

    Yields a line for each document. ``seconds`` is after how long no other one is begun. Where
    another process is at it already, that is left alone.
    """
    if not current_app.extensions["planner.pdf"]:
        return
    until = None if seconds is None else time.monotonic() + seconds
    while until is None or time.monotonic() < until:
        with typesetter(_instance()) as is_free:
            line = _next() if is_free else None
        if line is None:
            return
        yield line


def _next() -> str | None:
    """Make the next document that is lacking, and say so; None when there is none."""
    current = list(source().events())
    digests = {published.digest for published in current}
    keep_only(_instance(), digests, build=current_app.extensions["planner.build"])
    for published in current:
        for edition in editions(published.event):
            place = place_of(published, edition)
            if place.exists() or place.failed_lately():
                continue
            name = f"{published.event.slug}, release {published.release.number}: {edition.name}.pdf"
            try:
                _made(published, edition, place, behind=True)
            except TypesettingError as error:
                (why,) = str(error).strip().splitlines()[-1:] or ("no reason is told",)
                return f"{name} cannot be made: {why}"
            return f"{name} is made."
    return None


def _made(published: Published, edition: Edition, place: Place, *, behind: bool = False) -> bytes:
    place.prepare()
    files, base_url = Path(current_app.root_path) / "static", current_app.config["BASE_URL"]
    try:
        content = pdf.document(published, edition, base_url, files, behind=behind)
    except TypesettingError as error:
        place.note_failure(str(error))
        raise
    # That took a while: what was taken out of the programme meanwhile must not stay on the disk.
    current = source().current(published.event.slug)
    if current is not None and current.digest == published.digest:
        place.keep(content)
    else:
        place.forget()
    return content


def start() -> None:
    """Have another process make what is lacking, and do not wait for it.

    Where documents are made only when they are asked for, nothing is started.
    """
    app = current_app
    if not app.config["DOCUMENTS_AHEAD"] or not app.extensions["planner.pdf"] or _held_back.get():
        return
    environ = {
        **os.environ,
        "PLANNER_INSTANCE": app.instance_path,
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "BASE_URL": app.config["BASE_URL"],
    }
    # What cannot be started now is made by the timer, or for the first who asks for it.
    with suppress(OSError):
        child = subprocess.Popen(
            [sys.executable, "-c", "from planner.cli import main; main()", "documents"],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        threading.Thread(target=child.wait, daemon=True).start()


@contextmanager
def held_back() -> Iterator[None]:
    """Start no process within the block: whoever opens it makes what is lacking."""
    token = _held_back.set(True)
    try:
        yield
    finally:
        _held_back.reset(token)


def _instance() -> Path:
    return Path(current_app.instance_path)
