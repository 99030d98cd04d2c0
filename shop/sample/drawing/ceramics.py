"""Ceramics for the shelf and the table: vase, bowl, plate, cup, lidded jar, a pair of bottles."""

from collections.abc import Sequence
from math import cos, pi, sin

from .kit import WHITE, Kind, Point, Studio, Surface, flat, oval
from .palettes import mix
from .patterns import border, pattern
from .turning import Turned, rod, steam

WOOD = ("#7A4A2B", "#3A1F10", "#C99468")


def vase(s: Studio) -> None:
    """A tall vase: meiping, trumpet-necked or pear-shaped."""
    profile, zone = s.rng.choice((_trumpet, _meiping, _pear))(s)
    body = Turned(s, profile)
    body.stand()
    body.paint()
    _dress(body, zone)
    body.shade(glint_at=(zone[0] + 0.02, zone[0] + 0.24))
    body.mouth()
    s.focus = body.at(0, (zone[0] + zone[1]) / 2)


def _trumpet(s: Studio) -> tuple[list[Point], Point]:
    neck, belly, top = s.rng.uniform(70, 96), s.rng.uniform(205, 245), s.rng.uniform(140, 190)
    shoulder = s.rng.uniform(450, 540)
    return [
        (top, neck * 1.6),
        (top + 60, neck * 1.05),
        (top + 170, neck),
        (shoulder, belly * 0.93),
        (shoulder + 110, belly),
        (800, belly * 0.66),
        (905, belly * 0.5),
        (945, belly * 0.56),
        (945, belly * 0.56),
    ], (0.41, 0.82)


def _meiping(s: Studio) -> tuple[list[Point], Point]:
    neck, belly, top = s.rng.uniform(52, 70), s.rng.uniform(215, 250), s.rng.uniform(190, 225)
    return [
        (top, neck * 1.3),
        (top + 24, neck * 0.95),
        (top + 70, neck * 1.02),
        (top + 120, belly * 0.72),
        (top + 210, belly * 0.98),
        (top + 300, belly),
        (750, belly * 0.68),
        (900, belly * 0.5),
        (950, belly * 0.56),
        (950, belly * 0.56),
    ], (0.4, 0.82)


def _pear(s: Studio) -> tuple[list[Point], Point]:
    neck, belly, top = s.rng.uniform(46, 60), s.rng.uniform(215, 245), s.rng.uniform(130, 165)
    return [
        (top, neck * 1.7),
        (top + 40, neck * 1.1),
        (top + 160, neck),
        (top + 320, belly * 0.55),
        (690, belly),
        (820, belly * 0.88),
        (900, belly * 0.55),
        (945, belly * 0.6),
        (945, belly * 0.6),
    ], (0.45, 0.86)


def _dress(body: Turned, zone: Point) -> None:
    """The painter's order: lines, a fret, lappets on the shoulder, the picture, lappets above the foot."""
    ink = body.s.inks().ink
    body.trim(zone[0] - 0.18, zone[0] - 0.12, body.s.rng.choice(("fret", "curls", "beads")))
    body.trim(zone[0] - 0.1, zone[0] - 0.03, "petals")
    body.wear(*zone)
    body.trim(zone[1] + 0.02, zone[1] + 0.09, "petals")
    for v, width in ((0.02, 4.0), (zone[0] - 0.02, 2.5), (0.97, 5.0)):
        body.hoop(v, ink, width)


def bowl(s: Studio) -> None:
    """A footed bowl, looked into from above."""
    top, wide, foot = s.rng.uniform(470, 520), s.rng.uniform(335, 375), s.rng.uniform(120, 150)
    body = Turned(
        s,
        [
            (top, wide),
            (top + 110, wide * 0.93),
            (800, wide * 0.62),
            (850, foot * 1.05),
            (862, foot),
            (905, foot * 1.04),
            (905, foot * 1.04),
        ],
        tilt=0.27,
    )
    body.stand()
    body.paint()
    body.wear(0.12, 0.6)
    body.trim(0.64, 0.78, "petals")
    for v, width in ((0.06, 3.0), (0.1, 2.0), (0.62, 2.5), (0.93, 4.0)):
        body.hoop(v, s.inks().ink, width)
    body.shade(glint_at=(0.1, 0.5))
    body.inside(wear=True)
    s.focus, s.closer = (600, 690), 1.14


def plate(s: Studio) -> None:
    """A dish on a wooden stand, its face to us."""
    c, r, x, y = s.colour, s.rng.uniform(335, 365), 600.0, 545.0
    s.shadow(610, 950, 290, 44)
    _stand_back(s, x)
    s.ellipse(x + 12, y + 8, r, r, fill=mix(c.shade, c.line, 0.4))
    s.ellipse(
        x,
        y,
        r,
        r,
        fill=s.ball(x, y, r * 1.25, mix(c.light, WHITE, 0.5), c.body, mix(c.body, c.shade, 0.8)),
        stroke=mix(c.shade, c.line, 0.4),
        width=2.5,
    )
    s.marks(
        border(s.rng.choice(("petals", "curls", "fret", "beads")), 2 * pi * r, r * 0.17),
        _around(x, y, r * 0.96),
        s.inks(),
    )
    well = r * 0.7
    s.ellipse(x, y, well * 1.06, well * 1.06, fill=mix(c.body, c.shade, 0.35), opacity=0.4)
    s.ellipse(x, y, well, well, fill=c.body, stroke=c.ink, width=3)
    with s.group(clip=oval(x, y, well, well)):
        s.marks(
            pattern(s.pattern, well * 1.9, well * 1.9, s.rng),
            flat(x - well * 0.95, y - well * 0.95),
            s.inks(),
        )
        s.fade(x + well * 0.55, y + well * 0.6, well * 1.1, well * 1.1, c.line, 0.2)
    s.path(_crescent(x, y, well * 1.04, 0.62), stroke=WHITE, width=9, opacity=0.5)
    s.path(_crescent(x, y, r * 0.975, 0.6), stroke=WHITE, width=7, opacity=0.75)
    s.shape(
        [
            (x - r * 0.5, y - r * 0.55),
            (x - r * 0.2, y - r * 0.66),
            (x - r * 0.3, y - r * 0.2),
            (x - r * 0.48, y - r * 0.1),
        ],
        WHITE,
        opacity=0.2,
    )
    _stand_front(s, x, y + r)
    s.focus = (x, y)


def _around(x: float, y: float, r: float) -> Surface:
    """A border band bent to a ring: its length runs round, its foot points inward."""
    turn = 2 * pi * r / 0.96
    return lambda u, v: (x + (r - v) * cos(u / turn * 2 * pi), y + (r - v) * sin(u / turn * 2 * pi))


def _crescent(x: float, y: float, r: float, turn: float) -> str:
    a, b = pi * (turn + 0.4), pi * (turn + 0.8)
    return f"M{x + r * cos(a):.1f} {y + r * sin(a):.1f}A{r:.1f} {r:.1f} 0 0 1 {x + r * cos(b):.1f} {y + r * sin(b):.1f}"


def _stand_back(s: Studio, x: float) -> None:
    for side in (-1, 1):
        rod(
            s,
            [(x + side * 60, 700), (x + side * 130, 860), (x + side * 190, 935)],
            26,
            22,
            body=WOOD[1],
            shade="#1C0E06",
            light=WOOD[0],
        )


def _stand_front(s: Studio, x: float, low: float) -> None:
    for side in (-1, 1):
        foot: Sequence[Point] = [
            (x + side * 175, low - 90),
            (x + side * 172, low - 30),
            (x + side * 140, low + 6),
            (x + side * 150, low + 40),
            (x + side * 205, 958),
        ]
        rod(s, foot, 30, 24, body=WOOD[0], shade=WOOD[1], light=WOOD[2])
    rod(
        s,
        [(x - 165, low + 24), (x, low + 32), (x + 165, low + 24)],
        24,
        body=WOOD[0],
        shade=WOOD[1],
        light=WOOD[2],
    )


def cup(s: Studio) -> None:
    """A cup with its ear on a saucer, something hot in it."""
    c, r = s.colour, s.rng.uniform(215, 245)
    saucer = Turned(s, [(842, 345), (862, 330), (905, 190), (915, 185), (915, 185)], tilt=0.25)
    saucer.stand()
    saucer.paint()
    saucer.shade(0.3)
    saucer.inside(10, 0.62)
    ear = s.rng.uniform(0.9, 1.12)
    loop = [
        (600 + r * 0.85, 585),
        (600 + r * 1.35 * ear, 560),
        (600 + r * 1.62 * ear, 640),
        (600 + r * 1.3, 740),
        (600 + r * 0.7, 770),
    ]
    rod(s, loop, 36, 28)
    body = Turned(
        s,
        [
            (500, r),
            (560, r * 0.97),
            (700, r * 0.9),
            (800, r * 0.62),
            (838, r * 0.46),
            (868, r * 0.48),
            (868, r * 0.48),
        ],
        tilt=0.25,
    )
    s.fade(620, 880, r * 0.95, 46, c.line, 0.5)
    body.paint()
    body.wear(0.12, 0.72)
    for v, width in ((0.06, 3.5), (0.76, 2.5), (0.8, 2.5), (0.96, 4.0)):
        body.hoop(v, s.inks().ink, width)
    body.shade(glint_at=(0.12, 0.55))
    _drink(s, body)
    s.focus, s.closer = (600, 660), 1.15


def _drink(s: Studio, body: Turned) -> None:
    body.inside(11, 0.5)
    y, r = body.top
    s.ellipse(
        600,
        y + 13,
        r * 0.9,
        r * 0.9 * 0.22,
        fill=s.linear([(0, "#5A2E0C", 1), (0.6, "#A8672A", 1), (1, "#D9A45C", 1)], (400, y), (800, y + 20)),
    )
    s.ellipse(570, y + 8, r * 0.4, r * 0.05, fill=WHITE, opacity=0.22)
    steam(s, 600, y + 6, 260, 0.5)


def jar(s: Studio) -> None:
    """A round jar with a domed lid."""
    top, belly = s.rng.uniform(375, 420), s.rng.uniform(265, 305)
    neck = belly * s.rng.uniform(0.5, 0.6)
    body = Turned(
        s,
        [
            (top, neck),
            (top + 36, neck),
            (top + 36, neck),
            (top + 70, belly * 0.78),
            (top + 190, belly),
            (800, belly * 0.78),
            (905, belly * 0.55),
            (940, belly * 0.57),
            (940, belly * 0.57),
        ],
        tilt=0.17,
    )
    body.stand()
    body.paint()
    body.trim(0.22, 0.3, "petals")
    body.wear(0.33, 0.8)
    body.trim(0.83, 0.92, s.rng.choice(("petals", "fret", "curls")))
    body.hoop(0.97, s.inks().ink, 5)
    body.shade(glint_at=(0.28, 0.55))
    lid(s, 600, top + 6, neck * 1.22, s.rng.uniform(105, 150), tilt=0.17)
    s.focus, s.closer = (600, 650), 1.08


def lid(s: Studio, x: float, y: float, r: float, height: float, *, tilt: float = 0.17, knob: str = "") -> None:
    """A domed lid whose edge lies at height y, with a knob."""
    dome = Turned(
        s,
        [
            (y - height, r * 0.12),
            (y - height * 0.86, r * 0.5),
            (y - height * 0.4, r * 0.9),
            (y - height * 0.12, r),
            (y, r),
            (y, r),
        ],
        x=x,
        tilt=tilt,
    )
    dome.paint()
    dome.trim(0.5, 0.74, "petals")
    dome.hoop(0.8, s.inks().ink, 3)
    dome.shade(glint_at=(0.3, 0.62))
    k = r * 0.17
    top = Turned(
        s,
        [
            (y - height - k * 1.9, k * 0.2),
            (y - height - k * 1.6, k * 0.8),
            (y - height - k * 0.8, k),
            (y - height, k * 0.55),
            (y - height + k * 0.3, k * 0.7),
        ],
        x=x,
        tilt=tilt,
    )
    top.paint(knob or s.colour.accent)
    top.shade(0.5, glint_at=(0.2, 0.45))


def bottle_pair(s: Studio) -> None:
    """Two bottles of one firing, a tall one and a round one."""
    for x, y, grow, slim in ((745, 885, 0.78, 1.22), (450, 950, 1.0, 0.92)):
        _bottle(s, x, y, grow * s.rng.uniform(0.95, 1.04), slim)
    s.focus, s.closer = (480, 720), 1.05


def _bottle(s: Studio, x: float, foot: float, grow: float, slim: float) -> None:
    neck, belly, tall = 36 * grow, 178 * grow * slim, 700 * grow / slim**0.7
    top = foot - tall
    body = Turned(
        s,
        [
            (top, neck * 1.5),
            (top + 20 * grow, neck * 1.2),
            (top + 40 * grow, neck),
            (top + tall * 0.32, neck * 1.1),
            (top + tall * 0.5, belly * 0.62),
            (top + tall * 0.72, belly),
            (top + tall * 0.9, belly * 0.84),
            (foot, belly * 0.62),
            (foot, belly * 0.62),
        ],
        x=x,
        tilt=0.15,
    )
    body.stand()
    body.paint()
    body.trim(0.28, 0.33, "beads")
    body.trim(0.42, 0.49, "petals")
    body.wear(0.5, 0.9)
    for v, width in ((0.02, 4.0), (0.2, 2.5), (0.92, 3.0), (0.97, 5.0)):
        body.hoop(v, s.inks().ink, width)
    body.shade(glint_at=(0.54, 0.76))
    body.mouth(8)


KINDS: dict[str, Kind] = {
    "vase": vase,
    "bowl": bowl,
    "plate": plate,
    "cup": cup,
    "jar": jar,
    "bottle_pair": bottle_pair,
}
