"""The calendar of a speaker: their slots as they may know them, and their turns of interpreting.

Each session is the event of the public feeds, under the same UID; what is still a plan is
tentative. What happens to a slot moves its stamp, and its revision is made of that, so that both
only ever grow, whether a session is published, taken back into the plan, or cancelled.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import msgspec
from flask import current_app, url_for
from flask_babel import gettext
from icalendar import Event, vDatetime, vInt

from planner.formats import ical
from planner.formats.ical_events import SessionEvents
from planner.formats.ical_lines import serialised, text_value
from planner.formats.ical_texts import Wording
from planner.i18n.content import LocalText, localize
from planner.i18n.formats import comma
from planner.i18n.labels import role_label
from planner.i18n.languages import name_of
from planner.interpreting.models import Turn
from planner.lib.clock import now
from planner.lib.markup import plain_of
from planner.lib.text import clean_text, isolated
from planner.programme import document
from planner.programme.published import Published
from planner.programme.vocabulary import Stage, Status
from planner.releases.builder import event_of, release_after
from planner.sessions.models import Answer
from planner.slots.calendar_queries import Parting, Stamps, partings_of, told_before, turns_of
from planner.slots.queries import contents_of, published_now
from planner.slots.slots_content import Content, Standing
from planner.speakers.models import Speaker

#: From here on seconds are counted, which make the revision of an event; 31 bits last until 2088.
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class _Slot:
    """A session in the calendar: as the public reads it or as the plan has it."""

    session: document.Session
    published: Published
    content: Content | None
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Calendar:
    """A calendar as lines, and when anything in it last changed, or went from it."""

    body: bytes
    changed_at: datetime


def calendar_of(speaker: Speaker, lang: str, made_at: datetime) -> Calendar:
    """Return the calendar of a speaker in a language that is spoken meanwhile.

    ``made_at`` (aware) is when its address was made: before that nothing in it was read.
    """
    published = published_now(speaker)
    contents = contents_of(speaker, published)
    plan = _plan_of(speaker, contents, made_at)
    partings = partings_of(speaker)
    slots = [
        *_present(speaker, contents, published, plan),
        *_gone(speaker, contents, published, partings, made_at),
    ]
    stamps = Stamps(speaker, contents, partings, made_at)
    stamped = [_stamped(slot, stamps) for slot in slots]
    base_url: str = current_app.config["BASE_URL"]
    events = {
        slot.session.code: _written(slot, lang, base_url)
        for slot in sorted(stamped, key=lambda each: (each.session.starts_at, each.session.code))
    }
    body = ical.feed(
        published or plan,
        lang,
        base_url,
        [slot.session for slot in stamped if events[slot.session.code]],
        _about(speaker, published, lang, base_url),
        events,
    )
    released_at = published.release.published_at if published else made_at
    return Calendar(body, max(released_at, stamps.latest))


def _about(speaker: Speaker, published: Published | None, lang: str, base_url: str) -> ical.Feed:
    event = speaker.event
    name = localize(event.name, lang, order=event.languages)
    page = url_for("pages.event", lang=lang, event=event.slug) if published else "/"
    return ical.Feed(
        title=gettext("My slots – %(event)s", event=name.value),
        description="",
        page_url=base_url + page,
        feed_url=None,
    )


def _present(
    speaker: Speaker, contents: Iterable[Content], published: Published | None, plan: Published
) -> Iterable[_Slot]:
    """Yield what a speaker takes part in. What they declined is none of their calendar's."""
    told = published.session_by_code if published else {}
    turns = turns_of(speaker)
    for content in contents:
        if content.answer is Answer.DECLINED:
            continue
        own = tuple(turns.get(content.code, ()))
        session = told.get(content.code)
        if content.is_cancelled:
            if session is not None and published is not None and not _is_over(speaker):
                yield _Slot(_cancelled(session), published, content, own)
        elif session and published and content.standing in {Standing.DRAFT, Standing.FINAL}:
            yield _Slot(session, published, content, own)
        elif content.starts_at is not None:
            yield _Slot(_planned(content, content.starts_at, plan), plan, content, own)


def _gone(
    speaker: Speaker,
    contents: Iterable[Content],
    published: Published | None,
    partings: Mapping[str, Parting],
    made_at: datetime,
) -> Iterable[_Slot]:
    """Yield what a speaker knew of and is not theirs any more, until the event is over.

    That is what they were told of, and what stood in this calendar while it was public.
    """
    if published is None or _is_over(speaker):
        return
    told = told_before(speaker)
    shown = {content.code for content in contents}
    for code in sorted((told | partings.keys()) - shown):
        session = published.session_by_code.get(code)
        if session is None:
            continue
        if code in told or partings[code].at > max(made_at, session.created_at):
            yield _Slot(_cancelled(session), published, None)


def _cancelled(session: document.Session) -> document.Session:
    return msgspec.structs.replace(session, status=Status.CANCELLED)


def _is_over(speaker: Speaker) -> bool:
    # A day later, because it may still be that day somewhere.
    return now().date() > speaker.event.last_day + timedelta(days=1)


def _planned(content: Content, starts_at: datetime, plan: Published) -> document.Session:
    """Return a session of the plan as the formats read sessions."""
    return document.Session(
        code=content.code,
        guid="",
        kind=content.kind,
        theme=content.theme,
        starts_at=starts_at,
        minutes=content.minutes,
        room=content.room,
        across_rooms=content.across_rooms,
        spoken_languages=content.spoken,
        interpreted_languages=content.interpreted,
        original_language=content.original_language,
        title=dict(content.title),
        abstract={},
        online_url=content.online_url,
        people=tuple(
            document.Appearance(role=fellow.role, speaker=fellow.code)
            if fellow.code
            else document.Appearance(role=fellow.role, pseudonym=dict(fellow.name))
            for fellow in content.fellows
        ),
        status=Status.TENTATIVE,
        sequence=0,
        created_at=plan.release.published_at,
        changed_at=plan.release.published_at,
    )


def _plan_of(speaker: Speaker, contents: Iterable[Content], at: datetime) -> Published:
    """Return what formats look up of sessions that are still a plan: rooms, themes, people."""
    rooms = {content.room: content for content in contents if content.room}
    themes = {content.theme: content for content in contents if content.theme and content.colour}
    named = {
        fellow.code: fellow for content in contents for fellow in content.fellows if fellow.code
    }
    return Published(
        document.Programme(
            schema=document.SCHEMA,
            release=release_after(None, Stage.DRAFT, {}, at),
            event=event_of(speaker.event),
            themes=tuple(
                document.Theme(
                    slug=slug,
                    name=dict(content.theme_name),
                    description={},
                    colour=content.colour,
                )
                for slug, content in themes.items()
                if content.colour
            ),
            rooms=tuple(
                document.Room(
                    slug=slug,
                    name=dict(content.room_name),
                    floor=dict(content.floor),
                    capacity=None,
                    booths=0,
                    step_free=False,
                )
                for slug, content in rooms.items()
            ),
            speakers=tuple(
                document.Speaker(
                    code=code,
                    name=dict(fellow.name),
                    organisation=dict(fellow.organisation),
                    biography={},
                    spoken_languages=(),
                    photo=None,
                )
                for code, fellow in named.items()
            ),
            sessions=(),
        ),
        "",
    )


def _stamped(slot: _Slot, stamps: Stamps) -> _Slot:
    """Return a slot with the moment at which anything last happened to it."""
    session = slot.session
    own = session.changed_at if slot.published.digest else stamps.made_at
    at = max(own, stamps.of(session.code))
    changed = msgspec.structs.replace(
        session, changed_at=at, sequence=int((at - _EPOCH).total_seconds())
    )
    return _Slot(changed, slot.published, slot.content, slot.turns)


def _written(slot: _Slot, lang: str, base_url: str) -> bytes:
    """Return a session and the turns in it as lines; empty when it has no hours on any clock."""
    wording = Wording(slot.published, lang, base_url)
    writer = SessionEvents(slot.published, wording)
    found = [_event(writer, wording, slot, lang)]
    # Who hears two languages in one booth has one turn for both.
    together: dict[tuple[int, int], list[Turn]] = defaultdict(list)
    for turn in slot.turns:
        together[turn.begins, turn.ends].append(turn)
    found += [_turn(writer, wording, slot, turns, lang) for turns in together.values()]
    return b"".join(serialised(event) for event in found if event is not None)


def _event(writer: SessionEvents, wording: Wording, slot: _Slot, lang: str) -> Event | None:
    session = slot.session

    def whole() -> Event:
        event = writer.full(session)
        description = wording.description(session)
        told = description.value
        if not slot.published.digest:
            told = told.removesuffix(wording.address_of(session)).strip()
        if slot.content is not None:
            told = "\n\n".join(filter(None, [_own(slot.content), told]))
        event["DESCRIPTION"] = text_value(clean_text(told), description.lang or lang)
        return event

    return _safely(slot, whole, partial(writer.bare, session))


def _own(content: Content) -> str:
    """Return what only the speaker reads of a session."""
    pattern = comma()
    lines = []
    if content.standing in {Standing.PLAN, Standing.PROPOSED}:
        lines.append(gettext("Still a plan: hour and room may change"))
    if content.roles:
        told = pattern.join(role_label(role) for role in content.roles)
        lines.append(gettext("Your part: %(roles)s", roles=told))
    if content.equipment:
        lines.append(f"{gettext('Equipment:')} {plain_of(content.equipment)}")
    if content.note:
        lines.append(f"{gettext('From the organizers:')}\n{plain_of(content.note)}")
    return "\n".join(lines)


def _turn(
    writer: SessionEvents, wording: Wording, slot: _Slot, turns: list[Turn], lang: str
) -> Event | None:
    """Return a turn of interpreting as an event of its own, within the hours of its session.

    ``turns`` are of the same hours, each for one more pair of languages.
    """
    turn = turns[0]
    session = slot.session
    if turn.begins >= session.minutes:
        return None
    stretch = msgspec.structs.replace(
        session,
        starts_at=session.starts_at + timedelta(minutes=turn.begins),
        minutes=min(turn.ends, session.minutes) - turn.begins,
    )
    title: LocalText = wording.summary(session)

    def whole() -> Event:
        event = writer.full(stretch)
        event["SUMMARY"] = text_value(
            gettext("Interpreting: %(title)s", title=isolated(title.value)), lang
        )
        told = (
            gettext(
                "%(spoken)s into %(into)s",
                spoken=name_of(each.spoken, lang),
                into=name_of(each.into, lang),
            )
            for each in turns
        )
        event["DESCRIPTION"] = text_value("\n".join(told), lang)
        event.pop("CONFERENCE", None)
        return event

    event = _safely(slot, whole, partial(writer.bare, stretch))
    if event is not None:
        number = min(each.id for each in turns)
        event["UID"] = text_value(f"turn-{number}@{slot.published.event.uid_host}")
    return event


def _safely(slot: _Slot, *ways: Callable[[], Event]) -> Event | None:
    """Return the first event that can be written; one that cannot costs the others nothing."""
    for write in ways:
        try:
            event = _private(write(), slot)
            serialised(event)
        except (ArithmeticError, LookupError, TypeError, ValueError):
            continue
        return event
    return None


def _private(event: Event, slot: _Slot) -> Event:
    """Return an event as it stands in a calendar of one's own: busy, and for nobody else."""
    session = slot.session
    event["DTSTAMP"] = event["LAST-MODIFIED"] = vDatetime(session.changed_at.astimezone(UTC))
    event["SEQUENCE"] = vInt(session.sequence)
    event["CLASS"] = text_value("PRIVATE")
    # It would be another one as soon as what is a plan is published.
    event.pop("CREATED", None)
    if not slot.published.digest:
        # What is no more than a plan has no page in public.
        event.pop("URL", None)
    if session.status is not Status.CANCELLED:
        event["TRANSP"] = text_value("OPAQUE")
    return event


def addresses_of(token: str, slug: str, lang: str) -> Mapping[str, str]:
    """Return the addresses of a calendar: for programs, and that which opens them."""
    base_url: str = current_app.config["BASE_URL"]
    address = base_url + url_for("slots_calendar.feed", lang=lang, event=slug, token=token)
    return {"https": address, "webcal": f"webcal:{address.partition(':')[2]}"}
