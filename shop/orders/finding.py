"""Finding orders: by the signed address, or by number and phone."""

from __future__ import annotations

import hmac

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from shop.core.db import db
from shop.orders.models import Order, OrderLine, Parcel
from shop.places.models import SalesPoint, Ward
from shop.provenance.models import Certificate


def whole() -> Select[Order]:
    """Orders with everything their page shows."""
    lines = selectinload(Order.parcels).selectinload(Parcel.lines)
    certificate = lines.joinedload(OrderLine.certificate)
    return select(Order).options(
        lines.joinedload(OrderLine.variant),
        certificate.joinedload(Certificate.authority),
        certificate.joinedload(Certificate.revocation),
        certificate.selectinload(Certificate.suspensions),
        joinedload(Order.ward).joinedload(Ward.province),
        joinedload(Order.point).joinedload(SalesPoint.ward),
        selectinload(Order.history),
    )


def by_address(number: str, secret: str) -> Order | None:
    """The order with this number, if the secret part of its address is right."""
    order = db.session.scalar(whole().where(Order.number == number))
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
