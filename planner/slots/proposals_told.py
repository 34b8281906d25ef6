"""A proposal in words: field by field and language by language, against what is there now."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext

from planner.i18n.labels import N_
from planner.i18n.languages import language, name_of
from planner.lib.rewording import Fate, Piece, reworded
from planner.sessions.models import Session
from planner.slots.models import Proposal
from planner.slots.proposals_operations import key_of
from planner.slots.texts import part_of, parts, values_of
from planner.speakers.models import Speaker

_LABELS = {
    "display_name": N_("Name"),
    "organisation": N_("Organisation"),
    "biography": N_("Biography"),
    "spoken_languages": N_("Spoken languages"),
    "photo": N_("Photo"),
    "title": N_("Title"),
    "abstract": N_("Abstract"),
}


@dataclass(frozen=True)
class Part:
    """A field in a language, as it is and as it should be."""

    key: str
    label: str
    lang: str
    direction: str
    #: Word by word; nothing for a photo.
    pieces: tuple[Piece, ...]
    is_photo: bool
    #: Whether the plan has something else since it was proposed, or has it like this already.
    is_stale: bool
    is_there: bool
    #: Of a proposal that was decided: whether this was accepted.
    was_taken: bool


def told(proposal: Proposal, reader: str) -> list[Part]:
    """Return the parts of a proposal for a reader."""
    now = values_of(thing_of(proposal))
    found = []
    for name, lang in parts(proposal.content):
        base, wanted = (part_of(v, name, lang) for v in (proposal.base, proposal.content))
        present = part_of(now, name, lang)
        label = gettext(_LABELS[name])
        found.append(
            Part(
                key_of(name, lang),
                f"{label} ({name_of(lang, reader)})" if lang else label,
                lang or reader,
                language(lang or reader).direction,
                () if name == "photo" else tuple(_pieces(present, wanted, reader)),
                name == "photo",
                present not in (base, wanted),
                present == wanted,
                key_of(name, lang) in proposal.taken,
            )
        )
    return found


def fields_told(proposal: Proposal) -> list[str]:
    """Return the fields that a proposal is about, in words."""
    names = dict.fromkeys(name for name, _ in parts(proposal.content))
    return [gettext(_LABELS[name]) for name in names]


def thing_of(proposal: Proposal) -> Speaker | Session:
    """Return what a proposal is about."""
    return proposal.session or proposal.speaker


def _pieces(present: str | list[str], wanted: str | list[str], reader: str) -> Iterable[Piece]:
    if isinstance(present, str) and isinstance(wanted, str):
        yield from reworded(present, wanted)
        return
    for lang in dict.fromkeys([*present, *wanted]):
        fate = Fate.SAME
        if lang not in wanted:
            fate = Fate.GONE
        elif lang not in present:
            fate = Fate.NEW
        yield Piece(fate, name_of(lang, reader))
