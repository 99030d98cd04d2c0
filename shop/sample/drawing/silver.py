"""Silver: pendant, earrings, bangle."""

from math import cos, pi, sin
from random import Random

from .kit import BLACK, WHITE, Inks, Kind, Studio, Surface, flat, oval, ring
from .metals import metal, polish, relief
from .motifs import petal
from .palettes import mix
from .patterns import border, pattern
from .turning import Turned


def silver_pendant(s: Studio) -> None:
    """A round silver pendant on its chain."""
    s.setting = "flat"
    c, r, y = s.colour, s.rng.uniform(215, 245), 735.0
    drop = [(600, 470), (500, 330), (390, 200), (330, 60), (310, -40)]
    for points in (drop, [(1200 - px, py) for px, py in drop]):
        s.line([(px + 9, py + 13) for px, py in points], c.line, 13, opacity=0.14)
        s.line(points, mix(c.shade, c.line, 0.3), 13)
        s.line(points, c.light, 10, more='stroke-dasharray="13 9"')
        s.line([(px - 1.5, py - 1.5) for px, py in points], mix(c.body, c.shade, 0.3), 3)
    for k in range(4):
        s.ellipse(612 + k * 5, y + 14 + k * 7, r + 10, fill=c.line, opacity=0.08)
    s.ellipse(600, 478, 30, 46, stroke=metal(s, (570, 440), (630, 520)), width=15)
    s.ellipse(
        600,
        y,
        r,
        fill=metal(s, (600 - r, y - r), (600 + r, y + r)),
        stroke=mix(c.shade, c.line, 0.5),
        width=2.5,
    )
    s.marks(
        border(s.rng.choice(("petals", "beads", "curls")), 2 * pi * r, r * 0.17),
        _round(y, r * 0.97),
        s.inks(),
    )
    well = r * 0.74
    s.ellipse(
        600,
        y,
        well,
        fill=s.ball(600, y, well * 1.2, c.light, c.body, mix(c.body, c.shade, 0.8)),
        stroke=c.shade,
        width=4,
    )
    with s.group(clip=oval(600, y, well, well)):
        for dx, ink in ((-2.0, False), (0.0, True)):
            paint = s.inks() if ink else Inks(WHITE, WHITE, WHITE, WHITE)
            s.marks(
                pattern(s.pattern, well * 1.66, well * 1.66, Random(s.seed)),
                flat(600 - well * 0.83 + dx, y - well * 0.83 + dx),
                paint,
            )
    s.path(
        f"M{600 - r * 0.82:.0f} {y - r * 0.4:.0f}"
        f"A{r * 0.92:.0f} {r * 0.92:.0f} 0 0 1 {600 - r * 0.1:.0f} {y - r * 0.9:.0f}",
        stroke=WHITE,
        width=9,
        opacity=0.85,
    )
    _gem(s, 600, y + r + 34, 32)
    s.focus, s.closer = (600, y), 1.08


def _round(y: float, r: float) -> Surface:
    turn = r / 0.97
    return lambda u, v: (600 + (r - v) * cos(u / turn), y + (r - v) * sin(u / turn))


def _gem(s: Studio, x: float, y: float, r: float) -> None:
    c = s.colour
    s.ellipse(x + 6, y + 10, r, fill=c.line, opacity=0.2)
    s.ellipse(x, y, r, fill=metal(s, (x - r, y - r), (x + r, y + r)), stroke=c.shade, width=2)
    s.ellipse(
        x,
        y,
        r * 0.72,
        fill=s.ball(x, y, r * 0.72, mix(c.accent, WHITE, 0.75), c.accent, mix(c.accent, BLACK, 0.6)),
    )
    s.ellipse(x - r * 0.26, y - r * 0.3, r * 0.2, r * 0.13, fill=WHITE, opacity=0.9)


def silver_earrings(s: Studio) -> None:
    """Two drop earrings of petalled silver with stones."""
    s.setting = "flat"
    for k in range(3):
        s.path(f"M{236 + k * 6} {176 + k * 8}h730v860h-730z", fill=s.colour.line, opacity=0.07)
    pad = mix(s.colour.line, s.colour.accent, 0.3)
    s.path(
        "M230 165h740v860h-740z",
        fill=s.linear([(0, mix(pad, WHITE, 0.2), 1), (1, mix(pad, BLACK, 0.3), 1)], (230, 165), (970, 1025)),
    )
    s.path("M250 185h700v820h-700z", stroke=mix(pad, WHITE, 0.3), width=2, more='stroke-dasharray="8 7"')
    petals, drops, r = s.rng.choice((6, 8, 10, 12)), s.rng.choice((1, 3, 5)), s.rng.uniform(112, 138)
    for x, y in ((425, 530), (775, 560)):
        _earring(s, x, y, r, petals, drops)
    s.focus = (440, 560)


def _earring(s: Studio, x: float, y: float, r: float, petals: int, drops: int) -> None:
    c = s.colour
    hook = [
        (x, y - r),
        (x, y - r - 50),
        (x + 16, y - r - 110),
        (x + 62, y - r - 124),
        (x + 82, y - r - 60),
        (x + 70, y - r + 10),
    ]
    s.line([(px + 8, py + 12) for px, py in hook], BLACK, 8, opacity=0.35)
    s.line(hook, c.shade, 9)
    s.line([(px - 1.5, py - 1.5) for px, py in hook], c.light, 4)
    s.fade(x + 14, y + 30, r * 1.5, r * 1.7, BLACK, 0.5)
    for i in range(petals):
        a = 2 * pi * i / petals
        blade = petal(x, y, a, r * 1.04, r * 4.6 / petals, 0.66)
        s.shape(
            blade,
            metal(
                s,
                (x + cos(a) * r - sin(a) * 30, y + sin(a) * r + cos(a) * 30),
                (x + sin(a) * 30, y - cos(a) * 30),
            ),
            stroke=mix(c.shade, c.line, 0.4),
            width=2,
        )
        s.line(
            [(x + cos(a) * r * 0.3, y + sin(a) * r * 0.3), (x + cos(a) * r * 0.86, y + sin(a) * r * 0.86)],
            c.shade,
            2,
        )
        s.ellipse(
            x + cos(a + pi / petals) * r * 0.86,
            y + sin(a + pi / petals) * r * 0.86,
            7,
            fill=c.light,
            stroke=c.shade,
            width=1.5,
        )
    _gem(s, x, y, r * 0.36)
    for i in range(drops):
        dx = (i - (drops - 1) / 2) * (170 / drops)
        long = 120 - abs(dx) * 0.6
        top = y + r * 0.96 - abs(dx) * 0.28
        s.line([(x + dx * 0.8, top), (x + dx, top + long)], c.light, 4, more='stroke-dasharray="6 5"')
        bead = petal(x + dx, top + long + 74, -pi / 2, 82, 42, 0.35)
        s.shape(bead, metal(s, (x + dx - 18, top + long), (x + dx + 18, top + long + 50)), stroke=c.shade, width=2)


def silver_bracelet(s: Studio) -> None:
    """A wide engraved bangle standing on the table, a fine one leaning behind."""
    c, r, top = s.colour, s.rng.uniform(285, 325), s.rng.uniform(590, 640)
    tall = s.rng.uniform(120, 160)
    body = Turned(s, [(top, r), (top + tall * 0.5, r * 1.03), (top + tall, r), (top + tall, r)], tilt=0.4)
    s.shadow(600, top + tall + 60, r * 1.05, r * 0.5, 0.6)
    s.ellipse(600, top + tall, r * 0.93, r * 0.4 * 0.9, fill=mix(c.surface, c.line, 0.3))
    body.paint(metal(s, (600 - r, 0), (600 + r, 0)))
    relief(body, 0.16, 0.84)
    body.shade(0.3, dark=0.6, glint_at=(0.1, 0.8))
    polish(body)
    inner = oval(600, top, r * 0.95, r * 0.4 * 0.93)
    s.ellipse(600, top, r, r * 0.4, fill=metal(s, (600 - r, top - 60), (600 + r, top + 60)), stroke=c.shade, width=2)
    s.path(
        inner,
        fill=s.linear(
            [
                (0, c.shade, 1),
                (0.3, mix(c.body, c.shade, 0.3), 1),
                (0.55, c.light, 1),
                (1, mix(c.shade, c.line, 0.2), 1),
            ],
            (600 - r, top),
            (600 + r, top),
        ),
    )
    with s.group(clip=inner):
        floor = top + tall * 0.98
        s.ellipse(
            600,
            floor,
            r * 0.95,
            r * 0.37,
            fill=s.linear([(0, mix(c.surface, c.line, 0.35), 1), (1, c.surface, 1)], (400, floor - 120), (700, floor)),
        )
        s.ellipse(600, floor, r * 0.95, r * 0.37, stroke=c.shade, width=4)
    for v in (0.06, 0.94):
        body.hoop(v, c.shade, 3)
        body.hoop(v + 0.03, c.light, 2.5)
    s.line(ring(600, top, r * 0.985, r * 0.39, 12, 0.42)[:5], WHITE, 5, opacity=0.9)
    s.focus, s.closer = (600, top + 140), 1.32


KINDS: dict[str, Kind] = {
    "silver_earrings": silver_earrings,
    "silver_pendant": silver_pendant,
    "silver_bracelet": silver_bracelet,
}
