"""Whole đồng: Vietnamese money has no smaller part, so amounts are integers everywhere."""

from collections.abc import Sequence
from typing import NewType

Vnd = NewType("Vnd", int)
BASIS = 10_000


def part_of(amount: int, basis_points: int) -> Vnd:
    """`basis_points` hundredths of a per cent of `amount`, rounded half up to the whole đồng."""
    return Vnd((amount * basis_points * 2 + BASIS) // (BASIS * 2))


def tax_within(gross: int, basis_points: int) -> Vnd:
    """The tax contained in a price that includes it."""
    return Vnd(gross - (gross * BASIS * 2 + (BASIS + basis_points)) // ((BASIS + basis_points) * 2))


def split(amount: int, weights: Sequence[int]) -> list[Vnd]:
    """`amount` shared out by `weights`, exact to the đồng by largest remainder (earlier shares first on a tie)."""
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("split() needs at least one positive weight")
    shares = [amount * weight // whole for weight in weights]
    rest = amount - sum(shares)
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % whole), i))
    for i in by_remainder[:rest]:
        shares[i] += 1
    return [Vnd(share) for share in shares]
