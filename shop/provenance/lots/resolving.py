"""What a label's address names: the product of its GTIN, and how far down its lot and serial are known."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from shop.catalogue.models import Product
from shop.core.db import db
from shop.provenance.gs1 import DigitalLink
from shop.provenance.log.models import Event
from shop.provenance.log.reading import subject_of
from shop.provenance.lots.models import Gtin, Label, LabelBatch
from shop.provenance.lots.releasing import lot_of


@dataclass(frozen=True)
class Resolved:
    """`asked` is the whole link; `known` are the levels of it that exist, the deepest first, at least the GTIN."""

    asked: DigitalLink
    product: Product
    known: tuple[DigitalLink, ...]

    @property
    def deepest(self) -> DigitalLink:
        return self.known[0]


def resolve(link: DigitalLink) -> Resolved | None:
    """None for a GTIN that is nobody's here. A retired one still leads to its product: old packs stand in kitchens."""
    held = db.session.get(Gtin, link.gtin, options=[joinedload(Gtin.product)])
    if held is None:
        return None
    known = (level for level in link.levels() if _is_known(level, held.product_id))
    return Resolved(link, held.product, tuple(known))


def product_of(slug: str) -> Product | None:
    """For plain product codes: on sale, or with a story in the log; a draft is nobody's business."""
    product = db.session.scalar(select(Product).where(Product.slug == slug))
    if product is None or product.is_live:
        return product
    told = exists().where(Event.subject == subject_of(product.id))
    return product if db.session.scalar(select(told)) else None


def lot_of_serial(product_id: int, serial: str) -> str:
    """The number of the lot this serial was issued for; empty if this product never had it."""
    of_label = select(LabelBatch.lot_number).join(Label, Label.batch_id == LabelBatch.id)
    found = of_label.where(Label.serial == serial, LabelBatch.product_id == product_id)
    return db.session.scalar(found) or ""


def _is_known(level: DigitalLink, product_id: int) -> bool:
    """No consumer product variants (22) are registered, so a level that names one is not known."""
    if level.cpv:
        return False
    if level.serial:
        issued_for = lot_of_serial(product_id, level.serial)
        return bool(issued_for) and level.lot in ("", issued_for)
    if level.lot:
        lot = lot_of(product_id, level.lot)
        return lot is not None and lot.gtin == level.gtin
    return True
