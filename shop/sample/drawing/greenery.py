"""Leaves, petals and small flowers."""

from math import cos, hypot, pi, sin

from .kit import WHITE, Point, Studio, ring
from .palettes import mix
from .pieces import Tones

GREEN = ("#A9C46C", "#5F8A3C", "#2F5A2A", "#1B3617")  # fresh leaf


def leaf(
    s: Studio,
    start: Point,
    end: Point,
    width: float,
    tones: Tones = GREEN,
    *,
    bend: float = 0.15,
    veins: int = 6,
) -> None:
    """A leaf from its stem to its tip, one half lit and one in shade, with midrib and side veins."""
    light, body, shade, line = tones
    small = width < 44
    spine, nx, ny = _spine(start, end, bend, 4 if small else 8)
    last = len(spine) - 1
    halves = [sin(pi * (i / last) ** 0.8) * width / 2 for i in range(last + 1)]
    up = [(x + nx * k, y + ny * k) for (x, y), k in zip(spine, halves, strict=True)]
    low = [(x - nx * k, y - ny * k) for (x, y), k in zip(spine, halves, strict=True)]
    lit = [(0.0, mix(body, light, 0.75), 1.0), (1.0, mix(body, shade, 0.25), 1.0)]
    paint = mix(body, light, s.rng.uniform(0.1, 0.6)) if small else s.linear(lit, up[4], low[4])
    s.shape(
        [spine[0], *up, spine[-1], spine[-1], *reversed(low), spine[0]],
        paint,
        stroke=mix(shade, line, 0.3),
        width=1.5,
    )
    s.shape([spine[0], *low, spine[-1], spine[-1], *reversed(spine)], shade, opacity=0.4)
    if not small:
        _side_veins(s, spine, up, low, veins, light)
    s.line(spine, mix(light, body, 0.25), max(width * 0.035, 1.6), opacity=0.85)


def _side_veins(s: Studio, spine: list[Point], up: list[Point], low: list[Point], veins: int, light: str) -> None:
    for i in range(1, veins):
        k = 1 + i * 6 // veins
        for edge in (up, low):
            tip = edge[k + 1]
            s.line(
                [spine[k], ((spine[k][0] + tip[0] * 2) / 3, (spine[k][1] + tip[1] * 2) / 3)],
                light,
                1.2,
                opacity=0.35,
            )


def _spine(start: Point, end: Point, bend: float, steps: int) -> tuple[list[Point], float, float]:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy) or 1.0
    nx, ny = dy / length, -dx / length
    rise = [sin(pi * i / steps) * bend * length for i in range(steps + 1)]
    return (
        [(start[0] + dx * i / steps + nx * r, start[1] + dy * i / steps + ny * r) for i, r in enumerate(rise)],
        nx,
        ny,
    )


def petal(
    s: Studio,
    x: float,
    y: float,
    turn: float,
    length: float,
    width: float,
    tones: Tones,
    *,
    tip: float = 0.5,
    veins: int = 3,
) -> None:
    """A petal growing from (x, y) in direction `turn` (radians, 0 = right); tip 0 = pointed, 1 = blunt."""
    light, body, shade, _ = tones
    ca, sa = cos(turn), sin(turn)

    def at(u: float, v: float) -> Point:
        return x + (u * ca - v * sa) * length, y + (u * sa + v * ca) * length

    k = width / length / 2
    edge = [(0.0, 0.0), (0.3, k * 0.7), (0.62, k), (0.86, k * (0.45 + 0.4 * tip)), (1.0, 0.0)]
    points = [at(u, v) for u, v in edge] + [at(u, -v) for u, v in reversed(edge[1:-1])]
    if tip < 0.3:
        points.insert(4, points[4])
    paint = s.linear([(0, mix(body, shade, 0.6), 1), (0.45, body, 1), (1, light, 1)], at(0, 0), at(1, 0))
    s.shape(points, paint, stroke=mix(body, shade, 0.65), width=1.5)
    for i in range(veins):
        v = (i - (veins - 1) / 2) * k * 0.55
        s.line([at(0.08, v * 0.2), at(0.5, v), at(0.82, v * 0.9)], shade, 1.3, opacity=0.3)


def blossom(
    s: Studio,
    x: float,
    y: float,
    r: float,
    tones: Tones,
    *,
    petals: int = 5,
    heart: str = "#E8B93A",
    turn: float = 0.0,
) -> None:
    """A small open flower with stamens: peach, kumquat, daisy by its number of petals."""
    for i in range(petals):
        petal(s, x, y, turn + 2 * pi * i / petals, r, r * 5.2 / petals, tones, tip=1, veins=1)
    for px, py in ring(x, y, r * 0.34, r * 0.34, 9, turn):
        s.line([(x, y), (px, py)], mix(heart, WHITE, 0.3), 1.4)
        s.ellipse(px, py, max(r * 0.05, 1.6), fill=heart)
    s.ellipse(x, y, r * 0.13, fill=mix(heart, "#7A3A10", 0.4))
