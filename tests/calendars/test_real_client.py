"""A calendar program of others, subscribed to the production server, follows every release.

vdirsyncer fetches the feed and keeps it in a folder; khal reads that, and tells what it shows.
"""

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from planner.extensions import db
from tests.calendars import story
from tests.calendars.conftest import installation
from tests.calendars.truth import Truth, after
from tests.conftest import unavailable
from tests.plans import SLUG
from tests.serving import Server, serving

_LANG = "ar"
_FEED = f"/{_LANG}/{SLUG}/calendar/programme.ics"
#: Where the reader is, whose clock is neither the venue's first nor its later one.
_HOME = "Europe/Berlin"
_PROGRAMS = ("vdirsyncer", "khal")
#: What khal tells of each event, one in a line.
_FORMAT = "{start}|{end}|{status}|{title}|{location}"

_VDIRSYNCER = """
[general]
status_path = "{folder}/status"

[pair programme]
a = "here"
b = "feed"
collections = null
conflict_resolution = "b wins"

[storage here]
type = "filesystem"
path = "{folder}/calendar"
fileext = ".ics"

[storage feed]
type = "http"
url = "{url}"
"""

_KHAL = """
[calendars]
[[programme]]
path = {folder}/calendar
readonly = True

[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M

[sqlite]
path = {folder}/khal.db
"""


@dataclass(frozen=True)
class Subscriber:
    """Somebody who has both programs, and a folder of their own."""

    folder: Path

    def subscribe(self, url: str) -> None:
        """Write what both programs are told, and let them meet the feed for the first time."""
        (self.folder / "calendar").mkdir()
        written = {"vdirsyncer": _VDIRSYNCER, "khal": _KHAL}
        for program, settings in written.items():
            told = settings.format(folder=self.folder, url=url, zone=_HOME)
            (self.folder / program).write_text(told, encoding="utf-8")
        self._run("vdirsyncer", "discover", "programme")

    def synchronise(self) -> None:
        """Fetch the feed."""
        self._run("vdirsyncer", "sync")

    def shown(self) -> list[tuple[str, ...]]:
        """Return what is shown for the days of the event, each as in the format, by the hour."""
        told = self._run("khal", "list", "--format", _FORMAT, "2017-01-17", "4d")
        events = [line.split("|") for line in told.splitlines() if "|" in line]
        return sorted(tuple(field.strip() for field in event) for event in events)

    def _run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [program, "--config", str(self.folder / program), *arguments],
            # Nothing of the developer's own settings, and no proxy.
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.folder),
                "LC_ALL": "C.UTF-8",
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"
        return done.stdout


@pytest.mark.timeout(300)  # thirty starts of others' programs, on a machine that may be busy
def test_vdirsyncer_and_khal_follow_every_release(tmp_path: Path) -> None:
    if not all(map(shutil.which, _PROGRAMS)):
        unavailable("vdirsyncer or khal")
    (tmp_path / "instance").mkdir()
    subscriber = Subscriber(tmp_path)
    environ = {"PLANNER_INSTANCE": str(tmp_path / "instance"), "DATABASE_URL": ""}
    with installation(tmp_path / "instance"), serving(environ, workers=1) as server:
        story.begin()
        feed = b""
        for release, step in enumerate(story.STEPS, start=1):
            step.release(release)
            db.session.rollback()
            feed = _fetched_anew(server, feed)
            if release == 1:
                subscriber.subscribe(f"http://127.0.0.1:{server.port}{_FEED}")
            subscriber.synchronise()
            assert subscriber.shown() == _true_now(release), step.name
            assert len(list((tmp_path / "calendar").iterdir())) == len(after(release))
        assert "Traceback" not in server.stop()


def _fetched_anew(server: Server, former: bytes) -> bytes:
    """Return the feed as soon as it is another one: the server asks its database once a second."""
    for _ in range(100):
        status, feed = server.get(_FEED)
        if status == 200 and feed != former:
            return feed
        time.sleep(0.1)
    pytest.fail("the feed does not change")


def _true_now(release: int) -> list[tuple[str, ...]]:
    """Return what khal has to show after a release."""
    return sorted(map(_line, after(release).values()))


def _line(truth: Truth) -> tuple[str, ...]:
    start = truth.start.astimezone(ZoneInfo(_HOME))
    end = start + timedelta(minutes=truth.minutes)
    title = truth.titles[_LANG]
    if truth.status == "CANCELLED":
        title = f"ملغاة: {title}"
    return (_shown(start), _shown(end), truth.status, title, f"{truth.room}، بيت القصب")


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
