"""schema.org's Certification: stars while in force, the dates always, never a rating by customers."""

from __future__ import annotations

from datetime import date

import pytest

from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.provenance import recognising
from shop.provenance.standards.certification import certification
from shop.provenance.status import status_at
from tests.factories import BY, SECOND, a_certificate, a_product

pytestmark = pytest.mark.usefixtures("tuesday", "app")
# Of schema.org's vocabulary: what a Certification may have (data/schema.ttl, release 28).
KNOWN = {
    *("@type", "name", "about", "auditDate", "certificationIdentification", "certificationRating"),
    *("certificationStatus", "datePublished", "expires", "hasMeasurement", "issuedBy", "logo", "validFrom", "validIn"),
    "url",
}
TODAY = date(2026, 11, 24)


def told(certificate):
    db.session.expire_all()
    return certification(certificate, status_at(certificate.product_id, TODAY), language="vi", url="https://x.example/")


def test_it_has_only_what_the_vocabulary_knows():
    made = told(a_certificate(a_product(), stars=5))
    assert made.keys() <= KNOWN
    assert made["certificationStatus"] == "https://schema.org/CertificationActive"
    assert made["certificationRating"] == {"@type": "Rating", "ratingValue": 5, "bestRating": 5}


def test_without_force_it_is_inactive_and_has_no_stars():
    certificate = a_certificate(a_product(), stars=4)
    why = Texts(vi="Mẫu.", en="Sample.")
    with transaction():
        recognising.revoke(certificate, from_day=TODAY, decision_no="MẪU-8", reason=why, by=BY, approved_by=SECOND)
    made = told(certificate)
    assert made["certificationStatus"] == "https://schema.org/CertificationInactive"
    assert "certificationRating" not in made
