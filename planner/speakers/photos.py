"""Photos of speakers: made anew from what was uploaded, so that nothing but the picture is kept.

Phones write the place, the hour and their own number into photos. What is stored is a new image
with the pixels only, under a random name.
"""

import os
import secrets
from collections.abc import Collection
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from planner.i18n.labels import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

#: What may be uploaded, in octets, and what of it is kept.
MOST_OCTETS = 5 * 1024 * 1024
_MOST_PIXELS = 24_000_000
_FORMATS = ("JPEG", "PNG", "WEBP")
_BOX = (640, 640)
_MOST_KEPT = 400 * 1024
_QUALITIES = (84, 74, 62, 50)
#: Uploads that nothing names any more are kept so long, for who undoes what replaced them.
KEPT = timedelta(days=30)


class PhotoError(ValueError):
    """What was uploaded cannot be a photo; the message is a msgid that says why."""


def re_encoded(uploaded: bytes) -> bytes:
    """Return a picture as JPEG, at most 640 pixels wide and high, without anything but the pixels.

    :raises PhotoError: when it is none, or too large.
    """
    if len(uploaded) > MOST_OCTETS:
        raise PhotoError(N_("The photo is larger than 5 MB."))
    with _opened(uploaded) as image:
        picture = _drawn_anew(image)
    for quality in _QUALITIES:
        kept = BytesIO()
        picture.save(kept, "JPEG", quality=quality, optimize=True, progressive=True)
        if kept.tell() <= _MOST_KEPT:
            break
    return kept.getvalue()


@contextmanager
def _opened(uploaded: bytes) -> "Iterator[Image]":
    from PIL import Image, UnidentifiedImageError

    try:
        image = Image.open(BytesIO(uploaded), formats=_FORMATS)
        # The size is known from the header: nothing was unpacked yet.
        if image.width * image.height > _MOST_PIXELS:
            raise PhotoError(N_("The photo has more than 24 million pixels."))
        image.draft("RGB", (_BOX[0] * 2, _BOX[1] * 2))
        image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PhotoError(N_("The photo has more than 24 million pixels.")) from None
    except UnidentifiedImageError:
        raise PhotoError(N_("This is not a photo in JPEG, PNG or WebP.")) from None
    except (OSError, SyntaxError, ValueError) as error:
        if isinstance(error, PhotoError):
            raise
        raise PhotoError(N_("This photo is damaged.")) from None
    with image:
        yield image


def _drawn_anew(image: "Image") -> "Image":
    from PIL import Image, ImageOps

    upright = _in_usual_colours(ImageOps.exif_transpose(image) or image)
    upright.thumbnail(_BOX, Image.Resampling.LANCZOS)
    picture = Image.new("RGB", upright.size, "white")
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        picture.paste(layer, mask=layer)
    else:
        picture.paste(upright.convert("RGB"))
    return picture


def _in_usual_colours(image: "Image") -> "Image":
    """Return an image in the colours that every screen assumes, where it names others."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "CMYK", "L"}:
        return image
    try:
        usual = ImageCms.createProfile("sRGB")
        drawn = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(BytesIO(profile)), usual, outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return drawn or image


def store(folder: Path, picture: bytes) -> str:
    """Put a picture among the uploads and return its random name."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{secrets.token_hex(16)}.jpg"
    draft = folder / f"{name}.draft"
    draft.write_bytes(picture)
    draft.replace(folder / name)
    return name


def forsaken(folder: Path, named: Collection[str], now: datetime) -> list[Path]:
    """Return the uploads that nothing names, and nothing has named for thirty days.

    ``named`` are the names in use; ``now`` is aware.
    """
    if not folder.is_dir():
        return []
    limit = (now - KEPT).astimezone(UTC).timestamp()
    return [
        path
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name not in named and path.stat().st_mtime < limit
    ]


def let_go(folder: Path, name: str, now: datetime) -> None:
    """Begin to count the days of an upload that its speaker names no more."""
    path = folder / name
    if path.is_file():
        moment = now.timestamp()
        os.utime(path, (moment, moment))
