"""The office's home: what waits, most urgent first."""

from __future__ import annotations

from datetime import date

from flask import abort, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from shop.core import clock
from shop.core.db import db
from shop.provenance import worklists
from shop.provenance.proposals import Proposal, ProposalState
from shop.provenance.worklists import PAGE, WORKLISTS, Item
from shop.web.access import for_office, public
from shop.web.office import bp, door
from shop.web.office.proposals import told_of

FIRST = 4


@door.get("/office")
@public
def enter() -> Response:
    """Without a language: to the one the browser prefers."""
    return redirect(url_for("office.worklist"), 303)


@bp.get("/")
@for_office
def worklist() -> str:
    oldest = select(Proposal).where(Proposal.state == ProposalState.WAITING)
    waiting = db.session.scalars(oldest.order_by(Proposal.proposed_at, Proposal.id).limit(FIRST)).all()
    return render_template(
        "office/worklist.html",
        lists=WORKLISTS.values(),
        counts=worklists.counts(),
        firsts=worklists.firsts(FIRST),
        waiting=waiting,
        day=clock.today(),
        **told_of(waiting),
    )


@bp.get("/worklists/<name>")
@for_office
def work(name: str) -> str:
    held = WORKLISTS.get(name) or abort(404)
    items = worklists.page(held, after=place(request.args.get("after", "")))
    return render_template(
        "office/work.html",
        list=held,
        items=items[:PAGE],
        more=written(items[PAGE - 1]) if len(items) > PAGE else None,
    )


def written(item: Item) -> str:
    """Where the next page begins, as an address says it: 2026-11-24.17."""
    return f"{item.day.isoformat()}.{item.key}"


def place(text: str) -> tuple[date, int] | None:
    """The other way round; None for what is no place."""
    day, _, key = text.partition(".")
    try:
        return (date.fromisoformat(day), int(key)) if len(key) < 19 else None
    except ValueError:
        return None
