"""What tests of the fronts share: a craft street full of goods, built once for a module that only looks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import joinedload

from shop.catalogue import indexing, shelves
from shop.catalogue.models import Group, Photo, Picture, Product
from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.places.models import SalesPoint
from shop.provenance.models import Certificate
from shop.web.searching import index
from tests import factories as make
from tests.browser import Browser
from tests.conftest import TUESDAY_MORNING, Shops

LANGUAGES = ("vi", "en")


@dataclass
class Street:
    """A shop with enough in it for three pages: every star, group and price; two points; one of each state."""

    app: Flask
    products: list[Product]
    points: list[SalesPoint]
    certificates: list[Certificate]

    def browser(self) -> Browser:
        return Browser(self.app)


class Shelf:
    """The full street's database and index, filled once and laid out again for each module."""

    def __init__(self, shops: Shops) -> None:
        self.shops = shops
        self.kept = shops.directory / "street"

    def lay_out(self) -> Street:
        """The street on the SQLite app, as if just filled. Call it on Tuesday morning."""
        app = self.shops.on("sqlite")
        with app.app_context():
            if not self.kept.exists():
                _fill(app)
                self._keep(app)
            self._copy(app)
            found = select(Product).options(joinedload(Product.village)).order_by(Product.id)
            products = list(db.session.scalars(found))
            points = list(db.session.scalars(db.select(SalesPoint).order_by(SalesPoint.id)))
            certificates = list(db.session.scalars(db.select(Certificate).order_by(Certificate.id)))
        return Street(app, products, points, certificates)

    def _keep(self, app: Flask) -> None:
        with db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.session.remove()
        db.engine.dispose()
        self.kept.mkdir()
        shutil.copy(_file(app), self.kept / "shop.db")
        shutil.copytree(app.config["SHOP"].index, self.kept / "index")

    def _copy(self, app: Flask) -> None:
        db.session.remove()
        db.engine.dispose()
        for part in ("", "-wal", "-shm"):
            Path(f"{_file(app)}{part}").unlink(missing_ok=True)
        shutil.copy(self.kept / "shop.db", _file(app))
        shutil.rmtree(app.config["SHOP"].index, ignore_errors=True)
        shutil.copytree(self.kept / "index", app.config["SHOP"].index)
        app.extensions.pop("search", None)
        shelves.forget()


def _file(app: Flask) -> Path:
    return Path(app.config["SHOP"].database_url.removeprefix("sqlite:///"))


@pytest.fixture(scope="session")
def street_shelf(shops: Shops) -> Shelf:
    return Shelf(shops)


@pytest.fixture(scope="module")
def street(street_shelf: Shelf) -> Iterator[Street]:
    """Tuesday morning on a full street. Tests that change something use `app` in a module of their own."""
    with time_machine.travel(TUESDAY_MORNING, tick=True):
        laid_out = street_shelf.lay_out()
        with laid_out.app.app_context():
            yield laid_out
            db.session.remove()


@pytest.fixture
def browser(street: Street) -> Browser:
    return street.browser()


def _fill(app: Flask) -> None:
    with db.engine.connect() as connection:  # a street lost in a power cut is simply filled again
        connection.connection.driver_connection.execute("PRAGMA synchronous=OFF")  # type: ignore[union-attr]
    points = [make.a_point(), make.a_point(hours="tue-sat 09:00-17:00")]
    villages = [make.a_village(slug) for slug in VILLAGES]
    producers = [make.a_producer(village=village) for village in villages]
    prices = (45_000, 120_000, 390_000, 980_000, 2_400_000)
    products = []
    for i in range(60):
        named = NAMES[i] if i < len(NAMES) else {}
        products.append(
            make.a_product(
                producer=producers[i % len(producers)],
                stars=(5, 4, 3, None)[i // 4 % 4],
                price=prices[i % len(prices)] + i * 100,
                stock=0 if i % 10 == 9 else 5,
                at_points={points[i // 6 % 2]: 2} if i % 6 == 0 else None,
                group=list(Group)[i % len(Group)],
                seasons=["tet"] if i % 5 == 0 else [],
                **named,
            )
        )
    _hang_pictures(products)
    indexing.rebuild(index(app))


VILLAGES = ("bat-trang-ceramics", "chuong-conical-hat", "quang-an-lotus-tea", "van-phuc-silk")
NAMES: list[dict[str, Any]] = [
    {"slug": "binh-gom-bat-trang", "name": Texts(vi="Bình gốm Bát Tràng", en="Bát Tràng ceramic vase")},
    {"slug": "non-la-lang-chuong", "name": Texts(vi="Nón lá làng Chuông", en="Conical palm-leaf hat")},
    {"slug": "tra-sen-tay-ho", "name": Texts(vi="Trà sen Tây Hồ", en="West Lake lotus tea")},
    {"slug": "chi-tieng-viet", "name": Texts(vi="Khăn lụa chỉ có tiếng Việt & “nháy” <thử>")},
]


def _hang_pictures(products: list[Product]) -> None:
    """Rows only: no page reads the files, and tests of pictures are elsewhere."""
    with transaction():
        for number, product in enumerate(products):
            picture = Picture(digest=f"{number:064x}", width=1080, height=1080, widths=[320, 480, 720, 1080])
            db.session.add_all([picture, Photo(product_id=product.id, picture=picture, alt=product.name, position=0)])
            db.session.flush()


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """Every statement sent to the database meanwhile."""
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
