"""Counts the SQL of each page and deed, in a process of its own without a server: `python -m bench.queries`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event

from bench.buying import add, fill_out, order, show
from bench.catalogues import shop_on
from bench.pages import LANGUAGE, Goods, Page
from bench.talking import Answer
from config import ROOT
from shop.core.db import db


def counted(instance: Path, database_url: str, pages: Sequence[Page], one: Goods) -> dict[str, int]:
    """Queries by page (the most of its addresses) and by deed; BEGIN and COMMIT are not counted."""
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
    told: dict[str, int] = json.loads(ran.stdout)
    return told


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


def _count(asked: dict[str, Any]) -> dict[str, int]:
    app = shop_on(Path(asked["instance"]), asked["database_url"])
    guest, one = InProcess(app), Goods(**asked["goods"])
    guest.get(f"/{LANGUAGE}/")  # the assortment is built once for a process, not for a page
    with _counting(app) as said:
        told = {
            name: max(_said(said, partial(guest.get, path)) for path in Page(name, paths[:12]).fresh_ones())
            for name, paths in asked["pages"].items()
        }
        told |= _count_buying(guest, one, said)
    return told


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
    print(json.dumps(_count(json.load(sys.stdin))))
