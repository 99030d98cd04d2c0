"""One run over one catalogue: every page anew, from the cache and beside its yardstick; then the buying."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bench import buying, loads
from bench.catalogues import environment
from bench.loads import Act, Load, Measured
from bench.pages import Page, goods, pages
from bench.queries import Counted, counted
from bench.servers import Server
from bench.talking import Connection

ANEW, CACHED, CONSTANT = "anew", "cached", "constant"
MOST_ANEW, MOST_CACHED, MOST_ADDED, MOST_ORDERED, MOST_CHECKOUTS = 1_500, 30_000, 1_000, 400, 200
TO_BUY = 60
numbers = count(1, 1_000_000)  # where each load begins to count, so that no address comes twice


@dataclass(frozen=True)
class Effort:
    """How the servers run and how long one measurement may take."""

    seconds: float
    workers: int
    threads: int


@dataclass(frozen=True)
class PageRun:
    name: str
    size: int
    queries: int
    cold_ms: float
    anew: Measured
    cached: Measured
    constant: Measured

    def of_constant(self, kind: str) -> float:
        """The rate as a share of the constant answer's."""
        made = self.anew if kind == ANEW else self.cached
        return made.rate(kind) / self.constant.rate(CONSTANT)


@dataclass(frozen=True)
class BuyingRun:
    database: str
    queries: dict[str, int]
    add: Measured
    order: Measured
    checkout: Measured


def page_runs(instance: Path, effort: Effort) -> list[PageRun]:
    with (
        Server("bench.constant:app", {"SHOP_WORKER": "separate"}, **_shape(effort)) as constant,
        Server("wsgi:app", environment(instance), **_shape(effort)) as shop,
    ):
        wanted = pages(Connection(shop.port))
        told = counted(instance, "", wanted, goods(Connection(shop.port), 1)[0])
        return [_page_run(page, shop, constant, told, effort) for page in wanted]


def buying_run(instance: Path, effort: Effort, database_url: str = "", called: str = "SQLite") -> BuyingRun:
    with Server("wsgi:app", environment(instance, database_url), **_shape(effort)) as shop:
        shelf = goods(Connection(shop.port), TO_BUY)
        queries = counted(instance, database_url, [], shelf[0]).queries
        added = _run(shop, buying.adding(shelf), MOST_ADDED, effort)
        ready = buying.ready_to_order(shop.port, shelf, MOST_ORDERED)
        ordered = loads.run(shop, Load(buying.ordering(ready), len(ready), effort.seconds * 3))
        checked_out = _run(shop, buying.checking_out(shelf), MOST_CHECKOUTS, effort)
    return BuyingRun(called, queries, added, ordered, checked_out)


def _page_run(page: Page, shop: Server, constant: Server, told: Counted, effort: Effort) -> PageRun:
    """The three loads follow each other at once, so that all meet the same machine."""
    size = int(statistics.median(len(Connection(shop.port).get(path).body) for path in page.paths))
    yardstick = _run(constant, _getting(CONSTANT, lambda _number: f"/{size}"), MOST_CACHED, effort)
    cached = _run(shop, _getting(CACHED, page.path), MOST_CACHED, effort)
    anew = _run(shop, _getting(ANEW, page.fresh), MOST_ANEW, effort)
    return PageRun(page.name, size, told.queries[page.name], told.cold_ms[page.name], anew, cached, yardstick)


def _getting(name: str, path: Callable[[int], str]) -> Act:
    def act(connection: Connection, number: int) -> list[tuple[str, float]]:
        request = connection.request("GET", path(number), packed=True)
        began = time.perf_counter()
        answer = connection.send(request)
        took = time.perf_counter() - began
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} for {path(number)}")
        return [(name, took)]

    return act


def _run(server: Server, act: Act, most: int, effort: Effort) -> Measured:
    return loads.run(server, Load(act, most, effort.seconds), numbers_from=next(numbers))


def _shape(effort: Effort) -> dict[str, int]:
    return {"workers": effort.workers, "threads": effort.threads}
