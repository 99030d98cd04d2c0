"""Order numbers: short, speakable, with a check character that catches every slip of one sign and every swap."""

from __future__ import annotations

import secrets

# 31 signs, a prime, without 0/O, 1/I/L: nothing that looks alike.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PREFIX = "HN"
LENGTH = 6


def new() -> str:
    body = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return PREFIX + body + check_sign(body)


def check_sign(body: str) -> str:
    """The sign that makes the weighted sum a multiple of 31."""
    total = sum((place + 1) * SIGNS.index(sign) for place, sign in enumerate(body))
    # The check sign's own weight is LENGTH + 1; 31 is prime, so that weight has an inverse.
    inverse = pow(LENGTH + 1, -1, len(SIGNS))
    return SIGNS[-total * inverse % len(SIGNS)]


def is_number(text: str) -> bool:
    body = text[len(PREFIX) : -1]
    known = all(sign in SIGNS for sign in text[len(PREFIX) :])
    return text.startswith(PREFIX) and len(body) == LENGTH and known and text[-1] == check_sign(body)


def tidy(typed: str) -> str:
    """What a person typed, as a number is written: no spaces or dashes, capitals."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())
