"""Queries on what is on sale, read as phrases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from shop.catalogue.models import CraftVillage, Export, Group, Photo, Picture, Producer, Product, Variant
from shop.core.db import db
from shop.core.languages import Texts
from shop.core.money import Vnd


class Card(NamedTuple):
    """What a product's card shows, without its stars: those are judged where the card is drawn."""

    id: int
    slug: str
    name: Texts
    price: Vnd
    is_from: bool  # the price is that of the cheapest variant, and another costs more
    in_stock: bool
    made_to_order: bool
    export: Export
    village_slug: str
    village: Texts
    maker: str
    picture: Picture | None


# The hot statements are written once and only given their values: to put one together with its loading
# options and to look up its SQL costs several times what the database takes to answer it.
_PRODUCT = (
    select(Product)
    .where(Product.slug == bindparam("slug"), Product.published_at.is_not(None))
    .options(
        joinedload(Product.producer),
        joinedload(Product.village).joinedload(CraftVillage.ward),
        joinedload(Product.variants),
    )
)
_VARIANT = (
    select(Variant)
    .join(Variant.product)
    .where(Variant.id == bindparam("variant_id"), Product.slug == bindparam("slug"))
    .options(contains_eager(Variant.product))
)
_PHOTOS = (
    select(Photo)
    .where(Photo.product_id.in_(bindparam("product_ids", expanding=True)))
    .order_by(Photo.product_id, Photo.position)
    .options(joinedload(Photo.picture))
)
_VILLAGE = (
    select(CraftVillage)
    .where(CraftVillage.slug == bindparam("slug"))
    .options(joinedload(CraftVillage.picture), joinedload(CraftVillage.ward))
)


def product(slug: str) -> Product | None:
    """The live product of this address with everything its page shows; two queries."""
    found = db.session.scalars(_PRODUCT, {"slug": slug}).unique().one_or_none()
    if found is not None:
        bring_photos([found])
    return found


def variant(slug: str, variant_id: int) -> Variant | None:
    """A variant of the product of this address, sold or not, with its product."""
    return db.session.scalar(_VARIANT, {"slug": slug, "variant_id": variant_id})


def bring_photos(products: Iterable[Product]) -> None:
    """Puts the photos of all these products at hand; one query."""
    by_id: dict[int, tuple[Product, list[Photo]]] = {one.id: (one, []) for one in products}
    for photo in db.session.scalars(_PHOTOS, {"product_ids": list(by_id)}):
        by_id[photo.product_id][1].append(photo)
    for one, photos in by_id.values():
        set_committed_value(one, "photos", photos)


def village(slug: str) -> CraftVillage | None:
    """The village of this address, with its picture and its ward of today."""
    return db.session.scalar(_VILLAGE, {"slug": slug})


def cards(product_ids: Sequence[int]) -> list[Card]:
    """The cards of these live products, in the order given; one query."""
    if not product_ids:
        return []
    rows = db.session.execute(_CARD, {"product_ids": product_ids})
    by_id = {row.id: _card(row) for row in rows}
    return [by_id[product_id] for product_id in product_ids if product_id in by_id]


_CARD = (
    select(
        Product.id,
        Product.slug,
        Product.name,
        Product.price_from,
        exists()
        .where(Variant.product_id == Product.id, Variant.is_sold, Variant.price > Product.price_from)
        .label("is_from"),
        Product.in_stock,
        Product.is_made_to_order,
        Product.export,
        CraftVillage.slug.label("village_slug"),
        CraftVillage.name.label("village"),
        Producer.name.label("maker"),
        Picture.id.label("picture_id"),
        Picture.digest,
        Picture.width,
        Picture.height,
        Picture.widths,
        Picture.colour,
    )
    .join(CraftVillage, Product.village_id == CraftVillage.id)
    .join(Producer, Product.producer_id == Producer.id)
    .outerjoin(Photo, (Photo.product_id == Product.id) & (Photo.position == 0))
    .outerjoin(Picture, Photo.picture_id == Picture.id)
    .where(Product.published_at.is_not(None), Product.id.in_(bindparam("product_ids", expanding=True)))
)


def _card(row: Any) -> Card:
    return Card(
        row.id,
        row.slug,
        row.name,
        row.price_from,
        row.is_from,
        row.in_stock,
        row.is_made_to_order,
        row.export,
        row.village_slug,
        row.village,
        row.maker,
        _picture(row),
    )


def _picture(row: Any) -> Picture | None:
    if row.picture_id is None:
        return None
    facts = {name: getattr(row, name) for name in ("digest", "width", "height", "widths", "colour")}
    return Picture(id=row.picture_id, **facts)


class VillageCard(NamedTuple):
    """What a village's card and its pin on the map show."""

    id: int
    slug: str
    name: Texts
    craft: Texts
    group: Group
    lat: float
    lon: float
    picture: Picture | None


def village_cards() -> list[VillageCard]:
    """Every craft village, by slug; one query."""
    query = (
        select(
            *(CraftVillage.id, CraftVillage.slug, CraftVillage.name, CraftVillage.craft, CraftVillage.group),
            *(CraftVillage.lat, CraftVillage.lon),
            *(Picture.id.label("picture_id"), Picture.digest, Picture.width, Picture.height),
            *(Picture.widths, Picture.colour),
        )
        .outerjoin(Picture, CraftVillage.picture_id == Picture.id)
        .order_by(CraftVillage.slug)
    )
    return [
        VillageCard(row.id, row.slug, row.name, row.craft, row.group, row.lat, row.lon, _picture(row))
        for row in db.session.execute(query)
    ]
