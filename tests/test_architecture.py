"""The walls of the house, held by reading the source: no fault of them shows in any other test."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from planner.events.models import RESERVED_SLUGS
from tests.source_tree import (
    CHECKOUT,
    PACKAGE,
    calls_in,
    imports_of,
    modules,
    modules_in,
    names_imported,
    reached_from,
    tree_of,
    way,
)

#: Every package and every module beside them; each may import those before it, none after it.
#: What is public stands before all that knows the plan, so it can have no way to it.
ORDER = (
    "lib",
    "programme",
    "i18n",
    "formats",
    "public",
    "config",
    "extensions",
    "database",
    "agenda",
    "accounts",
    "journal",
    "desk",
    "events",
    "speakers",
    "sessions",
    "participants",
    "timetable",
    "translating",
    "history",
    "readiness",
    "interpreting",
    "notices",
    "links",
    "letters",
    "entrance",
    "own_account",
    "organizers",
    "releases",
    "overview",
    "entering",
    "imports",
    "workbook",
    "removal",
    "registration",
    "slots",
    "importing",
    "exporting",
    "ticking",
    "doctor",
    "serving",
    "sample",
    "blueprints",
    "cli",
)
_PLAN = re.compile(
    r"planner\.(\w+\.)*(models|operations|queries)\Z"
    r"|planner\.(database|extensions|config|releases|events|sessions|speakers|imports|sample"
    r"|workbook|importing|exporting|accounts|journal|desk|overview|timetable|translating|history|entering|notices|letters|readiness|links|slots|interpreting|removal|entrance|own_account|organizers|agenda|participants|registration)\b"
    r"|(sqlalchemy|flask_sqlalchemy|flask_migrate|alembic|pysqlite3|sqlite3|psycopg)\b"
)
_WRITES = re.compile(r"(\.|\A)(add|add_all|delete|merge|commit|flush|begin|begin_nested)\Z")
_CLOCK = re.compile(
    r"\.(now|utcnow|today|utcfromtimestamp|current_timestamp)\Z"
    r"|(\A|\.)(time\.time|time_ns|localtime|gmtime)\Z"
)
_LONGEST_FILE = 400


def test_every_module_of_planner_has_its_place_in_the_order() -> None:
    """A new package must be put into ORDER, where one sees what it may import."""
    packages = {_package_of(name) for name in modules()} - {""}
    assert packages == set(ORDER)


def test_packages_import_one_another_in_one_direction_only() -> None:
    """No package imports one that comes after it, so there can be no circle."""
    place = {package: number for number, package in enumerate(ORDER)}
    against = [
        f"{module} imports {name}"
        for module in modules()
        for name in imports_of(module)
        if name in modules()
        and _package_of(module)
        and _package_of(name)
        and place[_package_of(name)] > place[_package_of(module)]
    ]
    assert against == []


def test_no_module_imports_itself_through_others_when_it_is_loaded() -> None:
    """Modules of one package form no circle either, but for imports inside of functions."""
    circles = [name for name in modules() if name in _loaded_with(name)]
    assert circles == []


@pytest.mark.parametrize("module", modules_in("lib"))
def test_lib_imports_nothing_of_planner(module: str) -> None:
    """The helpers could be lifted out of the project as they are."""
    strangers = [n for n in reached_from(module) if re.match(r"planner(?!\.lib\b)", n)]
    assert strangers == []


@pytest.mark.parametrize("module", modules_in("programme"))
def test_the_programme_knows_no_database_and_no_flask(module: str) -> None:
    """The document and the differences between two are plain values."""
    assert _ways(module, re.compile(_PLAN.pattern + r"|(flask|werkzeug|jinja2|flask_\w+)\b")) == []


@pytest.mark.parametrize("module", [*modules_in("formats"), *modules_in("public")])
def test_what_is_public_has_no_way_to_the_plan(module: str) -> None:
    """Not even through other modules: what is not in the document cannot leak from here."""
    assert _ways(module, _PLAN) == []


@pytest.mark.parametrize(
    "module", [*modules_in("public"), *(m for m in modules() if m.endswith("views"))]
)
def test_views_never_write(module: str) -> None:
    """Nobody changes the database by asking for a page, but through operations."""
    writes = [
        f"{module}:{line} {called}"
        for line, called in calls_in(module)
        if called.endswith("write_tx") or ("session" in called and _WRITES.search(called))
    ]
    assert writes == []


def test_one_place_opens_and_commits_transactions() -> None:
    """Whoever wants to write goes through write_tx, with its lock and its BEGIN IMMEDIATE."""
    ending = re.compile(r"\.(commit|begin|begin_nested)\Z")
    assert _callers(ending) == {"planner.database"}


def test_one_place_reads_the_clock() -> None:
    """What the clock says can be known only by being told."""
    assert _callers(_CLOCK) == {"planner.lib.clock"}


def test_the_tests_of_the_walls_see_what_they_look_for() -> None:
    """The patterns above match what they are meant to forbid."""
    for called in ("datetime.now", "datetime.datetime.utcnow", "date.today", "time.time"):
        assert _CLOCK.search(called), called
    for called in ("now", "time.monotonic", "datetime.time", "clock.known"):
        assert not _CLOCK.search(called), called
    for name in ("planner.database", "planner.sessions.models", "sqlalchemy.orm", "planner.events"):
        assert _PLAN.match(name), name
    assert reached_from("planner.sample.operations")["sqlalchemy.orm"]
    assert way("planner.sample.cli", "planner.config").startswith("planner.sample.cli → ")


@pytest.mark.parametrize("module", modules())
def test_only_the_sanitizer_makes_markup_of_text(module: str) -> None:
    """Elsewhere markup is written out in the source, and values go into it escaped."""
    if module == "planner.lib.markup":
        return
    made = [
        node.lineno
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rsplit(".", maxsplit=1)[-1] == "Markup"
        and not all(_is_written_by_us(argument) for argument in node.args)
    ]
    assert made == []
    assert not [line for line, called in calls_in(module) if "render_template_string" in called]


@pytest.mark.parametrize("module", modules())
def test_no_file_is_longer_than_one_can_keep_in_mind(module: str) -> None:
    """Four hundred lines are the end; three hundred are the aim."""
    assert len(modules()[module].read_text(encoding="utf-8").splitlines()) <= _LONGEST_FILE


_TEMPLATES = sorted((CHECKOUT / "templates").rglob("*.*"))
_SHEETS = [path for path in sorted(PACKAGE.rglob("*.css")) if "vendor" not in path.parts]
_FORBIDDEN_IN_TEMPLATES = {
    "an inline style, which the content security policy refuses": r"\sstyle\s*=",
    "an inline handler, which the content security policy refuses": r"\son[a-z]+\s*=\s*[\"']",
    # Blocks of data run nothing, and the policy lets them be.
    "an inline script, which the content security policy refuses": (
        r"<script(?![^>]*\s(?:src=|type=\"application/(?:ld\+)?json\"))[^>]*>"
    ),
    "an address that runs a script": r"javascript:",
    "text that is not escaped": r"\|\s*safe\b|autoescape\s+false",
    "a third party": r"<(?:script|link|img|iframe)[^>]*\s(?:src|href)=[\"']?(?:https?:)?//",
}
_PHYSICAL = re.compile(
    r"(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?<![-\w])(?:left|right)\s*:(?!:)"
    r"|(?:float|clear|text-align|caption-side)\s*:\s*(?:left|right)\b"
)


@pytest.mark.parametrize("path", _TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_nothing_that_runs_styles_or_goes_unescaped(path: Path) -> None:
    """One strict policy serves every page, and only the sanitizer lets markup through."""
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    found = [why for why, pattern in _FORBIDDEN_IN_TEMPLATES.items() if re.search(pattern, text)]
    assert found == []


@pytest.mark.parametrize("path", [*_TEMPLATES, *_SHEETS], ids=lambda path: path.name)
def test_nothing_is_laid_out_by_left_and_right(path: Path) -> None:
    """One sheet serves both directions of writing, so it speaks of start and end."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    # The same distance from both sides is laid out by neither of them.
    text = re.sub(r"\bleft:\s*([^;]+);\s*right:\s*\1;", "", text)
    assert _PHYSICAL.findall(text) == []


def test_the_style_sheets_are_looked_at() -> None:
    """The tests above have something to look at."""
    assert _TEMPLATES
    assert _SHEETS


def test_no_event_can_take_an_address_of_the_application(app: Flask) -> None:
    """An event's slug is the first part of addresses, so their own first parts are reserved."""
    firsts = {str(rule).split("/")[1] for rule in app.url_map.iter_rules()}
    fixed = {first for first in firsts if re.fullmatch(r"[a-z0-9-]+", first)}
    assert "healthz" in fixed
    assert fixed <= RESERVED_SLUGS


def _is_written_by_us(argument: ast.expr) -> bool:
    """Tell whether text is written out in the source or in the catalogues."""
    if isinstance(argument, ast.Call):
        return ast.unparse(argument.func) in {"gettext", "ngettext"}
    return isinstance(argument, ast.Constant)


def _package_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def _ways(module: str, forbidden: re.Pattern[str]) -> list[str]:
    return [way(module, name) for name in reached_from(module) if forbidden.match(name)]


def _callers(called: re.Pattern[str]) -> set[str]:
    return {module for module in modules() for _, name in calls_in(module) if called.search(name)}


def _loaded_with(module: str) -> set[str]:
    """Return everything that is imported while a module is being imported."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        for name in _imported_at_once(waiting.pop()) - found:
            found.add(name)
            if name in modules():
                waiting.append(name)
    return found


@cache
def _imported_at_once(module: str) -> frozenset[str]:
    """Return what a module imports outside of its functions."""
    late = set().union(
        *(
            names_imported(module, inner)
            for function in ast.walk(tree_of(module))
            if isinstance(function, ast.FunctionDef)
            for inner in ast.walk(function)
        )
    )
    return imports_of(module) - late
