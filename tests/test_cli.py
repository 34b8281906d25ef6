"""The commands as one types them: their exit codes, one line for each fault, no traceback."""

import io
import os
import stat
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from planner import __version__
from planner.cli import main
from planner.extensions import db
from planner.formats.pdf_editions import Edition

_PLANNER = Path(sys.executable).parent / "planner"
_SLUG = "icssi-2017"
#: No command leaves a process behind that makes documents.
_VARIABLES = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "DOCUMENTS": "on-request"}


def process(environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own; whatever it meets, it must not show a traceback."""
    done = subprocess.run(
        [str(_PLANNER), *arguments],
        env={**_VARIABLES, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def planner(environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command in this process, which has loaded everything already; a traceback is raised."""
    told, faults = io.StringIO(), io.StringIO()
    code = 0
    variables = {**_VARIABLES, **environ}
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(told), redirect_stderr(faults):
        patch.setattr(sys, "argv", ["planner", *arguments])
        patch.setattr(os, "environ", variables)
        try:
            main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        finally:
            for engines in db._app_engines.values():
                engines[None].dispose()
    return subprocess.CompletedProcess(arguments, code, told.getvalue(), faults.getvalue())


def refused(environ: dict[str, str], *arguments: str) -> str:
    """Run a command that must refuse with exit code 2, and return its one line."""
    done = planner(environ, *arguments)
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    return line


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Make an installation with the sample event, as a newcomer does."""
    instance = tmp_path_factory.mktemp("sample") / "instance"
    environ = {"PLANNER_INSTANCE": str(instance)}
    done = process(environ, "demo", "--no-serve", "--port", "5017")
    assert done.returncode == 0, done.stderr
    assert f"http://127.0.0.1:5017/ckb/{_SLUG}/programme" in done.stdout
    return environ


@pytest.fixture
def empty(tmp_path: Path) -> dict[str, str]:
    """Return the environment of an installation that was never started."""
    return {"PLANNER_INSTANCE": str(tmp_path / "instance")}


def test_the_demo_makes_a_private_installation(sample: dict[str, str]) -> None:
    instance = Path(sample["PLANNER_INSTANCE"])
    assert stat.S_IMODE(instance.stat().st_mode) == 0o700
    assert stat.S_IMODE((instance / "secret_key").stat().st_mode) == 0o600
    assert (instance / "planner.sqlite").is_file()


def test_the_demo_can_be_made_again_and_there_is_nothing_new_to_publish(
    sample: dict[str, str],
) -> None:
    assert planner(sample, "demo", "--no-serve").returncode == 0
    done = planner(sample, "release", _SLUG, "--stage", "final")
    assert done.returncode == 0
    assert done.stdout.startswith("Nothing to publish")


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("ical", b"BEGIN:VCALENDAR"),
        ("xml", b"<?xml"),
        ("json", b"{"),
        ("csv", "\ufeff".encode()),
    ],
)
def test_what_everybody_may_fetch_is_written_to_a_file(
    sample: dict[str, str], tmp_path: Path, form: str, begins: bytes
) -> None:
    output = tmp_path / f"programme.{form}"
    done = planner(sample, "export", _SLUG, "--format", form, "--language", "ar", "-o", str(output))
    assert done.returncode == 0, done.stderr
    assert output.read_bytes().startswith(begins)
    assert str(output) in done.stdout


def test_the_version_is_told_without_an_installation(empty: dict[str, str]) -> None:
    assert process(empty, "--version").stdout == f"planner {__version__}\n"
    assert not Path(empty["PLANNER_INSTANCE"]).exists()


def test_all_commands_are_told(sample: dict[str, str]) -> None:
    told = planner(sample, "--help").stdout
    for command in ("db", "demo", "doctor", "export", "import", "release", "serve"):
        assert f"\n  {command} " in told


def test_an_event_that_is_not_there_is_one_line(sample: dict[str, str], tmp_path: Path) -> None:
    assert "no-days" in refused(sample, "release", "no-days", "--stage", "draft")
    output = str(tmp_path / "x.ics")
    assert "no-days" in refused(sample, "export", "no-days", "--format", "ical", "-o", output)
    assert not Path(output).exists()


def test_a_document_that_is_kept_is_exported_in_all_languages_and_as_a_booklet(
    sample: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def document(_: object, edition: Edition, *rest: object, behind: bool) -> bytes:
        made.append(edition.name)
        return b"%PDF"

    monkeypatch.setattr("planner.formats.pdf.document", document)
    monkeypatch.setattr("planner.public.documents.is_possible", lambda: True)
    output = tmp_path / "all.pdf"
    export = ("export", _SLUG, "--format", "pdf", "--language", "all", "--booklet", "-o", output)
    for _ in range(2):
        assert planner(sample, *map(str, export)).returncode == 0
    assert output.read_bytes() == b"%PDF"
    assert made == ["all-booklet"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("release", _SLUG),
        ("release", _SLUG, "--stage", "nearly"),
        ("release",),
        ("export", _SLUG, "--format", "docx", "-o", "x"),
        ("export", _SLUG, "--format", "ical"),
        ("export", _SLUG, "--format", "ical", "--language", "all", "-o", "x"),
        ("export", _SLUG, "--format", "xlsx", "--booklet", "-o", "x"),
        ("demo", "--port", "0"),
        ("serve", "--workers", "0"),
        ("dance",),
    ],
)
def test_a_wrong_call_exits_with_two(sample: dict[str, str], arguments: tuple[str, ...]) -> None:
    done = planner(sample, *arguments)
    assert done.returncode == 2
    assert "Usage: planner" in done.stderr


def test_a_file_that_cannot_be_written_is_one_line(sample: dict[str, str], tmp_path: Path) -> None:
    output = str(tmp_path / "no" / "such" / "folder.ics")
    assert "Cannot write" in refused(sample, "export", _SLUG, "--format", "ical", "-o", output)


def test_a_database_that_is_not_up_to_date_is_told_what_to_do(empty: dict[str, str]) -> None:
    assert planner(empty, "doctor").returncode == 1
    made = planner(empty, "release", "no-days", "--stage", "draft")
    assert made.returncode == 2  # the first command of an installation makes its database
    database = Path(empty["PLANNER_INSTANCE"]) / "planner.sqlite"
    program = (
        "import sys; from pysqlite3 import dbapi2; dbapi2.connect(sys.argv[1]).execute(sys.argv[2])"
    )
    subprocess.run([sys.executable, "-c", program, str(database), "drop table event"], check=True)
    assert "planner db upgrade" in refused(empty, "release", "no-days", "--stage", "draft")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nobody@127.0.0.1:1/nothing",
        "sqlite:////no/such/folder/planner.sqlite",
        "sqlite:///{garbage}",
    ],
)
@pytest.mark.parametrize(
    "arguments",
    [("release", _SLUG, "--stage", "final"), ("demo", "--no-serve"), ("db", "upgrade")],
    ids=["release", "demo", "upgrade"],
)
def test_a_database_that_does_not_answer_is_one_line(
    empty: dict[str, str], tmp_path: Path, url: str, arguments: tuple[str, ...]
) -> None:
    garbage = tmp_path / "garbage.sqlite"
    garbage.write_text("this is not a database, whatever its name says. " * 20)
    environ = {**empty, "DATABASE_URL": url.format(garbage=garbage)}
    assert refused(environ, *arguments).startswith("The database does not answer: ")
    assert planner(environ, "doctor").returncode == 1
    if arguments[0] == "release":  # what a process says is what it is typed for
        assert process(environ, *arguments).stderr.startswith("The database does not answer: ")


def test_settings_that_cannot_be_used_are_a_line_each(empty: dict[str, str]) -> None:
    done = process({**empty, "BASE_URL": "nowhere", "SECRET_KEY": "guess"}, "doctor")
    assert done.returncode == 2
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["BASE_URL", "SECRET_KEY"]


def test_the_doctor_says_what_is_wrong_and_when_nothing_is(sample: dict[str, str]) -> None:
    ill = planner(sample, "doctor")
    assert ill.returncode == 1
    assert "✗ BASE_URL is not set" in ill.stdout
    well = planner({**sample, "BASE_URL": "https://programme.example"}, "doctor")
    assert well.returncode == 0
    assert "✓ Nothing is wrong." in well.stdout


def test_the_demo_leaves_other_events_alone(empty: dict[str, str], tmp_path: Path) -> None:
    program = (
        "from planner import create_app\nfrom planner.cli import _make_database\n"
        "from tests.plans import make_plan\napp = create_app()\n_make_database(app)\n"
        "with app.app_context(): make_plan()"
    )
    checkout = str(Path(__file__).resolve().parent.parent)
    subprocess.run(
        [sys.executable, "-c", program],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": checkout, **empty},
        check=True,
    )
    assert "river-days" in refused(empty, "demo", "--no-serve")


def test_two_first_commands_at_once_both_find_a_database(empty: dict[str, str]) -> None:
    command = [str(_PLANNER), "release", "no-days", "--stage", "draft"]
    environ = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **empty}
    started = [
        subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    told = {process.communicate(timeout=60)[1] for process in started}
    assert told == {"Error: There is no event “no-days”.\n"}
