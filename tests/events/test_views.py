"""Making an event, its settings, and deleting it."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from planner.accounts.models import MemberRole, Membership
from planner.database import write_tx
from planner.events.models import Event
from planner.extensions import db
from planner.journal.models import Entry
from planner.journal.undoing import undo
from planner.sessions.models import Session
from tests.desks import make_user, organizer, signed_in, went_by
from tests.forms import hidden
from tests.plans import SIDURI, SLUG, WATER, make_plan, plan_to_change, released

DESK = f"/desk/{SLUG}"
PAGES = ("settings", "settings/principles", "settings/dates", "settings/limits")
DATES = {
    "first_day": "2017-01-18",
    "last_day": "2017-01-19",
    "day_from": "08:00",
    "day_to": "20:00",
    "time_zone": "Asia/Baghdad",
    "languages_of_event": ["en", "ar", "ckb"],
}


@pytest.fixture(autouse=True)
def _plan(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    """Return the browser of the event's owner."""
    return organizer(app)


def event() -> Event:
    """Return the small event as it is now."""
    db.session.expire_all()
    return db.session.scalars(select(Event).where(Event.slug == SLUG)).one()


@pytest.mark.parametrize("page", [*PAGES, "settings/owner", "settings/delete"])
@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_every_page_of_settings_speaks_the_language_of_the_desk(
    app: Flask, page: str, lang: str
) -> None:
    answer = organizer(app, lang=lang).get(f"{DESK}/{page}")
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text


@pytest.mark.parametrize("page", PAGES)
def test_viewers_see_the_settings_and_change_nothing(app: Flask, page: str) -> None:
    viewer = organizer(app, MemberRole.VIEWER)
    answer = viewer.get(f"{DESK}/{page}")
    assert '<fieldset class="form" disabled>' in answer.text
    assert ">Save</button>" not in answer.text
    assert viewer.post(f"{DESK}/{page}", data={"name-ar": "غيره"}).status_code == 403


@pytest.mark.parametrize("page", ["settings/owner", "settings/delete"])
def test_only_owners_decide_about_security_and_deletion(app: Flask, page: str) -> None:
    editor = organizer(app, MemberRole.EDITOR)
    assert editor.get(f"{DESK}/{page}").status_code == 403
    assert editor.post(f"{DESK}/{page}", data={"slug": SLUG}).status_code == 403
    assert "Security and deletion" not in editor.get(f"{DESK}/settings").text


@pytest.mark.parametrize("page", ["settings/owner", "settings/delete"])
def test_what_only_owners_decide_asks_for_the_password_once_more(
    desk: FlaskClient, page: str
) -> None:
    went_by(desk, 11)
    verify = f"/desk/account/verify?next={DESK}/{page}"
    assert desk.get(f"{DESK}/{page}").location == verify
    data = {"slug": SLUG, "requires_second_factor": "y", "version": "1"}
    assert desk.post(f"{DESK}/{page}", data=data).location == verify
    assert not event().requires_second_factor


def test_texts_are_changed_in_every_language(app: Flask) -> None:
    desk = organizer(app, MemberRole.EDITOR)
    sent = {
        **hidden(desk.get(f"{DESK}/settings")),
        "name-ar": "  أيام   النهرين ",
        "name-en": "",
        "call-ckb": "بانگهێشت\r\n\r\n**ئاو**",
        "latitude": "35.5",
    }
    assert desk.post(f"{DESK}/settings", data=sent).status_code == 302
    assert event().name == {"ar": "أيام النهرين", "ckb": "ڕۆژانی ڕووبار"}
    assert event().call == {"ckb": "بانگهێشت\n\n**ئاو**"}
    assert event().latitude == 35.5
    entry = db.session.scalars(select(Entry)).one()
    assert entry.action == "event.texts"
    undo(event().id, entry.user_id or 0, entry.id)
    assert event().name["en"] == "River Days"


@pytest.mark.parametrize(
    ("page", "wrong", "said"),
    [
        ("settings", {"name-en": "", "name-ar": "", "name-ckb": ""}, "in one language at least"),
        ("settings", {"name-ar": "ن" * 201}, "At most 200 letters"),
        ("settings", {"latitude": "91"}, "between -90 and 90"),
        ("settings/limits", {"most_sessions_a_day": "0"}, "between 1 and 50"),
        ("settings/dates", {"last_day": "2017-01-17"}, "comes before the first"),
        ("settings/dates", {"last_day": "2018-01-17"}, "two months"),
        ("settings/dates", {"time_zone": "Mesopotamia"}, "not a time zone"),
        ("settings/dates", {"languages_of_event": ["", "ein Deutsch"]}, "not the code"),
        (
            "settings/dates",
            {"registration_opens": "2017-01-02T00:00", "registration_closes": "2017-01-01T00:00"},
            "close before it opens",
        ),
        (
            "settings/principles",
            {"partners-0-place": "1", "partners-0-text-ar": "م", "partners-0-url": "ftp://a.b"},
            "not an address such as",
        ),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_is_kept(
    desk: FlaskClient, page: str, wrong: dict[str, Any], said: str
) -> None:
    known = hidden(desk.get(f"{DESK}/{page}"))
    limits = {
        "changeover_minutes": 10,
        "site_changeover_minutes": 30,
        "most_sessions_a_day": 4,
        "interpreter_minutes_a_day": 240,
        "interpreter_minutes_alone": 30,
        "turn_minutes": 30,
    }
    given: dict[str, Any] = {"settings/dates": DATES, "settings/limits": limits}.get(page, {})  # type: ignore[assignment]
    answer = desk.post(f"{DESK}/{page}", data={**known, **given, **wrong})
    assert answer.status_code == 422
    assert said in answer.text
    for value in wrong.values():
        for text in value if isinstance(value, list) else [value]:
            assert text in answer.text
    assert db.session.scalars(select(Entry)).all() == []


def test_two_pages_of_settings_can_be_changed_at_once(app: Flask) -> None:
    """They are columns of one row, but what one changes is nothing to the other."""
    one, other = organizer(app), organizer(app, MemberRole.EDITOR)
    seen = hidden(one.get(f"{DESK}/settings/limits"))
    texts = {**hidden(other.get(f"{DESK}/settings")), "tagline-ar": "من النبع إلى المدينة"}
    assert other.post(f"{DESK}/settings", data=texts).status_code == 302
    limits = {
        **seen,
        "changeover_minutes": "15",
        "site_changeover_minutes": "30",
        "most_sessions_a_day": "4",
        "interpreter_minutes_a_day": "240",
        "interpreter_minutes_alone": "30",
        "turn_minutes": "30",
    }
    assert one.post(f"{DESK}/settings/limits", data=limits).status_code == 302
    assert event().changeover_minutes == 15
    assert event().tagline == {"ar": "من النبع إلى المدينة"}


def test_two_edits_of_one_text_meet(app: Flask) -> None:
    one, other = organizer(app), organizer(app, MemberRole.EDITOR)
    seen = hidden(one.get(f"{DESK}/settings"))
    theirs = {**seen, "tagline-ar": "من النبع", "notice-ar": "عينة"}
    assert other.post(f"{DESK}/settings", data=theirs).status_code == 302
    mine = {**seen, "tagline-ar": "إلى المدينة", "tagline-ckb": "بۆ شار"}
    answer = one.post(f"{DESK}/settings", data=mine)
    assert answer.status_code == 409
    assert "من النبع" in answer.text
    assert 'value="إلى المدينة"' in answer.text
    assert 'value="بۆ شار"' in answer.text
    assert event().tagline == {"ar": "من النبع"}
    again = {**hidden(answer), "tagline-ar": "من النبع إلى المدينة", "notice-ar": "عينة"}
    assert one.post(f"{DESK}/settings", data=again).status_code == 302
    assert event().tagline == {"ar": "من النبع إلى المدينة"}
    assert event().notice == {"ar": "عينة"}


def test_principles_and_partners_are_lists(desk: FlaskClient) -> None:
    sent = {
        **hidden(desk.get(f"{DESK}/settings/principles")),
        "principles-0-place": "2",
        "principles-0-text-ar": "المساواة",
        "principles-1-place": "1",
        "principles-1-text-ckb": "ناتوندوتیژی",
        "partners-0-place": "1",
        "partners-0-text-ar": "المنتدى",
        "partners-0-url": "https://forum.example",
    }
    assert desk.post(f"{DESK}/settings/principles", data=sent).status_code == 302
    assert event().principles == [{"ckb": "ناتوندوتیژی"}, {"ar": "المساواة"}]
    assert event().partners == [{"name": {"ar": "المنتدى"}, "url": "https://forum.example"}]
    assert event().supporters == []
    page = desk.get(f"{DESK}/settings/principles").text
    assert page.index("ناتوندوتیژی") < page.index("المساواة")


def test_edits_of_a_list_meet_as_a_whole(app: Flask) -> None:
    one, other = organizer(app), organizer(app, MemberRole.EDITOR)
    address = f"{DESK}/settings/principles"
    seen = hidden(one.get(address))
    rows = {"principles-0-place": "1", "principles-0-text-ar": "المساواة"}
    assert other.post(address, data={**seen, **rows}).status_code == 302
    answer = one.post(address, data={**seen, **rows, "principles-0-text-ar": "<b>العدل"})
    assert answer.status_code == 409
    assert '<p class="theirs"><bdi>المساواة</bdi></p>' in answer.text
    assert "&lt;b&gt;العدل" in answer.text


def test_dates_hours_and_languages_are_changed(desk: FlaskClient) -> None:
    sent = {
        **hidden(desk.get(f"{DESK}/settings/dates")),
        **DATES,
        "last_day": "2017-01-20",
        "day_to": "02:00",
        "time_zone": "Asia/Beirut",
        "languages_of_event": ["ar", "ckb", "en, fa"],
        "registration_opens": "2016-11-01T08:00",
        "registration_closes": "",
    }
    assert desk.post(f"{DESK}/settings/dates", data=sent).status_code == 302
    now = event()
    assert (now.last_day, now.day_to, now.time_zone) == (date(2017, 1, 20), 1560, "Asia/Beirut")
    assert now.languages == ["ar", "ckb", "en", "fa"]
    assert now.registration_opens == datetime(2016, 11, 1, 8)
    assert now.registration_closes is None


def test_one_is_asked_before_sessions_are_outside_of_the_hours(desk: FlaskClient) -> None:
    address = f"{DESK}/settings/dates"
    sent = {**hidden(desk.get(address)), **DATES, "day_from": "10:00", "day_to": "10:30"}
    asked = desk.post(address, data=sent)
    assert asked.status_code == 200
    assert "3 sessions would be outside" in asked.text
    assert "حق الوصول إلى الماء" in asked.text
    assert event().day_from == 8 * 60
    # Other hours than those that one was told of are asked about anew.
    again = {**hidden(asked), **DATES, "day_from": "10:00", "day_to": "10:45"}
    asked = desk.post(address, data=again)
    assert asked.status_code == 200
    sure = {**hidden(asked), **DATES, "day_from": "10:00", "day_to": "10:45"}
    assert desk.post(address, data=sure).status_code == 302
    assert (event().day_from, event().day_to) == (600, 645)
    placed = select(func.count()).where(Session.starts_at.is_not(None))
    assert db.session.scalar(placed) == 3


def test_one_is_asked_before_a_language_goes_and_its_texts_are_kept(desk: FlaskClient) -> None:
    address = f"{DESK}/settings/dates"
    sent = {**hidden(desk.get(address)), **DATES, "languages_of_event": ["en", "ckb"]}
    asked = desk.post(address, data=sent)
    assert "Arabic would no longer be shown: 4 sessions have a title in it" in asked.text
    sure = {**hidden(asked), **DATES, "languages_of_event": ["en", "ckb"]}
    assert desk.post(address, data=sure).status_code == 302
    assert event().languages == ["en", "ckb"]
    assert event().name["ar"] == "أيام النهر"
    texts = {**hidden(desk.get(f"{DESK}/settings")), "name-en": "Days of the river"}
    assert desk.post(f"{DESK}/settings", data=texts).status_code == 302
    assert event().name["ar"] == "أيام النهر"


def test_an_event_may_ask_organizers_for_a_second_factor(desk: FlaskClient) -> None:
    sent = {**hidden(desk.get(f"{DESK}/settings/owner")), "requires_second_factor": "y"}
    desk.post(f"{DESK}/settings/owner", data=sent)
    assert event().requires_second_factor


NEW = {
    "name-ar": "أيام الأهوار",
    "slug": "Marsh-Days",
    "languages_of_event": ["ar", "ckb", ""],
    "first_day": "2018-01-10",
    "last_day": "2018-01-12",
    "time_zone": "Asia/Baghdad",
    "venue_name-ckb": "ماڵی زەل",
}


def test_who_owns_an_event_makes_another(desk: FlaskClient) -> None:
    assert desk.get("/desk/new").status_code == 200
    answer = desk.post("/desk/new", data=NEW)
    assert (answer.status_code, answer.location) == (302, "/desk/marsh-days/")
    made = db.session.scalars(select(Event).where(Event.slug == "marsh-days")).one()
    assert made.name == {"ar": "أيام الأهوار"}
    assert made.venue_name == {"ckb": "ماڵی زەل"}
    assert made.languages == ["ar", "ckb"]
    assert made.uid_host == "programme.example"
    assert made.withheld_name["ar"] == "الاسم محفوظ"
    owner = db.session.scalars(select(Membership).where(Membership.event_id == made.id)).one()
    assert (owner.role, owner.sees_names) == (MemberRole.OWNER, True)
    entry = db.session.scalars(select(Entry).where(Entry.event_id == made.id)).one()
    assert (entry.action, entry.rows) == ("event.created", [])
    assert desk.get("/desk/marsh-days/settings").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"slug": SLUG}, "Another event has this address"),
        ({"slug": "desk"}, "taken by the application"),
        ({"slug": "أيام"}, "small Latin letters"),
        ({"slug": ""}, "required"),
        ({"name-ar": ""}, "in one language at least"),
        ({"languages_of_event": [""]}, "Choose one language"),
        ({"first_day": ""}, "required"),
        ({"time_zone": "Baghdad"}, "not a time zone"),
    ],
)
def test_an_event_that_cannot_be_is_refused(
    desk: FlaskClient, wrong: dict[str, Any], said: str
) -> None:
    answer = desk.post("/desk/new", data={**NEW, **wrong})
    assert answer.status_code == 422
    assert said in answer.text
    assert db.session.scalar(select(func.count()).select_from(Event)) == 1


def test_who_owns_no_event_is_told_whom_to_ask(app: Flask) -> None:
    for desk in (organizer(app, MemberRole.EDITOR), signed_in(app, make_user())):
        answer = desk.get("/desk/new")
        assert answer.status_code == 403
        assert "Ask an owner" in answer.text
        assert desk.post("/desk/new", data=NEW).status_code == 403
    assert db.session.scalar(select(func.count()).select_from(Event)) == 1


def test_an_event_is_deleted_with_everything_in_it(app: Flask, desk: FlaskClient) -> None:
    released()
    make_plan("marsh-days", codes="M")
    page = desk.get(f"{DESK}/settings/delete").text
    assert "4 sessions" in page
    assert "3 speakers" in page
    assert "1 release" in page
    uploads = Path(app.instance_path) / "uploads"
    uploads.mkdir()
    with plan_to_change() as plan:
        plan.speakers[SIDURI].photo = "siduri.jpg"
    for name in ("siduri.jpg", "of-another-event.jpg"):
        (uploads / name).touch()
    assert desk.post(f"{DESK}/settings/delete", data={"slug": "river"}).status_code == 422
    assert event()
    assert app.test_client().get(f"/ar/{SLUG}/programme").status_code == 200
    answer = desk.post(f"{DESK}/settings/delete", data={"slug": f" {SLUG} "})
    assert answer.location == "/desk/"
    assert [path.name for path in uploads.iterdir()] == ["of-another-event.jpg"]
    db.session.rollback()
    assert list(db.session.scalars(select(Event.slug))) == ["marsh-days"]
    assert db.session.scalar(select(func.count()).select_from(Session)) == 4
    for name in ("release", "membership", "journal_entry", "journal_row"):
        table = db.metadata.tables[name]
        assert db.session.scalar(select(func.count()).select_from(table)) == 0, name
    app.extensions["planner.programmes"]._known.clear()  # believed for a second
    assert app.test_client().get(f"/ar/{SLUG}/programme").status_code == 404
    assert desk.get(f"{DESK}/settings").status_code == 404


def test_a_list_of_sessions_that_is_long_is_cut(app: Flask, desk: FlaskClient) -> None:
    with write_tx() as session:
        first = session.scalars(select(Session).where(Session.code == WATER)).one()
        for number in range(40):
            session.add(
                Session(
                    event_id=first.event_id,
                    code=f"X{number}",
                    guid=f"guid {number}",
                    kind=first.kind,
                    minutes=60,
                    room_id=first.room_id,
                    starts_at=first.starts_at,
                    original_language="ar",
                )
            )
    address = f"{DESK}/settings/dates"
    sent = {**hidden(desk.get(address)), **DATES, "day_from": "19:00"}
    asked = desk.post(address, data=sent).text
    assert 'sessions/X0"' in asked
    assert "43 sessions would be outside" in asked
    assert "and 13 more" in asked
    assert 'sessions/X8"' not in asked


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_one_is_asked_in_the_language_of_the_desk(app: Flask, lang: str) -> None:
    """Counts are put into words by rules that each language has of its own."""
    desk = organizer(app, lang=lang)
    address = f"{DESK}/settings/dates"
    sent = {**hidden(desk.get(address)), **DATES, "day_from": "19:00", "languages_of_event": "en"}
    assert desk.post(address, data=sent).status_code == 200
