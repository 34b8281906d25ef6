"""Messages to participants: in their language, with their link, and nothing that anybody typed."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from planner.database import write_tx
from planner.notices.models import Notice
from planner.participants.models import Standing
from planner.registration import desk_operations
from tests.desks import make_user
from tests.notices.servers import Postbox, mail_server
from tests.registration.people import Registrant, make_registration, messages, several


def sent(app: Flask) -> Postbox:
    """Send the outbox; return the box that has it."""
    box = Postbox()
    with mail_server(box) as port:
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
        result = app.test_cli_runner().invoke(args=["mail", "send"])
        assert result.exit_code == 0, result.output
        assert "people.invalid" not in result.output
        assert "/registration/" not in result.output
    return box


@pytest.mark.parametrize(
    ("lang", "name"), [("en", "River Days"), ("ar", "أيام النهر"), ("ckb", "ڕۆژانی ڕووبار")]
)
def test_the_link_in_the_message_confirms(app: Flask, lang: str, name: str) -> None:
    make_registration(app)
    person = Registrant(app, lang=lang)
    person.send(name="Buy https://cheap.example", organisation="Cheap pills")
    box = sent(app)
    (letter,) = box.letters
    text = letter.get_content()
    assert name in letter["Subject"]
    assert letter["Content-Language"] == lang
    assert box.recipients == [["ninsun@people.invalid"]]
    assert "cheap" not in str(letter).lower()
    (link,) = re.findall(r"https://programme\.example(/registration/[\w-]{43})\s", text)
    assert link == person.link
    person.do()
    assert person.standing is Standing.REGISTERED


def test_who_moves_up_and_who_is_called_off_is_told(app: Flask) -> None:
    make_registration(app, places=1)
    first, second = several(app, 2)
    with write_tx() as database:
        for notice in database.scalars(select(Notice)):
            database.delete(notice)
    row = first.row
    desk_operations.cancel(row.event_id, make_user(), row.id)
    box = sent(app)
    told = {to: letter for (to,), letter in zip(box.recipients, box.letters, strict=True)}
    assert "is cancelled" in told[first.email]["Subject"]
    assert "you have a place" in told[second.email]["Subject"]
    assert second.link in told[second.email].get_content()


def test_a_message_to_somebody_who_is_erased_goes_nowhere(app: Flask) -> None:
    make_registration(app)
    Registrant(app).register().do("/erase")
    assert messages() == []
    assert sent(app).letters == []
