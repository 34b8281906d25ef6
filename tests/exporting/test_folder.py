"""Writing a folder: whole or as it was, and never one of somebody else."""

from pathlib import Path

import pytest

from planner.exporting.folder import MARKER, Written, replacing
from planner.lib.refusals import RefusedError


def _write(place: Path, **files: str) -> Written:
    with replacing(place) as folder:
        for name, content in files.items():
            folder.write(f"{name}.html", content.encode())
        folder.finish("river-days", 1, "abc")
    return folder.written


def _names(place: Path) -> set[str]:
    return {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}


def test_it_replaces_what_changed_and_keeps_the_date_of_the_rest(tmp_path: Path) -> None:
    place = tmp_path / "site"
    assert _write(place, one="1", two="2", three="3") == Written(changed=3)
    before = (place / "one.html").stat().st_mtime_ns
    assert _write(place, one="1", two="zwei") == Written(changed=1, unchanged=1, removed=1)
    assert (place / "one.html").stat().st_mtime_ns == before
    assert (place / "two.html").read_text() == "zwei"
    assert _names(place) == {"one.html", "two.html", MARKER}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_file_that_somebody_changed_is_written_anew(tmp_path: Path) -> None:
    place = tmp_path / "site"
    _write(place, one="1")
    (place / "one.html").write_text("2")
    assert _write(place, one="1") == Written(changed=1)
    assert (place / "one.html").read_text() == "1"


def test_what_others_put_into_it_stays(tmp_path: Path) -> None:
    place = tmp_path / "site"
    _write(place, one="1")
    (place / "own").mkdir()
    (place / "own/CNAME").write_text("programme.example")
    _write(place, two="2")
    assert _names(place) == {"two.html", "own/CNAME", MARKER}


@pytest.mark.parametrize("marker", [None, b"{}", b"not json"])
def test_a_folder_of_somebody_else_is_never_touched(tmp_path: Path, marker: bytes | None) -> None:
    place = tmp_path / "letters"
    place.mkdir()
    (place / "letter.txt").write_text("dear")
    if marker is not None:
        (place / MARKER).write_bytes(marker)
    with pytest.raises(RefusedError, match="was not made by this command"):
        _write(place, one="1")
    assert (place / "letter.txt").read_text() == "dear"
    assert [path.name for path in tmp_path.iterdir()] == ["letters"]


def test_neither_is_a_file(tmp_path: Path) -> None:
    place = tmp_path / "letter.txt"
    place.write_text("dear")
    with pytest.raises(RefusedError):
        _write(place, one="1")
    assert place.read_text() == "dear"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    place = tmp_path / "site"
    place.mkdir()
    _write(place, one="1")
    assert _names(place) == {"one.html", MARKER}


def test_what_is_interrupted_leaves_everything_as_it_was(tmp_path: Path) -> None:
    place = tmp_path / "site"
    _write(place, one="1")
    with pytest.raises(KeyboardInterrupt), replacing(place) as folder:
        folder.write("one.html", b"2")
        raise KeyboardInterrupt
    assert (place / "one.html").read_text() == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_was_killed_between_two_names_is_put_right(tmp_path: Path) -> None:
    place = tmp_path / "site"
    _write(place, one="1")
    place.rename(tmp_path / ".site.barnama-old")
    (tmp_path / ".site.barnama-new").mkdir()
    assert _write(place, one="1") == Written(unchanged=1)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_place_where_nothing_can_be_made_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(RefusedError, match="Cannot write"):
        _write(tmp_path / "file/site", one="1")
