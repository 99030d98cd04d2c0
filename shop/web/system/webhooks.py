"""Stripe's webhook: checked, stored, answered; the worker does the rest."""

from __future__ import annotations

from flask import abort, current_app, jsonify, request
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from shop.core import clock, outbox
from shop.core.db import db, transaction
from shop.payments.gateway import BadSignature, StripeGateway
from shop.payments.models import StripeEvent
from shop.web.access import public
from shop.web.starting import gateway_of
from shop.web.system import bp


@bp.post("/webhooks/stripe")
@public
def stripe() -> Response:
    """400 for what is not Stripe's, 200 for every event of Stripe, told once or thrice."""
    gateway = gateway_of(current_app)
    if not isinstance(gateway, StripeGateway):
        abort(404)
    try:
        event = gateway.read_event(request.get_data(), request.headers.get("Stripe-Signature", ""))
    except BadSignature:
        abort(400)
    try:
        with transaction():
            db.session.add(StripeEvent(id=event.id, kind=event.kind, session_id=event.session_id, at=clock.now()))
            if event.session_id:
                outbox.put("stripe.settle", session_id=event.session_id)
    except IntegrityError:
        return jsonify(received=True, again=True)
    return jsonify(received=True)
