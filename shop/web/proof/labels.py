"""The box about the label in hand: what its lot is, and what is known of its code. Never that the goods are real."""

from __future__ import annotations

from dataclasses import dataclass

from shop.provenance.lots import stories
from shop.provenance.lots.serials import tidy
from shop.provenance.lots.stories import Told
from shop.provenance.ocop_verify.dossier import Dossier, Lot


@dataclass(frozen=True)
class LabelBox:
    """`found` is None where the log knows no such lot of this product; `told` where no code was scanned."""

    lot: str
    found: Lot | None
    told: Told | None


def label_box(product_id: int, dossier: Dossier, *, lot: str, serial: str) -> LabelBox | None:
    """None where the address names neither lot nor serial."""
    if not (lot or serial):
        return None
    told = stories.of_label(product_id, tidy(serial), lot=lot) if serial else None
    if told and told.lot:
        lot = told.lot.number
    return LabelBox(lot, dossier.lots.get(lot), told)
