"""Figures carved of wood: the one in meditation and the horse."""

from math import cos, pi, sin

from .greenery import petal
from .kit import WHITE, Inks, Kind, Studio, flat, ring, rounded, smooth, tube
from .palettes import mix
from .patterns import pattern
from .pieces import grain, tones_of


def statue(s: Studio) -> None:
    """A seated figure in meditation on a lotus throne."""
    w = s.rng.uniform(0.94, 1.06)
    s.shadow(600, 946, 270 * w, 52)
    lotus_throne(s, w)
    seated_body(s)
    _calm_head(s)
    s.focus = (600, 440)


def seated_body(s: Studio) -> None:
    """Crossed legs, a robe over both shoulders, hands in the lap."""
    light, body, shade, line = tones_of(s)
    robe = s.linear([(0, mix(body, light, 0.55), 1), (0.45, body, 1), (1, shade, 1)], (400, 480), (800, 800))
    legs = [
        (600, 690),
        (470, 708),
        (368, 762),
        (352, 806),
        (420, 836),
        (600, 842),
        (780, 836),
        (848, 806),
        (832, 762),
        (730, 708),
    ]
    s.shape(legs, robe, stroke=line, width=2.5)
    for i in range(5):
        y = 738 + i * 20
        s.line(
            [(395 + i * 6, y + 30), (520, y + 4), (640, y + 14), (800 - i * 8, y + 34)],
            shade,
            4,
            opacity=0.55,
        )
        s.line([(395 + i * 6, y + 26), (520, y), (640, y + 10)], light, 2.5, opacity=0.6)
    torso = [
        (556, 428),
        (644, 428),
        (700, 462),
        (744, 560),
        (770, 690),
        (700, 742),
        (600, 752),
        (500, 742),
        (430, 690),
        (456, 560),
        (500, 462),
    ]
    s.shape(torso, robe, stroke=line, width=2.5)
    _robe_folds(s, light, shade)
    s.shape(
        [(510, 708), (600, 690), (690, 708), (660, 744), (600, 752), (540, 744)],
        mix(body, light, 0.45),
        stroke=line,
        width=2,
    )
    s.line([(528, 718), (600, 728), (672, 718)], shade, 3)


def _robe_folds(s: Studio, light: str, shade: str) -> None:
    chest = [(560, 436), (640, 436), (618, 540), (560, 650), (530, 520)]
    s.shape(chest, mix(s.colour.body, light, 0.6), stroke=shade, width=2)
    for i in range(7):
        x = 500 - i * 8
        s.line(
            [
                (548 + i * 3, 450 + i * 22),
                (x + 70, 560 + i * 18),
                (x + 150, 600 + i * 17),
                (690 + i * 6, 560 + i * 22),
            ],
            shade,
            4,
            opacity=0.5,
        )
        s.line(
            [(545 + i * 3, 448 + i * 22), (x + 66, 556 + i * 18), (x + 146, 596 + i * 17)],
            light,
            2.2,
            opacity=0.55,
        )
    for side in (-1, 1):
        s.line([(600 + side * 96, 486), (600 + side * 122, 650), (600 + side * 104, 700)], shade, 6, opacity=0.5)
    for px, py in ring(600, 520, 62, 92, 12)[1:6]:
        s.ellipse(px, py - 26, 8, fill=s.gold((px - 8, py - 34), (px + 8, py - 18)), stroke=shade, width=1)


def _calm_head(s: Studio) -> None:
    light, body, shade, line = tones_of(s)
    for side in (-1, 1):
        s.shape(
            [(600 + side * 70, 330), (600 + side * 92, 320), (600 + side * 90, 390), (600 + side * 72, 418)],
            body,
            stroke=line,
            width=2,
        )
    s.shape(
        [(532, 300), (600, 236), (668, 300), (676, 350), (650, 412), (600, 440), (550, 412), (524, 350)],
        s.ball(600, 340, 105, light, body, shade),
        stroke=line,
        width=2.5,
    )
    s.ellipse(600, 214, 40, 34, fill=s.ball(600, 214, 40, body, shade, line), stroke=line, width=2)
    s.shape(
        [(524, 334), (528, 262), (600, 222), (672, 262), (676, 334), (650, 292), (600, 276), (550, 292)],
        mix(shade, line, 0.4),
        stroke=line,
    )
    for row in range(4):
        for i in range(9 - row):
            x, y = 540 + i * 15 + row * 8, 286 - row * 17 - sin(pi * i / (8 - row)) * 16
            s.ellipse(x, y, 8, 7, fill=mix(shade, body, 0.35), stroke=line, width=1.2)
    for side in (-1, 1):
        x = 600 + side * 33
        s.line([(x - 22, 340), (x, 347), (x + 22, 340)], line, 3.5)
        s.line([(x - 25, 318), (x, 311), (x + 25, 318)], line, 2.5, opacity=0.7)
    s.line([(596, 320), (592, 366), (600, 374), (610, 368)], mix(shade, line, 0.3), 3)
    s.line([(578, 396), (600, 402), (622, 396)], line, 3)
    s.ellipse(600, 304, 6, fill=s.gold((594, 298), (606, 310)))


def lotus_throne(s: Studio, w: float) -> None:
    light, body, shade, line = tones_of(s)
    s.shape(
        [
            (390, 930),
            (390, 930),
            (420, 890),
            (780, 890),
            (810, 930),
            (810, 930),
            (780, 958),
            (600, 968),
            (420, 958),
        ],
        s.tones(390, 810),
        stroke=line,
    )
    for lift, size, tones in (
        (850, 96, (body, mix(body, shade, 0.6), shade, line)),
        (872, 88, (light, body, shade, line)),
    ):
        for i in range(-5, 6):
            x = 600 + i * 48 * w + (24 if size == 88 else 0)
            if abs(x - 600) < 270 * w:
                petal(
                    s,
                    x,
                    lift - 46 + 12 * cos((x - 600) / 190),
                    pi / 2 + (600 - x) / 700,
                    size,
                    62,
                    tones,
                    tip=0.1,
                )


def carved_horse(s: Studio) -> None:
    """A prancing horse carved of one piece, on its plinth."""
    light, body, shade, line = tones_of(s)
    plinth(s, 330, 880, 880, 70)
    coat = s.linear(
        [(0, light, 1), (0.3, mix(body, light, 0.3), 1), (0.6, body, 1), (1, shade, 1)],
        (430, 300),
        (720, 800),
    )
    far = mix(shade, body, 0.25)
    s.shape([(470, 640), (430, 720), (360, 700), (318, 764), (296, 756), (334, 668), (424, 640)], far, stroke=line)
    s.shape(
        [(742, 640), (800, 730), (772, 800), (786, 884), (820, 902), (752, 904), (742, 800), (690, 700)],
        far,
        stroke=line,
    )
    _tail(s)
    trunk = [
        (300, 372),
        (330, 330),
        (350, 270),
        (350, 270),
        (372, 300),
        (432, 318),
        (500, 400),
        (540, 478),
        (640, 500),
        (742, 492),
        (792, 530),
        (800, 600),
        (762, 680),
        (700, 742),
        (690, 800),
        (668, 850),
        (676, 890),
        (704, 906),
        (704, 906),
        (632, 906),
        (632, 906),
        (640, 850),
        (640, 790),
        (636, 716),
        (610, 676),
        (540, 690),
        (492, 690),
        (478, 760),
        (440, 820),
        (446, 880),
        (470, 906),
        (470, 906),
        (398, 906),
        (398, 906),
        (404, 830),
        (424, 760),
        (420, 680),
        (404, 600),
        (400, 520),
        (390, 462),
        (352, 452),
        (300, 470),
        (270, 462),
        (262, 436),
    ]
    s.shape(trunk, coat, stroke=line, width=3)
    with s.group(clip=smooth(trunk, closed=True)):
        s.fade(560, 700, 190, 70, line, 0.55)
        s.fade(730, 590, 90, 110, light, 0.5)
        s.fade(470, 560, 60, 110, light, 0.45)
        s.fade(800, 640, 70, 150, line, 0.4)
        grain(s, flat(260, 300), 560, 620, 20, line, opacity=0.16, wave=16)
    _horse_face(s)
    s.focus = (400, 420)


def plinth(s: Studio, left: float, right: float, y: float, h: float) -> None:
    """A moulded base seen from the front and a little above."""
    light, body, shade, line = tones_of(s)
    s.shadow((left + right) / 2, y + h + 18, (right - left) * 0.53, 44)
    s.shape(
        [(left + 34, y), (right - 34, y), (right, y + 44), (left, y + 44)],
        s.linear([(0, mix(body, light, 0.7), 1), (1, mix(body, shade, 0.2), 1)], (left, y), (right, y + 40)),
        curved=False,
        stroke=line,
    )
    s.path(rounded(left, y + 42, right - left, h - 22, 8), fill=s.tones(left, right), stroke=line)
    grain(s, flat(left + 8, y + 44), right - left - 16, h - 26, 7, line)
    s.line([(left + 6, y + 44), (right - 6, y + 44)], WHITE, 2.5, opacity=0.45)


def _horse_face(s: Studio) -> None:
    light, body, shade, line = tones_of(s)
    mane = mix(shade, line, 0.45)
    for i in range(15):
        t = i / 14
        x, y = 352 + 190 * t, 292 + 190 * t**1.25
        s.shape(
            tube(
                [
                    (x, y),
                    (x + 34, y - 26 + 20 * t),
                    (x + 62, y + 18),
                    (x + 60 + s.rng.uniform(-8, 16), y + 66),
                ],
                17,
                3,
            ),
            mane if i % 2 else mix(mane, body, 0.4),
            stroke=line,
            width=1.2,
        )
    s.shape([(346, 300), (340, 252), (368, 286)], body, stroke=line)
    s.ellipse(330, 366, 8, 6, fill=line)
    s.ellipse(328, 364, 2.4, fill=WHITE)
    s.ellipse(276, 440, 6, 5, fill=line)
    s.line([(268, 458), (292, 456), (306, 448)], line, 3)
    s.line([(392, 356), (398, 410), (376, 448)], shade, 4, opacity=0.8)
    rein = s.colour.accent
    for points in (
        [(302, 376), (322, 410), (316, 462)],
        [(316, 420), (392, 470), (480, 440)],
        [(348, 306), (372, 372), (370, 440)],
    ):
        s.line(points, rein, 6)
        s.line([(x - 1, y - 1.5) for x, y in points], light, 1.6, opacity=0.6)
    saddle = [(560, 486), (640, 492), (700, 486), (706, 650), (640, 622), (566, 596)]
    s.shape(saddle, rein, stroke=line, width=2.5)
    with s.group(clip=smooth(saddle, closed=True)):
        s.marks(
            pattern(s.pattern, 160, 140, s.rng),
            flat(556, 486),
            Inks("#F6DD9A", "#D9A441", "#B98232", "#F6DD9A"),
        )
        s.fade(600, 510, 70, 50, WHITE, 0.35)


def _tail(s: Studio) -> None:
    _, _body, shade, line = tones_of(s)
    for i in range(9):
        k = i * 9
        path = [
            (778, 530 + k / 4),
            (860 + k / 2, 500 + k),
            (912 - k / 3, 620 + k / 2),
            (880 + k / 2, 740 + k / 3),
            (900 - k, 800 + s.rng.uniform(0, 40)),
        ]
        s.shape(tube(path, 20, 3), mix(shade, line, 0.3 if i % 2 else 0.6), stroke=line, width=1)


KINDS: dict[str, Kind] = {"statue": statue, "carved_horse": carved_horse}
