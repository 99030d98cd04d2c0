"""GTINs, lots and labels for tests, made by the real verbs. Each opens its own transaction."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from shop.catalogue.models import Product
from shop.core import clock
from shop.core.db import transaction
from shop.provenance import gs1
from shop.provenance.lots import labelling, releasing
from shop.provenance.lots.labelling import Issued
from shop.provenance.lots.models import Lot
from shop.provenance.lots.releasing import NewLot
from tests.factories import BY, a_product

_numbers = count(1)


def a_gtin(product: Product) -> str:
    """A new number of the range for examples, bound to this product."""
    with transaction():
        return releasing.bind(product, gs1.demo(next(_numbers)), by=BY).number


def a_lot(product: Product | None = None, *, number: str = "", quantity: int = 100, **fields: Any) -> Lot:
    """A lot made three days ago, of a product with a GTIN unless `gtin=""`."""
    product = product or a_product()
    gtin = fields.pop("gtin", None)
    told = {
        "number": number or f"L{next(_numbers)}",
        "made_on": clock.today() - timedelta(days=3),
        "quantity": quantity,
        "gtin": a_gtin(product) if gtin is None else gtin,
        **fields,
    }
    with transaction():
        return releasing.release(product, NewLot(**told), by=BY)


def labels(lot: Lot, count: int = 10, *, active: bool = True, with_pins: bool = False) -> Issued:
    """A batch of labels on their goods, or only printed."""
    with transaction():
        issued = labelling.issue(lot, count, by=BY, with_pins=with_pins)
        assert isinstance(issued, Issued), issued
    if active:
        with transaction():
            labelling.activate(issued.batch, by=BY)
    return issued
