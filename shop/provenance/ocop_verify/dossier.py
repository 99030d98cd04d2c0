"""What is known of one product, as its events tell it: certificates and everything that happened to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

Words = dict[str, str]  # language → words
Facts = dict[str, Any]


@dataclass
class Suspension:
    """Rests from `from_day`; on `lifted_on` it counts again."""

    from_day: date
    decision: Facts
    grounds: str
    reason: Words
    stops_sale: bool
    event: str
    lifted_on: date | None = None


@dataclass
class Revocation:
    """Ends on `from_day`, unless an appeal overturned that: then the certificate counts again from `overturned_on`."""

    from_day: date
    decision: Facts
    grounds: str
    reason: Words
    stops_sale: bool
    event: str
    overturned_on: date | None = None


@dataclass
class Certificate:
    """One recognition. Scores are hundredths of a point; `decision` has no, date, authority, perhaps doc_sha256."""

    number: str
    stars: int
    is_potential_five: bool
    scheme: str
    scores: dict[str, int]
    decision: Facts
    valid_from: date
    valid_until: date
    right: Facts | None
    capacity: int | None
    evidence_level: str
    event: str
    superseded_on: date | None = None
    superseded_by: str | None = None
    suspensions: list[Suspension] = field(default_factory=list)
    revocation: Revocation | None = None

    @property
    def score(self) -> int:
        return sum(self.scores.values())


@dataclass
class Assessment:
    """A council's scores, whether or not a certificate followed."""

    assessment: str
    scheme: str
    level: str
    day: date
    scores: dict[str, int]
    stars: int | None
    reason: str
    event: str


@dataclass
class Inspection:
    inspection: str
    kind: str  # planned, unannounced, complaint
    planned_on: date | None
    agencies: list[str]
    event: str
    done_on: date | None = None
    outcome: str = ""  # "", conforming, nonconforming
    findings: Words = field(default_factory=dict)


@dataclass
class Sample:
    """`point`: factory, market or online order. `results` are analytes with value, unit and limit."""

    sample: str
    lot: str
    taken_on: date
    point: str
    taken_by: str
    seal_no: str
    event: str
    result_on: date | None = None
    laboratory: str = ""
    accreditation_no: str = ""
    verdict: str = ""  # "", pass, fail
    results: list[Facts] = field(default_factory=list)


@dataclass
class Nonconformity:
    nonconformity: str
    source: str  # the inspection or sample that found it
    severity: str  # minor, major, critical
    words: Words
    opened_on: date
    due: date
    event: str
    closed_on: date | None = None
    remedy: Words = field(default_factory=dict)


@dataclass
class Appeal:
    appeal: str
    certificate: str
    against: str  # the decision's number
    grounds: Words
    filed_on: date
    event: str
    decided_on: date | None = None
    outcome: str = ""  # "", upheld, overturned
    reason: Words = field(default_factory=dict)


@dataclass
class Recall:
    """Of one lot, or of the whole product where `lot` is empty."""

    recall: str
    lot: str
    from_day: date
    decision: Facts
    reason: Words
    event: str
    closed_on: date | None = None


@dataclass
class Lot:
    """A batch of goods. `gtin` is empty where the producer has no GS1 number."""

    lot: str
    gtin: str
    made_on: date
    expires_on: date | None
    quantity: int
    certificate: str
    event: str


@dataclass
class LabelBatch:
    """Labels issued for a lot: only their count and the Merkle root of their serials' hashes are in the log."""

    batch: str
    lot: str
    count: int
    serial_root: str
    event: str
    state: str = "printed"  # printed, active, voided


@dataclass
class Complaint:
    complaint: str
    received_on: date
    kind: str
    event: str
    answered_on: date | None = None
    answer: Words = field(default_factory=dict)


@dataclass
class Dossier:
    """One product from its events, in the order they were recorded."""

    subject: str
    about: Facts = field(default_factory=dict)  # the body of product.registered: slug, name, producer, village, group
    gtins: dict[str, date | None] = field(default_factory=dict)  # GTIN → retired on
    certificates: dict[str, Certificate] = field(default_factory=dict)
    assessments: dict[str, Assessment] = field(default_factory=dict)
    inspections: dict[str, Inspection] = field(default_factory=dict)
    samples: dict[str, Sample] = field(default_factory=dict)
    nonconformities: dict[str, Nonconformity] = field(default_factory=dict)
    appeals: dict[str, Appeal] = field(default_factory=dict)
    recalls: dict[str, Recall] = field(default_factory=dict)
    lots: dict[str, Lot] = field(default_factory=dict)
    batches: dict[str, LabelBatch] = field(default_factory=dict)
    complaints: dict[str, Complaint] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)  # event types of a later version of the shop
