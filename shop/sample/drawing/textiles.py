"""Textiles for the house: scarf, bolt of cloth, quilt, pillow, tassel."""

from math import cos, pi, sin

from .draping import (
    cloth,
    fold,
    folds,
    fringe,
    peg_shadow,
    stitches,
)
from .kit import WHITE, Kind, Point, Studio, poly, quad, smooth
from .palettes import mix
from .turning import rod


def scarf(s: Studio) -> None:
    """A scarf over a bamboo pole, two tails with fringes."""
    s.setting = "wall"
    tails = ((450, 690, s.rng.uniform(800, 860)), (570, 800, s.rng.uniform(930, 985)))
    back = _tail(s, *tails[0])
    peg_shadow(s, poly(back, closed=True))
    front = _tail(s, *tails[1])
    for outline, (left, right, low) in ((back, tails[0]), (front, tails[1])):
        fringe(s, (left - 6, low), (right + 16, low + 12), 92)
        clip = cloth(s, outline, scale=s.rng.uniform(92, 118))
        folds(
            s,
            clip,
            [
                [
                    (left + (right - left) * k, 200),
                    (left + (right - left) * k + 12, 480),
                    (left + (right - left) * k - 4, low),
                ]
                for k in (0.2, 0.48, 0.78)
            ],
            52,
        )
        with s.group(clip=clip):
            s.path(
                f"M{left - 60} {low - 60}H{right + 60}V{low + 30}H{left - 60}z",
                fill=s.colour.ink,
                opacity=0.2,
            )
            stitches(s, [(left - 20, low - 62), (right + 20, low - 52)], s.colour.accent, 5)
            s.fade(left + 60, 190, 300, 70, s.colour.light, 0.5)
    rod(s, [(210, 196), (600, 190), (1000, 196)], 30, body="#C9A866", shade="#6E5424", light="#F6E5B4")
    for x in (300, 910, 985):
        s.line([(x, 181), (x + 3, 195), (x, 209)], "#6E5424", 4)
    over = [
        (440, 182),
        (520, 168),
        (620, 172),
        (700, 166),
        (806, 180),
        (812, 222),
        (700, 214),
        (600, 222),
        (520, 214),
        (442, 226),
    ]
    clip = cloth(s, over, scale=92)
    folds(s, clip, [[(500, 165), (506, 225)], [(590, 165), (594, 225)], [(690, 160), (696, 225)]], 44)
    s.focus = (680, 620)


def _tail(s: Studio, left: float, right: float, low: float) -> list[Point]:
    out = s.rng.uniform(-14, 14)
    return [
        (left, 190),
        (left, 190),
        (right, 190),
        (right, 190),
        (right + 14 + out, 450),
        (right + 4, 700),
        (right + 16, low + 12),
        (right + 16, low + 12),
        ((left + right) / 2, low + 2),
        (left - 6, low),
        (left - 6, low),
        (left - 14 + out, 660),
        (left + 8, 420),
    ]


def cloth_roll(s: Studio) -> None:
    """A bolt of cloth, its end unrolled towards us, another bolt behind it."""
    c = s.colour
    s.shadow(610, 800, 440, 70)
    _bolt(s, 655, 560, mix(c.accent, c.body, 0.25), 0.8)
    sheet: list[Point] = [
        (330, 700),
        (330, 700),
        (920, 640),
        (920, 640),
        (960, 760),
        (930, 860),
        (985, 1010),
        (985, 1010),
        (680, 1066),
        (300, 1075),
        (300, 1075),
        (262, 940),
        (310, 830),
    ]
    s.shadow(640, 1040, 380, 46, 0.4)
    on = quad([(330, 690), (920, 635), (985, 1012), (298, 1080)], 620, 420)
    clip = cloth(s, sheet, on=on, size=(620, 420), scale=s.rng.uniform(98, 124))
    with s.group(clip=clip):
        for y, tone, alpha in (
            (740, c.line, 0.5),
            (850, c.light, 0.55),
            (925, c.line, 0.3),
            (1030, c.light, 0.3),
        ):
            s.fade(640, y, 480, 62, tone, alpha)
        fold(s, [(560, 700), (540, 880), (575, 1080)], 50, 0.7)
    stitches(s, [(306, 1062), (680, 1052), (976, 998)], c.accent, 3.5)
    _bolt(s, 600, 690, c.body, 1.0)
    s.focus = (650, 860)


def _bolt(s: Studio, x: float, y: float, body: str, grow: float) -> None:
    """A roll lying on its side, its spiral end to the left, the axis rising to the right."""
    c, r = s.colour, 112 * grow
    left, right = (x - 300 * grow, y + 24 * grow), (x + 330 * grow, y - 40 * grow)
    side = [
        (left[0], left[1] - r),
        (left[0], left[1] - r),
        (right[0], right[1] - r),
        (right[0], right[1] - r),
        (right[0] + r * 0.4, right[1]),
        (right[0], right[1] + r),
        (right[0], right[1] + r),
        (left[0], left[1] + r),
        (left[0], left[1] + r),
    ]
    on = quad(
        [(left[0], left[1] - r), (right[0], right[1] - r), (right[0], right[1] + r), (left[0], left[1] + r)],
        640,
        230,
    )
    clip = cloth(s, side, fill=body, on=on, size=(640, 230), scale=96)
    with s.group(clip=clip):
        tones = [(0.0, c.line, 0.18), (0.24, WHITE, 0.5), (0.5, c.line, 0.0), (1.0, c.line, 0.75)]
        s.path(
            poly(
                [
                    (left[0] - 60, left[1] - r - 60),
                    (right[0] + 120, right[1] - r - 60),
                    (right[0] + 120, right[1] + r + 60),
                    (left[0] - 60, left[1] + r + 60),
                ],
                closed=True,
            ),
            fill=s.linear(tones, (x - 8, y - r), (x + 16, y + r)),
        )
    s.ellipse(*left, r * 0.42, r, fill=mix(body, c.light, 0.4), stroke=mix(c.shade, c.line, 0.4), width=2)
    turns = [
        (left[0] + r * 0.4 * (1 - i / 60) * cos(i * 0.72), left[1] + r * 0.95 * (1 - i / 60) * sin(i * 0.72))
        for i in range(56)
    ]
    s.line(turns, mix(c.shade, c.line, 0.3), 2.4, opacity=0.75)
    s.ellipse(*left, r * 0.09, r * 0.2, fill="#6B4A2C", stroke="#3A2412", width=2)


def quilt(s: Studio) -> None:
    """A folded quilt, quilted in diamonds, with another beneath."""
    c = s.colour
    s.shadow(620, 930, 430, 90)
    for y, body, shown in ((850, mix(c.accent, c.body, 0.35), False), (690, c.body, True)):
        _layers(s, y, body)
        _quilted(s, y, body, shown)
    s.focus, s.closer = (600, 560), 1.1


def _layers(s: Studio, y: float, body: str) -> None:
    """The three folds seen from the front."""
    c, edge = s.colour, mix(s.colour.shade, s.colour.line, 0.4)
    for i in range(3):
        top = y + 8 + (2 - i) * 30
        bulge = [
            (232, top),
            (232, top),
            (600, top + 14),
            (930, top - 14),
            (930, top - 14),
            (972, top + 6),
            (940, top + 40),
            (600, top + 62),
            (240, top + 44),
            (206, top + 20),
        ]
        s.path(
            smooth(bulge, closed=True),
            fill=s.linear(
                [(0, mix(body, c.light, 0.45), 1), (1, mix(body, c.shade, 0.75), 1)], (0, top), (0, top + 56)
            ),
            stroke=edge,
            width=2,
        )
        stitches(s, [(240, top + 34), (600, top + 50), (938, top + 28)], mix(c.accent, c.light, 0.4), 2.2)


def _quilted(s: Studio, y: float, body: str, shown: bool) -> None:
    """The upper side: the pattern (where it shows), the quilting in diamonds, each diamond a little puffed."""
    c = s.colour
    corners: list[Point] = [(330, y - 225), (870, y - 235), (950, y - 4), (222, y + 10)]
    face = [
        (330, y - 225),
        (600, y - 240),
        (870, y - 235),
        (930, y - 130),
        (962, y - 12),
        (900, y + 14),
        (600, y + 32),
        (270, y + 26),
        (210, y),
        (275, y - 120),
    ]
    on = quad(corners, 720, 420)
    clip = cloth(s, face, fill=body, on=on, size=(720, 420), scale=112, name="" if shown else "plain")
    if not shown:
        return
    with s.group(clip=clip):
        for i in range(-6, 14):
            for slope in (1, -1):
                stitches(s, [on(i * 80 + slope * 42 * k, 42 * k) for k in range(11)], mix(body, c.line, 0.55), 2.2)
        for i in range(9):
            for j in range(6):
                spot = on(i * 80 + 26, j * 84 + (42 if i % 2 else 0) + 18)
                s.ellipse(*spot, 26, 11, fill=c.light, opacity=0.13)
                s.ellipse(*spot, 16, 7, fill=c.light, opacity=0.15)
        s.fade(430, y - 190, 330, 120, WHITE, 0.35)
        s.fade(900, y - 10, 330, 90, c.line, 0.35)


def pillow(s: Studio) -> None:
    """A plump cushion with piping, leaning on the wall, a bolster behind it."""
    c, half, high = s.colour, s.rng.uniform(320, 345), s.rng.uniform(300, 325)
    x, y = 600.0, 610.0
    s.shadow(620, 925, 320, 56)
    tip = 14
    outline = [
        (x - half, y - high),
        (x - half, y - high),
        (x - half * 0.5, y - high * 0.9),
        (x, y - high * 0.88),
        (x + half * 0.5, y - high * 0.9),
        (x + half, y - high - tip),
        (x + half, y - high - tip),
        (x + half * 0.91, y - high * 0.5),
        (x + half * 0.92, y),
        (x + half * 0.93, y + high * 0.5),
        (x + half, y + high),
        (x + half, y + high),
        (x + half * 0.5, y + high * 0.97),
        (x, y + high * 0.99),
        (x - half * 0.5, y + high * 0.97),
        (x - half, y + high),
        (x - half, y + high),
        (x - half * 0.92, y + high * 0.5),
        (x - half * 0.9, y),
        (x - half * 0.92, y - high * 0.5),
    ]
    single = s.pattern not in ("dots", "stripes", "lattice", "geometric", "waves", "clouds", "plain")
    clip = cloth(s, outline, scale=None if single else 84)
    with s.group(clip=clip):
        s.fade(x - 120, y - 130, 330, 300, WHITE, 0.42)
        for px, py, alpha in (
            (x + half, y + high, 0.75),
            (x - half, y + high, 0.4),
            (x + half, y - high, 0.35),
            (x + 60, y + high + 20, 0.5),
        ):
            s.fade(px, py, 330, 250, mix(c.shade, c.line, 0.6), alpha)
        for px, py in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
            for k in (0.5, 0.8):
                fold(
                    s,
                    [
                        (x + px * half * 0.97, y + py * high * 0.97),
                        (x + px * (half * 0.84 - 20 * k), y + py * high * (0.9 - 0.3 * k * 0.2)),
                        (x + px * (half * 0.62 - 30), y + py * high * (1 - 0.5 * k)),
                    ],
                    22,
                )
    piping = smooth(outline, closed=True)
    s.path(piping, stroke=mix(c.accent, c.line, 0.25), width=12)
    s.path(piping, stroke=mix(c.accent, c.light, 0.35), width=5, more='stroke-dasharray="12 8"')
    s.focus = (x, y)


def tassel(s: Studio) -> None:
    """A silk tassel with an endless knot and a bead."""
    s.setting = "wall"
    c, long = s.colour, s.rng.uniform(330, 390)
    silk, x = (c.body, c.shade, c.light), 600.0
    rod(s, [(600, 70), (590, 150), (600, 236)], 13, body=silk[0], shade=silk[1], light=silk[2])
    _knot(s, 600, 345, s.rng.uniform(112, 130))
    rod(s, [(600, 455), (600, 520)], 15, body=silk[0], shade=silk[1], light=silk[2])
    s.ellipse(
        x,
        530,
        50,
        48,
        fill=s.ball(x, 530, 50, "#FFFFFF", c.accent, mix(c.accent, "#000000", 0.6)),
        stroke=c.line,
        width=2,
    )
    s.ellipse(x - 17, 513, 13, 9, fill=WHITE, opacity=0.8)
    s.path("M560 590q40 -34 80 0l6 60h-92z", fill=s.gold((555, 600), (645, 600)), stroke=c.line, width=2)
    low = 645 + long
    skirt = [
        (556, 645),
        (556, 645),
        (644, 645),
        (644, 645),
        (672, 760),
        (686, low),
        (686, low),
        (600, low + 14),
        (514, low),
        (514, low),
        (528, 760),
    ]
    peg_shadow(s, smooth(skirt, closed=True))
    s.path(smooth(skirt, closed=True), fill=s.tones(505, 695))
    for i in range(46):
        k = i / 45 * 2 - 1
        tone = mix(s.rng.choice(silk), c.body, 0.4)
        s.line(
            [
                (600 + 42 * k, 648),
                (600 + 66 * k, 760),
                (600 + 84 * k + s.rng.uniform(-5, 5), low + s.rng.uniform(-6, 16)),
            ],
            tone,
            2.6,
            opacity=0.8,
        )
    for y in (655, 664, 673):
        s.line([(553, y), (600, y + 6), (647, y)], c.accent, 6)
    s.focus = (600, 480)


def _knot(s: Studio, x: float, y: float, r: float) -> None:
    c = s.colour
    for angle in (0.0, pi / 2, pi, 3 * pi / 2):
        loop = [
            (x + r * k * cos(angle + a), y + r * k * sin(angle + a))
            for k, a in ((0.5, 0.0), (1.15, -0.34), (1.34, 0.0), (1.15, 0.34), (0.5, 0.0))
        ]
        rod(s, loop, 15)
    for slope in (1, -1):
        for i in (-1.5, -0.5, 0.5, 1.5):
            off, half = i * r * 0.3, r * 0.55
            rod(
                s,
                [
                    (x + off - half, y - slope * (half + off)),
                    (x + off, y - slope * off),
                    (x + off + half, y + slope * (half - off)),
                ],
                15,
            )
    s.ellipse(x, y, 15, fill=c.accent, stroke=c.line, width=2)


KINDS: dict[str, Kind] = {
    "scarf": scarf,
    "cloth_roll": cloth_roll,
    "quilt": quilt,
    "pillow": pillow,
    "tassel": tassel,
}
