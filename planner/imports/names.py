"""Rooms and themes by the names that a schedule gives them."""

from planner.imports.draft import DraftRoom, DraftTheme
from planner.imports.keys import where_of
from planner.imports.report import Report
from planner.imports.source import SourceEvent, SourceRoom, SourceTrack
from planner.imports.texts import line_of, written_language
from planner.imports.words import is_no_track
from planner.lib.palette import HEX_VALUES

#: A room of the file without a name gets this one; what is held in it keeps its hour.
_UNNAMED_ROOM = {
    "en": "Room not announced",
    "ar": "القاعة لم تُعلن بعد",
    "ckb": "هۆڵەکە ڕانەگەیەندراوە",
}

#: Colours of our own; those of others would not be told apart in light and dark.
_COLOURS = {value: colour for colour, value in HEX_VALUES.items()}


class Names:
    """The rooms and themes of a schedule; their keys are their names without case."""

    def __init__(self, main_language: str, report: Report) -> None:
        self.rooms: dict[str, DraftRoom] = {}
        self.themes: dict[str, DraftTheme] = {}
        self._main_language = main_language
        self._report = report

    def label(self, name: str) -> dict[str, str]:
        """Return a name under the language that its script tells; nothing for no name."""
        if not name:
            return {}
        return {written_language(name, (self._main_language,), self._main_language): name}

    def list_room(self, room: SourceRoom) -> None:
        """Remember a room of a list; the first list that tells more of it counts."""
        key = self.room(room.name)
        known = self.rooms[key]
        if known.capacity is None and not known.floor:
            self.rooms[key] = DraftRoom(
                name=known.name, capacity=room.capacity, floor=self.label(line_of(room.floor))
            )

    def room(self, written: str) -> str:
        """Return the key of a room, which is remembered."""
        name = line_of(written)
        self.rooms.setdefault(
            name.casefold(), DraftRoom(name=self.label(name) or dict(_UNNAMED_ROOM))
        )
        return name.casefold()

    def theme(self, track: SourceTrack) -> str | None:
        """Return the key of a theme, which is remembered; None for what says «no track»."""
        name = line_of(track.name)
        if is_no_track(name):
            return None
        colour = _COLOURS.get(track.colour.lower())
        self.themes.setdefault(name.casefold(), DraftTheme(name=self.label(name), colour=colour))
        return name.casefold()

    def room_of(self, event: SourceEvent) -> str | None:
        """Return the room of an event: the one it is listed under goes before what it says."""
        listed, own = event.listed_room, line_of(event.own_room or "")
        if listed is None and not own:
            self._report.change(
                event.number, where_of(event), "it has no room, so it stands in the plan unplaced"
            )
            return None
        name = line_of(listed or "")
        if not name and own:
            return self.room(own)
        if not name:
            self._report.guess(
                event.number,
                where_of(event),
                f"its room has no name; it was put into “{_UNNAMED_ROOM['en']}”",
            )
        elif own and own.casefold() != name.casefold():
            self._report.change(
                event.number,
                where_of(event),
                f"it is listed under the room “{name}” and says “{own}”; “{name}” was taken",
            )
        return self.room(name)
