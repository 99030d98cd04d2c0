"""The villages' cards, read once for each state of the catalogue."""

from __future__ import annotations

from shop.catalogue import browsing, shelves
from shop.catalogue.browsing import VillageCard
from shop.catalogue.remembering import Remembered

_kept: Remembered[list[VillageCard]] = Remembered()


def village_cards() -> list[VillageCard]:
    return _kept.get("all", browsing.village_cards)


def featured(most: int) -> list[tuple[VillageCard, int]]:
    """The villages with the most goods on sale, with their counts."""
    counts = shelves.current().counts("village", {})
    stocked = [(village, counts[village.id]) for village in village_cards() if counts.get(village.id)]
    return sorted(stocked, key=lambda pair: (-pair[1], pair[0].slug))[:most]
