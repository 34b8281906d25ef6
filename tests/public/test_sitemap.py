"""What search engines are to visit."""

import re
from urllib.robotparser import RobotFileParser

from flask.testing import FlaskClient
from lxml import etree

from tests.conftest import BASE_URL
from tests.examples import PROGRAMME
from tests.public.conftest import Programmes

_NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def test_robots_find_every_page_in_every_language(
    client: FlaskClient, programmes: Programmes
) -> None:
    programmes.release(PROGRAMME)
    (first,) = re.findall(r"^Sitemap: (\S+)$", client.get("/robots.txt").text, re.M)
    index = etree.fromstring(client.get(first.removeprefix(BASE_URL)).data)
    (of_event,) = index.xpath("//s:sitemap/s:loc/text()", namespaces=_NAMES)
    assert of_event == f"{BASE_URL}/river-days/sitemap.xml"
    sitemap = etree.fromstring(client.get(of_event.removeprefix(BASE_URL)).data)
    pages = sitemap.xpath("//s:url", namespaces=_NAMES)
    found = {page.findtext("s:loc", namespaces=_NAMES) for page in pages}
    assert f"{BASE_URL}/ckb/river-days/speakers/CDFGHJ" in found
    assert len([each for each in found if "/sessions/" in each]) == 3 * len(PROGRAMME.sessions)
    for page in pages:
        alternates = page.xpath("x:link/@href", namespaces=_NAMES)
        assert len(alternates) == 3
        assert page.findtext("s:loc", namespaces=_NAMES) in alternates
        assert re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", page.findtext("s:lastmod", namespaces=_NAMES)
        )
    for address in found:
        assert client.get(address.removeprefix(BASE_URL)).status_code == 200, address


def test_an_installation_without_events_has_an_empty_list(client: FlaskClient) -> None:
    index = etree.fromstring(client.get("/sitemap.xml").data)
    assert index.tag.endswith("sitemapindex")
    assert len(index) == 0


def test_an_event_that_is_not_public_has_none(client: FlaskClient) -> None:
    assert client.get("/no-such-event/sitemap.xml").status_code == 404


def test_robots_may_fetch_every_calendar_and_nothing_that_is_private(client: FlaskClient) -> None:
    """Google Calendar obeys this: whose feed it forbids is followed by nobody."""
    lines = client.get("/robots.txt").text.splitlines()
    rules = RobotFileParser()
    rules.parse(lines)
    for feed in ("programme", "themes/water", "agenda/token", "slots/token"):
        assert rules.can_fetch("*", f"{BASE_URL}/ckb/river-days/calendar/{feed}.ics")
    for private in ("/desk/river-days/", "/speak/token", "/registration/token"):
        assert not rules.can_fetch("*", BASE_URL + private)
    # This parser knows no wildcards, and calendar services do.
    assert not any("*" in line for line in lines if line.startswith("Disallow"))
