"""Sending what was rendered: once per release, then from memory, with honest conditional requests.

A body is made once per process for each release, address and filter, kept with its compressed
form, and dropped when the memory for it is full, the longest unused first.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from flask import Response, current_app, request

from planner.programme.published import Published
from planner.public.headers import Headers, Prepared, lacking

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

_MEMORY = 64 * 1024 * 1024
#: So many programmes that are gone may still be rendered somewhere when they are forgotten.
_RENDERED_AT_ONCE = 16
#: Beneath this many octets a compressed body saves nothing.
_WORTH_COMPRESSING = 512
#: The slowest two levels of gzip take half as long again to save one octet in sixty.
_LEVEL = 7
#: Headers that a 304 does not repeat (RFC 9110, section 15.4.5).
_ABOUT_THE_BODY = {
    "Content-Disposition",
    "Content-Encoding",
    "Content-Length",
    "Content-Type",
    "Last-Modified",
}
HTML = "text/html; charset=utf-8"


class Representation(NamedTuple):
    """A body in one encoding, with all that is sent with it (RFC 9110, section 8)."""

    etag: str
    body: bytes
    headers: Headers
    #: What is sent in its place to those who have it already.
    headers_of_304: Headers


@dataclass(frozen=True)
class Rendered:
    """A body, in both encodings if it is worth it."""

    plain: Representation
    compressed: Representation | None
    last_modified: datetime
    #: The tags of both, as they are sent.
    etags: tuple[str, ...]

    @property
    def size(self) -> int:
        """The octets that it keeps in memory."""
        return len(self.plain.body) + (len(self.compressed.body) if self.compressed else 0)


class Sized(Protocol):
    """What tells how many octets it keeps in memory."""

    @property
    def size(self) -> int:
        """The octets."""


_Kept = TypeVar("_Kept", bound=Sized)


class Shelf:
    """What was rendered, in memory, within a bound of octets."""

    def __init__(self, limit: int = _MEMORY) -> None:
        self._limit = limit
        self._held = 0
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}
        self._forgotten: deque[str] = deque(maxlen=_RENDERED_AT_ONCE)

    def get(self, key: Hashable, make: Callable[[], _Kept]) -> _Kept:
        """Return what stands under this key, made by ``make`` if it is not there yet.

        Of several threads that ask for the same one makes it and the others wait.
        """
        with self._lock:
            found: _Kept | None = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                made_meanwhile: _Kept | None = self._kept.get(key)
            if made_meanwhile is not None:
                return made_meanwhile
            try:
                made = make()
                self._keep(key, made)
            finally:
                with self._lock:
                    self._making.pop(key, None)
            return made

    def forget(self, digest: str) -> None:
        """Drop all that was made from a programme, and keep nothing that is being made from it."""
        with self._lock:
            self._forgotten.append(digest)
            for key in [key for key in self._kept if _is_of(key, digest)]:
                self._held -= self._kept.pop(key).size

    def _keep(self, key: Hashable, made: Sized) -> None:
        with self._lock:
            if any(_is_of(key, digest) for digest in self._forgotten):
                return
            self._kept[key] = made
            self._held += made.size
            while self._held > self._limit and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._held -= dropped.size


def _is_of(key: Hashable, digest: str) -> bool:
    """Tell whether a key is one of a programme: those begin with its digest."""
    return isinstance(key, tuple) and key[:1] == (digest,)


def deliver(
    published: Published,
    make: Callable[[], bytes],
    *,
    content_type: str,
    parts: tuple[str, ...] = (),
    headers: tuple[tuple[str, str], ...] = (),
    max_age: int = 60,
    keep: bool = True,
    last_modified: datetime | None = None,
    fresh_for: int | None = None,
) -> Response:
    """Answer with a body that depends on a programme and on the address only.

    ``parts`` are whatever else shapes the body, such as parameters of the query, in one canonical
    form. ``last_modified`` is when it became what it is, if that is not when it was released.
    ``keep=False`` is for what may be asked in endless variety, such as a search. ``fresh_for`` is
    in how many seconds it will be another, where that is known and may be before ``max_age``.
    """
    key = (published.digest, request.path, parts)

    def render() -> Rendered:
        return rendered(
            make(),
            content_type=content_type,
            seed=f"{published.digest} {request.path} {parts}",
            last_modified=last_modified or published.release.published_at,
            headers=headers,
            max_age=max_age,
        )

    made = shelf().get(key, render) if keep else render()
    return answer(made, None if fresh_for is None else min(fresh_for, max_age))


def shelf() -> Shelf:
    """Return the shelf of this application."""
    found: Shelf = current_app.extensions["planner.shelf"]
    return found


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
    fixed = [
        ("Content-Type", content_type),
        ("Cache-Control", f"public, max-age={max_age}"),
        ("Last-Modified", format_datetime(last_modified, usegmt=True)),
        ("Vary", "Accept-Encoding"),
        *headers,
    ]
    fixed += lacking(name for name, _ in fixed)
    plain = _represented(body, [*fixed, ("ETag", f'"{etag}"')])
    compressed = None
    if len(body) > _WORTH_COMPRESSING:
        encoding = [("Content-Encoding", "gzip"), ("ETag", f'"{etag}-gz"')]
        compressed = _represented(gzip.compress(body, _LEVEL, mtime=0), fixed + encoding)
    etags = (plain.etag, compressed.etag) if compressed else (plain.etag,)
    return Rendered(plain, compressed, last_modified, etags)


def _represented(body: bytes, headers: Headers) -> Representation:
    return Representation(
        etag=dict(headers)["ETag"],
        body=body,
        headers=[*headers, ("Content-Length", str(len(body)))],
        headers_of_304=[header for header in headers if header[0] not in _ABOUT_THE_BODY],
    )


def answer(item: Rendered, max_age: int | None = None) -> Response:
    """Answer the request with this body, compressed if it may be, or with 304.

    ``max_age`` is for how many seconds this answer may be kept, if not as long as others.
    """
    environ = request.environ
    chosen = item.compressed if item.compressed and takes_gzip(environ) else item.plain
    if is_known(environ, item.etags, item.last_modified):
        return Prepared("304 NOT MODIFIED", _kept_for(chosen.headers_of_304, max_age), b"")
    return Prepared("200 OK", _kept_for(chosen.headers, max_age), chosen.body)


def _kept_for(headers: Headers, max_age: int | None) -> Headers:
    """Return headers that let the answer be kept for so many seconds; as they are without."""
    if max_age is None:
        return headers
    others = [header for header in headers if header[0] != "Cache-Control"]
    return [*others, ("Cache-Control", f"public, max-age={max_age}")]


def takes_gzip(environ: "WSGIEnvironment") -> bool:
    """Tell whether whoever asks takes a compressed body."""
    accepted: str = environ.get("HTTP_ACCEPT_ENCODING", "")
    if ";" not in accepted:  # as browsers and calendar programs write it
        return "gzip" in accepted
    return request.accept_encodings["gzip"] > 0


def is_known(environ: "WSGIEnvironment", etags: tuple[str, ...], last_modified: datetime) -> bool:
    """Tell whether the reader has a body with these tags already (RFC 9110, section 13.2.2)."""
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked in etags:  # what nearly everybody sends needs no parsing
        return True
    if asked is not None:
        known = request.if_none_match
        return any(known.contains_weak(etag.strip('"')) for etag in etags)
    if "HTTP_IF_MODIFIED_SINCE" not in environ:
        return False
    since = request.if_modified_since
    return since is not None and last_modified <= since
