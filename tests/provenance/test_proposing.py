"""Two people for every decision: proposed, then approved, refused or withdrawn, once, by the right one."""

import threading
from datetime import date

import pytest
from sqlalchemy import select

from shop.core.audit import AuditEntry
from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.core.refusal import Refusal
from shop.provenance import proposing, recognising
from shop.provenance.foreseeing import foresee
from shop.provenance.log.appending import NeedsTwoPeople
from shop.provenance.log.models import Event
from shop.provenance.models import Certificate
from shop.provenance.proposals import Proposal, ProposalState
from shop.provenance.proposing import DecidedAlready, NothingProposed, OnlyTheirOwn
from shop.provenance.rules import AlreadyRevoked, NotSuspended
from shop.provenance.status import State, status_at
from tests.factories import a_certificate, a_product

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("tuesday", "app")]

TODAY = date(2026, 11, 24)
WHY = Texts(vi="Mẫu chưa đạt.")
ONE, TWO, THREE = "user:1", "user:2", "user:3"


def revoking(certificate):
    return recognising.revoking(certificate, from_day=TODAY, decision_no="MẪU-2", reason=WHY)


def propose(*deeds, by=ONE):
    with transaction():
        return proposing.propose("certificate.revoked", deeds, by=by)


def approve(proposal, by=TWO):
    with transaction():
        return proposing.approve(proposal, by=by)


def state(proposal):
    db.session.rollback()
    return db.session.get_one(Proposal, proposal.id).state


def standing(product):
    db.session.rollback()
    return status_at(product.id, TODAY).state


def test_nothing_is_entered_until_the_second_person_approves():
    product = a_product()
    proposal = propose(revoking(a_certificate(product)))
    assert standing(product) is State.VALID
    events = approve(proposal)
    assert [event.type for event in events] == ["certificate.revoked"]
    assert standing(product) is State.REVOKED
    assert state(proposal) is ProposalState.APPROVED


def test_both_people_stand_in_the_event():
    proposal = propose(revoking(a_certificate(a_product())))
    approve(proposal)
    leaf = db.session.scalars(select(Event.leaf).order_by(Event.index.desc())).first()
    assert b'"by":"user:1"' in leaf and b'"approved_by":"user:2"' in leaf


def test_what_cannot_be_is_not_even_proposed():
    certificate = a_certificate(a_product())
    with pytest.raises(NotSuspended):
        propose(recognising.reinstating(certificate, on_day=TODAY))
    with pytest.raises(NothingProposed):
        propose()
    assert not db.session.scalars(select(Proposal)).all()


def test_who_proposed_neither_approves_nor_refuses():
    proposal = propose(revoking(a_certificate(a_product())))
    with pytest.raises(NeedsTwoPeople):
        approve(proposal, by=ONE)
    with pytest.raises(NeedsTwoPeople), transaction():
        proposing.refuse(proposal, by=ONE, note="")
    assert state(proposal) is ProposalState.WAITING


def test_a_refused_one_says_why_and_is_decided():
    product = a_product()
    proposal = propose(revoking(a_certificate(product)))
    with transaction():
        proposing.refuse(proposal, by=TWO, note="Sai số.")
    db.session.refresh(proposal)
    assert (proposal.state, proposal.note, proposal.decided_by) == (ProposalState.REFUSED, "Sai số.", TWO)
    with pytest.raises(DecidedAlready):
        approve(proposal, by=THREE)
    assert standing(product) is State.VALID


def test_only_who_proposed_takes_it_back():
    proposal = propose(revoking(a_certificate(a_product())))
    with pytest.raises(OnlyTheirOwn), transaction():
        proposing.withdraw(proposal, by=TWO)
    with transaction():
        proposing.withdraw(proposal, by=ONE)
    assert state(proposal) is ProposalState.WITHDRAWN
    assert not proposing.waiting()


def test_what_the_rules_refuse_by_now_leaves_the_proposal_waiting():
    product = a_product()
    certificate = a_certificate(product)
    late = propose(revoking(certificate))
    approve(propose(revoking(certificate), by=TWO), by=ONE)
    with pytest.raises(AlreadyRevoked):
        approve(late)
    assert state(late) is ProposalState.WAITING
    with transaction():
        proposing.refuse(late, by=TWO, note="Đã thu hồi.")


def test_all_of_a_proposal_is_entered_or_nothing():
    good, bad = a_product(), a_product()
    deeds = [revoking(a_certificate(good)), revoking(a_certificate(bad))]
    proposal = propose(*deeds)
    with transaction():
        held = db.session.scalars(select(Certificate).where(Certificate.product_id == bad.id)).one()
        recognising.revoke(held, from_day=TODAY, decision_no="MẪU-7", reason=WHY, by=ONE, approved_by=TWO)
    with pytest.raises(AlreadyRevoked):
        approve(proposal)
    assert (standing(good), standing(bad)) == (State.VALID, State.REVOKED)


def test_a_product_remembers_everything_that_was_proposed_for_it():
    product, other = a_product(), a_product()
    first = propose(revoking(a_certificate(product)))
    with transaction():
        proposing.withdraw(first, by=ONE)
    second = propose(revoking(a_certificate(other)), *[revoking(c) for c in certificates(product)])
    assert [one.id for one in proposing.about(product.id)] == [second.id, first.id]
    assert [one.id for one in proposing.about(other.id)] == [second.id]
    notes = select(AuditEntry.by).where(AuditEntry.subject == f"proposal:{first.id}").order_by(AuditEntry.id)
    assert db.session.scalars(notes).all() == [ONE, ONE]


def certificates(product):
    return db.session.scalars(select(Certificate).where(Certificate.product_id == product.id)).all()


def test_what_it_would_change_is_foreseen_without_entering_anything():
    product = a_product(stars=4)
    deed = recognising.revoking(
        certificates(product)[0], from_day=TODAY, decision_no="MẪU-2", reason=WHY, stops_sale=True
    )
    (seen,) = foresee([deed])
    assert (seen.stood.state, seen.stands.state) == (State.VALID, State.REVOKED)
    assert seen.loses_stars and seen.leaves_the_shelf
    assert standing(product) is State.VALID


def test_of_two_who_approve_at_once_one_is_told(app):
    product = a_product()
    proposal = propose(revoking(a_certificate(product)))
    number, outcomes, start = proposal.id, [], threading.Barrier(4)
    db.session.rollback()

    def decide(by):
        with app.app_context():
            held = db.session.get_one(Proposal, number)
            start.wait()
            try:
                approve(held, by=by)
                outcomes.append("done")
            except Refusal as refusal:
                outcomes.append(type(refusal).__name__)
            db.session.remove()

    people = [threading.Thread(target=decide, args=(f"user:{n}",)) for n in range(2, 6)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(outcomes) == ["DecidedAlready"] * 3 + ["done"]
    db.session.rollback()
    revoked = select(Event.index).where(Event.type == "certificate.revoked")
    assert len(db.session.scalars(revoked).all()) == 1
    assert standing(product) is State.REVOKED
