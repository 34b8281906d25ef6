"""What organizers do with the links of speakers: show, send, renew and end them, and remind.

Each is in the history, which says whom it was about and never what a link is.
"""

from collections.abc import Collection

from sqlalchemy.orm import Session as DatabaseSession

from planner.database import write_tx
from planner.i18n.labels import N_
from planner.journal import words
from planner.journal.recording import note_down
from planner.links import operations
from planner.links.models import Opens
from planner.links.queries import Line
from planner.notices.models import NoticeKind
from planner.notices.operations import let_go, put_to
from planner.speakers.models import Speaker

SHOWN = words.action("link.shown", N_("Link of %(speaker)s shown"))
SENT = words.action("link.sent", N_("Link sent to %(speaker)s"))
RENEWED = words.action("link.renewed", N_("Link of %(speaker)s renewed"))
ENDED = words.action("link.ended", N_("Link of %(speaker)s ended"))
REMINDED = words.action("link.reminded", N_("%(speaker)s reminded to answer"))
SENT_TO_ALL = words.action("link.sent_to_all", N_("Links sent to speakers (%(count)s)"))
RENEWED_ALL = words.action("link.renewed_all", N_("Links of speakers renewed (%(count)s)"))
ENDED_ALL = words.action("link.ended_all", N_("Links of speakers ended (%(count)s)"))
REMINDED_ALL = words.action("link.reminded_all", N_("Speakers reminded to answer (%(count)s)"))


def show(event_id: int, user_id: int, line: Line) -> str:
    """Return the address of a speaker's page, which is made if there is none."""
    with write_tx() as database:
        token = operations.link_of(database, line.id, Opens.PAGE)
        _note(database, event_id, user_id, (SHOWN, SHOWN), [line], 1)
    return operations.address_of(token)


def renew(event_id: int, user_id: int, lines: Collection[Line]) -> None:
    """End the links of speakers, those to their calendars too, and make each a new one."""
    with write_tx() as database:
        operations.revoke(database, [line.id for line in lines])
        for line in lines:
            operations.renew(database, line.id, Opens.PAGE)
        _note(database, event_id, user_id, (RENEWED, RENEWED_ALL), lines, len(lines))


def end(event_id: int, user_id: int, lines: Collection[Line]) -> None:
    """End the links of speakers, those to their calendars too, and those that wait to be sent."""
    speaker_ids = [line.id for line in lines]
    with write_tx() as database:
        operations.revoke(database, speaker_ids)
        let_go(database, (NoticeKind.LINK, NoticeKind.REMINDER), speaker_ids)
        _note(database, event_id, user_id, (ENDED, ENDED_ALL), lines, len(lines))


def send(event_id: int, user_id: int, lines: Collection[Line]) -> int:
    """Send speakers their links with the next mail; return to how many a message goes."""
    return _put(event_id, user_id, lines, NoticeKind.LINK, (SENT, SENT_TO_ALL))


def remind(event_id: int, user_id: int, lines: Collection[Line]) -> int:
    """Remind speakers with the next mail to answer; return to how many a message goes."""
    return _put(event_id, user_id, lines, NoticeKind.REMINDER, (REMINDED, REMINDED_ALL))


def _put(
    event_id: int,
    user_id: int,
    lines: Collection[Line],
    kind: NoticeKind,
    actions: tuple[str, str],
) -> int:
    with write_tx() as database:
        wanted = Speaker.id.in_([line.id for line in lines])
        count = put_to(database, kind, (Speaker.event_id == event_id) & wanted)
        if count:
            _note(database, event_id, user_id, actions, lines, count)
        return count


def _note(  # noqa: PLR0917 -- all that an entry says
    database: DatabaseSession,
    event_id: int,
    user_id: int,
    actions: tuple[str, str],
    lines: Collection[Line],
    count: int,
) -> None:
    """Journal what was done to one speaker, or to how many."""
    about_one, about_all = actions
    if len(lines) == 1:
        (line,) = lines
        note_down(database, event_id, user_id, about_one, {"speaker": words.speaker(line.number)})
    elif lines:
        note_down(database, event_id, user_id, about_all, {"count": count})
