"""One certificate: what it says, and whether it holds today."""

from __future__ import annotations

from flask import abort, render_template
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from shop.catalogue.models import CraftVillage, Producer, Product
from shop.core import clock
from shop.core.db import db
from shop.provenance.models import Authority, Certificate
from shop.provenance.status import judge, status_at
from shop.web.access import public
from shop.web.storefront import bp


@bp.get("/certificates/<int:certificate_id>")
@public
def certificate(certificate_id: int) -> str:
    found = db.session.scalar(
        select(Certificate)
        .where(Certificate.id == certificate_id)
        .options(
            joinedload(Certificate.product).joinedload(Product.producer).joinedload(Producer.village),
            joinedload(Certificate.product).joinedload(Product.village).joinedload(CraftVillage.ward),
            joinedload(Certificate.authority).joinedload(Authority.successor),
            joinedload(Certificate.criteria_set),
            selectinload(Certificate.suspensions),
            joinedload(Certificate.revocation),
            selectinload(Certificate.recalls),
        )
    )
    if found is None:
        abort(404)
    today = clock.today()
    return render_template(
        "storefront/certificate.html",
        certificate=found,
        status=judge([found], today, found.recalls),
        product_status=status_at(found.product_id, today),
    )
