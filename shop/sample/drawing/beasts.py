"""The two great beasts of the craft, dragon and phoenix, as motifs."""

from math import cos, pi, sin
from random import Random

from .kit import Mark, Point, tube
from .motifs import along, cloud, disc, line, petal


def dragon(x: float, y: float, size: float, side: float, rng: Random) -> list[Mark]:
    """A winding dragon of the Lý kind: a long rippling body of scales, a mane, whiskers, and a pearl before it."""
    u = size / 100
    spine = [
        (x + side * (-30 + 78 * t) * u, y + (-14 + 26 * t + 23 * (1 - t * 0.3) * sin(t * 3.7 * pi)) * u)
        for t in (i / 54 for i in range(55))
    ]
    marks = [
        *cloud(x - side * 22 * u, y + 40 * u, 40 * u, side, rng),
        *cloud(x + side * 32 * u, y - 38 * u, 36 * u, -side, rng),
    ]
    for at, flip in ((0.22, 1), (0.42, -1), (0.62, 1), (0.78, -1)):
        marks += _claw(spine, at, flip * side, u)
    marks += _crest(spine, side, u)
    marks.append(Mark(tuple(tube(spine, 13.5 * u, 1.8 * u)), "wash", "ink", 1.8))
    marks += _scales(spine, u)
    return marks + _dragon_head(*spine[0], side, u)


def _scales(spine: list[Point], u: float) -> list[Mark]:
    marks = []
    for i in range(38 if u > 1.2 else 14):
        at = 0.05 + i * (0.0235 if u > 1.2 else 0.064)
        (px, py), (dx, dy) = along(spine, at)
        half = (13.5 - 11.5 * at) * 0.42 * u
        arc = [
            (px - dy * half, py + dx * half),
            (px + dx * half * 0.9, py + dy * half * 0.9),
            (px + dy * half, py - dx * half),
        ]
        marks.append(line(arc, 1.2))
    return marks


def _crest(spine: list[Point], side: float, u: float) -> list[Mark]:
    marks = []
    for i in range(19):
        at = 0.05 + i * 0.048
        (px, py), (dx, dy) = along(spine, at)
        half = (13.5 - 11.5 * at) * 0.45 * u
        tip = (
            px + (dy * side * (half + 4.6 * u)) + dx * 3 * u,
            py - (dx * side * (half + 4.6 * u)) + dy * 3 * u,
        )
        foot = [(px - dx * 2.6 * u, py - dy * 2.6 * u), (px + dx * 2.6 * u, py + dy * 2.6 * u)]
        marks.append(Mark((foot[0], tip, foot[1]), "accent", "ink", 1.0, sharp=True))
    return marks


def _claw(spine: list[Point], at: float, side: float, u: float) -> list[Mark]:
    (px, py), (dx, dy) = along(spine, at)
    down = (-dy * side, dx * side)
    knee = (px + down[0] * 10 * u - dx * 5 * u, py + down[1] * 10 * u - dy * 5 * u)
    foot = (knee[0] + down[0] * 6 * u + dx * 8 * u, knee[1] + down[1] * 6 * u + dy * 8 * u)
    toes = [line([foot, (foot[0] + cos(a) * 6 * u, foot[1] + sin(a) * 6 * u)], 1.7) for a in (-0.6, 0.1, 0.8, 1.7)]
    return [Mark(tuple(tube([(px, py), knee, foot], 5 * u, 2.2 * u)), "wash", "ink", 1.5), *toes]


def _dragon_head(x: float, y: float, side: float, u: float) -> list[Mark]:
    def put(points: list[Point]) -> tuple[Point, ...]:
        return tuple((x + side * px * u, y + py * u) for px, py in points)

    mane = [
        Mark(
            petal(
                *put([(2, -2)])[0],
                (0.2 + 0.34 * i) * -1 if side > 0 else pi + 0.2 + 0.34 * i,
                (17 - i) * u,
                5 * u,
            ),
            "accent",
            "ink",
            1.2,
        )
        for i in range(5)
    ]
    jaw = put([(-2, 3), (-10, 4), (-18, 9), (-18, 9), (-10, 9), (0, 8)])
    head = put([(4, -6), (-3, -9), (-9, -6), (-16, -6), (-20, -9), (-23, -5), (-19, -1), (-10, 2), (-2, 7), (5, 6)])
    horns = [
        line(list(put([(-2, -8), (6, -15), (16, -17)])), 2.4),
        line(list(put([(6, -15), (11, -21)])), 1.8),
    ]
    whiskers = [
        line(list(put([(-20, -3), (-28, 0), (-32, -8), (-40, -6)])), 1.5),
        line(list(put([(-14, 9), (-20, 15), (-28, 14)])), 1.4),
    ]
    eye = [
        Mark(disc(*put([(-8, -4)])[0], 2.1 * u), "pale", "ink", 1.2),
        Mark(disc(*put([(-8.5, -4)])[0], 0.9 * u), "ink"),
    ]
    pearl = [Mark(disc(*put([(-28, 14)])[0], 4 * u), "accent", "ink", 1.4)]
    flame = [
        line(list(put([(-32, 10), (-36, 5), (-33, 2)])), 1.4),
        line(list(put([(-24, 10), (-24, 5)])), 1.4),
    ]
    return [
        *mane,
        Mark(jaw, "wash", "ink", 1.6),
        Mark(head, "wash", "ink", 1.8),
        *horns,
        *whiskers,
        *eye,
        *pearl,
        *flame,
    ]


def phoenix(x: float, y: float, size: float, side: float, rng: Random) -> list[Mark]:
    """A phoenix in flight with three eyed tail feathers."""
    u = size / 100

    def put(points: list[Point]) -> tuple[Point, ...]:
        return tuple((x + side * px * u, y + py * u) for px, py in points)

    marks: list[Mark] = []
    for bend, lift in ((-16, 10), (-2, 18), (12, 26)):
        plume = list(put([(2, 2), (16, 8 + bend * 0.2), (32, 12 + bend), (48, lift + bend * 0.9)]))
        marks += _plume(plume, u)
    marks += _wing(put([(-6, -4)])[0], -1.75, 40 * u, side, "wash")
    marks.append(
        Mark(
            put(
                [
                    (-26, -16),
                    (-21, -10),
                    (-18, 0),
                    (-8, 9),
                    (6, 8),
                    (12, 1),
                    (2, -6),
                    (-8, -8),
                    (-14, -16),
                    (-18, -22),
                    (-24, -22),
                ]
            ),
            "pale",
            "ink",
            1.8,
        )
    )
    marks += _wing(put([(-2, 1)])[0], -0.75, 42 * u, side, "pale")
    marks += [
        Mark(put([(-25, -21), (-25, -21), (-34, -17), (-34, -17), (-25, -16)]), "accent", "ink", 1.2),
        Mark(disc(*put([(-21, -19)])[0], 1.3 * u), "ink"),
    ]
    for k in range(3):
        marks.append(
            line(
                list(put([(-19, -22), (-16 + k * 3, -30 - k * 1.5), (-12 + k * 6, -34 + k * 3)])),
                1.7,
                "accent",
            )
        )
    for k in range(3):
        marks.append(line(list(put([(-12 + k * 5, 0), (-9 + k * 5, 3), (-6 + k * 5, 0)])), 1.2))
    return marks + [
        line(list(put([(-4, 8), (0, 17), (6, 18)])), 1.5),
        line(list(put([(2, 8), (8, 15), (14, 15)])), 1.5),
    ]


def _plume(quill: list[Point], u: float) -> list[Mark]:
    marks = [Mark(tuple(tube(quill, 5.5 * u, 7 * u)), "wash", "ink", 1.4), line(quill, 1.2)]
    for i in range(7):
        (px, py), (dx, dy) = along(quill, 0.15 + i * 0.12)
        barb = [
            (px + dy * 3 * u - dx * 2 * u, py - dx * 3 * u - dy * 2 * u),
            (px, py),
            (px - dy * 3 * u - dx * 2 * u, py + dx * 3 * u - dy * 2 * u),
        ]
        marks.append(line(barb, 1.0, opacity=0.7))
    tip = quill[-1]
    return [
        *marks,
        Mark(disc(*tip, 6.2 * u), "pale", "ink", 1.5),
        Mark(disc(*tip, 3 * u), "accent", "ink", 1.0),
    ]


def _wing(root: Point, angle: float, length: float, side: float, fill: str) -> list[Mark]:
    """Seven long feathers fanned from the root, with a row of short ones over them."""
    marks = []
    for row, (number, reach) in enumerate(((7, 1.0), (5, 0.55))):
        for i in range(number):
            turn = angle + (i - number / 2) * 0.2 * (1 + row * 0.3)
            heading = turn if side > 0 else pi - turn
            feather = petal(*root, heading, length * reach * (1 - 0.06 * i), length * 0.16, 0.75)
            marks.append(Mark(feather, fill if row == 0 else "wash", "ink", 1.3))
    return marks
