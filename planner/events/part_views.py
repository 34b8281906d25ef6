"""Rooms and themes: lists, one of each, copies, their order, and deleting them."""

from functools import partial
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission, authorise
from planner.events import parts
from planner.events.blueprint import bp
from planner.events.editing import Refused, edit, render
from planner.events.forms import PartForm, RemoveForm, RoomForm, ThemeForm
from planner.events.labels import colour_label
from planner.events.operations import SlugTakenError
from planner.events.parts import ROOMS, THEMES, Part, Sort
from planner.events.queries import (
    named_digest,
    part_of,
    parts_of,
    released_slugs,
    session_counts,
)
from planner.journal.queries import last_change
from planner.journal.recording import GoneError, StaleError
from planner.lib.palette import Colour
from planner.lib.text import fold

#: From so many on, a list can be searched.
_MANY = 12
_FORMS: dict[str, type[PartForm]] = {"room": RoomForm, "theme": ThemeForm}


@bp.get("/<event>/rooms")
def rooms(event: str) -> Response:
    """List the rooms of an event, with how many sessions each has."""
    access = authorise(event)
    return _list(access, ROOMS)


@bp.get("/<event>/themes")
def themes(event: str) -> Response:
    """List the themes of an event, with how many sessions each has."""
    access = authorise(event)
    return _list(access, THEMES)


@bp.route("/<event>/rooms/new", methods=["GET", "POST"])
def add_room(event: str) -> Response:
    """Add a room."""
    access = authorise(event, Permission.PLAN)
    return _add(access, ROOMS, RoomForm(languages=access.event.languages))


@bp.route("/<event>/themes/new", methods=["GET", "POST"])
def add_theme(event: str) -> Response:
    """Add a theme, at first in the colour that the fewest have."""
    access = authorise(event, Permission.PLAN)
    used = [theme.colour for theme in access.event.themes]
    colour = min(Colour, key=used.count)
    return _add(
        access, THEMES, ThemeForm(languages=access.event.languages, data={"colour": colour})
    )


@bp.route("/<event>/rooms/<slug>", methods=["GET", "POST"])
def room(event: str, slug: str) -> Response:
    """Change a room."""
    access = authorise(event, Permission.PLAN)
    return _change(access, ROOMS, slug)


@bp.route("/<event>/themes/<slug>", methods=["GET", "POST"])
def theme(event: str, slug: str) -> Response:
    """Change a theme."""
    access = authorise(event, Permission.PLAN)
    return _change(access, THEMES, slug)


@bp.post("/<event>/rooms/<slug>/copy")
def copy_room(event: str, slug: str) -> Response:
    """Add a room like this one, and go on to it."""
    access = authorise(event, Permission.PLAN)
    return _copy(access, ROOMS, slug)


@bp.post("/<event>/themes/<slug>/copy")
def copy_theme(event: str, slug: str) -> Response:
    """Add a theme like this one, and go on to it."""
    access = authorise(event, Permission.PLAN)
    return _copy(access, THEMES, slug)


@bp.post("/<event>/rooms/<slug>/move")
def move_room(event: str, slug: str) -> Response:
    """Put a room one place earlier or later."""
    access = authorise(event, Permission.PLAN)
    return _move(access, ROOMS, slug)


@bp.post("/<event>/themes/<slug>/move")
def move_theme(event: str, slug: str) -> Response:
    """Put a theme one place earlier or later."""
    access = authorise(event, Permission.PLAN)
    return _move(access, THEMES, slug)


@bp.route("/<event>/rooms/<slug>/remove", methods=["GET", "POST"])
def remove_room(event: str, slug: str) -> Response:
    """Delete a room, once one was told which sessions are there."""
    access = authorise(event, Permission.PLAN)
    return _remove(access, ROOMS, slug)


@bp.route("/<event>/themes/<slug>/remove", methods=["GET", "POST"])
def remove_theme(event: str, slug: str) -> Response:
    """Delete a theme, once one was told which sessions it has."""
    access = authorise(event, Permission.PLAN)
    return _remove(access, THEMES, slug)


def _list(access: Access, sort: Sort) -> Response:
    found = parts_of(sort.model, access.event_id)
    query = request.args.get("q", "")
    shown = [part for part in found if fold(query) in fold(" ".join(part.name.values()))]
    return render(
        f"events/{sort.name}s.html",
        access,
        parts=shown,
        count=len(found),
        query=query,
        many=len(found) > _MANY or bool(query),
        sessions=session_counts(access.event_id, sort.column),
        colour_label=colour_label,
    )


def _add(access: Access, sort: Sort, form: PartForm) -> Response:
    def save() -> None:
        try:
            parts.add(sort, access.event_id, access.user_id, form.entered())
        except SlugTakenError:
            raise _taken() from None

    return edit(
        f"events/{sort.name}.html",
        access,
        form,
        save=save,
        current=lambda: ({}, None),
        done=partial(url_for, f"events.{sort.name}s", event=access.event.slug),
        part=None,
        stays=False,
    )


def _change(access: Access, sort: Sort, slug: str) -> Response:
    part = part_of(sort.model, access.event_id, slug)
    if part is None:
        return _gone(access, sort, slug)
    form = _FORMS[sort.name](languages=access.event.languages, obj=part)

    def save() -> None:
        try:
            parts.change(
                sort,
                access.event_id,
                access.user_id,
                slug,
                version=form.version.data,
                values=form.entered(),
            )
        except SlugTakenError:
            raise _taken() from None
        except parts.SlugReleasedError:
            raise Refused("slug", _stays()) from None

    return edit(
        f"events/{sort.name}.html",
        access,
        form,
        save=save,
        current=partial(_current, access, sort, slug, form),
        done=partial(url_for, f"events.{sort.name}s", event=access.event.slug),
        gone=partial(_gone, access, sort, slug),
        part=part,
        stays=slug in released_slugs(access.event_id)[sort.name],
    )


def _gone(access: Access, sort: Sort, slug: str) -> Response:
    """Go on to the new address of what was called so; of what is deleted, keep what was typed."""
    last = last_change(access.event_id, sort.name, "slug", slug)
    if last and last.after:
        address = url_for(f"events.{sort.name}", event=access.event.slug, slug=last.after["slug"])
        return redirect(address, 307)
    if request.method == "GET":
        abort(404)
    form = _FORMS[sort.name](languages=access.event.languages)
    context = {"form": form, "part": None, "stays": False, "gone": slug}
    return render(f"events/{sort.name}.html", access, status=409, **context)


def _current(access: Access, sort: Sort, slug: str, form: PartForm) -> tuple[dict[str, Any], int]:
    part = part_of(sort.model, access.event_id, slug)
    if part is None:
        raise GoneError(slug)
    return {name: getattr(part, name) for name in form.values()}, part.version


def _copy(access: Access, sort: Sort, slug: str) -> Response:
    try:
        new = parts.copy(sort, access.event_id, access.user_id, slug)
    except GoneError:
        abort(404)
    flash(gettext("Here is the copy. Give it a name of its own."), "done")
    return redirect(url_for(f"events.{sort.name}", event=access.event.slug, slug=new))


def _move(access: Access, sort: Sort, slug: str) -> Response:
    steps = -1 if request.form.get("where") == "earlier" else 1
    try:
        parts.move(sort, access.event_id, access.user_id, slug, steps)
    except GoneError:
        abort(404)
    return redirect(url_for(f"events.{sort.name}s", event=access.event.slug, _anchor=slug))


def _remove(access: Access, sort: Sort, slug: str) -> Response:
    part = _part_or_404(access, sort, slug)
    sessions = parts.dependants(sort, access.event_id, part.id)
    form = RemoveForm(data={"version": part.version, "asked": named_digest(sessions)})
    status = 200
    if form.validate_on_submit():
        try:
            _remove_now(access, sort, slug, form)
        except StaleError:
            part = _part_or_404(access, sort, slug)
            sessions = parts.dependants(sort, access.event_id, part.id)
            form = RemoveForm(
                formdata=None, data={"version": part.version, "asked": named_digest(sessions)}
            )
            status = 409
        else:
            return redirect(url_for(f"events.{sort.name}s", event=access.event.slug))
    return render(
        f"events/remove_{sort.name}.html",
        access,
        status=status,
        form=form,
        part=part,
        sessions=sessions,
    )


def _remove_now(access: Access, sort: Sort, slug: str, form: RemoveForm) -> None:
    try:
        parts.remove(
            sort,
            access.event_id,
            access.user_id,
            slug,
            version=form.version.data,
            named=form.asked.data or "",
        )
    except GoneError:
        abort(404)
    flash(gettext("Deleted. It can be undone."), "done")


def _part_or_404(access: Access, sort: Sort, slug: str) -> Part:
    part = part_of(sort.model, access.event_id, slug)
    if part is None:
        abort(404)
    return part


def _taken() -> Refused:
    return Refused("slug", gettext("Something else has this address, or had it in a release."))


def _stays() -> str:
    return str(gettext("It stays, because calendars that people subscribed to know it."))
