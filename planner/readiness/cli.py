"""The command ``planner check``: what the plan of an event breaks, and what each stage asks."""

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
from planner.programme.vocabulary import Stage
from planner.readiness.labels import requirement_label, unmet_in_a_line
from planner.readiness.state import Missing, PlanState
from planner.readiness.telling import Teller
from planner.readiness.weighing import Finding, Readiness, weigh
from planner.timetable.registry import Conflict, Severity
from planner.timetable.standing import Acceptance

_HEADS = {
    Severity.ERROR: "Errors",
    Severity.WARNING: "Warnings",
    Severity.INFORMATION: "For information",
}
#: So many missing things are told of a requirement; JSON has all of them.
_TOLD = 5


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
@click.option(
    "--stage",
    type=click.Choice([stage.value for stage in Stage]),
    help="Weigh against this stage only; exit code 1 as well when what binds is not met.",
)
@with_appcontext
def check_command(slug: str, names: bool, as_json: bool, language: str, stage: str | None) -> None:
    """Tell what the plan of an event breaks; exit code 1 when there is an error."""
    event = db.session.scalar(select(Event).where(Event.slug == slug))
    if event is None:
        raise RefusedError(f"There is no event “{slug}”.")
    state = PlanState(event)
    weighed = [weigh(event, asked, state) for asked in ([Stage(stage)] if stage else Stage)]
    with speaking(language):
        report = _Report(state, Teller(state, language, sees_names=names))
        if as_json:
            click.echo(json.dumps(report.document(weighed), ensure_ascii=False, indent=1))
        else:
            click.echo("\n".join(report.lines(weighed)))
    is_held = stage is not None and any(found.hindrances for found in weighed)
    sys.exit(1 if state.standing.count(Severity.ERROR) or is_held else 0)


class _Report:
    """Tells conflicts and readiness to who reads a terminal, or to a program."""

    def __init__(self, state: PlanState, teller: Teller) -> None:
        self._plan = state.plan
        self._stand = state.standing
        self._teller = teller

    def lines(self, weighed: Iterable[Readiness]) -> Iterable[str]:
        """Yield the open conflicts by severity and how many there are, then each stage."""
        stand = self._stand
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
        for readiness in weighed:
            yield from self._stage(readiness)

    def _stage(self, readiness: Readiness) -> Iterable[str]:
        """Yield whether a stage is ready, and what is missing where conflicts do not say it."""
        asked, unmet = readiness.findings, readiness.unmet
        name = readiness.stage.value.title()
        if not unmet:
            yield f"{name}: ready, {len(asked)} of {len(asked)} requirements met."
            return
        yield f"{name}: {len(asked) - len(unmet)} of {len(asked)} requirements met. Not met:"
        for found in unmet:
            yield f"  {unmet_in_a_line(found)}"
            others = [missing for missing in found.missing if missing.kind != "conflict"]
            for missing in others[:_TOLD]:
                yield f"    {self._missing(missing)}"
            if len(others) > _TOLD:
                yield f"    … and {len(others) - _TOLD} more"

    def _missing(self, missing: Missing) -> str:
        return self._teller.said(missing).striptags()

    def document(self, weighed: Iterable[Readiness]) -> dict[str, Any]:
        """Return all conflicts as plain values, the accepted ones last, and the stages."""
        stand = self._stand
        accepted = [self._value(*pair) for pair in stand.accepted]
        return {
            "event": self._plan.slug,
            "open": {severity.word: stand.count(severity) for severity in Severity},
            "accepted": len(stand.accepted),
            "conflicts": [*(self._value(conflict) for conflict in stand.open), *accepted],
            "readiness": {
                readiness.stage.value: {
                    "ready": readiness.is_ready,
                    "requirements": [self._finding(found) for found in readiness.findings],
                }
                for readiness in weighed
            },
        }

    def _finding(self, found: Finding) -> dict[str, Any]:
        return {
            "key": found.requirement.key,
            "label": requirement_label(found.requirement.key),
            "stage": found.requirement.stage.value,
            "binds": found.is_binding,
            "met": found.is_met,
            "missing": [
                {
                    "kind": missing.kind,
                    "key": missing.key,
                    "language": missing.lang,
                    "text": self._missing(missing),
                }
                for missing in found.missing
            ],
        }

    def _said(self, conflict: Conflict) -> str:
        return self._teller.conflict(conflict).striptags()

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
