"""Sending what was rendered: once per release, then from memory, with honest conditional requests.

A body is made once per process for each release, address and filter, kept with its compressed
form, and dropped when the memory for it is full, the longest unused first.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from flask import Response, current_app, request

from planner.programme.published import Published

_MEMORY = 64 * 1024 * 1024
#: Beneath this many octets a compressed body saves nothing.
_WORTH_COMPRESSING = 512
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Rendered:
    """A body, in both encodings, with everything that is sent with it."""

    body: bytes
    compressed: bytes | None
    headers: tuple[tuple[str, str], ...]
    etag: str
    last_modified: datetime

    @property
    def size(self) -> int:
        """The octets that it keeps in memory."""
        return len(self.body) + len(self.compressed or b"")


class Shelf:
    """Rendered bodies in memory, within a bound of octets."""

    def __init__(self, limit: int = _MEMORY) -> None:
        self._limit = limit
        self._held = 0
        self._bodies: OrderedDict[Hashable, Rendered] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable, make: Callable[[], Rendered]) -> Rendered:
        """Return the body of this key, made by ``make`` if it is not there yet.

        Of several threads that ask for the same one makes it and the others wait.
        """
        with self._lock:
            found = self._bodies.get(key)
            if found is not None:
                self._bodies.move_to_end(key)
                return found
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                found = self._bodies.get(key)
            if found is not None:
                return found
            try:
                made = make()
                self._keep(key, made)
            finally:
                with self._lock:
                    self._making.pop(key, None)
            return made

    def _keep(self, key: Hashable, made: Rendered) -> None:
        with self._lock:
            self._bodies[key] = made
            self._held += made.size
            while self._held > self._limit and len(self._bodies) > 1:
                _, dropped = self._bodies.popitem(last=False)
                self._held -= dropped.size


def deliver(
    published: Published,
    make: Callable[[], bytes],
    *,
    content_type: str,
    parts: tuple[str, ...] = (),
    headers: tuple[tuple[str, str], ...] = (),
    max_age: int = 60,
    keep: bool = True,
) -> Response:
    """Answer with a body that depends on a programme and on the address only.

    ``parts`` are the parameters of the query that shape the body, in one canonical form.
    ``keep=False`` is for what may be asked in endless variety, such as a search.
    """
    key = (published.digest, request.path, parts)

    def render() -> Rendered:
        return rendered(
            make(),
            content_type=content_type,
            seed=f"{published.digest} {request.path} {parts}",
            last_modified=published.release.published_at,
            headers=headers,
            max_age=max_age,
        )

    shelf: Shelf = current_app.extensions["planner.shelf"]
    return answer(shelf.get(key, render) if keep else render())


def rendered(
    body: bytes,
    *,
    content_type: str,
    seed: str,
    last_modified: datetime,
    headers: tuple[tuple[str, str], ...],
    max_age: int,
) -> Rendered:
    """Return a body ready to be sent; ``seed`` is all that its octets depend on."""
    build: str = current_app.extensions["planner.build"]
    etag = hashlib.sha256(f"{build} {seed}".encode()).hexdigest()[:32]
    compressed = gzip.compress(body, 9, mtime=0) if len(body) > _WORTH_COMPRESSING else None
    fixed = (
        ("Content-Type", content_type),
        ("Cache-Control", f"public, max-age={max_age}"),
        ("Last-Modified", format_datetime(last_modified, usegmt=True)),
        ("Vary", "Accept-Encoding"),
        *headers,
    )
    return Rendered(body, compressed, fixed, etag, last_modified)


def answer(item: Rendered) -> Response:
    """Answer the request with this body, compressed if it may be, or with 304."""
    compress = item.compressed is not None and "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f"{item.etag}-gz" if compress else item.etag
    headers = [*item.headers, ("ETag", f'"{etag}"')]
    response_class = current_app.response_class
    if _is_known(item):
        return response_class(status=304, headers=[h for h in headers if h[0] != "Content-Type"])
    if compress:
        headers.append(("Content-Encoding", "gzip"))
        return response_class(item.compressed, headers=headers)
    return response_class(item.body, headers=headers)


def _is_known(item: Rendered) -> bool:
    """Tell whether the reader has this body already (RFC 9110, section 13.2.2)."""
    if "If-None-Match" in request.headers:
        known = request.if_none_match
        return known.contains_weak(item.etag) or known.contains_weak(f"{item.etag}-gz")
    since = request.if_modified_since
    return since is not None and item.last_modified <= since
