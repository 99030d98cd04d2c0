"""The drawing desk: a Studio collects shapes, gradients and clips of one picture and writes them as SVG text.

How a kind is written (see ceramics.py for examples)::

    def bowl(s: Studio) -> None:            # draws ONLY the thing; the backdrop is put behind it later
        c, rng = s.colour, s.rng            # palette and seeded chance: vary proportions with rng.uniform
        s.shadow(600, 930, 260, 46)         # contact shadow first
        s.path(smooth([(300, 700), ...], closed=True), fill=s.tones(300, 900), stroke=c.line, width=2)
        with s.group(clip=outline):         # everything inside is cut to the outline
            s.marks(pattern(s.pattern, w, h, rng), flat(x, y), s.inks())
        s.focus = (600, 640)                # where the "detail" view looks
        s.closer = 1.1                      # low and small things: the front view steps nearer

    KINDS = {"bowl": bowl}                  # each module ends with its table; __init__ merges them

The canvas is 1200 x 1200, light comes from the upper left, things stand on a table with their foot at about
y = 930 around x = 600 and fill about 700-850 px. `s.setting` chooses the backdrop: "table" (default), "flat"
(seen from above), "wall" (hanging), "full" (the kind paints the whole canvas itself, as tourism scenes do).
Solids of revolution (jars, bottles, cups, tins, fruit): `turning.Turned`. Patterns: `patterns.pattern(...)`.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from math import cos, hypot, pi, sin

from .palettes import Palette, mix, palette

Point = tuple[float, float]
Surface = Callable[[float, float], Point]
Stop = tuple[float, str, float]
WHITE, BLACK = "#FFFFFF", "#000000"
GOLD = ("#7A5214", "#C8963A", "#FBE7A8", "#D6A746", "#8C611C", "#EBCB7C")


@dataclass(frozen=True)
class Inks:
    """The colours a pattern's roles are painted in: ink (strokes), wash and pale (fills), accent."""

    ink: str
    wash: str
    pale: str
    accent: str

    def of(self, role: str | None) -> str:
        return "none" if role is None else role if role.startswith(("#", "url")) else str(getattr(self, role))


@dataclass(frozen=True)
class Mark:
    """One shape of a pattern in flat coordinates; fill and stroke are roles of Inks, a raw colour, or None.
    A point written twice in a row makes a sharp corner."""

    points: tuple[Point, ...]
    fill: str | None = None
    stroke: str | None = None
    width: float = 2.0
    closed: bool = True
    opacity: float = 1.0
    sharp: bool = False


Kind = Callable[["Studio"], None]


class Studio:
    """One picture in the making. Shapes go to `parts`, gradients and clips to `defs`."""

    def __init__(self, *, palette_name: str, pattern: str, seed: int) -> None:
        self.colour: Palette = palette(palette_name)
        self.pattern = pattern
        self.seed = seed
        self.rng = random.Random(seed)
        self.parts: list[str] = []
        self.defs: list[str] = []
        self.setting = "table"
        self.focus: Point = (600, 560)
        self.closer = 1.0  # the front view steps this much nearer, for low or small things
        self._ids = count(1)

    def again(self, seed: int) -> "Studio":
        """A second object for the same sheet: same palette and pattern, other chance, shared ids and defs."""
        other = Studio(palette_name="ink", pattern=self.pattern, seed=seed)
        other.colour, other.defs, other._ids = self.colour, self.defs, self._ids
        return other

    # -- shapes -----------------------------------------------------------------------------------------

    def path(
        self,
        d: str,
        *,
        fill: str = "none",
        stroke: str = "none",
        width: float = 2.0,
        opacity: float = 1.0,
        more: str = "",
    ) -> None:
        """A path; strokes have round caps and joins. `more` = extra attributes, e.g. 'stroke-dasharray="4 8"'."""
        self.parts.append(f'<path d="{d}"{_paint(fill, stroke, width, opacity)}{_more(more)}/>')

    def ellipse(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float | None = None,
        *,
        fill: str = "none",
        stroke: str = "none",
        width: float = 2.0,
        opacity: float = 1.0,
        turn: float = 0.0,
    ) -> None:
        """An ellipse (a circle when ry is left out), turned by `turn` degrees about its centre."""
        ry = rx if ry is None else ry
        turned = f' transform="rotate({turn:.1f} {x:.1f} {y:.1f})"' if turn else ""
        head = f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{max(rx, 0):.1f}" ry="{max(ry, 0):.1f}"'
        self.parts.append(f"{head}{_paint(fill, stroke, width, opacity)}{turned}/>")

    def line(
        self,
        points: Sequence[Point],
        colour: str,
        width: float = 2.0,
        *,
        opacity: float = 1.0,
        curved: bool = True,
        more: str = "",
    ) -> None:
        """An open stroke through the points."""
        d = smooth(points) if curved else poly(points)
        self.path(d, stroke=colour, width=width, opacity=opacity, more=more)

    def shape(
        self,
        points: Sequence[Point],
        fill: str,
        *,
        stroke: str = "none",
        width: float = 2.0,
        opacity: float = 1.0,
        curved: bool = True,
    ) -> None:
        """A closed filled shape through the points."""
        d = smooth(points, closed=True) if curved else poly(points, closed=True)
        self.path(d, fill=fill, stroke=stroke, width=width, opacity=opacity)

    def marks(self, marks: Sequence[Mark], surface: Surface, inks: Inks, *, opacity: float = 1.0) -> None:
        """Draw a flat pattern on a surface: every point goes through `surface(x, y)`, so motifs bend with it."""
        for mark in marks:
            points = [surface(x, y) for x, y in mark.points]
            d = poly(points, closed=mark.closed) if mark.sharp else smooth(points, closed=mark.closed)
            self.path(
                d,
                fill=inks.of(mark.fill),
                stroke=inks.of(mark.stroke),
                width=mark.width,
                opacity=mark.opacity * opacity,
            )

    # -- groups -----------------------------------------------------------------------------------------

    @contextmanager
    def group(self, *, clip: str = "", transform: str = "", opacity: float = 1.0) -> Iterator[None]:
        """Everything drawn inside is cut to the path `clip`, moved by `transform`, faded by `opacity`."""
        head = "<g"
        if clip:
            name = self._name()
            self.defs.append(f'<clipPath id="{name}"><path d="{clip}"/></clipPath>')
            head += f' clip-path="url(#{name})"'
        head += f' transform="{transform}"' if transform else ""
        head += f' opacity="{opacity:.2f}"' if opacity < 1 else ""
        self.parts.append(head + ">")
        yield
        self.parts.append("</g>")

    # -- paint ------------------------------------------------------------------------------------------

    def linear(self, stops: Sequence[Stop], start: Point, end: Point) -> str:
        """A linear gradient between two points of the canvas, as a paint for `fill`/`stroke`."""
        name = self._name()
        where = f'x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"'
        head = f'<linearGradient id="{name}" gradientUnits="userSpaceOnUse" {where}>'
        self.defs.append(f"{head}{_stops(stops)}</linearGradient>")
        return f"url(#{name})"

    def radial(self, stops: Sequence[Stop], centre: Point, radius: float, squash: float = 1.0) -> str:
        """A radial gradient; squash < 1 flattens it to an ellipse of height radius * squash."""
        name = self._name()
        flat = f"translate({centre[0]:.1f} {centre[1]:.1f}) scale(1 {squash:.3f})"
        head = f'<radialGradient id="{name}" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="{radius:.1f}"'
        self.defs.append(f'{head} gradientTransform="{flat}">{_stops(stops)}</radialGradient>')
        return f"url(#{name})"

    def ball(self, x: float, y: float, r: float, light: str, body: str, shade: str) -> str:
        """Paint for a round thing: lit at the upper left, dark at the lower right."""
        stops = [(0, light, 1.0), (0.35, body, 1.0), (0.8, mix(body, shade, 0.7), 1.0), (1, shade, 1.0)]
        return self.radial(stops, (x - r * 0.35, y - r * 0.4), r * 1.45)

    def tones(self, left: float, right: float) -> str:
        """Paint for an upright body between two x: lit left of the middle, dark at the right, a rim at last."""
        c = self.colour
        stops = [
            (0, mix(c.body, c.shade, 0.55), 1.0),
            (0.28, mix(c.body, c.light, 0.55), 1.0),
            (0.5, c.body, 1.0),
            (0.86, mix(c.body, c.shade, 0.85), 1.0),
            (1, mix(c.body, c.shade, 0.5), 1.0),
        ]
        return self.linear(stops, (left, 0), (right, 0))

    def gold(self, start: Point, end: Point) -> str:
        """Gold leaf: several bright and dark passages between two points."""
        places = (0, 0.22, 0.42, 0.6, 0.8, 1)
        return self.linear([(at, tone, 1.0) for at, tone in zip(places, GOLD, strict=True)], start, end)

    @property
    def picture(self) -> str:
        """The pattern for a thing that IS a picture: never an empty one."""
        return "landscape" if self.pattern == "plain" else self.pattern

    def inks(self) -> Inks:
        """The pattern colours of the palette as they look on its body."""
        c = self.colour
        return Inks(c.ink, c.wash, mix(c.body, c.wash, 0.45), c.accent)

    # -- light and shadow -------------------------------------------------------------------------------

    def fade(self, x: float, y: float, rx: float, ry: float, colour: str, opacity: float) -> None:
        """A soft blot that fades to nothing at its edge: glow, blush or shade, without a costly blur."""
        stops = [
            (0, colour, opacity),
            (0.45, colour, opacity * 0.55),
            (0.75, colour, opacity * 0.16),
            (1, colour, 0.0),
        ]
        self.ellipse(x, y, rx, ry, fill=self.radial(stops, (x, y), rx, ry / rx))

    def shadow(self, x: float, y: float, rx: float, ry: float, strength: float = 0.5) -> None:
        """The contact shadow of a thing whose foot is at (x, y): dark and tight below, long to the right."""
        tone = mix(self.colour.line, "#1A120C", 0.6)
        self.fade(x + rx * 0.45, y + ry * 0.1, rx * 1.75, ry * 1.5, tone, strength * 0.55)
        self.fade(x + rx * 0.08, y, rx * 1.16, ry * 1.05, tone, strength * 1.2)

    def glint(self, points: Sequence[Point], opacity: float = 0.75) -> None:
        """A hard highlight of glaze, lacquer or metal."""
        self.shape(points, WHITE, opacity=opacity)

    def _name(self) -> str:
        return f"d{next(self._ids)}"


# -- geometry -------------------------------------------------------------------------------------------


def smooth(points: Sequence[Point], *, closed: bool = False) -> str:
    """A soft curve through all points (Catmull-Rom); a point written twice in a row is a corner."""
    size = len(points)
    if size < 3:
        return poly(points, closed=closed)
    out = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for i in range(size if closed else size - 1):
        here, there = points[i], points[(i + 1) % size]
        if here == there:
            continue
        before = points[i - 1] if closed or i else here
        after = points[(i + 2) % size] if closed or i + 2 < size else there
        a, b = _handle(before, here, there), _handle(after, there, here)
        out.append(f"C{a[0]:.1f} {a[1]:.1f} {b[0]:.1f} {b[1]:.1f} {there[0]:.1f} {there[1]:.1f}")
    return "".join(out) + ("Z" if closed else "")


def _handle(before: Point, here: Point, there: Point) -> Point:
    """Control point at `here` on the way to `there`; short steps get short handles, so curves never loop."""
    if before == here:
        return here[0] + (there[0] - here[0]) / 6, here[1] + (there[1] - here[1]) / 6
    dx, dy = there[0] - before[0], there[1] - before[1]
    step, span = hypot(there[0] - here[0], there[1] - here[1]), hypot(dx, dy) or 1.0
    reach = min(1 / 6, step / span / 3)
    return here[0] + dx * reach, here[1] + dy * reach


def poly(points: Sequence[Point], *, closed: bool = False) -> str:
    """Straight lines through the points."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + ("Z" if closed else "")


def rounded(x: float, y: float, w: float, h: float, r: float) -> str:
    """A rectangle with round corners."""
    bend = f"a{r:.1f} {r:.1f} 0 0 1"
    return (
        f"M{x + r:.1f} {y:.1f}h{w - 2 * r:.1f}{bend} {r:.1f} {r:.1f}v{h - 2 * r:.1f}{bend} {-r:.1f} {r:.1f}"
        f"h{2 * r - w:.1f}{bend} {-r:.1f} {-r:.1f}v{2 * r - h:.1f}{bend} {r:.1f} {-r:.1f}Z"
    )


def oval(x: float, y: float, rx: float, ry: float) -> str:
    """An ellipse as a path, for clips."""
    return f"M{x - rx:.1f} {y:.1f}a{rx:.1f} {ry:.1f} 0 1 0 {2 * rx:.1f} 0a{rx:.1f} {ry:.1f} 0 1 0 {-2 * rx:.1f} 0Z"


def ring(x: float, y: float, rx: float, ry: float, steps: int, start: float = 0.0) -> list[Point]:
    """Points around an ellipse, clockwise from `start` (in turns, 0 = right)."""
    angles = [2 * pi * (i / steps + start) for i in range(steps)]
    return [(x + rx * cos(a), y + ry * sin(a)) for a in angles]


def flat(x: float, y: float, scale: float = 1.0, turn: float = 0.0) -> Surface:
    """A flat surface whose pattern begins at (x, y), scaled and turned (radians) about that point."""
    ca, sa = cos(turn) * scale, sin(turn) * scale
    return lambda u, v: (x + u * ca - v * sa, y + u * sa + v * ca)


def quad(corners: Sequence[Point], w: float, h: float) -> Surface:
    """A pattern of size w x h stretched on four corners (upper left, upper right, lower right, lower left)."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners

    def at(u: float, v: float) -> Point:
        p, q = u / w, v / h
        top, low = (ax + (bx - ax) * p, ay + (by - ay) * p), (dx + (cx - dx) * p, dy + (cy - dy) * p)
        return top[0] + (low[0] - top[0]) * q, top[1] + (low[1] - top[1]) * q

    return at


def tube(points: Sequence[Point], thick: float, thin: float | None = None) -> list[Point]:
    """The outline of a bent rod (handle, stem, cord) along the points, `thick` wide tapering to `thin`."""
    thin = thick if thin is None else thin
    left, right = [], []
    for i, (x, y) in enumerate(points):
        (px, py), (nx, ny) = points[max(i - 1, 0)], points[min(i + 1, len(points) - 1)]
        length = hypot(nx - px, ny - py) or 1.0
        half = (thick + (thin - thick) * i / (len(points) - 1)) / 2
        ox, oy = -(ny - py) / length * half, (nx - px) / length * half
        left.append((x + ox, y + oy))
        right.append((x - ox, y - oy))
    return [left[0], *left, left[-1], right[-1], *reversed(right), right[0]]


# -- SVG spelling ---------------------------------------------------------------------------------------


def _paint(fill: str, stroke: str, width: float, opacity: float) -> str:
    # fill-opacity and stroke-opacity, never opacity: that would cost the renderer a layer for every shape
    out = f' fill="{fill}"' + (f' fill-opacity="{opacity:.3f}"' if opacity < 1 and fill != "none" else "")
    if stroke != "none":
        out += f' stroke="{stroke}" stroke-width="{width:.1f}"'
        out += f' stroke-opacity="{opacity:.3f}"' if opacity < 1 else ""
    return out


def _more(more: str) -> str:
    return f" {more}" if more else ""


def _stops(stops: Sequence[Stop]) -> str:
    return "".join(
        f'<stop offset="{at:.3f}" stop-color="{colour}"' + (f' stop-opacity="{alpha:.3f}"' if alpha < 1 else "") + "/>"
        for at, colour, alpha in stops
    )
