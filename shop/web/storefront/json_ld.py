"""What search engines read of a product: Product, Offer, and its certification while it is in force."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from shop.catalogue.models import Product
from shop.provenance.standards.certification import certification
from shop.provenance.status import Status
from shop.web import addresses
from shop.web.languages import language
from shop.web.presenting import source

ESCAPES = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def product_data(product: Product, status: Status, host: str) -> Markup:
    """The JSON of a product for <script type="application/ld+json"> (data, not script: nothing in it runs)."""
    spoken = language()
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.name.to(spoken),
        "description": product.summary.to(spoken),
        "sku": product.variants[0].sku,
        "image": [host + source(photo.picture, 960) for photo in product.photos],
        "brand": {"@type": "Brand", "name": product.producer.name},
        "countryOfOrigin": "VN",
        "url": host + addresses.product(product.slug),
        "offers": [_offer(product, variant, host) for variant in product.variants if variant.is_sold],
    }
    if status.in_force and status.certificate:
        url = host + addresses.certificate(status.certificate.id)
        data["hasCertification"] = certification(status.certificate, status, language=spoken, url=url)
    return Markup(json.dumps(data, ensure_ascii=False).translate(ESCAPES))


def _offer(product: Product, variant: Any, host: str) -> dict[str, Any]:
    return {
        "@type": "Offer",
        "sku": variant.sku,
        "price": variant.price,
        "priceCurrency": "VND",
        "availability": f"https://schema.org/{'InStock' if product.in_stock else 'OutOfStock'}",
        "url": host + addresses.product(product.slug),
    }
