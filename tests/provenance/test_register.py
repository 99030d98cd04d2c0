"""The register asks the database for what the judge will say: both agree in every state, on every day, on both."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.provenance import recognising, register
from shop.provenance.entering import enter
from shop.provenance.models import Certificate
from shop.provenance.register import Asked, Standing
from shop.provenance.status import judge
from tests import factories as make
from tests.conftest import TUESDAY_MORNING

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("tuesday")]

TODAY = TUESDAY_MORNING.date()
DAY = timedelta(days=1)
SAID: dict[str, Any] = {"by": make.BY, "approved_by": make.SECOND, "reason": Texts(vi="Vi phạm", en="A breach")}


@pytest.fixture
def lives(app: Any) -> list[Certificate]:
    """Certificates whose suspension, revocation, recall, end and renewal meet in many ways."""
    held = [make.a_certificate(make.a_product(), stars=4, valid_until=TODAY + n * 40 * DAY) for n in range(-2, 8)]
    with transaction():
        for one in (held[0], held[4], held[6]):
            recognising.suspend(one, from_day=TODAY - 100 * DAY, decision_no=f"MẪU-S{one.id}", **SAID)
        recognising.reinstate(held[4], on_day=TODAY - 50 * DAY, by=make.BY, approved_by=make.SECOND)
        for one in (held[1], held[6], held[7]):
            recognising.revoke(one, from_day=TODAY - 20 * DAY, decision_no=f"MẪU-R{one.id}", **SAID)
    _enter(held[7], "appeal.filed", {"appeal": "A1", "against": f"MẪU-R{held[7].id}", "grounds": {"vi": "Sai"}}, -10)
    _enter(held[7], "appeal.decided", {"appeal": "A1", "outcome": "overturned"}, -5)
    for one, lot in ((held[8], ""), (held[9], "L1")):
        _enter(
            one, "recall.opened", {"recall": f"T{one.id}", "lot": lot, "decision": {}, "reason": {"vi": "Hỏng"}}, -30
        )
    _enter(held[8], "recall.closed", {"recall": f"T{held[8].id}", "decision": {}}, -3)
    with transaction():
        recognising.recognise(
            make.the_certificate(held[5].product, stars=3, day=TODAY - 15 * DAY), by=make.BY, approved_by=make.SECOND
        )
    return held


def _enter(held: Certificate, kind: str, body: dict[str, Any], days: int) -> None:
    whole = {"certificate_no": held.number, **body}
    with transaction():
        enter(held.product_id, kind, whole, day=TODAY + days * DAY, by=make.BY, approved_by=make.SECOND)


def days() -> list[date]:
    boundaries = (-331, -330, -101, -100, -81, -80, -79, -51, -50, -41, -30, -21, -20, -16, -15, -5, -3, 0, 40, 400)
    return [TODAY + n * DAY for n in boundaries]


def test_the_database_and_the_judge_agree_in_every_state_on_every_day(lives: list[Certificate]) -> None:
    seen = set()
    everything = select(Certificate).options(joinedload(Certificate.recalls))
    held = list(db.session.scalars(everything).unique())
    for day in days():
        judged = {one.id: judge([one], day, one.recalls).state for one in held}
        for standing in Standing:
            wanted = {key for key, state in judged.items() if state in standing.states}
            found = {one.id for one in db.session.scalars(register.matching(Asked(standing=standing), day))}
            assert found == wanted, f"{standing} on {day}"
            if wanted:
                seen.add(standing)
    assert seen == set(Standing)


def test_pages_by_key_hold_everything_once_forwards_and_back(lives: list[Certificate]) -> None:
    for asked in (Asked(), Asked(standing=Standing.IN_FORCE), Asked(standing=Standing.EXPIRING)):
        whole = [line.certificate.id for line in register.page(asked, TODAY, size=100).lines]
        forwards, page = [], register.page(asked, TODAY, size=3)
        pages = [page]
        while page.more:
            page = register.page(asked, TODAY, after=page.more, size=3)
            pages.append(page)
        for one in pages:
            forwards += [line.certificate.id for line in one.lines]
        assert forwards == whole and len(set(whole)) == len(whole)
        assert pages[0].earlier is None
        if len(pages) > 1:
            back = register.page(asked, TODAY, before=pages[-1].earlier, size=3)
            assert (back.lines, back.more) == (pages[-2].lines, pages[-2].more)


def test_what_expires_soon_begins_with_what_expires_first(lives: list[Certificate]) -> None:
    ends = [line.certificate.valid_until for line in register.page(Asked(standing=Standing.EXPIRING), TODAY).lines]
    assert ends == sorted(ends) and len(ends) > 1
    ends = [line.certificate.valid_until for line in register.page(Asked(), TODAY).lines]
    assert ends == sorted(ends, reverse=True)


def test_counts_are_those_of_the_judge(lives: list[Certificate]) -> None:
    held = list(db.session.scalars(select(Certificate).options(joinedload(Certificate.recalls))).unique())
    in_force = sum(judge([one], TODAY, one.recalls).in_force for one in held)
    rows = register.counts(TODAY)
    assert (sum(row[1] for row in rows), sum(row[2] for row in rows)) == (in_force, len(held))
