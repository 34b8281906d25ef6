"""The pages of spreadsheets: taking the plan out, bringing a file, reading what it would change."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from flask import Response, current_app
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as AnyResponse

from planner.accounts.access import Access
from planner.desk.language import spoken
from planner.desk.layout import render_desk
from planner.events.models import Event
from planner.lib.clock import now
from planner.releases.queries import whole_plan
from planner.workbook.account import Account, Change, Outcome, Shown
from planner.workbook.columns import SheetKind
from planner.workbook.forms import AgreementForm, UploadForm
from planner.workbook.operations import proposal
from planner.workbook.reading import read_file
from planner.workbook.scene import Options
from planner.workbook.tables import Tables
from planner.workbook.uploads import Kept, Uploads
from planner.workbook.writing import separated_table, workbook

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Of longer texts only what differs is shown, with so much around it.
_LONG, _AROUND = 240, 60


def uploads(access: Access) -> Uploads:
    """Return the files that who asks brought for an event."""
    folder = Path(current_app.instance_path) / "uploads" / "imports"
    return Uploads(folder, user_id=access.user_id, event_id=access.event_id)


def keep(access: Access, form: UploadForm) -> str:
    """Keep the file of a form when it can be read, and return what it is asked for by.

    :raises planner.workbook.telling.UnreadableWorkbookError: when it cannot be taken at all.
    """
    with form.file.data.stream as upload:  # a large one lies in a file, which ends here
        content = upload.read()
    kept = Kept("", content, form.visibility)
    proposed(access, kept)
    return uploads(access).keep(kept.content, kept.names, now())


def options(access: Access, kept: Kept) -> Options:
    """Return how a file is taken by who asks."""
    return Options(kept.names, sees_names=access.sees_names, reader=spoken().code)


def proposed(access: Access, kept: Kept) -> Account:
    """Return what a file would change.

    :raises planner.workbook.telling.UnreadableWorkbookError: when it cannot be taken at all.
    """
    return proposal(read_file(kept.content), access.event.slug, options(access, kept))


def start_page(access: Access, form: UploadForm, *, status: int = 200) -> AnyResponse:
    """Return the page to take the plan out and bring it back; files left for long are deleted."""
    uploads(access).sweep(now())
    return render_desk(
        "workbook/index.html",
        access,
        form=form,
        sheets=[(kind, kind.value.lower()) for kind in SheetKind],
        status=status,
    )


def proposal_page(
    access: Access, kept: Kept, account: Account, *, is_other: bool = False
) -> AnyResponse:
    """Return the page of what a file would change, and where it is refused.

    ``is_other`` tells that somebody agreed to something else.
    """
    return render_desk(
        "workbook/proposal.html",
        access,
        token=kept.token,
        account=account,
        form=AgreementForm(formdata=None, data={"agreed": account.digest}),
        outcomes={outcome.value: account.of(outcome) for outcome in Outcome},
        differing=differing,
        is_other=is_other,
        status=409 if is_other else 200,
    )


def done(account: Account) -> str:
    """Return what was done, in a sentence."""
    new, changed = (len(account.of(outcome)) for outcome in (Outcome.NEW, Outcome.CHANGED))
    rows = ngettext("%(num)d row is new", "%(num)d rows are new", new)
    others = ngettext("%(num)d row is changed", "%(num)d rows are changed", changed)
    return gettext(
        "The file is taken: %(new)s, %(changed)s. Undo takes all of it back.",
        new=rows,
        changed=others,
    )


def workbook_file(access: Access) -> Response:
    """Return the plan as a workbook, with the names that who asks may know."""
    content = workbook(_tables(access), spoken().code)
    return _attached(content, _EXCEL, f"{access.event.slug}.xlsx")


def table_file(access: Access, kind: SheetKind) -> Response:
    """Return one sheet as CSV."""
    content = separated_table(_tables(access).table(kind))
    name = f"{access.event.slug}-{kind.value.lower()}.csv"
    return _attached(content, "text/csv; charset=utf-8", name)


def _tables(access: Access) -> Tables:
    plan: Event | None = whole_plan(access.event.slug)
    return Tables(plan or access.event, spoken().code, sees_names=access.sees_names)


def _attached(content: bytes, content_type: str, name: str) -> Response:
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{quote(name)}"'
    return response


@dataclass(frozen=True)
class Difference:
    """What a cell changes, as a page shows it; parts that are left out are told by signs."""

    column: str
    old: Shown
    new: Shown


def differing(change: Change) -> Difference:
    """Return a change without what long texts have in common."""
    old, new = change.old.text, change.new.text
    if not old or not new or max(len(old), len(new)) <= _LONG:
        return Difference(change.column, change.old, change.new)
    shorter = min(len(old), len(new))
    same = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    tail = next(
        (at for at in range(shorter - same) if old[-1 - at] != new[-1 - at]), shorter - same
    )
    first = max(0, same - _AROUND)
    kept = max(0, tail - _AROUND)
    return Difference(
        change.column,
        Shown(_between(old, first, len(old) - kept), change.old.lang),
        Shown(_between(new, first, len(new) - kept), change.new.lang),
    )


def _between(text: str, first: int, last: int) -> str:
    before = "…" if first else ""
    after = "…" if last < len(text) else ""
    return f"{before}{text[first:last]}{after}"
