"""What messages say, and that nobody can put anything else into them."""

import re
from email.headerregistry import Address
from email.message import EmailMessage

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.notices.composing import Errand, composed
from planner.notices.models import NoticeKind
from tests.conftest import BASE_URL

SENDER = Address("Barnama", addr_spec="no-reply@programme.example")
INVITED = Errand(
    number=1,
    kind=NoticeKind.INVITATION,
    language="en",
    email="layla@desk.example",
    name="ليلى",
    token="t0ken-of-43-letters",
    event={"en": "River Days", "ar": "أيام النهر"},
    languages=("en", "ar"),
    by="هوزان",
)

#: Other packages write these, and test them.
_OF_OTHERS = {
    *(NoticeKind.SCHEDULE, NoticeKind.LINK, NoticeKind.REMINDER),
    *(NoticeKind.CONFIRMING, NoticeKind.REGISTRATION, NoticeKind.MOVED_UP, NoticeKind.CALLED_OFF),
}


def said(letter: EmailMessage) -> str:
    """Return the text of a message, whatever its lines end with on their way."""
    return str(letter.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("kind", [kind for kind in NoticeKind if kind not in _OF_OTHERS])
@pytest.mark.parametrize("language", ["en", "ar", "ckb"])
def test_every_message_is_plain_text_with_the_headers_that_mail_needs(
    app: Flask, kind: NoticeKind, language: str
) -> None:
    errand = Errand(**{**vars(INVITED), "kind": kind, "language": language})
    letter = composed(errand, SENDER)
    assert letter["From"] == "Barnama <no-reply@programme.example>"
    assert letter["To"] == "layla@desk.example"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == language
    assert letter["Message-ID"].endswith("@programme.example>")
    assert letter["Date"].datetime is not None
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content_charset() == "utf-8"
    assert len(letter["Subject"]) > 10
    text = said(letter)
    assert "ليلى" in text
    assert "<" not in text
    assert not re.search(r"\n{3,}", text), text
    for line in text.splitlines():
        assert len(line) <= 72 or line.startswith("https://")
        assert line == line.rstrip()
    raw = letter.as_bytes()
    assert b"\r\n\r\n" in raw
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert not re.search(rb"(?<!\r)\n", raw)


def test_an_invitation_says_who_invites_to_what_and_holds_the_link(app: Flask) -> None:
    text = said(composed(INVITED, SENDER))
    assert f"\n{BASE_URL}/desk/account/invitation/t0ken-of-43-letters\n" in text
    assert "River Days" in text
    assert "هوزان" in text
    assert composed(INVITED, SENDER)["Subject"] == "Invitation: plan River Days with us"
    arabic = composed(Errand(**{**vars(INVITED), "language": "ar"}), SENDER)
    assert "أيام النهر" in said(arabic)


def test_one_by_a_command_names_nobody(app: Flask) -> None:
    text = said(composed(Errand(**{**vars(INVITED), "by": None}), SENDER))
    assert "You are invited to plan" in text
    assert "None" not in text


def test_the_link_is_that_of_this_installation_whatever_host_was_asked_for(app: Flask) -> None:
    with app.test_request_context(base_url="https://evil.example"):
        text = said(composed(INVITED, SENDER))
    assert "evil.example" not in text


@pytest.mark.parametrize("kind", [NoticeKind.PASSWORD, NoticeKind.SECOND_FACTOR])
def test_what_only_tells_something_holds_no_link_to_anything(app: Flask, kind: NoticeKind) -> None:
    errand = Errand(**{**vars(INVITED), "kind": kind, "token": None})
    assert "/desk/account/" not in said(composed(errand, SENDER))


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_nothing_that_somebody_is_called_becomes_a_header_or_a_line_of_its_own(
    app: Flask, name: str, by: str, event: str
) -> None:
    """Names of people and events cannot carry somebody else's message in ours."""
    plain = composed(INVITED, SENDER)
    errand = Errand(**{**vars(INVITED), "name": name, "by": by or "x", "event": {"en": event}})
    letter = composed(errand, SENDER)
    assert sorted(letter.keys()) == sorted(plain.keys())
    assert letter["To"] == plain["To"]
    assert "\n" not in letter["Subject"]
    assert letter.get_content_type() == "text/plain"
    paragraphs = said(letter).count("\n\n")
    assert paragraphs == said(plain).count("\n\n")


@pytest.mark.parametrize(
    "address",
    ["layla@desk.example\r\nBcc: all@desk.example", "a@x.example, b@x.example", "a@x.example\n"],
)
def test_an_address_that_is_more_than_one_is_refused(app: Flask, address: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        composed(Errand(**{**vars(INVITED), "email": address}), SENDER)


def test_a_hostile_name_is_quoted_and_kept_to_its_own_direction(app: Flask) -> None:
    name = "Click http://evil.example now\r\n\r\nYour account is closed\u202e"
    text = said(composed(Errand(**{**vars(INVITED), "by": name}), SENDER))
    joined = " ".join(text.split())
    assert (
        "“\u2068Click http://evil.example now Your account is closed\u2069” invites you" in joined
    )
