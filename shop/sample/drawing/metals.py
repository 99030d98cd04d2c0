"""Bronze: lamp, vase, bell, drum; and how polished and cast metal is painted."""

from dataclasses import replace
from math import cos, pi, sin
from random import Random

from .draping import peg_shadow
from .kit import BLACK, WHITE, Inks, Kind, Point, Studio, Surface, ring, smooth
from .palettes import mix
from .patterns import pattern
from .turning import Turned, rod


def metal(s: Studio, start: Point, end: Point) -> str:
    """The paint of polished metal: light and dark passages in quick turn."""
    c = s.colour
    tones = (
        mix(c.body, c.shade, 0.7),
        c.light,
        c.body,
        mix(c.body, c.shade, 0.85),
        c.body,
        mix(c.light, c.body, 0.3),
        mix(c.body, c.shade, 0.8),
    )
    places = (0, 0.2, 0.36, 0.55, 0.72, 0.86, 1)
    return s.linear([(at, tone, 1.0) for at, tone in zip(places, tones, strict=True)], start, end)


def polish(body: Turned) -> None:
    """Streaks of reflected room on turned metal: a bright band, a dark one, a bright rim."""
    s = body.s
    with s.group(clip=body.outline()):
        for u0, u1, tone, alpha in (
            (-0.78, -0.66, WHITE, 0.25),
            (-0.52, -0.32, WHITE, 0.34),
            (-0.47, -0.39, WHITE, 0.6),
            (-0.26, -0.16, BLACK, 0.14),
            (0.16, 0.46, BLACK, 0.2),
            (0.62, 0.7, s.colour.light, 0.35),
        ):
            left = [body.at(u0, i / 12) for i in range(13)]
            right = [body.at(u1, i / 12) for i in range(12, -1, -1)]
            s.path(smooth(left) + smooth(right).replace("M", "L", 1) + "Z", fill=tone, opacity=alpha)


def relief(body: Turned, v0: float, v1: float, scale: float | None = None) -> None:
    """The pattern cast in relief: lit at its upper left, dark at its lower right."""
    s, seed = body.s, body.s.seed
    own, lit = s.inks(), mix(s.colour.light, s.colour.body, 0.25)
    size, on = body.size(v0, v1), body.surface(v0, v1)
    with s.group(clip=body.band(v0, v1)):
        for shift, inks, opacity in (
            (-3.5, Inks(lit, lit, lit, lit), 0.9),
            (1.5, replace(own, accent=own.ink), 1.0),
        ):
            marks = pattern(s.pattern, *size, Random(seed), scale=scale)
            s.marks(marks, _moved(on, shift), inks, opacity=opacity)


def _moved(on: Surface, shift: float) -> Surface:
    def at(u: float, v: float) -> Point:
        x, y = on(u, v)
        return x + shift, y + shift

    return at


def bronze_vase(s: Studio) -> None:
    """A bronze vase with ring handles."""
    belly, neck, top = s.rng.uniform(205, 240), s.rng.uniform(84, 110), s.rng.uniform(190, 240)
    body = Turned(
        s,
        [
            (top, neck * 1.5),
            (top + 24, neck * 1.5),
            (top + 60, neck * 1.05),
            (top + 170, neck),
            (top + 290, belly * 0.82),
            (610, belly),
            (760, belly * 0.78),
            (860, belly * 0.5),
            (880, belly * 0.48),
            (895, belly * 0.66),
            (940, belly * 0.7),
            (940, belly * 0.7),
        ],
    )
    body.stand()
    for side in (-1, 1):
        root = top + 150
        ear = [
            (600 + side * neck * 0.9, root - 70),
            (600 + side * (neck + 66), root - 50),
            (600 + side * (neck + 78), root + 40),
            (600 + side * (neck + 22), root + 110),
        ]
        rod(s, ear, 28)
    body.paint()
    body.trim(0.2, 0.27, "fret")
    relief(body, 0.42, 0.76)
    body.trim(0.8, 0.9, "petals")
    for v in (0.06, 0.17, 0.38, 0.93):
        body.hoop(v, s.colour.shade, 5)
        body.hoop(v - 0.006, s.colour.light, 2.5, 0.8)
    body.shade(0.5, glint_at=(0.42, 0.6))
    polish(body)
    body.mouth(12)
    s.focus = (600, 620)


def bronze_lamp(s: Studio) -> None:
    """A tall oil lamp of bronze, its flame lit."""
    rng = s.rng
    s.fade(600, 250, 520, 430, "#FFD98A", 0.5)
    wide, dish = rng.uniform(180, 215), rng.uniform(150, 180)
    stem = [
        (380, 26),
        (420, 52),
        (450, 60),
        (480, 28),
        (540, 24),
        (580, 46),
        (610, 76),
        (650, 46),
        (690, 30),
        (750, 34),
        (800, 70),
        (850, wide * 0.62),
        (880, wide * 0.66),
        (900, wide),
        (940, wide * 1.04),
        (940, wide * 1.04),
    ]
    body = Turned(s, stem, tilt=0.2)
    body.stand()
    body.paint()
    body.trim(0.88, 0.985, "petals")
    for v in (0.2, 0.33, 0.52, 0.72, 0.86):
        body.hoop(v, s.colour.shade, 4)
        body.hoop(v - 0.008, s.colour.light, 2, 0.8)
    body.shade(0.4)
    polish(body)
    bowl = Turned(
        s,
        [(300, dish), (312, dish * 1.02), (350, dish * 0.8), (385, dish * 0.3), (395, 30), (395, 30)],
        tilt=0.22,
    )
    bowl.paint()
    relief(bowl, 0.2, 0.8)
    bowl.shade(0.6, glint_at=(0.1, 0.5))
    polish(bowl)
    bowl.inside(12, 0.5)
    s.ellipse(600, 310, dish * 0.8, dish * 0.14, fill="#4A2A08")
    s.ellipse(570, 304, dish * 0.5, dish * 0.07, fill="#F6C566", opacity=0.6)
    _flame(s, 600, 306, rng.uniform(130, 155))
    s.focus = (600, 420)


def _flame(s: Studio, x: float, y: float, high: float) -> None:
    s.fade(x, y - high * 0.5, 170, 190, "#FFE9A8", 0.8)
    for k, tone in ((1.0, "#F28A2E"), (0.76, "#FFC04A"), (0.5, "#FFF0B8"), (0.26, "#FFFFFF")):
        w = high * 0.24 * k
        tip = (x + 6, y - high * k)
        s.shape(
            [
                (x, y),
                (x - w, y - high * 0.2 * k),
                (x - w * 0.7, y - high * 0.5 * k),
                tip,
                tip,
                (x + w * 0.8, y - high * 0.45 * k),
                (x + w, y - high * 0.18 * k),
            ],
            tone,
            opacity=0.9,
        )
    s.line([(x, y + 4), (x + 2, y - 16)], "#2A1A10", 6)


def bronze_bell(s: Studio) -> None:
    """A temple bell hanging from a carved beam, its striker beside it."""
    s.setting = "wall"
    wide, low = s.rng.uniform(250, 280), s.rng.uniform(880, 920)
    rod(s, [(150, 160), (600, 148), (1050, 160)], 62, body="#7A3A22", shade="#34140A", light="#D08A62")
    for x in (210, 300, 900, 990):
        s.line([(x, 130), (x + 4, 160), (x, 190)], "#34140A", 6)
    loop = [(545, 330), (520, 262), (552, 210), (600, 196), (648, 210), (680, 262), (655, 330)]
    rod(s, loop, 36)
    rod(
        s,
        [(600, 126), (588, 180), (600, 222), (612, 180), (600, 126)],
        15,
        body="#C9A25A",
        shade="#6E4A1A",
        light="#F6E0A8",
    )
    body = Turned(
        s,
        [
            (310, 40),
            (318, wide * 0.5),
            (350, wide * 0.72),
            (420, wide * 0.82),
            (620, wide * 0.87),
            (low - 100, wide * 0.94),
            (low - 40, wide * 1.08),
            (low, wide * 1.12),
            (low, wide * 1.12),
        ],
        tilt=0.13,
    )
    peg_shadow(s, body.outline(), 40, 30)
    body.paint()
    _bell_zones(body)
    body.shade(0.5, glint_at=(0.3, 0.6))
    polish(body)
    body.hoop(0.995, s.colour.light, 5, 0.7)
    s.focus = (600, 600)


def _bell_zones(body: Turned) -> None:
    s = body.s
    body.trim(0.2, 0.27, "beads")
    relief(body, 0.34, 0.67)
    body.trim(0.7, 0.77, "fret")
    body.trim(0.86, 0.95, "curls")
    for i in range(5):
        x, y = body.at(-0.8 + i * 0.4, 0.815)
        s.ellipse(
            x,
            y,
            17,
            17,
            fill=s.ball(x, y, 18, s.colour.light, s.colour.body, s.colour.shade),
            stroke=s.colour.line,
            width=1.5,
        )
    for u in (-0.52, 0.52):
        s.line([body.at(u + d, v / 10) for d in (0.0,) for v in range(2, 8)], s.colour.shade, 5)
        s.line([(x - 4, y) for x, y in [body.at(u, v / 10) for v in range(2, 8)]], s.colour.light, 2, opacity=0.7)


def bronze_drum(s: Studio) -> None:
    """A Đông Sơn drum: the star, the rings of birds, four handles."""
    r, top = s.rng.uniform(315, 345), s.rng.uniform(440, 480)
    body = Turned(
        s,
        [
            (top, r),
            (top + 40, r * 1.06),
            (top + 110, r * 1.04),
            (top + 190, r * 0.78),
            (top + 220, r * 0.76),
            (top + 340, r * 0.8),
            (905, r * 1.02),
            (930, r * 1.04),
            (930, r * 1.04),
        ],
        tilt=0.34,
    )
    body.stand()
    for side in (-1, 1):
        ear = [
            (600 + side * r * 0.94, top + 70),
            (600 + side * r * 1.2, top + 90),
            (600 + side * r * 1.18, top + 190),
            (600 + side * r * 0.84, top + 230),
        ]
        rod(s, ear, 34)
    body.paint()
    body.trim(0.08, 0.15, "beads")
    body.trim(0.17, 0.27, "curls")
    relief(body, 0.44, 0.74, 92)
    body.trim(0.8, 0.87, "fret")
    for v in (0.05, 0.3, 0.4, 0.77, 0.93):
        body.hoop(v, s.colour.shade, 4)
        body.hoop(v - 0.006, s.colour.light, 2, 0.7)
    body.shade(0.4, glint_at=(0.06, 0.24))
    polish(body)
    _drum_face(s, r, top)
    s.focus, s.closer = (600, top + 40), 1.14


def _drum_face(s: Studio, r: float, y: float) -> None:
    c, tilt = s.colour, 0.34
    ink = mix(c.ink, c.line, 0.4)
    s.ellipse(
        600,
        y,
        r * 1.02,
        r * 1.02 * tilt,
        fill=s.linear(
            [
                (0, mix(c.light, c.body, 0.35), 1),
                (0.45, c.body, 1),
                (0.7, mix(c.light, c.body, 0.5), 1),
                (1, mix(c.body, c.shade, 0.6), 1),
            ],
            (600 - r, y - 100),
            (600 + r, y + 120),
        ),
        stroke=c.light,
        width=3,
    )
    for k in (0.99, 0.94, 0.8, 0.76, 0.56, 0.52, 0.36, 0.32):
        s.ellipse(600, y, r * k, r * k * tilt, stroke=ink, width=2.2, opacity=0.8)
    star: list[Point] = []
    for i in range(28):
        k = 0.3 if i % 2 == 0 else 0.09
        star.append((600 + r * k * cos(pi * i / 14), y + r * k * tilt * sin(pi * i / 14)))
    s.shape(star, mix(c.light, "#FFFFFF", 0.2), stroke=ink, width=1.8, curved=False)
    for k, count, size in ((0.97, 60, 3.4), (0.78, 48, 2.8), (0.54, 36, 2.6), (0.34, 24, 2.2)):
        for px, py in ring(600, y, r * (k - 0.005), r * (k - 0.005) * tilt, count):
            s.ellipse(px, py, size, size * 0.6, fill=ink, opacity=0.85)
    for i in range(10):
        _heron(s, i * 2 * pi / 10, r, y, tilt, ink)
    for i in range(32):
        a = i * pi / 16
        s.line(
            [
                (600 + r * k * cos(a + d), y + r * k * tilt * sin(a + d))
                for k, d in ((0.38, 0.0), (0.5, 0.06), (0.5, 0.13), (0.38, 0.19))
            ],
            ink,
            2,
            curved=False,
            opacity=0.8,
        )


def _heron(s: Studio, angle: float, r: float, y: float, tilt: float, ink: str) -> None:
    """A long-billed bird flying round the drum."""
    shape = (
        (-0.17, 0.0),
        (-0.17, 0.0),
        (-0.08, -0.02),
        (-0.02, -0.025),
        (0.0, -0.085),
        (0.0, -0.085),
        (0.05, -0.03),
        (0.14, -0.05),
        (0.14, -0.05),
        (0.13, 0.03),
        (0.13, 0.03),
        (0.04, 0.02),
        (0.02, 0.08),
        (0.02, 0.08),
        (-0.03, 0.02),
        (-0.08, 0.012),
    )
    points = [
        (600 + r * (0.66 - py) * cos(angle + px * 1.5), y + r * (0.66 - py) * tilt * sin(angle + px * 1.5))
        for px, py in shape
    ]
    s.shape(points, ink, opacity=0.85)


KINDS: dict[str, Kind] = {
    "bronze_lamp": bronze_lamp,
    "bronze_vase": bronze_vase,
    "bronze_bell": bronze_bell,
    "bronze_drum": bronze_drum,
}
