"""Passwords: long ones, any signs, the same however the keyboard composes them."""

import unicodedata

import pytest

from shop.people.passwords import NOBODY, WeakPassword, hashed, matches

LONG_ENOUGH = "bát nước chè"  # twelve signs


def test_the_right_one_matches_and_another_does_not():
    stored = hashed(LONG_ENOUGH)
    assert LONG_ENOUGH not in stored
    assert matches(stored, LONG_ENOUGH)
    assert not matches(stored, LONG_ENOUGH.upper())
    assert not matches(stored, "")


def test_the_same_letters_composed_otherwise_match():
    assert matches(hashed(LONG_ENOUGH), unicodedata.normalize("NFD", LONG_ENOUGH))


def test_the_same_password_is_stored_differently_each_time():
    assert hashed(LONG_ENOUGH) != hashed(LONG_ENOUGH)


@pytest.mark.parametrize(
    "password", ["", "x" * 11, "x" * 129, "MatKhau12345", "password1234", unicodedata.normalize("NFD", "ữ" * 11)]
)
def test_short_endless_and_common_ones_are_refused(password):
    with pytest.raises(WeakPassword):
        hashed(password)


def test_the_longest_allowed_may_hold_any_signs():
    longest = "🍵 ấm chén " * 12
    assert matches(hashed(longest[:128]), longest[:128])


def test_a_stored_text_that_is_no_hash_matches_nothing():
    assert not matches("not a hash", LONG_ENOUGH)
    assert not matches(NOBODY, LONG_ENOUGH)
