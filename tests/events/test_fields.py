"""Fields that hold lists."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import ValidationError

from planner.events.fields import LanguagesField, RowsField, as_lines, check_address
from planner.events.forms import EventForm

PRINCIPLES = [{"ar": "المساواة", "de": "Gleichheit"}, {"ckb": "ناتوندوتیژی"}, {"en": "Openness"}]


class _Form(EventForm):
    principles = RowsField("Principles")
    partners = RowsField("Partners", links=True)
    spoken = LanguagesField("Languages")


def form_of(app: Flask, sent: list[tuple[str, str]] | None, **data: Any) -> _Form:
    """Return the form as it is after it was sent, or as it is shown."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context("/desk/"):
        given = {"spoken": ["ar"], **data}
        return _Form(
            languages=("en", "ar", "ckb"),
            formdata=MultiDict(sent) if sent is not None else None,
            data=given,
        )


def sent_rows(rows: list[dict[str, str]], places: list[object]) -> list[tuple[str, str]]:
    """Return what a browser sends for rows of texts, with the number at each."""
    sent = [("spoken", "ar")]
    for number, (row, place) in enumerate(zip(rows, places, strict=True)):
        sent.append((f"principles-{number}-place", str(place)))
        sent += [(f"principles-{number}-text-{lang}", text) for lang, text in row.items()]
    return sent


def test_a_list_is_shown_with_empty_rows_to_fill_in(app: Flask) -> None:
    rows = form_of(app, None, principles=PRINCIPLES)["principles"].rows
    assert [row["texts"] for row in rows] == [*PRINCIPLES, {}, {}]
    assert rows[0]["others"] == {"de": "Gleichheit"}


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ([1, 2, 3], [0, 1, 2]),
        ([3, 2, 3], [1, 2, 0]),
        ([2, 2, 3], [1, 0, 2]),
        ([1, 2, 1], [2, 0, 1]),
        ([1, 1, 3], [1, 0, 2]),
        ([1, "", "x"], [0, 1, 2]),
    ],
)
def test_a_row_goes_to_the_place_that_was_written(
    app: Flask, places: list[object], order: list[int]
) -> None:
    form = form_of(app, sent_rows(PRINCIPLES, places))
    assert form["principles"].data == [PRINCIPLES[number] for number in order]


def test_a_row_is_taken_out_by_emptying_it(app: Flask) -> None:
    emptied = [PRINCIPLES[0], {"ckb": "  "}, PRINCIPLES[2], {"en": ""}]
    form = form_of(app, sent_rows(emptied, [1, 2, 3, 4]), principles=PRINCIPLES)
    assert form["principles"].data == [PRINCIPLES[0], PRINCIPLES[2]]


def test_a_form_without_the_list_leaves_it_alone(app: Flask) -> None:
    form = form_of(app, [("spoken", "ar")], principles=PRINCIPLES)
    assert form["principles"].data == PRINCIPLES


def test_only_texts_in_languages_are_taken(app: Flask) -> None:
    sent = sent_rows([{"ar": "المساواة", "<b>": "x", "": "y"}], [1])
    assert form_of(app, sent)["principles"].data == [{"ar": "المساواة"}]


@pytest.mark.parametrize(
    ("name", "url", "valid"),
    [
        ("المنتدى", "https://forum.example/?a=1", True),
        ("المنتدى", "", True),
        ("", "https://forum.example", False),
        ("المنتدى", "javascript:alert(1)", False),
        ("المنتدى", "forum.example", False),
        ("المنتدى", "https://", False),
    ],
)
def test_an_address_has_a_name_and_is_of_the_web(
    app: Flask, name: str, url: str, valid: bool
) -> None:
    sent = [("spoken", "ar"), ("partners-0-place", "1")]
    sent += [("partners-0-text-ar", name), ("partners-0-url", url)]
    form = form_of(app, sent)
    assert form["partners"].data == [{"name": {"ar": name} if name else {}, "url": url or None}]
    with app.test_request_context("/desk/"):
        assert form.validate() is valid
    assert bool(form["partners"].errors) is not valid


def test_an_address_of_nobody_is_no_address() -> None:
    check_address(None)
    with pytest.raises(ValidationError):
        check_address("ftp://files.example")


@pytest.mark.parametrize(
    ("sent", "languages"),
    [
        (["ar", "", "en"], ["ar", "en"]),
        (["ar", "ar", "ckb"], ["ar", "ckb"]),
        (["ar", "fa, hy"], ["ar", "fa", "hy"]),
        (["ar", "fa، Sorani"], ["ar", "fa", "ckb"]),
    ],
)
def test_languages_are_taken_in_their_order_each_once(
    app: Flask, sent: list[str], languages: list[str]
) -> None:
    form = form_of(app, [("spoken", code) for code in sent])
    assert form["spoken"].data == languages
    with app.test_request_context("/desk/"):
        assert form.validate()


@pytest.mark.parametrize("sent", [["", ""], ["ar", "no language!"]])
def test_what_is_no_language_is_refused_and_kept(app: Flask, sent: list[str]) -> None:
    form = form_of(app, [("spoken", code) for code in sent])
    with app.test_request_context("/desk/"):
        assert not form.validate()
    assert form["spoken"].errors
    assert form["spoken"].unread == ("no language!" if sent[0] else "")


def test_what_others_made_of_a_list_is_told_line_by_line() -> None:
    told = as_lines([{"ar": "المساواة", "en": "<b>"}, {"name": {"ar": "منتدى"}, "url": None}])
    assert told == "المساواة · &lt;b&gt;<br>منتدى"
