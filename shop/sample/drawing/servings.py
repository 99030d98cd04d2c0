"""What foods and drinks come in: plates, beds of leaf, glass jars, bottles, paper labels, pouches."""

from math import cos, pi, sin

from .greenery import leaf
from .kit import BLACK, WHITE, Inks, Kind, Point, Studio, poly, quad, smooth
from .palettes import mix
from .patterns import pattern
from .pieces import STRAW, Tones, cord, dressed, glass
from .turning import Turned

PAPER = "#F8F0DD"
KRAFT: Tones = ("#E3C79A", "#C39A62", "#8A6436", "#4E3416")


def brightness(colour: str) -> int:
    return sum(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def paper_inks(s: Studio) -> Inks:
    """The palette's inks as they print on pale paper."""
    c = s.colour
    ink = c.ink if brightness(c.ink) < 380 else mix(c.body, c.line, 0.35)
    wash = c.body if brightness(c.body) < 600 else c.wash
    return Inks(ink, wash, mix(wash, PAPER, 0.55), c.accent)


def _printed(s: Studio) -> str:
    """What a label shows: the picture's pattern; a plain thing still carries a lotus on its paper."""
    return "lotus" if s.pattern == "plain" else s.pattern


def print_on(s: Studio, points: list[Point], w: float, h: float, fill: str = PAPER, inks: Inks | None = None) -> None:
    """A paper label on four corners, framed, printed with the picture's pattern."""
    from_corner = quad(points, w, h)
    s.shape(points, fill, curved=False, stroke=mix(fill, BLACK, 0.3), width=1.5)
    with s.group(clip=poly(points, closed=True)):
        s.marks(
            pattern(_printed(s), w * 0.86, h * 0.8, s.rng),
            lambda u, v: from_corner(w * 0.07 + u, h * 0.1 + v),
            inks or paper_inks(s),
        )
    rim = [from_corner(w * u, h * v) for u, v in ((0.04, 0.05), (0.96, 0.05), (0.96, 0.95), (0.04, 0.95))]
    s.path(poly(rim, closed=True), stroke=s.colour.accent, width=3, opacity=0.8)


def plate(s: Studio, x: float, y: float, r: float, *, tilt: float = 0.36, fill: str = "#F6F1E4") -> None:
    """A shallow plate seen at the table, its rim lined in the palette's colour."""
    s.shadow(x, y + r * tilt * 0.45, r * 0.98, r * tilt * 0.72, 0.55)
    low = mix(fill, "#6B5A48", 0.4)
    s.ellipse(x, y + r * 0.05, r, r * tilt, fill=low)
    s.ellipse(
        x,
        y,
        r,
        r * tilt,
        fill=s.linear(
            [(0, WHITE, 1), (0.5, fill, 1), (1, mix(fill, low, 0.6), 1)],
            (x - r, y - r * tilt),
            (x + r, y + r * tilt),
        ),
        stroke=low,
    )
    s.ellipse(x, y, r * 0.955, r * tilt * 0.95, stroke=paper_inks(s).ink, width=4, opacity=0.8)
    s.ellipse(x, y, r * 0.915, r * tilt * 0.9, stroke=paper_inks(s).wash, width=2, opacity=0.8)
    s.ellipse(
        x,
        y + r * 0.025,
        r * 0.74,
        r * tilt * 0.7,
        fill=s.linear(
            [(0, mix(fill, low, 0.6), 1), (0.4, fill, 1), (1, WHITE, 1)],
            (x - r, y - r * tilt),
            (x + r, y + r * tilt),
        ),
    )


def leaf_bed(s: Studio, x: float, y: float, reach: float) -> None:
    """Banana leaf laid on the table: broad blades in perspective, with their own shadow."""
    s.shadow(x, y + reach * 0.05, reach * 0.95, reach * 0.3, 0.45)
    blade: Tones = ("#9CC267", "#4E8B3C", "#2A5E2C", "#17391B")
    for a, k in ((0.35, 0.98), (2.75, 1.0), (-0.25, 0.85), (3.45, 0.88)):
        end = (x + reach * cos(a) * k, y + reach * 0.36 * sin(a) * k)
        start = (x - reach * 0.75 * cos(a), y - reach * 0.2 * sin(a))
        leaf(s, start, end, reach * 0.42, blade, bend=0.05, veins=7)


def shoulders(x: float, foot: float, r: float, h: float) -> list[Point]:
    """The profile of a glass jar of height h standing at `foot`."""
    top = foot - h
    return [
        (top, r * 0.76),
        (top + h * 0.05, r * 0.76),
        (top + h * 0.05, r * 0.76),
        (top + h * 0.17, r * 0.99),
        (top + h * 0.25, r),
        (foot - h * 0.1, r),
        (foot, r * 0.9),
    ]


def filled_jar(s: Studio, x: float, foot: float, r: float, h: float, tones: Tones, *, full: float = 0.16) -> Turned:
    """A glass jar with liquid or preserve in three tones, glowing from the left where light passes through."""
    light, body, shade, line = tones
    jar = Turned(s, shoulders(x, foot, r, h), x=x, tilt=0.17)
    jar.stand(0.55)
    s.fade(x + r * 1.1, foot + r * 0.2, r * 0.9, r * 0.2, body, 0.5)
    s.path(jar.outline(), fill="#E9EFE9", opacity=0.55)
    y, edge = jar.ring_at(full)
    with s.group(clip=jar.outline()):
        s.path(
            jar.band(full, 1.0),
            fill=s.linear(
                [
                    (0, shade, 1),
                    (0.16, body, 1),
                    (0.36, light, 1),
                    (0.62, body, 1),
                    (1, mix(shade, line, 0.4), 1),
                ],
                (x - r, 0),
                (x + r, 0),
            ),
        )
        s.fade(x + r * 0.3, foot - h * 0.2, r * 0.9, h * 0.34, light, 0.75)
        s.path(jar.band(0.9, 1.0), fill=mix(shade, line, 0.4), opacity=0.4)
    s.ellipse(
        x,
        y,
        edge * 0.97,
        edge * 0.165,
        fill=s.linear([(0, body, 1), (0.5, light, 1), (1, shade, 1)], (x - edge, 0), (x + edge, 0)),
        stroke=shade,
        width=2,
    )
    return jar


def close_jar(s: Studio, jar: Turned, lid: str) -> None:
    """Glass over the contents, then the lid: "cloth", "wood" or "gold"."""
    glass(s, jar)
    y, r = jar.top
    if lid == "cloth":
        _cloth_lid(s, jar.x, y, r)
        return
    cap = Turned(s, [(y - r * 0.4, r * 1.07), (y - r * 0.34, r * 1.12), (y + r * 0.06, r * 1.12)], x=jar.x, tilt=0.17)
    tone = ("#C89A5E", "#7A4A22") if lid == "wood" else ("#D9B04A", "#6E4A12")
    cap.paint(tone[0], tone[1])
    with dressed(s, "walnut" if lid == "wood" else "gold"):
        cap.shade(0.4)
        s.ellipse(
            jar.x,
            y - r * 0.4,
            r * 1.07,
            r * 0.18,
            fill=s.linear([(0, mix(tone[0], WHITE, 0.6), 1), (1, tone[0], 1)], (jar.x - r, 0), (jar.x + r, 0)),
            stroke=tone[1],
        )
    for k in range(4):
        cap.hoop(0.3 + k * 0.17, tone[1], 1.6, 0.5)


def _cloth_lid(s: Studio, x: float, y: float, r: float) -> None:
    """A square of cloth tied over the mouth with string."""
    cloth, line = s.colour.accent, mix(s.colour.accent, BLACK, 0.45)
    pale = mix(cloth, WHITE, 0.3)
    frill = [
        (x + r * 1.42 * cos(a) * (1 + 0.1 * cos(i * pi)), y + r * 0.42 + r * 0.36 * sin(a) + 14 * cos(i * pi))
        for i, a in enumerate(pi * k / 14 for k in range(15))
    ]
    dome = [
        (x + r * 1.08, y + r * 0.02),
        (x + r * 0.9, y - r * 0.34),
        (x, y - r * 0.46),
        (x - r * 0.9, y - r * 0.34),
        (x - r * 1.08, y + r * 0.02),
    ]
    skirt = [(x + r * 1.08, y), *frill, (x - r * 1.08, y), (x, y + r * 0.1)]
    paint = s.linear(
        [(0, mix(cloth, line, 0.3), 1), (0.3, pale, 1), (0.6, cloth, 1), (1, line, 1)],
        (x - r * 1.3, 0),
        (x + r * 1.3, 0),
    )
    s.shape(skirt, paint, stroke=line, width=1.5)
    for i in range(1, 14):
        a = pi * i / 14
        s.line(
            [
                (x + r * 1.05 * cos(a), y + r * 0.16 * sin(a)),
                (x + r * 1.3 * cos(a), y + r * (0.38 + 0.32 * sin(a))),
            ],
            line if i % 2 else WHITE,
            2.5,
            opacity=0.35,
        )
    s.shape(
        [*dome, (x - r * 0.6, y + r * 0.16), (x, y + r * 0.2), (x + r * 0.6, y + r * 0.16)],
        paint,
        stroke=line,
        width=1.5,
    )
    with s.group(clip=smooth(dome, closed=True)):
        for i in range(9):
            s.line(
                [(x - r * 1.2 + i * r * 0.3, y - r * 0.5), (x - r * 1.2 + i * r * 0.3, y + r * 0.1)],
                WHITE,
                4,
                opacity=0.22,
            )
        s.fade(x - r * 0.4, y - r * 0.3, r * 0.5, r * 0.22, WHITE, 0.6)
    cord(
        s,
        [(x + r * 1.08 * cos(a), y + r * 0.02 + r * 0.17 * sin(a)) for a in (pi * k / 12 for k in range(13))],
        8,
        STRAW,
    )


def label(s: Studio, body: Turned, v0: float, v1: float, reach: float = 0.62, fill: str = PAPER) -> None:
    """A paper label bent round a vessel, printed with the picture's pattern and framed."""
    s.path(body.band(v0, v1, -reach, reach), fill=fill, stroke=mix(fill, BLACK, 0.35), width=1.5)
    w, h = body.size(v0, v1)
    with s.group(clip=body.band(v0, v1, -reach, reach)):
        inner_w, inner_h = w * reach * 0.84, h * 0.78
        s.marks(
            pattern(_printed(s), inner_w, inner_h, s.rng),
            lambda x, y: body.at((x / inner_w * 2 - 1) * reach * 0.84, v0 + (v1 - v0) * (0.11 + 0.78 * y / inner_h)),
            paper_inks(s),
        )
        s.path(body.band(v0, v1, reach * 0.45, reach), fill="#4A3A26", opacity=0.13)
        s.path(body.band(v0, v1, -reach, -reach * 0.8), fill="#4A3A26", opacity=0.1)
    inset = (v1 - v0) * 0.06
    s.path(
        body.band(v0 + inset, v1 - inset, -reach * 0.95, reach * 0.95),
        stroke=s.colour.accent,
        width=2.5,
        opacity=0.8,
    )


def pouch(s: Studio, x: float, foot: float, w: float, h: float, tones: Tones, *, window: bool = False) -> list[Point]:
    """A stand-up bag with crimped seal and a printed paper band; returns the corners of its window (or band)."""
    light, body, shade, line = tones
    top, half = foot - h, w / 2
    s.shadow(x, foot + 4, half * 1.02, half * 0.2, 0.6)
    edge = [
        (x - half * 0.9, top),
        (x - half * 0.9, top),
        (x + half * 0.9, top),
        (x + half * 0.9, top),
        (x + half * 0.92, top + h * 0.16),
        (x + half, foot - h * 0.3),
        (x + half * 0.95, foot),
        (x + half * 0.95, foot),
        (x, foot + half * 0.12),
        (x - half * 0.95, foot),
        (x - half * 0.95, foot),
        (x - half, foot - h * 0.3),
        (x - half * 0.92, top + h * 0.16),
    ]
    s.shape(
        edge,
        s.linear(
            [
                (0, mix(body, shade, 0.6), 1),
                (0.1, light, 1),
                (0.3, body, 1),
                (0.75, mix(body, shade, 0.35), 1),
                (0.9, mix(body, light, 0.4), 1),
                (1, shade, 1),
            ],
            (x - half, 0),
            (x + half, 0),
        ),
        stroke=mix(shade, line, 0.3),
    )
    with s.group(clip=smooth(edge, closed=True)):
        bend = foot - h * 0.16
        fold = f"M{x - half:.0f} {bend:.0f}Q{x:.0f} {foot + h * 0.06:.0f} {x + half:.0f} {bend:.0f}"
        s.path(
            f"{fold}V{foot + 60:.0f}H{x - half:.0f}Z",
            fill=shade,
            opacity=0.4,
        )
        s.path(
            fold,
            stroke=WHITE,
            width=3,
            opacity=0.35,
        )
        for k in range(7):
            cx = x + half * s.rng.uniform(-0.85, 0.85)
            s.line(
                [(cx, top + h * 0.13), (cx + s.rng.uniform(-24, 24), top + h * s.rng.uniform(0.2, 0.3))],
                WHITE if k % 2 else line,
                4,
                opacity=0.16,
            )
    for k in range(7):
        s.line(
            [(x - half * 0.88, top + 8 + k * 8), (x + half * 0.88, top + 8 + k * 8)],
            line if k % 2 else WHITE,
            1.6,
            opacity=0.22,
        )
    y0, y1 = (top + h * 0.24, top + h * 0.56) if window else (top + h * 0.26, top + h * 0.74)
    band = [(x - half * 0.96, y0), (x + half * 0.96, y0), (x + half * 0.99, y1), (x - half * 0.99, y1)]
    print_on(s, band, w, y1 - y0)
    s.shape(
        [band[0], band[1], band[2], band[3]],
        s.linear(
            [(0, line, 0.3), (0.12, WHITE, 0.25), (0.3, WHITE, 0), (0.8, line, 0.12), (1, line, 0.4)],
            (x - half, 0),
            (x + half, 0),
        ),
        curved=False,
    )
    return [
        (x - half * 0.6, top + h * 0.62),
        (x + half * 0.6, top + h * 0.62),
        (x + half * 0.6, top + h * 0.88),
        (x - half * 0.6, top + h * 0.88),
    ]


def scatter(s: Studio, x: float, y: float, rx: float, ry: float, count: int) -> list[Point]:
    """Places of small things in a heap, from the back to the front."""
    spots = []
    for _ in range(count):
        a, r = s.rng.uniform(0, 2 * pi), s.rng.uniform(0, 1) ** 0.5
        spots.append((x + rx * r * cos(a), y + ry * r * sin(a)))
    return sorted(spots, key=lambda spot: spot[1])


def heap(x: float, y: float, rx: float, high: float) -> list[Point]:
    """The outline of a mound standing on (x, y)."""
    up = [(x + rx * cos(a), y - high * sin(a)) for a in (pi * i / 12 for i in range(13))]
    return [*up, *[(x + rx * cos(a), y - rx * 0.24 * sin(a)) for a in (pi + pi * i / 8 for i in range(1, 8))]]


def nearer(kind: Kind) -> Kind:
    """The same low dish photographed from nearer, so that it fills the frame."""

    def closer(s: Studio) -> None:
        with s.group(transform="translate(-66 -176) scale(1.11)"):
            kind(s)
        s.focus = (s.focus[0] * 1.11 - 66, s.focus[1] * 1.11 - 176)

    return closer
