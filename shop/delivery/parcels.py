"""Which goods travel together: one parcel for each place that serves the order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shop.cart.models import CartLine
from shop.stock.availability import Free, choose

# Carriers inside Vietnam charge the larger of weight and volume: cm³ / 6000 = kg (facts.md §3.3).
CM3_PER_KG = 6_000


@dataclass(frozen=True)
class Piece:
    """One basket line and the stock that serves it."""

    line: CartLine
    served: Free

    @property
    def charged_g(self) -> int:
        """The weight a carrier charges for the whole line, in grams."""
        product = self.line.variant.product
        length, width, height = product.packed_cm
        volumetric = length * width * height * 1_000 // CM3_PER_KG
        return max(product.packed_g, volumetric) * self.line.quantity


@dataclass(frozen=True)
class ParcelPlan:
    """What one place sends (or keeps ready) for an order."""

    location_id: int
    point_id: int | None
    pieces: tuple[Piece, ...]

    @property
    def charged_g(self) -> int:
        return sum(piece.charged_g for piece in self.pieces)

    @property
    def lead_days(self) -> int:
        """Working days until the last piece is ready; goods on a point's shelf are ready at once."""
        if self.point_id is not None:
            return 0
        return max(piece.line.variant.product.lead_days for piece in self.pieces)


def plan(
    lines: Sequence[CartLine], places: Mapping[int, Sequence[Free]], *, point_id: int | None = None
) -> list[ParcelPlan]:
    """The parcels of a basket; lines that no place can serve are left out (their problem says so)."""
    by_place: dict[tuple[int, int | None], list[Piece]] = defaultdict(list)
    for line in lines:
        served = choose(places.get(line.variant_id, ()), line.quantity, point_id=point_id)
        if served is not None:
            by_place[served.location_id, served.point_id].append(Piece(line, served))
    return [ParcelPlan(location, point, tuple(pieces)) for (location, point), pieces in by_place.items()]
