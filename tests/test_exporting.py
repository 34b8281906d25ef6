"""The command ``planner export`` where it writes the plan itself."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from planner.programme.vocabulary import Stage
from planner.releases.operations import publish
from planner.speakers.models import Visibility
from planner.workbook.reading import read_file
from tests.imports.plans import event_of
from tests.plans import ENKIDU, SLUG, ZIN, make_plan

pytestmark = pytest.mark.usefixtures("app")


def _export(app: Flask, path: Path, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["export", SLUG, *arguments, "-o", str(path)])


def test_the_workbook_and_the_table_of_sessions_are_of_the_plan(app: Flask, tmp_path: Path) -> None:
    make_plan()
    book, table = tmp_path / "plan.xlsx", tmp_path / "plan.csv"
    assert _export(app, book, "--format", "xlsx").exit_code == 0
    assert _export(app, table, "--format", "csv").exit_code == 0
    grids = read_file(book.read_bytes()).grids
    (sessions,) = read_file(table.read_bytes()).grids
    assert len(grids[0].rows) == len(sessions.rows) == 5  # what is only proposed included


def test_names_that_are_withheld_are_asked_for(app: Flask, tmp_path: Path) -> None:
    make_plan()
    path = tmp_path / "plan.csv"
    _export(app, path, "--format", "csv")
    told = path.read_text(encoding="utf-8-sig")
    assert f"سيدوري (speaker); {ENKIDU} (speaker); {ZIN} (interpreter)" in told
    _export(app, path, "--format", "csv", "--names")
    assert "أنكيدو (speaker); زین (interpreter)" in path.read_text(encoding="utf-8-sig")


def test_what_is_exported_is_imported_and_changes_nothing(app: Flask, tmp_path: Path) -> None:
    make_plan()
    for form in ("xlsx", "csv"):
        path = tmp_path / f"plan.{form}"
        _export(app, path, "--format", form, "--language", "ckb")
        arguments = ["import", str(path), "--event", SLUG, "--names", "withheld"]
        result = app.test_cli_runner().invoke(args=arguments)
        assert result.exit_code == 0, result.output
        assert "as it was\n" in result.stdout
        assert "changed" not in result.stdout


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_is_exported_without_names_makes_an_event_in_which_they_are_withheld(
    app: Flask, tmp_path: Path, form: str
) -> None:
    make_plan()
    path = tmp_path / f"plan.{form}"
    _export(app, path, "--format", form)
    arguments = ["import", str(path), "--event", "copy", "--create", "--names", "public"]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 0, result.output
    speakers = event_of("copy").speakers
    assert len(speakers) == 3
    assert [set(speaker.texts) for speaker in speakers].count(set()) == 2
    assert all(speaker.texts or speaker.visibility is not Visibility.PUBLIC for speaker in speakers)
    publish("copy", Stage.DRAFT)
    # Who has no name yet is no reason to refuse what the copy says of them.
    again = tmp_path / f"again.{form}"
    app.test_cli_runner().invoke(args=["export", "copy", "--format", form, "-o", str(again)])
    arguments = ["import", str(again), "--event", "copy", "--names", "public"]
    result = app.test_cli_runner().invoke(args=arguments)
    assert "as it was\n" in result.stdout
    assert "changed" not in result.stdout


def test_names_go_with_the_plan_only(app: Flask, tmp_path: Path) -> None:
    make_plan()
    result = _export(app, tmp_path / "x", "--format", "json", "--names")
    assert result.exit_code == 2
    assert "--names goes with" in result.stderr


def test_an_event_that_is_not_there_is_one_line(app: Flask, tmp_path: Path) -> None:
    result = _export(app, tmp_path / "x", "--format", "xlsx")
    assert (result.exit_code, result.stderr) == (2, f"Error: There is no event “{SLUG}”.\n")
