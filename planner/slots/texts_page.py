"""The pages on which speakers write of themselves and of their sessions."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import request
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.entering.speakers.pages import uploads
from planner.i18n.content import LocalText
from planner.i18n.labels import N_
from planner.sessions.models import Session
from planner.slots.frame import Visit, render_visit
from planner.slots.models import Outcome, Proposal
from planner.slots.proposals_queries import last_decided, sessions_of
from planner.slots.proposals_told import Part, told
from planner.slots.texts import is_author
from planner.slots.texts_forms import PortraitForm, SessionTextsForm, SpeakerTextsForm, WrittenForm

#: What became of what was sent, by the word in the address that one comes back to.
_DONE = {
    "taken": N_("Saved. The public reads it with the next release of the programme."),
    "proposed": N_("Sent to the organizers. You see here what they say to it."),
    "same": N_("Nothing to change: it stands like this already."),
    "back": N_("Taken back."),
    "unpictured": N_("Your photo is taken out. It goes from the public with the next release."),
}
_TOO_LARGE = "large"


@dataclass(frozen=True)
class Standing:
    """What somebody proposes, and what was said to what they proposed before."""

    proposal: Proposal | None
    parts: list[Part]
    decided: Proposal | None
    decided_parts: list[Part]

    @property
    def was_accepted(self) -> bool:
        """Whether the last decision took something."""
        return self.decided is not None and self.decided.outcome is Outcome.ACCEPTED


@dataclass(frozen=True)
class Item:
    """A session of theirs."""

    code: str
    title: LocalText


def texts_page(
    visitor: Visit, form: SpeakerTextsForm, status: int, portrait: PortraitForm | None = None
) -> Response:
    """Show what a speaker says of themselves."""
    sessions = [
        Item(session.code, _title(visitor, session)) for session in sessions_of(visitor.speaker)
    ]
    return _page(
        "speak/texts.html",
        visitor,
        form,
        status,
        session=None,
        is_taken=visitor.event.takes_texts,
        portrait=portrait or PortraitForm(formdata=None),
        has_photo=picture_path(visitor.speaker.photo) is not None,
        proposes_photo=picture_path(photo_of(form.standing)) is not None,
        sessions=sessions,
    )


def session_texts_page(
    visitor: Visit, session: Session, form: SessionTextsForm, status: int
) -> Response:
    """Show what a session is called and is about."""
    return _page(
        "speak/texts_session.html",
        visitor,
        form,
        status,
        session=session,
        title=_title(visitor, session),
        is_taken=visitor.event.takes_texts and is_author(session, visitor.speaker.id),
    )


def photo_of(proposal: Proposal | None) -> str | None:
    """Return the name of the photo that is proposed, if there is one."""
    name: str | None = proposal.content.get("photo") if proposal else None
    return name


def picture_path(name: str | None) -> Path | None:
    """Return the file of a photo by its name, if there is one."""
    path = uploads() / name if name else None
    return path if path is not None and path.is_file() else None


def _page(
    template: str,
    visitor: Visit,
    form: WrittenForm,
    status: int,
    *,
    session: Session | None,
    **context: Any,
) -> Response:
    done = request.args.get("done", "")
    return render_visit(
        template,
        visitor,
        status=status,
        form=form,
        session=session,
        standing=_standing(visitor, form.standing, session.id if session else None),
        done=gettext(_DONE[done]) if done in _DONE else "",
        is_too_large=done == _TOO_LARGE,
        **context,
    )


def _standing(visitor: Visit, proposal: Proposal | None, session_id: int | None) -> Standing:
    decided = last_decided(visitor.speaker.id, session_id)
    return Standing(
        proposal,
        told(proposal, visitor.lang) if proposal else [],
        decided,
        told(decided, visitor.lang) if decided else [],
    )


def _title(visitor: Visit, session: Session) -> LocalText:
    titles = {lang: text.title for lang, text in session.texts.items()}
    return visitor.local(titles, session.original_language)
