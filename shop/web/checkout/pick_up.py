"""The sales points a basket can be picked up at: by area, the quickest and the nearest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from shop.cart.models import Cart
from shop.core import clock
from shop.core.db import db
from shop.core.refusal import Refusal
from shop.delivery.models import Method
from shop.delivery.quoting import Destination, ParcelQuote, quote
from shop.places import points
from shop.places.models import OpeningHours, SalesPoint


@dataclass(frozen=True)
class PickUp:
    """A point, the parcel that is ready there last, and whether all of the basket lies on its shelf."""

    point: SalesPoint
    last: ParcelQuote | None
    is_here: bool

    @property
    def ready(self) -> date | None:
        return self.last.promise.last if self.last else None

    @property
    def hours(self) -> OpeningHours | None:
        """When the point is open on the day on which everything is ready."""
        return self.point.hours_on(self.ready) if self.ready else None

    @property
    def km(self) -> int:
        return round(points.km_from_centre(self.point))


@dataclass(frozen=True)
class Area:
    words: str
    choices: list[PickUp]
    is_folded: bool = False


def areas(cart: Cart, chosen: str | None) -> list[Area]:
    """What lies ready first, then the city, then its surroundings: these folded, unless that is all or the choice."""
    found = sorted(_everywhere(cart), key=lambda one: (one.ready or date.max, one.km, one.point.id))
    here = [one for one in found if one.is_here]
    city = [one for one in found if not one.is_here and one.point.ward.urban]
    around = [one for one in found if not one.is_here and not one.point.ward.urban]
    is_folded = bool(here or city) and chosen not in {str(one.point.id) for one in around}
    made = [
        Area(gettext("All of it is on the shelf here"), here),
        Area(gettext("In the city"), city),
        Area(gettext("Around the city"), around, is_folded),
    ]
    return [area for area in made if area.choices]


def _everywhere(cart: Cart) -> list[PickUp]:
    found = []
    for point in db.session.scalars(points.open_on(clock.today())).all():
        try:
            made = quote(cart.lines, Destination(Method.POINT, point=point))
        except Refusal:
            continue
        is_here = all(quoted.parcel.point_id == point.id for quoted in made.parcels)
        found.append(PickUp(point, max(made.parcels, key=lambda q: q.promise.last, default=None), is_here))
    return found
