"""The command ``planner import``, as people call it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.imports.plans import event_of, rows
from tests.imports.schedules import event, xml


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a schedule with something of every kind to tell."""
    content = xml(event(1), event(2, duration=None), event(3, subtitle="", abstract="<p>ماء</p>"))
    path = tmp_path / "schedule.xml"
    path.write_bytes(content.replace(b"</day>", b"<event id='9'/></day>"))
    return path


def _import(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["import", *map(str, arguments)])


def test_it_tells_what_became_of_the_file(app: Flask, file: Path) -> None:
    result = _import(app, file, "--event", "river-days", "--create", "--names", "public")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "schedule.xml into river-days: 4 sessions in the file, 3 taken, 1 refused.",
        "taken: 3 new",
        "changed: 1",
        "  event 3 “حق الوصول إلى الماء”: in its abstract, "
        "HTML was turned into plain paragraphs, lists and links",
        "guessed: 1",
        "  event 2 “حق الوصول إلى الماء”: its length is not said; 60 minutes were taken",
        "refused: 1",
        "  event 9: it is empty",
    ]
    assert len(event_of().sessions) == 3


def test_the_report_is_written_as_json(app: Flask, file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    arguments = ("--event", "river-days", "--create", "--names", "public", "--report", report)
    assert _import(app, file, *arguments).exit_code == 0
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["sessions"] == {"in_file": 4, "taken": 3, "refused": 1}
    kinds = [line["kind"] for line in told["lines"]]
    assert kinds == ["taken", "taken", "guessed", "taken", "changed", "refused"]
    assert set(told["lines"][0]) == {"kind", "where", "what"}


def test_a_dry_run_changes_nothing_and_says_so(app: Flask, file: Path) -> None:
    before = rows()
    arguments = ("--event", "river-days", "--create", "--names", "public", "--dry-run")
    result = _import(app, file, *arguments)
    assert result.exit_code == 0
    assert result.stdout.endswith("This was a dry run: nothing was changed.\n")
    assert rows() == before


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--event", "x", "--create"], "Missing option '--names'"),
        (["--event", "x", "--create", "--names", "all"], "'all' is not one of"),
        (["--create", "--names", "public"], "Missing option '--event'"),
        (["--event", "x", "--names", "public"], "There is no event “x”"),
        (["--event", "desk", "--create", "--names", "public"], "cannot be an event's slug"),
        (
            ["--event", "x", "--create", "--names", "public", "--time-zone", "Baghdad"],
            "“Baghdad” is not a time zone",
        ),
        (
            ["--event", "x", "--create", "--names", "public", "--report", "/no/where.json"],
            "Cannot write the report to /no/where.json",
        ),
    ],
)
def test_a_call_that_is_wrong_exits_2_and_changes_nothing(
    app: Flask, file: Path, arguments: list[str], reason: str
) -> None:
    before = rows()
    result = _import(app, file, *arguments)
    assert result.exit_code == 2
    assert reason in result.stderr
    assert rows() == before


def test_a_file_that_is_not_there_or_no_file_exits_2(app: Flask, tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "no.xml", "does not exist"), (tmp_path, "is a directory")):
        result = _import(app, path, "--event", "x", "--names", "public")
        assert result.exit_code == 2
        assert reason in result.stderr


def test_a_broken_file_is_one_clear_line(app: Flask, file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-30])
    result = _import(app, file, "--event", "x", "--create", "--names", "public")
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: schedule.xml is cut off: the XML ends in line")


def test_many_lines_are_cut_and_the_report_is_pointed_to(app: Flask, file: Path) -> None:
    file.write_bytes(xml(*(event(number, duration=None) for number in range(1, 31))))
    result = _import(app, file, "--event", "x", "--create", "--names", "public")
    assert "guessed: 30" in result.stdout
    assert "  … and 20 more (--report FILE writes all of them)" in result.stdout


def _process(environ: dict[str, str], *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", "from planner.cli import main; main()", *arguments],
        env={**environ, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_real_command_exits_2_without_a_traceback(
    app: Flask, environ: dict[str, str], tmp_path: Path
) -> None:
    bomb = tmp_path / "bomb.xml"
    bomb.write_bytes(b"<schedule>" * (2 * 1024 * 1024))
    arguments = ("import", str(bomb), "--event", "x", "--create", "--names", "public")
    process = _process(environ, *arguments)
    output, told = process.communicate(timeout=60)
    assert (process.returncode, output) == (2, "")
    assert told.strip() == "Error: bomb.xml is larger than 10 MB."


def test_ctrl_c_changes_nothing(app: Flask, environ: dict[str, str], tmp_path: Path) -> None:
    """The file is a pipe that ends never, so that the command waits as for a slow disk."""
    pipe = tmp_path / "slow.xml"
    os.mkfifo(pipe)
    before = rows()
    arguments = ("import", str(pipe), "--event", "x", "--create", "--names", "public")
    process = _process(environ, *arguments)
    with pipe.open("wb") as writer:  # waits until the command has opened it
        writer.write(xml(event(1))[:200])
        writer.flush()
        told = _interrupted(process)
    assert (process.returncode, told) == (130, "Interrupted; nothing was changed.\n")
    assert rows() == before


def _interrupted(process: "subprocess.Popen[str]") -> str:
    """Press Ctrl+C, and again if the first came just before the program began to wait."""
    for _ in range(10):
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=6)[1]
    process.kill()
    return ""
