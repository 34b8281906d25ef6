"""The outbox in the desk: read, changed, held, sent and discarded by those who may."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from planner.accounts.models import MemberRole
from planner.database import write_tx
from planner.extensions import db
from planner.lib.clock import now
from planner.notices.models import Notice
from planner.notices.operations import claim
from tests.desks import organizer
from tests.letters.outbox import let_go, letter_to, letters
from tests.plans import ENKIDU, SIDURI, ZIN, make_plan, released
from tests.statements import statements

OUTBOX = "/desk/river-days/outbox"


@pytest.fixture
def editor(app: Flask) -> FlaskClient:
    """Make the small event, and return the browser of an editor."""
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    return organizer(app, MemberRole.EDITOR)


def page(client: FlaskClient, address: str = "", status: int = 200) -> str:
    """Return a page of the outbox."""
    answer = client.get(f"{OUTBOX}{address}")
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def posted(client: FlaskClient, address: str, status: int = 302, **data: object) -> str:
    """Send a form of the outbox; return what was answered."""
    answer = client.post(f"{OUTBOX}{address}", data=data)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def edit(client: FlaskClient, number: int, text: str, status: int = 302) -> str:
    """Change the text of a letter as its form would."""
    read = page(client, f"/{number}").partition('name="read"')[2].split('value="', 1)[1]
    data = {"subject": "News", "text": text, "read": read.split('"', 1)[0]}
    return posted(client, f"/{number}", status, **data)


def test_before_the_first_release_one_is_told_what_will_be_here(editor: FlaskClient) -> None:
    assert "No letters yet" in page(editor)


def test_letters_are_listed_by_release_with_their_state(editor: FlaskClient) -> None:
    released()
    shown = page(editor)
    assert "Release 1" in shown
    assert shown.count("waits for you") == 4  # three letters, and the tab
    assert "سيدوري" in shown
    assert "3 letters wait to be sent." in shown
    assert "No letter is in this state" in page(editor, "?state=sent")


def test_a_letter_is_read_whole_as_its_recipient_will(editor: FlaskClient) -> None:
    released()
    shown = page(editor, f"/{letter_to(SIDURI).id}")
    assert "Hello \u2068سيدوري\u2069," in shown
    assert f"{SIDURI}@people.invalid" in shown
    assert "ابن البرية" in shown
    assert shown.count("Invitation:") == 2


@pytest.mark.parametrize("role", [MemberRole.EDITOR, MemberRole.VIEWER])
def test_who_may_not_know_names_reads_letters_without_them(app: Flask, role: MemberRole) -> None:
    make_plan()
    released()
    client = organizer(app, role, sees_names=False)
    for address in ("", *(f"/{letter.id}" for letter in letters())):
        shown = page(client, address)
        assert "زین" not in shown
        assert "أنكيدو" not in shown
        assert "people.invalid" not in shown
    assert "Hello \u2068Speaker 3\u2069," in page(client, f"/{letter_to(ZIN).id}")


def test_a_text_is_changed_and_keeps_its_places_for_names(editor: FlaskClient) -> None:
    released()
    number = letter_to(ENKIDU).id
    edit(editor, number, "Dear {name}, come early.")
    assert letter_to(ENKIDU).text == "Dear {name}, come early."
    assert "Dear \u2068أنكيدو\u2069, come early." in page(editor, f"/{number}")


def test_a_text_that_names_somebody_who_is_withheld_is_refused(editor: FlaskClient) -> None:
    """Organizers who may not know the name read letters too."""
    released()
    shown = edit(editor, letter_to(ENKIDU).id, "Dear أنكيدو, come early.", status=422)
    assert "This names somebody whose name is withheld" in shown
    assert "come early" in shown


def test_an_empty_text_is_refused(editor: FlaskClient) -> None:
    released()
    assert "A letter needs a text." in edit(editor, letter_to(ENKIDU).id, " ", status=422)


def test_two_who_change_a_text_lose_nothing(editor: FlaskClient) -> None:
    released()
    number = letter_to(ENKIDU).id
    posted(editor, f"/{number}", 409, subject="News", text="Mine", read="of long ago")
    shown = posted(editor, f"/{number}", 409, subject="News", text="Mine", read="of long ago")
    assert "Mine" in shown
    assert "Somebody else changed this" in shown


def test_a_letter_is_held_and_let_go(editor: FlaskClient) -> None:
    released()
    number = letter_to(ENKIDU).id
    posted(editor, f"/{number}/hold", held="1")
    assert letter_to(ENKIDU).is_held
    assert "held back" in page(editor)
    posted(editor, f"/{number}/hold", held="0")
    assert not letter_to(ENKIDU).is_held


def test_all_that_wait_are_sent_but_what_is_held(editor: FlaskClient) -> None:
    released()
    held = letter_to(ENKIDU).id
    posted(editor, f"/{held}/hold", held="1")
    newest = max(letter.id for letter in letters())
    shown = page(editor, "/send")
    assert "2 letters wait" in shown
    assert "1 letter is held back" in shown
    posted(editor, "/send", newest=newest)
    assert {letter.id for letter in letters() if letter.due_at} == {
        letter.id for letter in letters() if letter.id != held
    }


def test_letters_that_nobody_has_seen_are_not_sent(editor: FlaskClient) -> None:
    released()
    shown = posted(editor, "/send", 409, newest=1)
    assert "Nothing was sent" in shown
    assert not any(letter.due_at for letter in letters())


def test_one_letter_is_sent(editor: FlaskClient) -> None:
    released()
    posted(editor, f"/{letter_to(ENKIDU).id}/send")
    assert letter_to(ENKIDU).due_at is not None
    assert letter_to(ZIN).due_at is None


def test_a_letter_is_discarded_after_asking(editor: FlaskClient) -> None:
    released()
    number = letter_to(ENKIDU).id
    assert "Discard the letter" in page(editor, f"/{number}/discard")
    posted(editor, f"/{number}/discard")
    assert len(letters()) == 2


@pytest.mark.parametrize("action", ["", "/hold", "/send", "/discard"])
@pytest.mark.parametrize("meanwhile", ["sent", "taken", "gone"])
def test_what_is_done_too_late_is_refused_with_409(
    editor: FlaskClient, action: str, meanwhile: str
) -> None:
    released()
    number = letter_to(ENKIDU).id
    if meanwhile == "taken":
        let_go(number)
        assert claim() is not None
    with write_tx() as database:
        letter = database.get_one(Notice, number)
        if meanwhile == "sent":
            letter.sent_at = now()
        elif meanwhile == "gone":
            database.delete(letter)
    data = {"subject": "News", "text": "Late", "read": ""}
    shown = posted(editor, f"/{number}{action}", 409, **data)
    assert "does not wait any more" in shown
    db.session.rollback()
    assert "Late" not in [one.text for one in db.session.scalars(select(Notice))]


@pytest.mark.parametrize("action", ["", "/hold", "/send", "/discard"])
def test_who_may_not_publish_may_not_send(app: Flask, action: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    make_plan()
    released()
    viewer = organizer(app, MemberRole.VIEWER)
    posted(viewer, f"/{letter_to(ENKIDU).id}{action}", 403)
    assert "Send this letter" not in page(viewer, f"/{letter_to(ENKIDU).id}")
    posted(viewer, "/send", 403)


def test_a_letter_of_another_event_is_not_there(app: Flask, editor: FlaskClient) -> None:
    make_plan("other-days", codes="X")
    released(slug="other-days")
    number = letters()[0].id
    page(editor, f"/{number}", 404)
    posted(editor, f"/{number}/send", 409)
    assert letters()[0].due_at is None


def test_a_list_of_letters_asks_the_database_no_more_often_for_more(editor: FlaskClient) -> None:
    released()
    page(editor)
    with statements() as asked:
        page(editor)
    assert len(asked) <= 14
