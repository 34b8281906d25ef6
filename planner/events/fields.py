"""Fields of forms that hold lists: languages in their order, and texts in several languages."""

from typing import Any

from flask_babel import gettext
from markupsafe import Markup
from wtforms import Field, ValidationError

from planner.i18n.languages import INTERFACE, canonical_code
from planner.lib.text import clean_line

#: Languages that are offered by name; any other can be given by its code.
OFFERED = (*INTERFACE, "kmr", "fa", "tr", "syr", "fr", "de", "es", "it")
#: Empty rows at the end of a list, to fill in.
_EMPTY_ROWS = 2
_MOST_ROWS = 200


class LanguagesField(Field):  # type: ignore[misc]
    """Languages in their order: one select for each place, and codes of others."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the languages that were chosen, each once."""
        self.written: list[str] = [
            part for value in valuelist for part in value.replace("،", ",").split(",")
        ]
        codes = (canonical_code(part) for part in self.written if part.strip())
        self.data = list(dict.fromkeys(code for code in codes if code))

    def pre_validate(self, _form: Any) -> None:
        """Refuse what is no code of a language, and no language at all.

        :raises ValidationError: then.
        """
        for part in getattr(self, "written", ()):
            if part.strip() and canonical_code(part) is None:
                raise ValidationError(
                    gettext("“%(code)s” is not the code of a language.", code=clean_line(part))
                )
        if not self.data:
            raise ValidationError(gettext("Choose one language at least."))

    @property
    def unread(self) -> str:
        """What was written that is no code of a language."""
        written = (clean_line(part) for part in getattr(self, "written", ()))
        return ", ".join(part for part in written if part and canonical_code(part) is None)

    @property
    def places(self) -> list[str]:
        """The chosen languages, and empty places for more."""
        chosen = list(self.data or ())
        return [*chosen, *[""] * max(1, 3 - len(chosen))]

    @property
    def offered(self) -> list[str]:
        """The languages that each select offers."""
        return list(dict.fromkeys([*OFFERED, *(self.data or ())]))


class RowsField(Field):  # type: ignore[misc]
    """A list of texts in several languages, each perhaps with an address.

    Without addresses it holds maps from language to text, with them
    ``{"name": texts, "url": address or None}``. A row is taken out by emptying it, and put
    elsewhere by its number.
    """

    def __init__(self, label: Any = "", validators: Any = None, *, links: bool = False, **kw: Any):
        super().__init__(label, validators, **kw)
        self.links = links
        self.languages: tuple[str, ...] = ()

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read all rows that were sent, else take the data."""
        self.process_errors: list[str] = []
        self.object_data = list(data or [])
        self.data = list(self.object_data)
        if formdata is None or f"{self.name}-0-place" not in formdata:
            return
        read = []
        for number in range(_MOST_ROWS):
            place = formdata.get(self.input_name(number, "place"))
            if place is None:
                break
            row = self._row(formdata, number)
            if self._texts(row) or row.get("url"):
                read.append((_number(place, number), row))
        self.data = [row for _, row in sorted(read, key=lambda entry: entry[0])]

    def _row(self, formdata: Any, number: int) -> dict[str, Any]:
        prefix = self.input_name(number, "text-")
        found = {
            name.removeprefix(prefix): clean_line(formdata[name])
            for name in formdata
            if name.startswith(prefix)
        }
        texts = {lang: text for lang, text in found.items() if text and canonical_code(lang)}
        if not self.links:
            return texts
        url = clean_line(formdata.get(self.input_name(number, "url"), ""))
        return {"name": texts, "url": url or None}

    def _texts(self, row: dict[str, Any]) -> dict[str, str]:
        return row["name"] if self.links else row

    def pre_validate(self, _form: Any) -> None:
        """Refuse addresses that are not of the web, and addresses of nobody.

        :raises ValidationError: then.
        """
        for row in self.data if self.links else ():
            if not row["name"]:
                raise ValidationError(gettext("Give a name to each address."))
            check_address(row["url"])

    def input_name(self, number: int, part: str) -> str:
        """Return what an input of a row is called."""
        return f"{self.name}-{number}-{part}"

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows to show, as ``{"texts", "url", "others"}``; empty ones at the end.

        ``others`` are texts in languages that the event no longer has; they are kept.
        """
        told = [(self._texts(row), row.get("url") if self.links else None) for row in self.data]
        return [
            {
                "texts": texts,
                "url": url,
                "others": {lang: texts[lang] for lang in texts if lang not in self.languages},
            }
            for texts, url in [*told, *[({}, None)] * _EMPTY_ROWS]
        ]


def check_address(address: str | None) -> None:
    """Refuse what is no address of the web.

    :raises ValidationError: then.
    """
    if address is None or address == "":
        return
    scheme, _, rest = address.partition("://")
    if scheme.lower() not in {"http", "https"} or not rest or " " in rest or len(address) > 2000:
        raise ValidationError(
            gettext("“%(address)s” is not an address such as https://example.org.", address=address)
        )


def _number(written: str, row: int) -> float:
    """Return where a row goes: before or after the one at the place that was written."""
    try:
        place = int(written)
    except ValueError:
        return row + 1
    if place == row + 1:
        return place
    return place + 0.5 if place > row + 1 else place - 0.5


def as_lines(rows: Any) -> Markup:
    """Return the rows of a list as the other side has them, for who meets their edit."""
    return Markup("<br>").join(" · ".join((row.get("name") or row).values()) for row in rows)
