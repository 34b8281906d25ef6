"""Photos: nothing of what was uploaded is kept but the picture."""

import os
import zlib
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from planner.lib.clock import now
from planner.speakers.photos import MOST_OCTETS, PhotoError, forsaken, let_go, re_encoded, store

_SECRET = b"secret-of-the-camera"
_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + _SECRET + b"</x:xmpmeta>"


def picture(width: int = 320, height: int = 200, mode: str = "RGB") -> Image.Image:
    """Return a picture whose upper left corner is red."""
    image = Image.new(mode, (width, height), "blue")
    image.paste(Image.new(mode, (width // 4, height // 4), "red"), (0, 0))
    return image


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return a picture as a file of that kind."""
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def with_everything(kind: str, orientation: int = 1) -> bytes:
    """Return a file that tells where, when and by whom it was made."""
    image = picture()
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = _SECRET.decode()  # the maker of the camera
    exif.get_ifd(0x8825)[1] = "N"  # the place
    exif.get_ifd(0x8825)[2] = (35.0, 33.0, 26.0)
    options: dict[str, object] = {
        "exif": exif.tobytes(),
        "icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    }
    if kind == "JPEG":
        options |= {"comment": _SECRET, "xmp": _XMP}
    elif kind == "PNG":
        notes = PngInfo()
        notes.add_text("Comment", _SECRET.decode())
        notes.add_itxt("XML:com.adobe.xmp", _XMP.decode())
        options["pnginfo"] = notes
    else:
        options["xmp"] = _XMP
    return encoded(image, kind, **options)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_only_the_pixels_are_kept(kind: str) -> None:
    uploaded = with_everything(kind)
    if kind != "PNG":  # which compresses some of it
        assert _SECRET in uploaded
    kept = re_encoded(uploaded)
    for trace in (_SECRET, b"Exif", b"http://ns.adobe.com", b"xmpmeta", b"ICC_PROFILE", b"GPS"):
        assert trace not in kept
    # The segments of a JPEG (ITU T.81, B.1.1.3): none for applications but JFIF's, no comment.
    assert kept.startswith(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    segments = _segments(kept)
    assert not segments & ({0xFE} | set(range(0xE1, 0xF0)))
    with Image.open(BytesIO(kept)) as image:
        assert (image.format, image.mode) == ("JPEG", "RGB")
        assert not image.getexif()
        assert set(image.info) <= {
            *("jfif", "jfif_version", "jfif_unit", "jfif_density"),
            *("progressive", "progression"),
        }


def _segments(content: bytes) -> set[int]:
    """Return the markers of a JPEG up to its pixels."""
    found, place = set(), 2
    while content[place] == 0xFF and content[place + 1] != 0xDA:
        found.add(content[place + 1])
        place += 2 + int.from_bytes(content[place + 2 : place + 4])
    return found


def test_a_photo_is_put_upright_before_it_forgets_how_it_was_held() -> None:
    with Image.open(BytesIO(re_encoded(with_everything("JPEG", orientation=6)))) as image:
        assert image.size == (200, 320)
        red, _, blue = image.getpixel((190, 10))  # type: ignore[misc]
        assert red > 200
        assert blue < 80


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "CMYK", "1", "I;16"])
def test_pictures_of_all_sorts_become_the_same_sort(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.new(mode, (64, 64)) if mode == "I;16" else picture(64, 64).convert(mode)
    with Image.open(BytesIO(re_encoded(encoded(image, kind)))) as kept:
        assert (kept.mode, kept.size) == ("RGB", (64, 64))


def test_what_is_transparent_is_white() -> None:
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    with Image.open(BytesIO(re_encoded(encoded(clear, "PNG")))) as kept:
        assert min(kept.getpixel((20, 20))) > 250  # type: ignore[type-var, arg-type]


def test_large_photos_become_small_and_small_ones_stay() -> None:
    with Image.open(BytesIO(re_encoded(encoded(picture(4000, 3000), "JPEG")))) as image:
        assert image.size == (640, 480)
    with Image.open(BytesIO(re_encoded(encoded(picture(30, 20), "PNG")))) as image:
        assert image.size == (30, 20)


def test_even_noise_is_kept_within_four_hundred_kilobytes() -> None:
    noise = Image.frombytes("RGB", (1000, 1000), os.urandom(3_000_000))
    assert len(re_encoded(encoded(noise, "JPEG", quality=90))) <= 400 * 1024


def bomb(width: int, height: int) -> bytes:
    """Return a small PNG that says it is huge."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        told = kind + content
        return len(content).to_bytes(4, "big") + told + zlib.crc32(told).to_bytes(4, "big")

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    pixels = zlib.compress(bytes(10_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size + b"\x08\x02\x00\x00\x00")
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("uploaded", "why"),
    [
        (b"", "not a photo"),
        (b"GIF89a" + bytes(50), "not a photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not a photo"),
        (b"%PDF-1.7", "not a photo"),
        (encoded(picture(), "GIF"), "not a photo"),
        (encoded(picture(), "TIFF"), "not a photo"),
        (encoded(picture(), "JPEG")[:400], "damaged"),
        (bomb(30_000, 30_000), "24 million"),
        (bomb(10_000, 10_000), "24 million"),
        (bomb(4_900, 4_900), "24 million"),
        (bytes(MOST_OCTETS + 1), "5 MB"),
    ],
    ids=lambda told: told if isinstance(told, str) else str(len(told)),
)
def test_what_is_no_photo_or_too_large_is_refused_in_words(uploaded: bytes, why: str) -> None:
    with pytest.raises(PhotoError, match=why):
        re_encoded(uploaded)


def test_names_tell_nothing_and_repeat_never(tmp_path: Path) -> None:
    names = {store(tmp_path / "uploads", b"the same") for _ in range(20)}
    assert len(names) == 20
    assert all(len(name) == 36 and name.endswith(".jpg") for name in names)
    assert {path.name for path in (tmp_path / "uploads").iterdir()} == names
    assert (tmp_path / "uploads").stat().st_mode & 0o077 == 0


def test_uploads_are_forsaken_when_nothing_has_named_them_for_thirty_days(tmp_path: Path) -> None:
    named, old, fresh, let = (store(tmp_path, b"x") for _ in range(4))
    moment = now()
    for name in (named, old, let):
        os.utime(tmp_path / name, ((moment - timedelta(days=31)).timestamp(),) * 2)
    let_go(tmp_path, let, moment)
    let_go(tmp_path, "nothing.jpg", moment)
    assert forsaken(tmp_path, {named}, moment) == [tmp_path / old]
    assert fresh not in {path.name for path in forsaken(tmp_path, set(), moment)}
    assert forsaken(tmp_path / "nowhere", set(), moment) == []
