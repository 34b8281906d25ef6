"""Build hook: compile the catalogues, and put templates and translations into the wheel."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """What hatchling runs before it builds."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue; a wheel (but not an editable install) takes the folders in."""
        for source in Path(self.root, "translations").rglob("*.po"):
            with source.open("rb") as file:
                catalogue = read_po(file, locale=source.parts[-3], domain=source.stem)
            with source.with_suffix(".mo").open("wb") as file:
                write_mo(file, catalogue)
        if self.target_name == "wheel" and version == "standard":
            for name in ("templates", "translations"):
                build_data["force_include"][str(Path(self.root, name))] = f"planner/{name}"
