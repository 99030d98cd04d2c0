"""Solids of revolution, seen a little from above: one profile gives outline, shading, opening and surface."""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, hypot, pi, sin

from .kit import BLACK, WHITE, Point, Stop, Studio, Surface, oval, poly, smooth, tube
from .palettes import mix
from .patterns import border, pattern


class Turned:
    """A thrown or turned body. `profile` = [(y, radius), ...] from the mouth down to the foot; y is the height
    of the ring's centre on the axis x, the ring's front lies `tilt * radius` lower (0.16 = seen a bit from above).

    Use: ``body = Turned(s, [(300, 90), (420, 80), (640, 230), (900, 120)]); body.paint();
    body.wear(0.3, 0.8)`` (the picture's pattern on that part of the height) ``; body.shade(); body.mouth()``.
    """

    def __init__(self, s: Studio, profile: Sequence[Point], *, x: float = 600.0, tilt: float = 0.16) -> None:
        self.s, self.x, self.tilt = s, x, tilt
        self.rings = _along(profile)
        self.top, self.foot = self.rings[0], self.rings[-1]
        self.widest = max(r for _, r in self.rings)

    def ring_at(self, v: float) -> Point:
        """(y, radius) at v of the way (0 = mouth, 1 = foot) along the profile."""
        place = max(0.0, min(1.0, v)) * (len(self.rings) - 1)
        i = min(int(place), len(self.rings) - 2)
        (ya, ra), (yb, rb) = self.rings[i], self.rings[i + 1]
        return ya + (yb - ya) * (place - i), ra + (rb - ra) * (place - i)

    def at(self, u: float, v: float) -> Point:
        """The point of the visible side at u (-1 = left edge, 0 = front, 1 = right edge) and v."""
        y, r = self.ring_at(v)
        return self.x + r * sin(u * pi / 2), y + self.tilt * r * cos(u * pi / 2)

    def outline(self) -> str:
        """The silhouette, as a path for fill or clip."""
        (ty, tr), (fy, fr) = self.top, self.foot
        right = [(self.x + r, y) for y, r in self.rings]
        left = [(self.x - r, y) for y, r in reversed(self.rings)]
        turn_down = f"A{fr:.1f} {fr * self.tilt:.1f} 0 0 1 {self.x - fr:.1f} {fy:.1f}"
        turn_up = f"A{tr:.1f} {tr * self.tilt:.1f} 0 0 1 {self.x + tr:.1f} {ty:.1f}"
        return smooth(right) + turn_down + smooth(left).replace("M", "L", 1) + turn_up + "Z"

    def band(self, v0: float, v1: float, u0: float = -1.0, u1: float = 1.0) -> str:
        """A patch of the surface between two heights (and two sides)."""
        us = [u0 + (u1 - u0) * i / 12 for i in range(13)]
        vs = [v0 + (v1 - v0) * i / 10 for i in range(11)]
        edge = [self.at(u, v0) for u in us] + [self.at(u1, v) for v in vs[1:]]
        edge += [self.at(u, v1) for u in reversed(us)] + [self.at(u0, v) for v in reversed(vs[1:-1])]
        return poly(edge, closed=True)

    # -- painting ---------------------------------------------------------------------------------------

    def paint(self, fill: str = "", line: str = "") -> None:
        """The bare body in its colour, with a fine outline."""
        c = self.s.colour
        self.s.path(self.outline(), fill=fill or c.body, stroke=line or mix(c.shade, c.line, 0.3), width=2.5)

    def glaze(self, v0: float, v1: float, colour: str, opacity: float = 1.0) -> None:
        """A zone of another colour between two heights."""
        self.s.path(self.band(v0, v1), fill=colour, opacity=opacity)

    def hoop(self, v: float, colour: str, width: float = 3.0, opacity: float = 1.0) -> None:
        """A line around the body."""
        self.s.line([self.at(i / 8 - 1, v) for i in range(17)], colour, width, opacity=opacity)

    def size(self, v0: float, v1: float) -> Point:
        """Width (half way round) and height of the surface between two heights, for laying out a pattern."""
        rings = [self.ring_at(v0 + (v1 - v0) * i / 12) for i in range(13)]
        steps = pairwise(rings)
        height = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in steps)
        return pi * max(r for _, r in rings) * 0.92, height

    def surface(self, v0: float, v1: float) -> Surface:
        """The mapping from a flat pattern of `size(v0, v1)` to that zone of the body."""
        w, h = self.size(v0, v1)
        return lambda x, y: self.at(max(-1.0, min(1.0, x / w * 2 - 1)), v0 + (v1 - v0) * y / h)

    # -- light ------------------------------------------------------------------------------------------

    def shade(self, gloss: float = 0.8, dark: float = 1.0, glint_at: Point = (0.12, 0.5)) -> None:
        """Volume: shadow to the right, a little at the left, light and dark by the slope, and a
        window's glint between the two heights of `glint_at` (gloss 0 = matt clay, 1 = wet glaze)."""
        with self.s.group(clip=self.outline()):
            self._sides(dark)
            self._slope(dark)
            if gloss > 0:
                self._glint(gloss, glint_at)

    def mouth(self, lip: float = 10.0, inside: str = "") -> None:
        """The opening: rim of thickness `lip`, and the dark inside."""
        s, c, (y, r) = self.s, self.s.colour, self.top
        hollow = inside or mix(c.body, c.shade, 0.55)
        ry = r * self.tilt
        s.ellipse(self.x, y, r, ry, fill=s.tones(self.x - r, self.x + r), stroke=mix(c.shade, c.line, 0.35), width=2)
        deep = [
            (0.0, mix(hollow, c.line, 0.75), 1.0),
            (0.7, mix(hollow, c.line, 0.35), 1.0),
            (1.0, hollow, 1.0),
        ]
        inner_r, inner_ry = r - lip, max(ry - lip * 0.42, 2)
        s.ellipse(
            self.x,
            y + 1,
            inner_r,
            inner_ry,
            fill=s.linear(deep, (self.x - r * 0.6, y - ry), (self.x + r * 0.7, y + ry)),
        )
        s.path(
            f"M{self.x - r:.1f} {y:.1f}A{r:.1f} {ry:.1f} 0 0 0 {self.x - r * 0.1:.1f} {y + ry * 0.99:.1f}",
            stroke=WHITE,
            width=2.5,
            opacity=0.8,
        )

    def inside(self, lip: float = 12.0, depth: float = 0.55, *, wear: bool = False) -> None:
        """The inside of a bowl or cup: shaded wall, lit far side, the ring of its bottom, maybe a motif."""
        s, c, (y, r) = self.s, self.s.colour, self.top
        ry, low = r * self.tilt, r * self.tilt * 0.42
        s.ellipse(self.x, y, r, ry, fill=mix(c.body, c.light, 0.5), stroke=mix(c.shade, c.line, 0.4), width=2.2)
        inner, inner_ry = r - lip, ry - lip * 0.55
        tones = [
            (0.0, mix(c.body, c.shade, 0.95), 1.0),
            (0.45, mix(c.body, c.shade, 0.35), 1.0),
            (1.0, mix(c.body, c.light, 0.6), 1.0),
        ]
        s.ellipse(
            self.x,
            y + 2,
            inner,
            inner_ry,
            fill=s.linear(tones, (self.x - inner, y - inner_ry), (self.x + inner * 0.8, y + inner_ry)),
        )
        with s.group(clip=oval(self.x, y + 2, inner, inner_ry)):
            s.ellipse(
                self.x,
                y + low * 1.05,
                inner * depth,
                inner_ry * depth,
                fill=mix(c.body, c.light, 0.3),
                opacity=0.55,
            )
            s.ellipse(self.x, y + low * 1.05, inner * depth, inner_ry * depth, stroke=c.ink, width=2.5, opacity=0.55)
            s.ellipse(self.x, y + 8, inner * 0.95, inner_ry * 0.95, stroke=c.ink, width=2.5, opacity=0.5)
            if wear:
                size = inner * depth * 1.5
                on = lambda u, v: (self.x + u - size / 2, y + low * 1.05 + (v - size / 2) * self.tilt * 1.05)  # noqa: E731
                s.marks(pattern(s.pattern, size, size, s.rng), on, s.inks(), opacity=0.9)
            s.line(
                [(self.x + inner * 0.5, y - inner_ry * 0.7), (self.x + inner * 0.86, y - inner_ry * 0.25)],
                WHITE,
                9,
                opacity=0.5,
            )

    def stand(self, strength: float = 0.5) -> None:
        """The contact shadow below the foot; call it before `paint`."""
        y, r = self.foot
        reach = max(r * 1.02, self.widest * 0.8)
        self.s.shadow(self.x, y + self.tilt * r * 0.6, reach, max(reach * 0.2, 20), strength)

    def wear(self, v0: float, v1: float, *, scale: float | None = None, opacity: float = 1.0) -> None:
        """Put the picture's pattern on the zone between two heights."""
        from_top, w_h = self.surface(v0, v1), self.size(v0, v1)
        with self.s.group(clip=self.band(v0, v1)):
            self.s.marks(
                pattern(self.s.pattern, *w_h, self.s.rng, scale=scale),
                from_top,
                self.s.inks(),
                opacity=opacity,
            )

    def trim(self, v0: float, v1: float, name: str = "petals") -> None:
        """A border band (patterns.BORDERS: petals, fret, curls, beads, lines) between two heights."""
        self.s.marks(border(name, *self.size(v0, v1)), self.surface(v0, v1), self.s.inks())

    def _sides(self, dark: float) -> None:
        deep = mix(self.s.colour.shade, self.s.colour.line, 0.25)
        for i in range(13):
            self.s.path(self._side(0.04 + 0.9 * i / 12, 1.0), fill=deep, opacity=(0.03 + 0.0075 * i) * dark)
        for i in range(6):
            self.s.path(self._side(-1.0, -0.94 + 0.4 * i / 5), fill=deep, opacity=0.07 * dark)
        for i in range(5):
            self.s.path(self._side(-0.66 + 0.06 * i, -0.12 - 0.06 * i), fill=self.s.colour.light, opacity=0.1)
        self.s.path(self._side(0.9, 0.975), fill=self.s.colour.light, opacity=0.16)

    def _side(self, u0: float, u1: float) -> str:
        vs = [i / 12 for i in range(13)]
        left = [self.at(u0, v) for v in vs]
        right = [self.at(u1, v) for v in reversed(vs)]
        return smooth(left) + smooth(right).replace("M", "L", 1) + "Z"

    def _slope(self, dark: float) -> None:
        """Light where the wall looks up, shade where it looks down, by one upright gradient."""
        y0, y1 = self.top[0], self.foot[0] + self.foot[1] * self.tilt
        stops: list[Stop] = []
        for i in range(0, 17, 2):
            (ya, ra), (yb, rb) = self.ring_at(i / 16 - 0.03), self.ring_at(i / 16 + 0.03)
            up = (rb - ra) / (hypot(rb - ra, yb - ya) or 1.0)
            tone = WHITE if up > 0 else mix(self.s.colour.line, BLACK, 0.2)
            here = (self.ring_at(i / 16)[0] + self.tilt * 0.7 * self.ring_at(i / 16)[1] - y0) / (y1 - y0)
            stops.append((max(0.0, min(1.0, here)), tone, up * 0.26 if up > 0 else -up * 0.42 * dark))
        self.s.path(self.outline(), fill=self.s.linear(sorted(stops), (0, y0), (0, y1)))

    def _glint(self, gloss: float, place: Point) -> None:
        v0, v1 = place
        glow = [self.at(-0.62, v0 + (v1 - v0) * i / 8) for i in range(9)]
        edge = [self.at(-0.44 - 0.1 * abs(1 - i / 4), v0 + (v1 - v0) * i / 8) for i in range(9)]
        self.s.shape([glow[0], *glow, *reversed(edge)], WHITE, opacity=0.62 * gloss)
        spark = [self.at(-0.36, v0 + (v1 - v0) * (0.08 + 0.5 * i / 5)) for i in range(6)]
        self.s.line(spark, WHITE, 5, opacity=0.5 * gloss)
        low = [self.at(0.55 + 0.28 * i / 5, 0.86 - 0.03 * i) for i in range(6)]
        self.s.line(low, WHITE, 6, opacity=0.22 * gloss)


def rod(
    s: Studio,
    points: Sequence[Point],
    thick: float,
    thin: float | None = None,
    *,
    body: str = "",
    shade: str = "",
    light: str = "",
) -> None:
    """A bent round rod (handle, spout, cord, stick) with its dark lower and bright upper side."""
    c = s.colour
    body, shade, light = body or c.body, shade or c.shade, light or c.light
    thin = thick if thin is None else thin
    outline = smooth(tube(points, thick, thin), closed=True)
    s.path(outline, fill=body, stroke=mix(shade, c.line, 0.35), width=2.2)
    low = [(x + thick * 0.16, y + thick * 0.17) for x, y in points]
    high = [(x - thick * 0.14, y - thick * 0.16) for x, y in points]
    with s.group(clip=outline):
        s.path(smooth(tube(low, thick * 0.72, thin * 0.72), closed=True), fill=shade, opacity=0.32)
        s.path(
            smooth(
                tube([(x + thick * 0.14, y + thick * 0.14) for x, y in low], thick * 0.5, thin * 0.5),
                closed=True,
            ),
            fill=shade,
            opacity=0.5,
        )
        s.path(smooth(tube(high, thick * 0.26, thin * 0.26), closed=True), fill=light, opacity=0.75)


def steam(s: Studio, x: float, y: float, height: float, strength: float = 0.4) -> None:
    """Three wisps of steam or smoke rising from (x, y)."""
    for k in range(3):
        bend = s.rng.uniform(-1, 1)
        wisp = [(x + (k - 1) * 22 + 30 * bend * sin(i * 0.9 + k) * i / 8, y - height * i / 9) for i in range(10)]
        for width, share in ((15.0, 0.25), (8.0, 0.45), (3.0, 0.6)):
            s.path(
                smooth(tube(wisp, width, width * 0.2), closed=True),
                fill=WHITE,
                opacity=strength * share * (1 - 0.2 * k),
            )


def _along(profile: Sequence[Point], per_step: int = 7) -> list[Point]:
    """The profile's rings, softened between the given points (a doubled point stays a corner)."""
    out = [profile[0]]
    for i, (start, end) in enumerate(pairwise(profile)):
        if start == end:
            continue
        step = hypot(end[0] - start[0], end[1] - start[1])
        leave = _heading(profile[max(i - 1, 0)], start, end, step)
        arrive = _heading(start, end, profile[min(i + 2, len(profile) - 1)], step)
        out += [_bend(start, leave, end, arrive, k / per_step) for k in range(1, per_step + 1)]
    return out


def _heading(before: Point, here: Point, after: Point, step: float) -> Point:
    """The direction of the curve at `here`, as long as the step, so that it never swings past a point."""
    dy, dr = after[0] - before[0], after[1] - before[1]
    length = hypot(dy, dr) or 1.0
    return dy / length * step, dr / length * step


def _bend(start: Point, leave: Point, end: Point, arrive: Point, t: float) -> Point:
    t2, t3 = t * t, t * t * t
    weights = 2 * t3 - 3 * t2 + 1, t3 - 2 * t2 + t, 3 * t2 - 2 * t3, t3 - t2
    y, r = (sum(w * p[i] for w, p in zip(weights, (start, leave, end, arrive), strict=True)) for i in (0, 1))
    return y, max(1.0, r)
