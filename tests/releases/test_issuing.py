"""What every release does in the end: others are told to make what is printed of it."""

import pytest
from flask import Flask

from planner.database import write_tx
from planner.programme.vocabulary import Stage
from planner.public import printing
from planner.releases.issuing import ground
from planner.releases.operations import NothingToPublishError, publish
from tests.plans import SLUG, make_plan


def test_documents_are_begun_when_a_release_is_public_and_not_before(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_plan()
    started: list[bool] = []
    monkeypatch.setattr(printing, "start", lambda: started.append(True))
    with pytest.raises(ZeroDivisionError), write_tx() as database:
        ground(database, SLUG)
        1 / 0  # noqa: B018
    assert started == []
    publish(SLUG, Stage.DRAFT)
    assert len(started) == 1
    with pytest.raises(NothingToPublishError):
        publish(SLUG, Stage.DRAFT)
    with write_tx():
        """Something else is changed."""
    assert len(started) == 1


def test_the_minute_makes_what_is_lacking_unless_it_is_made_on_request(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "make_missing", lambda **_: iter(["river-days: en.pdf is made."]))
    tick = app.test_cli_runner()
    assert tick.invoke(args=["tick"]).output == ""
    assert tick.invoke(args=["documents"]).output == "river-days: en.pdf is made.\n"
    app.config["DOCUMENTS_AHEAD"] = True
    assert tick.invoke(args=["tick"]).output == "river-days: en.pdf is made.\n"
