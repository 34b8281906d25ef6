"""The sheets of a workbook and their columns: what they are called, and what one writes there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from planner.i18n.labels import N_
from planner.lib.palette import Colour
from planner.programme.vocabulary import Kind, Role
from planner.sessions.models import State
from planner.speakers.models import Visibility

#: What one writes into a cell whose content is to be taken out; an empty one says nothing.
EMPTIED = "-"
YES, NO = "yes", "no"


class SheetKind(StrEnum):
    """The sheets that hold the plan, by what they are called."""

    SESSIONS = "Sessions"
    SPEAKERS = "Speakers"
    ROOMS = "Rooms"
    THEMES = "Themes"


class Cells(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"


@dataclass(frozen=True)
class Column:
    """A column. One of texts stands once for each language: ``title`` as ``title_ar``."""

    name: str
    #: What one writes there, as a msgid.
    about: str
    cells: Cells = Cells.TEXT
    per_language: bool = False
    #: The only words that may stand there.
    words: tuple[str, ...] = ()
    #: In characters.
    width: int = 14
    #: Whether it tells who somebody is.
    tells_who: bool = False


@dataclass(frozen=True)
class Heading:
    """A column of one file. ``lang`` is None where the column is not one of texts."""

    column: Column
    lang: str | None = None

    @property
    def name(self) -> str:
        """What stands in the first row."""
        return f"{self.column.name}_{self.lang}" if self.lang else self.column.name


_YES_NO = (YES, NO)
_CODE = Column(
    "code",
    N_("What the row is found by. Leave it as it is; leave it empty in a row that is new."),
    width=10,
)
_SLUG = Column(
    "slug",
    N_(
        "What the row is found by: small Latin letters, digits and hyphens. "
        "In a new row it may be left empty."
    ),
    width=14,
)
_ORIGINAL = Column(
    "original",
    N_("The language that the texts were written in first, as a code such as ar."),
    width=9,
)
_SESSIONS = (
    _CODE,
    Column("kind", N_("What sort of session it is."), words=tuple(Kind)),
    Column("theme", N_("The name of a theme, or its slug, from the sheet Themes."), width=20),
    Column(
        "room",
        N_(
            "The name of a room, or its slug, from the sheet Rooms. With a date and a start "
            "it places the session."
        ),
        width=20,
    ),
    Column("date", N_("The day, such as 2017-01-18."), cells=Cells.DATE, width=12),
    Column(
        "start",
        N_("The hour, such as 09:00. 09:00-10:30 says the length as well."),
        cells=Cells.TIME,
        width=8,
    ),
    Column("minutes", N_("The length, such as 90 or 1:30."), cells=Cells.NUMBER, width=9),
    Column("title", N_("The title in that language."), per_language=True, width=36),
    Column(
        "abstract",
        N_("What it is about, in that language. Empty lines divide paragraphs."),
        per_language=True,
        width=40,
    ),
    Column("spoken", N_("The languages that are spoken, as codes: ar; en."), width=12),
    Column("interpreted", N_("The languages it is interpreted into, as codes."), width=12),
    Column("audience", N_("How many people are expected."), cells=Cells.NUMBER, width=10),
    Column("state", N_("How far it has come."), words=tuple(State), width=12),
    Column(
        "speakers",
        N_(
            "Who takes part: Name (role); Name (role), or the codes of speakers in place of "
            "names. The roles are %(roles)s; without one it is speaker. A name that is nowhere "
            "yet becomes a new speaker."
        ),
        width=40,
    ),
    _ORIGINAL,
    Column(
        "all_rooms",
        N_("Whether it is for everybody, so that nothing else happens in any room."),
        words=_YES_NO,
        width=10,
    ),
    Column("pinned", N_("Whether nothing automatic may move it."), words=_YES_NO, width=8),
    Column(
        "step_free",
        N_("Whether somebody who takes part needs a room without steps."),
        words=_YES_NO,
        width=10,
    ),
    Column("online", N_("Where it can be followed online: an address with https://."), width=24),
    Column("remark", N_("For organizers only."), width=24),
)
_SPEAKERS = (
    _CODE,
    Column(
        "visibility",
        N_("How the public may know them: by name, by a pseudonym, or not at all."),
        words=tuple(Visibility),
        width=12,
        tells_who=True,
    ),
    Column("name", N_("The name in that language."), per_language=True, width=24, tells_who=True),
    Column(
        "pseudonym",
        N_("What the public calls them instead, in that language."),
        per_language=True,
        width=18,
        tells_who=True,
    ),
    Column(
        "organisation",
        N_("The organisation in that language."),
        per_language=True,
        width=24,
        tells_who=True,
    ),
    Column(
        "biography",
        N_("A few sentences about them, in that language."),
        per_language=True,
        width=40,
        tells_who=True,
    ),
    Column("email", N_("The e-mail address, for organizers only."), width=24, tells_who=True),
    Column("spoken", N_("The languages that they speak, as codes."), width=12, tells_who=True),
    Column(_ORIGINAL.name, _ORIGINAL.about, width=_ORIGINAL.width, tells_who=True),
    Column("remark", N_("For organizers only."), width=24, tells_who=True),
)
_ROOMS = (
    _SLUG,
    Column("name", N_("The name in that language."), per_language=True, width=24),
    Column("floor", N_("Where it is found, in that language."), per_language=True, width=18),
    Column(
        "site",
        N_("The building or place; between two of them people need more time."),
        width=16,
    ),
    Column("capacity", N_("How many people it holds."), cells=Cells.NUMBER, width=10),
    Column("booths", N_("How many booths for interpreters it has."), cells=Cells.NUMBER, width=8),
    Column("step_free", N_("Whether one gets in without steps."), words=_YES_NO, width=10),
    Column("opens", N_("From when it can be used."), cells=Cells.TIME, width=8),
    Column("closes", N_("Until when it can be used."), cells=Cells.TIME, width=8),
)
_THEMES = (
    _SLUG,
    Column("name", N_("The name in that language."), per_language=True, width=24),
    Column("description", N_("What it is about, in that language."), per_language=True, width=40),
    Column("colour", N_("Its colour."), words=tuple(Colour), width=12),
)
COLUMNS = {
    SheetKind.SESSIONS: _SESSIONS,
    SheetKind.SPEAKERS: _SPEAKERS,
    SheetKind.ROOMS: _ROOMS,
    SheetKind.THEMES: _THEMES,
}
#: Understood, but never written: the hour at which a session ends tells its length.
END = Column("end", N_("The hour at which it ends, in place of minutes."), cells=Cells.TIME)
ROLES = tuple(Role)


def headings(kind: SheetKind, languages: Iterable[str]) -> Iterator[Heading]:
    """Yield the columns of a sheet in order, for an event in these languages."""
    order = tuple(languages)
    for column in COLUMNS[kind]:
        if column.per_language:
            yield from (Heading(column, lang) for lang in order)
        else:
            yield Heading(column)
