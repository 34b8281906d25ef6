"""The pages of links: organizers see who has one, send, show, renew and end them, and remind."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from planner.accounts.access import Access, Permission, authorise
from planner.desk.layout import render_desk
from planner.links import giving
from planner.links.page import (
    Choice,
    choice_label,
    chosen,
    name_of,
    picture_of,
    rows,
    to_remind,
    to_send,
)
from planner.links.queries import Line, lines

bp = Blueprint("links", __name__, url_prefix="/desk/<event>/links")


@bp.get("")
def index(event: str) -> Response:
    """List the speakers of an event with their links and answers."""
    access = authorise(event, Permission.RELEASE)
    everybody = lines(access.event)
    wanted = request.args.get("who", "")
    choice = Choice(wanted) if wanted in set(Choice) else None
    return _page(
        "index",
        access,
        rows=rows(access, chosen(access, everybody, choice)),
        total=len(everybody),
        choice=choice,
        counts={one: len(chosen(access, everybody, one)) for one in Choice},
        choice_label=choice_label,
        linked=sum(bool(line.made_at) for line in everybody),
        to_send=len(to_send(everybody)),
        to_remind=len(to_remind(everybody)),
    )


@bp.route("/send", methods=["GET", "POST"])
def send_all(event: str) -> Response:
    """Send all who take part their links, after asking."""
    access = authorise(event, Permission.RELEASE)
    wanted = to_send(lines(access.event))
    if request.method == "GET":
        return _page("send", access, count=len(wanted))
    count = giving.send(access.event_id, access.user_id, wanted)
    told = ngettext(
        "%(num)d link goes out with the next mail.",
        "%(num)d links go out with the next mail.",
        count,
    )
    return _done(access, told)


@bp.route("/remind", methods=["GET", "POST"])
def remind(event: str) -> Response:
    """Remind all who have not answered, after asking."""
    access = authorise(event, Permission.RELEASE)
    everybody = lines(access.event)
    wanted = to_remind(everybody)
    if request.method == "GET":
        silent = sum(line.has_to_answer for line in everybody)
        return _page("remind", access, count=len(wanted), others=silent - len(wanted))
    count = giving.remind(access.event_id, access.user_id, wanted)
    told = ngettext(
        "%(num)d reminder goes out with the next mail.",
        "%(num)d reminders go out with the next mail.",
        count,
    )
    return _done(access, told)


@bp.route("/renew", methods=["GET", "POST"])
def renew_all(event: str) -> Response:
    """Renew the links of all who have one, after asking."""
    access = authorise(event, Permission.RELEASE)
    linked = [line for line in lines(access.event) if line.made_at]
    if request.method == "GET":
        return _page("renew", access, line=None, name=None, count=len(linked))
    giving.renew(access.event_id, access.user_id, linked)
    return _done(access, _renewed(len(linked)))


@bp.route("/end", methods=["GET", "POST"])
def end_all(event: str) -> Response:
    """End the links of all speakers, after asking."""
    access = authorise(event, Permission.RELEASE)
    linked = [line for line in lines(access.event) if line.made_at]
    if request.method == "GET":
        return _page("end", access, line=None, name=None, count=len(linked))
    giving.end(access.event_id, access.user_id, linked)
    return _done(access, _ended(len(linked)))


@bp.post("/<code>/send")
def send(event: str, code: str) -> Response:
    """Send one speaker their link."""
    access = authorise(event, Permission.RELEASE)
    giving.send(access.event_id, access.user_id, [_line(access, code)])
    # The same to those who may not know whether there is an address.
    return _done(access, gettext("If there is an address, the link goes out with the next mail."))


@bp.post("/<code>/show")
def show(event: str, code: str) -> Response:
    """Show a link once. It opens all that is stored of somebody, their name above all."""
    access = authorise(event, Permission.RELEASE)
    if not access.sees_names:
        abort(403)
    line = _line(access, code)
    address = giving.show(access.event_id, access.user_id, line)
    return _page(
        "shown",
        access,
        line=line,
        name=name_of(access, line),
        address=address,
        picture=picture_of(address),
    )


@bp.route("/<code>/renew", methods=["GET", "POST"])
def renew(event: str, code: str) -> Response:
    """Renew the link of a speaker, after asking."""
    access = authorise(event, Permission.RELEASE)
    line = _line(access, code)
    if request.method == "GET":
        return _page("renew", access, line=line, name=name_of(access, line), count=1)
    giving.renew(access.event_id, access.user_id, [line])
    return _done(access, _renewed(1))


@bp.route("/<code>/end", methods=["GET", "POST"])
def end(event: str, code: str) -> Response:
    """End the link of a speaker, after asking."""
    access = authorise(event, Permission.RELEASE)
    line = _line(access, code)
    if request.method == "GET":
        return _page("end", access, line=line, name=name_of(access, line), count=1)
    giving.end(access.event_id, access.user_id, [line])
    return _done(access, _ended(1))


def _renewed(count: int) -> str:
    return str(
        ngettext(
            "%(num)d link is renewed. Send it, or show it, so that the speaker has it.",
            "%(num)d links are renewed. Send them, so that the speakers have them.",
            count,
        )
    )


def _ended(count: int) -> str:
    return str(ngettext("%(num)d link is ended.", "%(num)d links are ended.", count))


def _line(access: Access, code: str) -> Line:
    found = [line for line in lines(access.event) if line.code == code]
    return found[0] if found else abort(404)


def _done(access: Access, told: str) -> Response:
    flash(told, "done")
    return redirect(url_for("links.index", event=access.event.slug))


def _page(page: str, access: Access, **context: Any) -> Response:
    has_mail = bool(current_app.config["SMTP_URL"])
    return render_desk(f"links/{page}.html", access, has_mail=has_mail, **context)
