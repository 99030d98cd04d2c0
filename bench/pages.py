"""Which pages are measured, found by walking the shop as a visitor does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote

from bench.talking import Connection

# What people type: with tones and without, crafts, foods, villages, English.
QUERIES = (
    *("gom bat trang", "nón lá", "lotus tea", "lụa", "khăn lụa", "tò he", "mây tre đan", "ca phe"),
    *("sơn mài", "tranh", "cốm", "miến", "banh", "ceramic bowl", "bat", "hương"),
)
DEEP = 100
LANGUAGE = "vi"
NEXT = re.compile(rb'href="(\?[^"]+)" rel="next"')
VARIANT = re.compile(rb'name="variant" value="(\d+)"')


@dataclass(frozen=True)
class Page:
    """One kind of page: several addresses that take turns."""

    name: str
    paths: Sequence[str]

    def path(self, number: int) -> str:
        return self.paths[number % len(self.paths)]

    def fresh(self, number: int) -> str:
        """An address that no cache has seen: the shop ignores parameters it does not know."""
        path = self.path(number)
        return f"{path}{'&' if '?' in path else '?'}n={number}"

    def fresh_ones(self) -> list[str]:
        return [self.fresh(number) for number in range(len(self.paths))]


@dataclass(frozen=True)
class Goods:
    """Something to buy: its page and a variant of it."""

    path: str
    variant: str


def pages(connection: Connection) -> list[Page]:
    listing = f"/{LANGUAGE}/products"
    deep = [f"{listing}{key}" for key in _turned(connection, listing, DEEP + 7)[DEEP - 1 :]]
    return [
        Page("home", [f"/{LANGUAGE}/"]),
        Page("village", _links(connection, f"/{LANGUAGE}/villages", "villages")),
        Page("star", [f"/{LANGUAGE}/stars/{level}" for level in (3, 4)]),
        Page("products, page 1", [listing]),
        Page(f"products, page {DEEP}", deep or [listing]),
        Page("product", [one.path for one in goods(connection, 48)]),
        Page("search", [f"/{LANGUAGE}/search?q={quote(query)}" for query in QUERIES]),
    ]


TEAS = "?stock=1&group=beverage&sort=price-down"


def goods(connection: Connection, count: int) -> list[Goods]:
    """Drinks in stock: they keep, travel, and there are enough of each."""
    listing = f"/{LANGUAGE}/products"
    found: list[Goods] = []
    for key in [TEAS, *_turned(connection, listing + TEAS, count // 20)]:
        for path in _links(connection, listing + key, "products"):
            variant = VARIANT.search(connection.get(path, packed=False).body)
            if variant and len(found) < count:
                found.append(Goods(path, variant[1].decode()))
    return found


def _turned(connection: Connection, path: str, count: int) -> list[str]:
    """The addresses of the next pages, `count` of them, turned one after the other."""
    keys: list[str] = []
    base = path.partition("?")[0]
    while len(keys) < count:
        found = NEXT.search(connection.get(path, packed=False).body)
        if not found:
            break
        keys.append(unescape(found[1].decode()))
        path = base + keys[-1]
    return keys


def _links(connection: Connection, path: str, kind: str) -> list[str]:
    """Each page of this kind that the page links to, once."""
    body = connection.get(path, packed=False).body.decode()
    return sorted(set(re.findall(rf'href="(/{LANGUAGE}/{kind}/[\w-]+)"', body)))
