"""Patterns that cover a whole field: crackle, waves, trellis, brocade, landscape, brushwork and the like."""

from collections.abc import Callable
from math import cos, pi, sin
from random import Random

from . import motifs
from .kit import Mark, Point, tube
from .motifs import Motif, disc, line, petal

Field = Callable[[float, float, float, Random], list[Mark]]
"""(width, height, size of one unit, chance) -> marks over the whole field"""


def _plain(w: float, h: float, unit: float, rng: Random) -> list[Mark]:
    return []


def _crackle(w: float, h: float, unit: float, rng: Random) -> list[Mark]:
    """A net of fine cracks: a jittered honeycomb with some threads left out."""
    step, marks = max(unit * 0.75, 26.0), []
    cols, rows = int(w / step) + 2, int(h / step) + 2
    knots = {
        (i, j): (
            (i + (j % 2) / 2 - 0.5 + rng.uniform(-0.36, 0.36)) * step,
            (j - 0.5 + rng.uniform(-0.36, 0.36)) * step,
        )
        for i in range(cols + 1)
        for j in range(rows + 1)
    }
    for (i, j), here in knots.items():
        for to in ((i + 1, j), (i, j + 1), (i + (1 if j % 2 else -1), j + 1)):
            if to in knots and rng.random() < 0.66:
                there = knots[to]
                middle = (
                    (here[0] + there[0]) / 2 + rng.uniform(-3, 3),
                    (here[1] + there[1]) / 2 + rng.uniform(-3, 3),
                )
                marks.append(line([here, middle, there], rng.choice((0.8, 1.0, 1.5)), opacity=rng.uniform(0.35, 0.75)))
    return marks


def _waves(w: float, h: float, unit: float, rng: Random) -> list[Mark]:
    """Overlapping wave scales."""
    cols = max(3, round(w / unit))
    r, marks = w / cols / 2, []
    for j in range(int(h / r) + 2):
        for i in range(cols + 1):
            x, y = (2 * i + (j % 2)) * r, h - (int(h / r) - j) * r + r * 0.4
            for k, role in ((1.0, "pale"), (0.72, "wash"), (0.42, "pale")):
                arc = [(x + r * k * cos(pi + a * pi / 6), y + r * k * sin(pi + a * pi / 6)) for a in range(7)]
                marks.append(Mark(tuple(arc), role, "ink", 1.5))
    return marks


def _clouds(w: float, h: float, unit: float, rng: Random) -> list[Mark]:
    return repeat(motifs.cloud, w, h, unit * 1.8, rng)


def _dots(w: float, h: float, unit: float, rng: Random) -> list[Mark]:
    step, marks = unit * 0.75, []
    for j in range(int(h / step) + 1):
        for i in range(int(w / step) + 2):
            x, y = (i + 0.5 * (j % 2)) * step, (j + 0.5) * step
            marks.append(Mark(disc(x, y, step * (0.2 if (i + j) % 3 else 0.27)), "ink" if (i + j) % 3 else "accent"))
    return marks


def _stripes(w: float, h: float, unit: float, rng: Random) -> list[Mark]:
    """Upright stripes of uneven rhythm."""
    marks, x = [], 0.0
    rhythm = [
        (0.5, "wash"),
        (0.12, "ink"),
        (0.3, None),
        (0.12, "ink"),
        (0.5, "pale"),
        (0.1, "accent"),
        (0.3, None),
    ]
    while x < w:
        for share, role in rhythm:
            wide = share * unit
            if role and x < w:
                steps = [h * k / 12 for k in range(13)]
                edge = [(x, y) for y in steps] + [(x + wide, y) for y in reversed(steps)]
                marks.append(Mark(tuple(edge), role, sharp=True))
            x += wide
    return marks


def _lattice(w: float, h: float, unit: float, rng: Random) -> list[Mark]:
    """Slanted trellis with a small flower at every crossing."""
    cols = max(4, round(w / unit))
    step, marks = w / cols, []
    for i in range(-int(h / step) - 1, cols + 1):
        for slope in (1, -1):
            x0 = i * step if slope > 0 else w - i * step
            marks.append(line([(x0 + slope * h * k / 10, h * k / 10) for k in range(11)], 2.0))
    for j in range(int(2 * h / step) + 2):
        for i in range(cols + 1):
            x, y = (i + 0.5 * (j % 2)) * step, j * step / 2
            marks += [Mark(petal(x, y, a * pi / 2, step * 0.2, step * 0.15), "wash", "ink", 1.0) for a in range(4)]
    return marks


def _geometric(w: float, h: float, unit: float, rng: Random) -> list[Mark]:
    """Stepped diamonds within diamonds, as on brocade."""
    cols, rows = max(3, round(w / unit / 1.5)), max(1, round(h / unit / 1.5))
    a, b, marks = w / cols / 2, h / rows / 2, []
    for j in range(2 * rows + 1):
        for i in range(cols + 1):
            x, y = (2 * i + (j % 2)) * a, j * b
            for k, role in ((0.94, "wash"), (0.7, "pale"), (0.46, "ink"), (0.22, "accent")):
                diamond = ((x - a * k, y), (x, y - b * k), (x + a * k, y), (x, y + b * k))
                marks.append(Mark(diamond, role, "ink", 1.2, sharp=True))
    return marks


def _rings(w: float, h: float, unit: float, rng: Random) -> list[Mark]:
    """Turning lines around the body, now close, now wide apart."""
    marks, y = [], unit * 0.2
    while y < h:
        marks.append(
            line(
                [(w * k / 16, y) for k in range(17)],
                rng.choice((1.2, 1.8, 3.2)),
                rng.choice(("ink", "wash", "wash")),
                0.7,
            )
        )
        y += unit * rng.uniform(0.16, 0.42)
    return marks


def _leaf_veins(w: float, h: float, unit: float, rng: Random) -> list[Mark]:
    """Large leaves lying over one another, every vein drawn."""
    marks: list[Mark] = []
    for i in range(max(5, int(w / unit / 1.3))):
        for j in range(max(2, int(h / unit / 1.6))):
            x, y = (i + 0.4 * (j % 2)) * unit * 1.5, (j + 0.6) * unit * 1.7
            marks += _veined(x, y, rng.uniform(-2.5, -0.7), unit * 2.1, rng)
    return marks


def _veined(x: float, y: float, angle: float, length: float, rng: Random) -> list[Mark]:
    ca, sa = cos(angle), sin(angle)

    def put(a: float, b: float) -> Point:
        return x + (ca * a - sa * b) * length, y + (sa * a + ca * b) * length

    marks = [
        Mark(petal(x, y, angle, length, length * 0.46, 0.45), rng.choice(("wash", "pale")), "ink", 1.6),
        line([put(0, 0), put(0.94, 0)], 1.8),
    ]
    for k in range(1, 7):
        for side in (1, -1):
            reach = 0.2 * sin(pi * (0.16 + k * 0.11))
            marks.append(
                line(
                    [
                        put(k * 0.125, 0),
                        put(k * 0.125 + 0.07, reach * 0.6 * side),
                        put(k * 0.125 + 0.13, reach * side),
                    ],
                    1.0,
                )
            )
    return marks


def _calligraphy(w: float, h: float, unit: float, rng: Random) -> list[Mark]:
    """Columns of brush gestures, no real writing, and a seal."""
    size = min(h / 3.4, w / 4)
    marks: list[Mark] = []
    for col, count in ((0.62, 3), (0.4, 3)):
        for row in range(count):
            marks += _gesture(w * col, h * (0.22 + row * 0.29), size, rng)
    x, y, r = w * 0.25, h * 0.8, size * 0.2
    return [
        *marks,
        Mark(((x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)), "accent", sharp=True),
    ]


def _gesture(x: float, y: float, size: float, rng: Random) -> list[Mark]:
    marks = []
    for _ in range(rng.randint(3, 5)):
        angle, length = (
            rng.choice((0.05, 1.5, 0.9, 2.3)) + rng.uniform(-0.2, 0.2),
            size * rng.uniform(0.3, 0.48),
        )
        cx, cy = x + rng.uniform(-0.2, 0.2) * size, y + rng.uniform(-0.24, 0.24) * size
        path = [
            (cx + cos(angle + 0.25 * t) * length * t, cy + sin(angle + 0.25 * t) * length * t)
            for t in (-1, -0.4, 0.3, 1)
        ]
        marks.append(Mark(tuple(tube(path, size * rng.uniform(0.1, 0.17), size * 0.02)), "ink"))
    return [*marks, Mark(disc(x + rng.uniform(-0.3, 0.3) * size, y - 0.3 * size, size * 0.06), "ink")]


def _landscape(w: float, h: float, unit: float, rng: Random) -> list[Mark]:
    """Sun, three ranges of mountains, a pavilion, water with a sampan."""
    marks = [Mark(disc(w * 0.68, h * 0.2, min(w, h) * 0.075), "accent", None)]
    for i, (base, lift, role) in enumerate(((0.62, 0.4, "pale"), (0.66, 0.27, "wash"), (0.72, 0.16, "wash"))):
        marks += _range(w, h, base, lift, role, rng, 0.75 + 0.1 * i)
    for k in range(7):
        y, x = h * (0.77 + k * 0.033), rng.uniform(0.05, 0.6) * w
        marks.append(line([(x, y), (x + w * 0.1, y - 2), (x + w * rng.uniform(0.2, 0.34), y + 1)], 1.4, opacity=0.7))
    s = min(w, h) / 100
    return [
        *marks,
        *_pavilion(w * 0.3, h * 0.72, s),
        *_sampan(w * 0.57, h * 0.83, s),
        *_pine(w * 0.47, h * 0.74, s * 1.2, rng),
    ]


def _range(w: float, h: float, base: float, lift: float, role: str, rng: Random, opacity: float) -> list[Mark]:
    peaks = [
        (w * (i / 8), h * (base - lift * (rng.uniform(0.55, 1.0) if i % 2 else rng.uniform(0.0, 0.3))))
        for i in range(9)
    ]
    foot = ((w * 1.05, h * base), (w * 1.05, h * base), (-w * 0.05, h * base), (-w * 0.05, h * base))
    ridges = [
        line(
            [(x, y + 2), (x + w * 0.012, y + h * lift * 0.22), (x + w * 0.035, y + h * lift * 0.4)],
            1.2,
            opacity=0.55,
        )
        for x, y in peaks[1::2]
    ]
    return [Mark((*peaks, *foot), role, "ink", 1.6, opacity=opacity), *ridges]


def _pavilion(x: float, y: float, s: float) -> list[Mark]:
    marks = [
        Mark(
            ((x - 7 * s, y), (x - 6 * s, y - 9 * s), (x + 6 * s, y - 9 * s), (x + 7 * s, y)),
            "pale",
            "ink",
            1.3,
            sharp=True,
        )
    ]
    for k, wide in ((9, 12), (15, 8)):
        roof = (
            (x - wide * s, y - (k - 1) * s),
            (x - wide * s, y - (k - 1) * s),
            (x - wide * 0.4 * s, y - (k + 3) * s),
            (x, y - (k + 6) * s),
            (x, y - (k + 6) * s),
            (x + wide * 0.4 * s, y - (k + 3) * s),
            (x + wide * s, y - (k - 1) * s),
            (x + wide * s, y - (k - 1) * s),
        )
        marks.append(Mark(roof, "ink"))
    return marks


def _sampan(x: float, y: float, s: float) -> list[Mark]:
    hull = (
        (x - 13 * s, y - 3 * s),
        (x - 13 * s, y - 3 * s),
        (x, y + 1 * s),
        (x + 14 * s, y - 4 * s),
        (x + 14 * s, y - 4 * s),
        (x + 8 * s, y + 4 * s),
        (x - 8 * s, y + 4 * s),
    )
    hood = (
        (x - 5 * s, y),
        (x - 5 * s, y),
        (x - 3 * s, y - 5 * s),
        (x + 4 * s, y - 5 * s),
        (x + 6 * s, y),
        (x + 6 * s, y),
    )
    return [
        Mark(hood, "wash", "ink", 1.2),
        Mark(hull, "ink"),
        line([(x + 10 * s, y - 13 * s), (x + 15 * s, y + 6 * s)], 1.4),
    ]


def _pine(x: float, y: float, s: float, rng: Random) -> list[Mark]:
    trunk = [(x, y + 6 * s), (x + 2 * s, y - 6 * s), (x - 3 * s, y - 16 * s), (x + 1 * s, y - 27 * s)]
    marks = [Mark(tuple(tube(trunk, 2.6 * s, 0.8 * s)), "ink")]
    return marks + [
        Mark(disc(x + px * s, y + py * s, r * s, r * 0.42 * s), "wash", "ink", 1.2)
        for px, py, r in ((-9, -15, 8), (8, -19, 8), (1, -27, 9), (-5, -22, 7))
    ]


FIELDS: dict[str, Field] = {
    "plain": _plain,
    "crackle": _crackle,
    "waves": _waves,
    "clouds": _clouds,
    "dots": _dots,
    "stripes": _stripes,
    "lattice": _lattice,
    "geometric": _geometric,
    "landscape": _landscape,
    "calligraphy": _calligraphy,
    "leaf_veins": _leaf_veins,
    "rings": _rings,
}


def repeat(motif: Motif, w: float, h: float, scale: float, rng: Random) -> list[Mark]:
    """Half-drop repeat, the motifs turned left and right by turns."""
    marks: list[Mark] = []
    columns, rows = int(w / scale / 1.25) + 1, int(h / scale / 1.1) + 2
    for col in range(columns + 1):
        for row in range(rows):
            y = (row + (0.5 if col % 2 else 0)) * scale * 1.1
            marks += motif(col * w / columns, y, scale * 0.86, 1.0 if (col + row) % 2 else -1.0, rng)
    return marks
