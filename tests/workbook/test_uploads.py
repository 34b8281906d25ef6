"""Files that are kept while somebody looks at them."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from planner.speakers.models import Visibility
from planner.workbook.uploads import Uploads

_NOW = datetime(2017, 1, 8, 9, 30, tzinfo=UTC)


def _uploads(folder: Path, user_id: int = 1, event_id: int = 2) -> Uploads:
    return Uploads(folder / "imports", user_id=user_id, event_id=event_id)


def test_a_file_is_kept_for_who_brought_it_and_for_one_event(tmp_path: Path) -> None:
    token = _uploads(tmp_path).keep(b"title_ar", Visibility.PUBLIC, _NOW)
    kept = _uploads(tmp_path).kept(token)
    assert kept is not None
    assert (kept.content, kept.names) == (b"title_ar", Visibility.PUBLIC)
    assert _uploads(tmp_path, user_id=3).kept(token) is None
    assert _uploads(tmp_path, event_id=3).kept(token) is None
    assert _uploads(tmp_path, user_id=11).kept(token) is None


def test_nobody_else_on_the_machine_can_read_it(tmp_path: Path) -> None:
    _uploads(tmp_path).keep(b"title_ar", Visibility.PUBLIC, _NOW)
    folder = tmp_path / "imports"
    (path,) = folder.iterdir()
    assert (folder.stat().st_mode & 0o077, path.stat().st_mode & 0o077) == (0, 0)


def test_names_of_files_lead_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("secret")
    _uploads(tmp_path).keep(b"title_ar", Visibility.PUBLIC, _NOW)
    for token in ("../secret_key", "*", "?" * 32, "", "0" * 32, "0" * 31 + "*"):
        assert _uploads(tmp_path).kept(token) is None
        _uploads(tmp_path).forget(token)
    assert (tmp_path / "secret_key").is_file()


def test_a_file_that_was_changed_is_none(tmp_path: Path) -> None:
    token = _uploads(tmp_path).keep(b"title_ar", Visibility.PUBLIC, _NOW)
    (path,) = (tmp_path / "imports").iterdir()
    path.write_bytes(b"title_en")
    assert _uploads(tmp_path).kept(token) is None


def test_nobody_fills_the_disk_with_them(tmp_path: Path) -> None:
    tokens = [_uploads(tmp_path).keep(b"%d" % n, Visibility.PUBLIC, _NOW) for n in range(8)]
    other = _uploads(tmp_path, user_id=3).keep(b"x", Visibility.PUBLIC, _NOW)
    kept = [_uploads(tmp_path).kept(token) for token in tokens]
    assert [file is not None for file in kept] == [False] * 3 + [True] * 5
    assert _uploads(tmp_path, user_id=3).kept(other) is not None


def test_a_file_goes_when_it_is_given_up_and_after_a_day(tmp_path: Path) -> None:
    uploads = _uploads(tmp_path)
    first = uploads.keep(b"1", Visibility.PUBLIC, _NOW)
    uploads.forget(first)
    assert uploads.kept(first) is None
    second = uploads.keep(b"2", Visibility.PUBLIC, _NOW)
    for path in (tmp_path / "imports").iterdir():
        os.utime(path, (_NOW.timestamp(), _NOW.timestamp()))
    third = uploads.keep(b"3", Visibility.PUBLIC, _NOW + timedelta(hours=23))
    assert uploads.kept(second) is not None
    uploads.sweep(_NOW + timedelta(hours=25))
    assert uploads.kept(second) is None
    assert uploads.kept(third) is not None
