"""The site of an event as a folder: everything leads somewhere, and nothing needs a server."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import Result
from flask import Flask
from lxml import html

from planner.exporting.places import Places, way_between
from planner.exporting.site import write_site
from planner.i18n.languages import INTERFACE
from planner.programme.vocabulary import Stage
from planner.public.programmes import source
from planner.releases.queries import ReleaseSource
from tests.conftest import BASE_URL
from tests.plans import OPENING, SIDURI, SLUG, make_plan, released


@pytest.fixture
def app(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Return an application that publishes an event, and makes no PDF, which takes long."""
    monkeypatch.setitem(app.extensions, "planner.pdf", False)
    monkeypatch.setitem(app.extensions, "planner.programmes", ReleaseSource(seconds=0))
    make_plan()
    released()
    return app


def _export(app: Flask, place: Path, slug: str = SLUG) -> Result:
    arguments = ["export", slug, "--format", "site", "-o", str(place)]
    return app.test_cli_runner().invoke(args=arguments)


def test_every_page_in_every_language_leads_to_files_that_are_there(
    app: Flask, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    done = _export(app, site)
    assert done.exit_code == 0, done.output
    pages = list(site.rglob("*.html"))
    for lang in INTERFACE:
        for name in ("index", "programme", "changes", "call", "subscribe", "one-file"):
            assert site / lang / f"{name}.html" in pages
        for name in (f"sessions/{OPENING}.html", f"speakers/{SIDURI}.html", "rooms/tigris.html"):
            assert site / lang / name in pages
        assert (site / lang / f"calendar/sessions/{OPENING}.ics").is_file()
    broken = [
        (page.relative_to(site).as_posix(), address)
        for page in pages
        for address in _addresses(page)
        if not (page.parent / unquote(urlsplit(address).path)).resolve().is_file()
    ]
    assert broken == []
    for sheet in site.rglob("*.css"):
        for name in re.findall(r'url\("([^"]+)"\)', sheet.read_text()):
            assert (sheet.parent / name).is_file()


def _addresses(page: Path) -> list[str]:
    """Return what a page leads to or loads within the folder."""
    found = html.document_fromstring(page.read_bytes()).xpath("//@href | //@src")
    for address in found:
        assert not address.startswith("/"), page
    return [address for address in found if address[0] != "#" and not urlsplit(address).scheme]


def test_nothing_in_it_needs_a_server(app: Flask, tmp_path: Path) -> None:
    _export(app, tmp_path / "site")
    for lang in INTERFACE:
        for page in (tmp_path / "site" / lang).rglob("*.html"):
            if page.name == "one-file.html":
                continue
            document = html.document_fromstring(page.read_bytes())
            assert document.xpath("//form | //button | //link[@rel='manifest']") == []
            scripts = {Path(urlsplit(src).path).name for src in document.xpath("//script/@src")}
            assert scripts <= {"programme.js", "copy.js"}
            assert document.xpath("//footer/p[last()]/a/@href")[0].startswith(BASE_URL)
    theme = html.document_fromstring((tmp_path / "site/en/themes/water.html").read_bytes())
    assert theme.xpath("//p[@class='path']/a/@href") == ["../programme.html"]
    programme = (tmp_path / "site/en/programme.html").read_text()
    assert 'href="one-file.html"' in programme
    assert f'href="{BASE_URL}/en/{SLUG}/agenda"' in programme


def test_the_way_in_offers_each_language(app: Flask, tmp_path: Path) -> None:
    _export(app, tmp_path / "site")
    index = html.document_fromstring((tmp_path / "site/index.html").read_bytes())
    assert index.xpath("//a/@hreflang") == list(INTERFACE)
    lost = html.document_fromstring((tmp_path / "site/404.html").read_bytes())
    assert lost.xpath("//link | //script | //img") == []
    assert set(lost.xpath("//a/@href")) == {f"{BASE_URL}/{SLUG}/"}


def test_a_second_run_changes_nothing_until_there_is_another_release(
    app: Flask, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    _export(app, site)
    assert "0 files written" in _export(app, site).output
    released(Stage.FINAL, hours=1)
    assert "0 files written" not in _export(app, site).output


def test_an_event_without_a_programme_is_refused_before_anything_is_made(
    app: Flask, tmp_path: Path
) -> None:
    done = _export(app, tmp_path / "site", "no-days")
    assert (done.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "There is no published programme of “no-days”." in done.stderr


def test_it_tells_how_far_it_is(app: Flask, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write_site(SLUG, tmp_path / "site", lambda done, of: told.append((done, of)))
    assert [done for done, _ in told] == list(range(1, told[-1][1] + 1))


def test_a_programme_that_is_narrowed_leads_to_what_shows_most_of_it(app: Flask) -> None:
    published = source().current(SLUG)
    assert published is not None
    with app.test_request_context():
        places = Places(app, published)
        base = f"/en/{SLUG}/programme"
        for query, file in (
            ("", "programme.html"),
            ("?day=2017-01-18", "programme-2017-01-18.html"),
            ("?theme=water", "themes/water.html"),
            ("?day=2017-01-18&room=tigris", "rooms/tigris.html"),
            ("?q=water", "programme.html"),
            ("?day=2001-01-01", "programme.html"),
        ):
            assert places.of(base + query).file == f"en/{file}"
        for address in (f"/en/{SLUG}/agenda", "/en/other/", "/desk/", f"/en/{SLUG}/now", "//x/"):
            with pytest.raises(LookupError):
                places.of(address)


def test_ways_lead_from_folder_to_folder() -> None:
    assert way_between("en/index.html", "en/programme.html") == "programme.html"
    assert way_between("en/sessions/A.html", "ckb/sessions/A.html") == "../../ckb/sessions/A.html"
    assert way_between("index.html", "en/index.html") == "en/index.html"
