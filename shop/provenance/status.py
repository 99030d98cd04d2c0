"""The only judge of stars: whether a product's certificate holds on a given day in Hanoi."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.core.db import db
from shop.core.refusal import N_
from shop.provenance.models import Certificate

EXPIRING = timedelta(days=90)


class State(enum.StrEnum):
    """In the order in which one wins over the next."""

    REVOKED = "revoked"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    EXPIRING = "expiring"
    VALID = "valid"
    NONE = "none"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    State.REVOKED: N_("Revoked"),
    State.SUSPENDED: N_("Suspended"),
    State.EXPIRED: N_("Expired"),
    State.EXPIRING: N_("Valid, expires soon"),
    State.VALID: N_("Valid"),
    State.NONE: N_("Not certified"),
}


@dataclass(frozen=True)
class Status:
    """How a product stands on `day`. `stars` is None unless its certificate is in force that day."""

    day: date
    state: State
    stars: int | None = None
    is_potential_five: bool = False
    certificate: Certificate | None = None
    until: date | None = None

    @property
    def in_force(self) -> bool:
        return self.stars is not None


def status_at(product_id: int, day: date) -> Status:
    return statuses([product_id], day)[product_id]


def statuses(product_ids: Sequence[int], day: date) -> dict[int, Status]:
    """The status of each product on `day`; one query, however many products."""
    held: dict[int, list[Certificate]] = defaultdict(list)
    if product_ids:
        for certificate in db.session.scalars(_of(product_ids)).unique():
            held[certificate.product_id].append(certificate)
    return {product_id: judge(held[product_id], day) for product_id in product_ids}


def judge(certificates: Iterable[Certificate], day: date) -> Status:
    """Of the certificates begun by `day`, one in force wins (the latest); else the latest says why not."""
    begun = sorted((c for c in certificates if c.valid_from <= day), key=lambda c: (c.valid_from, c.id))
    judged = [_judge_one(certificate, day) for certificate in reversed(begun)]
    return next((status for status in judged if status.in_force), judged[0] if judged else Status(day, State.NONE))


def _judge_one(certificate: Certificate, day: date) -> Status:
    state = _state(certificate, day)
    if state not in (State.VALID, State.EXPIRING):
        return Status(day, state, certificate=certificate)
    return Status(day, state, certificate.stars, certificate.is_potential_five, certificate, last_day(certificate, day))


def _state(certificate: Certificate, day: date) -> State:
    if certificate.revocation and certificate.revocation.from_day <= day:
        return State.REVOKED
    if any(s.from_day <= day and (s.lifted_on is None or day < s.lifted_on) for s in certificate.suspensions):
        return State.SUSPENDED
    if certificate.valid_until < day:
        return State.EXPIRED
    return State.EXPIRING if certificate.valid_until - day <= EXPIRING else State.VALID


def last_day(certificate: Certificate, day: date) -> date:
    """The last day, from `day` on, on which this certificate in force stays in force as things stand."""
    ends = [certificate.valid_until]
    if certificate.revocation:
        ends.append(certificate.revocation.from_day - timedelta(days=1))
    ends += [s.from_day - timedelta(days=1) for s in certificate.suspensions if s.from_day > day]
    return min(ends)


def _of(product_ids: Sequence[int]):  # type: ignore[no-untyped-def]
    return (
        select(Certificate)
        .where(Certificate.product_id.in_(product_ids))
        .options(
            joinedload(Certificate.suspensions),
            joinedload(Certificate.revocation),
            joinedload(Certificate.authority),
            joinedload(Certificate.criteria_set),
        )
    )
