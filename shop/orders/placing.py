"""Placing an order: the one `place()` that the checkout and, later, the counter call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from shop.cart.baskets import is_gone, standing
from shop.cart.models import Cart
from shop.core import clock, outbox
from shop.core.db import db
from shop.core.languages import Texts
from shop.core.money import Vnd
from shop.core.refusal import N_, Refusal
from shop.delivery.models import Method
from shop.delivery.parcels import Piece
from shop.delivery.quoting import ParcelQuote, Quote
from shop.orders import numbers
from shop.orders.models import Draft, Order, OrderLine, OrderState, Parcel, WayToPay, new_secret
from shop.places.models import SalesPoint
from shop.provenance.status import Status
from shop.stock import keeping
from shop.stock.keeping import Wanted

CARD_HOLDS = timedelta(minutes=36)  # Stripe's shortest session is 30 minutes; ours lasts 31
TRANSFER_HOLDS = timedelta(hours=24)
SCARCE = 5  # with fewer left than this, a transfer holds the goods only SCARCE_HOLDS
SCARCE_HOLDS = timedelta(hours=2)
MOST_CASH = Vnd(5_000_000)


class BasketEmpty(Refusal):
    sentence = N_("Your basket is empty.")


class BasketChanged(Refusal):
    sentence = N_("Your basket was changed in another window. Please look at it again before you order.")


class LinesNeedCare(Refusal):
    sentence = N_("Something in your basket cannot be sent as it is. Please look at the marked lines.")


class TotalChanged(Refusal):
    sentence = N_("The total is now %(total)s. Please check it and order again.")


class WayNotOffered(Refusal):
    sentence = N_("This way to pay is not offered for this delivery. Please choose another one.")
    field = "way"


@dataclass(frozen=True)
class Buyer:
    """Who orders and where it goes, as typed and checked by the checkout. `phone` is E.164."""

    name: str
    phone: str
    language: str
    email: str = ""
    street: str = ""
    hotel: str = ""
    room: str = ""
    note: str = ""
    is_gift: bool = False
    user_id: int | None = None

    def fits(self, method: Method) -> Buyer:
        """Without what this method does not need: nothing is kept that nobody will use."""
        if method is Method.HOME:
            return replace(self, hotel="", room="")
        return self if method is Method.HOTEL else replace(self, hotel="", room="", street="")


def ways_to_pay(quote: Quote, goods_total: int, *, cards: bool, transfers: bool) -> list[WayToPay]:
    """The ways offered for this delivery and amount."""
    ways = []
    if quote.destination.method is Method.POINT:
        ways.append(WayToPay.AT_POINT)
    if transfers:
        ways.append(WayToPay.TRANSFER)
    if cards:
        ways.append(WayToPay.CARD)
    made_to_order = any(
        piece.line.variant.product.is_made_to_order for quoted in quote.parcels for piece in quoted.parcel.pieces
    )
    total = goods_total + quote.total
    if quote.destination.method is Method.HOME and not made_to_order and total <= MOST_CASH:
        ways.append(WayToPay.CASH_ON_DELIVERY)
    return ways


def placed_already(cart_id: int, version: int) -> Order | None:
    """The order that this state of the basket became, if it did: a double click or a second tab finds it."""
    return db.session.scalar(select(Order).where(Order.checkout_key == checkout_key(cart_id, version)))


def checkout_key(cart_id: int, version: int) -> str:
    return f"{cart_id}:{version}"


def place(cart: Cart, quote: Quote, buyer: Buyer, way: WayToPay, *, version: int, seen_total: int, by: str) -> Order:
    """Turns the basket into an order and promises its goods, all or nothing.

    `quote` is of this transaction, `version` and `seen_total` are what the buyer saw. Raises BasketEmpty,
    BasketChanged, LinesNeedCare, TotalChanged, WayNotOffered or OutOfStock. Order rows are written first and
    stock last, so that a hot item is locked briefly.
    """
    _check(cart, quote, version=version, seen_total=seen_total)
    if way not in ways_to_pay(quote, cart.goods_total, cards=True, transfers=True):
        raise WayNotOffered()
    judged = standing(cart)
    order = _order(cart, quote, buyer.fits(quote.destination.method), way, version)
    order.parcels = [_parcel(i, quoted, judged) for i, quoted in enumerate(quote.parcels, 1)]
    order.begin(by=by)
    if not way.is_ahead:
        order.confirm(by=by)
    wanted = [
        Wanted(piece.served.stock_id, piece.line.quantity) for quoted in quote.parcels for piece in quoted.parcel.pieces
    ]
    db.session.add(order)
    cart.clear()
    outbox.put("letter.order_placed", number=order.number)
    db.session.flush()  # the order's rows go in before stock is touched
    db.session.execute(_FORGET_DRAFT, {"cart_id": cart.id})
    if way.is_ahead:
        keeping.hold(wanted, reference=order.stock_reference)
    else:
        keeping.sell(wanted, reference=order.stock_reference, by=by)
    return order


_FORGET_DRAFT = delete(Draft).where(Draft.cart_id == bindparam("cart_id")).execution_options(synchronize_session=False)


def _check(cart: Cart, quote: Quote, *, version: int, seen_total: int) -> None:
    if cart.version != version:
        raise BasketChanged()
    if cart.is_empty:
        raise BasketEmpty()
    served = sum(len(quoted.parcel.pieces) for quoted in quote.parcels)  # lines that one place can give whole
    if served != len(cart.lines) or any(is_gone(line) for line in cart.lines):
        raise LinesNeedCare()
    total = cart.goods_total + quote.total
    if total != seen_total:
        raise TotalChanged(total=Vnd(total))


def _order(cart: Cart, quote: Quote, buyer: Buyer, way: WayToPay, version: int) -> Order:
    destination, now = quote.destination, clock.now()
    return Order(
        number=numbers.new(),
        secret=new_secret(),
        checkout_key=checkout_key(cart.id, version),
        state=OrderState.PLACED,
        language=buyer.language,
        user_id=buyer.user_id,
        way_to_pay=way,
        method=destination.method,
        name=buyer.name,
        phone=buyer.phone,
        email=buyer.email,
        street=buyer.street,
        ward_code=destination.ward.code if destination.ward else None,
        hotel=buyer.hotel,
        room=buyer.room,
        check_out=destination.check_out,
        point_id=destination.point.id if destination.point else None,
        note=buyer.note,
        is_gift=buyer.is_gift,
        goods_total=cart.goods_total,
        delivery_total=quote.total,
        total=Vnd(cart.goods_total + quote.total),
        placed_at=now,
        is_scarce=_is_scarce(quote),
        pay_by=pay_by(way, now, scarce=_is_scarce(quote)),
    )


def pay_by(way: WayToPay, now: datetime, *, scarce: bool = False) -> datetime | None:
    """Until when the goods are held for money that comes ahead."""
    if way is WayToPay.CARD:
        return now + CARD_HOLDS
    return now + (SCARCE_HOLDS if scarce else TRANSFER_HOLDS) if way is WayToPay.TRANSFER else None


def longest_hold(order: Order) -> datetime:
    """Until when this order's goods may be held at all, however often the way to pay changes."""
    return order.placed_at + (SCARCE_HOLDS if order.is_scarce else TRANSFER_HOLDS)


def _is_scarce(quote: Quote) -> bool:
    return any(piece.served.pieces < SCARCE for quoted in quote.parcels for piece in quoted.parcel.pieces)


def _parcel(position: int, quoted: ParcelQuote, judged: dict[int, Status]) -> Parcel:
    first = quoted.parcel.pieces[0].line.variant.product
    location = quoted.parcel.location_id
    point = quoted.parcel.point_id
    sender = Texts(vi=first.producer.name) if point is None else _point_name(point)
    return Parcel(
        position=position,
        location_id=location,
        sender=sender,
        charged_g=quoted.parcel.charged_g,
        price=quoted.price,
        promised_first=quoted.promise.first,
        promised_last=quoted.promise.last,
        lines=[_line(piece, judged) for piece in quoted.parcel.pieces],
    )


def _point_name(point_id: int) -> Texts:
    return db.session.get_one(SalesPoint, point_id).name


def _line(piece: Piece, judged: dict[int, Status]) -> OrderLine:
    line, product = piece.line, piece.line.variant.product
    status = judged[product.id]
    return OrderLine(
        variant_id=line.variant_id,
        name=product.name,
        label=line.variant.label,
        maker=product.producer.name,
        quantity=line.quantity,
        price=line.variant.price,
        total=line.total,
        vat_bp=product.vat_bp,
        certificate_id=status.certificate.id if status.in_force and status.certificate else None,
        stars=status.stars,
    )
