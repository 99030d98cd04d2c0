"""The worker signs a checkpoint when the log has grown, and only then."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from shop.core.db import db
from shop.provenance.log import publishing
from shop.web import work
from tests import factories as make
from tests.browser import Browser


@pytest.fixture
def worker(app: Flask, monkeypatch: pytest.MonkeyPatch) -> work.Worker:
    monkeypatch.setattr(work, "PUBLISH_EVERY", 0.0)
    monkeypatch.setattr(work, "MINUTE", 0.0)
    return work.Worker(app)


def test_the_worker_publishes_what_is_new(
    worker: work.Worker, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    publish = publishing.publish
    monkeypatch.setattr(publishing, "publish", lambda directory: made.append(publish(directory)))
    product = make.a_product(stars=4)
    for _ in range(3):
        worker.round()
    assert len(made) == len({tree.size for tree in made})
    before = made[-1].size
    make.a_certificate(product, stars=4)  # with it the older one is superseded
    worker.round()
    assert made[-1].size >= before + 2
    assert client.send("GET", "/log/checkpoint").get_data(as_text=True).splitlines()[1] == str(made[-1].size)


def test_a_log_that_forked_stops_nothing_else(worker: work.Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    def forked(_directory: object) -> None:
        raise publishing.Forked("another history")

    monkeypatch.setattr(publishing, "publish", forked)
    make.a_product(stars=4)
    worker.round()
    db.session.rollback()
    assert worker._published == -1
