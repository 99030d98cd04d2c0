"""The box about the label in hand: what its lot is, and what is known of its code. Never that the goods are real."""

from __future__ import annotations

from dataclasses import dataclass

from shop.catalogue.models import Product
from shop.provenance.ocop_verify.dossier import Dossier, Lot


@dataclass(frozen=True)
class LabelBox:
    """`found` is None where the log knows no such lot of this product."""

    lot: str
    serial: str
    found: Lot | None


def label_box(product: Product, dossier: Dossier, *, lot: str, serial: str) -> LabelBox | None:
    """None where the address names neither lot nor serial."""
    if not (lot or serial):
        return None
    return LabelBox(lot, serial, dossier.lots.get(lot))
