"""The log at 100,000 events: appending one more, publishing it, proving it, and checking everything from the ground."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import select

from bench.catalogues import shop_on
from shop.catalogue.models import Product
from shop.core import clock
from shop.core.db import db, transaction
from shop.provenance import comparing
from shop.provenance.entering import enter
from shop.provenance.log import adopting, fsck, publishing
from shop.provenance.log.appending import Entry, append_all
from shop.provenance.log.models import Event
from shop.provenance.ocop_verify import merkle

EVENTS = 100_000
AT_ONCE = 2_000
TRIES = 200
numbers = count(1)


@dataclass(frozen=True)
class LogRun:
    """Times in milliseconds but for the whole checks, which are seconds."""

    events: int
    grown_a_second: float
    append: list[float]
    publish: list[float]
    proof: list[float]
    fsck_s: float
    tables_s: float
    faults: int

    def p(self, times: list[float], share: int) -> float:
        return statistics.quantiles(times, n=100)[share - 1]


def log_run(instance: Path) -> LogRun:
    """On the catalogue in `instance`, whose log grows to EVENTS."""
    app = shop_on(instance)
    with app.app_context():
        adopting.adopt()  # the grown catalogue's certificates are rows only
        rate = _grow()
        directory = app.config["SHOP"].log
        publishing.publish(directory)
        some = list(db.session.scalars(select(Product.id).order_by(Product.id).limit(50)))
        db.session.rollback()
        append = [_timed(lambda: _append(some)) for _ in range(TRIES)]
        publish = [_timed(lambda: _publish(some, directory)) for _ in range(20)]
        size = publishing.size_now()
        proof = [_timed(lambda: _prove(directory, size)) for _ in range(TRIES)]
        began = time.perf_counter()
        faults = len(list(fsck.check_log(directory)))
        middle = time.perf_counter()
        faults += len(list(comparing.check_projections()))
        ended = time.perf_counter()
        db.session.rollback()
        return LogRun(size, rate, append, publish, proof, middle - began, ended - middle, faults)


def _grow() -> float:
    """Events a second, appended in batches."""
    began, first = time.perf_counter(), publishing.size_now()
    while (size := publishing.size_now()) < EVENTS:
        some = range(size, min(EVENTS, size + AT_ONCE))
        body = {"corrects": [], "fields": {}, "reason": {"vi": "đo tốc độ", "en": "measuring"}}
        db.session.rollback()
        with transaction():
            append_all([Entry("correction", f"urn:ocop:test:{n % 5_000}", body, clock.today(), "bench") for n in some])
    return (EVENTS - first) / max(time.perf_counter() - began, 0.001)


def _append(products: list[int]) -> None:
    """A whole deed: checked, signed, appended, folded, projected, its stars published, committed."""
    number = next(numbers)
    body = {"inspection": f"I-BENCH-{number}", "kind": "planned", "agencies": ["Đoàn đo (mẫu)"]}
    with transaction():
        enter(products[number % len(products)], "inspection.planned", body, day=clock.today(), by="bench")


def _publish(products: list[int], directory: Path) -> None:
    _append(products)
    publishing.publish(directory)


def _prove(directory: Path, size: int) -> None:
    """As a page does: from the published files, then checked."""
    index = next(numbers) * 7_919 % size
    reader = publishing.reader_of(directory, size)
    leaf_hash = db.session.scalar(select(Event.leaf_hash).where(Event.index == index))
    assert leaf_hash is not None
    proof = merkle.inclusion_proof(index, size, reader.subtree)
    merkle.check_inclusion(index, size, leaf_hash, proof, merkle.root(size, reader.subtree))


def _timed(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1_000
