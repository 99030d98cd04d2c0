"""Pieces many kinds share: boxes in perspective, woven strips, leaves, petals, cords, wood grain, glass."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import hypot, pi, sin
from random import Random

from .kit import BLACK, WHITE, Inks, Point, Studio, Surface, flat, poly, quad, ring, smooth, tube
from .palettes import mix, palette
from .patterns import pattern
from .turning import Turned

STRAW = ("#F3E2B0", "#DDBF7E", "#A97F3F", "#5E3F18")  # light, body, shade, line of dried bamboo and palm
WOOD = ("#D9A46A", "#94602F", "#553115", "#2A1608")

Tones = tuple[str, str, str, str]


def tones_of(s: Studio) -> Tones:
    """Light, body, shade and line of the picture's palette."""
    return s.colour.light, s.colour.body, s.colour.shade, s.colour.line


@contextmanager
def dressed(s: Studio, name: str) -> Iterator[None]:
    """Draw a part in another palette, then return to the picture's own."""
    own, s.colour = s.colour, palette(name)
    yield
    s.colour = own


@dataclass(frozen=True)
class Box:
    """A box seen from its front corner (x, y): `a` runs back to the right, `b` back to the left, z up."""

    x: float
    y: float
    a: float
    b: float
    h: float

    def at(self, a: float, b: float, z: float) -> Point:
        return self.x + a * 0.66 - b * 0.93, self.y - a * 0.3 - b * 0.17 - z

    @property
    def left(self) -> list[Point]:
        return [self.at(0, self.b, self.h), self.at(0, 0, self.h), self.at(0, 0, 0), self.at(0, self.b, 0)]

    @property
    def right(self) -> list[Point]:
        return [self.at(0, 0, self.h), self.at(self.a, 0, self.h), self.at(self.a, 0, 0), self.at(0, 0, 0)]

    @property
    def top(self) -> list[Point]:
        return [
            self.at(0, self.b, self.h),
            self.at(self.a, self.b, self.h),
            self.at(self.a, 0, self.h),
            self.at(0, 0, self.h),
        ]

    def on_left(self, w: float = 0, h: float = 0) -> Surface:
        return quad(self.left, w or self.b, h or self.h)

    def on_right(self, w: float = 0, h: float = 0) -> Surface:
        return quad(self.right, w or self.a, h or self.h)

    def on_top(self, w: float = 0, h: float = 0) -> Surface:
        return quad(self.top, w or self.a, h or self.b)

    def shadow(self, s: Studio, strength: float = 0.5) -> None:
        mid = self.at(self.a / 2, self.b / 2, 0)
        reach = (self.a * 0.66 + self.b * 0.93) / 2
        s.shadow(mid[0], mid[1] + 18, reach * 1.02, reach * 0.3, strength)
        s.shape(self._foot(), mix(s.colour.line, BLACK, 0.5), opacity=0.22)

    def paint(self, s: Studio, tones: Tones) -> None:
        """The three faces, lit from the upper left, with a bright edge where they meet."""
        light, body, shade, line = tones
        p, q = self.left, self.right
        s.shape(
            p,
            s.linear([(0, mix(body, light, 0.55), 1), (1, mix(body, shade, 0.12), 1)], p[0], p[2]),
            curved=False,
            stroke=mix(shade, line, 0.2),
            width=1.5,
        )
        s.shape(
            q,
            s.linear([(0, mix(body, shade, 0.4), 1), (1, mix(body, shade, 0.9), 1)], q[0], q[2]),
            curved=False,
            stroke=mix(shade, line, 0.3),
            width=1.5,
        )
        t = self.top
        s.shape(
            t,
            s.linear([(0, mix(body, light, 0.85), 1), (1, mix(body, light, 0.25), 1)], t[0], t[2]),
            curved=False,
            stroke=mix(body, shade, 0.4),
            width=1.5,
        )
        s.line([t[0], t[3], t[2]], WHITE, 2.5, opacity=0.5, curved=False)
        s.line([p[1], p[2]], WHITE, 2, opacity=0.3, curved=False)

    def wrap(self, s: Studio, faces: str = "lrt", inks: Inks | None = None) -> None:
        """The picture's pattern on the named faces."""
        for face, points, w, h in (
            ("l", self.left, self.b, self.h),
            ("r", self.right, self.a * 0.8, self.h),
            ("t", self.top, self.a * 0.8, self.b),
        ):
            if face in faces:
                with s.group(clip=poly(points, closed=True)):
                    s.marks(pattern(s.pattern, w, h, s.rng), quad(points, w, h), inks or s.inks())

    def _foot(self) -> list[Point]:
        return [
            self.at(-14, self.b + 10, 0),
            self.at(-14, -14, 0),
            self.at(self.a + 30, -16, 0),
            self.at(self.a, self.b, 0),
        ]


def ribbon(s: Studio, box: Box, colour: str, width: float = 36, *, knot: bool = True) -> None:
    """A ribbon once around the box each way, with a bow on the lid."""
    deep = mix(colour, BLACK, 0.35)
    a, b, h, half = box.a / 2, box.b / 2, box.h, width / 2
    at = box.at
    s.shape([at(a - half, 0, h), at(a + half, 0, h), at(a + half, 0, 0), at(a - half, 0, 0)], deep, curved=False)
    s.shape(
        [at(0, b + half, h), at(0, b - half, h), at(0, b - half, 0), at(0, b + half, 0)],
        mix(colour, deep, 0.2),
        curved=False,
    )
    s.shape(
        [at(a - half, 0, h), at(a + half, 0, h), at(a + half, box.b, h), at(a - half, box.b, h)],
        colour,
        curved=False,
    )
    s.shape(
        [at(0, b - half, h), at(box.a, b - half, h), at(box.a, b + half, h), at(0, b + half, h)],
        mix(colour, WHITE, 0.12),
        curved=False,
    )
    if knot:
        bow(s, *at(a, b, h), 92, colour)


def bow(s: Studio, x: float, y: float, r: float, colour: str) -> None:
    """A tied bow of cloth: two loops, two tails and the knot."""
    deep, light = mix(colour, BLACK, 0.4), mix(colour, WHITE, 0.3)
    for side in (-1, 1):
        tail = [(x, y), (x + side * r * 0.35, y + r * 0.4), (x + side * r * 0.75, y + r * 0.85)]
        s.shape(tube(tail, r * 0.16, r * 0.34), mix(colour, deep, 0.3), stroke=deep, width=1.5)
        loop = [
            (x, y),
            (x + side * r * 0.55, y - r * 0.55),
            (x + side * r * 1.1, y - r * 0.3),
            (x + side * r * 0.9, y + r * 0.22),
        ]
        s.shape(
            loop,
            s.linear([(0, deep, 1), (0.5, light, 1), (1, colour, 1)], (x, y), loop[2]),
            stroke=deep,
            width=1.5,
        )
        s.line(
            [(x, y), (x + side * r * 0.5, y - r * 0.16), (x + side * r * 0.85, y - r * 0.12)],
            deep,
            2,
            opacity=0.5,
        )
    s.ellipse(x, y, r * 0.17, r * 0.2, fill=s.ball(x, y, r * 0.2, light, colour, deep), stroke=deep, width=1.5)


def weave(
    s: Studio,
    on: Surface,
    w: float,
    h: float,
    cols: int,
    rows: int,
    tones: Tones,
    *,
    other: str = "",
    twill: int = 2,
    gap: float = 0.08,
) -> None:
    """Real interlacing of flat strips on a surface: weft lies over warp in every `twill`-th place, with the light
    along each strip and a shade where it dives under. `other` = colour of the warp strips."""
    light, body, shade, line = tones
    cw, ch = w / cols, h / rows
    s.shape(
        [on(0, 0), on(w / 2, 0), on(w, 0), on(w, h / 2), on(w, h), on(w / 2, h), on(0, h), on(0, h / 2)],
        mix(shade, line, 0.55),
        curved=False,
    )
    weft = [mix(body, s.rng.choice((light, shade)), s.rng.uniform(0, 0.28)) for _ in range(rows)]
    warp = [
        mix(other or mix(body, shade, 0.25), s.rng.choice((light, shade)), s.rng.uniform(0, 0.22)) for _ in range(cols)
    ]
    for j in range(rows):
        for i in range(cols):
            over = (i + j) % twill != 0 if twill > 2 else (i + j) % 2 == 0
            _strip(s, on, i * cw, j * ch, cw, ch, weft[j] if over else warp[i], over, gap)


def _strip(
    s: Studio, on: Surface, x: float, y: float, w: float, h: float, colour: str, flat_way: bool, gap: float
) -> None:
    g = gap * min(w, h)
    if flat_way:
        corners = [
            on(x - g, y + g),
            on(x + w / 2, y + g * 0.4),
            on(x + w + g, y + g),
            on(x + w + g, y + h - g),
            on(x + w / 2, y + h - g * 0.4),
            on(x - g, y + h - g),
        ]
        shine = [on(x + w * 0.2, y + h * 0.32), on(x + w * 0.8, y + h * 0.32)]
        ends = [[on(x, y + g), on(x, y + h - g)], [on(x + w, y + g), on(x + w, y + h - g)]]
    else:
        corners = [
            on(x + g, y - g),
            on(x + w - g, y - g),
            on(x + w - g * 0.4, y + h / 2),
            on(x + w - g, y + h + g),
            on(x + g, y + h + g),
            on(x + g * 0.4, y + h / 2),
        ]
        shine = [on(x + w * 0.34, y + h * 0.2), on(x + w * 0.34, y + h * 0.8)]
        ends = [[on(x + g, y), on(x + w - g, y)], [on(x + g, y + h), on(x + w - g, y + h)]]
    s.shape(corners, colour, curved=False)
    thick = min(hypot(ends[0][0][0] - ends[1][0][0], ends[0][0][1] - ends[1][0][1]), 26)
    s.path(
        "".join(poly(end) for end in ends),
        stroke=mix(colour, BLACK, 0.6),
        width=max(thick * 0.13, 1.2),
        opacity=0.42,
    )
    s.path(poly(shine), stroke=WHITE, width=max(thick * 0.12, 1.0), opacity=0.34)


def braid(s: Studio, points: Sequence[Point], width: float, tones: Tones) -> None:
    """A rim lashed with slanting binding strips along a path of points."""
    light, body, shade, line = tones
    s.line(points, mix(shade, line, 0.6), width + 3)
    s.line(points, body, width)
    for i in range(len(points) - 1):
        (ax, ay), (bx, by) = points[i], points[i + 1]
        length = hypot(bx - ax, by - ay) or 1
        nx, ny = -(by - ay) / length * width * 0.48, (bx - ax) / length * width * 0.48
        s.line([(ax - nx, ay - ny), (bx + nx, by + ny)], mix(shade, line, 0.3), 2.2, opacity=0.75)
        s.line([(ax - nx + 3, ay - ny), (bx + nx + 3, by + ny)], light, 2, opacity=0.6)


def cord(s: Studio, points: Sequence[Point], width: float, tones: Tones) -> None:
    """A twisted string: dark edge, body, and dashes of twist."""
    light, body, shade, line = tones
    s.line(points, mix(shade, line, 0.5), width + 2.5)
    s.line(points, body, width)
    s.line(
        points,
        light,
        width * 0.45,
        opacity=0.8,
        more=f'stroke-dasharray="{width * 0.4:.1f} {width * 0.9:.1f}"',
    )


def grain(
    s: Studio,
    on: Surface,
    w: float,
    h: float,
    lines: int,
    colour: str,
    *,
    opacity: float = 0.3,
    wave: float = 5.0,
) -> None:
    """Wood grain along the width of a surface, drawn as wandering year lines."""
    for i in range(lines):
        y = h * (i + s.rng.uniform(0.15, 0.85)) / lines
        phase, swing = s.rng.uniform(0, 6), s.rng.uniform(0.3, 1) * wave
        s.line(
            [on(w * k / 6, min(max(y + sin(phase + k * 1.1) * swing, 0), h)) for k in range(7)],
            colour,
            s.rng.uniform(1, 2.6),
            opacity=opacity * s.rng.uniform(0.5, 1.1),
        )


def strands(
    s: Studio,
    path: Callable[[float], Point],
    count: int,
    spread: float,
    colours: Sequence[str],
    width: float,
    rng: Random,
    *,
    wander: float = 0.25,
) -> None:
    """A hank of threads (noodles, vermicelli, silk) round the closed path(0..1), deep ones darker."""
    for i in range(count):
        off, phase, tone = (
            rng.gauss(0, 0.42) * spread,
            rng.uniform(0, 6),
            colours[min(i * len(colours) // count, len(colours) - 1)],
        )
        points = []
        for k in range(13):
            (ax, ay), (bx, by) = path(k / 12 - 0.02), path(k / 12 + 0.02)
            length = hypot(bx - ax, by - ay) or 1.0
            o = off + sin(phase + k * pi / 6) * spread * wander
            points.append(((ax + bx) / 2 - (by - ay) / length * o, (ay + by) / 2 + (bx - ax) / length * o))
        s.line(points, tone, width * rng.uniform(0.8, 1.15))


def glass(s: Studio, body: Turned, tint: str = "#DDEBE6") -> None:
    """The wall of a glass vessel over its contents: thin edges, thick foot, window light."""
    line = mix(tint, "#31413D", 0.55)
    with s.group(clip=body.outline()):
        s.path(
            body.outline(),
            fill=s.linear(
                [(0, tint, 0.55), (0.1, tint, 0.08), (0.85, tint, 0.05), (0.95, line, 0.32), (1, tint, 0.4)],
                (body.x - body.widest, 0),
                (body.x + body.widest, 0),
            ),
        )
        for u0, u1, shine in ((-0.6, -0.46, 0.6), (-0.41, -0.38, 0.45), (0.6, 0.66, 0.28)):
            s.path(body.band(0.12, 0.88, u0, u1), fill=WHITE, opacity=shine)
    s.path(body.outline(), stroke=line, width=2.5, opacity=0.7)


def tag(s: Studio, x: float, y: float, r: float, turn: float = 0.2) -> None:
    """A round paper tag with a seal-red mark, hung by a thread: the maker's, without words."""
    with s.group(transform=f"rotate({turn * 57:.1f} {x:.1f} {y:.1f})"):
        s.line([(x, y - r * 2.2), (x + 4, y - r * 1.5), (x, y - r * 0.75)], "#8A6A3C", 2.5)
        s.ellipse(x + 3, y + 5, r, fill="#2A1A10", opacity=0.22)
        s.ellipse(x, y, r, fill="#F7EEDB", stroke="#B99F74", width=2)
        s.ellipse(x, y - r * 0.72, r * 0.09, fill="#6D5632")
        with s.group(clip=smooth(ring(x, y + r * 0.12, r * 0.52, r * 0.52, 12), closed=True)):
            s.ellipse(x, y + r * 0.12, r * 0.52, fill="#B33A2A")
            s.marks(
                pattern(s.pattern, r * 1.04, r * 1.04, s.rng),
                flat(x - r * 0.52, y - r * 0.4),
                Inks("#F7E6C8", "#D9806C", "#C65745", "#F7E6C8"),
            )
