"""Grows the sample to any size for measurement: the small catalogue's goods again and again, slightly different."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select

from shop.catalogue import changes
from shop.catalogue.models import CraftVillage, OnShelf, Photo, Producer, ProducerKind, Product, Variant
from shop.core import clock
from shop.core.db import db, is_sqlite, transaction
from shop.core.languages import Texts
from shop.core.text import slugify
from shop.provenance.models import Authority, Certificate, CriteriaSet
from shop.provenance.rules import months_after
from shop.stock.models import Location, Movement, Reason, Stock

SEED = 3_463
AT_ONCE = 2_000
# Hanoi in August 2025: 9 five-star, 19 potential five-star, 1,576 four-star, 1,859 three-star.
MIX = ((5, 9), (4, 1_595), (3, 1_859))
POTENTIAL_FIVE = 19
PER_PRODUCER = 12
COPIED = (
    *("group", "summary", "story", "materials", "technique", "care", "size", "ingredients", "allergens", "storage"),
    *("shelf_life_days", "net_amount", "net_unit", "weight_g", "packed_g", "packed_cm", "is_fragile", "is_adult"),
    *("travel", "export", "hs_code", "customs", "lead_days", "seasons", "vat_bp"),
)
Rows = dict[Any, list[dict[str, Any]]]


def grow(size: int) -> None:
    """Adds products until there are `size`, in transactions of AT_ONCE; the same result from the same start."""
    base = list(db.session.scalars(select(Product).order_by(Product.id)))
    photos = {p.product_id: p.picture_id for p in db.session.scalars(select(Photo).where(Photo.position == 0))}
    made = len(base)
    dice = random.Random(SEED)
    facts = _Facts(base, photos, dice)
    while made < size:
        count = min(AT_ONCE, size - made)
        with transaction():
            _write(list(facts.take(made, count)))
        made += count
    with transaction():
        _move_sequences()
        changes.note(0)


def _move_sequences() -> None:
    """On PostgreSQL ids given by hand leave the sequences behind: they go on after the highest."""
    if is_sqlite():
        return
    for model in (Producer, Product, Variant, Stock, Location, Certificate):
        table = model.__tablename__
        highest = select(func.max(model.id)).scalar_subquery()
        db.session.execute(select(func.setval(func.pg_get_serial_sequence(table, "id"), highest)))


class _Facts:
    """Makes the rows of one new product after another."""

    def __init__(self, base: list[Product], photos: dict[int, int], dice: random.Random) -> None:
        self.base, self.photos, self.dice = base, photos, dice
        self.villages = list(db.session.scalars(select(CraftVillage.id).order_by(CraftVillage.id)))
        self.points = list(db.session.scalars(select(Location).where(Location.point_id.is_not(None))))
        self.city = db.session.scalars(select(Authority.id).where(Authority.code == "ha-noi")).one()
        self.criteria = db.session.scalars(select(CriteriaSet.id).where(CriteriaSet.code == "148-2023")).one()
        self.next_id = {
            model: (db.session.scalar(select(model.id).order_by(model.id.desc()).limit(1)) or 0)
            for model in (Producer, Product, Variant, Stock, Location, Certificate)
        }
        self.maker = (0, 0, 0)

    def _id(self, model: Any) -> int:
        self.next_id[model] += 1
        return self.next_id[model]

    def take(self, made: int, count: int) -> Iterator[Rows]:
        for number in range(made, made + count):
            rows: Rows = {}
            if number % PER_PRODUCER == 0 or not self.maker[0]:
                self._new_maker(number, rows)
            self._new_product(number, rows)
            yield rows

    def _new_maker(self, number: int, rows: Rows) -> None:
        producer, location = self._id(Producer), self._id(Location)
        village = self.dice.choice(self.villages)
        self.maker = (producer, location, village)
        name = f"Cơ sở mẫu số {number}"
        story = Texts(vi="Cơ sở sinh ra để đo tốc độ.", en="A workshop made to measure speed.")
        rows[Producer] = [
            {
                "id": producer,
                "slug": slugify(name),
                "name": name,
                "kind": ProducerKind.HOUSEHOLD,
                "village_id": village,
                "story": story,
                "since": 2001,
                "is_sample": True,
            }
        ]
        rows[Location] = [{"id": location, "producer_id": producer, "point_id": None}]

    def _new_product(self, number: int, rows: Rows) -> None:
        like = self.base[number % len(self.base)]
        product, variant = self._id(Product), self._id(Variant)
        stars = self.dice.choices([level for level, _ in MIX], [weight for _, weight in MIX])[0]
        day = clock.today() - timedelta(days=self.dice.randint(10, 900))
        until = months_after(day, 36)
        price = max(10_000, like.price_from * self.dice.randint(60, 180) // 100 // 1_000 * 1_000)
        rows[Product] = [self._product(product, number, like, price) | {"stars": stars, "stars_until": until}]
        facts = {"label": Texts(), "price": price, "position": 0, "is_sold": True}
        rows[Variant] = [{"id": variant, "product_id": product, "sku": f"s{number}", **facts}]
        picture = self.photos[like.id]
        rows[Photo] = [{"product_id": product, "picture_id": picture, "alt": like.name, "position": 0}]
        self._certify(number, product, stars, day, until, rows)
        self._stock(product, variant, self.maker[1], rows)

    def _product(self, product: int, number: int, like: Product, price: int) -> dict[str, Any]:
        return {
            **{name: getattr(like, name) for name in COPIED},
            "id": product,
            "slug": f"{like.slug[:80]}-{number}",
            "producer_id": self.maker[0],
            "village_id": self.maker[2],
            "name": Texts({spoken: f"{words} {number}" for spoken, words in like.name.items()}),
            "is_made_to_order": False,
            "price_from": price,
            "published_at": clock.now() - timedelta(minutes=self.dice.randint(0, 500_000)),
            "in_stock": True,
        }

    def _certify(self, number: int, product: int, stars: int, day: Any, until: Any, rows: Rows) -> None:
        a, b, c = {5: (3_700, 2_300, 3_300), 4: (3_100, 1_900, 2_700), 3: (2_400, 1_400, 2_200)}[stars]
        rows[Certificate] = [
            {
                "id": self._id(Certificate),
                "product_id": product,
                "authority_id": self.city,
                "criteria_set_id": self.criteria,
                "number": f"MẪU-G{number}",
                "decision_no": f"MẪU-{number % 97}/QĐ-UBND",
                "decision_date": day,
                "stars": stars,
                "is_potential_five": stars == 4 and number % (MIX[1][1] // POTENTIAL_FIVE) == 0,
                "score_a": a,
                "score_b": b,
                "score_c": c,
                "valid_from": day,
                "valid_until": until,
                "right_kind": None,
                "right_number": "",
            }
        ]

    def _stock(self, product: int, variant: int, workshop: int, rows: Rows) -> None:
        point = self.dice.choice(self.points)
        for location, pieces in ((workshop, self.dice.randint(20, 400)), (point.id, self.dice.randint(1, 9))):
            stock = self._id(Stock)
            rows.setdefault(Stock, []).append(
                {"id": stock, "variant_id": variant, "location_id": location, "on_hand": pieces, "held": 0}
            )
            rows.setdefault(Movement, []).append(
                {
                    "stock_id": stock,
                    "quantity": pieces,
                    "reason": Reason.RECEIVED,
                    "reference": "",
                    "by": "sample",
                    "at": clock.now(),
                }
            )
        rows[OnShelf] = [{"product_id": product, "point_id": point.point_id}]


def _write(made: list[Rows]) -> None:
    for model in (Producer, Location, Product, Variant, Photo, Certificate, Stock, Movement, OnShelf):
        rows = [row for one in made for row in one.get(model, ())]
        if rows:
            db.session.execute(insert(model), rows)
