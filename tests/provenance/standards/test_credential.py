"""A certificate as a credential: the shape UNTP demands, signed by the register, the same in its enveloped copy."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime

import pytest

from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.provenance import overseeing, recognising
from shop.provenance.log import key_events, keys
from shop.provenance.lots import releasing
from shop.provenance.ocop_verify import integrity
from shop.provenance.ocop_verify.canonical import canonical, parse
from shop.provenance.ocop_verify.credential_check import check_credential
from shop.provenance.ocop_verify.folding import fold
from shop.provenance.standards import issuing
from shop.provenance.standards.credential import credential_of, jwt_of
from tests.factories import BY, SECOND, a_certificate, a_product
from tests.provenance.standards.shapes import DCC, breaks

pytestmark = pytest.mark.usefixtures("tuesday", "app")
HOST = "https://phonghe.example"
TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
WHY = Texts(vi="Mẫu.", en="Sample.")


def told(certificate):
    events = issuing.logged(certificate.product_id)
    return fold(event for _, event in events), certificate.number, events, issuing.issuer(HOST)


def key_of(method):
    ring = keys.ring()
    for role in ("issuer", "status"):
        if method == ring.method(ring.current(role)):
            return ring.current(role).private.public_key()
    return None


@pytest.mark.both
@pytest.mark.parametrize("stars", [3, 4, 5])
def test_it_has_the_shape_of_a_conformity_credential(stars):
    certificate = a_certificate(a_product(), stars=stars)
    made = credential_of(*told(certificate))
    assert list(breaks(made, DCC)) == []
    assert made["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert made["id"] == f"{HOST}/vc/c/{certificate.event.rpartition(':')[2]}"
    assert parse(canonical(made)) == made  # no broken numbers: strict readers take it
    assert check_credential(made, key_of, at=NOON) == "did:web:phonghe.example"


def test_it_tells_scores_scheme_authority_and_level_of_evidence():
    certificate = a_certificate(a_product(), stars=4, day=date(2026, 1, 10), is_potential_five=True)
    subject = credential_of(*told(certificate))["credentialSubject"]
    (assessment,) = subject["assessment"]
    values = [(one["metricValue"]["value"], one["score"]) for one in assessment["declaredValue"]]
    assert values == [(7600, "4"), (3000, "30.00"), (2000, "20.00"), (2600, "26.00")]
    assert assessment["assessmentCriteria"][0]["performanceLevel"] == "4 sao, tiềm năng 5 sao"
    assert assessment["auditor"]["name"] == "Ủy ban nhân dân thành phố Hà Nội"
    assert subject["scope"]["version"] == "148-2023"
    assert subject["description"].endswith("(E0).")
    assert not assessment["assessedProduct"][0]["IDverifiedByCAB"]
    assert "hashDigest" not in subject["conformityCertificate"]


def test_a_product_is_named_by_its_gtin_and_never_by_an_invented_one():
    product = a_product()
    certificate = a_certificate(product)
    named = lambda: credential_of(*told(certificate))["credentialSubject"]["assessment"][0]["assessedProduct"]  # noqa: E731
    assert [one["product"]["registeredId"] for one in named()] == [f"urn:ocop:product:P{product.id}"]
    with transaction():
        releasing.bind(product, "9521234543213", by=BY)
    assert [one["product"]["id"] for one in named()] == [f"{HOST}/01/09521234543213"]


def test_the_same_log_makes_the_same_bytes_and_any_change_breaks_the_proof():
    certificate = a_certificate(a_product())
    made = credential_of(*told(certificate))
    assert canonical(made) == canonical(credential_of(*told(certificate)))
    made["credentialSubject"]["assessment"][0]["conformance"] = False
    with pytest.raises(integrity.BadProofValue):
        integrity.check(made, key_of(made["proof"]["verificationMethod"]))


def test_the_enveloped_copy_is_the_same_credential_signed_as_a_jwt():
    certificate = a_certificate(a_product())
    head, body, signature = jwt_of(*told(certificate)).split(".")
    ring = keys.ring()
    key = ring.current("issuer")
    assert json.loads(unpadded(head)) == {"alg": "EdDSA", "cty": "vc", "kid": ring.method(key), "typ": "vc+jwt"}
    embedded = credential_of(*told(certificate))
    assert json.loads(unpadded(body)) == {name: value for name, value in embedded.items() if name != "proof"}
    key.private.public_key().verify(unpadded(signature), f"{head}.{body}".encode())


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_a_key_that_took_over_never_signs_before_it_was_known():
    certificate = a_certificate(a_product())
    ring = keys.ring()
    with transaction():
        rotated = key_events.rotate("issuer", by=BY)
        since = parse(rotated.leaf)["recorded_at"]
    before = dict(ring._current)
    try:
        ring._current["issuer"] += 1
        made = credential_of(*told(certificate))
        assert made["proof"]["verificationMethod"].endswith(ring.current("issuer").name)
        assert made["proof"]["created"] >= since
    finally:
        ring._current = before


def test_an_overturned_revocation_gives_the_certificate_a_new_bit():
    product = a_product()
    certificate = a_certificate(product)
    first = credential_of(*told(certificate))["credentialStatus"]
    with transaction():
        recognising.revoke(
            certificate, from_day=date(2026, 11, 20), decision_no="MẪU-8", reason=WHY, by=BY, approved_by=SECOND
        )
    assert credential_of(*told(certificate))["credentialStatus"] == first
    with transaction():
        number = overseeing.file_appeal(
            product.id, certificate_no=certificate.number, against="MẪU-8", grounds=WHY, day=TODAY, by=BY
        )
    decision = {"no": "MẪU-9", "date": TODAY.isoformat(), "authority": "ha-noi"}
    with transaction():
        overseeing.decide_appeal(
            product.id,
            appeal=number,
            outcome="overturned",
            reason=WHY,
            decision=decision,
            day=TODAY,
            by=BY,
            approved_by=SECOND,
        )
    db.session.expire_all()
    second = credential_of(*told(certificate))["credentialStatus"]
    assert [one["statusListIndex"] for one in second] != [one["statusListIndex"] for one in first]
