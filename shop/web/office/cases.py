"""The product somebody works on: its row, what the log tells of it, and the thing the work is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.catalogue.models import CraftVillage, Product
from shop.core.db import db
from shop.provenance.log.reading import events_of, subject_of
from shop.provenance.models import Authority, Certificate
from shop.provenance.ocop_verify.dossier import Dossier
from shop.provenance.ocop_verify.folding import fold
from shop.web.office.names import Names


@dataclass
class Case:
    """`of` is the number of what the work is about (a certificate, a sample …), empty where it is the product."""

    product: Product
    events: list[dict[str, Any]]
    dossier: Dossier
    of: str = ""
    thing: Any = None
    names: Names = field(default_factory=Names)

    def certificate(self) -> Certificate:
        """The row of the certificate the work is about."""
        return db.session.scalars(select(Certificate).where(Certificate.number == self.of)).one()

    def authority(self) -> Authority:
        """Who decides about this product: whoever recognised it last, or the city."""
        latest = list(self.dossier.certificates.values())[-1:]
        return self.names.authorities[latest[0].decision["authority"] if latest else "ha-noi"]


def open_case(slug: str, *, of: str = "", kept: str = "") -> Case:
    """`kept` names the dossier's shelf that holds `of`. Answers 404 for what is not there."""
    product = db.session.scalar(
        select(Product)
        .where(Product.slug == slug)
        .options(
            joinedload(Product.producer),
            joinedload(Product.village).joinedload(CraftVillage.ward),
        )
    )
    if product is None:
        abort(404)
    events = events_of([product.id])[product.id]
    case = Case(product, events, fold(events) if events else Dossier(subject_of(product.id)), of)
    if kept and (of or kept != "inspections"):
        case.thing = getattr(case.dossier, kept).get(of)
        if case.thing is None:
            abort(404)
    return case
