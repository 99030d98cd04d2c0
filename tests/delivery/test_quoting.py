"""What delivery costs and when it comes: parcels, weights, zones, hotels."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from shop.catalogue import changes, shelves
from shop.core import clock
from shop.core.db import db, transaction
from shop.core.money import Vnd
from shop.delivery.models import Method, Rate, Zone, zone_of
from shop.delivery.promising import NoPromise
from shop.delivery.quoting import CheckOutPassed, HotelOutsideHanoi, TooLateForHotel, arrival_in_hanoi, quote, rate_on
from shop.places.models import Province, Ward
from tests.factories import (
    BAT_TRANG,
    HOAN_KIEM,
    a_cart,
    a_point,
    a_producer,
    a_product,
    a_ward,
    home,
    hotel,
    pick_up,
)

pytestmark = pytest.mark.usefixtures("tuesday", "app")
TODAY = date(2026, 11, 24)


def quoted(*lines, to=None):
    return quote(a_cart(*lines).lines, to or home())


def charged(*lines, to=None):
    return [one.parcel.charged_g for one in quoted(*lines, to=to).parcels]


def a_ward_in(region):
    return db.session.scalars(
        select(Ward).join(Province).where(Province.region == region, Province.code != "01")
    ).first()


def test_the_larger_of_weight_and_volume_is_charged_for_every_piece():
    heavy = a_product(packed_g=700, packed_cm=[20, 15, 12])
    bulky = a_product(packed_g=700, packed_cm=[40, 30, 20])
    assert charged((heavy, 3)) == [2_100]
    assert charged((bulky, 2)) == [8_000]


@pytest.mark.parametrize(
    ("grams", "price"),
    [(1, 20_000), (1_000, 20_000), (1_001, 23_000), (1_500, 23_000), (1_501, 26_000), (10_000, 74_000)],
)
def test_the_first_weight_has_a_price_and_each_begun_step_adds_to_it(grams, price):
    assert rate_on(Zone.HANOI_URBAN, TODAY).price_of(grams) == price


def test_every_ward_lies_in_a_zone():
    assert zone_of(a_ward(HOAN_KIEM)) is Zone.HANOI_URBAN
    assert zone_of(a_ward(BAT_TRANG)) is Zone.HANOI_RURAL
    zones = {zone_of(ward) for ward in db.session.scalars(select(Ward))}
    assert zones == set(Zone)
    for region in ("north", "central", "south"):
        assert zone_of(a_ward_in(region)) is Zone(region)


def test_the_farther_it_goes_the_dearer_and_later_it_is():
    product = a_product()
    wards = [a_ward(HOAN_KIEM), a_ward(BAT_TRANG), *(a_ward_in(region) for region in ("north", "central", "south"))]
    quotes = [quoted(product, to=home(ward.code)) for ward in wards]
    assert [one.total for one in quotes] == [20_000, 25_000, 36_000, 42_000, 47_000]
    assert [one.last for one in quotes] == sorted(one.last for one in quotes)


def test_goods_of_one_maker_travel_together_and_two_makers_send_two_parcels():
    maker = a_producer()
    mine, also_mine, other = a_product(producer=maker), a_product(producer=maker, lead_days=4), a_product()
    made = quoted(mine, also_mine, other)
    assert [len(one.parcel.pieces) for one in made.parcels] == [2, 1]
    assert [one.price for one in made.parcels] == [23_000, 20_000]
    assert made.total == 43_000
    assert [one.parcel.lead_days for one in made.parcels] == [4, 0]
    assert (made.first, made.last) == (date(2026, 11, 25), date(2026, 12, 1))


def test_what_the_chosen_point_has_is_ready_there_and_the_rest_is_brought():
    point = a_point()
    here, brought = a_product(at_points={point: 2}), a_product()
    made = quoted(here, brought, to=pick_up(point))
    assert [(one.parcel.point_id, one.price, one.promise.first) for one in made.parcels] == [
        (point.id, 0, TODAY),
        (None, 0, TODAY + timedelta(days=2)),
    ]
    assert made.total == 0


def test_a_line_no_place_can_serve_is_left_out():
    made = quoted(a_product(stock=1), (a_product(stock=1), 2))
    assert [len(one.parcel.pieces) for one in made.parcels] == [1]


def test_a_hotel_in_hanoi_gets_its_parcel_the_day_before_check_out():
    product = a_product()
    last = quoted(product).last
    made = quoted(product, to=hotel(last + timedelta(days=1)))
    assert (made.destination.method, made.last, made.total) == (Method.HOTEL, last, 20_000)


def test_what_might_come_on_the_day_of_check_out_is_too_late():
    product = a_product()
    last = quoted(product).last
    with pytest.raises(TooLateForHotel) as refusal:
        quoted(product, to=hotel(last))
    assert refusal.value.facts == {"last": last}


def test_one_slow_parcel_makes_the_whole_order_too_late():
    with pytest.raises(TooLateForHotel):
        quoted(a_product(), a_product(lead_days=20), to=hotel(TODAY + timedelta(days=10)))


@pytest.mark.parametrize("check_out", [None, TODAY - timedelta(days=1), TODAY])
def test_a_check_out_that_is_not_ahead_is_refused(check_out):
    with pytest.raises(CheckOutPassed):
        quoted(a_product(), to=hotel(check_out))


def test_hotels_are_served_in_hanoi_only():
    ward = a_ward_in("south")
    with pytest.raises(HotelOutsideHanoi) as refusal:
        quoted(a_product(), to=hotel(TODAY + timedelta(days=30), ward.code))
    assert refusal.value.facts == {"ward": ward.name}


def test_the_table_in_force_on_the_day_decides():
    new_year = date(2027, 1, 1)
    old = rate_on(Zone.SOUTH, TODAY)
    copied = ("first_g", "step_g", "step_price", "days_least", "days_most")
    with transaction():
        fields = {name: getattr(old, name) for name in copied}
        db.session.add(Rate(zone=Zone.SOUTH, valid_from=new_year, first_price=Vnd(50_000), **fields))
        changes.note(0)
    assert rate_on(Zone.SOUTH, new_year - timedelta(days=1)).first_price == 38_000
    assert rate_on(Zone.SOUTH, new_year).first_price == 50_000
    with pytest.raises(NoPromise):
        rate_on(Zone.SOUTH, date(2025, 12, 31))


def test_the_table_can_be_asked_while_we_write():
    """The look at the change log is a connection beside ours, and must not wait for the turn that we hold."""
    shelves.forget()
    with transaction():
        db.session.execute(update(Rate).values(step_g=Rate.step_g))
        assert rate_on(Zone.NORTH, TODAY).first_price == 30_000
    assert rate_on(Zone.NORTH, TODAY).first_price == 30_000, "it outlives the session that read it"


def test_a_product_page_promises_for_hanoi_now():
    assert arrival_in_hanoi(5, on_shelf=True).first == date(2026, 11, 25)
    assert arrival_in_hanoi(5, on_shelf=False).first == date(2026, 12, 1)
    assert clock.today() == TODAY
