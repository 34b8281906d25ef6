"""What is told of the changes between releases, and what is kept quiet."""

from datetime import timedelta

import msgspec
import pytest

from planner.programme.document import Appearance, Programme, Session, Speaker
from planner.programme.vocabulary import Change, Role, Stage, Status
from planner.public.history import Group, ReleaseHistory, SessionChange, history
from tests.examples import EVENT, PROGRAMME, published, session

TENTH_HOUR = session("A").starts_at
SIDURI = PROGRAMME.speakers[0]
KAWA = msgspec.structs.replace(
    SIDURI, code="KWXYZ2", name={"ar": "كاوه الحداد", "ckb": "کاوەی ئاسنگەر"}
)


def programme(
    *sessions: Session,
    number: int = 1,
    speakers: tuple[Speaker, ...] = (),
    **changes: object,
) -> Programme:
    """Return a programme of these sessions and speakers alone."""
    release = msgspec.structs.replace(PROGRAMME.release, number=number, note={})
    given = {"release": release, "sessions": sessions, "speakers": speakers, **changes}
    return msgspec.structs.replace(PROGRAMME, **given)


def told(*programmes: Programme, lang: str = "ar") -> tuple[ReleaseHistory, ...]:
    """Return the history of programmes that are given the oldest first."""
    return history([published(each) for each in reversed(programmes)], lang)


def only_change(before: Session, after: Session, lang: str = "ar") -> SessionChange:
    """Return what is told of one session in the second of two releases."""
    (change,) = told(programme(before), programme(after, number=2), lang=lang)[0].sessions
    return change


def with_people(*people: Appearance) -> Session:
    """Return the session of the example with other people."""
    return session("4CDFGH", people=people)


def speaking(code: str) -> Appearance:
    """Return the part of a named speaker."""
    return Appearance(role=Role.SPEAKER, speaker=code)


def test_it_tells_of_the_newest_release_first_and_knows_the_first_one() -> None:
    releases = told(programme(session("A")), programme(session("A"), session("B"), number=2))

    assert [release.number for release in releases] == [2, 1]
    assert [release.is_first for release in releases] == [False, True]
    assert releases[1].sessions == ()


def test_nothing_published_has_no_history() -> None:
    assert history([], "ar") == ()


def test_a_release_that_changed_no_session_says_so_and_when_it_became_final() -> None:
    draft = programme(session("A", status=Status.TENTATIVE))
    draft = msgspec.structs.replace(
        draft, release=msgspec.structs.replace(draft.release, stage=Stage.DRAFT)
    )

    newest = told(draft, programme(session("A"), number=2))[0]

    assert newest.sessions == ()
    assert newest.became_final


def test_a_final_release_after_a_final_one_did_not_become_final() -> None:
    assert not told(programme(), programme(session("A"), number=2))[0].became_final


def test_it_tells_of_a_new_session_where_it_stands() -> None:
    (change,) = told(programme(), programme(session("A"), number=2))[0].sessions

    assert (change.group, change.changes) == (Group.NEW, (Change.NEW,))
    assert change.place.starts_at == TENTH_HOUR
    assert change.place.room is not None
    assert change.place.room.value == "قاعة دجلة"
    assert change.former_place is None


def test_it_tells_of_a_cancelled_session_where_it_was_to_be() -> None:
    change = only_change(session("A"), session("A", status=Status.CANCELLED))

    assert change.group is Group.CANCELLED
    assert change.place.minutes == 60


def test_it_tells_of_a_session_that_is_back() -> None:
    before = session("A", status=Status.CANCELLED)

    change = only_change(before, session("A", room="zagros"))

    assert change.group is Group.RESTORED
    assert change.former_place is not None
    assert change.former_place.room is not None
    assert change.former_place.room.value == "قاعة دجلة"


@pytest.mark.parametrize(
    "after",
    [
        session("A", starts_at=TENTH_HOUR + timedelta(days=1)),
        session("A", room="zagros"),
        session("A", minutes=90),
        session("A", across_rooms=True),
    ],
)
def test_it_tells_from_where_to_where_a_session_moved(after: Session) -> None:
    change = only_change(session("A"), after)

    assert change.group is Group.MOVED
    assert change.former_place is not None
    assert change.former_place != change.place
    assert change.place.across_rooms == (change.place.room is None)


def test_it_tells_when_all_hours_are_those_of_another_zone() -> None:
    elsewhere = msgspec.structs.replace(EVENT, time_zone="Asia/Beirut")
    after = programme(session("A"), number=2, event=elsewhere)

    assert told(programme(session("A")), after)[0].time_zone == "Asia/Beirut"


def test_it_tells_which_words_of_a_title_changed() -> None:
    before = session("A", title={"ar": "حق الوصول إلى الماء"})
    after = session("A", title={"ar": "حق الجميع في الماء"})

    change = only_change(before, after)

    assert change.group is Group.OTHER
    assert [(piece.change, piece.text.value) for piece in change.rewording] == [
        ("same", "حق"),
        ("gone", "الوصول إلى"),
        ("new", "الجميع في"),
        ("same", "الماء"),
    ]
    assert change.text_languages == ("ar",)


def test_a_title_that_was_translated_meanwhile_is_told_whole() -> None:
    before = session("A", title={"ar": "الماء"})
    after = session("A", title={"ar": "الماء", "ckb": "ئاو"})

    change = only_change(before, after, lang="ckb")

    assert [(piece.change, piece.text.lang) for piece in change.rewording] == [
        ("gone", "ar"),
        ("new", "ckb"),
    ]


def test_a_text_in_another_language_is_told_by_its_language_alone() -> None:
    before = session("A", abstract={"ar": "من النبع", "ckb": "لە کانییەوە"})
    after = session("A", abstract={"ar": "من النبع", "ckb": "لە کانییەوە بۆ شار"})

    change = only_change(before, after)

    assert change.rewording == ()
    assert change.text_languages == ("ckb",)


def test_it_tells_of_languages_and_themes() -> None:
    after = session("A", spoken_languages=("ckb",), interpreted_languages=(), theme="women")

    change = only_change(session("A"), after)

    assert (change.spoken, change.interpreted) == (("ckb",), ())
    assert (str(change.former_theme), str(change.theme)) == ("الماء", "النساء")


def test_it_tells_who_came_and_who_left() -> None:
    other = session("B", people=(speaking(KAWA.code),))
    before = programme(with_people(speaking(KAWA.code)), other, speakers=(KAWA, SIDURI))
    after = programme(with_people(speaking(SIDURI.code)), other, number=2, speakers=(KAWA, SIDURI))

    (change,) = told(before, after)[0].sessions

    assert [(person.role, person.name.value) for person in change.joined] == [
        (Role.SPEAKER, "سيدوري")
    ]
    assert [person.name.value for person in change.left] == ["كاوه الحداد"]


def test_the_same_person_in_another_role_left_the_one_and_joined_the_other() -> None:
    moderator = Appearance(role=Role.MODERATOR, speaker=SIDURI.code)
    before = programme(with_people(speaking(SIDURI.code)), speakers=(SIDURI,))
    after = programme(with_people(moderator), number=2, speakers=(SIDURI,))

    (change,) = told(before, after)[0].sessions

    assert [person.role for person in change.left] == [Role.SPEAKER]
    assert [person.role for person in change.joined] == [Role.MODERATOR]


def test_a_name_that_is_now_withheld_is_told_nowhere() -> None:
    before = programme(
        msgspec.structs.replace(
            with_people(speaking(KAWA.code)), title={"ar": "شهادة كاوه", "ckb": "شایەتیی کاوه"}
        ),
        speakers=(KAWA,),
    )
    note = msgspec.structs.replace(before.release, note={"ar": "انضم كاوه إلينا"})
    before = msgspec.structs.replace(before, release=note)
    after = programme(
        msgspec.structs.replace(with_people(Appearance(role=Role.SPEAKER)), title={"ar": "شهادة"}),
        number=2,
    )

    for lang in ("ar", "ckb", "en"):
        everything = str(told(before, after, lang=lang))
        assert "كاوه" not in everything
        assert "کاوە" not in everything
        assert "کاوه" not in everything


def test_the_title_of_a_session_that_is_gone_is_not_told_where_a_gone_name_stands_in_it() -> None:
    before = programme(session("A"), speakers=(KAWA,))
    between = programme(
        session("A"), session("B", title={"ar": "حوار مع الحداد"}), number=2, speakers=(KAWA,)
    )
    after = programme(session("A"), number=3)

    (change,) = told(before, between, after)[1].sessions

    assert change.title.value == "B"
    assert not change.has_page


def test_a_pseudonym_is_told_only_while_the_programme_bears_it() -> None:
    voice = Appearance(role=Role.SPEAKER, pseudonym={"ar": "صوت من الأهوار"})
    other = Appearance(role=Role.SPEAKER, pseudonym={"ar": "ظل النخيل"})
    before = programme(with_people(voice))
    after = programme(with_people(other), number=2)

    (change,) = told(before, after)[0].sessions

    assert [person.name.value for person in change.joined] == ["ظل النخيل"]
    assert change.left == ()


def test_a_session_is_called_as_it_is_called_today() -> None:
    today = session("A", title={"ar": "عنوان اليوم"})

    releases = told(programme(), programme(session("A"), number=2), programme(today, number=3))

    assert releases[1].sessions[0].title.value == "عنوان اليوم"


def test_the_note_of_a_release_is_told_in_the_next_best_language() -> None:
    (first,) = told(PROGRAMME, lang="ckb")

    assert (first.note.value, first.note.lang) == ("Rooms are settled.", "en")


def test_grave_changes_come_first() -> None:
    before = programme(session("A"), session("B"), session("C"))
    after = programme(
        session("A", theme="women"),
        session("B", minutes=30),
        session("C", status=Status.CANCELLED),
        session("D"),
        number=2,
    )

    newest = told(before, after)[0]

    assert [change.code for change in newest.sessions] == ["C", "B", "D", "A"]
    assert [change.code for change in newest.of(Group.NEW)] == ["D"]
