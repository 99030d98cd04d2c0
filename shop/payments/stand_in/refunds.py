"""Refunds: whole or in parts, never more than was paid, and failing days later when a test says so."""

from typing import Any

import stripe

from . import balance, session_rules, skeleton
from .events import tell
from .refusal import Refused, invalid, missing
from .state import Book, Record, new_id

_STANDING = ("succeeded", "pending", "requires_action")


def create(book: Book, params: dict[str, Any]) -> Record:
    charge = _charge(book, params)
    left = charge["amount"] - _refunded(book, charge)
    amount = params.get("amount", left)
    session_rules.check_metadata(params.get("metadata") or None, "metadata")
    _check(charge, amount, left)
    refund = skeleton.of(
        stripe.Refund,
        id=new_id("re_"),
        amount=amount,
        currency=charge["currency"],
        charge=charge["id"],
        payment_intent=charge["payment_intent"],
        created=book.now(),
        reason=params.get("reason"),
        metadata=dict(params.get("metadata") or {}),
        status="succeeded",
    )
    refund["balance_transaction"] = balance.book_in(book, refund, "refund", -amount)["id"]
    _apply_wish(book, refund)
    book.put(refund)
    _recount(book, charge)
    tell(book, "refund.created", refund)
    tell(book, "charge.refunded", charge)
    return refund


def move(book: Book, key: str, status: str, reason: str) -> Record:
    """What happens later: a pending refund succeeds, or the buyer's bank sends the money back (`failed`)."""
    refund = book.find("refund", key)
    if refund["status"] == "failed":
        raise Refused("This refund has failed already.")
    refund.update(status=status, pending_reason=None)
    if status == "failed":
        entry = balance.book_in(book, refund, "refund_failure", refund["amount"])
        refund.update(failure_reason=reason, failure_balance_transaction=entry["id"])
    book.put(refund)
    _recount(book, book.find("charge", refund["charge"]))
    tell(book, "refund.updated", refund)
    if status == "failed":
        tell(book, "refund.failed", refund)
    return refund


def _apply_wish(book: Book, refund: Record) -> None:
    """The next refund stays pending when a test asked for it (`/_control/refund`, do=next_pending)."""
    wish = book.seek("setting", "next_refund")
    if wish:
        refund.update(status="pending", pending_reason=wish["pending_reason"])
        book.forget("setting", "next_refund")


def _check(charge: Record, amount: int, left: int) -> None:
    # The work had begun when these are found, so by our reading of Stripe the key keeps them.
    if charge["disputed"]:
        raise Refused(f"Charge {charge['id']} is disputed and cannot be refunded.", code="charge_disputed", kept=True)
    if left == 0:
        raise Refused(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded", kept=True)
    if amount < 1:
        raise invalid("Invalid positive integer", "amount", "parameter_invalid_integer")
    if amount > left:
        raise Refused(
            f"Refund amount ({amount}) is greater than the unrefunded amount on the charge ({left}).",
            param="amount",
            kept=True,
        )


def _charge(book: Book, params: dict[str, Any]) -> Record:
    if "charge" in params:
        return book.find("charge", params["charge"], "charge")
    if "payment_intent" not in params:
        raise missing("payment_intent")
    intent = book.find("payment_intent", params["payment_intent"], "payment_intent")
    if intent["status"] != "succeeded":
        raise Refused(f"PaymentIntent {intent['id']} has no successful charge to refund.", param="payment_intent")
    return book.find("charge", intent["latest_charge"])


def _refunded(book: Book, charge: Record) -> int:
    return sum(
        refund["amount"]
        for refund in book.all("refund")
        if refund["charge"] == charge["id"] and refund["status"] in _STANDING
    )


def _recount(book: Book, charge: Record) -> None:
    back = _refunded(book, charge)
    charge.update(amount_refunded=back, refunded=back == charge["amount"])
    book.put(charge)
