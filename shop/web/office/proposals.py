"""What waits for the second person: seen as it would change things now, then approved, refused or withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import PasswordField, SubmitField
from wtforms.validators import InputRequired, Optional

from shop.catalogue.models import Product
from shop.core.db import db, transaction
from shop.core.refusal import N_, Refusal
from shop.provenance import proposing, rules
from shop.provenance.entering import Deed
from shop.provenance.log.appending import NeedsTwoPeople
from shop.provenance.log.reading import dossier_of
from shop.provenance.ocop_verify.dossier import Dossier
from shop.provenance.ocop_verify.folding import Unfoldable
from shop.provenance.proposals import Proposal, ProposalState
from shop.provenance.proposing import deeds_of
from shop.web import visitor
from shop.web.access import for_office
from shop.web.forms import ShopForm, at_most
from shop.web.office import bp, saying
from shop.web.office.decisions import entry_bytes
from shop.web.office.effects import Effects, effects_of
from shop.web.office.fields import words_field
from shop.web.office.names import Names, people
from shop.web.office.reauthenticating import prove

PAGE = 25
SHOWN = 20  # entries of one proposal on a page: a decision may recognise a hundred products
NEW = "certificate.issued"  # held against the rules on approval only: a hundred may wait in one proposal


class SayWhy(Refusal):
    sentence = N_("Please say why you refuse it: the other person reads it.")
    field = "note"


class DecisionForm(ShopForm):
    note = words_field(_l("Note"), optional=True)
    password = PasswordField(
        _l("Your password, once more"),
        validators=[InputRequired(_l("Please type your password.")), at_most(128)],
        render_kw={"autocomplete": "current-password"},
    )
    approve = SubmitField(validators=[Optional()])


@bp.get("/proposals")
@for_office
def proposals() -> str:
    before = request.args.get("before", type=int)
    found = select(Proposal).order_by(Proposal.id.desc()).limit(PAGE + 1)
    rows = db.session.scalars(found.where(Proposal.id < before) if before else found).all()
    return render_template("office/proposals.html", rows=rows[:PAGE], more=len(rows) > PAGE, **told_of(rows[:PAGE]))


@bp.route("/proposals/<int:number>", methods=["GET", "POST"])
@for_office
def proposal(number: int) -> Response | tuple[str, int]:
    held = db.first_or_404(select(Proposal).where(Proposal.id == number))
    form = DecisionForm.sent()
    if form.accepted():
        try:
            _decide(held, form)
            return redirect(url_for("office.proposal", number=number), 303)
        except Refusal as refusal:
            form.refuse(refusal)
            db.session.refresh(held)
    return render_template("office/proposal.html", form=form, **_seen(held)), form.status


@bp.post("/proposals/<int:number>/withdrawal")
@for_office
def withdrawal(number: int) -> Response | tuple[str, int]:
    held = db.first_or_404(select(Proposal).where(Proposal.id == number))
    form = DecisionForm()
    try:
        with transaction():
            proposing.withdraw(held, by=visitor.actor())
        return redirect(url_for("office.proposal", number=number), 303)
    except Refusal as refusal:
        form.refuse(refusal)
        db.session.refresh(held)
    return render_template("office/proposal.html", form=form, **_seen(held)), form.status


def told_of(rows: Sequence[Proposal]) -> dict[str, Any]:
    """The names a list of proposals needs: of people and of each one's first product; two queries."""
    ids = {row.product_ids[0] for row in rows if row.product_ids}
    found = db.session.execute(select(Product.id, Product.slug, Product.name).where(Product.id.in_(ids)))
    return {
        "names": people([who for row in rows for who in (row.proposed_by, row.decided_by)]),
        "products": {row.id: row for row in found},
        "titles": {row.id: saying.deed(row.kind) for row in rows},
        "me": visitor.actor(),
    }


def _decide(held: Proposal, form: Any) -> None:
    """Whoever proposed it is told so before any password is asked."""
    user, me = visitor.user(), visitor.actor()
    if me == held.proposed_by:
        raise NeedsTwoPeople()
    if not form.approve.data and not form.note.data:
        raise SayWhy()
    assert user is not None
    prove(user, form.password.data)
    with transaction():
        if form.approve.data:
            proposing.approve(held, by=me)
        else:
            proposing.refuse(held, by=me, note=form.note.data)


def _seen(held: Proposal) -> dict[str, Any]:
    """What the page shows: entries in words, effects as of now, and what the rules say by now."""
    deeds, names = deeds_of(held), Names()
    start = min(max(request.args.get("from", 0, type=int), 0), max(len(deeds) - 1, 0))
    some = deeds[start : start + SHOWN]
    entries = [
        (deed, saying.title(deed.kind), saying.lines(deed.body, names), entry_bytes(deed, held.proposed_by))
        for deed in some
    ]
    effects, problem = _foreseen(held)
    shown = {deed.product_id for deed in some}
    found = db.session.scalars(select(Product).where(Product.id.in_(shown)))
    return {
        "proposal": held,
        "title": saying.deed(held.kind),
        "entries": entries,
        "start": start,
        "step": SHOWN,
        "total": len(deeds),
        "effects": effects,
        "problem": problem,
        "products": {product.id: product for product in found},
        "names": people([held.proposed_by, held.decided_by]),
        "me": visitor.actor(),
    }


def _foreseen(held: Proposal) -> tuple[Effects | None, Refusal | None]:
    """The effects while it waits, and the refusal that approving would meet now."""
    if held.state is not ProposalState.WAITING:
        return None, None
    deeds = deeds_of(held)
    try:
        effects = effects_of(deeds)
    except Unfoldable:
        effects = None
    try:
        for deed, before in zip(deeds, _stood(deeds, effects), strict=True):
            if deed.kind != NEW:
                rules.check(before, deed.kind, deed.body, deed.day)
    except Refusal as refusal:
        return None, refusal
    return effects, None if effects else Refusal()


def _stood(deeds: Sequence[Deed], effects: Effects | None) -> Iterator[Dossier]:
    """The dossiers these deeds meet, read anew only where nothing could be foreseen."""
    known = {one.product_id: one.before for one in effects.prospects} if effects else {}
    return (known.get(deed.product_id) or dossier_of(deed.product_id) for deed in deeds)
