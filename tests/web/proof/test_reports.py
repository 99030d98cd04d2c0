"""A buyer reports a problem: nothing typed is lost, a receipt is given, the words stay private, floods end."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from shop.core.db import db
from shop.provenance.log.models import Event, PrivateValue
from shop.provenance.oversight import Complaint
from tests.browser import Browser
from tests.web.proof.conftest import Register

WORDS = "Vỏ hộp in sai, không giống ảnh trên trang."


@pytest.fixture
def page(register: Register, client: Browser) -> Browser:
    client.open(f"/vi/proof/{register.slug('valid')}")
    return client


def complaints() -> Sequence[Complaint]:
    db.session.rollback()
    return db.session.scalars(select(Complaint)).all()


def test_a_report_becomes_an_event_and_a_receipt(page: Browser) -> None:
    told = page.submit(kind="copy", text=WORDS, lot="L26A", contact="a@b.vn")
    complaint = complaints()[0]
    assert told.path == f"/vi/reports/{complaint.number}" and complaint.number in told.text
    leaf = db.session.scalars(select(Event.leaf).where(Event.type == "complaint.received")).one()
    assert "in sai" not in leaf.decode() and "a@b.vn" not in leaf.decode() and b"commit" in leaf
    kept = {one.name: one.value for one in db.session.scalars(select(PrivateValue))}
    assert kept == {"text": WORDS, "contact": "a@b.vn"}
    assert page.open(f"/en/reports/{complaint.number.lower()}").language == "en"


def test_a_report_without_words_keeps_the_rest(page: Browser) -> None:
    again = page.submit(kind="safety", text="   ", lot="L26A", contact="0912 345 678", status=422)
    assert again.select("#text[aria-invalid=true]") and again.select(".error-summary a[href='#text']")
    assert again.one("#kind option[selected]")["value"] == "safety"
    assert again.one("#contact")["value"] == "0912 345 678" and again.one("#lot")["value"] == "L26A"
    assert not complaints()


@pytest.mark.parametrize("wrong", [{"kind": ""}, {"kind": "praise"}, {"text": "a" * 4_001}, {"lot": "L" * 21}])
def test_what_has_the_wrong_shape_is_refused_beside_its_field(page: Browser, wrong: dict[str, str]) -> None:
    page.submit(**{"kind": "other", "text": WORDS, **wrong}, status=422)
    assert page.select("[aria-invalid=true]")


def test_a_flood_of_reports_from_one_network_ends(register: Register, page: Browser) -> None:
    for _ in range(10):
        page.open(f"/vi/proof/{register.slug('valid')}")
        page.submit(kind="other", text=WORDS)
    page.open(f"/vi/proof/{register.slug('valid')}")
    again = page.submit(kind="other", text=WORDS, status=422)
    assert again.one("#text").get_text() == WORDS
    assert len(complaints()) == 10


def test_a_product_the_log_has_not_met_can_be_reported_too(register: Register, client: Browser) -> None:
    client.open(f"/en/proof/{register.slug('none')}")
    assert "Thank you" in client.submit(kind="label", text=WORDS).text


def test_no_receipt_no_page(register: Register, client: Browser) -> None:
    client.open("/vi/reports/PA-00000000", 404)
