"""What the buyer does on the pay page: pays, is declined or meets 3-D Secure, only while it is open."""

import stripe

from . import balance, skeleton
from .events import tell
from .refusal import Refused
from .state import Book, Record, new_id

_CARD = {
    "type": "card",
    "card": {
        "brand": "visa",
        "last4": "4242",
        "country": "VN",
        "funding": "credit",
        "exp_month": 12,
        "exp_year": 2034,
    },
}


def pay(book: Book, key: str) -> Record:
    """The session is complete and paid, once and for all."""
    session = _open_session(book, key)
    intent = _intent(book, session)
    charge = _charge(book, intent, session)
    tell(book, "charge.succeeded", charge)
    intent.update(
        status="succeeded",
        amount_received=intent["amount"],
        latest_charge=charge["id"],
        last_payment_error=None,
        next_action=None,
        payment_method=new_id("pm_"),
    )
    tell(book, "payment_intent.succeeded", book.put(intent))
    session.update(
        status="complete",
        payment_status="paid",
        url=None,
        customer_details=skeleton.of(stripe.checkout.Session.CustomerDetails, email=session["customer_email"]),
    )
    tell(book, "checkout.session.completed", book.put(session))
    return session


def decline(book: Book, key: str, reason: str = "generic_decline") -> Record:
    """The card is refused; the session stays open and the buyer may try again."""
    session = _open_session(book, key)
    intent = _intent(book, session)
    charge = book.put(
        {
            **_charge_of(book, intent, session),
            "status": "failed",
            "failure_code": "card_declined",
            "failure_message": "The card was declined.",
        }
    )
    tell(book, "charge.failed", charge)
    intent["latest_charge"] = charge["id"]
    return _failed(book, session, intent, "card_declined", reason)


def challenge(book: Book, key: str) -> Record:
    """The bank wants to hear from its customer first: 3-D Secure."""
    session = _open_session(book, key)
    intent = _intent(book, session)
    intent.update(status="requires_action", last_payment_error=None, next_action={"type": "use_stripe_sdk"})
    tell(book, "payment_intent.requires_action", book.put(intent))
    return session


def confirm(book: Book, key: str) -> Record:
    _challenged(book, key)
    return pay(book, key)


def refuse(book: Book, key: str) -> Record:
    session, intent = _challenged(book, key)
    return _failed(book, session, intent, "payment_intent_authentication_failure", None)


def is_challenged(book: Book, session: Record) -> bool:
    key = session["payment_intent"]
    return bool(key) and book.find("payment_intent", key)["status"] == "requires_action"


def problem(book: Book, session: Record) -> str | None:
    """The code of the last failed try, for the page to say."""
    if not session["payment_intent"]:
        return None
    error = book.find("payment_intent", session["payment_intent"])["last_payment_error"]
    return error["code"] if error else None


def _open_session(book: Book, key: str) -> Record:
    session = book.find("checkout.session", key)
    if session["status"] != "open":
        raise Refused(f"This Checkout Session is {session['status']}: nothing can be paid in it.")
    return session


def _challenged(book: Book, key: str) -> tuple[Record, Record]:
    session = _open_session(book, key)
    if not is_challenged(book, session):
        raise Refused("No 3-D Secure question is open for this session.")
    return session, _intent(book, session)


def _intent(book: Book, session: Record) -> Record:
    """Made at the first try and not before, as Stripe does."""
    if session["payment_intent"]:
        return book.find("payment_intent", session["payment_intent"])
    wanted = book.find("basket", session["id"])["intent"]
    intent = skeleton.of(
        stripe.PaymentIntent,
        id=new_id("pi_"),
        amount=session["amount_total"],
        currency=session["currency"],
        created=book.now(),
        status="requires_payment_method",
        payment_method_types=["card"],
        metadata=dict(wanted.get("metadata", {})),
        description=wanted.get("description"),
        receipt_email=wanted.get("receipt_email"),
    )
    session["payment_intent"] = intent["id"]
    tell(book, "payment_intent.created", book.put(intent))
    book.put(session)
    return intent


def _charge_of(book: Book, intent: Record, session: Record) -> Record:
    return skeleton.of(
        stripe.Charge,
        id=new_id("ch_"),
        amount=intent["amount"],
        currency=intent["currency"],
        created=book.now(),
        payment_intent=intent["id"],
        metadata=dict(intent["metadata"]),
        description=intent["description"],
        receipt_email=session["customer_email"],
        payment_method_details=_CARD,
    )


def _charge(book: Book, intent: Record, session: Record) -> Record:
    charge = _charge_of(book, intent, session)
    entry = balance.book_in(book, charge, "charge", charge["amount"], balance.fee_of(charge["amount"]))
    charge.update(
        status="succeeded",
        paid=True,
        captured=True,
        amount_captured=charge["amount"],
        balance_transaction=entry["id"],
    )
    return book.put(charge)


def _failed(book: Book, session: Record, intent: Record, code: str, reason: str | None) -> Record:
    error = {
        "type": "card_error",
        "code": code,
        "decline_code": reason,
        "message": "The payment did not go through.",
    }
    intent.update(status="requires_payment_method", last_payment_error=error, next_action=None)
    tell(book, "payment_intent.payment_failed", book.put(intent))
    return session
