"""The command ``planner import``: schedules of other software, workbooks and tables."""

import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import with_appcontext

from planner.events.operations import InvalidEventError
from planner.imports.operations import import_schedule
from planner.imports.reading import LARGEST_FILE
from planner.imports.report import Line, LineKind, Report
from planner.imports.source import UnreadableFileError
from planner.imports.zones import is_zone
from planner.lib.refusals import RefusedError
from planner.releases.issuing import UnknownEventError
from planner.speakers.models import Visibility
from planner.workbook.account import Account
from planner.workbook.account import Line as SheetLine
from planner.workbook.operations import PlanChangedError, make_event, proposal, take
from planner.workbook.queries import time_zone_of
from planner.workbook.reading import is_spreadsheet, read_file
from planner.workbook.scene import Options
from planner.workbook.telling import UnreadableWorkbookError

_LINES_SHOWN = 10
#: What a shell expects of a program that Ctrl+C ended.
_INTERRUPTED = 130


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--event", "slug", required=True, metavar="SLUG", help="The event to import into.")
@click.option("--create", is_flag=True, help="Make the event from the file if it is not there.")
@click.option(
    "--names",
    type=click.Choice([Visibility.PUBLIC.value, Visibility.WITHHELD.value]),
    required=True,
    help="Whether the public may read the names of speakers who are new.",
)
@click.option("--time-zone", metavar="ZONE", help="The conference's, such as Asia/Baghdad.")
@click.option("--dry-run", is_flag=True, help="Show what would happen, and change nothing.")
@click.option(
    "--report",
    "report_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every line of the report to this file, as JSON.",
)
@with_appcontext
def import_command(
    *,
    file: Path,
    slug: str,
    create: bool,
    names: str,
    time_zone: str | None,
    dry_run: bool,
    report_path: Path | None,
) -> None:
    """Take a file into the plan of an event.

    FILE is a schedule.xml or schedule.json of other software, or a spreadsheet (.xlsx, .csv) as
    “planner export” writes it. Of a spreadsheet everything is taken or nothing.
    """
    if time_zone is not None and not is_zone(time_zone):
        raise click.UsageError(f"“{time_zone}” is not a time zone such as Asia/Baghdad.")
    if report_path is not None and not _is_writable(report_path):
        raise RefusedError(f"Cannot write the report to {report_path}.")
    try:
        content = _content_of(file)
        if is_spreadsheet(content, file.name):
            report: Report | Account = _take_spreadsheet(
                content,
                slug,
                Options(Visibility(names), sees_names=True),
                create=create,
                time_zone=time_zone,
                dry_run=dry_run,
            )
        else:
            report = import_schedule(
                content,
                slug=slug,
                create=create,
                names=Visibility(names),
                dry_run=dry_run,
                host=_host(),
                time_zone=time_zone,
                progress=_show_progress if sys.stderr.isatty() else None,
            )
    except UnreadableFileError as error:
        raise RefusedError(f"{file.name} {error}.") from None
    except UnreadableWorkbookError as error:
        raise RefusedError(f"{file.name}: {error.told}") from None
    except UnknownEventError:
        raise RefusedError(
            f"There is no event “{slug}”; --create makes it from the file."
        ) from None
    except InvalidEventError as error:
        raise RefusedError(f"The event cannot be made: {error}.") from None
    except PlanChangedError:
        raise RefusedError("The plan was changed at the same moment; try again.") from None
    except KeyboardInterrupt:
        click.echo("Interrupted; nothing was changed.", err=True)
        raise click.exceptions.Exit(_INTERRUPTED) from None
    _show(report, f"{file.name} into {slug}", dry_run=dry_run, in_full=report_path is not None)
    if report_path is not None:
        _write(report, report_path)
    if _is_refused(report):
        click.echo("Nothing was changed: a spreadsheet is taken whole, or not at all.", err=True)
        raise click.exceptions.Exit(1)


def _is_refused(report: Report | Account) -> bool:
    """Tell whether nothing at all is taken because something cannot be."""
    return isinstance(report, Account) and report.is_refused


def _host() -> str:
    return urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"


def _take_spreadsheet(
    content: bytes,
    slug: str,
    options: Options,
    *,
    create: bool,
    time_zone: str | None,
    dry_run: bool,
) -> Account:
    own_zone = time_zone_of(slug)
    if own_zone is None and not create:
        raise UnknownEventError(slug)
    file = read_file(content)
    if own_zone is None:
        return make_event(file, slug, options, host=_host(), time_zone=time_zone, dry_run=dry_run)
    if time_zone not in {None, own_zone}:
        raise RefusedError(f"The hours of a spreadsheet are those of the event, {own_zone}.")
    if dry_run:
        return proposal(file, slug, options)
    return take(file, slug, options, user_id=None)


def _content_of(file: Path) -> bytes:
    """Return what a file holds, but no more than is needed to see that it is too large."""
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise RefusedError(f"{file.name} cannot be read: {error.strerror}.") from None


def _is_writable(path: Path) -> bool:
    return os.access(path if path.exists() else path.absolute().parent, os.W_OK)


def _show_progress(done: int, total: int) -> None:
    click.echo(f"\r{done} of {total} sessions", nl=done == total, err=True)


def _show(report: Report | Account, what: str, *, dry_run: bool, in_full: bool) -> None:
    taken_or_not = "could be taken" if _is_refused(report) else "taken"
    click.echo(
        f"{what}: {report.in_file} sessions in the file, {report.taken} {taken_or_not}, "
        f"{report.refused} refused."
    )
    lines = report.lines
    taken = Counter(line.what.partition(":")[0] for line in lines if line.kind is LineKind.TAKEN)
    click.echo("taken: " + ", ".join(f"{count} {what}" for what, count in taken.items()))
    # What a spreadsheet would change is to be read before it does.
    shown = len(lines) if isinstance(report, Account) and dry_run else _LINES_SHOWN
    if isinstance(report, Account):
        new = [line for line in report.lines if line.kind is LineKind.TAKEN and line.is_of_new_row]
        _show_lines(new, shown, in_full=in_full)
    for kind in (LineKind.CHANGED, LineKind.GUESSED, LineKind.REFUSED):
        of_kind = [line for line in lines if line.kind is kind]
        if of_kind:
            click.echo(f"{kind.value}: {len(of_kind)}")
        _show_lines(of_kind, shown, in_full=in_full)
    if dry_run:
        click.echo("This was a dry run: nothing was changed.")


def _show_lines(lines: Sequence[Line | SheetLine], most: int, *, in_full: bool) -> None:
    for line in lines[:most]:
        click.echo(f"  {line.where}: {line.what}")
    if len(lines) > most:
        hint = "" if in_full else " (--report FILE writes all of them)"
        click.echo(f"  … and {len(lines) - most} more{hint}")


def _write(report: Report | Account, path: Path) -> None:
    content = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
    try:
        path.write_text(content + "\n", encoding="utf-8")
    except OSError as error:
        raise RefusedError(
            f"The import is done, but its report cannot be written to {path}: {error.strerror}."
        ) from None
