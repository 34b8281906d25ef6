"""Making and changing speakers."""

from flask import Flask
from sqlalchemy import select

from planner.extensions import db
from planner.lib.codes import ALPHABET
from planner.speakers.models import Speaker, Visibility
from planner.speakers.operations import add_speaker, set_text
from tests.plans import SIDURI, make_plan, plan_to_change


def test_a_speaker_is_withheld_and_has_a_code_unless_somebody_says_otherwise(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        speaker = add_speaker(plan.event, email="kawa@people.invalid")
        code = speaker.code
    found = db.session.scalars(select(Speaker).where(Speaker.code == code)).one()
    assert found.visibility is Visibility.WITHHELD
    assert len(code) == 6
    assert set(code) <= set(ALPHABET)
    assert found.spoken_languages == []


def test_texts_that_are_not_given_stay_as_they_are(app: Flask) -> None:
    make_plan()
    with plan_to_change() as plan:
        set_text(plan.speakers[SIDURI], "ar", biography="لها آخر بيت قبل البحر.")
        set_text(plan.speakers[SIDURI], "ckb", display_name="سیدوری")
    found = db.session.scalars(select(Speaker).where(Speaker.code == SIDURI)).one()
    assert found.texts["ar"].display_name == "سيدوري"
    assert found.texts["ar"].biography == "لها آخر بيت قبل البحر."
    assert found.texts["ckb"].display_name == "سیدوری"
    assert found.texts["ckb"].biography == ""
