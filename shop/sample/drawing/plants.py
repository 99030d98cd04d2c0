"""Ornamental plants in pots: orchid, bonsai, succulents, lotus."""

from math import cos, pi, sin

from .drinks import PINK, lotus_flower, lotus_front
from .greenery import leaf, petal
from .kit import BLACK, WHITE, Kind, Point, Studio, ring, smooth, tube
from .palettes import mix
from .pieces import Tones
from .servings import scatter
from .turning import Turned

BLADE: Tones = ("#8FB765", "#47803C", "#22522A", "#102B16")
BARK: Tones = ("#B08A62", "#6E4A2E", "#3A2414", "#1C1008")


def planter(s: Studio, r: float, top: float, *, low: float = 925.0, foot: float = 0.66, tilt: float = 0.16) -> Turned:
    """A glazed pot with the picture's pattern, filled with soil."""
    pot = Turned(
        s,
        [
            (top, r * 1.06),
            (top + 22, r * 1.08),
            (top + 34, r),
            (top + 34, r),
            (top + (low - top) * 0.55, r * 0.94),
            (low, r * foot),
        ],
        tilt=tilt,
    )
    pot.stand(0.6)
    pot.paint()
    if low - top > 120:
        pot.wear(0.44, 0.92)
    pot.shade(0.85, glint_at=(0.45, 0.8))
    pot.mouth(16)
    s.ellipse(600, top + 3, r * 0.93, r * tilt * 0.86, fill="#3A2818")
    for x, y in scatter(s, 600, top + 3, r * 0.86, r * tilt * 0.7, 60):
        s.ellipse(x, y, 8, 4, fill=s.rng.choice(("#4E3822", "#2A1A0E", "#6E5232", "#5E7A36")))
    return pot


def orchid(s: Studio) -> None:
    """A moth orchid in its pot, two arching stems of flowers over broad leaves."""
    planter(s, s.rng.uniform(130, 150), 740)
    for x, y, w in ((330.0, 730.0, 84), (870.0, 740.0, 84), (430.0, 640.0, 76), (790.0, 650.0, 78)):
        leaf(s, (600, 742), (x, y), w, BLADE, bend=0.3 if x > 600 else -0.3, veins=3)
    tones = s.rng.choice(
        (
            (WHITE, "#FBF6F0", "#D9C8D0", "#8A6A7A"),
            ("#FBE6F3", "#DB86BC", "#9A3A80", "#54164A"),
            ("#FFFBD8", "#F0DC72", "#B49A2A", "#6E5A12"),
            ("#F6E9FB", "#B48AD9", "#6E469A", "#3A2060"),
        )
    )
    for side, high in ((-1, 0.0), (1, s.rng.uniform(60, 110))):
        stem = [
            (600 + side * 10, 740),
            (600 + side * 26, 500 + high),
            (600 + side * 90, 280 + high),
            (600 + side * 230, 190 + high),
            (600 + side * 350, 270 + high),
        ]
        s.shape(tube(stem, 12, 6), "#6E8A3A", stroke="#344A1A", width=1.5)
        spots = [
            (600 + side * 360, 300 + high, 46),
            (600 + side * 305, 210 + high, 66),
            (600 + side * 205, 250 + high, 88),
            (600 + side * 120, 330 + high, 98),
            (600 + side * 62, 470 + high, 104),
        ]
        for x, y, r in spots[: 5 if high else 4]:
            _orchid_flower(s, x + s.rng.uniform(-10, 10), y, r, tones)
        for k in range(2):
            bud = (600 + side * (388 + k * 26), 318 + high + k * 40)
            s.ellipse(
                *bud,
                15 - k * 4,
                19 - k * 5,
                fill=s.ball(*bud, 18, tones[0], mix(tones[1], "#A9C46C", 0.4), tones[2]),
                stroke=tones[2],
                width=1.5,
            )
    s.focus = (470, 360)


def _orchid_flower(s: Studio, x: float, y: float, r: float, tones: Tones) -> None:
    s.fade(x + 8, y + 16, r * 1.05, r * 0.95, BLACK, 0.22)
    lean = s.rng.uniform(-0.2, 0.2)
    for a in (-pi / 2, 0.62, pi - 0.62):
        petal(s, x, y, a + lean, r * 0.98, r * 0.66, tones, tip=0.8, veins=5)
    for a in (-0.22, pi + 0.22):
        petal(s, x, y, a + lean, r * 1.02, r * 1.12, tones, tip=1, veins=7)
    lip: Tones = ("#F6B4CC", "#C4326E", "#7E1244", "#4A0626")
    for a in (0.5, pi - 0.5):
        petal(s, x, y + r * 0.06, a, r * 0.34, r * 0.26, lip, tip=1, veins=1)
    petal(s, x, y + r * 0.04, pi / 2, r * 0.5, r * 0.34, lip, tip=0.4, veins=3)
    s.ellipse(x, y + r * 0.04, r * 0.11, r * 0.1, fill="#F3D25A", stroke="#A87A1A", width=1.2)
    s.ellipse(x, y - r * 0.08, r * 0.08, r * 0.1, fill="#FFFFFF", stroke=tones[2], width=1)


def bonsai(s: Studio) -> None:
    """An old pine-like bonsai, its trunk twisted, its crown in layered clouds."""
    rng = s.rng
    planter(s, 290, 800, low=900, foot=0.84, tilt=0.2)
    moss = [(330, 802), (460, 770), (600, 760), (760, 776), (868, 804), (740, 836), (460, 836)]
    s.shape(moss, s.ball(560, 780, 250, "#B4CB72", "#6E8E3E", "#3A5424"))
    flip = rng.choice((-1, 1))
    trunk: list[Point] = [
        (600 + flip * (x - 600), y) for x, y in ((600, 800), (540, 720), (640, 620), (560, 500), (640, 390), (590, 290))
    ]
    for root in ((480, 815), (700, 815), (560, 826)):
        s.shape(
            tube([(trunk[0][0], 740), ((600 + root[0]) / 2, 790), root], 60, 8),
            BARK[1],
            stroke=BARK[3],
            width=1.5,
        )
    arms = [(trunk[1], (330, 640)), (trunk[2], (870, 560)), (trunk[3], (340, 440)), (trunk[4], (800, 350))]
    arms = [(a, (600 + flip * (x - 600), y)) for a, (x, y) in arms]
    for (ax, ay), (bx, by) in arms:
        s.shape(
            tube([(ax, ay), ((ax + bx) / 2, (ay + by) / 2 + 30), (bx, by)], 36, 10),
            BARK[1],
            stroke=BARK[3],
            width=1.5,
        )
    _trunk(s, trunk)
    for (x, y), w in sorted(
        [*[(b, rng.uniform(140, 175)) for _, b in arms], (trunk[5], 165.0)], key=lambda pad: -pad[0][1]
    ):
        _cloud(s, x, y - 10, w)
    s.focus = (560, 470)


def _trunk(s: Studio, trunk: list[Point]) -> None:
    light, body, shade, line = BARK
    outline = tube(trunk, 104, 26)
    s.shape(
        outline,
        s.linear([(0, light, 1), (0.4, body, 1), (1, shade, 1)], (520, 500), (690, 520)),
        stroke=line,
        width=2.5,
    )
    with s.group(clip=smooth(outline, closed=True)):
        for i in range(11):
            off = (i - 5) * 8
            s.line(
                [(x + off * (1 - k * 0.13) + s.rng.uniform(-4, 4), y) for k, (x, y) in enumerate(trunk)],
                line if i % 2 else light,
                3,
                opacity=0.5,
            )


def _cloud(s: Studio, x: float, y: float, w: float) -> None:
    """A pad of foliage: dark below, hundreds of small needles, light on its upper left."""
    s.fade(x + 20, y + 40, w * 1.1, w * 0.36, "#0E2412", 0.5)
    edge = [
        (
            x + w * (1 + 0.08 * s.rng.uniform(-1, 1)) * cos(a),
            y + w * (0.4 if sin(a) < 0 else 0.2) * (1 + 0.14 * s.rng.uniform(-1, 1)) * sin(a),
        )
        for a in (2 * pi * i / 18 for i in range(18))
    ]
    s.shape(edge, s.ball(x, y - w * 0.1, w, "#7EA852", "#3E6E34", "#163A1E"))
    for px, py in scatter(s, x, y - w * 0.1, w * 0.98, w * 0.32, 110):
        lit = 0.5 - (px - x) / w * 0.25 - (py - y) / w * 0.9
        tone = mix("#1F4A26", "#B4D27A", min(1.0, max(0.0, lit + s.rng.uniform(-0.18, 0.18))))
        s.path(
            "".join(f"M{px:.0f} {py:.0f}l{dx} {dy}" for dx, dy in ((-11, -8), (-5, -13), (2, -15), (9, -12), (13, -6))),
            stroke=tone,
            width=3,
        )


def succulent(s: Studio) -> None:
    """A rosette of fleshy leaves in a small pot."""
    planter(s, s.rng.uniform(205, 225), 690)
    flesh: Tones = s.rng.choice(
        (
            ("#E6F3E0", "#9CC4A8", "#4E8272", "#27493F"),
            ("#EEE3F0", "#B49AB8", "#6E547E", "#3A2848"),
            ("#F6F0C8", "#B9C86E", "#74883A", "#3E4C1C"),
        )
    )
    tip = s.rng.choice(("#D9607A", "#C98A9E", "#E09A5A"))
    s.fade(600, 690, 250, 60, BLACK, 0.6)
    with s.group(transform="translate(600 590) scale(1 .62)"):
        for layer in range(9):
            count, r = 13 - layer, 300 * (1 - layer * 0.1)
            s.fade(0, 14 - layer * 20, r * 0.95, r * 0.95, flesh[3], 0.45)
            deep = (
                mix(flesh[0], tip, 0.55 - layer * 0.04),
                mix(flesh[2], flesh[1], 0.25 + layer * 0.09),
                flesh[2],
                flesh[3],
            )
            for i in sorted(range(count), key=lambda k, n=count, o=layer: sin(2 * pi * k / n + o * 0.5)):  # type: ignore[misc]
                petal(s, 0, -layer * 20, 2 * pi * i / count + layer * 0.5, r, r * 0.44, deep, tip=0.25, veins=1)
    s.focus = (600, 580)


def lotus_pot(s: Studio) -> None:
    """A wide pot of water with lotus leaves, a flower, a bud and a seed head."""
    rng = s.rng
    blade: Tones = ("#B4D69A", "#5B9A5E", "#2A5E3E", "#143222")
    spots = [(420, 330, 0.9), (770, 400, 1.0), (360, 560, 0.8)]
    for x, y, _ in [*spots, (600, 330, 1), (690, 190, 1), (520, 170, 1)]:
        s.shape(
            tube([(600 + (x - 600) * 0.3, 700), ((600 + x) / 2, (700 + y) / 2), (x, y)], 13, 8),
            "#6E9A4A",
            stroke="#2E4E22",
            width=1.5,
        )
    for x, y, k in spots:
        _round_leaf(s, x + rng.uniform(-20, 20), y, 165 * k, blade)
    lotus_flower(s, 600, 400, 190)
    lotus_front(s, 600, 400, 185, PINK)
    for a in (-1.9, -1.24, -1.57):
        petal(s, 690, 240, a, 118, 54, PINK, tip=0.1)
    s.shape(
        [(470, 130), (570, 130), (545, 190), (520, 212), (495, 190)],
        s.linear([(0, "#B4CB6E", 1), (1, "#5E7A34", 1)], (470, 0), (570, 0)),
        stroke="#34481A",
    )
    s.ellipse(520, 130, 52, 17, fill="#C9D98A", stroke="#5E7A34")
    for px, py in ring(520, 130, 32, 9, 7):
        s.ellipse(px, py, 6, 3.6, fill="#5E7A34")
    _water_pot(s, blade)
    s.focus = (600, 380)


def _round_leaf(s: Studio, x: float, y: float, r: float, blade: Tones) -> None:
    light, body, shade, line = blade
    edge = [
        (x + r * (1 + 0.06 * sin(i * 2.1)) * cos(a), y + r * 0.4 * (1 + 0.14 * cos(i * 1.7)) * sin(a))
        for i, a in enumerate(2 * pi * k / 22 for k in range(22))
    ]
    s.shape([(px, py + 12) for px, py in edge], shade)
    s.shape(
        edge,
        s.linear([(0, light, 1), (0.5, body, 1), (1, shade, 1)], (x - r, y - r * 0.4), (x + r, y + r * 0.4)),
        stroke=line,
    )
    for px, py in edge[::2]:
        s.line([(x, y), ((x + px) / 2, (y + py) / 2 - 5), (px, py)], light, 2.4, opacity=0.55)
    s.ellipse(x, y, 9, 5, fill=light)


def _water_pot(s: Studio, blade: Tones) -> None:
    pot = Turned(s, [(700, 300), (724, 306), (736, 288), (736, 288), (820, 284), (925, 190)], tilt=0.17)
    pot.stand(0.6)
    pot.paint()
    pot.wear(0.42, 0.94)
    pot.shade(0.9, glint_at=(0.45, 0.85))
    pot.mouth(20)
    s.ellipse(
        600,
        704,
        276,
        42,
        fill=s.linear([(0, "#5E8A86", 1), (0.5, "#A9C9C2", 1), (1, "#34544E", 1)], (330, 0), (870, 0)),
    )
    for x, w in ((480, 92), (730, 78)):
        s.ellipse(
            x,
            708,
            w,
            17,
            fill=s.linear([(0, blade[0], 1), (1, blade[1], 1)], (x - w, 0), (x + w, 0)),
            stroke=blade[2],
        )
    for x, _y in ((590, 660), (640, 640), (560, 690)):
        s.shape(tube([(x, 712), (x + 2, 640)], 12), "#6E9A4A", stroke="#2E4E22", width=1.5)


KINDS: dict[str, Kind] = {"orchid": orchid, "bonsai": bonsai, "succulent": succulent, "lotus_pot": lotus_pot}
