"""Files that Barnama wrote, on their way back into the event that they came from.

They tell what is public of it, each text in one language. What they leave out stays as it is.
"""

from planner.events.models import Event, TextState
from planner.formats.schedule_ids import acronym_of, guid_of_pseudonym, guid_of_speaker
from planner.i18n.content import localize
from planner.imports.draft import Draft, DraftSession
from planner.lib.text import clean_line, clean_text
from planner.programme.vocabulary import Role
from planner.sessions.models import PUBLIC_STATES, Answer, Session, SessionSpeaker
from planner.sessions.operations import set_text
from planner.speakers.models import Speaker, Visibility


def came_from(event: Event, draft: Draft) -> bool:
    """Tell whether a draft was made of a file that we wrote of this event."""
    return draft.own_acronym == acronym_of(event.slug)


def speakers_by_key(event: Event) -> dict[str, Speaker]:
    """Return the speakers of an event by what our files call them."""
    return {
        f"guid:{guid_of_speaker(speaker.code, event.uid_host)}": speaker
        for speaker in event.speakers
    }


def pseudonym_keys(event: Event) -> set[str]:
    """Return what our files call those who appear under a pseudonym, whoever that is."""
    return {
        f"guid:{guid_of_pseudonym(session.code, position, event.uid_host)}"
        for session in event.sessions
        for position in range(len(session.people))
    }


def people_with(
    session: Session, told: list[tuple[Speaker, Role | None]]
) -> list[tuple[Speaker, Role]]:
    """Return the people of a session: those that a file tells, and those that none can tell."""
    named = {speaker for speaker, _ in told}
    kept = [
        (person.speaker, person.role)
        for person in session.people
        if person.speaker in named or not _is_named(person)
    ]
    known = {speaker for speaker, _ in kept}
    return kept + [
        (speaker, role or Role.SPEAKER) for speaker, role in told if speaker not in known
    ]


def is_told(session: Session) -> bool:
    """Tell whether a file of ours would tell of a session, if it was written now."""
    return session.state in PUBLIC_STATES and session.starts_at is not None


def _is_named(person: SessionSpeaker) -> bool:
    """Tell whether a file names somebody who takes part."""
    is_public = person.speaker.visibility is Visibility.PUBLIC
    return is_public and person.answer is not Answer.DECLINED


def write_text(event: Event, session: Session, draft: DraftSession) -> bool:
    """Put into the plan what a file says of a session; tell whether that is anything new.

    What is new replaces the text in the language that the file was written from.
    """
    reader = next(iter(event.languages), "en")
    changed = False
    for name, clean in (("title", clean_line), ("abstract", clean_text)):
        said: str = getattr(draft, name)
        texts: dict[str, str] = {lang: getattr(text, name) for lang, text in session.texts.items()}
        if not said or said in map(clean, texts.values()):
            continue
        original = session.original_language
        lang = localize(texts, reader, original=original, order=event.languages).lang
        # A text that was empty everywhere is written beside the original.
        lang = lang if lang in texts else original
        text = session.texts.get(lang)
        kept = {"title": text.title, "abstract": text.abstract} if text else {}
        fields = {"title": draft.title, "abstract": draft.abstract, **kept, name: said}
        set_text(session, lang, **fields, state=TextState.DRAFT)
        changed = True
    return changed
