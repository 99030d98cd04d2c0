"""Label sheets as files: A4 pages of 21 as PDF, one such page as SVG. Never with PINs: those are told once."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, current_app, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from shop.core.db import db, let_go
from shop.core.refusal import N_, Refusal
from shop.provenance.lots import sheets
from shop.provenance.lots.faces import Face, faces
from shop.provenance.lots.models import BatchState, Label, LabelBatch
from shop.web.access import for_office
from shop.web.office import bp
from shop.web.office.batches import SheetForm, open_batch, page
from shop.web.starting import shop_config

PDF, SVG = "pdf", "svg"
KINDS = {PDF: "application/pdf", SVG: "image/svg+xml"}
MOST = {PDF: 10 * sheets.ON_A_SHEET, SVG: sheets.ON_A_SHEET}  # choosing a code's mask takes 30 ms a label


class NoSuchLabels(Refusal):
    sentence = N_("This batch has labels 1 to %(count)s: please choose among them, the first before the last.")
    field = "first"


class TooManyAtOnce(Refusal):
    sentence = N_(
        "One file holds at most %(most)s labels, for drawing them takes time. "
        "Please take them in parts, here for example %(first)s to %(last)s."
    )
    field = "last"


class VoidLabelsAreNotDrawn(Refusal):
    sentence = N_("These labels are void: there are no sheets of them any more.")


@bp.get("/batches/<number>/sheet.<kind>")
@for_office
def sheet(number: str, kind: str) -> Response | tuple[str, int]:
    if kind not in KINDS:
        abort(404)
    held = open_batch(number)
    form = SheetForm(request.args)
    if form.validate():
        try:
            first, last = _asked(form, kind, held.count)
            return drawn(held, kind, first, last)
        except Refusal as refusal:
            form.refuse(refusal)
    return page(held, sheets=form)


def drawn(held: LabelBatch, kind: str, first: int, last: int, pins: Mapping[str, str] | None = None) -> Response:
    """The file of these labels. Raises what speaks against it, or CodeTooLarge."""
    if held.state is BatchState.VOIDED:
        raise VoidLabelsAreNotDrawn()
    if not 1 <= first <= last <= held.count:
        raise NoSuchLabels(count=held.count)
    if last - first >= MOST[kind]:
        raise TooManyAtOnce(most=MOST[kind], first=first, last=first + MOST[kind] - 1)
    name = f"{held.number}-{first}-{last}.{kind}"
    wanted = labels(held, first, last, pins)
    let_go()  # drawing takes seconds, and needs no database
    body = sheets.pdf(wanted) if kind == PDF else sheets.sheet(wanted)
    return attached(body, KINDS[kind], name)


def labels(held: LabelBatch, first: int, last: int, pins: Mapping[str, str] | None = None) -> list[Face]:
    """The faces of labels `first` to `last`, in the order of their serials."""
    own = select(Label.serial).where(Label.batch_id == held.id).order_by(Label.serial)
    serials = db.session.scalars(own.offset(first - 1).limit(last - first + 1)).all()
    return faces(held.lot, serials, origin=shop_config(current_app).public_url, pins=pins)


def _asked(form: SheetForm, kind: str, count: int) -> tuple[int, int]:
    """Where nothing is said: a PDF of all, and the one sheet an SVG can be."""
    first = 1 if form["first"].data is None else form["first"].data
    last = min(first + MOST[SVG] - 1, count) if kind == SVG else count
    return first, last if form["last"].data is None else form["last"].data


def parts(count: int) -> list[tuple[int, int]]:
    """Files of a whole batch: (first label, last label) of each."""
    most = MOST[PDF]
    return [(first, min(first + most - 1, count)) for first in range(1, count + 1, most)]


def attached(body: str | bytes, content_type: str, name: str) -> Response:
    response = Response(body, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
