"""Writing a folder so that it is there as a whole or as it was, and never one of somebody else.

The new folder is made beside the old one and takes its place at the end. Files that did not
change keep their date, so that whoever copies the folder on copies only what did.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from planner.lib.refusals import RefusedError

#: Says that a folder is ours, and which of its files are.
MARKER = "barnama-site.json"


class Contents(msgspec.Struct, frozen=True):
    """What stands in the marker."""

    event: str
    release: int
    digest: str
    #: The SHA-256 of every file, by its name within the folder.
    files: dict[str, str]


@dataclass
class Written:
    """What became of the files."""

    changed: int = 0
    unchanged: int = 0
    removed: int = 0


class Folder:
    """A folder that is being written beside the one that it replaces."""

    def __init__(self, place: Path, beside: Path, former: Contents | None) -> None:
        self._place = place
        self._beside = beside
        self._former = former.files if former else {}
        self._files: dict[str, str] = {}
        self.written = Written()

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def write(self, name: str, content: bytes) -> None:
        """Write a file; one that has this content already is taken over with its date."""
        digest = hashlib.sha256(content).hexdigest()
        path, old = self._beside / name, self._place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if self._former.get(name) == digest and old.is_file() and old.read_bytes() == content:
            shutil.copy2(old, path)
            self.written.unchanged += 1
        else:
            path.write_bytes(content)
            self.written.changed += 1
        self._files[name] = digest

    def finish(self, event: str, release: int, digest: str) -> None:
        """Write the marker, and take over what others put into the folder."""
        contents = Contents(event, release, digest, self._files)
        encoded = msgspec.json.format(msgspec.json.encode(contents), indent=1)
        (self._beside / MARKER).write_bytes(encoded)
        for path in _files_in(self._place):
            name = path.relative_to(self._place).as_posix()
            if name in self._former and name not in self._files:
                self.written.removed += 1
            elif name not in self._files and name != MARKER:
                (self._beside / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, self._beside / name, follow_symlinks=False)


@contextmanager
def replacing(place: Path) -> Iterator[Folder]:
    """Let a folder be written until the end of the block, and put it into its place then.

    What went wrong leaves everything as it was.

    :raises planner.lib.refusals.RefusedError: when what is there is not ours, or cannot be written.
    """
    place = place.resolve()
    beside, old = (place.with_name(f".{place.name}.barnama-{kind}") for kind in ("new", "old"))
    try:
        _tidy(place, beside, old)
        former = _contents(place)
        beside.mkdir(parents=True)
        try:
            folder = Folder(place, beside, former)
            yield folder
            _swap(place, beside, old)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise RefusedError(f"Cannot write {place}: {error.strerror}") from None


def _tidy(place: Path, beside: Path, old: Path) -> None:
    """Put right what an earlier run left that was killed."""
    shutil.rmtree(beside, ignore_errors=True)
    if old.exists() and not place.exists():
        old.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _contents(place: Path) -> Contents | None:
    """Return what stands in a folder that is ours; None where there is nothing yet."""
    if not place.exists() or (place.is_dir() and not any(place.iterdir())):
        return None
    try:
        return msgspec.json.decode((place / MARKER).read_bytes(), type=Contents)
    except (OSError, msgspec.DecodeError):
        raise RefusedError(
            f"{place} was not made by this command, and is left as it is. Name a new folder."
        ) from None


def _swap(place: Path, beside: Path, old: Path) -> None:
    if place.exists():
        place.rename(old)
    beside.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _files_in(place: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(place):
        for name in names:
            yield Path(folder) / name
