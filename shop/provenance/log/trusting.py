"""Whom a verifier of this log should trust, and which keys ever signed for it: as the log itself tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from shop.core.db import db
from shop.provenance.log import keys
from shop.provenance.log.models import Event
from shop.provenance.ocop_verify.canonical import parse
from shop.provenance.ocop_verify.notes import LOG, Verifier
from shop.provenance.ocop_verify.policy import Policy

KEY_EVENTS = ("key.enrolled", "key.rotated", "key.compromised")


def policy() -> Policy:
    """Ours, with the witnesses of `policy.txt` beside the keys; without that file nobody but the log is in it.

    Raises BadPolicy or BadNote on a file that says what it cannot mean.
    """
    ring = keys.ring()
    file = ring.directory / "policy.txt"
    if file.exists():
        return Policy.parse(file.read_text())
    public = ring.current("log").private.public_key()
    return Policy((Verifier.of(ring.origin, public, LOG),), {}, {}, "none")


@dataclass
class KnownKey:
    """A key that ever signed: `expires` when another took over, `revoked` since when it is not believed."""

    name: str
    role: str
    public: str
    expires: str | None = None
    revoked: str | None = None


def known_keys() -> list[KnownKey]:
    """Every key the log ever told of, oldest first."""
    found: dict[str, KnownKey] = {}
    leaves = db.session.scalars(select(Event.leaf).where(Event.type.in_(KEY_EVENTS)).order_by(Event.index))
    for leaf in leaves:
        _take(found, parse(leaf))
    return list(found.values())


def _take(found: dict[str, KnownKey], event: dict[str, Any]) -> None:
    body = event["body"]
    if event["type"] == "key.compromised":
        if body["key"] in found:
            found[body["key"]].revoked = f"{body['since']}T00:00:00+07:00"
        return
    found[body["key"]] = KnownKey(body["key"], body["role"], body["public"])
    if (replaced := body.get("replaces")) in found:
        found[replaced].expires = event["recorded_at"]
