"""Embroidery: a handkerchief, work in the hoop, a framed picture in silk."""

from math import cos, pi, sin

from .draping import (
    BLACK_WOOD,
    GILT,
    WALNUT,
    cloth,
    fold,
    folds,
    frame,
    frame_shadow,
    inner_shade,
    stitches,
    weave,
)
from .kit import WHITE, Kind, Point, Studio, flat, oval, poly, quad, ring
from .palettes import mix
from .patterns import border, pattern


def handkerchief(s: Studio) -> None:
    """A folded handkerchief with a scalloped hem, embroidered in the corner."""
    s.setting = "flat"
    c, x, y = s.colour, 600, 600
    back: list[Point] = [(290, 330), (870, 250), (960, 830), (380, 915)]
    for k in range(4):
        s.path(
            poly([(px + 14 + k * 7, py + 16 + k * 8) for px, py in back], closed=True),
            fill=c.line,
            opacity=0.06,
        )
    _hem(s, back)
    cloth(s, back, curved=False, fill=mix(c.body, c.light, 0.25), name="plain")
    front: list[Point] = [(250, 420), (800, 385), (880, 925), (330, 975)]
    for k in range(3):
        s.path(
            poly([(px + 8 + k * 5, py + 10 + k * 5) for px, py in front], closed=True),
            fill=c.line,
            opacity=0.06,
        )
    _hem(s, front)
    on = quad(front, 560, 560)
    clip = cloth(s, front, curved=False, on=on, size=(560, 560), name="plain")
    with s.group(clip=clip):
        s.marks(
            pattern(s.pattern, 400, 400, s.rng, scale=None if s.pattern != "plain" else 60),
            lambda u, v: on(u + 128, v + 126),
            s.inks(),
        )
        for inset in (24.0, 44.0):
            ring4 = [
                on(inset, inset),
                on(560 - inset, inset),
                on(560 - inset, 560 - inset),
                on(inset, 560 - inset),
            ]
            stitches(
                s,
                [*ring4, ring4[0]]
                if inset < 30
                else [
                    ring4[0],
                    ring4[0],
                    ring4[1],
                    ring4[1],
                    ring4[2],
                    ring4[2],
                    ring4[3],
                    ring4[3],
                    ring4[0],
                ],
                c.ink,
                2.6,
            )
        s.fade(x - 180, y - 80, 360, 260, WHITE, 0.3)
        fold(s, [on(280, 0), on(286, 280), on(278, 560)], 16, 0.7)
        fold(s, [on(0, 284), on(280, 280), on(560, 286)], 14, 0.4)
    s.focus = on(280, 300)


def _hem(s: Studio, corners: list[Point]) -> None:
    for i in range(4):
        (ax, ay), (bx, by) = corners[i], corners[(i + 1) % 4]
        for k in range(17):
            s.ellipse(
                ax + (bx - ax) * (k + 0.5) / 17,
                ay + (by - ay) * (k + 0.5) / 17,
                18,
                fill=s.colour.light,
                stroke=s.colour.ink,
                width=2,
            )


def embroidery_hoop(s: Studio) -> None:
    """Work in a bamboo hoop, needle and thread beside it."""
    s.setting = "flat"
    c, r, x, y = s.colour, s.rng.uniform(335, 360), 590, 615
    for k in range(4):
        s.ellipse(x + 14 + k * 8, y + 20 + k * 9, r + 24, fill=c.line, opacity=0.07)
    skirt = [(px + s.rng.uniform(-22, 22), py + s.rng.uniform(-22, 22)) for px, py in ring(x, y, r + 84, r + 80, 26)]
    clip = cloth(s, skirt, fill=mix(c.body, c.light, 0.3), name="plain")
    folds(
        s,
        clip,
        [
            [(x + r * cos(a), y + r * sin(a)), (x + (r + 92) * cos(a + 0.03), y + (r + 92) * sin(a + 0.03))]
            for a in (i * pi / 9 for i in range(18))
        ],
        30,
        0.8,
    )
    s.ellipse(x, y, r + 13, fill="#8C6B33")
    s.ellipse(x, y, r, fill=c.body)
    with s.group(clip=oval(x, y, r, r)):
        weave(s, x - r, y - r, 2 * r, 2 * r)
        s.marks(pattern(s.picture, r * 1.5, r * 1.5, s.rng), flat(x - r * 0.75, y - r * 0.75), s.inks())
        s.fade(x - 90, y - 120, r, r, WHITE, 0.3)
    for k, (tone, width) in enumerate((("#5E4318", 30.0), ("#C79C55", 24.0), ("#EBCF94", 9.0), ("#7A571F", 2.0))):
        s.ellipse(x - (2 if k == 2 else 0), y - (2 if k == 2 else 0), r + 10, stroke=tone, width=width)
    _screw(s, x, y - r - 12)
    _needle(s, x + r * 0.5, y + r * 0.35)
    s.focus = (x, y)


def _screw(s: Studio, x: float, y: float) -> None:
    for dx in (-24, 14):
        s.path(
            f"M{x + dx} {y - 32}h12v44h-12z",
            fill=s.gold((x + dx, y), (x + dx + 12, y)),
            stroke="#5A3C0C",
            width=2,
        )
    s.path(f"M{x - 52} {y - 20}h104v12h-104z", fill=s.gold((x - 52, y), (x + 52, y)), stroke="#5A3C0C", width=2)
    s.ellipse(x + 58, y - 14, 13, 17, fill="#D6A746", stroke="#5A3C0C", width=2)


def _needle(s: Studio, x: float, y: float) -> None:
    thread = [
        (x - 150, y + 20),
        (x - 60, y + 90),
        (x + 60, y + 40),
        (x + 190, y + 150),
        (x + 290, y + 60),
        (x + 210, y - 30),
    ]
    s.line([(px + 5, py + 8) for px, py in thread], s.colour.line, 5, opacity=0.18)
    s.line(thread, s.colour.accent, 4.5)
    s.line([(x + 76, y - 116), (x + 226, y - 14)], "#4A525A", 9, opacity=0.4)
    s.line([(x + 70, y - 124), (x + 222, y - 22)], "#98A2AA", 8)
    s.line([(x + 70, y - 126), (x + 218, y - 26)], WHITE, 3)


def embroidered_picture(s: Studio) -> None:
    """A silk embroidery behind a mount in a fine frame."""
    s.setting = "wall"
    wide = s.rng.random() < 0.5
    w, h = (660.0, 470.0) if wide else (470.0, 640.0)
    x, y = 600 - w / 2, 590 - h / 2
    mount = 56.0
    outer = (x - mount, y - mount, w + 2 * mount, h + 2 * mount)
    frame_shadow(s, outer, 42)
    s.path(
        f"M{outer[0]} {outer[1]}h{outer[2]}v{outer[3]}h{-outer[2]}z",
        fill=mix("#F6F0E2", s.colour.ground, 0.25),
    )
    box = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    clip = cloth(s, box, curved=False, scale=None, fill=mix(s.colour.body, s.colour.light, 0.2), name=s.picture)
    with s.group(clip=clip):
        _threads(s, x, y, w, h)
        s.fade(x + w * 0.3, y + h * 0.25, w * 0.6, h * 0.6, WHITE, 0.22)
    s.marks(border("lines", w + 16, 5), flat(x - 8, y - 12), s.inks())
    s.path(f"M{x - 6} {y - 6}h{w + 12}v{h + 12}h{-w - 12}z", stroke="#B89A62", width=3)
    inner_shade(s, outer)
    frame(s, outer, 42, s.rng.choice((WALNUT, BLACK_WOOD, GILT)))
    s.focus = (600, 590)


def _threads(s: Studio, x: float, y: float, w: float, h: float) -> None:
    """The sheen of silk floss: short slanting stitches over everything."""
    d = "".join(
        f"M{x + s.rng.uniform(0, w):.0f} {y + s.rng.uniform(0, h):.0f}"
        f"l{s.rng.uniform(10, 18):.0f} {s.rng.uniform(-14, -8):.0f}"
        for _ in range(260)
    )
    s.path(d, stroke=s.colour.light, width=1.6, opacity=0.4)


KINDS: dict[str, Kind] = {
    "handkerchief": handkerchief,
    "embroidery_hoop": embroidery_hoop,
    "embroidered_picture": embroidered_picture,
}
