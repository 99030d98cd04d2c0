"""A real shop on a real port, a real Chromium, and customers who walk in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.shopper import Shopper
from tests.machines import chromium
from tests.served import Served, sample, serving

PHONE = {"width": 360, "height": 740}
WalksIn = Callable[..., Shopper]


@pytest.fixture(scope="session")
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    drawn = sample(request.config.cache.mkdir("shop-sample"))
    instance = tmp_path_factory.mktemp("served") / "instance"
    shutil.copytree(drawn, instance)
    with serving(instance) as shop:
        yield shop


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, chromium.launch(playwright) as found:
        yield found


@pytest.fixture
def walks_in(served: Served, browser: Browser) -> Iterator[WalksIn]:
    """`walks_in("en")` is a customer with a browser of their own, on a phone unless told otherwise."""
    contexts, shoppers = [], []

    def come(language: str = "en", *, script: bool = True, viewport: Any = PHONE, **given: Any) -> Shopper:
        contexts.append(browser.new_context(viewport=viewport, java_script_enabled=script, **given))
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        shoppers.append(Shopper(page, served.address, language, script=script))
        return shoppers[-1]

    yield come
    for context in contexts:
        context.close()
    assert [grumble for shopper in shoppers for grumble in shopper.grumbles] == []


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def script(request: pytest.FixtureRequest) -> bool:
    """With and without JavaScript."""
    return bool(request.param)
