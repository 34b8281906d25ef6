"""The page on which one session of the public programme is put right at once."""

from dataclasses import dataclass
from typing import Any

from flask import abort
from flask_babel import gettext, lazy_gettext
from markupsafe import Markup, escape
from werkzeug.wrappers import Response
from wtforms import IntegerField, RadioField, SelectChoice
from wtforms.widgets import HiddenInput

from planner.accounts.access import Access
from planner.desk.forms import TextsField
from planner.desk.language import spoken
from planner.desk.layout import render_desk
from planner.i18n.content import LocalText, localize
from planner.programme.document import Programme, decode
from planner.programme.vocabulary import Status
from planner.releases.correcting import Correction, NotPublicError, correct
from planner.releases.forms import check_note, written
from planner.releases.issuing import OtherwiseReviewedError
from planner.releases.operations import NothingToPublishError
from planner.releases.page import place_of
from planner.releases.queries import last_release
from planner.timetable.board_move_page import Moving
from planner.timetable.board_moves import Outcome, attempt
from planner.timetable.forms import MoveForm, clock_of

MOVE, CANCEL = "move", "cancel"


class CorrectionForm(MoveForm):
    """What becomes of the session, and what readers are told."""

    what = RadioField(lazy_gettext("What is put right"))
    note = TextsField(
        lazy_gettext("Note"),
        description=lazy_gettext("What readers are told of it; it may stay empty."),
    )
    #: The number of the release that was public when the page was made.
    current = IntegerField(widget=HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.what.choices = [
            SelectChoice(MOVE, gettext("Its day, hour, room or length")),
            SelectChoice(CANCEL, gettext("It is cancelled")),
        ]

    def validate_note(self, field: TextsField) -> None:
        """Refuse a note that nobody would read.

        :raises wtforms.ValidationError: then.
        """
        check_note(field.data)


@dataclass(frozen=True)
class Public:
    """A session as the public reads it now."""

    title: LocalText
    place: Markup
    is_cancelled: bool


class Correcting(Moving):
    """A session of the public programme that an organizer wants to put right."""

    def __init__(self, access: Access, code: str) -> None:
        """Read the plan, and what is public.

        :raises werkzeug.exceptions.NotFound: when there is no such session, or it is not public.
        """
        super().__init__(access, code)
        last = last_release(access.event_id)
        self.programme: Programme = decode(last.document) if last else abort(404)
        self._told = next(
            (told for told in self.programme.sessions if told.code == code), None
        ) or abort(404)

    @property
    def public(self) -> Public:
        """The session as the public reads it."""
        told = self._told
        title = localize(told.title, self.reader, original=told.original_language)
        return Public(
            title or LocalText(told.code, "en", False),
            place_of(self.programme, told),
            told.status is Status.CANCELLED,
        )

    def correction_form(self) -> CorrectionForm:
        """Return the form, with where the session stands in the plan."""
        return CorrectionForm(
            **self.choices(),
            languages=self.access.event.languages,
            data={
                **self.values(),
                "what": MOVE,
                "current": self.programme.release.number,
            },
        )

    def publish(self, form: CorrectionForm) -> Outcome:
        """Put right what a valid form says, and tell what came of it."""
        code = self.session.code
        correction = Correction(
            code=code,
            slot=None if form.what.data == CANCEL else self.slot(form),
            version=form.version.data,
            anyway=form.anyway.data,
        )

        def change() -> None:
            correct(
                self.access.event_id,
                self.access.user_id,
                self.access.event.slug,
                correction,
                current=form.current.data,
                note=written(form.note),
            )

        try:
            return attempt(self.access, code, change)
        except NotPublicError:
            abort(404)
        except NothingToPublishError:
            told = gettext("Nothing to publish: this is what the public reads already.")
            return Outcome("nothing", escape(told))
        except OtherwiseReviewedError:
            form.current.data, form.current.raw_data = self.programme.release.number, None
            told = gettext("Another release became public meanwhile. Look again, and send it.")
            return Outcome("stale", escape(told), version=self.session.version)

    def correction_page(self, form: CorrectionForm, outcome: Outcome | None = None) -> Response:
        """Return the page, with what came of it when it was sent."""
        if outcome is not None and outcome.version is not None:
            form.version.data, form.version.raw_data = outcome.version, None
        status = outcome.status if outcome else (422 if form.errors else 200)
        return render_desk(
            "releases/correct.html",
            self.access,
            status=status,
            form=form,
            public=self.public,
            session=self.session,
            number=self.programme.release.number + 1,
            outcome=outcome,
            clock=clock_of,
            reader=spoken(),
        )
