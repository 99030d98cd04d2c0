"""The sample's life after the certificate: inspections, samples, faults, appeals, a recall, labels; every state once.

Everything is invented: agencies and laboratories carry “mẫu” in their names, GTINs the 952 prefix of examples.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.catalogue.models import Group, Product
from shop.core import clock
from shop.core.db import db
from shop.core.languages import Texts
from shop.provenance import gs1, overseeing, recognising
from shop.provenance.entering import Deed, enter_all
from shop.provenance.lots import labelling, releasing
from shop.provenance.lots.releasing import NewLot
from shop.provenance.models import Certificate
from shop.provenance.overseeing import Fault
from shop.provenance.oversight import InspectionKind, SamplePoint, Severity
from shop.provenance.status import statuses

ONE, TWO = "sample", "sample:second"
PEOPLE = {"by": ONE, "approved_by": TWO}
TEAM = ("Đoàn liên ngành (mẫu)", "Chi cục Chất lượng (mẫu)")
LABORATORY = "Phòng thử nghiệm mẫu số 1"
TASTES = (Group.FOOD, Group.BEVERAGE, Group.HERBAL)
FINDINGS = Texts(
    vi="Hồ sơ, nguồn nguyên liệu và nhãn đúng như đã công nhận.", en="Papers, materials and labels as certified."
)
LABEL_FAULT = Fault(
    words=Texts(vi="Nhãn thiếu ngày sản xuất.", en="The label lacks the date of making."),
    severity=Severity.MINOR,
    due=date.max,
)
CHIPS = Texts(vi="Phát hiện mảnh tre trong một số hộp.", en="Splinters of bamboo were found in some boxes.")


def fill() -> None:
    """Tells the stories in the open transaction, after the certificates stand."""
    today = clock.today()
    held = _in_force(today)
    tastes = [c for c in held if c.product.group in TASTES]
    crafts = [c for c in held if c.product.group is Group.HANDICRAFT]
    _inspections(held[::3], today)
    _samples(tastes[::2], today)
    _worklist(crafts, tastes, today)
    _rested(crafts[-1], today)
    _overturned(crafts[-2], today)
    _corrected(crafts[-3], today)
    _appealed(today)
    _lots(tastes[:4], crafts[0], today)


def _in_force(today: date) -> Sequence[Certificate]:
    found = select(Certificate).options(joinedload(Certificate.product)).order_by(Certificate.id)
    held = db.session.scalars(found).all()
    judged = statuses([one.product_id for one in held], today)
    return [one for one in held if judged[one.product_id].certificate is one and judged[one.product_id].in_force]


def _inspections(some: Sequence[Certificate], today: date) -> None:
    for place, one in enumerate(some):
        day = max(today - timedelta(days=20 + 9 * place % 300), one.valid_from)
        kind = (InspectionKind.PLANNED, InspectionKind.UNANNOUNCED)[place % 2]
        told: dict[str, Any] = {"agencies": TEAM, "day": day, "outcome": "conforming", "findings": FINDINGS}
        overseeing.record_inspection(one.product_id, kind=kind, by=ONE, **told)


def _samples(some: Sequence[Certificate], today: date) -> None:
    for place, one in enumerate(some):
        day = max(today - timedelta(days=30 + 11 * place % 200), one.valid_from)
        point = (SamplePoint.MARKET, SamplePoint.FACTORY, SamplePoint.ONLINE)[place % 3]
        number = overseeing.take_sample(
            one.product_id, point=point, taken_by=TEAM[1], day=day, by=ONE, seal_no=f"N{place:03}"
        )
        if place % 5 == 4:
            continue  # its result is still to come: it waits on the office's worklist
        result: dict[str, Any] = {
            "sample": number,
            "laboratory": LABORATORY,
            "verdict": "pass",
            "day": min(day + timedelta(days=9), today),
        }
        overseeing.record_result(one.product_id, **PEOPLE, **result)


def _worklist(crafts: Sequence[Certificate], tastes: Sequence[Certificate], today: date) -> None:
    """What the office finds on its desk this morning."""
    for place, one in enumerate((*crafts[4:6], *tastes[4:6])):
        day = today + timedelta(days=place - 1)
        overseeing.plan_inspection(one.product_id, kind=InspectionKind.PLANNED, agencies=TEAM, day=day, by=ONE)
    for one, ago, days in ((crafts[6], 40, 30), (tastes[6], 6, 30)):
        opened = today - timedelta(days=ago)
        fault = Fault(LABEL_FAULT.words, LABEL_FAULT.severity, opened + timedelta(days=days))
        told: dict[str, Any] = {"agencies": TEAM, "day": opened, "outcome": "nonconforming", "faults": [fault]}
        overseeing.record_inspection(one.product_id, kind=InspectionKind.UNANNOUNCED, by=ONE, **told)


def _rested(one: Certificate, today: date) -> None:
    """Suspended once, mended, reinstated: it counts again, and the story stays."""
    reason = Texts(vi="Chưa nộp hồ sơ truy xuất đúng hạn.", en="The traceability file was not handed in on time.")
    from_day = max(today - timedelta(days=90), one.valid_from)
    recognising.suspend(
        one, **PEOPLE, from_day=from_day, decision_no="MẪU-903/QĐ-UBND", reason=reason, grounds="no-traceability"
    )
    on_day = from_day + timedelta(days=30)
    recognising.reinstate(one, **PEOPLE, on_day=on_day, decision_no="MẪU-904/QĐ-UBND")


def _overturned(one: Certificate, today: date) -> None:
    """Revoked, appealed, overturned."""
    from_day = max(today - timedelta(days=120), one.valid_from)
    reason = Texts(vi="Bị cho là đã ngừng sản xuất.", en="It was thought that production had stopped.")
    decision = "MẪU-905/QĐ-UBND"
    recognising.revoke(one, **PEOPLE, from_day=from_day, decision_no=decision, reason=reason, grounds="stopped")
    grounds = Texts(vi="Xưởng chỉ tạm nghỉ để xây lại lò.", en="The workshop only rested while its kiln was rebuilt.")
    filed = from_day + timedelta(days=7)
    told: dict[str, Any] = {"certificate_no": one.number, "against": decision, "grounds": grounds}
    appeal = overseeing.file_appeal(one.product_id, **told, day=filed, by=ONE)
    day = filed + timedelta(days=30)
    judgement: dict[str, Any] = {"appeal": appeal, "outcome": "overturned", "reason": grounds, "day": day}
    judgement["decision"] = {"no": "MẪU-907/QĐ-UBND", "date": day.isoformat(), "authority": "ha-noi"}
    overseeing.decide_appeal(one.product_id, **PEOPLE, **judgement)


def _corrected(one: Certificate, today: date) -> None:
    """A typing error: the wrong entry stays readable beside its correction."""
    reason = Texts(vi="Gõ nhầm số quyền sở hữu trí tuệ.", en="The number of its mark was mistyped.")
    body = {
        "certificate_no": one.number,
        "corrects": [one.event],
        "fields": {"right": {"kind": "collective mark", "number": "MẪU-4-2021-00042"}},
        "reason": dict(reason),
    }
    enter_all([Deed(one.product_id, "certificate.corrected", body, today - timedelta(days=3))], **PEOPLE)


def _appealed(today: date) -> None:
    """Of those revoked, one appealed lately: it stays revoked until somebody decides."""
    found = select(Certificate).where(Certificate.revocation.has()).order_by(Certificate.id)
    for one in db.session.scalars(found):
        end = one.revocation
        if end is None or end.overturned_on:
            continue
        grounds = Texts(vi="Đề nghị kiểm tra lại có mặt chủ thể.", en="Please inspect again with the producer present.")
        told: dict[str, Any] = {"certificate_no": one.number, "against": end.decision_no, "grounds": grounds}
        overseeing.file_appeal(one.product_id, **told, day=today - timedelta(days=5), by=ONE)
        return


def _lots(tastes: Sequence[Certificate], craft: Certificate, today: date) -> None:
    """Lots with labels; one lot is recalled, of another more labels were asked for than there are goods."""
    for place, one in enumerate((*tastes, craft)):
        product = db.session.get_one(Product, one.product_id)
        body = f"952{place:09d}"
        gtin = releasing.bind(product, body + str(gs1.check_digit(body)), by=ONE).number
        made_on = max(today - timedelta(days=25), one.valid_from)
        keeps = made_on + timedelta(days=product.shelf_life_days) if product.shelf_life_days else None
        lot = releasing.release(product, NewLot(f"L26{'ABCDE'[place]}", made_on, 200, keeps, gtin), by=ONE)
        issued = labelling.issue(lot, 40, by=ONE)
        assert isinstance(issued, labelling.Issued)
        labelling.activate(issued.batch, by=ONE)
    over = releasing.lot_of(tastes[1].product_id, "L26B")
    assert over is not None
    labelling.issue(over, 500, by=ONE)
    decision = {"no": "MẪU-906/QĐ-UBND", "date": today.isoformat(), "authority": "ha-noi"}
    recall: dict[str, Any] = {"lot": "L26A", "decision": decision, "reason": CHIPS, "day": today - timedelta(days=2)}
    overseeing.open_recall(tastes[0].product_id, **PEOPLE, **recall)
