"""What a session's event says, in the reader's language."""

from collections.abc import Iterator
from pathlib import Path

import icalendar
import msgspec
import pytest
from babel.messages import Catalog, mofile

from planner.programme.document import Appearance, Programme, Session, Texts
from planner.programme.vocabulary import Kind, Role, Status
from tests.examples import PROGRAMME, session
from tests.formats.conftest import speaking_app
from tests.formats.feeds import BASE_URL, feed_of, with_sessions

pytestmark = pytest.mark.usefixtures("interface")
LONG = "حق الوصول إلى الماء في المدن والقرى والأهوار "


def _event(told: Session, lang: str, programme: Programme | None = None) -> icalendar.Event:
    """Return the event of a session as icalendar reads it."""
    base = programme or PROGRAMME
    content = feed_of(msgspec.structs.replace(base, sessions=(told,)), lang)
    (event,) = icalendar.Calendar.from_ical(content).events
    return event


def _summary(lang: str, **fields: object) -> str:
    return str(_event(session("4CDFGH", **fields), lang)["SUMMARY"])


def test_a_title_is_told_in_the_readers_language() -> None:
    title = {"en": "Rivers", "ckb": "ڕووبارەکان"}
    event = _event(session("4CDFGH", title=title), "ckb")
    assert event["SUMMARY"] == "ڕووبارەکان"
    assert event["SUMMARY"].params["LANGUAGE"] == "ckb"


def test_a_title_that_is_not_translated_is_marked_with_the_language_it_is_in() -> None:
    event = _event(session("4CDFGH"), "en")
    assert event["SUMMARY"] == "حق الوصول إلى الماء"
    assert event["SUMMARY"].params["LANGUAGE"] == "ar"
    assert event["DESCRIPTION"].params["LANGUAGE"] == "ar"
    assert event["LOCATION"].params["LANGUAGE"] == "en"


def test_a_cancelled_session_says_so_in_its_title() -> None:
    title = {"en": "Rivers"}
    assert _summary("en", title=title, status=Status.CANCELLED) == "Cancelled: Rivers"


def test_a_title_that_runs_the_other_way_is_isolated_from_the_words_before_it() -> None:
    title = {"ar": "الأنهار"}
    assert _summary("en", title=title, status=Status.CANCELLED) == "Cancelled: \u2068الأنهار\u2069"


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.CANCELLED])
def test_a_long_title_is_cut_at_a_letter(status: Status) -> None:
    summary = _summary("ckb", title={"ar": LONG * 9}, status=status)
    assert 245 < len(summary.encode()) <= 255
    told = summary.removeprefix("Cancelled: ")
    assert told.endswith("…")
    assert (LONG * 9).startswith(told[:-1])


def test_a_long_title_is_cut_before_a_letter_and_not_within_its_marks() -> None:
    summary = _summary("en", title={"ar": "ا" + "بّ" * 200})
    assert summary.rstrip("…").endswith("بّ")


def test_a_cut_leaves_no_open_isolate() -> None:
    summary = _summary("en", title={"en": "\u2067" + LONG * 9 + "\u2069"})
    assert "\u2067" not in summary


@pytest.mark.parametrize("title", [{}, {"en": "  \n"}, {"en": "\u200b\u200e\x00"}])
def test_a_session_without_a_title_is_called_by_its_kind(title: Texts) -> None:
    assert _summary("en", title=title, kind=Kind.PERFORMANCE) == "Performance"
    cancelled = _summary("en", title=title, kind=Kind.MEAL, status=Status.CANCELLED)
    assert cancelled == "Cancelled: Meal"


def test_a_description_tells_all_that_the_page_tells_as_plain_text() -> None:
    event = _event(PROGRAMME.sessions[0], "en")
    assert event["DESCRIPTION"] == (
        "Welcome, to all; and tea.\n\n• one\n• two\n\n"
        "Moderator: Siduri of the Tavern, House of Tablets\n"
        "Speaker: A voice\n"
        "Interpreter: Name withheld\n"
        "Languages spoken: Arabic\n"
        "Interpreted into: Kurdish (Sorani), English\n\n"
        f"{BASE_URL}/en/river-days/sessions/3CDFGH"
    )


def test_a_description_names_theme_and_address_of_a_stream() -> None:
    described = _event(PROGRAMME.sessions[-1], "ckb")["DESCRIPTION"].split("\n")
    assert "Theme: ئاو" in described
    assert described[described.index("Online:") + 1] == "https://stream.example/9"


def test_a_name_that_runs_the_other_way_is_isolated() -> None:
    described = _event(PROGRAMME.sessions[0], "ckb")["DESCRIPTION"]
    assert "Moderator: سیدوری, \u2068House of Tablets\u2069\n" in described


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_a_withheld_name_is_told_in_the_events_own_words(lang: str) -> None:
    told = session("4CDFGH", people=(Appearance(role=Role.SPEAKER),))
    words = PROGRAMME.event.withheld_name[lang]
    assert f"Speaker: {words}\n" in _event(told, lang)["DESCRIPTION"]


def test_a_withheld_name_is_told_where_the_event_has_no_words_for_it() -> None:
    told = session("4CDFGH", people=(Appearance(role=Role.SPEAKER),))
    programme = with_sessions(told, withheld_name={})
    assert "Speaker: Name withheld\n" in _event(told, "en", programme)["DESCRIPTION"]


def test_a_place_is_told_from_the_room_to_the_town() -> None:
    event = _event(session("4CDFGH", room="tigris"), "ar")
    assert event["LOCATION"] == "قاعة دجلة, الطابق الأرضي, بيت القصب, السليمانية"


def test_what_is_held_in_no_room_is_at_the_venue() -> None:
    assert _event(session("4CDFGH", room=None), "ckb")["LOCATION"] == "ماڵی قامیش, سلێمانی"


def test_a_place_that_is_not_known_is_left_out() -> None:
    programme = with_sessions(venue_name={}, venue_address={})
    assert "LOCATION" not in _event(session("4CDFGH", room=None), "en", programme)


@pytest.fixture
def arabic(tmp_path: Path) -> Iterator[None]:
    """Speak with a catalogue of a few Arabic words."""
    words = {
        "Cancelled: %(title)s": "ملغاة: %(title)s",
        "Speaker": "متحدث",
        "Panel": "حلقة نقاش",
        "%(one)s, %(other)s": "%(one)s، %(other)s",
    }
    catalogue = Catalog(locale="ar")
    for source, translation in words.items():
        catalogue.add(source, translation, flags=["python-format"] if "%" in source else [])
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        mofile.write_mo(file, catalogue)
    with speaking_app(tmp_path).app_context():
        yield


@pytest.mark.usefixtures("arabic")
def test_its_own_words_are_in_the_readers_language() -> None:
    told = session(
        "4CDFGH",
        status=Status.CANCELLED,
        people=(Appearance(role=Role.SPEAKER, speaker="CDFGHJ"),),
    )
    event = _event(told, "ar")
    assert event["SUMMARY"] == "ملغاة: حق الوصول إلى الماء"
    assert "متحدث: سيدوري، \u2068House of Tablets\u2069\n" in event["DESCRIPTION"]
    assert event["LOCATION"].startswith("قاعة دجلة، ")
    assert str(event["CATEGORIES"].cats[1]) == "حلقة نقاش"
    assert _event(told, "en")["SUMMARY"].startswith("Cancelled: ")
