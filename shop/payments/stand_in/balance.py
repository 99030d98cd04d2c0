"""Balance transactions: what each payment, refund and dispute did to the account, with the fee taken."""

import stripe

from . import skeleton
from .state import Book, Record, new_id

FEE_PER_THOUSAND = 34
DISPUTE_FEE = 375_000
DAYS_UNTIL_AVAILABLE = 7


def book_in(book: Book, source: Record, type_: str, amount: int, fee: int = 0) -> Record:
    """`amount` is signed; the real account settles in another currency, which is not modelled."""
    category = "dispute" if type_ == "adjustment" else type_
    now = book.now()
    return book.put(
        skeleton.of(
            stripe.BalanceTransaction,
            id=new_id("txn_"),
            amount=amount,
            fee=fee,
            net=amount - fee,
            currency=source["currency"],
            created=now,
            available_on=now + DAYS_UNTIL_AVAILABLE * 86_400,
            source=source["id"],
            type=type_,
            reporting_category=category,
            status="pending",
            balance_type="payments",
            fee_details=[_fee(fee, source["currency"])] if fee else [],
        )
    )


def fee_of(amount: int) -> int:
    return amount * FEE_PER_THOUSAND // 1000


def total(book: Book) -> Record:
    sums: dict[str, int] = {}
    for entry in book.all("balance_transaction"):
        sums[entry["currency"]] = sums.get(entry["currency"], 0) + entry["net"]
    pending = [
        {"amount": amount, "currency": currency, "source_types": {"card": amount}} for currency, amount in sums.items()
    ]
    return skeleton.of(stripe.Balance, pending=pending)


def _fee(fee: int, currency: str) -> Record:
    return {
        "amount": fee,
        "application": None,
        "currency": currency,
        "description": "Processing fee",
        "type": "stripe_fee",
    }
