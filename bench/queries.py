"""Counts the SQL of each page and deed, and times the first rendering, in a process of its own without a server."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import event

from bench.buying import add, fill_out, order, show
from bench.catalogues import shop_on
from bench.pages import Goods, Page
from bench.talking import Answer
from config import ROOT
from shop.catalogue import changes, shelves
from shop.core.db import db, transaction

ADDRESSES = 12  # of each page


class Counted(NamedTuple):
    """By page (the most of its addresses) and by deed; BEGIN and COMMIT are not counted.

    `cold_ms` is the CPU of a page's first rendering after a change of the catalogue, when no card is remembered.
    """

    queries: dict[str, int]
    cold_ms: dict[str, float]


def counted(instance: Path, database_url: str, pages: Sequence[Page], one: Goods) -> Counted:
    asked = {
        "instance": str(instance),
        "database_url": database_url,
        "pages": {page.name: list(page.paths) for page in pages},
        "goods": asdict(one),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "bench.queries"],
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        check=True,
    )
    return Counted(**json.loads(ran.stdout))


class InProcess:
    """A guest without a network."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.forget()

    def get(self, path: str) -> Answer:
        return self._answer(self._client.get(path, base_url="http://127.0.0.1"))

    def post(self, path: str, form: dict[str, str]) -> Answer:
        headers = {"Sec-Fetch-Site": "same-origin"}
        return self._answer(self._client.post(path, data=form, headers=headers, base_url="http://127.0.0.1"))

    def forget(self) -> None:
        self._client = self._app.test_client()

    def _answer(self, response: Any) -> Answer:
        head = "".join(f"\r\n{name}: {value}" for name, value in response.headers)
        return Answer(response.status_code, head.encode(), response.data)


@contextmanager
def _counting(app: Flask) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            said.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _count(asked: dict[str, Any]) -> Counted:
    app = shop_on(Path(asked["instance"]), asked["database_url"])
    guest, one = InProcess(app), Goods(**asked["goods"])
    told = Counted({}, {})
    with _counting(app) as said:
        for name, paths in asked["pages"].items():
            asking, cold = [], []
            guest.get(paths[0])  # templates are compiled once for a process, not for a page
            _change_the_catalogue(app)
            for path in Page(name, paths[:ADDRESSES]).fresh_ones():
                began = time.process_time()
                asking.append(_said(said, partial(guest.get, path)))
                cold.append(time.process_time() - began)
            told.queries[name] = max(asking)
            told.cold_ms[name] = statistics.median(cold) * 1_000
        told.queries.update(_count_buying(guest, one, said))
    return told


def _change_the_catalogue(app: Flask) -> None:
    """Whatever was remembered of the catalogue is out of date, and the shop has noticed."""
    with app.app_context():
        with transaction():
            changes.note(0)
        time.sleep(2 * shelves.LOOK_EVERY)
        shelves.current()


def _count_buying(guest: InProcess, one: Goods, said: list[str]) -> dict[str, int]:
    form: dict[str, str] = {}
    places: list[str] = []
    told = {
        "add": _said(said, lambda: add(guest, one)),
        "checkout": _said(said, lambda: form.update(fill_out(guest, one))),
        "order": _said(said, lambda: places.append(order(guest, form))),
    }
    told["checkout"] += told["order"] + _said(said, lambda: show(guest, places[0]))
    return told


def _said(said: list[str], deed: Any) -> int:
    said.clear()
    deed()
    return len(said)


if __name__ == "__main__":
    print(json.dumps(_count(json.load(sys.stdin))._asdict()))
