"""Documents on disk: kept for all processes, and gone when their programme has to be forgotten."""

import os
from pathlib import Path

import pytest
from flask import Flask

from planner.formats.pdf_editions import Edition
from planner.public.printed import Place, failures, keep_only, place_of, typesetter
from tests.examples import published

KURDISH, SHARED = Edition(("ckb",)), Edition(("en", "ar", "ckb"), is_booklet=True)


@pytest.fixture
def place(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Return where the example in Kurdish is kept, in an instance of its own."""
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    return place_of(published(), KURDISH)


def test_a_document_is_kept_for_whoever_asks_next_and_for_nobody_else(place: Place) -> None:
    assert place.read() is None
    place.prepare()
    place.keep(b"%PDF")
    assert place.exists()
    assert place.read() == b"%PDF"
    assert place_of(published(), SHARED).read() is None
    assert place.path.stat().st_mode & 0o077 == 0
    assert place.path.parent.stat().st_mode & 0o077 == 0
    assert [path.name for path in place.path.parent.iterdir()] == ["ckb.pdf"]


def test_each_document_of_a_programme_has_a_name_of_its_own(place: Place) -> None:
    assert place.path.name == "ckb.pdf"
    assert place_of(published(), SHARED).path.name == "all-booklet.pdf"
    assert place_of(published(), SHARED).path.parent == place.path.parent


def test_nothing_is_kept_of_a_programme_that_is_forgotten_while_it_is_made(
    place: Place, tmp_path: Path
) -> None:
    """A name was removed, and what still holds it comes too late."""
    place.prepare()
    keep_only(tmp_path, {"another"})
    place.keep(b"a name that had to go")
    place.note_failure("a name that had to go")
    assert list((tmp_path / "documents").iterdir()) == []


def test_what_is_current_stays_and_what_another_version_made_goes_on_request(
    place: Place, tmp_path: Path
) -> None:
    place.prepare()
    place.keep(b"%PDF")
    keep_only(tmp_path, {published().digest})
    assert place.exists()
    keep_only(tmp_path, {published().digest}, build="another version")
    assert not place.exists()


def test_there_may_be_nothing_to_remove(tmp_path: Path) -> None:
    keep_only(tmp_path, set())
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_made_rests_for_an_hour(place: Place, tmp_path: Path) -> None:
    place.prepare()
    assert not place.failed_lately()
    place.note_failure("no memory")
    assert place.failed_lately()
    assert failures(tmp_path) == ["ckb"]
    failure = place.path.with_suffix(".failed")
    os.utime(failure, (0, failure.stat().st_mtime - 3700))
    assert not place.failed_lately()
    place.keep(b"%PDF")
    assert failures(tmp_path) == []


def test_one_makes_documents_at_a_time_on_this_machine(tmp_path: Path) -> None:
    with typesetter(tmp_path) as first, typesetter(tmp_path) as second:
        assert (first, second) == (True, False)
    with typesetter(tmp_path) as third:
        assert third
