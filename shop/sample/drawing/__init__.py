"""Drawings of the sample catalogue: every kind of craft thing as a still life in SVG, the same from the same seed."""

from . import (
    accessories,
    blades,
    blossoms,
    ceramics,
    drinks,
    embroidery,
    figures,
    foods,
    garments,
    gateway,
    harvest,
    herbs,
    instruments,
    lacquer,
    lattices,
    leather,
    metals,
    palmwork,
    parcels,
    plants,
    preserves,
    silver,
    statues,
    sweets,
    teaware,
    textiles,
    visits,
    weaving,
    whittling,
    woods,
    workshops,
)
from .kit import Kind
from .staging import photograph, photograph_wide

KINDS: dict[str, Kind] = {
    **ceramics.KINDS,
    **teaware.KINDS,
    **textiles.KINDS,
    **embroidery.KINDS,
    **garments.KINDS,
    **accessories.KINDS,
    **lacquer.KINDS,
    **metals.KINDS,
    **silver.KINDS,
    **blades.KINDS,
    **leather.KINDS,
    **woods.KINDS,
    **statues.KINDS,
    **figures.KINDS,
    **whittling.KINDS,
    **instruments.KINDS,
    **weaving.KINDS,
    **lattices.KINDS,
    **palmwork.KINDS,
    **foods.KINDS,
    **parcels.KINDS,
    **harvest.KINDS,
    **sweets.KINDS,
    **preserves.KINDS,
    **drinks.KINDS,
    **herbs.KINDS,
    **plants.KINDS,
    **blossoms.KINDS,
    **visits.KINDS,
    **workshops.KINDS,
    **gateway.KINDS,
}


def draw(kind: str, *, palette: str, pattern: str, seed: int, view: str = "front") -> str:
    """The picture of a `kind` as SVG text, 1200 x 1200; view is "front", "detail" or "set"."""
    return photograph(KINDS[kind], palette_name=palette, pattern=pattern, seed=seed, view=view)


def draw_scene(kind: str, *, palette: str, pattern: str, seed: int) -> str:
    """The same thing in a craftsman's room, 1600 x 1000, for the pages of villages."""
    return photograph_wide(KINDS[kind], palette_name=palette, pattern=pattern, seed=seed)
