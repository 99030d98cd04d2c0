"""What is known of certificates' numbers already: entered in the register, or waiting for a second person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from shop.core.db import db
from shop.provenance import proposing
from shop.provenance.importing.headings import HEADINGS
from shop.provenance.importing.rows import Row
from shop.provenance.models import Certificate

ISSUED = "certificate.issued"
# Attributes of a certificate and what a difference in them is called: the column, or a word of the decision's own.
COMPARED = {
    "stars": HEADINGS["stars"],
    "is_potential_five": HEADINGS["potential"],
    "score_a": HEADINGS["score_a"],
    "score_b": HEADINGS["score_b"],
    "score_c": HEADINGS["score_c"],
    "right_kind": HEADINGS["right"],
    "right_number": HEADINGS["right_number"],
    "capacity": HEADINGS["capacity"],
    "decision_no": "số quyết định",
    "decision_date": "ngày quyết định",
    "authority_id": "cơ quan",
    "criteria_set_id": "bộ tiêu chí",
}


def differences(row: Row, draft: Certificate, entered: Certificate) -> list[str]:
    """Only what the file tells is compared."""
    untold = set() if row.tells_right else {"right_kind", "right_number"}
    untold |= {"capacity"} if row.capacity is None else set()
    untold |= {"is_potential_five"} if row.is_potential_five is None else set()
    named = COMPARED if draft.product_id == entered.product_id else {"product_id": HEADINGS["name"], **COMPARED}
    return [
        words
        for name, words in named.items()
        if name not in untold and (getattr(draft, name) or None) != (getattr(entered, name) or None)
    ]


def held(numbers: Iterable[str]) -> dict[str, Certificate]:
    wanted = sorted({number for number in numbers if number})
    found: dict[str, Certificate] = {}
    for start in range(0, len(wanted), 500):
        some = select(Certificate).where(Certificate.number.in_(wanted[start : start + 500]))
        found |= {row.number: row for row in db.session.scalars(some)}
    return found


def waiting() -> dict[str, tuple[int, dict[str, Any]]]:
    """Certificate number → (product, body) of what waits for its second person."""
    deeds = [deed for proposal in proposing.waiting() for deed in proposing.deeds_of(proposal) if deed.kind == ISSUED]
    return {deed.body["certificate_no"]: (deed.product_id, dict(deed.body)) for deed in deeds}
