"""What a certificate attests, as UNTP's Digital Conformity Credential 0.6 says it: scheme, criteria, scores, product.

UNTP changes with every version: this is a mapping, never what is kept. Scores are whole hundredths of a point, because
two readers of a broken number may take it for two.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from shop.provenance.gs1 import DigitalLink
from shop.provenance.models import CriteriaSet, Level
from shop.provenance.ocop_verify.dossier import Certificate, Dossier
from shop.provenance.ocop_verify.folding import points
from shop.provenance.standards.issuing import REGISTER, Issuer

TOPIC = "governance.compliance"  # UNTP has no topic of food or craft quality
PARTS = {"a": "Phần A", "b": "Phần B", "c": "Phần C"}
HUNDREDTHS = "1/100 điểm"
GOVERNMENT = {"id": "https://chinhphu.vn", "name": "Thủ tướng Chính phủ"}
EVIDENCE = {
    "E0": "Ghi nhận theo khai báo, chưa lưu văn bản",
    "E1": "Ghi nhận theo văn bản lưu trong hồ sơ",
    "E2": "Ghi nhận, đã đối chiếu với nguồn công khai của cơ quan",
    "E3": "Chữ ký số của cơ quan trên quyết định đã được kiểm tra",
}


def attestation(dossier: Dossier, certificate: Certificate, address: str, issuer: Issuer) -> dict[str, Any]:
    producer = dossier.about["producer"]
    scheme = issuer.schemes[certificate.scheme]
    return {
        "type": ["ConformityAttestation", "Attestation"],
        "id": f"{address}#attestation",
        "name": f"Giấy chứng nhận OCOP số {certificate.number}",
        "description": f"{EVIDENCE[certificate.evidence_level]} ({certificate.evidence_level}).",
        "assessorLevel": "3rdParty",
        "assessmentLevel": "GovtApproval",
        "attestationType": "certification",
        "issuedToParty": {"id": f"urn:ocop:producer:{producer['slug']}", "name": producer["name"]},
        "authorisation": [_endorsement(certificate, issuer)],
        "conformityCertificate": _decision(certificate, issuer),
        "scope": {
            "type": ["ConformityScheme"],
            "id": f"urn:ocop:scheme:{scheme.code}",
            "name": scheme.name.to("vi"),
            "description": f"Chương trình Mỗi xã một sản phẩm (OCOP), Quyết định {scheme.decision_no}",
            "version": scheme.code,
            "validFrom": scheme.in_force_from.isoformat(),
            "owner": GOVERNMENT,
        },
        "assessment": [_assessment(dossier, certificate, scheme, address, issuer)],
    }


def _endorsement(certificate: Certificate, issuer: Issuer) -> dict[str, Any]:
    """The mandate by which this authority may decide: the programme's decision."""
    scheme = issuer.schemes[certificate.scheme]
    return {
        "type": ["Endorsement"],
        "id": f"urn:ocop:scheme:{scheme.code}#authorities",
        "name": f"Thẩm quyền công nhận theo Quyết định {scheme.decision_no}",
        "issuingAuthority": GOVERNMENT,
    }


def _decision(certificate: Certificate, issuer: Issuer) -> dict[str, Any]:
    """The decision for people; its hash where the document is on file."""
    decision = certificate.decision
    digest = decision.get("doc_sha256")
    return {
        "type": ["SecureLink", "Link"],
        "linkURL": f"{issuer.host}/vi/proof/{quote(certificate.number, safe='')}",
        "linkName": f"Quyết định {decision['no']} ngày {date.fromisoformat(decision['date']):%d/%m/%Y}",
        **({"hashDigest": digest.removeprefix("sha256:"), "hashMethod": "SHA-256"} if digest else {}),
    }


def _assessment(
    dossier: Dossier, certificate: Certificate, scheme: CriteriaSet, address: str, issuer: Issuer
) -> dict[str, Any]:
    verified = certificate.evidence_level in ("E2", "E3")
    products = _products(dossier, issuer)
    return {
        "type": ["ConformityAssessment", "Declaration"],
        "id": f"{address}#assessment",
        "name": f"Đánh giá, phân hạng sản phẩm OCOP: {certificate.stars} sao",
        "assessmentDate": certificate.decision["date"],
        "conformityTopic": TOPIC,
        "conformance": True,
        "referenceRegulation": {
            "type": ["Regulation"],
            "id": f"urn:ocop:scheme:{scheme.code}",
            "name": f"Quyết định {scheme.decision_no}",
            "jurisdictionCountry": "VN",
            "administeredBy": GOVERNMENT,
            "effectiveDate": scheme.in_force_from.isoformat(),
        },
        "assessmentCriteria": [_band(certificate, scheme)],
        "declaredValue": [
            _metric("Tổng điểm OCOP", certificate.score, str(certificate.stars)),
            *(
                _metric(name, certificate.scores[part], points(certificate.scores[part]))
                for part, name in PARTS.items()
            ),
        ],
        "assessedProduct": [
            {"type": ["ProductVerification"], "product": product, "IDverifiedByCAB": verified} for product in products
        ],
        "auditor": _auditor(certificate, issuer),
    }


def _band(certificate: Certificate, scheme: CriteriaSet) -> dict[str, Any]:
    least = scheme.bands[str(certificate.stars)]
    level = f"{certificate.stars} sao" + (", tiềm năng 5 sao" if certificate.is_potential_five else "")
    return {
        "type": ["Criterion"],
        "id": f"urn:ocop:scheme:{scheme.code}#{certificate.stars}-sao",
        "name": f"Hạng {certificate.stars} sao",
        "description": f"Tổng điểm từ {points(least)} trở lên và đạt các tiêu chí bắt buộc",
        "conformityTopic": TOPIC,
        "status": "active" if scheme.in_force_until is None else "deprecated",
        "thresholdValue": _metric("Tổng điểm tối thiểu", least, points(least)),
        "performanceLevel": level,
    }


def _metric(name: str, hundredths: int, score: str) -> dict[str, Any]:
    value = {"type": ["Measure"], "value": hundredths, "unit": "C62"}
    return {"type": ["Metric"], "metricName": f"{name} ({HUNDREDTHS})", "metricValue": value, "score": score}


def _products(dossier: Dossier, issuer: Issuer) -> list[dict[str, Any]]:
    """By each GTIN that still names it; without one by the register's own name, never by an invented number."""
    about, name = dossier.about, dossier.about["name"].get("vi") or dossier.about["name"].get("en")
    gtins = [gtin for gtin, retired in dossier.gtins.items() if retired is None]
    if gtins:
        scheme = {"type": ["IdentifierScheme"], "id": "https://id.gs1.org/01/", "name": "GTIN"}
        links = [DigitalLink(gtin).uri(issuer.host) for gtin in gtins]
        told = zip(links, gtins, strict=True)
    else:
        scheme = {"type": ["IdentifierScheme"], "id": f"{issuer.host}/vi/register", "name": REGISTER}
        told = zip([f"{issuer.host}/vi/products/{about['slug']}"], [dossier.subject], strict=True)
    return [{"id": link, "name": name, "registeredId": known, "idScheme": scheme} for link, known in told]


def _auditor(certificate: Certificate, issuer: Issuer) -> dict[str, Any]:
    code = certificate.decision["authority"]
    authority = issuer.authorities[code]
    level = {Level.DISTRICT: "cấp huyện", Level.PROVINCE: "cấp tỉnh", Level.CENTRE: "cấp trung ương"}[authority.level]
    return {
        "id": f"urn:ocop:authority:{code}",
        "name": authority.name.to("vi"),
        "description": f"Cơ quan công nhận {level}",
    }
