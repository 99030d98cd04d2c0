"""The twenty patterns as compositions of Marks over a flat field, and the border bands that frame them.

``pattern(name, w, h, rng)`` fills a field of w x h with a composed picture (a few large motifs);
``pattern(name, w, h, rng, scale=70)`` repeats small motifs of that size, as on printed or woven cloth.
Draw the marks with ``Studio.marks(marks, surface, inks)``; the surface bends them onto the thing.
"""

from random import Random

from . import beasts, motifs
from .borders import BORDERS
from .fields import FIELDS, repeat
from .kit import Mark
from .motifs import Motif


def pattern(name: str, w: float, h: float, rng: Random, *, scale: float | None = None) -> list[Mark]:
    """The marks of a pattern over w x h; `scale` asks for an all-over repeat with motifs of that size."""
    if name in FIELDS:
        return FIELDS[name](w, h, scale or max(24.0, min(64.0, h / 5)), rng)
    motif = MOTIFS[name]
    return repeat(motif, w, h, scale, rng) if scale else _compose(name, w, h, rng)


def border(name: str, w: float, h: float) -> list[Mark]:
    """A band of w x h: petals, fret, curls, beads or lines."""
    return BORDERS[name](w, h)


def _compose(name: str, w: float, h: float, rng: Random) -> list[Mark]:
    """A small picture: the motif with its companions; on a long band the motif again and again, face to face."""
    if w < 2.1 * h and min(w, h) > 150:
        base = min(w, h)
        parts = [MOTIFS[kind](w * x, h * y, base * share, side, rng) for kind, x, y, share, side in SCENES[name]]
        return [mark for part in parts for mark in part]
    size = min(h * 0.98, w * 0.6)
    sides = max(0, round((w / size - 1) / 2 + 0.1))
    marks: list[Mark] = []
    for i in range(-sides, sides + 1):
        marks += MOTIFS[name](
            w / 2 + i * size * 1.02,
            h / 2 + (0.03 * h if i % 2 else 0),
            size * (1 if i == 0 else 0.86),
            1.0 if i <= 0 else -1.0,
            rng,
        )
    return marks


MOTIFS: dict[str, Motif] = {
    "lotus": motifs.lotus,
    "swallow": motifs.swallow,
    "bamboo": motifs.bamboo,
    "chrysanthemum": motifs.chrysanthemum,
    "peach_blossom": motifs.peach_blossom,
    "fish": motifs.fish,
    "dragon": beasts.dragon,
    "phoenix": beasts.phoenix,
}
# what keeps a motif company in a picture: (motif, x, y as shares of the field, size, side)
SCENES: dict[str, tuple[tuple[str, float, float, float, float], ...]] = {
    "lotus": (("lotus", 0.17, 0.66, 0.62, -1), ("lotus", 0.85, 0.64, 0.66, 1), ("lotus", 0.5, 0.5, 0.96, 1)),
    "swallow": (
        ("peach_blossom", 0.7, 0.66, 0.78, -1),
        ("swallow", 0.4, 0.4, 0.66, 1),
        ("swallow", 0.8, 0.2, 0.3, 1),
    ),
    "bamboo": (
        ("bamboo", 0.78, 0.56, 0.84, -1),
        ("bamboo", 0.2, 0.62, 0.74, 1),
        ("bamboo", 0.47, 0.5, 1.0, 1),
        ("swallow", 0.72, 0.14, 0.26, 1),
    ),
    "chrysanthemum": (
        ("chrysanthemum", 0.82, 0.28, 0.5, 1),
        ("chrysanthemum", 0.14, 0.72, 0.46, -1),
        ("chrysanthemum", 0.76, 0.79, 0.42, -1),
        ("chrysanthemum", 0.43, 0.46, 0.82, 1),
    ),
    "peach_blossom": (("peach_blossom", 0.5, 0.53, 0.94, 1), ("swallow", 0.3, 0.22, 0.3, -1)),
    "fish": (("lotus", 0.74, 0.4, 0.72, 1), ("fish", 0.4, 0.56, 0.7, 1), ("fish", 0.66, 0.86, 0.36, -1)),
    "dragon": (("dragon", 0.5, 0.5, 1.0, 1),),
    "phoenix": (("peach_blossom", 0.27, 0.66, 0.66, 1), ("phoenix", 0.54, 0.44, 0.88, 1)),
}
PATTERNS = (*FIELDS, *MOTIFS)
