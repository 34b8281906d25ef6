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
#: What Alembic keeps stays: it belongs to the tables.
_TABLES = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
"""
#: Says whether tables, columns, constraints and the migration are still the same ones.
_FINGERPRINT = """
    SELECT (
        SELECT sum(hashtext(row(attrelid, attname, atttypid, atttypmod, attnotnull)::text))
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace
    ), (SELECT sum(hashtext(oid::text)) FROM pg_constraint),
    (SELECT string_agg(version_num, ' ') FROM alembic_version)
"""
_SEQUENCES = """
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
    FROM pg_sequences WHERE last_value IS NOT NULL
"""
#: After so many times what was deleted is swept up, before it makes looking for rows slow.
_SWEPT_AFTER = 20


class _OtherTablesError(Exception):
    """A test made the tables anew."""


class _Emptying:
    """Takes all rows out of one database, again and again."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        connection.execute("SET session_replication_role = replica")  # foreign keys may wait
        connection.execute("SET lock_timeout = '2s'")
        connection.prepare_threshold = 0
        self._tables = [name for (name,) in connection.execute(_TABLES)]
        rows = (f"EXISTS (SELECT FROM {table})" for table in self._tables)
        self._filled = f"SELECT {', '.join(rows)}"
        self._fingerprint = connection.execute(_FINGERPRINT).fetchone()
        self._unswept = 0

    def empty(self) -> None:
        """Delete all rows and let numbers begin at one.

        :raises _OtherTablesError: when the tables are no longer those of the beginning.
        :raises psycopg.Error: when somebody holds something for too long.
        """
        if self._connection.execute(_FINGERPRINT).fetchone() != self._fingerprint:
            raise _OtherTablesError
        are_filled = self._connection.execute(self._filled).fetchone() or ()
        filled = [name for name, is_so in zip(self._tables, are_filled, strict=True) if is_so]
        if filled:
            deleting = (f"DELETE FROM {table}" for table in filled)  # noqa: S608 -- quoted names
            self._connection.execute("; ".join(deleting))
        self._connection.execute(_SEQUENCES)
        self._unswept += 1
        if self._unswept == _SWEPT_AFTER:
            self._connection.execute(f"VACUUM {', '.join(self._tables)}")
            self._unswept = 0

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@dataclass
class Cluster:
    """A running server, and how to make databases in it."""

    binaries: Path
    folder: Path
    _numbers: "count[int]" = field(default_factory=count)
    _emptying: "dict[str, _Emptying]" = field(default_factory=dict)

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

    def empty(self, url: str, template: str) -> None:
        """Take all rows out of a database that began as a copy of an empty one.

        A copy takes many times as long, which is made only where the tables are others now.
        """
        name = str(make_url(url).database)
        try:
            if name in self._emptying:
                self._emptying[name].empty()
                return
        except (psycopg.Error, _OtherTablesError):
            self._emptying.pop(name).close()
        self.renew(url, template)
        self._emptying[name] = _Emptying(self._connect(name))

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        for emptying in self._emptying.values():
            emptying.close()
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _execute(self, statement: str) -> None:
        with self._connect("postgres") as connection:
            connection.execute(statement)

    def _connect(self, name: str) -> psycopg.Connection:
        where = f"host={self.folder} user={_UNPRIVILEGED} dbname={name}"
        return psycopg.connect(where, autocommit=True)

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
