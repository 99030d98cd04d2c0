"""Small things to wear and carry: knitted hat, cloth bag."""

from math import cos, pi, sin

from .draping import cloth, folds, stitches
from .fields import FIELDS
from .kit import WHITE, Kind, Point, Studio, quad
from .palettes import mix
from .turning import Turned, rod


def knit_hat(s: Studio) -> None:
    """A knitted hat with a ribbed brim and a bobble."""
    c, wide, top = s.colour, s.rng.uniform(265, 290), s.rng.uniform(330, 370)
    dome = Turned(
        s,
        [
            (top, 30),
            (top + 14, 110),
            (top + 110, wide * 0.82),
            (top + 260, wide),
            (770, wide * 1.02),
            (770, wide * 1.02),
        ],
        tilt=0.2,
    )
    s.shadow(600, 930, wide, 60)
    dome.paint()
    _knit(dome, s)
    if s.pattern != "plain":
        dome.glaze(0.52, 0.86, mix(c.body, c.light, 0.3), 0.9)
        dome.wear(0.54, 0.84, scale=None if s.pattern in FIELDS else 96)
    dome.shade(0)
    brim = Turned(
        s,
        [(735, wide * 1.04), (750, wide * 1.09), (880, wide * 1.08), (896, wide * 1.04), (896, wide * 1.04)],
        tilt=0.2,
    )
    s.path(brim.band(0, 1), fill=mix(c.body, c.accent, 0.35), stroke=mix(c.shade, c.line, 0.3), width=2.5)
    for i in range(-20, 21):
        rib = [brim.at(i / 21, v / 6) for v in range(7)]
        s.line(rib, mix(c.shade, c.line, 0.3), 5, opacity=0.6)
        s.line([(x - 6, y) for x, y in rib], c.light, 5, opacity=0.4)
    with s.group(clip=brim.band(0, 1)):
        brim.shade(0)
    _bobble(s, 600, top - 34, s.rng.uniform(82, 100))
    s.focus = (600, 640)


def _knit(body: Turned, s: Studio) -> None:
    """Rows of V stitches as one path of light and one of shade."""
    d = []
    for row in range(25):
        v = 0.04 + row * 0.039
        for col in range(-19, 20):
            (ax, ay), (bx, by), (cx, cy) = (
                body.at((col - 0.42) / 20, v),
                body.at(col / 20, v + 0.034),
                body.at((col + 0.42) / 20, v),
            )
            d.append(f"M{ax:.0f} {ay:.0f}L{bx:.0f} {by:.0f}L{cx:.0f} {cy:.0f}")
    s.path("".join(d), stroke=mix(s.colour.shade, s.colour.line, 0.2), width=3.4, opacity=0.4)
    with s.group(transform="translate(-1.5 -3)"):
        s.path("".join(d), stroke=s.colour.light, width=2.2, opacity=0.4)


def _bobble(s: Studio, x: float, y: float, r: float) -> None:
    c = s.colour
    s.ellipse(x, y, r, fill=s.ball(x, y, r, c.light, mix(c.accent, c.light, 0.2), mix(c.accent, c.line, 0.5)))
    for _ in range(170):
        a, k = s.rng.uniform(0, 2 * pi), s.rng.uniform(0.35, 1.0) ** 0.5
        px, py = x + cos(a) * r * k, y + sin(a) * r * k
        tone = mix(
            mix(c.accent, c.light, 0.55),
            mix(c.accent, c.line, 0.5),
            max(0.0, min(1.0, 0.45 + (cos(a) + sin(a)) * k * 0.4)),
        )
        s.line([(px, py), (px + cos(a) * 18 + s.rng.uniform(-6, 6), py + sin(a) * 18)], tone, 4, opacity=0.8)


def cloth_bag(s: Studio) -> None:
    """A cloth bag standing, its handles up, the pattern on a panel."""
    c, wide, top = s.colour, s.rng.uniform(235, 260), s.rng.uniform(440, 490)
    s.shadow(630, 935, 290, 50)
    rod(s, _strap(s, top, 46), 26, body=mix(c.accent, c.line, 0.45), shade=c.line, light=c.light)
    side = [(600 + wide, top), (600 + wide + 74, top - 26), (600 + wide + 62, 880), (600 + wide + 12, 935)]
    s.shape(side, mix(c.shade, c.line, 0.25), stroke=c.line, curved=False)
    s.shape(
        [(600 - wide, top), (600 - wide + 70, top - 26), (600 + wide + 74, top - 26), (600 + wide, top)],
        mix(c.shade, c.line, 0.55),
        curved=False,
    )
    front: list[Point] = [
        (600 - wide, top),
        (600 - wide, top),
        (600, top + 10),
        (600 + wide, top),
        (600 + wide, top),
        (600 + wide + 14, 700),
        (600 + wide + 12, 935),
        (600 + wide + 12, 935),
        (600, 948),
        (600 - wide - 6, 938),
        (600 - wide - 6, 938),
        (600 - wide - 12, 700),
    ]
    clip = cloth(s, front, name="plain")
    _panel(s, wide, top)
    lines: list[list[Point]] = [
        [(600 - wide * 0.7, top + 10), (600 - wide * 0.62, 700), (600 - wide * 0.8, 940)],
        [(600 + wide * 0.75, top + 10), (600 + wide * 0.7, 720), (600 + wide * 0.84, 940)],
    ]
    folds(s, clip, lines, 60)
    with s.group(clip=clip):
        s.fade(480, 560, 240, 240, WHITE, 0.25)
        s.fade(830, 880, 240, 200, c.line, 0.4)
    _front_handle(s, top)
    s.focus, s.closer = (600, 700), 1.12


def _panel(s: Studio, wide: float, top: float) -> None:
    """The patterned panel sewn on the front, and the seam below the opening."""
    c, x0, x1 = s.colour, 600 - wide, 600 + wide
    panel: list[Point] = [(x0 + 46, top + 92), (x1 - 46, top + 92), (x1 - 38, 898), (x0 + 38, 898)]
    ground = mix(c.body, c.light, 0.3)
    cloth(s, panel, curved=False, fill=ground, scale=None, on=quad(panel, 420, 360), size=(420, 360))
    stitches(s, [*[p for q in panel for p in (q, q)], panel[0]], c.accent)
    stitches(s, [(x0 + 8, top + 30), (600, top + 40), (x1 - 8, top + 30)], mix(c.accent, c.light, 0.3))


def _front_handle(s: Studio, top: float) -> None:
    c, strap = s.colour, _strap(s, top, 0)
    rod(s, strap, 28, body=c.accent, shade=mix(c.accent, c.line, 0.6), light=mix(c.accent, WHITE, 0.6))
    for x, y in (strap[0], strap[-1]):
        low, left, right = (x - 9, y - 6), (x - 9, y - 36), (x + 9, y - 36)
        stitches(s, [low, right, right, left, left, (x + 9, y - 6)], c.light, 2)


def _strap(s: Studio, top: float, dx: float) -> list[Point]:
    high = top - s.rng.uniform(225, 255)
    half = [(112.0, top + 60), (114.0, top - 60), (62.0, high + 20)]
    return [
        *((600 - x + dx, y) for x, y in half),
        (600 + dx, high),
        *((600 + x + dx, y) for x, y in reversed(half)),
    ]


KINDS: dict[str, Kind] = {
    "knit_hat": knit_hat,
    "cloth_bag": cloth_bag,
}
