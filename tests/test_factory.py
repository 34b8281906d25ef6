"""The factory: where an application finds its folders, and what it refuses to start with."""

from pathlib import Path

import pytest

import planner
from planner import create_app, default_instance, resource_dir
from planner.config import ConfigurationError


def test_templates_and_translations_are_found_beside_the_package() -> None:
    assert (resource_dir("templates") / "public" / "base.html").is_file()
    assert (resource_dir("translations") / "ckb").is_dir()


def test_a_wheel_holds_them_inside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "site" / "planner" / "templates").mkdir(parents=True)
    (tmp_path / "site" / "templates").mkdir()
    monkeypatch.setattr(planner, "_PACKAGE", tmp_path / "site" / "planner")
    assert resource_dir("templates") == tmp_path / "site" / "planner" / "templates"


def test_an_installation_without_them_is_broken() -> None:
    with pytest.raises(RuntimeError, match="broken"):
        resource_dir("no-such-folder")


def test_a_checkout_keeps_its_instance_in_itself_and_a_wheel_where_one_stands(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert default_instance() == Path(planner.__file__).resolve().parent.parent / "instance"
    monkeypatch.setattr(planner, "_PACKAGE", tmp_path / "site" / "planner")
    assert default_instance() == Path("instance")


def test_no_application_starts_with_settings_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="SECRET_KEY"):
        create_app({"PLANNER_INSTANCE": str(tmp_path), "SECRET_KEY": "dev"})


def test_what_a_test_configures_goes_over_the_environment(tmp_path: Path) -> None:
    app = create_app({"PLANNER_INSTANCE": str(tmp_path)}, config={"BASE_URL": "https://x.example"})
    assert app.config["BASE_URL"] == "https://x.example"
    assert app.instance_path == str(tmp_path)
