"""Large programmes in three languages, for tests of size and speed."""

from datetime import datetime, time, timedelta
from itertools import islice, product

import msgspec

from planner.lib.codes import ALPHABET
from planner.lib.palette import Colour
from planner.programme.document import Appearance, Programme, Room, Session, Speaker, Texts, Theme
from planner.programme.vocabulary import Kind, Role
from tests.examples import PROGRAMME, session

_WORDS = (
    {"en": "Bread", "ar": "الخبز", "ckb": "نان"},
    {"en": "Rivers", "ar": "الأنهار", "ckb": "ڕووبارەکان"},
    {"en": "Letters", "ar": "الرسائل", "ckb": "نامەکان"},
    {"en": "Neighbours", "ar": "الجيران", "ckb": "دراوسێکان"},
    {"en": "Mountains", "ar": "الجبال", "ckb": "چیاکان"},
    {"en": "Reeds", "ar": "القصب", "ckb": "قامیش"},
    {"en": "Lanterns", "ar": "الفوانيس", "ckb": "فانۆسەکان"},
    {"en": "Looms", "ar": "الأنوال", "ckb": "جۆڵاکان"},
    {"en": "Bridges", "ar": "الجسور", "ckb": "پردەکان"},
)
_AND = {"en": " and ", "ar": " و", "ckb": " و "}


def crowded(sessions: int, rooms: int, days: int) -> Programme:
    """Return a programme of that many sessions, in rooms side by side, from nine o'clock on."""
    first = PROGRAMME.event.first_day
    return msgspec.structs.replace(
        PROGRAMME,
        event=msgspec.structs.replace(
            PROGRAMME.event, slug="crowd", last_day=first + timedelta(days=days - 1)
        ),
        themes=tuple(
            Theme(slug=f"theme-{colour}", name=_pair(number, 3), description={}, colour=colour)
            for number, colour in enumerate(Colour)
        ),
        rooms=tuple(
            Room(
                slug=f"room-{number}",
                name=_pair(number, 5),
                floor={},
                capacity=None,
                booths=0,
                step_free=True,
            )
            for number in range(rooms)
        ),
        speakers=tuple(_speaker(number) for number in range(sessions)),
        sessions=tuple(sorted(_sessions(sessions, rooms, days), key=lambda item: item.starts_at)),
    )


def _pair(number: int, step: int) -> Texts:
    one, other = _WORDS[number % 9], _WORDS[(number // 9 + step) % 9]
    return {lang: f"{one[lang]}{_AND[lang]}{other[lang]} {number}" for lang in one}


def _code(number: int) -> str:
    return "".join(ALPHABET[number // 22**place % 22] for place in range(6))


def _speaker(number: int) -> Speaker:
    return Speaker(
        code=_code(10_000 + number),
        name=_pair(number, 1),
        organisation=_pair(number, 2),
        biography={},
        spoken_languages=("ar", "ckb"),
        photo=None,
    )


def _sessions(number: int, rooms: int, days: int) -> list[Session]:
    per_day = -(-number // days)
    return [
        _session(index, day, place // rooms, place % rooms)
        for index, (day, place) in enumerate(islice(product(range(days), range(per_day)), number))
    ]


def _session(index: int, day: int, slot: int, room: int) -> Session:
    morning = datetime.combine(PROGRAMME.event.first_day, time(9)) + timedelta(days=day)
    colours = list(Colour)
    return session(
        _code(index),
        kind=(Kind.PANEL, Kind.WORKSHOP, Kind.TESTIMONY)[index % 3],
        theme=f"theme-{colours[index % 8]}",
        room=f"room-{room}",
        starts_at=morning + timedelta(hours=slot),
        minutes=(30, 45, 60)[index % 3],
        spoken_languages=(("ar",), ("ckb", "ar"), ("en",))[index % 3],
        interpreted_languages=((), ("en",), ("ar", "ckb"))[index % 3],
        title=_pair(index, 4),
        abstract=_pair(index, 6),
        people=(
            Appearance(role=Role.SPEAKER, speaker=_code(10_000 + index)),
            Appearance(role=Role.MODERATOR),
        ),
    )
