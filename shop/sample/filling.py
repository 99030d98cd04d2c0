"""Fills an empty shop with the sample: people, points' hours, the drawn catalogue, certificates, stock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from shop.catalogue import changes
from shop.catalogue.models import Producer
from shop.core import clock
from shop.core.db import db, transaction
from shop.people.models import Grant, Role, User
from shop.people.passwords import hashed
from shop.places import loading as places
from shop.places.models import SalesPoint
from shop.sample import catalogue, growing, oversight
from shop.stock.models import Location

PASSWORD = "phonghe-demo-2026"
Say = Callable[[str], object]


def size_of(sample: str) -> int:
    """0 for none, 1 for the small sample, else the number of products. Raises ValueError."""
    if sample == "none":
        return 0
    if sample == "small":
        return 1
    if sample.isdigit() and 200 <= int(sample) <= 2_000_000:
        return int(sample)
    raise ValueError(f"--sample is {sample!r}; it must be none, small, or a number from 200 to 2000000.")


def fill(size: int, *, media: Path, say: Say) -> None:
    """The small sample, whole or not at all; then a larger `size` grows it, going on where a stop left it."""
    if db.session.scalar(select(Producer.id).limit(1)) is None:
        say("Drawing the sample catalogue (invented, and it says so) …")
        fronts = catalogue.draw_fronts()
        with transaction():
            _points()
            catalogue.fill(fronts, media)
            oversight.fill()
            _people()
    if size > 1:
        say(f"Growing the catalogue to {size} products …")
        growing.grow(size)


def _points() -> None:
    places.load_points(with_sample_hours=True)
    db.session.flush()  # the shelves need the points' ids
    db.session.add_all(Location(point_id=point) for point in db.session.scalars(select(SalesPoint.id)))
    changes.note(0)


def _people() -> None:
    demo = (
        ("Văn phòng điều phối (mẫu)", "office@phonghe.example", Role.OFFICE, ""),
        ("Phó văn phòng điều phối (mẫu)", "office-2@phonghe.example", Role.OFFICE, ""),
        ("Nhà sản xuất (mẫu)", "producer@phonghe.example", Role.PRODUCER, "producer:1"),
        ("Nhân viên điểm bán (mẫu)", "clerk@phonghe.example", Role.CLERK, "point:1"),
    )
    password = hashed(PASSWORD)
    for name, email, role, about in demo:
        grants = [Grant(role=role, about=about)]
        db.session.add(User(name=name, email=email, password_hash=password, made_at=clock.now(), grants=grants))
