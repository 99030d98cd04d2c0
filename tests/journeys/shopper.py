"""What a customer does in the shop, in the customer's words; it works the same with and without script."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from shop.core import clock

# A control that asks the customer for something. Radio cards are a choice to touch, not a field to fill in.
FIELDS = "main form :is(input:not([type=hidden], [type=radio]), select, textarea)"
EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of (404|409|410|422)")


class Goods(NamedTuple):
    """A card on a shelf."""

    name: str
    maker: str
    path: str


class Shopper:
    """One customer at one screen. `grumbles` collects what no customer should ever meet."""

    def __init__(self, page: Page, address: str, language: str, *, script: bool) -> None:
        self.page = page
        self.address = address
        self.language = language
        self.script = script
        self.grumbles: list[str] = []
        page.on("pageerror", lambda error: self.grumbles.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("request", lambda request: self._see(request.url))

    def opens(self, path: str, *, status: int = 200) -> None:
        """`path` within the shopper's language, or a whole path where it begins with a slash."""
        whole = path if path.startswith("/") else f"/{self.language}/{path}"
        answer = self.page.goto(self.address + whole)
        assert answer is not None and answer.status in (status, 304), f"{whole}: {answer and answer.status}"

    def follows(self, link: str | Locator) -> None:
        """Clicks and waits until the next page stands there."""
        found = self.page.locator(link).first if isinstance(link, str) else link
        with self.page.expect_navigation():
            found.click()

    def sends(self, button: str | Locator = "main form[method=post] button", *, status: int = 200) -> None:
        """Clicks a form's button; `status` is what the page that comes of it must have."""
        found = self.page.locator(button).first if isinstance(button, str) else button
        with self.page.expect_navigation() as coming:
            found.click()
        answer = coming.value
        assert answer is not None and answer.status == status, f"{self.page.url}: {answer and answer.status}"

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def sees(self, selector: str, *, says: str | re.Pattern[str] = "") -> Locator:
        found = self.page.locator(selector).first
        expect(found).to_be_visible()
        if says:
            expect(found).to_contain_text(says)
        return found

    def goods(self) -> list[Goods]:
        """What stands on this page and can be had at once."""
        cards = self.page.locator(".product-card:not(:has(.product-card__note))")
        return [self._card(card) for card in cards.all()]

    def buys(self, path: str) -> None:
        """Opens a product and puts one in the basket."""
        self.opens(path)
        self.sends("form.buy button")
        assert self.path == f"/{self.language}/basket"

    def goes_to_checkout(self, method: str) -> None:
        self.opens("basket")
        self.follows(".basket__sum a.button")
        self.follows(f'.tabs a[href*="method={method}"]')

    def chooses_ward(self, typed: str, name: str) -> None:
        """With script by typing, without from the list; `typed` may be an old name or lack its tones."""
        if not self.script:
            self.page.locator("select[name=ward]").select_option(label=name)
            return
        self.page.locator("[role=combobox]").fill("")
        self.page.locator("[role=combobox]").press_sequentially(typed)
        self.page.locator("[role=option]").filter(has_text=name).first.click()

    def goes_home(self, typed: str = "hoan kiem", ward: str = "Phường Hoàn Kiếm") -> None:
        """The first step to an address; returns on the second."""
        self.goes_to_checkout("home")
        self.chooses_ward(typed, ward)
        self.sends()

    def says_who(self, **facts: str) -> None:
        """The second step: name and phone, and whatever else this delivery asks for."""
        for name, value in {"name": "Anna Schmidt", "phone": "0912 345 678", **facts}.items():
            self.page.locator(f"[name={name}]").fill(value)
        self.sends()

    def orders(self, way: str) -> None:
        """The third step. For a card the pay page follows, else the order's own."""
        self.page.locator(f'input[name=way][value="{way}"]').check()
        self.sends("button.button--order")

    def asked(self) -> list[str]:
        """The names of the fields on this page that the customer sees and has to deal with."""
        fields = self.page.locator(FIELDS).all()
        return [field.get_attribute("name") or "" for field in fields if field.is_visible()]

    def sideways(self) -> int:
        """By how many pixels this page is wider than its window."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        return max(0, width)

    @staticmethod
    def days_ahead(days: int) -> str:
        return (clock.today() + timedelta(days=days)).isoformat()

    def _card(self, card: Locator) -> Goods:
        name = card.locator(".product-card__name").inner_text()
        maker = card.locator(".product-card__maker > span").inner_text()
        return Goods(name, maker, card.locator("a").first.get_attribute("href") or "")

    def _hear(self, kind: str, words: str) -> None:
        if kind in ("error", "warning") and not EXPECTED.match(words):
            self.grumbles.append(f"{self.page.url}: {words}")

    def _see(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "data" and parts.hostname != "localhost":
            self.grumbles.append(f"{self.page.url} asked another host for {url}")
