"""Sessions of the browser: readers have none, and pay nothing for those of organizers."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface


class BroughtSessions(SecureCookieSessionInterface):
    """Flask's signed cookies, whose reader is made only for requests that bring a cookie."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session that the cookie holds, or an empty one."""
        if "HTTP_COOKIE" not in request.environ:
            return self.session_class()
        return super().open_session(app, request)
