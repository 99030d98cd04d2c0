"""What follows a certificate, as rows for worklists: assessments, inspections, samples, faults, appeals, recalls.

They are projections: the log tells the whole story, these columns are what the office asks by.
"""

from __future__ import annotations

import enum
from datetime import date

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Key, Model
from shop.core.languages import Texts
from shop.core.refusal import N_


class InspectionKind(enum.StrEnum):
    PLANNED = "planned"
    UNANNOUNCED = "unannounced"
    COMPLAINT = "complaint"

    @property
    def label(self) -> str:
        return INSPECTION_LABELS[self]


INSPECTION_LABELS = {
    InspectionKind.PLANNED: N_("Planned inspection"),
    InspectionKind.UNANNOUNCED: N_("Unannounced inspection"),
    InspectionKind.COMPLAINT: N_("Inspection after a complaint"),
}


class SamplePoint(enum.StrEnum):
    FACTORY = "factory"
    MARKET = "market"
    ONLINE = "online order"

    @property
    def label(self) -> str:
        return SAMPLE_POINT_LABELS[self]


SAMPLE_POINT_LABELS = {
    SamplePoint.FACTORY: N_("Taken at the workshop"),
    SamplePoint.MARKET: N_("Bought on the market"),
    SamplePoint.ONLINE: N_("Ordered online like any buyer"),
}


class Severity(enum.StrEnum):
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def label(self) -> str:
        return SEVERITY_LABELS[self]


SEVERITY_LABELS = {
    Severity.MINOR: N_("Minor fault"),
    Severity.MAJOR: N_("Major fault"),
    Severity.CRITICAL: N_("Critical fault"),
}


class Assessment(Model):
    """A council's scores in hundredths of a point, whether or not a certificate followed."""

    __tablename__ = "assessment"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(60), unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    scheme: Mapped[str] = mapped_column(String(40))
    level: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    score: Mapped[int]
    stars: Mapped[int | None]


class Inspection(Model):
    __tablename__ = "inspection"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(60), unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    kind: Mapped[InspectionKind]
    agencies: Mapped[list[str]] = mapped_column(JSON)
    planned_on: Mapped[date | None] = mapped_column(index=True)
    done_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(String(20), default="")


class Sample(Model):
    __tablename__ = "sample"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(60), unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    lot: Mapped[str] = mapped_column(String(20), default="")
    point: Mapped[SamplePoint]
    taken_on: Mapped[date]
    result_on: Mapped[date | None] = mapped_column(index=True)
    laboratory: Mapped[str] = mapped_column(String(120), default="")
    verdict: Mapped[str] = mapped_column(String(10), default="")


class Nonconformity(Model):
    __tablename__ = "nonconformity"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(60), unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    source: Mapped[str] = mapped_column(String(60), default="")
    severity: Mapped[Severity]
    words: Mapped[Texts]
    opened_on: Mapped[date]
    due: Mapped[date] = mapped_column(index=True)
    closed_on: Mapped[date | None]


class Appeal(Model):
    __tablename__ = "appeal"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(60), unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    certificate_no: Mapped[str] = mapped_column(String(60))
    against: Mapped[str] = mapped_column(String(60))
    filed_on: Mapped[date]
    decided_on: Mapped[date | None] = mapped_column(index=True)
    outcome: Mapped[str] = mapped_column(String(20), default="")


class Recall(Model):
    """Of one lot, or of the whole product where `lot` is empty."""

    __tablename__ = "recall"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(60), unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    lot: Mapped[str] = mapped_column(String(20), default="")
    from_day: Mapped[date]
    closed_on: Mapped[date | None]
    reason: Mapped[Texts]


class Complaint(Model):
    """What a buyer reported; the words are a private value of its event."""

    __tablename__ = "complaint"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(60), unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    received_on: Mapped[date] = mapped_column(index=True)
    answered_on: Mapped[date | None]
