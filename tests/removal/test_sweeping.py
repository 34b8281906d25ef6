"""What is swept up after a removal, and what is remembered until it is."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from planner.database import BusyError, scrub, write_tx
from planner.doctor import faults
from planner.extensions import db
from planner.formats.pdf_editions import Edition
from planner.programme.published import Published
from planner.public.printed import place_of
from planner.releases.queries import ReleaseSource
from planner.removal import sweeping
from planner.removal.operations import remove_name
from planner.removal.sweeping import Unfinished, begin, left, sweep
from planner.removal.targets import Way
from tests.plans import SIDURI, SLUG
from tests.removal.scene import ARABIC, EMAIL, PHOTO, Scene, found_in_files


def test_what_is_left_to_do_is_remembered_until_it_is_done(scene: Scene) -> None:
    remove_name(SLUG, SIDURI, Way.ERASE, instance=scene.instance)
    found = left(scene.instance)
    assert found is not None
    assert found.photos == {PHOTO}
    assert any("planner sweep" in fault for fault in faults(scene.app))
    assert (scene.instance / "uploads" / PHOTO).exists()
    assert sweep(scene.instance)
    assert left(scene.instance) is None
    assert not any("planner sweep" in fault for fault in faults(scene.app))
    assert not (scene.instance / "uploads" / PHOTO).exists()
    assert sweep(scene.instance)  # once more does no harm


def test_documents_of_what_was_public_before_go_at_once(scene: Scene) -> None:
    """Even while the database is busy: they are files, and hold the name."""
    published = public_now()
    old = place_of(published, Edition(("ar",)))
    old.prepare()
    old.keep(ARABIC.encode())
    remove_name(SLUG, SIDURI, Way.WITHHOLD, instance=scene.instance)
    sweep(scene.instance)
    assert not old.path.parent.exists()
    old.keep(ARABIC.encode())  # by who was at it meanwhile
    assert found_in_files(scene.instance / "documents", [ARABIC]) == {}
    current = place_of(public_now(), Edition(("ar",)))
    current.prepare()
    current.keep(b"%PDF")
    begin(scene.instance, Unfinished(set(), set()))
    sweep(scene.instance)
    assert current.exists()


def public_now() -> Published:
    """Return what is public now."""
    found = ReleaseSource(seconds=0).current(SLUG)
    assert found is not None
    return found


def test_removals_add_to_what_is_left_to_do(tmp_path: Path) -> None:
    begin(tmp_path, Unfinished({1}, {"a.jpg"}))
    begin(tmp_path, Unfinished({2}, {"b.jpg"}))
    assert left(tmp_path) == Unfinished({1, 2}, {"a.jpg", "b.jpg"})


def test_what_was_begun_but_not_committed_costs_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note is written before; photos that are shown still stay."""
    begin(scene.instance, Unfinished({99}, {PHOTO, "../secret_key"}))
    assert sweep(scene.instance)
    assert (scene.instance / "uploads" / PHOTO).exists()
    assert (scene.instance / "secret_key").exists()


def test_a_removal_whose_note_cannot_be_written_does_not_happen(
    scene: Scene, tmp_path: Path
) -> None:
    with pytest.raises(OSError, match="no such folder"):
        remove_name(SLUG, SIDURI, Way.ERASE, instance=tmp_path / "no such folder")
    db.session.remove()
    assert found_in_files(scene.instance, [ARABIC])


def test_a_reader_keeps_the_log_from_being_written_back(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("only SQLite keeps a log that readers hold")
    monkeypatch.setattr("planner.database._SCRUBBING_WAITS", 0)
    with db.engine.connect() as reader:
        reader.execute(text("SELECT count(*) FROM speaker_text")).scalar_one()
        remove_name(SLUG, SIDURI, Way.ERASE, instance=scene.instance)
        assert not sweep(scene.instance)
        assert left(scene.instance) is not None
    assert sweep(scene.instance)
    db.session.remove()
    assert found_in_files(scene.instance, [ARABIC, EMAIL]) == {}


def test_scrubbing_waits_for_no_transaction_of_its_own_thread(app: Flask) -> None:
    db.session.execute(text("SELECT count(*) FROM event")).scalar_one()
    scrub()
    with write_tx() as database:
        database.execute(text("DELETE FROM event"))
    scrub()


def test_on_postgresql_a_lock_keeps_a_table_from_being_written_anew(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("only PostgreSQL locks tables")
    monkeypatch.setattr("planner.database._SCRUBBING_WAITS", 1)
    with db.engine.connect() as reader:
        reader.execute(text("SELECT count(*) FROM speaker_text")).scalar_one()
        with pytest.raises(BusyError):
            scrub()
        assert sweeping.left(scene.instance) is None
    scrub()
