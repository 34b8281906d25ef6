"""Changing one's own account."""

from planner.accounts.models import User
from planner.accounts.operations import end_all, put_password
from planner.accounts.passwords import hashed
from planner.accounts.second_factor import disable
from planner.database import write_tx
from planner.notices.models import NoticeKind
from planner.notices.operations import put


def set_profile(user: User, *, name: str, language: str) -> None:
    """Say what one is called, and in which language the desk speaks."""
    with write_tx():
        user.name, user.language = name, language


def change_password(user: User, password: str, language: str) -> None:
    """Change the password, sign out everywhere, and say so by mail."""
    password_hash = hashed(password)
    with write_tx() as database:
        put_password(database, user, password_hash)
        put(database, NoticeKind.PASSWORD, user, language)


def remove_second_factor(user: User, language: str) -> None:
    """Ask for no code any more, and say so by mail."""
    with write_tx() as database:
        disable(database, user)
        put(database, NoticeKind.SECOND_FACTOR, user, language)


def sign_out_everywhere(user: User) -> None:
    """End all sessions of an account."""
    with write_tx() as database:
        end_all(database, user)
