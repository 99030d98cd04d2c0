"""The public register: every certificate ever entered, by how it stands on a day, paged by key."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from shop.catalogue.models import Product
from shop.core.db import db
from shop.core.refusal import N_
from shop.provenance.models import Authority, Certificate, Revocation, Suspension
from shop.provenance.oversight import Recall
from shop.provenance.status import EXPIRING, State, Status, judge

PAGE = 30
STANDS = (State.VALID, State.EXPIRING)


class Standing(enum.StrEnum):
    """What the register may be asked for: a state of the judge, all that is in force, or what begins later."""

    IN_FORCE = "in-force"
    EXPIRING = "expiring"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    RECALLED = "recalled"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    LATER = "later"

    @property
    def label(self) -> str:
        return STANDING_LABELS[self]

    @property
    def states(self) -> tuple[State, ...]:
        """The words of the judge that this asks for."""
        if self is Standing.IN_FORCE:
            return STANDS
        return (State.NONE,) if self is Standing.LATER else (State(self.value),)


STANDING_LABELS = {
    Standing.IN_FORCE: N_("In force"),
    Standing.EXPIRING: N_("Expires within 90 days"),
    Standing.SUSPENDED: N_("Suspended"),
    Standing.REVOKED: N_("Revoked"),
    Standing.RECALLED: N_("Recalled"),
    Standing.EXPIRED: N_("Expired"),
    Standing.SUPERSEDED: N_("Replaced by a newer certificate"),
    Standing.LATER: N_("Begins later"),
}


@dataclass(frozen=True)
class Asked:
    """What of the register is wanted; None asks for all of it."""

    village_id: int | None = None
    authority_id: int | None = None
    stars: int | None = None
    standing: Standing | None = None


@dataclass(frozen=True)
class Place:
    """Between which two lines a page begins: the end of validity and the id of a certificate."""

    until: date
    certificate_id: int


@dataclass(frozen=True)
class Line:
    """One certificate and the judge's word on it alone."""

    certificate: Certificate
    status: Status


@dataclass(frozen=True)
class Page:
    """`earlier` and `more` are where the neighbouring pages end and begin, None where there is none."""

    lines: list[Line]
    earlier: Place | None
    more: Place | None


def page(asked: Asked, day: date, *, after: Place | None = None, before: Place | None = None, size: int = PAGE) -> Page:
    """One page, the longest validity first; what expires soon begins with what expires first."""
    back = before is not None
    upwards = (asked.standing is Standing.EXPIRING) != back
    found = _with_everything(matching(asked, day))
    if place := before or after:
        found = found.where(_beyond(place, upwards=upwards))
    order = (Certificate.valid_until, Certificate.id)
    rows = db.session.scalars(found.order_by(*(order if upwards else [one.desc() for one in order])).limit(size + 1))
    held = list(rows.unique())
    beyond, shown = len(held) > size, held[:size][::-1] if back else held[:size]
    if not shown:
        return Page([], None, None)
    has_earlier, has_more = (beyond, True) if back else (after is not None, beyond)
    first, last = (Place(one.valid_until, one.id) for one in (shown[0], shown[-1]))
    return Page(_judged(asked, shown, day), first if has_earlier else None, last if has_more else None)


def matching(asked: Asked, day: date) -> Select[Certificate]:
    """The certificates asked for, as the database can tell; the judge has the last word on each."""
    found = select(Certificate)
    if asked.village_id is not None:
        found = found.where(Product.village_id == asked.village_id)
    if asked.authority_id is not None:
        found = found.where(Certificate.authority_id == asked.authority_id)
    if asked.stars is not None:
        found = found.where(Certificate.stars == asked.stars)
    if asked.standing is not None:
        found = found.where(in_state(asked.standing, day))
    return found.join(Product, Product.id == Certificate.product_id)


def in_state(standing: Standing, day: date) -> ColumnElement[bool]:
    """The judge's order of states, said to the database; the rare states are looked up, never searched for."""
    begun = Certificate.valid_from <= day
    if standing is Standing.LATER:
        return Certificate.valid_from > day
    passed: list[ColumnElement[bool]] = [begun]
    for state, holds, fails in _steps(day):
        if state.value == standing.value:
            return and_(*passed, holds)
        passed.append(fails)
    soon = Certificate.valid_until <= day + EXPIRING
    return and_(*passed, soon) if standing is Standing.EXPIRING else and_(*passed)


def counts(day: date) -> list[tuple[Authority, int, int]]:
    """Each authority with how many of its certificates are in force and how many it gave.

    Counted from indexes alone: what has not ended, less what has not begun, less what rests or was taken away.
    """
    given = _by_authority()
    lasting = _by_authority(Certificate.valid_until >= day)
    later = _by_authority(Certificate.valid_from > day, few=True)
    other = aliased(Certificate)
    of_recalled = select(other.id).where(other.product_id.in_(_recalled(day)))
    lost = union(_ended(day), _resting(day), _superseded(day), of_recalled)
    begun = Certificate.valid_from <= day
    fallen = _by_authority(Certificate.id.in_(lost), begun, Certificate.valid_until >= day, few=True)
    authorities = db.session.scalars(select(Authority).where(Authority.id.in_(given)).order_by(Authority.id))
    rows = [(one, lasting[one.id] - later[one.id] - fallen[one.id], given[one.id]) for one in authorities]
    return sorted(rows, key=lambda row: -row[2])


def _by_authority(*which: ColumnElement[bool], few: bool = False) -> Counter[int]:
    """`few` counts what another index finds; else SQLite would walk that of authorities for everything."""
    key: Any = Certificate.authority_id + 0 if few else Certificate.authority_id
    found = select(key, func.count()).where(*which).group_by(key)
    return Counter({row[0]: row[1] for row in db.session.execute(found)})


def _steps(day: date) -> list[tuple[State, ColumnElement[bool], ColumnElement[bool]]]:
    """(state, it holds, it does not), in the judge's order."""
    ended, resting, recalled = _ended(day), _resting(day), _recalled(day)
    return [
        (State.REVOKED, Certificate.id.in_(ended), Certificate.id.not_in(ended)),
        (State.SUSPENDED, Certificate.id.in_(resting), Certificate.id.not_in(resting)),
        (State.RECALLED, Certificate.product_id.in_(recalled), Certificate.product_id.not_in(recalled)),
        (State.EXPIRED, Certificate.valid_until < day, Certificate.valid_until >= day),
        (State.SUPERSEDED, Certificate.id.in_(_superseded(day)), _open(Certificate.superseded_on, day)),
    ]


def _ended(day: date) -> Select[int]:
    return select(Revocation.certificate_id).where(Revocation.from_day <= day, _open(Revocation.overturned_on, day))


def _resting(day: date) -> Select[int]:
    return select(Suspension.certificate_id).where(Suspension.from_day <= day, _open(Suspension.lifted_on, day))


def _recalled(day: date) -> Select[int]:
    """Products."""
    return select(Recall.product_id).where(Recall.lot == "", Recall.from_day <= day, _open(Recall.closed_on, day))


def _superseded(day: date) -> Select[int]:
    other = aliased(Certificate)
    return select(other.id).where(other.superseded_on <= day, other.valid_until >= day)


def _open(closed: Any, day: date) -> ColumnElement[bool]:
    return or_(closed.is_(None), closed > day)


def _beyond(place: Place, *, upwards: bool) -> ColumnElement[bool]:
    """Said so that the index of `valid_until` is used from this place on."""
    until, key = Certificate.valid_until, Certificate.id
    if upwards:
        return and_(until >= place.until, or_(until > place.until, key > place.certificate_id))
    return and_(until <= place.until, or_(until < place.until, key < place.certificate_id))


def _judged(asked: Asked, certificates: Sequence[Certificate], day: date) -> list[Line]:
    lines = [Line(one, judge([one], day, one.recalls)) for one in certificates]
    wanted = asked.standing.states if asked.standing else tuple(State)
    return [line for line in lines if line.status.state in wanted]


def _with_everything(found: Select[Certificate]) -> Select[Certificate]:
    return found.options(
        contains_eager(Certificate.product).joinedload(Product.village),
        contains_eager(Certificate.product).joinedload(Product.producer),
        joinedload(Certificate.authority),
        joinedload(Certificate.revocation),
        selectinload(Certificate.suspensions),
        selectinload(Certificate.recalls),
    )
