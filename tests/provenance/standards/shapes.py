"""The rules of the published schemas that our documents must keep, typed from them, and a small reader of such rules.

Sources: UNTP Digital Conformity Credential JSON schema 0.6 (uncefact/spec-untp, untp-dcc-schema.json), VCDM 2.0 §4,
Bitstring Status List 1.0 §2, EPCIS 2.0 JSON schema (gs1/EPCIS, JSON-Schema/) with the CBV 2.0 value lists.

A rule is a dict: `needs` are required fields, `fields` the rules of known ones, `closed` forbids others, `each` is the
rule of a list's items, `of` the allowed values, `kind` a Python type, `looks` a pattern, `has` values a list contains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

Rule = Mapping[str, Any]

A_URI = {"kind": str, "looks": r"[a-z][a-z0-9+.-]*:\S+"}
TEXT, A_DAY = {"kind": str}, {"kind": str, "looks": r"\d{4}-\d\d-\d\d"}
A_TIME = {"kind": str, "looks": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"}
NUMBER, TRUTH = {"kind": (int, float)}, {"kind": bool}
A_PARTY = {"needs": ("id", "name"), "fields": {"id": A_URI, "name": TEXT}}
TOPICS = {
    *(f"environment.{topic}" for topic in ("energy", "emissions", "water", "waste", "deforestation", "biodiversity")),
    *("circularity.content", "circularity.design"),
    *("social.labour", "social.rights", "social.community", "social.safety"),
    *("governance.ethics", "governance.compliance", "governance.transparency"),
}


def typed(name: str, *more: str) -> dict[str, Any]:
    return {"kind": list, "has": {name, *more}, "each": TEXT}


MEASURE = {
    "closed": True,
    "needs": ("value", "unit"),
    "fields": {"type": typed("Measure"), "value": NUMBER, "unit": TEXT},
}
METRIC = {
    "closed": True,
    "needs": ("metricName", "metricValue"),
    "fields": {
        "type": typed("Metric"),
        "metricName": TEXT,
        "metricValue": MEASURE,
        "score": TEXT,
        "accuracy": NUMBER,
    },
}
SECURE_LINK = {
    "closed": True,
    "needs": (),
    "fields": {
        "type": typed("SecureLink", "Link"),
        "linkURL": A_URI,
        "linkName": TEXT,
        "linkType": TEXT,
        "hashDigest": TEXT,
        "hashMethod": {"of": {"SHA-256", "SHA-1"}},
    },
}
CRITERION = {
    "closed": True,
    "needs": ("id", "name", "description", "conformityTopic", "status"),
    "fields": {
        "type": typed("Criterion"),
        "id": A_URI,
        "name": TEXT,
        "description": TEXT,
        "performanceLevel": TEXT,
        "conformityTopic": {"of": TOPICS},
        "status": {"of": {"proposed", "active", "deprecated"}},
        "thresholdValue": METRIC,
        "subCriterion": {},
        "category": {},
        "tag": {},
    },
}
REGULATION = {
    "closed": True,
    "needs": ("administeredBy",),
    "fields": {
        "type": typed("Regulation"),
        "id": A_URI,
        "name": TEXT,
        "jurisdictionCountry": {"of": {"VN"}},
        "effectiveDate": A_DAY,
        "administeredBy": A_PARTY,
    },
}
ASSESSMENT = {
    "needs": ("id", "conformityTopic", "conformance"),
    "fields": {
        "type": typed("ConformityAssessment", "Declaration"),
        "id": A_URI,
        "name": TEXT,
        "assessmentDate": A_DAY,
        "conformance": TRUTH,
        "auditor": A_PARTY,
        "conformityTopic": {"of": TOPICS},
        "referenceRegulation": REGULATION,
        "assessmentCriteria": {"kind": list, "each": CRITERION},
        "declaredValue": {"kind": list, "each": METRIC},
        "assessedProduct": {
            "kind": list,
            "each": {
                "needs": ("product",),
                "fields": {"type": typed("ProductVerification"), "product": A_PARTY, "IDverifiedByCAB": TRUTH},
            },
        },
    },
}
ATTESTATION = {
    "needs": ("id", "assessorLevel", "assessmentLevel", "attestationType", "issuedToParty"),
    "fields": {
        "type": typed("ConformityAttestation", "Attestation"),
        "id": A_URI,
        "name": TEXT,
        "description": TEXT,
        "issuedToParty": A_PARTY,
        "assessorLevel": {"of": {"Self", "Commercial", "Buyer", "Membership", "Unspecified", "3rdParty"}},
        "assessmentLevel": {"of": {"GovtApproval", "GlobalMRA", "Accredited", "Verified", "Validated", "Unspecified"}},
        "attestationType": {
            "of": {
                *("certification", "declaration", "inspection", "testing"),
                *("verification", "validation", "calibration"),
            }
        },
        "authorisation": {
            "kind": list,
            "each": {
                "needs": ("id", "name", "issuingAuthority"),
                "fields": {"type": typed("Endorsement"), "id": A_URI, "name": TEXT, "issuingAuthority": A_PARTY},
            },
        },
        "conformityCertificate": SECURE_LINK,
        "auditableEvidence": SECURE_LINK,
        "scope": {
            "needs": ("id", "name", "description", "version", "validFrom", "owner"),
            "fields": {
                "type": typed("ConformityScheme"),
                "id": A_URI,
                "name": TEXT,
                "description": TEXT,
                "version": TEXT,
                "validFrom": A_DAY,
                "owner": A_PARTY,
            },
        },
        "assessment": {"kind": list, "each": ASSESSMENT},
    },
}
PROOF = {
    "needs": ("type", "cryptosuite", "verificationMethod", "proofPurpose", "proofValue"),
    "fields": {
        "type": {"of": {"DataIntegrityProof"}},
        "cryptosuite": {"of": {"eddsa-jcs-2022"}},
        "verificationMethod": A_URI,
        "proofPurpose": {"of": {"assertionMethod"}},
        "proofValue": {"kind": str, "looks": r"z[1-9A-HJ-NP-Za-km-z]{80,90}"},
        "created": A_TIME,
    },
}
STATUS_ENTRY = {
    "needs": ("type", "statusPurpose", "statusListIndex", "statusListCredential"),
    "fields": {
        "id": A_URI,
        "type": {"of": {"BitstringStatusListEntry"}},
        "statusPurpose": {"of": {"revocation", "suspension"}},
        "statusListIndex": {"kind": str, "looks": r"0|[1-9]\d*"},
        "statusListCredential": A_URI,
    },
}
DCC = {
    "needs": ("@context", "id", "type", "issuer", "validFrom", "credentialSubject"),
    "fields": {
        "@context": {"kind": list, "each": A_URI},
        "type": typed("DigitalConformityCredential", "VerifiableCredential"),
        "id": A_URI,
        "validFrom": A_TIME,
        "validUntil": A_TIME,
        "issuer": {
            "closed": True,
            "needs": ("id", "name"),
            "fields": {"type": typed("CredentialIssuer"), "id": A_URI, "name": TEXT, "issuerAlsoKnownAs": {}},
        },
        "credentialSubject": ATTESTATION,
        "credentialStatus": {"kind": list, "each": STATUS_ENTRY},
        "proof": PROOF,
    },
}
STATUS_LIST = {
    "needs": ("@context", "id", "type", "issuer", "validFrom", "credentialSubject", "proof"),
    "fields": {
        "@context": {"kind": list, "each": A_URI},
        "type": typed("VerifiableCredential", "BitstringStatusListCredential"),
        "id": A_URI,
        "issuer": A_URI,
        "validFrom": A_TIME,
        "validUntil": A_TIME,
        "proof": PROOF,
        "credentialSubject": {
            "needs": ("type", "statusPurpose", "encodedList"),
            "fields": {
                "type": {"of": {"BitstringStatusList"}},
                "statusPurpose": {"of": {"revocation", "suspension"}},
                "encodedList": {"kind": str, "looks": r"u[A-Za-z0-9_-]+"},
                "ttl": {"kind": int},
            },
        },
    },
}
BIZ_STEPS = {
    *("accepting", "commissioning", "holding", "inspecting", "sampling", "storing", "shipping", "receiving", "other"),
}
DISPOSITIONS = {
    *("active", "in_progress", "recalled", "conformant", "non_conformant", "expired", "destroyed", "unknown"),
}
OBJECT_EVENT = {
    "closed": True,
    "needs": ("type", "eventTime", "eventTimeZoneOffset", "action", "quantityList"),
    "fields": {
        "type": {"of": {"ObjectEvent"}},
        "eventID": A_URI,
        "eventTime": A_TIME,
        "recordTime": A_TIME,
        "certificationInfo": A_URI,
        "eventTimeZoneOffset": {"kind": str, "looks": r"[+-]((0\d|1[0-3]):[0-5]\d|14:00)"},
        "action": {"of": {"OBSERVE", "ADD", "DELETE"}},
        "bizStep": {"of": BIZ_STEPS},
        "disposition": {"of": DISPOSITIONS},
        "persistentDisposition": {
            "needs": (),
            "closed": True,
            "fields": {name: {"kind": list, "each": {"of": DISPOSITIONS}} for name in ("set", "unset")},
        },
        "quantityList": {
            "kind": list,
            "each": {
                "closed": True,
                "needs": ("epcClass", "quantity"),
                "fields": {"epcClass": A_URI, "quantity": NUMBER, "uom": {"kind": str, "looks": r"[A-Z0-9]{2,3}"}},
            },
        },
        "bizTransactionList": {
            "kind": list,
            "each": {
                "closed": True,
                "needs": ("bizTransaction",),
                "fields": {"type": {"of": {"cert", "testprd", "testres"}}, "bizTransaction": A_URI},
            },
        },
        "ilmd": {"needs": (), "names": r"(cbvmda|gs1):\w+", "fields": {}},
        "errorDeclaration": {
            "closed": True,
            "needs": ("declarationTime",),
            "fields": {
                "declarationTime": A_TIME,
                "reason": {"of": {"did_not_occur", "incorrect_data"}},
                "correctiveEventIDs": {"kind": list, "each": A_URI},
            },
        },
    },
}
EPCIS = {
    "closed": True,
    "needs": ("@context", "type", "schemaVersion", "creationDate", "epcisBody"),
    "fields": {
        "@context": {"kind": list, "each": A_URI},
        "type": {"of": {"EPCISDocument"}},
        "schemaVersion": {"of": {"2.0"}},
        "creationDate": A_TIME,
        "epcisBody": {"needs": ("eventList",), "fields": {"eventList": {"kind": list, "each": OBJECT_EVENT}}},
    },
}


def breaks(value: Any, rule: Rule, at: str = "$") -> Iterator[str]:
    """Every place where the value does not keep the rule."""
    kind = rule.get("kind", dict if "needs" in rule else None)
    if kind and not (isinstance(value, kind) and (kind is bool or not isinstance(value, bool))):
        yield f"{at} is {value!r}"
        return
    if "of" in rule and value not in rule["of"]:
        yield f"{at} is {value!r}"
    if "looks" in rule and not re.fullmatch(rule["looks"], value):
        yield f"{at} is {value!r}"
    if "has" in rule and not rule["has"] <= set(value):
        yield f"{at} lacks {rule['has'] - set(value)}"
    for place, item in enumerate(value if "each" in rule else []):
        yield from breaks(item, rule["each"], f"{at}[{place}]")
    yield from _fields(value, rule, at) if "needs" in rule else ()


def _fields(value: Mapping[str, Any], rule: Rule, at: str) -> Iterator[str]:
    yield from (f"{at} lacks {name}" for name in rule["needs"] if name not in value)
    for name, inner in value.items():
        if name in rule["fields"]:
            yield from breaks(inner, rule["fields"][name], f"{at}.{name}")
        elif rule.get("closed") or ("names" in rule and not re.fullmatch(rule["names"], name)):
            yield f"{at} must not have {name}"
