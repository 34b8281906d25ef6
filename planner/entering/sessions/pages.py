"""The pages of sessions: what each shows beside its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.desk.layout import reader_of, render_desk
from planner.entering.sessions.filters import NONE, SORTS, UNPLACED, Filters
from planner.entering.sessions.forms import SessionForm, new_values, values_of
from planner.entering.sessions.listing import sessions_page
from planner.events.models import TextState
from planner.i18n.content import LocalText
from planner.i18n.formats import duration, short_date, time_range
from planner.i18n.labels import N_, kind_label, role_label
from planner.lib.markup import html_of
from planner.programme.vocabulary import Kind, Status
from planner.public.layout import COMMAS
from planner.public.programmes import source
from planner.sessions.labels import answer_label, state_label, text_state_label
from planner.sessions.models import Session, State
from planner.sessions.texts import is_outdated
from planner.speakers.naming import called
from planner.speakers.queries import directory, directory_of
from planner.timetable.conflict_page import Told, conflicts_told
from planner.timetable.labels import relation_label
from planner.timetable.models import Relation
from planner.timetable.plan import Plan, plan_of

#: The other way round of «before».
AFTER, AFTER_LABEL = "after", N_("after")
#: Beyond so many speakers the form does not list them all, but asks while one writes.
LISTED = 300


def _words() -> dict[str, Any]:
    """Return the words that several of the pages need."""
    return {
        "kind_label": kind_label,
        "role_label": role_label,
        "state_label": state_label,
        "answer_label": answer_label,
        "text_state_label": text_state_label,
        "text_state_told": _text_state_told,
        "short_date": short_date,
        "duration": duration,
        "html_of": html_of,
        "comma": COMMAS[spoken().direction],
    }


def _text_state_told(state: str) -> str:
    return text_state_label(TextState(state or TextState.MISSING))


@dataclass(frozen=True)
class Asked:
    """What organizers ask of a session and another: «before …»."""

    id: int
    relation: str
    code: str
    title: LocalText


@dataclass(frozen=True)
class Surroundings:
    """What the page of a session tells beside what is entered."""

    title: LocalText
    hours: Markup | None
    day: str
    room: LocalText | None
    conflicts: tuple[Told, ...]
    asked: list[Asked]
    #: Languages whose text has fallen behind the original.
    outdated: frozenset[str]
    #: Its page in public, if it has one.
    public: str | None


def index_page(access: Access, filters: Filters) -> Response:
    """Show a page of the list."""
    plan, reader = plan_of(access.event_id), spoken().code
    return render_desk(
        "sessions/index.html",
        access,
        filters=filters,
        page=sessions_page(access, plan, filters),
        plan=plan,
        states=[(state.value, state_label(state)) for state in State],
        kinds=[(kind.value, kind_label(kind)) for kind in Kind],
        days=[(day.date.isoformat(), short_date(day.date, reader)) for day in plan.days],
        sorts=SORTS,
        none=NONE,
        unplaced=UNPLACED,
        **_words(),
    )


def new_form(access: Access) -> SessionForm:
    """Return the form of a new session."""
    people = directory(access.event_id, spoken().code, sees_names=access.sees_names)
    return SessionForm(access, people, new_values(access.event))


def form_of(access: Access, session: Session, plan: Plan) -> SessionForm:
    """Return the form of a session."""
    people = directory_of(plan.speakers, spoken().code, sees_names=access.sees_names)
    placed_nowhere = session.starts_at is not None and session.room_id is None
    return SessionForm(
        access,
        people,
        {**values_of(session), "version": session.version},
        placed_nowhere=placed_nowhere,
    )


def new_page(access: Access, form: SessionForm, status: int, *, gone: str = "") -> Response:
    """Show the form of a new session; ``gone`` is the code of a deleted one that it was for."""
    return render_desk("sessions/new.html", access, status=status, form=form, gone=gone, **_words())


def _listed(form: SessionForm) -> bool:
    return len(form.directory.by_id) <= LISTED


def form_page(
    access: Access, session: Session, form: SessionForm, plan: Plan, status: int
) -> Response:
    """Show a session, to be changed."""
    return render_desk(
        "sessions/edit.html",
        access,
        status=status,
        session=session,
        form=form,
        listed=_listed(form),
        around=surroundings(access, session, plan),
        **_words(),
    )


def read_page(access: Access, session: Session) -> Response:
    """Show a session to who may not change it."""
    plan, reader = plan_of(access.event_id), spoken().code
    people = [
        (called(person.speaker, reader, sees_names=access.sees_names), person)
        for person in session.people
    ]
    return render_desk(
        "sessions/read.html",
        access,
        session=session,
        people=people,
        around=surroundings(access, session, plan),
        **_words(),
    )


def asked_page(
    access: Access, session: Session, status: int, *, entered: Mapping[str, str], problem: str = ""
) -> Response:
    """Show what organizers ask of a session, and ask for more."""
    plan, local = plan_of(access.event_id), reader_of(access)
    others = [
        (item.code, local(dict(item.titles), item.original_language))
        for item in plan.sessions
        if item.code != session.code
    ]
    return render_desk(
        "sessions/asked.html",
        access,
        status=status,
        session=session,
        around=surroundings(access, session, plan),
        others=others,
        relations=_relations(),
        entered=entered,
        problem=problem,
    )


def _relations() -> list[tuple[str, str]]:
    named = [(relation.value, relation_label(relation)) for relation in Relation]
    return [named[0], (AFTER, gettext(AFTER_LABEL)), *named[1:]]


def delete_page(access: Access, session: Session) -> Response:
    """Name what depends on a session, and ask whether it is to go."""
    plan = plan_of(access.event_id)
    return render_desk(
        "sessions/delete.html",
        access,
        session=session,
        around=surroundings(access, session, plan),
        **_words(),
    )


def surroundings(access: Access, session: Session, plan: Plan) -> Surroundings:
    """Return what stands around a session."""
    local, reader = reader_of(access), spoken().code
    titles = {lang: text.title for lang, text in session.texts.items()}
    starts_at = session.starts_at
    return Surroundings(
        local(titles, session.original_language),
        time_range(starts_at, session.minutes) if starts_at else None,
        short_date(plan.day_of(starts_at), reader) if starts_at else "",
        local(session.room.name) if session.room else None,
        conflicts_told(access, session.code, plan),
        _asked(access, session, plan),
        frozenset(lang for lang in access.event.languages if is_outdated(session, lang)),
        _public(access, session),
    )


def _asked(access: Access, session: Session, plan: Plan) -> list[Asked]:
    local = reader_of(access)
    found = []
    for constraint in plan.constraints_of.get(session.code, ()):
        turned = constraint.second == session.code
        other = plan.by_code[constraint.first if turned else constraint.second]
        title = local(dict(other.titles), other.original_language)
        after = turned and constraint.relation is Relation.BEFORE
        label = gettext(AFTER_LABEL) if after else relation_label(constraint.relation)
        found.append(Asked(constraint.id, label, other.code, title))
    return found


def _public(access: Access, session: Session) -> str | None:
    """Return the address of a session in public, while it stands there and is not cancelled."""
    published = source().current(access.event.slug)
    found = published.session_by_code.get(session.code) if published else None
    if found is None or found.status is Status.CANCELLED:
        return None
    return url_for("pages.session", lang=spoken().code, event=access.event.slug, code=session.code)
