"""Sweets of the villages: young green rice, mung and green-rice cakes, candy, ginger, dried fruit, biscuits."""

from math import cos, pi, sin

from .kit import BLACK, WHITE, Kind, Studio, poly, smooth
from .palettes import mix
from .pieces import Box, Tones, bow, cord, ribbon, tones_of
from .servings import KRAFT, heap, leaf_bed, nearer, plate, pouch, scatter
from .turning import Turned

LOTUS_LEAF: Tones = ("#A9CFA0", "#5B9566", "#2F6244", "#173526")


def green_rice(s: Studio) -> None:
    """Young green rice heaped on a lotus leaf, with a straw tie and an ear of rice."""
    _lotus_leaf(s, 600, 850, 440)
    mound = heap(600, 850, 280, 210)
    s.fade(660, 870, 320, 80, BLACK, 0.45)
    s.shape(mound, s.ball(600, 760, 270, "#E9F2B4", "#B4CB62", "#6E8A2E"))
    with s.group(clip=smooth(mound, closed=True)):
        for x, y in scatter(s, 600, 770, 280, 170, 760):
            s.ellipse(
                x,
                y,
                12,
                6,
                fill=s.rng.choice(("#DDEB9A", "#C3D873", "#A3BF4E", "#8AA83C")),
                turn=s.rng.uniform(0, 180),
                opacity=0.95,
            )
        s.fade(760, 860, 240, 150, "#3E5418", 0.5)
        s.fade(500, 700, 150, 90, "#FBFFDC", 0.6)
    for x, y in scatter(s, 600, 890, 380, 50, 60):
        s.ellipse(
            x,
            y,
            11,
            5,
            fill=s.rng.choice(("#DDEB9A", "#C3D873", "#A3BF4E")),
            stroke="#6E8A2E",
            width=1,
            turn=s.rng.uniform(0, 180),
        )
    for k in range(5):
        cord(
            s,
            [(860 + k * 12, 930 - k * 10), (960 + k * 6, 820 - k * 24), (1010 - k * 8, 690 - k * 20)],
            5,
            ("#E9E2A0", "#B4B450", "#7E8430", "#4A5018"),
        )
    s.focus = (580, 740)


def _lotus_leaf(s: Studio, x: float, y: float, r: float) -> None:
    light, body, shade, line = LOTUS_LEAF
    s.shadow(x, y + r * 0.14, r * 0.96, r * 0.34, 0.5)
    edge = [
        (x + r * (1 + 0.05 * cos(i * 1.9)) * cos(a), y + r * 0.4 * (1 + 0.1 * sin(i * 2.3)) * sin(a))
        for i, a in enumerate(2 * pi * k / 26 for k in range(26))
    ]
    s.shape(
        edge,
        s.linear([(0, light, 1), (0.5, body, 1), (1, shade, 1)], (x - r, y - r * 0.4), (x + r, y + r * 0.4)),
        stroke=line,
    )
    for px, py in edge[::2]:
        s.line([(x, y), ((x + px) / 2, (y + py) / 2 - 6), (px, py)], light, 3, opacity=0.5)
        s.line([(x, y + 2), ((x + px) / 2, (y + py) / 2 - 3), (px, py)], line, 1.5, opacity=0.4)


def green_rice_cake(s: Studio) -> None:
    """Green-rice cakes in folded leaf with red string, one opened to show its filling."""
    leaf_bed(s, 600, 890, 440)
    for x, y in ((730, 760), (520, 790), (770, 930)):
        box = Box(x, y, 190, 210, 78)
        box.shadow(s, 0.5)
        box.paint(s, LOTUS_LEAF)
        for k in range(9):
            on = box.on_top(100, 100)
            s.line([on(50, 50), on(cos(k) * 80 + 50, sin(k) * 80 + 50)], LOTUS_LEAF[0], 2, opacity=0.0)
        for k in range(8):
            s.line(
                [box.at(0, 26 * k, 0), box.at(0, 26 * k, 78), box.at(190, 26 * k, 78)],
                LOTUS_LEAF[2],
                2,
                opacity=0.35,
                curved=False,
            )
        ribbon(s, box, "#B3281E", 15, knot=False)
        bow(s, *box.at(95, 105, 78), 46, "#B3281E")
    cake = Box(480, 950, 150, 160, 70)
    cake.shadow(s, 0.5)
    cake.paint(s, ("#DCEAA0", "#AFC95E", "#76923A", "#3E5418"))
    for on in (cake.on_left(100, 100), cake.on_right(100, 100)):
        s.shape([on(0, 36), on(100, 36), on(100, 68), on(0, 68)], "#E8C65C", curved=False)
    for px, py in scatter(s, *cake.at(75, 80, 70), 110, 22, 70):
        s.ellipse(
            px,
            py,
            8,
            4,
            fill=s.rng.choice(("#E9F5B4", "#C3D873", "#8AA83C")),
            turn=s.rng.uniform(0, 180),
            opacity=0.8,
        )
    s.focus = (580, 800)


def mung_cake(s: Studio) -> None:
    """Moulded mung-bean cakes, pressed with the pattern of a carved mould, on a plate."""
    plate(s, 600, 850, 440)
    gold: Tones = ("#FFF0B4", "#EBCB6A", "#B48A2A", "#6E4E12")
    for _row, (count, y) in enumerate(((3, 770), (4, 860), (3, 950))):
        for i in range(count):
            x = 600 + (i - (count - 1) / 2) * 165 + 8
            _moulded(s, x, y - 30, gold)
    _moulded(s, 600, 730, gold)
    s.focus = (560, 820)


def _moulded(s: Studio, x: float, y: float, tones: Tones) -> None:
    light, body, shade, _line = tones
    rx, ry, high = 68.0, 30.0, 44.0
    s.fade(x + 16, y + high + 6, rx * 1.25, ry * 1.1, BLACK, 0.5)
    side = [
        (x + rx * cos(a) * (1 + 0.05 * cos(8 * a)), y + high + ry * sin(a)) for a in (pi * i / 24 for i in range(25))
    ]
    s.path(
        poly([(x + rx, y), *side, (x - rx, y)], closed=True),
        fill=s.linear([(0, mix(body, light, 0.5), 1), (0.4, body, 1), (1, shade, 1)], (x - rx, 0), (x + rx, 0)),
        stroke=shade,
    )
    for i in range(1, 12):
        a = pi * i / 12
        s.line(
            [(x + rx * cos(a), y + ry * sin(a)), (x + rx * cos(a), y + high + ry * sin(a))],
            shade,
            3,
            opacity=0.5,
        )
    top = [
        (x + rx * cos(a) * (1 + 0.05 * cos(8 * a)), y + ry * sin(a) * (1 + 0.05 * cos(8 * a)))
        for a in (2 * pi * i / 48 for i in range(48))
    ]
    s.shape(
        top,
        s.linear([(0, light, 1), (1, body, 1)], (x - rx, y - ry), (x + rx, y + ry)),
        stroke=shade,
        width=1.5,
    )
    for i in range(8):
        a = 2 * pi * i / 8
        s.ellipse(
            x + rx * 0.52 * cos(a),
            y + ry * 0.52 * sin(a),
            14,
            6,
            fill=mix(body, shade, 0.35),
            turn=i * 45 * 0.5,
            stroke=light,
            width=1.2,
        )
    s.ellipse(x, y, rx * 0.24, ry * 0.24, fill=mix(body, shade, 0.5), stroke=light, width=1.5)


def peanut_candy(s: Studio) -> None:
    """Bars of peanut and sesame candy, stacked, with loose peanuts."""
    plate(s, 600, 880, 440)
    tones: Tones = ("#F5CF86", "#C98A3A", "#7E4A16", "#43230A")
    for x, y in ((500, 900), (760, 890), (640, 950), (570, 820), (730, 815), (650, 745)):
        box = Box(x, y, 130, 230, 50)
        s.fade(x, y + 8, 190, 50, BLACK, 0.4)
        box.paint(s, tones)
        for face, w, h, n in (
            (box.on_left(100, 100), 100, 100, 12),
            (box.on_right(100, 100), 100, 100, 7),
            (box.on_top(100, 100), 100, 100, 24),
        ):
            for _ in range(n):
                px, py = face(s.rng.uniform(8, w - 8), s.rng.uniform(14, h - 14))
                s.ellipse(
                    px,
                    py,
                    17,
                    10,
                    fill=s.ball(px, py, 16, "#FFF3D0", "#EBCB94", "#A8743A"),
                    turn=s.rng.uniform(-40, 40),
                    stroke="#8E5A20",
                    width=1,
                )
        t = box.on_top(100, 100)
        s.line([t(6, 90), t(6, 20)], WHITE, 7, opacity=0.5)
    for px, py in scatter(s, 330, 960, 130, 36, 9):
        _peanut(s, px, py)
    s.focus = (620, 790)


def _peanut(s: Studio, x: float, y: float) -> None:
    turn = s.rng.uniform(-0.6, 0.6)
    ca, sa = cos(turn), sin(turn)
    s.fade(x + 6, y + 14, 46, 15, BLACK, 0.5)
    shell = [
        (x + u * ca - v * sa, y + u * sa + v * ca)
        for u, v in ((-42, 0), (-26, -20), (0, -13), (24, -21), (42, 0), (24, 20), (0, 13), (-26, 20))
    ]
    s.shape(shell, s.ball(x, y, 34, "#F6DFB0", "#D3A866", "#8E6230"), stroke="#7E5424", width=1.5)
    for k in (-8, 0, 8):
        s.line(
            [(x - 32 * ca - k * sa, y - 32 * sa + k * ca), (x + 32 * ca - k * sa, y + 32 * sa + k * ca)],
            "#8E6230",
            1.5,
            opacity=0.6,
        )


def ginger_sweet(s: Studio) -> None:
    """Slices of candied ginger, sugared, beside a root."""
    plate(s, 570, 840, 400)
    for x, y in scatter(s, 560, 780, 240, 80, 52):
        _ginger_slice(s, x, y - 30 * (1 - abs(x - 560) / 300))
    root = [
        (800, 900),
        (840, 850),
        (900, 856),
        (930, 800),
        (980, 806),
        (984, 860),
        (1050, 850),
        (1074, 900),
        (1020, 934),
        (1000, 980),
        (940, 968),
        (880, 984),
        (820, 960),
    ]
    s.shadow(930, 966, 140, 30, 0.5)
    s.shape(root, s.ball(900, 890, 130, "#F3DFAE", "#CFA564", "#7E5626"), stroke="#6E4A1E")
    with s.group(clip=smooth(root, closed=True)):
        for k in range(9):
            s.line([(800 + k * 30, 840), (812 + k * 30, 910), (796 + k * 30, 990)], "#7E5626", 2.4, opacity=0.5)
    s.ellipse(984, 822, 26, 18, fill="#F5E29A", stroke="#A8843E", width=3)
    s.focus = (540, 770)


def _ginger_slice(s: Studio, x: float, y: float) -> None:
    r, turn = s.rng.uniform(44, 66), s.rng.uniform(-40, 40)
    tint = s.rng.choice(
        (
            ("#FFF6C8", "#F0D06A", "#B8902A"),
            ("#FFF3D0", "#E9C27A", "#A87E34"),
            ("#FFE9D8", "#F0B48A", "#B06A3A"),
        )
    )
    s.fade(x + 8, y + 14, r * 1.1, r * 0.5, BLACK, 0.35)
    with s.group(transform=f"rotate({turn:.0f} {x:.0f} {y:.0f})"):
        edge = [
            (x + r * (1 + 0.12 * sin(3 * a + r)) * cos(a), y + r * 0.5 * (1 + 0.16 * cos(2 * a + r)) * sin(a))
            for a in (2 * pi * i / 12 for i in range(12))
        ]
        s.shape([(px, py + 7) for px, py in edge], tint[2])
        s.shape(edge, s.ball(x, y, r, *tint), stroke=mix(tint[2], WHITE, 0.3), width=1.5)
        for k in range(5):
            s.line(
                [(x - r * 0.6, y - 10 + k * 5), (x, y - 13 + k * 6), (x + r * 0.6, y - 9 + k * 5)],
                tint[2],
                1.4,
                opacity=0.45,
            )
        for px, py in scatter(s, x, y, r * 0.9, r * 0.42, 16):
            s.ellipse(px, py, 2.6, fill=WHITE, opacity=0.9)


def dried_fruit(s: Studio) -> None:
    """A kraft pouch of dried fruit with a dish of it in front."""
    corners = pouch(s, 690, 930, 400, 580, KRAFT, window=True)
    sort = s.rng.choice(
        (
            ("#F6B23A", "#C9701A", "#7A3A0A"),
            ("#B8482E", "#7E2218", "#3E0E0A"),
            ("#E9C45A", "#B4862A", "#6A4A10"),
            ("#7A4A3A", "#4A2620", "#241008"),
        )
    )
    with s.group(clip=poly(corners, closed=True)):
        s.path(poly(corners, closed=True), fill=sort[2])
        _pieces(s, (corners[0][0] + corners[1][0]) / 2, (corners[0][1] + corners[2][1]) / 2, 150, 90, 46, sort)
    s.path(poly(corners, closed=True), stroke=WHITE, width=4, opacity=0.6)
    plate(s, 400, 910, 250)
    _pieces(s, 400, 876, 160, 54, 44, sort)
    s.focus = (470, 850)


def _pieces(s: Studio, x: float, y: float, rx: float, ry: float, count: int, sort: tuple[str, str, str]) -> None:
    for px, py in scatter(s, x, y, rx, ry, count):
        r, turn = s.rng.uniform(24, 36), s.rng.uniform(0, 180)
        s.fade(px + 5, py + 9, r * 1.1, r * 0.7, BLACK, 0.4)
        with s.group(transform=f"rotate({turn:.0f} {px:.0f} {py:.0f})"):
            piece = [
                (px - r, py),
                (px - r * 0.5, py - r * 0.5),
                (px + r * 0.3, py - r * 0.42),
                (px + r, py - r * 0.1),
                (px + r * 0.5, py + r * 0.5),
                (px - r * 0.4, py + r * 0.4),
            ]
            s.shape(piece, s.ball(px, py, r, *sort), stroke=sort[2], width=1.2)
            for k in (-0.2, 0.1):
                s.line(
                    [(px - r * 0.7, py + k * r), (px, py + k * r - 4), (px + r * 0.7, py + k * r)],
                    sort[0],
                    2,
                    opacity=0.6,
                )


def biscuit_tin(s: Studio) -> None:
    """A round tin with a printed lid, and its biscuits leaning in front."""
    wide = s.rng.uniform(290, 320)
    tin = Turned(s, [(640, wide), (640, wide), (780, wide), (900, wide)], tilt=0.22)
    tin.stand(0.6)
    tin.paint()
    tin.wear(0.3, 0.95)
    tin.shade(0.6)
    lid = Turned(s, [(580, wide * 1.01), (588, wide * 1.04), (670, wide * 1.04)], tilt=0.22)
    lid.paint()
    lid.trim(0.3, 0.9, "beads")
    lid.shade(0.7)
    light, body, shade, _line = tones_of(s)
    s.ellipse(
        600,
        580,
        wide * 1.01,
        wide * 0.222,
        fill=s.linear([(0, light, 1), (0.6, body, 1), (1, shade, 1)], (600 - wide, 510), (600 + wide, 650)),
        stroke=shade,
    )
    s.ellipse(600, 578, wide * 0.9, wide * 0.195, stroke=s.colour.accent, width=5)
    for x, lean in ((330, -14), (450, 8), (850, 12)):
        _biscuit(s, x, 950 + (lean % 3) * 6, lean)
    s.focus = (600, 760)


def _biscuit(s: Studio, x: float, y: float, lean: float) -> None:
    s.shadow(x, y + 22, 100, 26, 0.5)
    s.ellipse(x, y + 16, 98, 42, fill="#8E5A22")
    s.ellipse(
        x,
        y,
        98,
        42,
        fill=s.ball(x, y, 100, "#FBE3AE", "#E0A954", "#A8682A"),
        stroke="#9A6226",
        turn=lean * 0.2,
    )
    s.ellipse(x, y, 82, 34, stroke="#B87A34", width=2.5)
    for px, py in scatter(s, x, y, 70, 26, 40):
        s.ellipse(px, py, 5.5, 2.8, fill="#FFF6DC", stroke="#B98A4A", width=0.8, turn=s.rng.uniform(0, 180))


KINDS: dict[str, Kind] = {
    "green_rice": nearer(green_rice),
    "green_rice_cake": nearer(green_rice_cake),
    "mung_cake": nearer(mung_cake),
    "peanut_candy": nearer(peanut_candy),
    "ginger_sweet": nearer(ginger_sweet),
    "dried_fruit": dried_fruit,
    "biscuit_tin": nearer(biscuit_tin),
}
