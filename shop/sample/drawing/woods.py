"""Turned and joined wood: bowl, clock, tea tray, stool."""

from math import cos, pi, sin

from .kit import BLACK, WHITE, Inks, Kind, Studio, flat, oval, poly, ring, rounded, smooth, tube
from .palettes import mix
from .patterns import pattern
from .pieces import Box, grain, tones_of
from .servings import nearer
from .turning import Turned


def turned_bowl(s: Studio) -> None:
    """A deep turned bowl with year rings and a bark-dark foot."""
    wide = s.rng.uniform(300, 345)
    bowl = Turned(
        s,
        [
            (560, wide),
            (640, wide * 0.99),
            (760, wide * 0.82),
            (860, wide * 0.5),
            (886, wide * 0.4),
            (886, wide * 0.4),
            (916, wide * 0.42),
        ],
        tilt=0.27,
    )
    bowl.stand()
    bowl.paint()
    c = s.colour
    with s.group(clip=bowl.outline()):
        for i in range(26):
            v = 0.02 + i / 30 + s.rng.uniform(-0.012, 0.012)
            swing = s.rng.uniform(0.004, 0.02)
            line = [bowl.at(k / 8 - 1, v + sin(k * 0.8 + i / 3) * swing) for k in range(17)]
            s.line(line, c.line if i % 3 else c.light, s.rng.uniform(1.2, 4), opacity=0.24)
        for i in range(5):
            s.path(
                smooth(ring(690, 700 + i, 22 + i * 26, 12 + i * 19, 14), closed=True),
                stroke=c.line,
                width=2.4,
                opacity=0.26,
            )
    bowl.wear(0.05, 0.26, opacity=0.8)
    bowl.shade(0.55)
    bowl.mouth(22, mix(c.body, c.shade, 0.3))
    for i in range(1, 8):
        s.path(
            smooth(
                ring(600, 560 + i * 8, (wide - 30) * (1 - i * 0.12), wide * 0.24 * (1 - i * 0.12), 20),
                closed=True,
            ),
            stroke=c.line,
            width=2,
            opacity=0.22,
        )
    s.focus = (600, 690)


def wood_clock(s: Studio) -> None:
    """A mantel clock with an arched case, brass dial and pendulum window."""
    light, body, _shade, line = tones_of(s)
    s.shadow(600, 944, 285, 48)
    case = [
        (330, 890),
        (330, 890),
        (352, 560),
        (380, 400),
        (470, 270),
        (600, 226),
        (730, 270),
        (820, 400),
        (848, 560),
        (870, 890),
        (870, 890),
    ]
    s.shape(case, s.tones(330, 870), stroke=line, width=3)
    with s.group(clip=smooth(case, closed=True)):
        grain(s, lambda u, v: (330 + v, 220 + u), 690, 540, 26, line, opacity=0.3, wave=9)
        s.fade(430, 420, 120, 260, WHITE, 0.35)
    inner = [(600 + (x - 600) * 0.86, 590 + (y - 650) * 0.9) for x, y in case]
    s.shape(inner, "none", stroke=mix(light, body, 0.3), width=4)
    s.path(rounded(296, 886, 608, 58, 12), fill=s.tones(296, 904), stroke=line, width=2.5)
    s.path(rounded(318, 866, 564, 24, 8), fill=mix(body, light, 0.3), stroke=line, width=2)
    s.ellipse(600, 450, 178, fill=s.gold((440, 300), (760, 620)), stroke=line, width=3)
    s.ellipse(600, 450, 154, fill=s.ball(600, 450, 190, "#FFFDF4", "#F6EDD8", "#C9B48C"), stroke="#7A5A24", width=2)
    _dial(s)
    window = rounded(505, 672, 190, 150, 70)
    s.path(window, fill=mix(line, BLACK, 0.4), stroke="#C8963A", width=6)
    swing = s.rng.uniform(-20, 20)
    s.line([(600, 672), (600 + swing, 740)], "#E9CB7A", 6)
    s.ellipse(600 + swing, 762, 36, fill=s.ball(600 + swing, 762, 36, "#FFF3C8", "#D6A746", "#7A5214"))
    s.focus = (600, 470)


def _dial(s: Studio) -> None:
    with s.group(clip=oval(600, 450, 84, 84), opacity=0.4):
        s.marks(
            pattern(s.pattern, 168, 168, s.rng),
            flat(516, 366),
            Inks("#8A6A34", "#D9C49A", "#EBDDBE", "#B3543C"),
        )
    for i in range(60):
        a = i * pi / 30
        near = 120 if i % 5 == 0 else 137
        s.line(
            [(600 + near * cos(a), 450 + near * sin(a)), (600 + 143 * cos(a), 450 + 143 * sin(a))],
            "#3A2A18",
            6 if i % 5 == 0 else 1.6,
        )
    for turn, reach, width in ((s.rng.uniform(3.4, 4.1), 78, 12), (s.rng.uniform(5.2, 5.8), 112, 8)):
        tip = (600 + reach * cos(turn), 450 + reach * sin(turn))
        s.shape(tube([(600 - 20 * cos(turn), 450 - 20 * sin(turn)), (600, 450), tip], width, 2), "#241A12")
    s.ellipse(600, 450, 10, fill="#C8963A", stroke="#241A12", width=2)


def tea_tray(s: Studio) -> None:
    """A slatted tea tray with two handles, an inlaid end and two cups."""
    box = Box(700, 985, 520, 680, 74)
    box.shadow(s)
    box.paint(s, tones_of(s))
    line, light = s.colour.line, s.colour.light
    grain(s, box.on_left(), 680, 74, 7, line, opacity=0.35)
    top = box.on_top()
    s.shape([top(18, 18), top(502, 18), top(502, 662), top(18, 662)], mix(s.colour.shade, line, 0.5), curved=False)
    for i in range(14):
        u = 30 + i * 33.5
        s.shape(
            [top(u, 150), top(u + 25, 150), top(u + 25, 650), top(u, 650)],
            mix(s.colour.body, light, s.rng.uniform(0.1, 0.4)),
            curved=False,
        )
        s.line([top(u, 150), top(u, 650)], light, 2, opacity=0.6)
        grain(s, lambda p, q, u=u: top(u + q, 150 + p), 500, 25, 2, line, opacity=0.25)  # type: ignore[misc]
    panel = [top(30, 28), top(490, 28), top(490, 136), top(30, 136)]
    s.shape(panel, mix(s.colour.body, s.colour.shade, 0.35), curved=False)
    with s.group(clip=poly(panel, closed=True)):
        s.marks(pattern(s.pattern, 460, 108, s.rng), lambda u, v: top(30 + u, 28 + v), s.inks())
    s.line([box.at(0, 270, 46), box.at(0, 340, 28), box.at(0, 410, 46)], line, 13)
    s.line([box.at(0, 270, 49), box.at(0, 340, 32), box.at(0, 410, 49)], light, 4, opacity=0.6)
    for a, b, r in ((330, 420, 70), (170, 400, 74), (220, 200, 70)):
        _cup(s, *box.at(a, b, 74), r)
    s.focus = (600, 760)


def _cup(s: Studio, x: float, y: float, r: float) -> None:
    s.fade(x + 24, y + 4, r * 1.3, r * 0.4, BLACK, 0.5)
    cup = Turned(
        s,
        [
            (y - r * 1.25, r),
            (y - r * 0.6, r * 0.92),
            (y - r * 0.1, r * 0.55),
            (y - r * 0.1, r * 0.55),
            (y, r * 0.56),
        ],
        x=x,
        tilt=0.34,
    )
    cup.paint("#F5F0E2", "#8C8370")
    cup.hoop(0.16, "#2C5A8C", 4)
    cup.shade(0.8)
    cup.mouth(6, "#F0E7CF")
    s.ellipse(
        x,
        y - r * 1.2,
        r * 0.84,
        r * 0.24,
        fill=s.linear([(0, "#A5702A", 1), (1, "#E0B864", 1)], (x - r, y - r), (x + r, y - r)),
    )


def stool(s: Studio) -> None:
    """A low round stool with cabriole legs and a carved apron."""
    light, body, shade, line = tones_of(s)
    s.shadow(600, 950, 290, 56, 0.45)
    lean = s.rng.uniform(20, 46)
    for x, y, deep in ((462, 880, 0.75), (738, 880, 0.85)):
        s.shape(
            tube([(x, 600), (x + (x - 600) / 9, 740), (x, y)], 54, 34),
            mix(body, line, deep * 0.6),
            stroke=line,
        )
    s.path("M372 640Q600 760 828 640L836 700Q600 790 364 700Z", fill=mix(shade, line, 0.5))
    for side in (-1, 1):
        leg = [
            (600 + side * 214, 600),
            (600 + side * 244, 690),
            (600 + side * (226 - lean), 820),
            (600 + side * (240 - lean / 2), 908),
            (600 + side * 274, 940),
        ]
        at = leg[0][0]
        s.shape(
            tube(leg, 84, 40),
            s.linear([(0, mix(body, light, 0.6), 1), (0.5, body, 1), (1, shade, 1)], (at - 42, 0), (at + 42, 0)),
            stroke=line,
            width=2.5,
        )
        s.ellipse(
            600 + side * 274,
            940,
            30,
            18,
            fill=s.ball(600 + side * 274, 940, 30, light, body, shade),
            stroke=line,
        )
    scallops = "Q790 640 760 690Q700 742 640 712Q600 760 560 712Q500 742 440 690Q410 640 354 640Z"
    apron = f"M340 560A260 84 0 0 0 860 560L846 640{scallops}"
    s.path(apron, fill=s.tones(340, 860), stroke=line, width=2.5)
    with s.group(clip=apron):
        s.marks(
            pattern(s.pattern, 500, 120, s.rng),
            lambda u, v: (350 + u, 628 + v * 0.9 - ((u - 250) / 250) ** 2 * 50),
            s.inks(),
        )
    s.ellipse(600, 556, 290, 92, fill=s.tones(310, 890), stroke=line, width=2.5)
    s.ellipse(
        600,
        536,
        290,
        92,
        fill=s.linear(
            [(0, mix(body, light, 0.8), 1), (0.6, body, 1), (1, mix(body, shade, 0.5), 1)],
            (380, 460),
            (820, 620),
        ),
        stroke=line,
        width=2,
    )
    with s.group(clip=oval(600, 536, 280, 86)):
        for i in range(15):
            s.ellipse(560 + i * 2, 536, 10 + i * 24, 4 + i * 7.4, stroke=line, width=1.6 + i % 3, opacity=0.22)
        s.fade(480, 505, 190, 44, WHITE, 0.6)
    s.focus = (600, 610)


KINDS: dict[str, Kind] = {
    "turned_bowl": nearer(turned_bowl),
    "wood_clock": wood_clock,
    "tea_tray": nearer(tea_tray),
    "stool": stool,
}
