"""The command ``planner export`` where it writes the plan itself."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from planner.workbook.reading import read_file
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


def test_names_go_with_the_plan_only(app: Flask, tmp_path: Path) -> None:
    make_plan()
    result = _export(app, tmp_path / "x", "--format", "json", "--names")
    assert result.exit_code == 2
    assert "--names goes with" in result.stderr


def test_an_event_that_is_not_there_is_one_line(app: Flask, tmp_path: Path) -> None:
    result = _export(app, tmp_path / "x", "--format", "xlsx")
    assert (result.exit_code, result.stderr) == (2, f"Error: There is no event “{SLUG}”.\n")
