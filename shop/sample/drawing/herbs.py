"""Herbs of the mountain villages: bundles, tea boxes, bath herbs, soaps."""

from math import cos, pi, sin

from .greenery import GREEN, blossom, leaf, petal
from .kit import BLACK, WHITE, Kind, Studio, poly, smooth, tube
from .palettes import mix
from .pieces import STRAW, Box, Tones, cord, tag, tones_of
from .servings import PAPER, nearer, paper_inks, print_on, scatter

DRY: Tones = ("#C9C48A", "#8E8E4A", "#5A5A2A", "#2E2E14")
SAGE: Tones = ("#C4D6B0", "#86A678", "#4E6E4A", "#263A26")


def herb_bundle(s: Studio) -> None:
    """A bundle of leafy herbs and small flowers tied with string, laid on paper."""
    s.setting = "flat"
    sheet = [(230, 240), (930, 200), (980, 980), (270, 1030)]
    s.shape([(x + 14, y + 18) for x, y in sheet], BLACK, curved=False, opacity=0.13)
    s.shape(sheet, "#EBDDBF", curved=False)
    s.line([(230, 630), (960, 590)], "#C9B48A", 2.5, opacity=0.6)
    s.fade(620, 680, 240, 330, BLACK, 0.22)
    for i in range(13):
        lean = (i - 6) / 6 + s.rng.uniform(-0.06, 0.06)
        tip = (600 + lean * 330, 240 + abs(lean) * 110 + s.rng.uniform(-30, 40))
        _sprig(s, (600 + lean * 46, 760), tip, lean, i % 4)
    for i in range(15):
        x = 600 + (i - 7) * 7
        s.line(
            [(x, 760), (600 + (i - 7) * 13, 1000 + s.rng.uniform(-30, 20))],
            mix("#6E7A3A", "#B0A86A", s.rng.random()),
            7,
        )
    for k in range(6):
        cord(s, [(540 - k % 2 * 4, 742 + k * 13), (600, 756 + k * 13), (660, 742 + k * 13)], 11, STRAW)
    cord(s, [(640, 780), (720, 820), (700, 900)], 8, STRAW)
    tag(s, 712, 956, 52)
    s.focus = (560, 480)


def _sprig(s: Studio, foot: tuple[float, float], tip: tuple[float, float], lean: float, sort: int) -> None:
    tones = (GREEN, SAGE, DRY, SAGE)[sort]
    (x0, y0), (x1, y1) = foot, tip
    at = [(x0 + (x1 - x0) * t**1.15, y0 + (y1 - y0) * t) for t in (k / 10 for k in range(11))]
    s.line(at, tones[2], 5)
    for k in range(3, 11):
        x, y = at[k]
        for side in (-1, 1):
            a = -pi / 2 + lean * 0.6 + side * (0.8 - k * 0.03)
            r = s.rng.uniform(54, 82) * (1.25 - k * 0.06)
            leaf(s, (x, y), (x + r * cos(a), y + r * sin(a)), r * 0.4, tones, bend=0.1 * side, veins=4)
    if sort in (1, 2):
        for _ in range(5):
            a = s.rng.uniform(0, 2 * pi)
            blossom(
                s,
                x1 + 22 * cos(a),
                y1 + 22 * sin(a),
                20,
                ("#FFFFFF", "#F6E7A8", "#D9A83A", "#8A5E1A")
                if sort == 1
                else ("#F3E3F6", "#B48AC9", "#6E4A86", "#3A2446"),
            )


def herb_tea_box(s: Studio) -> None:
    """A paper box of herb tea, open-fronted label, two tied tea bags beside it."""
    box = Box(700, 920, 230, 400, s.rng.uniform(430, 480))
    box.shadow(s, 0.6)
    box.paint(s, tones_of(s))
    box.wrap(s, "r")
    on = box.on_left(100, 100)
    print_on(s, [on(10, 16), on(90, 16), on(90, 72), on(10, 72)], 320, 250)
    s.shape([on(0, 0), on(100, 0), on(100, 7), on(0, 7)], s.colour.accent, curved=False, opacity=0.85)
    s.shape([on(0, 86), on(100, 86), on(100, 88), on(0, 88)], s.colour.accent, curved=False, opacity=0.85)
    for x, y, turn in ((900, 940, -8), (1000, 900, 12)):
        _tea_bag(s, x, y, turn)
    for px, py in scatter(s, 560, 1000, 150, 24, 12):
        leaf(s, (px, py), (px + s.rng.uniform(-40, 40), py + s.rng.uniform(-14, 14)), 16, DRY, veins=3)
    s.focus = (560, 660)


def _tea_bag(s: Studio, x: float, y: float, turn: float) -> None:
    with s.group(transform=f"rotate({turn} {x} {y})"):
        s.fade(x + 10, y + 6, 90, 34, BLACK, 0.5)
        bag = [
            (x - 64, y),
            (x - 64, y),
            (x - 56, y - 110),
            (x - 20, y - 146),
            (x + 20, y - 146),
            (x + 56, y - 110),
            (x + 64, y),
            (x + 64, y),
        ]
        s.shape(
            bag,
            s.linear([(0, "#FFFFFF", 1), (0.5, "#F2EADA", 1), (1, "#C9BDA4", 1)], (x - 60, 0), (x + 60, 0)),
            stroke="#A89A7C",
            width=1.5,
        )
        with s.group(clip=smooth(bag, closed=True)):
            for px, py in scatter(s, x, y - 40, 54, 50, 60):
                s.ellipse(
                    px,
                    py,
                    7,
                    3.4,
                    fill=s.rng.choice(("#6E7A3A", "#8E6A2E", "#B48A3A", "#4E5A26")),
                    opacity=0.55,
                    turn=s.rng.uniform(0, 180),
                )
        cord(s, [(x - 22, y - 142), (x, y - 136), (x + 22, y - 142)], 6, STRAW)
        s.line([(x, y - 140), (x + 40, y - 210), (x + 10, y - 250)], "#B49A64", 3)
        s.shape(
            [(x - 12, y - 290), (x + 32, y - 284), (x + 28, y - 240), (x - 16, y - 246)],
            s.colour.accent,
            curved=False,
            stroke=mix(s.colour.accent, BLACK, 0.4),
            width=1.5,
        )


def bath_herbs(s: Studio) -> None:
    """A muslin bag of bath herbs with leaves, bark and flowers spilling out."""
    light, body, shade, line = ("#FFFDF4", "#EFE6CF", "#B9A57E", "#6E5A36")
    s.shadow(620, 926, 270, 54, 0.6)
    sack = [
        (512, 486),
        (545, 470),
        (580, 490),
        (620, 474),
        (660, 492),
        (694, 468),
        (726, 488),
        (704, 560),
        (800, 640),
        (860, 780),
        (840, 890),
        (760, 934),
        (600, 944),
        (440, 930),
        (384, 880),
        (376, 770),
        (440, 640),
        (536, 560),
    ]
    for i in range(9):
        a = -pi / 2 + (i - 4) * 0.2
        leaf(s, (620, 520), (620 + 190 * cos(a), 500 + 170 * sin(a)), 50, (GREEN, SAGE, DRY)[i % 3], veins=5)
    s.shape(
        sack,
        s.linear([(0, shade, 1), (0.25, light, 1), (0.6, body, 1), (1, shade, 1)], (376, 0), (860, 0)),
        stroke=line,
    )
    with s.group(clip=smooth(sack, closed=True)):
        for px, py in scatter(s, 620, 780, 220, 130, 60):
            s.ellipse(
                px,
                py,
                20,
                9,
                fill=s.rng.choice((GREEN[1], DRY[1], "#A8743A")),
                opacity=0.16,
                turn=s.rng.uniform(0, 180),
            )
        for i in range(15):
            s.line(
                [
                    (560 + i * 9, 550),
                    (420 + i * 29, 660 + s.rng.uniform(0, 30)),
                    (390 + i * 32, 760 + s.rng.uniform(0, 80)),
                ],
                shade if i % 2 else WHITE,
                4,
                opacity=0.35,
            )
    for k in range(3):
        cord(s, [(538, 546 + k * 11), (620, 562 + k * 11), (702, 546 + k * 11)], 10, STRAW)
    print_on(s, [(520, 690), (740, 690), (746, 840), (516, 840)], 224, 150, PAPER, paper_inks(s))
    _spill(s)
    s.focus = (600, 720)


def _spill(s: Studio) -> None:
    for i, (x, y) in enumerate(scatter(s, 330, 960, 180, 40, 16)):
        if i % 4 == 0:
            blossom(s, x, y - 6, 34, ("#FFFFFF", "#F6D9E0", "#C98AA0", "#6E3A4E"), petals=6)
        elif i % 4 == 1:
            s.shape(
                tube([(x - 50, y), (x, y - 8), (x + 54, y + 4)], 20, 18),
                s.linear([(0, "#B47A48", 1), (1, "#5E3418", 1)], (x, y - 14), (x, y + 12)),
                stroke="#3A1E0C",
                width=1.5,
            )
        else:
            s.fade(x + 6, y + 10, 50, 14, BLACK, 0.4)
            leaf(s, (x - 44, y), (x + 44, y - s.rng.uniform(-14, 24)), 34, (GREEN, SAGE)[i % 2], veins=5)


def soap_bars(s: Studio) -> None:
    """Hand-cut soaps with petals and herbs in them, paper-banded, stacked on a slatted dish."""
    colours: list[Tones] = [
        ("#FFFBEA", "#EBDDB4", "#B49E66", "#6E5A2E"),
        ("#E6F0D2", "#AFC58A", "#74904E", "#3E5226"),
        ("#FBE6E2", "#E3AFA6", "#A8685E", "#5E2E28"),
        ("#F3E7D2", "#C9A274", "#8A6236", "#4A2E14"),
        ("#EDE6F3", "#B8A4CC", "#76608E", "#3E2E50"),
    ]
    s.rng.shuffle(colours)
    tray = Box(700, 990, 400, 560, 30)
    tray.shadow(s)
    tray.paint(s, ("#E9C48A", "#B98A52", "#6E4A22", "#3A240E"))
    for x, y, c in ((660, 960, 0), (790, 890, 1), (480, 895, 2), (620, 800, 3)):
        _soap(s, Box(x, y, 190, 270, 100), colours[c], banded=c != 2)
    for px, py in scatter(s, 850, 980, 90, 22, 9):
        petal(
            s,
            px,
            py,
            s.rng.uniform(0, 6),
            32,
            18,
            ("#FBE6E2", "#E3AFA6", "#A8685E", "#5E2E28"),
            tip=1,
            veins=2,
        )
    s.focus = (580, 840)


def _soap(s: Studio, box: Box, tones: Tones, *, banded: bool) -> None:
    mid = box.at(box.a / 2, box.b / 2, 0)
    s.fade(mid[0] + 20, mid[1] + 14, 230, 70, BLACK, 0.5)
    box.paint(s, tones)
    for on, n in ((box.on_left(100, 100), 12), (box.on_right(100, 100), 8), (box.on_top(100, 100), 16)):
        for _ in range(n):
            u, v = s.rng.uniform(6, 94), s.rng.uniform(8, 92)
            x, y = on(u, v)
            s.ellipse(
                x,
                y,
                s.rng.uniform(4, 11),
                s.rng.uniform(2, 5),
                fill=s.rng.choice(("#8A6A2E", "#5E7A3A", "#B4506A", "#E0B84A")),
                opacity=0.6,
                turn=s.rng.uniform(0, 180),
            )
        swirl = [on(8 + k * 12, 50 + 26 * sin(k * 1.1)) for k in range(8)]
        s.line(swirl, tones[0], 7, opacity=0.5)
    if banded:
        b0, b1 = box.b * 0.3, box.b * 0.7
        front = [box.at(0, b1, box.h), box.at(0, b0, box.h), box.at(0, b0, 0), box.at(0, b1, 0)]
        over = [
            box.at(0, b1, box.h),
            box.at(box.a, b1, box.h),
            box.at(box.a, b0, box.h),
            box.at(0, b0, box.h),
        ]
        print_on(s, over, 190, 110)
        s.shape(front, mix(PAPER, "#8A7A5A", 0.14), curved=False, stroke="#B9A67C", width=1.5)
        s.path(
            poly(
                [
                    box.at(0, (b0 + b1) / 2 + 22, 70),
                    box.at(0, (b0 + b1) / 2 - 22, 70),
                    box.at(0, (b0 + b1) / 2 - 22, 30),
                    box.at(0, (b0 + b1) / 2 + 22, 30),
                ],
                closed=True,
            ),
            fill=s.colour.accent,
        )


KINDS: dict[str, Kind] = {
    "herb_bundle": herb_bundle,
    "herb_tea_box": herb_tea_box,
    "bath_herbs": bath_herbs,
    "soap_bars": nearer(soap_bars),
}
