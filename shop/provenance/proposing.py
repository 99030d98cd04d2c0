"""Two people for every decision: one proposes, another approves or refuses; only then is anything entered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, update

from shop.core import audit, clock
from shop.core.audit import AuditEntry
from shop.core.db import db
from shop.core.refusal import N_, Refusal
from shop.provenance import rules
from shop.provenance.entering import Deed, enter_all
from shop.provenance.log.appending import NeedsTwoPeople
from shop.provenance.log.models import Event
from shop.provenance.log.reading import dossier_of
from shop.provenance.proposals import Proposal, ProposalState

PROPOSED = "change proposed"  # the trail by which a product's dossier finds what was proposed for it


class DecidedAlready(Refusal):
    sentence = N_("This was decided meanwhile; please look at it again.")


class NothingProposed(Refusal):
    sentence = N_("There is nothing in it to decide.")


class OnlyTheirOwn(Refusal):
    sentence = N_("Only the person who proposed it may withdraw it.")


def propose(kind: str, deeds: Sequence[Deed], *, by: str, facts: dict[str, Any] | None = None) -> Proposal:
    """Checks every deed as things stand and keeps it for the second person. Raises the refusals of `rules`."""
    if not deeds:
        raise NothingProposed()
    for deed in deeds:
        rules.check(dossier_of(deed.product_id), deed.kind, deed.body, deed.day)
    made = Proposal(
        kind=kind,
        deeds=[_kept(deed) for deed in deeds],
        facts=facts or {},
        proposed_by=by,
        proposed_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()  # its id is the subject of the audit entry
    audit.note("proposed", f"proposal:{made.id}", by=by, kind=kind, deeds=len(deeds))
    for product_id in made.product_ids:
        audit.note(PROPOSED, f"product:{product_id}", by=by, proposal=made.id)
    return made


def approve(proposal: Proposal, *, by: str) -> list[Event]:
    """Enters what was proposed. Raises NeedsTwoPeople, DecidedAlready, or what `rules` says by now."""
    if by == proposal.proposed_by:
        raise NeedsTwoPeople()
    _decide(proposal, ProposalState.APPROVED, by)
    return enter_all(deeds_of(proposal), by=proposal.proposed_by, approved_by=by)


def refuse(proposal: Proposal, *, by: str, note: str) -> None:
    """The second person says no, and why. Raises NeedsTwoPeople or DecidedAlready."""
    if by == proposal.proposed_by:
        raise NeedsTwoPeople()
    _decide(proposal, ProposalState.REFUSED, by, note)


def withdraw(proposal: Proposal, *, by: str) -> None:
    """Raises OnlyTheirOwn or DecidedAlready."""
    if by != proposal.proposed_by:
        raise OnlyTheirOwn()
    _decide(proposal, ProposalState.WITHDRAWN, by)


def deeds_of(proposal: Proposal) -> list[Deed]:
    return [
        Deed(kept["product_id"], kept["kind"], kept["body"], date.fromisoformat(kept["day"])) for kept in proposal.deeds
    ]


def waiting() -> Sequence[Proposal]:
    """Oldest first."""
    found = select(Proposal).where(Proposal.state == ProposalState.WAITING)
    return db.session.scalars(found.order_by(Proposal.proposed_at, Proposal.id)).all()


def about(product_id: int) -> Sequence[Proposal]:
    """Everything ever proposed for this product, newest first."""
    notes = select(AuditEntry.facts).where(AuditEntry.subject == f"product:{product_id}", AuditEntry.deed == PROPOSED)
    ids = [facts["proposal"] for facts in db.session.scalars(notes)]
    if not ids:
        return []
    return db.session.scalars(select(Proposal).where(Proposal.id.in_(ids)).order_by(Proposal.id.desc())).all()


def _kept(deed: Deed) -> dict[str, Any]:
    return {"product_id": deed.product_id, "kind": deed.kind, "body": dict(deed.body), "day": deed.day.isoformat()}


def _decide(proposal: Proposal, became: ProposalState, by: str, note: str = "") -> None:
    """One conditional UPDATE: of two who decide at once, one is told."""
    decided = db.session.execute(
        update(Proposal)
        .where(Proposal.id == proposal.id, Proposal.state == ProposalState.WAITING)
        .values(state=became, decided_by=by, decided_at=clock.now(), note=note)
    )
    if decided.rowcount == 0:  # type: ignore[attr-defined]
        raise DecidedAlready()
    audit.note(became.value, f"proposal:{proposal.id}", by=by, note=note)
