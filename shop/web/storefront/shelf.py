"""Shelves: a few cards with the stars of today, read once for each state of the catalogue."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace

from shop.catalogue import browsing
from shop.catalogue.assortment import Page
from shop.catalogue.browsing import Card
from shop.catalogue.remembering import Remembered
from shop.core import clock
from shop.provenance.status import Status, statuses


@dataclass
class Shelf:
    """A page of the assortment and its cards, each with its status today."""

    name: str
    page: Page
    cards: list[tuple[Card, Status]] = field(default_factory=list)


_kept: Remembered[tuple[Card, Status]] = Remembered()


def fill_shelves(wanted: Sequence[Shelf]) -> dict[str, Shelf]:
    """Fills the shelves; cards not yet read in this state of the catalogue are read at once for all of them."""
    kept = _kept.things()
    missing = sorted({product_id for shelf in wanted for product_id in shelf.page.ids if product_id not in kept})
    read: dict[Hashable, tuple[Card, Status]] = {}
    if missing:
        judged = statuses(missing, clock.today())
        # A card's stars need no certificate row, and rows do not outlive their session.
        read = {card.id: (card, replace(judged[card.id], certificate=None)) for card in browsing.cards(missing)}
        _kept.keep(read, kept)
    for shelf in wanted:
        found = (read.get(product_id) or kept.get(product_id) for product_id in shelf.page.ids)
        shelf.cards = [pair for pair in found if pair is not None]
    return {shelf.name: shelf for shelf in wanted}
