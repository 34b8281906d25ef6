"""A conference of 900 sessions and 700 speakers in the database, for lists that must stay quick."""

from datetime import timedelta

from planner.database import write_tx
from planner.events.models import Event, TextState
from planner.events.operations import add_room, add_theme, create_event
from planner.programme.vocabulary import Kind, Role
from planner.sessions.models import Session, SessionSpeaker, SessionText, State
from planner.speakers.models import Speaker, SpeakerText, Visibility
from tests.plans import DAY, SLUG, at

SESSIONS, SPEAKERS, ROOMS, DAYS = 900, 700, 20, 5
_LANGUAGES = ("en", "ar", "ckb")
_TITLES = {"en": "Rivers and bread", "ar": "الأنهار والخبز", "ckb": "ڕووبار و نان"}
_NAMES = {"en": "Enheduanna", "ar": "إنهيدوانا", "ckb": "ئێنھێدوانا"}


def make_crowd(slug: str = SLUG, *, sessions: int = SESSIONS, speakers: int = SPEAKERS) -> None:
    """Make an event with many sessions and speakers."""
    with write_tx() as database:
        event = create_event(
            database,
            slug=slug,
            time_zone="Asia/Baghdad",
            uid_host="river-days.example",
            languages=list(_LANGUAGES),
            first_day=DAY,
            last_day=DAY + timedelta(days=DAYS - 1),
            name={"en": "River Days", "ar": "أيام النهر"},
        )
        themes = [
            add_theme(event, slug=f"theme-{number}", name={"ar": f"محور {number}"})
            for number in range(6)
        ]
        rooms = [
            add_room(event, slug=f"room-{number}", name={"ckb": f"ژووری {number}"}, capacity=99)
            for number in range(ROOMS)
        ]
        database.flush()
        people = [_speaker(event, number) for number in range(speakers)]
        database.add_all(people)
        items = []
        for number in range(sessions):
            item = Session(
                event_id=event.id,
                code=f"C{number:05d}",
                guid=f"guid-{number}",
                kind=Kind.PANEL,
                minutes=45,
                original_language="ar",
                state=State.CONFIRMED if number % 3 else State.PROPOSED,
                theme_id=themes[number % 6].id,
                spoken_languages=["ar"],
            )
            for lang in _LANGUAGES[: 1 + number % 3]:
                item.texts[lang] = SessionText(
                    lang=lang,
                    title=f"{_TITLES[lang]} {number}",
                    abstract=f"{_TITLES[lang]}. " * 40,
                    state=TextState.DRAFT,
                )
            if number % 10:
                slot = number // ROOMS
                item.starts_at = at(9 + slot % 9, days=slot // 9)
                item.room_id = rooms[number % ROOMS].id
            for place in range(2):
                item.people.append(
                    SessionSpeaker(
                        speaker=people[(number * 2 + place) % speakers],
                        role=Role.SPEAKER,
                        position=place,
                    )
                )
            items.append(item)
        database.add_all(items)


def _speaker(event: Event, number: int) -> Speaker:
    speaker = Speaker(
        event_id=event.id,
        code=f"P{number:05d}",
        number=number + 1,
        visibility=list(Visibility)[number % 3],
        email=f"p{number}@people.invalid" if number % 4 else None,
        spoken_languages=["ar"],
        original_language="ar",
    )
    for lang in _LANGUAGES:
        speaker.texts[lang] = SpeakerText(
            lang=lang, display_name=f"{_NAMES[lang]} {number}", biography=f"{_NAMES[lang]} " * 60
        )
    return speaker
