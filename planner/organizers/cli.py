"""The commands ``planner user …``, for who runs the installation."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from planner.accounts.links import address_of, new_link
from planner.accounts.models import MemberRole, Purpose
from planner.accounts.queries import all_invitations, everybody, user_by_email
from planner.accounts.second_factor import disable
from planner.database import write_tx
from planner.entrance.forms import is_email
from planner.events.models import Event
from planner.extensions import db
from planner.i18n.languages import canonical_code
from planner.lib.refusals import RefusedError
from planner.lib.text import clean_line
from planner.organizers.operations import MemberAlreadyError, Part, invite


@click.group("user")
def user_command() -> None:
    """Organizers: who may do what."""


@user_command.command("add")
@click.argument("email")
@click.option(
    "--role",
    type=click.Choice([role.value for role in MemberRole]),
    required=True,
    help="What they do in the event.",
)
@click.option("--event", "slug", required=True, metavar="SLUG", help="The event.")
@click.option("--name", help="What others call them, until they say it themselves.")
@click.option("--languages", default="", help="Those of a translator, as in ar,ckb.")
@click.option("--names/--no-names", default=False, help="Whether they see names that are withheld.")
@with_appcontext
def add_command(
    *, email: str, role: str, slug: str, name: str | None, languages: str, names: bool
) -> None:
    """Invite an organizer, and print the link with which they come in, once."""
    if not is_email(email):
        raise RefusedError(f"“{email}” is no e-mail address.")
    event = db.session.scalar(select(Event).where(Event.slug == slug))
    if event is None:
        raise RefusedError(f"There is no event “{slug}”.")
    part = Part(MemberRole(role), _languages(role, languages, event.languages), names)
    called = clean_line(name or "")[:100] or email.split("@", maxsplit=1)[0][:100]
    try:
        link = invite(event.id, None, email=email, name=called, part=part)
    except MemberAlreadyError:
        raise RefusedError(f"{email} has a part in {slug} already.") from None
    click.echo(f"Open this once, within seven days, to make the account:\n{link}")


def _languages(role: str, written: str, known: list[str]) -> tuple[str, ...]:
    codes = tuple(filter(None, (part.strip() for part in written.split(","))))
    found = tuple(canonical_code(code) or code for code in codes)
    strange = [code for code in found if code not in known]
    if strange:
        raise RefusedError(f"The event has no language {', '.join(strange)}: {', '.join(known)}.")
    if role == MemberRole.TRANSLATOR and not found:
        raise RefusedError("A translator needs --languages, as in --languages ar,ckb.")
    return found if role == MemberRole.TRANSLATOR else ()


@user_command.command("list")
@with_appcontext
def list_command() -> None:
    """List the accounts, their parts in events, and open invitations."""
    for user in everybody():
        factor = "second factor" if user.has_second_factor else "password only"
        seen = f"{user.seen_at:%Y-%m-%d}" if user.seen_at else "never"
        click.echo(f"{user.email}  {user.name}  ({factor}, last seen {seen})")
        for part in user.memberships:
            click.echo(f"  {part.event.slug}: {_told(part.role, part.languages, part.sees_names)}")
    for offer in all_invitations():
        told = _told(offer.role, offer.languages, offer.sees_names)
        click.echo(f"{offer.email}  {offer.name}  (invited)\n  {offer.event.slug}: {told}")


def _told(role: MemberRole, languages: list[str], sees_names: bool) -> str:
    names = ["names"] if sees_names else []
    return ", ".join([role.value, *languages, *names])


@user_command.command("reset")
@click.argument("email")
@click.option("--second-factor", is_flag=True, help="Take the second factor off as well.")
@with_appcontext
def reset_command(email: str, second_factor: bool) -> None:
    """Print a link with which an organizer can choose a new password, once."""
    user = user_by_email(email)
    if user is None:
        raise RefusedError(f"There is no account “{email}”.")
    number = user.id
    with write_tx() as database:
        found = database.get_one(type(user), number)
        if second_factor:
            disable(database, found)
        link = address_of(Purpose.RESET, new_link(database, found, mailed=False))
    click.echo(f"Open this once, within one hour, to choose a new password:\n{link}")
