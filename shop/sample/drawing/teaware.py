"""Ceramics for tea, light and worship: teapot, tea set, lamp, incense burner."""

from .ceramics import lid
from .kit import WHITE, Kind, Point, Studio, oval
from .palettes import mix
from .turning import Turned, rod, steam


def teapot(s: Studio) -> None:
    """A teapot with spout, lid and either an ear or a bow of rattan."""
    belly = s.rng.uniform(255, 290)
    _pot(s, belly, s.rng.random() < 0.5)
    steam(s, 600 - belly * 1.62, 500, 190, 0.4)
    s.focus, s.closer = (610, 690), 1.13


def _pot(s: Studio, belly: float, bow: bool) -> None:
    top, neck = s.rng.uniform(500, 530), belly * s.rng.uniform(0.44, 0.52)
    body = Turned(
        s,
        [
            (top, neck),
            (top + 26, neck * 1.05),
            (top + 80, belly * 0.82),
            (top + 190, belly),
            (850, belly * 0.86),
            (910, belly * 0.6),
            (940, belly * 0.58),
            (940, belly * 0.58),
        ],
        tilt=0.17,
    )
    body.stand()
    _spout(s, belly, top)
    if not bow:
        ear = [
            (600 + belly * 0.84, top + 80),
            (600 + belly * 1.25, top + 30),
            (600 + belly * 1.52, top + 130),
            (600 + belly * 1.3, top + 260),
            (600 + belly * 0.9, top + 300),
        ]
        rod(s, ear, 40, 32)
    body.paint()
    body.trim(0.06, 0.16, s.rng.choice(("petals", "curls", "fret")))
    body.wear(0.2, 0.86)
    body.hoop(0.9, s.inks().ink, 3)
    body.hoop(0.97, s.inks().ink, 4)
    body.shade(glint_at=(0.2, 0.52))
    lid(s, 600, top + 4, neck * 1.02, neck * 0.62)
    if bow:
        _bow(s, belly, top)


def _spout(s: Studio, belly: float, top: float) -> None:
    c = s.colour
    line: list[Point] = [
        (600 - belly * 0.72, top + 270),
        (600 - belly * 1.12, top + 220),
        (600 - belly * 1.3, top + 110),
        (600 - belly * 1.62, top + 10),
    ]
    rod(s, line, 112, 40)
    x, y = line[-1]
    s.ellipse(x - 4, y + 1, 22, 11, fill=mix(c.shade, c.line, 0.6), stroke=c.body, width=6, turn=-32)


def _bow(s: Studio, belly: float, top: float) -> None:
    """The overhead handle of wound rattan."""
    high = s.rng.uniform(250, 300)
    curve = [
        (600 - belly * 0.62, top + 66),
        (600 - belly * 0.72, top - high * 0.55),
        (600, top - high),
        (600 + belly * 0.72, top - high * 0.55),
        (600 + belly * 0.62, top + 66),
    ]
    rod(s, curve, 27, body="#B98A4A", shade="#6A4318", light="#F0D9A4")
    for i in range(-11, 12):
        x = 600 + i * belly * 0.045
        y = top - high + (i / 11) ** 2 * high * 0.13
        s.line([(x - 5, y - 13), (x + 3, y + 13)], "#6A4318", 2.4, opacity=0.75)
    for side in (-1, 1):
        s.ellipse(
            600 + side * belly * 0.62,
            top + 66,
            17,
            17,
            fill=s.colour.body,
            stroke=mix(s.colour.shade, s.colour.line, 0.4),
            width=2.5,
        )
        s.ellipse(600 + side * belly * 0.62 - 4, top + 61, 6, 5, fill=WHITE, opacity=0.8)


def tea_set(s: Studio) -> None:
    """A pot and three cups on a round wooden tray."""
    tray = Turned(s, [(838, 455), (848, 462), (892, 455), (905, 440), (905, 440)], tilt=0.3)
    s.shadow(620, 960, 470, 120)
    tray.paint("#6E4327", "#2C160A")
    tray.shade(0.1)
    s.ellipse(600, 838, 455, 136, fill="#8A5833", stroke="#3A1F10", width=3)
    s.ellipse(
        600,
        844,
        432,
        124,
        fill=s.linear([(0, "#5A351C", 1), (0.5, "#84532F", 1), (1, "#A06C40", 1)], (200, 760), (1000, 930)),
    )
    with s.group(clip=oval(600, 844, 432, 124)):
        for i in range(9):
            s.line(
                [(150, 735 + i * 27), (600, 748 + i * 27 + s.rng.uniform(-8, 8)), (1050, 735 + i * 27)],
                "#43240F",
                2.2,
                opacity=0.3,
            )
    with s.group(transform="translate(110 86) scale(.77)"):
        _pot(s, s.rng.uniform(250, 280), s.rng.random() < 0.6)
    for x, y in ((300, 868), (455, 915), (860, 890)):
        _small_cup(s, x + s.rng.uniform(-8, 8), y)
    s.focus, s.closer = (560, 760), 1.1


def _small_cup(s: Studio, x: float, foot: float) -> None:
    r = 72.0
    body = Turned(
        s,
        [
            (foot - 92, r),
            (foot - 60, r * 0.96),
            (foot - 22, r * 0.66),
            (foot - 6, r * 0.42),
            (foot, r * 0.44),
            (foot, r * 0.44),
        ],
        x=x,
        tilt=0.27,
    )
    s.shadow(x, foot + 6, r * 0.75, 16, 0.5)
    body.paint()
    body.wear(0.14, 0.8)
    body.hoop(0.06, s.inks().ink, 2.5)
    body.shade(glint_at=(0.15, 0.5))
    body.inside(5, 0.5)
    s.ellipse(x, foot - 87, r * 0.86, r * 0.2, fill="#A8792E", opacity=0.85)
    s.ellipse(x - 14, foot - 91, r * 0.4, r * 0.06, fill=WHITE, opacity=0.35)


def ceramic_lamp(s: Studio) -> None:
    """A lamp: a painted vase for a foot, a shade of raw silk, lit."""
    c, belly, wide = s.colour, s.rng.uniform(165, 200), s.rng.uniform(275, 315)
    s.fade(600, 380, 560, 460, "#FFE3A6", 0.5)
    foot = Turned(
        s,
        [
            (520, 34),
            (560, 36),
            (600, belly * 0.6),
            (700, belly),
            (810, belly * 0.84),
            (885, belly * 0.52),
            (910, belly * 0.55),
            (910, belly * 0.55),
        ],
    )
    foot.stand()
    base = Turned(s, [(908, belly * 0.66), (915, belly * 0.72), (945, belly * 0.76), (945, belly * 0.76)])
    base.paint("#5A341C", "#241007")
    base.shade(0.3)
    foot.paint()
    foot.trim(0.24, 0.32, "petals")
    foot.wear(0.34, 0.86)
    foot.hoop(0.92, s.inks().ink, 3)
    foot.shade(glint_at=(0.34, 0.62))
    rod(s, [(600, 440), (600, 522)], 22, body="#C8963A", shade="#7A5214", light="#FBE7A8")
    _shade_of_silk(s, wide, c.accent)
    s.fade(600, 540, 330, 70, "#FFE9B8", 0.55)
    s.focus = (600, 720)


def _shade_of_silk(s: Studio, wide: float, trim: str) -> None:
    top = s.rng.uniform(150, 185)
    silk = Turned(
        s,
        [(top, wide * s.rng.uniform(0.5, 0.62)), (top + 170, wide * 0.8), (500, wide), (500, wide)],
        tilt=0.1,
    )
    glow = [(0, "#F2DDB4", 1.0), (0.45, "#FFF6DC", 1.0), (0.75, "#FFE8B4", 1.0), (1, "#E3BE82", 1.0)]
    silk.paint(s.linear(glow, (600 - wide, 300), (600 + wide, 420)), "#B08A50")
    for i in range(-11, 12):
        s.line([silk.at(i / 12, v / 6) for v in range(7)], "#C79F62", 1.6, opacity=0.4)
    s.fade(600, 410, wide * 0.7, 150, "#FFFFFF", 0.7)
    s.ellipse(600, top, silk.top[1], silk.top[1] * 0.1, fill="#FFF3CF", stroke="#B08A50", width=2.5)
    silk.hoop(0.985, trim, 9)
    silk.hoop(0.03, trim, 7)


def incense_burner(s: Studio) -> None:
    """A three-footed censer with two handles, sticks burning in it."""
    c, wide, top = s.colour, s.rng.uniform(255, 290), s.rng.uniform(525, 560)
    s.shadow(600, 935, wide, 54)
    for x, low in ((600, 905), (600 - wide * 0.6, 935), (600 + wide * 0.6, 935)):
        leg = Turned(s, [(790, 66), (840, 58), (890, 36), (low - 14, 40), (low, 50), (low, 50)], x=x)
        leg.paint()
        leg.shade(0.7)
    for side in (-1, 1):
        ear = [
            (600 + side * wide * 0.82, top + 70),
            (600 + side * wide * 1.16, top + 30),
            (600 + side * wide * 1.22, top - 70),
            (600 + side * wide * 1.1, top - 110),
        ]
        rod(s, ear, 44, 34)
    body = Turned(
        s,
        [
            (top, wide * 0.98),
            (top + 34, wide * 0.98),
            (top + 34, wide * 0.98),
            (top + 62, wide * 0.86),
            (top + 150, wide),
            (830, wide * 0.86),
            (880, wide * 0.5),
            (880, wide * 0.5),
        ],
        tilt=0.2,
    )
    body.paint()
    body.trim(0.02, 0.1, "fret")
    body.wear(0.22, 0.76)
    body.trim(0.8, 0.93, "petals")
    body.hoop(0.16, s.inks().ink, 3)
    body.shade(glint_at=(0.24, 0.5))
    body.inside(20, 0.6)
    s.ellipse(600, top + 12, wide * 0.88, wide * 0.13, fill="#B9AB95")
    s.ellipse(590, top + 8, wide * 0.7, wide * 0.08, fill="#D5CAB6", opacity=0.8)
    _sticks(s, top)
    body.hoop(0.0, mix(c.body, c.light, 0.6), 5)
    s.focus, s.closer = (600, 700), 1.1


def _sticks(s: Studio, top: float) -> None:
    for i in range(3):
        x, high = 560 + i * 40, s.rng.uniform(300, 350)
        lean = (i - 1) * 18 + s.rng.uniform(-6, 6)
        s.line([(x, top + 10), (x + lean, top - high)], "#8E2F24", 7)
        s.line([(x, top + 10), (x + lean * 0.45, top - high * 0.45)], "#D9B36A", 6)
        s.ellipse(x + lean, top - high, 7, 8, fill="#FF9A4A")
    steam(s, 600, top - 330, 190, 0.5)


KINDS: dict[str, Kind] = {
    "teapot": teapot,
    "tea_set": tea_set,
    "ceramic_lamp": ceramic_lamp,
    "incense_burner": incense_burner,
}
