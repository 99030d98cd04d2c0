"""Drinks: tea in tins and pouches, lotus-scented tea, rice wine in bottle and jug, juice, coffee."""

from math import cos, pi, sin

from .greenery import leaf, petal
from .kit import BLACK, WHITE, Kind, Studio, poly, tube
from .palettes import mix
from .pieces import STRAW, Tones, cord, dressed, tag, tones_of
from .preserves import full_bottle
from .servings import KRAFT, PAPER, label, nearer, pouch, scatter
from .turning import Turned

PINK: Tones = ("#FFF3F4", "#F0A3B8", "#B8557C", "#6B2B4A")


def tea_tin(s: Studio) -> None:
    """A tall tea tin with a domed lid and a printed paper band, loose leaves before it."""
    r, h = s.rng.uniform(172, 195), s.rng.uniform(470, 520)
    tin = Turned(s, [(915 - h, r), (915 - h, r), (760, r), (900, r), (900, r), (915, r * 0.98)], tilt=0.17)
    tin.stand(0.6)
    tin.paint()
    s.path(tin.band(0.22, 0.88), fill=PAPER)
    label(s, tin, 0.22, 0.88, 0.99)
    for v in (0.2, 0.9):
        tin.hoop(v, s.colour.accent, 7)
    tin.shade(0.6)
    lid = Turned(
        s,
        [
            (915 - h - 84, r * 0.42),
            (915 - h - 70, r * 0.9),
            (915 - h - 52, r * 1.02),
            (915 - h - 52, r * 1.02),
            (915 - h + 30, r * 1.03),
        ],
        tilt=0.17,
    )
    lid.paint()
    lid.shade(0.8, glint_at=(0.2, 0.8))
    s.ellipse(600, 915 - h - 84, r * 0.42, r * 0.07, fill=mix(s.colour.body, s.colour.light, 0.5))
    knob = (600.0, 915 - h - 106)
    s.ellipse(*knob, 28, 25, fill=s.ball(*knob, 28, "#FFF3C8", "#D6A746", "#7A5214"), stroke="#5E3F0E")
    dry_leaves(s, 380, 950, 130, 30, 60)
    s.focus = (600, 700)


def dry_leaves(s: Studio, x: float, y: float, rx: float, ry: float, count: int) -> None:
    """Loose curled tea leaves."""
    s.fade(x, y + 12, rx * 1.2, ry * 1.5, BLACK, 0.35)
    for px, py in scatter(s, x, y, rx, ry, count):
        a, r = s.rng.uniform(0, pi), s.rng.uniform(12, 22)
        points = [
            (px - r * cos(a), py - r * 0.5 * sin(a)),
            (px + s.rng.uniform(-6, 6), py - 8),
            (px + r * cos(a), py + r * 0.5 * sin(a)),
        ]
        tone = s.rng.choice(("#3E4A26", "#5A6432", "#2A3018", "#6E6A3A"))
        s.line(points, BLACK, 7, opacity=0.4)
        s.line([(u - 1, v - 2) for u, v in points], tone, 5)


def tea_pouch(s: Studio) -> None:
    """A matt tea pouch with a printed band, and a white cup of tea."""
    pouch(s, 560, 925, s.rng.uniform(400, 440), s.rng.uniform(560, 610), tones_of(s))
    tea_cup(s, 880, 935, 112)
    dry_leaves(s, 690, 985, 70, 16, 22)
    s.focus = (560, 660)


def tea_cup(s: Studio, x: float, y: float, r: float, tea: tuple[str, str] = ("#9AA23A", "#DCD078")) -> None:
    """A porcelain cup of tea with its steam."""
    s.shadow(x, y, r * 0.9, r * 0.24, 0.55)
    cup = Turned(
        s,
        [
            (y - r * 1.15, r),
            (y - r * 0.6, r * 0.94),
            (y - r * 0.16, r * 0.58),
            (y - r * 0.16, r * 0.58),
            (y - r * 0.04, r * 0.6),
        ],
        x=x,
        tilt=0.26,
    )
    with dressed(s, "cobalt"):
        cup.paint()
        cup.trim(0.08, 0.26, "lines")
        cup.shade(0.8)
        cup.mouth(7)
    s.ellipse(
        x,
        y - r * 1.1,
        r * 0.88,
        r * 0.21,
        fill=s.linear([(0, tea[0], 1), (1, tea[1], 1)], (x - r, y - r), (x + r, y - r)),
    )
    s.ellipse(x - r * 0.3, y - r * 1.14, r * 0.3, r * 0.05, fill=WHITE, opacity=0.5)
    for k in (-1, 1):
        steam = [
            (x + k * 22, y - r * 1.3),
            (x + k * 22 + 26, y - r * 1.75),
            (x + k * 22 - 22, y - r * 2.2),
            (x + k * 22 + 16, y - r * 2.7),
        ]
        s.shape(tube(steam, 6, 26), WHITE, opacity=0.16)


def lotus_tea(s: Studio) -> None:
    """A lotus flower opened and filled with tea, tied with its leaf, as West Lake scents it."""
    blade: Tones = ("#A9CFA0", "#5B9566", "#2F6244", "#173526")
    s.shadow(600, 900, 380, 86, 0.55)
    edge = [
        (600 + 430 * (1 + 0.05 * cos(i * 1.7)) * cos(a), 860 + 150 * (1 + 0.1 * sin(i * 2.1)) * sin(a))
        for i, a in enumerate(2 * pi * k / 24 for k in range(24))
    ]
    s.shape(
        edge,
        s.linear([(0, blade[0], 1), (0.5, blade[1], 1), (1, blade[2], 1)], (170, 720), (1030, 1000)),
        stroke=blade[3],
    )
    for px, py in edge[::2]:
        s.line([(600, 850), ((600 + px) / 2, (850 + py) / 2 - 8), (px, py)], blade[0], 3, opacity=0.55)
    lotus_flower(s, 600, 850, s.rng.uniform(290, 320), heart=False)
    s.fade(610, 700, 110, 46, "#2A1A14", 0.5)
    dry_leaves(s, 600, 700, 88, 26, 60)
    lotus_front(s, 600, 850, 290)
    dry_leaves(s, 880, 960, 110, 26, 40)
    s.focus = (600, 700)


def lotus_flower(s: Studio, x: float, y: float, r: float, tones: Tones = PINK, *, heart: bool = True) -> None:
    """The back and side petals of an open lotus growing up from (x, y)."""
    for count, reach, wide, spread, deep in ((9, 1.0, 0.42, 2.5, 0.25), (7, 0.92, 0.44, 1.9, 0.1)):
        for i in sorted(range(count), key=lambda k, n=count: -abs(k - (n - 1) / 2)):  # type: ignore[misc]
            a = -pi / 2 + (i / (count - 1) - 0.5) * spread
            petal(
                s,
                x,
                y,
                a,
                r * reach,
                r * wide,
                (tones[0], mix(tones[1], tones[2], deep), tones[2], tones[3]),
                tip=0.15,
                veins=5,
            )
    if heart:
        s.ellipse(x, y - r * 0.56, r * 0.2, r * 0.1, fill="#E9D264", stroke="#A8862A")


def lotus_front(s: Studio, x: float, y: float, r: float, tones: Tones = PINK) -> None:
    """The low petals before the heart of a lotus."""
    for a, k in ((-2.75, 0.86), (-0.39, 0.86), (-2.3, 0.66), (-0.84, 0.66), (-1.57, 0.52)):
        petal(s, x, y + 14, a, r * k, r * 0.44, tones, tip=0.15, veins=5)


def wine_bottle(s: Studio) -> None:
    """A bottle of rice wine with a waxed stopper, a cord and two cups."""
    sort: Tones = s.rng.choice(
        (
            ("#F7FBF4", "#DDE8DC", "#9CB0A4", "#52665A"),
            ("#FFE6A8", "#E3B04A", "#A06E1A", "#543406"),
            ("#E8A0A8", "#A8283E", "#5E0E1E", "#2A040A"),
            ("#D9B4E0", "#6E2E7E", "#3A1246", "#1A0622"),
        )
    )
    bottle = full_bottle(s, 560, 915, s.rng.uniform(142, 160), s.rng.uniform(600, 650), sort, cap=s.colour.accent)
    y = bottle.ring_at(0.24)[0]
    for k in range(3):
        cord(s, [(560 - 48, y + k * 12), (560, y + 10 + k * 12), (560 + 48, y + k * 12)], 9, STRAW)
    tag(s, 640, y + 130, 44, -0.2)
    for x, foot in ((800, 915), (930, 950)):
        tea_like = Turned(
            s,
            [(foot - 96, 56), (foot - 50, 54), (foot - 12, 32), (foot - 12, 32), (foot, 36)],
            x=x,
            tilt=0.28,
        )
        tea_like.stand(0.5)
        tea_like.paint("#F3EEDF", "#8C8370")
        tea_like.shade(0.7)
        tea_like.mouth(5, "#E9E0C8")
        s.ellipse(x, foot - 92, 49, 12, fill=mix(sort[1], WHITE, 0.2))
    s.focus = (560, 740)


def wine_jug(s: Studio) -> None:
    """A stoneware jug of wine, its mouth bound in red cloth and cord."""
    wide = s.rng.uniform(250, 280)
    jug = Turned(
        s,
        [
            (400, 70),
            (440, 66),
            (500, 110),
            (590, wide * 0.86),
            (680, wide),
            (790, wide * 0.94),
            (910, wide * 0.62),
        ],
        tilt=0.15,
    )
    jug.stand(0.6)
    jug.paint()
    jug.wear(0.42, 0.86)
    for v in (0.36, 0.4, 0.9):
        jug.hoop(v, s.colour.ink, 3, 0.6)
    jug.shade(0.9)
    red = "#A9261E"
    bonnet = [(520, 410), (504, 360), (540, 322), (600, 308), (660, 322), (696, 360), (680, 410), (600, 426)]
    skirt = [
        (536, 424),
        (664, 424),
        (712, 486),
        (676, 470),
        (652, 500),
        (620, 474),
        (596, 506),
        (570, 474),
        (540, 500),
        (520, 470),
        (486, 486),
    ]
    paint = s.linear([(0, "#6E100C", 1), (0.3, "#E0604A", 1), (0.6, red, 1), (1, "#5E0C0A", 1)], (490, 0), (710, 0))
    s.shape(skirt, paint, stroke="#4A0806")
    s.shape(bonnet, paint, stroke="#4A0806")
    for k in range(6):
        s.line([(540 + k * 24, 416), (566 + k * 14, 350)], "#4A0806", 3, opacity=0.4)
    for k in range(3):
        cord(s, [(530, 412 + k * 11), (600, 426 + k * 11), (670, 412 + k * 11)], 9, STRAW)
    tag(s, 706, 548, 50, -0.25)
    s.focus = (600, 700)


def juice_bottle(s: Studio) -> None:
    """A bottle of pressed juice, beads of cold on the glass, with a cut fruit, in the palette's colour."""
    fruit = tones_of(s)
    bottle = full_bottle(
        s,
        540,
        915,
        s.rng.uniform(138, 155),
        s.rng.uniform(540, 590),
        fruit,
        cap="#E9E0CC",
        full=0.14,
        neck=66,
    )
    with s.group(clip=bottle.outline()):
        for px, py in scatter(s, 540, 680, 150, 240, 46):
            s.ellipse(px, py, 4.5, 5.5, fill=WHITE, opacity=0.45)
            s.ellipse(px + 1, py + 2.5, 3, 2.4, fill=fruit[2], opacity=0.35)
    _cut_fruit(s, 850, 850, 122, fruit)
    leaf(s, (880, 950), (1000, 900), 50)
    s.focus = (540, 740)


def _cut_fruit(s: Studio, x: float, y: float, r: float, fruit: tuple[str, str, str, str]) -> None:
    s.shadow(x, y + r * 0.86, r * 0.95, r * 0.24, 0.55)
    s.ellipse(x + 8, y + 6, r, fill=fruit[2], stroke=fruit[3])
    s.ellipse(x, y, r, fill=fruit[1])
    s.ellipse(x, y, r * 0.9, fill="#FFF8E4")
    for i in range(10):
        petal(
            s,
            x,
            y,
            2 * pi * i / 10,
            r * 0.82,
            r * 0.44,
            (fruit[0], mix(fruit[0], fruit[1], 0.55), fruit[1], fruit[3]),
            tip=1,
            veins=2,
        )
    s.ellipse(x, y, r * 0.08, fill="#FFF8E4")


def coffee_bag(s: Studio) -> None:
    """A coffee bag with a window of beans and beans spilled before it."""
    tones = KRAFT if s.rng.random() < 0.4 else tones_of(s)
    corners = pouch(s, 600, 915, s.rng.uniform(430, 470), s.rng.uniform(610, 660), tones, window=True)
    with s.group(clip=poly(corners, closed=True)):
        s.path(poly(corners, closed=True), fill="#2A1408")
        for x, y in scatter(s, 600, (corners[0][1] + corners[2][1]) / 2, 190, 110, 90):
            _bean(s, x, y)
    s.path(poly(corners, closed=True), stroke=WHITE, width=4, opacity=0.55)
    for x, y in scatter(s, 360, 955, 150, 30, 22):
        s.fade(x + 4, y + 10, 34, 12, BLACK, 0.5)
        _bean(s, x, y)
    s.focus = (560, 760)


def _bean(s: Studio, x: float, y: float) -> None:
    turn = s.rng.uniform(0, 180)
    with s.group(transform=f"rotate({turn:.0f} {x:.0f} {y:.0f})"):
        s.ellipse(x, y, 26, 17, fill=s.ball(x, y, 24, "#A8683A", "#5E2E12", "#240E04"), stroke="#1A0A02", width=1)
        s.line([(x - 23, y), (x - 8, y + 4), (x + 8, y - 4), (x + 23, y)], "#1A0A02", 3)
        s.line([(x - 12, y - 9), (x + 8, y - 11)], "#E0AE7E", 2.4, opacity=0.6)


KINDS: dict[str, Kind] = {
    "tea_tin": tea_tin,
    "tea_pouch": tea_pouch,
    "lotus_tea": nearer(lotus_tea),
    "wine_bottle": wine_bottle,
    "wine_jug": wine_jug,
    "juice_bottle": juice_bottle,
    "coffee_bag": coffee_bag,
}
