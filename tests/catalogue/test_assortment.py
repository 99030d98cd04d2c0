"""The assortment counts, filters and pages truly, and a changed one equals one built anew."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shop.catalogue import assortment
from shop.catalogue.assortment import Assortment, Facts, Sort, UnknownPage, band_of

DAY = date(2026, 11, 24)
FACETS = ("village", "group", "price", "stars", "stock", "abroad", "season", "point")


def some_facts(product_id, **fields):
    defaults = {
        "village_id": 1,
        "group": "handicraft",
        "price": 120_000,
        "stars": None,
        "stars_until": None,
        "in_stock": True,
        "abroad": False,
        "seasons": (),
        "points": (),
        "published": 1_000,
    }
    if fields.get("stars"):
        defaults["stars_until"] = DAY + timedelta(days=300)
    return Facts(product_id, **{**defaults, **fields})


def built(*rows):
    return Assortment.build(rows, seq=1, day=DAY)


def chosen(**values):
    return {name: frozenset(value if isinstance(value, tuple) else (value,)) for name, value in values.items()}


@pytest.fixture
def shelf():
    return built(
        some_facts(1, village_id=1, stars=5, price=900_000, points=(7,)),
        some_facts(2, village_id=1, stars=4, price=90_000, abroad=True),
        some_facts(3, village_id=2, stars=4, price=250_000, in_stock=False, seasons=("tet",)),
        some_facts(4, village_id=2, group="food", price=100_000, points=(7, 8)),
    )


def ids(shelf, selection, sort=Sort.BEST):
    return shelf.page(shelf.matching(selection), sort, size=50).ids


def test_values_within_a_facet_add_up_and_facets_narrow(shelf):
    assert ids(shelf, chosen(stars=(4, 5))) == [1, 2, 3]
    assert ids(shelf, chosen(stars=(4, 5), village=2)) == [3]
    assert ids(shelf, chosen(stock=True, point=7)) == [1, 4]
    assert ids(shelf, chosen(season="tet")) == [3]
    assert ids(shelf, chosen(village=99)) == []
    assert shelf.count({}) == 4


def test_a_facet_counts_what_each_of_its_values_would_show_while_the_others_stand(shelf):
    selection = chosen(village=1, stars=5)
    assert shelf.counts("stars", selection) == {5: 1, 4: 1}
    assert shelf.counts("village", selection) == {1: 1, 2: 0}
    assert shelf.counts("stars", chosen(village=2)) == {5: 0, 4: 1}


def test_an_empty_facet_filters_nothing(shelf):
    assert shelf.count({"stars": frozenset()}) == 4


def test_stars_whose_time_is_over_are_no_stars():
    lapsed = some_facts(1, stars=5, stars_until=DAY - timedelta(days=1))
    last_day = some_facts(2, stars=5, stars_until=DAY)
    shelf = built(lapsed, last_day)
    assert ids(shelf, chosen(stars=5)) == [2]
    assert ids(shelf, {}) == [2, 1]


@pytest.mark.parametrize(
    ("price", "band"), [(1, 0), (99_999, 0), (100_000, 1), (299_999, 1), (700_000, 3), (1_500_000, 4), (10**10, 4)]
)
def test_each_price_lies_in_one_band(price, band):
    assert band_of(price) == band


def test_the_best_stand_first_and_what_is_sold_out_stands_behind_its_like():
    shelf = built(
        some_facts(1, stars=4, in_stock=False, published=9_000),
        some_facts(2, stars=4, published=10),
        some_facts(3, stars=4, published=20),
        some_facts(4, stars=5, in_stock=False),
        some_facts(5),
    )
    assert ids(shelf, {}) == [4, 3, 2, 1, 5]
    assert ids(shelf, {}, Sort.NEWEST) == [1, 5, 4, 3, 2]


def test_prices_are_sorted_both_ways(shelf):
    assert ids(shelf, {}, Sort.PRICE) == [2, 4, 3, 1]
    assert ids(shelf, {}, Sort.PRICE_DOWN) == [1, 3, 4, 2]


def test_the_first_page_names_only_the_next_and_the_last_only_the_one_before(shelf):
    everything = shelf.matching({})
    first = shelf.page(everything, Sort.PRICE, size=2)
    assert (first.ids, first.total, first.after, first.before) == ([2, 4], 4, 4, None)
    last = shelf.page(everything, Sort.PRICE, size=2, after=first.after)
    assert (last.ids, last.after, last.before) == ([3, 1], None, 3)
    assert shelf.page(everything, Sort.PRICE, size=2, before=last.before).ids == first.ids


def test_a_page_key_nobody_knows_is_refused(shelf):
    for key in ({"after": 99}, {"before": 99}):
        with pytest.raises(UnknownPage):
            shelf.page(shelf.matching({}), Sort.BEST, size=2, **key)


def test_a_key_whose_product_has_left_the_shelves_is_refused(shelf):
    without = shelf.with_changes({2: None}, seq=2)
    with pytest.raises(UnknownPage):
        without.page(without.matching({}), Sort.BEST, size=2, after=2)


def test_a_key_that_fell_out_of_the_filter_still_marks_its_place(shelf):
    """The page was left open, its last product sold out: the next page goes on where it stood."""
    sold_out = shelf.with_changes({4: some_facts(4, group="food", price=100_000, in_stock=False)}, seq=2)
    in_stock = sold_out.matching(chosen(stock=True))
    assert sold_out.page(in_stock, Sort.PRICE, size=2, after=4).ids == [1]


def test_an_empty_shelf_has_one_empty_page():
    page = built().page(0, Sort.BEST, size=24)
    assert page == ([], 0, None, None)


def test_search_results_keep_their_own_order_and_only_what_is_on_sale(shelf):
    found = [4, 99, 1, 3]
    bits = shelf.bits_of(found)
    assert shelf.count({}, among=bits) == 3
    assert shelf.those_in(shelf.matching(chosen(stock=True), bits), found) == [4, 1]


def test_a_copy_with_changes_leaves_the_one_in_use_alone(shelf):
    before = [ids(shelf, {}, sort) for sort in Sort]
    shelf.with_changes({1: None, 2: some_facts(2, price=5), 9: some_facts(9)}, seq=2)
    assert [ids(shelf, {}, sort) for sort in Sort] == before
    assert shelf.seq == 1


facts = st.builds(
    some_facts,
    st.integers(1, 30),
    village_id=st.integers(1, 3),
    group=st.sampled_from(["food", "handicraft"]),
    price=st.sampled_from([50_000, 100_000, 250_000, 2_000_000]),
    stars=st.sampled_from([None, 3, 4, 5]),
    stars_until=st.sampled_from([DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)]),
    in_stock=st.booleans(),
    abroad=st.booleans(),
    seasons=st.sets(st.sampled_from(["tet", "mid-autumn"])).map(tuple),
    points=st.sets(st.integers(7, 9)).map(tuple),
    published=st.integers(1, 3),
)
stocks = st.lists(facts, max_size=25, unique_by=lambda one: one.product_id)
changes = st.lists(
    st.dictionaries(st.integers(1, 30), st.none() | facts, max_size=6).map(
        lambda changed: {key: one and one._replace(product_id=key) for key, one in changed.items()}
    ),
    max_size=4,
)
selections = st.fixed_dictionaries(
    {},
    optional={
        "village": st.frozensets(st.integers(1, 4)),
        "stars": st.frozensets(st.sampled_from([3, 4, 5])),
        "price": st.frozensets(st.integers(0, 4)),
        "stock": st.just(frozenset([True])),
        "point": st.frozensets(st.integers(7, 9)),
    },
)


@settings(max_examples=120, deadline=None)
@given(stocks, changes, selections)
def test_a_changed_assortment_equals_one_built_anew(rows, rounds, selection):
    followed = Assortment.build(sorted(rows), seq=1, day=DAY)
    wanted = {one.product_id: one for one in rows}
    for seq, changed in enumerate(rounds, 2):
        followed = followed.with_changes(changed, seq=seq)
        wanted.update(changed)
    anew = Assortment.build([wanted[key] for key in sorted(wanted) if wanted[key]], seq=followed.seq, day=DAY)
    for sort in Sort:
        assert ids(followed, selection, sort) == ids(anew, selection, sort)
    for facet in FACETS:
        assert counted(followed, facet, selection) == counted(anew, facet, selection)
    assert followed.count(selection) == anew.count(selection)


def counted(shelf, facet, selection):
    return {value: number for value, number in shelf.counts(facet, selection).items() if number}


@pytest.mark.parametrize("few", [0, 5_000], ids=["walking the whole order", "sorting the few"])
@settings(max_examples=60, deadline=None)
@given(rows=stocks, selection=selections, sort=st.sampled_from(Sort), size=st.integers(1, 7))
def test_pages_forward_and_back_are_the_same_pages(few, rows, selection, sort, size):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assortment, "FEW", few)
        shelf = built(*rows)
        bits = shelf.matching(selection)
        forward = [shelf.page(bits, sort, size=size)]
        while forward[-1].after is not None:
            forward.append(shelf.page(bits, sort, size=size, after=forward[-1].after))
        whole = [product_id for page in forward for product_id in page.ids]
        assert len(whole) == len(set(whole)) == bits.bit_count()
        back = forward[-1]
        for page in reversed(forward[:-1]):
            assert back.before is not None
            back = shelf.page(bits, sort, size=size, before=back.before)
            assert back.ids == page.ids
        assert back.before is None


def test_many_products_are_paged_and_counted_like_few():
    many = 6_000
    shelf = built(
        *(some_facts(i, price=1_000 + i, village_id=i % 3, stars=(None, 3, 4, 5)[i % 4]) for i in range(many))
    )
    everything = shelf.matching({})
    assert shelf.page(everything, Sort.PRICE, size=24).ids == list(range(24))
    assert shelf.page(everything, Sort.PRICE, size=24, after=5_975).ids == list(range(5_976, 6_000))
    assert shelf.page(everything, Sort.PRICE, size=24, before=3_000).ids == list(range(2_976, 3_000))
    assert shelf.counts("village", {}) == {0: 2_000, 1: 2_000, 2: 2_000}
    assert sum(shelf.counts("stars", chosen(village=1)).values()) == 1_500
