"""Faults that a test orders in advance: what goes wrong on the wire, where, and how many times."""

from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from threading import Lock
from typing import Any

from .refusal import Refused
from .wire import Reply, Request

BEFORE = ("drop_before", "429", "409", "503")
WITHIN = ("500_after",)
AFTER = ("drop_after", "slow_after")


@dataclass
class Fault:
    path: str
    """Exact, or with `*`: /v1/checkout/sessions/*"""
    kind: str
    times: int = 1
    method: str = "*"
    seconds: float = 30
    """How long slow_after holds the finished answer back."""


class Faults:
    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._lock = Lock()  # two calls at once must not both meet the one fault that was ordered

    def order(self, **wanted: Any) -> None:
        fault = Fault(**wanted)
        if fault.kind not in BEFORE + WITHIN + AFTER:
            raise Refused(f"Unknown kind of fault: {fault.kind}", param="kind")
        self._waiting.append(fault)

    def take(self, request: Request, kinds: tuple[str, ...]) -> Fault | None:
        with self._lock:
            return self._taken(request, kinds)

    def clear(self) -> None:
        self._waiting.clear()

    def waiting(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self._waiting]

    def _taken(self, request: Request, kinds: tuple[str, ...]) -> Fault | None:
        for fault in self._waiting:
            if fault.kind in kinds and fault.method in ("*", request.method) and fnmatchcase(request.path, fault.path):
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None


def answer_of(kind: str) -> Reply:
    """The answers of a Stripe that has not begun the work, or that fell over after it."""
    if kind == "429":
        return Refused("Too many requests hit the API too quickly.", status=429, code="rate_limit").reply()
    if kind == "409":
        return Refused(
            "Another request with this Idempotency-Key is in progress.",
            status=409,
            kind="idempotency_error",
            code="idempotency_key_in_use",
        ).reply()
    status = 503 if kind == "503" else 500
    return Refused("An unknown error occurred.", status=status, kind="api_error").reply()
