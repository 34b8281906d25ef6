"""The address of the printed programme."""

import queue
import threading
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from planner.formats import pdf
from planner.formats.pdf_editions import Edition
from planner.formats.pdf_typesetting import TypesettingError
from planner.public import documents, printing
from planner.public.printed import typesetter
from tests.conftest import unavailable
from tests.examples import PROGRAMME, published
from tests.public.conftest import Programmes

ADDRESS = "/ckb/river-days/programme.pdf"


@pytest.fixture(autouse=True)
def _released(
    app: Flask, programmes: Programmes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    programmes.release(PROGRAMME)


@pytest.mark.pdf
def test_it_sends_the_programme_and_knows_who_has_it(client: FlaskClient) -> None:
    if not pdf.is_possible():
        unavailable("WeasyPrint or Pango")
    answer = client.get(ADDRESS)
    assert answer.data.startswith(b"%PDF-1.7")
    # The package's own fonts and pictures were found: what is missing is only logged.
    first = PdfReader(BytesIO(answer.data)).pages[0]
    fonts = [font.get_object()["/BaseFont"] for font in first["/Resources"]["/Font"].values()]
    assert any("Vazirmatn" in name for name in fonts)
    assert answer.content_type == "application/pdf"
    assert 'filename="river-days-ckb.pdf"' in answer.headers["Content-Disposition"]
    (kept,) = Path(client.application.instance_path).glob("documents/*/*.pdf")
    assert kept.name == "ckb.pdf"
    assert kept.read_bytes() == answer.data
    again = client.get(ADDRESS, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_it_is_not_there_where_documents_cannot_be_made(app: Flask, client: FlaskClient) -> None:
    app.extensions["planner.pdf"] = False
    assert client.get(ADDRESS).status_code == 404


def test_there_is_none_of_an_event_that_publishes_nothing(app: Flask, client: FlaskClient) -> None:
    app.extensions["planner.pdf"] = True
    assert client.get("/ckb/other-days/programme.pdf").status_code == 404


def test_one_is_made_at_a_time_and_who_would_wait_long_is_sent_away(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Threads are left for the readers of pages while documents are made."""
    app.extensions["planner.pdf"] = True
    go_on = threading.Event()
    together: list[int] = []
    running = 0

    def made(*_: object, behind: bool) -> bytes:
        nonlocal running
        running += 1
        together.append(running)
        assert go_on.wait(10)
        running -= 1
        return b"%PDF"

    monkeypatch.setattr(printing.pdf, "document", made)
    told: queue.Queue[int] = queue.Queue()

    def ask(lang: str) -> None:
        answer = app.test_client().get(f"/{lang}/river-days/programme.pdf")
        told.put(answer.status_code)

    threads = [threading.Thread(target=ask, args=(lang,)) for lang in ("en", "ar", "ckb", "en")]
    for thread in threads:
        thread.start()
    assert [told.get(timeout=10), told.get(timeout=10)] == [503, 503]
    go_on.set()
    assert [told.get(timeout=10), told.get(timeout=10)] == [200, 200]
    for thread in threads:
        thread.join()
    assert set(together) == {1}


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/ar/river-days/programme.pdf", "ar"),
        ("/ar/river-days/programme-booklet.pdf", "ar-booklet"),
        ("/river-days/programme.pdf", "all"),
        ("/river-days/programme-booklet.pdf", "all-booklet"),
    ],
)
def test_each_address_has_its_document_which_is_made_once(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch, address: str, name: str
) -> None:
    app.extensions["planner.pdf"] = True
    made: list[str] = []

    def document(_: object, edition: Edition, *rest: object, behind: bool) -> bytes:
        made.append(edition.name)
        return b"%PDF"

    monkeypatch.setattr(printing.pdf, "document", document)
    answer = client.get(address)
    assert f'"river-days-{name}.pdf"' in answer.headers["Content-Disposition"]
    app.extensions["planner.shelf"].forget(published().digest)
    with typesetter(Path(app.instance_path)):  # what is kept needs nobody who makes it
        assert client.get(address).data == b"%PDF"
    assert made == [name]


def test_who_waits_too_long_for_another_document_is_sent_away(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.extensions["planner.pdf"] = True
    monkeypatch.setattr(printing, "_PATIENCE", 0)
    with typesetter(Path(app.instance_path)):
        answer = client.get(ADDRESS)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "20")


def test_what_cannot_be_made_is_not_tried_for_each_reader(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.extensions["planner.pdf"] = True
    tried: list[object] = []

    def document(*arguments: object, behind: bool) -> bytes:
        tried.append(arguments)
        raise TypesettingError("no memory")

    monkeypatch.setattr(printing.pdf, "document", document)
    answers = [client.get(ADDRESS) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [503, 503]
    assert {answer.headers["Retry-After"] for answer in answers} == {"3600"}
    assert len(tried) == 1


def test_who_is_sent_away_is_told_when_to_come_back(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.extensions["planner.pdf"] = True
    monkeypatch.setattr(documents, "_places", threading.BoundedSemaphore(1))
    with documents._waiting():
        answer = client.get(ADDRESS)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
