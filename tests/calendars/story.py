"""One event through fifteen releases, and a last one that takes back all: who does what, and when.

What is true after each release is written down in :mod:`tests.calendars.truth`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO

import openpyxl
from sqlalchemy import select

from planner.accounts.models import User
from planner.events.models import Event, TextState
from planner.events.operations import DATES, change_event
from planner.events.parts import THEMES, change
from planner.extensions import db
from planner.formats import schedule_xml
from planner.programme.document import decode
from planner.programme.published import Published
from planner.programme.vocabulary import Role, Stage
from planner.releases.correcting import Correction, correct
from planner.releases.operations import publish, take_back
from planner.releases.queries import last_release, whole_plan
from planner.sessions.models import Session, State
from planner.sessions.operations import set_people, set_text
from planner.speakers.models import Visibility
from planner.speakers.operations import set_text as set_speaker_text
from planner.timetable.operations import move
from planner.timetable.queries import Slot
from planner.workbook.operations import take
from planner.workbook.reading import read_file
from planner.workbook.scene import Options
from planner.workbook.tables import Tables
from planner.workbook.writing import workbook
from tests.conftest import BASE_URL
from tests.desks import make_user
from tests.imports.plans import dump
from tests.imports.plans import take as take_schedule
from tests.imports.schedules import GUID, event, xml
from tests.plans import OPENING, SIDURI, SLUG, WATER, WOMEN, ZIN, at, make_plan, plan_to_change

FIRST = datetime(2016, 12, 21, 15, 0, tzinfo=UTC)
LANGUAGES = ("en", "ar", "ckb")
#: Sessions that came from a schedule of other software, by their numbers in it.
_IN_FILE = {"mill": 1, "well": 2, "loom": 3, "tour": 4}


def published_at(release: int) -> datetime:
    """Return when a release is published: one an hour."""
    return FIRST + timedelta(hours=release - 1)


def begin() -> None:
    """Make the event: some sessions are made here, others come from a file. Nothing is public."""
    make_plan()
    make_user()
    _take(_file(mill="12:00"))


def codes() -> dict[str, str]:
    """Return the codes of all sessions of the story that are in the plan, by their names in it."""
    guids = dict(map(tuple, db.session.execute(select(Session.guid, Session.code))))
    of_file = {name: guids.get(GUID.format(number)) for name, number in _IN_FILE.items()}
    made_here = {"opening": OPENING, "water": WATER, "women": WOMEN}
    return made_here | {name: code for name, code in of_file.items() if code}


@dataclass(frozen=True)
class Step:
    """What is done before a release, and how that is made."""

    name: str
    #: Changes the plan and publishes it as the release of this number.
    release: Callable[[int], None]


def _draft(number: int) -> None:
    _publish(number)


def _moved(number: int) -> None:
    _move("water", Slot(at(15), "tigris", 60))
    _publish(number)


def _other_room(number: int) -> None:
    _move("water", Slot(at(15), "zagros", 60))
    _publish(number)


def _longer(number: int) -> None:
    _move("water", Slot(at(15), "zagros", 90))
    _publish(number)


def _renamed(number: int) -> None:
    with plan_to_change() as plan:
        _write(plan.sessions[WATER], "ar", "الحق في الماء")
    _publish(number)


def _translated(number: int) -> None:
    with plan_to_change() as plan:
        _write(plan.sessions[WATER], "en", "The right to water")
        _write(plan.sessions[WATER], "ckb", "مافی ئاو")
    _publish(number)


def _speaker_changed(number: int) -> None:
    """Somebody else speaks, and the moderator of two sessions has another name."""
    with plan_to_change() as plan:
        siduri, zin = plan.speakers[SIDURI], plan.speakers[ZIN]
        set_people(plan.sessions[WATER], [(siduri, Role.MODERATOR), (zin, Role.SPEAKER)])
        set_speaker_text(siduri, "ar", display_name="سيدوري صاحبة الحانة")
    _publish(number)


def _cancelled(number: int) -> None:
    with plan_to_change() as plan:
        plan.sessions[WATER].state = plan.sessions[WOMEN].state = State.WITHDRAWN
    _publish(number)


def _restored(number: int) -> None:
    with plan_to_change() as plan:
        plan.sessions[WATER].state = State.CONFIRMED
    _publish(number)


def _re_imported(number: int) -> None:
    """The file of others brings another hour and a new session, a workbook another hour.

    Our own schedule.xml, and a workbook that nobody touched, bring nothing.
    """
    _take_own_file()
    _take(_file(mill="12:15", has_tour=True))
    _take_workbook({})
    _take_workbook({codes()["loom"]: "16:10"})
    _publish(number)


def _theme_renamed(number: int) -> None:
    change(
        THEMES,
        _event_id(),
        _organizer(),
        "water",
        version=None,
        values={"name": {"ar": "المياه", "en": "Water"}},
    )
    _publish(number)


def _zone_corrected(number: int) -> None:
    change_event(
        _event_id(), _organizer(), DATES, version=None, values={"time_zone": "Asia/Tehran"}
    )
    _publish(number)


def _final(number: int) -> None:
    _publish(number, Stage.FINAL)


def _correction(number: int) -> None:
    """One session is put right on the day; what else is new in the plan stays there."""
    with plan_to_change() as plan:
        _write(plan.sessions[OPENING], "ar", "لم يعلن بعد")
    correct(
        _event_id(),
        None,
        SLUG,
        Correction(WATER, Slot(at(17), "tigris", 45), version=None),
        current=number - 1,
        at=published_at(number),
    )


def _taken_back(number: int) -> None:
    take_back(SLUG, 13, current=number - 1, at=published_at(number))


def _begun_anew(number: int) -> None:
    take_back(SLUG, 1, current=number - 1, at=published_at(number))


STEPS = (
    Step("draft", _draft),
    Step("moved", _moved),
    Step("other room", _other_room),
    Step("longer", _longer),
    Step("renamed", _renamed),
    Step("translated", _translated),
    Step("speaker changed", _speaker_changed),
    Step("cancelled", _cancelled),
    Step("restored", _restored),
    Step("re-imported", _re_imported),
    Step("theme renamed", _theme_renamed),
    Step("time zone corrected", _zone_corrected),
    Step("final", _final),
    Step("correction", _correction),
    Step("taken back", _taken_back),
    # One more, which takes back all that the others brought.
    Step("begun anew", _begun_anew),
)


def _event_id() -> int:
    return db.session.scalars(select(Event.id).where(Event.slug == SLUG)).one()


def _organizer() -> int:
    return db.session.scalars(select(User.id)).one()


def _publish(number: int, stage: Stage = Stage.DRAFT) -> None:
    release = publish(SLUG, stage, at=published_at(number))
    assert release.number == number


def _move(name: str, slot: Slot) -> None:
    move(_event_id(), _organizer(), codes()[name], slot, version=None)


def _write(session: Session, lang: str, title: str) -> None:
    text = session.texts.get(lang)
    abstract = text.abstract if text else ""
    set_text(session, lang, title=title, abstract=abstract, state=TextState.DRAFT)


def _file(*, mill: str, has_tour: bool = False) -> bytes:
    hours = {"mill": mill, "well": "13:00", "loom": "16:00", "tour": "14:00"}
    titles = {"mill": "الطاحونة", "well": "البئر", "loom": "النول", "tour": "الجولة"}
    if not has_tour:
        del hours["tour"]
    return xml(
        *(
            event(
                _IN_FILE[name],
                date=f"2017-01-18T{hour}:00+03:00",
                start=hour,
                title=titles[name],
                track="الماء" if name == "mill" else "",
            )
            for name, hour in hours.items()
        )
    )


def _take(content: bytes) -> None:
    assert take_schedule(content).refused == 0


def _take_own_file() -> None:
    """Take the schedule.xml of what is public, as our own pages offer it."""
    last = last_release(_event_id())
    assert last is not None
    content = schedule_xml.document(Published(decode(last.document), last.digest), BASE_URL)
    before = dump(SLUG)
    take_schedule(content)
    assert dump(SLUG) == before


def _take_workbook(starts: Mapping[str, str]) -> None:
    """Write the plan as a workbook, give sessions other starts there, and take it again."""
    plan = whole_plan(SLUG)
    assert plan is not None
    book = openpyxl.load_workbook(BytesIO(workbook(Tables(plan, "en", sees_names=True), "en")))
    db.session.rollback()
    sheet = book["Sessions"]
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        start = starts.get(str(row[heads.index("code")].value))
        if start is not None:
            row[heads.index("start")].value = start
    stream = BytesIO()
    book.save(stream)
    options = Options(Visibility.PUBLIC, sees_names=True)
    account = take(read_file(stream.getvalue()), SLUG, options, user_id=None)
    assert not account.is_refused
    assert account.changes_something is bool(starts)
