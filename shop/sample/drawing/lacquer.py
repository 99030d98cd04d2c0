"""Lacquer, mother-of-pearl inlay and gold leaf: boxes, trays, bowls and framed panels."""

from dataclasses import replace
from math import cos, pi, sin

from .draping import BLACK_WOOD, GILT, WALNUT, Wood, frame, frame_shadow, inner_shade
from .kit import BLACK, WHITE, Inks, Kind, Point, Studio, Surface, flat, oval, poly, quad, rounded
from .palettes import Palette, mix, palette
from .patterns import border, pattern
from .turning import Turned


def lacquer_box(s: Studio) -> None:
    """A lacquer box, round or square."""
    inks = s.inks()
    if s.rng.random() < 0.5:
        _round_box(s, inks)
    else:
        _casket(s, inks)


def inlaid_box(s: Studio) -> None:
    """A dark wood casket inlaid with mother-of-pearl."""
    s.colour = _dark(s.colour)
    _casket(s, pearl(s), brass=True)


def gilded_box(s: Studio) -> None:
    """A casket with gold leaf on lacquer."""
    s.colour = _gilder(s.colour)
    _casket(s, leaf_gold(s), brass=True)


def lacquer_tray(s: Studio) -> None:
    """A lacquer tray seen from above."""
    _tray(s, s.inks(), s.rng.random() < 0.5)


def inlaid_tray(s: Studio) -> None:
    """A tray of dark wood inlaid with mother-of-pearl."""
    s.colour = _dark(s.colour)
    _tray(s, pearl(s), False)


def round_inlaid_tray(s: Studio) -> None:
    """The same in the round."""
    s.colour = _dark(s.colour)
    _tray(s, pearl(s), True)


def lacquer_picture(s: Studio) -> None:
    """A lacquer painting: dark ground, eggshell and gold."""
    _panel(s, s.inks(), 40, BLACK_WOOD, flecks=260)


def inlaid_picture(s: Studio) -> None:
    """A panel of mother-of-pearl in a wooden frame."""
    s.colour = _dark(s.colour)
    _panel(s, pearl(s), 62, WALNUT, flecks=0)


def gilded_picture(s: Studio) -> None:
    """A panel in gold leaf, in a gilt frame."""
    s.colour = _gilder(s.colour)
    _panel(s, leaf_gold(s), 58, GILT, flecks=160)


def lacquer_bowl(s: Studio) -> None:
    """A lacquer bowl with a contrasting inside, a smaller one behind it."""
    for x, foot, grow in ((800.0, 850.0, 0.58), (545.0, 930.0, 1.0)):
        _bowl(s, x, foot, grow)
    s.focus, s.closer = (545, 730), 1.1


def _bowl(s: Studio, x: float, foot: float, grow: float) -> None:
    own, r, tall = s.colour, 335 * grow, s.rng.uniform(330, 380) * grow
    body = Turned(
        s,
        [
            (foot - tall, r),
            (foot - tall * 0.7, r * 0.97),
            (foot - tall * 0.3, r * 0.7),
            (foot - tall * 0.12, r * 0.42),
            (foot - tall * 0.1, r * 0.38),
            (foot, r * 0.42),
            (foot, r * 0.42),
        ],
        x=x,
        tilt=0.27,
    )
    body.stand()
    body.paint()
    body.wear(0.1, 0.66)
    body.hoop(0.05, own.wash, 5 * grow)
    body.hoop(0.95, own.wash, 5 * grow)
    body.shade(glint_at=(0.1, 0.55))
    tint = own.wash if own.accent == palette("lacquer").accent else own.accent
    s.colour = replace(own, body=tint, light=mix(tint, WHITE, 0.6), shade=mix(tint, BLACK, 0.6), ink=own.light)
    body.inside(11 * grow)
    _dust(s, x, foot - tall + r * 0.1, r * 0.6, r * 0.14, 60)
    s.colour = own


# -- materials ------------------------------------------------------------------------------------------


def _dark(c: Palette) -> Palette:
    """Rosewood, tinted a little by the palette's own body."""
    body = mix("#2A1610", c.body, 0.14)
    return replace(c, body=body, shade="#0B0503", light=mix("#9A6A4C", c.light, 0.2), line="#080302")


def _gilder(c: Palette) -> Palette:
    """Red or black lacquer for gold leaf to lie on."""
    body = mix("#7E1611", c.body, 0.2) if sum(bytes.fromhex(c.body[1:])) > 200 else c.body
    return replace(
        c,
        body=body,
        shade=mix(body, BLACK, 0.75),
        light=mix(body, "#FFB090", 0.6),
        line="#1A0504",
        accent="#C8963A",
    )


def pearl(s: Studio) -> Inks:
    """Mother-of-pearl: fills that play from rose to sea-green."""
    tones = ("#F6F1EA", "#BFE3DC", "#F3D3DC", "#D3E8C9", "#C9D2F0", "#F8EFDC", "#A9D8D4", "#EFC6D6")
    shimmer = s.linear([(i / 7, tone, 1.0) for i, tone in enumerate(tones)], (250, 250), (900, 1000))
    other = s.linear([(i / 7, tone, 1.0) for i, tone in enumerate(reversed(tones))], (200, 900), (950, 350))
    return Inks("#9B8C88", shimmer, other, "#F2C9D4")


def leaf_gold(s: Studio) -> Inks:
    """Gold leaf with dark drawing on it."""
    return Inks("#9C6516", s.gold((250, 250), (930, 980)), s.gold((950, 300), (300, 900)), "#FBE7A8")


def _dust(s: Studio, x: float, y: float, rx: float, ry: float, count: int) -> None:
    """Flecks of gold sprinkled into the lacquer."""
    d = []
    for _ in range(count):
        a, k = s.rng.uniform(0, 2 * pi), s.rng.uniform(0, 1) ** 0.5
        d.append(f"M{x + rx * k * cos(a):.0f} {y + ry * k * sin(a):.0f}h{s.rng.uniform(1, 4):.1f}")
    s.path("".join(d), stroke="#F3D58C", width=2.6, opacity=0.65)


# -- boxes ----------------------------------------------------------------------------------------------


def _casket(s: Studio, inks: Inks, *, brass: bool = False) -> None:
    c, tall = s.colour, s.rng.uniform(235, 285)
    dy = 925 - tall - s.rng.uniform(0, 10) - 655
    corners: list[Point] = [(205, 575 + dy), (680, 655 + dy), (1000, 540 + dy), (540, 478 + dy)]
    a, b, e, d = corners
    lid = tall * s.rng.uniform(0.26, 0.34)
    s.shadow(640, 880, 420, 90)
    left: list[Point] = [a, b, (b[0], b[1] + tall), (a[0] + 6, a[1] + tall - 6)]
    right: list[Point] = [b, e, (e[0] - 5, e[1] + tall - 12), (b[0], b[1] + tall)]
    _face(s, left, (mix(c.body, c.light, 0.3), mix(c.body, c.shade, 0.25)))
    _face(s, right, (mix(c.body, c.shade, 0.35), mix(c.body, c.shade, 0.85)))
    _face(s, [a, d, e, b], (mix(c.body, c.light, 0.42), c.body))
    _decorate(s, inks, [a, d, e, b], left, right, lid / tall)
    _edges(s, a, b, e, d, tall, lid)
    _clasp(s, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + lid), inks)
    if brass:
        for x, y in (b, (b[0], b[1] + tall - 10)):
            s.ellipse(x, y + 3, 17, 13, fill=s.gold((x - 17, y - 10), (x + 17, y + 14)), stroke="#4A2F0A", width=1.6)
    s.focus, s.closer = (600, 580 + dy), 1.2


def _face(s: Studio, corners: list[Point], tones: tuple[str, str]) -> None:
    paint = s.linear([(0, tones[0], 1), (1, tones[1], 1)], corners[0], corners[2])
    s.path(poly(corners, closed=True), fill=paint, stroke=mix(s.colour.shade, s.colour.line, 0.5), width=2.5)


def _decorate(s: Studio, inks: Inks, top: list[Point], left: list[Point], right: list[Point], lid: float) -> None:
    on_top, on_left, on_right = quad(top, 470, 470), quad(left, 480, 270), quad(right, 340, 270)
    with s.group(clip=poly(top, closed=True)):
        s.marks(pattern(s.pattern, 400, 400, s.rng), lambda u, v: on_top(u + 35, v + 35), inks)
        for inset in (16.0, 27.0):
            s.path(
                poly(
                    [
                        on_top(inset, inset),
                        on_top(470 - inset, inset),
                        on_top(470 - inset, 470 - inset),
                        on_top(inset, 470 - inset),
                    ],
                    closed=True,
                ),
                stroke=inks.ink,
                width=3,
                opacity=0.85,
            )
        s.shape(
            [on_top(40, 20), on_top(150, 20), on_top(40, 360), on_top(20, 200)],
            WHITE,
            opacity=0.16,
            curved=False,
        )
    below = 270 * lid
    for on, wide, face in ((on_left, 480.0, left), (on_right, 340.0, right)):
        with s.group(clip=poly(face, closed=True)):
            s.marks(
                border(s.rng.choice(("petals", "fret", "curls")), wide - 30, below - 26),
                _shifted(on, 15, 13),
                inks,
                opacity=0.9,
            )
            s.marks(
                pattern(s.pattern, wide - 50, 270 - below - 34, s.rng),
                _shifted(on, 25, below + 18),
                inks,
                opacity=0.92,
            )


def _shifted(on: Surface, dx: float, dy: float) -> Surface:
    return lambda u, v: on(u + dx, v + dy)


def _edges(s: Studio, a: Point, b: Point, e: Point, d: Point, tall: float, lid: float) -> None:
    c = s.colour
    seam = [(a[0] + 2, a[1] + lid), (b[0], b[1] + lid), (e[0] - 1, e[1] + lid)]
    s.line(seam, BLACK, 5, curved=False, opacity=0.75)
    s.line([(x, y + 4) for x, y in seam], c.light, 2, curved=False, opacity=0.5)
    s.line([a, b, e], c.light, 4, curved=False, opacity=0.75)
    s.line([b, (b[0], b[1] + tall)], c.light, 4, opacity=0.5)
    s.line([a, d, e], c.light, 2, curved=False, opacity=0.4)
    foot = [(a[0] + 6, a[1] + tall - 6), (b[0], b[1] + tall), (e[0] - 5, e[1] + tall - 12)]
    s.line(foot, BLACK, 7, curved=False, opacity=0.6)
    s.fade(a[0] + 150, a[1] + tall * 0.4, 130, tall * 0.5, WHITE, 0.16)


def _clasp(s: Studio, at: Point, inks: Inks) -> None:
    x, y = at
    s.ellipse(x + 4, y + 6, 30, 32, fill=BLACK, opacity=0.4)
    s.ellipse(x, y, 29, 31, fill=s.gold((x - 28, y - 28), (x + 28, y + 28)), stroke="#4A2F0A", width=2)
    s.ellipse(x, y, 19, 20, stroke="#7A5214", width=2)
    s.path(rounded(x - 7, y + 4, 14, 42, 6), fill=s.gold((x - 7, y), (x + 7, y + 40)), stroke="#4A2F0A", width=2)


def _round_box(s: Studio, inks: Inks) -> None:
    r, top = s.rng.uniform(330, 370), s.rng.uniform(590, 640)
    body = Turned(s, [(top + 90, r * 0.985), (860, r * 0.97), (890, r * 0.9), (890, r * 0.9)], tilt=0.36)
    body.stand()
    body.paint()
    body.wear(0.16, 0.84)
    body.hoop(0.94, inks.ink, 4)
    body.shade(glint_at=(0.2, 0.7))
    lid = Turned(s, [(top, r * 0.95), (top + 22, r), (top + 90, r * 1.01), (top + 90, r * 1.01)], tilt=0.36)
    lid.paint()
    lid.trim(0.4, 0.86, "curls")
    lid.shade(0.6, glint_at=(0.35, 0.85))
    _round_top(s, top, r * 0.95, 0.36, inks)
    s.focus, s.closer = (600, top), 1.2


def _round_top(s: Studio, y: float, r: float, tilt: float, inks: Inks) -> None:
    c, ry = s.colour, r * tilt
    s.ellipse(
        600,
        y,
        r,
        ry,
        fill=s.linear(
            [(0, mix(c.body, c.light, 0.55), 1), (0.5, c.body, 1), (1, mix(c.body, c.shade, 0.4), 1)],
            (600 - r, y - ry),
            (600 + r, y + ry),
        ),
        stroke=c.light,
        width=2,
    )
    with s.group(clip=oval(600, y, r * 0.9, ry * 0.9)):
        size = r * 1.5
        s.marks(
            pattern(s.pattern, size, size, s.rng),
            lambda u, v: (600 + u - size / 2, y + (v - size / 2) * tilt),
            inks,
        )
    for k in (0.97, 0.91):
        s.ellipse(600, y, r * k, ry * k, stroke=inks.ink, width=3, opacity=0.9)
    s.shape(
        [
            (600 - r * 0.7, y - ry * 0.3),
            (600 - r * 0.2, y - ry * 0.86),
            (600, y - ry * 0.86),
            (600 - r * 0.5, y + ry * 0.2),
        ],
        WHITE,
        opacity=0.17,
    )


# -- trays ----------------------------------------------------------------------------------------------


def _tray(s: Studio, inks: Inks, round_one: bool) -> None:
    s.setting = "flat"
    c = s.colour
    w, h = (820.0, 820.0) if round_one else (s.rng.uniform(880, 930), s.rng.uniform(600, 660))
    x, y = 600 - w / 2, 600 - h / 2
    corner = w / 2 if round_one else s.rng.choice((54.0, 96.0, 150.0))

    def outline(inset: float) -> str:
        return rounded(x + inset, y + inset, w - 2 * inset, h - 2 * inset, max(corner - inset, 14))

    for k in range(5):
        with s.group(transform=f"translate({10 + k * 7} {14 + k * 9})"):
            s.path(outline(0), fill=BLACK, opacity=0.07)
    s.path(
        outline(0),
        fill=s.linear([(0, mix(c.body, c.light, 0.6), 1), (0.5, c.body, 1), (1, c.shade, 1)], (x, y), (x + w, y + h)),
        stroke=c.line,
        width=2,
    )
    s.path(
        outline(20),
        fill=s.linear([(0, c.shade, 1), (0.5, c.body, 1), (1, mix(c.body, c.light, 0.55), 1)], (x, y), (x + w, y + h)),
    )
    s.path(outline(46), fill=c.body)
    with s.group(clip=outline(46)):
        inset = 46 + (w * 0.11 if round_one else 40)
        s.marks(pattern(s.pattern, w - 2 * inset, h - 2 * inset, s.rng), flat(x + inset, y + inset), inks)
        s.fade(x + w * 0.28, y + h * 0.24, w * 0.5, h * 0.55, WHITE, 0.24)
        s.fade(x + w * 0.95, y + h * 0.98, w * 0.5, h * 0.5, BLACK, 0.35)
        for k in range(3):
            s.shape(
                [
                    (x + w * (0.1 + k * 0.02), y),
                    (x + w * (0.3 - k * 0.02), y),
                    (x, y + h * (0.62 - k * 0.05)),
                    (x, y + h * (0.2 + k * 0.05)),
                ],
                WHITE,
                opacity=0.05,
                curved=False,
            )
    for inset, width, alpha in ((3.0, 3.0, 0.9), (58.0, 3.0, 0.9), (68.0, 1.6, 0.8)):
        s.path(outline(inset), stroke=inks.ink, width=width, opacity=alpha)
    if not round_one:
        _handles(s, x, y, w, h)
    s.focus = (600, 600)


def _handles(s: Studio, x: float, y: float, w: float, h: float) -> None:
    for hx in (x + 12, x + w - 36):
        s.path(rounded(hx + 5, y + h / 2 - 74, 24, 160, 12), fill=BLACK, opacity=0.4)
        s.path(
            rounded(hx, y + h / 2 - 80, 24, 160, 12),
            fill=s.gold((hx, y + h / 2 - 80), (hx + 24, y + h / 2 + 80)),
            stroke="#4A2F0A",
            width=2,
        )


# -- pictures -------------------------------------------------------------------------------------------


def _panel(s: Studio, inks: Inks, wide: float, wood: Wood, *, flecks: int) -> None:
    s.setting = "wall"
    c = s.colour
    w, h = s.rng.choice(((700.0, 520.0), (520.0, 700.0), (620.0, 620.0)))
    box = (600 - w / 2, 590 - h / 2, w, h)
    x, y = box[:2]
    frame_shadow(s, box, wide)
    sky = [(0, mix(c.body, c.light, 0.22), 1.0), (0.55, c.body, 1.0), (1, mix(c.body, c.shade, 0.7), 1.0)]
    outline = f"M{x} {y}h{w}v{h}h{-w}z"
    s.path(outline, fill=s.linear(sky, (x, y), (x + w * 0.4, y + h)))
    with s.group(clip=outline):
        for _ in range(4):
            s.fade(x + s.rng.uniform(0, w), y + s.rng.uniform(0, h), w * 0.4, h * 0.2, c.wash, 0.14)
        if flecks:
            _dust(s, 600, 590, w * 0.6, h * 0.6, flecks)
        s.marks(pattern(s.picture, w * 0.88, h * 0.88, s.rng), flat(x + w * 0.06, y + h * 0.06), inks)
        if not flecks:
            for top in (y + 6, y + h - 36):
                s.marks(border("petals" if top > 590 else "fret", w - 12, 30), flat(x + 6, top), inks)
    inner_shade(s, box)
    frame(s, box, wide, wood)
    s.focus = (600, 590)


KINDS: dict[str, Kind] = {
    "lacquer_box": lacquer_box,
    "lacquer_tray": lacquer_tray,
    "lacquer_picture": lacquer_picture,
    "lacquer_bowl": lacquer_bowl,
    "inlaid_box": inlaid_box,
    "inlaid_picture": inlaid_picture,
    "inlaid_tray": inlaid_tray,
    "round_inlaid_tray": round_inlaid_tray,
    "gilded_box": gilded_box,
    "gilded_picture": gilded_picture,
}
