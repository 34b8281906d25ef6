"""The production server as a process of its own, for tests that ask it from outside."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

_PLANNER = Path(sys.executable).parent / "planner"


@dataclass
class Server:
    """A running server, and what it has written."""

    process: subprocess.Popen[str]
    port: int

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Ask for an address and return the status and the body."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response.status, response.read()

    def send(self, octets: bytes) -> bytes:
        """Send octets as they are and return the beginning of the answer."""
        with closing(socket.create_connection(("127.0.0.1", self.port), timeout=20)) as line:
            line.sendall(octets)
            return line.recv(400)

    def stop(self) -> str:
        """End the server as a system does, and return everything that it has written."""
        self.process.send_signal(signal.SIGTERM)
        told, _ = self.process.communicate(timeout=30)
        return told


@contextmanager
def serving(environ: Mapping[str, str], *, workers: int, port: int = 0) -> Iterator[Server]:
    """Start the real server on an installation, and end it if nobody has."""
    with closing(socket.socket()) as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [str(_PLANNER), "serve", "--bind", f"127.0.0.1:{port}", "--workers", str(workers)],
        env={**os.environ, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    server = Server(process, port)
    try:
        _wait_for(server)
        yield server
    finally:
        if process.poll() is None:
            try:
                server.stop()
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


def _wait_for(server: Server) -> None:
    for _ in range(300):
        try:
            server.get("/healthz")
        except ConnectionError:
            assert server.process.poll() is None, server.process.communicate()[0]
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server does not answer")
