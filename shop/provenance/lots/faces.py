"""What stands on a label and where: the code with its quiet zone, under it the numbers for people, beside it the goods.

Labels speak Vietnamese whatever language the page had that asked for them: goods sold in Vietnam must (Decree
43/2017/NĐ-CP, article 7). They say what the goods are, never that they are genuine, and bear no stars: those may end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import segno

from shop.core.refusal import N_, Refusal
from shop.provenance.gs1 import DigitalLink
from shop.provenance.lots.lettering import lettering
from shop.provenance.lots.models import Lot

WIDTH, HEIGHT = 70.0, 42.3  # mm: 21 labels on A4, a size that is sold ready cut
EDGE = 2.5
START = 1.5  # where the code's quiet zone begins
PIN_BOX = 6.0  # mm high, to be covered by whatever hides the PIN
QUIET = 4  # modules of white around the code (ISO/IEC 18004)
SMALLEST, LARGEST = 0.5, 0.75  # mm of a module: a phone reads no smaller one surely from a curved bottle
CODE = 31.0  # mm the code may take with its quiet zone


class CodeTooLarge(Refusal):
    sentence = N_("The address %(address)s is too long: its code would be too fine for a label of this size.")


@dataclass(frozen=True)
class Face:
    """One label. `address` is what the code says, `readable` its numbers for people, `host` where to type them in."""

    address: str
    readable: str
    host: str
    name: str
    producer: str
    lot: str
    made_on: date
    expires_on: date | None = None
    pin: str = ""


@dataclass(frozen=True)
class Words:
    """A line of text; `y` is its baseline, `size` the em."""

    x: float
    y: float
    text: str
    size: float
    weight: str = "regular"


@dataclass(frozen=True)
class Code:
    """The dark modules as runs (column, row, length); (x, y) is where the first module begins, quiet zone apart."""

    x: float
    y: float
    module: float
    modules: int
    runs: tuple[tuple[int, int, int], ...]

    @property
    def side(self) -> float:
        """With the quiet zone."""
        return (self.modules + 2 * QUIET) * self.module


@dataclass(frozen=True)
class Layout:
    code: Code
    words: tuple[Words, ...]
    pin_box: tuple[float, float, float, float] | None = None


def faces(lot: Lot, serials: Sequence[str], *, origin: str, pins: Mapping[str, str] | None = None) -> list[Face]:
    """The labels of a batch; `origin` is scheme and host of the shop, e.g. 'https://phonghe.vn'."""
    return [_face(lot, serial, origin, (pins or {}).get(serial, "")) for serial in serials]


def product_code(origin: str, slug: str, serial: str = "") -> str:
    """The plain address of a product whose producer has no GS1 number: no GTIN is ever made up."""
    return f"{origin}/p/{slug}" + (f"?serial={serial}" if serial else "")


def lay_out(face: Face) -> Layout:
    """Raises CodeTooLarge."""
    code = _code(face.address)
    x = START + code.side + 0.5
    width = WIDTH - x - EDGE
    column = list(_column(face, x, width))
    bottom = column[-1].y + 1.2
    box = (x, max(bottom, START + code.side - PIN_BOX), width, PIN_BOX) if face.pin else None
    if box:
        column.append(Words(x + 1.2, box[1] + 4.1, f"PIN {face.pin}", 3.0, "bold"))
        bottom = box[1] + PIN_BOX
    under = _under(face, max(bottom, START + code.side) + 2.6)
    return Layout(code, (*column, *under), box)


def _face(lot: Lot, serial: str, origin: str, pin: str) -> Face:
    host = urlsplit(origin).netloc
    if lot.gtin:
        link = DigitalLink(lot.gtin, lot=lot.number, serial=serial)
        address, readable = link.for_qr(origin), link.readable
    else:
        address = product_code(origin, lot.product.slug, serial)
        readable = f"{host}/p/{lot.product.slug} {serial}"
    name, producer = lot.product.name.to("vi"), lot.product.producer.name
    return Face(address, readable, host, name, producer, lot.number, lot.made_on, lot.expires_on, pin)


def _code(address: str) -> Code:
    matrix = segno.make(address, error="q", micro=False).matrix
    modules = len(matrix)
    module = min(LARGEST, CODE / (modules + 2 * QUIET) // 0.01 * 0.01)
    if module < SMALLEST:
        raise CodeTooLarge(address=address)
    corner = START + QUIET * module
    return Code(corner, corner, module, modules, tuple(_runs(matrix)))


def _runs(matrix: Sequence[Sequence[int]]) -> Iterator[tuple[int, int, int]]:
    for row, modules in enumerate(matrix):
        began: int | None = None
        for column, dark in enumerate([*modules, 0]):
            if dark and began is None:
                began = column
            elif not dark and began is not None:
                yield began, row, column - began
                began = None


def _column(face: Face, x: float, width: float) -> Iterator[Words]:
    y = EDGE + 2.2
    for line in lettering("bold").wrapped(face.name, 3.4, width=width, most=2):
        yield Words(x, y, line, 3.4, "bold")
        y += 4.1
    for line in lettering("regular").wrapped(face.producer, 2.6, width=width, most=1 if face.pin else 2):
        yield Words(x, y, line, 2.6)
        y += 3.3
    facts = [f"Lô {face.lot}", f"NSX {face.made_on:%d/%m/%Y}"]
    facts += [f"HSD {face.expires_on:%d/%m/%Y}"] if face.expires_on else []
    for line in facts:
        yield Words(x, y, lettering("regular").wrapped(line, 2.6, width=width, most=1)[0], 2.6)
        y += 3.3


def _under(face: Face, y: float) -> Iterator[Words]:
    """The numbers in full, so that another reader, or a person with a keyboard, can look them up."""
    letters = lettering("regular")
    lines = letters.wrapped(face.readable, 2.5, width=WIDTH - 2 * EDGE, most=2)
    lines += letters.wrapped(f"Kiểm tra tại {face.host}", 2.5, width=WIDTH - 2 * EDGE, most=1)
    for line in lines:
        yield Words(EDGE, y, line, 2.5)
        y += 3.0
