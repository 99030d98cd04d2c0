"""Holding, taking, releasing and putting back: no piece is sold twice, every piece leaves a row."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from shop.catalogue import changes
from shop.catalogue.models import OnShelf, Product
from shop.core.db import db, transaction
from shop.stock import checks, keeping
from shop.stock.keeping import OutOfStock, Wanted
from shop.stock.models import Hold, HoldState, Movement, Reason, Stock
from tests.factories import BY, a_point, a_product, stock_of

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("app")]


def hold(product, quantity, reference="order:1"):
    wanted = [Wanted(stock_of(product).id, quantity)]
    with transaction():
        keeping.hold(wanted, reference=reference)


def take(reference="order:1"):
    with transaction():
        keeping.take(reference, by=BY)


def release(reference="order:1"):
    with transaction():
        keeping.release(reference)


def put_back(reference="order:1"):
    with transaction():
        keeping.put_back(reference, by=BY)


def counts(product):
    stock = stock_of(product)
    return stock.on_hand, stock.held, stock.free


def all_is_explained():
    db.session.rollback()
    return checks.unexplained() == checks.overheld() == []


def test_held_pieces_are_still_there_but_not_free():
    product = a_product(stock=5)
    hold(product, 2)
    assert counts(product) == (5, 2, 3)
    assert all_is_explained()


def test_taken_pieces_have_left_and_a_movement_says_so():
    product = a_product(stock=5)
    hold(product, 2)
    take()
    assert counts(product) == (3, 0, 3)
    moves = db.session.execute(select(Movement.quantity, Movement.reason, Movement.reference).order_by(Movement.id))
    assert [tuple(move) for move in moves] == [(5, Reason.RECEIVED, ""), (-2, Reason.SOLD, "order:1")]
    assert all_is_explained()


def test_released_pieces_are_free_again():
    product = a_product(stock=5)
    hold(product, 2)
    release()
    assert counts(product) == (5, 0, 5)
    assert all_is_explained()


def test_pieces_put_back_lie_on_the_shelf_again():
    product = a_product(stock=5)
    hold(product, 2)
    take()
    put_back()
    assert counts(product) == (5, 0, 5)
    assert all_is_explained()


@pytest.mark.parametrize("deed", [take, release])
def test_ending_a_hold_twice_changes_nothing(deed):
    product = a_product(stock=5)
    hold(product, 2)
    deed()
    once = counts(product)
    deed()
    assert counts(product) == once
    assert all_is_explained()


def test_putting_back_twice_changes_nothing():
    product = a_product(stock=5)
    hold(product, 2)
    take()
    put_back()
    put_back()
    assert counts(product) == (5, 0, 5)
    assert all_is_explained()


def test_what_was_taken_can_no_longer_be_released():
    product = a_product(stock=5)
    hold(product, 2)
    take()
    release()
    assert counts(product) == (3, 0, 3)


def test_more_than_is_free_is_refused_and_names_what_is_left():
    product = a_product(stock=3)
    hold(product, 2)
    with pytest.raises(OutOfStock) as refusal:
        hold(product, 2, "order:2")
    assert refusal.value.facts["left"] == 1
    assert refusal.value.facts["product"] == product.name
    assert counts(product) == (3, 2, 1)


def test_an_order_of_two_goods_gets_both_or_none():
    plenty, scarce = a_product(stock=9), a_product(stock=1)
    wanted = [Wanted(stock_of(plenty).id, 2), Wanted(stock_of(scarce).id, 2)]
    with pytest.raises(OutOfStock), transaction():
        keeping.hold(wanted, reference="order:1")
    assert counts(plenty) == (9, 0, 9)
    assert counts(scarce) == (1, 0, 1)
    assert db.session.scalars(select(Hold)).all() == []


def test_late_money_takes_released_pieces_again():
    product = a_product(stock=2)
    hold(product, 2)
    release()
    with transaction():
        keeping.hold_again("order:1")
    assert counts(product) == (2, 2, 0)
    assert all_is_explained()


def test_late_money_finds_them_gone():
    product = a_product(stock=2)
    hold(product, 2)
    release()
    hold(product, 1, "order:2")
    with pytest.raises(OutOfStock), transaction():
        keeping.hold_again("order:1")
    assert counts(product) == (2, 1, 1)


def test_pieces_held_released_and_held_again_are_taken_once():
    product = a_product(stock=5)
    hold(product, 2)
    release()
    with transaction():
        keeping.hold_again("order:1")
    take()
    assert counts(product) == (3, 0, 3)
    assert db.session.scalars(select(Hold.state)).all() == [HoldState.TAKEN]


def test_a_second_revival_promises_the_order_s_pieces_not_double():
    product = a_product(stock=5)
    hold(product, 2)
    for _ in range(2):
        release()
        with transaction():
            keeping.hold_again("order:1")
    assert counts(product) == (5, 2, 3)


def test_the_database_itself_refuses_to_promise_what_is_not_there():
    stock_id = stock_of(a_product(stock=1)).id
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(update(Stock).where(Stock.id == stock_id).values(held=2))
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(update(Stock).where(Stock.id == stock_id).values(held=-1))


def in_stock(product):
    db.session.rollback()
    return db.session.scalar(select(Product.in_stock).where(Product.id == product.id))


def points_of(product):
    db.session.rollback()
    return list(db.session.scalars(select(OnShelf.point_id).where(OnShelf.product_id == product.id)))


def test_the_last_piece_promised_takes_the_product_out_of_stock_and_its_release_brings_it_back():
    product = a_product(stock=2)
    assert in_stock(product)
    hold(product, 1, "order:1")
    assert in_stock(product)
    hold(product, 1, "order:2")
    assert not in_stock(product)
    release("order:2")
    assert in_stock(product)


def test_a_point_whose_shelf_runs_empty_is_no_longer_named_while_the_workshop_has_some():
    point = a_point()
    product = a_product(stock=5, at_points={point: 1})
    assert points_of(product) == [point.id]
    with transaction():
        keeping.hold([Wanted(stock_of(product, point=point).id, 1)], reference="order:1")
    assert points_of(product) == []
    assert in_stock(product)
    release()
    assert points_of(product) == [point.id]


def test_goods_put_back_are_in_stock_again():
    product = a_product(stock=1)
    hold(product, 1)
    take()
    assert not in_stock(product)
    put_back()
    assert in_stock(product)


def test_a_usual_sale_notes_no_change_of_the_catalogue():
    product = a_product(stock=9)
    before = changes.newest()
    hold(product, 2)
    take()
    assert changes.newest() == before
