"""Whole đồng: shares add up to the last one, tax is what the price contains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.core.money import part_of, split, tax_within

amounts = st.integers(0, 10**12)
weights = st.lists(st.integers(0, 10**7), min_size=1, max_size=20).filter(any)


@given(amounts, weights)
def test_shares_add_up_exactly_and_none_is_a_whole_dong_from_fair(amount, weights):
    shares = split(amount, weights)
    assert sum(shares) == amount
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - amount * weight) < sum(weights)


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (1, [1, 1], [1, 0]),
        (10, [0, 5], [0, 10]),
        (0, [3, 4], [0, 0]),
        (30_000, [700, 300], [21_000, 9_000]),
    ],
)
def test_the_odd_dong_goes_to_the_largest_remainder_and_the_earlier_share(amount, weights, shares):
    assert split(amount, weights) == shares


@pytest.mark.parametrize("weights", [[], [0, 0]])
def test_nothing_can_be_shared_among_nobody(weights):
    with pytest.raises(ValueError, match="positive weight"):
        split(100, weights)


@pytest.mark.parametrize(
    ("gross", "rate", "tax"),
    [(108_000, 800, 8_000), (110_000, 1_000, 10_000), (150_000, 800, 11_111), (100_000, 0, 0), (1, 800, 0)],
)
def test_tax_is_contained_in_the_price(gross, rate, tax):
    assert tax_within(gross, rate) == tax


@given(amounts, st.integers(0, 10_000))
def test_the_net_price_with_its_tax_is_the_price_again_to_half_a_dong(gross, rate):
    net = gross - tax_within(gross, rate)
    assert abs(net * (10_000 + rate) - gross * 10_000) * 2 <= 10_000 + rate


@pytest.mark.parametrize(("amount", "rate", "part"), [(150_000, 500, 7_500), (5, 1_000, 1), (4, 1_000, 0)])
def test_a_part_is_rounded_half_up(amount, rate, part):
    assert part_of(amount, rate) == part
