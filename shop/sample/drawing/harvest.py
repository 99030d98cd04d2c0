"""From field and garden: rice, vegetables, mushrooms, pomelo."""

from math import cos, pi, sin

from .greenery import GREEN, leaf, petal
from .kit import BLACK, WHITE, Kind, Point, Studio, smooth
from .palettes import mix
from .pieces import STRAW, Box, braid, cord
from .servings import KRAFT, nearer, paper_inks, print_on, scatter
from .turning import Turned
from .weaving import turned_weave


def rice_bag(s: Studio) -> None:
    """A cloth bag of new rice, tied at the neck, grains spilled before it."""
    _sack(s)
    s.fade(430, 962, 210, 34, BLACK, 0.4)
    for x, y in scatter(s, 430, 945, 190, 32, 210):
        s.ellipse(
            x,
            y,
            11,
            4.6,
            fill=s.rng.choice(("#FFFDF2", "#F3EAD0", "#E2D3AC")),
            stroke="#B9A67C",
            width=1,
            turn=s.rng.uniform(0, 180),
        )
    for i in range(3):
        _ear(s, 820 + i * 20, 930, -0.5 - i * 0.22)
    s.focus = (600, 720)


def _sack(s: Studio) -> None:
    light, body, shade, line = ("#FFF9EA", "#E9DCC0", "#A8936A", "#5E4C2C")
    s.shadow(600, 930, 260, 54, 0.6)
    sack = [
        (486, 424),
        (520, 410),
        (556, 432),
        (600, 414),
        (644, 432),
        (684, 408),
        (714, 428),
        (664, 500),
        (760, 570),
        (846, 720),
        (850, 860),
        (800, 930),
        (600, 952),
        (400, 930),
        (350, 860),
        (354, 720),
        (440, 570),
        (536, 500),
    ]
    s.shape(
        sack,
        s.linear([(0, shade, 1), (0.25, light, 1), (0.6, body, 1), (1, shade, 1)], (350, 0), (850, 0)),
        stroke=line,
    )
    with s.group(clip=smooth(sack, closed=True)):
        for i in range(16):
            s.line(
                [
                    (540 + i * 8, 510),
                    (400 + i * 26 + s.rng.uniform(-12, 12), 640),
                    (370 + i * 32, 700 + s.rng.uniform(0, 60)),
                ],
                shade if i % 2 else WHITE,
                5,
                opacity=0.3,
            )
        s.fade(800, 860, 160, 160, line, 0.4)
    corners: list[Point] = [(440, 650), (760, 650), (770, 870), (430, 870)]
    print_on(s, corners, 320, 220, "#FBF4E2", paper_inks(s))
    cord(s, [(530, 500), (600, 514), (672, 500)], 14, STRAW)
    cord(s, [(620, 512), (690, 560), (672, 622)], 8, STRAW)


def _ear(s: Studio, x: float, y: float, lean: float) -> None:
    stem = [
        (x, y),
        (x + 40 + lean * 60, y - 180),
        (x + 110 + lean * 90, y - 300),
        (x + 200 + lean * 90, y - 250),
    ]
    s.line(stem, "#B99A3E", 5)
    for i in range(18):
        t = i / 18
        px, py = x + 74 + lean * 80 + t * 126, y - 262 - sin(t * pi) * 46 + t * 30
        s.ellipse(
            px,
            py + (i % 2) * 16,
            17,
            7.5,
            fill=s.ball(px, py, 16, "#FFEDB0", "#E0B548", "#8E6416"),
            turn=30 + t * 60 + (i % 2) * 30,
            stroke="#8E6416",
            width=1,
        )


def vegetables(s: Studio) -> None:
    """A basket of greens from the morning field."""
    s.shadow(600, 940, 320, 54, 0.6)
    for i in range(26):
        a = pi * (0.08 + 0.84 * i / 25)
        length = s.rng.uniform(230, 360)
        x = 600 + 190 * cos(a)
        leaf(
            s,
            (x, 760),
            (600 + (190 + length * 0.6) * cos(a), 740 - length * sin(a)),
            s.rng.uniform(90, 150),
            s.rng.choice(
                (
                    GREEN,
                    ("#CBE08A", "#86B548", "#4E7E2A", "#284A16"),
                    ("#8FB58A", "#3F7A52", "#1F4C34", "#12301F"),
                )
            ),
            bend=s.rng.uniform(-0.1, 0.15),
            veins=7,
        )
    for x, colour in ((430, "#D8402E"), (530, "#E7832A"), (650, "#D8402E"), (762, "#7B3F86")):
        r = 78
        s.ellipse(
            x,
            720,
            r,
            r * 0.92,
            fill=s.ball(x, 720, r, mix(colour, WHITE, 0.65), colour, mix(colour, BLACK, 0.55)),
            stroke=mix(colour, BLACK, 0.5),
        )
        s.ellipse(x - 26, 690, 18, 11, fill=WHITE, opacity=0.6, turn=-30)
        for k in range(5):
            petal(
                s,
                x,
                662,
                2 * pi * k / 5 + 0.3,
                34,
                16,
                ("#9CC267", "#4E8B3C", "#2A5E2C", "#17391B"),
                tip=0.1,
                veins=1,
            )
    _market_basket(s)
    s.focus = (560, 680)


def _market_basket(s: Studio) -> None:

    body = Turned(s, [(760, 330), (830, 310), (920, 250)], tilt=0.12)
    turned_weave(s, body, 30, 6)
    body.shade(0.0)
    braid(s, [body.at(i / 14 - 1, 0) for i in range(29)], 24, STRAW)


def mushrooms(s: Studio) -> None:
    """A cluster of straw and oyster mushrooms on a board."""
    board = Box(680, 985, 330, 600, 34)
    board.shadow(s)
    board.paint(s, KRAFT)
    spots = [
        (430, 620, 130),
        (760, 640, 120),
        (590, 560, 165),
        (380, 770, 105),
        (830, 800, 110),
        (520, 800, 140),
        (690, 830, 128),
        (600, 900, 92),
    ]
    for x, y, r in spots:
        _mushroom(s, x, y, r * s.rng.uniform(0.92, 1.08))
    s.focus = (560, 720)


def _mushroom(s: Studio, x: float, y: float, r: float) -> None:
    warm = s.rng.choice(
        (
            ("#F6E3C4", "#B98A5C", "#5A3820"),
            ("#F3E9DA", "#C9AE8A", "#6E5236"),
            ("#E9D3B4", "#946844", "#432916"),
        )
    )
    s.fade(x + r * 0.3, y + r * 0.95, r * 0.8, r * 0.24, BLACK, 0.45)
    stem = [
        (x - r * 0.26, y),
        (x - r * 0.22, y + r * 0.5),
        (x - r * 0.34, y + r * 0.92),
        (x, y + r),
        (x + r * 0.34, y + r * 0.92),
        (x + r * 0.22, y + r * 0.5),
        (x + r * 0.26, y),
    ]
    s.shape(
        stem,
        s.linear([(0, "#FFFBF0", 1), (0.5, "#F0E4CE", 1), (1, "#A8906C", 1)], (x - r * 0.3, 0), (x + r * 0.3, 0)),
        stroke="#8A7250",
        width=1.5,
    )
    s.ellipse(x, y + r * 0.08, r * 0.9, r * 0.26, fill=mix(warm[2], "#D9C4A0", 0.35))
    for i in range(-11, 12):
        s.line(
            [
                (x + i * r * 0.02, y + r * 0.2),
                (x + i * r * 0.078, y + r * (0.08 + 0.2 * (1 - (i / 11) ** 2) ** 0.5)),
            ],
            "#F2E4C8",
            1.6,
            opacity=0.6,
        )
    cap = [
        (x - r, y + r * 0.1),
        (x - r * 0.86, y - r * 0.4),
        (x - r * 0.4, y - r * 0.74),
        (x + r * 0.3, y - r * 0.76),
        (x + r * 0.84, y - r * 0.42),
        (x + r, y + r * 0.1),
        (x + r * 0.5, y + r * 0.1),
        (x, y + r * 0.04),
        (x - r * 0.5, y + r * 0.1),
    ]
    s.shape(cap, s.ball(x - r * 0.1, y - r * 0.3, r, *warm), stroke=warm[2])
    with s.group(clip=smooth(cap, closed=True)):
        for px, py in scatter(s, x, y - r * 0.4, r * 0.8, r * 0.34, 16):
            s.line(
                [(px - r * 0.07, py), (px, py - r * 0.04), (px + r * 0.07, py + r * 0.01)],
                warm[0],
                3,
                opacity=0.5,
            )
        s.fade(x - r * 0.35, y - r * 0.45, r * 0.4, r * 0.24, WHITE, 0.6)


def pomelo(s: Studio) -> None:
    """Pomelos with a leafed twig, one opened to its segments."""
    r = s.rng.uniform(228, 250)
    skin = ("#F3F0A8", "#C9C24A", "#6E7A1E")
    s.shadow(690, 920, 250, 56, 0.6)
    fruit = [
        (690, 920 - 2.3 * r),
        (690 + r * 0.5, 920 - 2.05 * r),
        (690 + r, 920 - r),
        (690 + r * 0.7, 920 - r * 0.22),
        (690, 920),
        (690 - r * 0.7, 920 - r * 0.22),
        (690 - r, 920 - r),
        (690 - r * 0.5, 920 - 2.05 * r),
    ]
    s.shape(fruit, s.ball(690, 920 - r * 1.1, r * 1.08, *skin), stroke="#5E6818")
    with s.group(clip=smooth(fruit, closed=True)):
        for x, y in scatter(s, 690, 920 - r, r, r * 1.2, 260):
            s.ellipse(x, y, 2.6, 1.9, fill="#8E8E2A", opacity=0.4)
        s.fade(620, 920 - r * 1.5, r * 0.45, r * 0.5, WHITE, 0.55)
    s.line([(690, 920 - 2.28 * r), (700, 880 - 2.35 * r)], "#5A4A20", 12)
    leaf(s, (696, 900 - 2.32 * r), (930, 870 - 2.2 * r), 110)
    leaf(s, (696, 900 - 2.32 * r), (500, 850 - 2.3 * r), 90, bend=-0.15)
    _half_pomelo(s, 410, 830, 180)
    s.focus = (480, 780)


def _half_pomelo(s: Studio, x: float, y: float, r: float) -> None:
    s.shadow(x, y + r * 0.85, r * 0.95, r * 0.24, 0.6)
    s.ellipse(x + 12, y + 10, r, fill="#A8A030", stroke="#5E6818")
    s.ellipse(x, y, r, fill="#F0ECA6", stroke="#A8A030", width=5)
    s.ellipse(x, y, r * 0.94, fill="#FFFDF2")
    flesh = s.rng.choice((("#FFE3DA", "#F29A8E", "#C9564E"), ("#FFF9D8", "#F0DD84", "#B99A34")))
    for i in range(11):
        petal(
            s,
            x + 8 * cos(2 * pi * i / 11),
            y + 8 * sin(2 * pi * i / 11),
            2 * pi * i / 11,
            r * 0.78,
            r * 0.47,
            (flesh[0], flesh[1], flesh[2], flesh[2]),
            tip=1,
            veins=0,
        )
        for _k in range(9):
            a, d = 2 * pi * i / 11 + s.rng.uniform(-0.16, 0.16), r * s.rng.uniform(0.3, 0.72)
            px, py = x + d * cos(a), y + d * sin(a)
            s.line([(px, py), (px + 15 * cos(a), py + 15 * sin(a))], flesh[0], 4.5, opacity=0.65)
    s.ellipse(x, y, r * 0.09, fill="#FFFDF2")


KINDS: dict[str, Kind] = {
    "rice_bag": rice_bag,
    "vegetables": nearer(vegetables),
    "mushrooms": mushrooms,
    "pomelo": pomelo,
}
