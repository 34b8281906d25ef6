"""The page on which speakers say how they are named, with what the public then reads of them.

What is shown is made by the functions that make the programme, from the plan with one speaker
taken otherwise, and put into words by those that make the public pages.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from flask import abort, current_app, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from planner.lib.clock import now
from planner.programme import document
from planner.programme.document import decode
from planner.programme.published import Published
from planner.programme.succession import succeed
from planner.programme.vocabulary import Stage, Status
from planner.public.addresses import Preview, previewing
from planner.public.cards import Card, Cards
from planner.public.details import Person, person_in, speaker_page
from planner.releases.builder import content_among, release_after
from planner.releases.queries import last_release
from planner.removal.targets import pseudonyms_of
from planner.sessions.models import Answer, Session
from planner.slots.frame import Visit, render_visit
from planner.slots.naming_forms import WAYS, NamingForm
from planner.slots.queries import whole_sessions
from planner.speakers.models import Speaker, SpeakerText, Visibility

#: What is said once something was done, by the word in the address.
DONE = ("less", "removed", "more", "saved")


@dataclass(frozen=True)
class Glimpse:
    """What the public reads of somebody."""

    #: One of their sessions in a list, None when none of theirs is in it.
    card: Card | None
    #: Their line on the page of that session; None where it is not known which is theirs.
    line: Person | None
    #: Their own page, when they have one.
    page: document.Speaker | None
    #: Whether they may know its hour and room.
    is_placed: bool = True


@dataclass(frozen=True)
class Choice:
    """One way to be named, in words, with what the public then reads."""

    way: Visibility
    words: str
    glimpse: Glimpse


@dataclass(frozen=True)
class Current:
    """What the public reads now."""

    way: Visibility
    number: int
    glimpse: Glimpse


def instance() -> Path:
    """Return the folder of the installation."""
    return Path(current_app.instance_path)


def naming_page(visitor: Visit, form: NamingForm, status: int = 200) -> Response:
    """Show how somebody is named, and what they can choose among."""
    eyes, pseudonym = _Public(visitor), form.pseudonym.data
    done = request.args.get("done")
    return render_visit(
        "speak/naming.html",
        visitor,
        status=status,
        form=form,
        chosen=eyes.choice(visitor.speaker.visibility, _pseudonym_of(visitor.speaker)),
        choices=[eyes.choice(way, pseudonym) for way in WAYS],
        current=eyes.current(),
        done=done if done in DONE else None,
    )


def sure_page(visitor: Visit, form: NamingForm) -> Response:
    """Say what a choice does, and ask whether it is meant."""
    eyes, was, wished = _Public(visitor), visitor.speaker.visibility, form.wished
    current = eyes.current()
    takes_out = current is not None and current.way.shows_more_than(wished)
    return render_visit(
        "speak/naming_sure.html",
        visitor,
        form=form,
        choice=eyes.choice(wished, form.pseudonym.data),
        current=current,
        is_less=takes_out or was.shows_more_than(wished),
        takes_out=takes_out,
        is_more=not takes_out and wished.shows_more_than(was),
    )


def own_page(visitor: Visit) -> bytes:
    """Return the page of a speaker as the public would see it, were they named.

    :raises werkzeug.exceptions.NotFound: when they would have none.
    """
    eyes = _Public(visitor)
    published = eyes.known_of(eyes.published_as(Visibility.PUBLIC, {}), only_placed=True)
    found = published.speaker_by_code.get(visitor.speaker.code) or abort(404)
    back = visitor.way("speak.named")

    def address(endpoint: str, **_values: Any) -> str:
        # Addresses of sessions are made by adding to that of the event: behind # that does no harm.
        return visitor.way("speak.photo") if endpoint == "photos.file" else f"{back}#"

    shown = Preview(
        address,
        back,
        gettext("This is your page as the public would see it."),
        gettext("Back to how I am named"),
    )
    with previewing(shown):
        return speaker_page(published, visitor.lang, found)


class _Public:
    """Looks at a speaker as the public does, or would."""

    def __init__(self, visitor: Visit) -> None:
        self._speaker = visitor.speaker
        self._lang = visitor.lang
        self._sessions = whole_sessions(visitor.speaker)
        release = last_release(visitor.speaker.event_id)
        self._release = Published(decode(release.document), release.digest) if release else None
        self._told = {s.code: s for s in _taking_place(self._release)} if self._release else {}

    def choice(self, way: Visibility, pseudonym: Mapping[str, str]) -> Choice:
        """Return what the next release would tell, were the speaker named so."""
        published = self.published_as(way, pseudonym)
        for session in self._sessions:
            told = published.session_by_code.get(session.code)
            place = _place(session, self._speaker)
            if told is not None and place is not None:
                known = self.known_of(published)
                glimpse = self._glimpse(
                    known,
                    known.session_by_code[session.code],
                    told.people[place],
                    is_placed=self._is_placed(session.code),
                )
                return Choice(way, gettext(WAYS[way]), glimpse)
        return Choice(way, gettext(WAYS[way]), Glimpse(None, None, None))

    def published_as(self, way: Visibility, pseudonym: Mapping[str, str]) -> Published:
        """Return the speaker's sessions as they would be published, were the speaker named so."""
        people = {person.speaker_id: person.speaker for s in self._sessions for person in s.people}
        people[self._speaker.id] = _as_if(self._speaker, way, pseudonym)
        at = now()
        content = content_among(self._speaker.event, self._sessions, people.values(), at)
        release = release_after(None, Stage.DRAFT, {}, at)
        return Published(succeed(content, None, release=release), "")

    def known_of(self, published: Published, *, only_placed: bool = False) -> Published:
        """Return what a speaker may know of their sessions as they would be published.

        Where they do not see the plan, a session stands where it is public, and who else takes
        part in it is who is told there; ``only_placed`` leaves out those that are not public.
        """
        if self._speaker.event.shows_plan:
            return published
        places = {session.code: _place(session, self._speaker) for session in self._sessions}
        sessions = [
            _as_told(session, places[session.code], self._told.get(session.code))
            for session in published.sessions
            if not only_placed or session.code in self._told
        ]
        rooms = {**published.room_by_slug, **(self._release.room_by_slug if self._release else {})}
        programme = msgspec.structs.replace(
            published.programme,
            rooms=tuple(rooms.values()),
            sessions=tuple(sorted(sessions, key=lambda session: session.starts_at)),
        )
        return Published(programme, "")

    def _is_placed(self, code: str) -> bool:
        return self._speaker.event.shows_plan or code in self._told

    def current(self) -> Current | None:
        """Return what the public reads now, or None when they are in nothing published."""
        published = self._release
        if published is None:
            return None
        for way, is_told in (
            (Visibility.PUBLIC, lambda person: person.speaker == self._speaker.code),
            (Visibility.PSEUDONYM, self._is_called()),
        ):
            for session in _taking_place(published):
                for person in filter(is_told, session.people):
                    glimpse = self._glimpse(published, session, person)
                    return Current(way, published.release.number, glimpse)
        own = {session.code for session in self._sessions}
        for session in _taking_place(published):
            if session.code in own:
                glimpse = self._glimpse(published, session, None)
                return Current(Visibility.WITHHELD, published.release.number, glimpse)
        return None

    def _is_called(self) -> Callable[[document.Appearance], bool]:
        known = pseudonyms_of(self._speaker)
        return lambda person: not known.isdisjoint(person.pseudonym.values())

    def _glimpse(
        self,
        published: Published,
        session: document.Session,
        person: document.Appearance | None,
        *,
        is_placed: bool = True,
    ) -> Glimpse:
        cards = Cards(published, self._lang)
        line = person_in(published, cards, self._lang, person) if person else None
        page = published.speaker_by_code.get(person.speaker or "") if person else None
        return Glimpse(cards.card(session), line, page, is_placed)


def _taking_place(published: Published) -> list[document.Session]:
    return [s for s in published.sessions if s.status is not Status.CANCELLED]


def _as_told(
    session: document.Session, place: int | None, told: document.Session | None
) -> document.Session:
    """Return a session where it is public, with the one at a place and whom the public knows."""
    known = told.people if told else ()
    people = tuple(
        person for i, person in enumerate(session.people) if i == place or person in known
    )
    stands = told or session
    return msgspec.structs.replace(
        session,
        starts_at=stands.starts_at,
        minutes=stands.minutes,
        room=stands.room,
        across_rooms=stands.across_rooms,
        people=people,
    )


def _place(session: Session, speaker: Speaker) -> int | None:
    """Return at which place of those who take part somebody stands; None when they declined."""
    people = [person for person in session.people if person.answer is not Answer.DECLINED]
    return next((i for i, person in enumerate(people) if person.speaker_id == speaker.id), None)


def _as_if(speaker: Speaker, way: Visibility, pseudonym: Mapping[str, str]) -> Speaker:
    """Return a speaker who is in no database, like this one but for how they are named."""
    found = Speaker(
        id=speaker.id,
        code=speaker.code,
        visibility=way,
        spoken_languages=list(speaker.spoken_languages),
        photo=speaker.photo,
    )
    for lang in {*speaker.texts, *pseudonym}:
        text = speaker.texts.get(lang)
        found.texts[lang] = SpeakerText(
            lang=lang,
            display_name=text.display_name if text else "",
            organisation=text.organisation if text else "",
            biography=text.biography if text else "",
            pseudonym=pseudonym.get(lang, ""),
        )
    return found


def _pseudonym_of(speaker: Speaker) -> dict[str, str]:
    return {lang: text.pseudonym for lang, text in speaker.texts.items()}
