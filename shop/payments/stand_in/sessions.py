"""Checkout Sessions: made, seen and expired."""

from typing import Any

import stripe
import stripe.checkout

from . import session_rules, skeleton
from .events import tell
from .refusal import Refused
from .state import Book, Record, new_id

_TAKEN_OVER = (
    "cancel_url",
    "success_url",
    "client_reference_id",
    "customer_email",
    "customer_creation",
    "locale",
    "submit_type",
    "allowed_payment_method_types",
    "excluded_payment_method_types",
    "billing_address_collection",
    "origin_context",
)


def create(book: Book, params: dict[str, Any], public_url: str) -> Record:
    session_rules.check(params, book.now())
    items = [_item(item) for item in params["line_items"]]
    currency: str = items[0]["currency"]
    if params.get("currency", currency).lower() != currency:
        raise Refused("currency must be the currency of the line items.", param="currency")
    total = sum(item["amount_total"] for item in items)
    session_rules.check_total(total, currency)
    session = _new(book.now(), params, total, currency)
    session["url"] = f"{public_url}/pay/{session['id']}"
    basket = {"id": session["id"], "line_items": items, "intent": params.get("payment_intent_data", {})}
    book.put(basket, kind="basket")
    return book.put(session)


def expire(book: Book, key: str) -> Record:
    """Only an open session; anything else says what it is, for the caller to settle by that."""
    session = book.find("checkout.session", key)
    if session["status"] != "open":
        raise Refused(f"Only an open Checkout Session can be expired; this one is {session['status']}.", kept=True)
    return _close(book, session)


def sweep(book: Book) -> None:
    """What Stripe's own clock does: a session past its time expires without being asked."""
    now = book.now()
    for session in book.all("checkout.session"):
        if session["status"] == "open" and session["expires_at"] <= now:
            _close(book, session)


def _close(book: Book, session: Record) -> Record:
    if session["payment_intent"]:
        intent = book.find("payment_intent", session["payment_intent"])
        intent.update(status="canceled", canceled_at=book.now(), cancellation_reason="automatic", next_action=None)
        tell(book, "payment_intent.canceled", book.put(intent))
    session.update(status="expired", url=None)
    tell(book, "checkout.session.expired", book.put(session))
    return session


def _new(now: int, params: dict[str, Any], total: int, currency: str) -> Record:
    return skeleton.of(
        stripe.checkout.Session,
        id=new_id("cs_test_", 58),
        created=now,
        currency=currency,
        amount_subtotal=total,
        amount_total=total,
        expires_at=params.get("expires_at", now + session_rules.LONGEST),
        mode="payment",
        status="open",
        payment_status="unpaid",
        payment_method_types=["card"],
        payment_method_collection="if_required",
        ui_mode="hosted_page",
        metadata=_kept(params.get("metadata")),
        adaptive_pricing={"enabled": params.get("adaptive_pricing", {}).get("enabled", False)},
        total_details={"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0, "breakdown": None},
        **{name: params[name] for name in _TAKEN_OVER if name in params},
    )


def _item(item: dict[str, Any]) -> Record:
    price = item["price_data"]
    amount, currency = price["unit_amount"], price["currency"].lower()
    return skeleton.of(
        stripe.LineItem,
        id=new_id("li_"),
        quantity=item["quantity"],
        currency=currency,
        description=price["product_data"]["name"],
        amount_subtotal=amount * item["quantity"],
        amount_total=amount * item["quantity"],
        price=skeleton.of(
            stripe.Price,
            id=new_id("price_"),
            currency=currency,
            unit_amount=amount,
            unit_amount_decimal=str(amount),
            product=new_id("prod_", 14),
        ),
    )


def _kept(metadata: dict[str, str] | None) -> dict[str, str]:
    return {key: text for key, text in (metadata or {}).items() if text != ""}
