"""The part of Stripe's API that the shop calls: one table of paths, their parameter types and deeds."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from stripe import params as shapes
from stripe.params import checkout as checkout_shapes

from . import balance, expand, form, idempotency, listing, refunds, schema, sessions
from .faults import WITHIN, Faults, answer_of
from .refusal import Refused
from .state import Book, Record
from .wire import Reply, Request, as_json

Deed = Callable[[str, dict[str, Any]], Record]
_SESSIONS = "/v1/checkout/sessions"


class Api:
    def __init__(self, book: Book, faults: Faults, public_url: str) -> None:
        self._book = book
        self._faults = faults
        self._routes = [
            (method, re.compile(path), shape, deed)
            for method, path, shape, deed in [*_checkout_routes(book, public_url), *_money_routes(book)]
        ]

    def answer(self, request: Request) -> Reply:
        """One request, whole, under the book's lock: two calls with one key cannot both create."""
        with self._book.changing():
            try:
                _check_key(request)
                sessions.sweep(self._book)
                return idempotency.once(self._book, request, lambda: self._work(request))
            except Refused as refusal:
                return refusal.reply()

    def _work(self, request: Request) -> tuple[Reply, bool]:
        try:
            reply = as_json(200, self._done(request))
        except Refused as refusal:
            return refusal.reply(), refusal.kept
        if self._faults.take(request, WITHIN):
            return answer_of("500_after"), True
        return reply, True

    def _done(self, request: Request) -> Record:
        for method, path, shape, deed in self._routes:
            match = path.fullmatch(request.path)
            if match and method == request.method:
                params = schema.check(shape, form.read(request.form))
                answer = deed(match[1] if path.groups else "", params)
                return expand.expanded(self._book, answer, params.get("expand", []))
        raise Refused(f"Unrecognized request URL ({request.method}: {request.path}).", status=404)


def _checkout_routes(book: Book, public_url: str) -> list[tuple[str, str, Any, Deed]]:
    one = rf"{_SESSIONS}/([^/]+)"
    new, end = checkout_shapes.SessionCreateParams, checkout_shapes.SessionExpireParams
    see, many = checkout_shapes.SessionRetrieveParams, checkout_shapes.SessionListParams
    return [
        ("POST", _SESSIONS, new, lambda _, params: sessions.create(book, params, public_url)),
        ("POST", f"{one}/expire", end, lambda key, _: sessions.expire(book, key)),
        ("GET", f"{one}/line_items", checkout_shapes.SessionLineItemListParams, partial(_line_items, book)),
        *_seen(book, "checkout.session", _SESSIONS, see, many),
    ]


def _line_items(book: Book, key: str, params: dict[str, Any]) -> Record:
    items = book.find("basket", key)["line_items"]
    return listing.cut(items, params, f"{_SESSIONS}/{key}/line_items")


def _money_routes(book: Book) -> list[tuple[str, str, Any, Deed]]:
    return [
        ("POST", "/v1/refunds", shapes.RefundCreateParams, lambda _, params: refunds.create(book, params)),
        ("GET", "/v1/balance", shapes.BalanceRetrieveParams, lambda *_: balance.total(book)),
        ("GET", "/v1/events", shapes.EventListParams, lambda _, params: _events(book, params)),
        *_seen(book, "event", "/v1/events", shapes.EventRetrieveParams, shapes.EventListParams),
        *_seen(book, "refund", "/v1/refunds", shapes.RefundRetrieveParams, shapes.RefundListParams),
        *_seen(book, "charge", "/v1/charges", shapes.ChargeRetrieveParams, shapes.ChargeListParams),
        *_seen(book, "dispute", "/v1/disputes", shapes.DisputeRetrieveParams, shapes.DisputeListParams),
        *_seen(
            book,
            "payment_intent",
            "/v1/payment_intents",
            shapes.PaymentIntentRetrieveParams,
            shapes.PaymentIntentListParams,
        ),
        *_seen(
            book,
            "balance_transaction",
            "/v1/balance_transactions",
            shapes.BalanceTransactionRetrieveParams,
            shapes.BalanceTransactionListParams,
        ),
    ]


def _seen(book: Book, kind: str, path: str, one: Any, many: Any) -> list[tuple[str, str, Any, Deed]]:
    return [
        ("GET", rf"{path}/([^/]+)", one, lambda key, _: book.find(kind, key)),
        ("GET", path, many, lambda _, params: listing.page(book, kind, params, path)),
    ]


def _events(book: Book, params: dict[str, Any]) -> Record:
    """`types` and `delivery_success` are no fields of the event; 30 days back and no further."""
    wanted = {name: value for name, value in params.items() if name not in ("types", "type", "delivery_success")}
    types = params.get("types", [params["type"]] if "type" in params else None)
    success = params.get("delivery_success")
    found = [
        event
        for event in reversed(book.all("event"))
        if (types is None or _matches(event["type"], types))
        and (success is None or success == (event["pending_webhooks"] == 0))
        and event["created"] > book.now() - 30 * 86_400
        and listing.in_time(event["created"], params.get("created"))
    ]
    return listing.cut(found, wanted, "/v1/events")


def _matches(type_: str, wanted: list[str]) -> bool:
    return any(type_ == one or (one.endswith("*") and type_.startswith(one[:-1])) for one in wanted)


def _check_key(request: Request) -> None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme != "Bearer" or not key.startswith(("sk_test_", "rk_test_")):
        raise Refused("The stand-in takes secret test keys only: sk_test_…", status=401)
