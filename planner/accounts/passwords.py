"""Passwords: how they are kept, which are refused, and comparing one without telling who exists."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from flask import current_app
from flask_babel import gettext, ngettext
from flask_security import hash_password

from planner.accounts.models import User
from planner.accounts.queries import user_by_email
from planner.lib.text import fold

SHORTEST = 14
#: Nobody types more, and hashing more would cost us.
LONGEST = 256
#: argon2id with 64 MiB, so that guessing at a stolen database is slow on any machine.
HASHING = {
    "argon2__type": "ID",
    "argon2__memory_cost": 64 * 1024,
    "argon2__time_cost": 3,
    "argon2__parallelism": 1,
}
#: Letters that must be left once words that everybody tries are taken out.
_LEFT = 6
_NO_LETTER = re.compile(r"[\W\d_]+")
#: What is typed in the place of letters, as everybody does.
_DISGUISES = str.maketrans("@430!15$7", "aaeoiisst")


def problems(password: str, *own: str) -> list[str]:
    """Return what is wrong with a new password, in the language spoken now.

    ``own`` is what others know of who chooses it: an address, a name.
    """
    # Letters with marks count as one, however they are typed.
    if len(unicodedata.normalize("NFC", password)) < SHORTEST:
        return [
            ngettext(
                "Use %(num)d character or more. Several words are easy to remember.",
                "Use %(num)d characters or more. Several words are easy to remember.",
                SHORTEST,
            )
        ]
    if len(password) > LONGEST:
        return [gettext("This is too long.")]
    if is_common(password, *own):
        return [gettext("This is among the first that others would try. Use several words.")]
    return []


def is_common(password: str, *own: str) -> bool:
    """Tell whether hardly anything is left of a password without words that everybody tries."""
    known = {part for text in own for part in fold(text).split() if len(part) > 2}
    words = sorted(_common_words() | known, key=len, reverse=True)
    return any(_is_poor(fold(form), words) for form in (password, password.translate(_DISGUISES)))


def _is_poor(left: str, words: Sequence[str]) -> bool:
    for word in words:
        left = left.replace(word, " ")
    letters = "".join(dict.fromkeys(_NO_LETTER.sub(" ", left).split()))
    return len(letters) < _LEFT or len(set(letters)) < _LEFT - 1


@cache
def _common_words() -> frozenset[str]:
    written = Path(__file__).with_name("common-words.txt").read_text(encoding="utf-8")
    return frozenset(fold(written).split())


def user_with_password(email: str, password: str) -> User | None:
    """Return the account that an address and a password open, or None.

    It costs the same whether there is such an account or not. A hash that was made with less
    effort than now is made anew.
    """
    normal = normalized(password)
    user = user_by_email(email)
    if user is None or not user.password or not user.active:
        hash_password(normal)
        return None
    return user if user.verify_and_update_password(normal) else None


def is_password_of(user: User, password: str) -> bool:
    """Tell whether a password is that of somebody who is signed in."""
    return bool(user.password) and user.verify_and_update_password(normalized(password))


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    return hash_password(normalized(password))


def normalized(password: str) -> str:
    """Return a password in the form that is hashed, however its letters were typed."""
    return str(current_app.extensions["security"].password_util.normalize(password))
