"""Wooden things that sound or play: moon lute, zither, dough figures and the balancing dragonfly."""

from math import cos, pi, sin

from .greenery import petal
from .kit import BLACK, WHITE, Inks, Kind, Point, Studio, Surface, flat, oval, quad, ring, smooth, tube
from .palettes import mix
from .patterns import pattern
from .pieces import grain, tones_of
from .turning import Turned


def moon_lute(s: Studio) -> None:
    """The two-stringed lute with a round body, leaning a little on the wall."""
    s.setting = "wall"
    r = s.rng.uniform(212, 232)
    with s.group(transform=f"rotate({s.rng.uniform(12, 20):.1f} 600 600)"):
        for dx, dy, k in ((30, 36, 0.12), (18, 22, 0.14)):
            s.ellipse(600 + dx, 850 + dy, r, fill=BLACK, opacity=k)
            s.shape(
                [(575 + dx, 70 + dy), (640 + dx, 70 + dy), (640 + dx, 700), (575 + dx, 700)],
                BLACK,
                opacity=k,
                curved=False,
            )
        _lute_neck(s, r)
        _lute_body(s, r)
        for x in (591, 609):
            s.line([(x, 120), (x, 950)], "#F4EBD4", 2.6)
            s.line([(x + 3, 120), (x + 3, 950)], BLACK, 1.6, opacity=0.3)
    s.focus = (560, 800)


def _lute_neck(s: Studio, r: float) -> None:
    light, body, shade, line = tones_of(s)
    for side, y in ((-1, 118), (1, 152), (-1, 186), (1, 220)):
        peg = [(600, y), (600 + side * 50, y), (600 + side * 84, y - 4)]
        s.shape(tube(peg, 12, 22), mix(shade, line, 0.4), stroke=line, width=1.5)
        s.ellipse(
            600 + side * 90,
            y - 4,
            13,
            17,
            fill=s.ball(600 + side * 90, y - 4, 17, "#FFF8E6", "#E9DCC0", "#9A865E"),
            stroke=line,
            width=1.5,
        )
    head = [(574, 250), (574, 120), (560, 70), (600, 44), (640, 70), (626, 120), (626, 250)]
    s.shape(head, s.tones(560, 640), stroke=line)
    s.shape([(572, 240), (628, 240), (632, 700), (568, 700)], s.tones(568, 632), curved=False, stroke=line)
    for i in range(9):
        fret = 296 + i * 44 - i * i * 0.6
        s.shape(
            [(578, fret), (622, fret), (620, fret + 16), (580, fret + 16)],
            mix(body, light, 0.6),
            curved=False,
            stroke=line,
            width=1.5,
        )
        s.line([(578, fret - 1), (622, fret - 1)], "#F8F0DA", 5)
    for px, py in ring(600, 88, 20, 20, 8):
        petal(s, px, py, pi / 2, 10, 8, ("#FFFFFF", "#E7EFEA", "#9FB8B0", line))


def _lute_body(s: Studio, r: float) -> None:
    _light, body, shade, line = tones_of(s)
    s.ellipse(600, 850, r, fill=s.ball(600, 850, r, body, shade, line), stroke=line, width=3)
    s.ellipse(597, 846, r - 16, fill=s.ball(600, 850, r, "#FBEBC4", "#E2BE7E", "#B98A4A"), stroke=shade, width=2)
    with s.group(clip=oval(597, 846, r - 17, r - 17)):
        grain(s, lambda u, v: (600 - r + v, 850 - r + u), 2 * r, 2 * r, 24, "#9A6A30", opacity=0.35, wave=4)
        rose = r * 0.34
        s.ellipse(600, 800, rose + 12, fill=mix(shade, line, 0.35), stroke=line)
        with s.group(clip=oval(600, 800, rose, rose)):
            s.ellipse(600, 800, rose, fill=mix(shade, line, 0.6))
            s.marks(
                pattern(s.pattern, rose * 2, rose * 2, s.rng),
                flat(600 - rose, 800 - rose),
                Inks("#F4E3BE", "#D9C49A", "#A98A5A", "#E9C98A"),
            )
        s.path(oval(600, 800, rose + 5, rose + 5), stroke="#E9D9B0", width=2.5, more='stroke-dasharray="3 9"')
        s.fade(530, 740, 110, 80, WHITE, 0.5)
    s.path("M530 948h140l8 26h-156z", fill=mix(shade, line, 0.35), stroke=line)
    s.line([(530, 948), (670, 948)], "#F4E3BE", 3)


def zither(s: Studio) -> None:
    """The sixteen-stringed zither lying across the table, its bridges like flying geese."""
    light, body, shade, line = tones_of(s)
    s.shadow(600, 936, 470, 62)
    for x in (230, 930):
        s.shape(
            [(x, 850), (x + 60, 850), (x + 50, 962), (x + 8, 962)],
            mix(shade, line, 0.45),
            curved=False,
            stroke=line,
        )
    front = [
        (110, 840),
        (600, 812),
        (1090, 850),
        (1090, 850),
        (1080, 914),
        (1080, 914),
        (600, 880),
        (118, 908),
        (118, 908),
    ]
    top = [
        (210, 640),
        (210, 640),
        (600, 580),
        (1010, 664),
        (1010, 664),
        (1092, 852),
        (1092, 852),
        (600, 812),
        (110, 842),
        (110, 842),
    ]
    s.shape(
        front,
        s.linear([(0, mix(body, light, 0.4), 1), (0.5, body, 1), (1, shade, 1)], (110, 800), (1090, 900)),
        stroke=line,
    )
    with s.group(clip=smooth(front, closed=True)):
        s.marks(
            pattern(s.pattern, 940, 62, s.rng),
            lambda u, v: (126 + u, 846 + v - sin(pi * u / 940) * 32),
            Inks("#F4E7CC", "#C8E0D8", "#E6C8C0", "#FFFFFF"),
        )
    s.shape(
        top,
        s.linear([(0, "#F6E2B6", 1), (0.4, "#DDB878", 1), (1, "#A9783E", 1)], (250, 580), (980, 860)),
        stroke=line,
        width=2.5,
    )
    on = quad([(210, 640), (1010, 664), (1092, 852), (110, 842)], 1000, 240)

    def bowed(u: float, v: float) -> Point:
        x, y = on(u, v)
        return x, y - sin(pi * u / 1000) * (70 - v * 0.16)

    with s.group(clip=smooth(top, closed=True)):
        grain(s, bowed, 1000, 240, 18, "#8A5A26", opacity=0.35, wave=3)
        s.shape([bowed(0, 0), bowed(66, 0), bowed(66, 240), bowed(0, 240)], mix(shade, line, 0.3), curved=False)
        s.shape(
            [bowed(900, 0), bowed(1000, 0), bowed(1000, 240), bowed(900, 240)],
            mix(shade, line, 0.3),
            curved=False,
        )
        s.marks(
            pattern(s.pattern, 96, 230, s.rng),
            lambda u, v: bowed(902 + u, 5 + v),
            Inks("#F4E7CC", "#C8E0D8", "#D8B8C0", "#FFFFFF"),
        )
    _zither_strings(s, bowed)
    s.focus = (560, 720)


def _zither_strings(s: Studio, bowed: Surface) -> None:
    at = bowed
    for i in range(16):
        v = 14 + i * 14
        foot = at(250 + i * 32 + s.rng.uniform(-6, 6), v)
        x, y = foot
        high = 34 + i * 0.9
        s.line([at(60, v), (x, y - high), at(904, v)], "#F7F1DE", 1.7, curved=False)
        s.line([(x - 14, y + 5), (x + 26, y + 5)], BLACK, 5, opacity=0.2)
        s.shape(
            [
                (x - 15, y + 2),
                (x - 4, y - high),
                (x + 4, y - high),
                (x + 15, y + 2),
                (x + 6, y + 2),
                (x, y - 9),
                (x - 6, y + 2),
            ],
            mix(s.colour.shade, s.colour.line, 0.4),
            curved=False,
            stroke="#E9D2A0",
            width=1.2,
        )
        px, py = at(46, v)
        s.ellipse(px, py, 5, fill="#F1E6C8", stroke=s.colour.line, width=1)


def to_he(s: Studio) -> None:
    """Figures of coloured rice dough on bamboo sticks: a rose, a rooster, a little fish."""
    pot = Turned(s, [(760, 150), (800, 152), (920, 138), (920, 138), (936, 138)], tilt=0.2)
    pot.stand()
    pot.paint()
    pot.wear(0.2, 0.8)
    pot.shade(0.5)
    pot.mouth(12)
    s.ellipse(600, 762, 132, 25, fill="#E9D9A6", stroke="#A98B50")
    spots = [(392, 470, -0.2), (620, 290, 0.04), (838, 500, 0.22)]
    makers = [_dough_fish, _dough_rooster, _dough_rose]
    s.rng.shuffle(makers)
    for (x, y, lean), make in zip(spots, makers, strict=True):
        s.shape(
            tube([(600 + lean * 220, 768), (x - lean * 30, y + 70), (x, y)], 13, 8),
            s.linear([(0, "#E9CE8C", 1), (1, "#A57B38", 1)], (x - 6, 0), (x + 8, 0)),
            stroke="#6E4B1E",
            width=1.2,
        )
        with s.group(
            transform=f"translate({x} {y}) rotate({lean * 40:.1f}) scale({1.5 if make is _dough_rooster else 1.38})"
        ):
            make(s)
    s.focus = (620, 330)


def _dough(s: Studio, points: list[Point], colour: str) -> None:
    """A soft lump of dough with a light side and a shade."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x, y, r = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, max(max(xs) - min(xs), max(ys) - min(ys)) / 2
    s.shape(
        points,
        s.ball(x, y, r, mix(colour, WHITE, 0.5), colour, mix(colour, "#3A1226", 0.45)),
        stroke=mix(colour, "#2A0E1A", 0.45),
        width=1.3,
    )


def _dough_rose(s: Studio) -> None:
    for side in (-1, 1):
        _dough(s, [(0, 46), (side * 40, 20), (side * 92, 34), (side * 60, 62)], "#5E9A3E")
        s.line([(side * 12, 44), (side * 80, 36)], "#CFE39A", 2)
    for i, (r, n) in enumerate(((78, 7), (58, 6), (38, 5), (20, 3))):
        for k in range(n):
            a = 2 * pi * k / n + i * 0.5
            x, y = cos(a) * r * 0.62, sin(a) * r * 0.55 - 20
            _dough(s, ring(x, y, r * 0.52, r * 0.42, 8), mix("#D9264E", "#F7A8B4", i * 0.16))
    s.line(
        [(x * (1 - i / 14), y * (1 - i / 14) - 20) for i, (x, y) in enumerate(ring(0, 0, 18, 15, 12))],
        "#8E1232",
        3,
    )


def _dough_rooster(s: Studio) -> None:
    for i, colour in enumerate(("#1F7A5A", "#2B62B8", "#7A2E96", "#E0A21C", "#D5352B")):
        a = -0.35 - i * 0.3
        _dough(
            s,
            [
                (50, 0),
                (60 + 70 * cos(a), -10 + 70 * sin(a)),
                (30 + 125 * cos(a), 20 + 110 * sin(a)),
                (52 + 120 * cos(a), 50 + 110 * sin(a)),
                (56, 24),
            ],
            colour,
        )
    _dough(s, [(-80, -60), (-40, -70), (0, -10), (60, -10), (74, 30), (30, 72), (-40, 66), (-74, 10)], "#F0B428")
    _dough(s, [(-20, 6), (30, -10), (62, 16), (30, 46), (-10, 40)], "#D5352B")
    for k in range(3):
        s.line([(-4 + k * 8, 14 + k * 8), (26 + k * 6, 12 + k * 8), (48, 20 + k * 6)], "#FFE08A", 3)
    _dough(s, ring(-64, -70, 30, 28, 10), "#F0B428")
    for k in range(3):
        _dough(s, ring(-82 + k * 18, -104 + abs(k - 1) * 6, 11, 15, 8), "#D5352B")
    _dough(s, [(-92, -70), (-122, -62), (-92, -54)], "#E07A1C")
    _dough(s, ring(-84, -42, 9, 14, 8), "#D5352B")
    s.ellipse(-72, -76, 6, fill="#1A1210")
    s.ellipse(-74, -78, 2, fill=WHITE)


def _dough_fish(s: Studio) -> None:
    for a in (-0.5, 0.0, 0.5):
        _dough(s, [(56, 0), (110, -10 + a * 90), (134, 6 + a * 130), (106, 16 + a * 90)], "#F2A63A")
    _dough(s, [(-20, -40), (0, -84), (44, -60), (40, -30)], "#E25A2A")
    _dough(s, [(-100, 4), (-60, -44), (10, -48), (66, -10), (66, 12), (10, 48), (-60, 46)], "#E2452A")
    for row in range(4):
        for k in range(4):
            x, y = -30 + row * 24, -28 + k * 18 + (row % 2) * 8
            if abs(y) < 42 - row * 7:
                s.path(f"M{x} {y - 9}q14 9 0 18", stroke="#FFD27A", width=3)
    _dough(s, [(-30, 24), (6, 40), (-6, 70), (-36, 50)], "#F2A63A")
    s.ellipse(-72, -10, 13, fill="#FFF8E8", stroke="#5A1A10", width=1.5)
    s.ellipse(-74, -10, 6, fill="#151010")
    s.line([(-66, -34), (-50, 0), (-64, 34)], "#8E1D14", 3)


def bamboo_dragonfly(s: Studio) -> None:
    """A painted bamboo dragonfly balanced on its beak on a turned stand."""
    light, body, shade, line = tones_of(s)
    stand = Turned(s, [(640, 12), (700, 14), (840, 18), (870, 40), (896, 120), (896, 120), (930, 126)], tilt=0.22)
    with s.group():
        colour, s.colour = s.colour, s.again(0).colour
        stand.stand()
        stand.paint("#C79A58", "#5E3F18")
        stand.shade(0.5)
        s.colour = colour
    s.fade(640, 980, 300, 34, BLACK, 0.14)
    wings = Inks(mix(line, BLACK, 0.2), s.colour.accent, mix(body, WHITE, 0.5), "#F6C445")
    for turn, reach, wide in (
        (-0.42, 430, 118),
        (0.06, 400, 104),
        (pi + 0.42, 430, 118),
        (pi - 0.06, 400, 104),
    ):
        _wing(s, turn, reach, wide, wings)
    tail = [(600, 560), (604, 430), (590, 300), (600, 160)]
    for i in range(12):
        t = i / 11
        x, y = 601 - 6 * sin(t * 5), 520 - 360 * t
        r = 22 - 9 * t
        s.ellipse(
            x,
            y,
            r,
            20,
            fill=s.ball(x, y, r * 1.4, light, s.colour.accent if i % 3 == 0 else body, shade),
            stroke=line,
            width=1.5,
        )
    s.line(tail[:0] or [(600, 150), (592, 132)], line, 5)
    s.ellipse(600, 560, 46, 62, fill=s.ball(600, 560, 60, light, body, shade), stroke=line)
    for side in (-1, 1):
        s.ellipse(
            600 + side * 26,
            622,
            25,
            27,
            fill=s.ball(600 + side * 26, 622, 27, "#FFFFFF", s.colour.accent, mix(s.colour.accent, BLACK, 0.7)),
            stroke=line,
        )
    s.shape([(584, 634), (616, 634), (601, 658)], mix(body, line, 0.4), stroke=line)
    s.focus = (600, 520)


def _wing(s: Studio, turn: float, reach: float, wide: float, inks: Inks) -> None:
    """One shaved bamboo wing, lacquered and painted with the picture's pattern."""
    at = flat(600, 545, 1.0, turn)
    half = wide / 2
    edge = [
        at(0, -8),
        at(reach * 0.4, -half * 0.7),
        at(reach * 0.8, -half),
        at(reach, -half * 0.2),
        at(reach * 0.9, half * 0.7),
        at(reach * 0.4, half * 0.6),
        at(0, 8),
    ]
    light, body, shade, line = tones_of(s)
    s.shape(
        edge,
        s.linear(
            [(0, shade, 1), (0.3, body, 1), (0.75, mix(body, light, 0.7), 1), (1, s.colour.accent, 1)],
            at(0, 0),
            at(reach, 0),
        ),
        stroke=line,
        width=2.5,
    )
    with s.group(clip=smooth(edge, closed=True)):
        s.marks(pattern(s.pattern, reach * 0.72, wide, s.rng), lambda u, v: at(reach * 0.26 + u, v - half), inks)
        for k in range(5):
            s.line(
                [at(10, 0), at(reach * 0.5, (k - 2) * half * 0.3), at(reach, (k - 2) * half * 0.4)],
                line,
                1.4,
                opacity=0.4,
            )
    s.line([at(20, -6), at(reach * 0.45, -half * 0.6), at(reach * 0.85, -half * 0.8)], WHITE, 3, opacity=0.5)


KINDS: dict[str, Kind] = {
    "moon_lute": moon_lute,
    "zither": zither,
    "to_he": to_he,
    "bamboo_dragonfly": bamboo_dragonfly,
}
