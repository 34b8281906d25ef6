"""A small programme in three languages, for tests of what is made from documents."""

from datetime import UTC, date, datetime

import msgspec

from planner.lib.palette import Colour
from planner.programme.document import (
    SCHEMA,
    Appearance,
    EventInfo,
    Placement,
    Programme,
    Release,
    Room,
    Session,
    Speaker,
    Supporter,
    Theme,
    digest_of,
    encode,
)
from planner.programme.published import Published
from planner.programme.vocabulary import Change, Kind, Role, Stage, Status

FIRST = datetime(2016, 12, 21, 15, 0, tzinfo=UTC)
SECOND = datetime(2017, 1, 8, 9, 30, tzinfo=UTC)


def session(code: str, **changes: object) -> Session:
    """Return a session of the example, with some of its fields replaced."""
    plain = Session(
        code=code,
        guid=f"00000000-0000-4000-8000-{sum(map(ord, code)):012d}",
        kind=Kind.PANEL,
        theme="water",
        starts_at=datetime(2017, 1, 18, 10, 0),
        minutes=60,
        room="tigris",
        across_rooms=False,
        spoken_languages=("ar",),
        interpreted_languages=("ckb", "en"),
        original_language="ar",
        title={"ar": "حق الوصول إلى الماء"},
        abstract={"ar": "من النبع إلى المدينة."},
        online_url=None,
        people=(),
        status=Status.CONFIRMED,
        sequence=0,
        created_at=FIRST,
        changed_at=FIRST,
    )
    return msgspec.structs.replace(plain, **changes)


EVENT = EventInfo(
    slug="river-days",
    uid_host="river-days.example",
    name={"en": "River Days; a conference", "ar": "أيام النهر", "ckb": "ڕۆژانی ڕووبار"},
    tagline={"en": "Water, work and words", "ar": "ماء وعمل وكلمة", "ckb": "ئاو، کار و وشە"},
    call={
        "en": "We *call* on everybody.",
        "ar": "ندعو الجميع.",
        "ckb": "بانگهێشتی هەمووان دەکەین.",
    },
    notice={"en": "This programme is invented."},
    principles=({"en": "Nonviolence", "ar": "اللاعنف", "ckb": "ناتوندوتیژی"},),
    supporters=(Supporter(name={"en": "The Reed Fund"}, url="https://reed.example/"),),
    partners=(Supporter(name={"en": "The Weavers", "ckb": "چنەران"}),),
    venue_name={"en": "House of Reeds", "ar": "بيت القصب", "ckb": "ماڵی قامیش"},
    venue_address={"en": "Sulaymaniyah", "ar": "السليمانية", "ckb": "سلێمانی"},
    latitude=35.5613,
    longitude=45.4302,
    time_zone="Asia/Baghdad",
    languages=("en", "ar", "ckb"),
    first_day=date(2017, 1, 18),
    last_day=date(2017, 1, 19),
    day_from=8 * 60,
    day_to=20 * 60,
    registration_opens=datetime(2016, 11, 20),
    registration_closes=datetime(2017, 1, 10, 23, 59),
    withheld_name={"en": "Name withheld", "ar": "الاسم محفوظ", "ckb": "ناو پارێزراوە"},
)

PROGRAMME = Programme(
    schema=SCHEMA,
    release=Release(
        number=2, stage=Stage.FINAL, published_at=SECOND, note={"en": "Rooms are settled."}
    ),
    event=EVENT,
    themes=(
        Theme(
            slug="water",
            name={"en": "Water, land", "ar": "الماء", "ckb": "ئاو"},
            description={"en": "Rivers and marshes."},
            colour=Colour.TEAL,
        ),
        Theme(
            slug="women",
            name={"en": "Women", "ar": "النساء", "ckb": "ژنان"},
            description={},
            colour=Colour.ROSE,
        ),
    ),
    rooms=(
        Room(
            slug="tigris",
            name={"en": "Tigris Hall", "ar": "قاعة دجلة", "ckb": "هۆڵی دیجلە"},
            floor={"en": "Ground floor", "ar": "الطابق الأرضي", "ckb": "نهۆمی زەوی"},
            capacity=220,
            booths=2,
            step_free=True,
        ),
        Room(
            slug="zagros",
            name={"en": "Zagros Room", "ar": "غرفة زاگروس", "ckb": "ژووری زاگرۆس"},
            floor={},
            capacity=None,
            booths=0,
            step_free=False,
        ),
    ),
    speakers=(
        Speaker(
            code="CDFGHJ",
            name={"en": "Siduri of the Tavern", "ar": "سيدوري", "ckb": "سیدوری"},
            organisation={"en": "House of Tablets"},
            biography={"en": "Keeps a *tavern* at the edge of the sea."},
            spoken_languages=("ar", "en"),
            photo=None,
        ),
    ),
    sessions=(
        session(
            "3CDFGH",
            kind=Kind.PLENARY,
            theme=None,
            starts_at=datetime(2017, 1, 18, 9, 0),
            room="tigris",
            across_rooms=True,
            original_language="en",
            title={"en": "Opening", "ar": "الافتتاح", "ckb": "کردنەوە"},
            abstract={"en": "Welcome, to all; and tea.\n\n* one\n* two", "ckb": "بەخێربێن."},
            people=(
                Appearance(role=Role.MODERATOR, speaker="CDFGHJ"),
                Appearance(role=Role.SPEAKER, pseudonym={"en": "A voice", "ar": "صوت"}),
                Appearance(role=Role.INTERPRETER),
            ),
            sequence=1,
            changed_at=SECOND,
        ),
        session(
            "4CDFGH",
            sequence=2,
            changed_at=SECOND,
            changes=(Change.MOVED, Change.ROOM),
            formerly=Placement(starts_at=datetime(2017, 1, 18, 11, 0), minutes=60, room="zagros"),
        ),
        session(
            "6CDFGH",
            room="zagros",
            theme="women",
            spoken_languages=("ckb",),
            interpreted_languages=(),
            original_language="ckb",
            title={"ckb": "ژنان و پەیمانی ئاشتی", "en": "Women and the covenant of peace"},
            abstract={},
            status=Status.CANCELLED,
            sequence=2,
            changed_at=SECOND,
            changes=(Change.CANCELLED,),
        ),
        session(
            "7CDFGH",
            kind=Kind.BREAK,
            theme=None,
            starts_at=datetime(2017, 1, 18, 11, 0),
            minutes=15,
            room=None,
            across_rooms=True,
            spoken_languages=(),
            interpreted_languages=(),
            title={"ar": "استراحة", "en": "Tea", "ckb": "پشووی چا"},
            abstract={},
            created_at=SECOND,
            changed_at=SECOND,
            changes=(Change.NEW,),
        ),
        session(
            "9CDFGH",
            starts_at=datetime(2017, 1, 19, 10, 0),
            minutes=90,
            online_url="https://stream.example/9",
            sequence=1,
            changed_at=SECOND,
        ),
    ),
)


#: The release before: one session stood elsewhere, one was still to be, one was not there yet.
DRAFT = msgspec.structs.replace(
    PROGRAMME,
    release=Release(
        number=1, stage=Stage.DRAFT, published_at=FIRST, note={"ckb": "ڕەشنووس، بۆ سەرنجی ئێوە."}
    ),
    sessions=tuple(
        msgspec.structs.replace(
            each,
            status=Status.TENTATIVE,
            sequence=0,
            changed_at=FIRST,
            changes=(),
            formerly=None,
            starts_at=each.formerly.starts_at if each.formerly else each.starts_at,
            room=each.formerly.room if each.formerly else each.room,
        )
        for each in PROGRAMME.sessions
        if Change.NEW not in each.changes
    ),
)


def published(programme: Programme = PROGRAMME) -> Published:
    """Return a programme with its digest."""
    return Published(programme, digest_of(encode(programme)))
