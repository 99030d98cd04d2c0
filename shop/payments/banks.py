"""The banks of NAPAS by their BIN, so that a buyer reads a name and not six digits."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

BANKS = Path(__file__).parent / "data" / "napas_banks.csv"


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    with BANKS.open(encoding="utf-8", newline="") as lines:
        return {row["bin"]: row["short_name"] for row in csv.DictReader(lines)}


def name_of(bank_bin: str) -> str:
    """'970436' → 'Vietcombank'; a BIN not in the list stays as it is."""
    return _names().get(bank_bin, bank_bin)
