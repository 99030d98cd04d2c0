"""How cloth is drawn: a patterned piece with folds, hems, fringes and a visible weave; and picture frames."""

from collections.abc import Sequence
from math import hypot

from .kit import BLACK, WHITE, Inks, Point, Studio, Surface, flat, poly, smooth, tube
from .palettes import mix
from .patterns import pattern


def cloth(
    s: Studio,
    outline: Sequence[Point],
    *,
    fill: str = "",
    curved: bool = True,
    scale: float | None = 84.0,
    on: Surface | None = None,
    size: Point | None = None,
    name: str = "",
    inks: Inks | None = None,
) -> str:
    """A piece of cloth cut to the outline, its weave and pattern on it; returns the outline as a path for later clips.
    `on` bends the pattern (default: flat over the bounding box); scale None asks for one large composition."""
    c = s.colour
    d = smooth(outline, closed=True) if curved else poly(outline, closed=True)
    left, top = min(x for x, _ in outline), min(y for _, y in outline)
    w, h = size or (max(x for x, _ in outline) - left, max(y for _, y in outline) - top)
    s.path(d, fill=fill or c.body, stroke=mix(c.shade, c.line, 0.4), width=2.2)
    with s.group(clip=d):
        weave(s, left, top, w, h)
        s.marks(pattern(name or s.pattern, w, h, s.rng, scale=scale), on or flat(left, top), inks or s.inks())
    return d


def weave(s: Studio, x: float, y: float, w: float, h: float, step: float = 9.0) -> None:
    """The threads of the cloth, as one faint path each way."""
    warp = "".join(f"M{x + i * step:.0f} {y:.0f}v{h:.0f}" for i in range(int(w / step) + 1))
    weft = "".join(f"M{x:.0f} {y + i * step:.0f}h{w:.0f}" for i in range(int(h / step) + 1))
    s.path(warp, stroke=s.colour.shade, width=1.1, opacity=0.13)
    s.path(weft, stroke=s.colour.light, width=1.1, opacity=0.13)


def fold(s: Studio, points: Sequence[Point], width: float, strength: float = 1.0) -> None:
    """A soft fold along the points: a valley of shade with a lit ridge at its left."""
    deep = mix(s.colour.shade, s.colour.line, 0.5)
    for k in range(5):
        side = [(x + width * (0.34 - 0.06 * k), y) for x, y in points]
        s.path(
            smooth(tube(side, width * (1 - k * 0.19), width * 0.5 * (1 - k * 0.19)), closed=True),
            fill=deep,
            opacity=0.075 * strength,
        )
    for k in range(3):
        ridge = [(x - width * 0.42, y) for x, y in points]
        s.path(
            smooth(tube(ridge, width * (0.62 - 0.2 * k), width * 0.3), closed=True),
            fill=s.colour.light,
            opacity=0.09 * strength,
        )


def folds(s: Studio, clip: str, lines: Sequence[Sequence[Point]], width: float = 46.0, strength: float = 1.0) -> None:
    """Several folds, cut to the cloth."""
    with s.group(clip=clip):
        for points in lines:
            fold(s, points, width, strength)


def fringe(s: Studio, left: Point, right: Point, length: float, colour: str = "") -> None:
    """Knotted threads along a lower edge."""
    tone, count = colour or s.colour.body, max(6, int(hypot(right[0] - left[0], right[1] - left[1]) / 13))
    for i in range(count + 1):
        x, y = left[0] + (right[0] - left[0]) * i / count, left[1] + (right[1] - left[1]) * i / count
        sway = s.rng.uniform(-7, 7)
        for k in (-3.0, 0.5, 3.5):
            end = (x + k * 1.4 + sway + s.rng.uniform(-3, 3), y + length * s.rng.uniform(0.88, 1.06))
            s.line(
                [(x, y), (x + k + sway * 0.2, y + length * 0.5), end],
                mix(tone, s.colour.shade, s.rng.uniform(0, 0.6)),
                2.6,
            )
        s.ellipse(x, y + 7, 5, 6, fill=mix(tone, s.colour.light, 0.3), stroke=s.colour.shade, width=1.2)


def stitches(s: Studio, points: Sequence[Point], colour: str, width: float = 2.5) -> None:
    """A row of running stitches."""
    s.line(points, colour, width, more='stroke-dasharray="9 7"', opacity=0.85)


def hanger(s: Studio, y: float, reach: float) -> None:
    """A wooden clothes hanger with its brass hook, shoulders at `reach` from the middle."""
    s.line([(600, y - 16), (600, y - 60), (618, y - 84), (600, y - 106), (580, y - 92)], "#8C611C", 9)
    s.line([(598, y - 16), (598, y - 60), (615, y - 84), (598, y - 104)], "#FBE7A8", 3)
    bar = [
        (600 - reach, y + 58),
        (600 - reach * 0.5, y + 16),
        (600, y - 12),
        (600 + reach * 0.5, y + 16),
        (600 + reach, y + 58),
    ]
    s.path(smooth(tube(bar, 24), closed=True), fill="#8A5833", stroke="#3A1F10", width=2)
    s.line([(x, yy - 6) for x, yy in bar], "#D09B6E", 5, opacity=0.8)


def peg_shadow(s: Studio, outline: str, dx: float = 26.0, dy: float = 30.0) -> None:
    """The shadow a hanging thing throws on the wall behind it."""
    for k in range(4):
        with s.group(transform=f"translate({dx * (0.55 + 0.22 * k):.1f} {dy * (0.55 + 0.22 * k):.1f})"):
            s.path(outline, fill=mix(s.colour.line, BLACK, 0.4), opacity=0.055)


Wood = tuple[str, str, str, str]  # light, body, dark, line
WALNUT: Wood = ("#B37C4E", "#7A4A2B", "#4A2814", "#23120A")
BLACK_WOOD: Wood = ("#6A5C52", "#2E2420", "#1A1310", "#0A0706")
GILT: Wood = ("#FBE7A8", "#C8963A", "#8C611C", "#4A2F0A")


def frame(s: Studio, box: tuple[float, float, float, float], wide: float, wood: Wood = WALNUT) -> None:
    """A mitred picture frame around the opening (x, y, w, h), lit from the upper left."""
    x, y, w, h = box
    a, b = x - wide, y - wide
    right, low = x + w + wide, y + h + wide
    light, body, dark, line = wood
    sides = (
        (light, body, [(a, b), (right, b), (x + w, y), (x, y)]),
        (body, light, [(a, b), (x, y), (x, y + h), (a, low)]),
        (dark, body, [(right, b), (right, low), (x + w, y + h), (x + w, y)]),
        (dark, line, [(a, low), (right, low), (x + w, y + h), (x, y + h)]),
    )
    for first, second, corners in sides:
        s.path(
            poly(corners, closed=True),
            fill=s.linear([(0, mix(body, first, 0.8), 1), (1, mix(body, second, 0.5), 1)], corners[0], corners[2]),
            stroke=line,
            width=1.5,
        )
    for inset, tone, alpha in ((0.2, light, 0.6), (0.3, line, 0.5), (0.74, light, 0.55), (0.86, line, 0.6)):
        k = wide * (1 - inset)
        s.path(
            f"M{x - k:.1f} {y - k:.1f}h{w + 2 * k:.1f}v{h + 2 * k:.1f}h{-w - 2 * k:.1f}z",
            stroke=tone,
            width=2.6,
            opacity=alpha,
        )


def frame_shadow(s: Studio, box: tuple[float, float, float, float], wide: float) -> None:
    """The shadow of a framed picture on the wall; call it first."""
    x, y, w, h = box
    peg_shadow(s, f"M{x - wide} {y - wide}h{w + 2 * wide}v{h + 2 * wide}h{-w - 2 * wide}z", 30, 38)


def inner_shade(s: Studio, box: tuple[float, float, float, float]) -> None:
    """The shadow the frame throws on the picture, and a faint sheen across it; call it last."""
    x, y, w, h = box
    for k in range(5):
        s.path(
            f"M{x} {y}h{w}v{6 + k * 5}h{-w + 6 + k * 5}v{h - 6 - k * 5}h{-6 - k * 5}z",
            fill=BLACK,
            opacity=0.07,
        )
    sheen = [(x + w * 0.12, y), (x + w * 0.34, y), (x, y + h * 0.62), (x, y + h * 0.22)]
    s.path(poly(sheen, closed=True), fill=WHITE, opacity=0.07)
