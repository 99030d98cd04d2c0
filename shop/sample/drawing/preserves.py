"""What keeps in jars and bottles: honey, jam, soy sauce, braised fish, balm, oil, powders."""

from math import cos, pi, sin

from .greenery import GREEN, blossom, leaf
from .kit import BLACK, WHITE, Kind, Point, Studio, tube
from .palettes import mix
from .pieces import STRAW, Tones, cord, dressed, glass, tag, tones_of
from .servings import close_jar, filled_jar, label, nearer, scatter
from .turning import Turned

HONEY: Tones = ("#FFD873", "#E0921E", "#9A4E08", "#4A2002")


def honey_jar(s: Studio) -> None:
    """A jar of honey lit through, cloth lid and string, a dipper with a falling thread of honey."""
    sort = s.rng.choice(
        (HONEY, ("#FFE9A0", "#EDB43C", "#B4761A", "#5E3606"), ("#F5A94A", "#B4601A", "#6A2C08", "#301002"))
    )
    h = s.rng.uniform(440, 480)
    jar = filled_jar(s, 560, 915, s.rng.uniform(205, 228), h, sort)
    label(s, jar, 0.52, 0.84, 0.46)
    close_jar(s, jar, "cloth")
    _dipper(s, 900, 930, sort)
    tag(s, 400, 640, 42, 0.3)
    s.focus = (560, 690)


def _dipper(s: Studio, x: float, y: float, honey: Tones) -> None:
    s.shadow(x - 6, y + 16, 130, 30, 0.5)
    pool = [
        (x - 120, y + 12),
        (x - 60, y - 14),
        (x + 50, y - 10),
        (x + 104, y + 14),
        (x + 30, y + 34),
        (x - 80, y + 34),
    ]
    s.shape(
        pool,
        s.linear([(0, honey[0], 1), (0.6, honey[1], 1), (1, honey[2], 1)], (x - 100, y - 10), (x + 100, y + 30)),
        stroke=honey[2],
        width=1.5,
    )
    s.shape(
        tube([(x, y - 30), (x + 40, y - 180), (x + 92, y - 380)], 17, 22),
        s.linear([(0, "#E9C48A", 1), (1, "#8A5A28", 1)], (x + 20, 0), (x + 90, 30)),
        stroke="#5A3A18",
    )
    for i in range(6):
        w = 34 + 20 * sin(pi * (i + 0.8) / 6.4)
        px, py = x - 4 + i * 5, y - 8 - i * 19
        s.ellipse(
            px,
            py,
            w,
            12,
            fill=s.ball(px, py, w, "#F6DCA8", "#C9984E", "#6E451A"),
            stroke="#5A3A18",
            width=1.5,
            turn=-14,
        )
    s.shape(
        [(x - 40, y - 40), (x + 30, y - 70), (x + 50, y - 30), (x + 34, y + 10), (x, y + 16), (x - 30, y)],
        honey[1],
        opacity=0.6,
    )
    s.line([(x - 26, y - 34), (x - 20, y - 6)], WHITE, 6, opacity=0.7)
    s.ellipse(x - 60, y + 4, 26, 5, fill=WHITE, opacity=0.7)


def jam_jar(s: Studio) -> None:
    """Two jars of fruit preserve, one behind the other, with the fruit, all in the palette's colour."""
    tones, fruit = tones_of(s), s.colour.body
    for x, foot, r, h in ((750, 850, 150, 330), (510, 925, 190, 400)):
        jar = filled_jar(s, x, foot, r, h, tones, full=0.2)
        with s.group(clip=jar.outline()):
            for px, py in scatter(s, x, foot - h * 0.32, r * 0.9, h * 0.36, 24):
                s.ellipse(px, py, 26, 22, fill=s.ball(px, py, 26, tones[0], tones[1], tones[2]), opacity=0.7)
        label(s, jar, 0.5, 0.84, 0.5)
        close_jar(s, jar, s.rng.choice(("gold", "cloth")) if r > 160 else "gold")
    for _i, (x, y) in enumerate(((790, 920), (880, 930), (840, 964))):
        s.shadow(x, y + 40, 46, 15, 0.5)
        s.ellipse(
            x,
            y,
            44,
            43,
            fill=s.ball(x, y, 44, mix(fruit, WHITE, 0.6), fruit, mix(fruit, BLACK, 0.5)),
            stroke=mix(fruit, BLACK, 0.5),
            width=1.5,
        )
        s.ellipse(x - 14, y - 16, 11, 7, fill=WHITE, opacity=0.7, turn=-30)
    leaf(s, (790, 880), (860, 840), 36)
    s.focus = (520, 720)


def malt_jar(s: Studio) -> None:
    """A jar of malt syrup, with two bamboo sticks and what they drew out of it."""
    tones = tones_of(s)
    jar = filled_jar(s, 520, 920, s.rng.uniform(205, 225), s.rng.uniform(430, 460), tones, full=0.14)
    label(s, jar, 0.52, 0.84, 0.46)
    close_jar(s, jar, "gold")
    s.shadow(880, 936, 150, 34, 0.45)
    drop = [(800, 900), (846, 868), (920, 874), (968, 908), (950, 944), (880, 960), (816, 944)]
    s.shape(drop, s.ball(880, 910, 92, *tones[:3]), stroke=tones[3], width=1.5)
    for top in ((760, 560), (1010, 590)):
        stick = [(884, 912), ((884 + top[0]) / 2, (912 + top[1]) / 2), top]
        s.shape(tube(stick, 15, 17), STRAW[1], stroke=STRAW[3], width=1.8)
        s.line([(x - 3, y) for x, y in stick], STRAW[0], 4, opacity=0.7)
    s.shape([(852, 900), (884, 850), (920, 898), (908, 930), (866, 932)], tones[0], opacity=0.55)
    s.ellipse(850, 896, 22, 7, fill=WHITE, opacity=0.7, turn=-28)
    s.focus = (540, 720)


def bottle_profile(foot: float, r: float, h: float, neck: float) -> list[Point]:
    """A bottle of height h: lip, neck, round shoulder, straight body."""
    top = foot - h
    return [
        (top, neck * 1.15),
        (top + h * 0.04, neck * 1.15),
        (top + h * 0.04, neck),
        (top + h * 0.26, neck * 1.05),
        (top + h * 0.4, r * 0.82),
        (top + h * 0.48, r),
        (foot - h * 0.06, r),
        (foot, r * 0.92),
    ]


def full_bottle(
    s: Studio,
    x: float,
    foot: float,
    r: float,
    h: float,
    tones: Tones,
    *,
    cap: str = "#2A1A12",
    paper: tuple[float, float] | None = (0.55, 0.88),
    neck: float = 0.0,
    full: float = 0.3,
) -> Turned:
    """A stoppered bottle filled to `full`, light glowing through, with a printed label."""
    light, body, shade, line = tones
    neck = neck or r * 0.3
    bottle = Turned(s, bottle_profile(foot, r, h, neck), x=x, tilt=0.14)
    bottle.stand(0.55)
    s.fade(x + r * 1.1, foot + 14, r * 0.8, r * 0.2, body, 0.45)
    s.path(bottle.outline(), fill="#E4EAE2", opacity=0.6)
    s.path(
        bottle.band(full, 1.0),
        fill=s.linear(
            [(0, line, 1), (0.14, shade, 1), (0.32, light, 1), (0.6, body, 1), (0.9, shade, 1), (1, line, 1)],
            (x - r, 0),
            (x + r, 0),
        ),
    )
    s.fade(x - r * 0.1, foot - h * 0.1, r * 0.8, h * 0.12, light, 0.5)
    if paper:
        label(s, bottle, paper[0], paper[1], 0.66)
    glass(s, bottle)
    y, lip = bottle.top
    stopper = Turned(
        s,
        [(y - lip * 1.3, lip * 0.96), (y - lip * 1.3, lip * 0.96), (y + lip * 0.5, lip * 1.14)],
        x=x,
        tilt=0.16,
    )
    stopper.paint(cap, mix(cap, BLACK, 0.5))
    with dressed(s, "ink"):
        stopper.shade(0.5, 0.6)
    s.ellipse(x, y - lip * 1.3, lip * 0.96, lip * 0.16, fill=mix(cap, WHITE, 0.3))
    return bottle


def soy_sauce(s: Studio) -> None:
    """A bottle of thick bean sauce with a saucer of it and soya beans."""
    full_bottle(
        s,
        560,
        915,
        s.rng.uniform(140, 158),
        s.rng.uniform(580, 640),
        ("#B4662A", "#5E2A10", "#2E1206", "#120602"),
        cap=s.colour.accent,
    )
    x, y = 870, 920
    s.shadow(x, y + 24, 130, 34, 0.5)
    s.ellipse(x, y + 8, 136, 46, fill="#B9AE98")
    s.ellipse(x, y, 136, 46, fill="#F8F3E6", stroke="#A89C84")
    s.ellipse(
        x,
        y + 2,
        104,
        32,
        fill=s.linear(
            [(0, "#4A1E0A", 1), (0.5, "#7E3A14", 1), (1, "#B4662A", 1)], (x - 100, y - 20), (x + 100, y + 30)
        ),
    )
    s.ellipse(x - 34, y - 8, 36, 7, fill=WHITE, opacity=0.45)
    for px, py in scatter(s, 330, 950, 90, 30, 16):
        s.fade(px + 3, py + 9, 20, 8, BLACK, 0.5)
        s.ellipse(
            px,
            py,
            17,
            13,
            fill=s.ball(px, py, 16, "#FFF3C8", "#E0BC6A", "#9A7426"),
            stroke="#8A661E",
            width=1,
        )
    s.focus = (560, 740)


def fish_jar(s: Studio) -> None:
    """An earthen pot of braised fish, tied down with leaf, with chilli and a small dish."""
    with dressed(s, "earth"):
        pot = Turned(s, [(640, 190), (664, 214), (680, 200), (740, 286), (820, 300), (890, 240), (920, 190)], tilt=0.2)
        pot.stand(0.6)
        pot.paint("#7E4326", "#34180A")
        for i in range(9):
            pot.hoop(0.3 + i * 0.06, "#34180A", 2, 0.25)
        pot.shade(0.45)
    _leaf_cover(s, pot)
    label(s, pot, 0.48, 0.76, 0.36)
    for x, y in ((860, 950), (910, 930), (330, 960)):
        s.fade(x + 30, y + 16, 80, 16, BLACK, 0.5)
        s.shape(
            tube([(x - 50, y), (x, y - 12), (x + 60, y + 10)], 30, 3),
            s.linear([(0, "#F2604A", 1), (1, "#8E140E", 1)], (x, y - 16), (x, y + 16)),
            stroke="#5E0A08",
            width=1.5,
        )
        s.line([(x - 46, y), (x - 74, y - 14)], "#4E7B2E", 7)
        s.line([(x - 34, y - 8), (x + 20, y - 10)], WHITE, 4, opacity=0.6)
    s.focus = (600, 760)


def _leaf_cover(s: Studio, pot: Turned) -> None:
    y, r = pot.top
    light, body, shade, line = GREEN
    frill = [
        (600 + r * 1.5 * cos(a) * (1 + 0.08 * cos(i * pi)), y + 50 + r * 0.36 * sin(a) + 16 * cos(i * pi))
        for i, a in enumerate(pi * k / 12 for k in range(13))
    ]
    s.shape(
        [(600 + r, y - 20), *frill, (600 - r, y - 20)],
        s.linear([(0, shade, 1), (0.3, light, 1), (0.7, body, 1), (1, line, 1)], (400, 0), (800, 0)),
        stroke=line,
    )
    s.ellipse(600, y - 14, r * 1.03, r * 0.3, fill=s.ball(600, y - 30, r, light, body, shade), stroke=line)
    for k in range(-5, 6):
        s.line(
            [(600, y - 60), (600 + k * r * 0.2, y - 10), (600 + k * r * 0.28, y + 70)],
            line if k % 2 else light,
            2.5,
            opacity=0.4,
        )
    for dy in (16, 26):
        cord(
            s,
            [(600 + r * 1.06 * cos(a), y + dy + r * 0.26 * sin(a)) for a in (pi * k / 12 for k in range(13))],
            7,
            STRAW,
        )


def oil_bottle(s: Studio) -> None:
    """A small bottle of essential oil with a dropper cap, and the herb it comes from."""
    sort: Tones = s.rng.choice(
        (
            ("#F3C25A", "#A8641A", "#5A2C08", "#2A1202"),
            ("#DDE8A0", "#9AB04A", "#56701E", "#28360C"),
            ("#FFE9A0", "#E0B43C", "#9A741A", "#4A3606"),
        )
    )
    bottle = full_bottle(
        s,
        570,
        915,
        s.rng.uniform(140, 165),
        s.rng.uniform(430, 480),
        sort,
        cap="#2A2622",
        neck=64,
        paper=(0.52, 0.9),
        full=0.36,
    )
    y, _r = bottle.top
    bulb = [(548, y - 70), (546, y - 150), (560, y - 196), (580, y - 196), (594, y - 150), (592, y - 70)]
    s.shape(
        bulb,
        s.linear([(0, "#5A4A42", 1), (0.4, "#3A302C", 1), (1, "#151010", 1)], (546, 0), (594, 0)),
        stroke="#0E0A08",
    )
    s.line([(558, y - 160), (556, y - 100)], WHITE, 6, opacity=0.4)
    for i in range(7):
        x = 790 + i * 34
        s.line([(760, 950), (x, 930 - i * 6)], "#5F7A36", 4)
        leaf(s, (x - 30, 940 - i * 5), (x + 14, 890 - i * 10), 30, bend=0.1, veins=3)
        leaf(s, (x - 24, 944 - i * 5), (x + 34, 962 - i * 4), 28, bend=-0.1, veins=3)
    s.focus = (570, 740)


def balm_jar(s: Studio) -> None:
    """A low jar of balm, its lid leaning, the salve swirled."""
    r = s.rng.uniform(215, 240)
    jar = Turned(s, [(760, r), (760, r), (800, r * 1.03), (890, r * 1.02), (916, r * 0.96)], x=520, tilt=0.27)
    jar.stand()
    jar.paint()
    label(s, jar, 0.3, 0.9, 0.6)
    jar.shade(0.7)
    jar.mouth(13)
    balm = s.rng.choice(
        (
            ("#FFF9E0", "#EAD98A", "#B49A3A"),
            ("#F0FAE0", "#B8D49A", "#6E9450"),
            ("#FFFFFF", "#F0E9DA", "#B9AC92"),
        )
    )
    s.ellipse(520, 766, r * 0.9, r * 0.235, fill=s.ball(490, 750, r, *balm))
    swirl = [
        (520 + r * 0.8 * (1 - i / 40) * cos(i * 0.42), 764 + r * 0.2 * (1 - i / 40) * sin(i * 0.42)) for i in range(36)
    ]
    s.line(swirl, balm[2], 5, opacity=0.45)
    s.line([(x - 2, y - 4) for x, y in swirl], WHITE, 4, opacity=0.8)
    lid = Turned(s, [(856, 150), (860, 158), (920, 160)], x=860, tilt=0.27)
    lid.stand()
    lid.paint("#C9A24A", "#6E4A12")
    with dressed(s, "gold"):
        lid.shade(0.5)
    s.ellipse(860, 856, 150, 40, fill=s.gold((710, 820), (1010, 890)), stroke="#6E4A12")
    blossom(s, 860, 852, 44, ("#FFFFFF", "#F6EFD8", "#C9B98A", "#8A7A4A"), petals=6)
    s.focus = (520, 800)


def powder_jar(s: Studio) -> None:
    """A jar of fine herb powder with a wooden spoon heaped full."""
    dust: Tones = s.rng.choice(
        (
            ("#FFE08A", "#E0A018", "#A0660A", "#5A3402"),
            ("#DDE8B0", "#9CB25A", "#647A2E", "#323F12"),
            ("#E9C9A0", "#B07A44", "#6E4420", "#38200C"),
        )
    )
    jar = filled_jar(s, 590, 905, s.rng.uniform(180, 200), s.rng.uniform(430, 470), dust, full=0.24)
    with s.group(clip=jar.outline()):
        for px, py in scatter(s, 590, 760, 190, 150, 160):
            s.ellipse(px, py, 3.4, 2.6, fill=dust[0] if px < 600 else dust[2], opacity=0.5)
    label(s, jar, 0.5, 0.84, 0.5)
    close_jar(s, jar, "wood")
    heapx, heapy = 380, 950
    s.fade(heapx + 20, heapy + 24, 150, 34, BLACK, 0.5)
    s.shape(
        tube([(heapx + 60, heapy), (heapx - 120, heapy + 34), (heapx - 190, heapy + 30)], 26, 20),
        "#A8743A",
        stroke="#4E2E12",
    )
    s.ellipse(
        heapx + 40,
        heapy,
        100,
        36,
        fill=s.linear([(0, "#D9A866", 1), (1, "#7E4E22", 1)], (heapx, heapy - 30), (heapx, heapy + 30)),
        stroke="#4E2E12",
    )
    mound = [
        (heapx - 44, heapy - 6),
        (heapx, heapy - 48),
        (heapx + 44, heapy - 70),
        (heapx + 90, heapy - 44),
        (heapx + 126, heapy - 4),
        (heapx + 40, heapy + 16),
    ]
    s.shape(mound, s.ball(heapx + 30, heapy - 30, 80, dust[0], dust[1], dust[2]))
    for px, py in scatter(s, heapx + 100, heapy + 26, 130, 20, 40):
        s.ellipse(px, py, 3, 2, fill=dust[1])
    s.focus = (580, 730)


KINDS: dict[str, Kind] = {
    "honey_jar": honey_jar,
    "jam_jar": jam_jar,
    "malt_jar": malt_jar,
    "soy_sauce": soy_sauce,
    "fish_jar": nearer(fish_jar),
    "oil_bottle": oil_bottle,
    "balm_jar": nearer(balm_jar),
    "powder_jar": powder_jar,
}
