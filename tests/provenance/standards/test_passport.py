"""The passport has exactly what Decree 37/2026, article 32, asks for; what is not known says so and why."""

from __future__ import annotations

from datetime import date

import pytest

from shop.core.db import transaction
from shop.core.languages import Texts
from shop.provenance import overseeing, recognising
from shop.provenance.log.reading import dossier_of
from shop.provenance.lots import releasing
from shop.provenance.lots.releasing import NewLot
from shop.provenance.standards.passport import passport_of
from tests.factories import BY, SECOND, a_certificate, a_product

pytestmark = pytest.mark.usefixtures("tuesday", "app")
HOST = "https://phonghe.example"
TODAY = date(2026, 11, 24)
TWO = {"by": BY, "approved_by": SECOND}
WHY = Texts(vi="Mẫu chưa đạt.", en="A sample fell short.")
# Article 32: (a) name and code; (b) who answers for it; (c) origin; (d) tracing; (đ) certificates; (e) dates;
# (g) warnings; (h) what else the State asks for; and a name of its own, with the day it was last true.
FIELDS = [
    *("id", "rule", "updated_on", "product", "responsible_party", "origin", "traceability"),
    *("certificates", "dates", "warnings", "other"),
]


def passport(product, lot=""):
    return passport_of(product, dossier_of(product.id), HOST, TODAY, lot=lot)


def holes(value, at=""):
    """(place, the value given) of everything that is null."""
    if isinstance(value, dict):
        if "value" in value and set(value) == {"value", "reason"}:
            yield at, value
            return
        for name, inner in value.items():
            yield from holes(inner, f"{at}.{name}" if at else name)
    elif isinstance(value, list):
        for inner in value:
            yield from holes(inner, at)
    elif value is None or value == "":
        yield at, value


def released(product, **fields):
    with transaction():
        releasing.bind(product, "9521234543213", by=BY)
        lot = NewLot(number="L26A", made_on=date(2026, 11, 1), quantity=120, gtin="9521234543213", **fields)
        releasing.release(product, lot, by=BY)


def test_it_has_every_field_of_the_rule_and_no_other():
    product = a_product()
    a_certificate(product)
    assert list(passport(product)) == FIELDS
    released(product)
    assert list(passport(product, "L26A")) == FIELDS


def test_what_is_not_known_is_null_with_a_reason_in_both_languages():
    product = a_product()
    told = dict(holes(passport(product)))
    assert set(told) == {
        *("product.gtin", "responsible_party.address", "responsible_party.legal_id", "traceability.digital_link"),
        *("certificates", "dates.made_on", "dates.expires_on", "warnings", "other"),
    }
    for place, hole in told.items():
        assert hole["value"] is None, place
        assert hole["reason"]["vi"], place
        assert hole["reason"]["en"], place


def test_a_lots_passport_knows_its_number_and_its_dates():
    product = a_product(allergens=Texts(vi="Có đậu nành.", en="Contains soya."), is_adult=True)
    a_certificate(product)
    released(product, expires_on=date(2027, 11, 1))
    made = passport(product, "L26A")
    assert made["product"]["gtin"] == "09521234543213"
    assert made["dates"] == {"made_on": "2026-11-01", "expires_on": "2027-11-01"}
    assert made["traceability"]["digital_link"] == f"{HOST}/01/09521234543213/10/L26A"
    assert made["traceability"]["events"] == f"{HOST}/epcis/{product.slug}/L26A"
    assert [one["kind"] for one in made["warnings"]] == ["allergens", "age"]
    assert passport(product)["traceability"]["lots"] == [f"{HOST}/dpp/{product.slug}/L26A"]
    assert made["origin"]["country"] == "VN"


def test_stars_stand_only_beside_a_certificate_in_force():
    product = a_product()
    certificate = a_certificate(product, stars=4)
    (held,) = passport(product)["certificates"]
    assert (held["state"], held["stars"]) == ("valid", 4)
    with transaction():
        recognising.suspend(certificate, from_day=TODAY, decision_no="MẪU-1", reason=WHY, **TWO)
    (held,) = passport(product)["certificates"]
    assert (held["state"], held["stars"]) == ("suspended", None)


def test_a_recall_stands_first_among_the_warnings():
    product = a_product(storage=Texts(vi="Nơi khô.", en="Keep dry."))
    a_certificate(product)
    released(product)
    decision = {"no": "MẪU-9", "date": TODAY.isoformat(), "authority": "ha-noi"}
    with transaction():
        overseeing.open_recall(product.id, lot="L26A", decision=decision, reason=WHY, day=TODAY, **TWO)
    for lot in ("", "L26A"):
        first = passport(product, lot)["warnings"][0]
        assert (first["kind"], first["lot"], first["text"]) == ("recall", "L26A", dict(WHY))
    assert passport(product, "L26A")["certificates"][0]["stars"] is None
