"""Products in every state of the judge, and the log published as the worker does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask

from shop.catalogue.models import Product
from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.provenance import recognising
from shop.provenance.entering import enter
from shop.provenance.log import adopting, publishing
from shop.provenance.models import Certificate
from tests import factories as make
from tests.conftest import TUESDAY_MORNING

TODAY = TUESDAY_MORNING.date()
DAY = timedelta(days=1)
SAID = {"by": make.BY, "approved_by": make.SECOND, "decision_no": "MẪU-9/QĐ"}
WHY = Texts(vi="Mẫu thử không đạt", en="A sample failed")
SIGNED = TODAY - timedelta(days=330)


@dataclass
class Register:
    """A product and its certificate, by state."""

    app: Flask
    held: dict[str, tuple[Product, Certificate]]

    def slug(self, state: str) -> str:
        return self.held[state][0].slug

    def publish(self) -> None:
        db.session.rollback()
        publishing.publish(self.app.config["SHOP"].log)


@pytest.fixture
def register(app: Flask) -> Iterator[Register]:
    with time_machine.travel(TUESDAY_MORNING, tick=False):
        adopting.adopt()
        held = {state: certified(until) for state, until in ENDS.items()}
        with transaction():
            recognising.suspend(held["suspended"][1], from_day=TODAY - 3 * DAY, reason=WHY, **SAID)
            recognising.revoke(held["revoked"][1], from_day=TODAY - 4 * DAY, reason=WHY, **SAID)
        recall(held["recalled"][0], TODAY - 2 * DAY)
        new = make.a_certificate(held["superseded"][0], stars=5, day=TODAY - 10 * DAY)
        held["renewed"] = (held["superseded"][0], new)
        made = Register(app, {**held, "none": (make.a_product(), None)})  # type: ignore[dict-item]
        made.publish()
        yield made


ENDS = {
    "valid": TODAY + 700 * DAY,
    "expiring": TODAY + 30 * DAY,
    "expired": TODAY - DAY,
    "suspended": TODAY + 700 * DAY,
    "revoked": TODAY + 700 * DAY,
    "recalled": TODAY + 700 * DAY,
    "superseded": TODAY + 700 * DAY,
    "later": TODAY + 900 * DAY,
}


def certified(until: date) -> tuple[Product, Certificate]:
    product = make.a_product()
    day = TODAY + 5 * DAY if until == ENDS["later"] else SIGNED
    return product, make.a_certificate(product, stars=4, day=day, valid_until=until, decision_date=SIGNED)


def recall(product: Product, day: date, lot: str = "") -> None:
    body = {"recall": f"TH-{product.id}", "lot": lot, "decision": {"no": "MẪU-8"}, "reason": dict(WHY)}
    with transaction():
        enter(product.id, "recall.opened", body, day=day, by=make.BY, approved_by=make.SECOND)
