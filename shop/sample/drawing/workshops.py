"""Visits to the workshops: the potter's wheel and the loom."""

from .kit import BLACK, WHITE, Kind, Studio, Surface, flat, poly, quad, rounded, tube
from .palettes import mix
from .patterns import pattern
from .pieces import WOOD, dressed, grain
from .staging import backdrop
from .turning import Turned


def pottery_class(s: Studio) -> None:
    """A potter's wheel with a vase growing on it, shelves of raw pots behind."""
    s.setting = "full"
    backdrop(s, "table")
    for y in (250, 480):
        s.fade(760, y + 34, 460, 40, BLACK, 0.2)
        s.path(
            rounded(470, y, 680, 20, 4),
            fill=s.linear([(0, WOOD[0], 1), (1, WOOD[2], 1)], (470, y), (470, y + 24)),
            stroke=WOOD[3],
        )
        for x in range(540, 1130, 115):
            _shelf_pot(s, float(x), float(y))
    _wheel(s)
    _clay_things(s)
    s.focus = (560, 640)


def _shelf_pot(s: Studio, x: float, y: float) -> None:
    r, h = s.rng.uniform(34, 46), s.rng.uniform(80, 150)
    waist = s.rng.uniform(0.4, 0.8)
    with dressed(s, s.rng.choice(("earth", "earth", "ivory", "celadon", "cobalt", "jade"))):
        pot = Turned(
            s, [(y - h, r * waist), (y - h * 0.86, r * waist * 0.9), (y - h * 0.5, r), (y - 4, r * 0.6)], x=x, tilt=0.12
        )
        pot.paint()
        for v in (0.3, 0.4):
            pot.hoop(v, s.colour.ink, 2.5, 0.7)
        pot.shade(0.5)
        pot.mouth(5)


def _wheel(s: Studio) -> None:
    s.shadow(540, 1010, 330, 64, 0.6)
    with dressed(s, "walnut"):
        drum = Turned(s, [(830, 320), (840, 330), (880, 300), (960, 250), (1020, 240)], x=540, tilt=0.2)
        drum.paint()
        for v in (0.2, 0.5, 0.8):
            drum.hoop(v, s.colour.line, 5, 0.5)
        drum.shade(0.2)
    s.ellipse(
        540,
        826,
        320,
        64,
        fill=s.linear([(0, "#D3C2A8", 1), (0.5, "#9C8468", 1), (1, "#5E4A36", 1)], (230, 780), (860, 880)),
        stroke="#3A2A1C",
    )
    for i in range(5):
        s.ellipse(540, 824, 300 - i * 34, 58 - i * 7, stroke="#F0E2CA", width=2.4, opacity=0.5)
    with dressed(s, "earth"):
        w = s.rng.uniform(0.92, 1.1)
        vase = Turned(
            s, [(410, 92 * w), (440, 80), (520, 92), (640, 168 * w), (740, 160 * w), (820, 110)], x=540, tilt=0.18
        )
        s.fade(570, 834, 190, 36, BLACK, 0.5)
        vase.paint("#C48A62", "#6E3E22")
        for i in range(26):
            vase.hoop(0.04 + i * 0.037, "#7E4A2A" if i % 2 else "#F0C9A4", 2.4, 0.32)
        vase.shade(0.75)
        vase.mouth(13)


def _clay_things(s: Studio) -> None:
    lump = [(880, 960), (890, 880), (950, 836), (1030, 850), (1070, 920), (1060, 980), (960, 1000)]
    s.shadow(980, 990, 120, 30, 0.5)
    s.shape(lump, s.ball(970, 910, 110, "#E9BE98", "#B4774E", "#5E321A"), stroke="#4A2612")
    with dressed(s, "cobalt"):
        bowl = Turned(s, [(1010, 96), (1050, 84), (1086, 52)], x=770, tilt=0.26)
        bowl.stand(0.5)
        bowl.paint()
        bowl.trim(0.1, 0.5, "lines")
        bowl.shade(0.8)
        bowl.mouth(7)
        s.ellipse(770, 1014, 84, 20, fill="#B9C9C6")
    for k, (x, y) in enumerate(((180, 1070), (220, 1090), (270, 1106))):
        s.line([(x + 6, y + 9), (x + 200, y - 21)], BLACK, 13, opacity=0.25)
        s.shape(
            tube([(x, y), (x + 110, y - 18), (x + 200, y - 32)], 15, 7 + k * 5),
            s.linear([(0, WOOD[0], 1), (1, WOOD[2], 1)], (x, y - 20), (x, y + 10)),
            stroke=WOOD[3],
            width=1.5,
        )


def weaving_class(s: Studio) -> None:
    """A wooden loom: stretched warp, cloth growing with its pattern, shuttle and reels of silk."""
    s.setting = "full"
    backdrop(s, "table")
    c = s.colour
    s.shadow(600, 1050, 430, 60, 0.5)
    for x in (190, 930):
        _beam(s, x, 150, 70, 900)
    on = quad([(270, 250), (920, 250), (960, 1010), (230, 1010)], 100, 100)
    for i in range(120):
        u = i * 100 / 119
        tone = mix(c.light, WHITE, 0.4) if i % 3 else c.body
        s.line([on(u, 0), on(u, 62)], mix(tone, BLACK, 0.3 if i % 2 else 0.0), 2.6, curved=False)
    for x, y, w in ((170, 180, 850), (170, 430, 850)):
        s.fade(x + w / 2, y + 70, w * 0.5, 40, BLACK, 0.3)
        s.path(
            rounded(x, y, w, 56, 14),
            fill=s.linear([(0, WOOD[0], 1), (0.5, WOOD[1], 1), (1, WOOD[2], 1)], (0, y), (0, y + 56)),
            stroke=WOOD[3],
            width=2.5,
        )
        grain(s, flat(x + 10, y + 4), w - 20, 48, 6, WOOD[3])
    _cloth(s, on)
    _shuttle(s, 690, 706)
    for x, tone in ((150, c.accent), (260, c.body), (1040, c.ink), (1110, c.accent)):
        reel(s, x, 1060 + (x % 7) * 4, tone)
    s.focus = (560, 720)


def _beam(s: Studio, x: float, y: float, w: float, h: float) -> None:
    s.path(
        rounded(x, y, w, h, 8),
        fill=s.linear([(0, WOOD[0], 1), (0.4, WOOD[1], 1), (1, WOOD[2], 1)], (x, 0), (x + w, 0)),
        stroke=WOOD[3],
        width=2.5,
    )
    grain(s, lambda u, v: (x + 4 + v, y + u), h, w - 8, 7, WOOD[3])


def _cloth(s: Studio, on: Surface) -> None:
    c = s.colour
    cloth = [on(0, 62), on(100, 62), on(100, 100), on(0, 100)]
    s.shape(
        cloth,
        s.linear(
            [(0, mix(c.body, c.light, 0.4), 1), (0.6, c.body, 1), (1, mix(c.body, c.shade, 0.6), 1)],
            (230, 700),
            (960, 1010),
        ),
        curved=False,
    )
    with s.group(clip=poly(cloth, closed=True)):
        s.marks(pattern(s.pattern, 720, 280, s.rng), lambda u, v: on(u / 7.2, 63 + v / 7.9), s.inks())
        for i in range(46):
            v = 62 + i * 38 / 45
            s.line([on(0, v), on(100, v)], c.line if i % 2 else WHITE, 1.3, opacity=0.16, curved=False)
    s.line([on(0, 62), on(100, 62)], c.accent, 6, curved=False)
    s.path(
        rounded(190, 990, 810, 60, 24),
        fill=s.linear([(0, WOOD[0], 1), (0.4, WOOD[1], 1), (1, WOOD[2], 1)], (0, 990), (0, 1050)),
        stroke=WOOD[3],
        width=2.5,
    )
    s.path(
        rounded(236, 984, 718, 40, 16),
        fill=s.linear([(0, mix(c.body, c.light, 0.5), 1), (1, c.shade, 1)], (0, 984), (0, 1024)),
        opacity=0.92,
    )


def _shuttle(s: Studio, x: float, y: float) -> None:
    s.fade(x + 6, y + 24, 190, 24, BLACK, 0.5)
    hull = [
        (x - 170, y),
        (x - 170, y),
        (x - 80, y - 32),
        (x + 80, y - 32),
        (x + 170, y),
        (x + 170, y),
        (x + 80, y + 30),
        (x - 80, y + 30),
    ]
    s.shape(
        hull,
        s.linear([(0, "#F0C48A", 1), (0.5, "#B9793C", 1), (1, "#6E3E16", 1)], (x, y - 32), (x, y + 32)),
        stroke=WOOD[3],
    )
    s.path(rounded(x - 82, y - 16, 164, 30, 14), fill="#3A200E")
    for i in range(24):
        s.line(
            [(x - 66 + i * 5.6, y - 12), (x - 62 + i * 5.6, y + 10)],
            mix(s.colour.accent, WHITE if i % 2 else BLACK, 0.22),
            5,
        )
    s.line([(x + 70, y), (x + 150, y - 30), (x + 240, y - 6)], s.colour.accent, 3)


def reel(s: Studio, x: float, y: float, tone: str) -> None:
    s.shadow(x, y + 22, 50, 16, 0.5)
    for dy in (-96, 16):
        s.ellipse(x, y + dy, 48, 14, fill=WOOD[1], stroke=WOOD[3])
        s.ellipse(
            x,
            y + dy - 5,
            48,
            14,
            fill=s.linear([(0, WOOD[0], 1), (1, WOOD[1], 1)], (x - 48, y), (x + 48, y)),
            stroke=WOOD[3],
            width=1.5,
        )
    s.path(
        f"M{x - 40} {y - 92}Q{x} {y - 78} {x + 40} {y - 92}V{y + 8}Q{x} {y + 22} {x - 40} {y + 8}Z",
        fill=s.linear(
            [
                (0, mix(tone, BLACK, 0.3), 1),
                (0.3, mix(tone, WHITE, 0.5), 1),
                (0.6, tone, 1),
                (1, mix(tone, BLACK, 0.5), 1),
            ],
            (x - 40, 0),
            (x + 40, 0),
        ),
    )
    for i in range(14):
        s.line(
            [(x - 40, y - 84 + i * 6.6), (x, y - 74 + i * 6.6), (x + 40, y - 86 + i * 6.6)],
            mix(tone, BLACK, 0.4),
            1.3,
            opacity=0.4,
        )


KINDS: dict[str, Kind] = {"pottery_class": pottery_class, "weaving_class": weaving_class}
