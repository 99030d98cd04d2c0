"""What the log says the rows of GTINs, lots and batches are: by model, then by number, as `projecting` keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from shop.core.db import db
from shop.provenance.lots.models import BatchState, Gtin, LabelBatch, Lot
from shop.provenance.ocop_verify.dossier import Dossier
from shop.provenance.ocop_verify.folding import fold

Rows = dict[type[Any], dict[str, dict[str, Any]]]


def rows(product_id: int, events: Sequence[Mapping[str, Any]]) -> Rows:
    """The rows of one product, in the order in which they must be written."""
    dossier = fold(events)
    days = {event["id"]: date.fromisoformat(event["effective_at"]) for event in events}
    bound = {e["body"]["gtin"]: days[e["id"]] for e in events if e["type"] == "product.gtin_bound"}
    own = {"product_id": product_id}
    return {
        Gtin: {
            number: own | {"bound_at": bound[number], "retired_at": retired}
            for number, retired in dossier.gtins.items()
        },
        Lot: {
            number: own
            | {"gtin": lot.gtin or None, "made_on": lot.made_on, "expires_on": lot.expires_on}
            | {"released_on": days[lot.event], "quantity": lot.quantity, "certificate_no": lot.certificate}
            | {"labelled": _labelled(dossier, number)}
            for number, lot in dossier.lots.items()
        },
        LabelBatch: {
            number: own
            | {"lot_number": batch.lot, "count": batch.count, "serial_root": batch.serial_root}
            | {"state": BatchState(batch.state), "issued_on": days[batch.event]}
            for number, batch in dossier.batches.items()
        },
    }


def project(product_id: int, events: Sequence[Mapping[str, Any]]) -> None:
    """Makes the rows of one product what its events say."""
    for model, told in rows(product_id, events).items():
        held = {row.number: row for row in db.session.scalars(select(model).where(model.product_id == product_id))}
        for number, values in told.items():
            row = held.get(number) or model(number=number)
            for name, value in values.items():
                setattr(row, name, value)
            db.session.add(row)
        db.session.flush()  # what is written next refers to these rows


def _labelled(dossier: Dossier, lot: str) -> int:
    return sum(batch.count for batch in dossier.batches.values() if batch.lot == lot and batch.state != "voided")
