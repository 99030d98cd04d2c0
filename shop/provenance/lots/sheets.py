"""Draws labels: one as SVG, an A4 sheet of 21 as SVG, any number as PDF. No letter depends on the machine's fonts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from fpdf import FPDF

from shop.core import clock
from shop.provenance.lots.faces import HEIGHT, WIDTH, Code, Face, Layout, Words, lay_out
from shop.provenance.lots.lettering import WEIGHTS, lettering

ACROSS, DOWN = 3, 7
ON_A_SHEET = ACROSS * DOWN
PAGE = (210.0, 297.0)
TOP = (PAGE[1] - DOWN * HEIGHT) / 2
POINT = 72 / 25.4  # points in a millimetre


def svg(face: Face) -> str:
    """One label, its text as outlines: it looks the same at every printer's."""
    return _svg([(0.0, 0.0, face)], WIDTH, HEIGHT, face.readable)


def sheet(faces: Sequence[Face]) -> str:
    """An A4 sheet of at most 21 labels."""
    placed = [(*_corner(place), face) for place, face in enumerate(faces[:ON_A_SHEET])]
    return _svg(placed, *PAGE, f"{len(placed)} nhãn")


def pdf(faces: Sequence[Face]) -> bytes:
    """As many A4 pages as the labels need. The text is text: it can be searched and copied."""
    document = FPDF(unit="mm", format="A4")
    document.set_auto_page_break(auto=False)
    document.set_creation_date(clock.in_hanoi(clock.now()))
    document.set_title("Nhãn")
    document.set_lang("vi")
    for weight, file in WEIGHTS.items():
        document.add_font(weight, fname=file)
    for place, face in enumerate(faces):
        if place % ON_A_SHEET == 0:
            document.add_page()
            _cut_lines(document)
        _draw(document, lay_out(face), *_corner(place % ON_A_SHEET))
    return bytes(document.output())


def _corner(place: int) -> tuple[float, float]:
    return place % ACROSS * WIDTH, TOP + place // ACROSS * HEIGHT


def _draw(document: FPDF, layout: Layout, x: float, y: float) -> None:
    code = layout.code
    document.set_fill_color(0)
    for column, row, length in code.runs:
        left, top = x + code.x + column * code.module, y + code.y + row * code.module
        document.rect(left, top, length * code.module, code.module, style="F")
    for words in layout.words:
        document.set_font(words.weight, size=words.size * POINT)
        document.text(x + words.x, y + words.y, words.text)
    if layout.pin_box:
        left, top, width, height = layout.pin_box
        document.set_line_width(0.2)
        document.set_draw_color(0)
        document.rect(x + left, y + top, width, height)


def _cut_lines(document: FPDF) -> None:
    document.set_line_width(0.05)
    document.set_draw_color(190)
    for column in range(1, ACROSS):
        document.line(column * WIDTH, 0, column * WIDTH, PAGE[1])
    for row in range(1, DOWN):
        document.line(0, TOP + row * HEIGHT, PAGE[0], TOP + row * HEIGHT)


def _svg(placed: Sequence[tuple[float, float, Face]], width: float, height: float, title: str) -> str:
    laid_out = [(x, y, lay_out(face)) for x, y, face in placed]
    said = " · ".join(face.readable for _, _, face in placed)
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" ',
            f'viewBox="0 0 {width:g} {height:g}" role="img" aria-label={quoteattr(said)}>',
            f"<title>{escape(title)}</title>",
            f"<defs>{''.join(_glyphs([layout for _, _, layout in laid_out]))}</defs>",
            f'<rect width="{width:g}" height="{height:g}" fill="#fff"/>',
            *(f'<g transform="translate({x:g} {y:g})">{_label(layout)}</g>' for x, y, layout in laid_out),
            "</svg>",
        ]
    )


def _label(layout: Layout) -> str:
    box = ""
    if layout.pin_box:
        x, y, width, height = (f"{value:.2f}" for value in layout.pin_box)
        box = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="none" stroke="#000" stroke-width=".2"/>'
    return _modules(layout.code) + "".join(map(_line, layout.words)) + box


def _modules(code: Code) -> str:
    """One path for the whole code: nothing can shine through between two modules."""
    runs = "".join(f"M{column} {row}h{length}v1h-{length}z" for column, row, length in code.runs)
    place = f"translate({code.x:.3f} {code.y:.3f}) scale({code.module:g})"
    return f'<path transform="{place}" shape-rendering="crispEdges" d="{runs}"/>'


def _line(words: Words) -> str:
    letters = lettering(words.weight)
    scale = words.size / letters.em
    uses = "".join(
        f'<use href="#{words.weight}-{name}" x="{at}"/>'
        for name, at in letters.letters(words.text)
        if letters.outline(name)
    )
    return f'<g transform="translate({words.x:.2f} {words.y:.2f}) scale({scale:.6f} -{scale:.6f})">{uses}</g>'


def _glyphs(layouts: Sequence[Layout]) -> Iterator[str]:
    """Each letter once, whatever how many labels use it."""
    lines = [words for layout in layouts for words in layout.words]
    needed = {(words.weight, name) for words in lines for name, _ in lettering(words.weight).letters(words.text)}
    for weight, name in sorted(needed):
        if outline := lettering(weight).outline(name):  # a blank has none
            yield f'<path id="{weight}-{name}" d="{outline}"/>'
