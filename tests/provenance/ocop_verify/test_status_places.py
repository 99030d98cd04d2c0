"""Each leaf of the log has a bit of its own, the same for whoever computes it."""

from __future__ import annotations

from itertools import pairwise

from shop.provenance.ocop_verify.status_list import MINIMUM
from shop.provenance.ocop_verify.status_places import BITS, Place, place

ORIGIN = "phonghe.example/log/1"


def test_a_list_has_as_many_bits_as_it_covers_leaves():
    assert 2**BITS == MINIMUM
    assert {place(ORIGIN, leaf).bit for leaf in range(MINIMUM)} == set(range(MINIMUM))


def test_the_next_leaves_go_to_the_next_list_in_another_order():
    assert [place(ORIGIN, leaf).list for leaf in (0, MINIMUM - 1, MINIMUM, 7 * MINIMUM)] == [1, 1, 2, 8]
    assert [place(ORIGIN, leaf).bit for leaf in range(9)] != [place(ORIGIN, MINIMUM + leaf).bit for leaf in range(9)]


def test_neighbours_in_the_log_are_no_neighbours_in_the_list():
    bits = [place(ORIGIN, leaf).bit for leaf in range(100)]
    assert not any(abs(one - next_one) < 16 for one, next_one in pairwise(bits))


def test_the_place_is_pinned_for_ever():
    """Whoever changes the shuffling breaks every credential that was ever given."""
    assert [place(ORIGIN, leaf) for leaf in (0, 1, 4217)] == PINNED


PINNED = [Place(1, 0), Place(1, 100_856), Place(1, 116_828)]
