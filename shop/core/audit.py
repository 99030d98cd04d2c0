"""The audit trail: who did what to which thing and why, written with the deed, never changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import Key, Model, Stamp, db


class AuditEntry(Model):
    __tablename__ = "audit_entry"

    id: Mapped[Key]
    at: Mapped[Stamp]
    by: Mapped[str] = mapped_column(String(80))
    deed: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(80), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


def note(deed: str, subject: str, *, by: str, **facts: Any) -> None:
    """Adds an entry to the open transaction. `by` is 'user:7', 'stripe', 'clock' …; ids, never names."""
    db.session.add(AuditEntry(at=clock.now(), by=by, deed=deed, subject=subject, facts=facts))
