"""The commands that remove a name, and sweep up."""

import pytest

from planner.database import BusyError
from planner.removal import sweeping
from planner.removal.sweeping import left
from tests.plans import SIDURI, SLUG
from tests.removal.scene import ARABIC, SECRETS, Scene, found_in_tables


def run(scene: Scene, *arguments: str, answer: str = "") -> tuple[int, str]:
    """Run a command; return its exit code, and what it said."""
    found = scene.app.test_cli_runner().invoke(args=list(arguments), input=answer)
    return found.exit_code, found.output


def test_it_removes_a_name(scene: Scene) -> None:
    code, said = run(scene, "remove-name", SLUG, SIDURI, "--erase", "--yes")
    assert code == 0, said
    assert said == (
        "The name is removed. 3 releases were rewritten.\n"
        "Release 4 is public; calendars overwrite what they have.\n"
    )
    assert found_in_tables(SECRETS) == {}
    assert left(scene.instance) is None


def test_it_asks_first(scene: Scene) -> None:
    code, _ = run(scene, "remove-name", SLUG, SIDURI, answer="n\n")
    assert code == 1
    assert "release" in found_in_tables([ARABIC])


@pytest.mark.parametrize(
    ("slug", "code", "said"),
    [("no-days", SIDURI, "There is no event"), (SLUG, "GGGGGG", "has no speaker")],
)
def test_it_refuses_what_is_not_there(scene: Scene, slug: str, code: str, said: str) -> None:
    status, output = run(scene, "remove-name", slug, code, "--yes")
    assert status == 2
    assert said in output


def test_where_somebody_reads_it_says_what_to_do(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy() -> None:
        raise BusyError("somebody reads")

    with monkeypatch.context() as patched:
        patched.setattr(sweeping, "scrub", busy)
        code, said = run(scene, "remove-name", SLUG, SIDURI, "--yes")
        assert code == 1
        assert "planner sweep" in said
        assert run(scene, "sweep")[0] == 1
    assert run(scene, "sweep") == (0, "Nothing is left of what was removed.\n")
