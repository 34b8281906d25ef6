"""The command ``planner export``: what the public gets as files, and the plan as a workbook."""

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from planner.exporting.site import UnknownProgrammeError, write_site
from planner.formats.pdf_editions import ALL
from planner.i18n.languages import INTERFACE
from planner.lib.refusals import RefusedError
from planner.releases.queries import whole_plan
from planner.workbook.columns import SheetKind
from planner.workbook.tables import Tables
from planner.workbook.writing import separated_table, workbook

_ADDRESSES = {
    "ical": "/{lang}/{slug}/calendar/programme.ics",
    "xml": "/{slug}/schedule.xml",
    "json": "/{slug}/schedule.json",
    "pdf": "/{lang}/{slug}/programme.pdf",
}
#: Of the plan, and so not for everybody: all sheets, or the sessions alone.
_SPREADSHEETS = ("xlsx", "csv")
#: May be in all languages, and a booklet.
_PDF = "pdf"
#: All public pages, as a folder.
_SITE = "site"
_FORMATS = (*_ADDRESSES, *_SPREADSHEETS, _SITE)
_NOT_FOUND = 404


@click.command("export")
@click.argument("slug")
@click.option("--format", "form", type=click.Choice(_FORMATS), required=True)
@click.option(
    "--language",
    type=click.Choice([*INTERFACE, ALL]),
    default="en",
    show_default=True,
    help="For formats that hold one language, and for what is explained in a workbook. “all” is "
    "for pdf only: every language of the event.",
)
@click.option(
    "--booklet",
    is_flag=True,
    help="For pdf: pages of A5 on sheets of A4. Print both sides, turned at the short edge, and "
    "fold them together.",
)
@click.option(
    "--names",
    is_flag=True,
    help="For xlsx and csv: with the names of people who are not public; else their codes "
    "stand there.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write; it is replaced. For site a folder: one that is not there yet, or "
    "that this command made, of which it replaces what changed.",
)
@with_appcontext
def export_command(
    slug: str, *, form: str, language: str, names: bool, booklet: bool, output: Path
) -> None:
    """Write an event's programme to a file as everybody may fetch it.

    site writes all public pages in all languages as a folder of plain files, for any web space or
    a stick. What needs a server, such as an agenda or registration, leads to the address of this
    installation (BASE_URL).

    xlsx and csv hold the plan instead, drafts included: all of it, or the sessions alone.
    “planner import” takes them back.
    """
    if form != _PDF and (booklet or language == ALL):
        raise click.UsageError("--booklet and --language all go with --format pdf only.")
    if form in _SPREADSHEETS:
        content = _spreadsheet(slug, form, language, sees_names=names)
    elif names:
        raise click.UsageError("--names goes with --format xlsx and csv only.")
    elif form == _SITE:
        _write_site(slug, output)
        return
    else:
        content = _of_programme(slug, form, language, booklet=booklet)
    try:
        output.write_bytes(content)
    except OSError as error:
        raise RefusedError(f"Cannot write {output}: {error.strerror}") from None
    click.echo(f"{output}: {len(content)} octets")


def _write_site(slug: str, output: Path) -> None:
    """Write a folder, and tell how far it is to whoever watches."""
    with click.progressbar(length=1, label="Pages", file=sys.stderr) as bar:

        def progress(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        try:
            written = write_site(slug, output, progress)
        except UnknownProgrammeError:
            raise RefusedError(f"There is no published programme of “{slug}”.") from None
    click.echo(
        f"{output}: {written.changed} files written, {written.unchanged} as they were, "
        f"{written.removed} removed"
    )


def _of_programme(slug: str, form: str, language: str, *, booklet: bool) -> bytes:
    address = _ADDRESSES[form].format(lang=language, slug=slug)
    if language == ALL:
        address = address.removeprefix(f"/{ALL}")
    if booklet:
        address = address.replace("programme.pdf", "programme-booklet.pdf")
    response = current_app.test_client().get(address, base_url=current_app.config["BASE_URL"])
    if response.status_code == _NOT_FOUND:
        raise RefusedError(f"There is no published programme of “{slug}” as {form}.")
    if response.status_code != 200:
        raise click.ClickException(f"The programme cannot be made as {form}.")
    return bytes(response.data)


def _spreadsheet(slug: str, form: str, language: str, *, sees_names: bool) -> bytes:
    plan = whole_plan(slug)
    if plan is None:
        raise RefusedError(f"There is no event “{slug}”.")
    tables = Tables(plan, language, sees_names=sees_names)
    if form == "xlsx":
        return workbook(tables, language)
    return separated_table(tables.table(SheetKind.SESSIONS))
