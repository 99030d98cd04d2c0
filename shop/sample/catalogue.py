"""The small sample catalogue: about 150 products, each with its own drawing, certificate and stock."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from shop.catalogue import changes, pictures
from shop.catalogue.models import (
    CraftVillage,
    Export,
    Group,
    Photo,
    Producer,
    ProducerKind,
    Product,
    Travel,
    Variant,
)
from shop.catalogue.pictures import Encoded
from shop.core import clock
from shop.core.db import db
from shop.core.languages import Texts
from shop.core.money import Vnd
from shop.sample import certificates, drawn
from shop.sample.drawn import Wish
from shop.stock import keeping
from shop.stock.models import Location

DATA = Path(__file__).parent / "data"
BY = "sample"
OPTIONAL_TEXTS = ("technique", "ingredients", "allergens", "storage", "customs")


def products() -> list[dict[str, Any]]:
    """Every product of the sample's files, in the files' order."""
    return [one for file in ("crafts_*.toml", "tastes_*.toml") for one in _read(file, "product")]


def producers() -> list[dict[str, Any]]:
    return list(_read("producers_*.toml", "producer"))


def draw_fronts() -> dict[str, Encoded]:
    """Every product's first picture, by its slug; `finishing` draws what is left."""
    return {wish.key: encoded for wish, encoded in drawn.pictures(front_wishes(products()))}


def fill(fronts: dict[str, Encoded], media: Path) -> None:
    """Writes the whole catalogue into the open transaction: a stop in between leaves nothing behind."""
    wanted = products()
    villages = {v.slug: v for v in db.session.scalars(select(CraftVillage))}
    makers = {one["slug"]: _producer(one, villages) for one in producers()}
    db.session.add_all(makers.values())
    db.session.flush()  # workshops and products need the makers' ids
    db.session.add_all(Location(producer_id=maker.id) for maker in makers.values())
    for place, one in enumerate(wanted):
        product = _product(place, one, villages, makers)
        db.session.add(product)
        front = pictures.keep(fronts[one["slug"]], media)
        product.photos.append(Photo(picture=front, alt=product.name, position=0))
    db.session.flush()  # stock and certificates need the products' ids
    _stock(wanted)
    certificates.fill(wanted)


def front_wishes(wanted: list[dict[str, Any]]) -> list[Wish]:
    return [_wish(one, seed, "front") for seed, one in enumerate(wanted, 1)]


def detail_wishes(wanted: list[dict[str, Any]]) -> list[Wish]:
    return [_wish(one, seed, "detail") for seed, one in enumerate(wanted, 1)]


def _wish(one: dict[str, Any], seed: int, view: str) -> Wish:
    look = one["drawing"]
    return Wish(one["slug"], view, look["kind"], look["palette"], look["pattern"], seed)


def _read(pattern: str, what: str) -> Iterator[dict[str, Any]]:
    for file in sorted(DATA.glob(pattern)):
        yield from tomllib.loads(file.read_text(encoding="utf-8"))[what]


def _producer(one: dict[str, Any], villages: dict[str, CraftVillage]) -> Producer:
    return Producer(
        slug=one["slug"],
        name=one["name"],
        kind=ProducerKind(one["kind"]),
        village_id=villages[one["village"]].id,
        story=Texts(one["story"]),
        since=one.get("since"),
        is_sample=True,
    )


def _product(
    place: int, one: dict[str, Any], villages: dict[str, CraftVillage], makers: dict[str, Producer]
) -> Product:
    texts = {name: Texts(one.get(name) or {}) for name in OPTIONAL_TEXTS}
    texts |= {name: Texts(one[name]) for name in ("name", "summary", "story", "materials", "care", "size")}
    variants = one.get("variants") or [{"label": {}, "price": one["price"]}]
    return Product(
        slug=one["slug"],
        producer_id=makers[one["producer"]].id,
        village_id=villages[one["village"]].id,
        group=Group(one["group"]),
        **texts,
        shelf_life_days=one.get("shelf_life_days", 0),
        net_amount=one.get("net_g", 0),
        net_unit=one.get("net_unit", "g"),
        weight_g=one["weight_g"],
        packed_g=one["packed_g"],
        packed_cm=one["packed_cm"],
        is_fragile=one["fragile"],
        is_adult=one.get("adult", False),
        travel=Travel(one["travel"]),
        export=Export(one["export"]),
        hs_code=one.get("hs_code", ""),
        lead_days=one["lead_days"],
        is_made_to_order=one.get("made_to_order", False),
        seasons=one.get("season", []),
        vat_bp=one["vat_bp"],
        price_from=Vnd(min(variant["price"] for variant in variants)),
        published_at=clock.now() - timedelta(hours=7 * ((place * 61) % 157)),
        variants=[_variant(one["slug"], i, variant) for i, variant in enumerate(variants)],
    )


def _variant(slug: str, place: int, one: dict[str, Any]) -> Variant:
    return Variant(sku=f"{slug[:50]}-{place + 1}", label=Texts(one["label"]), price=Vnd(one["price"]), position=place)


def _stock(wanted: list[dict[str, Any]]) -> None:
    """At the workshop, and on the shelves of a few points."""
    workshops = {
        l.producer_id: l.id for l in db.session.scalars(select(Location).where(Location.producer_id.is_not(None)))
    }
    shelves = list(db.session.scalars(select(Location.id).where(Location.point_id.is_not(None)).order_by(Location.id)))
    by_slug = {product.slug: product for product in db.session.scalars(select(Product))}
    for place, one in enumerate(wanted):
        product = by_slug[one["slug"]]
        for variant in product.variants:
            if one["stock"]:
                keeping.receive(variant.id, workshops[product.producer_id], one["stock"], by=BY)
            for step in range(3 if one.get("points_stock") else 0):
                point = shelves[(place * 5 + step * 7) % len(shelves)]
                keeping.receive(variant.id, point, one["points_stock"], by=BY)
        changes.note(product.id)
