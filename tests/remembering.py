"""Applications that cost little: what is the same for each test is worked out once.

A process lends its tests one application, whose settings and memory it puts back for each. Where a
test makes one itself, what cannot differ is known already: the code of templates and of addresses.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

from planner import releases
from planner.public.delivery import Shelf


class _Code(BytecodeCache):
    """The code of templates by the names of their files; another text is other code."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template if it is known."""
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._known[bucket.key, bucket.checksum] = bucket.code


_CODE = _Code()
_BUILDERS: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}


class _Environment(Environment):
    """Flask's, which asks for the code of a template before it makes it."""

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, bytecode_cache=_CODE, **options)


class _Rule(Rule):
    """Werkzeug's, which makes the code that builds an address once; it is told the rule itself."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        defaults = tuple(sorted((self.defaults or {}).items()))
        key = (self.rule, tuple(self._trace), defaults, append_unknown)
        if key not in _BUILDERS:
            _BUILDERS[key] = super()._compile_builder(append_unknown)
        return _BUILDERS[key]


def remember() -> None:
    """Let all applications of this process that are made from now on share what is the same."""
    Flask.jinja_environment = _Environment
    Flask.url_rule_class = _Rule


@contextmanager
def lent(app: Flask) -> Iterator[None]:
    """Lend an application to one test, within its context, as if it had just been made."""
    config, extensions = dict(app.config), dict(app.extensions)
    app.extensions["planner.shelf"] = Shelf()
    releases.init_app(app)  # with a source that knows no programme
    try:
        with app.app_context():
            yield
    finally:
        for kept, was in ((app.config, config), (app.extensions, extensions)):
            kept.clear()
            kept.update(was)
