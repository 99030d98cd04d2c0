"""Authorities, criteria sets, certificates with their suspensions and revocations: projections of the log."""

from __future__ import annotations

import enum
from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from shop.catalogue.models import Product
from shop.core.db import Key, Model, Stamp
from shop.core.languages import Texts
from shop.core.refusal import N_
from shop.provenance.oversight import Recall


class Level(enum.StrEnum):
    DISTRICT = "district"
    PROVINCE = "province"
    CENTRE = "centre"


class Authority(Model):
    """A body that grades, with the time in which it was competent. An abolished district stays a valid issuer."""

    __tablename__ = "authority"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[Texts]
    level: Mapped[Level]
    competent_from: Mapped[date]
    competent_until: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("authority.id"))

    successor: Mapped[Authority | None] = relationship(remote_side="Authority.id")

    def is_competent_on(self, day: date) -> bool:
        return self.competent_from <= day and (self.competent_until is None or day <= self.competent_until)


class CriteriaSet(Model):
    """A version of the criteria: the parts' maxima and the star bands, in hundredths of a point."""

    __tablename__ = "criteria_set"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    decision_no: Mapped[str] = mapped_column(String(60))
    name: Mapped[Texts]
    in_force_from: Mapped[date]
    in_force_until: Mapped[date | None]
    max_a: Mapped[int]
    max_b: Mapped[int]
    max_c: Mapped[int]
    bands: Mapped[dict[str, int]] = mapped_column(JSON)

    def stars_for(self, score: int) -> int | None:
        """The stars a total of `score` hundredths of a point earns, or None below the certified bands."""
        return next((stars for stars in (5, 4, 3) if score >= self.bands[str(stars)]), None)


class RightKind(enum.StrEnum):
    TRADE_MARK = "trade mark"
    COLLECTIVE_MARK = "collective mark"
    CERTIFICATION_MARK = "certification mark"
    GEOGRAPHICAL_INDICATION = "geographical indication"
    INDUSTRIAL_DESIGN = "industrial design"

    @property
    def label(self) -> str:
        return RIGHT_LABELS[self]


RIGHT_LABELS = {
    RightKind.TRADE_MARK: N_("Trade mark"),
    RightKind.COLLECTIVE_MARK: N_("Collective mark"),
    RightKind.CERTIFICATION_MARK: N_("Certification mark"),
    RightKind.GEOGRAPHICAL_INDICATION: N_("Geographical indication"),
    RightKind.INDUSTRIAL_DESIGN: N_("Industrial design"),
}


class Certificate(Model):
    """One recognition of one product: stars, scores, decision and 36 months from its signing.

    `capacity` is what the producer declared to make in a year; `event` names the leaf of the log that issued it.
    """

    __tablename__ = "certificate"

    id: Mapped[Key]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"))
    criteria_set_id: Mapped[int] = mapped_column(ForeignKey("criteria_set.id"))
    number: Mapped[str] = mapped_column(String(60), unique=True)
    decision_no: Mapped[str] = mapped_column(String(60), index=True)
    decision_date: Mapped[date]
    stars: Mapped[int]
    is_potential_five: Mapped[bool] = mapped_column(default=False)
    score_a: Mapped[int]
    score_b: Mapped[int]
    score_c: Mapped[int]
    valid_from: Mapped[date]
    valid_until: Mapped[date] = mapped_column(index=True)
    right_kind: Mapped[RightKind | None]
    right_number: Mapped[str] = mapped_column(String(60), default="")
    capacity: Mapped[int | None]
    evidence_level: Mapped[str] = mapped_column(String(2), default="E0", server_default="E0")
    superseded_on: Mapped[date | None]
    superseded_by: Mapped[str | None] = mapped_column(String(60))
    event: Mapped[str | None] = mapped_column(String(60), index=True, unique=True)

    product: Mapped[Product] = relationship()
    authority: Mapped[Authority] = relationship()
    criteria_set: Mapped[CriteriaSet] = relationship()
    suspensions: Mapped[list[Suspension]] = relationship(back_populates="certificate", order_by="Suspension.from_day")
    revocation: Mapped[Revocation | None] = relationship(back_populates="certificate")
    recalls: Mapped[list[Recall]] = relationship(
        primaryjoin=lambda: Certificate.product_id == foreign(Recall.product_id), viewonly=True
    )

    __table_args__ = (
        CheckConstraint("stars BETWEEN 3 AND 5", name="stars"),
        CheckConstraint("valid_until >= valid_from", name="validity"),
        CheckConstraint("NOT is_potential_five OR stars = 4", name="potential_five_is_four"),
        Index("ix_certificate_authority_id_valid_until", "authority_id", "valid_until"),
        Index("ix_certificate_superseded_on_valid_until", "superseded_on", "valid_until"),
        Index("ix_certificate_valid_from", "valid_from"),
    )

    @property
    def score(self) -> int:
        """The total in hundredths of a point."""
        return self.score_a + self.score_b + self.score_c


class Suspension(Model):
    """A certificate rests from `from_day` until `lifted_on` (that day it counts again); open while None."""

    __tablename__ = "suspension"

    id: Mapped[Key]
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    from_day: Mapped[date]
    lifted_on: Mapped[date | None]
    decision_no: Mapped[str] = mapped_column(String(60))
    grounds: Mapped[str] = mapped_column(String(40), default="", server_default=text("''"))
    reason: Mapped[Texts]
    stops_sale: Mapped[bool] = mapped_column(default=False, server_default=false())
    at: Mapped[Stamp]
    by: Mapped[str] = mapped_column(String(80))
    event: Mapped[str | None] = mapped_column(String(60), index=True, unique=True)

    certificate: Mapped[Certificate] = relationship(back_populates="suspensions")


class Revocation(Model):
    """The end of a certificate before its time. Where an appeal overturned it, the certificate counts again."""

    __tablename__ = "revocation"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), primary_key=True)
    from_day: Mapped[date]
    decision_no: Mapped[str] = mapped_column(String(60))
    grounds: Mapped[str] = mapped_column(String(40), default="", server_default=text("''"))
    reason: Mapped[Texts]
    stops_sale: Mapped[bool] = mapped_column(default=False, server_default=false())
    overturned_on: Mapped[date | None]
    at: Mapped[Stamp]
    by: Mapped[str] = mapped_column(String(80))
    event: Mapped[str | None] = mapped_column(String(60), index=True, unique=True)

    certificate: Mapped[Certificate] = relationship(back_populates="revocation")
