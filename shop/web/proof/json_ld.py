"""What search engines read of a certificate, also of one that holds no longer."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from shop.catalogue.models import Product
from shop.provenance.proving import Proof
from shop.web import addresses
from shop.web.languages import language

ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def certification(product: Product, proof: Proof, host: str) -> Markup | None:
    """schema.org Certification for <script type="application/ld+json">; nothing where there is no certificate."""
    held = proof.status.certificate
    if held is None:
        return None
    active = "Active" if proof.status.in_force else "Inactive"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Certification",
        "name": "OCOP",
        "certificationIdentification": held.number,
        "certificationStatus": f"https://schema.org/Certification{active}",
        "issuedBy": {"@type": "Organization", "name": held.authority.name.to(language())},
        "about": {
            "@type": "Product",
            "name": product.name.to(language()),
            "url": host + addresses.product(product.slug),
        },
        "datePublished": held.decision_date.isoformat(),
        "validFrom": held.valid_from.isoformat(),
        "expires": held.valid_until.isoformat(),
        "validIn": {"@type": "Country", "name": "Việt Nam"},
        "url": host + addresses.proof(product.slug),
    }
    if proof.status.in_force:
        data["certificationRating"] = {"@type": "Rating", "ratingValue": proof.status.stars, "bestRating": 5}
    return Markup(json.dumps(data, ensure_ascii=False).translate(ESCAPES))
