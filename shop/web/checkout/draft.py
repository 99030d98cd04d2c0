"""What the buyer has told so far, and what can be made of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from shop.cart.models import Cart
from shop.core import clock
from shop.core.db import db, transaction
from shop.delivery.models import Method
from shop.delivery.quoting import Destination, Quote, quote
from shop.orders.models import Draft
from shop.orders.placing import Buyer
from shop.places.models import SalesPoint, Ward
from shop.web import visitor
from shop.web.languages import language


def facts_of(cart: Cart) -> dict[str, Any]:
    found = db.session.get(Draft, cart.id)
    return dict(found.facts) if found else {}


def keep(cart: Cart, **facts: Any) -> None:
    """Saves what was typed, in a transaction of its own: even a form with errors loses nothing."""
    cart_id = cart.id  # the transaction forgets what was read before it
    with transaction():
        found = db.session.get(Draft, cart_id)
        if found is None:
            found = Draft(cart_id=cart_id, facts={}, changed_at=clock.now())
            db.session.add(found)
        found.keep(**facts)


def full_basket() -> Cart | None:
    """The visitor's basket if there is something in it."""
    cart = visitor.basket(pictures=False)
    return cart if cart is not None and not cart.is_empty else None


def to_basket() -> Response:
    return redirect(url_for("checkout.basket"), 303)


def destination_of(facts: dict[str, Any]) -> Destination | None:
    """Where the order goes, once the first step is complete."""
    if facts.get("method") not in list(Method) or facts.get("where_done") != facts["method"]:
        return None
    method = Method(facts["method"])
    if method is Method.POINT:
        point = db.session.get(SalesPoint, facts["point"]) if facts.get("point") else None
        return Destination(method, point=point) if point else None
    ward = db.session.get(Ward, facts["ward"]) if facts.get("ward") else None
    check_out = date.fromisoformat(facts["check_out"]) if facts.get("check_out") else None
    if ward is None or (method is Method.HOTEL and check_out is None):
        return None
    return Destination(method, ward=ward, check_out=check_out if method is Method.HOTEL else None)


def quote_of(cart: Cart, facts: dict[str, Any]) -> Quote | None:
    """The quote for this draft, or None while the first step is open. Raises what quoting refuses."""
    destination = destination_of(facts)
    return quote(cart.lines, destination) if destination else None


def buyer_of(facts: dict[str, Any]) -> Buyer | None:
    """Who orders, once the second step is complete for this way of delivery: another one asks other things."""
    if not facts.get("method") or facts.get("details_done") != facts["method"]:
        return None
    person = visitor.user()
    return Buyer(
        name=facts["name"],
        phone=facts["phone_e164"],
        language=language(),
        email=facts.get("email", ""),
        street=facts.get("street", ""),
        hotel=facts.get("hotel", ""),
        room=facts.get("room", ""),
        note=facts.get("note", ""),
        is_gift=bool(facts.get("gift")),
        user_id=person.id if person else None,
    )
