"""Files that somebody looks at before they are taken: kept for a day under random names.

They may hold names that must not get about, so nobody but who brought them gets at them, and
they are gone as soon as they are taken or given up.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from planner.speakers.models import Visibility

#: Of a file that comes by the web, in octets.
MOST_OCTETS = 5 * 1024 * 1024
KEPT = timedelta(days=1)
#: Of one organizer for one event at once.
MOST_KEPT = 5
_TOKEN = re.compile(r"[0-9a-f]{32}\Z")


@dataclass(frozen=True)
class Kept:
    """A file that is kept, and how it is to be taken."""

    token: str
    content: bytes
    names: Visibility


def forget_all(folder: Path, *, event_id: int) -> None:
    """Delete every file that anybody brought for an event."""
    for path in folder.glob(f"*-{event_id}-*") if folder.is_dir() else ():
        owner = path.name.split("-")[1:3]
        if owner[1:] == [str(event_id)]:
            path.unlink(missing_ok=True)


class Uploads:
    """The files that one organizer brought for one event."""

    def __init__(self, folder: Path, *, user_id: int, event_id: int) -> None:
        self._folder = folder
        self._owner = f"{user_id}-{event_id}"

    def keep(self, content: bytes, names: Visibility, now: datetime) -> str:
        """Keep a file, and return what it is asked for by.

        Those go that are older than a day, and of theirs the oldest where there are too many.
        ``now`` is aware.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.sweep(now)
        for path in self._own()[: 1 - MOST_KEPT]:
            path.unlink(missing_ok=True)
        token = secrets.token_hex(16)
        digest = hashlib.sha256(content).hexdigest()
        path = self._folder / f"{token}-{self._owner}-{names.value}-{digest}"
        draft = path.with_suffix(".draft")
        draft.touch(mode=0o600)
        draft.write_bytes(content)
        draft.replace(path)
        return token

    def kept(self, token: str) -> Kept | None:
        """Return a file of theirs, None where there is none, or it is not as it was kept."""
        path = self._path(token)
        if path is None:
            return None
        *_, names, digest = path.name.split("-")
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        if hashlib.sha256(content).hexdigest() != digest:
            return None
        return Kept(token, content, Visibility(names))

    def forget(self, token: str) -> None:
        """Delete a file of theirs."""
        path = self._path(token)
        if path is not None:
            path.unlink(missing_ok=True)

    def sweep(self, now: datetime) -> None:
        """Delete what anybody has left for longer than a day."""
        if not self._folder.is_dir():
            return
        limit = (now - KEPT).timestamp()
        for path in self._folder.iterdir():
            try:
                if path.stat().st_mtime < limit:
                    path.unlink()
            except FileNotFoundError:  # somebody else swept it
                continue

    def _own(self) -> list[Path]:
        """Return the files of theirs, the oldest first."""
        found = self._folder.glob(f"*-{self._owner}-*")
        return sorted(found, key=lambda path: path.stat().st_mtime_ns)

    def _path(self, token: str) -> Path | None:
        if not _TOKEN.match(token) or not self._folder.is_dir():
            return None
        return next(self._folder.glob(f"{token}-{self._owner}-*"), None)
