"""Words of other programs."""

import pytest

from planner.imports.words import (
    is_no_track,
    kind_of_title,
    kind_of_type,
    languages_of,
    role_of,
)
from planner.programme.vocabulary import Kind, Role


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("keynote", Kind.PLENARY),
        ("Plenum", Kind.PLENARY),
        ("opening plenary", Kind.PLENARY),
        ("Workshop 2h", Kind.WORKSHOP),
        ("hands-on", Kind.WORKSHOP),
        ("podium", Kind.PANEL),
        ("BoF (45 mins)", Kind.PANEL),
        ("Sound Performance", Kind.PERFORMANCE),
        ("djset", Kind.PERFORMANCE),
        ("Aufführung / Kunst", Kind.PERFORMANCE),
        ("Opening", Kind.CEREMONY),
        ("lunch_break", Kind.MEAL),
        ("Coffee break", Kind.BREAK),
        ("other", Kind.OTHER),
        ("lecture", None),
        ("Talk (45 mins)", None),
        ("", None),
        *((kind.value, kind) for kind in Kind),
    ],
)
def test_types_tell_kinds(written: str, kind: Kind | None) -> None:
    assert kind_of_type(written) is kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Lunch", Kind.MEAL),
        ("Coffee Break", Kind.BREAK),
        ("33C3 Opening Ceremony", Kind.CEREMONY),
        ("Breaking chips", None),
        ("Coffee as a right", None),
        ("Lunch with the wolves", None),
    ],
)
def test_some_titles_tell_kinds(title: str, kind: Kind | None) -> None:
    assert kind_of_title(title) is kind


@pytest.mark.parametrize(
    ("written", "codes", "unknown"),
    [
        ("de", ("de",), ()),
        ("de, en", ("de", "en"), ()),
        ("de/en", ("de", "en"), ()),
        ("Arabic and Kurdish", ("ar", "ckb"), ()),
        ("ar;ckb", ("ar", "ckb"), ()),
        ("en en", ("en",), ()),
        ("pt_BR", ("pt-br",), ()),
        ("mul", (), ()),
        ("Klingonisch", (), ("klingonisch",)),
        ("en-aaaaaaaa-bbbbbbbb", ("en",), ()),
        ("", (), ()),
    ],
)
def test_languages_are_told_apart(
    written: str, codes: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    assert languages_of(written) == (codes, unknown)


def test_roles_and_missing_tracks_are_understood() -> None:
    assert role_of("MODERATOR") is Role.MODERATOR
    assert role_of("Session host") is Role.MODERATOR
    assert role_of("CONTRIBUTOR") is Role.SPEAKER
    assert role_of("gardener") is None
    assert all(role_of(role.value) is role for role in Role)
    assert is_no_track("No Track")
    assert is_no_track(" ")
    assert not is_no_track("الماء")
