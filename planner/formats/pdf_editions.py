"""Which documents are printed of a programme: in which languages, and on which paper."""

from dataclasses import dataclass

from planner.i18n.languages import INTERFACE, language
from planner.programme.document import EventInfo

#: What stands for all languages of an event, where one language could be named.
ALL = "all"


@dataclass(frozen=True)
class Edition:
    """A document: in one language, or in several beside one another; A4, or A5 to be folded."""

    languages: tuple[str, ...]
    is_booklet: bool = False

    @property
    def name(self) -> str:
        """What it is called among those of its programme: ``ckb``, ``all-booklet``."""
        first = self.languages[0] if len(self.languages) == 1 else ALL
        return f"{first}-booklet" if self.is_booklet else first

    @property
    def direction(self) -> str:
        """The direction in which its pages follow one another."""
        return language(self.languages[0]).direction


def languages_together(event: EventInfo) -> tuple[str, ...]:
    """Return the languages of the document that is for everybody: those of the event."""
    return tuple(code for code in event.languages if code in INTERFACE) or ("en",)


def editions(event: EventInfo) -> tuple[Edition, ...]:
    """Return what is made ahead of all readers, what is asked for most first."""
    together = languages_together(event)
    chosen: list[tuple[str, ...]] = [(code,) for code in together]
    if len(together) > 1:
        chosen.append(together)
    return tuple(
        Edition(languages, is_booklet) for is_booklet in (False, True) for languages in chosen
    )
