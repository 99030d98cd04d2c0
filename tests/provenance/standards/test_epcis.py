"""A lot's life as EPCIS 2.0 events that keep the published schema's rules."""

from __future__ import annotations

from datetime import date

import pytest

from shop.core.db import transaction
from shop.core.languages import Texts
from shop.provenance import overseeing
from shop.provenance.entering import enter
from shop.provenance.log.reading import events_of
from shop.provenance.lots import releasing
from shop.provenance.lots.releasing import NewLot
from shop.provenance.oversight import InspectionKind, SamplePoint
from shop.provenance.standards.epcis import events_of_lot
from tests.factories import BY, SECOND, a_certificate, a_product
from tests.provenance.standards.shapes import EPCIS, breaks

pytestmark = pytest.mark.usefixtures("tuesday", "app")
TWO = {"by": BY, "approved_by": SECOND}
WHY = Texts(vi="Mẫu.", en="Sample.")
MADE, TODAY = date(2026, 11, 1), date(2026, 11, 24)
DECISION = {"no": "MẪU-9", "date": TODAY.isoformat(), "authority": "ha-noi"}


@pytest.fixture
def product():
    product = a_product()
    a_certificate(product)
    with transaction():
        releasing.bind(product, "9521234543213", by=BY)
        for number in ("L26A", "L26B"):
            lot = NewLot(number=number, made_on=MADE, quantity=120, expires_on=date(2027, 11, 1), gtin="9521234543213")
            releasing.release(product, lot, by=BY)
    return product


def told(product, lot="L26A"):
    document = events_of_lot(events_of([product.id])[product.id], lot, certificate="https://phonghe.example/vc/c/1")
    assert list(breaks(document, EPCIS)) == []
    return document["epcisBody"]["eventList"]


def sample(product, verdict, lot="L26A"):
    with transaction():
        number = overseeing.take_sample(
            product.id, point=SamplePoint.MARKET, taken_by="Đoàn liên ngành", day=date(2026, 11, 20), lot=lot, by=BY
        )
        overseeing.record_result(product.id, sample=number, laboratory="Phòng mẫu", verdict=verdict, day=TODAY, **TWO)


def test_a_release_commissions_all_pieces_of_the_lot(product):
    (event,) = told(product)
    assert (event["bizStep"], event["action"], event["eventTime"]) == (
        *("commissioning", "ADD"),
        "2026-11-24T00:00:00+07:00",
    )
    assert event["quantityList"] == [{"epcClass": "https://id.gs1.org/01/09521234543213/10/L26A", "quantity": 120}]
    assert event["ilmd"] == {
        "cbvmda:lotNumber": "L26A",
        "gs1:productionDate": "2026-11-01",
        "cbvmda:itemExpirationDate": "2027-11-01",
    }


@pytest.mark.parametrize(("verdict", "disposition"), [("pass", "conformant"), ("fail", "non_conformant")])
def test_a_sample_is_taken_and_judged_for_its_own_lot_only(product, verdict, disposition):
    sample(product, verdict)
    _, taken, judged = told(product)[:3]
    assert (taken["bizStep"], taken["disposition"]) == ("sampling", "in_progress")
    assert (judged["bizStep"], judged["disposition"]) == ("inspecting", disposition)
    assert judged["certificationInfo"] == "https://phonghe.example/vc/c/1"
    assert len(told(product, "L26B")) == 1


def test_an_inspection_is_told_of_every_lot(product):
    with transaction():
        overseeing.record_inspection(
            product.id, kind=InspectionKind.PLANNED, agencies=["Chi cục"], day=TODAY, outcome="conforming", by=BY
        )
    for lot in ("L26A", "L26B"):
        assert told(product, lot)[-1]["disposition"] == "conformant"


def test_a_recall_is_set_and_lifted(product):
    with transaction():
        number = overseeing.open_recall(product.id, lot="L26A", decision=DECISION, reason=WHY, day=TODAY, **TWO)
        overseeing.close_recall(product.id, recall=number, decision=DECISION, reason=WHY, day=TODAY, **TWO)
    opened, closed = told(product)[-2:]
    assert (opened["disposition"], opened["persistentDisposition"]) == ("recalled", {"set": ["recalled"]})
    assert closed["persistentDisposition"] == {"unset": ["recalled"]}
    assert len(told(product, "L26B")) == 1


def test_what_was_corrected_is_told_as_it_was_and_as_it_reads(product):
    sample(product, "pass")
    taken = events_of([product.id])[product.id][-2]
    body = {"corrects": [taken["id"]], "fields": {"effective_at": "2026-11-19"}, "reason": dict(WHY)}
    with transaction():
        correction = enter(product.id, "correction", body, day=TODAY, **TWO)
    _, was, reads, _ = told(product)
    assert was["errorDeclaration"]["correctiveEventIDs"] == [correction.id] == [reads["eventID"]]
    assert (was["eventTime"][:10], reads["eventTime"][:10]) == ("2026-11-20", "2026-11-19")


def test_a_lot_without_a_gtin_has_a_name_of_the_registers_own():
    product = a_product()
    a_certificate(product)
    with transaction():
        releasing.release(product, NewLot(number="A-1", made_on=MADE, quantity=5), by=BY)
    (event,) = told(product, "A-1")
    assert event["quantityList"][0]["epcClass"] == f"urn:ocop:product:P{product.id}:lot:A-1"


def test_a_lot_that_was_never_released_is_none(product):
    with pytest.raises(KeyError):
        told(product, "L99")
