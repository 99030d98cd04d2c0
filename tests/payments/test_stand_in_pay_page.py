"""The pay page as a browser without script meets it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from bs4 import BeautifulSoup

from tests.payments.stand_in_process import StandIn, session_params


@pytest.fixture(scope="module")
def process() -> Iterator[StandIn]:
    with StandIn() as running:
        yield running


@pytest.fixture
def stand_in(process: StandIn) -> StandIn:
    process.control("reset")
    return process


def open_page(stand_in: StandIn, **more: Any) -> str:
    url = stand_in.client().v1.checkout.sessions.create(session_params(**more)).url
    assert url
    return url


def press(address: str) -> requests.Response:
    return requests.post(address, allow_redirects=False, timeout=5)


def text(address: str, language: str = "vi-VN,vi;q=0.9,en;q=0.5") -> str:
    answer = requests.get(address, headers={"Accept-Language": language}, timeout=5)
    return BeautifulSoup(answer.text, "html5lib").get_text(" ", strip=True)


def test_it_says_in_both_languages_that_no_money_is_real(stand_in: StandIn) -> None:
    url = open_page(stand_in)
    assert "không dùng tiền thật" in text(url)
    assert "150.000\u00a0₫" in text(url)
    assert "Stripe stand-in – no real money" in text(url, "fr,en;q=0.8,vi;q=0.2")
    assert "150,000\u00a0₫" in text(url, "en")
    assert "Quay lại cửa hàng" in text(open_page(stand_in, locale="vi"), "en")


def test_no_inline_script_or_style_and_the_style_sheet_is_there(stand_in: StandIn) -> None:
    answer = requests.get(open_page(stand_in), timeout=5)
    page = BeautifulSoup(answer.text, "html5lib")
    assert not page.select("script, style, [style], [onclick]")
    assert len(page.select("h1")) == 1
    assert "style-src 'self'" in answer.headers["Content-Security-Policy"]
    assert requests.get(f"{stand_in.url}/pay.css", timeout=5).headers["Content-Type"].startswith("text/css")


def test_what_the_shop_sends_is_escaped(stand_in: StandIn) -> None:
    url = open_page(stand_in, client_reference_id="<b>x</b>")
    assert "&lt;b&gt;x" in requests.get(url, timeout=5).text


def test_paying_leads_to_the_success_page_with_the_sessions_id(stand_in: StandIn) -> None:
    url = open_page(stand_in)
    answer = press(f"{url}/pay")
    key = url.rsplit("/", 1)[1]
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"http://localhost:8000/vi/thanh-toan/xong?session_id={key}",
    )


def test_a_second_press_pays_nothing_and_lands_in_the_same_place(stand_in: StandIn) -> None:
    url = open_page(stand_in)
    assert press(f"{url}/pay").headers["Location"] == press(f"{url}/pay").headers["Location"]
    assert len(stand_in.state()["charge"]) == 1
    assert "đã được trả tiền" in text(url)


def test_a_declined_card_says_so_and_can_be_tried_again(stand_in: StandIn) -> None:
    url = open_page(stand_in)
    assert press(f"{url}/decline").status_code == 303
    assert "Card declined" in text(url, "en")
    assert press(f"{url}/pay").status_code == 303
    assert stand_in.state()["checkout.session"][0]["payment_status"] == "paid"


def test_the_bank_asks_and_a_yes_pays(stand_in: StandIn) -> None:
    url = open_page(stand_in)
    assert press(f"{url}/challenge").headers["Location"].endswith("/bank")
    assert "Ngân hàng của bạn hỏi" in text(f"{url}/bank")
    assert stand_in.state()["payment_intent"][0]["status"] == "requires_action"
    assert "session_id=" in press(f"{url}/confirm").headers["Location"]


def test_the_bank_asks_and_a_no_leads_back_unpaid(stand_in: StandIn) -> None:
    url = open_page(stand_in)
    press(f"{url}/challenge")
    press(f"{url}/refuse")
    assert "Ngân hàng không xác nhận" in text(url)
    assert press(f"{url}/confirm").status_code == 303  # no question is open any more
    assert stand_in.state()["charge"] == []


def test_the_way_back_is_a_plain_link_to_the_shop(stand_in: StandIn) -> None:
    page = BeautifulSoup(requests.get(open_page(stand_in), timeout=5).text, "html5lib")
    link = page.find("a", string=re.compile("shop"))
    assert link and link["href"] == "http://localhost:8000/vi/thanh-toan/tro-lai"


def test_an_expired_page_says_so_and_takes_no_money(stand_in: StandIn) -> None:
    url = open_page(stand_in)
    stand_in.control("clock", advance=24 * 3600 + 1)
    assert "hết hạn" in text(url)
    assert press(f"{url}/pay").status_code == 410
    assert stand_in.state()["charge"] == []
    assert requests.get(f"{stand_in.url}/pay/cs_test_none", timeout=5).status_code == 404
