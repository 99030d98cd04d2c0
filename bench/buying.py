"""What a guest does to buy: into the basket, where to, who, how to pay; every page on the way is fetched."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol
from urllib.parse import urlencode

from bench.loads import Act
from bench.pages import LANGUAGE, Goods
from bench.talking import Answer, Connection

WARD = re.compile(rb'<option value="(\d+)"')
VERSION = re.compile(rb'name="version" value="(\d+)"')
TOTAL = re.compile(rb'name="seen_total" value="(\d+)"')
WAY = re.compile(rb'name="way"[^>]*value="(\w+)"|value="(\w+)"[^>]*name="way"')
PREFERRED = ("cash_on_delivery", "transfer")
CHECKOUT, DETAILS, PAYMENT = (f"/{LANGUAGE}/checkout{step}" for step in ("", "/details", "/payment"))
WHO = {
    "name": "Nguyễn Thị Mẫu",
    "phone": "0912 345 678",
    "email": "mau@example.com",
    "street": "12 ngõ Mẫu",
    "note": "",
}


class Guest(Protocol):
    """Whoever can talk to the shop: a connection, or a client in the same process."""

    def get(self, path: str) -> Answer: ...
    def post(self, path: str, form: dict[str, str]) -> Answer: ...
    def forget(self) -> None: ...


class Unexpected(Exception):
    """The shop answered something else than the way to an order."""


def add(guest: Guest, one: Goods) -> None:
    """One piece into a new guest's basket."""
    guest.forget()
    _moved(guest.post(one.path, {"variant": one.variant, "quantity": "1"}))


def fill_out(guest: Guest, one: Goods) -> dict[str, str]:
    """From the goods to the last page; answers the form that orders."""
    add(guest, one)
    _shown(guest.get(f"/{LANGUAGE}/basket"))
    ward = WARD.search(_shown(guest.get(CHECKOUT)))
    _moved(guest.post(f"{CHECKOUT}?method=home", {"ward": ward[1].decode() if ward else "", "ward_typed": ""}))
    _shown(guest.get(DETAILS))
    _moved(guest.post(DETAILS, WHO))
    return _order_form(_shown(guest.get(PAYMENT)))


def order(guest: Guest, form: dict[str, str]) -> str:
    """The order itself; answers where its page is."""
    return _moved(guest.post(PAYMENT, form))


def show(guest: Guest, place: str) -> None:
    _shown(guest.get(place))


def adding(shelf: Sequence[Goods]) -> Act:
    def act(connection: Connection, number: int) -> list[tuple[str, float]]:
        began = time.perf_counter()
        add(connection, shelf[number % len(shelf)])
        return [("add", time.perf_counter() - began)]

    return act


def checking_out(shelf: Sequence[Goods]) -> Act:
    """The whole guest checkout with all its pages, to the order's own page."""

    def act(connection: Connection, number: int) -> list[tuple[str, float]]:
        began = time.perf_counter()
        form = fill_out(connection, shelf[number % len(shelf)])
        show(connection, order(connection, form))
        return [("checkout", time.perf_counter() - began)]

    return act


def ordering(prepared: Sequence[bytes]) -> Act:
    """Only the POST that orders: everything before it was done by `ready_to_order`."""

    def act(connection: Connection, number: int) -> list[tuple[str, float]]:
        began = time.perf_counter()
        _moved(connection.send(prepared[number]))
        return [("order", time.perf_counter() - began)]

    return act


def ready_to_order(port: int, shelf: Sequence[Goods], count: int, *, at_once: int = 8) -> list[bytes]:
    """Guests who have only to press the button: their last request, ready to send."""

    def prepare(number: int) -> bytes:
        connection = Connection(port)
        form = fill_out(connection, shelf[number % len(shelf)])
        return connection.request("POST", PAYMENT, urlencode(form).encode())

    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(prepare, range(count)))


def _order_form(page: bytes) -> dict[str, str]:
    version, total = VERSION.search(page), TOTAL.search(page)
    ways = [(one or other).decode() for one, other in WAY.findall(page)]
    way = next((preferred for preferred in PREFERRED if preferred in ways), "")
    if not (version and total and way):
        raise Unexpected(f"no form that orders; ways to pay: {ways}")
    return {"version": version[1].decode(), "seen_total": total[1].decode(), "way": way}


def _moved(answer: Answer) -> str:
    if answer.status != 303:
        raise Unexpected(f"{answer.status} instead of 303")
    return answer.place


def _shown(answer: Answer) -> bytes:
    if answer.status != 200:
        raise Unexpected(f"{answer.status} {answer.place} instead of 200")
    return answer.body
