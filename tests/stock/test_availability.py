"""What is free where, and which place serves a line."""

import pytest

from shop.core.db import transaction
from shop.stock import keeping
from shop.stock.availability import Free, at_points, choose, free_pieces, of_variants
from shop.stock.keeping import Wanted
from tests.factories import a_point, a_product, a_variant, stock_of


def free(stock_id, point_id, pieces):
    return Free(stock_id, variant_id=1, location_id=stock_id, point_id=point_id, pieces=pieces)


WORKSHOP, HERE, THERE = free(1, None, 5), free(2, 7, 2), free(3, 8, 9)


@pytest.mark.parametrize(
    ("quantity", "point_id", "chosen"),
    [
        (2, 7, HERE),
        (3, 7, WORKSHOP),
        (2, None, WORKSHOP),
        (6, 7, THERE),
        (6, None, THERE),
        (10, 7, None),
    ],
)
def test_the_buyer_s_point_serves_first_then_the_workshop_then_any_point(quantity, point_id, chosen):
    assert choose([WORKSHOP, HERE, THERE], quantity, point_id=point_id) is chosen


def test_a_line_is_never_torn_so_the_fullest_place_says_how_many_are_free(app):
    point = a_point()
    product = a_product(stock=3, at_points={point: 4})
    variant = product.variants[0].id
    assert free_pieces([variant]) == {variant: 4}


def test_places_with_nothing_free_are_left_out(app):
    product = a_product(stock=2)
    variant = product.variants[0].id
    with transaction():
        keeping.hold([Wanted(stock_of(product).id, 2)], reference="order:1")
    assert of_variants([variant]) == {}
    assert free_pieces([variant]) == {}


def test_a_point_s_pieces_are_those_of_all_variants_still_sold(app):
    point = a_point()
    product = a_product(at_points={point: 2})
    a_variant(product, stock=50)
    assert at_points([variant.id for variant in product.variants]) == {point.id: 2}
    with transaction():
        product.variants[0].is_sold = False
    assert at_points([variant.id for variant in product.variants if variant.is_sold]) == {}
