"""The import's pages: a list is shown before it is proposed, errors stand by line, one person enters nothing."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.core.db import db, transaction
from shop.people.models import Role
from shop.provenance import proposing
from shop.provenance.importing import tables
from shop.provenance.models import Certificate
from shop.provenance.proposals import Proposal
from tests import factories as make
from tests.browser import SAME_ORIGIN, Browser, Page
from tests.provenance.decision_lists import (
    PRODUCTS,
    a_season,
    as_csv,
    as_decided,
    as_xlsx,
    changed,
    in_windows_letters,
    plain,
)

pytestmark = pytest.mark.usefixtures("tuesday")
PATH = "/en/office/imports"
DECISION = {"number": "1147/QĐ-UBND", "day": "2026-03-04", "authority": "ha-noi", "criteria": "148-2023"}


@pytest.fixture
def official(app: Flask) -> Browser:
    browser = Browser(app)
    sign_in(browser, make.a_user(role=Role.OFFICE))
    return browser


def sign_in(browser: Browser, user: Any) -> None:
    browser.open("/en/sign-in")
    browser.submit(email=user.email, password=make.PASSWORD)


def send(browser: Browser, data: bytes, *, name: str = "danh-sach.csv", status: int = 200, **given: str) -> Page:
    fields = {**DECISION, **given, "file": (BytesIO(data), name)}
    return browser._arrive("POST", PATH, status, data=fields, content_type="multipart/form-data")


def counts(page: Page) -> list[str]:
    return page.words(".import-count")


def certificates() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Certificate)) or 0


def test_only_the_office_may_import(app: Flask) -> None:
    browser = Browser(app)
    assert browser.open(PATH).path.startswith("/en/sign-in")
    sign_in(browser, make.a_user(role=Role.PRODUCER, about="producer:1"))
    browser.open(PATH, 404)
    assert browser.send("POST", f"{PATH}/proposal", headers=SAME_ORIGIN).status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_says_what_a_list_needs(official: Browser, language: str) -> None:
    page = official.open(f"/{language}/office/imports")
    assert "Số giấy chứng nhận" in page.text
    assert page.one("input[type=file]")["accept"]


def test_the_examples_are_files_to_fill_in(official: Browser) -> None:
    for kind, begins in (("csv", b"\xef\xbb\xbfSTT;"), ("xlsx", b"PK")):
        answer = official.send("GET", f"{PATH}/example.{kind}")
        assert answer.status_code == 200
        assert answer.get_data().startswith(begins)
        assert "attachment" in answer.headers["Content-Disposition"]
    official.open(f"{PATH}/example.pdf", 404)


@pytest.mark.both
def test_a_decision_comes_in_and_a_second_person_approves_it(official: Browser) -> None:
    products = a_season(4, 9)
    data = as_xlsx(as_decided(products))
    page = send(official, data, name="quyết định.xlsx")
    assert counts(page) == ["new 9", "in the register already 0", "to be mended 0"]
    assert len(page.select("tbody tr")) == 9
    answer = official.send("POST", f"{PATH}/proposal", headers=SAME_ORIGIN, data=hidden(page))
    db.session.rollback()
    proposal = db.session.scalars(select(Proposal)).one()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/en/office/proposals/{proposal.id}")
    assert (proposal.kind, proposal.facts["file"], len(proposal.deeds)) == ("decision", "quyết định.xlsx", 9)
    assert certificates() == 0
    assert counts(send(official, data))[2] == "waiting for the second person 9"
    with transaction():
        proposing.approve(proposal, by=make.SECOND)
    page = send(official, data)
    assert counts(page)[:2] == ["new 0", "in the register already 9"]
    assert not page.select("form.import-go")
    assert certificates() == 9


def hidden(page: Page) -> dict[str, str]:
    return {"list": str(page.one("form.import-go input[name=list]")["value"])}


def test_a_whole_decision_fits_through_the_page(official: Browser) -> None:
    page = send(official, as_csv(as_decided(a_season()), delimiter=";"))
    assert counts(page)[0] == f"new {PRODUCTS}"
    assert len(page.body) < 200_000
    answer = official.send("POST", f"{PATH}/proposal", headers=SAME_ORIGIN, data=hidden(page))
    assert answer.status_code == 303


def test_one_wrong_line_is_shown_first_and_nothing_can_be_proposed(official: Browser) -> None:
    listed = changed(plain(a_season(2, 4)), "Điểm A", "nhiều", line=3)
    page = send(official, as_csv(listed), status=422)
    assert counts(page) == ["new 3", "in the register already 0", "to be mended 1"]
    assert page.words(".import-line__number")[0] == "4"
    assert page.words(".import-line__wrong") == [
        "“Điểm A”: “nhiều” is no score. Write points like 36,5, with two decimals at most."
    ]
    assert not page.select("form.import-go")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"x" * (tables.MOST_BYTES + 1), "larger than 2 MB"),
        (b"x" * (5 * 1024 * 1024), "larger than 2 MB"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "old XLS file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "neither a CSV nor an XLSX"),
        ("Tên sản phẩm,Chủ thể\n".encode(), "lacks these columns: Hạng sao"),
    ],
)
def test_what_is_no_list_is_refused_beside_the_field(official: Browser, data: bytes, words: str) -> None:
    page = send(official, data, status=422)
    assert words in page.words("#file-error")[0]
    assert str(page.one("#number")["value"]) == DECISION["number"]


def test_a_form_without_a_file_or_a_number_keeps_what_was_typed(official: Browser) -> None:
    page = official.post(PATH, 422, **{**DECISION, "number": ""})
    assert page.words("#number-error")
    assert str(page.one("#day")["value"]) == "2026-03-04"
    page = official.post(PATH, 422, **DECISION)
    assert page.words("#file-error") == ["The file is empty."]


def test_a_decision_of_tomorrow_or_of_an_abolished_district_is_refused(official: Browser) -> None:
    data = as_csv(plain([make.a_product()]))
    assert send(official, data, status=422, day="2026-11-25").words("#day-error")
    assert "not competent" in send(official, data, status=422, authority="ba-vi").words(".error-summary")[0]


def test_a_guessed_encoding_asks_for_a_look(official: Browser) -> None:
    listed = plain([make.a_product()])
    assert not send(official, as_csv(listed)).select(".notice--plain")
    page = send(official, as_csv(listed, encoding="cp1258", sign=in_windows_letters))
    assert "windows-1258" in page.words(".notice--plain")[0]
    assert counts(page)[0] == "new 1"


def test_what_the_page_carries_cannot_be_changed(official: Browser) -> None:
    page = send(official, as_csv(plain([make.a_product()])))
    carried = hidden(page)["list"]
    for broken in ("", "x", carried[:-2] + "AA", carried.replace(".", "", 1)):
        answer = official.send("POST", f"{PATH}/proposal", headers=SAME_ORIGIN, data={"list": broken})
        assert answer.status_code == 400
    assert not db.session.scalars(select(Proposal)).all()


def test_what_changed_meanwhile_is_shown_instead_of_proposed(official: Browser) -> None:
    page = send(official, as_csv(plain([make.a_product()])))
    carried = hidden(page)
    assert official.send("POST", f"{PATH}/proposal", headers=SAME_ORIGIN, data=carried).status_code == 303
    page = official.post(f"{PATH}/proposal", 422, **carried)
    assert "waits for its second person" in page.words(".error-summary")[0]
