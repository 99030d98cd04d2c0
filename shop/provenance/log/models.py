"""The rows of the log: events that may only be added, the head they queue at, and values that may be forgotten."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Key, Model, Stamp


class Event(Model):
    """One leaf of the log. `leaf` is the truth: the JCS bytes that were hashed. The rest are copies to find it by."""

    __tablename__ = "event"

    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(60), unique=True)
    type: Mapped[str] = mapped_column(String(40), index=True)
    subject: Mapped[str] = mapped_column(String(120))
    subject_seq: Mapped[int]
    effective_at: Mapped[date]
    recorded_at: Mapped[Stamp]
    key: Mapped[str] = mapped_column(String(80))
    leaf: Mapped[bytes] = mapped_column(LargeBinary)
    leaf_hash: Mapped[bytes] = mapped_column(LargeBinary(32))

    __table_args__ = (UniqueConstraint("subject", "subject_seq"),)


class LogHead(Model):
    """The one row at which writers queue, so that the log has neither gap nor fork."""

    __tablename__ = "log_head"

    id: Mapped[Key]
    size: Mapped[int] = mapped_column(default=0)


class PrivateValue(Model):
    """What the log only commits to. Erased, the leaf stays provable and nobody can guess the value."""

    __tablename__ = "private_value"

    id: Mapped[Key]
    event_index: Mapped[int] = mapped_column(ForeignKey("event.index"))
    name: Mapped[str] = mapped_column(String(40))
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    value: Mapped[Any | None] = mapped_column(JSON)

    __table_args__ = (UniqueConstraint("event_index", "name"),)
