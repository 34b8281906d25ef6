"""The files of others in this repository are those that the manifest names, with their licences."""

import hashlib
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
MANIFEST = CHECKOUT / "planner/static/vendor/manifest.toml"
FOLDERS = (MANIFEST.parent, CHECKOUT / "tests/browser/vendor")
ENTRIES = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))["file"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: Path(entry["file"]).name)
def test_it_is_the_file_that_the_manifest_describes(entry: dict[str, str]) -> None:
    content = (CHECKOUT / entry["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert entry["version"] in entry["file"]
    assert all(entry[key] for key in ("name", "integrity", "source", "licence", "purpose"))


def test_no_vendored_file_is_missing_from_the_manifest() -> None:
    found = {
        path.relative_to(CHECKOUT).as_posix()
        for folder in FOLDERS
        for path in folder.rglob("*")
        if path.is_file() and path != MANIFEST
    }
    assert found == {entry["file"] for entry in ENTRIES}


def test_every_package_comes_with_its_licence() -> None:
    for entry in ENTRIES:
        siblings = {path.name for path in (CHECKOUT / entry["file"]).parent.iterdir()}
        assert siblings & {"LICENSE", "OFL.txt"}
