"""What a test may order under /_control/: time, faults, webhooks, and the deeds of buyers and banks."""

import json
from collections import deque
from collections.abc import Callable
from typing import Any

from . import disputes, paying, refunds, sessions
from .courier import Courier
from .faults import Faults
from .refusal import Refused
from .state import Book
from .wire import Reply, Request, as_json


class Control:
    def __init__(self, book: Book, faults: Faults, courier: Courier, seen: deque[dict[str, Any]]) -> None:
        self._book = book
        self._faults = faults
        self._courier = courier
        self._seen = seen
        self._orders: dict[str, Callable[..., Any]] = {
            "clock": self._clock,
            "faults": self._fault,
            "webhooks": courier.order,
            "session": self._session,
            "dispute": self._dispute,
            "refund": self._refund,
            "reset": self._reset,
        }

    def answer(self, request: Request) -> Reply:
        name = request.path.removeprefix("/_control/")
        with self._book.changing():
            try:
                sessions.sweep(self._book)
                if request.method == "GET" and name == "state":
                    return as_json(200, self._state())
                if request.method != "POST" or name not in self._orders:
                    raise Refused(f"No such order: {request.method} {request.path}", status=404)
                return as_json(200, self._orders[name](**json.loads(request.body or "{}")) or {"done": True})
            except (TypeError, ValueError) as error:
                return as_json(400, {"error": {"message": str(error)}})
            except Refused as refusal:
                return refusal.reply()

    def _clock(self, *, offset: int | None = None, advance: int = 0) -> dict[str, int]:
        """`offset` seconds from real time, or `advance` by so many."""
        self._book.move_clock((self._book.offset if offset is None else offset) + advance)
        sessions.sweep(self._book)
        return {"now": self._book.now(), "offset": self._book.offset}

    def _fault(self, *, clear: bool = False, **wanted: Any) -> None:
        self._faults.clear() if clear else self._faults.order(**wanted)

    def _session(self, *, id: str, do: str, reason: str = "generic_decline") -> Any:
        deeds = {
            "pay": paying.pay,
            "challenge": paying.challenge,
            "confirm": paying.confirm,
            "refuse": paying.refuse,
            "expire": sessions.expire,
        }
        if do == "decline":
            return paying.decline(self._book, id, reason)
        if do not in deeds:
            raise Refused(f"Unknown deed of a buyer: {do}", param="do")
        return deeds[do](self._book, id)

    def _dispute(
        self,
        *,
        do: str = "open",
        id: str = "",
        payment_intent: str = "",
        amount: int | None = None,
        reason: str = "product_not_received",
        status: str = "lost",
    ) -> Any:
        if do == "close":
            return disputes.close(self._book, id, status)
        return disputes.open_one(self._book, payment_intent, amount, reason)

    def _refund(self, *, do: str, id: str = "", reason: str = "") -> Any:
        """fail | succeed one refund, or let the next one stay pending."""
        if do == "next_pending":
            wish = {"id": "next_refund", "pending_reason": reason or "insufficient_funds"}
            return self._book.put(wish, kind="setting")
        if do not in ("fail", "succeed"):
            raise Refused(f"Unknown fate of a refund: {do}", param="do")
        fate = "failed" if do == "fail" else "succeeded"
        return refunds.move(self._book, id, fate, reason or "expired_or_canceled_card")

    def _reset(self) -> None:
        self._book.clear()
        self._faults.clear()
        self._courier.order("release")
        self._seen.clear()

    def _state(self) -> dict[str, Any]:
        kinds = (
            "checkout.session",
            "payment_intent",
            "charge",
            "refund",
            "dispute",
            "balance_transaction",
            "event",
            "saved_reply",
        )
        return {
            "clock": {"now": self._book.now(), "offset": self._book.offset},
            **{kind: self._book.all(kind) for kind in kinds},
            "faults": self._faults.waiting(),
            "webhooks": self._courier.seen(),
            "requests": list(self._seen),
        }
