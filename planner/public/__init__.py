"""What everybody may read: pages, feeds and files, made from released programmes only."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask


def init_app(app: Flask) -> None:
    """Add the public addresses to the application."""
    from planner.public import (
        assets,
        calendars,
        call,
        changes,
        documents,
        doors,
        embedding,
        errors,
        exchange,
        front,
        headers,
        now,
        offline,
        pages,
        photos,
        screen,
        sitemap,
        subscribe,
    )
    from planner.public.cookies import BroughtSessions
    from planner.public.delivery import Shelf

    files = assets.Assets(Path(app.root_path) / "static")
    app.extensions["planner.assets"] = files
    app.extensions["planner.shelf"] = Shelf()
    name_build(app)
    app.url_default_functions.setdefault(None, []).append(assets.add_version)
    app.session_interface = BroughtSessions()
    headers.init_app(app)
    errors.init_app(app)
    for module in (
        assets,
        front,
        pages,
        call,
        calendars,
        exchange,
        documents,
        subscribe,
        changes,
        photos,
        offline,
        embedding,
        sitemap,
        now,
        screen,
        doors,
    ):
        app.register_blueprint(module.bp)


def name_build(app: Flask) -> None:
    """Name all that shapes pages besides the programme: code, texts and address.

    It is part of every ETag, so that readers see a new version of the application.
    """
    app.extensions["planner.build"] = _build_of(app, app.extensions["planner.assets"].digest())


def _build_of(app: Flask, assets_digest: str) -> str:
    written = _digest_of(
        Path(app.root_path),
        Path(app.template_folder or ""),
        Path(app.config["BABEL_TRANSLATION_DIRECTORIES"]),
    )
    told = f"{app.config['BASE_URL']} {assets_digest} {written}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@cache
def _digest_of(*folders: Path) -> str:
    """Return what names the code and the texts in folders, as they were when this process began."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".html", ".svg", ".txt", ".css", ".mo"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()
