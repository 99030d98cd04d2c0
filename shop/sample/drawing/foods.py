"""Noodles and rice on the table: vermicelli, dry noodles, sticky rice, steamed rolls."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from .greenery import leaf
from .kit import BLACK, WHITE, Kind, Point, Studio, smooth
from .palettes import mix
from .pieces import STRAW, Tones, cord, strands, tag, tones_of
from .servings import heap, leaf_bed, nearer, plate, scatter

NESTS = ((430, 790, 150), (770, 790, 150), (600, 760, 150), (505, 890, 150), (705, 890, 150), (600, 690, 140))
# Shade to light, as gấc, turmeric, plain rice, pandan and pea flower dye rice.
FIVE: dict[str, Tones] = {
    "red": ("#8E2416", "#C9452E", "#E2745A", "#F6B9A2"),
    "yellow": ("#A87A14", "#DDAE2E", "#F0CB5E", "#FBEAAE"),
    "white": ("#A89C7C", "#E4DCC4", "#F4EFDF", "#FFFDF5"),
    "green": ("#4E7328", "#7FA544", "#A5C46C", "#D7E8B2"),
    "blue": ("#3E3F7E", "#6A6DB4", "#9698D2", "#CFD0EE"),
}


def vermicelli(s: Studio) -> None:
    """A hank of glassy vermicelli, folded and tied with bamboo, on a plate."""
    plate(s, 600, 850, 400)
    tones = s.rng.choice(
        (
            ("#8F7A58", "#BDA67C", "#DCCBA4", "#F3E9CE"),
            ("#8A8270", "#BDB6A2", "#DCD8C8", "#F8F6EC"),
            ("#7E6A4A", "#A8946C", "#C9B890", "#EDE2C2"),
        )
    )
    for x, y, w in ((600, 770, 300), (590, 710, 250)):
        s.fade(x + 30, y + 70, w, 60, BLACK, 0.4)
        for fold in range(3):
            strands(
                s,
                _Hank(x, y + 40 - fold * 26, w - fold * 12),
                54,
                34,
                tones,
                3.4,
                s.rng,
                wander=0.1,
            )
    for at in (480, 700):
        points = [(at - 8, 850), (at - 22, 760), (at, 650), (at + 34, 640), (at + 40, 700)]
        cord(s, points, 12, STRAW)
    tag(s, 716, 800, 46)
    s.focus = (540, 730)


@dataclass(frozen=True)
class _Hank:
    """The closed loop a hank of vermicelli runs along, called with 0..1."""

    x: float
    y: float
    w: float

    def __call__(self, t: float) -> Point:
        a = 2 * pi * t
        return self.x + self.w * cos(a) * (1 - 0.12 * cos(a) ** 2), self.y + 52 * sin(a) - 10 * sin(2 * a)


def dry_noodles(s: Studio) -> None:
    """Nests of dried noodles in the palette's colour."""
    light, body, shade, _line = tones_of(s)
    _nests(s, [(mix(shade, body, 0.3), mix(shade, body, 0.75), body, mix(body, light, 0.6))] * len(NESTS))


def five_noodles(s: Studio) -> None:
    """Nests coloured with gấc, turmeric, greens, pea flower, and one of plain rice."""
    _nests(s, [FIVE[name] for name in ("red", "blue", "white", "yellow", "green", "white")])


def _nests(s: Studio, tints: Sequence[Tones]) -> None:
    plate(s, 600, 860, 420, fill="#EFE3C8")
    for (x, y, r), own in zip(NESTS, tints, strict=True):
        _nest(s, x, y, r, own)
    s.focus = (580, 780)


def _nest(s: Studio, x: float, y: float, r: float, tints: tuple[str, ...]) -> None:
    s.fade(x + 14, y + r * 0.34, r * 1.1, r * 0.42, BLACK, 0.5)
    s.ellipse(x, y + 12, r * 0.94, r * 0.52, fill=mix(tints[0], BLACK, 0.35))
    for i in range(56):
        k = s.rng.uniform(0.16, 0.97)
        lift = (1 - k) * 30 - 24 * (0.5 - abs(k - 0.6)) + s.rng.uniform(-8, 8)
        start, sweep = s.rng.uniform(0, 2 * pi), s.rng.uniform(2.2, 5)
        lean = s.rng.uniform(-0.12, 0.12)
        points = [
            (x + r * k * cos(a), y - lift + r * k * 0.52 * sin(a + lean))
            for a in (start + sweep * j / 8 for j in range(9))
        ]
        tone = tints[min(3, i * 4 // 56)]
        s.line(points, mix(tone, "#4A2E10", 0.42), 6.0)
        s.line([(px - 1, py - 1) for px, py in points], tone, 3.9)
    s.ellipse(x, y + 2, r * 0.1, r * 0.05, fill=mix(tints[0], BLACK, 0.5), opacity=0.5)


def sticky_rice(s: Studio) -> None:
    """A mound of sticky rice on banana leaf, beans and shallots on top."""
    leaf_bed(s, 600, 880, 470)
    tint = s.rng.choice(
        (
            ("#FFF6D8", "#F2D472", "#B88A24"),
            ("#F7D9D0", "#D9573E", "#7E1F14"),
            ("#FBF9EE", "#E9E2C6", "#A89C70"),
            ("#E9DDF2", "#9A72B0", "#4E2F66"),
        )
    )
    mound = heap(600, 880, 330, 290)
    s.shape(mound, s.ball(600, 760, 300, tint[0], tint[1], tint[2]), stroke=tint[2])
    with s.group(clip=smooth(mound, closed=True)):
        for x, y in scatter(s, 600, 770, 330, 220, 800):
            dark = (x - 400) / 700 + (y - 600) / 900
            s.ellipse(
                x,
                y,
                10,
                4.6,
                fill=mix(tint[0], tint[1], min(1.0, max(0.0, dark + s.rng.uniform(-0.25, 0.35)))),
                turn=s.rng.uniform(0, 180),
                opacity=0.9,
            )
        s.fade(780, 880, 260, 180, tint[2], 0.5)
    for x, y in scatter(s, 590, 640, 150, 50, 60):
        s.line([(x - 12, y + 4), (x, y - 6), (x + 12, y + 3)], s.rng.choice(("#C98A34", "#8E5218", "#E0AE58")), 5)
    for x, y in scatter(s, 600, 650, 140, 40, 14):
        s.ellipse(x, y, 13, 9, fill=s.ball(x, y, 12, "#E9C9A0", "#A8683A", "#5E2E14"), turn=s.rng.uniform(0, 180))
    s.focus = (570, 700)


def five_rice(s: Studio) -> None:
    """A mound of sticky rice in five colours, side by side like the folds of a fan, on banana leaf."""
    leaf_bed(s, 600, 880, 470)
    mound = heap(600, 880, 350, 290)
    s.shape(mound, s.ball(600, 760, 300, "#FBF6E4", "#E9E2C6", "#A89C70"), stroke="#8A7F5A")
    colours = list(FIVE.values())
    with s.group(clip=smooth(mound, closed=True)):
        for x, y in scatter(s, 600, 770, 370, 250, 2600):
            turn = (x - 600) / (250 + (y - 590) * 1.55) + 0.5 + s.rng.uniform(-0.02, 0.02)
            shade, body, light, pale = colours[min(4, max(0, int(turn * 5)))]
            dark = 0.2 + (x - 420) / 900 + (y - 640) / 1100 + s.rng.uniform(-0.2, 0.25)
            tone = mix(pale, body, min(1.0, max(0.0, dark * 1.3)))
            s.ellipse(x, y, 11, 5.2, fill=tone, stroke=mix(light, shade, 0.6), width=0.7, turn=s.rng.uniform(0, 180))
        s.fade(790, 890, 260, 180, "#5A4A3A", 0.3)
    s.focus = (590, 720)


def rolled_cake(s: Studio) -> None:
    """Steamed rice rolls, translucent, with wood-ear and shallots, and a bowl of dipping sauce."""
    plate(s, 570, 860, 430)
    for x, y in ((470, 800), (560, 850), (650, 895), (530, 755), (620, 800)):
        _steamed_roll(s, x, y + s.rng.uniform(-4, 4))
    for px, py in scatter(s, 560, 760, 190, 70, 110):
        s.line([(px - 9, py + 3), (px, py - 4), (px + 9, py + 2)], s.rng.choice(("#A86A24", "#7E4614", "#D39A48")), 4)
    for i in range(6):
        leaf(s, (740 + i * 6, 870), (800 + i * 16, 800 + i * 26), 34, bend=0.1, veins=4)
    _sauce(s, 905, 930)
    s.focus = (540, 780)


def _steamed_roll(s: Studio, x: float, y: float) -> None:
    s.fade(x + 10, y + 34, 200, 46, BLACK, 0.35)
    (x0, y0), (x1, y1), r = (x - 150, y + 34), (x + 150, y - 40), 42
    body = [
        (x0, y0 - r),
        (x, y - r - 6),
        (x1, y1 - r),
        (x1 + 24, y1),
        (x1 + 6, y1 + r),
        (x, y + r - 2),
        (x0, y0 + r),
        (x0 - 24, y0),
    ]
    s.shape(
        body,
        s.linear([(0, "#FFFFFF", 1), (0.5, "#F5F0E4", 1), (1, "#BFB49E", 1)], (x - 8, y - r), (x + 8, y + r)),
        stroke="#A89C84",
        width=1.5,
    )
    with s.group(clip=smooth(body, closed=True)):
        for px, py in scatter(s, x, y, 140, 26, 18):
            s.ellipse(
                px,
                py - (px - x) * 0.24,
                11,
                7,
                fill=s.rng.choice(("#6E5A4A", "#A8765A", "#8A7A68")),
                opacity=0.3,
                turn=s.rng.uniform(0, 180),
            )
        s.line([(x0, y0 - 16), (x, y - 26), (x1, y1 - 18)], WHITE, 12, opacity=0.75)
        s.line([(x0 - 10, y0 + 14), (x, y + 8), (x1, y1 + 12)], "#A89C84", 3, opacity=0.7)
    s.ellipse(x0 - 6, y0, 18, r * 0.86, fill="#E9E1CF", stroke="#A89C84", width=2)
    s.ellipse(x0 - 6, y0 + 2, 10, r * 0.5, fill="#9A7660", opacity=0.8)


def _sauce(s: Studio, x: float, y: float) -> None:
    s.shadow(x, y + 28, 104, 32, 0.55)
    s.path(
        f"M{x - 112} {y - 40}Q{x - 90} {y + 46} {x} {y + 48}Q{x + 90} {y + 46} {x + 112} {y - 40}Z",
        fill=s.tones(x - 112, x + 112),
        stroke=s.colour.shade,
    )
    s.ellipse(x, y - 40, 112, 36, fill=mix(s.colour.body, WHITE, 0.5), stroke=s.colour.shade)
    s.ellipse(
        x,
        y - 36,
        96,
        28,
        fill=s.linear([(0, "#7E3E10", 1), (1, "#D3903A", 1)], (x - 90, y - 60), (x + 90, y)),
    )
    for px, py in scatter(s, x, y - 36, 64, 16, 7):
        s.ellipse(px, py, 8, 4, fill="#C9261E", stroke="#FFD9A0", width=1.5)


KINDS: dict[str, Kind] = {
    "vermicelli": nearer(vermicelli),
    "dry_noodles": nearer(dry_noodles),
    "five_noodles": nearer(five_noodles),
    "sticky_rice": nearer(sticky_rice),
    "five_rice": nearer(five_rice),
    "rolled_cake": nearer(rolled_cake),
}
