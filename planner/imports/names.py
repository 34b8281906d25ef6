"""Rooms and themes by the names that a schedule gives them."""

from planner.imports.draft import DraftRoom
from planner.imports.keys import where_of
from planner.imports.report import Report
from planner.imports.source import SourceEvent
from planner.imports.texts import line_of, written_language
from planner.imports.words import is_no_track

#: A room of the file without a name gets this one; what is held in it keeps its hour.
_UNNAMED_ROOM = {
    "en": "Room not announced",
    "ar": "القاعة لم تُعلن بعد",
    "ckb": "هۆڵەکە ڕانەگەیەندراوە",
}


class Names:
    """The rooms and themes of a schedule; their keys are their names without case."""

    def __init__(self, main_language: str, report: Report) -> None:
        self.rooms: dict[str, DraftRoom] = {}
        self.themes: dict[str, dict[str, str]] = {}
        self._main_language = main_language
        self._report = report

    def label(self, name: str) -> dict[str, str]:
        """Return a name under the language that its script tells; nothing for no name."""
        if not name:
            return {}
        return {written_language(name, (self._main_language,), self._main_language): name}

    def room(self, written: str, capacity: int | None = None) -> str:
        """Return the key of a room, which is remembered; the first capacity told counts."""
        name = line_of(written)
        key = name.casefold()
        known = self.rooms.get(key)
        if known is None or (known.capacity is None and capacity is not None):
            label = self.label(name) or dict(_UNNAMED_ROOM)
            self.rooms[key] = DraftRoom(name=label, capacity=capacity)
        return key

    def theme(self, written: str) -> str | None:
        """Return the key of a theme, which is remembered; None for what says «no track»."""
        name = line_of(written)
        if is_no_track(name):
            return None
        self.themes.setdefault(name.casefold(), self.label(name))
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
