"""Open work of bamboo splints: lampshades and bird cages."""

from math import pi, sin

from .kit import BLACK, WHITE, Kind, Point, Studio
from .palettes import mix
from .pieces import braid
from .turning import Turned
from .weaving import strip_tones


def woven_lamp(s: Studio) -> None:
    """A hanging lampshade of open bamboo weave, lit from within."""
    s.setting = "wall"
    tones, dyed = strip_tones(s)
    wide = s.rng.uniform(300, 340)
    shape = s.rng.choice(
        (
            [(420, 70), (500, wide * 0.8), (640, wide), (760, wide * 0.92), (850, wide * 0.7)],
            [(400, 64), (450, 190), (640, wide * 0.9), (830, wide)],
            [(420, 90), (520, wide * 0.94), (680, wide * 0.86), (820, wide * 0.42)],
        )
    )
    s.fade(600, 700, 600, 520, "#FFD88A", 0.6)
    s.line([(600, 0), (600, 410)], "#3A2A1C", 7)
    body = Turned(s, shape, tilt=0.15)
    y, r = body.foot
    s.ellipse(600, y, r, r * 0.15, fill="#FFE7AE")
    s.path(
        body.outline(),
        fill=s.radial([(0, "#FFFBE6", 1), (0.4, "#FFE19A", 1), (1, "#D98E32", 1)], (600, 680), wide),
    )
    lattice = 15
    for lean in (1, -1):
        for i in range(-lattice, lattice + 1):
            strip = [
                body.at(max(-1.0, min(1.0, i / lattice * 1.6 + lean * (k / 9 - 0.5) * 0.9)), k / 9) for k in range(10)
            ]
            s.line(strip, mix(tones[2], tones[3], 0.2), 9)
            s.line([(x - 1.5, py) for x, py in strip], mix(tones[1], tones[2], 0.35 if lean > 0 else 0.0), 6)
    for i in range(1, 16):
        line = [body.at(k / 10 - 1, i / 16) for k in range(21)]
        s.line(line, tones[3], 6.5, opacity=0.45)
        s.line(line, dyed if i % 5 == 2 else tones[1], 5)
    with s.group(clip=body.outline()):
        s.fade(600, 700, wide * 0.8, 230, "#FFF3C4", 0.75)
        s.path(
            "M0 300H1200V1000H0Z",
            fill=s.linear(
                [(0, tones[3], 0.5), (0.3, tones[3], 0), (0.7, tones[3], 0), (1, tones[3], 0.55)],
                (600 - wide, 0),
                (600 + wide, 0),
            ),
        )
    braid(s, [body.at(i / 14 - 1, 1) for i in range(29)], 19, tones)
    braid(s, [body.at(i / 8 - 1, 0) for i in range(17)], 15, tones)
    s.ellipse(600, 412, 50, 12, fill=mix(tones[2], tones[3], 0.5), stroke=tones[3])
    s.focus = (560, 680)


def bird_cage(s: Studio) -> None:
    """A domed cage of bamboo splints with a hook, a perch and a singing bird."""
    tones, _ = strip_tones(s)
    light, body, shade, line = tones
    r, top = s.rng.uniform(225, 255), s.rng.uniform(250, 290)
    s.shadow(600, 930, r * 1.1, 50)
    s.line([(600, top), (600, top - 62), (636, top - 96), (610, top - 138), (574, top - 112)], "#6B5230", 9)

    def bar(u: float) -> list[Point]:
        return [
            (600 + r * u * k, y)
            for y, k in (
                (top + 4, 0.06),
                (top + 26, 0.42),
                (top + 84, 0.78),
                (top + 190, 0.98),
                (600, 1.0),
                (880, 0.96),
            )
        ]

    for i in range(-9, 10):
        points = [(x, y - 30 * (1 - (i / 9) ** 2) * (y - top) / 600) for x, y in bar(sin(i / 9.5 * pi / 2))]
        s.line(points, mix(shade, line, 0.35), 4, opacity=0.7)
    s.ellipse(
        600,
        880,
        r * 0.96,
        52,
        fill=s.linear([(0, body, 1), (1, shade, 1)], (400, 840), (800, 920)),
        stroke=line,
    )
    s.line([(600 - r * 0.9, 690), (600 + r * 0.9, 690)], mix(shade, line, 0.3), 13)
    s.line([(600 - r * 0.9, 687), (600 + r * 0.9, 687)], light, 4, opacity=0.6)
    _bird(s, s.rng.uniform(560, 620), 640)
    for y, k in ((top + 84, 0.78), (top + 190, 0.98), (600, 1.0), (760, 0.98)):
        s.path(
            f"M{600 - r * k:.1f} {y:.1f}A{r * k:.1f} {r * k * 0.2:.1f} 0 0 0 {600 + r * k:.1f} {y:.1f}",
            stroke=mix(body, shade, 0.5),
            width=8,
        )
    for i in range(-11, 12):
        points = [(x, y + 46 * (1 - (i / 11) ** 2) * (y - top) / 600) for x, y in bar(sin(i / 11 * pi / 2))]
        s.line(points, line, 6.5, opacity=0.6)
        s.line([(x - 1, y) for x, y in points], mix(light, body, 0.5 + 0.5 * max(i, 0) / 11), 4)
    base = Turned(s, [(876, r * 0.97), (912, r), (930, r * 0.99)], tilt=0.2)
    with s.group(clip=base.outline()):
        s.path(
            base.outline(),
            fill=s.linear([(0, light, 1), (0.4, body, 1), (1, shade, 1)], (600 - r, 0), (600 + r, 0)),
        )
        base.trim(0.1, 0.9, "fret")
    s.path(base.outline(), stroke=line, width=2.5)
    s.ellipse(600, top, 22, 13, fill=s.ball(600, top, 22, light, body, shade), stroke=line)
    s.focus = (600, 620)


def _bird(s: Studio, x: float, y: float) -> None:
    tint = s.colour.accent
    s.shape(
        [(x + 40, y + 20), (x + 120, y + 92), (x + 96, y + 110), (x + 14, y + 44)],
        mix(tint, BLACK, 0.5),
        stroke="#241810",
    )
    s.shape(
        [
            (x - 62, y - 44),
            (x - 40, y - 70),
            (x - 8, y - 62),
            (x + 20, y - 26),
            (x + 62, y + 10),
            (x + 50, y + 44),
            (x, y + 48),
            (x - 44, y + 18),
            (x - 56, y - 18),
        ],
        s.ball(x - 8, y - 6, 62, "#FFF3D2", tint, mix(tint, BLACK, 0.55)),
        stroke="#241810",
    )
    s.shape(
        [(x - 14, y - 8), (x + 34, y), (x + 84, y + 40), (x + 26, y + 30)],
        mix(tint, BLACK, 0.35),
        stroke="#241810",
        width=1.5,
    )
    s.shape([(x - 60, y - 46), (x - 90, y - 38), (x - 60, y - 32)], "#E0992F", stroke="#5A3410", width=1.5)
    s.ellipse(x - 42, y - 48, 6, fill="#120C08")
    s.ellipse(x - 44, y - 50, 2, fill=WHITE)
    for k in (-8, 8):
        s.line([(x + k, y + 46), (x + k, y + 60)], "#8A5A24", 4)


KINDS: dict[str, Kind] = {"woven_lamp": woven_lamp, "bird_cage": bird_cage}
