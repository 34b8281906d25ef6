"""Make the vendored files again from their packages, as planner/static/vendor/manifest.toml says.

Run by hand when a version changes: correct the manifest, run this, commit what it made. It stops
at a package whose integrity, or at a file whose checksum, is not the one in the manifest.
"""

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

CHECKOUT = Path(__file__).resolve().parent.parent
MANIFEST = CHECKOUT / "planner/static/vendor/manifest.toml"


def main() -> int:
    """Make every file of the manifest; return 1 when a checksum differs."""
    entries = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))["file"]
    differing = 0
    with tempfile.TemporaryDirectory() as name:
        for entry in entries:
            folder = fetched(entry, Path(name))
            target = CHECKOUT / entry["file"]
            target.parent.mkdir(parents=True, exist_ok=True)
            if "unicodes" in entry:
                cut(folder / entry["source"], target, entry["unicodes"])
            else:
                shutil.copyfile(folder / entry["source"], target)
            found = hashlib.sha256(target.read_bytes()).hexdigest()
            if found != entry["sha256"]:
                differing += 1
                print(f"{entry['file']}: sha256 is {found}, the manifest says {entry['sha256']}")
    return 1 if differing else 0


def fetched(entry: dict[str, Any], scratch: Path) -> Path:
    """Return the folder of a package, fetched and unpacked once.

    :raises SystemExit: when the package is not the one that the manifest names.
    """
    folder = scratch / f"{entry['name']}-{entry['version']}"
    if folder.is_dir():
        return folder / "package"
    command = ["npm", "pack", "--silent", f"{entry['name']}@{entry['version']}"]
    told = subprocess.run(command, cwd=scratch, check=True, capture_output=True, text=True)
    archive = scratch / told.stdout.split()[-1]
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != entry["integrity"]:
        raise SystemExit(f"{archive.name}: the integrity is not {entry['integrity']}")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / "package"


def cut(source: Path, target: Path, unicodes: str) -> None:
    """Keep of a font what these characters need, joining and marks included, as WOFF2."""
    options = subset.Options(flavor="woff2", layout_features=["*"], notdef_outline=True)
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(unicodes))
    cutter.subset(font)
    subset.save_font(font, target, options)


if __name__ == "__main__":
    sys.exit(main())
