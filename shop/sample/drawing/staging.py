"""The photographer's part: backdrops, the three views of a thing, and the wide scene of a village page."""

from dataclasses import replace
from math import pi

from .kit import WHITE, Kind, Point, Studio, poly, smooth
from .motifs import petal
from .palettes import mix

HORIZON = 742.0
# where things stand in the wide scene, back to front, the thing itself last: x, y, scale
PLACES = {
    "table": ((730, 250, 0.5), (-30, 282, 0.46), (310, 92, 0.79)),
    "wall": ((640, 70, 0.56), (60, 10, 0.8)),
    "flat": ((890, 190, 0.6), (90, 20, 0.8)),
}
WARM_DARK = "#2A1A10"
ROUND = '<g stroke-linecap="round" stroke-linejoin="round">'


def photograph(kind: Kind, *, palette_name: str, pattern: str, seed: int, view: str) -> str:
    """The whole picture, 1200 x 1200: the thing on its backdrop, seen as `view` (front, detail or set) says."""
    thing = Studio(palette_name=palette_name, pattern=pattern, seed=seed)
    kind(thing)
    sheet = thing.again(seed)
    if thing.setting == "full":
        sheet.parts += _zoomed(thing, 1.9) if view == "detail" else thing.parts
    elif view == "detail":
        _near(sheet)
        sheet.parts += _zoomed(thing, 1.9)
    elif view == "set":
        _pair(sheet, kind, thing)
    else:
        backdrop(sheet, thing.setting)
        sheet.parts += _zoomed(thing, thing.closer, (600, 640)) if thing.closer != 1 else thing.parts
    return _document(sheet, 1200, 1200)


def photograph_wide(kind: Kind, *, palette_name: str, pattern: str, seed: int) -> str:
    """The thing and two smaller ones in a craftsman's room with a window, 1600 x 1000."""
    thing = Studio(palette_name=palette_name, pattern=pattern, seed=seed)
    kind(thing)
    sheet = thing.again(seed)
    if thing.setting == "full":
        with sheet.group(transform="translate(0 -330) scale(1.3334)"):
            sheet.parts += thing.parts
    else:
        _room(sheet, thing.setting)
        for number, (x, y, scale) in enumerate(PLACES[thing.setting]):
            other = thing if number == len(PLACES[thing.setting]) - 1 else thing.again(seed + 101 + number)
            if other is not thing:
                kind(other)
            with sheet.group(transform=f"translate({x} {y}) scale({scale})"):
                sheet.parts += other.parts
    return _document(sheet, 1600, 1000)


def backdrop(s: Studio, setting: str = "table", *, width: float = 1200, height: float = 1200) -> None:
    """Wall and table in the palette's tints, with the light of a window falling from the upper left.

    Tones change by many plain steps instead of gradients: the renderer fills a plain shape for next to nothing,
    while one gradient over the whole canvas costs it more than all the rest of the picture.
    """
    c = s.colour
    if setting == "flat":
        glow(
            s,
            mix(c.ground, WHITE, 0.6),
            mix(c.ground, c.surface, 0.62),
            (width * 0.28, height * 0.2),
            width * 1.3,
            (width, height),
        )
        _fibres(s, width, height)
        return
    glow(
        s,
        mix(c.ground, WHITE, 0.42),
        mix(c.ground, c.surface, 0.5),
        (width * 0.27, height * 0.16),
        width * 1.15,
        (width, height),
    )
    _window_light(s, width)
    if setting == "table":
        table(s, width, height)


def glow(s: Studio, near: str, far: str, centre: Point, reach: float, size: Point, squash: float = 0.86) -> None:
    """The whole canvas from the tone `near` at the centre to `far` at `reach`, in invisible steps."""
    s.path(f"M0 0H{size[0]:.0f}V{size[1]:.0f}H0Z", fill=far)
    steps = 44
    for i in range(steps):
        share = 1 - i / steps
        s.ellipse(*centre, reach * share, reach * share * squash, fill=mix(far, near, (i + 1) / steps))


def table(s: Studio, width: float, height: float, horizon: float = HORIZON) -> None:
    """A table top: warm, lit from the left, a little darker towards us, reflecting the wall at its far edge."""
    c = s.colour
    far, near = mix(c.surface, c.ground, 0.42), mix(c.surface, WARM_DARK, 0.2)
    steps = 40
    for i in range(steps):
        y = horizon + (height - horizon) * (i / steps) ** 1.15
        s.path(f"M0 {y:.1f}H{width:.0f}V{height:.0f}H0Z", fill=mix(far, near, i / steps))
    with s.group(clip=f"M0 {horizon}H{width}V{height}H0Z"):
        for i in range(7):
            k = 1 - i / 8
            s.ellipse(width * 0.36, horizon + 130, width * 0.5 * k, 170 * k, fill=WHITE, opacity=0.03)
        for i in range(11):
            y = horizon + 14 + (height - horizon) * ((i + s.rng.uniform(0, 0.8)) / 11) ** 1.4
            grain = [
                (-20, y),
                (width * 0.3, y + s.rng.uniform(-6, 6)),
                (width * 0.7, y + s.rng.uniform(-6, 6)),
                (width + 20, y + 3),
            ]
            s.line(grain, WARM_DARK if i % 3 else WHITE, 1.2 + i * 0.22, opacity=0.05 + 0.004 * i)
    s.path(f"M0 {horizon}H{width}", stroke=mix(c.surface, WHITE, 0.55), width=3.5, opacity=0.55)
    for i in range(6):
        s.path(f"M0 {horizon - 1.5}h{width}v{-7 - i * 9}h{-width}z", fill=WARM_DARK, opacity=0.014)


def _window_light(s: Studio, width: float) -> None:
    """Slanted panes of sun on the wall, and the shadow of a leafy twig in them."""
    for column in range(2):
        for row in range(2):
            x, y = width * 0.06 + column * 190, 50 + row * 235 + column * 62
            pane = [(x, y), (x + 165, y + 54), (x + 165, y + 264), (x, y + 210)]
            for k in (0, 5):
                s.path(
                    poly([(px + k * 0.6, py + k * 1.6) for px, py in pane], closed=True),
                    fill=WHITE,
                    opacity=0.13,
                )
    for i in range(9):
        px, py = width * 0.06 + 300 - i * 26, 30 + i * 34 + s.rng.uniform(-8, 8)
        for side in (-0.5, 1.5):
            blade = petal(px, py, pi * 0.6 + side + s.rng.uniform(-0.3, 0.3), 92 - i * 4, 24, 0.45)
            s.shape(blade, mix(s.colour.surface, s.colour.line, 0.25), opacity=0.055)


def _fibres(s: Studio, width: float, height: float) -> None:
    """Paper seen from above: a slanted band of shade and fine fibres."""
    c = s.colour
    for k in range(5):
        band = [
            (width * (0.66 + k * 0.03), 0),
            (width, 0),
            (width, height * 0.55),
            (width * (0.24 + k * 0.03), height),
            (0, height),
            (0, height * (0.88 + k * 0.03)),
        ]
        s.path(poly(band, closed=True), fill=c.surface, opacity=0.04)
    for i in range(26):
        x, y = s.rng.uniform(0, width), s.rng.uniform(0, height)
        fibre = [
            (x, y),
            (x + s.rng.uniform(-26, 26), y + s.rng.uniform(-9, 9)),
            (x + s.rng.uniform(-44, 44), y + 14),
        ]
        s.path(smooth(fibre), stroke=c.surface if i % 3 else WHITE, width=1.3, opacity=0.35)


def _near(s: Studio) -> None:
    """A plain soft ground for the close view."""
    c = s.colour
    glow(s, mix(c.ground, WHITE, 0.4), mix(c.ground, c.surface, 0.7), (330, 230), 1250, (1200, 1200))


def _zoomed(thing: Studio, scale: float, about: Point | None = None) -> list[str]:
    x, y = about or thing.focus
    head = f'<g transform="translate({600 - x * scale:.1f} {(y if about else 600) - y * scale:.1f}) scale({scale})">'
    return [head, *thing.parts, "</g>"]


def _pair(sheet: Studio, kind: Kind, thing: Studio) -> None:
    """The thing and a smaller sister on a deeper ground."""
    c = sheet.colour
    sheet.colour = replace(c, ground=mix(c.ground, c.shade, 0.38), surface=mix(c.surface, c.shade, 0.35))
    backdrop(sheet, thing.setting)
    sheet.colour = c
    sister = thing.again(thing.seed + 7)
    kind(sister)
    standing = thing.setting == "table"
    places = ("translate(560 330) scale(.56)", "translate(-70 165) scale(.84)")
    if not standing:
        places = ("translate(560 40) scale(.55)", "translate(10 270) scale(.74)")
    for part, place in zip((sister, thing), places, strict=True):
        with sheet.group(transform=place):
            sheet.parts += part.parts


def _room(s: Studio, setting: str) -> None:
    """A lattice window onto misty hills, a wall in evening light and a long bench; or a table from above."""
    if setting == "flat":
        backdrop(s, "flat", width=1600, height=1000)
        return
    backdrop(s, "wall", width=1600, height=1000)
    _view_outside(s)
    table(s, 1600, 1000, 700.0 if setting == "table" else 925.0)


def _view_outside(s: Studio) -> None:
    c = s.colour
    frame = mix(c.line, "#4A2F1C", 0.6)
    with s.group(clip="M1130 90h380v460h-380z"):
        for i in range(24):
            s.path(
                f"M1130 {90 + i * 14}h380v460h-380z",
                fill=mix("#F9F1DF", mix(c.ground, "#CFE0DC", 0.7), i / 24),
            )
        s.ellipse(1390, 210, 46, fill="#F3C98B", opacity=0.8)
        for layer in range(3):
            y = 330 + layer * 60
            hills = [(1100 + i * 62, y - s.rng.uniform(0, 95) * (1 if i % 2 else 0.2)) for i in range(8)]
            tone = mix(mix(c.ground, "#8FB0A6", 0.5), "#4F7568", layer * 0.33)
            s.shape([(1060, 640), (1060, 640), *hills, (1600, 640), (1600, 640)], tone, opacity=0.75)
    bars = "M1130 90h380v460h-380zM1257 90v460M1383 90v460M1130 205h380M1130 435h380"
    s.path(bars, stroke=frame, width=13)
    s.path(bars, stroke=WHITE, width=2, opacity=0.35)
    s.path("M1105 556h430v16h-430z", fill=frame)


def _document(s: Studio, width: int, height: int) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
    return f"{head}<defs>{''.join(s.defs)}</defs>{ROUND}{''.join(s.parts)}</g></svg>"
