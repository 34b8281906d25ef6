"""Files for other programs, and the documents that describe them."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from planner.formats import api, schedule_json, schedule_xml, spreadsheet
from planner.i18n.interface import speaking
from planner.programme.published import Published
from planner.public.delivery import deliver
from planner.public.headers import Prepared
from planner.public.programmes import EVENT_ADDRESS, published_or_404

bp = Blueprint("exchange", __name__)
_JSON = "application/json; charset=utf-8"
_ORIGIN = "Access-Control-Allow-Origin"
#: Scripts of other sites may read this, and what names its state (Fetch Standard, 3.3).
_OPEN = (
    (_ORIGIN, "*"),
    ("Access-Control-Expose-Headers", "ETag, Last-Modified"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
)
#: What browsers ask for before a script of another site asks with these.
_CONDITIONAL = (
    ("Access-Control-Allow-Methods", "GET, HEAD"),
    ("Access-Control-Allow-Headers", "If-None-Match, If-Modified-Since"),
    ("Access-Control-Max-Age", "86400"),
)
_MAX_AGE = 300


@bp.get("/<event>/schedule.xml")
def xml(event: str) -> Response:
    """Send the programme as schedule.xml, which other schedule programs read."""
    return _send(event, schedule_xml.document, "application/xml; charset=utf-8")


@bp.get("/<event>/schedule.json")
def json(event: str) -> Response:
    """Send the programme as schedule.json."""
    return _send(event, schedule_json.document, _JSON)


@bp.get("/api/v1/events/<event>/programme")
def document(event: str) -> Response:
    """Send the programme document itself."""
    return _send(event, api.programme_document, _JSON)


@bp.get(f"{EVENT_ADDRESS}/programme.csv")
def csv(lang: str, event: str) -> Response:
    """Send the programme as a table for spreadsheets."""

    def make(published: Published, base_url: str) -> bytes:
        with speaking(lang):
            return spreadsheet.csv_document(published, lang, base_url)

    name = ("Content-Disposition", f'attachment; filename="{event}-{lang}.csv"')
    return _send(event, make, "text/csv; charset=utf-8", (name,))


@bp.get("/api/v1/schema")
def schema() -> AnyResponse:
    """Send the JSON Schema of the programme document."""
    return _constant(api.schema(), "application/schema+json")


@bp.get("/api/v1/openapi.json")
def openapi() -> AnyResponse:
    """Send the OpenAPI description of these addresses."""
    return _constant(api.openapi(current_app.config["BASE_URL"]), _JSON)


@bp.after_request
def _let_others_read(response: Response) -> Response:
    """Let scripts of other sites ask conditionally, and read why nothing came."""
    if request.method == "OPTIONS":
        response.headers.extend(_CONDITIONAL)
    if not isinstance(response, Prepared) and _ORIGIN not in response.headers:
        response.headers[_ORIGIN] = "*"
    return response


def _send(
    event: str,
    make: Callable[[Published, str], bytes],
    content_type: str,
    headers: tuple[tuple[str, str], ...] = (),
) -> Response:
    published = published_or_404(event)
    return deliver(
        published,
        partial(make, published, current_app.config["BASE_URL"]),
        content_type=content_type,
        headers=(*_OPEN, *headers),
        max_age=_MAX_AGE,
    )


def _constant(body: bytes, content_type: str) -> AnyResponse:
    response = Response(body, content_type=content_type)
    response.headers.extend(_OPEN)
    response.headers["Cache-Control"] = f"public, max-age={_MAX_AGE}"
    response.add_etag()
    return response.make_conditional(request)
