"""Webhooks of the stand-in: signed, tried again, paused, lost, repeated and reversed."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
import stripe

from tests.payments.stand_in_process import SECRET, StandIn, session_params


class Shop(ThreadingHTTPServer):
    """Takes webhooks as a shop would: by the SDK's own check of the signature."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.events: list[Any] = []
        self.answers: list[int] = []
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def types(self) -> list[str]:
        return [event.type for event in self.events]


class _Door(BaseHTTPRequestHandler):
    server: Shop

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        client = stripe.StripeClient("sk_test_x")
        event = client.construct_event(body, self.headers["Stripe-Signature"], SECRET)
        self.server.events.append(event)
        self.send_response(self.server.answers.pop(0) if self.server.answers else 200)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None: ...


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    running = Shop()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture(scope="module")
def process(shop: Shop) -> Iterator[StandIn]:
    with StandIn(webhook=f"http://127.0.0.1:{shop.server_port}/webhooks/stripe") as running:
        yield running


@pytest.fixture
def stand_in(process: StandIn, shop: Shop) -> StandIn:
    process.control("reset")
    shop.events.clear()
    return process


PAID = [
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
]


def pay(stand_in: StandIn) -> None:
    session = stand_in.client().v1.checkout.sessions.create(session_params())
    stand_in.control("session", id=session.id, do="pay")


def undelivered(stand_in: StandIn) -> list[str]:
    return [event.type for event in stand_in.client().v1.events.list({"delivery_success": False}).data]


def test_events_arrive_in_order_with_a_signature_the_sdk_accepts(stand_in: StandIn, shop: Shop) -> None:
    pay(stand_in)
    stand_in.until_delivered()
    assert shop.types == PAID
    assert shop.events[-1].data.object.payment_status == "paid"
    assert shop.events[-1].api_version == stripe.api_version
    assert undelivered(stand_in) == []


def test_a_refused_event_is_tried_again(stand_in: StandIn, shop: Shop) -> None:
    shop.answers = [500]
    pay(stand_in)
    stand_in.until_delivered()
    assert shop.types == [*PAID, PAID[0]]


def test_a_paused_line_waits_and_release_lets_it_go(stand_in: StandIn, shop: Shop) -> None:
    stand_in.control("webhooks", do="pause")
    pay(stand_in)
    assert shop.types == []
    assert len(undelivered(stand_in)) == 4
    stand_in.control("webhooks", do="release")
    stand_in.until_delivered()
    assert shop.types == PAID


def test_dropped_events_never_arrive_but_are_listed_as_undelivered(stand_in: StandIn, shop: Shop) -> None:
    stand_in.control("webhooks", do="drop_all")
    pay(stand_in)
    stand_in.control("webhooks", do="release")
    stand_in.until_delivered()
    assert shop.types == []
    assert undelivered(stand_in) == PAID[::-1]


def test_drop_loses_what_waits_and_nothing_later(stand_in: StandIn, shop: Shop) -> None:
    stand_in.control("webhooks", do="pause")
    pay(stand_in)
    stand_in.control("webhooks", do="drop")
    pay(stand_in)
    stand_in.control("webhooks", do="release")
    stand_in.until_delivered()
    assert shop.types == PAID


def test_tripled_and_reversed(stand_in: StandIn, shop: Shop) -> None:
    stand_in.control("webhooks", do="pause")
    pay(stand_in)
    stand_in.control("webhooks", do="triple")
    stand_in.control("webhooks", do="reverse")
    stand_in.control("webhooks", do="release")
    stand_in.until_delivered()
    assert shop.types == PAID[::-1] * 3


def test_an_old_event_can_be_delivered_again(stand_in: StandIn, shop: Shop) -> None:
    pay(stand_in)
    stand_in.until_delivered()
    stand_in.control("webhooks", do="redeliver", type="checkout.session.completed")
    stand_in.until_delivered()
    assert shop.types == [*PAID, PAID[-1]]
    assert shop.events[-1].id == shop.events[-2].id


def test_a_shop_that_is_away_gets_its_events_when_it_is_back(stand_in: StandIn, shop: Shop) -> None:
    home = stand_in.state()["webhooks"]["url"]
    stand_in.control("webhooks", do="target", url="http://127.0.0.1:9/")
    pay(stand_in)
    stand_in.until(lambda state: bool(state["webhooks"]["tries"]))
    stand_in.control("webhooks", do="target", url=home)
    stand_in.until_delivered()
    assert sorted(shop.types) == sorted(PAID)


def test_events_are_found_by_type_and_time(stand_in: StandIn) -> None:
    client = stand_in.client()
    pay(stand_in)
    (done,) = client.v1.events.list({"types": ["checkout.session.completed", "refund.failed"]}).data
    assert client.v1.events.retrieve(done.id).type == "checkout.session.completed"
    assert client.v1.events.list({"created": {"gt": done.created + 5}}).data == []
    stand_in.control("clock", advance=31 * 86_400)
    assert client.v1.events.list().data == []
