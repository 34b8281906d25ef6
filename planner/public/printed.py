"""Printed programmes on disk: made once for a release, for all processes and across restarts.

A folder holds the documents of one programme as one version of the application makes them. It is
made before the first of them, and whoever has to forget the programme takes it away: what is being
made meanwhile is then not kept.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from planner.formats.pdf_editions import Edition
from planner.lib.clock import now
from planner.programme.published import Published

_FOLDER = "documents"
_LOCK = "lock"
#: Seconds until something that could not be made is tried again without being asked for.
_RESTS = 3600


@dataclass(frozen=True)
class Place:
    """Where a document is kept."""

    path: Path

    def exists(self) -> bool:
        """Tell whether it has been made."""
        return self.path.is_file()

    def read(self) -> bytes | None:
        """Return the document, None while there is none."""
        with suppress(FileNotFoundError):
            return self.path.read_bytes()
        return None

    def prepare(self) -> None:
        """Say that it is going to be made."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(self, content: bytes) -> None:
        """Keep a document, unless its programme was forgotten since :meth:`prepare`."""
        with suppress(FileNotFoundError):
            descriptor, draft = tempfile.mkstemp(prefix=".", dir=self.path.parent)  # mode 0600
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(content)
                Path(draft).replace(self.path)
            except BaseException:
                Path(draft).unlink(missing_ok=True)
                raise
            self._failure.unlink(missing_ok=True)

    def forget(self) -> None:
        """Remove it and whatever else was made of its programme."""
        shutil.rmtree(self.path.parent, ignore_errors=True)

    def note_failure(self, reason: str) -> None:
        """Note why it could not be made."""
        with suppress(FileNotFoundError):
            self._failure.write_text(reason, encoding="utf-8")

    def failed_lately(self) -> bool:
        """Tell whether it could not be made, not long ago."""
        with suppress(FileNotFoundError):
            return now().timestamp() - self._failure.stat().st_mtime < _RESTS
        return False

    @property
    def _failure(self) -> Path:
        return self.path.with_suffix(".failed")


def place_of(published: Published, edition: Edition) -> Place:
    """Return where this application keeps a document of a programme."""
    build = current_app.extensions["planner.build"]
    folder = _folder(Path(current_app.instance_path)) / f"{published.digest}-{build}"
    return Place(folder / f"{edition.name}.pdf")


def failures(instance: Path) -> list[str]:
    """Return the names of documents that could not be made."""
    return sorted(path.stem for path in _folder(instance).glob("*/*.failed"))


def keep_only(instance: Path, digests: Collection[str], *, build: str | None = None) -> None:
    """Remove all documents but those of these programmes, and of this version if one is given."""
    folder = _folder(instance)
    for path in folder.iterdir() if folder.is_dir() else ():
        digest, _, version = path.name.partition("-")
        if path.is_dir() and (digest not in digests or build not in {None, version}):
            # Under another name at once, so that nothing is put into it while it goes.
            with suppress(FileNotFoundError):
                shutil.rmtree(path if path.name.startswith(".") else _doomed(path))


@contextmanager
def typesetter(instance: Path) -> Iterator[bool]:
    """Take the one place for making documents on this machine; tell whether it was free."""
    folder = _folder(instance)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _doomed(path: Path) -> Path:
    return path.rename(path.with_name(f".{path.name}"))


def _folder(instance: Path) -> Path:
    return instance / _FOLDER
