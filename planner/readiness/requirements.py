"""The requirements of both stages, in the order in which they are told."""

from collections.abc import Iterable

from planner.i18n.labels import N_
from planner.programme.vocabulary import Stage
from planner.readiness.registry import requirement
from planner.readiness.state import Missing, PlanState
from planner.readiness.texts import missing_texts
from planner.sessions.models import PUBLIC_STATES, Answer, State
from planner.timetable.registry import Severity
from planner.timetable.rules.interpreting import not_interpreted


@requirement("errors", Stage.DRAFT, N_("No error stands"))
def _errors(state: PlanState) -> Iterable[Missing]:
    return _open(state, Severity.ERROR)


@requirement("dates", Stage.DRAFT, N_("The dates are set, and hold everything that is placed"))
def _dates(state: PlanState) -> Iterable[Missing]:
    plan = state.plan
    for session in plan.placed:
        if plan.day_of(session.start) not in plan.day_by_date:
            yield Missing("session", session.code)


@requirement("rooms", Stage.DRAFT, N_("The rooms are set"))
def _rooms(state: PlanState) -> Iterable[Missing]:
    if not state.plan.rooms:
        yield Missing("room", "")


@requirement("placed", Stage.FINAL, N_("Every session is placed"))
def _placed(state: PlanState) -> Iterable[Missing]:
    if not state.plan.active:
        yield Missing("session", "")
    for session in state.plan.active:
        if session.starts_at is None:
            yield Missing("session", session.code)


@requirement("confirmed", Stage.FINAL, N_("Every session is confirmed or withdrawn"))
def _confirmed(state: PlanState) -> Iterable[Missing]:
    for session in state.plan.active:
        if session.state is not State.CONFIRMED:
            yield Missing("session", session.code)


@requirement("answered", Stage.FINAL, N_("Every speaker has answered"))
def _answered(state: PlanState) -> Iterable[Missing]:
    asked = {
        person.speaker_id
        for session in state.plan.active
        for person in session.people
        if person.answer is Answer.ASKED
    }
    for speaker in state.plan.speakers:
        if speaker.id in asked:
            yield Missing("speaker", speaker.code)


@requirement("texts", Stage.FINAL, N_("Every text is there in every language of the event"))
def _texts(state: PlanState) -> Iterable[Missing]:
    return missing_texts(state)


@requirement("interpretation", Stage.FINAL, N_("The interpretation that is promised is covered"))
def _interpretation(state: PlanState) -> Iterable[Missing]:
    # That somebody accepts that nobody interprets makes nobody understand.
    accepted = (conflict for conflict, _ in state.standing.accepted)
    for conflict in (*state.standing.open, *accepted):
        if conflict.rule == not_interpreted.name:
            yield Missing("conflict", conflict.key)


@requirement("warnings", Stage.FINAL, N_("Every warning is mended or accepted"))
def _warnings(state: PlanState) -> Iterable[Missing]:
    return _open(state, Severity.WARNING)


@requirement("themes", Stage.FINAL, N_("Every theme is present in the programme"))
def _themes(state: PlanState) -> Iterable[Missing]:
    present = {session.theme for session in state.plan.placed if session.state in PUBLIC_STATES}
    for theme in state.plan.themes:
        if theme.slug not in present:
            yield Missing("theme", theme.slug)


def _open(state: PlanState, severity: Severity) -> Iterable[Missing]:
    for conflict in state.standing.open:
        if conflict.severity is severity:
            yield Missing("conflict", conflict.key)
