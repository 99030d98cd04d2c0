"""Certificates as W3C credentials, embedded or enveloped as the reader asks, and the lists that tell their status."""

from __future__ import annotations

from flask import abort, current_app, request
from werkzeug.wrappers import Response

from shop.provenance.ocop_verify.folding import fold
from shop.provenance.standards import issuing, status_list
from shop.provenance.standards.credential import LISTS, credential_of, jwt_of
from shop.web.access import public
from shop.web.standards import bp, told
from shop.web.starting import shop_config

VC, JWT = "application/vc", "application/vc+jwt"
READABLE = (VC, JWT, "application/ld+json", "application/json")  # the last two are what older readers ask for
PURPOSES = {letter: purpose for purpose, letter in LISTS.items()}
LIST_KEPT = 300  # seconds: a revocation should not hide behind a cache


@bp.get("/vc/c/<key>")
@public
def credential(key: str) -> Response:
    certificate = issuing.certificate_of(key)
    if certificate is None:
        abort(404)
    asked = request.accept_mimetypes.best_match(READABLE, default=VC)
    events = issuing.logged(certificate.product_id)
    issuer = issuing.issuer(shop_config(current_app).public_url)
    make = jwt_of if asked == JWT else credential_of
    response = told(make(fold(e for _, e in events), certificate.number, events, issuer), JWT if asked == JWT else VC)
    response.headers["Vary"] = "Accept"
    return response


@bp.get("/status/<letter>/<int:number>")
@public
def status(letter: str, number: int) -> Response:
    """Readers who find none must take the credential for not in force."""
    purpose = PURPOSES.get(letter)
    found = status_list.status_of(purpose, number, shop_config(current_app).log) if purpose else None
    if found is None:
        abort(404)
    return told(found.credential, VC, seconds=LIST_KEPT)
