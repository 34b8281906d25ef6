"""The pages of speakers: what each shows beside its form."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.desk.layout import reader_of, render_desk
from planner.entering.speakers.filters import ANSWER, EMAIL, SESSIONS, SORTS, Filters
from planner.entering.speakers.forms import (
    PhotoForm,
    SpeakerForm,
    UnnamedForm,
    new_values,
    unnamed_values,
    values_of,
)
from planner.entering.speakers.listing import speakers_page
from planner.entering.speakers.queries import parts_of
from planner.events.hours import day_of, hours_of
from planner.events.models import TextState
from planner.i18n.content import LocalText
from planner.i18n.formats import short_date, time_range
from planner.i18n.labels import role_label
from planner.lib.markup import html_of
from planner.programme.vocabulary import Role
from planner.public.layout import COMMAS
from planner.public.programmes import source
from planner.sessions.labels import answer_label, state_label, text_state_label
from planner.sessions.models import Answer, Session
from planner.speakers.labels import visibility_label
from planner.speakers.models import Speaker, Visibility
from planner.speakers.naming import called, is_known
from planner.speakers.queries import directory
from planner.speakers.texts import is_outdated


@dataclass(frozen=True)
class Part:
    """What a speaker does in a session."""

    session: Session
    title: LocalText
    role: Role
    answer: Answer
    day: str
    hours: Markup | None
    room: LocalText | None


@dataclass(frozen=True)
class Surroundings:
    """What the page of a speaker tells beside what is entered."""

    name: LocalText
    known: bool
    parts: list[Part]
    #: What the public reads in place of the name: nothing when it reads the name.
    instead: LocalText | None
    #: Their page in public, if they have one.
    public: str | None
    outdated: frozenset[str]
    photo: str | None


def index_page(access: Access, filters: Filters) -> Response:
    """Show a page of the list."""
    return render_desk(
        "speakers/index.html",
        access,
        filters=filters,
        page=speakers_page(access, filters),
        roles=[(role.value, role_label(role)) for role in Role],
        visibilities=[(known.value, visibility_label(known)) for known in Visibility],
        sorts=SORTS,
        lacks=(EMAIL, SESSIONS, ANSWER) if access.sees_names else (SESSIONS, ANSWER),
        **_words(),
    )


def form_of(access: Access, speaker: Speaker | None, **kwargs: Any) -> UnnamedForm:
    """Return the form of a speaker, as far as who asks may know them, or of a new one.

    ``formdata=None`` shows the speaker as they are, whatever was sent.
    """
    if speaker is None:
        return SpeakerForm(access, new_values(access.event))
    if is_known(speaker, sees_names=access.sees_names):
        return SpeakerForm(access, {**values_of(speaker), "version": speaker.version}, **kwargs)
    return UnnamedForm(access, {**unnamed_values(speaker), "version": speaker.version}, **kwargs)


def meet(access: Access, form: UnnamedForm, speaker: Speaker) -> None:
    """Join a form with what the speaker has become."""
    whole = isinstance(form, SpeakerForm) and is_known(speaker, sees_names=access.sees_names)
    form.meet(values_of(speaker) if whole else unnamed_values(speaker), speaker.version)


def new_page(access: Access, form: UnnamedForm, status: int, *, gone: str = "") -> Response:
    """Show the form of a new speaker; ``gone`` is the code of a deleted one that it was for."""
    return render_desk("speakers/new.html", access, status=status, form=form, gone=gone, **_words())


def form_page(
    access: Access,
    speaker: Speaker,
    form: UnnamedForm,
    status: int,
    photo_form: PhotoForm | None = None,
) -> Response:
    """Show a speaker, to be changed."""
    return render_desk(
        "speakers/edit.html",
        access,
        status=status,
        speaker=speaker,
        form=form,
        photo_form=photo_form or PhotoForm(formdata=None),
        around=surroundings(access, speaker),
        **_words(),
    )


def read_page(access: Access, speaker: Speaker) -> Response:
    """Show a speaker to who may not change them."""
    hours = hours_of(access.event)
    reader = spoken().code
    free = [
        (
            short_date(day_of(span.starts_at, hours), reader),
            time_range(span.starts_at, int((span.ends_at - span.starts_at).total_seconds() // 60)),
        )
        for span in speaker.free
    ]
    return render_desk(
        "speakers/read.html",
        access,
        speaker=speaker,
        free=free,
        around=surroundings(access, speaker),
        **_words(),
    )


def delete_page(access: Access, speaker: Speaker) -> Response:
    """Name what depends on a speaker, and ask whether they are to go."""
    return render_desk(
        "speakers/delete.html",
        access,
        speaker=speaker,
        around=surroundings(access, speaker),
        **_words(),
    )


def merge_page(
    access: Access, speaker: Speaker, other: Speaker | None, *, asked: str | None
) -> Response:
    """Say what joining two entries does, or ask for the second one."""
    reader, sees_names = spoken().code, access.sees_names
    everybody = directory(access.event_id, reader, sees_names=sees_names)
    return render_desk(
        "speakers/merge.html",
        access,
        status=422 if asked and other is None else 200,
        speaker=speaker,
        other=other,
        asked=asked,
        everybody=[known for known in everybody if known.names and known.code != speaker.code],
        around=surroundings(access, speaker),
        around_other=surroundings(access, other) if other else None,
        **_words(),
    )


def surroundings(access: Access, speaker: Speaker) -> Surroundings:
    """Return what stands around a speaker, as far as who asks may know them."""
    known = is_known(speaker, sees_names=access.sees_names)
    event = access.event
    published = source().current(event.slug)
    public = published is not None and speaker.code in published.speaker_by_code
    return Surroundings(
        called(speaker, spoken().code, sees_names=access.sees_names),
        known,
        _parts(access, speaker),
        _instead(access, speaker) if known else None,
        url_for("pages.speaker", lang=spoken().code, event=event.slug, code=speaker.code)
        if public and known
        else None,
        frozenset(lang for lang in event.languages if is_outdated(speaker, lang)),
        speaker.photo if known and photo_path(speaker) else None,
    )


def photo_path(speaker: Speaker) -> Path | None:
    """Return the file of a speaker's photo, if there is one."""
    path = uploads() / speaker.photo if speaker.photo else None
    return path if path is not None and path.is_file() else None


def uploads() -> Path:
    """Return the folder of uploads."""
    return Path(current_app.instance_path) / "uploads"


def _parts(access: Access, speaker: Speaker) -> list[Part]:
    local, reader, hours = reader_of(access), spoken().code, hours_of(access.event)
    found = []
    for part in parts_of(speaker.id):
        session = part.session
        starts_at = session.starts_at
        titles = {lang: text.title for lang, text in session.texts.items()}
        found.append(
            Part(
                session,
                local(titles, session.original_language),
                part.role,
                part.answer,
                short_date(day_of(starts_at, hours), reader) if starts_at else "",
                time_range(starts_at, session.minutes) if starts_at else None,
                local(session.room.name) if session.room else None,
            )
        )
    return found


def _instead(access: Access, speaker: Speaker) -> LocalText | None:
    """Return what the public reads in place of a name."""
    local = reader_of(access)
    if speaker.visibility is Visibility.PUBLIC:
        return None
    if speaker.visibility is Visibility.PSEUDONYM:
        told = local({lang: text.pseudonym for lang, text in speaker.texts.items()})
        if told:
            return told
    return local(access.event.withheld_name)


def _words() -> dict[str, Any]:
    """Return the words that several of the pages need."""
    return {
        "role_label": role_label,
        "state_label": state_label,
        "answer_label": answer_label,
        "text_state_label": text_state_label,
        "text_state_told": lambda state: text_state_label(TextState(state or TextState.MISSING)),
        "visibility_label": visibility_label,
        "html_of": html_of,
        "comma": COMMAS[spoken().direction],
    }
