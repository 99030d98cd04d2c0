"""Order numbers survive being spoken, typed and misread."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.orders import numbers
from shop.orders.numbers import LENGTH, PREFIX, SIGNS, check_sign, is_number, tidy

bodies = st.text(SIGNS, min_size=LENGTH, max_size=LENGTH)


def number(body):
    return PREFIX + body + check_sign(body)


def test_new_ones_are_valid_and_rarely_the_same():
    made = [numbers.new() for _ in range(300)]
    assert all(is_number(one) for one in made)
    assert len(set(made)) > 290
    assert all(len(one) <= 12 for one in made)


def test_no_sign_looks_like_another():
    assert not set(SIGNS) & set("0O1IL")
    assert len(SIGNS) == len(set(SIGNS)) == 31


@given(bodies)
def test_every_single_wrong_sign_is_caught(body):
    right = number(body)
    for place in range(len(PREFIX), len(right)):
        for sign in SIGNS:
            wrong = right[:place] + sign + right[place + 1 :]
            assert is_number(wrong) is (wrong == right)


@given(bodies)
def test_every_swap_of_two_signs_is_caught(body):
    right = number(body)
    for i in range(len(PREFIX), len(right)):
        for j in range(i + 1, len(right)):
            signs = list(right)
            signs[i], signs[j] = signs[j], signs[i]
            wrong = "".join(signs)
            assert is_number(wrong) is (wrong == right)


@pytest.mark.parametrize(
    "text", ["", "HN", "HN2", "XX2222222", "HN222222", "HN22222222", "HN22222O2", "hn2222222", "ữ"]
)
def test_what_is_no_number_is_refused(text):
    assert not is_number(text)


@pytest.mark.parametrize("typed", ["hn7k2-m9px", " HN 7K2 M9P X ", "HN7K2M9PX", "hn.7k2.m9px"])
def test_spaces_dashes_and_small_letters_do_not_matter(typed):
    assert tidy(typed) == "HN7K2M9PX"
