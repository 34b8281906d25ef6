"""Sessions of the browser: readers have none, and pay nothing for those of organizers."""

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

#: Only addresses that begin so read a session or set its cookie. What caches may keep must carry
#: no cookie, also when an organizer asks for it.
_PRIVATE = "/desk/"


class BroughtSessions(SecureCookieSessionInterface):
    """Flask's signed cookies, for private addresses only."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session that the cookie holds; an empty one where none may be read."""
        if _is_public(request) or "HTTP_COOKIE" not in request.environ:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie where it may be."""
        if not _is_public(request):
            super().save_session(app, session, response)


def _is_public(asked: Request) -> bool:
    path: str = asked.environ["PATH_INFO"]
    return not path.startswith(_PRIVATE)
