"""An order shows its certificate as on the day of purchase, and what the log has told of the goods since."""

from __future__ import annotations

from typing import Any

import pytest

from shop.core import clock
from shop.core.db import transaction
from shop.core.languages import Texts
from shop.provenance import recognising
from shop.provenance.entering import enter
from shop.provenance.models import Certificate
from shop.web import addresses
from tests import factories as make
from tests.browser import Browser

WHY = Texts(vi="Mẫu thử không đạt", en="A sample failed")


@pytest.fixture
def bought(app: Any, tuesday: Any) -> tuple[Certificate, str]:
    product = make.a_product()
    held = make.a_certificate(product, stars=4)
    tuesday.shift(60)
    order = make.an_order(product)
    tuesday.shift(60)
    with app.test_request_context("/en/"):
        app.preprocess_request()
        return held, addresses.order(order.number, order.secret)


def test_nothing_is_said_while_nothing_happened(bought: tuple[Certificate, str], client: Browser) -> None:
    held, address = bought
    page = client.open(address)
    assert not page.select(".line-changes")
    links = [str(link["href"]) for link in page.select(".line-proof a")]
    assert links == [f"/en/proof/{held.product.slug}", f"/en/proof/{held.product.slug}?at=2026-11-24"]
    assert client.follow(".line-proof a").words("#verdict") == ["Valid"]


def test_what_happened_since_stands_beside_what_was_bought(bought: tuple[Certificate, str], client: Browser) -> None:
    held, address = bought
    people = {"by": make.BY, "approved_by": make.SECOND}
    with transaction():
        recognising.suspend(held, from_day=clock.today(), decision_no="MẪU-9", reason=WHY, **people)
        body = {"recall": "TH-1", "lot": "L7", "decision": {"no": "MẪU-8"}, "reason": dict(WHY)}
        enter(held.product_id, "recall.opened", body, day=clock.today(), **people)
    page = client.open(address)
    assert page.words(".line-changes li") == [
        "24 Nov 2026: Lot L7 is recalled",
        "24 Nov 2026: The certificate is suspended",
    ]
    assert "sold with 4 stars" in page.text and not page.select(".stars, .seal")
