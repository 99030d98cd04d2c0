"""Foods in leaf: pork roll, square and long rice cakes."""

from .greenery import leaf
from .kit import WHITE, Kind, Point, Studio, ring, smooth
from .palettes import mix
from .pieces import STRAW, Box, Tones, cord
from .servings import nearer, scatter

LEAF: Tones = ("#8DB05A", "#4F7F36", "#2C5426", "#162E14")


def pork_roll(s: Studio) -> None:
    """A pork roll in banana leaf, one end cut to show its pale pink heart, slices before it."""
    _leaf_roll(s, (330, 690), (830, 640), 118, ties=5)
    meat = ("#FCEBE0", "#EFCDBE", "#C9937F")
    for i in range(3):
        x, y = 430 + i * 150, 900 + (i % 2) * 14
        _slice(s, x, y, 104, meat)
    leaf(s, (840, 930), (1010, 860), 62)
    leaf(s, (840, 930), (960, 970), 54)
    s.focus = (480, 800)


def _slice(s: Studio, x: float, y: float, r: float, meat: tuple[str, str, str]) -> None:
    s.shadow(x, y + r * 0.3, r * 1.02, r * 0.36, 0.5)
    s.ellipse(x, y + 22, r, r * 0.5, fill=mix(meat[2], "#6E3A2A", 0.25))
    s.ellipse(
        x,
        y,
        r,
        r * 0.5,
        fill=s.linear([(0, WHITE, 1), (0.4, meat[0], 1), (1, meat[1], 1)], (x - r, y - r * 0.5), (x + r, y + r * 0.5)),
        stroke="#8A9A4A",
        width=4,
    )
    for px, py in scatter(s, x, y, r * 0.82, r * 0.38, 20):
        s.ellipse(px, py, s.rng.uniform(2, 6), s.rng.uniform(1.4, 3), fill=mix(meat[2], meat[1], 0.4), opacity=0.7)
    for px, py in scatter(s, x, y, r * 0.7, r * 0.32, 5):
        s.ellipse(px, py, 5, 3.2, fill="#3B2A20")


def _leaf_roll(s: Studio, start: Point, end: Point, r: float, *, ties: int, cut: bool = True) -> None:
    """A roll of leaf between two points, lying on the table, tied across."""
    light, body, shade, line = LEAF
    (x0, y0), (x1, y1) = start, end
    s.shadow((x0 + x1) / 2, (y0 + y1) / 2 + r * 0.98, (x1 - x0) / 2 + r * 0.7, r * 0.42, 0.65)
    lift = (y1 - y0) / (x1 - x0)
    roll = [
        (x0, y0 - r),
        (x0, y0 - r),
        (x1, y1 - r),
        (x1, y1 - r),
        (x1 + r * 0.42, y1 - r * 0.5),
        (x1 + r * 0.48, y1 + r * 0.3),
        (x1, y1 + r),
        (x1, y1 + r),
        (x0, y0 + r),
        (x0, y0 + r),
        (x0 - r * 0.46, y0 + r * 0.4),
        (x0 - r * 0.46, y0 - r * 0.4),
    ]
    s.shape(
        roll,
        s.linear(
            [(0, mix(body, light, 0.4), 1), (0.24, light, 1), (0.55, body, 1), (1, line, 1)],
            ((x0 + x1) / 2, (y0 + y1) / 2 - r),
            ((x0 + x1) / 2 + 8, (y0 + y1) / 2 + r),
        ),
        stroke=line,
    )
    with s.group(clip=smooth(roll, closed=True)):
        for i in range(40):
            u = x0 - r * 0.4 + (x1 - x0 + r * 0.8) * i / 39
            y = y0 + (u - x0) * lift
            s.line([(u - 16, y - r), (u + 6, y), (u - 8, y + r)], shade if i % 3 else light, 2, opacity=0.4)
        s.line([(x0 - r, y0 - r * 0.1), (x1 + r, y1 + r * 0.24)], line, 4, opacity=0.7)
        s.line([(x0 - r, y0 - r * 0.14), (x1 + r, y1 + r * 0.2)], light, 2.5, opacity=0.7)
    _roll_end(s, x0 - r * 0.12, y0, r, cut=cut)
    for i in range(ties):
        u = x0 + (x1 - x0) * (i + 0.8) / (ties + 0.2)
        y = y0 + (u - x0) * lift
        cord(s, [(u, y - r), (u + r * 0.16, y - r * 0.3), (u + r * 0.16, y + r * 0.4), (u, y + r)], 8, STRAW)


def _roll_end(s: Studio, x: float, y: float, r: float, *, cut: bool) -> None:
    """The near end of a roll: the meat where it is cut, else the folded leaf."""
    light, body, shade, line = LEAF
    if not cut:
        s.ellipse(x, y, r * 0.42, r * 0.97, fill=s.ball(x, y, r, light, body, shade), stroke=line)
        for dy in (-0.9, 0.0, 0.9):
            s.line(
                [(x - r * 0.34, y + dy * r * 0.5), (x, y + dy * r * 0.1), (x + r * 0.36, y + dy * r * 0.4)],
                line,
                3,
                opacity=0.6,
            )
        cord(s, [(x, y - r * 0.95), (x - r * 0.1, y), (x, y + r * 0.95)], 8, STRAW)
        return
    s.ellipse(
        x,
        y,
        r * 0.42,
        r * 0.97,
        fill=s.ball(x - r * 0.1, y, r, "#FDF0E6", "#F1D2C3", "#C9937F"),
        stroke=shade,
        width=7,
    )
    for px, py in scatter(s, x, y, r * 0.3, r * 0.75, 14):
        s.ellipse(px, py, s.rng.uniform(2, 4), fill="#D3A592", opacity=0.8)


def square_cake(s: Studio) -> None:
    """Square rice cakes wrapped in dong leaf and tied crosswise, one cut open."""
    for x, y, size in ((780, 800, 300), (590, 960, 340)):
        box = Box(x, y, size * 1.1, size, size * 0.42)
        box.shadow(s, 0.6)
        box.paint(s, LEAF)
        _leaf_lines(s, box)
        _cross_ties(s, box)
    _cut_cake(s, 300, 900)
    s.focus = (560, 780)


def _leaf_lines(s: Studio, box: Box) -> None:
    for on, w, h in (
        (box.on_left(100, 100), 100, 100),
        (box.on_right(100, 100), 100, 100),
        (box.on_top(100, 100), 100, 100),
    ):
        for i in range(22):
            v = i * h / 21
            s.line([on(0, v), on(w / 2, v + 1.4), on(w, v)], LEAF[0] if i % 3 else LEAF[3], 1.6, opacity=0.4)
        s.line([on(0, 48), on(w, 54)], LEAF[3], 3.5, opacity=0.5)
        s.line([on(0, 46.6), on(w, 52.6)], LEAF[0], 3, opacity=0.8)


def _cross_ties(s: Studio, box: Box) -> None:
    for k in (0.3, 0.7):
        a, b = box.a * k, box.b * k
        for path in (
            [box.at(a, box.b, box.h), box.at(a, 0, box.h), box.at(a, 0, 0)],
            [box.at(box.a, b, box.h), box.at(0, b, box.h), box.at(0, b, 0)],
        ):
            points = [path[0], path[0], path[1], path[1], path[2], path[2]]
            cord(s, points, 9, STRAW)
    x, y = box.at(box.a * 0.3, box.b * 0.3, box.h)
    for dx, dy in ((-40, -26), (-52, 6), (40, -22)):
        s.line([(x, y), (x + dx * 0.5, y + dy - 10), (x + dx, y + dy)], STRAW[1], 7)


def _cut_cake(s: Studio, x: float, y: float) -> None:
    """A quarter of the cake: green rice outside, mung bean and pork within."""
    piece = Box(x, y, 160, 200, 112)
    piece.shadow(s, 0.5)
    piece.paint(s, ("#DDE8B0", "#B4C878", "#7E9A4A", "#4A5E28"))
    for on in (piece.on_left(100, 100), piece.on_right(100, 100)):
        s.shape([on(0, 26), on(100, 26), on(100, 78), on(0, 78)], "#E9C45A", curved=False)
        s.shape(
            [on(10, 40), on(50, 36), on(92, 44), on(88, 64), on(44, 68), on(12, 60)],
            "#D99A86",
            stroke="#F3DCCB",
            width=4,
        )
        for _ in range(40):
            u, v = s.rng.uniform(2, 98), s.rng.choice((s.rng.uniform(3, 23), s.rng.uniform(81, 97)))
            s.ellipse(*on(u, v), 5, 3, fill="#EEF3CE", opacity=0.7, turn=s.rng.uniform(0, 180))
    for px, py in scatter(s, *piece.at(80, 100, 112), 120, 24, 40):
        s.ellipse(px, py, 6, 3, fill="#F3F6D8", opacity=0.6, turn=s.rng.uniform(0, 180))


def long_cake(s: Studio) -> None:
    """Long rice rolls in leaf, bound with many turns of string, and three cut rounds."""
    for start, end in (((330, 640), (860, 590)), ((300, 760), (850, 720))):
        _leaf_roll(s, start, end, 92, ties=9, cut=False)
    rice = ("#F3F6D6", "#D3DDA0", "#8FA257")
    for i in range(3):
        x, y = 420 + i * 190, 930 + (i % 2) * 8
        s.shadow(x, y + 26, 106, 34, 0.5)
        s.ellipse(x, y + 22, 102, 50, fill=rice[2])
        s.ellipse(x, y, 102, 50, fill=s.ball(x, y, 110, WHITE, rice[0], rice[1]), stroke="#5F7F36", width=5)
        s.ellipse(x, y, 56, 27, fill="#EBC75E")
        s.ellipse(x, y, 27, 13, fill="#D79C88", stroke="#F4DFD0", width=3)
        for px, py in ring(x, y, 80, 38, 26):
            s.ellipse(
                px + s.rng.uniform(-8, 8),
                py + s.rng.uniform(-4, 4),
                6,
                3,
                fill=WHITE,
                opacity=0.7,
                turn=s.rng.uniform(0, 180),
            )
    s.focus = (480, 820)


KINDS: dict[str, Kind] = {
    "pork_roll": nearer(pork_roll),
    "square_cake": nearer(square_cake),
    "long_cake": nearer(long_cake),
}
