"""A buyer reports a problem: a receipt for them, an event for everybody, the words for the office alone."""

from __future__ import annotations

import enum
import secrets

from sqlalchemy import select

from shop.core import audit, clock
from shop.core.db import db
from shop.core.refusal import N_
from shop.provenance.entering import enter
from shop.provenance.oversight import Complaint

BY = "visitor"
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: a receipt is read out on the phone


class Kind(enum.StrEnum):
    COPY = "copy"
    QUALITY = "quality"
    SAFETY = "safety"
    LABEL = "label"
    OTHER = "other"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]


KIND_LABELS = {
    Kind.COPY: N_("It looks like a copy"),
    Kind.QUALITY: N_("It is not what was certified"),
    Kind.SAFETY: N_("It made somebody ill or seems unsafe"),
    Kind.LABEL: N_("The label or its stars are wrong"),
    Kind.OTHER: N_("Something else"),
}


def receive(product_id: int, kind: Kind, text: str, *, lot: str = "", contact: str = "") -> str:
    """Enters a complaint and answers its receipt number. The log only commits to `text` and `contact`."""
    number = "PA-" + "".join(secrets.choice(SIGNS) for _ in range(8))
    body = {"complaint": number, "kind": kind.value} | ({"lot": lot} if lot else {})
    private = {"text": text} | ({"contact": contact} if contact else {})
    enter(product_id, "complaint.received", body, day=clock.today(), by=BY, private=private)
    audit.note("complaint received", f"product:{product_id}", by=BY, complaint=number)
    return number


def of_number(number: str) -> Complaint | None:
    return db.session.scalar(select(Complaint).where(Complaint.number == number))
