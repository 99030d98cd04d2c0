"""The outside world, in memory: the card gateway with the faults a real one has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from shop.core.money import Vnd
from shop.payments.gateway import GatewayDown, GatewayRefused, PaySession


class FakeGateway:
    """The five calls of a gateway. `fault` arms the next call of a name; `pay` is what the buyer does there."""

    def __init__(self) -> None:
        self.sessions: dict[str, PaySession] = {}
        self.refunds: dict[str, tuple[str, Vnd]] = {}
        self.heard: list[str] = []
        self._answers: dict[str, PaySession] = {}
        self._faults: list[tuple[str, Exception, bool]] = []

    def fault(self, call: str, error: Exception, *, after_the_deed: bool = False) -> None:
        """The next `call` fails: before anything happened, or with the answer lost after the deed."""
        self._faults.append((call, error, after_the_deed))

    def pay(self, session_id: str, *, amount: int | None = None, currency: str = "vnd") -> PaySession:
        """The buyer pays on the gateway's page."""
        known = self.sessions[session_id]
        assert known.status == "open", "nobody can pay on a page that is closed"
        paid = replace(known, status="complete", is_paid=True, payment_reference=f"pi_{session_id}", currency=currency)
        self.sessions[session_id] = paid if amount is None else replace(paid, amount=Vnd(amount))
        return self.sessions[session_id]

    def create(self, params: Mapping[str, Any], *, key: str) -> PaySession:
        self._hear("create")
        if key not in self._answers:
            number = len(self.sessions) + 1
            self._answers[key] = self.sessions[f"cs_{number}"] = PaySession(
                id=f"cs_{number}",
                url=f"https://pay.example/{number}",
                status="open",
                is_paid=False,
                amount=Vnd(params["line_items"][0]["price_data"]["unit_amount"]),
                currency=params["line_items"][0]["price_data"]["currency"],
                payment_reference=None,
                attempt_id=int(params["metadata"]["attempt"]),
                order_number=params["metadata"]["order"],
            )
        self._after("create")
        return self._answers[key]

    def fetch(self, session_id: str) -> PaySession:
        self._hear("fetch")
        if session_id not in self.sessions:
            raise GatewayRefused("No such session")
        return self.sessions[session_id]

    def expire(self, session_id: str) -> PaySession:
        self._hear("expire")
        known = self.sessions[session_id]
        if known.status == "open":
            self.sessions[session_id] = replace(known, status="expired")
        self._after("expire")
        return self.sessions[session_id]

    def refund(self, payment_reference: str, amount: Vnd, *, key: str) -> str:
        self._hear("refund")
        self.refunds.setdefault(key, (payment_reference, amount))
        self._after("refund")
        return f"re_{key}"

    def list_since(self, moment: datetime) -> Iterator[PaySession]:
        self._hear("list_since")
        yield from list(self.sessions.values())

    def _hear(self, call: str) -> None:
        self.heard.append(call)
        self._fail(call, after_the_deed=False)

    def _after(self, call: str) -> None:
        self._fail(call, after_the_deed=True)

    def _fail(self, call: str, *, after_the_deed: bool) -> None:
        for armed in self._faults:
            if armed[0] == call and armed[2] is after_the_deed:
                self._faults.remove(armed)
                raise armed[1]


def down() -> GatewayDown:
    return GatewayDown("no answer")


def refused() -> GatewayRefused:
    return GatewayRefused("expires_at must be at least 30 minutes from now")
