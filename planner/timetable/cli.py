"""The command ``planner check``: what the plan of an event breaks."""

import json
import sys
from collections.abc import Iterable
from itertools import groupby
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from planner.events.models import Event
from planner.extensions import db
from planner.i18n.interface import speaking
from planner.i18n.languages import INTERFACE
from planner.lib.refusals import RefusedError
from planner.timetable.plan import Plan, plan_of
from planner.timetable.registry import Conflict, Severity
from planner.timetable.standing import Acceptance, Standing, standing
from planner.timetable.wording import described

_HEADS = {
    Severity.ERROR: "Errors",
    Severity.WARNING: "Warnings",
    Severity.INFORMATION: "For information",
}


@click.command("check")
@click.argument("slug")
@click.option("--names", is_flag=True, help="Name everybody, also those who are not public.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
@click.option(
    "--language",
    type=click.Choice(list(INTERFACE)),
    default="en",
    show_default=True,
    help="The language of the sentences.",
)
@with_appcontext
def check_command(slug: str, names: bool, as_json: bool, language: str) -> None:
    """Tell what the plan of an event breaks; exit code 1 when there is an error."""
    event_id = db.session.scalar(select(Event.id).where(Event.slug == slug))
    if event_id is None:
        raise RefusedError(f"There is no event “{slug}”.")
    plan = plan_of(event_id)
    stand = standing(plan)
    with speaking(language):
        tell = _Teller(plan, language, names)
        if as_json:
            click.echo(json.dumps(tell.document(stand), ensure_ascii=False, indent=1))
        else:
            click.echo("\n".join(tell.lines(stand)))
    sys.exit(1 if stand.count(Severity.ERROR) else 0)


class _Teller:
    """Tells conflicts to who reads a terminal, or to a program."""

    def __init__(self, plan: Plan, language: str, names: bool) -> None:
        self._plan = plan
        self._language = language
        self._names = names

    def lines(self, stand: Standing) -> Iterable[str]:
        """Yield the open conflicts by severity, then how many there are."""
        for severity, items in groupby(stand.open, key=lambda conflict: conflict.severity):
            yield f"{_HEADS[severity]} ({stand.count(severity)})"
            for conflict in items:
                day = f"{conflict.day} " if conflict.day else ""
                yield f"  {day}{conflict.rule}: {self._said(conflict)}"
        yield (
            f"{self._plan.slug}: errors {stand.count(Severity.ERROR)}, "
            f"warnings {stand.count(Severity.WARNING)}, "
            f"for information {stand.count(Severity.INFORMATION)}, "
            f"accepted {len(stand.accepted)}."
        )

    def document(self, stand: Standing) -> dict[str, Any]:
        """Return all conflicts as plain values, the accepted ones last."""
        accepted = [self._value(*pair) for pair in stand.accepted]
        return {
            "event": self._plan.slug,
            "open": {severity.word: stand.count(severity) for severity in Severity},
            "accepted": len(stand.accepted),
            "conflicts": [*(self._value(conflict) for conflict in stand.open), *accepted],
        }

    def _said(self, conflict: Conflict) -> str:
        words = described(conflict, self._plan, self._language, sees_names=self._names)
        return words.striptags()

    def _value(self, conflict: Conflict, acceptance: Acceptance | None = None) -> dict[str, Any]:
        speakers = self._plan.speaker_by_id
        return {
            "key": conflict.key,
            "rule": conflict.rule,
            "severity": conflict.severity.word,
            "sessions": list(conflict.sessions),
            "speakers": [speakers[who].code for who in conflict.speakers],
            "theme": conflict.theme,
            "room": conflict.room,
            "day": conflict.day.isoformat() if conflict.day else None,
            "text": self._said(conflict),
            "accepted": acceptance.reason if acceptance else None,
        }
