"""The closed words, in three languages."""

import pytest

from planner.i18n.interface import speaking
from planner.i18n.labels import kind_label, role_label
from planner.i18n.languages import INTERFACE
from planner.lib.text import fold
from planner.programme.vocabulary import Kind, Role
from planner.sessions.labels import state_label
from planner.sessions.models import State
from planner.speakers.labels import visibility_label
from planner.speakers.models import Visibility
from planner.workbook import words

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("lang", INTERFACE)
def test_what_the_interface_calls_a_word_is_understood(lang: str) -> None:
    with speaking(lang):
        kinds = {kind_label(kind): kind for kind in Kind}
        roles = {role_label(role): role for role in Role}
        states = {state_label(state): state for state in State}
        visibilities = {visibility_label(word): word for word in Visibility}
    assert {label: words.kind_called(label) for label in kinds} == kinds
    assert {label: words.role_called(label) for label in roles} == roles
    assert {label: words.state_called(label) for label in states} == states
    assert {label: words.visibility_called(label) for label in visibilities} == visibilities


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("ورشة", Kind.WORKSHOP),
        ("Workshop 2h", Kind.WORKSHOP),
        ("مائدة مستديرة", Kind.PANEL),
        ("گفتوگۆ", Kind.PANEL),
        ("كلمة", None),
        ("session", Kind.OTHER),
        ("الغداء", Kind.MEAL),
    ],
)
def test_kinds_have_other_names(written: str, kind: Kind | None) -> None:
    assert words.kind_called(written) is kind


def test_states_and_visibilities_have_other_names() -> None:
    assert words.state_called("ملغاة") is State.WITHDRAWN
    assert words.state_called("Cancelled") is State.WITHDRAWN
    assert words.state_called("tentative") is State.ACCEPTED
    assert words.state_called("nearly") is None
    assert words.visibility_called("اسم مستعار") is Visibility.PSEUDONYM
    assert words.visibility_called("") is None


@pytest.mark.parametrize(
    "synonyms", [words._KINDS, words._ROLES, words._STATES, words._VISIBILITIES]
)
def test_no_word_stands_for_two_things(synonyms: dict[object, str]) -> None:
    called = [word for others in synonyms.values() for word in set(map(fold, others.split("/")))]
    assert sorted(set(called)) == sorted(called)
