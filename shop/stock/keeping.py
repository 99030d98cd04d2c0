"""The verbs of stock. Every fall is one conditional UPDATE: two buyers cannot both take the last jar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.engine import CursorResult

from shop.catalogue import changes
from shop.catalogue.models import OnShelf, Product, Variant
from shop.core import clock
from shop.core.db import db
from shop.core.languages import Texts
from shop.core.refusal import N_, Refusal
from shop.stock.models import Hold, HoldState, Location, Movement, Reason, Stock


class OutOfStock(Refusal):
    sentence = N_("Only %(left)s left of “%(product)s”. Please lower the quantity.")
    field = "quantity"

    def __init__(self, *, left: int, product: Texts, variant_id: int) -> None:
        super().__init__(left=left, product=product, variant_id=variant_id)


class Wanted(NamedTuple):
    """`quantity` pieces out of one stock record."""

    stock_id: int
    quantity: int


def hold(wanted: Sequence[Wanted], *, reference: str) -> None:
    """Promises these pieces to `reference`, all or nothing. Raises OutOfStock naming the first that lacks.

    Records are taken in id order, so that two buyers of the same goods wait for each other and never deadlock.
    """
    now = clock.now()
    for stock_id, quantity in sorted(wanted):
        _promise(stock_id, quantity)
        db.session.add(Hold(stock_id=stock_id, reference=reference, quantity=quantity, made_at=now))
    _publish(stock_id for stock_id, _ in wanted)


def take(reference: str, *, by: str) -> None:
    """What was held for `reference` leaves the shelf: it is sold. Taking twice changes nothing."""
    for held in _ending(reference, HoldState.TAKEN):
        _change(
            update(Stock)
            .where(Stock.id == held.stock_id)
            .values(on_hand=Stock.on_hand - held.quantity, held=Stock.held - held.quantity)
        )
        _move(held.stock_id, -held.quantity, Reason.SOLD, reference, by)


def sell(wanted: Sequence[Wanted], *, reference: str, by: str) -> None:
    """These pieces leave the shelf at once, all or nothing: `hold` and `take` in one. Raises OutOfStock."""
    now = clock.now()
    for stock_id, quantity in sorted(wanted):
        if not _change(_SELL, stock_id=stock_id, pieces=quantity):
            raise _out_of(stock_id)
        sold = Hold(stock_id=stock_id, reference=reference, quantity=quantity, made_at=now, ended_at=now)
        sold.state = HoldState.TAKEN
        db.session.add(sold)
        _move(stock_id, -quantity, Reason.SOLD, reference, by)
    _publish(stock_id for stock_id, _ in wanted)


def release(reference: str) -> None:
    """What was held for `reference` is free again. Releasing twice changes nothing."""
    ended = _ending(reference, HoldState.RELEASED)
    for held in ended:
        _change(update(Stock).where(Stock.id == held.stock_id).values(held=Stock.held - held.quantity))
    _publish(held.stock_id for held in ended)


def hold_again(reference: str) -> None:
    """Tries to promise the released pieces of `reference` anew (money that came late). Raises OutOfStock."""
    released = _holds(reference, HoldState.RELEASED)
    for held in released:
        _promise(held.stock_id, held.quantity)
        held.state, held.ended_at = HoldState.HELD, None
    _publish(held.stock_id for held in released)


def put_back(reference: str, *, by: str) -> None:
    """What was sold to `reference` lies on the shelf again (an order cancelled after it was taken)."""
    taken = _holds(reference, HoldState.TAKEN)
    for held in taken:
        held.state, held.ended_at = HoldState.RELEASED, clock.now()
        _change(update(Stock).where(Stock.id == held.stock_id).values(on_hand=Stock.on_hand + held.quantity))
        _move(held.stock_id, held.quantity, Reason.RETURNED, reference, by)
    _publish(held.stock_id for held in taken)


def receive(variant_id: int, location_id: int, quantity: int, *, by: str, reference: str = "") -> Stock:
    """`quantity` new pieces arrive at a location."""
    stock = db.session.scalar(select(Stock).where(Stock.variant_id == variant_id, Stock.location_id == location_id))
    if stock is None:
        stock = Stock(variant_id=variant_id, location_id=location_id, on_hand=0, held=0)
        db.session.add(stock)
        db.session.flush()  # the movement needs its id
    _change(update(Stock).where(Stock.id == stock.id).values(on_hand=Stock.on_hand + quantity))
    _move(stock.id, quantity, Reason.RECEIVED, reference, by)
    _publish([stock.id])
    return stock


def publish(product_id: int) -> None:
    """Writes the product's published copies (in stock, on which points' shelves), and notes a change if any."""
    changes.take_turn()
    free = (
        select(Location.point_id, func.sum(Stock.on_hand - Stock.held))
        .join(Stock, Stock.location_id == Location.id)
        .join(Variant, Stock.variant_id == Variant.id)
        .where(Variant.product_id == product_id, Variant.is_sold)
        .group_by(Location.point_id)
    )
    places = {point_id for point_id, pieces in db.session.execute(free) if pieces and pieces > 0}
    points = places - {None}
    was = set(db.session.scalars(select(OnShelf.point_id).where(OnShelf.product_id == product_id)))
    product = db.session.get_one(Product, product_id)
    if product.in_stock == bool(places) and was == points:
        return
    product.in_stock = bool(places)
    db.session.execute(delete(OnShelf).where(OnShelf.product_id == product_id, OnShelf.point_id.in_(was - points)))
    db.session.add_all(OnShelf(product_id=product_id, point_id=point) for point in points - was)
    changes.note(product_id)


def _publish(stock_ids) -> None:  # type: ignore[no-untyped-def]
    """Publishes only where a shelf just ran empty or was filled from empty: the usual sale touches no product."""
    for product_id in db.session.scalars(_EDGE, {"stock_ids": sorted(set(stock_ids))}).all():
        publish(product_id)


_EDGE = (
    select(Variant.product_id)
    .join(Stock, Stock.variant_id == Variant.id)
    .join(Product, Variant.product_id == Product.id)
    .join(Location, Stock.location_id == Location.id)
    .outerjoin(
        OnShelf,
        (OnShelf.product_id == Variant.product_id) & (OnShelf.point_id == Location.point_id),
    )
    .where(
        Stock.id.in_(bindparam("stock_ids", expanding=True)),
        (Stock.on_hand - Stock.held == 0)
        | ~Product.in_stock
        | (Location.point_id.is_not(None) & OnShelf.point_id.is_(None)),
    )
    .order_by(Variant.product_id)
    .distinct()
)


def _ending(reference: str, state: HoldState) -> Sequence[Hold]:
    """Moves the live holds of `reference` to their end; whoever comes second finds none."""
    holds = _holds(reference, HoldState.HELD)
    for held in holds:
        held.state, held.ended_at = state, clock.now()
    return holds


def _holds(reference: str, state: HoldState) -> Sequence[Hold]:
    """Locked, in the order in which every buyer takes stock records."""
    found = select(Hold).where(Hold.reference == reference, Hold.state == state)
    return db.session.scalars(found.order_by(Hold.stock_id).with_for_update()).all()


def _promise(stock_id: int, quantity: int) -> None:
    """Raises OutOfStock when fewer pieces are free."""
    if not _change(_PROMISE, stock_id=stock_id, pieces=quantity):
        raise _out_of(stock_id)


_FREE_ENOUGH = update(Stock).where(Stock.id == bindparam("stock_id"), Stock.on_hand - Stock.held >= bindparam("pieces"))
_PROMISE = _FREE_ENOUGH.values(held=Stock.held + bindparam("pieces"))
_SELL = _FREE_ENOUGH.values(on_hand=Stock.on_hand - bindparam("pieces"))


def _move(stock_id: int, quantity: int, reason: Reason, reference: str, by: str) -> None:
    db.session.add(
        Movement(stock_id=stock_id, quantity=quantity, reason=reason, reference=reference, by=by, at=clock.now())
    )


def _change(statement, **values: int) -> int:  # type: ignore[no-untyped-def]
    result = db.session.execute(statement, values, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)
    return result.rowcount


def _out_of(stock_id: int) -> OutOfStock:
    stock = db.session.get_one(Stock, stock_id, populate_existing=True)
    variant = stock.variant
    return OutOfStock(left=max(stock.free, 0), product=variant.product.name, variant_id=variant.id)
