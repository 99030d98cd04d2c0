"""What delivery costs and when it arrives, known before anybody's name is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from shop.cart.models import CartLine
from shop.catalogue.remembering import Remembered
from shop.core import clock
from shop.core.db import db
from shop.core.money import Vnd
from shop.core.refusal import N_, Refusal
from shop.delivery import promising
from shop.delivery.models import HANOI, Method, Rate, Zone, zone_of
from shop.delivery.parcels import ParcelPlan, plan
from shop.delivery.promising import Calendar, Promise
from shop.places.models import SalesPoint, Ward
from shop.stock.availability import of_variants


class HotelOutsideHanoi(Refusal):
    sentence = N_("We deliver to hotels in Hanoi. For %(ward)s choose delivery to an address.")
    field = "ward"


class TooLateForHotel(Refusal):
    sentence = N_(
        "Not everything arrives a day before you check out: the last parcel may come on %(last)s. "
        "Pick up at a sales point, or choose an address in Vietnam."
    )
    field = "check_out"


class TooFreshToTravel(Refusal):
    sentence = N_(
        "“%(product)s” keeps for %(days)s days only and may be on its way for %(road)s. "
        "Pick it up at a sales point, or take it out of the basket."
    )


class CheckOutPassed(Refusal):
    sentence = N_("Your check-out day must lie ahead.")
    field = "check_out"


@dataclass(frozen=True)
class Destination:
    """Where an order goes. Exactly one of `ward` and `point` is given; hotels need the check-out day too."""

    method: Method
    ward: Ward | None = None
    point: SalesPoint | None = None
    check_out: date | None = None


@dataclass(frozen=True)
class ParcelQuote:
    parcel: ParcelPlan
    price: Vnd
    promise: Promise


@dataclass(frozen=True)
class Quote:
    """Every parcel with its price and promise; `total` is delivery alone, in whole đồng."""

    destination: Destination
    parcels: tuple[ParcelQuote, ...]

    @property
    def total(self) -> Vnd:
        return Vnd(sum(quoted.price for quoted in self.parcels))

    @property
    def first(self) -> date:
        return min(quoted.promise.first for quoted in self.parcels)

    @property
    def last(self) -> date:
        return max(quoted.promise.last for quoted in self.parcels)


def quote(lines: Sequence[CartLine], destination: Destination, *, moment: datetime | None = None) -> Quote:
    """The parcels of these lines to this destination.

    Raises HotelOutsideHanoi, CheckOutPassed, TooLateForHotel, TooFreshToTravel or NoPromise;
    promises nothing it cannot keep.
    """
    moment = moment or clock.now()
    point_id = destination.point.id if destination.point else None
    plans = plan(lines, of_variants(line.variant_id for line in lines), point_id=point_id)
    days = promising.calendar()
    if destination.point is not None:
        return Quote(destination, tuple(_to_point(one, destination.point, moment, days) for one in plans))
    assert destination.ward is not None
    rate = rate_on(zone_of(destination.ward), clock.today())
    _check_freshness(plans, rate)
    made = Quote(destination, tuple(_by_carrier(one, rate, moment, days) for one in plans))
    if destination.method is Method.HOTEL:
        _check_hotel(made)
    return made


def rate_on(zone: Zone, day: date) -> Rate:
    """The rate of a zone on a day. Raises NoPromise where the table has none.

    Who changes the table notes a change of the catalogue (0: no product); within a moment all prices follow.
    """
    for rate in _kept.get("rates", _read_rates):
        if rate.zone is zone and rate.valid_from <= day and (rate.valid_until is None or day <= rate.valid_until):
            return rate
    raise promising.NoPromise()


_kept: Remembered[list[Rate]] = Remembered()


def _read_rates() -> list[Rate]:
    """The whole table, newest first."""
    rates = list(db.session.scalars(select(Rate).order_by(Rate.valid_from.desc())))
    for rate in rates:
        db.session.expunge(rate)  # they outlive the session
    return rates


def arrival_in_hanoi(lead_days: int, *, on_shelf: bool) -> Promise:
    """The promise a product page shows: to an address in urban Hanoi, ordered now."""
    rate = rate_on(Zone.HANOI_URBAN, clock.today())
    return promising.by_carrier(0 if on_shelf else lead_days, rate, clock.now(), promising.calendar())


def _check_freshness(plans: Sequence[ParcelPlan], rate: Rate) -> None:
    """Food that would be past its days on arrival is not sent."""
    for product in (piece.line.variant.product for parcel in plans for piece in parcel.pieces):
        if 0 < product.shelf_life_days <= rate.days_most:
            raise TooFreshToTravel(product=product.name, days=product.shelf_life_days, road=rate.days_most)


def _by_carrier(parcel: ParcelPlan, rate: Rate, moment: datetime, days: Calendar) -> ParcelQuote:
    return ParcelQuote(
        parcel, rate.price_of(parcel.charged_g), promising.by_carrier(parcel.lead_days, rate, moment, days)
    )


def _to_point(parcel: ParcelPlan, point: SalesPoint, moment: datetime, days: Calendar) -> ParcelQuote:
    on_shelf = parcel.point_id == point.id
    promise = promising.at_point(point, parcel.lead_days, moment, days, on_shelf=on_shelf)
    return ParcelQuote(parcel, Vnd(0), promise)


def _check_hotel(made: Quote) -> None:
    ward, check_out = made.destination.ward, made.destination.check_out
    assert ward is not None
    if ward.province_code != HANOI:
        raise HotelOutsideHanoi(ward=ward.name)
    if check_out is None or check_out <= clock.today():
        raise CheckOutPassed()
    if made.parcels and made.last > check_out - timedelta(days=1):
        raise TooLateForHotel(last=made.last)
