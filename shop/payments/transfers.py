"""Bank transfers: the order's number is the memo; only staff or a statement says that money came."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from shop.core import audit
from shop.core.db import db
from shop.core.money import Vnd
from shop.core.refusal import N_, Refusal
from shop.orders import numbers
from shop.orders.models import Order
from shop.payments.models import Payment
from shop.payments.settling import note_discrepancy, receive
from shop.payments.vietqr import Transfer


class UnknownOrder(Refusal):
    sentence = N_("No order has the number %(number)s.")


@dataclass(frozen=True)
class BankAccount:
    """The shop's account, as the buyer must type it."""

    bin: str
    number: str
    holder: str


def code_for(order: Order, account: BankAccount) -> Transfer:
    return Transfer(account.bin, account.number, order.total, order.number)


def came_in(number: str, amount: Vnd, *, bank_reference: str, by: str) -> Payment | None:
    """Money arrived on the account with this memo. The exact amount pays the order; any other is noted.

    Raises UnknownOrder or ReferenceTaken. Answers None when the amount differs (a Discrepancy stands then).
    """
    tidy = numbers.tidy(number)
    order = db.session.scalar(select(Order).where(Order.number == tidy).with_for_update())
    if order is None:
        raise UnknownOrder(number=tidy)
    reference = f"bank:{bank_reference}"
    if amount == order.total:
        return receive(order, amount, reference=reference, way="transfer", by=by)
    facts = {"order": tidy, "expected": order.total, "got": amount}
    note_discrepancy(reference, "amount differs", **facts)
    audit.note("transfer differs", f"order:{tidy}", by=by, **facts)
    return None
