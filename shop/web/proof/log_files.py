"""The log for auditors: checkpoint, tiles and entries as plain files, raw leaves, and proofs about them."""

from __future__ import annotations

import re

from flask import request
from sqlalchemy import select
from werkzeug.wrappers import Response

from shop.core.db import db
from shop.provenance.log.models import Event
from shop.provenance.log.publishing import reader_of
from shop.provenance.ocop_verify import merkle
from shop.provenance.ocop_verify.canonical import canonical
from shop.provenance.ocop_verify.notes import base64
from shop.provenance.ocop_verify.proofs import proof_text
from shop.web.access import public
from shop.web.assets import YEAR
from shop.web.forms import row_number
from shop.web.proof import log
from shop.web.proof.checkpoints import directory, published

PLAIN, JSON = "text/plain; charset=utf-8", "application/json"
# Nothing but these names is ever looked for, so that no address can leave the directory.
TILE = re.compile(r"(?:entries|[0-9]|[1-5][0-9]|6[0-3])/(?:x[0-9]{3}/){0,6}[0-9]{3}(?P<partial>\.p/[1-9][0-9]{0,2})?")
EVENT = "urn:ocop:ev:"


@log.after_request
def open_to_all(response: Response) -> Response:
    """Any page anywhere may read the log."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@log.get("/log/checkpoint")
@public
def checkpoint() -> Response:
    file = directory() / "checkpoint"
    if not file.is_file():
        return not_there("The log is not published yet.")
    return kept(Response(file.read_bytes(), content_type=PLAIN), "no-cache")


@log.get("/log/tile/<path:name>")
@public
def tile(name: str) -> Response:
    """A full tile never changes; a partial one gives way to a wider one."""
    named = TILE.fullmatch(name)
    file = directory() / "tile" / name
    if not named or not file.is_file():
        return not_there("There is no such tile.")
    body = Response(file.read_bytes(), content_type="application/octet-stream")
    return kept(body, "public, max-age=300" if named["partial"] else YEAR)


@log.get("/log/leaf/<key>")
@public
def leaf(key: str) -> Response:
    """The very bytes that were hashed."""
    event = _event(key)
    if event is None:
        return not_there("There is no such event.")
    return kept(Response(event.leaf, content_type=JSON), YEAR)


@log.get("/log/proof/<key>.tlog-proof")
@public
def inclusion(key: str) -> Response:
    """That an event is in the published tree (c2sp.org/tlog-proof)."""
    event, seen = _event(key), published()
    if event is None:
        return not_there("There is no such event.")
    if not seen.holds(event.index):
        return not_there("This event waits for the next checkpoint. Please ask again in a few seconds.")
    hashes = merkle.inclusion_proof(event.index, seen.size, reader_of(directory(), seen.size).subtree)
    return kept(Response(proof_text(event.index, hashes, seen.note), content_type=PLAIN), "no-cache")


@log.get("/log/consistency")
@public
def consistency() -> Response:
    """That the tree of `from` leaves is the beginning of that of `to`: the hashes of RFC 9162, 2.1.4."""
    size = published().size
    try:
        old, new = row_number(request.args.get("from", "")), row_number(request.args.get("to", str(size)))
    except ValueError:
        old = new = 0
    if not 0 < old <= new <= size:
        said = f"Say ?from= and ?to= as tree sizes, 1 to {size}, the smaller first.\n"
        return kept(Response(said, 400, content_type=PLAIN), "no-cache")
    hashes = merkle.consistency_proof(old, new, reader_of(directory(), size).subtree)
    told = {"from": old, "to": new, "hashes": [base64(each) for each in hashes]}
    return kept(Response(canonical(told), content_type=JSON), YEAR)


def not_there(words: str) -> Response:
    return kept(Response(words + "\n", 404, content_type=PLAIN), "no-cache")


def kept(response: Response, how: str) -> Response:
    response.headers["Cache-Control"] = how
    return response


def _event(key: str) -> Event | None:
    """By its id, with or without the urn, or by its place in the log."""
    try:
        same = Event.index == row_number(key)
    except ValueError:
        same = Event.id == (key if key.startswith(EVENT) else EVENT + key)
    return db.session.scalar(select(Event).where(same))
