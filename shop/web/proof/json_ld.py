"""What search engines read of a certificate, also of one that holds no longer."""

from __future__ import annotations

import json

from markupsafe import Markup

from shop.catalogue.models import Product
from shop.provenance.proving import Proof
from shop.provenance.standards import certification as standards
from shop.web import addresses
from shop.web.languages import language

ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def certification(product: Product, proof: Proof, host: str) -> Markup | None:
    """schema.org Certification for <script type="application/ld+json">; nothing where there is no certificate."""
    held = proof.status.certificate
    if held is None:
        return None
    about = {
        "@type": "Product",
        "name": product.name.to(language()),
        "url": host + addresses.product(product.slug),
    }
    url = host + addresses.proof(product.slug)
    told = standards.certification(held, proof.status, language=language(), url=url, about=about)
    data = {"@context": "https://schema.org", **told}
    return Markup(json.dumps(data, ensure_ascii=False).translate(ESCAPES))
