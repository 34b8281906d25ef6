"""A PostgreSQL of our own for the tests: made in a temporary folder, reached by a socket."""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

_UNPRIVILEGED = "postgres"


@dataclass
class Cluster:
    """A running server, and how to make databases in it."""

    binaries: Path
    folder: Path
    _numbers: "count[int]" = field(default_factory=count)

    def create(self, name: str, template: str | None = None) -> str:
        """Make a database and return its address."""
        statement = f'CREATE DATABASE "{name}"'
        if template:
            statement += f' TEMPLATE "{template}"'
        self._execute(statement)
        return f"postgresql://{_UNPRIVILEGED}@/{name}?host={self.folder}"

    def copy(self, template: str) -> str:
        """Make a copy of a database and return its address."""
        return self.create(f"{template}_{next(self._numbers)}", template)

    def renew(self, url: str, template: str) -> None:
        """Put a copy of another database in the place of one."""
        name = make_url(url).database
        self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _execute(self, statement: str) -> None:
        where = f"host={self.folder} user={_UNPRIVILEGED} dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement)

    def _run(self, program: str, *arguments: str) -> None:
        path = self.binaries / program
        subprocess.run(
            [*_as_nobody_special(), str(path), *arguments],
            check=True,
            capture_output=True,
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "PGUSER": _UNPRIVILEGED, "LC_ALL": "C.UTF-8"},
        )


def start_cluster() -> Cluster | None:
    """Start a server, or return None where PostgreSQL is not installed."""
    binaries = _binaries()
    if binaries is None:
        return None
    # In memory where there is such a folder: each test gets a copy of the database.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
    folder = Path(tempfile.mkdtemp(prefix="barnama-pg-", dir=memory))
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam(_UNPRIVILEGED).pw_uid, -1)
    folder.chmod(0o700)
    cluster = Cluster(binaries, folder)
    data = str(folder / "data")
    cluster._run("initdb", "-D", data, "-U", _UNPRIVILEGED, "-A", "trust", "-E", "UTF8", "-N")
    careless = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    options = f"-k {folder} -c listen_addresses= -c max_connections=60 {careless}"
    log = str(folder / "log")
    cluster._run("pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")
    return cluster


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


def _as_nobody_special() -> list[str]:
    """Return what makes a program run without privileges: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={_UNPRIVILEGED}", f"--regid={_UNPRIVILEGED}", "--clear-groups"]
