"""The production server: gunicorn with vetted settings, and a log without secrets or addresses."""

import logging
import re
from typing import Any
from urllib.parse import unquote

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

#: Addresses that hold a private token, whose logging would give it away; and whatever looks like
#: one of ours where a part of an address begins, for addresses that lead nowhere.
_TOKENS = re.compile(
    r"(/(?:speak|registration)/+|/calendar/+(?:agenda|slots)/+"
    r"|/agenda/+(?:take/+|(?=[A-Za-z0-9_-]{40}))|/account/+(?:reset|invitation)/+)(?!…)[^/?\s\"]+"
    r"|(?<=[/=?&+])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])",
    re.IGNORECASE,
)
_HIDDEN = "(an address that is not logged)"
_LONGEST_REQUEST_LINE = 4094


def redacted(text: str) -> str:
    """Return what is to be logged without private tokens, however their address is written."""
    return "\n".join(map(_redacted_line, text.split("\n")))


def _redacted_line(line: str) -> str:
    told = _TOKENS.sub(lambda found: f"{found[1] or ''}…", line)
    plain = told
    while "%" in plain and (further := unquote(plain)) != plain:
        plain = further
        if _TOKENS.search(plain):
            return _HIDDEN
    return told


class RedactingFormatter(logging.Formatter):
    """Writes records, tracebacks included, without private tokens."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's text."""
        return redacted(super().format(record))


class RedactingLogger(Logger):  # type: ignore[misc]
    """A log that names no reader: no client address, no token, no referrer."""

    def setup(self, cfg: Any) -> None:
        """Set up the logs; what goes wrong is told without private tokens as well."""
        super().setup(cfg)
        _redact(self.error_log)

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        """Return what a line is made of, with private parts taken out."""
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return {
            name: redacted(value) if isinstance(value, str) else value
            for name, value in atoms.items()
        }


def _redact_record(record: logging.LogRecord) -> bool:
    """Take private tokens out of a record, whoever writes it down, and let it pass."""
    record.msg, record.args = redacted(record.getMessage()), ()
    if record.exc_info and not record.exc_text:
        record.exc_text = redacted(logging.Formatter().formatException(record.exc_info))
    return True


def init_app(app: Flask) -> None:
    """Let no server log private tokens, neither another one than ours nor that for development."""
    for name in (app.name, "werkzeug"):
        log = logging.getLogger(name)
        if _redact_record not in log.filters:
            log.addFilter(_redact_record)


def _redact(log: logging.Logger) -> None:
    for handler in log.handlers:
        handler.setFormatter(RedactingFormatter("[%(asctime)s] %(levelname)s %(message)s"))


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app


def serve(app: Flask, *, bind: str, workers: int) -> None:
    """Serve the application until it is stopped."""
    _redact(app.logger)
    _Server(
        app,
        {
            "bind": bind,
            "workers": workers,
            "worker_class": "gthread",
            "threads": 4,
            "keepalive": 5,
            "preload_app": True,
            "post_fork": _forget_connections,
            "limit_request_line": _LONGEST_REQUEST_LINE,
            "control_socket_disable": True,
            "logger_class": RedactingLogger,
            "accesslog": "-",
            "access_log_format": '%(t)s "%(r)s" %(s)s %(B)s %(D)sus',
            # A warning tells a malformed request with the address of whom it came from.
            "loglevel": "error",
        },
    ).run()


def _forget_connections(_server: object, worker: Any) -> None:
    """Let no worker use a connection that it shares with another process."""
    from planner.extensions import db

    app: Flask = worker.app.load()
    with app.app_context():
        db.engine.dispose(close=False)


@click.command("serve")
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Host and port.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@with_appcontext
def serve_command(bind: str, workers: int) -> None:
    """Serve the programmes, behind a proxy that speaks HTTPS."""
    from planner.doctor import faults

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    for fault in faults(app):
        click.echo(f"warning: {fault}", err=True)
    serve(app, bind=bind, workers=workers)
