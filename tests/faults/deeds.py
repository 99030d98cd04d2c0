"""What one real process does in the tests of concurrency: it makes its own app and begins with the others."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

import config as settings
from shop import create_app
from shop.cart.models import Cart
from shop.core import clock, outbox
from shop.core.db import db, transaction
from shop.core.money import Vnd
from shop.core.refusal import Refusal
from shop.delivery.quoting import quote
from shop.orders.models import WayToPay
from shop.orders.placing import place
from shop.payments.gateway import PaySession
from shop.payments.settling import settle
from shop.payments.transfers import came_in
from shop.provenance.entering import enter
from shop.provenance.log import publishing
from tests.factories import a_buyer, home
from tests.fakes import FakeGateway

Env = Mapping[str, str]

_apps: dict[tuple[tuple[str, str], ...], Flask] = {}
_start: Barrier | None = None


def meet(start: Barrier) -> None:
    """Every process of the pool learns where they all wait for each other."""
    global _start
    _start = start


def together(env: Env, deed: Callable[..., list[str]] | None, *given: Any) -> list[str]:
    """Makes the app, waits for the others, then does the deed; answers what came of it."""
    app = _app(env)
    assert _start is not None
    with app.app_context():
        db.engine.dispose()  # the test may have put another file in the place of the last one
        _start.wait(timeout=60)
        try:
            return deed(*given) if deed else []
        finally:
            db.session.remove()


def _app(env: Env) -> Flask:
    key = tuple(sorted(env.items()))
    if key not in _apps:
        _apps[key] = create_app(replace(settings.read(env), testing=True))
    return _apps[key]


def _outcome(deed: Callable[[], object]) -> str:
    try:
        deed()
    except Refusal as refusal:
        return type(refusal).__name__
    except Exception as error:
        traceback.print_exc()
        return type(error).__name__
    return "done"


def buy(tokens: list[str], way: WayToPay) -> list[str]:
    """Checks out one basket after the other, as so many buyers would."""
    return [_outcome(lambda token=token: _check_out(token, way)) for token in tokens]


def _check_out(token: str, way: WayToPay, version: int | None = None) -> None:
    with transaction():
        cart = db.session.scalars(select(Cart).where(Cart.token == token)).one()
        quoted = quote(cart.lines, home())
        seen = cart.goods_total + quoted.total
        place(cart, quoted, a_buyer(), way, version=version or cart.version, seen_total=seen, by="test")


def check_out_as_seen(token: str, version: int) -> list[str]:
    """A double click: the same basket in the state the buyer saw."""
    return [_outcome(lambda: _check_out(token, WayToPay.CASH_ON_DELIVERY, version))]


def settle_session(session: PaySession) -> list[str]:
    gateway = FakeGateway()
    gateway.sessions[session.id] = session
    return [_outcome(lambda: settle(session.id, gateway)) for _ in range(3)]


def book_transfer(number: str, amount: int) -> list[str]:
    def book() -> None:
        with transaction():
            came_in(number, Vnd(amount), bank_reference="FT1", by="staff:1")

    return [_outcome(book) for _ in range(3)]


def work_outbox(written: str) -> list[str]:
    """Keeps promises until none is due; each is a line in a file that all processes append to."""

    def letter(facts: Mapping[str, Any]) -> None:
        with Path(written).open("a") as out:
            out.write(f"{facts['number']}\n")

    while outbox.work({"letter": letter}):
        pass
    return []


def plan_inspections(product_ids: list[int], numbers: list[int]) -> list[str]:
    """Enters one planned inspection after the other in the log."""
    return [_outcome(lambda number=number: _plan(product_ids, number)) for number in numbers]


def _plan(product_ids: list[int], number: int) -> None:
    body = {"inspection": f"I-{number}", "kind": "planned", "agencies": ["Sở NN&MT"]}
    with transaction():
        product_id = product_ids[number % len(product_ids)]
        enter(product_id, "inspection.planned", body, day=clock.today(), by=f"user:{number}")


def publish_log(directory: str) -> list[str]:
    return [_outcome(lambda: publishing.publish(Path(directory)))]
