"""The form of one event and of the chain of its subject."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from . import hanoi
from .heads import DIGEST, digest

VERSION = 1
ID = re.compile("urn:ocop:ev:[0-9A-HJKMNP-TV-Z]{26}")
TYPE = re.compile(r"[a-z]+(\.[a-z_]+)?")


class BadEvent(ValueError):
    """Not an event as the log writes them, or not the next one of its subject."""


def check(told: Mapping[str, Any]) -> None:
    """Raises BadEvent."""
    if told.get("v") != VERSION:
        raise BadEvent(f"version {told.get('v')!r}")
    for name, kind in {"id": str, "type": str, "subject": str, "subject_seq": int, "by": str, "body": dict}.items():
        if type(told.get(name)) is not kind:
            raise BadEvent(f"its {name} is missing or of the wrong kind")
    if not ID.fullmatch(told["id"]) or not TYPE.fullmatch(told["type"]) or not told["subject"].startswith("urn:ocop:"):
        raise BadEvent(f"its id, type or subject is not well formed: {told['id'][:60]!r}")
    prev = told.get("prev")
    if prev is not None and not (isinstance(prev, str) and DIGEST.fullmatch(prev)):
        raise BadEvent(f"{told['id']}: no digest of the event before")
    try:
        date.fromisoformat(told["effective_at"])
        hanoi.instant(told["recorded_at"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadEvent(f"{told['id']}: a date is missing or not well formed") from error
    proof = told.get("proof")
    if not isinstance(proof, Mapping) or proof.get("created") != told["recorded_at"]:
        raise BadEvent(f"{told['id']}: signed at another time than it was recorded")


class Chains:
    """Follows each subject: every event names the hash of the one before it."""

    def __init__(self) -> None:
        self.heads: dict[str, tuple[int, bytes]] = {}

    def follow(self, told: Mapping[str, Any], hashed: bytes) -> None:
        """Raises BadEvent unless this is the next event of its subject."""
        seq, before = self.heads.get(told["subject"], (-1, b""))
        if told["subject_seq"] != seq + 1 or told["prev"] != (digest(before) if before else None):
            raise BadEvent(f"{told['id']} is not the event that follows number {seq} of {told['subject']}")
        self.heads[told["subject"]] = (seq + 1, hashed)
