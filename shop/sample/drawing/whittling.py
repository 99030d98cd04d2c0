"""Small things whittled and framed: spoons, horn combs, picture frames."""

from math import cos, pi, sin

from .kit import BLACK, WHITE, Inks, Kind, Point, Studio, flat, rounded, smooth
from .palettes import mix
from .patterns import pattern
from .pieces import grain, tones_of


def wood_spoons(s: Studio) -> None:
    """Spoons, a ladle and a spatula of pale wood, laid on linen."""
    s.setting = "flat"
    cloth = [(250, 170), (960, 250), (930, 1040), (220, 980)]
    s.shape([(x + 16, y + 22) for x, y in cloth], BLACK, curved=False, opacity=0.14)
    s.shape(cloth, mix(s.colour.accent, WHITE, 0.72), curved=False)
    for i in range(34):
        s.line([(250 + i * 21, 172 + i * 2.4), (220 + i * 21, 978 + i * 1.8)], s.colour.accent, 1.6, opacity=0.22)
    for i, x in enumerate((330, 470, 610, 750, 870)):
        with s.group(transform=f"rotate({(i - 2) * 5 + s.rng.uniform(-2, 2):.1f} {x} 900)"):
            _spoon(s, x, 290 + (i % 2) * 40, (78, 60, 88, 52, 66)[i], bowl=i != 3)
    s.focus = (600, 420)


def _spoon(s: Studio, x: float, y: float, r: float, *, bowl: bool) -> None:
    light, body, shade, line = tones_of(s)
    foot = y + 620
    head = [
        (x - r, y),
        (x - r * 0.7, y - r * 1.25),
        (x + r * 0.7, y - r * 1.25),
        (x + r, y),
        (x + r * 0.42, y + r * 1.2),
        (x + 15, y + r * 1.9),
        (x + 13, foot - 60),
        (x + 22, foot - 10),
        (x, foot + 12),
        (x - 22, foot - 10),
        (x - 13, foot - 60),
        (x - 15, y + r * 1.9),
        (x - r * 0.42, y + r * 1.2),
    ]
    s.shape([(px + 13, py + 17) for px, py in head], BLACK, opacity=0.24)
    s.shape(
        head,
        s.linear(
            [(0, mix(body, light, 0.75), 1), (0.5, body, 1), (1, mix(body, shade, 0.7), 1)],
            (x - r, 0),
            (x + r, 0),
        ),
        stroke=mix(shade, line, 0.4),
    )
    with s.group(clip=smooth(head, closed=True)):
        grain(s, lambda u, v: (x - r + v, y - r * 1.2 + u), 680, r * 2, 9, line, opacity=0.3, wave=7)
    if bowl:
        s.ellipse(
            x,
            y - r * 0.12,
            r * 0.74,
            r * 0.95,
            fill=s.linear([(0, shade, 1), (0.6, body, 1), (1, light, 1)], (x - r * 0.6, y - r), (x + r * 0.6, y + r)),
        )
        s.ellipse(x + r * 0.3, y + r * 0.36, r * 0.14, r * 0.28, fill=WHITE, opacity=0.45, turn=30)
    else:
        for k in (-1, 0, 1):
            s.path(rounded(x + k * 28 - 5, y - 30, 10, 80, 5), fill=mix(shade, line, 0.5))
    s.ellipse(x, foot - 14, 5, fill=line)


def horn_comb(s: Studio) -> None:
    """A half-moon comb of horn, polished until it shines."""
    s.setting = "flat"
    rng = s.rng
    tones = tones_of(s)
    arch = [
        (600 + 380 * cos(a), 640 - 330 * sin(a) * rng.uniform(0.99, 1.01)) for a in (pi * i / 16 for i in range(17))
    ]
    back = [*arch, (220, 640), (300, 618), (600, 560), (900, 618), (980, 640)]
    horn = s.linear(
        [
            (0, tones[2], 1),
            (0.18, tones[1], 1),
            (0.4, tones[0], 1),
            (0.62, tones[1], 1),
            (0.8, tones[0], 1),
            (1, tones[2], 1),
        ],
        (230, 420),
        (970, 700),
    )
    teeth = [_tooth(x) for x in range(250, 952, 18)]
    with s.group(transform="rotate(-8 600 600)"):
        for tooth in teeth:
            s.shape([(x + 14, y + 18) for x, y in tooth], BLACK, opacity=0.2, curved=False)
        s.shape([(x + 14, y + 20) for x, y in back], BLACK, opacity=0.25)
        for tooth in teeth:
            s.shape(tooth, horn, stroke=tones[2], width=1.2, curved=False)
        s.shape(back, horn, stroke=tones[3], width=3)
        with s.group(clip=smooth(back, closed=True)):
            for _i in range(9):
                x, y = rng.uniform(260, 900), rng.uniform(340, 620)
                s.fade(x, y, rng.uniform(60, 150), rng.uniform(20, 50), rng.choice(tones[:3]), 0.6)
            s.marks(
                pattern(s.pattern, 560, 180, rng),
                lambda u, v: (320 + u, 400 + v + ((u - 280) / 280) ** 2 * 90),
                Inks("#F9E3AE", "#C08A3A", "#8C5A22", "#E9C070"),
                opacity=0.85,
            )
        s.line(
            [(600 + 352 * cos(a), 640 - 302 * sin(a)) for a in (pi * (0.5 + i / 20) for i in range(8))],
            WHITE,
            9,
            opacity=0.55,
        )
    s.focus = (560, 520)


def _tooth(x: float) -> list[Point]:
    top = 560 + ((x - 600) / 380) ** 2 * 84 - 14
    low = 905 - ((x - 600) / 380) ** 2 * 110
    return [(x - 6.5, top), (x + 6.5, top), (x + 5, low - 24), (x, low), (x - 5, low - 24)]


def picture_frame(s: Studio) -> None:
    """A carved frame with a mount and a picture in the palette's inks."""
    light, body, shade, line = tones_of(s)
    s.setting = "wall"
    w, h = s.rng.uniform(620, 720), s.rng.uniform(760, 840)
    x, y = 600 - w / 2, 600 - h / 2
    s.shape(
        [(x + 26, y + 34), (x + w + 36, y + 34), (x + w + 36, y + h + 44), (x + 26, y + h + 44)],
        BLACK,
        opacity=0.2,
        curved=False,
    )
    outer, inner = (
        [(x, y), (x + w, y), (x + w, y + h), (x, y + h)],
        [(x + 84, y + 84), (x + w - 84, y + 84), (x + w - 84, y + h - 84), (x + 84, y + h - 84)],
    )
    for i, amount in enumerate((0.08, 0.55, 0.7, 0.2)):
        j = (i + 1) % 4
        side = [outer[i], outer[j], inner[j], inner[i]]
        tone = mix(mix(body, light, 0.5), shade, amount)
        s.shape(side, tone, curved=False, stroke=line)
    for k in (14, 30, 70):
        s.path(
            rounded(x + k, y + k, w - 2 * k, h - 2 * k, 3),
            stroke=line if k != 30 else light,
            width=3,
            opacity=0.6,
        )
    for px, py in [(x + w * i / 12, y + e) for i in range(1, 12) for e in (50, h - 50)] + [
        (x + e, y + h * i / 14) for i in range(1, 14) for e in (50, w - 50)
    ]:
        s.ellipse(px, py, 11, fill=s.ball(px, py, 11, light, body, shade), stroke=shade, width=1.2)
    s.shape(inner, "#F7F0E0", curved=False, stroke=line)
    s.path(f"M{x + 84:.0f} {y + 84:.0f}h{w - 168:.0f}v16h{168 - w:.0f}z", fill=BLACK, opacity=0.2)
    pw, ph = w - 250, h - 250
    s.path(
        f"M{x + 125:.0f} {y + 125:.0f}h{pw:.0f}v{ph:.0f}h{-pw:.0f}z",
        fill="#FBF6EA",
        stroke="#C9B692",
        width=2,
    )
    with s.group(clip=f"M{x + 125:.0f} {y + 125:.0f}h{pw:.0f}v{ph:.0f}h{-pw:.0f}z"):
        s.marks(
            pattern(s.pattern, pw, ph, s.rng),
            flat(x + 125, y + 125),
            Inks(line, s.colour.accent, mix(s.colour.accent, WHITE, 0.6), "#B3432E"),
        )
    s.path(
        f"M{x + 84:.0f} {y + 84:.0f}h{w * 0.34:.0f}l{-w * 0.3:.0f} {h - 168:.0f}h{-w * 0.04:.0f}z",
        fill=WHITE,
        opacity=0.1,
    )


KINDS: dict[str, Kind] = {"wood_spoons": wood_spoons, "horn_comb": horn_comb, "picture_frame": picture_frame}
