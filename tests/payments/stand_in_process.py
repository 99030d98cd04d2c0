"""The stand-in of Stripe as a spawned process: `with StandIn(webhook=…) as s: s.client(), s.control(…)`."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import stripe

ROOT = Path(__file__).resolve().parents[2]
SECRET = "whsec_local"
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class StandIn:
    def __init__(
        self,
        *,
        webhook: str = "",
        secret: str = SECRET,
        public_url: str = "",
        state: Path | None = None,
        port: int = 0,
    ) -> None:
        self.url = ""
        self._command = [sys.executable, "-m", "shop.payments.stand_in", "--port", str(port)]
        told = {"--webhook": webhook, "--secret": secret, "--public-url": public_url, "--state": state}
        for name, value in told.items():
            if value:
                self._command += [name, str(value)]

    def start(self) -> Self:
        """Returns when it is ready; raises when it ends before that."""
        self.process = subprocess.Popen(self._command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the stand-in ended with {self.process.wait()}")
        self.url = line.split()[-1]
        return self

    def stop(self) -> int:
        self.process.terminate()
        status = self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def client(self, *, timeout: float = 10, retries: int = 2) -> stripe.StripeClient:
        """The real SDK, pointed here."""
        return stripe.StripeClient(
            "sk_test_stand_in",
            max_network_retries=retries,
            http_client=stripe.RequestsClient(timeout=(3.05, timeout)),
            base_addresses={"api": self.url},
        )

    def control(self, order: str, **wanted: Any) -> Any:
        """clock, faults, webhooks, session, dispute, refund or reset; words in stand_in/control.py."""
        letter = urllib.request.Request(f"{self.url}/_control/{order}", json.dumps(wanted).encode(), method="POST")
        try:
            with _direct.open(letter, timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{order}: {error.read().decode()}") from None

    def state(self) -> dict[str, Any]:
        with _direct.open(f"{self.url}/_control/state", timeout=10) as answer:
            known: dict[str, Any] = json.load(answer)
            return known

    def until(self, true: Callable[[dict[str, Any]], bool], seconds: float = 5) -> dict[str, Any]:
        """The state as soon as `true` of it; fails after `seconds`."""
        end = time.monotonic() + seconds
        while not true(state := self.state()):
            assert time.monotonic() < end, "the stand-in did not come to that state in time"
            time.sleep(0.02)
        return state

    def until_delivered(self, seconds: float = 5) -> dict[str, Any]:
        """All webhooks that waited are delivered or given up."""
        return self.until(lambda state: not state["webhooks"]["waiting"], seconds)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.stop()


def session_params(price: int = 150_000, quantity: int = 1, **more: Any) -> Any:
    """What a shop sends for one line; pass a name as None to leave it out."""
    params = {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "allowed_payment_method_types": ["card"],
        "adaptive_pricing": {"enabled": False},
        "client_reference_id": "PN-2026-0001",
        "customer_email": "khach@example.com",
        "locale": "auto",
        "metadata": {"order": "PN-2026-0001", "attempt": "1"},
        "payment_intent_data": {"metadata": {"order": "PN-2026-0001", "attempt": "1"}},
        "success_url": "http://localhost:8000/vi/thanh-toan/xong?session_id={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://localhost:8000/vi/thanh-toan/tro-lai",
        "line_items": [
            {
                "quantity": quantity,
                "price_data": {
                    "currency": "vnd",
                    "unit_amount": price,
                    "product_data": {"name": "Chén gốm Bát Tràng"},
                },
            }
        ],
        **more,
    }
    return {name: value for name, value in params.items() if value is not None}
