"""What would be published now, shown as participants would see it: made by the public pages.

Nothing of it is kept, and its links lead to other previews. It holds what the public would read and
nothing more, whoever looks at it.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from flask import Response, url_for

from planner.accounts.access import Access
from planner.i18n.interface import speaking
from planner.lib.clock import now
from planner.programme.document import decode, digest_of, encode
from planner.programme.published import Published
from planner.programme.vocabulary import Stage
from planner.public.addresses import Preview, previewing
from planner.public.delivery import HTML
from planner.public.history import DayHistory
from planner.public.programmes import source
from planner.public.today import changed_with, moment_of
from planner.releases.builder import build
from planner.releases.compare_queries import plan_of_event
from planner.releases.queries import last_release

#: Public pages that have a preview, and what that is called.
_PREVIEWS = {
    "pages.event": "preview.event",
    "pages.programme": "preview.programme",
    "pages.session": "preview.session",
    "pages.speaker": "preview.speaker",
    "pages.theme": "preview.theme",
    "pages.room": "preview.room",
    "changes.changes": "preview.changes",
    "photos.file": "preview.photo",
}


def next_published(access: Access) -> Published:
    """Return the programme that a release made now would publish, at the stage of the last one."""
    plan = plan_of_event(access.event.slug)
    last = last_release(plan.id)
    previous = decode(last.document) if last else None
    at = now()
    if previous is not None:
        at = max(at, previous.release.published_at + timedelta(seconds=1))
    stage = previous.release.stage if previous else Stage.DRAFT
    programme = build(plan, stage=stage, note={}, at=at, previous=previous)
    return Published(programme, digest_of(encode(programme)))


def with_what_was_public(published: Published) -> list[Published]:
    """Return a programme and every release before it, the newest first."""
    return [published, *source().history(published.event.slug)]


def today_in(published: Published, lang: str) -> DayHistory | None:
    """Return what the programme page would tell as changed today, or None."""
    day = moment_of(published, now()).day
    before = source().history(published.event.slug) if day else ()
    return changed_with(published, before, lang, day)


def shown(event: str, lang: str, make: Callable[[], bytes]) -> Response:
    """Answer with a page of the preview in a language of the interface."""
    preview = Preview(partial(_address, lang=lang), url_for("releases.index", event=event))
    with speaking(lang), previewing(preview):
        response = Response(make(), content_type=HTML)
    response.headers["Content-Language"] = lang
    return unkept(response)


def unkept(response: Response) -> Response:
    """Return an answer that nobody keeps and no robot finds."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _address(endpoint: str, **values: Any) -> str:
    """Return the preview of a public page; what has none leads to a page that says so."""
    if endpoint in _PREVIEWS:
        if endpoint == "photos.file":
            values.pop("lang")
        return url_for(_PREVIEWS[endpoint], **values)
    return url_for("preview.later", lang=values["lang"], event=values["event"])
