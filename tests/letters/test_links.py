"""The private link in letters: only the mailbox has it."""

import pytest
from flask import Flask
from sqlalchemy import text

from planner.accounts.models import MemberRole
from planner.extensions import db
from planner.letters.wording import LINK
from tests.desks import organizer
from tests.letters.outbox import let_go, letter_to, letters
from tests.letters.test_sending import box, send  # noqa: F401 -- the fixture
from tests.links.test_sending import token_in
from tests.notices.servers import Postbox
from tests.plans import ENKIDU, SIDURI, plan_to_change, released


def _text(box: Postbox, number: int = 0) -> str:  # noqa: F811 -- the fixture
    part = next(
        part for part in box.letters[number].walk() if part.get_content_type() == "text/plain"
    )
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_letter_carries_the_link_of_its_speaker(
    app: Flask,
    box: Postbox,  # noqa: F811 -- the fixture
) -> None:
    released()
    send(app, SIDURI, ENKIDU)
    tokens = [token_in(_text(box, number)) for number in range(2)]
    assert tokens[0] != tokens[1]
    for token in tokens:
        assert app.test_client().get(f"/speak/{token}").status_code == 200
    for table in ("outbox", "speaker_link", "journal_entry"):
        for row in db.session.execute(text(f"select * from {table}")):  # noqa: S608 -- our tables
            assert not any(token in str(tuple(row)) for token in tokens)


def test_organizers_read_the_letter_without_it(
    app: Flask,
    box: Postbox,  # noqa: F811 -- the fixture
) -> None:
    released()
    assert all(LINK in (letter.text or "") for letter in letters())
    editor = organizer(app, MemberRole.EDITOR)
    number = letter_to(ENKIDU).id
    for _ in range(2):
        shown = editor.get(f"/desk/river-days/outbox/{number}").text
        read = shown.partition('<div class="letter-text"')[2].partition("</div>")[0]
        assert "\n…\n" in read
        assert "/speak/" not in shown
        let_go(number)
    send(app)
    assert "/speak/" not in editor.get(f"/desk/river-days/outbox/{number}").text


@pytest.mark.parametrize("name", ["{link}", "{name}", "{people 4CDFGH}"])
def test_what_a_name_says_is_not_filled_in(
    app: Flask,
    box: Postbox,  # noqa: F811 -- the fixture
    name: str,
) -> None:
    with plan_to_change() as plan:
        plan.speakers[SIDURI].texts["ar"].display_name = name
    released()
    send(app, ENKIDU, SIDURI)
    for number in range(2):
        assert name in _text(box, number)
        token_in(_text(box, number))
