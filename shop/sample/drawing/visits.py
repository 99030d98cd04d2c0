"""Visits as small scenes: sewing a hat, taking lotus tea."""

from math import cos, pi, sin

from .drinks import dry_leaves, lotus_flower, lotus_front, tea_cup
from .greenery import leaf
from .kit import BLACK, WHITE, Kind, Studio, flat, ring, rounded, smooth, tube
from .palettes import mix
from .palmwork import PALM, conical_hat
from .patterns import pattern
from .pieces import STRAW, WOOD, Box, bow, grain
from .servings import paper_inks
from .staging import backdrop
from .turning import Turned
from .workshops import reel


def hat_class(s: Studio) -> None:
    """A hat half sewn on its frame of rings, leaves, thread, and a finished one beside it."""
    s.setting = "full"
    backdrop(s, "table")
    with s.group(transform="translate(560 230) scale(.6)"):
        conical_hat(s)
    _hat_frame(s, 430, 580, 940, 350)
    for i in range(7):
        leaf(
            s,
            (860 + i * 10, 1110 - i * 12),
            (1130 + i * 6, 940 - i * 16),
            58,
            (PALM[0], PALM[1], PALM[2], PALM[3]),
            bend=0.06,
            veins=3,
        )
    reel(s, 170, 1090, s.colour.accent)
    s.line([(180, 1050), (300, 1120), (420, 1060), (560, 1110)], s.colour.accent, 3)
    s.line([(560, 1110), (640, 1090)], "#8E969A", 5)
    bow(s, 760, 1070, 60, s.colour.accent)
    s.focus = (430, 740)


def _hat_frame(s: Studio, x: float, top: float, base: float, reach: float) -> None:
    ry = reach * 0.3
    s.shadow(x, base + ry * 0.5, reach, ry * 0.7, 0.6)
    apex = (x, top)
    for i in range(18):
        a = 2 * pi * i / 18
        s.line(
            [apex, (x + reach * cos(a), base + ry * sin(a))],
            STRAW[2] if sin(a) < 0 else STRAW[1],
            7 if sin(a) > 0 else 5,
        )
    for i in range(1, 15):
        t = i / 14
        y = top + (base - top) * t
        s.path(smooth(ring(x, y, reach * t, ry * t, 28), closed=True), stroke=STRAW[3], width=6, opacity=0.5)
        s.path(
            smooth(ring(x, y - 1.5, reach * t, ry * t, 28), closed=True), stroke=mix(STRAW[0], STRAW[1], 0.5), width=3.6
        )
    covered = [
        apex,
        apex,
        *[(x + reach * cos(a), base + ry * sin(a)) for a in (pi * (0.46 + 0.54 * i / 20) for i in range(21))],
    ]
    s.shape(
        covered,
        s.linear([(0, PALM[1], 1), (0.5, PALM[0], 1), (1, PALM[1], 1)], (x - reach, base), (x, base)),
        opacity=0.94,
        stroke=PALM[2],
    )
    for i in range(22):
        a = pi * (0.46 + 0.54 * i / 21)
        s.line([apex, (x + reach * cos(a), base + ry * sin(a))], PALM[3], 1.6, opacity=0.45)
    for i in range(2, 15):
        t = i / 14
        arc = [
            (x + reach * t * cos(a), top + (base - top) * t + ry * t * sin(a))
            for a in (pi * (0.46 + 0.54 * k / 14) for k in range(15))
        ]
        s.line(arc, PALM[2], 3.6, opacity=0.6)
        s.line(arc, PALM[3], 1.4, opacity=0.6, more='stroke-dasharray="2 8"')
    hang = [(x + reach * 0.08, top + 100), (x + reach * 0.62, base + 40)]
    leaf(s, hang[0], hang[1], 74, PALM, bend=0.05, veins=4)


def tea_class(s: Studio) -> None:
    """A table set for lotus tea: pot, cups on a tray, a lotus and its leaf."""
    s.setting = "full"
    backdrop(s, "table")
    _scroll(s, 660, 90, 300, 520)
    _lotus_vase(s, 1010, 860)
    tray = Box(720, 1090, 560, 700, 40)
    tray.shadow(s)
    tray.paint(s, WOOD)
    grain(s, tray.on_top(100, 100), 100, 100, 16, WOOD[3], wave=1.5)
    _teapot(s, 520, 910)
    for x, y in ((760, 900), (690, 1010), (860, 980)):
        tea_cup(s, x, y, 74)
    dry_leaves(s, 300, 1110, 110, 24, 46)
    s.focus = (560, 800)


def _scroll(s: Studio, x: float, y: float, w: float, h: float) -> None:
    """A painted scroll on the wall."""
    s.path(f"M{x + 14} {y + 16}h{w}v{h}h{-w}z", fill=BLACK, opacity=0.13)
    s.path(f"M{x} {y}h{w}v{h}h{-w}z", fill=mix(s.colour.accent, "#E9DDC4", 0.72))
    s.path(
        f"M{x + 26} {y + 60}h{w - 52}v{h - 120}h{52 - w}z",
        fill="#FAF4E4",
        stroke=mix(s.colour.accent, WHITE, 0.3),
        width=2,
    )
    with s.group(clip=f"M{x + 28} {y + 62}h{w - 56}v{h - 124}h{56 - w}z"):
        s.marks(pattern(s.pattern, w - 70, h - 150, s.rng), flat(x + 35, y + 75), paper_inks(s))
    for at in (y - 8, y + h - 8):
        s.path(
            rounded(x - 24, at, w + 48, 18, 9),
            fill=s.linear([(0, WOOD[0], 1), (1, WOOD[3], 1)], (0, at), (0, at + 18)),
            stroke=WOOD[3],
            width=1.5,
        )
    s.line([(x + 10, y - 4), (x + w / 2, y - 60), (x + w - 10, y - 4)], WOOD[3], 3, curved=False)


def _lotus_vase(s: Studio, x: float, foot: float) -> None:
    for dx, y, _r in ((-70, 470, 0), (60, 380, 0), (10, 520, 0)):
        s.shape(
            tube([(x, foot - 180), (x + dx * 0.4, (foot - 180 + y) / 2), (x + dx, y)], 10, 7),
            "#6E9A4A",
            stroke="#2E4E22",
            width=1.5,
        )
    leaf(s, (x + 6, foot - 190), (x + 150, foot - 330), 90, veins=5)
    lotus_flower(s, x - 70, 500, 112)
    lotus_front(s, x - 70, 500, 108)
    lotus_flower(s, x + 62, 400, 92, heart=False)
    lotus_front(s, x + 62, 400, 90)
    vase = Turned(
        s, [(foot - 210, 52), (foot - 190, 44), (foot - 150, 58), (foot - 80, 96), (foot, 58)], x=x, tilt=0.17
    )
    vase.stand(0.5)
    vase.paint()
    vase.shade(0.9)


def _teapot(s: Studio, x: float, foot: float) -> None:
    c = s.colour
    line = mix(c.shade, c.line, 0.4)
    r, top = s.rng.uniform(165, 182), foot - 250
    body = Turned(s, [(top, 84), (top + 30, 120), (top + 120, r), (top + 200, r * 0.9), (foot, 96)], x=x, tilt=0.16)
    body.stand(0.6)
    spout = tube([(x + r * 0.8, top + 150), (x + r * 1.25, top + 96), (x + r * 1.55, top + 10)], 74, 30)
    s.shape(
        spout,
        s.linear([(0, c.light, 1), (0.5, c.body, 1), (1, c.shade, 1)], (x + r, top + 40), (x + r * 1.4, top + 150)),
        stroke=line,
    )
    handle = [
        (x - r * 0.8, top + 40),
        (x - r * 1.3, top + 20),
        (x - r * 1.45, top + 110),
        (x - r * 1.2, top + 190),
        (x - r * 0.8, top + 180),
    ]
    s.shape(
        tube(handle, 28, 24),
        s.linear([(0, c.light, 1), (1, c.shade, 1)], (x - r * 1.5, top), (x - r, top + 180)),
        stroke=line,
    )
    body.paint()
    body.wear(0.28, 0.84)
    body.shade(0.9)
    lid = Turned(s, [(top - 44, 30), (top - 30, 68), (top, 92)], x=x, tilt=0.16)
    lid.paint()
    lid.trim(0.4, 0.95, "lines")
    lid.shade(0.8)
    s.ellipse(
        x, top - 58, 24, 22, fill=s.ball(x, top - 58, 24, c.light, c.accent, mix(c.accent, BLACK, 0.5)), stroke=line
    )


KINDS: dict[str, Kind] = {"hat_class": hat_class, "tea_class": tea_class}
