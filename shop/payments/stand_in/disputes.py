"""Disputes: a buyer goes to the bank, the money is taken away, and comes back only when the shop wins."""

from typing import Any

import stripe

from . import balance, skeleton
from .events import tell
from .refusal import Refused
from .state import Book, Record, new_id

DAYS_TO_ANSWER = 20


def open_one(book: Book, intent_key: str, amount: int | None = None, reason: str = "product_not_received") -> Record:
    intent = book.find("payment_intent", intent_key)
    if intent["status"] != "succeeded":
        raise Refused("Only a paid payment can be disputed.")
    charge = book.find("charge", intent["latest_charge"])
    if charge["disputed"]:
        raise Refused("This charge is disputed already.")
    book.put({**charge, "disputed": True})
    dispute = _against(book, charge, amount or charge["amount"], reason)
    tell(book, "charge.dispute.created", book.put(dispute))
    taken = balance.book_in(book, dispute, "adjustment", -dispute["amount"], balance.DISPUTE_FEE)
    dispute["balance_transactions"] = [taken]
    tell(book, "charge.dispute.funds_withdrawn", book.put(dispute))
    return dispute


def close(book: Book, key: str, status: str) -> Record:
    """`status`: won gives amount and fee back; lost leaves them gone."""
    dispute = book.find("dispute", key)
    if dispute["status"] in ("won", "lost"):
        raise Refused("This dispute is closed already.")
    if status not in ("won", "lost"):
        raise Refused("A dispute is closed as won or lost.", param="status")
    dispute["status"] = status
    book.put(dispute)
    if status == "won":
        back: dict[str, Any] = balance.book_in(book, dispute, "adjustment", dispute["amount"], -balance.DISPUTE_FEE)
        dispute["balance_transactions"].append(back)
        tell(book, "charge.dispute.funds_reinstated", dispute)
    tell(book, "charge.dispute.closed", dispute)
    return dispute


def _against(book: Book, charge: Record, amount: int, reason: str) -> Record:
    dispute = skeleton.of(
        stripe.Dispute,
        id=new_id("dp_"),
        amount=amount,
        currency=charge["currency"],
        charge=charge["id"],
        payment_intent=charge["payment_intent"],
        created=book.now(),
        reason=reason,
        status="needs_response",
    )
    dispute["evidence_details"]["due_by"] = book.now() + DAYS_TO_ANSWER * 86_400
    return dispute
