"""The extensions, as objects without an application."""

from flask import abort, request
from flask_babel import Babel
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import MetaData


class _Protection(CSRFProtect):  # type: ignore[misc]
    """Protection of what changes something, which costs readers nothing."""

    def protect(self, apply_exemptions: bool = False) -> None:
        """Check the token of a request, unless its method is a safe one (RFC 9110, 9.2.1).

        :raises 403: when the browser says that a page of another site sent it to the desk.
        """
        if request.method in _SAFE:
            return
        if request.path.startswith("/desk/") and request.headers.get(_ORIGIN) == "cross-site":
            abort(403)
        super().protect(apply_exemptions)


#: Older browsers send none, and then the token decides alone.
_ORIGIN = "Sec-Fetch-Site"
_SAFE = {"GET", "HEAD", "OPTIONS"}
#: Names for all constraints, so that migrations can speak of them on every database.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
db = SQLAlchemy(metadata=metadata)
migrate = Migrate(render_as_batch=True, compare_type=True)
babel = Babel()
csrf = _Protection()
