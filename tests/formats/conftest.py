"""Fixtures: an interface that speaks without a database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel

from planner.i18n.interface import current_locale


@pytest.fixture(scope="module")
def interface() -> Iterator[Flask]:
    """Let gettext answer, in the words of the source: no catalogue is found here."""
    with speaking_app().app_context() as context:
        yield context.app


def speaking_app(catalogues: Path | None = None) -> Flask:
    """Return an application that speaks from a folder of catalogues, or from the source's words.

    It has a Babel of its own: the application's keeps catalogues that it once looked for.
    """
    app = Flask("interface")
    # Without a folder named, Babel would look for one in the working directory.
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(catalogues or Path(__file__).parent)
    Babel(app, locale_selector=current_locale)
    return app
