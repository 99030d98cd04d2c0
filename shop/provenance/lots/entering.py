"""Enters deeds on lots and labels in the register and writes their rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shop.provenance import entering
from shop.provenance.log.models import Event
from shop.provenance.log.reading import events_of
from shop.provenance.lots.projecting import project


def enter(product_id: int, kind: str, body: Mapping[str, Any], *, day: date, by: str) -> Event:
    event = entering.enter(product_id, kind, body, day=day, by=by)
    project(product_id, events_of([product_id])[product_id])
    return event
