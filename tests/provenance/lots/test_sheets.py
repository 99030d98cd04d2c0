"""Label sheets: what is printed is read by a scanner, tilted and blurred, and by people with every Vietnamese mark."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from unicodedata import normalize
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import segno
from PIL import Image, ImageDraw

from shop.core.languages import Texts
from shop.provenance import gs1
from shop.provenance.gs1 import DigitalLink
from shop.provenance.lots import faces as laying
from shop.provenance.lots import sheets
from shop.provenance.lots.faces import CodeTooLarge, Face, faces, lay_out, product_code
from shop.provenance.lots.lettering import lettering
from tests.factories import a_producer, a_product
from tests.provenance.lots.making import a_lot, labels
from tests.provenance.lots.optics import pages, photographed, printed, scanned, texts

ORIGIN = "https://phonghe.example"
NAME = "Nước mắm cá cơm Cát Hải ủ chượp"
ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def a_face(number=1, **fields):
    link = DigitalLink(gs1.demo(7), lot="L26A", serial=f"7KQ2M9XD{number:02d}")
    told = {
        "address": link.for_qr(ORIGIN),
        "readable": link.readable,
        "host": "phonghe.example",
        "name": NAME,
        "producer": "Hợp tác xã chế biến thủy sản (mẫu)",
        "lot": "L26A",
        "made_on": date(2026, 3, 1),
        "expires_on": date(2028, 2, 28),
        **fields,
    }
    return Face(**told)


def said(face):
    return [words.text for words in lay_out(face).words]


def link_in(text):
    """The Digital Link a scanner read, as the resolver will read it."""
    assert text.startswith("HTTPS://PHONGHE.EXAMPLE/01/"), text
    return gs1.parse(urlsplit(text).path)


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_the_typeface_has_every_letter_of_vietnamese(weight):
    letters = lettering(weight)
    wanted = ALPHABET + "".join(
        normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in TONES
    )
    assert len(wanted) > 170
    assert ".notdef" not in {name for name, _ in letters.letters(wanted + "0123456789()/.:-…°%")}
    outlines = {letters.outline(name) for name, _ in letters.letters(wanted)}
    assert len(outlines) == len(set(wanted)), "no letter loses its mark"


def test_text_typed_in_parts_is_set_like_text_typed_in_one():
    letters = lettering("regular")
    assert letters.letters(normalize("NFD", NAME)) == letters.letters(NAME)


def test_a_code_has_its_error_level_quiet_zone_and_module_size():
    code = lay_out(a_face()).code
    drawn = segno.make(a_face().address, error="q", micro=False)
    assert drawn.error in ("Q", "H") and drawn.mode == "alphanumeric"
    assert code.module >= 0.5
    assert code.modules == len(drawn.matrix) <= 37
    assert sum(length for _, _, length in code.runs) == sum(map(sum, drawn.matrix))
    assert code.side == pytest.approx((code.modules + 8) * code.module)
    assert min(code.x, code.y) >= 4 * code.module + 1


def test_nothing_but_white_lies_in_the_quiet_zone():
    layout = lay_out(a_face(pin="7KQ2M9XD"))
    clear = layout.code.x + (layout.code.modules + 4) * layout.code.module
    for words in layout.words:
        beside, under = words.x >= clear, words.y - words.size >= clear - 0.01
        assert beside or under, words
    assert layout.pin_box and layout.pin_box[0] >= clear


def test_everything_stands_on_the_label():
    for face in (a_face(), a_face(pin="7KQ2M9XD"), a_face(name="x" * 90, producer="Y" * 90, lot="L" * 20)):
        layout = lay_out(face)
        for words in layout.words:
            assert words.x + lettering(words.weight).width(words.text, words.size) <= laying.WIDTH - 2
            assert 2 < words.y < laying.HEIGHT - 1.5
        baselines = sorted({words.y for words in layout.words if words.x < 10})
        assert min(low - high for high, low in pairwise(baselines)) >= 2.9


def test_people_read_the_numbers_the_goods_and_where_to_look_them_up():
    words = said(a_face())
    assert f"(01){gs1.demo(7)} (10)L26A (21)7KQ2M9XD01" in words
    assert {"Lô L26A", "NSX 01/03/2026", "HSD 28/02/2028", "Kiểm tra tại phonghe.example"} <= set(words)
    assert " ".join(words).startswith(NAME)
    assert not any("sao" in one or "★" in one or "thật" in one for one in words), "no stars, no promise"


def test_goods_that_do_not_expire_have_no_such_line():
    assert not any(words.startswith("HSD") for words in said(a_face(expires_on=None)))


def test_long_names_end_in_an_ellipsis_and_long_addresses_are_broken_not_cut():
    assert said(a_face(name="Rất " * 40))[1].endswith("…")
    long = f"phonghe.example/p/{'mot-ten-rat-dai-' * 4}1 7KQ2M9XD01"
    lines = said(a_face(readable=long))
    at = next(i for i, line in enumerate(lines) if line.startswith("phonghe.example/p"))
    assert "".join(lines[at : at + 2]).replace(" ", "") == long.replace(" ", "")


def test_an_address_too_long_for_a_readable_code_is_refused():
    with pytest.raises(CodeTooLarge):
        lay_out(a_face(address=f"{ORIGIN}/p/{'x' * 120}?serial=7KQ2M9XDAB"))


@pytest.mark.parametrize("tilt", [0, 7, -7, 90, 183])
@pytest.mark.parametrize("blur", [0, 1, 2])
def test_a_label_held_askew_and_blurred_is_read(tilt, blur):
    picture = photographed(printed(sheets.svg(a_face())), tilt=tilt, blur=blur)
    (text,) = scanned(picture)
    assert link_in(text) == DigitalLink(gs1.demo(7), lot="L26A", serial="7KQ2M9XD01")


def test_a_label_printed_small_by_a_poor_printer_is_read():
    picture = photographed(printed(sheets.svg(a_face()), dpi=150), tilt=7, blur=1)
    assert scanned(picture) == [a_face().address]


def test_a_stained_label_is_read():
    """A tenth of the code is covered: error level Q bears a quarter of the words lost."""
    picture = printed(sheets.svg(a_face()))
    code = lay_out(a_face()).code
    dots = 300 / 25.4
    left, top = (code.x + 9 * code.module) * dots, (code.y + 9 * code.module) * dots
    side = code.modules * code.module * dots * 0.3
    ImageDraw.Draw(picture).ellipse((left, top, left + side, top + side), fill=128)
    assert scanned(picture) == [a_face().address]


def test_every_label_of_a_sheet_is_read_tilted_and_blurred():
    made = [a_face(number) for number in range(21)]
    picture = photographed(printed(sheets.sheet(made), dpi=200))
    assert scanned(picture) == sorted(face.address for face in made)


def test_every_label_of_a_pdf_is_read_tilted_and_blurred():
    made = [a_face(number) for number in range(25)]
    first, second = pages(sheets.pdf(made), dpi=200)
    assert scanned(photographed(first)) == sorted(face.address for face in made[:21])
    assert scanned(photographed(second)) == sorted(face.address for face in made[21:])


def test_the_text_of_a_pdf_is_vietnamese_that_can_be_searched():
    (text,) = texts(sheets.pdf([a_face()]))
    plain = " ".join(text.split())
    for words in (NAME.split(" ủ")[0], "Hợp tác xã chế biến thủy sản", "Lô L26A", "HSD 28/02/2028", "Kiểm tra tại"):
        assert words in plain
    assert f"(01){gs1.demo(7)} (10)L26A (21)7KQ2M9XD01" in plain


def test_both_kinds_of_sheet_look_the_same():
    """The letters too: of two drawings from two programs hardly a dot differs by more than its edge."""
    made = [a_face(number, pin="7KQ2M9XD" if number % 2 else "") for number in range(6)]
    paper, screen = pages(sheets.pdf(made), dpi=200)[0], printed(sheets.sheet(made), dpi=200)
    size = (paper.width // 4, paper.height // 4)
    one, other = (picture.resize(size, Image.Resampling.BOX) for picture in (paper, screen))
    differing = sum(abs(a - b) > 80 for a, b in zip(one.tobytes(), other.tobytes(), strict=True))
    assert differing < size[0] * size[1] // 5_000


def test_marks_are_really_drawn():
    """Where the letters with marks and the bare ones differ, ink stands."""
    marked, bare = (printed(sheets.svg(a_face(name=name))) for name in ("Hộ Mễ Ủ", "Ho Me U"))
    ink = [sum(dot < 128 for dot in picture.tobytes()) for picture in (marked, bare)]
    assert ink[0] > ink[1] + 100


def test_an_svg_is_sound_says_what_it_shows_and_fetches_nothing():
    drawn = sheets.svg(a_face(name='<Bình> & "gốm"', lot="A&B"))
    root = ElementTree.fromstring(drawn)
    assert root.get("width") == "70mm" and root.get("role") == "img" and "(01)" in root.get("aria-label", "")
    assert not re.search(r"<(script|style|text|image|foreignObject)|style=|font-family|http(?!://www.w3.org)", drawn)
    ids = {one.get("id") for one in root.iter() if one.get("id")}
    used = {one.get("href", "")[1:] for one in root.iter() if one.tag.endswith("use")}
    assert used == ids


def test_a_sheet_holds_21_and_more_pages_follow():
    made = [a_face(number) for number in range(50)]
    assert len(ElementTree.fromstring(sheets.sheet(made)).findall("{http://www.w3.org/2000/svg}g")) == 21
    assert len(pages(sheets.pdf(made), dpi=20)) == 3


@pytest.mark.usefixtures("app")
class TestOfALot:
    def test_its_labels_say_its_gtin_lot_and_serial(self):
        lot = a_lot(a_product(name=Texts(vi=NAME, en="Fish sauce")), number="L26A", expires_on=date(2030, 1, 1))
        issued = labels(lot, 3, with_pins=True)
        made = faces(lot, issued.serials, origin=ORIGIN, pins=issued.pins)
        for face, serial in zip(made, issued.serials, strict=True):
            assert link_in(face.address) == DigitalLink(lot.gtin, lot="L26A", serial=serial)
            assert (face.name, face.pin, face.expires_on) == (NAME, issued.pins[serial], date(2030, 1, 1))
            assert f"PIN {issued.pins[serial]}" in said(face)
        assert not any(words.startswith("PIN") for words in said(replace(made[0], pin="")))

    def test_a_producer_without_a_gs1_number_gets_a_plain_code_and_no_gtin(self):
        product = a_product(producer=a_producer(name="Hộ ông Mẫu"), slug="non-la-lang-chuong")
        lot = a_lot(product, gtin="")
        (face,) = faces(lot, ["7KQ2M9XDAB"], origin=ORIGIN)
        assert face.address == f"{ORIGIN}/p/non-la-lang-chuong?serial=7KQ2M9XDAB"
        assert "/01/" not in face.address and "(01)" not in face.readable
        assert scanned(photographed(printed(sheets.svg(face)))) == [face.address]
        assert "".join(said(face)).count("non-la-lang-chuong") == 1


def test_the_plain_code_of_a_product():
    assert product_code(ORIGIN, "non-la") == f"{ORIGIN}/p/non-la"
