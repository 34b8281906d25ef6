"""Letting what was put together earlier through the privacy gate once more.

Content that was reviewed an hour ago, or published a month ago, may name somebody who asked since
that they are not named. Whatever becomes public goes by what the plan says of people now.
"""

import msgspec

from planner.events.models import Event
from planner.programme.document import Appearance, Programme, Session, Speaker, Texts
from planner.releases.builder import is_named, pseudonym_of, speaker_of
from planner.speakers.models import Visibility


def gated(content: Programme, plan: Event) -> Programme:
    """Return content that names people as far as the plan lets it, and as the plan calls them.

    Who is not public in the plan any more, or not there, keeps a role without a name. The address
    of the event and the name by which calendars know it are those of now.
    """
    named = {speaker.code: speaker_of(speaker) for speaker in plan.speakers if is_named(speaker)}
    pseudonyms = {
        _key(pseudonym_of(speaker))
        for speaker in plan.speakers
        if speaker.visibility is Visibility.PSEUDONYM
    }

    def appearance(person: Appearance) -> Appearance:
        is_allowed = (
            person.speaker in named if person.speaker else _key(person.pseudonym) in pseudonyms
        )
        return person if is_allowed else Appearance(role=person.role)

    def session(told: Session) -> Session:
        return msgspec.structs.replace(told, people=tuple(map(appearance, told.people)))

    return msgspec.structs.replace(
        content,
        event=msgspec.structs.replace(content.event, slug=plan.slug, uid_host=plan.uid_host),
        speakers=tuple(
            _as_called_now(speaker, named[speaker.code])
            for speaker in content.speakers
            if speaker.code in named
        ),
        sessions=tuple(map(session, content.sessions)),
    )


def _as_called_now(then: Speaker, now: Speaker) -> Speaker:
    """Return what was told of a speaker, unless they changed their name or took their picture."""
    if then.name != now.name:
        return now
    return then if then.photo == now.photo else msgspec.structs.replace(then, photo=now.photo)


def _key(pseudonym: Texts) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pseudonym.items()))
