"""A crowded event in the database, for tests of size and speed."""

from datetime import date, datetime, timedelta

from planner.database import write_tx
from planner.events.models import TextState
from planner.events.operations import add_room, add_theme, create_event
from planner.lib.palette import Colour
from planner.programme.vocabulary import Kind, Role
from planner.sessions.models import State
from planner.sessions.operations import add_session, place, set_people, set_text
from planner.speakers.models import Visibility
from planner.speakers.operations import add_speaker
from planner.speakers.operations import set_text as set_speaker_text

SLUG = "crowd"
DAY = date(2017, 1, 18)
_WORDS = (
    ("Bread", "الخبز", "نان"),
    ("Rivers", "الأنهار", "ڕووبارەکان"),
    ("Letters", "الرسائل", "نامەکان"),
    ("Neighbours", "الجيران", "دراوسێکان"),
    ("Mountains", "الجبال", "چیاکان"),
)
_LANGUAGES = ("en", "ar", "ckb")


def make_crowd(sessions: int = 200, rooms: int = 8, days: int = 3, *, unplaced: int = 20) -> None:
    """Make an event with that many sessions, side by side from nine o'clock on."""
    with write_tx() as database:
        event = create_event(
            database,
            slug=SLUG,
            time_zone="Asia/Baghdad",
            uid_host="crowd.example",
            languages=list(_LANGUAGES),
            first_day=DAY,
            last_day=DAY + timedelta(days=days - 1),
            name={"en": "Crowd", "ar": "الزحام"},
        )
        themes = [
            add_theme(event, slug=f"theme-{colour}", name=_named(number), colour=colour)
            for number, colour in enumerate(Colour)
        ]
        places = [
            add_room(event, slug=f"room-{number}", name=_named(number), capacity=60 + number)
            for number in range(rooms)
        ]
        people = []
        for number in range(sessions):
            speaker = add_speaker(
                event,
                visibility=Visibility.WITHHELD if number % 5 == 0 else Visibility.PUBLIC,
            )
            for lang, name in _named(number).items():
                set_speaker_text(speaker, lang, display_name=name)
            people.append(speaker)
        per_day = -(-(sessions - unplaced) // days)
        for number in range(sessions):
            session = add_session(
                event,
                kind=(Kind.PANEL, Kind.WORKSHOP, Kind.TESTIMONY)[number % 3],
                minutes=(30, 45, 60)[number % 3],
                original_language="ar",
                state=(State.CONFIRMED, State.ACCEPTED, State.PROPOSED)[number % 3],
                theme=themes[number % len(themes)],
                spoken_languages=["ar"],
                interpreted_languages=["en"] if number % 2 else [],
            )
            for lang, title in _named(number + 2).items():
                set_text(session, lang, title=title, state=TextState.DRAFT)
            set_people(
                session,
                [
                    (people[number], Role.SPEAKER),
                    (people[(number + 7) % sessions], Role.MODERATOR),
                ],
            )
            if number < sessions - unplaced:
                day, index = divmod(number, per_day)
                start = datetime(2017, 1, 18, 9) + timedelta(days=day, hours=index // rooms)
                place(session, starts_at=start, room=places[index % rooms])


def _named(number: int) -> dict[str, str]:
    words = _WORDS[number % len(_WORDS)]
    return {lang: f"{word} {number}" for lang, word in zip(_LANGUAGES, words, strict=True)}
