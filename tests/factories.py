"""Things a test needs, with sane defaults and keyword overrides. Each opens its own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from itertools import count
from typing import Any

from sqlalchemy import select

from shop.cart import baskets
from shop.cart.models import Cart
from shop.catalogue import changes, publishing
from shop.catalogue.models import (
    CraftVillage,
    Export,
    Group,
    Producer,
    ProducerKind,
    Product,
    Travel,
    Variant,
)
from shop.core import clock
from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.core.money import Vnd
from shop.delivery.models import Method
from shop.delivery.quoting import Destination, quote
from shop.orders.models import Order, WayToPay
from shop.orders.placing import Buyer, place
from shop.people.models import Grant, Role, User
from shop.people.passwords import hashed
from shop.places.loading import hours_of
from shop.places.models import SalesPoint, Ward
from shop.provenance import recognising
from shop.provenance.models import Authority, Certificate, CriteriaSet, Level
from shop.provenance.rules import months_after
from shop.provenance.status import statuses
from shop.stock import keeping
from shop.stock.models import Location, Stock

BY = "test"
SECOND = "test:second"  # who approves what BY proposes
PASSWORD = "đường làng quanh co"
HOAN_KIEM, HA_DONG, BAT_TRANG = "00070", "09556", "00577"
LEVELS = {5: Level.CENTRE, 4: Level.PROVINCE, 3: Level.PROVINCE}
SCORES = {5: (3_600, 2_400, 3_200), 4: (3_000, 2_000, 2_600), 3: (2_200, 1_500, 1_900)}

_numbers = count(1)


def a_village(slug: str | None = None) -> CraftVillage:
    """A real craft village: they are facts, so none is invented."""
    query = select(CraftVillage).order_by(CraftVillage.id).limit(1)
    return db.session.scalars(query if slug is None else query.where(CraftVillage.slug == slug)).one()


def a_ward(code: str = HOAN_KIEM) -> Ward:
    return db.session.get_one(Ward, code)


def a_producer(**fields: Any) -> Producer:
    number = next(_numbers)
    village = fields.pop("village", None)
    defaults: dict[str, Any] = {
        "slug": f"xuong-{number}",
        "name": f"Xưởng gốm {number}",
        "kind": ProducerKind.HOUSEHOLD,
        "story": Texts(vi="Ba đời làm gốm.", en="Potters for three generations."),
    }
    with transaction():
        producer = Producer(**{**defaults, "village_id": (village or a_village()).id, **fields})
        db.session.add_all([producer, Location(producer=producer)])
    return producer


def a_point(hours: str = "mon-sun 08:00-20:00", **fields: Any) -> SalesPoint:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "slug": f"diem-{number}",
        "name": Texts(vi=f"Điểm OCOP {number}", en=f"OCOP point {number}"),
        "address": "12 Tràng Tiền",
        "ward_code": HOAN_KIEM,
        "lat": 21.025,
        "lon": 105.855,
        "phone": "+842400000001",
        "languages": "vi en",
        "how_to_find": Texts(vi="Cạnh nhà sách.", en="Beside the bookshop."),
    }
    with transaction():
        point = SalesPoint(**{**defaults, **fields}, hours=hours_of(hours))
        db.session.add_all([point, Location(point=point)])
        changes.note(0)
    return point


def a_product(
    *,
    stars: int | None = None,
    price: int = 120_000,
    stock: int = 10,
    at_points: Mapping[SalesPoint, int] | None = None,
    published: bool = True,
    **fields: Any,
) -> Product:
    """A product on sale with one variant; `stock` lies at the workshop, `at_points` on points' shelves."""
    producer = fields.pop("producer", None) or a_producer(**({"village": v} if (v := fields.get("village")) else {}))
    shelves = {point.id: pieces for point, pieces in (at_points or {}).items()}
    with transaction():
        product = Product(**_product_fields(producer, price, fields))
        product.variants.append(Variant(sku=f"SKU-{product.slug}", label=Texts(), price=Vnd(price)))
        db.session.add(product)
        db.session.flush()
        if published:
            publishing.publish(product, by=BY)
        _lay(product.variants[0], producer, stock, shelves)
    if stars is not None:
        a_certificate(product, stars=stars)
    return product


def _product_fields(producer: Producer, price: int, given: dict[str, Any]) -> dict[str, Any]:
    number = next(_numbers)
    nothing = ("story", "materials", "technique", "care", "size", "ingredients", "allergens", "storage", "customs")
    village = given.pop("village", None)
    defaults: dict[str, Any] = {
        **{name: Texts() for name in nothing},
        "slug": f"am-tra-{number}",
        "producer_id": producer.id,
        "village_id": village.id if village else producer.village_id,
        "group": Group.HANDICRAFT,
        "name": Texts(vi=f"Ấm trà {number}", en=f"Teapot {number}"),
        "summary": Texts(vi="Ấm trà men lam.", en="A teapot in blue glaze."),
        "weight_g": 450,
        "packed_g": 700,
        "packed_cm": [20, 15, 12],
        "travel": Travel.CABIN,
        "export": Export.YES,
        "seasons": [],
        "price_from": Vnd(price),
    }
    return {**defaults, **given}


def a_variant(product: Product, *, price: int = 150_000, stock: int = 10, **fields: Any) -> Variant:
    """One more variant of a product."""
    with transaction():
        position = len(product.variants)
        label = Texts(vi=f"Cỡ {position + 1}", en=f"Size {position + 1}")
        defaults = {"sku": f"SKU-{product.slug}-{position}", "label": label, "position": position}
        variant = Variant(product=product, price=Vnd(price), **{**defaults, **fields})
        db.session.add(variant)
        db.session.flush()
        publishing.reprice(variant, Vnd(price), by=BY)
        _lay(variant, product.producer, stock, {})
    return variant


def _lay(variant: Variant, producer: Producer, pieces: int, shelves: Mapping[int, int]) -> None:
    workshop = select(Location.id).where(Location.producer_id == producer.id)
    if pieces:
        keeping.receive(variant.id, db.session.scalars(workshop).one(), pieces, by=BY)
    for point_id, lying in shelves.items():
        place_of_point = select(Location.id).where(Location.point_id == point_id)
        keeping.receive(variant.id, db.session.scalars(place_of_point).one(), lying, by=BY)


def stock_of(thing: Product | Variant, *, point: SalesPoint | None = None) -> Stock:
    """The stock record as it stands in the database now: at the workshop, or on a point's shelf."""
    here = Location.producer_id.is_not(None) if point is None else Location.point_id == point.id
    db.session.rollback()
    found = select(Stock).join(Location).where(Stock.variant_id == the_variant(thing).id, here)
    return db.session.scalars(found, execution_options={"populate_existing": True}).one()


def the_variant(thing: Product | Variant) -> Variant:
    return thing if isinstance(thing, Variant) else thing.variants[0]


def a_certificate(product: Product, *, stars: int = 4, day: date | None = None, **fields: Any) -> Certificate:
    """A recognition signed on `day` (eleven months ago if not said), entered in the register."""
    day = day or clock.today() - timedelta(days=330)
    with transaction():
        return recognising.recognise(
            the_certificate(product, stars=stars, day=day, **fields), by=BY, approved_by=SECOND
        )


def the_certificate(product: Product, *, stars: int, day: date, **fields: Any) -> Certificate:
    """The same, not entered yet: for tests that want it refused. Call it inside a transaction."""
    number = next(_numbers)
    a, b, c = SCORES[stars]
    defaults: dict[str, Any] = {
        "authority": _authority(LEVELS[stars], day),
        "criteria_set": _criteria(day),
        "number": f"MẪU-{number:04d}/OCOP",
        "decision_no": f"MẪU-{number}/QĐ-UBND",
        "decision_date": day,
        "score_a": a,
        "score_b": b,
        "score_c": c,
        "valid_from": day,
        "valid_until": months_after(day, 36),
    }
    return Certificate(product_id=product.id, stars=stars, **{**defaults, **fields})


def _authority(level: Level, day: date) -> Authority:
    found = db.session.scalars(select(Authority).where(Authority.level == level).order_by(Authority.id))
    return next(authority for authority in found if authority.is_competent_on(day))


def _criteria(day: date) -> CriteriaSet:
    begun = select(CriteriaSet).where(CriteriaSet.in_force_from <= day).order_by(CriteriaSet.in_force_from.desc())
    return db.session.scalars(begun.limit(1)).one()


def a_cart(*lines: Product | Variant | tuple[Product | Variant, int]) -> Cart:
    """A basket holding these, each seen at today's price and stars."""
    with transaction():
        cart = baskets.new()
        for line in lines:
            thing, quantity = line if isinstance(line, tuple) else (line, 1)
            variant = the_variant(thing)
            shown = statuses([variant.product_id], clock.today())[variant.product_id]
            cart.add(variant, quantity, stars=shown.stars)
    return cart


def a_user(role: Role | None = None, *, about: str = "", password: str = PASSWORD, **fields: Any) -> User:
    number = next(_numbers)
    defaults = {"name": "Nguyễn Thị Mẫu", "email": f"mau-{number}@phonghe.example", "made_at": clock.now()}
    with transaction():
        user = User(password_hash=_hash(password), **{**defaults, **fields})
        user.grants = [] if role is None else [Grant(role=role, about=about)]
        db.session.add(user)
    return user


@cache
def _hash(password: str) -> str:
    return hashed(password)


def a_buyer(**fields: Any) -> Buyer:
    defaults: dict[str, Any] = {
        "name": "Trần Văn Khách",
        "phone": "+84912345678",
        "language": "vi",
        "street": "5 Hàng Bạc",
    }
    return Buyer(**{**defaults, **fields})


def home(ward_code: str = HOAN_KIEM) -> Destination:
    return Destination(Method.HOME, ward=a_ward(ward_code))


def hotel(check_out: date, ward_code: str = HOAN_KIEM) -> Destination:
    return Destination(Method.HOTEL, ward=a_ward(ward_code), check_out=check_out)


def pick_up(point: SalesPoint) -> Destination:
    return Destination(Method.POINT, point=point)


def an_order(
    *lines: Product | Variant | tuple[Product | Variant, int],
    way: WayToPay = WayToPay.CASH_ON_DELIVERY,
    to: Destination | None = None,
    **buyer: Any,
) -> Order:
    """An order placed by the real `place()`: of these lines, or of one piece of a new product."""
    cart = a_cart(*(lines or (a_product(),)))
    with transaction():
        quoted = quote(cart.lines, to or home())
        total = cart.goods_total + quoted.total
        return place(cart, quoted, a_buyer(**buyer), way, version=cart.version, seen_total=total, by=BY)
