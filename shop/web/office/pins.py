"""The hidden PINs of labels just issued, as files. The shop keeps none: they travel, signed, through the one page."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, current_app, request
from flask_babel import gettext
from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from shop.core.refusal import N_, Refusal
from shop.web.access import for_office
from shop.web.office import bp
from shop.web.office.batches import ActivationForm, open_batch, page
from shop.web.office.printing import PDF, attached, drawn, labels, parts
from shop.web.office.tables import CSV, KINDS, as_csv

AN_HOUR = 3_600  # seconds: whoever issues labels prints them, or sends them to the printer, now
HEADS = (N_("Serial"), N_("Hidden PIN"), N_("Address in the code"))


class PinsAreGone(Refusal):
    sentence = N_(
        "PINs are handed out only in the hour in which they were issued. Void these labels and issue new ones."
    )


@bp.post("/batches/<number>/pins.<kind>")
@for_office
def pins(number: str, kind: str) -> Response | tuple[str, int]:
    if kind not in (CSV, PDF):
        abort(404)
    held = open_batch(number)
    form = ActivationForm()
    try:
        told = _unsealed(number, request.form.get("pins", ""))
        if kind == PDF:
            first = request.form.get("first", 1, type=int)
            return drawn(held, PDF, first, dict(parts(held.count)).get(first, held.count), told)
        rows = zip(sorted(told.items()), labels(held, 1, held.count), strict=True)
        body = as_csv([gettext(head) for head in HEADS], [(*one, face.address) for one, face in rows])
        return attached(body, KINDS[CSV], f"{number}-pins.csv")
    except Refusal as refusal:
        form.refuse(refusal)
    return page(held, form)


def seal(number: str, pins: Mapping[str, str]) -> str:
    return str(_seal().dumps([number, dict(pins)]))


def _unsealed(number: str, sealed: str) -> dict[str, str]:
    """Raises PinsAreGone; answers 400 for what this page never sent."""
    try:
        of, told = _seal().loads(sealed, max_age=AN_HOUR)
    except SignatureExpired as late:
        raise PinsAreGone() from late
    except BadData:
        abort(400)
    if of != number:
        abort(400)
    return dict(told)


def _seal() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="hidden PINs just issued")
