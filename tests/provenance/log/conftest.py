"""A log with a story: three products, one revoked, published and signed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shop.core import clock
from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.provenance import comparing, recognising
from shop.provenance.log import adopting, fsck, keys, publishing
from tests.factories import BY, SECOND, a_certificate, a_product

WHY = Texts(vi="Vi phạm", en="A breach")


@pytest.fixture(autouse=True)
def own_keys(app: Any, tmp_path: Path) -> Iterator[keys.Ring]:
    """Each test signs with its own keys: what an earlier one signed is another history."""
    before = keys.ring()
    with app.app_context():
        keys.hold(db.engine, keys.create(tmp_path / "keys", "phonghe.example/log/1"))
        yield keys.ring()
        keys.hold(db.engine, before)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def story(app: Any, directory: Path) -> Any:
    adopting.adopt()
    held = [a_certificate(a_product(), stars=stars) for stars in (5, 4, 3)]
    with transaction():
        recognising.suspend(held[1], by=BY, approved_by=SECOND, from_day=clock.today(), decision_no="MẪU-1", reason=WHY)
        recognising.revoke(held[2], by=BY, approved_by=SECOND, from_day=clock.today(), decision_no="MẪU-2", reason=WHY)
    publishing.publish(directory)
    return held


def faults(directory: Path) -> list[str]:
    db.session.rollback()
    db.session.expunge_all()
    return [str(fault) for fault in (*fsck.check_log(directory), *comparing.check_projections())]
