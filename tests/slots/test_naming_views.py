"""How speakers are named, as they choose themselves: towards less at once, in public too."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from planner.database import write_tx
from planner.extensions import db
from planner.journal import undoing
from planner.journal.models import Entry
from planner.journal.recording import recorded
from planner.programme.document import Programme, decode
from planner.programme.vocabulary import Role
from planner.releases.models import Origin, Release
from planner.releases.queries import ReleaseSource
from planner.removal import sweeping
from planner.sessions.operations import place, set_people
from planner.speakers.models import Speaker, Visibility
from tests.conftest import BASE_URL
from tests.desks import make_user, organizer
from tests.plans import (
    ENKIDU,
    SIDURI,
    SLUG,
    WATER,
    WOMEN,
    ZIN,
    at,
    make_plan,
    plan_to_change,
    released,
)
from tests.slots.speaking import Visitor

NAME = "سيدوري"


@pytest.fixture(autouse=True)
def plan(app: Flask) -> None:
    """Let there be the small event, and a programme of which nothing is remembered."""
    make_plan()
    app.extensions["planner.programmes"] = ReleaseSource(
        seconds=0, forget=app.extensions["planner.shelf"].forget
    )


class Person(Visitor):
    """Somebody who chooses how they are named."""

    def see(self, path: str = "/named") -> str:
        """Return a page behind the link."""
        response = self.client.get(f"{self.address}{path}", base_url=BASE_URL)
        assert response.status_code == 200
        return response.text

    def wish(self, way: str, *, sure: bool = True, **pseudonym: str) -> TestResponse:
        """Choose how to be named."""
        fields = {f"pseudonym-{lang}": told for lang, told in pseudonym.items()}
        data = {"visibility": way, **fields, **({"sure": "1"} if sure else {})}
        return self.client.post(f"{self.address}/named", data=data, base_url=BASE_URL)


def speaker(code: str) -> Speaker:
    """Return a speaker as they are in the plan now."""
    db.session.rollback()
    return db.session.scalars(select(Speaker).where(Speaker.code == code)).one()


def programmes() -> list[Programme]:
    """Return all releases, the oldest first."""
    db.session.rollback()
    documents = db.session.scalars(select(Release.document).order_by(Release.number)).all()
    return [decode(document) for document in documents]


def public(app: Flask, path: str) -> tuple[int, str]:
    """Return what a public page answers."""
    response = app.test_client().get(f"/ar/{SLUG}{path}", base_url=BASE_URL)
    return response.status_code, response.text


def test_each_choice_shows_what_the_public_would_read(app: Flask) -> None:
    page = Person(app, ENKIDU).see()
    withheld, pseudonym, named = page.split('class="naming-choice"')[1:]
    assert "Name withheld" in withheld
    assert "No page of your own" in withheld
    assert "أنكيدو" not in withheld.split("<form")[0]
    assert withheld.count("ابن البرية") == 0
    assert "ابن البرية" in pseudonym.split("<details")[1]
    assert "أنكيدو" in named.split("<details")[1]
    assert "a page of your own" in named
    for part in (withheld, pseudonym, named):
        assert "حق الوصول إلى الماء" in part


def test_the_page_of_ones_own_is_the_one_that_the_public_would_see(app: Flask) -> None:
    released()
    person = Person(app, ENKIDU)
    page = person.see("/named/page?lang=ar")
    assert "أنكيدو" in page
    assert "منظمة أنكيدو" in page
    assert "حق الوصول إلى الماء" in page
    assert f"/ar/{SLUG}" not in page.split("</header>")[1].split("<footer")[0]


def test_the_page_of_ones_own_leads_to_itself_in_other_languages(app: Flask) -> None:
    person = Person(app, ENKIDU)
    header = person.see("/named/page?lang=ar").split("</header>")[0]
    for lang in ("en", "ar", "ckb"):
        assert f'href="{person.address}/named/page?lang={lang}"' in header


def test_all_else_on_the_page_of_ones_own_leads_back(app: Flask) -> None:
    released()
    person = Person(app, ENKIDU)
    page = person.see("/named/page?lang=ckb").split("<body")[1]
    back = f"{person.address}/named?lang=ckb"
    assert f'href="{back}#sessions/{WATER}"' in page
    ways = set(re.findall(r'href="(/speak/[^"#]*)', page))
    assert ways == {back, *(f"{person.address}/named/page?lang={x}" for x in ("en", "ar", "ckb"))}


def test_what_of_the_plan_is_not_shown_to_speakers_is_in_no_preview(app: Flask) -> None:
    """Before a release no hour, room or fellow; afterwards those that are public."""

    def told(person: Person) -> str:
        sure = person.wish("public", sure=False).text
        return person.see("/named?lang=en") + sure + person.see("/named/page?lang=en")

    person = Person(app, ENKIDU)
    page = told(person)
    assert "حق الوصول إلى الماء" in page
    for secret in ("10:00", "قاعة دجلة", NAME):
        assert secret not in page
    released()
    with plan_to_change() as plan:
        water = plan.sessions[WATER]
        place(water, starts_at=at(15), room=plan.rooms["zagros"])
        set_people(
            water,
            [(plan.speakers[code], Role.SPEAKER) for code in (SIDURI, ENKIDU)]
            + [(plan.speakers[SIDURI], Role.MODERATOR)],
        )
        place(plan.sessions[WOMEN], starts_at=at(17), room=plan.rooms["tigris"])
        set_people(plan.sessions[WOMEN], [(plan.speakers[ENKIDU], Role.SPEAKER)])
    page = told(person)
    assert page.count("10:00") >= 3
    assert "قاعة دجلة" in page
    assert NAME in page
    for secret in ("15:00", "17:00"):
        assert secret not in page
    with plan_to_change() as plan:
        plan.event.shows_plan = True
    page = told(person)
    for known in ("15:00", "17:00"):
        assert known in page


def test_looking_and_asking_change_nothing(app: Flask) -> None:
    released()
    person = Person(app, SIDURI)
    person.see()
    response = person.wish("withheld", sure=False)
    assert response.status_code == 200
    assert "What happens" in response.text
    assert "What cannot be recalled" in response.text
    assert speaker(SIDURI).visibility is Visibility.PUBLIC
    assert len(programmes()) == 1


def test_going_from_public_to_withheld_takes_the_name_out_at_once(app: Flask) -> None:
    released()
    assert public(app, f"/speakers/{SIDURI}")[0] == 200
    person = Person(app, SIDURI)
    response = person.wish("withheld")
    assert response.status_code == 303
    assert response.headers["Location"].endswith("/named?done=removed")
    assert public(app, f"/speakers/{SIDURI}")[0] == 404
    assert NAME not in public(app, "/programme")[1]
    for programme in programmes():
        assert SIDURI not in {known.code for known in programme.speakers}
    release = db.session.scalars(select(Release).order_by(Release.number.desc())).first()
    assert release is not None
    assert (release.number, release.origin) == (2, Origin.REMOVAL)
    found = speaker(SIDURI)
    assert (found.visibility, found.chosen_visibility) == (Visibility.WITHHELD,) * 2
    assert found.texts["ar"].display_name == NAME  # organizers keep it
    page = person.see("/named?done=removed")
    assert "out of everything published" in page


def test_it_is_in_the_history_by_nobody_and_cannot_be_undone(app: Flask) -> None:
    """Nor can what organizers did before, which would bring the name back."""
    user_id = make_user()
    event_id, number = speaker(SIDURI).event_id, speaker(SIDURI).id
    with recorded(event_id, user_id, "speaker.changed") as record:
        record.database.get_one(Speaker, number).visibility = Visibility.WITHHELD
    hidden = record.entry
    assert hidden is not None
    Person(app, SIDURI).wish("public")
    Person(app, SIDURI).wish("withheld")
    entries = db.session.scalars(
        select(Entry).where(Entry.action == "speaker.chose_naming").order_by(Entry.id)
    ).all()
    assert [(entry.user_id, entry.is_lasting) for entry in entries] == [(None, True)] * 2
    for entry in (hidden, *entries):
        with pytest.raises(undoing.LastingError):
            undoing.undo(event_id, user_id, entry.id)
    assert speaker(SIDURI).visibility is Visibility.WITHHELD


def test_all_that_follows_is_said_to_be_done_by_the_speaker(app: Flask) -> None:
    released()
    desk = organizer(app)
    Person(app, SIDURI).wish("withheld")
    page = desk.get(f"/desk/{SLUG}/history").text
    assert page.count("the speaker") == 3, "the choice, the release, and the removal"
    assert page.count("command line") == 1, "the release before"
    assert "a speaker, or the command line" in desk.get(f"/desk/{SLUG}/releases").text
    assert "a speaker, or the command line" in desk.get(f"/desk/{SLUG}/releases/2").text


def test_nothing_raises_it_above_what_they_chose(app: Flask) -> None:
    Person(app, SIDURI).wish("withheld")
    with plan_to_change() as plan:
        plan.speakers[SIDURI].visibility = Visibility.PUBLIC
    assert speaker(SIDURI).visibility is Visibility.WITHHELD
    with pytest.raises(IntegrityError), write_tx() as database:
        database.execute(
            update(Speaker).where(Speaker.code == SIDURI).values(visibility=Visibility.PSEUDONYM)
        )


def test_an_organizer_must_say_that_they_asked_for_more(app: Flask) -> None:
    Person(app, SIDURI).wish("withheld")
    app.config["WTF_CSRF_ENABLED"] = False
    client = organizer(app)
    fields = {
        "display_name-ar": NAME,
        "original_language": "ar",
        "visibility": "public",
        "version": speaker(SIDURI).version,
    }
    response = client.post(f"/desk/{SLUG}/speakers/{SIDURI}", data=fields)
    assert response.status_code == 422
    assert "chose" in response.text
    assert speaker(SIDURI).visibility is Visibility.WITHHELD
    response = client.post(f"/desk/{SLUG}/speakers/{SIDURI}", data={**fields, "overrules": "y"})
    assert response.status_code == 302
    found = speaker(SIDURI)
    assert (found.visibility, found.chosen_visibility) == (Visibility.PUBLIC, None)


def test_under_a_pseudonym_the_name_goes_at_once_and_the_pseudonym_comes_with_the_next_release(
    app: Flask,
) -> None:
    released()
    person = Person(app, SIDURI)
    assert person.wish("pseudonym", ar="بنت الحانة", en="Alewife").status_code == 303
    told = programmes()
    assert all(SIDURI not in {known.code for known in each.speakers} for each in told)
    assert not any(
        "بنت الحانة" in person.pseudonym.values()
        for each in told
        for session in each.sessions
        for person in session.people
    )
    assert "You chose" in person.see()
    released(hours=2)
    assert "بنت الحانة" in public(app, f"/sessions/{WATER}")[1]
    assert "You chose" not in person.see()
    person.wish("withheld", ar="بنت الحانة", en="Alewife")
    assert "بنت الحانة" not in public(app, f"/sessions/{WATER}")[1]
    assert len(programmes()) == 4


def test_going_towards_more_waits_for_the_next_release(app: Flask) -> None:
    released()
    person = Person(app, ZIN, "en")
    assert person.wish("public").headers["Location"].endswith("done=more")
    assert public(app, f"/speakers/{ZIN}")[0] == 404
    assert len(programmes()) == 1
    page = person.see()
    assert "Until the next release" in page
    released(hours=1)
    assert public(app, f"/speakers/{ZIN}")[0] == 200
    assert "Until the next release" not in person.see()


def test_what_organizers_withheld_but_still_stands_in_public_can_be_taken_out(app: Flask) -> None:
    released()
    with plan_to_change() as plan:
        plan.speakers[SIDURI].visibility = Visibility.WITHHELD
    person = Person(app, SIDURI)
    assert "Take it out now" in person.see()
    assert person.wish("withheld").headers["Location"].endswith("done=removed")
    assert public(app, f"/speakers/{SIDURI}")[0] == 404
    assert "Take it out now" not in person.see()


def test_it_holds_when_the_database_is_busy_and_is_finished_later(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    released()
    monkeypatch.setattr("planner.database._SCRUBBING_WAITS", 0)
    with db.engine.connect() as reader:
        reader.exec_driver_sql("SELECT * FROM release").first()
        assert Person(app, SIDURI).wish("withheld").status_code == 303
        assert public(app, f"/speakers/{SIDURI}")[0] == 404
    instance = Path(app.instance_path)
    assert sweeping.left(instance) is not None
    assert app.test_cli_runner().invoke(args=["sweep"]).exit_code == 0
    assert sweeping.left(instance) is None


@pytest.mark.parametrize(
    ("way", "pseudonym", "said"),
    [
        ("pseudonym", {"ar": ""}, "Give the pseudonym"),
        ("pseudonym", {"ar": "أخت سيدوري"}, "Your own name is in it"),
        ("famous", {}, "Choose one"),
        ("", {}, "Choose one"),
    ],
)
def test_what_cannot_be_is_said(app: Flask, way: str, pseudonym: dict[str, str], said: str) -> None:
    response = Person(app, SIDURI).wish(way, **pseudonym)
    assert response.status_code == 422
    assert 'class="errors"' in response.text
    assert said in response.text or way == "famous"
    assert speaker(SIDURI).chosen_visibility is None


def test_nobody_is_named_who_has_no_name(app: Flask) -> None:
    with plan_to_change() as plan:
        plan.speakers[ZIN].texts.clear()
    response = Person(app, ZIN).wish("public")
    assert response.status_code == 422
    assert "We do not have your name yet." in response.text


def test_what_was_done_before_is_not_said_of_what_was_not_done(app: Flask) -> None:
    """One comes back to an address that says what was done, and may choose again there."""
    person = Person(app, ENKIDU)
    actions = re.findall(r'method="post"([^>]*)', person.see("/named?lang=en&done=less"))
    actions += re.findall(r'method="post"([^>]*)', person.wish("withheld", sure=False).text)
    assert len(actions) == 2
    for action in actions:
        assert "/named" in action
        assert "done=" not in action


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
def test_it_is_a_small_page_in_every_language(app: Flask, lang: str) -> None:
    released()
    page = Person(app, SIDURI).see(f"/named?lang={lang}")
    assert re.search(rf'<html lang="{lang}"', page)
    assert len(page.encode()) < 25_000


@pytest.mark.parametrize("path", ["/named", "/named/page", "/data", "/data/download"])
def test_a_dead_link_opens_none_of_it(app: Flask, path: str) -> None:
    client = app.test_client()
    response = client.get(f"/speak/nothing{path}", base_url=BASE_URL)
    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"
    assert client.post(f"/speak/nothing{path}", base_url=BASE_URL).status_code in {404, 405}
