"""Making documents ahead of their readers."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from flask import Flask

from planner.formats.pdf_editions import Edition
from planner.formats.pdf_typesetting import TypesettingError
from planner.programme.published import Published
from planner.public import printing
from planner.public.printed import place_of, typesetter
from planner.public.printing import held_back, make_missing, start
from tests.examples import PROGRAMME, published
from tests.public.conftest import Programmes

NAMES = ["en", "ar", "ckb", "all", "en-booklet", "ar-booklet", "ckb-booklet", "all-booklet"]


@pytest.fixture(autouse=True)
def instance(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the instance folder of an application that can make documents, with nothing in it."""
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    app.extensions["planner.pdf"] = True
    return tmp_path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let documents take no time, and return their names as they are made."""
    names: list[str] = []

    def document(_published: Published, edition: Edition, *_: object, behind: bool) -> bytes:
        assert behind  # nobody waits for them
        names.append(edition.name)
        return f"%PDF {edition.name}".encode()

    monkeypatch.setattr(printing.pdf, "document", document)
    return names


def kept(instance: Path) -> set[str]:
    """Return the names of all documents that are kept."""
    return {path.stem for path in instance.glob("documents/*/*.pdf")}


def test_every_language_and_all_together_are_made_once(
    programmes: Programmes, made: list[str], instance: Path
) -> None:
    programmes.release(PROGRAMME)
    told = list(make_missing())
    assert made == NAMES
    assert told[0] == "river-days, release 2: en.pdf is made."
    assert kept(instance) == set(NAMES)
    assert list(make_missing()) == []


def test_an_event_of_one_language_has_nothing_to_put_together(
    programmes: Programmes, made: list[str]
) -> None:
    event = msgspec.structs.replace(PROGRAMME.event, languages=("de", "ckb"))
    programmes.release(msgspec.structs.replace(PROGRAMME, event=event))
    list(make_missing())
    assert made == ["ckb", "ckb-booklet"]


def test_documents_of_the_release_before_are_removed(
    programmes: Programmes, made: list[str], instance: Path
) -> None:
    programmes.release(PROGRAMME)
    list(make_missing())
    before = place_of(published(), Edition(("en",)))
    release = msgspec.structs.replace(PROGRAMME.release, number=3)
    programmes.release(msgspec.structs.replace(PROGRAMME, release=release))
    next(make_missing())
    assert not before.exists()
    assert kept(instance) == {"en"}


def test_what_another_process_makes_is_left_to_it(
    programmes: Programmes, made: list[str], instance: Path
) -> None:
    programmes.release(PROGRAMME)
    with typesetter(instance):
        assert list(make_missing()) == []
    assert made == []


def test_none_is_begun_when_the_time_is_over(programmes: Programmes, made: list[str]) -> None:
    programmes.release(PROGRAMME)
    assert list(make_missing(seconds=0)) == []


def test_what_cannot_be_made_keeps_nothing_else_from_being_made(
    programmes: Programmes, made: list[str], monkeypatch: pytest.MonkeyPatch, instance: Path
) -> None:
    programmes.release(PROGRAMME)
    works: Callable[..., bytes] = printing.pdf.document

    def document(read: Published, edition: Edition, *rest: object, behind: bool) -> bytes:
        if edition.name == "ar":
            raise TypesettingError("Traceback\nMemoryError")
        return works(read, edition, *rest, behind=behind)

    monkeypatch.setattr(printing.pdf, "document", document)
    told = list(make_missing())
    assert "river-days, release 2: ar.pdf cannot be made: MemoryError" in told
    assert kept(instance) == {*NAMES} - {"ar"}


def test_nothing_is_kept_of_a_programme_that_was_replaced_while_it_was_made(
    programmes: Programmes, monkeypatch: pytest.MonkeyPatch, instance: Path
) -> None:
    """The removal of a name took what was kept off the disk just before."""
    programmes.release(PROGRAMME)
    release = msgspec.structs.replace(PROGRAMME.release, number=3)

    def document(*_: object, behind: bool) -> bytes:
        programmes.release(msgspec.structs.replace(PROGRAMME, release=release))
        return b"with a name that had to go"

    monkeypatch.setattr(printing.pdf, "document", document)
    assert printing.printed(published(), Edition(("en",))) == b"with a name that had to go"
    assert kept(instance) == set()


@pytest.fixture
def started(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Return the processes that are started in place of the command, which end at once."""
    children: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def popen(command: list[str], **options: object) -> subprocess.Popen[bytes]:
        assert command == [sys.executable, "-c", command[2], "documents"]
        compile(command[2], "command", "exec")
        environ = options["env"]
        assert isinstance(environ, dict)
        assert environ["PLANNER_INSTANCE"] == app.instance_path
        assert environ["BASE_URL"] == app.config["BASE_URL"]
        children.append(real([sys.executable, "-c", ""], start_new_session=True))
        return children[-1]

    monkeypatch.setattr(printing.subprocess, "Popen", popen)
    app.config["DOCUMENTS_AHEAD"] = True
    yield children
    for child in children:
        child.wait(10)


def test_making_them_is_started_and_not_waited_for(
    started: list[subprocess.Popen[bytes]],
) -> None:
    start()
    assert len(started) == 1


def test_nothing_is_started_where_documents_are_made_on_request_or_cannot_be(
    app: Flask, started: list[subprocess.Popen[bytes]]
) -> None:
    with held_back():
        start()
    app.extensions["planner.pdf"] = False
    start()
    app.extensions["planner.pdf"] = True
    app.config["DOCUMENTS_AHEAD"] = False
    start()
    assert started == []
