"""Flowers of the new year: peach branch, kumquat tree, bouquets."""

from math import cos, pi, sin

from .greenery import blossom, leaf, petal
from .kit import WHITE, Kind, Point, Studio, smooth, tube
from .palettes import mix
from .patterns import pattern
from .pieces import Tones, bow
from .plants import BARK, BLADE, planter
from .servings import paper_inks, scatter
from .turning import Turned

PEACH: Tones = ("#FFE9EC", "#F5A3B4", "#D4587A", "#8E2A4A")


def peach_branch(s: Studio) -> None:
    """A branch of new-year peach in a vase."""
    rng = s.rng
    _branches(s, (600, 640), -pi / 2 + rng.uniform(-0.12, 0.12), 165, 28, 0)
    vase = Turned(s, [(620, 70), (640, 57), (690, 62), (770, 140), (845, 134), (925, 84)], tilt=0.18)
    vase.stand(0.6)
    vase.paint()
    vase.wear(0.36, 0.86)
    vase.shade(0.9)
    s.path("M530 620A70 13 0 0 0 670 620", stroke=mix(s.colour.shade, s.colour.line, 0.3), width=3)
    for x, y in scatter(s, 400, 950, 160, 26, 7):
        petal(s, x, y, rng.uniform(0, 6), 30, 22, PEACH, tip=1, veins=1)
    s.focus = (560, 320)


def _branches(s: Studio, start: Point, turn: float, length: float, thick: float, depth: int) -> None:
    rng = s.rng
    (x, y), bend = start, rng.uniform(-0.3, 0.3)
    middle = (x + length * 0.5 * cos(turn + bend), y + length * 0.5 * sin(turn + bend))
    end = (x + length * cos(turn), y + length * sin(turn))
    limb = tube([start, middle, end], thick, thick * 0.62)
    s.shape(
        limb,
        s.linear(
            [(0, BARK[0], 1), (0.5, BARK[1], 1), (1, BARK[2], 1)],
            (middle[0] - thick, middle[1]),
            (middle[0] + thick, middle[1]),
        ),
        stroke=BARK[3],
        width=1.5,
    )
    if depth < 3:
        for side in (-1, 1) if depth else (-1, 0, 1):
            _branches(
                s,
                end,
                turn + side * rng.uniform(0.45, 0.75) + rng.uniform(-0.1, 0.1),
                length * rng.uniform(0.72, 0.9),
                thick * 0.58,
                depth + 1,
            )
    for k in range(1 + depth):
        t = rng.uniform(0.35, 1)
        px, py = x + (end[0] - x) * t + rng.uniform(-12, 12), y + (end[1] - y) * t + rng.uniform(-12, 12)
        if depth > 0:
            _peach_sign(s, px, py, turn, k)
    if depth == 3:
        blossom(s, *end, rng.uniform(28, 40), PEACH, turn=rng.uniform(0, 2))


def _peach_sign(s: Studio, x: float, y: float, turn: float, k: int) -> None:
    sort = s.rng.random()
    if sort < 0.55:
        blossom(s, x, y, s.rng.uniform(28, 42), PEACH, turn=s.rng.uniform(0, 2))
    elif sort < 0.8:
        s.ellipse(x, y, 11, 13, fill=s.ball(x, y, 12, PEACH[0], PEACH[2], PEACH[3]), stroke=PEACH[3], width=1)
    else:
        leaf(
            s,
            (x, y),
            (x + 52 * cos(turn + k + 0.6), y + 52 * sin(turn + k + 0.6)),
            15,
            ("#CFE39A", "#8DB852", "#5E8A34", "#34541E"),
        )


def kumquat_tree(s: Studio) -> None:
    """A kumquat tree heavy with fruit in its glazed pot."""
    rng = s.rng
    planter(s, 175, 760)
    s.shape(
        tube([(600, 762), (590, 690), (606, 600)], 44, 30),
        s.linear([(0, BARK[0], 1), (1, BARK[2], 1)], (580, 0), (625, 0)),
        stroke=BARK[3],
    )
    wide, high = rng.uniform(250, 280), rng.uniform(280, 300)
    s.ellipse(600, 430, wide * 0.84, high * 0.86, fill=s.ball(600, 430, wide, "#5E9A44", "#2E6A34", "#143A1E"))
    for layer, count in ((-0.3, 110), (0.4, 90), (1.5, 60)):
        for x, y in scatter(s, 600, 430, wide * (1 - layer * 0.1), high * (1 - layer * 0.1), count):
            a = rng.uniform(0, 2 * pi)
            dark = (x - 600) / wide + (y - 430) / high
            tones = BLADE if dark > 0.2 else ("#C4DB86", "#5E9A44", "#2E6430", "#16361A")
            leaf(s, (x, y), (x + 62 * cos(a), y + 50 * sin(a)), 26, tones)
        for x, y in scatter(s, 600, 440, wide * 0.96, high * 0.96, 15):
            _kumquat(s, x, y, rng.uniform(21, 28))
    for x, y in ((420, 950), (480, 964), (790, 956)):
        s.shadow(x, y + 22, 26, 9, 0.5)
        _kumquat(s, x, y, 26)
    s.focus = (560, 420)


def _kumquat(s: Studio, x: float, y: float, r: float) -> None:
    s.fade(x + 6, y + 9, r * 1.25, r * 1.2, "#0A1E0C", 0.5)
    s.ellipse(x, y, r, r * 1.06, fill=s.ball(x, y, r, "#FFE39A", "#F0921E", "#A84A06"), stroke="#9A4606", width=1.2)
    s.ellipse(x - r * 0.34, y - r * 0.38, r * 0.24, r * 0.15, fill=WHITE, opacity=0.8, turn=-30)
    s.ellipse(x, y - r * 0.94, 4, 3, fill="#4E6A24")


def flower_bunch(s: Studio) -> None:
    """A bouquet from the flower villages, wrapped in printed paper and tied with a ribbon."""
    rng = s.rng
    s.shadow(600, 950, 190, 40, 0.5)
    sorts: list[Tones] = [
        ("#FFF3D0", "#F6C445", "#C98A1A", "#7E5208"),
        ("#FFE3EA", "#EE8AA6", "#B8406A", "#6E1E3E"),
        (WHITE, "#F6F1E4", "#CFC2A4", "#8A7A54"),
        ("#F3C9B8", "#E0603A", "#9A2E14", "#541406"),
        ("#EADCF6", "#A986CC", "#66428E", "#38205A"),
    ]
    rng.shuffle(sorts)
    back = [(330, 420), (420, 330), (600, 290), (780, 330), (870, 420), (680, 820), (520, 820)]
    paper = mix(s.colour.body, WHITE, 0.3)
    s.shape(back, mix(paper, s.colour.shade, 0.35), stroke=s.colour.shade)
    for i in range(20):
        a = -pi / 2 + (i - 9.5) * 0.11
        leaf(
            s,
            (600, 640),
            (600 + 400 * cos(a), 640 + 420 * sin(a)),
            70,
            BLADE,
            bend=rng.uniform(-0.1, 0.1),
            veins=4,
        )
    for i, (x, y) in enumerate(scatter(s, 600, 400, 230, 150, 19)):
        _bloom(s, x, y, rng.uniform(72, 92), sorts[i % 3], i % 3)
    _wrapping(s, paper)
    bow(s, 600, 780, 116, s.colour.accent)
    s.focus = (580, 420)


def _bloom(s: Studio, x: float, y: float, r: float, tones: Tones, sort: int) -> None:
    s.fade(x + 8, y + 14, r * 1.1, r, "#0A1E0C", 0.4)
    if sort == 0:
        for layer in range(3):
            for i in range(13 - layer * 3):
                petal(
                    s,
                    x,
                    y - layer * 3,
                    2 * pi * i / (13 - layer * 3) + layer * 0.3,
                    r * (1 - layer * 0.22),
                    r * 0.2,
                    tones,
                    tip=1,
                    veins=0,
                )
    elif sort == 1:
        for size, count in ((1.0, 6), (0.78, 6), (0.56, 5), (0.34, 4)):
            for i in range(count):
                a = 2 * pi * i / count + size * 5
                px, py = x + cos(a) * r * size * 0.45, y + sin(a) * r * size * 0.4
                s.ellipse(
                    px,
                    py,
                    r * size * 0.56,
                    r * size * 0.48,
                    fill=s.ball(px, py, r * size * 0.6, tones[0], tones[1], tones[2]),
                    stroke=tones[2],
                    width=1.2,
                    turn=a * 57,
                )
    else:
        blossom(s, x, y, r, tones, petals=13, heart="#D9A01E")
        s.ellipse(x, y, r * 0.26, fill=s.ball(x, y, r * 0.26, "#FFE08A", "#D99A1E", "#7E4E08"))


def _wrapping(s: Studio, paper: str) -> None:
    front = [
        (346, 520),
        (346, 520),
        (470, 600),
        (600, 640),
        (730, 600),
        (854, 520),
        (854, 520),
        (700, 760),
        (680, 800),
        (740, 940),
        (740, 940),
        (600, 962),
        (460, 940),
        (460, 940),
        (520, 800),
        (500, 760),
    ]
    s.shape(
        front,
        s.linear(
            [
                (0, mix(paper, s.colour.shade, 0.3), 1),
                (0.3, mix(paper, WHITE, 0.6), 1),
                (0.6, paper, 1),
                (1, mix(paper, s.colour.shade, 0.6), 1),
            ],
            (350, 0),
            (850, 0),
        ),
        stroke=s.colour.shade,
    )

    with s.group(clip=smooth(front, closed=True)):
        s.marks(pattern(s.pattern, 500, 420, s.rng), lambda u, v: (350 + u, 540 + v), paper_inks(s), opacity=0.55)
        for i in range(11):
            s.line(
                [(600 + (i - 5) * 12, 780), (600 + (i - 5) * 46, 560)],
                s.colour.line if i % 2 else WHITE,
                3.5,
                opacity=0.22,
            )
            s.line(
                [(600 + (i - 5) * 12, 790), (600 + (i - 5) * 26, 950)],
                s.colour.line if i % 2 else WHITE,
                3.5,
                opacity=0.22,
            )


KINDS: dict[str, Kind] = {"peach_branch": peach_branch, "kumquat_tree": kumquat_tree, "flower_bunch": flower_bunch}
