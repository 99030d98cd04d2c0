"""A walk through the village: the brick gate, the banyan, the lotus pond."""

from .drinks import lotus_flower, lotus_front
from .kit import BLACK, Kind, Studio, flat, tube
from .palettes import mix
from .patterns import pattern
from .pieces import Tones
from .servings import paper_inks, scatter


def village_walk(s: Studio) -> None:
    """The brick gate of a village under its banyan, a path, a pond with lotus."""
    s.setting = "full"
    c, rng = s.colour, s.rng
    s.path(
        "M0 0H1200V1200H0Z",
        fill=s.linear(
            [(0, mix(c.ground, "#BFD6DC", 0.6), 1), (0.5, "#FBEFD6", 1), (0.62, "#F6DDB0", 1)], (0, 0), (0, 1200)
        ),
    )
    s.fade(820, 330, 330, 330, "#FFF6D8", 0.9)
    for layer in range(3):
        y = 600 + layer * 40
        hills = [(-60 + i * 110, y - rng.uniform(10, 110 - layer * 30)) for i in range(13)]
        s.shape(
            [(-80, 800), (-80, 800), *hills, (1300, 800), (1300, 800)],
            mix("#B4C9B8", "#7E9E6E", layer / 2),
            opacity=0.8,
        )
    s.path(
        "M0 720H1200V1200H0Z",
        fill=s.linear([(0, "#B9C878", 1), (0.4, "#8EAA50", 1), (1, "#4E6E30", 1)], (0, 720), (0, 1200)),
    )
    _path_and_pond(s)
    _gate(s)
    _banyan(s)
    s.focus = (760, 640)


def _path_and_pond(s: Studio) -> None:
    path = [(700, 800), (830, 800), (900, 920), (1010, 1200), (1010, 1200), (500, 1200), (500, 1200), (640, 930)]
    s.shape(path, s.linear([(0, "#E9CFA4", 1), (1, "#B98A5A", 1)], (0, 800), (0, 1200)))
    for x, y in scatter(s, 760, 1030, 220, 150, 90):
        s.ellipse(
            x,
            y,
            22 * (y - 700) / 330,
            7 * (y - 700) / 330,
            fill=s.rng.choice(("#A8643E", "#C07E52", "#D9A87A")),
            stroke="#8A5A36",
            width=1.2,
            opacity=0.8,
        )
    pond = [(-80, 990), (120, 930), (360, 950), (520, 1030), (440, 1140), (200, 1210), (-80, 1220)]
    s.shape(
        pond,
        s.linear([(0, "#CFE0D6", 1), (0.5, "#7EA8A0", 1), (1, "#3E6A68", 1)], (0, 940), (0, 1200)),
        stroke="#5E7A3E",
        width=7,
    )
    for x, y in scatter(s, 210, 1070, 210, 70, 13):
        s.ellipse(
            x,
            y,
            52,
            17,
            fill=s.linear([(0, "#A9CFA0", 1), (1, "#3E7A4E", 1)], (x - 50, y), (x + 50, y)),
            stroke="#2A5636",
        )
    for x, y, r in ((140, 1050, 62), (300, 1090, 74)):
        lotus_flower(s, x, y, r)
        lotus_front(s, x, y, r)


def _gate(s: Studio) -> None:
    brick: Tones = ("#F0B48A", "#C2704A", "#7E3A20", "#43190C")
    s.shadow(770, 836, 260, 40, 0.5)
    for x in (540, 850):
        s.path(
            f"M{x} 450h150v390h-150z",
            fill=s.linear([(0, brick[0], 1), (0.4, brick[1], 1), (1, brick[2], 1)], (x, 0), (x + 150, 0)),
            stroke=brick[3],
        )
    s.path(
        "M540 450H1000V560H850A80 96 0 0 0 690 560H540Z",
        fill=s.linear([(0, brick[0], 1), (0.5, brick[1], 1), (1, brick[2], 1)], (540, 0), (1000, 0)),
        stroke=brick[3],
    )
    with s.group(clip="M540 450H1000V840H850V560A80 96 0 0 0 690 560V840H540Z"):
        for row in range(20):
            y = 450 + row * 20
            s.line([(540, y), (1000, y)], brick[3], 1.6, opacity=0.35)
            for k in range(13):
                s.line(
                    [(540 + k * 40 + row % 2 * 20, y), (540 + k * 40 + row % 2 * 20, y + 20)],
                    brick[3],
                    1.6,
                    opacity=0.35,
                )
        s.path("M540 450H1000V480H540Z", fill=BLACK, opacity=0.22)
    s.path("M690 840V560A80 96 0 0 1 850 560V840", stroke="#F6E3C4", width=11)
    s.path("M640 470h260v58h-260z", fill="#F6EBD2", stroke=brick[3])
    with s.group(clip="M644 474h252v50h-252z"):
        s.marks(pattern(s.pattern, 252, 50, s.rng), flat(644, 474), paper_inks(s))
    _roof(s, 770, 450, 300, 96)
    s.path(
        "M650 360h240v-70h-240z",
        fill=s.linear([(0, brick[0], 1), (1, brick[2], 1)], (650, 0), (890, 0)),
        stroke=brick[3],
    )
    s.ellipse(770, 326, 26, 26, fill="#F6E3C4", stroke=brick[3], width=4)
    _roof(s, 770, 292, 190, 84)
    for x in (530, 1000):
        _lantern(s, x + (30 if x < 700 else -20), 560)


def _roof(s: Studio, x: float, y: float, half: float, high: float) -> None:
    """A tiled roof with upturned corners."""
    tile = ("#D98A5E", "#9A4A2C", "#4E2012")
    edge = [
        (x - half - 30, y - 22),
        (x - half - 30, y - 22),
        (x - half * 0.9, y + 4),
        (x, y + 14),
        (x + half * 0.9, y + 4),
        (x + half + 30, y - 22),
        (x + half + 30, y - 22),
        (x + half * 0.8, y - high * 0.55),
        (x + half * 0.62, y - high),
        (x + half * 0.62, y - high),
        (x - half * 0.62, y - high),
        (x - half * 0.62, y - high),
        (x - half * 0.8, y - high * 0.55),
    ]
    s.shape(
        edge,
        s.linear([(0, tile[0], 1), (0.6, tile[1], 1), (1, tile[2], 1)], (0, y - high), (0, y + 14)),
        stroke="#34120A",
        width=2.5,
    )
    for i in range(-10, 11):
        s.line(
            [
                (x + i * half * 0.06, y - high),
                (x + i * half * 0.078, y - high * 0.5),
                (x + i * half * 0.097, y + 8 - abs(i) * 1.2),
            ],
            tile[2],
            4.5,
            opacity=0.55,
        )
    s.line([(x - half * 0.66, y - high - 4), (x, y - high + 2), (x + half * 0.66, y - high - 4)], "#E9C9A0", 12)
    for side in (-1, 1):
        s.shape(
            tube(
                [
                    (x + side * half * 0.64, y - high),
                    (x + side * half * 0.76, y - high - 16),
                    (x + side * half * 0.74, y - high - 36),
                ],
                13,
                3,
            ),
            "#E9C9A0",
            stroke=tile[2],
            width=1.5,
        )


def _lantern(s: Studio, x: float, y: float) -> None:
    s.line([(x, y - 60), (x, y - 30)], "#4A2A14", 4)
    s.fade(x, y, 90, 90, "#FFD88A", 0.6)
    s.ellipse(x, y, 32, 38, fill=s.ball(x, y, 36, "#FFC48A", "#D9382A", "#7E120C"), stroke="#5E0E08")
    for k in (-16, 0, 16):
        s.line([(x + k * 0.5, y - 36), (x + k * 1.3, y), (x + k * 0.5, y + 36)], "#FFD88A", 1.6, opacity=0.6)
    s.line([(x, y + 38), (x, y + 74)], "#E0A83A", 5)


def _banyan(s: Studio) -> None:
    bark = ("#A8866A", "#6E5038", "#342216")
    s.shadow(230, 880, 230, 44, 0.5)
    for x, w in ((150, 40), (200, 66), (250, 58), (300, 44), (110, 24)):
        root = [(x + (x - 215) * 0.5, 890), (x, 800), (x + 10, 600), (230 + (x - 215) * 0.6, 380)]
        s.shape(
            tube(root, w, w * 0.6),
            s.linear([(0, bark[0], 1), (0.5, bark[1], 1), (1, bark[2], 1)], (x - w / 2, 0), (x + w / 2, 0)),
            stroke=bark[2],
        )
    for end in ((20, 280), (440, 300), (330, 190), (110, 170)):
        s.shape(tube([(230, 470), ((230 + end[0]) / 2, 330), end], 60, 14), bark[1], stroke=bark[2])
    for x in (40, 90, 350, 400, 450):
        s.line(
            [(x, 330), (x + s.rng.uniform(-8, 8), 480), (x + s.rng.uniform(-14, 14), 600 + s.rng.uniform(-60, 120))],
            bark[1],
            4.5,
        )
    for x, y, w in (
        (60, 300, 190),
        (420, 320, 190),
        (230, 330, 200),
        (330, 190, 200),
        (110, 170, 210),
        (230, 90, 220),
        (480, 230, 120),
    ):
        _crown(s, x, y, w)


def _crown(s: Studio, x: float, y: float, w: float) -> None:
    s.ellipse(x, y, w * 0.92, w * 0.56, fill=s.ball(x, y, w, "#9CBF5E", "#4E8038", "#1C4420"))
    for px, py in scatter(s, x, y, w, w * 0.62, 74):
        lit = 0.5 - (px - x) / w * 0.3 - (py - y) / w * 0.7
        tone = mix("#1E4A24", "#C3DB7E", min(1.0, max(0.0, lit + s.rng.uniform(-0.2, 0.2))))
        s.ellipse(px, py, 22, 11, fill=tone, turn=s.rng.uniform(0, 180), opacity=0.9)


KINDS: dict[str, Kind] = {"village_walk": village_walk}
