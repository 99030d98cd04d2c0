"""A certificate as schema.org's Certification, for the data that search engines read in a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shop.provenance.models import Certificate
from shop.provenance.status import Status


def certification(
    held: Certificate, status: Status, *, language: str, url: str, about: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Without stars unless it is in force. `about` is the product, where the page is about the certificate."""
    data: dict[str, Any] = {
        "@type": "Certification",
        "name": "OCOP",
        "certificationIdentification": held.number,
        "certificationStatus": f"https://schema.org/Certification{'Active' if status.in_force else 'Inactive'}",
        "issuedBy": {"@type": "Organization", "name": held.authority.name.to(language)},
        "datePublished": held.decision_date.isoformat(),
        "validFrom": held.valid_from.isoformat(),
        "expires": held.valid_until.isoformat(),
        "validIn": {"@type": "Country", "name": "Việt Nam"},
        "url": url,
    }
    if status.in_force:
        data["certificationRating"] = {"@type": "Rating", "ratingValue": status.stars, "bestRating": 5}
    return data | ({"about": dict(about)} if about else {})
