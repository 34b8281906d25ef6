"""Reading schedule.xml: frab, c3voc, pretalx, FOSDEM's Pentabarf and wafer's, leniently."""

import re
from html import escape
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, tostring
from xml.parsers.expat import errors

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from planner.formats.schedule import GENERATOR
from planner.imports.source import (
    SourceConference,
    SourceDay,
    SourceEvent,
    SourcePerson,
    SourceRoom,
    SourceTrack,
    UnreadableFileError,
)

_DEEPEST = 40
_DECLARATION = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_CUT_OFF = {
    errors.codes[message]
    for message in (
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_PARTIAL_CHAR,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}


def read_xml(content: bytes) -> SourceConference:
    """Return the schedule that an XML file holds.

    :raises UnreadableFileError: when it is not well-formed, has a DOCTYPE, or is no schedule.xml.
    """
    root = _parsed(content)
    _check_dialect(root)
    conference = root.find("conference")
    if conference is None:
        conference = Element("conference")
    days = {element: _day(element) for element in root.iter("day")}
    generator = root.find("generator")
    is_own = generator is not None and generator.get("name") == GENERATOR
    tracks = [*root.findall("tracks/track"), *conference.iter("track")]
    return SourceConference(
        is_own=is_own,
        title=_text(conference, "title"),
        subtitle=_text(conference, "subtitle"),
        acronym=_text(conference, "acronym"),
        start=_text(conference, "start"),
        end=_text(conference, "end"),
        venue=_text(conference, "venue"),
        city=_text(conference, "city"),
        time_zone=_text(conference, "time_zone_name") or _text(conference, "timezone"),
        day_change=_text(conference, "day_change"),
        days=tuple(days.values()),
        rooms=tuple(
            SourceRoom(name=room.get("name") or "")
            for day in days
            for room in day.iter("room")
            if _holds_events(room)
        ),
        tracks=tuple(_track(track) for track in tracks),
        events=tuple(_events(root, days, is_own=is_own)),
    )


def _parsed(content: bytes) -> Element:
    """Parse without trust: no DOCTYPE and so no entities, and no depth that exhausts memory."""
    _check_encoding(content)
    depth = 0
    root: Element | None = None
    try:
        for happening, element in iterparse(
            BytesIO(content), events=("start", "end"), forbid_dtd=True
        ):
            if happening == "end":
                depth -= 1
                continue
            depth += 1
            if depth > _DEEPEST:
                raise UnreadableFileError(f"nests its elements more than {_DEEPEST} deep")
            element.tag = element.tag.rpartition("}")[2]
            root = element if root is None else root
    except ParseError as error:
        raise UnreadableFileError(_told(error)) from None
    except DefusedXmlException:
        raise UnreadableFileError(
            "has a DOCTYPE or entities; a schedule needs neither, and they can be used to attack"
        ) from None
    except (ValueError, LookupError) as error:  # encodings that Python or expat cannot read
        raise UnreadableFileError(f"cannot be decoded: {error}") from None
    if root is None:
        raise UnreadableFileError("holds no XML element")
    return root


def _check_encoding(content: bytes) -> None:
    declaration = _DECLARATION.match(content)
    declared = declaration[1].decode().lower() if declaration else ""
    if declared not in {"", "utf-8", "utf8", "us-ascii", "ascii"}:
        return
    if content[:2] in {b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"}:  # UTF-16, as expat sees by itself
        return
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        said = f"says that it is {declared.upper()}" if declared else "names no other encoding"
        raise UnreadableFileError(
            f"is not UTF-8, although it {said}: byte 0x{content[error.start]:02x} in line {line}"
        ) from None


def _told(error: ParseError) -> str:
    line, column = error.position
    if error.code in _CUT_OFF:
        return f"is cut off: the XML ends in line {line}, column {column}, before it is complete"
    reason = str(error).partition(":")[0]
    return f"is not well-formed XML: {reason} in line {line}, column {column}"


def _check_dialect(root: Element) -> None:
    if root.tag == "html":
        raise UnreadableFileError("is a web page, not a schedule.xml")
    if root.tag != "schedule":
        raise UnreadableFileError(
            f"is not a schedule.xml: its root is <{root.tag[:40]}>, not <schedule>"
        )
    if root.find("day/entry") is not None:
        raise UnreadableFileError(
            "is not a schedule.xml of frab, c3voc or pretalx: its days hold <entry>, "
            "as EuroPython wrote them, not <room> and <event>"
        )
    if root.find("conference") is None and root.find("day") is None:
        raise UnreadableFileError(
            "is not a schedule.xml of frab, c3voc or pretalx: it has neither <conference> nor <day>"
        )


def _day(element: Element) -> SourceDay:
    return SourceDay(
        date=element.get("date") or "",
        start=element.get("start") or "",
        end=element.get("end") or "",
    )


def _holds_events(room: Element) -> bool:
    """Tell a room of a day from the ``room`` inside an event, which is only a text."""
    return room.get("name") is not None or room.find("event") is not None


def _track(element: Element) -> SourceTrack:
    return SourceTrack(
        name=_whole_text(element) or element.get("name") or "",
        colour=element.get("color") or "",
    )


def _events(root: Element, days: dict[Element, SourceDay], *, is_own: bool) -> list[SourceEvent]:
    """Return every event of the file, whatever it is listed under, in order."""
    listed: dict[Element, tuple[SourceDay | None, str | None]] = {}
    for element, day in days.items():
        listed.update((event, (day, None)) for event in element.iter("event"))
        for room in element.iter("room"):
            name = room.get("name") or ""
            listed.update((event, (day, name)) for event in room.iter("event"))
    return [
        _event(element, number, *listed.get(element, (None, None)), is_own=is_own)
        for number, element in enumerate(root.iter("event"), start=1)
    ]


def _event(
    element: Element,
    number: int,
    day: SourceDay | None,
    listed_room: str | None,
    *,
    is_own: bool,
) -> SourceEvent:
    if not len(element):
        return SourceEvent(number=number, id=element.get("id") or "", fault="it is empty")
    return SourceEvent(
        number=number,
        day=day,
        listed_room=listed_room,
        own_room=None if element.find("room") is None else _text(element, "room"),
        id=element.get("id") or _text(element, "id"),
        guid=element.get("guid") or _text(element, "guid"),
        slug=_text(element, "slug"),
        date=_text(element, "date"),
        start=_text(element, "start"),
        duration=_text(element, "duration"),
        title=_text(element, "title"),
        subtitle=_text(element, "subtitle"),
        abstract=_texts(element, "abstract"),
        description=_texts(element, "description"),
        type=_text(element, "type"),
        track=_text(element, "track"),
        language=_text(element, "language"),
        online_url=_online_url(element) if is_own else "",
        persons=tuple(_person(person) for person in element.iter("person")),
    )


def _online_url(element: Element) -> str:
    """Return the address that we write as the only link; others link to slides and papers."""
    link = element.find("links/link")
    return "" if link is None else link.get("href") or ""


def _person(element: Element) -> SourcePerson:
    return SourcePerson(
        id=element.get("id") or "",
        guid=element.get("guid") or "",
        name=_text(element, "name") or (element.text or "").strip() or element.get("name") or "",
        biography=_text(element, "biography"),
        role=element.get("role") or "",
    )


def _text(element: Element, name: str) -> str:
    """Return the text of the first child of that name that has one."""
    return next((text for child in element.findall(name) if (text := _whole_text(child))), "")


def _texts(element: Element, name: str) -> str:
    """Return the texts of all children of that name as paragraphs: wafer writes two abstracts."""
    return "\n\n".join(
        dict.fromkeys(text for child in element.findall(name) if (text := _inner_text(child)))
    )


def _inner_text(element: Element) -> str:
    """Return the text of an element; markup left unescaped within it stays, as HTML."""
    if not len(element):
        return (element.text or "").strip()
    children = (tostring(child, encoding="unicode", method="html") for child in element)
    return (escape(element.text or "", quote=False) + "".join(children)).strip()


def _whole_text(element: Element) -> str:
    """Return all text inside an element, without the tags of what stands within it."""
    return "".join(element.itertext()).strip()
