"""GTINs, lots, batches of labels with each label's serial, and scans. The first three are projections of the log."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.catalogue.models import Product
from shop.core.db import Key, Model, Stamp
from shop.core.refusal import N_


class Gtin(Model):
    """A GTIN in 14 digits and the one product it will ever name: it may be retired, never bound again."""

    __tablename__ = "gtin"

    number: Mapped[str] = mapped_column("gtin14", String(14), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    bound_at: Mapped[date]
    retired_at: Mapped[date | None]

    product: Mapped[Product] = relationship()


class Lot(Model):
    """Goods made together. `labelled` counts its labels that are not void: never more than there are pieces."""

    __tablename__ = "lot"

    id: Mapped[Key]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    number: Mapped[str] = mapped_column(String(20))
    gtin: Mapped[str | None] = mapped_column(ForeignKey("gtin.gtin14"), index=True)
    made_on: Mapped[date]
    expires_on: Mapped[date | None]
    released_on: Mapped[date]
    quantity: Mapped[int]
    labelled: Mapped[int] = mapped_column(default=0)
    certificate_no: Mapped[str] = mapped_column(String(60), default="", index=True)

    product: Mapped[Product] = relationship()

    __table_args__ = (
        UniqueConstraint("product_id", "number"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("labelled BETWEEN 0 AND quantity", name="labelled"),
    )

    @property
    def left(self) -> int:
        """Pieces without a label."""
        return self.quantity - self.labelled


class BatchState(enum.StrEnum):
    PRINTED = "printed"
    ACTIVE = "active"
    VOIDED = "voided"

    @property
    def label(self) -> str:
        return BATCH_LABELS[self]


BATCH_LABELS = {
    BatchState.PRINTED: N_("Printed, not yet active"),
    BatchState.ACTIVE: N_("Active"),
    BatchState.VOIDED: N_("Void"),
}


class LabelBatch(Model):
    """Labels issued together for one lot; the log holds their count and the Merkle root of their serials."""

    __tablename__ = "label_batch"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(40), unique=True)
    product_id: Mapped[int]
    lot_number: Mapped[str] = mapped_column(String(20))
    count: Mapped[int]
    serial_root: Mapped[str] = mapped_column(String(80))
    state: Mapped[BatchState] = mapped_column(default=BatchState.PRINTED)
    issued_on: Mapped[date]

    lot: Mapped[Lot] = relationship()

    __table_args__ = (
        ForeignKeyConstraint(["product_id", "lot_number"], ["lot.product_id", "lot.number"]),
        CheckConstraint("count > 0", name="count"),
    )


Index("ix_label_batch_product_id_lot_number", LabelBatch.product_id, LabelBatch.lot_number)


class LabelState(enum.StrEnum):
    PRINTED = "printed"
    ACTIVE = "active"
    OPENED = "opened"
    VOIDED = "voided"


class Label(Model):
    """One label. Its hidden PIN is kept as an HMAC only; the counts stay when the scans themselves are forgotten."""

    __tablename__ = "label"

    serial: Mapped[str] = mapped_column(String(10), primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("label_batch.id"), index=True)
    state: Mapped[LabelState] = mapped_column(default=LabelState.PRINTED)
    pin_hmac: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    opened_at: Mapped[datetime | None]
    opened_by: Mapped[str] = mapped_column(String(16), default="")  # the device, as its scans name it
    scans: Mapped[int] = mapped_column(default=0)
    first_scanned_at: Mapped[datetime | None]
    last_scanned_at: Mapped[datetime | None]

    batch: Mapped[LabelBatch] = relationship()

    __table_args__ = (CheckConstraint("scans >= 0", name="scans"),)


class ScanKind(enum.StrEnum):
    VIEW = "view"
    BEACON = "beacon"
    PIN = "pin"
    WRONG_PIN = "wrong pin"


class Scan(Model):
    """A serial was asked for under a product's name, also one never issued. Device and network are HMACs."""

    __tablename__ = "scan"

    id: Mapped[Key]
    serial: Mapped[str] = mapped_column(String(20))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    at: Mapped[Stamp] = mapped_column(index=True)
    kind: Mapped[ScanKind]
    device: Mapped[str] = mapped_column(String(16))
    network: Mapped[str] = mapped_column(String(16))
    province: Mapped[str] = mapped_column(String(2), default="")
    agent: Mapped[str] = mapped_column(String(16), default="")
    is_ours: Mapped[bool]


Index("ix_scan_serial_at", Scan.serial, Scan.at)
Index("ix_scan_network_at", Scan.network, Scan.at)
Index("ix_scan_product_id_at", Scan.product_id, Scan.at)
