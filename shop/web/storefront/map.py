"""The map of Hanoi, drawn from coordinates: wards as soft discs, the Red River, a pin for each village."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup
from sqlalchemy import select

from shop.catalogue import shelves
from shop.catalogue.browsing import VillageCard
from shop.catalogue.remembering import Remembered
from shop.core.db import db
from shop.core.languages import Texts
from shop.delivery.models import HANOI
from shop.places.models import Ward
from shop.web.storefront.village_cards import village_cards

WIDTH, HEIGHT = 600, 640
WEST, EAST, SOUTH, NORTH = 105.27, 106.05, 20.54, 21.40
# The Red River's course through the city, by hand from well-known places along it.
RIVER = (
    (21.295, 105.31), (21.262, 105.375), (21.225, 105.43), (21.165, 105.50), (21.150, 105.555), (21.125, 105.62),
    (21.120, 105.68), (21.085, 105.74), (21.095, 105.80), (21.075, 105.845), (21.040, 105.865), (21.005, 105.885),
    (20.975, 105.905), (20.925, 105.895), (20.890, 105.915), (20.845, 105.925), (20.800, 105.935), (20.755, 105.955),
    (20.705, 105.975), (20.655, 105.995),
)  # fmt: skip


@dataclass(frozen=True)
class Pin:
    """A village on the map: its place in the drawing and how many products it has on sale."""

    slug: str
    name: Texts
    craft: Texts
    group: str
    x: float
    y: float
    count: int


@dataclass(frozen=True)
class VillageMap:
    pins: list[Pin]
    ground: Markup
    river: str
    width: int = WIDTH
    height: int = HEIGHT


_pins: Remembered[list[Pin]] = Remembered()


def village_map(only: str | None = None) -> VillageMap:
    """The whole map, or with one village's pin alone."""
    pins = _pins.get("all", _all_pins)
    return VillageMap([pin for pin in pins if only in (None, pin.slug)], ground(), river_path())


def _all_pins() -> list[Pin]:
    counts = shelves.current().counts("village", {})
    return sorted((_pin(village, counts.get(village.id, 0)) for village in village_cards()), key=lambda pin: pin.y)


def place(lat: float, lon: float) -> tuple[float, float]:
    """Where a coordinate lies in the drawing (equirectangular: the city is small)."""
    x = (lon - WEST) / (EAST - WEST) * WIDTH
    y = (NORTH - lat) / (NORTH - SOUTH) * HEIGHT
    return round(x, 1), round(y, 1)


@lru_cache(maxsize=1)
def ground() -> Markup:
    """Today's 126 wards and communes as discs as large as their spread: together they have the city's shape."""
    centres = [
        (ward.lat, ward.lon, ward.urban)
        for ward in db.session.scalars(select(Ward).where(Ward.province_code == HANOI))
        if ward.lat and ward.lon
    ]
    discs = []
    for lat, lon, urban in centres:
        x, y = place(lat, lon)
        kind = ' class="urban"' if urban else ""
        discs.append(f'<circle{kind} cx="{x}" cy="{y}" r="{_radius(lat, lon, centres)}"/>')
    return Markup("".join(discs))


@lru_cache(maxsize=1)
def river_path() -> str:
    """A smooth path through the river's points."""
    points = [place(lat, lon) for lat, lon in RIVER]
    parts = [f"M{points[0][0]} {points[0][1]}"]
    for (x, y), (next_x, next_y) in pairwise(points[1:]):
        parts.append(f"Q{x} {y} {round((x + next_x) / 2, 1)} {round((y + next_y) / 2, 1)}")
    parts.append(f"L{points[-1][0]} {points[-1][1]}")
    return "".join(parts)


def _radius(lat: float, lon: float, centres: list[tuple[float, float, bool]]) -> int:
    """A little more than the way to the third neighbour, so that discs grow together."""
    x, y = place(lat, lon)
    near = sorted(math.dist((x, y), place(other_lat, other_lon)) for other_lat, other_lon, _ in centres)[1:4]
    return max(9, min(44, round(near[-1] * 0.82)))


def _pin(village: VillageCard, count: int) -> Pin:
    x, y = place(village.lat, village.lon)
    return Pin(village.slug, village.name, village.craft, village.group.value, x, y, count)
