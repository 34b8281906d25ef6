"""The pages of one release: what it was, making it current again, and back into the plan."""

from dataclasses import dataclass

from flask import abort
from werkzeug.wrappers import Response

from planner.accounts.access import Access
from planner.desk.layout import render_desk
from planner.i18n.labels import stage_label
from planner.lib.clock import now
from planner.programme.document import Programme, decode
from planner.readiness.labels import requirement_label
from planner.releases.compare_page import told_of_next
from planner.releases.forms import NoteForm
from planner.releases.labels import origin_label
from planner.releases.operations import UnknownReleaseError, taken_back
from planner.releases.page import there
from planner.releases.queries import Told, last_release, told_release, whole_plan
from planner.releases.review import Review


@dataclass(frozen=True)
class Shown:
    """A release as its pages show it, and the number of the one that is public."""

    release: Told
    current: int

    @property
    def is_current(self) -> bool:
        """Whether it is the public one."""
        return self.release.number == self.current


def shown_or_404(access: Access, number: int) -> Shown:
    """Return a release of the event.

    :raises werkzeug.exceptions.NotFound: when there is none of this number.
    """
    release = told_release(access.event_id, number)
    last = last_release(access.event_id)
    if release is None or last is None:
        abort(404)
    return Shown(release, last.number)


def release_page(access: Access, number: int) -> Response:
    """Return the page of a release."""
    return _page("releases/release.html", access, shown_or_404(access, number))


def take_back_page(access: Access, number: int, form: NoteForm, *, status: int = 200) -> Response:
    """Return the page that asks before an earlier release is made current again."""
    shown = shown_or_404(access, number)
    review = _review(access, number)
    form.current.data, form.current.raw_data = shown.current, None
    return _page(
        "releases/take_back.html",
        access,
        shown,
        status=status,
        form=form,
        review=review,
        differing=told_of_next(access, review),
        stale=status == 409,
    )


def restore_page(access: Access, number: int) -> Response:
    """Return the page that asks before a release is brought back into the plan."""
    return _page("releases/restore.html", access, shown_or_404(access, number))


def _review(access: Access, number: int) -> Review:
    """Return what making an earlier release current again would change."""
    plan = whole_plan(access.event.slug) or abort(404)
    last = last_release(access.event_id) or abort(404)
    previous: Programme = decode(last.document)
    try:
        programme = taken_back(plan, previous, number, note={}, at=now())
    except UnknownReleaseError:
        abort(404)
    return Review(previous, programme, "")


def _page(
    template: str, access: Access, shown: Shown, *, status: int = 200, **context: object
) -> Response:
    release = shown.release
    return render_desk(
        template,
        access,
        status=status,
        shown=shown,
        release=release,
        origin=origin_label(release.origin, release.of_number),
        there=there(access),
        stage_label=stage_label,
        requirement_label=requirement_label,
        **context,
    )
