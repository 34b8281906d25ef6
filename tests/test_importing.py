"""The command ``planner import``, as people call it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
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
    with _minding_interrupts():
        process = _process(environ, *arguments)
    with pipe.open("wb") as writer:  # waits until the command has opened it
        writer.write(xml(event(1))[:200])
        writer.flush()
        told = _interrupted(process)
    assert (process.returncode, told) == (130, "Interrupted; nothing was changed.\n")
    assert rows() == before


@contextlib.contextmanager
def _minding_interrupts() -> Iterator[None]:
    """Let processes that are started meanwhile mind SIGINT, though these tests may run behind a
    shell that lets what it starts ignore it.
    """
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)


def _interrupted(process: "subprocess.Popen[str]") -> str:
    """Press Ctrl+C, and again if the first came just before the program began to wait."""
    for _ in range(10):
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=6)[1]
    process.kill()
    process.communicate()
    return ""


_TABLE = "title_ar;room;date;start\nحق الوصول إلى الماء;قاعة دجلة;18.1.2017;10:00-11:30\n"
_OPTIONS = ("--event", "river-days", "--names", "withheld")


def _table(tmp_path: Path, text: str = _TABLE) -> Path:
    path = tmp_path / "plan.csv"
    path.write_bytes(text.encode("cp1256"))
    return path


def test_a_table_makes_an_event_and_is_told_in_full(app: Flask, tmp_path: Path) -> None:
    result = _import(app, _table(tmp_path), *_OPTIONS, "--create", "--dry-run")
    assert result.exit_code == 0, result.output
    assert rows()["event"] == []
    result = _import(app, _table(tmp_path), *_OPTIONS, "--create")
    assert result.stdout.splitlines() == [
        "plan.csv into river-days: 1 sessions in the file, 1 taken, 0 refused.",
        "taken: 1 new",
        "  row 2: new: حق الوصول إلى الماء",
        "guessed: 3",
        "  the file: The file says no encoding; it was read as Windows-1256. "
        "Look whether letters are right.",
        "  the file: The time zone is not said; UTC was taken (--time-zone says another).",
        "  the file: New sessions without a state were taken as confirmed where they have a room "
        "and an hour, else as proposed.",
    ]
    (session,) = event_of().sessions
    assert (f"{session.starts_at:%H:%M}", session.minutes) == ("10:00", 90)


def test_a_table_with_one_wrong_cell_changes_nothing_and_exits_1(
    app: Flask, tmp_path: Path
) -> None:
    _import(app, _table(tmp_path), *_OPTIONS, "--create")
    before = rows()
    report = tmp_path / "report.json"
    bad = _table(tmp_path, _TABLE.replace("18.1.2017", "never") + "أرض;;;\n")
    result = _import(app, bad, *_OPTIONS, "--report", report)
    assert result.exit_code == 1
    assert result.stderr == "Nothing was changed: a spreadsheet is taken whole, or not at all.\n"
    assert rows() == before
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["sessions"] == {"in_file": 2, "taken": 1, "refused": 1}
    (refused,) = [line for line in told["lines"] if line["kind"] == "refused"]
    assert refused == {
        "kind": "refused",
        "where": "row 2, column date",
        "what": "“never” is not a date such as 2017-01-18.",
        "sheet": "",
        "row": 2,
        "column": "date",
    }


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("plan.csv", b"room\nx\n", "plan.csv: There is no column of titles"),
        ("plan.xlsx", b"PK\x03\x04", "plan.xlsx: The file is damaged"),
        ("plan.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "plan.xls: The file is an old Excel"),
        ("plan.csv", b"title_en\nx\n", "There is no event “river-days”; --create makes it"),
    ],
)
def test_a_table_that_cannot_be_taken_is_one_line(
    app: Flask, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    create = () if "no event" in told else ("--create",)
    result = _import(app, path, *_OPTIONS, *create)
    assert result.exit_code == 2
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_hours_of_a_table_are_those_of_the_event(app: Flask, tmp_path: Path) -> None:
    options = (*_OPTIONS, "--create", "--time-zone", "Asia/Baghdad")
    assert _import(app, _table(tmp_path), *options).exit_code == 0
    zone = ("--time-zone", "Europe/Berlin")
    result = _import(app, _table(tmp_path), *_OPTIONS, *zone)
    assert result.exit_code == 2
    assert "Asia/Baghdad" in result.stderr
