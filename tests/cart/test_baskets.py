"""The basket: what may lie in it, and what each line must say before anyone pays."""

from datetime import date, timedelta

import pytest

from shop.cart import baskets
from shop.cart.models import MOST_LINES, MOST_PIECES, BasketFull, Cart, CartLine, NotForSale, TooMany
from shop.catalogue import publishing
from shop.catalogue.models import Product, Variant
from shop.core import clock
from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.core.money import Vnd
from shop.provenance import recognising
from shop.stock import keeping
from shop.stock.keeping import Wanted
from tests.factories import BY, SECOND, a_cart, a_certificate, a_product, stock_of

pytestmark = pytest.mark.usefixtures("tuesday", "app")


def troubles(cart):
    db.session.rollback()
    found = baskets.problems(cart, baskets.standing(cart))
    return {variant: [(problem.sentence, problem.blocks) for problem in wrong] for variant, wrong in found.items()}


def hold(product, quantity):
    with transaction():
        keeping.hold([Wanted(stock_of(product).id, quantity)], reference="order:1")


def only_trouble(cart):
    ((trouble,),) = troubles(cart).values()
    return trouble


def test_pieces_of_one_product_are_one_line_and_totals_are_whole_dong():
    cup, pot = a_product(price=45_000), a_product(price=120_000)
    cart = a_cart((cup, 2), pot, (cup, 1))
    assert [(line.variant.product_id, line.quantity) for line in cart.lines] == [(cup.id, 3), (pot.id, 1)]
    assert (cart.pieces, cart.goods_total, cart.is_empty) == (4, 255_000, False)


def test_a_quantity_of_none_takes_the_line_out():
    cup = a_product()
    cart = a_cart((cup, 2))
    with transaction():
        cart.change(cup.variants[0].id, 0)
    db.session.expire_all()
    assert cart.is_empty
    assert db.session.query(CartLine).count() == 0


def test_every_change_makes_a_new_version():
    cup = a_product()
    cart = a_cart(cup)
    seen = [cart.version]
    with transaction():
        cart.change(cup.variants[0].id, 3)
        seen.append(cart.version)
        cart.accept_changes({})
        seen.append(cart.version)
        cart.clear()
        seen.append(cart.version)
    assert seen == sorted(set(seen))


def test_changing_what_is_not_there_changes_nothing():
    cart = a_cart(a_product())
    version = cart.version
    with transaction():
        cart.change(999, 5)
    assert (cart.version, cart.pieces) == (version, 1)


@pytest.mark.parametrize("quantity", [0, -1, MOST_PIECES + 1])
def test_no_pieces_or_far_too_many_cannot_be_added(quantity):
    with pytest.raises(TooMany):
        a_cart((a_product(), quantity))


def test_adding_up_beyond_the_most_is_refused_and_the_line_stays():
    cup = a_product()
    cart = a_cart((cup, 98))
    with pytest.raises(TooMany), transaction():
        cart.add(cup.variants[0], 2, stars=None)
    db.session.expire_all()
    assert cart.pieces == 98


@pytest.mark.parametrize("quantity", [-1, MOST_PIECES + 1])
def test_a_line_cannot_be_set_below_none_or_above_the_most(quantity):
    cup = a_product()
    cart = a_cart(cup)
    with pytest.raises(TooMany), transaction():
        cart.change(cup.variants[0].id, quantity)
    db.session.expire_all()
    assert cart.pieces == 1


def test_a_basket_has_an_end():
    product = Product(published_at=clock.now())
    variants = [Variant(id=i, price=Vnd(1_000), is_sold=True, product=product) for i in range(MOST_LINES + 1)]
    cart = Cart(token="t", version=1)
    for variant in variants[:MOST_LINES]:
        cart.lines.append(CartLine(variant=variant, variant_id=variant.id, quantity=1, price_seen=variant.price))
    with pytest.raises(BasketFull):
        cart.add(variants[-1], 1, stars=None)


def test_what_is_not_on_sale_cannot_be_added():
    hidden, withdrawn = a_product(published=False), a_product()
    with transaction():
        withdrawn.variants[0].is_sold = False
    for product in (hidden, withdrawn):
        with pytest.raises(NotForSale):
            a_cart(product)


def test_a_basket_is_found_by_its_token_only():
    cart = a_cart(a_product())
    db.session.expire_all()
    assert baskets.of_token(cart.token) is cart
    assert baskets.of_token("guessed") is None
    assert baskets.of_token("") is None
    assert baskets.of_token(None) is None


def test_a_line_in_order_says_nothing():
    assert troubles(a_cart(a_product(stars=4))) == {}


def test_a_product_taken_down_must_go():
    cup = a_product()
    cart = a_cart(cup)
    with transaction():
        publishing.take_down(cup, by=BY, reason="mould")
    assert only_trouble(cart) == (baskets.GONE, True)


def test_the_last_piece_gone_is_said_on_its_line():
    cup, pot = a_product(stock=1), a_product()
    cart = a_cart(cup, pot)
    hold(cup, 1)
    assert troubles(cart) == {cup.variants[0].id: [(baskets.SOLD_OUT, True)]}


def test_too_few_left_says_how_many():
    cup = a_product(stock=5)
    cart = a_cart((cup, 4))
    hold(cup, 2)
    assert only_trouble(cart) == (baskets.ONLY_LEFT, True)
    (problem,) = baskets.problems(cart, baskets.standing(cart))[cup.variants[0].id]
    assert problem.facts == {"left": 3}


def test_a_new_price_is_said_but_does_not_block():
    cup = a_product(price=120_000)
    cart = a_cart(cup)
    with transaction():
        publishing.reprice(cup.variants[0], Vnd(99_000), by=BY)
    assert only_trouble(cart) == (baskets.DEARER, False)
    assert cart.goods_total == 99_000
    with transaction():
        cart.accept_changes({})
    assert troubles(cart) == {}


def test_a_certificate_that_lapsed_meanwhile_is_said(tuesday):
    cup = a_product()
    a_certificate(cup, stars=4, valid_until=date(2026, 11, 24))
    cart = a_cart(cup)
    tuesday.shift(timedelta(days=1))
    assert only_trouble(cart) == (baskets.LAPSED, False)


def test_a_certificate_revoked_meanwhile_is_said_and_can_be_accepted():
    cup = a_product()
    certificate = a_certificate(cup, stars=4)
    cart = a_cart(cup)
    with transaction():
        recognising.revoke(
            certificate, by=BY, approved_by=SECOND, from_day=clock.today(), decision_no="MẪU-1", reason=Texts(vi="Thử")
        )
    assert only_trouble(cart) == (baskets.LAPSED, False)
    with transaction():
        cart.accept_changes({cup.id: None})
    assert troubles(cart) == {}


def test_other_stars_than_seen_are_said():
    cup = a_product(stars=3)
    cart = a_cart(cup)
    a_certificate(cup, stars=4, day=clock.today())
    assert only_trouble(cart) == (baskets.FEWER, False)


def test_stars_gained_since_are_no_trouble():
    cup = a_product()
    cart = a_cart(cup)
    a_certificate(cup, stars=4)
    assert troubles(cart) == {}
