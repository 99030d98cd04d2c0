"""Shelves: a few cards with the stars of today, read in as few queries as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from shop.catalogue import browsing
from shop.catalogue.assortment import Page
from shop.catalogue.browsing import Card
from shop.core import clock
from shop.provenance.status import Status, statuses


@dataclass
class Shelf:
    """A page of the assortment and its cards, each with its status today."""

    name: str
    page: Page
    cards: list[tuple[Card, Status]] = field(default_factory=list)


def fill_shelves(shelves: Sequence[Shelf]) -> dict[str, Shelf]:
    """Reads the cards and statuses of all shelves at once."""
    ids = sorted({product_id for shelf in shelves for product_id in shelf.page.ids})
    cards = {card.id: card for card in browsing.cards(ids)}
    judged = statuses(ids, clock.today())
    for shelf in shelves:
        shelf.cards = [(cards[i], judged[i]) for i in shelf.page.ids if i in cards]
    return {shelf.name: shelf for shelf in shelves}
