"""Whom to trust: every key that ever signed, as a DID document, and the policy of the log and its witnesses."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from shop.provenance.log import keys, trusting
from shop.provenance.log.trusting import KnownKey
from shop.provenance.ocop_verify.canonical import canonical
from shop.web.access import public
from shop.web.proof import log
from shop.web.proof.log_files import PLAIN, kept

CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
SHORT = "public, max-age=300"


@log.get("/.well-known/did.json")
@public
def did() -> Response:
    """did:web. Keys stay here for ever: what an old one signed in its time stays provable."""
    name = f"did:web:{keys.ring().domain}"
    known = trusting.known_keys()
    document = {
        "@context": CONTEXTS,
        "id": name,
        "verificationMethod": [_method(name, key) for key in known],
        "assertionMethod": [f"{name}#{key.name}" for key in known if key.role != "log"],
    }
    return kept(Response(canonical(document), content_type="application/did+json"), SHORT)


@log.get("/policy.txt")
@public
def policy() -> Response:
    return kept(Response(trusting.policy().text, content_type=PLAIN), SHORT)


def _method(name: str, key: KnownKey) -> dict[str, Any]:
    method = {
        "id": f"{name}#{key.name}",
        "type": "Multikey",
        "controller": name,
        "publicKeyMultibase": key.public,
    }
    method |= {"expires": key.expires} if key.expires else {}
    return method | ({"revoked": key.revoked} if key.revoked else {})
