"""The card gateway: five calls, and Stripe's hosted Checkout behind them. The only module that imports stripe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import stripe

from shop.core.money import Vnd

# A rotated key or a missing right is our trouble, not the buyer's: asked again when it is mended.
ASK_AGAIN = (stripe.APIConnectionError, stripe.RateLimitError, stripe.AuthenticationError, stripe.PermissionError)


class GatewayDown(Exception):
    """Nobody knows whether the call was heard: ask again later under the same key."""


class GatewayRefused(Exception):
    """The gateway understood and said no; asking again the same way is useless."""


class BadSignature(Exception):
    """A webhook that is not from the gateway, or not readable."""


@dataclass(frozen=True)
class PaySession:
    """What the gateway says of one pay page. `amount` in whole đồng when `currency` is 'vnd'."""

    id: str
    url: str | None
    status: str  # open | complete | expired
    is_paid: bool
    amount: Vnd
    currency: str
    payment_reference: str | None
    attempt_id: int | None
    order_number: str = ""


@dataclass(frozen=True)
class GatewayEvent:
    id: str
    kind: str
    session_id: str


class Gateway(Protocol):
    def create(self, params: Mapping[str, Any], *, key: str) -> PaySession: ...
    def fetch(self, session_id: str) -> PaySession: ...
    def expire(self, session_id: str) -> PaySession: ...
    def refund(self, payment_reference: str, amount: Vnd, *, key: str) -> str: ...
    def list_since(self, moment: datetime) -> Iterator[PaySession]: ...


class StripeGateway:
    """Stripe (API of the pinned SDK), or its local stand-in when `api_base` names one."""

    def __init__(self, secret_key: str, webhook_secret: str, api_base: str = "") -> None:
        self.webhook_secret = webhook_secret
        self.client = stripe.StripeClient(
            secret_key,
            max_network_retries=1,
            http_client=stripe.RequestsClient(timeout=(3.05, 10)),
            base_addresses={"api": api_base} if api_base else {},
        )

    def create(self, params: Mapping[str, Any], *, key: str) -> PaySession:
        with _errors():
            made = self.client.v1.checkout.sessions.create(dict(params), {"idempotency_key": key})  # type: ignore[arg-type]
        return _session(made)

    def fetch(self, session_id: str) -> PaySession:
        with _errors():
            return _session(self.client.v1.checkout.sessions.retrieve(session_id))

    def expire(self, session_id: str) -> PaySession:
        """Ends a pay page; one that is complete or expired already is answered as it stands."""
        try:
            with _errors():
                return _session(self.client.v1.checkout.sessions.expire(session_id))
        except GatewayRefused:
            return self.fetch(session_id)

    def refund(self, payment_reference: str, amount: Vnd, *, key: str) -> str:
        with _errors():
            made = self.client.v1.refunds.create(
                {"payment_intent": payment_reference, "amount": amount, "metadata": {"refund": key}},
                {"idempotency_key": key},
            )
        return made.id

    def list_since(self, moment: datetime) -> Iterator[PaySession]:
        with _errors():
            page = self.client.v1.checkout.sessions.list({"created": {"gte": int(moment.timestamp())}, "limit": 100})
            for found in page.auto_paging_iter():
                yield _session(found)

    def read_event(self, body: bytes, signature: str) -> GatewayEvent:
        """A webhook's event, its signature checked. Raises BadSignature for anything else."""
        try:
            event = self.client.construct_event(body, signature, self.webhook_secret)
            thing = event.data.object
            is_session = thing["object"] == "checkout.session"
            return GatewayEvent(event.id, event.type, str(thing["id"]) if is_session else "")
        except (stripe.SignatureVerificationError, ValueError, KeyError, AttributeError, TypeError) as error:
            raise BadSignature(type(error).__name__) from error


class _errors:
    """Tells 'down' (ask again) from 'refused' (do not)."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, ASK_AGAIN):
            raise GatewayDown(str(error)) from error
        if isinstance(error, stripe.StripeError):
            status = error.http_status or 500
            wrong: Exception = GatewayDown(str(error)) if status >= 500 else GatewayRefused(str(error))
            raise wrong from error


def _session(made: stripe.checkout.Session) -> PaySession:
    metadata = made.metadata.to_dict() if made.metadata else {}
    attempt = str(metadata.get("attempt", ""))
    intent = made.payment_intent
    return PaySession(
        id=made.id,
        url=made.url,
        status=made.status or "open",
        is_paid=made.payment_status == "paid",
        amount=Vnd(made.amount_total or 0),
        currency=made.currency or "",
        payment_reference=intent if isinstance(intent, str) or intent is None else intent.id,
        attempt_id=int(attempt) if attempt.isdigit() else None,
        order_number=str(metadata.get("order", "")),
    )
