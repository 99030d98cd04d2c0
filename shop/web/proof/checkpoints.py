"""The checkpoint as it is published now: how far the log reaches, and which outsiders have seen it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flask import current_app

from shop.provenance.log import trusting, witnessing
from shop.provenance.log.publishing import published_note
from shop.provenance.log.witnessing import Cosigned
from shop.provenance.ocop_verify.checkpoint import Checkpoint
from shop.provenance.ocop_verify.notes import BadNote, open_note
from shop.provenance.ocop_verify.policy import BadPolicy
from shop.web.starting import shop_config


@dataclass(frozen=True)
class Published:
    """`size` is 0 before the first publication. `firsts` are the signatures by which outsiders saw the log grow."""

    size: int = 0
    note: str = ""
    fingerprint: str = ""
    witnesses: dict[str, Cosigned] = field(default_factory=dict)
    firsts: list[Cosigned] = field(default_factory=list)

    def holds(self, index: int) -> bool:
        return index < self.size

    def witnessed_at(self, index: int) -> datetime | None:
        """When the first outsider signed a tree with this leaf in it."""
        place = bisect_right(self.firsts, index, key=lambda one: one.size)
        return self.firsts[place].at if place < len(self.firsts) else None


def directory() -> Path:
    return shop_config(current_app).log


def published() -> Published:
    """What stands in the log's directory now. A signature that is not right leaves nothing published."""
    note = published_note(directory())
    if note is None:
        return Published()
    try:
        policy = trusting.policy()
        size = Checkpoint.parse(open_note(note, policy.verifiers).text).size
    except (BadNote, BadPolicy):
        return Published()
    signed = witnessing.cosigned(policy)
    return Published(size, note, policy.fingerprint, {one.witness: one for one in signed}, _firsts(signed))


def _firsts(signed: list[Cosigned]) -> list[Cosigned]:
    """Those on a larger tree than any before."""
    firsts: list[Cosigned] = []
    for one in signed:
        if not firsts or one.size > firsts[-1].size:
            firsts.append(one)
    return firsts
