"""A link that was lost is sent again, to the address that is kept with the speaker.

Who asks learns nothing, and whoever asks costs the same: one statement finds the speakers with an
address in all events and puts a message to each into the outbox, or to nobody.
"""

from sqlalchemy import func

from planner.accounts.queries import email_key
from planner.accounts.throttling import admit_within
from planner.database import write_tx
from planner.notices.models import NoticeKind
from planner.notices.operations import put_to
from planner.speakers.models import Speaker

_PURPOSE = "speaker link"


def ask_for_link(email: str) -> None:
    """Send whoever has an address the links to their pages, one message for each event.

    :raises planner.accounts.throttling.TooManyAttemptsError: when it was asked too often, for the
        address or from one network.
    """
    key = email_key(email)
    with write_tx() as database:
        admit_within(database, _PURPOSE, key)
        put_to(database, NoticeKind.LINK, func.lower(Speaker.email) == key)
