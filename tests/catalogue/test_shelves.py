"""The assortment of a process follows the change log of the database."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from shop.catalogue import changes, publishing, shelves
from shop.catalogue.assortment import Sort, stars_on
from shop.catalogue.models import CatalogueChange, Export
from shop.core import clock
from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.core.money import Vnd
from shop.provenance import recognising
from shop.stock import keeping
from shop.stock.keeping import Wanted
from tests.factories import BY, SECOND, a_certificate, a_point, a_producer, a_product, stock_of

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("tuesday", "app")]


def on_sale():
    shelf = shelves.current()
    return set(shelf.page(shelf.matching({}), Sort.BEST, size=99).ids)


def facts_of(product):
    shelf = shelves.current()
    return shelf.facts[shelf.slot_of[product.id]]


def test_an_empty_shop_has_empty_shelves():
    assert on_sale() == set()


def test_they_hold_every_published_product_and_nothing_else():
    live = a_product(stars=4, export=Export.NO, seasons=["tet"])
    a_product(published=False)
    assert on_sale() == {live.id}
    facts = facts_of(live)
    assert (facts.stars, facts.in_stock, facts.abroad, facts.seasons) == (4, True, False, ("tet",))


def test_a_product_published_later_appears_and_one_taken_down_goes():
    first = a_product()
    shelves.current()
    second = a_product()
    assert on_sale() == {first.id, second.id}
    with transaction():
        publishing.take_down(first, by=BY, reason="mould")
    assert on_sale() == {second.id}
    with transaction():
        publishing.publish(first, by=BY)
    assert on_sale() == {first.id, second.id}


def test_a_product_published_twice_keeps_its_first_day():
    product = a_product()
    before = product.published_at
    with transaction():
        publishing.publish(product, by=BY)
    assert product.published_at == before


def test_a_new_price_is_followed_and_the_lowest_one_sold_counts():
    product = a_product(price=120_000)
    shelves.current()
    with transaction():
        publishing.reprice(product.variants[0], Vnd(99_000), by=BY)
    assert facts_of(product).price == 99_000


def test_new_stars_suspension_and_revocation_are_followed():
    product = a_product()
    shelves.current()
    certificate = a_certificate(product, stars=5)
    assert facts_of(product).stars == 5
    with transaction():
        recognising.suspend(
            certificate, by=BY, approved_by=SECOND, from_day=clock.today(), decision_no="1", reason=Texts(vi="Thử")
        )
    assert facts_of(product).stars is None
    with transaction():
        recognising.reinstate(certificate, by=BY, approved_by=SECOND, on_day=clock.today())
    assert facts_of(product).stars == 5
    with transaction():
        recognising.revoke(
            certificate, by=BY, approved_by=SECOND, from_day=clock.today(), decision_no="2", reason=Texts(vi="Thử")
        )
    assert facts_of(product).stars is None


def test_the_last_piece_sold_is_followed():
    point = a_point()
    product = a_product(stock=0, at_points={point: 1})
    assert facts_of(product).points == (point.id,)
    with transaction():
        keeping.hold([Wanted(stock_of(product, point=point).id, 1)], reference="order:1")
    assert (facts_of(product).in_stock, facts_of(product).points) == (False, ())


def test_a_change_undone_is_not_followed():
    product = a_product()
    seq = shelves.current().seq
    with pytest.raises(ZeroDivisionError), transaction():
        publishing.take_down(product, by=BY, reason="a slip")
        db.session.flush()
        1 / 0
    assert on_sale() == {product.id}
    assert shelves.current().seq == seq


def test_without_a_change_the_same_assortment_is_handed_out():
    a_product()
    assert shelves.current() is shelves.current()


def test_at_midnight_in_hanoi_stars_that_ended_are_gone_without_any_change(tuesday):
    product = a_product()
    signed = clock.today() - timedelta(days=30)
    a_certificate(product, stars=4, day=signed, valid_until=clock.today())
    assert shelves.current().count({"stars": frozenset([4])}) == 1
    tuesday.move_to(clock.in_hanoi(clock.now()).replace(hour=23, minute=59, second=58))
    assert stars_on(facts_of(product), shelves.current().day) == 4
    tuesday.shift(5)
    assert shelves.current().count({"stars": frozenset([4])}) == 0


def test_names_of_villages_points_and_the_sample_s_mark_are_read_with_it():
    assert not shelves.has_sample()
    assert len(shelves.villages()) == 71
    assert shelves.points() == {}
    point = a_point(slug="trang-tien")
    assert shelves.points()[point.id].slug == "trang-tien"
    a_producer(is_sample=True)
    with transaction():
        changes.note(0)
    assert shelves.has_sample()


def test_a_database_restored_from_an_older_copy_is_read_anew():
    first, second = a_product(), a_product()
    assert on_sale() == {first.id, second.id}
    with transaction():
        second.published_at = None
        db.session.execute(delete(CatalogueChange).where(CatalogueChange.seq > 1))
    assert on_sale() == {first.id}


def test_far_behind_the_log_it_is_built_anew():
    first = a_product()
    shelves.current()
    with transaction():
        db.session.add_all(CatalogueChange(product_id=first.id, at=clock.now()) for _ in range(1_001))
    second = a_product()
    assert on_sale() == {first.id, second.id}
    assert shelves.current().seq == changes.newest()
