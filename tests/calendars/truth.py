"""What is true after each release of the story: written down, and not computed by anything."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from tests.calendars.story import STEPS, published_at

#: For each release and session: T tentative, C confirmed, X cancelled; the SEQUENCE; and after
#: «@» the release whose stamp it has. A dot says that it is as after the release before.
_MATRIX = """
                       opening  water    women    mill     well     loom     tour
    draft              T0@1     T0@1     T0@1     T0@1     T0@1     T0@1     -
    moved              .        T1@2     .        .        .        .        -
    other_room         .        T2@3     .        .        .        .        -
    longer             .        T3@4     .        .        .        .        -
    renamed            .        T3@5     .        .        .        .        -
    translated         .        T3@6     .        .        .        .        -
    speaker_changed    T0@7     T3@7     .        .        .        .        -
    cancelled          .        X4@8     X1@8     .        .        .        -
    restored           .        T5@9     .        .        .        .        -
    re-imported        .        .        .        T1@10    .        T1@10    T0@10
    theme_renamed      .        T5@11    .        T1@11    .        .        .
    time_zone_corrected T1@12   T6@12    X2@12    T2@12    T1@12    T2@12    T1@12
    final              C2@13    C7@13    .        C3@13    C2@13    C3@13    C2@13
    correction         .        C8@14    .        .        .        .        .
    taken_back         .        C9@15    .        .        .        .        .
    begun_anew         T3@16    T10@16   T3@16    T4@16    T3@16    T4@16    X3@16
"""

TIGRIS, ZAGROS = "قاعة دجلة", "ژووری زاگرۆس"
_WATER, _WATER_NOW = "حق الوصول إلى الماء", "الحق في الماء"
_TEHRAN = 12  # the release from which the venue's clock is half an hour ahead of Baghdad's

#: From which release on: the start in UTC, minutes, room, title in English (or what stands for
#: it), in Arabic and in Sorani.
_PLACES: dict[str, dict[int, tuple[str, int, str, str, str, str]]] = {
    "opening": {
        1: ("06:00", 60, TIGRIS, *3 * ("الافتتاح",)),
        12: ("05:30", 60, TIGRIS, *3 * ("الافتتاح",)),
        16: ("06:00", 60, TIGRIS, *3 * ("الافتتاح",)),
    },
    "water": {
        1: ("07:00", 60, TIGRIS, *3 * (_WATER,)),
        2: ("12:00", 60, TIGRIS, *3 * (_WATER,)),
        3: ("12:00", 60, ZAGROS, *3 * (_WATER,)),
        4: ("12:00", 90, ZAGROS, *3 * (_WATER,)),
        5: ("12:00", 90, ZAGROS, *3 * (_WATER_NOW,)),
        6: ("12:00", 90, ZAGROS, "The right to water", _WATER_NOW, "مافی ئاو"),
        12: ("11:30", 90, ZAGROS, "The right to water", _WATER_NOW, "مافی ئاو"),
        14: ("13:30", 45, TIGRIS, "The right to water", _WATER_NOW, "مافی ئاو"),
        15: ("11:30", 90, ZAGROS, "The right to water", _WATER_NOW, "مافی ئاو"),
        16: ("07:00", 60, TIGRIS, *3 * (_WATER,)),
    },
    "women": {
        1: ("07:00", 60, ZAGROS, *3 * ("ژنان و ئاشتی",)),
        12: ("06:30", 60, ZAGROS, *3 * ("ژنان و ئاشتی",)),
        16: ("07:00", 60, ZAGROS, *3 * ("ژنان و ئاشتی",)),
    },
    "mill": {
        1: ("09:00", 45, TIGRIS, *3 * ("الطاحونة",)),
        10: ("09:15", 45, TIGRIS, *3 * ("الطاحونة",)),
        12: ("08:45", 45, TIGRIS, *3 * ("الطاحونة",)),
        16: ("09:00", 45, TIGRIS, *3 * ("الطاحونة",)),
    },
    "well": {
        1: ("10:00", 45, TIGRIS, *3 * ("البئر",)),
        12: ("09:30", 45, TIGRIS, *3 * ("البئر",)),
        16: ("10:00", 45, TIGRIS, *3 * ("البئر",)),
    },
    "loom": {
        1: ("13:00", 45, TIGRIS, *3 * ("النول",)),
        10: ("13:10", 45, TIGRIS, *3 * ("النول",)),
        12: ("12:40", 45, TIGRIS, *3 * ("النول",)),
        16: ("13:00", 45, TIGRIS, *3 * ("النول",)),
    },
    "tour": {
        10: ("11:00", 45, TIGRIS, *3 * ("الجولة",)),
        12: ("10:30", 45, TIGRIS, *3 * ("الجولة",)),
        # It was not there yet, so it is cancelled; the venue's clock is Baghdad's again.
        16: ("11:00", 45, TIGRIS, *3 * ("الجولة",)),
    },
}
_STATUS = {"T": "TENTATIVE", "C": "CONFIRMED", "X": "CANCELLED"}


class Truth(NamedTuple):
    """What every calendar program has to know of a session after a release."""

    start: datetime
    minutes: int
    room: str
    titles: dict[str, str]
    status: str
    sequence: int
    modified: datetime


def _rows() -> list[dict[str, str]]:
    head, *lines = (line.split() for line in _MATRIX.strip().splitlines())
    assert [line[0].replace("_", " ") for line in lines] == [step.name for step in STEPS]
    rows: list[dict[str, str]] = []
    for line in lines:
        told = dict(zip(head, line[1:], strict=True))
        rows.append({name: rows[-1][name] if cell == "." else cell for name, cell in told.items()})
    return rows


_ROWS = _rows()
NAMES = tuple(_ROWS[0])


def cell(name: str, release: int) -> str | None:
    """Return what the matrix says of a session after a release, or None when it is not public."""
    told = _ROWS[release - 1][name]
    return None if told == "-" else told


def after(release: int) -> dict[str, Truth]:
    """Return what is true of each public session after a release, by its name in the story."""
    return {name: _truth(name, release) for name in NAMES if cell(name, release)}


def _truth(name: str, release: int) -> Truth:
    told = cell(name, release) or ""
    sequence, _, since = told[1:].partition("@")
    place = _PLACES[name][max(number for number in _PLACES[name] if number <= release)]
    clock, minutes, room, *titles = place
    hour, minute = map(int, clock.split(":"))
    return Truth(
        start=datetime(2017, 1, 18, tzinfo=UTC) + timedelta(hours=hour, minutes=minute),
        minutes=minutes,
        room=room,
        titles=dict(zip(("en", "ar", "ckb"), titles, strict=True)),
        status=_STATUS[told[0]],
        sequence=int(sequence),
        modified=published_at(int(since)),
    )
