"""Finding a visitor's basket and judging its lines."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from shop.cart.models import Cart, CartLine
from shop.catalogue import browsing
from shop.catalogue.models import Product, Variant
from shop.core import clock
from shop.core.db import db, is_sqlite
from shop.core.refusal import N_
from shop.provenance.status import Status, statuses
from shop.stock.availability import free_pieces


@dataclass(frozen=True)
class Problem:
    """Something the buyer must know about a line before paying; `blocks` says whether it must be mended first."""

    sentence: str
    facts: Mapping[str, Any]
    blocks: bool


GONE = N_("This product is no longer sold. Please take it out.")
SOLD_OUT = N_("The last piece has just gone. Please take it out, or ask us when more arrive.")
ONLY_LEFT = N_("Only %(left)s left. Please lower the quantity.")
DEARER = N_("The price changed from %(was)s to %(price)s since you put it in.")
LAPSED = N_("Its certificate lapsed or was withdrawn since you put it in: it is now sold without stars.")
FEWER = N_("Its stars changed from %(was)s to %(stars)s since you put it in.")


def of_token(token: str | None, *, pictures: bool = True) -> Cart | None:
    """The basket with this token, its lines and makers loaded with it, and what its page shows if asked for."""
    found = db.session.scalars(_WITH_LINES, {"token": token}).unique().one_or_none() if token else None
    if found is not None and pictures and found.lines:
        browsing.bring_photos(line.variant.product for line in found.lines)
    return found


def take_turn(token: str | None) -> None:
    """Locks the basket's row until the transaction ends: whoever changes or orders it reads it after this.

    A statement of its own, because PostgreSQL would read the lines as they were before the wait. On SQLite
    whoever writes has the whole database to himself.
    """
    if token and not is_sqlite():
        db.session.execute(_LOCKED, {"token": token})


_WITH_LINES = (
    select(Cart)
    .where(Cart.token == bindparam("token"))
    .options(
        joinedload(Cart.lines)
        .joinedload(CartLine.variant, innerjoin=True)
        .joinedload(Variant.product, innerjoin=True)
        .joinedload(Product.producer, innerjoin=True)
    )
)
_LOCKED = select(Cart.id).where(Cart.token == bindparam("token")).with_for_update()


def new() -> Cart:
    now = clock.now()
    cart = Cart(token=secrets.token_urlsafe(24), made_at=now, changed_at=now, version=1)
    db.session.add(cart)
    return cart


def standing(cart: Cart) -> dict[int, Status]:
    """The status today of every product in the basket, by product id."""
    return statuses([line.variant.product_id for line in cart.lines], clock.today())


def problems(cart: Cart, judged: Mapping[int, Status]) -> dict[int, list[Problem]]:
    """What is wrong with each line, by variant id; lines without trouble are absent."""
    free = free_pieces(line.variant_id for line in cart.lines)
    found = {
        line.variant_id: list(_of_line(line, free.get(line.variant_id, 0), judged[line.variant.product_id]))
        for line in cart.lines
    }
    return {variant_id: wrong for variant_id, wrong in found.items() if wrong}


def is_gone(line: CartLine) -> bool:
    """Whether this is no longer sold at all."""
    return not (line.variant.is_sold and line.variant.product.is_live)


def _of_line(line: CartLine, free: int, status: Status):  # type: ignore[no-untyped-def]
    if is_gone(line):
        yield Problem(GONE, {}, blocks=True)
        return
    if free == 0:
        yield Problem(SOLD_OUT, {}, blocks=True)
    elif free < line.quantity:
        yield Problem(ONLY_LEFT, {"left": free}, blocks=True)
    if line.price_seen != line.variant.price:
        yield Problem(DEARER, {"was": line.price_seen, "price": line.variant.price}, blocks=False)
    if line.stars_seen and not status.in_force:
        yield Problem(LAPSED, {}, blocks=False)
    elif line.stars_seen and status.stars != line.stars_seen:
        yield Problem(FEWER, {"was": line.stars_seen, "stars": status.stars}, blocks=False)
