"""What follows a certificate: each deed reaches log and rows, each impossible one is refused with its reason."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.provenance import overseeing, recognising
from shop.provenance.log.appending import NeedsTwoPeople
from shop.provenance.log.reading import dossier_of
from shop.provenance.overseeing import DueTooEarly, Fault, FaultsMissing, FaultsTooMany, NobodyInspects
from shop.provenance.oversight import Inspection, InspectionKind, Nonconformity, Sample, SamplePoint, Severity
from shop.provenance.rules import AlreadyDone, AppealWaits, DayTooLate, NothingToAppeal, TooEarly, Unknown
from shop.provenance.status import State, status_at
from tests.factories import BY, SECOND, a_certificate, a_product

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("tuesday", "app")]

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
WORDS = Texts(vi="Thiếu hồ sơ.", en="Papers are missing.")
TEAM = ["Chi cục Quản lý chất lượng", "Công an xã"]
TWO = {"by": BY, "approved_by": SECOND}
DECISION = {"no": "MẪU-9/QĐ-UBND", "date": TODAY.isoformat(), "authority": "ha-noi"}
FAULT = Fault(WORDS, Severity.MAJOR, TODAY + 30 * DAY)


def plan(product, day=TODAY + DAY, agencies=TEAM):
    with transaction():
        return overseeing.plan_inspection(product.id, kind=InspectionKind.PLANNED, agencies=agencies, day=day, by=BY)


def record(product, **fields):
    given = {"kind": InspectionKind.PLANNED, "agencies": TEAM, "day": TODAY, "outcome": "conforming", "by": BY}
    with transaction():
        return overseeing.record_inspection(product.id, **{**given, **fields})


def sample(product, day=TODAY - DAY, **fields):
    with transaction():
        return overseeing.take_sample(
            product.id, point=SamplePoint.MARKET, taken_by="Đoàn liên ngành", day=day, by=BY, **fields
        )


def result(product, number, **fields):
    given = {"sample": number, "laboratory": "Phòng thử nghiệm mẫu", "verdict": "pass", "day": TODAY}
    with transaction():
        overseeing.record_result(product.id, **{**given, **TWO, **fields})


def revoked(product):
    certificate = a_certificate(product)
    with transaction():
        recognising.revoke(certificate, from_day=TODAY, decision_no="MẪU-8", reason=WORDS, **TWO)
    return certificate


def appeal(product, certificate, against="MẪU-8"):
    with transaction():
        return overseeing.file_appeal(
            product.id, certificate_no=certificate.number, against=against, grounds=WORDS, day=TODAY, by=BY
        )


def decide(product, number, outcome, **fields):
    given = {"appeal": number, "outcome": outcome, "reason": WORDS, "decision": DECISION, "day": TODAY}
    with transaction():
        overseeing.decide_appeal(product.id, **{**given, **TWO, **fields})


def test_an_inspection_is_planned_then_recorded_by_a_team_of_agencies():
    product = a_product()
    number = plan(product)
    assert number == "I-2026-0001"
    assert record(product, planned=number) == number
    told = dossier_of(product.id).inspections[number]
    assert (told.planned_on, told.done_on, told.agencies, told.outcome) == (TODAY + DAY, TODAY, TEAM, "conforming")
    row = db.session.scalars(select(Inspection)).one()
    assert (row.number, row.done_on, row.agencies) == (number, TODAY, TEAM)


def test_an_unannounced_inspection_needs_no_plan():
    product = a_product()
    assert record(product, kind=InspectionKind.UNANNOUNCED) == "I-2026-0001"
    assert record(product, kind=InspectionKind.COMPLAINT) == "I-2026-0002"


def test_what_does_not_conform_opens_its_nonconformities_with_due_dates():
    product = a_product()
    number = record(product, outcome="nonconforming", faults=[FAULT, FAULT])
    rows = db.session.scalars(select(Nonconformity).order_by(Nonconformity.number)).all()
    assert [(row.number, row.source, row.due) for row in rows] == [
        ("N-2026-0001", number, TODAY + 30 * DAY),
        ("N-2026-0002", number, TODAY + 30 * DAY),
    ]


@pytest.mark.parametrize(
    ("refusal", "fields"),
    [
        (FaultsMissing, {"outcome": "nonconforming"}),
        (FaultsTooMany, {"faults": [FAULT]}),
        (NobodyInspects, {"agencies": [""]}),
        (DayTooLate, {"day": TODAY + DAY}),
        (DueTooEarly, {"outcome": "nonconforming", "faults": [Fault(WORDS, Severity.MINOR, TODAY - DAY)]}),
    ],
)
def test_an_inspection_that_cannot_be_is_refused_whole(refusal, fields):
    product = a_product()
    with pytest.raises(refusal):
        record(product, **fields)
    db.session.rollback()
    assert dossier_of(product.id).inspections == dossier_of(product.id).nonconformities == {}


def test_an_inspection_is_recorded_once():
    product = a_product()
    number = plan(product)
    record(product, planned=number)
    with pytest.raises(AlreadyDone):
        record(product, planned=number)


def test_a_fault_is_closed_once_and_not_before_it_was_found():
    product = a_product()
    with transaction():
        number = overseeing.open_nonconformity(product.id, FAULT, day=TODAY, by=BY)
    for day, refusal in ((TODAY - DAY, TooEarly), (TODAY + DAY, DayTooLate)):
        with pytest.raises(refusal), transaction():
            overseeing.close_nonconformity(product.id, number, day=day, remedy=WORDS, by=BY)
    with transaction():
        overseeing.close_nonconformity(product.id, number, day=TODAY, remedy=WORDS, by=BY)
    assert db.session.scalars(select(Nonconformity.closed_on)).one() == TODAY
    with pytest.raises(AlreadyDone), transaction():
        overseeing.close_nonconformity(product.id, number, day=TODAY, remedy=WORDS, by=BY)
    with pytest.raises(Unknown), transaction():
        overseeing.close_nonconformity(product.id, "N-2026-0099", day=TODAY, remedy=WORDS, by=BY)


def test_a_sample_gets_its_result_from_two_people():
    product = a_product()
    number = sample(product, lot="L26A", seal_no="NP-1")
    with pytest.raises(NeedsTwoPeople):
        result(product, number, approved_by=BY)
    tested = [{"analyte": "Chì (Pb)", "value": "0,02", "unit": "mg/kg", "limit": "0,5"}]
    result(product, number, results=tested, accreditation_no="VILAS mẫu")
    told = dossier_of(product.id).samples[number]
    assert (told.lot, told.verdict, told.results) == ("L26A", "pass", tested)
    row = db.session.scalars(select(Sample)).one()
    assert (row.number, row.result_on, row.laboratory) == ("S-2026-0001", TODAY, "Phòng thử nghiệm mẫu")
    with pytest.raises(AlreadyDone):
        result(product, number)


def test_a_result_cannot_come_before_its_sample():
    product = a_product()
    number = sample(product)
    with pytest.raises(TooEarly):
        result(product, number, day=TODAY - 2 * DAY)
    with pytest.raises(Unknown):
        result(product, "S-2026-0099")


def test_an_appeal_changes_nothing_until_it_overturns():
    product = a_product()
    certificate = revoked(product)
    number = appeal(product, certificate)
    assert status_at(product.id, TODAY).state is State.REVOKED
    decide(product, number, "overturned")
    assert status_at(product.id, TODAY).state is State.VALID
    assert status_at(product.id, TODAY).stars == 4
    with pytest.raises(AlreadyDone):
        decide(product, number, "upheld")


def test_an_appeal_that_fails_leaves_the_decision_standing():
    product = a_product()
    number = appeal(product, revoked(product))
    decide(product, number, "upheld")
    assert status_at(product.id, TODAY).state is State.REVOKED
    assert dossier_of(product.id).appeals[number].outcome == "upheld"


def test_an_appeal_needs_a_decision_and_waits_alone():
    product = a_product()
    certificate = revoked(product)
    with pytest.raises(NothingToAppeal):
        appeal(product, certificate, against="MẪU-999")
    appeal(product, certificate)
    with pytest.raises(AppealWaits):
        appeal(product, certificate)


def test_an_appeal_is_not_decided_by_one():
    product = a_product()
    number = appeal(product, revoked(product))
    with pytest.raises(NeedsTwoPeople):
        decide(product, number, "overturned", approved_by=BY)


def test_a_recall_of_the_whole_product_takes_it_off_the_shelf_and_its_end_brings_it_back():
    product = a_product(stars=4)
    with transaction():
        number = overseeing.open_recall(product.id, decision=DECISION, reason=WORDS, day=TODAY, **TWO)
    assert number == "R-2026-0001"
    assert status_at(product.id, TODAY).state is State.RECALLED
    assert not is_live(product)
    with transaction():
        overseeing.close_recall(product.id, recall=number, decision=DECISION, reason=WORDS, day=TODAY, **TWO)
    assert status_at(product.id, TODAY).state is State.VALID
    assert is_live(product)


def test_a_recall_of_a_lot_leaves_the_other_lots_their_stars():
    product = a_product(stars=4)
    with transaction():
        overseeing.open_recall(product.id, lot="L26A", decision=DECISION, reason=WORDS, day=TODAY, **TWO)
    assert status_at(product.id, TODAY).stars == 4
    assert status_at(product.id, TODAY, lot="L26A").state is State.RECALLED
    assert is_live(product)


def test_an_assessment_is_kept_with_its_scores():
    product = a_product()
    with transaction():
        number = overseeing.record_assessment(
            product.id,
            scheme="148-2023",
            level="province",
            scores={"a": 3_000, "b": 2_000, "c": 2_650},
            stars=4,
            day=TODAY,
            by=BY,
        )
    told = dossier_of(product.id).assessments[number]
    assert (number, told.scores, told.stars) == ("D-2026-0001", {"a": 3_000, "b": 2_000, "c": 2_650}, 4)


def test_numbers_begin_anew_each_year_and_go_on_past_four_digits(tuesday):
    product = a_product()
    with transaction():
        db.session.add(
            Inspection(number="I-2026-9999", product_id=product.id, kind=InspectionKind.PLANNED, agencies=TEAM)
        )
    assert plan(product) == "I-2026-10000"
    assert plan(product) == "I-2026-10001"
    tuesday.shift(timedelta(days=60))
    assert plan(product, day=TODAY + 61 * DAY) == "I-2027-0001"


def test_many_who_plan_at_once_get_a_number_each(app):
    product = a_product()
    db.session.rollback()
    numbers, start = [], threading.Barrier(8)

    def plan_one():
        with app.app_context():
            start.wait()
            numbers.append(plan(product))
            db.session.remove()

    people = [threading.Thread(target=plan_one) for _ in range(8)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(numbers) == [f"I-2026-{number:04d}" for number in range(1, 9)]
    db.session.rollback()
    assert len(dossier_of(product.id).inspections) == 8


def is_live(product):
    db.session.rollback()
    db.session.refresh(product)
    return product.is_live


def test_an_unannounced_inspection_is_never_announced_by_the_log():
    product = a_product()
    with pytest.raises(overseeing.NotAnnounced), transaction():
        overseeing.plan_inspection(
            product.id, kind=InspectionKind.UNANNOUNCED, agencies=["Đoàn liên ngành"], day=TODAY, by=BY
        )
    assert dossier_of(product.id).inspections == {}
