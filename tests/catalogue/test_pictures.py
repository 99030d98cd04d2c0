"""A picture at the door: bounded, upright, stripped, and the same upload is one picture."""

import io
import struct
import zlib

import pytest
from PIL import Image
from sqlalchemy import func, select

from shop.catalogue import pictures
from shop.catalogue.models import Picture
from shop.catalogue.pictures import NoPicture, PictureTooLarge, encode, keep, path_of
from shop.core.db import db, transaction

ORIENTATION, GPS, ARTIST = 0x0112, 0x8825, 0x013B
SIDEWAYS = 6  # the top of the scene lies at the right edge of the file


def a_photo(size=(700, 500), kind="JPEG", **settings):
    """Red on its left half, blue on its right."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    out = io.BytesIO()
    image.save(out, kind, **settings)
    return out.getvalue()


def opened(encoded, width=None, kind="webp"):
    return Image.open(io.BytesIO(encoded.files[width or encoded.width, kind]))


def test_it_becomes_avif_and_webp_at_each_width_that_is_not_larger_than_itself():
    encoded = encode(a_photo((700, 500)))
    fitting = [width for width in pictures.WIDTHS if width <= 700]
    assert encoded.widths == fitting
    assert set(encoded.files) == {(width, kind) for width in fitting for kind in ("avif", "webp")}
    assert (encoded.width, encoded.height) == (fitting[-1], round(500 * fitting[-1] / 700))
    for (width, kind), data in encoded.files.items():
        with Image.open(io.BytesIO(data)) as made:
            assert (made.format, made.width) == (kind.upper(), width)


def test_a_small_one_is_never_blown_up():
    encoded = encode(a_photo((100, 50)))
    assert (encoded.widths, encoded.width, encoded.height) == ([100], 100, 50)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_what_cameras_and_phones_send_is_read(kind):
    assert encode(a_photo((330, 200), kind)).width == 320


def test_a_transparent_ground_becomes_white():
    out = io.BytesIO()
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(out, "PNG")
    red, green, blue = opened(encode(out.getvalue())).convert("RGB").getpixel((32, 32))
    assert min(red, green, blue) > 250


def test_nothing_of_camera_place_or_owner_travels_on():
    exif = Image.Exif()
    exif[ARTIST] = "Nguyễn Văn Bí Mật"
    exif[GPS] = {1: "N", 2: (21.0, 1.0, 2.0)}
    encoded = encode(a_photo(exif=exif, comment=b"secret comment"))
    for width, kind in encoded.files:
        made = opened(encoded, width, kind)
        assert dict(made.getexif()) == {}
        assert not {"exif", "xmp", "comment"} & set(made.info)
        assert b"secret" not in encoded.files[width, kind]


def test_a_photo_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = SIDEWAYS
    encoded = encode(a_photo((700, 500), exif=exif))
    assert encoded.height > encoded.width
    made = opened(encoded).convert("RGB")
    top, bottom = made.getpixel((made.width // 2, 5)), made.getpixel((made.width // 2, made.height - 5))
    assert top[0] > 200 > 50 > top[2], "red was left, turned clockwise it is on top"
    assert bottom[2] > 200 > 50 > bottom[0]


def a_bomb(width, height):
    """A PNG of a few bytes that claims to be enormous."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(("width", "height"), [(8_000, 8_000), (20_000, 20_000), (60_000, 60_000), (40_000_001, 1)])
def test_a_bomb_is_refused_before_it_is_decoded(width, height):
    with pytest.raises(PictureTooLarge):
        encode(a_bomb(width, height))


def test_too_many_bytes_are_refused_unread():
    with pytest.raises(PictureTooLarge):
        encode(b"\xff" * (pictures.MOST_BYTES + 1))


GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"\xff\xd8\xff\xe0 a JPEG only by its first bytes",
        a_photo()[:2_000],
        a_photo(kind="PNG")[:-900],
        GIF,
    ],
    ids=["nothing", "svg", "pdf", "only the head", "cut jpeg", "cut png", "gif"],
)
def test_what_is_no_picture_gets_a_sentence(data):
    with pytest.raises(NoPicture):
        encode(data)


@pytest.mark.both
def test_the_same_upload_is_one_picture_and_its_files_are_whole(app, tmp_path):
    encoded = encode(a_photo((64, 48)))
    with transaction():
        first = keep(encoded, tmp_path)
    with transaction():
        second = keep(encode(a_photo((64, 48))), tmp_path)
    assert first.id == second.id
    assert db.session.scalar(select(func.count()).select_from(Picture)) == 1
    db.session.expire_all()
    assert first.widths == [64]
    for (width, kind), data in encoded.files.items():
        assert (tmp_path / path_of(encoded.digest, width, kind)).read_bytes() == data
    assert list(tmp_path.rglob("*.part")) == []


def test_its_mean_colour_stands_in_while_it_loads():
    out = io.BytesIO()
    Image.new("RGB", (32, 32), "#204080").save(out, "PNG")
    assert encode(out.getvalue()).colour == "#204080"
