"""What a proof page's address names: a product's slug, a certificate's number, or `c` and a certificate's id."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload, selectinload

from shop.catalogue.models import CraftVillage, Photo, Product
from shop.core.db import db
from shop.core.text import nfc
from shop.provenance.log.models import Event
from shop.provenance.log.reading import subject_of
from shop.provenance.models import Certificate
from shop.web.forms import row_number

BY_ID = re.compile(r"c([0-9]{1,18})")


@dataclass(frozen=True)
class Found:
    """`asked` is the certificate the address named, None where it named the product."""

    product: Product
    asked: Certificate | None


def find(key: str) -> Found | None:
    """A product keeps its page when it is off the shelf; one that never was on it has none."""
    product = db.session.scalar(_whole().where(Product.slug == key))
    asked = None if product else _certificate(nfc(key.strip()))
    if asked:
        product = db.session.scalar(_whole().where(Product.id == asked.product_id))
    if product is None or not (product.is_live or _has_story(product.id)):
        return None
    return Found(product, asked)


def _certificate(key: str) -> Certificate | None:
    by_id = BY_ID.fullmatch(key)
    same = Certificate.id == row_number(by_id[1]) if by_id else Certificate.number == key
    return db.session.scalar(select(Certificate).where(same))


def _has_story(product_id: int) -> bool:
    return bool(db.session.scalar(select(exists().where(Event.subject == subject_of(product_id)))))


def _whole() -> Select[Product]:
    return select(Product).options(
        joinedload(Product.producer),
        joinedload(Product.village).joinedload(CraftVillage.ward),
        selectinload(Product.photos).joinedload(Photo.picture),
    )
