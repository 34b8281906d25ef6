"""Files that cannot be taken, each with the one line that says why."""

import json

import pytest

from planner.imports.reading import LARGEST_FILE, read_schedule
from planner.imports.source import UnreadableFileError
from tests.imports.schedules import as_json, event, xml

_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE schedule [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    b"<schedule>&c;</schedule>"
)
_EXTERNAL = (
    b'<!DOCTYPE schedule [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    b"<schedule><conference><title>&secret;</title></conference></schedule>"
)
_BROKEN = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\t ", "is empty"),
    "prose": ("برنامج".encode(), "neither XML nor JSON"),
    "a picture": (b"\xff\xd8\xff\xe0 JFIF", "neither XML nor JSON"),
    "a calendar": (b"BEGIN:VCALENDAR\r\n", "is an iCalendar file"),
    "a spreadsheet": (b"PK\x03\x04....", "is a ZIP file or spreadsheet"),
    "a web page": (b"<html><body/></html>", "is a web page"),
    "other XML": (b"<rss/>", "its root is <rss>, not <schedule>"),
    "an empty root": (b"<schedule/>", "neither <conference> nor <day>"),
    "EuroPython": (b'<schedule><day><entry id="1"/></day></schedule>', "EuroPython"),
    "no events": (b"<schedule><conference/></schedule>", "holds no event"),
    "a billion laughs": (_BOMB, "has a DOCTYPE"),
    "an external entity": (_EXTERNAL, "has a DOCTYPE"),
    "an unknown entity": (b"<schedule>&nbsp;</schedule>", "undefined entity in line 1, column 10"),
    "a cut XML": (xml(event())[:700], "is cut off: the XML ends in line"),
    "mismatched XML": (b"<schedule><day>\n</schedule>", "mismatched tag in line 2, column 2"),
    "deep XML": (b"<schedule>" + b"<day>" * 5000, "nests its elements more than 40 deep"),
    "Latin-1 as UTF-8": ("<schedule>\né".encode("latin-1"), "byte 0xe9 in line 2"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="x-no"?><schedule/>', "cannot be dec"),
    "Shift JIS": (b'<?xml version="1.0" encoding="shift_jis"?><schedule/>', "cannot be decoded"),
    "a cut JSON": (as_json(event())[:300], "is cut off: the JSON is not complete in line 1"),
    "bad JSON": (b'{"schedule": {,}}', "in line 1, column 15"),
    "deep JSON": (b"[" * 200_000, "nests its JSON too deep"),
    "a huge number": (b'{"schedule": ' + b"9" * 5000 + b"}", "thousands of digits"),
    "Latin-1 JSON": ('{"schedule": "é"}'.encode("latin-1"), "is not UTF-8: byte 0xe9 in line 1"),
    "a JSON list": (b"[1, 2]", "does not hold an object"),
    "other JSON": (b'{"talks": []}', "has no “schedule” with a “conference”"),
    "COSCUP": (b'{"sessions": [], "speakers": []}', "OPass and COSCUP"),
    "no days": (b'{"schedule": {"conference": {"title": "x"}}}', "has no list of “days”"),
}


@pytest.mark.parametrize(("content", "reason"), _BROKEN.values(), ids=_BROKEN.keys())
def test_a_file_that_cannot_be_taken_is_refused_in_one_line(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError) as refusal:
        read_schedule(content)
    assert reason in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_file_beyond_ten_megabytes_is_refused_before_it_is_parsed() -> None:
    bomb = b"<schedule>" + b"<day>" * (20 * 1024 * 1024 // 5)
    with pytest.raises(UnreadableFileError, match="is larger than 10 MB"):
        read_schedule(bomb)
    assert len(bomb) > LARGEST_FILE


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<schedule><conference/>" + b"<event/>" * 10_001 + b"</schedule>", "10000 events"),
        (xml(event(people=[{"name": "ا"}] * 20_001)), "20000 persons"),
    ],
    ids=["events", "persons"],
)
def test_more_than_any_conference_has_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=f"more than {reason}"):
        read_schedule(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_is_read_in_every_encoding_that_unicode_has_for_it(encoding: str) -> None:
    text = json.dumps(json.loads(as_json(event())), ensure_ascii=False)
    assert read_schedule(text.encode(encoding)).events[0].title == "حق الوصول إلى الماء"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
def test_xml_is_read_in_the_encoding_that_it_says(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = xml(event()).decode().replace("UTF-8", declared, 1)
    assert read_schedule(text.encode(encoding)).events[0].title == "حق الوصول إلى الماء"


def test_blank_lines_before_the_xml_declaration_do_no_harm() -> None:
    assert len(read_schedule(b"\n\n" + xml(event())).events) == 1
