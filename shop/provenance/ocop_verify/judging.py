"""The only judge of stars: how a product's certificates stand on a given day in Hanoi."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, Protocol, TypeVar

EXPIRING = timedelta(days=90)


def N_(words: str) -> str:
    """Marks words for the shop's translators; outside the shop they stay English."""
    return words


class State(enum.StrEnum):
    """In the order in which one wins over the next."""

    REVOKED = "revoked"
    SUSPENDED = "suspended"
    RECALLED = "recalled"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    EXPIRING = "expiring"
    VALID = "valid"
    NONE = "none"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    State.REVOKED: N_("Revoked"),
    State.SUSPENDED: N_("Suspended"),
    State.RECALLED: N_("Recalled"),
    State.EXPIRED: N_("Expired"),
    State.SUPERSEDED: N_("Replaced by a newer certificate"),
    State.EXPIRING: N_("Valid, expires soon"),
    State.VALID: N_("Valid"),
    State.NONE: N_("Not certified"),
}


class Resting(Protocol):
    """A suspension: from `from_day` until the day it was lifted; open while that is None."""

    @property
    def from_day(self) -> date: ...
    @property
    def lifted_on(self) -> date | None: ...


class Ended(Protocol):
    """A revocation, unless an appeal overturned it: from that day the certificate counts again."""

    @property
    def from_day(self) -> date: ...
    @property
    def overturned_on(self) -> date | None: ...


class Certified(Protocol):
    """What the judge reads of a certificate: a row of the register or one folded from events."""

    @property
    def number(self) -> str: ...
    @property
    def stars(self) -> int: ...
    @property
    def is_potential_five(self) -> bool: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_until(self) -> date: ...
    @property
    def superseded_on(self) -> date | None: ...
    @property
    def suspensions(self) -> Sequence[Any]: ...
    @property
    def revocation(self) -> Any: ...


class Recalled(Protocol):
    """A recall of one lot, or of the whole product where `lot` is empty; open while `closed_on` is None."""

    @property
    def lot(self) -> str: ...
    @property
    def from_day(self) -> date: ...
    @property
    def closed_on(self) -> date | None: ...


C = TypeVar("C")


@dataclass(frozen=True)
class Status(Generic[C]):
    """How a product stands on `day`. `stars` is None unless its certificate is in force that day."""

    day: date
    state: State
    stars: int | None = None
    is_potential_five: bool = False
    certificate: C | None = None
    until: date | None = None

    @property
    def in_force(self) -> bool:
        return self.stars is not None


def judge(certificates: Iterable[C], day: date, recalls: Iterable[Any] = (), *, lot: str = "") -> Status[C]:
    """Of the certificates begun by `day`, one in force wins (the latest); else the latest says why not.

    `certificates` are `Certified` in the order they were entered, `recalls` are `Recalled`.
    With `lot` a recall of that lot counts too.
    """
    open_recalls = [recall for recall in recalls if recall.lot in ("", lot)]
    begun = sorted((c for c in certificates if _certified(c).valid_from <= day), key=_first_day)
    judged = [_judge_one(certificate, day, open_recalls) for certificate in reversed(begun)]
    return next((status for status in judged if status.in_force), judged[0] if judged else Status(day, State.NONE))


def rests_on(suspension: Resting, day: date) -> bool:
    return suspension.from_day <= day and (suspension.lifted_on is None or day < suspension.lifted_on)


def is_ended_on(revocation: Ended | None, day: date) -> bool:
    if revocation is None or day < revocation.from_day:
        return False
    return revocation.overturned_on is None or day < revocation.overturned_on


def is_recalled_on(recall: Recalled, day: date) -> bool:
    return recall.from_day <= day and (recall.closed_on is None or day < recall.closed_on)


def last_day(certificate: Certified, day: date, recalls: Iterable[Recalled] = ()) -> date:
    """The last day, from `day` on, on which this certificate in force stays in force as things stand."""
    starts = [s.from_day for s in certificate.suspensions] + [recall.from_day for recall in recalls]
    starts += [certificate.superseded_on] if certificate.superseded_on else []
    starts += [certificate.revocation.from_day] if certificate.revocation else []
    eves: list[date] = [start - timedelta(days=1) for start in starts if start > day]
    return min([certificate.valid_until, *eves])


def is_sale_stopped(certificates: Iterable[Any], recalls: Iterable[Any], day: date) -> bool:
    """Whether a decision in effect on `day` takes the product off the shelf, not only its stars."""
    if any(recall.lot == "" and is_recalled_on(recall, day) for recall in recalls):
        return True
    return any(
        (c.revocation and c.revocation.stops_sale and is_ended_on(c.revocation, day))
        or any(s.stops_sale and rests_on(s, day) for s in c.suspensions)
        for c in certificates
    )


def _judge_one(certificate: C, day: date, recalls: Sequence[Recalled]) -> Status[C]:
    held = _certified(certificate)
    state = _state(held, day, recalls)
    if state not in (State.VALID, State.EXPIRING):
        return Status(day, state, certificate=certificate)
    until = last_day(held, day, recalls)
    return Status(day, state, held.stars, held.is_potential_five, certificate, until)


def _state(certificate: Certified, day: date, recalls: Sequence[Recalled]) -> State:
    if is_ended_on(certificate.revocation, day):
        return State.REVOKED
    if any(rests_on(suspension, day) for suspension in certificate.suspensions):
        return State.SUSPENDED
    if any(is_recalled_on(recall, day) for recall in recalls):
        return State.RECALLED
    if certificate.valid_until < day:
        return State.EXPIRED
    if certificate.superseded_on and certificate.superseded_on <= day:
        return State.SUPERSEDED
    return State.EXPIRING if certificate.valid_until - day <= EXPIRING else State.VALID


def _first_day(certificate: Any) -> date:
    return _certified(certificate).valid_from


def _certified(certificate: Any) -> Certified:
    """Rows of SQLAlchemy satisfy the protocol on their instances, which mypy cannot see."""
    found: Certified = certificate
    return found
