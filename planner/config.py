"""Settings from the environment, validated: a fault is one clear line, never a late surprise."""

import contextlib
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

DEFAULT_BASE_URL = "http://127.0.0.1:5000"
_SHORTEST_SECRET = 32
#: More proxies one behind the other are a slip of the pen.
_MOST_PROXIES = 9
#: A random secret of that length has more different characters, also when it is hexadecimal;
#: "secretsecretsecret…" and "change-me-change-me…" have fewer.
_FEWEST_CHARACTERS = 10
#: A host in the form in which it stands in addresses: a name (punycode if need be) or a number.
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|[0-9a-f:]+", re.I)


class ConfigurationError(Exception):
    """The environment holds settings that cannot be used; each fault is one line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Settings:
    """What the environment says."""

    instance: Path
    database_url: str
    base_url: str
    secret_key: str
    smtp_url: str | None
    #: How many proxies stand before us, whose word on where a request comes from is taken.
    trusted_proxies: int = 0
    #: Whether printed programmes are made when a release is published, or only when asked for.
    documents_ahead: bool = True

    @property
    def host(self) -> str:
        """The host of the public address."""
        return urlsplit(self.base_url).hostname or "localhost"


def read_settings(environ: Mapping[str, str] | None = None, *, instance: Path) -> Settings:
    """Read and validate the settings; make the instance folder and its secret at the first start.

    ``instance`` is the folder used where PLANNER_INSTANCE names none.

    :raises ConfigurationError: with a line for every fault.
    """
    environ = os.environ if environ is None else environ
    instance = Path(environ.get("PLANNER_INSTANCE") or instance).absolute()
    faults: list[str] = []
    database_url = environ.get("DATABASE_URL") or f"sqlite:///{instance / 'planner.sqlite'}"
    database_url = _checked_database_url(database_url, faults)
    base_url = (environ.get("BASE_URL") or DEFAULT_BASE_URL).rstrip("/")
    _check_base_url(base_url, faults)
    smtp_url = environ.get("SMTP_URL") or None
    if smtp_url and not _address(smtp_url, {"smtp", "smtps"}):
        faults.append("SMTP_URL: must be an address such as smtps://user@mail.example.org")
    trusted_proxies = _number_of_proxies(environ.get("TRUSTED_PROXIES") or "0", faults)
    documents = environ.get("DOCUMENTS") or "ahead"
    if documents not in {"ahead", "on-request"}:
        faults.append("DOCUMENTS: must be ahead or on-request")
    secret_key = environ.get("SECRET_KEY")
    if secret_key is not None:
        _check_secret(secret_key, faults)
    if not faults:
        _make_folder(instance, faults)
    if not faults and secret_key is None:
        secret_key = _kept_secret(instance / "secret_key", faults)
    if faults:
        raise ConfigurationError(faults)
    return Settings(
        instance,
        database_url,
        base_url,
        secret_key or "",
        smtp_url,
        trusted_proxies,
        documents == "ahead",
    )


def _checked_database_url(written: str, faults: list[str]) -> str:
    try:
        url = make_url(written)
    except (ArgumentError, ValueError):
        faults.append("DATABASE_URL: not an address such as postgresql://user@host/name")
        return written
    backend = url.get_backend_name()
    if backend in {"postgresql", "postgres"}:
        url = url.set(drivername="postgresql+psycopg")
        if find_spec("psycopg") is None:
            faults.append("DATABASE_URL: for PostgreSQL install planner with its extra “postgres”")
    elif backend != "sqlite":
        faults.append(f"DATABASE_URL: {backend} is not supported; use sqlite or postgresql")
    elif url.drivername != "sqlite" or url.database in {None, "", ":memory:"}:
        faults.append("DATABASE_URL: SQLite needs a file, as in sqlite:////srv/barnama/plan.sqlite")
    return url.render_as_string(hide_password=False)


def _check_base_url(base_url: str, faults: list[str]) -> None:
    parts = _address(base_url, {"http", "https"})
    if parts is None:
        faults.append("BASE_URL: must be an address such as https://programme.example.org")
    elif parts.path or "?" in base_url or "#" in base_url or "@" in base_url:
        faults.append("BASE_URL: must be the host (and port) only, without path, query or user")


def _address(written: str, schemes: set[str]) -> SplitResult | None:
    """Return the parts of an address that has one of these schemes and a usable host."""
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        return None
    host = _HOST.fullmatch(parts.hostname or "")
    if parts.scheme not in schemes or host is None or port == 0 or re.search(r"\s", written):
        return None
    return parts


def _number_of_proxies(written: str, faults: list[str]) -> int:
    if re.fullmatch(f"[0-{_MOST_PROXIES}]", written):
        return int(written)
    faults.append(
        f"TRUSTED_PROXIES: must be how many proxies stand before it, 0 to {_MOST_PROXIES}"
    )
    return 0


def _check_secret(secret_key: str, faults: list[str]) -> None:
    if len(secret_key) < _SHORTEST_SECRET or len(set(secret_key)) < _FEWEST_CHARACTERS:
        faults.append(
            f"SECRET_KEY: too easy to guess; give {_SHORTEST_SECRET} random characters or more, "
            "or leave it out and one is made"
        )


def _make_folder(instance: Path, faults: list[str]) -> None:
    try:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        if instance.stat().st_mode & 0o077:
            instance.chmod(0o700)
    except OSError as error:
        faults.append(f"PLANNER_INSTANCE: cannot make {instance}: {error.strerror}")


def _kept_secret(path: Path, faults: list[str]) -> str:
    try:
        if not path.exists():
            _make_secret(path)
        kept = path.read_text(encoding="ascii").strip()
    except OSError as error:
        faults.append(f"SECRET_KEY: cannot keep one in {path}: {error.strerror}")
        return ""
    except UnicodeDecodeError:
        kept = ""
    if len(kept) < _SHORTEST_SECRET:
        faults.append(f"SECRET_KEY: {path} holds no usable secret; delete it to have one made")
    return kept


def _make_secret(path: Path) -> None:
    """Make the file with its content at once, so that no other process reads half of it."""
    descriptor, draft = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
