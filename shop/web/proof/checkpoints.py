"""The checkpoint as it is published now: how far the log reaches, and which outsiders have seen it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app

from shop.provenance.log import trusting
from shop.provenance.log.publishing import published_note
from shop.provenance.ocop_verify.checkpoint import Checkpoint
from shop.provenance.ocop_verify.notes import BadNote, open_note
from shop.provenance.ocop_verify.policy import BadPolicy
from shop.web.starting import shop_config


@dataclass(frozen=True)
class Published:
    """`size` is 0 before the first publication. `witnesses` are outsiders' names with the time of their signature."""

    size: int = 0
    note: str = ""
    fingerprint: str = ""
    witnesses: dict[str, datetime] = field(default_factory=dict)

    def holds(self, index: int) -> bool:
        return index < self.size

    def witnessed_at(self, index: int) -> datetime | None:
        """When the first outsider signed a tree with this leaf in it, as far as this checkpoint tells."""
        return min(self.witnesses.values(), default=None) if self.holds(index) else None


def directory() -> Path:
    return shop_config(current_app).log


def published() -> Published:
    """What stands in the log's directory now. A signature that is not right leaves nothing published."""
    note = published_note(directory())
    if note is None:
        return Published()
    try:
        policy = trusting.policy()
        opened = open_note(note, policy.verifiers)
        size = Checkpoint.parse(opened.text).size
    except (BadNote, BadPolicy):
        return Published()
    seen = {name: datetime.fromtimestamp(time, UTC) for name, time in opened.signed_by.items() if time is not None}
    return Published(size, note, policy.fingerprint, seen)
