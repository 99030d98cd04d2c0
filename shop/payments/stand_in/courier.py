"""Webhooks: signed, delivered one by one from a thread, tried again a few times, or lost on order."""

import json
import time
import urllib.error
import urllib.request
from collections import deque
from http.client import HTTPException
from threading import Thread
from typing import Any

from stripe import WebhookSignature

from .events import put_in_line
from .refusal import Refused
from .state import Book, Record

PAUSES = (0.5, 2, 5, 15)  # seconds before the second, third … try
PATIENCE = 10


class _StayHere(urllib.request.HTTPRedirectHandler):
    """A redirect is no 2xx: the event counts as not delivered."""

    def redirect_request(self, *_: Any) -> None:
        return None


# A proxy has no business on the loopback.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}), _StayHere())


class Courier:
    def __init__(self, book: Book, url: str, secret: str) -> None:
        self.url = url
        self._book = book
        self._secret = secret
        self._mode = "running"
        self._log: deque[dict[str, Any]] = deque(maxlen=1000)

    def start(self) -> None:
        Thread(target=self._run, name="courier", daemon=True).start()

    def order(self, do: str, *, id: str = "", type: str = "", url: str = "") -> None:
        deeds = {
            "pause": self._pause,
            "release": self._release,
            "drop": self._drop,
            "drop_all": self._drop_all,
            "triple": self._triple,
            "reverse": self._reverse,
        }
        if do == "redeliver":
            self._redeliver(id, type)
        elif do == "target":
            self.url = url
        elif do in deeds:
            deeds[do]()
        else:
            raise Refused(f"Unknown order for webhooks: {do}", param="do")

    def seen(self) -> dict[str, Any]:
        return {"mode": self._mode, "url": self.url, "waiting": self._line(), "tries": list(self._log)}

    def _pause(self) -> None:
        self._mode = "paused"

    def _release(self) -> None:
        if self._mode == "losing":
            self._drop()
        self._mode = "running"

    def _drop(self) -> None:
        """What waits now is lost; what comes later is not."""
        for delivery in self._line():
            self._book.forget("delivery", delivery["id"])

    def _drop_all(self) -> None:
        """Everything is lost until `release`."""
        self._mode = "losing"
        self._drop()

    def _triple(self) -> None:
        for delivery in self._line() * 2:
            put_in_line(self._book, self._book.find("event", delivery["event"]))

    def _reverse(self) -> None:
        line = self._line()
        places = [delivery["place"] for delivery in line]
        for delivery, place in zip(line, reversed(places), strict=True):
            self._book.put({**delivery, "place": place}, kind="delivery")

    def _redeliver(self, key: str, type_: str) -> None:
        for event in self._book.all("event"):
            if (not key or event["id"] == key) and (not type_ or event["type"] == type_):
                put_in_line(self._book, event)

    def _line(self) -> list[Record]:
        return sorted(self._book.all("delivery"), key=lambda delivery: delivery["place"])

    def _run(self) -> None:
        while True:
            self._book.bell.clear()
            with self._book.changing():
                parcel = self._next()
            if parcel is None:
                self._book.bell.wait(0.1)
                continue
            delivery, event = parcel
            outcome = self._hand_over(event)
            with self._book.changing():
                self._note(delivery, outcome)

    def _next(self) -> tuple[Record, Record] | None:
        if self._mode == "losing":
            self._drop()
        if self._mode == "paused":
            return None
        if not self.url:
            self._nobody_to_tell()
        for delivery in self._line():
            event = self._book.seek("event", delivery["event"])
            if event and delivery["not_before"] <= time.time():
                return delivery, {**event}
        return None

    def _nobody_to_tell(self) -> None:
        """No endpoint is set: Stripe then counts nothing as undelivered."""
        for delivery in self._line():
            self._book.put({**self._book.find("event", delivery["event"]), "pending_webhooks": 0})
        self._drop()

    def _hand_over(self, event: Record) -> str:
        """`delivered`, or what went wrong in one line."""
        body = json.dumps(event, ensure_ascii=False)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Stripe/1.0 (stand-in)",
            "Stripe-Signature": WebhookSignature.generate_signature_header(body, self._secret),
        }
        letter = urllib.request.Request(self.url, body.encode(), headers, method="POST")
        try:
            with _direct.open(letter, timeout=PATIENCE) as answer:
                return "delivered" if 200 <= answer.status < 300 else f"answered {answer.status}"
        except urllib.error.HTTPError as error:
            return f"answered {error.code}"
        except (OSError, ValueError, HTTPException) as error:
            return f"not reached: {error}"

    def _note(self, delivery: Record, outcome: str) -> None:
        self._log.append({"event": delivery["event"], "outcome": outcome, "at": time.time()})
        if self._book.seek("delivery", delivery["id"]) is None:
            return  # dropped, or the whole book cleared, while the letter was on its way
        tries = delivery["tries"] + 1
        if outcome == "delivered":
            self._book.put({**self._book.find("event", delivery["event"]), "pending_webhooks": 0})
        if outcome == "delivered" or tries > len(PAUSES):
            self._book.forget("delivery", delivery["id"])
        else:
            later = time.time() + PAUSES[tries - 1]
            self._book.put({**delivery, "tries": tries, "not_before": later}, kind="delivery")
