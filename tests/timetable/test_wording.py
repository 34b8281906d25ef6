"""What conflicts say: each text in its own language and direction, and nobody named in error."""

import pytest

from planner.i18n.interface import speaking
from planner.timetable.conflicts import conflicts, label_of, rules
from planner.timetable.parts import Name, Speaker
from planner.timetable.wording import described, name_of_speaker, reasoned
from tests.timetable.pictures import at, interpreter, only, plan, room, session, speaker, withheld

TITLES = {"ar": "<b>الماء</b> & السلام"}


@pytest.mark.usefixtures("app")
def test_titles_carry_their_language_and_direction_and_are_escaped() -> None:
    picture = plan(session("A", titles=TITLES))
    told = described(only(picture, "unplaced"), picture, "en", sees_names=False)
    assert str(told) == (
        '“<span lang="ar" dir="rtl">&lt;b&gt;الماء&lt;/b&gt; &amp; السلام</span>” '
        "has no room and hour yet."
    )


@pytest.mark.usefixtures("app")
def test_titles_can_be_links() -> None:
    picture = plan(session("A", titles={"ar": "ماء"}))
    told = described(
        only(picture, "unplaced"), picture, "en", sees_names=False, link=lambda code: f"/x?{code}&"
    )
    assert '<a href="/x?A&amp;"><span lang="ar" dir="rtl">ماء</span></a>' in told


@pytest.mark.usefixtures("app")
def test_a_title_that_holds_a_place_of_the_words_stays_as_it_is() -> None:
    picture = plan(session("A", titles={"ar": "%(room)s %s"}))
    told = described(only(picture, "unplaced"), picture, "en", sees_names=False)
    assert told.striptags() == "“%(room)s %s” has no room and hour yet."


@pytest.mark.usefixtures("app")
def test_hours_cannot_be_turned_around() -> None:
    picture = plan(session("A", at(7), "tigris"))
    told = described(only(picture, "day-over"), picture, "ar", sees_names=False)
    assert told.count('<bdi dir="ltr" class="hours">') == 2


@pytest.mark.usefixtures("app")
def test_the_title_is_that_of_the_reader() -> None:
    picture = plan(session("A"))
    told = described(only(picture, "unplaced"), picture, "ckb", sees_names=False)
    assert '<span lang="ckb" dir="rtl">دانیشتنی A</span>' in told


def _pseudonymous() -> Speaker:
    return withheld(speaker(14, "زین"))


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("sees_names", [True, False])
def test_no_sentence_names_whom_the_reader_may_not_know(sees_names: bool) -> None:
    """Every rule that speaks of a person, as a sentence and as the reason of a slot."""
    picture = plan(
        session("A", at(8), "tigris", 14),
        session("B", at(8), "zagros", 14, interpreter(14)),
        session("C", at(9, 5), "orchard", 14),
        session("D", at(12), "tigris", 14),
        session("E", at(14), "tigris", 14),
        speakers=(speaker_with_hours(),),
    )
    concerned = [item for item in conflicts(picture) if item.speakers]
    assert len({item.rule for item in concerned}) >= 4
    for conflict in concerned:
        told = described(conflict, picture, "en", sees_names=sees_names).striptags()
        reason = reasoned(conflict, picture, "A", "en", sees_names=sees_names).striptags()
        for words in (told, reason):
            assert ("زین" in words) is sees_names
            assert ("Speaker 14" in words) is not sees_names


def speaker_with_hours() -> Speaker:
    """Return somebody who must not be known, and is free in the small hours only."""
    return withheld(speaker(14, "زین", (at(0), at(1))))


@pytest.mark.usefixtures("app")
def test_a_person_without_a_name_is_told_by_number() -> None:
    nameless = Speaker(**{**_fields(_pseudonymous()), "texts": {"ar": Name("")}})
    assert str(name_of_speaker(nameless, "en", sees_names=True)) == "Speaker 14"


def _fields(person: Speaker) -> dict[str, object]:
    return {name: getattr(person, name) for name in person.__slots__}


@pytest.mark.usefixtures("app")
def test_what_is_gone_is_told_by_its_code_or_not_at_all() -> None:
    picture = plan(session("A", at(10), "orchard", audience=50))
    conflict = only(picture, "capacity")
    told = described(conflict, plan(rooms=(room("tigris"),)), "en", sees_names=True)
    assert told.striptags() == "Expected audience of “A”: 50. … has room for fewer: 40."


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_every_rule_has_a_label_in_every_language(lang: str) -> None:
    with speaking(lang):
        labels = {label_of(rule) for rule in rules().values()}
    assert len(labels) == len(rules())
