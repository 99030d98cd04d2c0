"""Things woven of bamboo, rattan and sedge: baskets, bags, plates, trays, boxes."""

import itertools
from math import cos, pi, sin

from .kit import BLACK, WHITE, Inks, Kind, Point, Studio, Surface, oval, poly, ring, smooth, tube
from .palettes import mix
from .patterns import pattern
from .pieces import STRAW, Box, Tones, braid, cord, tag, tones_of, weave
from .turning import Turned


def strip_tones(s: Studio) -> tuple[Tones, str]:
    """The natural strip and the dyed one: a pale palette weaves in itself, a deep one dyes the warp on straw."""
    light, body, shade, line = tones_of(s)
    pale = sum(int(body[i : i + 2], 16) for i in (1, 3, 5)) > 430
    return ((light, body, shade, line), mix(body, shade, 0.32)) if pale else (STRAW, body)


def turned_weave(
    s: Studio, body: Turned, cols: int, rows: int, v0: float = 0.0, v1: float = 1.0, twill: int = 2
) -> None:
    tones, dyed = strip_tones(s)
    with s.group(clip=body.outline()):
        weave(
            s,
            lambda u, v: body.at(u / 100 - 1, v0 + (v1 - v0) * v / 100),
            200,
            100,
            cols,
            rows,
            tones,
            other=dyed,
            twill=twill,
        )


def woven_basket(s: Studio) -> None:
    """An open basket with a lashed rim and an arched handle."""
    rng = s.rng
    wide, foot = rng.uniform(265, 305), rng.uniform(190, 225)
    body = Turned(s, [(620, wide), (690, wide * 1.02), (800, (wide + foot) / 2 + 14), (900, foot)], tilt=0.24)
    tones, _dyed = strip_tones(s)
    body.stand(0.6)
    high = rng.uniform(270, 330)
    arch = [(600 + wide * 0.93 * cos(a), 630 - high * sin(a) ** 0.8) for a in (pi * i / 22 for i in range(23))]
    inside = s.linear([(0, mix(tones[2], tones[3], 0.75), 1), (1, tones[2], 1)], (600 - wide, 560), (600 + wide, 700))
    s.ellipse(600, 620, wide, wide * 0.24, fill=inside)
    with s.group(clip=oval(600, 620, wide, wide * 0.24)):
        weave(
            s,
            lambda u, v: (600 - wide + u, 550 + v),
            wide * 2,
            150,
            26,
            6,
            (tones[1], tones[2], mix(tones[2], tones[3], 0.4), tones[3]),
        )
        s.fade(600 + wide * 0.2, 650, wide, 76, tones[3], 0.8)
    turned_weave(s, body, 26, 9)
    body.shade(0.12)
    rim = [body.at(i / 14 - 1, 0) for i in range(29)]
    back = [(600 + wide * cos(a), 620 - wide * 0.24 * sin(a)) for a in (pi * i / 26 for i in range(27))]
    braid(s, back, 17, tones)
    braid(s, arch, 30, tones)
    braid(s, rim, 24, tones)
    braid(s, [body.at(i / 12 - 1, 0.985) for i in range(25)], 18, tones)
    s.focus = (600, 720)


def woven_bag(s: Studio) -> None:
    """A sedge handbag, woven in the palette's colour, with two rolled handles and a toggle."""
    tones, dyed = strip_tones(s)
    rng = s.rng
    top, low, y = rng.uniform(300, 330), rng.uniform(255, 285), rng.uniform(500, 530)
    s.shadow(600, 928, 300, 54, 0.6)
    _handle(s, y, 150, -26, tones)
    outline = [
        (600 - top, y),
        (600 - top, y),
        (600, y + 22),
        (600 + top, y),
        (600 + top, y),
        (600 + top * 1.02, y + 180),
        (600 + low, 920),
        (600 + low * 0.9, 938),
        (600, 950),
        (600 - low * 0.9, 938),
        (600 - low, 920),
        (600 - top * 1.02, y + 180),
    ]
    s.ellipse(600, y, top, 24, fill=mix(tones[2], tones[3], 0.7))

    def on(u: float, v: float) -> Point:
        half = top + (low - top) * (v / 100) ** 2
        bow = sin(pi * u / 200)
        return 600 + (u / 100 - 1) * half, y + (940 - y) * v / 100 + bow * 20

    with s.group(clip=smooth(outline, closed=True)):
        weave(s, on, 200, 102, 20, 14, tones, other=dyed, twill=3)
        band = s.group(
            clip=poly(
                [
                    on(0, 34),
                    on(50, 34),
                    on(100, 34),
                    on(150, 34),
                    on(200, 34),
                    on(200, 70),
                    on(150, 70),
                    on(100, 70),
                    on(50, 70),
                    on(0, 70),
                ],
                closed=True,
            )
        )
        with band:
            s.path(f"M200 {y}h800v500h-800z", fill=mix(tones[0], WHITE, 0.35), opacity=0.93)
            s.marks(pattern(s.pattern, 560, 150, rng), lambda u, v: on(u / 2.8, 34.5 + v * 0.235), _stitch(s))
        for v in (34, 70):
            cord(s, [on(i * 20, v) for i in range(11)], 8, tones)
        s.path(
            f"M0 {y}h1200v480h-1200z",
            fill=s.linear(
                [(0, tones[3], 0.35), (0.2, WHITE, 0.18), (0.5, WHITE, 0), (1, tones[3], 0.5)],
                (600 - top, 0),
                (600 + top, 0),
            ),
        )
    braid(s, [on(i * 8, 0) for i in range(26)], 22, tones)
    _handle(s, y + 18, 150, 0, tones)
    s.shape(tube([(600, y + 16), (606, y + 60), (600, y + 104)], 12), s.colour.accent)
    s.ellipse(600, y + 108, 26, 17, fill=s.ball(600, y + 108, 26, "#FFF8E0", "#C79A58", "#5E3F18"), stroke="#4A2E12")
    s.focus = (600, 700)


def _handle(s: Studio, y: float, reach: float, lift: float, tones: Tones) -> None:
    points = [
        (600 + reach * cos(a), y + 10 + lift / 3 - (235 + lift) * sin(a)) for a in (pi * i / 24 for i in range(25))
    ]
    braid(s, points, 22, tones)


def _stitch(s: Studio) -> Inks:
    c = s.colour
    deep = mix(c.body, c.line, 0.55)
    return Inks(deep, mix(c.body, c.shade, 0.2), mix(c.body, WHITE, 0.5), c.accent)


def _disc(x: float, y: float, rx: float, ry: float) -> Surface:
    """A square pattern of 200 x 200 laid flat on a disc seen at an angle."""
    return lambda u, v: (x + (u / 100 - 1) * rx, y + (v / 100 - 1) * ry)


def woven_plate(s: Studio) -> None:
    """A round woven plate seen from above, its centre in a finer twill and a coiled rim."""
    s.setting = "flat"
    tones, dyed = strip_tones(s)
    r = s.rng.uniform(390, 425)
    s.ellipse(630, 640, r, fill=BLACK, opacity=0.14)
    s.ellipse(618, 624, r, fill=BLACK, opacity=0.2)
    rings = s.rng.randint(4, 6)
    with s.group(clip=oval(600, 600, r, r)):
        s.ellipse(600, 600, r, fill=mix(tones[2], tones[3], 0.5))
        weave(s, _disc(600, 600, r * 0.6, r * 0.6), 200, 200, 17, 17, tones, other=dyed, twill=3)
        for k in range(rings):
            _coil(s, r * (0.6 + 0.4 * k / rings), r * 0.4 / rings, tones, dyed if k % 2 else tones[1])
    s.path(oval(600, 600, r * 0.58, r * 0.58), stroke=tones[3], width=12, opacity=0.28)
    braid(s, [*ring(600, 600, r, r, 84), (600 + r, 600)], 26, tones)
    with s.group(clip=oval(600, 600, r, r)):
        s.fade(430, 420, 340, 330, WHITE, 0.3)
        s.fade(780, 800, 300, 300, tones[3], 0.3)
    s.focus = (470, 470)


def _coil(s: Studio, inner: float, thick: float, tones: Tones, colour: str) -> None:
    """One coil of a sewn plate: a round core wrapped by slanting strips."""
    count = int(inner / 6.5)
    for i in range(count):
        a, b = 2 * pi * i / count, 2 * pi * (i + 0.94) / count
        lean, out = 0.06, inner + thick
        points = [
            (600 + inner * cos(a), 600 + inner * sin(a)),
            (600 + out * cos(a + lean), 600 + out * sin(a + lean)),
            (600 + out * cos(b + lean), 600 + out * sin(b + lean)),
            (600 + inner * cos(b), 600 + inner * sin(b)),
        ]
        s.shape(points, mix(colour, s.rng.choice((tones[0], tones[2])), s.rng.uniform(0.05, 0.35)), curved=False)
    s.path(oval(600, 600, inner, inner), stroke=tones[3], width=5, opacity=0.5)
    s.path(
        oval(600, 600, inner + thick * 0.42, inner + thick * 0.42),
        stroke=WHITE,
        width=thick * 0.18,
        opacity=0.25,
    )


def woven_tray(s: Studio) -> None:
    """A shallow winnowing tray with a tall lashed rim, leaning light on its weave."""
    tones, dyed = strip_tones(s)
    r = s.rng.uniform(375, 415)
    ry = r * 0.46
    s.shadow(600, 830 + ry * 0.55, r * 0.98, ry * 0.5, 0.7)
    s.ellipse(600, 810, r, ry, fill=mix(tones[2], tones[3], 0.4), stroke=tones[3])
    with s.group(clip=oval(600, 790, r * 0.96, ry * 0.94)):
        weave(s, _disc(600, 790, r * 0.97, ry * 0.97), 200, 200, 26, 20, tones, other=dyed, twill=3)
        s.path(oval(600, 802, r * 0.97, ry * 0.98), stroke=tones[3], width=40, opacity=0.3)
        s.fade(470, 720, r * 0.7, ry * 0.6, WHITE, 0.4)
        s.fade(760, 890, r * 0.7, ry * 0.5, tones[3], 0.35)
    for lift, thick in ((26, 20), (0, 26)):
        braid(
            s,
            [(600 + r * cos(a), 770 + lift + ry * sin(a)) for a in (2 * pi * i / 80 for i in range(81))],
            thick,
            tones,
        )
    for i in range(20):
        x, y = ring(600, 784, r, ry, 20)[i]
        s.line([(x - 6, y - 20), (x + 6, y + 20)], mix(dyed, tones[3], 0.3), 6)
    s.focus = (520, 780)


def bamboo_box(s: Studio) -> None:
    """A lidded box of split bamboo, its lid in checks and a cord round it."""
    tones, dyed = strip_tones(s)
    high = s.rng.uniform(250, 300)
    box = Box(690, 950, 330, 500, high)
    box.shadow(s, 0.6)
    box.paint(s, tones)
    lid = Box(700, 950 - high + 62, 350, 522, 86)
    for part, rows in ((box, 9), (lid, 3)):
        weave(s, part.on_left(100, 100), 100, 100, 16, rows, tones, other=dyed)
        weave(
            s,
            part.on_right(100, 100),
            100,
            100,
            9,
            rows,
            (tones[1], tones[2], mix(tones[2], tones[3], 0.5), tones[3]),
            other=mix(dyed, tones[3], 0.35),
        )
    weave(s, lid.on_top(100, 100), 100, 100, 12, 15, tones, other=dyed, twill=3)
    for edge in (lid.left, lid.right, lid.top):
        braid(s, _thirds([edge[0], edge[1]]), 13, tones)
    braid(s, _thirds([lid.left[3], lid.left[2], lid.right[2]]), 13, tones)
    braid(s, _thirds([box.left[3], box.left[2], box.right[2]]), 15, tones)
    braid(s, _thirds([lid.top[0], lid.top[1], lid.top[2]]), 13, tones)
    red = s.colour.accent
    for line in (
        [lid.at(175, 522, 86), lid.at(175, 0, 86), lid.at(175, 0, 0)],
        [lid.at(350, 261, 86), lid.at(0, 261, 86), lid.at(0, 261, 0)],
    ):
        s.line(line, mix(red, BLACK, 0.4), 11, curved=False)
        s.line(line, red, 7, curved=False)
    tag(s, *box.at(0, 262, high - 120), 46)
    s.focus = (560, 700)


def _thirds(points: list[Point]) -> list[Point]:
    """More points along a path of straight pieces, close enough for a lashing."""
    out = []
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        out += [(ax + (bx - ax) * k / 22, ay + (by - ay) * k / 22) for k in range(22)]
    return [*out, points[-1]]


KINDS: dict[str, Kind] = {
    "woven_basket": woven_basket,
    "woven_bag": woven_bag,
    "woven_plate": woven_plate,
    "woven_tray": woven_tray,
    "bamboo_box": bamboo_box,
}
