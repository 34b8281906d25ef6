"""Who chose that less of them is known stands nowhere in public, through every change of state."""

import pytest
from flask import Flask

from planner.programme.vocabulary import Stage
from planner.releases.operations import NothingToPublishError
from planner.releases.queries import ReleaseSource
from planner.speakers.operations import set_text
from tests.conftest import BASE_URL
from tests.plans import SIDURI, ZIN, make_plan, plan_to_change, released
from tests.slots.speaking import Visitor
from tests.test_canary import addresses
from tests.traces import traces, unpacked

NAME, KURDISH, ALIAS, LATER = "إنانا بنت الخابور", "ئینانای خابوور", "نجمة الصباح", "ساكنة الضفة"
OWN = ("مجلس بنات الفرات الأعلى", "تكتب عن الماء والقصب منذ عشرين سنة")
_NAMES = (NAME, KURDISH, *OWN)


class _Walk:
    """Somebody who changes how they are named, while everything public is looked through."""

    def __init__(self, app: Flask, code: str) -> None:
        self.app = app
        self.visitor = Visitor(app, code)
        self.hours = 0

    def wishes(self, way: str, alias: str = ALIAS) -> None:
        data = {"visibility": way, "pseudonym-ar": alias, "sure": "1"}
        address = f"{self.visitor.address}/named"
        response = self.visitor.client.post(address, data=data, base_url=BASE_URL)
        assert response.status_code == 303

    def release(self, stage: Stage = Stage.DRAFT) -> None:
        self.hours += 1
        try:
            released(stage, hours=self.hours)
        except NothingToPublishError:
            return

    def reads(self, *expected: str, everywhere: bool = False) -> None:
        """Look through every public address: of all that is known, only this may be there.

        Names in Arabic stand in for those in other languages, so that most of the time it is enough
        to look at the pages in Arabic.
        """
        told, known = set[str](), (*_NAMES, ALIAS, LATER)
        client, seen = self.app.test_client(), set[bytes]()
        for rule, address in addresses(self.app):
            is_skipped = str(rule).startswith(("/desk", "/speak")) or ".pdf" in address
            is_foreign = address.startswith(("/en/", "/ckb/")) and not everywhere
            if is_skipped or is_foreign or "GET" not in (rule.methods or ()):
                continue
            response = client.get(address, base_url=BASE_URL)
            assert response.status_code < 500, address
            content = unpacked(response.get_data())
            response.close()
            if content in seen or (response.status_code == 404 and not everywhere):
                continue
            seen.add(content)
            found = {trace.rpartition(" (")[0] for trace in traces(content, *known)}
            assert found <= set(expected), f"{found - set(expected)} in {address}"
            told |= found
        assert told == set(expected)


@pytest.fixture
def walk(app: Flask) -> _Walk:
    """Return the walk of somebody who is named in public in a programme of two releases."""
    make_plan()
    app.extensions["planner.programmes"] = ReleaseSource(
        seconds=0, forget=app.extensions["planner.shelf"].forget
    )
    with plan_to_change() as plan:
        speaker = plan.speakers[SIDURI]
        set_text(speaker, "ar", display_name=NAME, organisation=OWN[0], biography=OWN[1])
        set_text(speaker, "ckb", display_name=KURDISH)
    found = _Walk(app, SIDURI)
    released()
    return found


def test_with_releases_between(walk: _Walk) -> None:
    walk.reads(*_NAMES)
    walk.wishes("withheld")
    walk.reads()
    walk.release()
    walk.reads()
    walk.wishes("pseudonym")
    walk.reads()
    walk.release(Stage.FINAL)
    walk.reads(ALIAS)
    walk.wishes("public")
    walk.reads(ALIAS)
    walk.release(Stage.FINAL)
    walk.reads(*_NAMES)
    walk.wishes("pseudonym", LATER)
    walk.reads()
    walk.release(Stage.FINAL)
    walk.reads(LATER)
    walk.wishes("withheld", LATER)
    walk.reads(everywhere=True)
    walk.release(Stage.FINAL)
    walk.reads()


def test_without_a_release_between(walk: _Walk) -> None:
    walk.wishes("pseudonym")
    walk.reads()
    walk.wishes("public")
    walk.reads()
    walk.wishes("withheld")
    walk.reads()
    walk.wishes("public")
    walk.wishes("pseudonym")
    walk.wishes("withheld")
    walk.reads()
    walk.release()
    walk.reads()


def test_of_who_was_never_named(app: Flask, walk: _Walk) -> None:
    with plan_to_change() as plan:
        plan.speakers[SIDURI].texts.clear()
        set_text(plan.speakers[SIDURI], "ar", display_name="سيدوري")
        for lang, name in (("ar", NAME), ("ckb", KURDISH)):
            set_text(plan.speakers[ZIN], lang, display_name=name)
    zin = _Walk(app, ZIN)
    walk.wishes("withheld", "")
    zin.reads()
    zin.wishes("public")
    zin.wishes("withheld")
    zin.release()
    zin.reads()
    zin.wishes("pseudonym")
    zin.release()
    zin.reads(ALIAS)
    zin.wishes("withheld")
    zin.reads()
