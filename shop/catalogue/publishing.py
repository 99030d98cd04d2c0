"""Putting products on sale and taking them down."""

from __future__ import annotations

from shop.catalogue import changes
from shop.catalogue.models import Product, Variant
from shop.core import audit, clock
from shop.core.money import Vnd


def publish(product: Product, *, by: str) -> None:
    product.published_at = product.published_at or clock.now()
    changes.note(product.id)
    audit.note("published", f"product:{product.id}", by=by)


def take_down(product: Product, *, by: str, reason: str) -> None:
    product.published_at = None
    changes.note(product.id)
    audit.note("taken down", f"product:{product.id}", by=by, reason=reason)


def reprice(variant: Variant, price: Vnd, *, by: str) -> None:
    """A new price from now on; orders keep theirs, baskets say that it changed."""
    was, variant.price = variant.price, price
    product = variant.product
    product.price_from = Vnd(min(v.price for v in product.variants if v.is_sold))
    changes.note(product.id)
    audit.note("repriced", f"variant:{variant.id}", by=by, was=was, became=price)
