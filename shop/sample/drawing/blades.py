"""The smith's work: kitchen knife and scissors."""

from math import cos, pi, sin

from .kit import BLACK, WHITE, Kind, Point, Studio, flat, poly, rounded, smooth
from .palettes import mix
from .patterns import pattern
from .turning import rod

STEEL = ("#FFFFFF", "#C4CACE", "#7E8990", "#3C454C")


def kitchen_knife(s: Studio) -> None:
    """A forged knife on a chopping board, some spring onion beside it."""
    s.setting = "flat"
    _board(s)
    deep = s.rng.uniform(118, 150)
    with s.group(transform=f"rotate({s.rng.uniform(-34, -24):.1f} 600 600)"):
        blade: list[Point] = [
            (90, 600),
            (90, 600),
            (300, 600 - deep * 0.48),
            (500, 600 - deep * 0.6),
            (735, 600 - deep * 0.6),
            (735, 600 - deep * 0.6),
            (735, 600 + deep * 0.52),
            (735, 600 + deep * 0.52),
            (480, 600 + deep * 0.58),
            (240, 600 + deep * 0.4),
        ]
        for k in range(3):
            s.shape([(x + 8 + k * 5, y + 12 + k * 6) for x, y in blade], BLACK, opacity=0.12)
        _blade(s, blade, deep)
        _grip(s, deep)
    _onions(s)
    s.focus = (480, 640)


def _board(s: Studio) -> None:
    for k in range(3):
        s.path(rounded(152 + k * 7, 192 + k * 9, 930, 850, 70), fill=s.colour.line, opacity=0.08)
    s.path(
        rounded(140, 175, 930, 850, 70),
        fill=s.linear([(0, "#E4BE8A", 1), (0.5, "#CFA06A", 1), (1, "#A97845", 1)], (140, 175), (1070, 1025)),
        stroke="#6E4A22",
        width=2.5,
    )
    with s.group(clip=rounded(140, 175, 930, 850, 70)):
        for i in range(22):
            y = 190 + i * 39 + s.rng.uniform(-8, 8)
            grain = [
                (130, y),
                (400, y + s.rng.uniform(-14, 14)),
                (760, y + s.rng.uniform(-14, 14)),
                (1080, y + s.rng.uniform(-8, 8)),
            ]
            s.line(grain, "#8A5A2C", s.rng.uniform(1.2, 3.4), opacity=0.3)
    s.ellipse(1000, 255, 30, fill="#7A5226")
    s.ellipse(1003, 259, 27, fill=mix(s.colour.ground, s.colour.line, 0.25))


def _blade(s: Studio, blade: list[Point], deep: float) -> None:
    light, body, shade, line = STEEL
    paint = s.linear(
        [
            (0, mix(shade, line, 0.4), 1),
            (0.4, shade, 1),
            (0.58, mix(body, light, 0.3), 1),
            (0.82, light, 1),
            (1, body, 1),
        ],
        (420, 600 - deep * 0.6),
        (420, 600 + deep * 0.58),
    )
    s.shape(blade, paint, stroke=line, width=2)
    with s.group(clip=smooth(blade, closed=True)):
        if s.pattern != "plain":
            s.marks(
                pattern(s.pattern, 420, deep * 0.8, s.rng, scale=60),
                flat(320, 600 - deep * 0.56),
                s.inks(),
                opacity=0.18,
            )
        temper = [(100 + i * 40, 600 + deep * (0.2 + 0.05 * sin(i * 1.3)) - max(0, 5 - i) * 7) for i in range(18)]
        s.line(temper, WHITE, 4, opacity=0.8)
        s.line([(x, y + 6) for x, y in temper], shade, 2, opacity=0.5)
        for x in (250, 420, 590):
            s.path(
                poly([(x, 480), (x + 60, 480), (x - 20, 720), (x - 80, 720)], closed=True),
                fill=WHITE,
                opacity=0.16,
            )
        for _ in range(40):
            spot = s.rng.uniform(300, 720), s.rng.uniform(600 - deep * 0.56, 600 - deep * 0.1)
            s.ellipse(*spot, s.rng.uniform(4, 12), s.rng.uniform(3, 7), fill=line, opacity=0.1)


def _grip(s: Studio, deep: float) -> None:
    c = s.colour
    wood = mix("#6B3F22", c.body, 0.35)
    rod(
        s,
        [
            (735, 600 - deep * 0.22),
            (860, 600 - deep * 0.24),
            (1010, 600 - deep * 0.16),
            (1120, 600 - deep * 0.2),
        ],
        deep * 0.5,
        deep * 0.58,
        body=wood,
        shade=mix(wood, BLACK, 0.65),
        light=mix(wood, WHITE, 0.5),
    )
    y = 600 - deep * 0.22
    s.path(
        f"M722 {y - deep * 0.32:.0f}h44v{deep * 0.64:.0f}h-44z",
        fill=s.gold((722, y - 30), (722, y + 34)),
        stroke="#4A2F0A",
        width=2,
    )
    for x in (830, 930, 1030):
        s.ellipse(x, y, 11, fill=s.ball(x, y, 11, "#FFF6D8", "#C8963A", "#5A3A0C"), stroke="#3A2408", width=1.5)
    for k in (-0.1, 0.08):
        s.line([(780, y + deep * k), (950, y + deep * (k + 0.03)), (1100, y + deep * k)], BLACK, 2, opacity=0.25)


def _onions(s: Studio) -> None:
    for i in range(9):
        x, y, r = s.rng.uniform(620, 960), s.rng.uniform(800, 950), s.rng.uniform(14, 22)
        s.ellipse(x + 4, y + 6, r, r * 0.8, fill=BLACK, opacity=0.2)
        s.ellipse(x, y, r, r * 0.8, fill="#DDEBB0", stroke="#5F8A3C", width=5, turn=i * 40)
        s.ellipse(x, y, r * 0.42, r * 0.32, stroke="#8DB85C", width=3)


def scissors(s: Studio) -> None:
    """Tailor's scissors, a little open, on a folded cloth with thread."""
    s.setting = "flat"
    _cloth_below(s)
    spread = s.rng.uniform(9, 13)
    for side in (-1, 1):
        with s.group(transform=f"rotate({-28 + side * spread:.1f} 600 610)"):
            _half(s, side)
    for r, paint in ((30, STEEL[3]), (26, s.ball(600, 610, 26, "#FFF6D8", "#C8963A", "#5A3A0C"))):
        s.ellipse(600, 610, r, fill=paint)
    s.line([(584, 600), (616, 620)], "#4A2F0A", 5)
    _spool(s, 905, 845)
    s.focus = (600, 600)


def _cloth_below(s: Studio) -> None:
    c = s.colour
    corners = [(130, 420), (760, 210), (1060, 860), (400, 1080)]
    for k in range(3):
        s.path(
            poly([(x + 10 + k * 6, y + 14 + k * 7) for x, y in corners], closed=True),
            fill=c.line,
            opacity=0.08,
        )
    tint = mix(c.accent, c.ground, 0.55)
    s.path(
        poly(corners, closed=True),
        fill=s.linear([(0, mix(tint, WHITE, 0.35), 1), (1, mix(tint, c.line, 0.18), 1)], (300, 250), (800, 1000)),
    )
    with s.group(clip=poly(corners, closed=True)):
        for i in range(60):
            s.line([(60 + i * 22, 180), (200 + i * 22, 1100)], mix(tint, c.line, 0.4), 1.4, opacity=0.18)
            s.line([(60, 160 + i * 18), (1140, -180 + i * 18 + 200)], WHITE, 1.4, opacity=0.2)
    s.path(
        poly([(150, 428), (756, 228), (1040, 852), (408, 1062)], closed=True),
        stroke=mix(tint, c.line, 0.5),
        width=3,
        more='stroke-dasharray="12 9"',
    )


def _half(s: Studio, side: int) -> None:
    """One blade and its ring, pointing up, the pivot at (600, 610)."""
    light, body, shade, line = STEEL
    blade: list[Point] = [
        (600 - side * 4, 120),
        (600 - side * 4, 120),
        (600 + side * 34, 300),
        (600 + side * 44, 600),
        (600 + side * 22, 690),
        (600 + side * 22, 690),
        (600 - side * 26, 680),
        (600 - side * 26, 680),
        (600 - side * 16, 420),
    ]
    for k in range(2):
        s.shape([(x + 8 + k * 5, y + 8 + k * 5) for x, y in blade], BLACK, opacity=0.13)
    tones = [(0, light, 1), (0.4, body, 1), (0.55, shade, 1), (1, mix(light, body, 0.4), 1)]
    s.shape(blade, s.linear(tones, (600 - side * 30, 0), (600 + side * 46, 0)), stroke=line, width=2)
    s.line([(600 + side * 2, 160), (600 + side * 16, 380), (600 + side * 20, 600)], WHITE, 3, opacity=0.85)
    c = s.colour
    tone = mix("#2C2A2C", c.body, 0.4)
    shank = [(600, 660), (600 - side * 22, 760), (600 - side * 64, 800)]
    rod(s, shank, 40, 32, body=tone, shade=BLACK, light=mix(tone, WHITE, 0.6))
    loop = [(600 - side * 92 + 78 * cos(a), 900 + 112 * sin(a)) for a in (i * pi / 10 - pi / 2 for i in range(21))]
    rod(s, loop, 34, body=tone, shade=BLACK, light=mix(tone, WHITE, 0.6))


def _spool(s: Studio, x: float, y: float) -> None:
    c = s.colour
    s.line([(x - 40, y + 70), (x - 150, y + 130), (x - 260, y + 90), (x - 330, y + 160)], c.accent, 4)
    s.fade(x + 20, y + 40, 110, 90, BLACK, 0.4)
    s.path(
        rounded(x - 58, y - 70, 116, 140, 14),
        fill=s.linear(
            [
                (0, mix(c.accent, BLACK, 0.3), 1),
                (0.3, mix(c.accent, WHITE, 0.45), 1),
                (1, mix(c.accent, BLACK, 0.5), 1),
            ],
            (x - 58, 0),
            (x + 58, 0),
        ),
    )
    for i in range(12):
        s.line(
            [(x - 57, y - 64 + i * 11), (x + 57, y - 59 + i * 11)],
            mix(c.accent, BLACK, 0.5),
            1.8,
            opacity=0.5,
        )
    for top in (y - 92, y + 66):
        s.path(
            rounded(x - 72, top, 144, 28, 12),
            fill=s.linear([(0, "#8A5833", 1), (0.35, "#E0B583", 1), (1, "#5A341C", 1)], (x - 72, 0), (x + 72, 0)),
            stroke="#3A1F10",
            width=2,
        )


KINDS: dict[str, Kind] = {"kitchen_knife": kitchen_knife, "scissors": scissors}
