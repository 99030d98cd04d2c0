"""Who issues, under which names: the shop's address and keys, and what authorities and criteria sets are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.core.db import db
from shop.provenance.log import keys
from shop.provenance.log.keys import Ring
from shop.provenance.log.models import Event
from shop.provenance.log.reading import rows_about, subject_of
from shop.provenance.models import Authority, Certificate, CriteriaSet
from shop.provenance.ocop_verify import integrity
from shop.provenance.ocop_verify.canonical import parse

REGISTER = "Phố Nghề – sổ chứng nhận OCOP"
EVENT = "urn:ocop:ev:"
ULID_LETTERS = frozenset("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


Logged = tuple[int, Mapping[str, Any]]
"""An event and its place in the log."""


@dataclass(frozen=True)
class Issuer:
    """Who signs, at which address, and what codes are called. `key_since`: role → when its key was told to the log."""

    host: str
    ring: Ring
    authorities: Mapping[str, Authority]
    schemes: Mapping[str, CriteriaSet]
    key_since: Mapping[str, str]

    @property
    def did(self) -> str:
        return f"did:web:{self.ring.domain}"

    def signed(self, document: Mapping[str, Any], role: str, created: str) -> dict[str, Any]:
        """Never said to be signed before its key was known."""
        key = self.ring.current(role)
        moment = max(created, self.key_since.get(role, ""))
        return integrity.sign(document, key.private, self.ring.method(key), created=moment)


def issuer(host: str, ring: Ring | None = None) -> Issuer:
    """`host` is the shop's own address, e.g. 'https://phonghe.vn'. Three queries. Raises NoKeys."""
    held = ring or keys.ring()
    authorities = db.session.scalars(select(Authority).options(joinedload(Authority.successor)))
    criteria = db.session.scalars(select(CriteriaSet))
    return Issuer(
        host=host,
        ring=held,
        authorities={one.code: one for one in authorities},
        schemes={one.code: one for one in criteria},
        key_since=_since(held),
    )


def logged(product_id: int) -> list[Logged]:
    """A product's events with their places in the log, oldest first; one query."""
    return [(row.index, parse(row.leaf)) for row in rows_about(subject_of(product_id))]


def certificate_of(key: str) -> Certificate | None:
    """The certificate whose credential has this name: the ULID of the event that issued it."""
    if len(key) != 26 or not set(key) <= ULID_LETTERS:
        return None
    return db.session.scalars(select(Certificate).where(Certificate.event == EVENT + key)).one_or_none()


def _since(ring: Ring) -> Mapping[str, str]:
    """Role → when the key that signs for it today was told to the log."""
    subjects = {f"urn:ocop:key:{ring.current(role).name}": role for role in keys.ROLES}
    found = select(Event.subject, Event.leaf).where(Event.subject.in_(subjects), Event.subject_seq == 0)
    return {subjects[row.subject]: parse(row.leaf)["recorded_at"] for row in db.session.execute(found)}
