"""Passwords: argon2 with the settings platform.md measured, and what a good one is."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from shop.core.refusal import N_, Refusal
from shop.core.text import nfc

_hasher = PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1)
_places = threading.BoundedSemaphore(4)  # each hash takes 19 MB: not more than four at once
COMMON = frozenset(["password1234", "123456789012", "matkhau12345", "qwertyuiop12", "111111111111"])


class WeakPassword(Refusal):
    sentence = N_("A password needs 12 to 128 characters and must not be one of the most common ones.")
    field = "password"


def hashed(password: str) -> str:
    """The stored form. Raises WeakPassword."""
    password = nfc(password)
    if not 12 <= len(password) <= 128 or password.casefold() in COMMON:
        raise WeakPassword()
    with _places:
        return _hasher.hash(password)


def matches(stored: str, password: str) -> bool:
    with _places:
        try:
            return _hasher.verify(stored, nfc(password))
        except (VerifyMismatchError, InvalidHashError):
            return False


# A hash to check against when nobody has that address, so that both answers take equally long.
NOBODY = _hasher.hash("nobody has this password")
