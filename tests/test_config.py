"""Settings: what is refused, what is made at the first start, and what is taken as it is."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from planner.config import DEFAULT_BASE_URL, ConfigurationError, Settings, read_settings

_GOOD_SECRET = "0f2b9c4d7e6a81350f2b9c4d7e6a8135"


def read(folder: Path, **environ: str) -> Settings:
    """Read settings whose instance is a folder that is not there yet."""
    return read_settings(environ, instance=folder / "instance")


def faults_of(folder: Path, **environ: str) -> list[str]:
    """Return the faults of an environment."""
    with pytest.raises(ConfigurationError) as raised:
        read(folder, **environ)
    return raised.value.faults


def test_an_empty_environment_is_enough(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings.instance == tmp_path / "instance"
    assert settings.database_url == f"sqlite:///{tmp_path}/instance/planner.sqlite"
    assert settings.base_url == DEFAULT_BASE_URL
    assert settings.smtp_url is None
    assert settings.trusted_proxies == 0
    assert settings.host == "127.0.0.1"


def test_variables_that_are_empty_are_as_if_they_were_not_there(tmp_path: Path) -> None:
    settings = read(
        tmp_path, DATABASE_URL="", BASE_URL="", SMTP_URL="", PLANNER_INSTANCE="", TRUSTED_PROXIES=""
    )
    assert settings.database_url.startswith("sqlite:///")
    assert settings.base_url == DEFAULT_BASE_URL


def test_every_setting_is_taken_as_it_is_given(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        PLANNER_INSTANCE=str(tmp_path / "barnama"),
        BASE_URL="https://programme.example.org:8443/",
        SECRET_KEY=_GOOD_SECRET,
        SMTP_URL="smtps://user@mail.example.org:465",
        TRUSTED_PROXIES="2",
    )
    assert settings.instance == tmp_path / "barnama"
    assert settings.base_url == "https://programme.example.org:8443"
    assert settings.host == "programme.example.org"
    assert settings.secret_key == _GOOD_SECRET
    assert settings.smtp_url == "smtps://user@mail.example.org:465"
    assert settings.trusted_proxies == 2


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_postgresql_is_reached_by_the_driver_that_is_installed(tmp_path: Path, scheme: str) -> None:
    settings = read(tmp_path, DATABASE_URL=f"{scheme}://mem:z%40in@db.example/barnama")
    assert settings.database_url == "postgresql+psycopg://mem:z%40in@db.example/barnama"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://db.example/barnama"),
        ("DATABASE_URL", "postgresql://db.example:port/barnama"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite+aiosqlite:///plan.sqlite"),
        ("BASE_URL", "programme.example.org"),
        ("BASE_URL", "ftp://programme.example.org"),
        ("BASE_URL", "https://"),
        ("BASE_URL", "https://[::1"),
        ("BASE_URL", "https://programme.example.org:99999"),
        ("BASE_URL", "https://programme.example.org:0"),
        ("BASE_URL", "https://programme example.org"),
        ("BASE_URL", "https://programme.example.org\n"),
        ("BASE_URL", "https://مؤتمر.example"),
        ("BASE_URL", "https://programme.example.org/barnama"),
        ("BASE_URL", "https://programme.example.org?"),
        ("BASE_URL", "https://siduri:ale@programme.example.org"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "secret"),
        ("SECRET_KEY", _GOOD_SECRET[:31]),
        ("SECRET_KEY", "change-me" * 8),
        ("SECRET_KEY", "x" * 64),
        ("SMTP_URL", "https://mail.example.org"),
        ("SMTP_URL", "smtp://"),
        ("SMTP_URL", "smtp://[mail"),
        ("PLANNER_INSTANCE", "/dev/null/instance"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "10"),
        ("TRUSTED_PROXIES", "127.0.0.1"),
        ("TRUSTED_PROXIES", "١"),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_line_that_names_it(
    tmp_path: Path, name: str, value: str
) -> None:
    (fault,) = faults_of(tmp_path, **{name: value})
    assert fault.startswith(f"{name}: ")
    assert "\n" not in fault


def test_all_faults_are_told_at_once_and_nothing_is_made(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, DATABASE_URL="oracle://x", BASE_URL="x", SECRET_KEY="x")
    assert [fault.split(":")[0] for fault in faults] == ["DATABASE_URL", "BASE_URL", "SECRET_KEY"]
    assert list(tmp_path.iterdir()) == []


def test_a_fault_tells_no_password(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, DATABASE_URL="mysql://mem:very-secret@db.example/barnama")
    assert "very-secret" not in fault


def test_postgresql_without_its_driver_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.config.find_spec", lambda _name: None)
    (fault,) = faults_of(tmp_path, DATABASE_URL="postgresql://db.example/barnama")
    assert "extra" in fault


def test_the_first_start_makes_a_private_folder_and_a_private_secret(tmp_path: Path) -> None:
    settings = read(tmp_path)
    secret = settings.instance / "secret_key"
    assert stat.S_IMODE(settings.instance.stat().st_mode) == 0o700
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert secret.read_text() == settings.secret_key
    assert len(settings.secret_key) >= 32
    assert [path.name for path in settings.instance.iterdir()] == ["secret_key"]


def test_a_folder_that_others_can_read_is_closed(tmp_path: Path) -> None:
    (tmp_path / "instance").mkdir(mode=0o755)
    settings = read(tmp_path)
    assert stat.S_IMODE(settings.instance.stat().st_mode) == 0o700


def test_the_second_start_finds_the_secret_of_the_first(tmp_path: Path) -> None:
    assert read(tmp_path).secret_key == read(tmp_path).secret_key


def test_two_installations_have_two_secrets(tmp_path: Path) -> None:
    assert read(tmp_path / "one").secret_key != read(tmp_path / "other").secret_key


def test_a_given_secret_is_not_written_down(tmp_path: Path) -> None:
    settings = read(tmp_path, SECRET_KEY=_GOOD_SECRET)
    assert list(settings.instance.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"short\n", b"\xff\xfe" * 40])
def test_a_kept_secret_that_was_damaged_is_a_fault(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "secret_key").write_bytes(content)
    (fault,) = faults_of(tmp_path)
    assert fault.startswith("SECRET_KEY: ")


def test_a_secret_that_another_process_made_meanwhile_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made_meanwhile(_octets: int) -> str:
        (tmp_path / "instance" / "secret_key").write_text(_GOOD_SECRET)
        return "x" * 64

    monkeypatch.setattr("secrets.token_urlsafe", made_meanwhile)
    settings = read(tmp_path)
    assert settings.secret_key == _GOOD_SECRET
    assert [path.name for path in settings.instance.iterdir()] == ["secret_key"]


def test_processes_that_start_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from planner.config import read_settings\n"
        "print('ready', flush=True); sys.stdin.read(1)\n"
        f"print(read_settings({{}}, instance=Path({str(tmp_path / 'instance')!r})).secret_key)"
    )
    command = [sys.executable, "-c", program]
    pipe = subprocess.PIPE
    started = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(4)]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("x")
        process.stdin.flush()
    secrets = {process.communicate()[0].strip() for process in started}
    assert len(secrets) == 1
    assert len(secrets.pop()) >= 32
