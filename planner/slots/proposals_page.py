"""The desk's pages of what speakers propose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import Length

from planner.accounts.access import Access
from planner.desk.forms import DeskForm
from planner.desk.language import spoken
from planner.desk.layout import reader_of, render_desk
from planner.entering.fields import ChecksField, choices
from planner.i18n.content import LocalText
from planner.lib.text import clean_text
from planner.releases.page import there
from planner.slots.models import Outcome, Proposal
from planner.slots.proposals_queries import proposals
from planner.slots.proposals_told import Part, fields_told, thing_of, told
from planner.speakers.naming import called, is_known

_MOST_LETTERS = 2_000


class DecisionForm(DeskForm):
    """Which parts of a proposal are accepted, and what the speaker is told."""

    taken = ChecksField()
    answer = TextAreaField(
        lazy_gettext("Answer to the speaker"),
        [Length(max=_MOST_LETTERS)],
        description=lazy_gettext("It may stay empty. They read it on their page."),
        filters=[lambda text: clean_text(text or "")],
    )

    def __init__(self, proposal: Proposal, parts: Iterable[Part], **kwargs: Any) -> None:
        keys = [part.key for part in parts]
        shown = {"taken": keys, "version": thing_of(proposal).version}
        super().__init__(data=shown, **kwargs)
        self.taken.choices = choices((key, key) for key in keys)

    @property
    def refuses(self) -> bool:
        """Whether the button was pressed that refuses all of it."""
        return request.form.get("do") == "refuse"

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Refuse to accept nothing of it."""
        is_right = bool(super().validate(extra_validators))
        if is_right and not self.refuses and not self.taken.data:
            self.taken.errors = [gettext("Mark what you accept, or refuse the proposal.")]
            return False
        return is_right


@dataclass(frozen=True)
class Line:
    """A proposal in a list, as far as who asks may know of it."""

    number: int
    who: LocalText
    code: str
    known: bool
    #: The session that it is about; nothing where it is about the speaker.
    session: LocalText | None
    fields: str
    when: str
    outcome: Outcome
    #: By whom it was decided.
    by: str


def line_of(access: Access, proposal: Proposal) -> Line:
    """Return a proposal for a list."""
    speaker, session = proposal.speaker, proposal.session
    known = is_known(speaker, sees_names=access.sees_names)
    titles = {lang: text.title for lang, text in session.texts.items()} if session else {}
    when = proposal.answered_at or proposal.created_at
    return Line(
        proposal.id,
        called(speaker, spoken().code, sees_names=access.sees_names),
        speaker.code,
        known,
        reader_of(access)(titles, session.original_language) if session else None,
        " · ".join(fields_told(proposal)) if known else "",
        there(access)(when),
        proposal.outcome,
        proposal.answered_by.name if proposal.answered_by else "",
    )


def index_page(access: Access) -> Response:
    """List what waits for an answer, and what was decided last."""
    waiting, decided = (
        [line_of(access, found) for found in proposals(access.event_id, is_open=is_open)]
        for is_open in (True, False)
    )
    return render_desk("proposals/index.html", access, waiting=waiting, decided=decided)


def form_of(proposal: Proposal) -> DecisionForm:
    """Return the form that decides on a proposal."""
    return DecisionForm(proposal, told(proposal, spoken().code))


def proposal_page(
    access: Access, proposal: Proposal, form: DecisionForm, status: int, *, is_stale: bool = False
) -> Response:
    """Show a proposal against what is there now."""
    return render_desk(
        "proposals/show.html",
        access,
        status=status,
        proposal=proposal,
        line=line_of(access, proposal),
        parts=told(proposal, spoken().code),
        form=form,
        is_open=proposal.outcome is Outcome.OPEN,
        was_accepted=proposal.outcome is Outcome.ACCEPTED,
        is_stale=is_stale,
    )
