"""Barnama: plans a conference programme and publishes it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

__version__ = "0.1.0"

_PACKAGE = Path(__file__).resolve().parent


def resource_dir(name: str) -> Path:
    """Return a top-level folder: inside the package in a wheel, beside it in a checkout.

    :raises RuntimeError: when the installation lacks it.
    """
    for base in (_PACKAGE, _PACKAGE.parent):
        if (base / name).is_dir():
            return base / name
    raise RuntimeError(f"{name}/ not found: the installation is broken")


def default_instance() -> Path:
    """Return the instance folder of an installation whose environment names none."""
    checkout = _PACKAGE.parent
    return checkout / "instance" if (checkout / "pyproject.toml").is_file() else Path("instance")


def create_app(
    environ: Mapping[str, str] | None = None, *, config: Mapping[str, Any] | None = None
) -> Flask:
    """Make the application from the environment; ``config`` goes over it, for tests.

    :raises planner.config.ConfigurationError: when the environment cannot be used.
    """
    from planner import blueprints, cli, public, releases, serving
    from planner.config import read_settings
    from planner.database import engine_options, prepare_engine
    from planner.extensions import babel, csrf, db, migrate
    from planner.i18n.interface import current_locale

    settings = read_settings(
        os.environ if environ is None else environ, instance=default_instance()
    )
    app = Flask(
        "planner",
        template_folder=str(resource_dir("templates")),
        static_folder=None,  # planner.public.assets serves it, compressed and for ever
        instance_path=str(settings.instance),
    )
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        BASE_URL=settings.base_url,
        SMTP_URL=settings.smtp_url,
        DOCUMENTS_AHEAD=settings.documents_ahead,
        BABEL_TRANSLATION_DIRECTORIES=str(resource_dir("translations")),
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.config.from_mapping(config or {})
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    migrate.init_app(app, db, directory=str(_PACKAGE / "migrations"))
    babel.init_app(app, locale_selector=current_locale)
    releases.init_app(app)
    public.init_app(app)
    blueprints.init_app(app)
    csrf.init_app(app)  # after the desk, which refuses in the language of who asks
    cli.init_app(app)
    serving.init_app(app)
    if proxies := settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
    return app
