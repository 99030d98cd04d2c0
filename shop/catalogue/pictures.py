"""Pictures at the door: bounded before decoding, turned upright, stripped, re-encoded at fixed widths."""

from __future__ import annotations

import hashlib
import io
import os
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import select

from shop.catalogue.models import Picture
from shop.core.db import db
from shop.core.refusal import N_, Refusal

WIDTHS = (320, 480, 720, 1080)
MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 40_000_000
READ = ("JPEG", "PNG", "WEBP", "AVIF")
FORMATS = ("avif", "webp")


class NoPicture(Refusal):
    sentence = N_("This file is not a picture we can read. Please send a JPEG, PNG, WebP or AVIF.")
    field = "picture"


class PictureTooLarge(Refusal):
    sentence = N_("This picture is too large: at most 15 MB and 40 megapixels.")
    field = "picture"


@dataclass(frozen=True)
class Encoded:
    """One upload, re-encoded: files by (width, format), without EXIF, GPS or any other passenger."""

    digest: str
    width: int
    height: int
    colour: str
    files: dict[tuple[int, str], bytes]

    @property
    def widths(self) -> list[int]:
        return sorted({width for width, _ in self.files})


def encode(data: bytes, *, avif_speed: int = 7) -> Encoded:
    """Reads an upload and makes its files. Raises NoPicture or PictureTooLarge; touches neither disk nor database."""
    if len(data) > MOST_BYTES:
        raise PictureTooLarge()
    image = _upright(data)
    files: dict[tuple[int, str], bytes] = {}
    widths = [width for width in WIDTHS if width <= image.width] or [image.width]
    for width in widths:
        small = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
        files[width, "avif"] = _saved(small, "AVIF", quality=60, speed=avif_speed)
        files[width, "webp"] = _saved(small, "WEBP", quality=80, method=3)
    red, green, blue = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
    height = round(image.height * widths[-1] / image.width)
    return Encoded(hashlib.sha256(data).hexdigest(), widths[-1], height, f"#{red:02x}{green:02x}{blue:02x}", files)


def keep(encoded: Encoded, media: Path) -> Picture:
    """Writes the files (each whole or not at all) and answers the picture's row; the same upload is one picture."""
    known = db.session.scalar(select(Picture).where(Picture.digest == encoded.digest))
    for (width, kind), data in encoded.files.items():
        _write(media / path_of(encoded.digest, width, kind), data)
    if known is not None:
        return known
    picture = Picture(
        digest=encoded.digest,
        width=encoded.width,
        height=encoded.height,
        widths=encoded.widths,
        colour=encoded.colour,
    )
    db.session.add(picture)
    return picture


def path_of(digest: str, width: int, kind: str) -> str:
    return f"{digest[:2]}/{digest[2:24]}-{width}.{kind}"


def _upright(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=READ) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise PictureTooLarge()
                turned = ImageOps.exif_transpose(image).convert("RGBA")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise PictureTooLarge() from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise NoPicture() from error
    # Pasted into a new image: whatever travelled with the old one stays behind.
    clean = Image.new("RGB", turned.size, "white")
    clean.paste(turned, mask=turned.getchannel("A"))
    return clean


def _saved(image: Image.Image, kind: str, **settings: int) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **settings)
    return out.getvalue()


def _write(file: Path, data: bytes) -> None:
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    with part.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)
