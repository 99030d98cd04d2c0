"""What the worker does: the outbox, the search index, and the rounds by the clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import structlog
from flask import Flask

from shop.catalogue import indexing
from shop.core import clock, outbox
from shop.core.db import db, transaction
from shop.payments import reconciling, settling
from shop.provenance import recognising
from shop.web.letters import sending
from shop.web.searching import index
from shop.web.starting import gateway_of, shop_config

log = structlog.get_logger()
PAUSE = 0.2  # seconds between two looks at the outbox
MINUTE = 60.0


def handlers(app: Flask) -> dict[str, outbox.Handler]:
    """Every kind of promise the outbox may hold, and who keeps it."""
    return {
        "letter.order_placed": partial(sending.send, app, "order_placed"),
        "letter.order_paid": partial(sending.send, app, "order_paid"),
        "stripe.settle": partial(_settle, app),
        "stripe.refund": partial(_refund, app),
    }


class Worker:
    """One round after another until told to stop; a round that fails is logged and the next one begins."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.stopping = threading.Event()
        self._minute = 0.0
        self._day: object = None

    def run(self) -> None:
        while not self.stopping.wait(PAUSE):
            with self.app.app_context():
                self._guarded(self.round)

    def round(self) -> None:
        outbox.work(handlers(self.app))
        db.session.rollback()
        indexing.follow(index(self.app), shop_config(self.app).index)
        db.session.rollback()
        if time.monotonic() - self._minute > MINUTE:
            self._minute = time.monotonic()
            reconciling.reconcile(gateway_of(self.app))
            self._guarded(self._expire_certificates)

    def _expire_certificates(self) -> None:
        if self._day == clock.today():
            return
        with transaction():
            recognising.expire()
        self._day = clock.today()

    def _guarded(self, deed: Callable[[], None]) -> None:
        try:
            deed()
        except Exception as error:
            log.warning("the worker's round failed", trouble=repr(error))
            db.session.rollback()


def start_embedded(app: Flask) -> Worker:
    """The worker as a thread of this process."""
    worker = Worker(app)
    threading.Thread(target=worker.run, name="worker", daemon=True).start()
    return worker


def _settle(app: Flask, facts: Mapping[str, Any]) -> None:
    gateway = gateway_of(app)
    if gateway is not None:
        settling.settle(facts["session_id"], gateway)


def _refund(app: Flask, facts: Mapping[str, Any]) -> None:
    gateway = gateway_of(app)
    if gateway is not None:
        reconciling.send_refund(facts["request_key"], gateway)
