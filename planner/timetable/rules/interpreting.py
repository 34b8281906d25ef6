"""Rules of languages: what is promised must be interpreted, by somebody, from somewhere."""

from collections.abc import Iterator

from planner.i18n.labels import N_
from planner.timetable.parts import Session
from planner.timetable.plan import Plan
from planner.timetable.registry import Conflict, Place, Severity, rule

#: A language that is spoken, and one into which it is interpreted.
Pair = tuple[str, str]


def targets(session: Session) -> tuple[str, ...]:
    """Return the languages into which a session is interpreted: each takes a booth."""
    return tuple(
        into for into in session.interpreted_languages if set(session.spoken_languages) != {into}
    )


def pairs(session: Session) -> tuple[Pair, ...]:
    """Return which languages are interpreted into which. Nobody needs their own."""
    return tuple(
        (spoken, into)
        for into in session.interpreted_languages
        for spoken in session.spoken_languages
        if spoken != into
    )


def _covering(plan: Plan, session: Session, pair: Pair) -> list[int]:
    """Return the interpreters of a session who speak both languages of a pair."""
    return [
        speaker_id
        for speaker_id in sorted(session.interpreters)
        if (speaker := plan.speaker_by_id.get(speaker_id))
        and set(pair) <= set(speaker.spoken_languages)
    ]


@rule(
    "no-booth",
    Severity.WARNING,
    N_("Interpretation without a booth"),
    N_("“%(session)s” needs interpretation (%(languages)s), and %(room)s has no booth."),
    N_("The session needs interpretation (%(languages)s), and %(room)s has no booth."),
    place=Place.ROOM,
)
def no_booth(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find sessions that are interpreted in a room without a booth."""
    room = plan.room_by_slug.get(session.room or "")
    wanted = targets(session)
    if room and wanted and not room.booths:
        yield no_booth.of_one(plan, session, room=room.slug, languages=("languages", *wanted))


@rule(
    "few-booths",
    Severity.WARNING,
    N_("More languages than booths"),
    N_(
        "“%(session)s” is interpreted into more languages than %(room)s has booths: "
        "%(languages)s (booths: %(booths)s)."
    ),
    N_(
        "The session is interpreted into more languages than %(room)s has booths: "
        "%(languages)s (booths: %(booths)s)."
    ),
    place=Place.ROOM,
)
def few_booths(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find sessions that are interpreted into more languages than their room has booths."""
    room = plan.room_by_slug.get(session.room or "")
    wanted = targets(session)
    if room and 0 < room.booths < len(wanted):
        yield few_booths.of_one(
            plan,
            session,
            room=room.slug,
            languages=("languages", *wanted),
            booths=("number", room.booths),
        )


@rule(
    "not-interpreted",
    Severity.WARNING,
    N_("A language that nobody interprets"),
    N_("Nobody on “%(session)s” interprets %(pairs)s, which is promised."),
)
def not_interpreted(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find sessions that promise a language into which no interpreter brings what is spoken.

    An interpreter brings one language into another when both are among those that they speak.
    """
    open_pairs = [pair for pair in pairs(session) if not _covering(plan, session, pair)]
    if open_pairs:
        yield not_interpreted.of_one(plan, session, pairs=("pairs", *open_pairs))


@rule(
    "interpreter-alone",
    Severity.WARNING,
    N_("An interpreter alone for too long"),
    N_(
        "%(person)s interprets %(pairs)s in “%(session)s” alone for %(length)s; "
        "the limit is %(limit)s."
    ),
)
def interpreter_alone(plan: Plan, session: Session) -> Iterator[Conflict]:
    """Find interpreters without a colleague for their languages in a session that is too long."""
    limit = plan.limits.interpreter_alone
    if session.minutes <= limit:
        return
    if session.turns:
        yield from _alone_by_turns(plan, session, limit)
        return
    alone: dict[int, list[Pair]] = {}
    for pair in pairs(session):
        covering = _covering(plan, session, pair)
        if len(covering) == 1:
            alone.setdefault(covering[0], []).append(pair)
    for speaker_id, their_pairs in alone.items():
        yield interpreter_alone.of_person(
            plan,
            session,
            plan.speaker_by_id[speaker_id],
            pairs=("pairs", *their_pairs),
            length=("minutes", session.minutes),
            limit=("minutes", limit),
        )


def _alone_by_turns(plan: Plan, session: Session, limit: int) -> Iterator[Conflict]:
    """Find who is relieved too late: whose turns follow one another for longer than the limit."""
    for speaker_id in sorted(session.interpreters):
        speaker = plan.speaker_by_id.get(speaker_id)
        longest = max((to - since for since, to in session.stretches(speaker_id)), default=0)
        if speaker and longest > limit:
            theirs = {
                (turn.spoken, turn.into) for turn in session.turns if turn.speaker_id == speaker_id
            }
            yield interpreter_alone.of_person(
                plan,
                session,
                speaker,
                pairs=("pairs", *sorted(theirs)),
                length=("minutes", longest),
                limit=("minutes", limit),
            )
