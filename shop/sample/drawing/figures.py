"""Two carved figures that are known by what they wear and hold: the novice with his book, Quan Âm with her vase."""

from .greenery import leaf
from .kit import WHITE, Kind, Studio, ring, smooth
from .palettes import mix
from .pieces import tones_of
from .statues import lotus_throne, plinth, seated_body


def novice(s: Studio) -> None:
    """A shaven little monk bent over an open book, lips pressed on a smile."""
    light, body, shade, line = tones_of(s)
    plinth(s, 330, 870, 872, 62)
    robe = s.linear([(0, mix(body, light, 0.5), 1), (0.5, body, 1), (1, shade, 1)], (420, 480), (800, 880))
    legs = [(600, 716), (470, 730), (376, 790), (356, 850), (420, 884), (600, 892), (780, 884), (844, 850), (824, 790)]
    s.shape([*legs, (730, 730)], robe, stroke=line, width=2.5)
    for i in range(4):
        s.line(
            [(400 + i * 8, 836 + i * 12), (520, 800 + i * 16), (680, 800 + i * 16), (800 - i * 8, 836 + i * 12)],
            shade,
            4,
        )
    torso = [(540, 520), (660, 520), (730, 570), (776, 690), (760, 780), (600, 800), (440, 780), (424, 690), (470, 570)]
    s.shape(torso, robe, stroke=line, width=2.5)
    s.shape([(556, 520), (644, 520), (616, 590), (600, 624), (580, 590)], mix(body, light, 0.6), stroke=shade, width=2)
    for side in (-1, 1):
        sleeve = [(600 + side * k, y) for k, y in ((118, 570), (172, 660), (176, 752), (112, 764), (84, 690))]
        s.shape(sleeve, robe, stroke=line, width=2)
        for i in range(3):
            s.line(
                [(600 + side * (130 + i * 14), 620 + i * 24), (600 + side * (112 + i * 14), 744)],
                shade,
                3.5,
                opacity=0.6,
            )
    _bowed_head(s)
    _open_book(s)
    s.focus = (600, 470)


def _bowed_head(s: Studio) -> None:
    light, body, shade, line = tones_of(s)
    for side in (-1, 1):
        s.ellipse(600 + side * 142, 404, 26, 40, fill=body, stroke=line, turn=side * 10)
        s.ellipse(600 + side * 142, 406, 12, 22, fill=shade, opacity=0.6, turn=side * 10)
    skull = [(600, 236), (700, 268), (746, 360), (726, 456), (664, 526), (600, 542), (536, 526), (474, 456), (454, 360)]
    s.shape([*skull, (500, 268)], s.ball(600, 380, 168, light, body, shade), stroke=line, width=2.5)
    s.fade(560, 300, 90, 52, WHITE, 0.42)
    for side in (-1, 1):
        x = 600 + side * 58
        s.line([(x - 32, 428), (x, 444), (x + 32, 428)], line, 5)
        s.line([(x - 30, 392), (x, 384), (x + 28, 394)], line, 3, opacity=0.7)
        s.fade(600 + side * 84, 474, 40, 26, "#B4452E", 0.35)
    s.line([(600, 430), (592, 462), (604, 468)], mix(shade, line, 0.4), 3.5)
    s.line([(566, 492), (600, 506), (634, 492)], line, 4)


def _open_book(s: Studio) -> None:
    _light, body, shade, line = tones_of(s)
    paper = "#F4E8CC"
    for side in (-1, 1):
        page = [
            (600, 700),
            (600 + side * 74, 668),
            (600 + side * 164, 690),
            (600 + side * 176, 806),
            (600 + side * 80, 790),
        ]
        s.shape([(x, y + 12) for x, y in [*page, (600, 822)]], mix(shade, line, 0.4), stroke=line, curved=False)
        s.shape([*page, (600, 816)], paper, stroke=line, width=2, curved=False)
        for i in range(5):
            y = 712 + i * 18
            s.line(
                [(600 + side * 22, y + 8), (600 + side * 78, y - 10), (600 + side * 148, y + 4)], line, 3, opacity=0.55
            )
        s.ellipse(
            600 + side * 172, 768, 30, 40, fill=s.ball(600 + side * 172, 768, 40, paper, body, shade), stroke=line
        )
    s.line([(600, 700), (600, 816)], line, 3)


def quan_am(s: Studio) -> None:
    """Quan Âm seated on the lotus: a veil over the crowned hair, a halo, the vase with its willow twig."""
    light, body, shade, line = tones_of(s)
    w = s.rng.uniform(0.96, 1.04)
    s.shadow(600, 946, 270 * w, 52)
    s.ellipse(600, 330, 214, fill=s.gold((400, 130), (800, 540)), stroke=line, width=2)
    s.ellipse(600, 330, 186, fill=mix(body, light, 0.75), stroke=shade, width=2)
    for x, y in ring(600, 330, 200, 200, 36):
        s.ellipse(x, y, 5, fill=light)
    lotus_throne(s, w)
    seated_body(s)
    veil = s.linear(
        [(0, light, 1), (0.5, mix(body, light, 0.55), 1), (1, mix(body, shade, 0.5), 1)], (440, 200), (780, 760)
    )
    for side in (-1, 1):
        fall = [
            (34, 214),
            (104, 262),
            (122, 360),
            (150, 470),
            (196, 580),
            (214, 700),
            (150, 716),
            (112, 590),
            (78, 450),
            (66, 330),
        ]
        s.shape([(600 + side * x, y) for x, y in fall], veil, stroke=line, width=2.2)
        for i in range(3):
            s.line(
                [
                    (600 + side * (96 + i * 10), 330 + i * 30),
                    (600 + side * (124 + i * 18), 520),
                    (600 + side * (158 + i * 16), 690),
                ],
                shade,
                3,
                opacity=0.6,
            )
    _kind_face(s)
    _vase(s)
    s.focus = (600, 400)


def _kind_face(s: Studio) -> None:
    light, body, shade, line = tones_of(s)
    face = [(536, 320), (560, 266), (600, 250), (640, 266), (664, 320), (654, 392), (600, 438), (546, 392)]
    s.shape(
        [(520, 340), (536, 232), (600, 190), (664, 232), (680, 340), (640, 290), (600, 276), (560, 290)],
        mix(shade, line, 0.5),
        stroke=line,
    )
    s.shape(
        face,
        s.ball(600, 336, 130, mix(light, WHITE, 0.5), mix(body, light, 0.75), mix(body, shade, 0.3)),
        stroke=line,
        width=2.2,
    )
    s.shape(
        [(528, 330), (560, 262), (600, 246), (640, 262), (672, 330), (636, 290), (600, 278), (564, 290)],
        mix(shade, line, 0.5),
        stroke=line,
    )
    gold = s.gold((530, 140), (670, 270))
    for dx, high in ((-44, 196), (44, 196), (0, 150)):
        s.shape(
            [(600 + dx, high), (600 + dx + 26, 236), (600 + dx, 258), (600 + dx - 26, 236)],
            gold,
            stroke=line,
            width=1.8,
        )
        s.ellipse(600 + dx, 230, 9, fill="#B4312A", stroke=line, width=1)
    for side in (-1, 1):
        x = 600 + side * 30
        s.line([(x - 19, 340), (x, 347), (x + 19, 340)], line, 3.2)
        s.line([(x - 21, 322), (x, 314), (x + 21, 322)], line, 2.2, opacity=0.7)
        s.shape(
            [(600 + side * 70, 372), (600 + side * 78, 392), (600 + side * 70, 412), (600 + side * 62, 392)],
            gold,
            stroke=line,
            width=1,
        )
    s.line([(600, 336), (595, 366), (605, 370)], mix(shade, line, 0.4), 2.6)
    s.shape([(582, 392), (600, 387), (618, 392), (600, 402)], "#B4453A")
    s.ellipse(600, 302, 6, fill="#B4312A")
    for k in range(-4, 5):
        s.ellipse(600 + 62 * k / 4, 486 + 26 * (1 - (k / 4) ** 2), 8, fill=gold, stroke=shade, width=1)


def _vase(s: Studio) -> None:
    """A small pale flask in her lap, a willow twig leaning out of it."""
    line = s.colour.line
    outline = [
        (584, 610),
        (616, 610),
        (616, 640),
        (646, 676),
        (640, 722),
        (618, 744),
        (582, 744),
        (560, 722),
        (554, 676),
        (584, 640),
    ]
    for start, end in (((600, 610), (690, 520)), ((604, 606), (724, 560)), ((600, 610), (640, 490))):
        leaf(s, start, end, 22, bend=0.2, veins=3)
    s.shape(outline, s.ball(600, 680, 62, WHITE, "#E6EEE6", "#8FA79A"), stroke=line, width=2)
    s.ellipse(600, 610, 20, 6, fill="#5E7A6E", stroke=line)
    s.path(smooth([(580, 660), (574, 690), (580, 716)]), stroke=WHITE, width=6, opacity=0.8)


KINDS: dict[str, Kind] = {"novice": novice, "quan_am": quan_am}
