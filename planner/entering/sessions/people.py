"""The field for the people of a session: rows of a speaker, their role and their answer.

A speaker is given by number («14», «14 · Inanna»), by code or by name. A name that nobody has
can be that of a new speaker. Rows are moved and taken out by buttons that send the form, which
comes back with everything that was entered; a script spares the way.
"""

import re
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from wtforms import Field

from planner.i18n.labels import role_label
from planner.lib.text import clean_line
from planner.programme.vocabulary import Role
from planner.sessions.labels import answer_label
from planner.sessions.models import Answer
from planner.speakers.queries import Directory, Known

_MOST_ROWS = 100
_LONGEST_NAME = 200


@dataclass
class PersonRow:
    """A row as it was entered; ``new`` says that the text is the name of a new speaker."""

    text: str
    role: str = Role.SPEAKER.value
    answer: str = Answer.ASKED.value
    new: bool = False
    known: Known | None = None
    error: str = ""
    #: Whether nobody has this name, so that it may be that of a new speaker.
    unknown: bool = False
    #: Whether one goes on writing here when the page comes back.
    wanted: bool = False


class PeopleField(Field):  # type: ignore[misc]
    """Who takes part, in order. Data are maps with ``speaker`` (a number), ``role``, ``answer``.

    Rows that name no speaker have ``text`` in place of ``speaker``, and ``new``.
    """

    def __init__(self, label: Any = "", validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.directory = Directory()
        self.rows: list[PersonRow] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the rows in the order in which they were sent, else take the data."""
        self.process_errors: list[str] = []
        self.object_data = list(data or [])
        if formdata is None:
            self.data = self.object_data
            return
        self.rows = [
            self._row(formdata, name.removesuffix("-speaker"))
            for name in formdata
            if re.fullmatch(rf"{re.escape(self.name)}-\d{{1,4}}-speaker", name)
        ][:_MOST_ROWS]

    def _row(self, formdata: Any, prefix: str) -> PersonRow:
        row = PersonRow(
            clean_line(formdata.get(f"{prefix}-speaker", ""))[:_LONGEST_NAME],
            formdata.get(f"{prefix}-role", Role.SPEAKER.value),
            formdata.get(f"{prefix}-answer", Answer.ASKED.value),
            f"{prefix}-new" in formdata,
        )
        if not row.new:
            self._resolve(row)
        return row

    def _resolve(self, row: PersonRow) -> None:
        """Find who is meant, or say why that cannot be known."""
        found = self.directory.found(row.text)
        if len(found) == 1:
            row.known = found[0]
        elif found:
            numbers = ", ".join(str(known.number) for known in found)
            row.error = gettext(
                "Several people have this name. Give the number: %(numbers)s.", numbers=numbers
            )
        elif row.text[:1].isdigit():
            row.error = gettext("Nobody has this number.")
        elif row.text:
            row.unknown = True
            row.error = gettext(
                "Nobody is called “%(name)s”. Choose somebody, or add a new speaker.", name=row.text
            )

    @property
    def data(self) -> list[dict[str, Any]]:
        """The rows that name somebody, as plain values."""
        told: list[dict[str, Any]] = []
        for row in self.rows:
            if row.known is not None:
                who: dict[str, Any] = {"speaker": row.known.number}
            elif row.text:
                who = {"text": row.text, "new": row.new}
            else:
                continue
            told.append({**who, "role": row.role, "answer": row.answer})
        return told

    @data.setter
    def data(self, data: list[dict[str, Any]]) -> None:
        self.rows = []
        for told in data:
            known = self.directory.number(told.get("speaker") or 0)
            text = known.label if known else str(told.get("speaker") or told.get("text", ""))
            self.rows.append(
                PersonRow(text, told["role"], told["answer"], bool(told.get("new")), known)
            )

    def pre_validate(self, _form: Any) -> None:
        """Refuse rows that name nobody, or somebody twice in one role."""
        seen: set[tuple[Any, str]] = set()
        for row in self.rows:
            if row.role not in set(Role) or row.answer not in set(Answer):
                row.error = gettext("Not a valid choice.")
            key = (row.known.number if row.known else row.text, row.role)
            if row.text and key in seen:
                row.error = gettext("This person stands here twice with the same role.")
            seen.add(key)
        self.errors = [row.error for row in self.rows if row.error]

    def rearrange(self, wish: str) -> None:
        """Do what a button of the rows says: ``add``, ``up-2``, ``down-2``, ``remove-2``."""
        for row in self.rows:
            row.error = ""
        what, _, which = wish.partition("-")
        place = int(which) if which.isdigit() else -1
        if what == "add":
            self.rows.append(PersonRow("", wanted=True))
        elif not 0 <= place < len(self.rows):
            return
        elif what == "remove":
            del self.rows[place]
            self._go_on_at(place)
        elif what in {"up", "down"}:
            row = self.rows.pop(place)
            row.wanted = True
            self.rows.insert(max(0, place - 1 if what == "up" else place + 1), row)

    def _go_on_at(self, place: int) -> None:
        """Let one go on writing in the row that stands where another one stood."""
        if not self.rows:
            self.rows.append(PersonRow(""))
        self.rows[min(place, len(self.rows) - 1)].wanted = True

    def told(self, data: list[dict[str, Any]]) -> str:
        """Return rows in words, for who meets their edit."""
        lines = []
        for entry in data:
            known = self.directory.number(entry.get("speaker") or 0)
            who = str(known.called) if known else str(entry.get("speaker") or entry.get("text"))
            role = Role(entry["role"])
            lines.append(f"{who} · {role_label(role)} · {answer_label(Answer(entry['answer']))}")
        return "\n".join(lines)
