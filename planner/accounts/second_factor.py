"""The second factor: codes of an authenticator app (RFC 6238), and recovery codes on paper.

Flask-Security keeps the secret encrypted and compares codes. That none works twice is ours: the
step of time of the last code is kept with the account, and compared as it is written.
"""

import secrets
import unicodedata

from flask import current_app
from flask_security import Totp, UserMixin
from passlib.exc import TokenError, UsedTokenError
from passlib.totp import TotpMatch
from sqlalchemy import or_, update
from sqlalchemy.orm import Session as DatabaseSession

from planner.accounts.keys import sealed
from planner.accounts.models import Login, User
from planner.database import write_tx
from planner.lib.codes import ALPHABET

#: Seconds by which the clock of a phone may be wrong.
WINDOW = 30
_RECOVERY_CODES = 10
_GROUPS, _LENGTH = 3, 4


class Codes(Totp):
    """Codes of authenticator apps, each of which works once."""

    def get_last_counter(self, user: UserMixin) -> int | None:
        """Return the step of the code that was taken last."""
        return user.totp_step if isinstance(user, User) else None

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        """Keep the step of a code that is taken.

        :raises passlib.exc.UsedTokenError: when it was taken by another request meanwhile.
        """
        with write_tx() as database:
            taken = database.execute(
                update(User)
                .where(
                    User.id == user.id,
                    or_(User.totp_step.is_(None), User.totp_step < tmatch.counter),
                )
                .values(totp_step=tmatch.counter)
                .returning(User.id)
            ).first()
        if taken is None:
            raise UsedTokenError


def _codes() -> Codes:
    codes: Codes = current_app.extensions["planner.codes"]
    return codes


def new_secret() -> str:
    """Return a new secret, encrypted."""
    return _codes().generate_totp_secret()


def key_of(secret: str) -> str:
    """Return a secret as one types it, in groups of letters and digits."""
    return _codes().get_totp_pretty_key(secret)


def address_of(secret: str, user: User) -> str:
    """Return the address that an authenticator app reads from the QR code."""
    return _codes().get_totp_uri(user.email, secret)


def takes(user: User, typed: str, secret: str | None = None) -> bool:
    """Tell whether a code is right, and let it never be right again.

    ``secret`` is one that is being set up; without it, that of the account.
    """
    try:
        return _codes().verify_totp(
            _digits(typed), secret or user.totp_secret or "", user, window=WINDOW
        )
    except (TokenError, ValueError, TypeError, KeyError):
        return False  # no code at all, or a secret from before the application's was changed


def _digits(typed: str) -> str:
    """Return what was typed with Latin digits and nothing else."""
    found = (unicodedata.decimal(character, None) for character in typed)
    return "".join(str(digit) for digit in found if digit is not None)


def enable(user: User, secret: str, login_id: int | None) -> list[str]:
    """Ask for codes of a secret from now on; return recovery codes, which are told only now.

    The browser counts as one in which a code was given.
    """
    codes, kept = _new_recovery_codes()
    with write_tx() as database:
        user.totp_secret = secret
        user.recovery_codes = kept
        database.execute(update(Login).where(Login.id == login_id).values(second_factor=True))
    return codes


def disable(database: DatabaseSession, user: User) -> None:
    """Ask for no code any more, within a transaction."""
    user.totp_secret, user.totp_step, user.recovery_codes = None, None, []
    database.execute(update(Login).where(Login.user_id == user.id).values(second_factor=False))


def renew_recovery_codes(user: User) -> list[str]:
    """Replace the recovery codes; return the new ones, which are told only now."""
    codes, kept = _new_recovery_codes()
    with write_tx():
        user.recovery_codes = kept
    return codes


def take_recovery_code(user_id: int, typed: str) -> bool:
    """Tell whether a recovery code is right, and let it never be right again."""
    seal = _sealed(typed)
    with write_tx() as database:
        user = database.get_one(User, user_id, with_for_update=True)
        if seal not in user.recovery_codes:
            return False
        user.recovery_codes = [kept for kept in user.recovery_codes if kept != seal]
        return True


def note_second_factor(login_id: int) -> None:
    """Let a browser count as one in which a code was given."""
    with write_tx() as database:
        database.execute(update(Login).where(Login.id == login_id).values(second_factor=True))


def _new_recovery_codes() -> tuple[list[str], list[str]]:
    codes = [
        "-".join("".join(secrets.choice(ALPHABET) for _ in range(_LENGTH)) for _ in range(_GROUPS))
        for _ in range(_RECOVERY_CODES)
    ]
    return codes, [_sealed(code) for code in codes]


def _sealed(typed: str) -> str:
    plain = unicodedata.normalize("NFKC", typed).upper()
    letters = (str(unicodedata.decimal(each, each)) for each in plain)
    return sealed("recovery codes", "".join(each for each in letters if each in ALPHABET))
