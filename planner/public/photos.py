"""Photos of those who agreed to be named: only what a released programme names is sent."""

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from planner.programme.document import Speaker
from planner.programme.published import Published
from planner.public.addresses import way_to
from planner.public.programmes import published_or_404

bp = Blueprint("photos", __name__)
#: A photo has another name when it is another one; but who is named no more should not be kept
#: for a year by what stands between.
_MAX_AGE = 24 * 3600


@dataclass(frozen=True)
class Picture:
    """A photo as a page shows it; width and height in pixels."""

    href: str
    width: int
    height: int


@bp.get("/photos/<event>/<filename>")
def file(event: str, filename: str) -> AnyResponse:
    """Send a photo that the programme names."""
    path = photo_or_404(published_or_404(event), filename)
    response = Response(
        path.read_bytes(),
        content_type="image/jpeg",
        headers=[("Cache-Control", f"public, max-age={_MAX_AGE}, immutable")],
    )
    response.set_etag(path.stem)
    return response.make_conditional(request)


def photo_or_404(published: Published, filename: str) -> Path:
    """Return the file of a photo that a programme names.

    :raises werkzeug.exceptions.NotFound: when it names none like that, or the file is gone.
    """
    if all(speaker.photo != filename for speaker in published.programme.speakers):
        abort(404)
    return _path(filename) or abort(404)


def picture_of(published: Published, speaker: Speaker) -> Picture | None:
    """Return the photo of a speaker who is named, or None when there is none."""
    path = _path(speaker.photo) if speaker.photo else None
    size = _size(path) if path else None
    if path is None or size is None:
        return None
    return Picture(way_to("photos.file", event=published.event.slug, filename=path.name), *size)


def _path(name: str) -> Path | None:
    """Return the file among the uploads that has this name, and no other file."""
    path = Path(current_app.instance_path) / "uploads" / name
    return path if path.name == name and path.is_file() else None


def _size(path: Path) -> tuple[int, int] | None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path, formats=("JPEG",)) as image:
            return image.size
    except (OSError, UnidentifiedImageError):
        return None
