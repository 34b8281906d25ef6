"""Texts of the programme in the reader's language, or in the next best one, and marked so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from planner.i18n.languages import language


@dataclass(frozen=True)
class LocalText:
    """A text with the language that it is really in."""

    value: str
    lang: str
    #: Whether the reader asked for another language.
    is_fallback: bool

    @property
    def direction(self) -> str:
        """The direction in which the text is written: ``ltr`` or ``rtl``."""
        return language(self.lang).direction

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value)

    def __html__(self) -> Markup:
        return Markup('<span lang="{}" dir="{}">{}</span>').format(
            self.lang, self.direction, escape(self.value)
        )


def localize(
    texts: Mapping[str, str], reader: str, *, original: str | None = None, order: Iterable[str] = ()
) -> LocalText:
    """Return the text for a reader: asked language, original, the next best, the event's order.

    A text that is missing everywhere is empty, in the reader's own language.
    """
    candidates = [reader]
    if original:
        candidates.append(original)
    candidates += [*language(reader).fallbacks, *order, *texts]
    for code in candidates:
        value = texts.get(code)
        if value:
            return LocalText(value, code, code != reader)
    return LocalText("", reader, False)
