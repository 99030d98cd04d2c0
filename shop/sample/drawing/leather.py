"""Leather: a pair of shoes, a satchel."""

from .draping import fold, stitches
from .kit import BLACK, WHITE, Kind, Point, Studio, quad, rounded, smooth
from .palettes import mix
from .patterns import pattern
from .turning import rod


def leather_shoes(s: Studio) -> None:
    """A pair of laced shoes, one a step behind the other."""
    grow = s.rng.uniform(0.96, 1.03)
    toe = s.rng.uniform(-14, 22)
    for x, y, k in ((150, -104, 0.84), (-40, 60, 1.0)):
        with s.group(transform=f"translate({x} {y}) translate(600 850) scale({k * grow:.3f}) translate(-600 -850)"):
            _shoe(s, toe)
    s.focus = (520, 800)


def _shoe(s: Studio, toe: float) -> None:
    """A derby seen from the side, toe to the left, sole at y = 880."""
    c = s.colour
    s.shadow(600, 884, 400, 40)
    sole = [
        (180, 846),
        (180, 846),
        (400, 850),
        (620, 850),
        (1010, 842),
        (1010, 842),
        (1014, 886),
        (1014, 886),
        (830, 888),
        (818, 872),
        (640, 866),
        (420, 888),
        (240, 888),
        (176, 872),
    ]
    s.shape(sole, s.linear([(0, "#6A4428", 1), (1, "#1E100A", 1)], (0, 840), (0, 890)), stroke="#140A06", width=2)
    upper = [
        (176, 848),
        (168, 810),
        (186, 764 + toe),
        (262, 726 + toe * 0.6),
        (380, 712),
        (500, 664),
        (630, 566),
        (700, 520),
        (700, 520),
        (820, 540),
        (960, 500),
        (960, 500),
        (1000, 600),
        (996, 740),
        (1010, 846),
        (1010, 846),
        (600, 856),
    ]
    d = smooth(upper, closed=True)
    paint = s.linear(
        [(0, mix(c.body, c.light, 0.35), 1), (0.45, c.body, 1), (1, mix(c.body, c.shade, 0.85), 1)],
        (420, 560),
        (640, 880),
    )
    s.path(d, fill=paint, stroke=mix(c.shade, c.line, 0.6), width=2.5)
    s.shape(
        [(700, 520), (700, 520), (820, 545), (960, 500), (960, 500), (900, 480), (800, 488)],
        mix(c.shade, c.line, 0.6),
    )
    with s.group(clip=d):
        _leather_light(s)
        _parts(s)
    _laces(s)
    s.line(
        [(186, 842), (420, 846), (640, 846), (1004, 838)],
        mix("#D8B080", c.body, 0.3),
        4,
        more='stroke-dasharray="8 5"',
    )


def _leather_light(s: Studio) -> None:
    c = s.colour
    s.fade(270, 765, 130, 46, WHITE, 0.62)
    s.fade(440, 730, 150, 34, WHITE, 0.3)
    s.fade(930, 640, 60, 110, WHITE, 0.38)
    s.fade(620, 860, 420, 60, c.line, 0.6)
    s.fade(1000, 780, 90, 150, c.line, 0.5)
    for x in (470, 505, 540):
        fold(s, [(x, 680 - (x - 470) * 0.4), (x - 14, 750), (x + 8, 810)], 15, 0.8)


def _parts(s: Studio) -> None:
    c = s.colour
    seam = mix(c.body, c.line, 0.6)
    cap = [(330, 696), (352, 770), (338, 856)]
    vamp = [(560, 620), (590, 700), (560, 780), (470, 856)]
    heel = [(800, 856), (850, 740), (890, 640), (880, 520)]
    for line in (cap, vamp, heel):
        s.line(line, BLACK, 5, opacity=0.35)
        s.line([(x - 3, y - 2) for x, y in line], c.light, 2, opacity=0.5)
        stitches(s, [(x + 9, y) for x, y in line], mix(seam, c.light, 0.5), 2.2)
    for k in range(6):
        s.ellipse(346 + (k % 2) * 2, 715 + k * 24, 4.5, fill=c.line, opacity=0.7)
    if s.pattern != "plain":
        s.marks(
            pattern(s.pattern, 190, 190, s.rng, scale=66),
            lambda u, v: (640 + u, 640 + v),
            s.inks(),
            opacity=0.35,
        )


def _laces(s: Studio) -> None:
    c = s.colour
    tone = mix(c.shade, c.line, 0.5)
    for i in range(5):
        x, y = 566 + i * 32, 634 - i * 25
        s.line([(x, y), (x + 24, y + 22), (x + 44, y + 50)], BLACK, 13, opacity=0.3)
        s.line([(x, y - 4), (x + 24, y + 18), (x + 44, y + 46)], mix(tone, c.light, 0.3), 9)
        s.ellipse(x + 46, y + 52, 8, fill="#C8963A", stroke=c.line, width=2)
    for bow in (
        [(712, 520), (660, 470), (630, 500), (700, 530)],
        [(712, 520), (770, 474), (796, 512), (716, 530)],
        [(712, 526), (690, 580), (664, 606)],
        [(716, 526), (750, 574), (770, 610)],
    ):
        s.line(bow, mix(tone, c.light, 0.3), 8)


def leather_bag(s: Studio) -> None:
    """A satchel with a flap, two buckles and a shoulder strap, its flap embossed."""
    c, wide, top = s.colour, s.rng.uniform(320, 350), s.rng.uniform(470, 505)
    s.shadow(620, 930, wide, 54)
    high = top - s.rng.uniform(230, 280)
    strap = [
        (600 - wide + 26, top + 60),
        (600 - wide * 0.8, top - 70),
        (600 - wide * 0.36, high + 16),
        (600 + 10, high),
        (600 + wide * 0.44, high + 30),
        (600 + wide * 0.86, top - 60),
        (600 + wide - 20, top + 60),
    ]
    rod(s, strap, 34)
    stitches(s, [(x, y - 9) for x, y in strap], mix(c.light, c.accent, 0.3), 2.2)
    body = rounded(600 - wide, top, wide * 2, 930 - top, 46)
    s.path(
        body,
        fill=s.linear(
            [
                (0, mix(c.body, c.light, 0.2), 1),
                (0.5, mix(c.body, c.shade, 0.25), 1),
                (1, mix(c.body, c.shade, 0.8), 1),
            ],
            (600 - wide, top),
            (600 + wide, 930),
        ),
        stroke=mix(c.shade, c.line, 0.6),
        width=2.5,
    )
    stitches(
        s,
        [
            (600 - wide + 18, top + 40),
            (600 - wide + 20, 850),
            (600 - wide + 60, 912),
            (600, 914),
            (600 + wide - 60, 912),
            (600 + wide - 20, 850),
            (600 + wide - 18, top + 40),
        ],
        mix(c.light, c.accent, 0.3),
        2.6,
    )
    _flap(s, wide, top)
    for x in (600 - wide * 0.5, 600 + wide * 0.5):
        _buckle(s, x, top)
    s.focus, s.closer = (600, top + 150), 1.14


def _flap(s: Studio, wide: float, top: float) -> None:
    c, low = s.colour, top + s.rng.uniform(255, 285)
    w = wide + 12
    flap: list[Point] = [
        (600 - w, top + 26),
        (600 - w + 26, top - 18),
        (600, top - 26),
        (600 + w - 26, top - 18),
        (600 + w, top + 26),
        (600 + w, low - 90),
        (600 + w - 90, low),
        (600, low + 14),
        (600 - w + 90, low),
        (600 - w, low - 90),
    ]
    d = smooth(flap, closed=True)
    for k in range(3):
        s.shape([(x + 3, y + 8 + k * 7) for x, y in flap], BLACK, opacity=0.13)
    s.path(
        d,
        fill=s.linear(
            [(0, mix(c.body, c.light, 0.5), 1), (0.35, c.body, 1), (1, mix(c.body, c.shade, 0.5), 1)],
            (600 - w * 0.5, top - 20),
            (600 + w * 0.6, low),
        ),
        stroke=mix(c.shade, c.line, 0.6),
        width=2.5,
    )
    with s.group(clip=d):
        size = low - top - 46
        on = quad(
            [
                (600 - size * 0.75, top + 8),
                (600 + size * 0.75, top + 8),
                (600 + size * 0.75, top + 8 + size),
                (600 - size * 0.75, top + 8 + size),
            ],
            size * 1.5,
            size,
        )
        s.marks(pattern(s.pattern, size * 1.5, size, s.rng), on, s.inks(), opacity=0.75)
        s.fade(600 - wide * 0.5, top + 30, wide * 0.7, 110, WHITE, 0.4)
        s.fade(600 + wide, low, wide * 0.7, 180, c.line, 0.45)
    inner = [(600 + (x - 600) * 0.955, top + 100 + (y - top - 100) * 0.92) for x, y in flap]
    s.path(
        smooth(inner, closed=True),
        stroke=mix(c.light, c.accent, 0.3),
        width=2.6,
        more='stroke-dasharray="9 7"',
    )


def _buckle(s: Studio, x: float, top: float) -> None:
    c = s.colour
    s.path(rounded(x - 22, top + 196, 52, 190, 20), fill=BLACK, opacity=0.25)
    s.path(
        rounded(x - 26, top + 186, 52, 190, 20),
        fill=s.linear([(0, mix(c.body, c.light, 0.5), 1), (1, mix(c.body, c.shade, 0.6), 1)], (x - 26, 0), (x + 26, 0)),
        stroke=mix(c.shade, c.line, 0.6),
        width=2,
    )
    stitches(s, [(x - 17, top + 196), (x - 17, top + 364)], c.light, 2)
    stitches(s, [(x + 17, top + 196), (x + 17, top + 364)], c.light, 2)
    s.path(
        rounded(x - 42, top + 262, 84, 64, 12),
        stroke=s.gold((x - 42, top + 262), (x + 42, top + 326)),
        width=12,
    )
    s.line([(x - 38, top + 294), (x + 8, top + 294)], "#FBE7A8", 8)
    for k in range(3):
        s.ellipse(x, top + 340 + k * 13, 3.4, fill=c.line)


KINDS: dict[str, Kind] = {"leather_shoes": leather_shoes, "leather_bag": leather_bag}
