"""The list of speakers, as the page shows it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.desk.layout import reader_of
from planner.entering.lists import Page, page_of
from planner.entering.speakers.filters import Filters, chosen
from planner.entering.speakers.queries import Line, lines
from planner.i18n.content import LocalText
from planner.sessions.models import Answer
from planner.speakers.naming import called, is_known


@dataclass(frozen=True)
class Row:
    """A speaker in the list; of who is not known only what says nothing of who it is."""

    line: Line
    name: LocalText
    known: bool
    organisation: LocalText | None
    pseudonym: LocalText | None
    has_email: bool
    sessions: int
    #: How many of these they have not answered, or declined.
    asked: int
    declined: int


def speakers_page(access: Access, filters: Filters) -> Page[Row]:
    """Return a page of the list."""
    everybody = lines(access.event_id)
    reader, sees_names = spoken().code, access.sees_names
    found = chosen(everybody, filters, reader=reader, sees_names=sees_names)
    page = page_of(found, filters.page, total=len(everybody))
    rows = list(_rows(access, page.items))
    return Page(rows, page.number, page.pages, page.found, page.total)


def _rows(access: Access, shown: Iterable[Line]) -> Iterator[Row]:
    local, reader, sees_names = reader_of(access), spoken().code, access.sees_names
    for line in shown:
        known = is_known(line, sees_names=sees_names)
        answers = [part.answer for part in line.parts]
        yield Row(
            line,
            called(line, reader, sees_names=sees_names),
            known,
            local({lang: text.organisation for lang, text in line.texts.items()})
            if known
            else None,
            local({lang: text.pseudonym for lang, text in line.texts.items()}) if known else None,
            bool(line.email) if known else False,
            len({part.session_id for part in line.parts}),
            answers.count(Answer.ASKED),
            answers.count(Answer.DECLINED),
        )
