"""The words of the programme in the interface's language."""

from collections.abc import Callable
from enum import StrEnum

import pytest
from flask import Flask

from planner.i18n.interface import speaking
from planner.i18n.labels import (
    change_label,
    kind_label,
    role_label,
    stage_label,
    status_label,
)
from planner.i18n.languages import INTERFACE
from planner.programme.vocabulary import Change, Kind, Role, Stage, Status

_LABELS: list[tuple[type[StrEnum], Callable[..., str]]] = [
    (Kind, kind_label),
    (Role, role_label),
    (Stage, stage_label),
    (Status, status_label),
    (Change, change_label),
]


@pytest.mark.parametrize("lang", INTERFACE)
@pytest.mark.parametrize(("words", "label"), _LABELS, ids=[words.__name__ for words, _ in _LABELS])
def test_every_word_has_a_label_of_its_own_in_every_language(
    app: Flask, lang: str, words: type[StrEnum], label: Callable[..., str]
) -> None:
    with speaking(lang):
        labels = [label(word) for word in words]
    assert all(labels)
    assert len(set(labels)) == len(labels)
