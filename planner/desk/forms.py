"""Forms of the desk: texts in several languages, and edits that meet the edits of others.

A form carries the version of the thing that it shows, and the values that it showed. When the
thing has changed meanwhile, :meth:`DeskForm.meet` joins both: what only one side changed is
taken from that side, and what both changed is shown side by side.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from flask import request
from flask_babel import get_domain, gettext
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field, HiddenField, IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from planner.i18n.labels import N_
from planner.lib.markup import html_of
from planner.lib.text import clean_line, clean_text

#: What WTForms says, for our own catalogues; it speaks no Kurdish.
_MESSAGES = (
    N_("Not a valid integer value."),
    N_("Not a valid decimal value."),
    N_("Not a valid float value."),
    N_("Not a valid date value."),
    N_("Not a valid time value."),
    N_("Not a valid datetime value."),
    N_("Not a valid choice."),
    N_("Invalid Choice: could not coerce."),
    N_("This field is required."),
    N_("Invalid email address."),
    N_("Invalid input."),
    N_("Number must be at least %(min)s."),
    N_("Number must be at most %(max)s."),
    N_("Number must be between %(min)s and %(max)s."),
    N_("CSRF token missing."),
)


class _Translations:
    """WTForms' own messages in the language spoken now."""

    def gettext(self, string: str) -> str:
        return gettext(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        # WTForms fills in the values itself, so nothing may be filled in here.
        return str(get_domain().get_translations().ungettext(singular, plural, n))


class TextsField(Field):  # type: ignore[misc]
    """A text in every language of the event: a map from language to text.

    The inputs are called ``name-language``. ``lines`` is the height of each; more than one is
    CommonMark.
    """

    def __init__(self, label: Any = "", validators: Any = None, *, lines: int = 1, **kwargs: Any):
        super().__init__(label, validators, **kwargs)
        self.lines = lines
        self.languages: tuple[str, ...] = ()

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the inputs of all languages, else take the data."""
        self.process_errors: list[str] = []
        self.object_data = dict(data or {})
        self.data = dict(self.object_data)
        if formdata is None:
            return
        clean = clean_line if self.lines == 1 else clean_text
        for lang in self.languages:
            written = formdata.get(self.input_name(lang))
            if written is not None:
                self.data[lang] = clean(written)

    def input_name(self, lang: str) -> str:
        """Return what the input of a language is called."""
        return f"{self.name}-{lang}"

    def populate_obj(self, obj: Any, name: str) -> None:
        """Give an object the texts that there are."""
        setattr(obj, name, {lang: text for lang, text in self.data.items() if text})


@dataclass(frozen=True)
class Clash:
    """A field that both sides changed: what it was, and what the other side made of it."""

    base: Any
    theirs: Any


class DeskForm(FlaskForm):  # type: ignore[misc]
    """A form of the desk. ``languages`` are those of the event, for its texts."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Speaks the language of the desk."""

        def get_translations(self, _form: Any) -> _Translations:
            """Return WTForms' messages in our languages."""
            return _Translations()

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    base = HiddenField()

    def __init__(self, *args: Any, languages: Iterable[str] = (), **kwargs: Any) -> None:
        self.languages = tuple(languages)
        #: Fields whose new values were taken from others, and those that both sides changed.
        self.taken: list[str] = []
        self.clashes: dict[str, Clash] = {}
        super().__init__(*args, **kwargs)
        if not self.base.data:
            self.base.data = _written(self.values())

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Tell the fields of texts which languages there are before they read."""
        for field in self:
            if isinstance(field, TextsField):
                field.languages = self.languages
        super().process(*args, **kwargs)

    def is_submitted(self) -> bool:
        """Tell whether the form was sent to be saved, and not to see a text as it will look."""
        return bool(super().is_submitted()) and "preview" not in request.form

    def preview(self, name: str, text: str) -> Markup | None:
        """Return a text as it will look, when that of the input ``name`` was asked for."""
        return html_of(text) if request.form.get("preview") == name else None

    def values(self) -> dict[str, Any]:
        """Return what was entered, by field."""
        return {
            field.name: field.data
            for field in self
            if field.name not in {"version", "base", "csrf_token"}
        }

    def meet(self, current: Mapping[str, Any], version: int) -> None:
        """Join what was entered with what the thing has become, as a new form for it.

        ``current`` are the present values by field, ``version`` is the present version.
        """
        base = _read(self.base.data)
        for name, mine in self.values().items():
            if name not in current:
                continue
            field = self[name]
            if isinstance(field, TextsField):
                self._meet_texts(field, base.get(name) or {}, dict(current[name] or {}))
                continue
            theirs = current[name]
            told = _plain(theirs)
            if told in (_plain(mine), base.get(name)):
                continue
            if _plain(mine) == base.get(name):
                self.taken.append(name)
                field.data, field.raw_data = theirs, None
            else:
                self.clashes[name] = Clash(base.get(name), theirs)
        self.version.data, self.version.raw_data = version, None
        shown = {name: current[name] for name in self.values() if name in current}
        self.base.data = _written(shown)

    def _meet_texts(self, field: TextsField, base: dict[str, str], theirs: dict[str, str]) -> None:
        for lang in field.languages:
            was, mine, their = base.get(lang, ""), field.data.get(lang, ""), theirs.get(lang, "")
            if their in (mine, was):
                continue
            if mine == was:
                self.taken.append(field.input_name(lang))
                field.data[lang] = their
            else:
                self.clashes[field.input_name(lang)] = Clash(was, their)


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)


def _written(values: Mapping[str, Any]) -> str:
    return msgspec.json.encode(values, order="deterministic").decode()


def _read(written: str | None) -> dict[str, Any]:
    try:
        found = json.loads(written or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
