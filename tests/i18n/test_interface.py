"""Speaking a language for a while."""

import pytest
from flask import Flask
from flask_babel import get_locale

from planner.i18n.interface import current_locale, speaking


def test_a_language_is_spoken_until_the_end_of_the_block(app: Flask) -> None:
    with speaking("ar"):
        assert current_locale() == "ar_IQ"
        with speaking("ckb"):
            assert current_locale() == "ckb_IQ"
            assert str(get_locale()) == "ckb_IQ"
        assert current_locale() == "ar_IQ"
        assert str(get_locale()) == "ar_IQ"
    assert current_locale() == "en_GB"


def test_an_error_ends_the_speaking_too(app: Flask) -> None:
    def fail() -> None:
        with speaking("ar"):
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert current_locale() == "en_GB"
