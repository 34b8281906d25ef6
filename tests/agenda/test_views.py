"""Stars, with and without script, and the page of one's agenda."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from planner.agenda import operations
from planner.agenda.keys import digest, reading_token
from planner.agenda.models import Agenda, Star
from planner.events.models import TextState
from planner.extensions import db
from planner.programme.vocabulary import Kind
from planner.sessions.models import State
from planner.sessions.operations import place, set_text
from planner.speakers.models import Visibility
from tests.agenda.reading import Reader, public, stars_on
from tests.plans import (
    OPENING,
    SIDURI,
    SLUG,
    WATER,
    WOMEN,
    at,
    make_plan,
    plan_to_change,
    released,
)
from tests.statements import statements


@pytest.fixture
def reader(app: Flask) -> Reader:
    """Publish the small event; return somebody who reads it."""
    public(app)
    return Reader(app)


def test_a_star_is_one_button_of_one_form_and_leads_to_the_agenda(reader: Reader) -> None:
    page = reader.page(f"{reader.base}/programme")
    assert page.count('<button class="star" form="stars" name="code"') == 3
    assert f'<form id="stars" method="post" action="{reader.base}/agenda/stars"' in page
    assert 'aria-label="Star: حق الوصول إلى الماء"' in page
    answer = reader.star(WATER)
    assert answer.status_code == 303
    assert answer.location == f"{reader.base}/agenda?added={WATER}"
    shown = reader.page(answer.location)
    assert "In your agenda now:" in shown
    assert f'href="{reader.base}/sessions/{WATER}">Back to the session' in shown
    assert stars_on(shown) == [WATER]


def test_who_only_reads_has_no_cookie_and_asks_the_database_nothing(reader: Reader) -> None:
    reader.page(f"{reader.base}/programme")
    with statements() as sent:
        page = reader.get()
        told = reader.get("/stars.json")
    assert "Nothing is in your agenda yet." in page.text
    assert told.json == {"stars": []}
    assert "Set-Cookie" not in page.headers
    assert "Set-Cookie" not in told.headers
    assert [statement for statement in sent if "agenda" in statement] == []


def test_the_cookie_is_for_this_event_and_no_script_and_lasts_until_the_agenda_goes(
    reader: Reader,
) -> None:
    told = reader.star(WATER).headers["Set-Cookie"]
    assert told.startswith(f"agenda-{SLUG}=")
    for part in ("HttpOnly", "Secure", "SameSite=Lax", "Path=/", f"Max-Age={30 * 86400}"):
        assert part in told, part
    assert "Domain" not in told


def test_the_database_has_no_token_and_nothing_of_a_person(reader: Reader) -> None:
    reader.star(WATER)
    assert reader.key is not None
    agenda = db.session.scalars(select(Agenda)).one()
    assert agenda.digest == digest(reader.key)
    assert agenda.shared_digest == digest(reading_token(reader.key))
    assert {column.name for column in Agenda.__table__.columns} == {
        "id",
        "event",
        "digest",
        "shared_digest",
        "language",
        "touched_at",
    }
    assert agenda.language == "en"


def test_a_star_that_is_set_already_changes_and_writes_nothing(reader: Reader) -> None:
    reader.star(WATER)
    with statements() as sent:
        assert reader.star(WATER).location.endswith(f"?added={WATER}")
    assert [statement for statement in sent if not statement.startswith("SELECT")] == []
    assert db.session.scalar(select(func.count()).select_from(Star)) == 1


def test_a_star_costs_few_statements(reader: Reader) -> None:
    reader.star(WATER)
    with statements() as sent:
        reader.star(WOMEN)
    writes = [statement for statement in sent if not statement.startswith("SELECT")]
    assert [statement.split()[0] for statement in writes] == ["INSERT", "UPDATE"]
    assert len(sent) <= 6


def test_a_script_sets_and_takes_out_several_at_once_and_hears_what_is_set(reader: Reader) -> None:
    json = {"Accept": "application/json"}
    first = reader.post("/stars", {"code": [WATER, WOMEN]}, **json)
    assert first.json == {"stars": [WATER, WOMEN]}
    assert first.headers["Cache-Control"] == "no-store"
    then = reader.post("/stars", {"code": OPENING, "off": [WATER, "nothing"]}, **json)
    assert then.json == {"stars": [OPENING, WOMEN]}
    assert reader.get("/stars.json").json == {"stars": [OPENING, WOMEN]}


def test_what_is_no_session_one_goes_to_is_not_put_in(reader: Reader) -> None:
    with plan_to_change() as plan:
        plan.sessions[WOMEN].kind = Kind.MEAL
    released(hours=1)
    assert "☆ Star this session" in reader.page(f"{reader.base}/sessions/{WATER}")
    assert "Star this session" not in reader.page(f"{reader.base}/sessions/{WOMEN}")
    reader.star("GGGGGG", WOMEN, "x" * 999)
    assert reader.key is None
    assert db.session.scalar(select(func.count()).select_from(Agenda)) == 0


def test_without_script_a_star_is_taken_out_on_the_agenda_and_can_be_put_back(
    reader: Reader,
) -> None:
    reader.star(WATER)
    answer = reader.post("/stars", {"off": WATER})
    page = reader.page(answer.location)
    assert "Taken out of your agenda:" in page
    assert f'name="code" value="{WATER}">Put it back' in page
    assert stars_on(page) == []


def test_a_browser_that_keeps_no_cookie_is_told_so(app: Flask, reader: Reader) -> None:
    answer = reader.star(WATER)
    page = Reader(app).page(answer.location)
    assert "it refuses the cookie that holds your agenda" in page


def test_an_agenda_holds_no_more_than_it_may(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "MOST_STARS", 2)
    reader.star(WATER, WOMEN)
    answer = reader.star(OPENING)
    assert answer.location.endswith("?done=full")
    assert "An agenda holds no more than" in reader.page(answer.location)
    told = reader.post("/stars", {"code": OPENING}, Accept="application/json")
    assert told.status_code == 409
    assert told.json == {"stars": [WATER, WOMEN]}


def test_clashes_are_told_of_both_sessions_in_words(reader: Reader) -> None:
    with plan_to_change() as plan:
        plan.sessions[WATER].interpreted_languages = ["en"]
        place(plan.sessions[WOMEN], starts_at=at(10, 30), room=plan.rooms["zagros"])
    released(hours=1)
    reader.star(WATER, WOMEN, OPENING)
    page = reader.page()
    assert "<strong>1 clash</strong>" in page
    assert page.count("You also starred") == 2
    assert page.count("Keep one by taking the star off the other") == 1
    assert "Of the two, only <q>" in page
    assert "can be followed in English." in page
    assert "Both are on at" in page


def test_what_moved_or_was_cancelled_is_told_until_it_was_seen(reader: Reader) -> None:
    reader.star(WATER, WOMEN, OPENING)
    assert "Changed since you last looked" not in reader.page()
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(15), room=plan.rooms["zagros"])
        plan.sessions[WOMEN].state = State.WITHDRAWN
    released(hours=1)
    released_again_without_changes()
    for _ in range(2):  # looking changes nothing
        page = reader.page()
        news = page[page.index("Changed since") : page.index("I have seen this")]
        assert "New time" in news
        assert "New room" in news
        assert "was <bdi" in news
        assert "Cancelled" in news
        assert "الافتتاح" not in news
    assert reader.post("/seen", {"release": "3"}).status_code == 303
    page = reader.page()
    assert "Changed since you last looked" not in page
    assert "was <bdi" not in page
    assert "Cancelled" in page


def released_again_without_changes() -> None:
    """Publish a release that leaves what is starred as it is."""
    with plan_to_change() as plan:
        plan.event.tagline = {"en": "Water, work and words"}
    released(hours=2)


def test_who_stars_what_has_moved_already_is_not_told_that_it_moved(reader: Reader) -> None:
    reader.star(WOMEN)
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(15), room=plan.rooms["tigris"])
    released(hours=1)
    reader.star(WATER)
    assert "Changed since you last looked" not in reader.page()


def test_seen_is_what_was_shown_and_not_what_came_since(reader: Reader) -> None:
    reader.star(WATER)
    with plan_to_change() as plan:
        place(plan.sessions[WATER], starts_at=at(15), room=plan.rooms["tigris"])
    released(hours=1)
    reader.post("/seen", {"release": "1"})
    assert "Changed since you last looked" in reader.page()
    reader.post("/seen", {"release": "999"})
    assert db.session.scalars(select(Star.seen)).all() == [2]


def test_what_is_gone_from_the_programme_is_told_and_can_be_taken_out(reader: Reader) -> None:
    reader.star(WATER, WOMEN)
    with plan_to_change() as plan:
        plan.sessions[WOMEN].state = State.WITHDRAWN
    released(hours=1)
    with plan_to_change() as plan:
        plan.event.tagline = {"en": "Thanks to all"}
    released(hours=24 * 40)  # the event is over: what was cancelled is told no longer
    page = reader.page()
    gone = page[page.index("No longer in the programme") :]
    assert "ژنان و ئاشتی" in gone
    assert "it was to be on Wednesday, 18 January 2017" in gone
    assert f'name="off" value="{WOMEN}"' in gone
    reader.post("/stars", {"off": WOMEN})
    assert "No longer in the programme" not in reader.page()


def test_gaps_offer_what_fits_into_them(reader: Reader) -> None:
    reader.star(OPENING)
    page = reader.page()
    assert "2 sessions are on then" in page
    assert stars_on(page) == [OPENING]
    assert page.count('name="code"') == 2


def test_every_day_is_there_and_an_empty_one_leads_to_its_programme(reader: Reader) -> None:
    with plan_to_change() as plan:
        place(plan.sessions[WOMEN], starts_at=at(10, days=1), room=plan.rooms["zagros"])
    released(hours=1)
    reader.star(WATER)
    page = reader.page()
    assert page.count('<section class="day"') == 2
    assert "Nothing starred yet." in page
    assert f'{reader.base}/programme?day=2017-01-19">' in page


def test_the_page_costs_one_statement_for_the_agenda(reader: Reader) -> None:
    reader.star(WATER, WOMEN, OPENING)
    reader.page()
    with statements() as sent:
        reader.page()
    assert sum("agenda" in statement for statement in sent) == 1
    assert len(sent) <= 2


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_it_is_sent_compressed_and_to_nobody_elses_memory(app: Flask, lang: str) -> None:
    public(app)
    reader = Reader(app, lang)
    reader.star(WATER)
    for path in ("", "/empty", "/delete", "/stars.json", "/no-such-token"):
        answer = reader.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Cache-Control"] == "no-store", path
        assert answer.headers["X-Robots-Tag"] == "noindex", path
    assert reader.get("", headers={"Accept-Encoding": "gzip"}).content_encoding == "gzip"


def test_emptying_and_deleting_ask_before(reader: Reader) -> None:
    reader.star(WATER)
    feed, key = reader.feed, reader.key
    assert "Empty the agenda?" in reader.page("/empty")
    assert stars_on(reader.page()) == [WATER]
    assert reader.post("/empty").location.endswith("?done=emptied")
    assert reader.key == key
    assert reader.get(feed).status_code == 200
    reader.star(WOMEN)
    assert "Delete the agenda?" in reader.page("/delete")
    answer = reader.post("/delete")
    assert "Your agenda is deleted" in reader.page(answer.location)
    assert reader.key is None
    assert reader.get(feed).status_code == 404
    assert db.session.scalar(select(func.count()).select_from(Star)) == 0
    for path in ("/empty", "/delete"):
        assert reader.get(path).status_code == 303


def test_agendas_of_two_events_know_nothing_of_one_another(app: Flask, reader: Reader) -> None:
    make_plan("marsh-days", codes="M")
    released(slug="marsh-days")
    reader.star(WATER)
    other = Reader(app)
    other.base = "/en/marsh-days"
    other.client = reader.client
    assert "Nothing is in your agenda yet." in other.page()
    assert reader.client.get(reader.feed.replace(SLUG, "marsh-days")).status_code == 404
    assert reader.client.get(reader.taken.replace(SLUG, "marsh-days")).status_code == 404


def test_previews_have_no_stars(app: Flask, reader: Reader) -> None:
    from planner.public.addresses import Preview, previewing
    from planner.public.days import programme_page
    from planner.public.filters import Filters
    from planner.public.programmes import source

    published = source().current(SLUG)
    assert published is not None
    with app.test_request_context(), previewing(Preview(lambda *_, **__: "/x", "/back")):
        page = programme_page(published, "en", Filters())
    assert b"star" not in page


def test_a_title_with_a_name_that_is_withheld_by_now_is_not_told(reader: Reader) -> None:
    """What is gone is told from earlier releases, which may name whom the public must not read."""
    with plan_to_change() as plan:
        set_text(plan.sessions[WOMEN], "en", title="With سيدوري", state=TextState.DRAFT)
        plan.speakers[SIDURI].visibility = Visibility.PUBLIC
    released(hours=1)
    reader.star(WATER, WOMEN)
    with plan_to_change() as plan:
        plan.sessions[WOMEN].state = State.WITHDRAWN
        plan.speakers[SIDURI].visibility = Visibility.WITHHELD
    released(hours=2)
    with plan_to_change() as plan:
        plan.event.tagline = {"en": "Thanks to all"}
    released(hours=24 * 40)
    page = reader.page()
    assert "No longer in the programme" in page
    assert "سيدوري" not in page
    assert "ژنان و ئاشتی" in page  # the title in the other language names nobody
