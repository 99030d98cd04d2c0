"""A certificate as a W3C credential (VCDM 2.0) in the shape of a UNTP Digital Conformity Credential 0.6.

The register issues it; the authority is named as the one who assessed, and "signed by" is said of nobody whose
signature was not verified (specs/provenance.md §2.4–2.5).
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from shop.provenance.ocop_verify.canonical import canonical
from shop.provenance.ocop_verify.dossier import Certificate, Dossier
from shop.provenance.ocop_verify.status_places import REVOCATION, SUSPENSION, issues, place
from shop.provenance.standards.conformity import attestation
from shop.provenance.standards.issuing import REGISTER, Issuer, Logged

CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://test.uncefact.org/vocabulary/untp/dcc/0.6.0/"]
TYPES = ["DigitalConformityCredential", "VerifiableCredential"]
LISTS = {REVOCATION: "r", SUSPENSION: "s"}


def credential_of(dossier: Dossier, number: str, events: Sequence[Logged], issuer: Issuer) -> dict[str, Any]:
    """The signed credential of one certificate; the same events and keys make the same bytes.

    `events` are all of the product, with their places in the log. Raises KeyError for a certificate it does not hold.
    """
    document, created = _document(dossier, number, events, issuer)
    return issuer.signed(document, "issuer", created)


def jwt_of(dossier: Dossier, number: str, events: Sequence[Logged], issuer: Issuer) -> str:
    """The same enveloped as `vc+jwt` (VC-JOSE-COSE 3.1): the payload is the credential itself."""
    document, _ = _document(dossier, number, events, issuer)
    key = issuer.ring.current("issuer")
    head = {"alg": "EdDSA", "typ": "vc+jwt", "cty": "vc", "kid": issuer.ring.method(key)}
    signed = f"{_base64url(canonical(head))}.{_base64url(canonical(document))}"
    return f"{signed}.{_base64url(key.private.sign(signed.encode()))}"


def address_of(certificate: Certificate, host: str) -> str:
    return f"{host}/vc/c/{certificate.event.rpartition(':')[2]}"


def _document(dossier: Dossier, number: str, events: Sequence[Logged], issuer: Issuer) -> tuple[dict[str, Any], str]:
    """The credential without its proof, and when its last issue was recorded."""
    certificate = dossier.certificates[number]
    leaf = issues(events)[number][-1].leaf
    address = address_of(certificate, issuer.host)
    document = {
        "@context": CONTEXT,
        "id": address,
        "type": TYPES,
        "issuer": {"type": ["CredentialIssuer"], "id": issuer.did, "name": REGISTER},
        "validFrom": f"{certificate.valid_from}T00:00:00+07:00",
        "validUntil": f"{certificate.valid_until}T23:59:59+07:00",
        "credentialStatus": [_status(purpose, leaf, issuer) for purpose in LISTS],
        "credentialSubject": attestation(dossier, certificate, address, issuer),
    }
    created = next(str(event["recorded_at"]) for index, event in events if index == leaf)
    return document, created


def _status(purpose: str, leaf: int, issuer: Issuer) -> dict[str, Any]:
    found = place(issuer.ring.origin, leaf)
    address = f"{issuer.host}/status/{LISTS[purpose]}/{found.list}"
    return {
        "id": f"{address}#{found.bit}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(found.bit),
        "statusListCredential": address,
    }


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
