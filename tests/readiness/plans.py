"""The small plan, brought to meet every requirement of a final programme."""

from planner.sessions.models import Answer, Session, State
from planner.sessions.operations import place
from planner.sessions.operations import set_text as set_session_text
from planner.speakers.operations import set_text as set_speaker_text
from tests.plans import ENKIDU, PROPOSED, SIDURI, SLUG, WOMEN, at, plan_to_change

_OTHERS = ("en", "ckb")


def make_ready(slug: str = SLUG) -> None:
    """Mend all that the small plan is missing."""
    with plan_to_change(slug) as plan:
        plan.sessions[PROPOSED].state = State.WITHDRAWN
        place(plan.sessions[WOMEN], starts_at=at(14), room=plan.rooms["zagros"])
        for session in plan.sessions.values():
            _translate(session)
            for person in session.people:
                person.answer = Answer.CONFIRMED
        siduri, enkidu = plan.speakers[SIDURI], plan.speakers[ENKIDU]
        for lang in _OTHERS:
            set_speaker_text(siduri, lang, display_name="سیدوری", organisation="ڕێکخراو")
            set_speaker_text(enkidu, lang, pseudonym="کوڕی دەشت")
        for thing in (*plan.rooms.values(), *plan.themes.values()):
            thing.name = {lang: f"{thing.slug} {lang}" for lang in plan.event.languages}
        plan.event.venue_name = {"en": "House of Reeds", "ar": "بيت القصب", "ckb": "ماڵی قامیش"}
        plan.event.withheld_name = {**plan.event.withheld_name, "ckb": "ناوی پارێزراوە"}


def _translate(session: Session) -> None:
    original = session.texts["ar"]
    for lang in _OTHERS:
        set_session_text(
            session,
            lang,
            title=f"{original.title} ({lang})",
            abstract="Ji kaniyê heta bajêr.",
            state=original.state,
        )
