"""Roboto, from its package and never from the machine: how wide words are, and the outlines of their letters."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont
from xstatic.pkg import roboto_fontface

from shop.core.text import nfc

FONTS = Path(roboto_fontface.BASE_DIR) / "fonts" / "roboto"
WEIGHTS = {"regular": FONTS / "Roboto-Regular.ttf", "bold": FONTS / "Roboto-Bold.ttf"}
MORE = "…"


class Lettering:
    """One weight of the typeface. Sizes are the em in millimetres."""

    def __init__(self, weight: str) -> None:
        font = TTFont(WEIGHTS[weight], lazy=True)
        self.weight = weight
        self.em: int = font["head"].unitsPerEm
        self._names: dict[int, str] = font.getBestCmap()
        self._glyphs = font.getGlyphSet()
        self._outlines: dict[str, str] = {}
        self._widths: dict[str, int] = {}

    def letters(self, words: str) -> list[tuple[str, int]]:
        """Each letter's glyph and where it begins, in units of the font."""
        found, at = [], 0
        for sign in nfc(words):
            name = self._names.get(ord(sign), ".notdef")
            found.append((name, at))
            at += self._glyphs[name].width
        return found

    def width(self, words: str, size: float) -> float:
        """In millimetres; `words` in NFC."""
        return sum(self._widths.get(sign) or self._measured(sign) for sign in words) * size / self.em

    def outline(self, name: str) -> str:
        """A glyph as the data of an SVG path, y upwards."""
        if name not in self._outlines:
            pen = SVGPathPen(self._glyphs)
            self._glyphs[name].draw(pen)
            self._outlines[name] = pen.getCommands()
        return self._outlines[name]

    def wrapped(self, words: str, size: float, *, width: float, most: int) -> list[str]:
        """In at most `most` lines; a word longer than a line is broken, and what does not fit ends in an ellipsis."""
        lines: list[str] = []
        rest = " ".join(nfc(words).split())
        while rest and len(lines) < most:
            fits = self._fitting(rest, size, width)
            space = rest.rfind(" ", 0, fits + 1)
            end = fits if fits == len(rest) or space < 0 else space
            lines.append(rest[:end])
            rest = rest[end:].lstrip()
        if rest:
            kept = lines[-1]
            while kept and self.width(kept + MORE, size) > width:
                kept = kept[:-1].rstrip()
            lines[-1] = kept + MORE
        return lines

    def _fitting(self, words: str, size: float, width: float) -> int:
        """How many signs fit; at least one, or a line would never end."""
        taken, most = 0, width * self.em / size
        for count, sign in enumerate(words):
            taken += self._widths.get(sign) or self._measured(sign)
            if taken > most:
                return max(count, 1)
        return len(words)

    def _measured(self, sign: str) -> int:
        self._widths[sign] = self._glyphs[self._names.get(ord(sign), ".notdef")].width
        return self._widths[sign]


@cache
def lettering(weight: str) -> Lettering:
    return Lettering(weight)
