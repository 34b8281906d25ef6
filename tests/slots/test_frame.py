"""What all pages behind a speaker's link have in common."""

import gzip
import re

import pytest
from flask import Flask

from planner.programme.vocabulary import Role
from planner.sessions.operations import set_people
from tests.conftest import BASE_URL
from tests.plans import OPENING, SIDURI, WATER, WOMEN, make_plan, plan_to_change, released
from tests.slots.speaking import Visitor

_MOST = 25_000
_GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
@pytest.mark.parametrize("page", ["", "/free", "/texts", "/named", "/data", "/calendar"])
def test_they_weigh_little_with_all_that_they_need(app: Flask, lang: str, page: str) -> None:
    make_plan()
    with plan_to_change() as plan:
        for code in (OPENING, WATER, WOMEN):
            set_people(plan.sessions[code], [(plan.speakers[SIDURI], Role.SPEAKER)])
    released()
    visitor = Visitor(app, SIDURI, lang)
    answer = visitor.client.get(
        f"{visitor.address}{page}?lang={lang}", base_url=BASE_URL, headers=_GZIP
    )
    text = gzip.decompress(answer.data).decode()
    needed = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', text))
    assert needed
    weight = len(answer.data)
    for address in needed:
        sent = visitor.client.get(address, base_url=BASE_URL, headers=_GZIP)
        assert sent.status_code == 200
        weight += len(sent.data)
    assert weight < _MOST


def test_who_takes_no_gzip_gets_none(app: Flask) -> None:
    make_plan()
    visitor = Visitor(app, SIDURI)
    answer = visitor.client.get(visitor.address, base_url=BASE_URL)
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert answer.text.startswith("<!doctype html>")
