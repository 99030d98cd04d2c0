"""Serials and PINs by chance, what the log commits to of them, and how a PIN is kept."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import select

from shop.core.db import db
from shop.provenance.log import keys
from shop.provenance.lots.models import Label
from shop.provenance.ocop_verify import merkle

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: nothing to mistake
SERIAL, PIN = 10, 8  # signs: 50 bits of chance, and 40
ASKED_AT_ONCE = 500


def draw(count: int) -> list[str]:
    """`count` serials that no label has, sorted. Never in sequence: whoever knows one can guess no other."""
    drawn: set[str] = set()
    while len(drawn) < count:
        more = {_by_chance(SERIAL) for _ in range(count - len(drawn))}
        drawn |= more - _taken(more)
    return sorted(drawn)


def draw_pin() -> str:
    return _by_chance(PIN)


def root(serials: Iterable[str]) -> str:
    """The root of the RFC 6962 tree whose leaves are these serials, sorted: what the log says of a batch."""
    return "sha256:" + merkle.root_of([merkle.leaf_hash(serial.encode()) for serial in sorted(serials)]).hex()


def sealed(serial: str, pin: str) -> bytes:
    """What is kept of a hidden PIN: without the key outside the database nobody can try PINs against it."""
    return hmac.digest(keys.ring().label_secret(), f"{serial}:{pin}".encode(), sha256)


def tidy(typed: str) -> str:
    """A serial or PIN as people type it: small letters, blanks, and O for 0, I and L for 1."""
    plain = "".join(typed.split()).replace("-", "").upper()
    return plain.translate(str.maketrans("OIL", "011"))


def _by_chance(signs: int) -> str:
    number = secrets.randbits(5 * signs)
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(5 * (signs - 1), -1, -5))


def _taken(serials: Iterable[str]) -> set[str]:
    asked, found = list(serials), set()
    for start in range(0, len(asked), ASKED_AT_ONCE):
        some = asked[start : start + ASKED_AT_ONCE]
        found |= set(db.session.scalars(select(Label.serial).where(Label.serial.in_(some))))
    return found
