"""Out and back in without an edit: nothing changes, and nothing is written."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.events.models import TextState
from planner.extensions import db
from planner.imports.operations import import_schedule
from planner.programme.vocabulary import Kind, Role
from planner.releases.queries import whole_plan
from planner.sample.operations import fill
from planner.sessions.models import SessionText, State
from planner.speakers.models import SpeakerText, Visibility
from planner.workbook.columns import SheetKind
from planner.workbook.tables import Tables
from planner.workbook.writing import separated_table, workbook
from tests.imports.plans import rows
from tests.plans import SLUG, WATER, ZIN, make_plan, plan_to_change
from tests.statements import statements
from tests.workbook.files import changed, guessed, refused, table_of, take, writing

pytestmark = pytest.mark.usefixtures("app")


def _files(slug: str, lang: str, *, sees_names: bool) -> Iterator[bytes]:
    """Yield the workbook, and each of its tables."""
    plan = whole_plan(slug)
    assert plan is not None
    tables = Tables(plan, lang, sees_names=sees_names)
    yield workbook(tables, lang)
    for kind in SheetKind:
        yield separated_table(tables.table(kind))
    db.session.rollback()


def _nothing_changes(
    slug: str,
    *,
    langs: tuple[str, ...] = ("en", "ar", "ckb"),
    knowing: tuple[bool, ...] = (True, False),
) -> None:
    before = rows()
    for lang in langs:
        for sees_names in knowing:
            for content in list(_files(slug, lang, sees_names=sees_names)):
                with statements() as sent:
                    account = take(content, slug, sees_names=sees_names)
                assert (refused(account), changed(account), guessed(account)) == ([], [], [])
                assert not account.changes_something
                assert writing(sent) == []
    assert rows() == before


def test_the_small_plan() -> None:
    make_plan()
    _nothing_changes(SLUG)


def test_the_sample_event() -> None:
    _nothing_changes(fill(), langs=("ar",))


def test_what_is_out_of_the_ordinary() -> None:
    make_plan()
    with plan_to_change() as plan:
        for number, session in enumerate(plan.sessions.values()):
            session.state = list(State)[number % 4] if number else session.state
            session.kind = list(Kind)[number]
            session.pinned, session.needs_step_free = True, True
            session.audience, session.online_url = 0, "https://live.example/1"
            session.remark = "- eins\n- zwei\n\n=drei"
            session.spoken_languages, session.interpreted_languages = ["ckb", "kmr"], ["ar", "de"]
            session.texts["ckb"] = SessionText(
                lang="ckb", title="", abstract="تەنیا پوختە", state=TextState.MISSING
            )
        held, *_ = plan.sessions.values()
        held.starts_at, held.room = datetime(2017, 1, 19, 0, 30), None
        plan.rooms["zagros"].name = {"ar": "قاعة دجلة"}  # two of one name
        plan.themes["women"].name = {"ar": "-"}
        plan.speakers[ZIN].texts["en"] = SpeakerText(lang="en", display_name="Zin (the poet)")
        plan.speakers[ZIN].spoken_languages = ["ckb"]
        held.people[0].role = Role.FACILITATOR
    _nothing_changes(SLUG)


def test_texts_that_are_longer_than_a_cell() -> None:
    make_plan()
    with plan_to_change() as plan:
        told = " ".join(f"ماء {number * 7919 % 10_007}" for number in range(5000))
        plan.sessions[WATER].texts["ar"].abstract = told
    _nothing_changes(SLUG, langs=("ar",))


_TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00")  # which PostgreSQL holds nowhere
    | st.sampled_from("=+-@'\"\n\r\t;,_x0041_\u200f\u200e\u2067\u2069\u202b\u00a0ەێۆڕ"),
    max_size=40,
)


@given(st.lists(_TEXTS, min_size=12, max_size=12))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_texts_of_any_kind(texts: list[str]) -> None:
    if whole_plan(SLUG) is None:
        make_plan()
    with plan_to_change() as plan:
        told = iter(texts)
        for session in plan.sessions.values():
            # A title of nothing is another state.
            session.texts["ar"].title = next(told) or "-"
            session.texts["ar"].abstract = next(told)
        for speaker in plan.speakers.values():
            speaker.texts["ar"].display_name = next(told) or "زین"
        plan.rooms["tigris"].name = {"ar": next(told) or "قاعة"}
    _nothing_changes(SLUG, langs=("ar",), knowing=(True,))


@pytest.mark.real_files
def test_a_congress_of_others(real_files: Path) -> None:
    content = (real_files / "schedules" / "33c3-everything.schedule.json").read_bytes()
    import_schedule(
        content,
        slug="congress",
        create=True,
        names=Visibility.WITHHELD,
        dry_run=False,
        host="congress.example",
    )
    _nothing_changes("congress", langs=("en",), knowing=(False,))


def test_the_statements_do_not_grow_with_the_plan() -> None:
    make_plan()
    few = _asked()
    take(table_of(*({"title_en": f"Talk {n}", "speakers": f"Person {n}"} for n in range(40))))
    assert _asked() == few


def _asked() -> int:
    (content, *_) = _files(SLUG, "en", sees_names=True)
    with statements() as sent:
        take(content)
    return len(sent)
