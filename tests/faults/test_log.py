"""Real processes append to one log at the same time: no gap, no fork, every proof good."""

from __future__ import annotations

from itertools import chain

import pytest
from sqlalchemy import select

from shop.core.db import db
from shop.provenance import comparing
from shop.provenance.log import adopting, fsck, publishing
from shop.provenance.log.models import Event
from tests.factories import a_certificate, a_product
from tests.faults import deeds
from tests.faults.test_concurrency import PROCESSES, at_once, processes, shared_out

__all__ = ["at_once", "processes"]
pytestmark = pytest.mark.both


def test_fifty_parallel_appends_make_one_log(at_once, app):
    directory = app.config["SHOP"].log
    adopting.adopt()
    products = [a_certificate(a_product()).product_id for _ in range(3)]
    outcomes = at_once(*((deeds.plan_inspections, products, part) for part in shared_out(list(range(50)))))
    assert outcomes == {"done": 50}
    signed = at_once(*((deeds.publish_log, str(directory)) for _ in range(PROCESSES)))
    assert signed == {"done": PROCESSES}, "all publish at once: one signs, the others find it signed"
    assert publishing.publish(directory).size == publishing.size_now()
    planned = select(Event.index).where(Event.type == "inspection.planned")
    assert len(db.session.scalars(planned).all()) == 50
    assert list(map(str, chain(fsck.check_log(directory), comparing.check_projections()))) == []
