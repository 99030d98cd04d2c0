"""The deeds of the register: recognise, suspend, reinstate, revoke; each publishes the stars anew."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from shop.catalogue import changes
from shop.catalogue.models import Product
from shop.core import audit, clock
from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.core.refusal import N_, Refusal
from shop.provenance.models import Certificate, Revocation, Suspension
from shop.provenance.status import judge

AT_ONCE = 100


class ScoresDisagree(Refusal):
    sentence = N_("The parts add up to %(score)s points, which is not %(stars)s stars under this criteria set.")


class NotCompetent(Refusal):
    sentence = N_("This authority was not competent on the day of the decision.")


class AlreadyRevoked(Refusal):
    sentence = N_("This certificate is revoked already.")


class NotSuspended(Refusal):
    sentence = N_("This certificate is not suspended.")


def months_after(day: date, months: int) -> date:
    """The last day of a period of `months` that begins on `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    ends = date(year + (month == 12), month % 12 + 1, 1) - timedelta(days=1)
    return ends if day.day > ends.day else date(year, month, day.day) - timedelta(days=1)


def recognise(certificate: Certificate, *, by: str) -> Certificate:
    """Enters a certificate in the register. Raises ScoresDisagree or NotCompetent."""
    criteria = certificate.criteria_set
    if criteria.stars_for(certificate.score) != certificate.stars:
        raise ScoresDisagree(score=certificate.score / 100, stars=certificate.stars)
    if not certificate.authority.is_competent_on(certificate.decision_date):
        raise NotCompetent()
    db.session.add(certificate)
    db.session.flush()  # its id is the subject of the audit entry
    audit.note("recognised", f"certificate:{certificate.id}", by=by, stars=certificate.stars)
    publish_stars(certificate.product_id)
    return certificate


def suspend(certificate: Certificate, *, by: str, from_day: date, decision_no: str, reason: Texts) -> None:
    certificate.suspensions.append(
        Suspension(from_day=from_day, decision_no=decision_no, reason=reason, at=clock.now(), by=by)
    )
    audit.note("suspended", f"certificate:{certificate.id}", by=by, decision=decision_no)
    publish_stars(certificate.product_id)


def reinstate(certificate: Certificate, *, by: str, on_day: date) -> None:
    """The suspension ends; on `on_day` the certificate counts again. Raises NotSuspended."""
    still = next((s for s in certificate.suspensions if s.lifted_on is None), None)
    if still is None:
        raise NotSuspended()
    still.lifted_on = on_day
    audit.note("reinstated", f"certificate:{certificate.id}", by=by)
    publish_stars(certificate.product_id)


def revoke(certificate: Certificate, *, by: str, from_day: date, decision_no: str, reason: Texts) -> None:
    """The certificate ends on `from_day`. Raises AlreadyRevoked."""
    if certificate.revocation:
        raise AlreadyRevoked()
    certificate.revocation = Revocation(
        from_day=from_day, decision_no=decision_no, reason=reason, at=clock.now(), by=by
    )
    audit.note("revoked", f"certificate:{certificate.id}", by=by, decision=decision_no)
    publish_stars(certificate.product_id)


def publish_stars(product_id: int) -> None:
    """Writes the product's copy of its stars: the one place that does."""
    changes.take_turn()
    db.session.flush()  # the judge reads rows
    product = db.session.get_one(Product, product_id)
    status = judge(db.session.scalars(select(Certificate).where(Certificate.product_id == product_id)), clock.today())
    if (product.stars, product.stars_until) != (status.stars, status.until):
        product.stars, product.stars_until = status.stars, status.until
    changes.note(product_id)


def expire() -> int:
    """The daily job: publishes the stars of every product whose status may have changed since the last days.

    Opens a transaction for each hundred, so that buyers never wait long for their turn.
    """
    today = clock.today()
    lately = today - timedelta(days=10)
    touched = set(db.session.scalars(select(Product.id).where(Product.stars_until < today)))
    begun = select(Certificate.product_id).where(Certificate.valid_from.between(lately, today))
    lifted = select(Certificate.product_id).join(Suspension).where(Suspension.lifted_on.between(lately, today))
    touched |= set(db.session.scalars(begun)) | set(db.session.scalars(lifted))
    waiting = sorted(touched)
    for start in range(0, len(waiting), AT_ONCE):
        with transaction():
            for product_id in waiting[start : start + AT_ONCE]:
                publish_stars(product_id)
    return len(touched)


def disagreements() -> list[int]:
    """Products whose published copy differs from the judge's word today: must be empty after `expire`."""
    today = clock.today()
    wrong = []
    for product in db.session.scalars(select(Product)):
        held = db.session.scalars(select(Certificate).where(Certificate.product_id == product.id))
        status = judge(held, today)
        shown = product.stars if product.stars_until and product.stars_until >= today else None
        if shown != status.stars:
            wrong.append(product.id)
    return wrong
