"""What goes into the index and what comes out of it, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One product as the index sees it; texts by language ('vi', 'en'), a higher `rank` is more popular."""

    product_id: int
    name: Mapping[str, str]
    village: Mapping[str, str]
    maker: str
    group: Mapping[str, str]
    body: Mapping[str, str]
    rank: int = 0
    places: tuple[str, ...] = ()
    """Names of commune and district, of today and before 2025: a buyer may know either."""


@dataclass(frozen=True)
class Found:
    """Product ids best first (at most 2,000), how many in all, and the words used if not those typed."""

    ids: list[int]
    total: int
    corrected: str | None = None
