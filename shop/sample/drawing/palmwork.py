"""Palm leaf, paper and incense of the villages: conical hats, fans, bundles of red sticks."""

from math import cos, pi, sin

from .kit import BLACK, WHITE, Inks, Kind, Point, Studio, ring, smooth, tube
from .palettes import mix
from .patterns import pattern
from .pieces import STRAW, bow, cord, tag, tones_of

PALM = ("#FFFBEA", "#EFE0B6", "#B8965A", "#5E4420")


def conical_hat(s: Studio) -> None:
    """The leaf hat: rays of palm leaf sewn over bamboo rings, with a silk chin band."""
    rng = s.rng
    reach, top = rng.uniform(400, 430), rng.uniform(420, 450)
    apex, base, ry = (600.0, top), 800.0, reach * 0.3
    light, body, shade, line = PALM
    s.shadow(600, base + ry * 0.55, reach * 1.0, ry * 0.62, 0.6)
    _chin_band(s, base + ry * 0.5)
    half = [(600 + reach * cos(a), base + ry * sin(a)) for a in (pi * i / 40 for i in range(41))]
    cone = [apex, apex, *half, half[-1]]
    s.shape(
        cone,
        s.linear(
            [(0, mix(body, light, 0.4), 1), (0.35, light, 1), (0.6, body, 1), (1, shade, 1)],
            (600 - reach, base),
            (600 + reach, base),
        ),
        stroke=line,
    )
    with s.group(clip=smooth(cone, closed=True)):
        _rays(s, apex, base, reach, ry)
        _painted(s, apex, base, reach, ry)
        _rings(s, apex, base, reach, ry)
        s.fade(430, 760, 120, 190, WHITE, 0.5)
        s.fade(860, 850, 220, 190, line, 0.35)
    for lift, width in ((0, 11), (-9, 6)):
        s.line(
            [(600 + reach * cos(a), base + lift + ry * sin(a)) for a in (pi * i / 30 for i in range(31))],
            mix(shade, line, 0.4),
            width + 2,
        )
        s.line(
            [(600 + reach * cos(a), base + lift - 1 + ry * sin(a)) for a in (pi * i / 30 for i in range(31))],
            mix(light, body, 0.7),
            width - 2,
        )
    for k in range(4):
        s.ellipse(600, top + 6 + k * 7, 4 + k * 3.4, 3 + k * 0.6, fill="none", stroke=s.colour.accent, width=3)
    s.focus = (560, 740)


def _rays(s: Studio, apex: Point, base: float, reach: float, ry: float) -> None:
    for i in range(46):
        a, b = pi * i / 46, pi * (i + 1) / 46
        p, q = (600 + reach * cos(a), base + ry * sin(a)), (600 + reach * cos(b), base + ry * sin(b))
        s.shape(
            [apex, p, q],
            s.rng.choice((PALM[0], PALM[1], PALM[2])),
            opacity=s.rng.uniform(0.12, 0.38),
            curved=False,
        )
        s.line([apex, p], mix(PALM[2], PALM[3], 0.25), 1.5, opacity=0.55)


def _rings(s: Studio, apex: Point, base: float, reach: float, ry: float) -> None:
    for i in range(1, 17):
        t = (i / 16) ** 0.92
        y = apex[1] + (base - apex[1]) * t
        line = [(600 + reach * t * cos(a), y + ry * t * sin(a)) for a in (pi * k / 24 for k in range(25))]
        s.line(line, mix(PALM[2], PALM[3], 0.2), 4, opacity=0.42)
        s.line([(x, py - 2.5) for x, py in line], WHITE, 2.2, opacity=0.6)
        s.line(line, PALM[3], 1.3, opacity=0.55, more='stroke-dasharray="2 9"')


def _painted(s: Studio, apex: Point, base: float, reach: float, ry: float) -> None:
    if s.pattern == "plain":
        return
    marks = pattern(s.pattern, 420, 170, s.rng)
    deep = mix(s.colour.body, s.colour.line, 0.4)

    def at(u: float, v: float) -> Point:
        a, t = pi * (0.86 - 0.72 * u / 420), 0.42 + 0.46 * v / 170
        return 600 + reach * t * cos(a), apex[1] + (base - apex[1]) * t + ry * t * sin(a)

    s.marks(
        marks,
        at,
        Inks(deep, mix(s.colour.body, WHITE, 0.2), mix(s.colour.body, WHITE, 0.6), s.colour.accent),
        opacity=0.75,
    )


def _chin_band(s: Studio, y: float) -> None:
    silk = s.colour.accent
    band = [
        (300, y - 60),
        (220, y + 40),
        (330, y + 104),
        (520, y + 92),
        (690, y + 112),
        (800, y + 80),
        (838, y + 96),
    ]
    s.line([(x + 8, py + 12) for x, py in band], BLACK, 24, opacity=0.16)
    s.shape(
        tube(band, 26, 34),
        s.linear(
            [
                (0, mix(silk, BLACK, 0.3), 1),
                (0.3, mix(silk, WHITE, 0.4), 1),
                (0.6, silk, 1),
                (1, mix(silk, WHITE, 0.25), 1),
            ],
            (220, 0),
            (840, 0),
        ),
        stroke=mix(silk, BLACK, 0.4),
        width=1.5,
    )


def paper_fan(s: Studio) -> None:
    """A folding fan of dó paper on bamboo ribs, painted across its folds."""
    _folding_fan(s, cloth=False)


def silk_fan(s: Studio) -> None:
    """A round silk fan in a lacquered ring, with a tassel."""
    s.setting = "flat"
    light, body, shade, _line = tones_of(s)
    r = s.rng.uniform(290, 315)
    with s.group(transform="rotate(24 600 520)"):
        for k in (26, 14):
            s.ellipse(600 + k, 450 + k * 1.3, r + 8, fill=BLACK, opacity=0.13)
            s.path(f"M{588 + k} 700h24v410h-24z", fill=BLACK, opacity=0.12)
        s.ellipse(
            600,
            450,
            r,
            fill=s.radial(
                [(0, mix(body, light, 0.75), 1), (0.6, mix(body, light, 0.3), 1), (1, body, 1)],
                (500, 340),
                r * 1.5,
            ),
        )
        clip = smooth(ring(600, 450, r - 4, r - 4, 40), closed=True)
        with s.group(clip=clip):
            for i in range(46):
                s.line(
                    [(600 - r, 450 - r + i * r / 23), (600 + r, 456 - r + i * r / 23)],
                    light if i % 2 else shade,
                    1.2,
                    opacity=0.22,
                )
            s.shape(tube([(600, 450 - r), (600, 450 + r)], 8, 17), shade, opacity=0.45)
            side = r * 1.5
            s.marks(
                pattern(s.pattern, side, side, s.rng),
                lambda u, v: (600 - side / 2 + u, 450 - side / 2 + v),
                s.inks(),
            )
            s.shape([(330, 150), (520, 150), (420, 780), (230, 780)], WHITE, opacity=0.16, curved=False)
        wood = ("#C98A54", "#5A2416", "#260C06")
        s.ellipse(600, 450, r, stroke=wood[2], width=20)
        s.ellipse(598, 448, r, stroke=wood[1], width=15)
        s.ellipse(597, 446, r - 2, stroke=wood[0], width=3, opacity=0.9)
        s.shape(
            [
                (589, 752 - 300 + r),
                (611, 752 - 300 + r),
                (616, 800),
                (626, 1090),
                (600, 1116),
                (574, 1090),
                (584, 800),
            ],
            s.linear([(0, wood[0], 1), (0.5, wood[1], 1), (1, wood[2], 1)], (580, 0), (622, 0)),
            stroke=wood[2],
            width=1.5,
        )
        bow(s, 600, 770, 62, s.colour.accent)
        _tassel(s, 600, 1112)
    s.focus = (560, 470)


def _tassel(s: Studio, x: float, y: float) -> None:
    silk = s.colour.accent
    s.line([(x, y - 20), (x + 30, y + 8), (x + 66, y - 10)], silk, 5)
    s.ellipse(
        x + 72,
        y - 12,
        15,
        fill=s.ball(x + 72, y - 12, 15, mix(silk, WHITE, 0.6), silk, mix(silk, BLACK, 0.5)),
    )
    for i in range(16):
        s.line(
            [
                (x + 80, y - 12),
                (x + 120, y - 22 + i * 1.6),
                (x + 172 + s.rng.uniform(-6, 8), y - 46 + i * 4.6),
            ],
            mix(silk, WHITE if i % 3 else BLACK, 0.22),
            3.2,
        )


def _folding_fan(s: Studio, *, cloth: bool) -> None:
    s.setting = "flat"
    rng, (light, body, shade, line) = s.rng, tones_of(s)
    px, py, outer, inner = 600.0, 870.0, rng.uniform(535, 560), rng.uniform(215, 250)
    start, sweep, folds = pi * 1.09, pi * 0.82, 24

    def at(i: float, r: float) -> Point:
        a = start + sweep * i / folds
        return px + r * cos(a), py + r * sin(a)

    leafline = [at(i, outer) for i in range(folds + 1)] + [at(i, inner) for i in range(folds, -1, -1)]
    for k, dark in ((34, 0.1), (18, 0.14)):
        s.shape([(x + k * 0.6, y + k) for x, y in leafline], BLACK, opacity=dark, curved=False)
    bamboo = STRAW
    for i in range(folds // 2 + 1):
        rib = [
            at(i * 2 - 0.12, -70),
            at(i * 2 - 0.3, inner + 10),
            at(i * 2 + 0.3, inner + 10),
            at(i * 2 + 0.12, -70),
        ]
        s.shape(rib, mix(bamboo[1], bamboo[0], i % 2 * 0.5), stroke=bamboo[3], width=1.4, curved=False)
    paper = mix(body, light, 0.35)
    s.shape(leafline, paper, curved=False, stroke=mix(shade, line, 0.3))
    with s.group(clip="M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in leafline) + "Z"):
        s.marks(
            pattern(s.pattern, 1180, outer - inner, rng),
            lambda u, v: at(folds * u / 1180, outer - v),
            s.inks(),
        )
        for i in range(folds):
            wedge = [at(i, outer), at(i + 1, outer), at(i + 1, inner), at(i, inner)]
            s.shape(wedge, WHITE if i % 2 else line, opacity=0.2 if i % 2 else 0.17, curved=False)
            s.line([at(i, outer), at(i, inner)], line, 1.3, opacity=0.3)
    s.line([at(i, outer - 3) for i in range(folds + 1)], s.colour.accent, 7)
    for end in (-0.1, folds + 0.1):
        guard = [at(end - 0.3, -80), at(end - 0.5, outer + 4), at(end + 0.5, outer + 4), at(end + 0.3, -80)]
        s.shape(
            guard,
            s.linear([(0, "#8A5226", 1), (0.5, "#C98A4A", 1), (1, "#5A2E12", 1)], guard[0], guard[2]),
            stroke="#2E1608",
            curved=False,
        )
    s.ellipse(px, py, 15, fill=s.gold((px - 15, py - 15), (px + 15, py + 15)), stroke="#4A2F0A")
    cord(
        s,
        [(px, py), (px + 30, py + 70), (px + 10, py + 130)],
        6,
        (mix(s.colour.accent, WHITE, 0.5), s.colour.accent, s.colour.accent, line),
    )
    s.focus = (520, 480)


def incense_bundle(s: Studio) -> None:
    """Bundles of incense fanned out like flowers, as the villages dry them."""
    rng = s.rng
    foot, colours = "#8E2A1E", ["#C92A3A", "#E09A22", "#D9487A", "#D9602A"]
    rng.shuffle(colours)
    for x, y, size in ((350, 800, 0.72), (850, 800, 0.72), (600, 880, 1.05)):
        s.shadow(x, y + 56 * size, 170 * size, 34 * size, 0.55)
        _sheaf(s, x, y, size * rng.uniform(0.95, 1.05), foot, colours.pop())
    tag(s, 640, 870, 44)
    s.focus = (600, 640)


def _sheaf(s: Studio, x: float, y: float, size: float, red: str, dust: str) -> None:
    rng = s.rng
    tips = []
    for _i in range(88):
        a, r = rng.uniform(0, 2 * pi), rng.uniform(0, 1) ** 0.5
        u, v = r * cos(a), r * sin(a)
        tips.append(
            (
                v,
                x + u * 250 * size,
                y - (560 - v * 70) * size,
                x + u * 62 * size,
                y - 190 * size + v * 12 * size,
                x + u * 120 * size,
                y + (40 + v * 16) * size,
            )
        )
    for v, tx, ty, mx, my, fx, fy in sorted(tips):
        shade = 0.42 - 0.32 * (v + 1) / 2
        waist = [(fx, fy), (mx, my)]
        s.line(waist, mix(red, BLACK, shade), 5.4 * size)
        s.line([(p - 1, q) for p, q in waist], mix(red, WHITE, 0.3), 1.4 * size, opacity=0.5)
        s.line(
            [(mx, my), ((mx + tx) / 2 + (mx - x) * 0.2, (my + ty) / 2), (tx, ty)],
            mix(dust, BLACK, shade),
            7.2 * size,
        )
        s.line(
            [(mx - 1, my), ((mx + tx) / 2 + (mx - x) * 0.2 - 1, (my + ty) / 2), (tx - 1, ty)],
            mix(dust, "#FFE9C0", 0.6),
            1.8 * size,
            opacity=0.6,
        )
        s.ellipse(tx, ty, 3.6 * size, fill=mix(dust, "#FFF3D0", 0.55))
    for k in range(3):
        cord(
            s,
            [
                (x - 70 * size, y + (-196 + k * 12) * size),
                (x, y + (-176 + k * 12) * size),
                (x + 70 * size, y + (-196 + k * 12) * size),
            ],
            8 * size,
            STRAW,
        )


KINDS: dict[str, Kind] = {
    "conical_hat": conical_hat,
    "paper_fan": paper_fan,
    "silk_fan": silk_fan,
    "incense_bundle": incense_bundle,
}
