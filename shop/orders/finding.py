"""Finding orders: by the signed address, or by number and phone."""

from __future__ import annotations

import hmac

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from shop.core.db import db
from shop.orders.models import Order, OrderLine, Parcel
from shop.places.models import SalesPoint, Ward
from shop.provenance.models import Certificate

_LINES = joinedload(Order.parcels).joinedload(Parcel.lines)
_WHOLE = (
    select(Order)
    .where(Order.number == bindparam("number"))
    .options(
        _LINES.joinedload(OrderLine.variant),
        _LINES.joinedload(OrderLine.certificate).joinedload(Certificate.authority),
        joinedload(Order.ward).joinedload(Ward.province),
        joinedload(Order.point).joinedload(SalesPoint.ward),
    )
)


def whole(number: str) -> Order | None:
    """The order with what its page and its letters show; its history comes when it is asked for."""
    return db.session.scalars(_WHOLE, {"number": number}).unique().one_or_none()


def by_address(number: str, secret: str) -> Order | None:
    """The order with this number, if the secret part of its address is right."""
    order = whole(number)
    if order is None or not hmac.compare_digest(order.secret.encode(), secret.encode()):
        return None
    return order


def by_number_and_phone(number: str, phone: str) -> Order | None:
    """For guests without their link; the caller limits how often this may be asked."""
    order = db.session.scalar(select(Order).where(Order.number == number))
    if order is None or not hmac.compare_digest(order.phone.encode(), phone.encode()):
        return None
    return order


def of_user(user_id: int) -> Select[Order]:
    return select(Order).where(Order.user_id == user_id).order_by(Order.placed_at.desc()).limit(50)
