"""Two officials at two screens, on a Tuesday morning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from shop.people.models import Role, User
from tests import factories as make
from tests.browser import Browser, Page


@dataclass
class Official:
    """A person of the office in front of a browser that checks every page."""

    user: User
    browser: Browser

    def opens(self, path: str, status: int = 200) -> Page:
        """`path` within the English office."""
        return self.browser.open(f"/en/office{path}", status)

    def decides_about(self, product: Any, sheet: str, of: str = "", **fields: Any) -> Page:
        """Fills a sheet and looks at its preview."""
        self.opens(f"/products/{product.slug}/decisions/{sheet}?of={of}")
        return self.browser.submit(step="preview", **fields)

    def proposes(self, product: Any, sheet: str, of: str = "", **fields: Any) -> str:
        """From form over preview to proposal; answers the proposal's path."""
        self.decides_about(product, sheet, of, **fields)
        page = self.browser.submit(step="proposal")
        assert page.path.startswith("/en/office/proposals/"), page.text
        return page.path.removeprefix("/en/office").split("?")[0]

    def approves(self, proposal: str, status: int = 200, password: str = make.PASSWORD, **fields: Any) -> Page:
        self.opens(proposal)
        return self.browser.submit(".answer form", status, password=password, approve="yes", **fields)

    def records(self, product: Any, sheet: str, of: str = "", status: int = 200, **fields: Any) -> Page:
        self.opens(f"/products/{product.slug}/records/{sheet}?of={of}")
        return self.browser.submit(status=status, **fields)


@pytest.fixture(autouse=True)
def on_tuesday(tuesday: Any) -> Any:
    return tuesday


@pytest.fixture
def first(app: Flask) -> Official:
    return _signed_in(app, name="Lê Thị Một")


@pytest.fixture
def second(app: Flask) -> Official:
    return _signed_in(app, name="Trần Văn Hai")


def _signed_in(app: Flask, **fields: Any) -> Official:
    user = make.a_user(role=Role.OFFICE, **fields)
    browser = Browser(app)
    browser.open("/en/sign-in")
    browser.submit(email=user.email, password=make.PASSWORD)
    return Official(user, browser)
