"""Garments: áo dài, robe, shirt."""

from .draping import cloth, folds, hanger, peg_shadow, stitches
from .fields import FIELDS
from .kit import WHITE, Kind, Point, Studio, flat, oval, smooth, tube
from .palettes import mix
from .patterns import border, pattern
from .turning import rod


def ao_dai(s: Studio) -> None:
    """An áo dài on its hanger, flowers growing up the front panel."""
    s.setting = "wall"
    low, waist = s.rng.uniform(1035, 1065), s.rng.uniform(96, 106)
    hanger(s, 205, 150)
    _trousers(s)
    for side in (-1, 1):
        _long_sleeve(s, side)
    panel = [
        (600 - 148, 254),
        (600 - 148, 254),
        (560, 214),
        (640, 214),
        (748, 254),
        (748, 254),
        (728, 330),
        (600 + waist, 480),
        (600 + waist + 22, 590),
        (600 + 168, low),
        (600 + 168, low),
        (600, low + 22),
        (600 - 168, low),
        (600 - 168, low),
        (600 - waist - 22, 590),
        (600 - waist, 480),
        (472, 330),
    ]
    peg_shadow(s, smooth(panel, closed=True), 20, 18)
    clip = cloth(s, panel, name="plain")
    with s.group(clip=clip):
        name = s.pattern
        if name in FIELDS:
            s.marks(pattern(name, 420, 900, s.rng, scale=84), flat(390, 214), s.inks())
        else:
            s.marks(pattern(name, 340, 430, s.rng), flat(430, low - 455), s.inks())
            s.marks(pattern(name, 300, 160, s.rng, scale=128), flat(450, 300), s.inks(), opacity=0.8)
        s.marks(border("petals", 360, 30), flat(420, low - 26), s.inks())
    folds(
        s,
        clip,
        [[(600 + dx * 0.5, 500), (600 + dx * 0.8, 760), (600 + dx, low + 20)] for dx in (-105, -20, 70, 140)],
        44,
        0.85,
    )
    _bust_light(s, clip)
    _collar(s)
    s.focus = (600, 850)


def _trousers(s: Studio) -> None:
    for side in (-1, 1):
        leg = [
            (600 - side * 10, 600),
            (600 - side * 10, 600),
            (600 + side * 128, 600),
            (600 + side * 128, 600),
            (600 + side * 196, 1118),
            (600 + side * 196, 1118),
            (600 + side * 20, 1128),
            (600 + side * 20, 1128),
        ]
        s.path(
            smooth(leg, closed=True),
            fill=s.linear([(0, "#FBF8F1", 1), (1, "#CFC6B6", 1)], (480, 0), (800, 0)),
            stroke="#A89C86",
            width=2,
        )


def _long_sleeve(s: Studio, side: int) -> None:
    def put(points: list[Point]) -> list[Point]:
        return [(600 + side * x, y) for x, y in points]

    sleeve = put(
        [
            (146, 252),
            (146, 252),
            (176, 270),
            (222, 420),
            (262, 580),
            (298, 742),
            (298, 742),
            (240, 758),
            (240, 758),
            (196, 600),
            (158, 470),
            (126, 345),
        ]
    )
    peg_shadow(s, smooth(sleeve, closed=True), 16, 16)
    clip = cloth(s, sleeve, scale=128)
    folds(
        s,
        clip,
        [put([(165, 330), (205, 480), (262, 740)]), put([(130, 350), (175, 420), (230, 450)])],
        26,
        0.9,
    )
    with s.group(clip=clip):
        s.line(put([(236, 742), (300, 724)]), s.colour.accent, 7)


def _bust_light(s: Studio, clip: str) -> None:
    with s.group(clip=clip):
        s.fade(560, 350, 120, 130, WHITE, 0.25)
        s.fade(735, 500, 90, 260, s.colour.line, 0.4)
        s.fade(468, 500, 70, 220, s.colour.line, 0.25)


def _collar(s: Studio) -> None:
    c = s.colour
    stand = [
        (556, 222),
        (556, 222),
        (560, 172),
        (560, 172),
        (600, 180),
        (640, 172),
        (640, 172),
        (644, 222),
        (644, 222),
        (600, 236),
    ]
    s.path(smooth(stand, closed=True), fill=s.tones(552, 648), stroke=mix(c.shade, c.line, 0.5), width=2.2)
    s.ellipse(600, 175, 40, 9, fill=mix(c.shade, c.line, 0.5))
    s.line([(558, 190), (600, 200), (642, 190)], c.accent, 3)
    closing = [(604, 232), (650, 256), (706, 290), (724, 332)]
    s.line([(x + 1, y + 3) for x, y in closing], c.line, 3, opacity=0.4)
    s.line(closing, c.accent, 3.5)
    for x, y in ((608, 232), (662, 262), (712, 298)):
        s.ellipse(x, y, 8, 8, fill=s.ball(x, y, 8, WHITE, c.accent, c.line))


def robe(s: Studio) -> None:
    """A wide-sleeved robe spread on a lacquered pole."""
    s.setting = "wall"
    c, low = s.colour, s.rng.uniform(1000, 1040)
    rod(s, [(70, 262), (600, 254), (1130, 262)], 26, body="#8A241B", shade="#3E0A08", light="#F0A080")
    for x in (74, 1126):
        s.ellipse(x, 262, 19, 21, fill="#D6A746", stroke="#5A3C0C", width=2)
    outline = [
        (520, 214),
        (520, 214),
        (600, 240),
        (680, 214),
        (680, 214),
        (860, 250),
        (1070, 262),
        (1070, 262),
        (1082, 470),
        (1052, 590),
        (1052, 590),
        (900, 560),
        (802, 500),
        (802, 500),
        (822, 760),
        (858, low),
        (858, low),
        (600, low + 26),
        (342, low),
        (342, low),
        (378, 760),
        (398, 500),
        (398, 500),
        (300, 560),
        (148, 590),
        (148, 590),
        (118, 470),
        (130, 262),
        (130, 262),
        (340, 250),
    ]
    peg_shadow(s, smooth(outline, closed=True))
    clip = cloth(s, outline, scale=s.rng.uniform(150, 176))
    lines: list[list[Point]] = [
        [(600 + k * 130, 520), (600 + k * 160, 780), (600 + k * 175, low)] for k in (-1.15, -0.5, 0.55, 1.2)
    ]
    lines += [[(600 + side * 225, 300), (600 + side * 330, 420), (600 + side * 420, 580)] for side in (-1, 1)]
    folds(s, clip, lines, 52)
    with s.group(clip=clip):
        _robe_trim(s, low)
        s.fade(330, 300, 280, 120, WHITE, 0.3)
        s.fade(930, 520, 220, 170, c.line, 0.4)
    s.focus = (600, 470)


def _robe_trim(s: Studio, low: float) -> None:
    c = s.colour
    band = mix(c.accent, c.line, 0.15)
    for side in (-1, 1):
        s.path(
            smooth(
                tube(
                    [
                        (600 + side * 80, 210),
                        (600 + side * 30, 330),
                        (600 + side * 20, 640),
                        (600 + side * 20, low + 30),
                    ],
                    40,
                ),
                closed=True,
            ),
            fill=band,
            stroke=c.line,
            width=2,
        )
        s.path(
            smooth(
                tube([(600 + side * 474, 262), (600 + side * 480, 420), (600 + side * 448, 600)], 44),
                closed=True,
            ),
            fill=band,
            stroke=c.line,
            width=2,
        )
    s.marks(border("curls", 560, 62), flat(320, low - 66), s.inks())
    s.ellipse(600, 470, 126, 126, fill=c.body, stroke=band, width=9)
    s.ellipse(600, 470, 113, 113, stroke=c.ink, width=2.5)
    with s.group(clip=oval(600, 470, 112, 112)):
        s.marks(pattern(s.pattern, 200, 200, s.rng), flat(500, 370), s.inks())


def shirt(s: Studio) -> None:
    """A linen shirt with a stand collar, embroidered at the hem or patterned all over."""
    s.setting = "wall"
    c, low, wide = s.colour, s.rng.uniform(930, 970), s.rng.uniform(205, 222)
    hanger(s, 225, 185)
    for side in (-1, 1):
        sleeve = [
            (600 + side * x, y)
            for x, y in (
                (180, 262),
                (180, 262),
                (232, 290),
                (300, 440),
                (348, 590),
                (348, 590),
                (244, 630),
                (244, 630),
                (196, 480),
            )
        ]
        peg_shadow(s, smooth(sleeve, closed=True), 16, 18)
        clip = cloth(s, sleeve, name=s.pattern if s.pattern in FIELDS else "plain", scale=70)
        folds(s, clip, [[(600 + side * 215, 330), (600 + side * 250, 460), (600 + side * 300, 610)]], 34)
        stitches(s, [(600 + side * 238, 606), (600 + side * 340, 568)], c.accent)
    body = [
        (600 - 182, 262),
        (600 - 182, 262),
        (552, 226),
        (648, 226),
        (782, 262),
        (782, 262),
        (600 + wide, 480),
        (600 + wide + 8, low),
        (600 + wide + 8, low),
        (600, low + 18),
        (600 - wide - 8, low),
        (600 - wide - 8, low),
        (600 - wide, 480),
    ]
    peg_shadow(s, smooth(body, closed=True))
    clip = cloth(s, body, name=s.pattern if s.pattern in FIELDS else "plain", scale=70)
    with s.group(clip=clip):
        if s.pattern not in FIELDS:
            s.marks(pattern(s.pattern, 260, 300, s.rng), flat(600 - wide - 20, low - 330), s.inks())
    folds(
        s,
        clip,
        [[(600 + k, 420), (600 + k * 1.1, 700), (600 + k * 1.15, low)] for k in (-140, -60, 110, 170)],
        44,
    )
    _bust_light(s, clip)
    _placket(s, low)
    s.focus = (520, 700)


def _placket(s: Studio, low: float) -> None:
    c = s.colour
    s.path(f"M582 236h36v{low - 226:.0f}h-36z", fill=mix(c.body, c.light, 0.25), stroke=c.shade, width=2)
    stitches(s, [(587, 240), (587, low)], c.shade, 1.8)
    for i in range(6):
        y = 286 + i * (low - 340) / 5
        s.ellipse(600, y, 10, fill=s.ball(600, y, 10, WHITE, "#D8C6A0", "#7A5E38"), stroke=c.line, width=1.2)
    for side in (-1, 1):
        flap = [
            (600 + side * 4, 238),
            (600 + side * 4, 238),
            (600 + side * 52, 200),
            (600 + side * 64, 226),
            (600 + side * 46, 268),
            (600 + side * 46, 268),
        ]
        s.path(smooth(flap, closed=True), fill=s.tones(530, 670), stroke=mix(c.shade, c.line, 0.5), width=2.2)
    s.path(
        "M664 420h92v96l-46 22l-46 -22z",
        fill=mix(c.body, c.light, 0.18),
        stroke=mix(c.shade, c.line, 0.3),
        width=2.2,
    )
    stitches(s, [(668, 436), (752, 436)], c.accent)


KINDS: dict[str, Kind] = {
    "ao_dai": ao_dai,
    "robe": robe,
    "shirt": shirt,
}
