"""Border bands that frame a picture or run round a rim: petals, fret, curls, beads, lines."""

from collections.abc import Callable

from .kit import Mark
from .motifs import disc, line


def _petals(w: float, h: float) -> list[Mark]:
    """Upright lotus lappets."""
    count = max(6, round(w / h / 0.62))
    step, marks = w / count, []
    for i in range(count):
        x = (i + 0.5) * step
        for k, role in ((1.0, "pale"), (0.62, "wash")):
            a, top = step * 0.48 * k, h * (1 - 0.94 * k)
            lappet = (
                (x - a, h),
                (x - a, h),
                (x - a, h * (1 - 0.45 * k)),
                (x, top),
                (x, top),
                (x + a, h * (1 - 0.45 * k)),
                (x + a, h),
                (x + a, h),
            )
            marks.append(Mark(lappet, role, "ink", 1.5))
    return marks


def _fret(w: float, h: float) -> list[Mark]:
    """A key fret between two lines."""
    count = max(6, round(w / h / 1.1))
    step, marks = w / count, _lines(w, h)
    shape = ((0.05, 0.82), (0.05, 0.22), (0.82, 0.22), (0.82, 0.68), (0.34, 0.68), (0.34, 0.45), (0.58, 0.45))
    for i in range(count):
        key = tuple(((i + px) * step, py * h) for px, py in shape)
        marks.append(Mark(key, None, "ink", max(1.4, h * 0.07), closed=False, sharp=True))
    return marks


def _curls(w: float, h: float) -> list[Mark]:
    """Running waves."""
    count = max(5, round(w / h / 1.3))
    step, marks = w / count, _lines(w, h)
    for i in range(count):
        x = i * step
        curl = [
            (x, h * 0.86),
            (x + step * 0.3, h * 0.74),
            (x + step * 0.5, h * 0.3),
            (x + step * 0.8, h * 0.22),
            (x + step * 0.9, h * 0.5),
            (x + step * 0.72, h * 0.62),
            (x + step * 0.66, h * 0.46),
        ]
        marks.append(line(curl, max(1.6, h * 0.07)))
        marks.append(line([(x + step * 0.5, h * 0.86), (x + step * 0.8, h * 0.82), (x + step, h * 0.86)], 1.4))
    return marks


def _beads(w: float, h: float) -> list[Mark]:
    count = max(8, round(w / h / 1.05))
    dots = [
        Mark(disc((i + 0.5) * w / count, h / 2, min(h * 0.28, w / count * 0.4)), "wash", "ink", 1.3)
        for i in range(count)
    ]
    return [*_lines(w, h), *dots]


def _lines(w: float, h: float) -> list[Mark]:
    return [line([(w * k / 16, y) for k in range(17)], width) for y, width in ((0, 3.0), (h, 3.0))]


BORDERS: dict[str, Callable[[float, float], list[Mark]]] = {
    "petals": _petals,
    "fret": _fret,
    "curls": _curls,
    "beads": _beads,
    "lines": _lines,
}
