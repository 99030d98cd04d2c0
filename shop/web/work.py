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
from shop.core.db import db
from shop.orders import recalling, tidying
from shop.payments import reconciling, settling
from shop.payments.gateway import Gateway, GatewayDown
from shop.provenance import publishing_stars
from shop.provenance.log import heads, publishing, trusting, witnessing
from shop.provenance.lots import scanning
from shop.provenance.standards import issuing, status_list
from shop.web.letters import sending
from shop.web.searching import index
from shop.web.starting import gateway_of, shop_config

log = structlog.get_logger()
PAUSE = 0.2  # seconds between two looks at the outbox
MINUTE = 60.0
PUBLISH_EVERY = 2.0  # seconds between two looks at the log: each checkpoint is flushed to disk and kept for ever


def handlers(app: Flask) -> dict[str, outbox.Handler]:
    """Every kind of promise the outbox may hold, and who keeps it."""
    return {
        "letter.order_placed": partial(sending.send, app, "order_placed"),
        "letter.order_paid": partial(sending.send, app, "order_paid"),
        "letter.recalled": partial(sending.send, app, "recalled"),
        "recall.tell_buyers": recalling.tell_buyers,
        "stripe.settle": partial(_settle, app),
        "stripe.refund": partial(_refund, app),
    }


class Worker:
    """One round after another until told to stop. Each chapter of a round is guarded on its own."""

    def __init__(self, app: Flask, *, index_only: bool = False) -> None:
        self.app = app
        self.stopping = threading.Event()
        whole = [self._outbox, self._each_minute, self._publish_log, self._ask_witnesses, self._feed_index]
        self.chapters = [self._feed_index] if index_only else whole
        self._minute = -MINUTE
        self._published = -1
        self._publishes_at = 0.0
        self._asks_at = 0.0
        self._index_rests_until = 0.0
        self._day: object = None
        self.thread: threading.Thread | None = None

    def run(self) -> None:
        while not self.stopping.wait(PAUSE):
            with self.app.app_context():
                self.round()

    def round(self) -> None:
        for chapter in self.chapters:
            self._guarded(chapter)
            db.session.rollback()

    def _outbox(self) -> None:
        outbox.work(handlers(self.app), stopping=self.stopping.is_set)

    def _each_minute(self) -> None:
        if time.monotonic() - self._minute < MINUTE:
            return
        self._minute = time.monotonic()
        reconciling.reconcile(gateway_of(self.app))
        if self._day != clock.today():
            publishing_stars.expire()
            tidying.tidy()
            scanning.forget()
            self._day = clock.today()
        heads.keep_fresh(shop_config(self.app).log)
        status_list.renew(shop_config(self.app).log, issuing.issuer(shop_config(self.app).public_url))

    def _publish_log(self) -> None:
        """Signs a checkpoint over what is new. A log that cannot be published is looked at again in a minute."""
        if time.monotonic() < self._publishes_at:
            return
        self._publishes_at = time.monotonic() + MINUTE
        size = publishing.size_now()
        if size != self._published:
            publishing.publish(shop_config(self.app).log)
            self._published = size
        self._publishes_at = time.monotonic() + PUBLISH_EVERY

    def _ask_witnesses(self) -> None:
        """Whoever has not cosigned the published checkpoint yet is asked each minute."""
        if time.monotonic() < self._asks_at:
            return
        self._asks_at = time.monotonic() + MINUTE
        for heard in witnessing.keep_witnessed(shop_config(self.app).log, trusting.policy()):
            if heard.trouble:
                log.warning("a witness did not cosign", witness=heard.witness, trouble=heard.trouble)

    def _feed_index(self) -> None:
        """A broken index directory rests for a while: everything else goes on."""
        if time.monotonic() < self._index_rests_until:
            return
        try:
            indexing.follow(index(self.app), shop_config(self.app).index)
        except Exception:
            self._index_rests_until = time.monotonic() + 30
            raise

    def _guarded(self, deed: Callable[[], None]) -> None:
        try:
            deed()
        except Exception as error:
            log.warning("the worker's round failed", chapter=deed.__name__, trouble=repr(error))
            db.session.rollback()


def start_embedded(app: Flask, *, index_only: bool = False) -> Worker:
    """The worker as a thread of this process; `index_only` where other processes do the rest."""
    worker = Worker(app, index_only=index_only)
    worker.thread = threading.Thread(target=worker.run, name="worker", daemon=True)
    worker.thread.start()
    return worker


def stop(worker: Worker) -> None:
    """Lets the job at hand come to its end, so that no letter goes out twice."""
    worker.stopping.set()
    if worker.thread is not None:
        worker.thread.join(8)


def _settle(app: Flask, facts: Mapping[str, Any]) -> None:
    settling.settle(facts["session_id"], _gateway(app))


def _refund(app: Flask, facts: Mapping[str, Any]) -> None:
    reconciling.send_refund(facts["request_key"], _gateway(app))


def _gateway(app: Flask) -> Gateway:
    """Without a key nothing can be asked: the job waits until there is one."""
    gateway = gateway_of(app)
    if gateway is None:
        raise GatewayDown("no key of the card gateway")
    return gateway
