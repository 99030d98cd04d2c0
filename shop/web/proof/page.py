"""A product's proof: the verdict, who says so, its whole story, and how to check it without trusting us."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.core import clock
from shop.core.refusal import Refusal
from shop.provenance.proving import proof_of
from shop.provenance.status import judge
from shop.web.access import public
from shop.web.forms import row_number
from shop.web.proof import bp, verdicts
from shop.web.proof.checkpoints import published
from shop.web.proof.finding import Found, find
from shop.web.proof.json_ld import certification
from shop.web.proof.labels import label_box
from shop.web.proof.reports import Report, receive
from shop.web.proof.timeline import timeline
from shop.web.starting import shop_config

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@bp.route("/proof/<path:key>", methods=["GET", "POST"])
@public
def proof(key: str) -> Response | tuple[str, int]:
    found = find(key)
    if found is None:
        abort(404)
    form = Report.sent(data={"lot": request.args.get("lot", "")[:20]})
    if form.accepted():
        try:
            number = receive(found.product, form)
            return redirect(url_for("proof.report", number=number), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    asked = _asked_day(request.args.get("at", ""))
    shown = render_template("proof/proof.html", form=form, asked_day=asked, **_about(found, asked.day))
    return shown, 400 if asked.is_wrong else form.status


@dataclass(frozen=True)
class AskedDay:
    """`day` is today where nothing, or nothing readable, was asked for."""

    typed: str
    day: date
    is_wrong: bool = False

    @property
    def is_today(self) -> bool:
        return self.day == clock.today()


def _asked_day(typed: str) -> AskedDay:
    if not typed:
        return AskedDay("", clock.today())
    try:
        return AskedDay(typed, date.fromisoformat(typed if ISO_DAY.fullmatch(typed) else ""))
    except ValueError:
        return AskedDay(typed[:40], clock.today(), is_wrong=True)


def _about(found: Found, day: date) -> dict[str, Any]:
    product, today = found.product, clock.today()
    lot, serial = request.args.get("lot", "")[:20], request.args.get("serial", "")[:20]
    told, seen = proof_of(product.id, day, lot=lot), published()
    held = told.status.certificate
    asked = found.asked if found.asked and (held is None or held.id != found.asked.id) else None
    return {
        "product": product,
        "photo": product.photos[0] if product.photos else None,
        "proof": told,
        "status": told.status,
        "verdict": verdicts.verdict(told),
        "certificate": held,
        "evidence": verdicts.EVIDENCE,
        "bars": verdicts.bars(held) if held else [],
        "inspection": verdicts.last_inspection(told.dossier, day),
        "sample": verdicts.last_sample(told.dossier, day),
        "recalls": verdicts.open_recalls(told.dossier, day),
        "asked": asked,
        "asked_status": judge([asked], day, asked.recalls) if asked else None,
        "label": label_box(product.id, told.dossier, lot=lot, serial=serial),
        "timeline": timeline(told.events, seen, until=None if day == today else day, before=_before()),
        "newest": told.events[-1].row if told.events else None,
        "published": seen,
        "data": certification(product, told, shop_config(current_app).public_url) if day == today else None,
    }


def _before() -> int | None:
    given = request.args.get("before", "")
    try:
        return row_number(given) if given else None
    except ValueError:
        abort(404)
