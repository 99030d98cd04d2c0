"""The single motifs of the craft: flowers, birds, beasts and clouds, each as Marks within a box of a given size."""

from collections.abc import Callable
from math import cos, hypot, pi, sin
from random import Random

from .kit import Mark, Point, tube

Motif = Callable[[float, float, float, float, Random], list[Mark]]
"""(centre x, centre y, size of the box, side +1 or -1 to mirror, chance) -> marks"""


def petal(x: float, y: float, angle: float, length: float, width: float, tip: float = 0.6) -> tuple[Point, ...]:
    """A pointed petal from (x, y) in the direction `angle` (radians, 0 = right); widest at `tip` of its length."""
    ca, sa = cos(angle), sin(angle)

    def put(along: float, across: float) -> Point:
        return x + ca * along - sa * across, y + sa * along + ca * across

    half = width / 2
    sides = [(length * 0.22, half * 0.55), (length * tip, half), (length * 0.88, half * 0.45)]
    up, down = [put(a, b) for a, b in sides], [put(a, -b) for a, b in reversed(sides)]
    return (put(0, 0), put(0, 0), *up, put(length, 0), put(length, 0), *down)


def disc(x: float, y: float, r: float, ry: float = 0.0) -> tuple[Point, ...]:
    """A round shape of eight points."""
    ry = ry or r
    return tuple((x + r * cos(i * pi / 4), y + ry * sin(i * pi / 4)) for i in range(8))


def line(points: list[Point], width: float = 2.0, role: str = "ink", opacity: float = 1.0) -> Mark:
    """An open stroke."""
    return Mark(tuple(points), stroke=role, width=width, closed=False, opacity=opacity)


def leaf(x: float, y: float, angle: float, length: float, width: float, fill: str = "wash") -> list[Mark]:
    """A leaf with its midrib."""
    rib = [(x, y), (x + cos(angle) * length * 0.85, y + sin(angle) * length * 0.85)]
    return [Mark(petal(x, y, angle, length, width, 0.45), fill, "ink", 1.6), line(rib, 1.3)]


def lotus(x: float, y: float, size: float, side: float, rng: Random) -> list[Mark]:
    """A lotus in bloom above its leaf, with a bud."""
    u = size / 100
    sway = side * u
    marks = [
        line([(x + sway * 2, y + 4 * u), (x + sway * 7, y + 26 * u), (x + sway * 2, y + 48 * u)], 2.6 * u),
        line([(x - sway * 32, y - 14 * u), (x - sway * 24, y + 20 * u), (x - sway * 6, y + 48 * u)], 1.8 * u),
    ]
    marks += _lotus_leaf(x + sway * 26, y + 32 * u, 25 * u)
    marks += _lotus_leaf(x - sway * 28, y + 37 * u, 17 * u)
    for angle, length in ((-0.16, 15), (0.16, 15), (0, 17)):
        marks.append(Mark(petal(x - sway * 32, y - 12 * u, -pi / 2 + angle, length * u, 8 * u), "pale", "ink", 1.5))
    return marks + lotus_flower(x, y + 8 * u, 46 * u)


def lotus_flower(x: float, y: float, length: float) -> list[Mark]:
    """The flower alone, seen from the side, its petals' foot at (x, y)."""
    marks: list[Mark] = []
    rows = (
        (1.35, 0.72, "wash"),
        (1.02, 0.86, "pale"),
        (0.62, 0.97, "wash"),
        (0.3, 1.02, "pale"),
        (0.0, 1.06, "wash"),
    )
    for angle, reach, fill in rows:
        for sign in (-1, 1) if angle else (1,):
            turn = -pi / 2 + sign * angle
            marks.append(Mark(petal(x, y, turn, length * reach, length * 0.42, 0.55), fill, "ink", 1.8))
            if length < 40:
                continue
            foot = [(x, y), (x + cos(turn) * length * reach * 0.7, y + sin(turn) * length * reach * 0.7)]
            marks.append(line(foot, 1.0, opacity=0.6))
    for angle in (-1.02, -0.45, 0.45, 1.02):
        marks.append(Mark(petal(x, y, -pi / 2 + angle, length * 0.62, length * 0.36, 0.55), "pale", "ink", 1.8))
    return [*marks, Mark(petal(x, y, -pi / 2, length * 0.6, length * 0.4, 0.55), "pale", "ink", 1.8)]


def _lotus_leaf(x: float, y: float, r: float) -> list[Mark]:
    wave = [1 + 0.1 * (-1) ** i for i in range(12)]
    rim = tuple((x + r * k * cos(i * pi / 6), y + r * 0.5 * k * sin(i * pi / 6)) for i, k in enumerate(wave))
    veins = [
        line([(x, y - r * 0.06), ((x * 0.15 + px * 0.85), (y * 0.15 + py * 0.85))], 1.1, opacity=0.7)
        for px, py in rim[::2]
    ]
    return [Mark(rim, "wash", "ink", 1.8), *veins]


def swallow(x: float, y: float, size: float, side: float, rng: Random) -> list[Mark]:
    """A swallow on the wing, forked tail behind."""
    u, turn = size / 100, rng.uniform(-0.25, 0.25)

    def put(points: list[Point]) -> tuple[Point, ...]:
        return tuple(
            (x + side * u * (px * cos(turn) - py * sin(turn)), y + u * (px * sin(turn) + py * cos(turn)))
            for px, py in points
        )

    near = put([(-12, -3), (-12, -3), (-8, -22), (8, -38), (30, -46), (30, -46), (20, -24), (10, -6), (10, -6)])
    far = put([(-14, 0), (-14, 0), (-26, -18), (-26, -36), (-20, -48), (-20, -48), (-8, -30), (2, -4), (2, -4)])
    tail = put(
        [
            (14, 2),
            (14, 2),
            (30, 4),
            (50, -4),
            (50, -4),
            (36, 8),
            (28, 10),
            (40, 18),
            (48, 28),
            (48, 28),
            (28, 20),
            (12, 10),
        ]
    )
    body = put([(-34, -1), (-34, -1), (-27, -8), (-14, -8), (8, -3), (18, 6), (8, 11), (-12, 10), (-26, 5)])
    belly = put([(-24, 4), (-14, 2), (2, 4), (14, 8), (2, 11), (-14, 9)])
    marks = [
        Mark(far, "wash", "ink", 1.6),
        Mark(tail, "ink"),
        Mark(body, "ink"),
        Mark(belly, "pale"),
        Mark(near, "ink"),
    ]
    feathers = [line(list(put([(-2 + i * 4, -8 - i * 3), (8 + i * 5, -20 - i * 6)])), 1.2, "pale") for i in range(4)]
    throat = Mark(put([(-30, 0), (-25, -3), (-20, 1), (-25, 5)]), "accent")
    return [*marks, *feathers, throat, Mark(put([(-28, -5), (-26.5, -6), (-25, -5), (-26.5, -3.5)]), "pale")]


def bamboo(x: float, y: float, size: float, side: float, rng: Random) -> list[Mark]:
    """Two jointed stems with hanging leaves."""
    u, marks = size / 100, []
    for offset, thick, top in ((-12, 7.0, -50), (10, 5.0, -44)):
        lean, joints = rng.uniform(-5, 5) * side, 5
        step = (50 - top) / joints
        for i in range(joints):
            y0, y1 = y + (50 - i * step) * u, y + (50 - (i + 1) * step + 1.6) * u
            x0, x1 = (
                x + (offset * side + lean * i / joints) * u,
                x + (offset * side + lean * (i + 1) / joints) * u,
            )
            half = thick * u / 2
            box = (
                (x0 - half * 1.15, y0),
                (x1 - half, (y0 + y1) / 2),
                (x1 - half * 1.15, y1),
                (x1 - half * 1.15, y1),
                (x1 + half * 1.15, y1),
                (x1 + half * 1.15, y1),
                (x0 + half, (y0 + y1) / 2),
                (x0 + half * 1.15, y0),
            )
            marks.append(Mark((box[0], *box, box[-1]), "wash", "ink", 1.5))
            marks.append(
                line(
                    [(x0 - half * 0.3, y0 - step * 0.2 * u), (x0 - half * 0.3, y1 + step * 0.2 * u)],
                    1.1,
                    "pale",
                )
            )
        for i in range(5):
            marks += _bamboo_spray(
                x + (offset * side + lean * 0.5) * u, y + (-44 + i * 17) * u, u, side * (-1) ** i, rng
            )
    return marks


def _bamboo_spray(x: float, y: float, u: float, side: float, rng: Random) -> list[Mark]:
    tip = (x + side * 12 * u, y - 6 * u)
    leaves = [
        leaf(
            *tip,
            0.35 + 0.45 * k if side > 0 else pi - 0.35 - 0.45 * k,
            rng.uniform(17, 25) * u,
            5.2 * u,
            "ink",
        )[:1]
        for k in range(3)
    ]
    return [line([(x, y), tip], 1.5), *(mark for group in leaves for mark in group)]


def chrysanthemum(x: float, y: float, size: float, side: float, rng: Random) -> list[Mark]:
    """A full chrysanthemum with two leaves."""
    u = size / 100
    marks = [
        *leaf(x + side * 20 * u, y + 22 * u, pi / 2 - side * 0.9, 30 * u, 15 * u),
        *leaf(x - side * 22 * u, y + 20 * u, pi / 2 + side * 0.8, 28 * u, 14 * u),
        *leaf(x + side * 26 * u, y - 14 * u, -pi / 2 + side * 1.0, 26 * u, 13 * u),
    ]
    start = rng.uniform(0, 1)
    full = ((39, 18, "wash"), (30, 15, "pale"), (21, 12, "wash"), (12, 8, "pale"))
    for reach, number, fill in full if size > 120 else ((38, 13, "wash"), (22, 9, "pale")):
        for i in range(number):
            angle = start + 2 * pi * i / number
            marks.append(Mark(petal(x, y, angle, reach * u, reach * 0.3 * u, 0.72), fill, "ink", 1.4))
    return [*marks, Mark(disc(x, y, 4.5 * u), "accent", "ink", 1.3)]


def blossom(x: float, y: float, r: float, turn: float) -> list[Mark]:
    """A five-petalled peach flower."""
    marks = []
    for i in range(5):
        angle = turn + 2 * pi * i / 5
        marks.append(Mark(disc(x + cos(angle) * r * 0.55, y + sin(angle) * r * 0.55, r * 0.46), "pale", "ink", 1.5))
    for i in range(5 if r > 10 else 0):
        angle = turn + 2 * pi * (i + 0.5) / 5
        marks.append(line([(x, y), (x + cos(angle) * r * 0.42, y + sin(angle) * r * 0.42)], 1.1, "accent"))
    return [*marks, Mark(disc(x, y, r * 0.17), "accent")]


def peach_blossom(x: float, y: float, size: float, side: float, rng: Random) -> list[Mark]:
    """A branch of peach in flower."""
    u = size / 100

    def put(px: float, py: float) -> Point:
        return x + side * px * u, y + py * u

    main = [put(-46, 46), put(-26, 24), put(-8, 14), put(10, -10), put(34, -24), put(46, -42)]
    marks = [Mark(tuple(tube(main, 5.5 * u, 1.2 * u)), "ink")]
    for twig in (
        [put(-8, 14), put(14, 16), put(38, 10)],
        [put(10, -10), put(4, -28), put(-12, -42)],
        [put(-26, 24), put(-34, 4)],
    ):
        marks.append(Mark(tuple(tube(twig, 2.8 * u, 1 * u)), "ink"))
    for px, py, r in ((-10, 12, 12), (14, -12, 14), (36, 8, 10), (-10, -40, 10), (34, -26, 9), (-34, 2, 8)):
        marks += blossom(*put(px, py), r * u, rng.uniform(0, 1))
    for px, py in ((46, -42), (24, 18), (2, -30), (-22, 34)):
        marks.append(Mark(disc(*put(px, py), 3.4 * u), "wash", "ink", 1.2))
    return marks


def fish(x: float, y: float, size: float, side: float, rng: Random) -> list[Mark]:
    """A carp with its scales."""
    u = size / 100

    def put(points: list[Point]) -> tuple[Point, ...]:
        return tuple((x + side * px * u, y + (py - 5 * sin(px / 22)) * u) for px, py in points)

    tail = put([(26, 0), (26, 0), (36, -10), (50, -22), (50, -22), (45, -4), (48, 14), (52, 24), (52, 24), (36, 12)])
    back = put([(-10, -15), (-10, -15), (2, -27), (18, -22), (22, -9), (22, -9)])
    fin = put([(-12, 14), (-12, 14), (-4, 26), (8, 28), (8, 28), (4, 14)])
    body = put(
        [
            (-46, 2),
            (-40, -8),
            (-24, -16),
            (0, -17),
            (18, -9),
            (30, -3),
            (30, 4),
            (16, 10),
            (-4, 16),
            (-26, 15),
            (-41, 9),
        ]
    )
    marks = [
        Mark(tail, "wash", "ink", 1.6),
        Mark(back, "wash", "ink", 1.6),
        Mark(fin, "wash", "ink", 1.6),
        Mark(body, "pale", "ink", 2),
    ]
    for row in range(4):
        for col in range(6):
            cx, cy = -18 + col * 8 + (row % 2) * 4, -9 + row * 6
            if abs(cy) < 12 - abs(cx) * 0.22:
                marks.append(line(list(put([(cx - 3, cy - 4), (cx + 3, cy), (cx - 3, cy + 4)])), 1.3))
    rays = [line(list(put([(30, -1 + k), (46, -12 + k * 8)])), 1.1) for k in range(4)]
    gill = line(list(put([(-27, -13), (-22, 0), (-28, 13)])), 1.8)
    eye = [
        Mark(disc(*put([(-36, -3)])[0], 3 * u), "pale", "ink", 1.4),
        Mark(disc(*put([(-36, -3)])[0], 1.4 * u), "ink"),
    ]
    return [*marks, *rays, gill, *eye, line(list(put([(-45, 4), (-50, 10), (-48, 16)])), 1.3)]


def cloud(x: float, y: float, size: float, side: float, rng: Random) -> list[Mark]:
    """A curled cloud with a trailing tail."""
    u = size / 100
    marks = []
    for px, py, r in ((-16, 2, 15), (6, -7, 19), (26, 4, 13)):
        marks.append(Mark(disc(x + side * px * u, y + py * u, r * u, r * 0.8 * u), "pale", "ink", 1.8))
    for px, py, r in ((-16, 2, 10), (6, -7, 13), (26, 4, 8)):
        spiral = [
            (
                x + side * (px + r * (1 - k / 11) * cos(k * 0.85)) * u,
                y + (py + r * 0.8 * (1 - k / 11) * sin(k * 0.85)) * u,
            )
            for k in range(10)
        ]
        marks.append(line(spiral, 1.6))
    tails = [[(-34, 12), (-10, 17), (14, 13), (48, 18)], [(-48, 20), (-18, 23), (12, 20), (30, 24)]]
    return marks + [line([(x + side * px * u, y + py * u) for px, py in tail], 1.8) for tail in tails]


def along(points: list[Point], at: float) -> tuple[Point, Point]:
    """The point at `at` (0..1) of a polyline and the unit direction there."""
    place = max(0.0, min(0.999, at)) * (len(points) - 1)
    i = int(place)
    (ax, ay), (bx, by) = points[i], points[i + 1]
    length = hypot(bx - ax, by - ay) or 1.0
    return (ax + (bx - ax) * (place - i), ay + (by - ay) * (place - i)), (
        (bx - ax) / length,
        (by - ay) / length,
    )
