"""The source of planner, parsed: who imports whom, and who calls what."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGE = CHECKOUT / "planner"
#: Alembic's own scripts: not imported by the application, and checked by other means.
_MIGRATIONS = PACKAGE / "migrations"


@cache
def modules() -> dict[str, Path]:
    """Return all modules of planner by their dotted names."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if _MIGRATIONS in path.parents or path.name == "_build.py":
            continue
        parts = path.relative_to(CHECKOUT).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


@cache
def tree_of(module: str) -> ast.Module:
    """Return a module of planner, parsed."""
    return ast.parse(modules()[module].read_text(encoding="utf-8"), filename=module)


@cache
def imports_of(module: str) -> frozenset[str]:
    """Return what a module imports, in functions as well, but not for the type checker only.

    The factory in ``planner/__init__.py`` puts everything together inside a function; who
    imports a constant from there reaches nothing of it, so only its module level counts.
    """
    body: Iterable[ast.AST] = tree_of(module).body if module == "planner" else [tree_of(module)]
    found: set[str] = set()
    for node in body:
        for part in _walk_what_runs(node) if module != "planner" else [node]:
            found.update(names_imported(module, part))
    return frozenset(found)


def _walk_what_runs(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and _is_for_types_only(child.test)):
            yield from _walk_what_runs(child)


def _is_for_types_only(test: ast.expr) -> bool:
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def names_imported(module: str, node: ast.AST) -> Iterator[str]:
    """Yield what one node of a module imports: modules, or packages where it is a name in one."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = _absolute(module, node)
        for alias in node.names:
            below = f"{base}.{alias.name}"
            yield below if below in modules() else base


def _absolute(module: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    is_package = modules()[module].name == "__init__.py"
    parts = module.split(".")
    parts = parts[: len(parts) - node.level + (1 if is_package else 0)]
    return ".".join([*parts, *([node.module] if node.module else [])])


@cache
def reached_from(module: str) -> dict[str, str]:
    """Return everything that a module imports, directly or not, and by whom each is imported.

    A package's ``__init__`` runs before its modules, so it is imported with them.
    """
    importer: dict[str, str] = {}
    waiting = [module]
    while waiting:
        current = waiting.pop()
        for name in _with_packages(current, imports_of(current)):
            if name not in importer and name != module:
                importer[name] = current
                if name in modules():
                    waiting.append(name)
    return importer


def _with_packages(module: str, names: frozenset[str]) -> set[str]:
    found = set(names)
    for name in (module, *names):
        parts = name.split(".")
        if parts[0] == "planner":
            found.update(".".join(parts[:length]) for length in range(2, len(parts)))
    found.discard(module)
    return found


def way(module: str, target: str) -> str:
    """Return the chain of imports by which a module reaches another, for a message."""
    importer = reached_from(module)
    chain = [target]
    while chain[-1] != module:
        chain.append(importer[chain[-1]])
    return " → ".join(reversed(chain))


def modules_in(package: str) -> list[str]:
    """Return the modules of a package of planner, itself included."""
    whole = f"planner.{package}" if package else "planner"
    return [name for name in modules() if name == whole or name.startswith(f"{whole}.")]


@cache
def calls_in(module: str) -> tuple[tuple[int, str], ...]:
    """Return every call in a module: its line, and what is called as it is written."""
    return tuple(
        (node.lineno, ast.unparse(node.func))
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call)
    )
